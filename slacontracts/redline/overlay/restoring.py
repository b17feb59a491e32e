"""A part without its marks in, and what was kept; the part with them again out."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from slacontracts.redline.elements import (
    DEL,
    INS,
    P_PR,
    Element,
    P,
)
from slacontracts.redline.formatting import mark_properties
from slacontracts.redline.overlay.keeping import (
    AROUND,
    HELD,
    PLACE,
    Kept,
    around,
    shell_of,
)
from slacontracts.redline.overlay.order import (
    Item,
    put_deletions_first,
    put_words_last,
)
from slacontracts.redline.overlay.pages import show_pages
from slacontracts.redline.overlay.tables import restore_tables
from slacontracts.word.names import w

_AUTHOR: Final = w("author")
_MOVES: Final = (w("moveFrom"), w("moveTo"))
_WRAPPERS: Final = (INS, DEL, *_MOVES)
_ORDER: Final = (*_WRAPPERS, w("trPrChange"))
_ROW_PR, _MARK_PR = w("trPr"), w("rPr")


def restore(root: Element, kept: Kept, ours: str) -> set[str]:
    """Put back what was kept; return the numbers of it that were put back.

    ours: the author of the marks that the part has meanwhile.
    """
    used: set[str] = set()
    for holder in _holders(root, ours):
        _restore_content(holder, kept, ours, used)
    for paragraph in list(root.iter(P)):
        _part(paragraph, kept, used)
    for paragraph in root.iter(P):
        _restore_end(paragraph, kept, used)
    for one in root.iter(_ROW_PR, _MARK_PR):
        _put_in_order(one)
    restore_tables(root, kept, used)
    show_pages(root)
    put_deletions_first(root, ours)
    return used


def _holders(root: Element, ours: str) -> list[Element]:
    """Return what holds content that was marked, by them or by us."""
    out: dict[Element, None] = {}
    for one in root.iter():
        if one.tag == P or not isinstance(one.tag, str):
            continue
        if AROUND in one.attrib or HELD in one.attrib or _is_ours(one, ours):
            parent = one.getparent()
            out[parent.getparent() if _is_ours(parent, ours) else parent] = None
    return list(out)


def _is_ours(element: Element, ours: str) -> bool:
    return element.tag in _WRAPPERS and element.get(_AUTHOR) == ours


def _restore_content(holder: Element, kept: Kept, ours: str, used: set[str]) -> None:
    items: list[Item] = []
    for one in list(holder):
        if _is_ours(one, ours) and len(one):
            items += _cut(one)
        elif _is_place(one) and one.get(HELD) not in kept.joins | kept.before:
            used.add(one.get(HELD))
            items.append((around(one), kept.back(one.get(HELD))))
        else:
            items.append((around(one), one))
    put_words_last(items, ours)
    holder[:] = _nested(items, 0, kept)


def _is_place(element: Element) -> bool:
    return element.tag == PLACE and element.get(HELD) is not None


def _cut(wrapper: Element) -> list[Item]:
    """Return a mark of ours in as many as there are marks of theirs around."""
    out: list[Item] = []
    for stack, inside in groupby(list(wrapper), key=around):
        part = shell_of(wrapper)
        part.extend(inside)
        for one in part:
            one.attrib.pop(AROUND, None)
        out.append((stack, part))
    return out


def _nested(items: Iterable[Item], depth: int, kept: Kept) -> list[Element]:
    out: list[Element] = []
    for number, group in groupby(
        items, key=lambda one: one[0][depth] if len(one[0]) > depth else None
    ):
        if number is None:
            for _, one in group:
                one.attrib.pop(AROUND, None)
                out.append(one)
            continue
        wrapper = kept.back(number)
        wrapper.extend(_nested(group, depth + 1, kept))
        out.append(wrapper)
    return out


def _part(paragraph: Element, kept: Kept, used: set[str]) -> None:
    """Cut a paragraph where others ended before their ends were deleted.

    What stood before a paragraph, or between those, goes back there.
    """
    for place in [one for one in paragraph if _is_place(one)]:
        number = place.get(HELD)
        used.add(number)
        element = kept.back(number)
        if number in kept.joins:
            for one in list(paragraph):
                if one is place:
                    break
                if one.tag != P_PR:
                    element.append(one)
        paragraph.remove(place)
        paragraph.addprevious(element)


def _restore_end(paragraph: Element, kept: Kept, used: set[str]) -> None:
    number = paragraph.attrib.pop(HELD, None)
    if number is not None:
        used.add(number)
        properties = mark_properties(paragraph)
        properties[:0] = list(kept.back(number))


def _put_in_order(properties: Element) -> None:
    marks = [one for one in properties if one.tag in _ORDER]
    if len(marks) < 2:
        return
    marks.sort(key=lambda one: _ORDER.index(one.tag))
    for one in marks:
        properties.remove(one)
    start = len(properties) if properties.tag == _ROW_PR else 0
    properties[start:start] = marks
