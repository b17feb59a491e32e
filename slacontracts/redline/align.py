"""Two sequences of blocks in; which became which out."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from slacontracts.redline.blocks import Block
from slacontracts.redline.elements import BREAK
from slacontracts.redline.words import common, rising, tokens_of

LIKE_ENOUGH: Final = 0.45
_MOST_PAIRS: Final = 4_000  # of blocks whose likeness is worked out one by one
_FEWEST_FOR_A_PLACE: Final = 3
_SAME_FIRST_CELL: Final = 0.6
_MOST_OF_A_LINE: Final = 20  # words of both sides, such as of two headings


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
    if len(old) * len(new) > _MOST_PAIRS:
        pairs = _by_rare_words(old, new, numbers)
    else:
        pairs = _by_likeness(old, new, numbers)
    out: list[Pair] = []
    last_old = last_new = 0
    for i, j in (*pairs, (len(old), len(new))):
        out += [Pair(one, None) for one in old[last_old:i]]
        out += [Pair(None, one) for one in new[last_new:j]]
        if i < len(old):
            out.append(Pair(old[i], new[j]))
        last_old, last_new = i + 1, j + 1
    return out


def likeness(old: Block, new: Block, numbers: dict[str, int]) -> float:
    """Return how much of the wording of two blocks is the same: 0 to 1."""
    if old.kind != new.kind or (old.kind == "control" and old.key[0] != new.key[0]):
        return 0.0
    if old.name and old.name == new.name:
        return 1.0
    from rapidfuzz.distance import Indel

    left, right = old.words(numbers), new.words(numbers)
    if not left and not right:
        return 1.0
    ratio = float(Indel.normalized_similarity(left, right))
    if old.kind == "paragraph" and _share_only_figures(old, new, numbers):
        return 0.0
    if old.kind == "row" and _first_cell(old) == _first_cell(new) != "":
        return max(ratio, _SAME_FIRST_CELL)
    # A paragraph that was cut in two is found again whole in one half.
    shorter = min(len(left), len(right))
    if old.kind == "paragraph" and shorter >= _FEWEST_FOR_A_PLACE:
        kept = ratio * (len(left) + len(right)) / 2 / shorter
        ratio = max(ratio, kept - 0.4) if kept > 0.9 else ratio
    return ratio


def _share_only_figures(old: Block, new: Block, numbers: dict[str, int]) -> bool:
    """Tell whether two short lines have their number in common, and no word."""
    if len(old.words(numbers)) + len(new.words(numbers)) > _MOST_OF_A_LINE:
        return False
    left, right = set(tokens_of(old.text)), set(tokens_of(new.text))
    shared = [one for one in left & right if not one.isspace()]
    return bool(shared) and all(map(str.isdecimal, shared))


def _first_cell(row: Block) -> str:
    return next((one for one in row.text.split(BREAK) if one), "")


def _by_likeness(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness adds up to the most."""
    likenesses = [[likeness(a, b, numbers) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            one = likenesses[i][j]
            taken = one + best[i + 1][j + 1] if one >= LIKE_ENOUGH else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        one = likenesses[i][j]
        if one >= LIKE_ENOUGH and best[i][j] == one + best[i + 1][j + 1]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def _by_rare_words(
    old: Sequence[Block], new: Sequence[Block], numbers: dict[str, int]
) -> list[tuple[int, int]]:
    """Return pairs, in order, of blocks that share words which few blocks have."""
    homes: dict[int, list[int]] = {}
    for j, block in enumerate(new):
        for word in set(block.words(numbers)):
            homes.setdefault(word, []).append(j)
    candidates: list[tuple[int, int]] = []
    for i, block in enumerate(old):
        found: Counter[int] = Counter()
        for word in set(block.words(numbers)):
            places = homes.get(word, ())
            if len(places) <= 8:
                found.update(places)
        likely = [
            (likeness(block, new[j], numbers), j) for j, _ in found.most_common(4)
        ]
        if likely and max(likely)[0] >= LIKE_ENOUGH:
            candidates.append((i, max(likely)[1]))
    return rising(candidates)
