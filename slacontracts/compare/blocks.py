"""Two versions of a clause in; which of its blocks became which out."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

from slacontracts.compose.executed_labels import OMITTED
from slacontracts.model.document import (
    Blank,
    Block,
    Clause,
    Inline,
    Item,
    Reference,
    Row,
    Table,
    Term,
)
from slacontracts.redline.words import common, most_alike, rising, tokens_of
from slacontracts.text import likeness

LIKE_ENOUGH: Final = 0.45

Pair: TypeAlias = tuple[int | None, int | None]
_Both: TypeAlias = tuple[int, int]
_DEEPEST: Final = 3
_FARTHEST: Final = 40  # places, in a long stretch without a wording that stayed


def said(inline: Inline) -> Hashable:
    """Return what an inline says: its words, or for a reference what it points to."""
    if isinstance(inline, Reference):
        return (inline.target,)
    if isinstance(inline, Term):
        return f"“{inline.text}”"
    return "[●]" if isinstance(inline, Blank) else inline.text


def said_in_line(line: Iterable[Inline]) -> tuple[Hashable, ...]:
    """Return what a line says; however its words are cut into inlines, it is equal."""
    out: list[Hashable] = []
    for inline in line:
        one = said(inline)
        if isinstance(one, str) and out and isinstance(out[-1], str):
            out[-1] += one
        elif one:
            out.append(one)
    return tuple(out)


def said_in_row(row: Row) -> Hashable:
    """Return what a row says, cell by cell."""
    cells = tuple(tuple(said_in_line(line) for line in cell) for cell in row.cells)
    return row.is_group, cells


def said_in_block(block: Block) -> Hashable:
    """Return what a block says; equal for blocks of the same kind, level and words."""
    if isinstance(block, Table):
        return "table", headings(block), tuple(map(said_in_row, block.rows))
    return type(block).__name__, block.level, said_in_line(block.inlines)


def headings(table: Table) -> tuple[str, ...]:
    """Return the printed headings of the columns; none for a fact sheet."""
    if not table.has_heading:
        return ()
    return tuple(column.heading for column in table.columns)


def is_omitted(block: Block) -> bool:
    """Tell whether a block only holds the place of one that was taken out."""
    if isinstance(block, Table):
        return False
    line = said_in_line(block.inlines)
    return len(line) == 1 and line[0] in OMITTED.values()


def parents_of(blocks: Sequence[Block]) -> tuple[int | None, ...]:
    """Return for each block the index of the item that it belongs to, if to any."""
    out: list[int | None] = []
    open_items: list[int | None] = [None] * (_DEEPEST + 1)
    for index, block in enumerate(blocks):
        depth = _depth(block)
        above = [one for one in open_items[: depth + 1] if one is not None]
        out.append(above[-1] if above else None)
        if isinstance(block, Item):
            open_items[depth + 1 :] = [index] + [None] * (_DEEPEST - depth - 1)
    return tuple(out)


def align_blocks(old: Clause, new: Clause) -> tuple[Pair, ...]:
    """Return which block became which, in reading order; None for what came or went.

    Blocks that belong together are of one kind and level, and the items they stand
    in belong together. Their order is kept: a block that moved inside its clause
    went and came. What went stands before what came in its place. The place of an
    omitted block belongs to nothing but such a place.
    """
    sides = _Side(old.blocks), _Side(new.blocks)
    pairs: list[_Both] = []
    for depth in range(_DEEPEST + 1):
        pairs = _with_depth(sides, pairs, depth)
    return tuple(_in_reading_order(pairs, len(old.blocks), len(new.blocks)))


class _Side:
    """The blocks of one version of a clause, and what is worked out about them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.parents = parents_of(blocks)
        self.depths = [_depth(block) for block in blocks]

    @cached_property
    def wordings(self) -> list[Hashable]:
        """What each block says."""
        return [said_in_block(block) for block in self.blocks]

    @cached_property
    def words(self) -> list[list[Hashable]]:
        """The words of each block."""
        return [_words(block) for block in self.blocks]

    def has_inner(self, index: int) -> bool:
        """Tell whether something stands in a block."""
        return index in self.parents

    def words_with_inner(self, index: int) -> list[Hashable]:
        """Return the words of a block and of all that stands in it."""
        inner = {index}
        out = list(self.words[index])
        for below in range(index + 1, len(self.blocks)):
            if self.parents[below] in inner:
                inner.add(below)
                out += self.words[below]
        return out

    def name(self, index: int) -> str | None:
        """Return the anchor of an item or the name of a table."""
        block = self.blocks[index]
        if isinstance(block, Table):
            return block.name
        return block.anchor if isinstance(block, Item) else None

    def kind(self, index: int) -> Hashable:
        """Return what blocks that belong together have in common."""
        block = self.blocks[index]
        level = 0 if isinstance(block, Table) else block.level
        return type(block), level, is_omitted(block)


_Sides: TypeAlias = tuple[_Side, _Side]


def _depth(block: Block) -> int:
    if isinstance(block, Table):
        return 0
    return block.level - 1 if isinstance(block, Item) else block.level


