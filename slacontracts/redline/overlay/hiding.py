"""A part with tracked changes in; what it says when all are accepted, out.

What is deleted is taken out and leaves a place that takes no room. What was inserted
stays, and keeps the number of the mark around it. What is kept can be put back.
"""

from collections.abc import Collection
from copy import deepcopy
from typing import Final

from lxml import etree

from slacontracts.errors import WordFileError
from slacontracts.redline.blocks import is_block
from slacontracts.redline.elements import (
    ALTERNATIVES,
    ANCHORS,
    CELL,
    COMMENT,
    CONTENT,
    DEL,
    ID,
    INS,
    MATHS,
    P_PR,
    R_PR,
    RUN,
    SHELLS,
    SIMPLE_FIELD,
    Element,
    P,
)
from slacontracts.redline.inline import content_of
from slacontracts.redline.overlay.keeping import (
    HELD,
    PLACE,
    Kept,
    Stack,
    empty_paragraph,
    put_around,
)
from slacontracts.redline.overlay.tables import (
    has_mark,
    hide_rows_and_cells,
    is_in,
    lock_tables,
)
from slacontracts.redline.pen import run_like
from slacontracts.redline.write import complex_field
from slacontracts.word.names import w
from slacontracts.word.revision_marks import TAGS

_GONE: Final = (DEL, w("moveFrom"))
_CAME: Final = (INS, w("moveTo"))
_RANGE_ENDS: Final = tuple(one for one in TAGS if one.endswith(("Start", "End")))
_COMMENT_ENDS: Final = (w("commentRangeStart"), w("commentRangeEnd"))
_MARKED_INSIDE: Final = (*MATHS, ALTERNATIVES, *ANCHORS)


def hide(
    root: Element,
    kept: Kept,
    file: str,
    *,
    locked: Collection[str] = (),
    has_stays: bool = False,
) -> None:
    """Take the tracked changes of a part out of it, as if they were accepted.

    file: what to call it in a message. locked: the numbers of tables that cannot be
    compared row by row; they are put in a control, which is like no table. has_stays:
    whether such a control stays for each table that went.
    """
    _name_all(root)
    raws = {one: deepcopy(one) for one in root.iter(P) if _end_marks(one, _GONE)}
    hide_rows_and_cells(root, kept, has_stays=has_stays)
    lock_tables(root, locked)
    _write_in_pieces(root)
    for paragraph in list(root.iter(P)):
        if is_in(root, paragraph):
            _hide_inline(paragraph, (), kept)
    _hide_between(root, kept, file)
    for container in {one.getparent(): None for one in root.iter(P)}:
        if is_in(root, container):
            _hide_ends(container, raws, kept)
            _hide_in_front(container, kept)


def simplify(root: Element) -> None:
    """Take the comments out of our text, and write its fields in pieces."""
    _write_in_pieces(root)
    for sign in list(root.iter(COMMENT)):
        for part in without_comments(sign.getparent()):
            if part.find(COMMENT) is not None:
                part.getparent().remove(part)
    for one in list(root.iter(*_COMMENT_ENDS)):
        one.getparent().remove(one)


def _name_all(root: Element) -> None:
    """Give every mark an id, and each range one that is like no number."""
    for one in root.iter(*TAGS):
        identity = one.get(ID, "")
        one.set(ID, f"range {identity}" if one.tag in _RANGE_ENDS else identity or "0")


def _write_in_pieces(root: Element) -> None:
    """Write all fields as most programs do, so that both sides have them alike."""
    for field in list(root.iter(SIMPLE_FIELD)):
        for one in complex_field(field):
            field.addprevious(one)
        field.getparent().remove(field)


def _hide_inline(holder: Element, stack: Stack, kept: Kept) -> None:
    """Hide the marks in a paragraph, or in what holds runs as one does."""
    for one in list(holder):
        if one.tag in _CAME:
            if len(one):
                _hide_inline(one, (*stack, kept.keep_around(one)), kept)
                for child in list(one):
                    one.addprevious(child)
            holder.remove(one)
        elif one.tag in _GONE or one.tag in _RANGE_ENDS:
            kept.hold(one, stack)
        elif one.tag in SHELLS:
            _hide_inline(content_of(one), stack, kept)
        elif one.tag == RUN:
            _hide_in_run(one, stack, kept)
        elif one.tag in _MARKED_INSIDE and HELD not in one.attrib:
            put_around(one, stack)


def _hide_in_run(run: Element, stack: Stack, kept: Kept) -> None:
    for part in without_comments(run):
        if has_mark(part, R_PR, _GONE) or part.find(COMMENT) is not None:
            kept.hold(part, stack)
        else:
            put_around(part, stack)


