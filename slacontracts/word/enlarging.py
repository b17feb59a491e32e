"""A Word file in; the same file with parts altered and added out.

What is added is announced: its content type, and the relationship that names it.
"""

from itertools import count
from typing import Any, Final

from slacontracts.word.archive import same_part
from slacontracts.word.gate import WordFile
from slacontracts.word.names import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    ROOT_RELATIONSHIPS_PART,
    TYPES_PART,
    R,
)
from slacontracts.word.package import parse_part, parse_xml, part_bytes, write_package

_OWN_IDS: Final = "rIdSlaContracts"


class Enlarging:
    """The parts of one Word file that are altered, and those that are added."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self._trees: dict[str, Any] = {}
        self._added: dict[str, bytes] = {}
        self._names = {same_part(name): name for name in file.package.names}

    def has(self, name: str) -> bool:
        """Tell whether the file has, or gets, a part of this name."""
        return same_part(name) in self._names

    def tree(self, name: str) -> Any:
        """Return the root of a part; what is altered in it is kept."""
        root = self._trees.get(name)
        if root is None:
            added = self._added.pop(name, None)
            package = self.file.package
            root = (
                parse_part(package, name) if added is None else parse_xml(added, name)
            )
            self._trees[name] = root
        return root

    def put(self, name: str, content: bytes) -> str:
        """Give a part new content, or add it; return its name as the file has it."""
        name = self._names.setdefault(same_part(name), name)
        self._trees.pop(name, None)
        self._added[name] = content
        return name

    def say_type(self, name: str, content_type: str) -> None:
        """Announce what kind of content a part has, unless that is known."""
        if self.file.types.of(name) == content_type.lower():
            return
        types = self.tree(TYPES_PART)
        said = {"PartName": f"/{name}", "ContentType": content_type}
        for one in types.iterchildren("{*}Override"):
            if same_part(one.get("PartName", "")) == same_part(said["PartName"]):
                one.set("ContentType", content_type)
                return
        types.append(types.makeelement(f"{{{CONTENT_TYPES}}}Override", said))

    def relate(self, kind: str, name: str, *, by_body: bool) -> None:
        """Announce that the body, or the file, has a part of a kind."""
        main = self.file.main if by_body else ""
        usual = _relationships_of(main)
        part = self._names.get(same_part(usual))
        if part is None:
            part = self.put(usual, f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
        root = self.tree(part)
        taken = {one.get("Id") for one in root}
        free = next(n for n in count(1) if f"{_OWN_IDS}{n}" not in taken)
        said = {
            "Id": f"{_OWN_IDS}{free}",
            "Type": f"{R}/{kind}",
            "Target": _target(main, name),
        }
        root.append(root.makeelement(f"{{{RELATIONSHIPS}}}Relationship", said))

    def data(self) -> bytes:
        """Return the bytes of the file as it is now."""
        changed = {name: part_bytes(root) for name, root in self._trees.items()}
        package = self.file.package.with_parts({**changed, **self._added})
        return write_package(package.members)


def parts_of_kind(file: WordFile, kind: str, *, by_body: bool) -> list[str]:
    """Return the parts that the body, or the file, has of a kind of relationship."""
    names = {same_part(name): name for name in file.package.names}
    source = same_part(_relationships_of(file.main if by_body else ""))
    meant = [
        names.get(same_part(one.meant or ""))
        for one in file.relationships
        if one.kind == kind.lower()
        and not one.is_outside
        and same_part(one.part) == source
    ]
    return [name for name in meant if name is not None]


def _target(source: str, name: str) -> str:
    """Return how one part names another: from its own folder."""
    folder = source.rpartition("/")[0]
    if folder and name.startswith(f"{folder}/"):
        return name.removeprefix(f"{folder}/")
    return "../" * source.count("/") + name


def _relationships_of(part: str) -> str:
    """Return the name of the part with the relationships of a part, or of the file."""
    if not part:
        return ROOT_RELATIONSHIPS_PART
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"
