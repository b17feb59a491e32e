"""The tree of a part in; every mark of a tracked change in it out, in its order.

ISO 29500 part 1, 17.13.5, has one name for several things: `w:ins` is inserted
content, or says that a paragraph's end, a row, a numbering or an equation's sign was
inserted. The place where it stands decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from slacontracts.word.names import w

Role: TypeAlias = Literal[
    "content",
    "paragraph",
    "run",
    "row",
    "cell",
    "numbering",
    "equation",
    "formatting",
    "range",
    "wrapper",
]

ADDED: Final = frozenset({"ins", "moveTo", "cellIns"})
REMOVED: Final = frozenset({"del", "moveFrom", "cellDel"})
CONTENT: Final = ("ins", "del", "moveFrom", "moveTo")
CHANGES: Final = tuple(
    w(name)
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("tblGridChange", "trPrChange", "tcPrChange"),
    )
)
_EDITED_IN: Final = {"del": "moveFromRange", "ins": "moveToRange"}
_MOVED: Final = (w("moveFrom"), w("moveTo"))
_CELLS: Final = ("cellIns", "cellDel", "cellMerge")
_RANGES: Final = ("moveFromRange", "moveToRange")
_WRAPPER_RANGES: Final[dict[str, Literal["ins", "del", "moveFrom", "moveTo"]]] = {
    "customXmlInsRange": "ins",
    "customXmlDelRange": "del",
    "customXmlMoveFromRange": "moveFrom",
    "customXmlMoveToRange": "moveTo",
}
_RANGE_ENDS: Final = tuple(
    w(f"{name}{end}")
    for name in (*_RANGES, *_WRAPPER_RANGES)
    for end in ("Start", "End")
)
TAGS: Final = (
    *(w(name) for name in (*CONTENT, *_CELLS, "numberingChange")),
    *CHANGES,
    *_RANGE_ENDS,
)
_WRAPPERS: Final = (w("sdt"), w("customXml"), w("smartTag"))
_PROPERTY_ROLES: Final[dict[str, Role]] = {
    "rPr": "run",
    "trPr": "row",
    "numPr": "numbering",
    "ctrlPr": "equation",
}


@dataclass(slots=True)
class Mark:
    """One element that says what was changed.

    element: it, or the start of a range. what: ins, del, moveFrom or moveTo, else
    the element's own name. owner: what is inserted or deleted: a paragraph, run,
    row, cell, equation, or None. ends: of a range. wrappers: content controls and
    the like whose beginning a range holds. move: the name of the move it is part of.
    edits: the author and the name of the move in whose half it is an edit.
    """

    element: Any
    role: Role
    what: str
    owner: Any = None
    author: str = ""
    date: str = ""
    number: str = ""
    ends: list[Any] = field(default_factory=list)
    wrappers: list[Any] = field(default_factory=list)
    move: str = ""
    edits: tuple[str, str] = ("", "")

    @property
    def is_added(self) -> bool:
        """Whether it marks something as new."""
        return self.what in ADDED

    @property
    def is_removed(self) -> bool:
        """Whether it marks something as gone."""
        return self.what in REMOVED


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def has_marks(root: Any) -> bool:
    """Tell whether a part has any tracked change."""
    return next(root.iter(*TAGS), None) is not None


def find_marks(root: Any) -> list[Mark]:
    """Return all marks of a part, those inside of old properties left out."""
    if not has_marks(root):
        return []
    marks: list[Mark] = []
    ranges = _Ranges()
    for element in root.iter(*TAGS, *_WRAPPERS):
        if element is root:
            continue
        if element.tag in _WRAPPERS:
            ranges.hold(element)
        elif element.tag in _RANGE_ENDS:
            marks += ranges.follow(element)
        else:
            marks += ranges.name(_mark(element))
    _name_grid_changes(marks)
    return marks


def _mark(element: Any) -> Iterator[Mark]:
    if next(element.iterancestors(*CHANGES), None) is not None:
        return  # history of a history
    name = local_name(element)
    if name in CONTENT:
        role, owner = _place(element)
    elif name in _CELLS:
        role, owner = "cell", _cell(element)
    elif name == "numberingChange":
        role, owner = "numbering", None
    else:
        role, owner = "formatting", element.getparent()
    yield _made(element, role, name, owner)


def _made(element: Any, role: Role, what: str, owner: Any = None) -> Mark:
    return Mark(
        element,
        role,
        what,
        owner,
        element.get(w("author"), ""),
        element.get(w("date"), ""),
        element.get(w("id"), ""),
    )


def _place(element: Any) -> tuple[Role, Any]:
    """Return what `w:ins` and the like stand for where they stand, and the owner."""
    holder = element.getparent()
    while holder is not None and local_name(holder) in CONTENT:
        holder = holder.getparent()
    name = local_name(holder) if holder is not None else ""
    if name == "r":
        return "run", holder
    if name not in _PROPERTY_ROLES:
        return "content", None
    above = holder.getparent()
    if name == "rPr" and above is not None and above.tag == w("pPr"):
        paragraph = above.getparent()
        is_sound = paragraph is not None and paragraph.tag == w("p")
        return ("paragraph", paragraph) if is_sound else ("run", None)
    if name == "ctrlPr":
        return "equation", _equation(above)
    if name == "rPr" and (above is None or local_name(above) != "r"):
        return "run", None  # of a style or the like, which stays
    if name == "trPr" and (above is None or above.tag != w("tr")):
        return "run", None  # of the rows of a table style
    return _PROPERTY_ROLES[name], holder if name == "numPr" else above


def _equation(above: Any) -> Any:
    """Return the equation's object (a fraction, a root) of its properties, or None."""
    if above is None or not local_name(above).endswith("Pr"):
        return None
    return above.getparent()