def without_comments(run: Element) -> list[Element]:
    """Cut a run so that each sign of a comment stands in one of its own."""
    content = [one for one in run if one.tag != R_PR]
    if len(content) < 2 or run.find(COMMENT) is None:
        return [run]
    out: list[Element] = []
    for one in content:
        if not out or COMMENT in (one.tag, out[-1][-1].tag):
            out.append(run_like(run))
            run.addprevious(out[-1])
        out[-1].append(one)
    run.getparent().remove(run)
    return out


def _hide_between(root: Element, kept: Kept, file: str) -> None:
    """Hide the ends of ranges and the deletions that stand between blocks."""
    for one in list(root.iter(*_RANGE_ENDS, *_GONE, *_CAME)):
        if not is_in(root, one) or not _is_between_blocks(one):
            continue
        if one.tag in _CAME:
            if len(one):
                raise WordFileError(
                    f"{file} has a tracked insertion around whole paragraphs, on top "
                    "of which nothing can be marked; accept it in Word, or send a "
                    "redline of its own"
                )
            one.getparent().remove(one)
        else:
            kept.hold(one)


def _is_between_blocks(element: Element) -> bool:
    above = element.getparent()
    return above is not None and (
        above.tag in _CONTAINERS
        or (above.tag in (CONTENT, w("customXml")) and any(map(is_block, above)))
    )


_CONTAINERS: Final = tuple(
    w(one)
    for one in (
        *("body", "hdr", "ftr", "footnote", "endnote", "tc", "txbxContent"),
        *("tbl", "tr"),
    )
)


def _end_marks(paragraph: Element, tags: Collection[str]) -> list[Element]:
    found = paragraph.find(f"{P_PR}/{R_PR}")
    return [] if found is None else [one for one in found if one.tag in tags]


def _hide_ends(container: Element, raws: dict[Element, Element], kept: Kept) -> None:
    """Hide the marks of the ends of paragraphs; one whose end is gone runs on."""
    blocks = [one for one in container if is_block(one)]
    open_ones: list[Element] = []
    for place, block in enumerate(blocks):
        if block.tag != P:
            open_ones = []
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        runs_on = following is not None and following.tag == P
        if not _end_marks(block, _GONE):
            _run_into(block, open_ones, kept)
            open_ones = []
        elif not open_ones and not _has_content(block) and _may_go(block, following):
            kept.forget([block])
            raw = raws[block]
            block.addprevious(raw)
            container.remove(block)
            kept.hold(raw)
            continue
        elif runs_on:
            open_ones.append(block)
            continue
        else:
            _run_into(block, open_ones, kept)
            open_ones = []
        _keep_end(block, kept)


def _has_content(paragraph: Element) -> bool:
    return any(one.tag not in ANCHORS and one.tag != P_PR for one in paragraph)


def _may_go(paragraph: Element, following: Element | None) -> bool:
    """Tell whether what holds an empty paragraph can be without it."""
    if following is not None:
        return True
    before = next(
        (one for one in paragraph.itersiblings(preceding=True) if is_block(one)), None
    )
    if before is None:
        return False
    return bool(paragraph.getparent().tag != CELL or before.tag == P)


def _run_into(paragraph: Element, before: list[Element], kept: Kept) -> None:
    """Put what paragraphs hold whose ends are gone in front of what one holds."""
    front: list[Element] = []
    for one in before:
        shell = empty_paragraph(one)
        front += [inside for inside in one if inside.tag != P_PR]
        front.append(kept.join(shell))
        between = _after(one)
        front += between
        kept.before |= {place.get(HELD) for place in between if place.get(HELD)}
        one.getparent().remove(one)
    start = 0 if paragraph.find(P_PR) is None else 1
    paragraph[start:start] = front


def _after(paragraph: Element) -> list[Element]:
    """Return what follows a paragraph and takes no room."""
    out: list[Element] = []
    at = paragraph.getnext()
    while at is not None and not is_block(at):
        out.append(at)
        at = at.getnext()
    return out


def _hide_in_front(container: Element, kept: Kept) -> None:
    """Put places before a paragraph into it, so that they stay where they are."""
    waiting: list[Element] = []
    for one in list(container):
        if one.tag == PLACE and one.get(HELD):
            waiting.append(one)
        elif is_block(one):
            if one.tag == P:
                kept.put_in_front(waiting, one)
            waiting = []


def _keep_end(paragraph: Element, kept: Kept) -> None:
    marks = _end_marks(paragraph, (*_CAME, *_GONE))
    if not marks:
        return
    holder = etree.Element(R_PR)
    properties = marks[0].getparent()
    holder.extend(marks)
    paragraph.set(HELD, kept.keep(holder))
    for one in (properties, properties.getparent()):
        if not len(one):
            one.getparent().remove(one)
