"""Styles and lists of a Word file in; each style that counts linked to a list, out.

Where the designer numbers some of the styles of a list, the others join that list,
as long as their level in it is free; else they count in a list of the standard's.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from slacontracts.render.docx_grafting import insert_after, paragraph_properties
from slacontracts.render.docx_style_reading import list_levels, style_ids, styles_of
from slacontracts.word.names import w

_BEFORE_NUMBERS: Final = frozenset(
    w(tag)
    for tag in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl",
    )
)  # fmt: skip


def graft_lists(styles: Any, lists: Any, standard: Any, ids: Mapping[str, str]) -> bool:
    """Link every style that must count to a list; tell whether that was needed.

    ids: the file's id of each standard style.
    """
    names = {own: name for name, own in style_ids(styles).items()}
    levels = list_levels(styles, lists)
    is_changed = False
    for definition in standard.iter(w("abstractNum")):
        steps = {ids[_linked(level)]: level for level in _linked_levels(definition)}
        waiting = {own: one for own, one in steps.items() if names[own] not in levels}
        if not waiting:
            continue
        is_changed = True
        homes = [levels[names[own]] for own in steps if names[own] in levels]
        if homes:
            home = _definition(lists, homes[0].abstract)
            waiting = _joined(styles, home, homes[0].num, waiting)
        if waiting:
            _add_list(styles, lists, definition, waiting)
    return is_changed


def _linked_levels(definition: Any) -> list[Any]:
    return [
        one for one in definition.iter(w("lvl")) if one.find(w("pStyle")) is not None
    ]


def _linked(level: Any) -> str:
    return str(level.find(w("pStyle")).get(w("val")))


def _definition(lists: Any, abstract: int) -> Any:
    return next(
        one
        for one in lists.iter(w("abstractNum"))
        if int(one.get(w("abstractNumId"))) == abstract
    )


def _joined(
    styles: Any, home: Any, num: int, waiting: Mapping[str, Any]
) -> dict[str, Any]:
    """Put styles into the designer's list; return those whose level is taken."""
    kind = home.find(w("multiLevelType"))
    if kind is not None:
        kind.set(w("val"), "multilevel")
    there = {int(one.get(w("ilvl"))): one for one in home.iter(w("lvl"))}
    left = {}
    for own, step in waiting.items():
        depth = int(step.get(w("ilvl")))
        old = there.get(depth)
        if old is not None and old.find(w("pStyle")) is not None:
            left[own] = step
            continue
        level = _level(step, own)
        if old is not None:
            home.replace(old, level)
        else:
            above = [one for at, one in there.items() if at < depth]
            (above[-1].addnext if above else home.append)(level)
        there[depth] = level
        _link(styles, own, num, depth)
    return left


def _add_list(
    styles: Any, lists: Any, standard: Any, waiting: Mapping[str, Any]
) -> None:
    """Add a list of the standard's, and link the waiting styles to it."""
    abstracts, nums = lists.findall(w("abstractNum")), lists.findall(w("num"))
    abstract = 1 + max([int(one.get(w("abstractNumId"))) for one in abstracts] or [0])
    num = 1 + max([int(one.get(w("numId"))) for one in nums] or [0])
    made = deepcopy(standard)
    made.tail = None
    made.set(w("abstractNumId"), str(abstract))
    owners = {int(step.get(w("ilvl"))): own for own, step in waiting.items()}
    for level in _linked_levels(made):
        mark = level.find(w("pStyle"))
        own = owners.get(int(level.get(w("ilvl"))))
        if own is None:  # that style counts in a list of the designer's
            level.remove(mark)
        else:
            mark.set(w("val"), own)
    taken = {mark.get(w("val")) for mark in lists.iter(w("nsid"))}
    mark = made.find(w("nsid"))
    if mark is not None and mark.get(w("val")) in taken:
        made.remove(mark)
    if abstracts:
        abstracts[-1].addnext(made)
    else:
        pictures = lists.findall(w("numPicBullet"))
        lists.insert(len(pictures), made)
    number = lists.makeelement(w("num"), {w("numId"): str(num)})
    number.append(lists.makeelement(w("abstractNumId"), {w("val"): str(abstract)}))
    (nums[-1] if nums else made).addnext(number)
    for own, step in waiting.items():
        _link(styles, own, num, int(step.get(w("ilvl"))))


def _level(step: Any, own: str) -> Any:
    level = deepcopy(step)
    level.find(w("pStyle")).set(w("val"), own)
    return level


def _link(styles: Any, own: str, num: int, depth: int) -> None:
    style = next(one for one in styles_of(styles) if one.get(w("styleId")) == own)
    properties = paragraph_properties(style)
    old = properties.find(w("numPr"))
    if old is not None:
        properties.remove(old)
    mark = properties.makeelement(w("numPr"))
    if depth:
        mark.append(mark.makeelement(w("ilvl"), {w("val"): str(depth)}))
    mark.append(mark.makeelement(w("numId"), {w("val"): str(num)}))
    insert_after(properties, mark, _BEFORE_NUMBERS)
