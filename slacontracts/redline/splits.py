"""Pairs of blocks in; the same with paragraphs that were split or joined, out."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from slacontracts.redline.align import Pair
from slacontracts.redline.blocks import Block
from slacontracts.redline.words import common

_FOUND_AGAIN: Final = 0.7  # of the words of a half
_FEWEST_WORDS: Final = 3


@dataclass(slots=True)
class Group:
    """Blocks that became others: mostly one of each; one side may be empty."""

    olds: list[Block]
    news: list[Block]

    @property
    def is_pair(self) -> bool:
        """Whether something of the old is in the new."""
        return bool(self.olds and self.news)


def grouped(
    pairs: Sequence[Pair], numbers: dict[str, int], moved: Container[int]
) -> list[Group]:
    """Return the pairs with halves of paragraphs beside the wholes they belong to.

    moved: the ids of blocks that have their place already.
    """
    groups = [
        Group([one.old] if one.old else [], [one.new] if one.new else [])
        for one in pairs
    ]
    out: list[Group] = []
    for group in groups:
        while out and _is_half(out[-1], group, numbers, moved):
            before = out.pop()
            group = Group([*before.olds, *group.olds], [*before.news, *group.news])
        out.append(group)
    return out


def _is_half(
    before: Group, after: Group, numbers: dict[str, int], moved: Container[int]
) -> bool:
    """Tell whether two neighbours were one paragraph, or have become one."""
    blocks = [*before.olds, *before.news, *after.olds, *after.news]
    if before.is_pair == after.is_pair or any(
        one.kind != "paragraph" or id(one) in moved for one in blocks
    ):
        return False
    pair, half = (before, after) if before.is_pair else (after, before)
    if half.news:
        wholes, others, part = pair.olds, pair.news, half.news[0]
    else:
        wholes, others, part = pair.news, pair.olds, half.olds[0]
    if len(wholes) != 1 or wholes[0].text == others[0].text:
        return False
    words = part.words(numbers)
    if len(words) < _FEWEST_WORDS:
        return False
    whole = wholes[0].words(numbers)
    rest = [word for one in others for word in one.words(numbers)]
    together = [*rest, *words] if pair is before else [*words, *rest]
    gained = len(common(whole, together)) - len(common(whole, rest))
    return gained >= _FOUND_AGAIN * len(words)
