"""A notice that ends an agreement in; what follows, or a refusal with the date, out."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from slacontracts.deadlines.after_the_end import after_the_end
from slacontracts.deadlines.case import Case, case_of
from slacontracts.deadlines.deadline import Deadline
from slacontracts.deadlines.notices import received_on
from slacontracts.deadlines.states import NON_RENEWAL, State, standing
from slacontracts.deadlines.terms import period_at
from slacontracts.errors import ChecksFailedError, NotFoundError
from slacontracts.formats import write
from slacontracts.model.agreement import Term
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import corresponding_day, day_before
from slacontracts.model.key_facts import Ground, KeyFacts, Survival
from slacontracts.model.life import Life, Termination
from slacontracts.text import nearest

AGREED: Final = "agreed"  # the parties end the agreement together
_ONE_DAY: Final = timedelta(days=1)
_ENDED = {
    State.EXPIRED: "ended with its term before that day",
    State.TERMINATED: "been ended by an earlier notice",
    State.SUPERSEDED: "been replaced by another agreement",
    State.LAPSED: "lapsed, as a condition was not met in time",
}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from the end of an agreement or of a service.

    counts_from: the day on which the notice counts as received. earliest: the first day
    that could be the last one. ground: its rule in the agreement, None where it has
    none. duties: what is to be done after the end. survivals: what goes on after it.
    notes: what could not be checked.
    """

    counts_from: date
    earliest: date
    ground: Ground | None
    duties: tuple[Deadline, ...]
    survivals: tuple[Survival, ...]
    notes: tuple[str, ...] = ()


def consequences_of(
    life: Life,
    termination: Termination,
    *,
    to: str | None = None,
    remedy_asked: date | None = None,
) -> Consequences:
    """Return what follows from a notice of termination.

    to: the role of the party that received it, if known. remedy_asked: the day on which
    an earlier notice asked for a remedy; without it, the notice itself counts.
    Raises ChecksFailedError, with the first day that is possible, where the agreement
    does not allow the day; NotFoundError for a service or a party that it has not.
    """
    _require_binding(life, termination)
    case = case_of(life, termination.received)
    _require_party(case, to)
    ground = _ground(case.facts, termination.ground)
    _require_service(case.facts, termination.service)
    counts_from = _counts_from(case.facts, termination.received, to)
    if termination.ground == NON_RENEWAL:
        earliest = _end_of_term(case, termination, counts_from)
    else:
        earliest = _earliest(case, ground, counts_from, remedy_asked)
        if termination.on < earliest:
            raise ChecksFailedError(_too_early(termination, ground, earliest))
    ended = replace(life, terminations=(*life.terminations, termination))
    after = case_of(ended, termination.on)
    return Consequences(
        counts_from=counts_from,
        earliest=earliest,
        ground=ground,
        duties=tuple(sorted(after_the_end(after), key=lambda one: one.on)),
        survivals=case.facts.survivals if termination.service is None else (),
        notes=tuple(_notes(case.facts, termination, ground)),
    )


def earliest_end(
    ground: Ground, start: date | None, counts_from: date, remedy_asked: date
) -> date:
    """Return the first day on which an agreement may end for a reason.

    A period to remedy runs from the day after the notice that asks for it; the
    agreement ends after its last day at the earliest.
    """
    days = [counts_from]
    if ground.cure_days is not None:
        days.append(remedy_asked + timedelta(days=ground.cure_days) + _ONE_DAY)
    if ground.notice is not None:
        days.append(_first_day_with_notice(counts_from, ground.notice))
    if ground.not_before is not None and start is not None:
        days.append(corresponding_day(start, ground.not_before))
    return max(days)


def _first_day_with_notice(received: date, notice: Duration) -> date:
    """Return the first day before which a notice arrived early enough."""
    day = corresponding_day(received, notice) - timedelta(days=4)
    while day_before(day, notice) < received:
        day += _ONE_DAY
    return day