def _cell(element: Any) -> Any:
    """Return the cell of a mark in its properties, or None."""
    properties = element.getparent()
    cell = properties.getparent() if properties is not None else None
    return cell if cell is not None and cell.tag == w("tc") else None


class _Ranges:
    """The ranges that are open, as the marks of a part are walked."""

    def __init__(self) -> None:
        self._open: dict[str, dict[str, Mark]] = {}

    def follow(self, element: Any) -> Iterator[Mark]:
        """Follow the start or the end of a range; yield what is new."""
        name = local_name(element)
        kind = name.removesuffix("Start").removesuffix("End")
        number = element.get(w("id"), "")
        same = self._open.setdefault(kind, {})
        if name.endswith("End") and number in same:
            same.pop(number).ends.append(element)
            return
        role: Role = "wrapper" if kind in _WRAPPER_RANGES else "range"
        what = _WRAPPER_RANGES.get(kind) or kind.removesuffix("Range")
        mark = _made(element, role, what)
        mark.move = element.get(w("name"), "") if role == "range" else ""
        if name.endswith("Start"):
            same[number] = mark
        yield mark

    def name(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """Yield marks that are met, with the name of the move they are part of."""
        for mark in marks:
            around = self._innermost(f"{mark.what}Range")
            mark.move = around.move if around is not None else ""
            half = self._innermost(_EDITED_IN.get(mark.what, ""))
            if (
                half is not None
                and next(mark.element.iterancestors(*_MOVED), None) is None
            ):
                mark.edits = half.author, half.move
            yield mark

    def hold(self, element: Any) -> None:
        """Take note of a content control or the like that begins here."""
        for kind in _WRAPPER_RANGES:
            around = self._innermost(kind)
            if around is not None:
                around.wrappers.append(element)

    def _innermost(self, kind: str) -> Mark | None:
        return next(reversed(self._open.get(kind, {}).values()), None)


def _name_grid_changes(marks: list[Mark]) -> None:
    """Give a changed grid, which names nobody, to who changed its cells, or table."""
    by_table: dict[Any, Mark] = {}
    for mark in sorted(marks, key=lambda mark: mark.role != "cell"):
        if mark.author:
            table = next(mark.element.iterancestors(w("tbl")), None)
            by_table.setdefault(table, mark)
    for mark in marks:
        if mark.what == "tblGridChange" and not mark.author:
            table = next(mark.element.iterancestors(w("tbl")), None)
            if (first := by_table.get(table)) is not None:
                mark.author, mark.date = first.author, first.date
