"""Marks of tracked changes in; the changes that a person sees out, each whole.

What is one change for a reader can be several marks: the two halves of a move, a row
or a cell with its text, a text cut into runs, the text of a paragraph together with
its end. A row that went has an empty cell in a column that came: it goes with the row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from slacontracts.word.names import w
from slacontracts.word.revision_marks import ADDED, REMOVED, Mark, local_name

Kind: TypeAlias = Literal[
    "insertion",
    "deletion",
    "move",
    "formatting",
    "inserted row",
    "deleted row",
    "inserted cell",
    "deleted cell",
    "merged cells",
    "numbering",
    "content control",
]

END_OF_PARAGRAPH: Final = "¶"
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_BESIDE_THE_TEXT: Final = frozenset(
    {
        *("", "pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "permStart"),
        *("permEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart"),
        *("moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    }
)
_SEEN_AS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_SHOWN_AS: Final = {
    **dict.fromkeys(("drawing", "pict", "object"), "[object]"),
    "footnoteReference": "[footnote]",
    "endnoteReference": "[endnote]",
}
_SAID: Final = {
    **dict.fromkeys(("b", "bCs"), "bold"),
    **dict.fromkeys(("i", "iCs"), "italic"),
    **dict.fromkeys(("sz", "szCs"), "size"),
    **dict.fromkeys(("strike", "dstrike"), "struck through"),
    **dict.fromkeys(("caps", "smallCaps"), "capitals"),
    **dict.fromkeys(("pStyle", "rStyle", "tblStyle"), "style"),
    **dict.fromkeys(("bidi", "rtl", "bidiVisual", "textDirection"), "direction"),
    **dict.fromkeys(("tcW", "tblW", "gridCol", "tblLayout"), "width"),
    **dict.fromkeys(("pBdr", "tblBorders", "tcBorders", "bdr", "pgBorders"), "border"),
    **dict.fromkeys(("pgSz", "pgMar", "cols"), "page"),
    "u": "underline",
    "color": "colour",
    "rFonts": "font",
    "highlight": "highlight",
    "shd": "shading",
    "vertAlign": "raised or lowered",
    "vanish": "hidden",
    "lang": "language",
    "jc": "alignment",
    "ind": "indent",
    "spacing": "spacing",
    "tabs": "tabs",
    "numPr": "numbering",
    "outlineLvl": "outline level",
    "tblHeader": "header row",
    "trHeight": "height",
    "vMerge": "merged cells",
    "gridSpan": "merged cells",
}
_SAID_OF_A_CELL: Final = {"cellIns": "ins", "cellDel": "del"}
_LEFT_OUT: Final = frozenset({"", "rPr", "sectPr", "ins", "del", "moveFrom", "moveTo"})


@dataclass(slots=True)
class Group:
    """One change: its marks, in the order of the document.

    pieces: the same, and of a move the marks of words in it that came or went, which
    are changes of their own.
    """

    marks: list[Mark] = field(default_factory=list)
    pieces: list[Mark] = field(default_factory=list)
    twins: set[int] = field(default_factory=set)  # marks that repeat others

    @property
    def author(self) -> str:
        """Who made the change, as the file claims."""
        return self.marks[0].author

    @property
    def date(self) -> str:
        """When, as the file claims."""
        return self.marks[0].date

    @property
    def place(self) -> Any:
        """The element at which the change stands."""
        first = self.marks[0]
        return first.element if first.owner is None else first.owner

    @property
    def numbers(self) -> Iterator[int]:
        """The ids of its marks."""
        for mark in self.marks:
            if mark.number.lstrip("-").isdecimal() and mark.number.isascii():
                yield int(mark.number)

    @property
    def kind(self) -> Kind:
        """What was done."""
        if any(mark.what in ("moveFrom", "moveTo") for mark in self.marks):
            return "move"
        roles = {mark.role for mark in self.marks}
        is_added = any(mark.is_added for mark in self.marks)
        rows = [mark for mark in self.marks if mark.role == "row"]
        if rows:
            return "inserted row" if rows[0].is_added else "deleted row"
        if self.marks[0].what == "cellMerge":
            return "merged cells"
        if "cell" in roles:
            return "inserted cell" if is_added else "deleted cell"
        if "formatting" in roles:
            return "formatting"
        if "numbering" in roles:
            return "numbering"
        if roles == {"wrapper"}:
            return "content control"
        return "insertion" if is_added else "deletion"

    @property
    def old(self) -> str:
        """The text that was there; of a formatting, the text it is about."""
        return self._text(ADDED)

    @property
    def new(self) -> str:
        """The text that is there now."""
        return self._text(REMOVED)

    def _text(self, without: frozenset[str]) -> str:
        marks = [
            mark
            for mark in self.pieces
            if mark.what not in without and id(mark) not in self.twins
        ]
        whole = [m for m in marks if m.role == "row"]
        whole = whole or [m for m in marks if m.role == "cell"]
        out = ""
        last = None
        for mark in whole or _ends_last(marks):
            paragraph = next(mark.element.iterancestors(w("p")), None)
            text = _text_of_mark(mark, without)
            out += "\n" * bool(out and text and paragraph is not last) + text
            last = paragraph if text else last
        ends = sum(mark.role == "paragraph" for mark in marks)
        return out or END_OF_PARAGRAPH * bool(ends)

    @property
    def details(self) -> str:
        """Of changed formatting: what is different."""
        changes = (mark for mark in self.marks if mark.role == "formatting")
        return ", ".join(dict.fromkeys(one for m in changes for one in _differences(m)))


def group_marks(marks: Sequence[Mark]) -> list[Group]:
    """Return the changes that marks stand for, in the order of the document."""
    grouping = _Grouping()
    for mark in marks:
        if mark.role != "paragraph":
            grouping.add(mark)
    for mark in marks:
        if mark.role == "paragraph":
            grouping.add_end(mark)
    grouping.join_twins(marks)
    grouping.add_pieces(marks)
    order = {id(mark): at for at, mark in enumerate(marks)}
    groups = list({id(group): group for group in grouping.of.values()}.values())
    for group in groups:
        group.marks.sort(key=lambda mark: order[id(mark)])
        group.pieces.sort(key=lambda mark: order[id(mark)])
    return sorted(groups, key=lambda group: order[id(group.marks[0])])


class _Grouping:
    """The changes, as their marks are met. of: the change of each element."""

    def __init__(self) -> None:
        self.of: dict[Any, Group] = {}
        self._marks: dict[Any, Mark] = {}
        self._moves: dict[tuple[str, str], Group] = {}
        self._holders: dict[Any, Mark] = {}  # of rows and cells

    def add(self, mark: Mark) -> None:
        """Take in a mark that is not the end of a paragraph."""
        is_holder = mark.role == "row" or mark.what in _SAID_OF_A_CELL
        if is_holder and mark.owner is not None:
            self._holders[mark.owner] = mark
        self._take(mark, self._around(mark) or self._before(mark) or Group())

    def add_end(self, mark: Mark) -> None:
        """Take in the mark of a paragraph's end: it goes with the text before it."""
        group = self._around(mark)
        if group is None:
            last = next(
                (
                    one
                    for one in reversed(mark.owner)
                    if local_name(one) not in _BESIDE_THE_TEXT
                ),
                None,
            )
            group = self._same(mark, last)
        self._take(mark, group or Group())

    def join_twins(self, marks: Sequence[Mark]) -> None:
        """Let what a fallback repeats for older programs be the same change."""
        sides: dict[Any, dict[str, list[Mark]]] = {}
        for mark in marks:
            side = next(mark.element.iterancestors(_CHOICE, _FALLBACK), None)
            if side is not None:
                both = sides.setdefault(side.getparent(), {})
                both.setdefault(side.tag, []).append(mark)
        for both in sides.values():
            choice, fallback = both.get(_CHOICE, []), both.get(_FALLBACK, [])
            if [_signature(one) for one in choice] != [_signature(o) for o in fallback]:
                continue
            for one, twin in zip(choice, fallback, strict=True):
                group = self.of[one.element]
                group.twins.add(id(twin))
                group.marks.append(twin)
                self.of[twin.element] = group

    def add_pieces(self, marks: Sequence[Mark]) -> None:
        """Let each change know what it is shown with."""
        for mark in marks:
            self.of[mark.element].pieces.append(mark)
            if mark.edits in self._moves:
                self._moves[mark.edits].pieces.append(mark)

    def _take(self, mark: Mark, group: Group) -> None:
        group.marks.append(mark)
        self.of[mark.element] = group
        self._marks[mark.element] = mark
        if mark.move:
            self._moves[mark.author, mark.move] = group

    def _around(self, mark: Mark) -> Group | None:
        """Return the move, the row or the cell that a mark is part of."""
        if mark.move:
            return self._moves.get((mark.author, mark.move))
        if mark.what in _SAID_OF_A_CELL:
            owner = self._holders.get(next(mark.element.iterancestors(w("tr")), None))
            is_one = owner is not None and _doing(owner)[1:] == _doing(mark)[1:]
            return self.of[owner.element] if owner is not None and is_one else None
        holders = (w("tr"), w("tc"))
        for above in mark.element.iterancestors(*holders) if self._holders else ():
            owner = self._holders.get(above)
            if owner is not None and _doing(owner) == _doing(mark):
                return self.of.get(owner.element)
        return None

    def _before(self, mark: Mark) -> Group | None:
        """Return the change that a piece of content goes on with."""
        if mark.role != "content":
            return None
        before = mark.element.getprevious()
        while before is not None and local_name(before) in _BESIDE_THE_TEXT:
            before = before.getprevious()
        return self._same(mark, before)

    def _same(self, mark: Mark, element: Any) -> Group | None:
        """Return the change of an element, if it is of the same kind and author."""
        other = self._marks.get(element) if element is not None else None
        if other is None or _signature(other)[1:] != _signature(mark)[1:]:
            return None
        return self.of[element]