def _require_binding(life: Life, termination: Termination) -> None:
    if not life.binding:
        raise ChecksFailedError(
            f"{life.agreement} is not signed by all parties, so nothing can be ended; "
            "register the signatures that are missing"
        )
    if termination.on < termination.received:
        raise ChecksFailedError(
            f"the notice arrived on {_day(termination.received)} and cannot end "
            f"anything before; {_day(termination.received)} is the first day"
        )
    last = standing(life, termination.on).last
    if last is not None and last[0] < termination.on:
        raise ChecksFailedError(
            f"{life.agreement} has {_ENDED[last[1]]}; its last day was {_day(last[0])}"
        )


def _require_party(case: Case, role: str | None) -> None:
    if role is not None and role not in case.facts.parties:
        raise NotFoundError(
            f"{role} is no party of {case.life.agreement}; those are "
            f"{', '.join(case.facts.parties)}"
        )


def _require_service(facts: KeyFacts, service: str | None) -> None:
    if service is None or service in facts.services:
        return
    near = nearest(service, facts.services)
    if near:
        remedy = f'did you mean "{near}"?'
    elif facts.services:
        remedy = f"write one of {', '.join(facts.services)}"
    else:
        remedy = "none are known of it"
    raise NotFoundError(f'there is no service "{service}" in the agreement; {remedy}')


def _ground(facts: KeyFacts, text: str) -> Ground | None:
    return next((one for one in facts.grounds if one.key == text), None)


def _counts_from(facts: KeyFacts, received: date, to: str | None) -> date:
    party = facts.parties.get(to) if to else None
    return received_on(received, party) if party else received


def _earliest(
    case: Case, ground: Ground | None, counts_from: date, remedy_asked: date | None
) -> date:
    if ground is None:
        return counts_from
    return earliest_end(
        ground, case.standing.start, counts_from, remedy_asked or counts_from
    )


def _too_early(termination: Termination, ground: Ground | None, earliest: date) -> str:
    reason = ""
    if ground is not None:
        parts = []
        if ground.cure_days is not None:
            parts.append(f"{ground.cure_days} days to remedy")
        if ground.notice is not None:
            parts.append(f"a notice of {write('duration', ground.notice, 'en')}")
        if ground.not_before is not None:
            span = write("duration", ground.not_before, "en")
            parts.append(f"{span} from the effective date")
        reason = f" ({termination.ground}: {', '.join(parts)})" if parts else ""
    return (
        f"{_day(termination.on)} is too early for an end by this notice{reason}; "
        f"{_day(earliest)} is the first day that is possible"
    )


def _end_of_term(case: Case, termination: Termination, counts_from: date) -> date:
    """Return the last day of the first term that such a notice is in time for."""
    term = case.facts.term
    if case.standing.start is None or term is None or term.renewal != "automatic":
        raise ChecksFailedError(
            "the agreement does not renew by itself, so there is no renewal to "
            f'prevent; give another ground than "{NON_RENEWAL}"'
        )
    current = period_at(case.standing.start, term, counts_from).last
    if current is None:
        raise ChecksFailedError("the current term has no last day; no notice ends it")
    last = day_before(current, term.notice) if term.notice else current
    first = current
    if last < counts_from:
        first = period_at(case.standing.start, term, current + _ONE_DAY).last or current
    if termination.on < first and termination.on == current:
        raise ChecksFailedError(
            f"the notice came too late for {_day(current)}: {_day(last)} was the last "
            f"day for it; {_day(first)} is the first day on which it can end the "
            "agreement"
        )
    if termination.on < first or not _is_last_day(
        case.standing.start, term, termination.on
    ):
        raise ChecksFailedError(
            f"{_day(termination.on)} is not the last day of a term; a notice against "
            f"renewal ends the agreement on {_day(first)} at the earliest"
        )
    return first


def _is_last_day(start: date, term: Term, day: date) -> bool:
    return period_at(start, term, day).last == day


def _notes(
    facts: KeyFacts, termination: Termination, ground: Ground | None
) -> list[str]:
    if ground is None and termination.ground not in (NON_RENEWAL, AGREED):
        known = ", ".join((NON_RENEWAL, AGREED, *(one.key for one in facts.grounds)))
        return [
            f'no period could be checked for the ground "{termination.ground}"; those '
            f"known of this agreement: {known}"
        ]
    if ground is not None and ground.by is not None:
        return [f"only the {ground.by} may end the agreement on this ground"]
    return []


def _day(day: date) -> str:
    return write("date", day, "en")
