"""Our marks among theirs in; the same with what went before what came, out.

A person reads a change as Word writes it: what was deleted, then what replaces it.
"""

from typing import Final, TypeAlias

from slacontracts.redline.blocks import is_block
from slacontracts.redline.elements import (
    ANCHORS,
    DEL,
    INS,
    P_PR,
    R_PR,
    ROW,
    TABLE,
    Element,
    P,
)
from slacontracts.redline.overlay.keeping import HELD, Stack
from slacontracts.word.names import w

Item: TypeAlias = tuple[Stack, Element]

_AUTHOR: Final = w("author")
_ROW_PR: Final = w("trPr")
_GONE: Final = (DEL, w("moveFrom"))
_CAME: Final = (INS, w("moveTo"))


def put_words_last(items: list[Item], ours: str) -> None:
    """Put the words we inserted behind those that were deleted in their place."""
    for at in reversed(range(len(items))):
        stack, one = items[at]
        if stack or one.tag != INS or one.get(_AUTHOR) != ours:
            continue
        last = at
        for place in range(at + 1, len(items)):
            other = items[place][1]
            if other.tag == DEL:
                last = place
            elif other.tag not in ANCHORS or other.get(HELD):
                break
        items.insert(last, items.pop(at))


def put_deletions_first(root: Element, ours: str) -> None:
    """Put paragraphs and rows we inserted behind those that went in their place."""
    holders: dict[Element, None] = {}
    for mark in root.iter(INS):
        if mark.get(_AUTHOR) == ours and mark.getparent().tag in (R_PR, _ROW_PR):
            owner = next(mark.iterancestors(P, ROW))
            holders[owner.getparent()] = None
    for holder in holders:
        blocks = list(holder)
        for at in reversed(range(len(blocks))):
            if _came(blocks[at], ours):
                last = _last_gone(blocks, at)
                if last > at:
                    blocks[last].addnext(blocks[at])
                    blocks.insert(last, blocks.pop(at))


def _came(block: Element, ours: str, tags: tuple[str, ...] = (INS,)) -> bool:
    """Tell whether a paragraph or row is ours as a whole."""
    if not any(one.get(_AUTHOR) == ours for one in _marks(block, tags)):
        return False
    return block.tag == ROW or all(
        one.tag in ANCHORS
        or one.tag == P_PR
        or (one.tag in tags and one.get(_AUTHOR) == ours)
        for one in block
    )


def has_open_end(root: Element, ours: str) -> bool:
    """Tell whether words run on into a table, which no program understands.

    So it is where we join two paragraphs between which they deleted a table.
    """
    for paragraph in root.iter(P):
        marks = _marks(paragraph, (*_CAME, *_GONE))
        is_ours = any(one.get(_AUTHOR) == ours for one in marks)
        if is_ours and not _came(paragraph, ours, _CAME) and _has_words(paragraph):
            after = (one for one in paragraph.itersiblings() if is_block(one))
            stays = (one for one in after if one.tag != P or not _has_gone(one))
            following = next(stays, None)
            if following is not None and following.tag == TABLE:
                return True
    return False


def _has_words(paragraph: Element) -> bool:
    """Tell whether words stay in a paragraph, or in one that runs on into it."""
    if not _has_gone(paragraph):
        return True
    before = (one for one in paragraph.itersiblings(preceding=True) if is_block(one))
    last = next(before, None)
    return (
        last is not None
        and last.tag == P
        and bool(_marks(last, _GONE))
        and _has_words(last)
    )


def _last_gone(blocks: list[Element], at: int) -> int:
    """Return where the last of what went stands that follows a block."""
    kind, last = blocks[at].tag, at
    for place in range(at + 1, len(blocks)):
        one = blocks[place]
        is_end = one.tag.endswith("RangeEnd") and last == place - 1
        if (is_end and last > at) or (one.tag == kind and _has_gone(one)):
            last = place
        elif is_block(one):
            return last if kind == ROW or one.tag != TABLE else at
    return last if kind == ROW else at


def _has_gone(block: Element) -> bool:
    """Tell whether a paragraph or row went as a whole, whoever took it out."""
    if not _marks(block, _GONE):
        return False
    return block.tag == ROW or all(
        one.tag in ANCHORS
        or one.tag == P_PR
        or one.tag in _GONE
        or (one.tag in _CAME and all(inside.tag in _GONE for inside in one))
        for one in block
    )


def _marks(block: Element, tags: tuple[str, ...]) -> list[Element]:
    found = block.find(f"{P_PR}/{R_PR}" if block.tag == P else _ROW_PR)
    return [] if found is None else [one for one in found if one.tag in tags]
