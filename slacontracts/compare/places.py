"""The body of a clause and a spot in; where it is, by what the page shows, out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from slacontracts.compare.branches import Branch, branches_of, walk
from slacontracts.compare.said import first_words
from slacontracts.compose.numbering import labels_in_full
from slacontracts.model.document import Block, Item, Paragraph, Row, Table, Term
from slacontracts.model.operation import Spot, Wording


@dataclass(frozen=True)
class Body:
    """The blocks of a clause, and the label printed beside each."""

    blocks: tuple[Block, ...]
    labels: tuple[str, ...]

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The tree of the blocks."""
        full = labels_in_full(self.blocks, self.labels)
        return branches_of(self.blocks, self.labels, full)

    @cached_property
    def walked(self) -> tuple[Branch, ...]:
        """The blocks in their order, as branches."""
        return tuple(walk(self.branches))

    @cached_property
    def tables(self) -> tuple[int, ...]:
        """Where tables stand."""
        return tuple(
            at for at, block in enumerate(self.blocks) if isinstance(block, Table)
        )

    @cached_property
    def _items(self) -> dict[str, Branch]:
        items = [one for one in self.walked if isinstance(one.block, Item)]
        counts = Counter(one.full for one in items)
        return {one.full: one for one in items if one.full and counts[one.full] == 1}

    def item(self, label: str) -> Branch | None:
        """Return the one item that has this label in full."""
        return self._items.get(label)

    def has_distinct_labels(self) -> bool:
        """Tell whether every item can be named by its label."""
        items = sum(isinstance(block, Item) for block in self.blocks)
        return len(self._items) == items

    def wording(self, start: int, end: int) -> Wording:
        """Return some of the blocks, with their labels."""
        return Wording(self.blocks[start:end], self.labels[start:end])

    def with_wording(self, start: int, end: int, wording: Wording) -> "Body":
        """Return the body with other wording in place of some blocks."""
        return Body(
            (*self.blocks[:start], *wording.blocks, *self.blocks[end:]),
            (*self.labels[:start], *wording.labels, *self.labels[end:]),
        )

    def with_block(self, at: int, block: Block) -> "Body":
        """Return the body with one block exchanged."""
        return self.with_wording(at, at + 1, Wording((block,), (self.labels[at],)))

    def find(self, item: str, spot: Spot) -> tuple[int, int] | None:
        """Return where a spot of the clause, or of one of its items, begins and ends.

        item: the label in full, or "" for the clause. None when it is not there, or
        when more than one thing could be meant.
        """
        start, end = 0, len(self.blocks)
        if item:
            branch = self.item(item)
            if branch is None:
                return None
            start, end = span(branch)
        match spot.kind:
            case "whole":
                return start, end
            case "lead":
                return start, self._end_of_lead(start, end, has_own=bool(item))
            case "item":
                inner = self.item(spot.name)
                return span(inner) if inner is not None else None
            case "definition":
                return self.definitions().get(spot.name)
            case _:
                at = self.table(spot)
                return (at, at + 1) if at is not None else None

    def table(self, spot: Spot) -> int | None:
        """Return where the table that is meant stands."""
        if len(self.tables) != spot.tables:
            return None
        return self.tables[spot.table - 1]

    def _end_of_lead(self, start: int, end: int, *, has_own: bool) -> int:
        for at in range(start + has_own, end):
            block = self.blocks[at]
            if isinstance(block, Item | Table) or (
                not has_own and is_definition(block)
            ):
                return at
        return end

    def definitions(self) -> dict[str, tuple[int, int]]:
        """Return where each definition begins and ends; none that stand twice."""
        out: dict[str, tuple[int, int]] = {}
        twice: set[str] = set()
        for start, end, term in self._definitions():
            if term in out:
                twice.add(term)
            out[term] = (start, end)
        return {} if twice else out

    def _definitions(self) -> Iterator[tuple[int, int, str]]:
        opened: tuple[int, str] | None = None
        for at, block in enumerate((*self.blocks, None)):
            is_next = is_definition(block)
            if opened and (is_next or not isinstance(block, Paragraph)):
                yield opened[0], at, opened[1]
                opened = None
            if is_next and isinstance(block, Paragraph):
                term = block.inlines[0]
                assert isinstance(term, Term)
                opened = at, term.text


def is_definition(block: Block | None) -> bool:
    """Tell whether a paragraph defines the term with which it begins."""
    return (
        isinstance(block, Paragraph)
        and block.level == 0
        and bool(block.inlines)
        and isinstance(block.inlines[0], Term)
    )


def span(branch: Branch) -> tuple[int, int]:
    """Return where a branch begins and ends among the blocks."""
    return branch.at, branch.at + sum(1 for _ in branch.walk())


def row_names(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return by what each row is known: the row of its group, and its first words."""
    out: list[tuple[str, str]] = []
    group = ""
    for row in rows:
        name = first_words(row)
        if row.is_group:
            out.append(("", name))
            group = name
        else:
            out.append((group, name))
    return out


def column_at(table: Table, heading: str) -> int | None:
    """Return which column of a table has a heading; None unless it is just one."""
    headings = [one.heading.strip() for one in table.columns]
    name = heading.strip()
    if not table.has_heading or not name or headings.count(name) != 1:
        return None
    return headings.index(name)


def has_distinct_names(rows: Sequence[Row]) -> bool:
    """Tell whether every row can be named by its first words and its group.

    A row without a group is named by its words alone, so no other row has them.
    """
    names = row_names(rows)
    counts = Counter(name for _, name in names)
    return len(set(names)) == len(names) and all(
        name and (group or counts[name] == 1) for group, name in names
    )