def _signature(mark: Mark) -> tuple[str, str, str, str]:
    return mark.role, mark.what, mark.author, mark.date


def _doing(mark: Mark) -> tuple[str, str, str]:
    """Return what a mark says was done, whatever it was done to, by whom and when."""
    return _SAID_OF_A_CELL.get(mark.what, mark.what), mark.author, mark.date


def _ends_last(marks: Iterable[Mark]) -> Iterator[Mark]:
    return (mark for mark in marks if mark.role not in ("paragraph", "range"))


def _text_of_mark(mark: Mark, without: frozenset[str]) -> str:
    if mark.role == "content":
        return text_of(mark.element, without)
    if mark.role in ("formatting", "numbering"):
        return _text_below_properties(mark.element, without)
    if mark.role == "wrapper":
        return "".join(text_of(one, without) for one in mark.wrappers)
    return text_of(mark.owner, without) if mark.owner is not None else ""


def _text_below_properties(element: Any, without: frozenset[str]) -> str:
    """Return the text of the run, paragraph, cell, row or table that is formatted."""
    for above in element.iterancestors():
        if local_name(above) in ("r", "p", "tc", "tr", "tbl"):
            return text_of(above, without)
    return ""


def text_of(element: Any, without: frozenset[str]) -> str:
    """Return the text of an element; cells apart by a bar, paragraphs by a line.

    without: the marks whose content is left out, those of what came or of what went.
    """
    out = ""
    cells = 0
    is_next = False
    for one in _nodes(element, without):
        name = local_name(one)
        if name == "tc" and one is not element:
            out += " | " * bool(cells)
            cells += 1
            is_next = False
        elif name == "p":
            is_next = bool(out) and not out.endswith(" | ")
        elif piece := _piece(one, name):
            out += "\n" * is_next + piece
            is_next = False
    return out


