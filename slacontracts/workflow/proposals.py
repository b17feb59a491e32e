"""An agreement in; what the other side proposes, and how the negotiation went, out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slacontracts.errors import NotFoundError
from slacontracts.model.proposal import Proposal
from slacontracts.model.turn import Turn
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.negotiation import (
    Negotiation,
    kept_word_file,
    negotiation_of,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal, and the turn in which it came."""

    turn: Turn
    proposal: Proposal

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        one = self.proposal
        return {
            "number": one.number,
            "turn": self.turn.number,
            "is_stale": self.turn.is_stale,
            "kind": one.kind,
            "change": one.change,
            "path": one.path,
            "clause": one.clause,
            "place": one.place,
            "old": one.old,
            "new": one.new,
            "around": one.around,
            "author": one.author,
            "date": one.date,
            "comment": one.comment,
            "advice": list(one.advice),
            "disposition": one.disposition,
            "occurrences": [dict(place.__dict__) for place in one.occurrences],
            "decisions": [
                {name: value for name, value in decision.__dict__.items() if value}
                for decision in one.decisions
            ],
        }


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A line of the timeline: a turn, and what became of its proposals.

    other: comments and formatting that nobody answered, and that need no answer.
    """

    turn: Turn
    changes: int
    accepted: int
    rejected: int
    countered: int
    open: int

    @property
    def other(self) -> int:
        """How many of the changes are neither decided nor open."""
        return self.changes - self.accepted - self.rejected - self.countered - self.open

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        turn = self.turn
        return {
            "number": turn.number,
            "direction": turn.direction,
            "party": turn.party,
            "on": turn.on,
            "by": turn.by,
            "name": turn.name,
            "digest": turn.digest,
            "draft": turn.draft,
            "answers": turn.answers,
            "is_stale": turn.is_stale,
            "note": turn.note,
            "changes": self.changes,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "countered": self.countered,
            "open": self.open,
            "other": self.other,
        }


def list_proposals(
    desk: Desk, agreement_id: str, *, is_open: bool = False
) -> tuple[Listed, ...]:
    """Return the proposals of all turns; what was not tracked comes first in each.

    is_open: only those that wait for an answer.
    """
    negotiation = negotiation_of(desk, desk.workspace.agreement(agreement_id))
    return tuple(
        one for one in _listed(negotiation) if not is_open or one.proposal.is_open
    )


def _listed(negotiation: Negotiation) -> Iterator[Listed]:
    for turn in negotiation.turns:
        for proposal in turn.proposals:
            yield Listed(turn, proposal)


def list_turns(desk: Desk, agreement_id: str) -> tuple[TurnLine, ...]:
    """Return the timeline of a negotiation."""
    negotiation = negotiation_of(desk, desk.workspace.agreement(agreement_id))
    return tuple(map(_line, negotiation.turns))


def _line(turn: Turn) -> TurnLine:
    counts = Counter(one.disposition for one in turn.proposals if one.decisions)
    return TurnLine(
        turn,
        len(turn.proposals),
        counts["accepted"],
        counts["rejected"],
        counts["countered"],
        sum(one.is_open for one in turn.proposals),
    )


def word_file_of(desk: Desk, agreement_id: str, number: int) -> bytes:
    """Return the Word file that was kept of a turn."""
    place = desk.workspace.agreement(agreement_id)
    turns = {turn.number: turn for turn in negotiation_of(desk, place).turns}
    if number not in turns:
        raise NotFoundError(
            f"{agreement_id} has no turn {number}; see slacontracts turns "
            f"{agreement_id}"
        )
    return kept_word_file(desk, place, turns[number])
