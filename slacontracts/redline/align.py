"""Two sequences of blocks in; which became which out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from slacontracts.redline.blocks import Block
from slacontracts.redline.elements import BREAK, P_PR, ROW, VALUE
from slacontracts.redline.words import common, most_alike, rising, tokens_of
from slacontracts.text import likeness
from slacontracts.word.names import w

Places: TypeAlias = tuple[int, int]

LIKE_ENOUGH: Final = 0.45
_MOST_PAIRS: Final = 4_000  # of blocks whose likeness is worked out one by one
_NEAR: Final = 32  # blocks that are looked at together, of more than these
_FEWEST_FOR_A_PLACE: Final = 3
_SAME_FIRST_CELL: Final = 0.6
_SAME_NUMBER: Final = 0.6
_MOST_OF_A_LINE: Final = 20  # words of both sides, such as of two headings
_LONGEST_OMISSION: Final = 100
# What keeps the number of a paragraph that was taken out: "[Intentionally omitted]".
_OMITTED: Final = re.compile(r"(\S*[A-Z(]\S*\s+)?\[[^\[\]\d]{4,60}\]")


class Pair(NamedTuple):
    """Blocks that belong together; one of them is None for what came or went."""

    old: Block | None
    new: Block | None


def align(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[Pair]:
    """Return the blocks of both sides in the order of the redline.

    numbers: gives each word its number, over all calls for the same two files.
    """
    out: list[Pair] = []
    last_old = last_new = 0
    same = common([one.key for one in old], [one.key for one in new])
    for i, j in (*same, (len(old), len(new))):
        if i > last_old or j > last_new:
            out += _of_gap(old[last_old:i], new[last_new:j], numbers)
        if i < len(old):
            out.append(Pair(old[i], new[j]))
        last_old, last_new = i + 1, j + 1
    return out


def _of_gap(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[Pair]:
    """Align blocks none of which kept its wording in its place."""
    if not old or not new:
        return [*(Pair(one, None) for one in old), *(Pair(None, one) for one in new)]
    out: list[Pair] = []
    last_old = last_new = 0
    for i, j in (*_pairs(old, new, numbers), (len(old), len(new))):
        out += [Pair(one, None) for one in old[last_old:i]]
        out += [Pair(None, one) for one in new[last_new:j]]
        if i < len(old):
            out.append(Pair(old[i], new[j]))
        last_old, last_new = i + 1, j + 1
    return out


def _pairs(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> Iterator[Places]:
    """Yield the places of blocks that belong together, in order."""
    if len(old) * len(new) <= _MOST_PAIRS:
        yield from _by_likeness(old, new, numbers)
        return
    last_old = last_new = 0
    sure = _by_shared_words(old, new, numbers)
    for i, j in (*sure, (len(old), len(new))):
        gap = _by_neighbourhood(old[last_old:i], new[last_new:j], numbers)
        yield from ((last_old + a, last_new + b) for a, b in gap)
        if i < len(old):
            yield i, j
        last_old, last_new = i + 1, j + 1


def block_likeness(old: Block, new: Block, numbers: dict[str, int]) -> float:
    """Return how much of the wording of two blocks is the same: 0 to 1."""
    if old.kind != new.kind or (old.kind == "control" and old.key[0] != new.key[0]):
        return 0.0
    if old.name and old.name == new.name:
        return 1.0
    left, right = old.words(numbers), new.words(numbers)
    if not left and not right:
        return 1.0
    ratio = likeness(left, right)
    if old.kind == "row" and _first_cell(old) == _first_cell(new) != "":
        return max(ratio, _SAME_FIRST_CELL)
    # A paragraph that was cut in two is found again whole in one half, and a table
    # with a column more row by row.
    shorter = min(len(left), len(right))
    may_hold = old.kind == "paragraph" or _rows(old) == _rows(new) > 1
    if may_hold and shorter >= _FEWEST_FOR_A_PLACE:
        kept = ratio * (len(left) + len(right)) / 2 / shorter
        ratio = max(ratio, kept - 0.4) if kept > 0.9 else ratio
    if ratio < LIKE_ENOUGH and _leaves_its_number(old, new):
        return _SAME_NUMBER
    is_line = old.kind == "paragraph" and ratio >= LIKE_ENOUGH
    return 0.0 if is_line and _share_only_figures(old, new, numbers) else ratio


def _rows(block: Block) -> int:
    return len(block.element.findall(ROW)) if block.kind == "table" else 0


def _share_only_figures(old: Block, new: Block, numbers: dict[str, int]) -> bool:
    """Tell whether two short lines have their number in common, and no word."""
    if len(old.words(numbers)) + len(new.words(numbers)) > _MOST_OF_A_LINE:
        return False
    left, right = set(tokens_of(old.text)), set(tokens_of(new.text))
    shared = [one for one in left & right if not one.isspace()]
    return bool(shared) and all(map(str.isdecimal, shared))


def _leaves_its_number(old: Block, new: Block) -> bool:
    """Tell whether one numbered paragraph keeps the place of another taken out."""
    if not any(
        one.text.endswith("]")
        and len(one.text) <= _LONGEST_OMISSION
        and _OMITTED.fullmatch(one.text)
        for one in (old, new)
    ):
        return False
    numbering = _numbering(old)
    return any(numbering) and numbering == _numbering(new)


def _numbering(block: Block) -> tuple[str, ...]:
    """Return the style of a paragraph and its own level, either of which numbers it."""
    said = (w("pStyle"), f"{w('numPr')}/{w('ilvl')}")
    found = (block.element.find(f"{P_PR}/{one}") for one in said)
    return tuple("" if one is None else str(one.get(VALUE)) for one in found)


def _first_cell(row: Block) -> str:
    return next((one for one in row.text.split(BREAK) if one), "")


def _by_likeness(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[Places]:
    """Return the pairs, in order, whose likeness adds up to the most."""
    likenesses = [[block_likeness(a, b, numbers) for b in new] for a in old]
    return most_alike(likenesses, LIKE_ENOUGH)


def _by_neighbourhood(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> Iterator[Places]:
    """Yield pairs, in order, of blocks that stand near to where both sides go on."""
    at_old = at_new = 0
    while at_old < len(old) and at_new < len(new):
        near = old[at_old : at_old + _NEAR], new[at_new : at_new + _NEAR]
        is_last = at_old + _NEAR >= len(old) and at_new + _NEAR >= len(new)
        # What comes at the end of both may have a better partner further on.
        reach = _NEAR if is_last else _NEAR * 3 // 4
        i = j = -1
        for pair in _by_likeness(*near, numbers):
            if max(pair) < reach:
                i, j = pair
                yield at_old + i, at_new + j
        if is_last:
            return
        on = max(1, _NEAR // 2 - max(i, j))
        at_old, at_new = at_old + i + on, at_new + j + on


def _by_shared_words(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[Places]:
    """Return pairs, in order, of blocks that share words which follow each other."""
    (lefts, olds), (rights, news) = (_words(side, numbers) for side in (old, new))
    shared: dict[int, Counter[int]] = {}
    for a, b in common(lefts, rights):
        shared.setdefault(olds[a], Counter())[news[b]] += 1
    names = {one.name: j for j, one in enumerate(new) if one.name}
    candidates: list[Places] = []
    for i, block in enumerate(old):
        j = names.get(block.name, -1)
        if j < 0 and i in shared:
            j = shared[i].most_common(1)[0][0]
        if j >= 0 and block_likeness(block, new[j], numbers) >= LIKE_ENOUGH:
            candidates.append((i, j))
    return rising(candidates)


def _words(
    blocks: Sequence[Block], numbers: dict[str, int]
) -> tuple[list[int], list[int]]:
    """Return the words of blocks one after another, and the place of each's block."""
    words: list[int] = []
    places: list[int] = []
    for place, block in enumerate(blocks):
        mine = block.words(numbers)
        words += mine
        places += [place] * len(mine)
    return words, places
