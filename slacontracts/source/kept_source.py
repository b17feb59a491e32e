"""A wording, its blocks and how they shall read in; the wording with few lines changed.

Conditions and loops stay where no edit touches what they stand around, so that the
clause goes on following the data.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from slacontracts.model.document import Block, Table
from slacontracts.redline.words import common

Compose: TypeAlias = Callable[[str], tuple[Block, ...] | None]
Write: TypeAlias = Callable[[Sequence[Block]], str]

_MARK_ALONE = re.compile(r"\s*\{%[^%]*%\}\s*$")
_BEGINS = re.compile(r" *1\. |" + _MARK_ALONE.pattern)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines of a wording that make one block: from start up to end."""

    start: int
    end: int
    block: Block


def kept_source(
    text: str,
    old: Sequence[Block],
    new: tuple[Block, ...],
    compose: Compose,
    write: Write,
) -> str | None:
    """Return a wording that says `new`, with as many lines of the old one as can stay.

    old: what the wording says now. compose: what a wording says. write: blocks as a
    wording. None when the lines of what changed are not found for certain.
    """
    lines = text.rstrip("\n").split("\n")
    places = _places(lines, old, compose)
    written: dict[int, list[Block]] = {}  # after the block of that index
    gone: set[int] = set()
    first = start = 0
    for end, stop in (*common(old, new), (len(old), len(new))):
        if end > first or stop > start:
            gone.update(range(first, end))
            written[end - 1] = list(new[start:stop])
        first, start = end + 1, stop + 1
    if not all(at in places for at in {*gone, *written} - {-1}):
        return None
    before = written.pop(-1, None)
    for at in sorted({*gone, *written}, reverse=True):
        chunk = places[at]
        added = write(written.get(at, ())).rstrip("\n").split("\n")
        apart = [""] if at in written and not _is_list(written[at], old[at]) else []
        fresh = [*apart, *added, *apart] if written.get(at) else []
        start = chunk.start if at in gone else chunk.end
        lines[start : chunk.end] = fresh
    if before:
        lines[:0] = [write(before)]
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
    return kept if compose(kept) == new else None


def _is_list(written: Sequence[Block], beside: Block) -> bool:
    return all(type(one) is type(beside) for one in written) and hasattr(
        beside, "anchor"
    )


def _places(
    lines: Sequence[str], blocks: Sequence[Block], compose: Compose
) -> dict[int, _Chunk]:
    """Return the lines of every block that stands in one place for certain."""
    chunks = _chunks(lines, compose)
    found: dict[int, _Chunk] = {}
    for at, block in enumerate(blocks):
        here = [chunk for chunk in chunks if _is_same(chunk.block, block)]
        if len(here) == 1 and sum(_is_same(block, one) for one in blocks) == 1:
            found[at] = here[0]
    return found


def _chunks(lines: Sequence[str], compose: Compose) -> list[_Chunk]:
    starts = [
        at
        for at, line in enumerate(lines)
        if line.strip() and (at == 0 or not lines[at - 1].strip() or _begins(lines, at))
    ]
    chunks = []
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = following
        while end > start and not lines[end - 1].strip():
            end -= 1
        blocks = compose(_at_the_margin(lines[start:end]))
        if blocks is not None and len(blocks) == 1:
            chunks.append(_Chunk(start, end, blocks[0]))
    return chunks


def _at_the_margin(lines: Sequence[str]) -> str:
    """Return lines without the indent of the first of them."""
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    return "".join(f"{line[indent:]}\n" for line in lines)


def _begins(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line begins something new: an item, or what follows a mark."""
    is_after_mark = _MARK_ALONE.match(lines[at - 1]) is not None
    return is_after_mark or _BEGINS.match(lines[at]) is not None


def _is_same(one: Block, other: Block) -> bool:
    """Tell whether two blocks say the same, at whatever level."""
    if isinstance(one, Table) or isinstance(other, Table):
        return one == other
    return (
        type(one) is type(other)
        and one.inlines == other.inlines
        and getattr(one, "anchor", None) == getattr(other, "anchor", None)
    )
