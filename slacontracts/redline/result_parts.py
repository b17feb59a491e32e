"""The parts of two Word files in; the parts of the result, altered and added, out.

The result is NEW's package. A part is copied when it is first altered, and only parts
that were altered or added are laid over the package.
"""

from collections.abc import Iterator, Mapping, Set
from copy import deepcopy
from typing import Any, Final

from slacontracts.word.archive import same_part
from slacontracts.word.gate import WordFile
from slacontracts.word.names import CONTENT_TYPES, RELATIONSHIPS, TYPES_PART
from slacontracts.word.package import part_bytes
from slacontracts.word.relationships import Relationship

MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_IGNORABLE: Final = f"{{{MC}}}Ignorable"
_RELATIONSHIP: Final = f"{{{RELATIONSHIPS}}}Relationship"


class ResultParts:
    """The parts of the result, as they stand while it is made."""

    def __init__(self, old: WordFile, new: WordFile) -> None:
        self._old, self._new = old, new
        self._trees: dict[str, Any] = {}
        self._files: dict[str, bytes] = {}
        self._taken = {same_part(name) for name in new.package.names}
        self._related: dict[str, dict[tuple[str, str], str]] = {}

    def tree(self, name: str) -> Any:
        """Return the root of a part of the result, to be altered in place."""
        root = self._trees.get(name)
        if root is None:
            root = deepcopy(self._new.tree(name))
            if _IGNORABLE in root.attrib or root.nsmap:
                root = self._with_old_namespaces(root)
            self._trees[name] = root
        return root

    def look(self, name: str) -> Any:
        """Return the root of a part of the result, to be read only."""
        root = self._trees.get(name)
        return self._new.tree(name) if root is None else root

    def has(self, name: str) -> bool:
        """Tell whether the result holds a part."""
        return same_part(name) in self._taken

    def add_tree(self, name: str, root: Any, content_type: str) -> str:
        """Add a part that is XML; return its name, which is made unique."""
        name = self._free_name(name)
        self._trees[name] = root
        self._say_type(name, content_type)
        return name

    def add_file(self, name: str, content: bytes, content_type: str) -> str:
        """Add a part as bytes; return its name, which is made unique."""
        name = self._free_name(name)
        self._files[name] = content
        self._say_type(name, content_type)
        return name

    def add_second(self, name: str) -> str:
        """Add a part of NEW once more, with what it points at; return its name."""
        root = self._with_old_namespaces(deepcopy(self._new.tree(name)))
        added = self.add_tree(name, root, content_type(self._new, name))
        links = part_named(self._new, relationships_part(name))
        if links is not None:
            self.place(relationships_part(added), deepcopy(self._new.tree(links)))
        return added

    def relate(self, part: str, like: Any, target: str | None) -> str:
        """Return the id by which a part names a target, as another file did.

        like: the relationship of the other file. target: the part that is meant;
        None for an address or a place in the part itself. A relationship that is there
        already is used.
        """
        name = relationships_part(part)
        known = self._known_relationships(name)
        kind = str(like.get("Type", ""))
        key = (kind, same_part(target) if target is not None else _outside(like))
        if key in known:
            return known[key]
        root = self._relationships_root(name)
        taken = {one.get("Id") for one in root.iter(_RELATIONSHIP)}
        identity = _free_identity(str(like.get("Id", "")), taken)
        one = deepcopy(like)
        one.tail = None
        one.set("Id", identity)
        if target is not None:
            one.set("Target", f"/{target}")
        root.append(one)
        known[key] = identity
        return identity

    def place(self, name: str, root: Any) -> None:
        """Put a part of the result, or its relationships, as they are."""
        self._taken.add(same_part(name))
        self._trees[name] = root

    def parts(self) -> Mapping[str, bytes]:
        """Return the parts that were altered or added, as bytes."""
        trees = {name: part_bytes(root) for name, root in self._trees.items()}
        return trees | self._files

    def _known_relationships(self, name: str) -> dict[tuple[str, str], str]:
        known = self._related.get(name)
        if known is None:
            known = {}
            if self.has(name):
                parts = {
                    one.identity: same_part(one.meant or "")
                    for one in of_part(self._new, name)
                    if not (one.is_outside or one.is_place)
                }
                for one in self.look(name).iter(_RELATIONSHIP):
                    identity = one.get("Id")
                    key = (one.get("Type", ""), parts.get(identity, _outside(one)))
                    known.setdefault(key, identity)
            self._related[name] = known
        return known

    def _relationships_root(self, name: str) -> Any:
        if self.has(name):
            return self.tree(name)
        from lxml import etree

        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap=_no_prefix())
        self.place(name, root)
        return root

    def _free_name(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        free, number = name, 1
        while same_part(free) in self._taken:
            number += 1
            free = f"{stem}-{number}{dot}{ending}"
        self._taken.add(same_part(free))
        return free

    def _say_type(self, name: str, content_type: str) -> None:
        types = self.look(TYPES_PART)
        ending = name.rpartition(".")[2].lower()
        for one in types:
            if str(one.get("Extension", "")).lower() == ending:
                if str(one.get("ContentType", "")).lower() == content_type.lower():
                    return
                break
        from lxml import etree

        root = self.tree(TYPES_PART)
        override = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)

    def _with_old_namespaces(self, root: Any) -> Any:
        """Return the root with the namespaces that OLD's parts say may be ignored.

        Without this, what is carried from OLD could be read by Word as an error.
        """
        ignored = set(str(root.get(_IGNORABLE, "")).split())
        known = {root.nsmap[one] for one in ignored if one in root.nsmap}
        wanted = {
            uri: prefix
            for uri, prefix in _ignorable(self._old, root.tag)
            if uri not in known
        }
        if not wanted:
            return root
        names = dict(root.nsmap)
        for uri, prefix in wanted.items():
            while names.get(prefix, uri) != uri:
                prefix += "x"
            names[prefix] = uri
            ignored.add(prefix)
        return _with_names(root, names, ignored)


