"""Proposals and a verdict in; the agreement as it then reads, kept as a version, out.

What an agreement says is worked out from the text that was sent and from all verdicts
on its answers, so that another verdict takes back what the one before it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from slacontracts.compose.outline import lock_on
from slacontracts.errors import NotFoundError, SourceError, StaleProposalError
from slacontracts.model.finding import Finding
from slacontracts.model.paths import look_up
from slacontracts.model.proposal import Decision, Proposal, Verdict
from slacontracts.model.turn import Acknowledged, Turn
from slacontracts.negotiate.decide import is_current
from slacontracts.source.write import remove_value, set_value
from slacontracts.store.contents import file_at
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import is_blank
from slacontracts.workflow.applying import applied, sent_text
from slacontracts.workflow.as_signed import require_open, working_as_signed
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft
from slacontracts.workflow.edit import data_of, edited
from slacontracts.workflow.negotiation import (
    Negotiation,
    keep_turn,
    negotiation_of,
    require_saved_source,
    stamp,
    who,
)
from slacontracts.workflow.offers import require_position, require_value
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_version

_SAID: Final[dict[Verdict, str]] = {
    "accept": "accepted",
    "reject": "rejected",
    "counter": "countered",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is decided: a verdict, with what we offer instead, and why.

    by_hand: what is accepted was put into the agreement by other commands.
    """

    verdict: Verdict
    reason: str = ""
    text: str | None = None
    position: str | None = None
    value: str | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: the proposals, and the addresses at which the source changed.

    findings: of the agreement now; new_errors: those that the decision brought.
    """

    proposals: tuple[Proposal, ...]
    changed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    new_errors: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


@one_at_a_time("decide")
def decide(
    desk: Desk, agreement_id: str, numbers: Sequence[int], wish: Wish, when: datetime
) -> Decided:
    """Decide about proposals, and put what follows into the agreement.

    Raises NotFoundError for a number that no proposal has, StaleProposalError where
    the agreement was changed at the same place meanwhile, SourceError for what cannot
    be decided so. Nothing is written then.
    """
    place = desk.workspace.agreement(agreement_id)
    require_saved_source(desk, place)
    _require_words(wish)
    negotiation = negotiation_of(desk, place)
    turn = _turn_of(negotiation, numbers)
    chosen = [one for one in turn.proposals if one.number in numbers]
    _require_offer(desk, place, turn, chosen, wish)
    for one in chosen:
        _require_decidable(turn, one, wish, place)
    after = _with(turn, set(numbers), _decision(desk, wish, when))
    revision = _revised(desk, place, turn, after)
    listed = ", ".join(str(one.number) for one in chosen)
    notes = keep_turn(
        desk,
        place,
        after,
        when,
        source=revision.source,
        said=f"{_SAID[wish.verdict]} {listed} of turn {turn.number}",
    )
    decided = tuple(one for one in after.proposals if one.number in numbers)
    return Decided(
        decided,
        revision.changed,
        revision.findings,
        revision.new_errors,
        (*revision.notes, *notes),
    )


def _require_words(wish: Wish) -> None:
    for said in (wish.text, wish.position, wish.value):
        if said is not None and is_blank(said):
            raise SourceError(
                "a counter that says nothing is none; to leave out what they ask for, "
                "reject it, and to take a value out: slacontracts set"
            )


def _decision(desk: Desk, wish: Wish, when: datetime) -> Decision:
    return Decision(
        verdict=wish.verdict,
        by=who(desk).name,
        on=stamp(when),
        reason=wish.reason,
        text=wish.text,
        position=wish.position,
        value=wish.value,
        by_hand=wish.by_hand,
    )


@one_at_a_time("decide")
def acknowledge_untracked(desk: Desk, agreement_id: str, when: datetime) -> Turn:
    """Record that somebody has seen what was changed without tracking."""
    place = desk.workspace.agreement(agreement_id)
    require_saved_source(desk, place)
    negotiation = negotiation_of(desk, place)
    for turn in negotiation.answers:
        if turn.waits:
            seen = Acknowledged(by=who(desk).name, on=stamp(when))
            after = turn.model_copy(update={"acknowledged": seen})
            said = f"what was not tracked in turn {turn.number} was seen"
            keep_turn(desk, place, after, when, said=said)
            return after
    raise SourceError(
        f"no answer to {place.id} waits for that: nothing was changed without "
        "tracking, or it was acknowledged already"
    )


def _turn_of(negotiation: Negotiation, numbers: Sequence[int]) -> Turn:
    """Return the turn that all these proposals came in, which must be the last."""
    agreement_id = negotiation.place.id
    by_number = {
        one.number: turn for turn in negotiation.turns for one in turn.proposals
    }
    missing = [number for number in numbers if number not in by_number]
    if missing:
        known = f"1 to {max(by_number)}" if by_number else "none as yet"
        raise NotFoundError(
            f"{agreement_id} has no proposal {missing[0]}; there are {known}: see "
            f"slacontracts proposals {agreement_id}"
        )
    turns = {by_number[number].number: by_number[number] for number in numbers}
    if len(turns) > 1:
        listed = " and ".join(map(str, sorted(turns)))
        raise SourceError(
            f"these proposals came in turns {listed}; decide about each turn by itself"
        )
    (turn,) = turns.values()
    sent = negotiation.last_sent()
    if sent is not None and sent.number > turn.number:
        raise SourceError(
            f"turn {sent.number} went out with what was decided about turn "
            f"{turn.number}; what changes now is a change of the draft: slacontracts "
            f"set {agreement_id}, or use"
        )
    return turn


def _require_offer(
    desk: Desk,
    place: AgreementPlace,
    turn: Turn,
    proposals: Sequence[Proposal],
    wish: Wish,
) -> None:
    """Refuse a counter whose value or position cannot stand there."""
    if wish.value is None and wish.position is None:
        return
    stated = composed_version(Shelf(desk), place, turn.version, turn.draft)
    library = stated.library.library
    for one in proposals:
        if wish.value is not None:
            require_value(one, wish.value, library, place.id)
        else:
            require_position(one, wish.position or "", library)


def _require_decidable(
    turn: Turn, proposal: Proposal, wish: Wish, place: AgreementPlace
) -> None:
    number, said = proposal.number, f"proposal {proposal.number}"
    if wish.verdict == "reject":
        return
    if turn.waits:
        many = len(turn.untracked)
        places = f"{many} places" if many > 1 else "1 place"
        raise SourceError(
            f"{places} of turn {turn.number} {'were' if many > 1 else 'was'} changed "
            "without tracking, and nothing is accepted before somebody has seen that: "
            f"slacontracts proposals {place.id}, then slacontracts decide {place.id} "
            "--acknowledge-untracked"
        )
    if wish.verdict == "counter" or wish.by_hand:
        return
    if proposal.change == "conflict" and proposal.value is None:
        raise SourceError(
            f"{said}: several different values came back for it, so there is "
            f"nothing to accept; say which: slacontracts decide {place.id} {number} "
            "counter --value VALUE"
        )
    if proposal.change == "comment":
        raise SourceError(
            f"{said} is a comment; close it with reject and a --reason, which is kept "
            "here and not put into the next file, or change the draft and say: "
            f"slacontracts decide {place.id} {number} accept --by-hand"
        )
    if not proposal.edits and proposal.value is None:
        raise SourceError(
            f"{said} cannot be put into the agreement by itself; enter it with "
            f"slacontracts set or use, save, and say: slacontracts decide {place.id} "
            f"{number} accept --by-hand"
        )


def _with(turn: Turn, numbers: set[int], decision: Decision) -> Turn:
    proposals = tuple(
        one.model_copy(update={"decisions": (*one.decisions, decision)})
        if one.number in numbers
        else one
        for one in turn.proposals
    )
    return turn.model_copy(update={"proposals": proposals})


@dataclass(frozen=True, slots=True)
class _Revision:
    """The source as it then reads, None where it stays; where it changes; findings."""

    source: bytes | None = None
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    new_errors: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def _revised(desk: Desk, place: AgreementPlace, before: Turn, after: Turn) -> _Revision:
    """Return what the verdicts of a turn make of the source, where they change."""
    shelf = Shelf(desk)
    stated = composed_version(shelf, place, before.version, before.draft)
    sent = (file_at(desk.workspace.root, before.version, place.file) or b"").decode(
        "utf-8-sig"
    )
    was, addresses, _ = applied(stated, sent, before.proposals)
    will, more, notes = applied(stated, sent, after.proposals)
    then, now = data_of(was), data_of(will)
    changed = tuple(
        path
        for path in dict.fromkeys((*addresses, *more))
        if _at(then, path) != _at(now, path)
    )
    if not changed:
        return _Revision(notes=notes)
    text = desk.workspace.read(place.file).decode("utf-8-sig")
    present = data_of(text)
    require_open(desk, place, present)
    draft = compose_draft(shelf, place)
    _require_current_clauses(shelf, stated, draft, before.proposals, changed)
    _require_unlocked(draft, after.proposals, [one for one in changed if _at(now, one)])
    for path in changed:
        if _at(present, path) == _at(now, path):
            continue  # another answer asked for the same
        if _at(present, path) != _at(then, path):
            raise _stale(path)
        text = _put(text, path, _at(now, path))
    result = edited(shelf, draft, text)
    return _Revision(text.encode(), changed, result.findings, result.new_errors, notes)


def _require_current_clauses(
    shelf: Shelf,
    stated: Stated,
    draft: Draft,
    proposals: Sequence[Proposal],
    changed: Sequence[str],
) -> None:
    """Refuse to write a clause that reads otherwise now than what was decided on.

    Its source may be the same: a later version of the library has other wording.
    """
    if draft.composed is None:
        return
    composed = working_as_signed(shelf, stated.place, draft.composed)
    clauses = {one.key: one for one in composed.numbered.document.clauses}
    sent = sent_text(stated)
    for path in changed:
        start, _, key = path.rpartition("/")
        if start != "/clauses":
            continue
        if not is_current(sent, proposals, key, clauses.get(key)):
            raise _stale(path)


def _require_unlocked(
    draft: Draft, proposals: Sequence[Proposal], written: Sequence[str]
) -> None:
    """Refuse to write a clause that a template locks."""
    chain = draft.composed.composition.chain if draft.composed is not None else ()
    for path in written:
        start, _, key = path.rpartition("/")
        lock = lock_on(key, chain) if start == "/clauses" else None
        if lock is None:
            continue
        numbers = [
            one.number
            for one in proposals
            if one.disposition in ("accepted", "countered")
            and (one.clause == key or any(edit.clause == key for edit in one.edits))
        ]
        said = f"proposal {numbers[-1]}" if numbers else "this decision"
        raise SourceError(
            f'{said} changes the clause "{key}", which is locked by {lock}; nothing '
            "was written. Reject it, or ask whoever keeps that template to lift the "
            "lock"
        )


def _stale(path: str) -> StaleProposalError:
    return StaleProposalError(
        f"{path} was changed since the file was sent, so that this decision would "
        "overwrite somebody's work; nothing was written. Enter it with slacontracts "
        "set or use, and decide with --by-hand"
    )


def _put(text: str, path: str, value: Any) -> str:
    return (
        remove_value(text, path)[0] if value is None else set_value(text, path, value)
    )


def _at(data: Any, path: str) -> Any:
    try:
        return look_up(data, path)
    except KeyError:
        return None
