"""Marks of what leads from one file to another in; those that lead back, out."""

from collections.abc import Iterator
from typing import Final

from slacontracts.redline.elements import (
    DEL,
    DEL_INSTRUCTION,
    DEL_TEXT,
    ID,
    INSTRUCTION,
    TEXT,
    Element,
)
from slacontracts.redline.overlay.keeping import AROUND, HELD
from slacontracts.redline.pen import Pen
from slacontracts.redline.write import delete_inside
from slacontracts.word.names import w
from slacontracts.word.revision_marks import TAGS, Mark, find_marks

_AUTHOR: Final = w("author")
_TURNED: Final = {
    w(one): w(other)
    for pair in (
        ("ins", "del"),
        ("moveFrom", "moveTo"),
        ("moveFromRangeStart", "moveToRangeStart"),
        ("moveFromRangeEnd", "moveToRangeEnd"),
        ("cellIns", "cellDel"),
    )
    for one, other in (pair, pair[::-1])
}
_USUAL: Final = {DEL_TEXT: TEXT, DEL_INSTRUCTION: INSTRUCTION}
_IN_PROPERTIES: Final = tuple(map(w, ("rPr", "trPr", "tcPr")))
_WITHOUT_MOVE: Final = {"moveFrom": w("del"), "moveTo": w("ins")}


def turn_marks(root: Element, pen: Pen) -> None:
    """Turn the marks of the pen's author: what came went, what went came."""
    ours = _marks_of(root, pen.author)
    for one in ours:
        one.tag = _TURNED[one.tag]
    for one in ours:
        if one.tag == w("ins"):
            _as_usual(one)
    for one in ours:
        if one.tag == DEL and one.getparent().tag not in _IN_PROPERTIES:
            delete_inside(one, pen)


def _marks_of(root: Element, author: str) -> list[Element]:
    """Return the marks of an author; the end of a range says not whose it is."""
    found = [one for one in root.iter(*_TURNED) if one.get(_AUTHOR) == author]
    starts = {one.get(ID) for one in found if one.tag.endswith("Start")}
    ends = (w("moveFromRangeEnd"), w("moveToRangeEnd"))
    return found + [one for one in root.iter(*ends) if one.get(ID) in starts]


def _as_usual(wrapper: Element) -> None:
    for one in list(wrapper.iter(*_USUAL)):
        one.tag = _USUAL[one.tag]


def part_moves_of_marked(root: Element, pen: Pen) -> None:
    """Let a move of what others have changed be a deletion and an insertion.

    A move inside of their insertion reads as nothing that a person would understand.
    """
    marks = [
        one
        for one in find_marks(root)
        if one.author == pen.author and one.what in _WITHOUT_MOVE
    ]
    parted = {one.move for one in marks if _is_of_others(one)}
    for mark in (one for one in marks if one.move in parted):
        if mark.role == "range":
            for one in (mark.element, *mark.ends):
                one.getparent().remove(one)
            continue
        mark.element.tag = _WITHOUT_MOVE[mark.what]
        if mark.role == "content" and mark.element.tag == DEL:
            delete_inside(mark.element, pen)


def _is_of_others(mark: Mark) -> bool:
    if mark.role == "paragraph":
        return mark.what == "moveFrom" and any(
            HELD in one.attrib or AROUND in one.attrib for one in mark.owner.iter()
        )
    return any(AROUND in one.attrib for one in mark.element)


def with_marks(root: Element) -> Iterator[Element]:
    """Yield the elements of a part that are marks of changes, in order."""
    yield from root.iter(*TAGS)