def content_type(file: WordFile, name: str) -> str:
    """Return the content type of a part, spelled as the file spells it."""
    kind = file.types.of(name)
    for one in file.tree(TYPES_PART):
        said = str(one.get("ContentType", "")).strip()
        if said.lower() == kind:
            return said
    return kind


def relationships_part(part: str) -> str:
    """Return the name of the relationships part of a part."""
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def of_part(file: WordFile, relationships: str) -> Iterator[Relationship]:
    """Yield the relationships that stand in one relationships part of a file."""
    wanted = same_part(relationships)
    return (one for one in file.relationships if same_part(one.part) == wanted)


def part_named(file: WordFile, name: str | None) -> str | None:
    """Return a part's name as the package spells it; None when it is not there."""
    if name is None or name in file.package:
        return name
    wanted = same_part(name)
    return next((one for one in file.package.names if same_part(one) == wanted), None)


def related_part(file: WordFile, part: str, kind: str) -> str | None:
    """Return the part of a kind that a part names: "styles", "footnotes"."""
    for one in of_part(file, relationships_part(part)):
        if one.kind == kind and not one.is_outside:
            return part_named(file, one.meant)
    return None


def relationship_like(file: WordFile, part: str, kind: str) -> Any:
    """Return the element of a part's first relationship of a kind; None without."""
    wanted = (
        one for one in of_part(file, relationships_part(part)) if one.kind == kind
    )
    first = next(wanted, None)
    return None if first is None else relationship_element(file, first)


def relationship_element(file: WordFile, relationship: Relationship) -> Any:
    """Return the element of a relationship, as it stands in the file."""
    for one in file.tree(relationship.part).iter(_RELATIONSHIP):
        if one.get("Id") == relationship.identity:
            return one
    return None


def _outside(relationship: Any) -> str:
    return f"{relationship.get('TargetMode', '')} {relationship.get('Target', '')}"


def _free_identity(wished: str, taken: Set[str]) -> str:
    identity, number = wished or "rId1", 1
    while identity in taken:
        identity = f"rIdOld{number}"
        number += 1
    return identity


def _no_prefix() -> dict[Any, str]:
    return {None: RELATIONSHIPS}


def _ignorable(file: WordFile, tag: str) -> Iterator[tuple[str, str]]:
    for name in file.package.names:
        if not file.types.is_xml(name):
            continue
        root = file.tree(name)
        if root.tag == tag:
            for prefix in str(root.get(_IGNORABLE, "")).split():
                if prefix in root.nsmap:
                    yield root.nsmap[prefix], prefix


def _with_names(root: Any, names: Mapping[Any, str], ignored: set[str]) -> Any:
    from lxml import etree

    wider = etree.Element(root.tag, nsmap={**names, "mc": MC})
    wider.attrib.update(root.attrib)
    wider.set(_IGNORABLE, " ".join(sorted(ignored)))
    wider.text = root.text
    wider.extend(list(root))
    return wider