def _words(block: Block) -> list[Hashable]:
    if not isinstance(block, Table):
        return words_of([block.inlines])
    return words_of(line for row in block.rows for cell in row.cells for line in cell)


def words_of(lines: Iterable[Iterable[Inline]]) -> list[Hashable]:
    """Return the words of lines without spaces, to see how alike they are."""
    return [
        token
        for line in lines
        for one in said_in_line(line)
        for token in (tokens_of(one) if isinstance(one, str) else (one,))
        if not (isinstance(token, str) and token.isspace())
    ]


def _with_depth(sides: _Sides, pairs: list[_Both], depth: int) -> list[_Both]:
    """Add the pairs of one depth to those of the depths above it."""
    partner = dict(pairs)
    back = {new: old for old, new in pairs}
    ends = [(-1, -1), *pairs, (len(sides[0].blocks), len(sides[1].blocks))]
    out = list(pairs)
    for (i, j), (i_end, j_end) in pairwise(ends):
        olds = [
            one
            for one in range(i + 1, i_end)
            if sides[0].depths[one] == depth
            and _has_home(sides[0].parents[one], partner)
        ]
        news = [
            one
            for one in range(j + 1, j_end)
            if sides[1].depths[one] == depth and _has_home(sides[1].parents[one], back)
        ]
        if olds and news:
            out += _Gap(sides, partner, olds, news).pairs()
    return sorted(out)


def _has_home(parent: int | None, paired: dict[int, int]) -> bool:
    return parent is None or parent in paired


class _Gap:
    """Blocks of one depth between two pairs: first names, then wording, then words."""

    def __init__(
        self, sides: _Sides, partner: dict[int, int], olds: list[int], news: list[int]
    ) -> None:
        self.old, self.new = sides
        self.partner = partner
        self.olds, self.news = olds, news

    def pairs(self) -> list[_Both]:
        """Return the pairs, in order."""
        found = self._refined([], self._by_name)
        found = self._refined(found, self._by_wording)
        return self._refined(found, self._by_likeness)

    def _refined(
        self,
        pairs: list[_Both],
        search: Callable[[list[int], list[int]], list[_Both]],
    ) -> list[_Both]:
        out = list(pairs)
        last_old = last_new = -1
        far = max(self.olds[-1], self.news[-1]) + 1
        for i, j in (*pairs, (far, far)):
            olds = [one for one in self.olds if last_old < one < i]
            news = [one for one in self.news if last_new < one < j]
            if olds and news:
                out += search(olds, news)
            last_old, last_new = i, j
        return sorted(out)

    def _may_pair(self, i: int, j: int) -> bool:
        home = self.old.parents[i]
        return self.old.kind(i) == self.new.kind(j) and self.new.parents[j] == (
            None if home is None else self.partner[home]
        )

    def _by_name(self, olds: list[int], news: list[int]) -> list[_Both]:
        left, right = _once(self.old, olds), _once(self.new, news)
        both = ((i, right[name]) for name, i in left.items() if name in right)
        return rising([(i, j) for i, j in both if self._may_pair(i, j)])

    def _by_wording(self, olds: list[int], news: list[int]) -> list[_Both]:
        left = [
            (self.partner.get(_number(self.old.parents[i]), -1), self.old.wordings[i])
            for i in olds
        ]
        right = [(_number(self.new.parents[j]), self.new.wordings[j]) for j in news]
        return [(olds[a], news[b]) for a, b in common(left, right)]

    def _by_likeness(self, olds: list[int], news: list[int]) -> list[_Both]:
        is_near = max(len(olds), len(news)) <= _FARTHEST
        likenesses = [
            [
                self._likeness(i, j) if is_near or abs(a - b) <= _FARTHEST else 0.0
                for b, j in enumerate(news)
            ]
            for a, i in enumerate(olds)
        ]
        found = most_alike(likenesses, LIKE_ENOUGH)
        return [(olds[a], news[b]) for a, b in found]

    def _likeness(self, i: int, j: int) -> float:
        if not self._may_pair(i, j) or is_omitted(self.old.blocks[i]):
            return 0.0
        own = likeness(self.old.words[i], self.new.words[j])
        if own >= LIKE_ENOUGH or not (self.old.has_inner(i) and self.new.has_inner(j)):
            return own
        return likeness(self.old.words_with_inner(i), self.new.words_with_inner(j))


def _once(side: _Side, indexes: Sequence[int]) -> dict[str, int]:
    """Return the names that stand once among blocks, each with its place."""
    named = [(side.name(index) or "", index) for index in indexes]
    counts = Counter(name for name, _ in named)
    return {name: index for name, index in named if name and counts[name] == 1}


def _number(parent: int | None) -> int:
    return -1 if parent is None else parent


def _in_reading_order(pairs: Sequence[_Both], olds: int, news: int) -> list[Pair]:
    out: list[Pair] = []
    last_old = last_new = 0
    for i, j in (*pairs, (olds, news)):
        out += [(one, None) for one in range(last_old, i)]
        out += [(None, one) for one in range(last_new, j)]
        if i < olds:
            out.append((i, j))
        last_old, last_new = i + 1, j + 1
    return out