def _piece(one: Any, name: str) -> str:
    """Return what an element adds to the text."""
    if name in ("t", "delText"):
        return str(one.text or "")
    if name in _SEEN_AS and local_name(one.getparent()) == "r":
        return _SEEN_AS[name]
    return _SHOWN_AS.get(name, "")


def _nodes(element: Any, without: frozenset[str]) -> Iterator[Any]:
    """Yield an element and all below it, without what is left out."""
    yield element
    for one in element:
        if not _is_left_out(one, without):
            yield from _nodes(one, without)


def _is_left_out(one: Any, without: frozenset[str]) -> bool:
    name = local_name(one)
    if name not in ("tr", "tc"):
        return name in without
    properties = one.find(w(f"{name}Pr"))
    return properties is not None and any(local_name(p) in without for p in properties)


def _differences(mark: Mark) -> list[str]:
    """Return the names of the properties that a change of formatting altered."""
    if mark.owner is None:
        return []
    now = _properties(mark.owner, mark.element)
    before = next((_properties(one) for one in mark.element), {})
    names = [n for n in {**now, **before} if now.get(n) != before.get(n)]
    return list(dict.fromkeys(_SAID.get(name, "other") for name in names))


def _properties(holder: Any, without: Any = None) -> dict[str, list[bytes]]:
    from lxml import etree

    found: dict[str, list[bytes]] = {}
    for one in holder:
        if one is not without and local_name(one) not in _LEFT_OUT:
            written = etree.tostring(
                one, method="c14n", exclusive=True, with_tail=False
            )
            found.setdefault(local_name(one), []).append(written)
    return found
