"""A clause and its labels in; the tree of its items and what they hold out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slacontracts.model.document import Block, Item


@dataclass(frozen=True, slots=True)
class Branch:
    """A block, what stands inside it, and its place among the blocks of its clause.

    label: as printed beside it, "" without number. full: in full context, "4.2(b)".
    """

    block: Block
    label: str
    full: str
    at: int
    inner: tuple["Branch", ...] = ()

    def walk(self) -> Iterator["Branch"]:
        """Yield the branch and all that is inside it, in reading order."""
        yield self
        for one in self.inner:
            yield from one.walk()


def walk(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield branches and all that is inside them, in reading order."""
    for branch in branches:
        yield from branch.walk()


def branches_of(
    blocks: Sequence[Block], labels: Sequence[str], full: Sequence[str]
) -> tuple[Branch, ...]:
    """Return the tree of the blocks of a clause.

    An item holds the items below it, and the text and tables that stand between
    them; walked through, the tree gives the blocks in their order.
    """
    inner: dict[int | None, list[int]] = {}
    path: list[tuple[int, int]] = []  # level and place of the items that are open
    for at, (block, level) in enumerate(zip(blocks, _levels(blocks), strict=True)):
        path = [one for one in path if one[0] <= level]
        inner.setdefault(path[-1][1] if path else None, []).append(at)
        if isinstance(block, Item):
            path.append((block.level, at))

    def grown(above: int | None) -> tuple[Branch, ...]:
        return tuple(
            Branch(blocks[at], labels[at], full[at], at, grown(at))
            for at in inner.get(above, ())
        )

    return grown(None)


def _levels(blocks: Sequence[Block]) -> list[int]:
    """Return for each block the level of the deepest item that may hold it.

    A table or text between two paragraphs of one item stands inside that item.
    """
    out: list[int] = []
    needed = 0
    for block in reversed(blocks):
        if isinstance(block, Item):
            level = needed = block.level - 1
        else:
            own = getattr(block, "level", 0)
            level = needed = max(own, needed)
        out.append(level)
    return out[::-1]
