"""A notice that ends an agreement in; what follows, or a refusal with the date, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from slacontracts.deadlines.after_the_end import after_service, after_the_end
from slacontracts.deadlines.case import Case, case_of
from slacontracts.deadlines.deadline import Deadline
from slacontracts.deadlines.facts import GROUNDS
from slacontracts.deadlines.foresight import foreseen_period, last_day_for_notice
from slacontracts.deadlines.notices import received_on
from slacontracts.deadlines.states import (
    AGREED,
    NON_RENEWAL,
    REPLACED,
    State,
    standing,
)
from slacontracts.errors import ChecksFailedError, NotFoundError
from slacontracts.formats import write
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import corresponding_day, day_before
from slacontracts.model.key_facts import Ground, KeyFacts, Survival
from slacontracts.model.life import Life, Termination
from slacontracts.text import nearest

_ALWAYS: Final = (NON_RENEWAL, AGREED, REPLACED)  # whatever the agreement says
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
    at_end = case.standing.facts_on(termination.on)
    _require_party(case, to)
    _require_ground(case, termination)
    _require_service(at_end, termination.service)
    counts_from = _counts_from(case.facts, termination.received, to)
    if termination.ground == NON_RENEWAL:
        earliest, ground = _end_of_term(case, termination, counts_from), None
    else:
        earliest, ground = _earliest(
            case, termination.ground, counts_from, remedy_asked
        )
        if termination.on < earliest:
            raise ChecksFailedError(_too_early(termination, ground, earliest))
    ended = replace(life, terminations=(*life.terminations, termination))
    after = case_of(ended, termination.on)
    return Consequences(
        counts_from=counts_from,
        earliest=earliest,
        ground=ground,
        duties=tuple(sorted(_duties(after, termination), key=lambda one: one.on)),
        survivals=at_end.survivals if termination.service is None else (),
        notes=tuple(_notes(case, termination, ground)),
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
    case: Case, key: str, counts_from: date, remedy_asked: date | None
) -> tuple[date, Ground | None]:
    """Return the first day that what the agreement says on it allows, and the rule."""
    start, asked = case.standing.start, remedy_asked or counts_from
    found: tuple[date, Ground | None] = (counts_from, None)
    eras = case.standing.eras
    for number, era in enumerate(eras, start=1):
        ground = _ground(era.facts, key)
        if ground is None:
            continue
        day = max(earliest_end(ground, start, counts_from, asked), era.first)
        found = (day, ground)
        if number == len(eras) or day < eras[number].first:
            break
    return found


def _duties(after: Case, termination: Termination) -> Iterator[Deadline]:
    if termination.service is None:
        return after_the_end(after)
    return after_service(after, termination.service)


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
    start, eras = case.standing.start, case.standing.eras
    foreseen = None if start is None else foreseen_period(eras, start, counts_from)
    term = foreseen.facts.term if foreseen else None
    if start is None or foreseen is None or term is None or term.renewal != "automatic":
        raise ChecksFailedError(
            "the agreement does not renew by itself, so there is no renewal to "
            f'prevent; give another ground than "{NON_RENEWAL}"'
        )
    current = foreseen.period.last
    if current is None:
        raise ChecksFailedError("the current term has no last day; no notice ends it")
    last = last_day_for_notice(eras, current) or current
    first = current
    if last < counts_from:
        following = foreseen_period(eras, start, current + _ONE_DAY)
        first = following.period.last or current
    if termination.on < first and termination.on == current:
        raise ChecksFailedError(
            f"the notice came too late for {_day(current)}: {_day(last)} was the last "
            f"day for it; {_day(first)} is the first day on which it can end the "
            "agreement"
        )
    at_end = foreseen_period(eras, start, termination.on).period
    if termination.on < first or termination.on != at_end.last:
        raise ChecksFailedError(
            f"{_day(termination.on)} is not the last day of a term; a notice against "
            f"renewal ends the agreement on {_day(first)} at the earliest"
        )
    return first


def _known_grounds(case: Case, on: date) -> tuple[str, ...]:
    """Return by which words an end of the agreement can be checked."""
    stated = (*case.facts.grounds, *case.standing.facts_on(on).grounds)
    keys = (*_ALWAYS, *(one.key for one in stated))
    return tuple(dict.fromkeys(keys))


def _require_ground(case: Case, termination: Termination) -> None:
    """Refuse a ground that is mistyped, and one that the agreement does not give.

    Of paper of which no ground is stated, nothing is known about those.
    """
    known = _known_grounds(case, termination.on)
    text = termination.ground
    if text in known:
        return
    are_stated = len(known) > len(_ALWAYS)
    meant = _meant(text, known)
    if meant in known:
        raise NotFoundError(
            f'the ground "{text}" is not known; did you mean "{meant}"? Otherwise say '
            "it in other words"
        )
    if meant is not None and are_stated:
        raise NotFoundError(
            f"{case.life.agreement} does not give the ground {meant}; it gives "
            f"{', '.join(known)}"
        )


def _meant(text: str, known: Sequence[str]) -> str | None:
    """Return the ground that is written, or was most likely meant."""
    if text in GROUNDS:
        return text
    others = [key for key in GROUNDS if key[0] == text[:1].casefold()]
    return nearest(text, known) or nearest(text, others)


def _notes(case: Case, termination: Termination, ground: Ground | None) -> list[str]:
    known = _known_grounds(case, termination.on)
    if ground is None and termination.ground not in _ALWAYS:
        return [
            f'no period could be checked for the ground "{termination.ground}"; those '
            f"known of this agreement: {', '.join(known)}"
        ]
    if ground is not None and ground.by is not None:
        return [f"only the {ground.by} may end the agreement on this ground"]
    return []


def _day(day: date) -> str:
    return write("date", day, "en")
