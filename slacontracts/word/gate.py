"""A Word file from outside, as bytes, in; a file that is fit to be read out.

What runs, fetches or imports something is refused; what only needs a look is noted.
Whatever the product reads of a file from outside, it reads through this gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

from slacontracts.errors import WordFileError
from slacontracts.word.archive import AGAIN, same_part, shown, unpacked
from slacontracts.word.field_codes import MADE_BY_A_FIELD, field_names
from slacontracts.word.names import (
    CONTENT_TYPES,
    MAIN_TYPE,
    ROOT_RELATIONSHIPS_PART,
    TYPES_PART,
    W,
    w,
)
from slacontracts.word.package import (
    MAX_ELEMENTS,
    Member,
    Package,
    parse_part,
    parse_xml,
    part_bytes,
)
from slacontracts.word.relationships import (
    STRICT,
    Relationship,
    is_relationships_part,
    read_relationships,
)

MAX_ALL_ELEMENTS: Final = 5 * MAX_ELEMENTS

NoticeKind: TypeAlias = Literal[
    "address", "remote", "template", "object", "add-in", "missing", "field"
]

_MACROS: Final = ("macros", "save it in Word as a plain document (.docx)")
_ACTIVE_X: Final = ("an ActiveX control", "remove the control in Word")
_IMPORT: Final = (
    "an imported text (altChunk), which only Word shows",
    "open it in Word and save it again",
)
_SUB_DOCUMENT: Final = ("a sub-document", "copy its text into the file")
_FRAME: Final = ("a frame with another file", "remove the frame in Word")
_LINKED_OBJECT: Final = (
    "a linked object",
    "break the link in Word (Edit Links to Files)",
)
_DDE: Final = (
    "a field that starts another program (DDE)",
    "replace the field with its text",
)
_NESTED_KIND: Final = ("a field whose kind another field decides", _DDE[1])
_TAKE_IN: Final = "put it into the file itself"
_REFUSED_KINDS: Final = {
    "vbaproject": _MACROS,
    "wordvbadata": _MACROS,
    "control": _ACTIVE_X,
    "activexcontrolbinary": _ACTIVE_X,
    "afchunk": _IMPORT,
    "subdocument": _SUB_DOCUMENT,
    "frame": _FRAME,
}
_REFUSED_TYPES: Final = (
    ("macroenabled", _MACROS),
    ("vbaproject", _MACROS),
    ("ms-word.vbadata", _MACROS),
    ("activex", _ACTIVE_X),
)
_REFUSED_ELEMENTS: Final = {
    "altChunk": _IMPORT,
    "subDoc": _SUB_DOCUMENT,
    "control": _ACTIVE_X,
    "objectLink": _LINKED_OBJECT,
    "sourceFileName": _FRAME,
}
_REFUSED_FIELDS: Final = {"DDE": _DDE, "DDEAUTO": _DDE, "LINK": _LINKED_OBJECT}
# What may lie outside the file, and how it is noted.
_OUTSIDE: Final[Mapping[str, NoticeKind]] = {
    "hyperlink": "address",
    "image": "remote",
    "video": "remote",
    "audio": "remote",
    "media": "remote",
    "attachedtemplate": "template",
    "mailmergesource": "remote",
    "mailmergeheadersource": "remote",
}
_USUAL_ADDRESSES: Final = ("http:", "https:", "mailto:", "tel:")
_EMBEDDED: Final = ("oleobject", "package")
_ADD_INS: Final = ("webextension", "webextensiontaskpanes", "taskpanes")
_USUAL_FIELDS: Final = frozenset(
    {
        *("=", "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "REF", "PAGEREF"),
        *("NOTEREF", "STYLEREF", "TOC", "TC", "HYPERLINK", "SEQ", "XE", "INDEX", "TA"),
        *("TOA", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "SYMBOL", "EQ"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT"),
        *("AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "REVNUM", "FILENAME"),
        *("NUMWORDS", "NUMCHARS", "DOCPROPERTY", "FORMTEXT", "FORMCHECKBOX"),
        *("FORMDROPDOWN", "BIBLIOGRAPHY", "CITATION", "ADVANCE"),
    }
)
_OTHER_FILES: Final = (
    ("spreadsheetml", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("template.main", "a Word template"),
)
_SAYS: Final[Mapping[NoticeKind, str]] = {
    "address": "a link to {}",
    "remote": "something that Word fetches from {}",
    "template": "a template at {} that Word would use",
    "object": "an embedded object, {}",
    "add-in": "an add-in of Word, {}",
    "missing": "a reference to {}, which the file does not hold",
    "field": "the field {}, which Word may work out anew",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What needs a look in a file that is otherwise fit. what: an address or name."""

    kind: NoticeKind
    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {_SAYS[self.kind].format(self.what)}"


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file that has passed the gate. main: the part that holds the body."""

    package: Package
    main: str
    types: "ContentTypes"
    relationships: tuple[Relationship, ...]
    notices: tuple[Notice, ...]
    _trees: Mapping[str, Any] = field(repr=False, compare=False)

    def tree(self, name: str) -> Any:
        """Return the root of a part, as the gate has parsed it; do not alter it."""
        kept = self._trees.get(name)
        return parse_part(self.package, name) if kept is None else kept

    def with_trees(self, roots: Mapping[str, Any]) -> "WordFile":
        """Return the file with other roots in some of its parts."""
        changed = {name: part_bytes(root) for name, root in roots.items()}
        package = self.package.with_parts(changed)
        return replace(self, package=package, _trees={**self._trees, **roots})


@dataclass(frozen=True, slots=True)
class ContentTypes:
    """What kind of content each part has: by its name, else by its ending."""

    by_name: Mapping[str, str]
    by_ending: Mapping[str, str]

    def of(self, name: str) -> str:
        """Return the content type of a part, in lower case; "" when none is given."""
        ending = name.rpartition(".")[2].lower()
        return self.by_name.get(same_part(name)) or self.by_ending.get(ending, "")

    def is_xml(self, name: str) -> bool:
        """Tell whether a part is read as XML."""
        if name.lower().endswith((".xml", ".rels")):
            return True
        kind = self.of(name)
        return kind.endswith(("+xml", "/xml")) and not kind.startswith("image/")


def admit(data: bytes, file: str) -> WordFile:
    """Return a Word file from outside when it is fit to be read.

    file: what to call it in messages. Raises WordFileError, in one line, when it is
    damaged, too large, no Word document, or active.
    """
    members = unpacked(data, file)
    first, content = next(members)
    if first.name != TYPES_PART:
        raise WordFileError(
            f"{file} is not a Word file: it has no part {TYPES_PART}; {AGAIN}"
        )
    gate = _Gate(file, _content_types(content, file))
    gate.pass_part(first, content)
    for member, content in members:
        gate.pass_part(member, content)
    return gate.admitted()


def _content_types(content: bytes, file: str) -> ContentTypes:
    root = parse_xml(content, f"the part {TYPES_PART} of {file}")
    by_name: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for one in root:
        kind = str(one.get("ContentType", "")).strip().lower()
        name = same_part(str(one.get("PartName", "")).lstrip("/"))
        if one.tag == f"{{{CONTENT_TYPES}}}Default":
            by_ending[str(one.get("Extension", "")).lower()] = kind
        elif by_name.setdefault(name, kind) != kind:
            raise WordFileError(
                f"{file} says two kinds of content for {shown(name)}; {AGAIN}"
            )
    for kind in (*by_name.values(), *by_ending.values()):
        for mark, refusal in _REFUSED_TYPES:
            if mark in kind:
                raise _refused(file, TYPES_PART, refusal)
    return ContentTypes(by_name, by_ending)


@dataclass(slots=True)
class _Gate:
    """The parts of a file as they pass, one by one: only what is kept stays."""

    file: str
    types: ContentTypes
    members: list[Member] = field(default_factory=list)
    trees: dict[str, Any] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tags: int = 0  # begun or ended, in all parts
    kept_tags: int = 0  # in the parts whose trees are kept

    def pass_part(self, member: Member, content: bytes) -> None:
        """Look through one part; raise WordFileError when it must not pass."""
        self.members.append(member)
        if not self.types.is_xml(member.name):
            return
        name = shown(member.name)
        tags = content.count(b"<")
        self.tags += tags
        if self.tags > 2 * MAX_ALL_ELEMENTS:
            raise WordFileError(
                f"{self.file} has more than {MAX_ALL_ELEMENTS:,} elements in its parts "
                "and is not read; split the file"
            )
        root = parse_xml(content, f"the part {name} of {self.file}")
        if self.kept_tags + tags <= 2 * MAX_ELEMENTS:
            self.kept_tags += tags
            self.trees[member.name] = root
        if is_relationships_part(member.name):
            self._pass_relationships(root, member.name)
        else:
            self._pass_elements(root, content, name)

    def _pass_relationships(self, root: Any, part: str) -> None:
        seen = set()
        for one in read_relationships(root, part):
            if one.identity in seen:
                raise WordFileError(
                    f'{self.file} has two relationships "{shown(one.identity)}" in '
                    f"{shown(part)}, and programs differ on which one counts; {AGAIN}"
                )
            seen.add(one.identity)
            self._pass_relationship(one)
            self.relationships.append(one)

    def _pass_relationship(self, one: Relationship) -> None:
        part, target = shown(one.part), shown(one.target)
        if one.kind in _REFUSED_KINDS:
            raise _refused(self.file, part, _REFUSED_KINDS[one.kind])
        if one.is_outside:
            self._pass_outside(one)
        elif one.meant is None:
            leaving = (f'a reference that leaves the file, "{target}"', AGAIN)
            raise _refused(self.file, part, leaving)
        elif one.kind in _EMBEDDED:
            self.notices.append(Notice("object", part, target))
        if one.kind in _ADD_INS:
            self.notices.append(Notice("add-in", part, target))

    def _pass_outside(self, one: Relationship) -> None:
        part, target = shown(one.part), shown(one.target)
        kind = _OUTSIDE.get(one.kind)
        if kind is None:
            what = "a linked object" if one.kind in _EMBEDDED else "a part of its own"
            refusal = (f'{what} that lies outside, at "{target}"', _LINKED_OBJECT[1])
            raise _refused(self.file, part, refusal)
        if kind == "remote" and one.is_on_computer:
            refusal = (f'what lies on another computer, at "{target}"', _TAKE_IN)
            raise _refused(self.file, part, refusal)
        address = one.target.lower()
        is_usual = address.startswith(_USUAL_ADDRESSES) or one.meant is not None
        if kind != "address" or not is_usual:
            self.notices.append(Notice(kind, part, target))

    def _pass_elements(self, root: Any, content: bytes, part: str) -> None:
        text = content.replace(b"\0", b"")  # UTF-16, near enough to look for names
        for local, refusal in _REFUSED_ELEMENTS.items():
            if local.encode() in text and next(root.iter(w(local)), None) is not None:
                raise _refused(self.file, part, refusal)
        if b"OLEObject" in text:
            for one in root.iter("{*}OLEObject"):
                if str(one.get("Type", "")).lower() == "link":
                    raise _refused(self.file, part, _LINKED_OBJECT)
        if b"fldSimple" in text or b"nstrText" in text:
            self._pass_fields(root, part)

    def _pass_fields(self, root: Any, part: str) -> None:
        noted = set()
        for name in field_names(root):
            if name in _REFUSED_FIELDS:
                raise _refused(self.file, part, _REFUSED_FIELDS[name])
            if MADE_BY_A_FIELD in name:
                raise _refused(self.file, part, _NESTED_KIND)
            if name and name not in _USUAL_FIELDS and name not in noted:
                noted.add(name)
                self.notices.append(Notice("field", part, shown(name)))

    def admitted(self) -> WordFile:
        """Return the file, once all its parts have passed."""
        names = {same_part(member.name): member.name for member in self.members}
        main = self._main(names)
        for one in self.relationships:
            if not one.is_outside and one.meant and same_part(one.meant) not in names:
                notice = Notice("missing", shown(one.part), shown(one.target))
                self.notices.append(notice)
        return WordFile(
            Package(self.file, tuple(self.members)),
            main,
            self.types,
            tuple(self.relationships),
            tuple(self.notices),
            self.trees,
        )

    def _main(self, names: Mapping[str, str]) -> str:
        """Return the name of the main part; refuse what is no Word document."""
        starts = [
            one
            for one in self.relationships
            if same_part(one.part) == ROOT_RELATIONSHIPS_PART
            and one.kind == "officedocument"
        ]
        main = names.get(same_part(starts[0].meant or "")) if starts else None
        if main is None or len(starts) != 1:
            raise WordFileError(
                f"{self.file} is not a Word file: {ROOT_RELATIONSHIPS_PART} does not "
                f"name one main part that it holds; {AGAIN}"
            )
        kind = self.types.of(main)
        if kind != MAIN_TYPE:
            other = next((text for mark, text in _OTHER_FILES if mark in kind), "")
            raise WordFileError(
                f"{self.file} is not a plain Word document (.docx)"
                f"{f' but {other}' if other else ''}; save it as one in Word"
            )
        tree = self.trees.get(main)
        if tree is None:
            tree = parse_part(Package(self.file, tuple(self.members)), main)
        if starts[0].is_strict or str(tree.tag).startswith(f"{{{STRICT}"):
            raise WordFileError(
                f"{self.file} is a Strict Open XML document; open it in Word and save "
                "it as Word Document (.docx), without Strict"
            )
        if tree.tag != f"{{{W}}}document":
            raise WordFileError(
                f"{self.file} is not a Word file: {shown(main)} is not a document; "
                f"{AGAIN}"
            )
        return main


def _refused(file: str, part: str, refusal: tuple[str, str]) -> WordFileError:
    what, cure = refusal
    return WordFileError(f"{file} is not read: {part} holds {what}; {cure}")
