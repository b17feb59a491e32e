"""Paragraphs that went and came in; those that only moved out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from slacontracts.redline.align import Pair, block_likeness
from slacontracts.redline.blocks import Block
from slacontracts.redline.elements import ID, NAME, Element
from slacontracts.redline.paragraphs import Paragraph, moved
from slacontracts.redline.pen import Pen
from slacontracts.word.names import w

_FEWEST_WORDS: Final = 5
_LIKE_ENOUGH: Final = 0.8
_MOST_TRIED: Final = 4_000


@dataclass(slots=True)
class Move:
    """A paragraph that moved.

    name: the same at both places, and of all that moved together. opens, closes:
    whether it is the first, the last of these.
    """

    name: str
    old: Block
    new: Block
    opens: bool = True
    closes: bool = True
    _halves: list[Paragraph] = field(default_factory=list)

    def pieces(self, block: Block, pen: Pen) -> list[Paragraph | Element]:
        """Return the paragraph where it was, or where it is, with its range."""
        if not self._halves:
            self._halves += moved(self.old.element, self.new.element, pen)
        is_target = block is self.new
        kind = "moveTo" if is_target else "moveFrom"
        identity = f"{kind} {self.name}"
        start = etree.Element(w(f"{kind}RangeStart"))
        start.attrib.update(
            {
                ID: identity,
                w("author"): pen.author,
                w("date"): pen.date,
                NAME: self.name,
            }
        )
        end = etree.Element(w(f"{kind}RangeEnd"), {ID: identity})
        half = self._halves[is_target]
        return [*([start] * self.opens), half, *([end] * self.closes)]


def moves_among(pairs: Sequence[Pair], pen: Pen) -> dict[int, Move]:
    """Return the moves, by the ids of the blocks they move."""
    last = [
        next((pair for pair in reversed(pairs) if pair[side]), None) for side in (0, 1)
    ]
    # A container keeps its last mark: what came or went there is not shown as moved.
    free = [pair for pair in pairs if pair not in last]
    gone = [a for a, b in free if a and not b and _may_move(a, pen)]
    came = [b for a, b in free if b and not a and _may_move(b, pen)]
    partners: dict[Block, Block] = {}
    if gone and came:
        for old, new in _matches(gone, came, pen):
            if old not in partners and new not in partners:
                partners |= {old: new, new: old}
    return _named(pairs, partners, pen)


def _named(
    pairs: Sequence[Pair], partners: Mapping[Block, Block], pen: Pen
) -> dict[int, Move]:
    """Return the moves; those that are neighbours at both places share a range."""
    places = {block: at for at, pair in enumerate(pairs) for block in pair if block}
    out: dict[int, Move] = {}
    last: Move | None = None
    for old in (pair.old for pair in pairs):
        if old is None or old not in partners:
            continue
        new = partners[old]
        move = Move("", old, new)
        if last and all(
            places[one] == places[before] + 1
            for one, before in ((old, last.old), (new, last.new))
        ):
            move.name, move.opens, last.closes = last.name, False, False
        else:
            move.name = f"move{pen.next_move()}"
        out[id(old)] = out[id(new)] = last = move
    return out


def _may_move(block: Block, pen: Pen) -> bool:
    if block.kind != "paragraph" or len(block.words(pen.numbers)) < _FEWEST_WORDS:
        return False
    return block.element.find(f"{w('pPr')}/{w('sectPr')}") is None


def _matches(
    gone: Sequence[Block], came: Sequence[Block], pen: Pen
) -> Iterator[tuple[Block, Block]]:
    """Yield likely pairs, the same wording first."""
    by_key: dict[tuple[str, str], list[Block]] = {}
    for one in came:
        by_key.setdefault(one.key, []).append(one)
    taken: set[int] = set()
    for old in gone:
        same = by_key.get(old.key)
        if same:
            new = same.pop(0)
            taken |= {id(old), id(new)}
            yield old, new
    left = [one for one in gone if id(one) not in taken]
    right = [one for one in came if id(one) not in taken]
    if len(left) * len(right) <= _MOST_TRIED:
        for old in left:
            for new in right:
                if block_likeness(old, new, pen.numbers) >= _LIKE_ENOUGH:
                    yield old, new
