"""Accepted moves of paragraphs in; the blocks that arrive, still alive, out.

A paragraph that moves stays what it was: its values and references go along, and only
the words that changed on the way are typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from slacontracts.errors import SourceError
from slacontracts.model.document import Block, Clause, Item, Paragraph, Table
from slacontracts.model.proposal import Edit, NewBlock, Proposal
from slacontracts.negotiate.decide_wording import (
    Asked,
    Line,
    Pieces,
    Spot,
    allowed,
    block_of,
    deleted_by,
    lost_values,
    spliced,
    tidied,
)
from slacontracts.negotiate.reading.alignment import LIKE_ENOUGH, word_gaps
from slacontracts.negotiate.sent import ALIKE
from slacontracts.redline.words import most_alike
from slacontracts.text import likeness


@dataclass(frozen=True, slots=True)
class Moved:
    """A paragraph where it has moved to. notes: a line each, of what it has lost."""

    block: Block
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A paragraph that leaves its place in a clause."""

    clause: Clause
    block: Paragraph | Item
    line: Line


def is_relocation(proposal: Proposal) -> bool:
    """Tell whether a proposal moves words."""
    return "relocation" in (proposal.kind, proposal.change)


def require_movable(proposal: Proposal, clauses: Mapping[str, Clause]) -> None:
    """Refuse the move of a whole clause, and of a table, which no wording can hold."""
    if not is_relocation(proposal):
        return
    if any(edit.what in ("omit", "add") for edit in proposal.edits):
        raise SourceError(
            f"proposal {proposal.number} moves a whole clause, and the order of "
            "clauses is the template's; reject it, or change the template and record "
            "it with --by-hand"
        )
    if any(isinstance(block, Table) for _, block in _deleted(proposal, clauses)):
        raise SourceError(
            f"proposal {proposal.number} moves a table, which is made from the data; "
            "move it by hand with slacontracts use, and accept it with --by-hand"
        )


def moved_blocks(
    proposals: Iterable[Proposal], clauses: Mapping[str, Clause], pieces: Pieces
) -> dict[Spot, Moved]:
    """Return the paragraphs that moved, by the spot that they arrive at."""
    found: dict[Spot, Moved] = {}
    for proposal in filter(is_relocation, proposals):
        olds = [
            _Leaving(clause, block, _line(block, pieces))
            for clause, block in _deleted(proposal, clauses)
            if not isinstance(block, Table)
        ]
        news = list(_arriving(proposal))
        for i, j in _pairs(olds, [new for _, _, new in news]):
            spot, edit, new = news[j]
            found[spot] = _arrived((proposal.number, edit), olds[i], new, clauses)
    return found


def _deleted(
    proposal: Proposal, clauses: Mapping[str, Clause]
) -> Iterator[tuple[Clause, Block]]:
    for edit in proposal.edits:
        clause = clauses.get(edit.clause)
        for at in deleted_by(edit):
            if clause is not None and at < len(clause.blocks):
                yield clause, clause.blocks[at]


def _line(block: Paragraph | Item, pieces: Pieces) -> Line:
    """Return a line without the marks that a file may lose and nobody sees."""
    shown = pieces(block.inlines)
    return Line(block.inlines, tuple(text.translate(ALIKE) for text in shown))


def _arriving(proposal: Proposal) -> Iterator[tuple[Spot, Edit, NewBlock]]:
    for edit in proposal.edits:
        if edit.what == "insert":
            for at, new in enumerate(edit.blocks):
                if new.text.strip():
                    yield Spot.of(proposal.number, edit, at), edit, new


def _pairs(
    olds: Sequence[_Leaving], news: Sequence[NewBlock]
) -> Iterable[tuple[int, int]]:
    """Return which paragraph became which."""
    if len(olds) == len(news):
        return [(at, at) for at in range(len(olds))]
    likenesses = [[likeness(old.line.text, new.text) for new in news] for old in olds]
    return most_alike(likenesses, LIKE_ENOUGH)


def _arrived(
    asked: Asked, old: _Leaving, new: NewBlock, clauses: Mapping[str, Clause]
) -> Moved:
    number, edit = asked
    text = allowed(number, new.text).translate(ALIKE)
    gaps = list(word_gaps(old.line.text, text, 0, 0))
    line = old.line
    for gap in reversed(gaps):
        words = text[gap.new : gap.new_stop]
        line = spliced(line, gap.old, gap.old_stop, words)
    target = clauses.get(edit.clause, old.clause)
    lost = [
        path
        for gap in gaps
        for path in lost_values(
            old.line, gap.old, gap.old_stop, text[gap.new : gap.new_stop]
        )
    ]
    notes = [f'in "{target.title}", {path} is now fixed wording' for path in lost]
    block: Block = replace(block_of(number, new), inlines=tidied(line.inlines))
    anchor = old.block.anchor if isinstance(old.block, Item) else None
    if anchor and target.key == old.clause.key and isinstance(block, Item):
        block = replace(block, anchor=anchor)
    elif anchor:
        notes.append(
            f'the paragraph [#{anchor}] of "{old.clause.title}" has lost its name in '
            f'"{target.title}"; change the references to {old.clause.key}/{anchor}'
        )
    return Moved(block, tuple(notes))
