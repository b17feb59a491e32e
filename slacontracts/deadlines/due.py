"""What happened to an agreement, and a day, in; all that comes due for it out."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain

from slacontracts.deadlines.after_the_end import after_the_end, after_the_start, ends
from slacontracts.deadlines.case import Case, case_of
from slacontracts.deadlines.deadline import Deadline, DeadlineKind
from slacontracts.deadlines.foresight import facts_when
from slacontracts.deadlines.in_force import effective_day, met_on
from slacontracts.deadlines.renewals import renewals
from slacontracts.formats import write
from slacontracts.model.agreement import Condition, Review
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import corresponding_day
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, condition_name
from slacontracts.model.signing import ORIGINAL, said_of


def due(life: Life, today: date) -> tuple[Deadline, ...]:
    """Return what comes due for an agreement, by the day on which to act.

    Raises ValueError for a life without any signed text.
    """
    case = case_of(life, today)
    found = chain(
        _signatures(case),
        _conditions(case),
        _amendments(case),
        renewals(case),
        _reviews(case),
        ends(case),
        after_the_start(case),
        after_the_end(case),
        _authorities(case),
    )
    return tuple(sorted(found, key=lambda one: (one.act_by, one.on, one.kind, one.key)))


def _signatures(case: Case) -> Iterator[Deadline]:
    """Yield the signatures that are missing since the others signed."""
    text = case.life.signed[-1]
    for role in case.life.missing_parties:
        party = case.facts.parties.get(role)
        who = f"the {role}, {party.legal_name}," if party else f"the {role}"
        says = f"{who} has not signed {said_of(text.as_)}; others have since then"
        key = f"{text.as_}/{role}"
        yield case.deadline(DeadlineKind.SIGNATURE, key, says, text.signed_on)


def _conditions(case: Case) -> Iterator[Deadline]:
    """Yield the conditions that are open, and the day on which all lapses for them."""
    if not case.is_going_on:
        return
    facts = facts_when(case.standing.eras, lambda facts: facts.long_stop)
    yield from _own_conditions(case)
    names = [key for key in _own_keys(case) if key in {c.key for c in facts.conditions}]
    if names and facts.long_stop is not None:
        says = (
            "lapses at the end of the day unless its conditions are met: "
            f"{', '.join(names)}"
        )
        yield case.deadline(DeadlineKind.LONG_STOP, "agreement", says, facts.long_stop)
    for text in case.life.binding[1:]:
        if effective_day(case.life, text) is None:
            for name, condition in text.awaited.items():
                if met_on(case.life, text, condition.key) is None:
                    yield from _condition(case, name, condition, condition.due)


def _own_keys(case: Case) -> list[str]:
    """Return the open conditions of the agreement itself, today's or later."""
    keys = (one.key for era in case.standing.eras for one in era.facts.conditions)
    return [
        key
        for key in dict.fromkeys(keys)
        if met_on(case.life, case.life.binding[0], key) is None
    ]


def _own_conditions(case: Case) -> Iterator[Deadline]:
    for key in _own_keys(case):
        facts = facts_when(case.standing.eras, partial(_condition_day, key))
        condition = _condition_of(key, facts)
        if condition is not None:
            name = condition_name(ORIGINAL, key)
            yield from _condition(case, name, condition, _condition_day(key, facts))


def _condition_of(key: str, facts: KeyFacts) -> Condition | None:
    return next((one for one in facts.conditions if one.key == key), None)


def _condition_day(key: str, facts: KeyFacts) -> date | None:
    condition = _condition_of(key, facts)
    return (condition.due or facts.long_stop) if condition else None


def _amendments(case: Case) -> Iterator[Deadline]:
    """Yield when the amendments that are signed take effect."""
    if not case.is_going_on:
        return
    last = case.standing.last
    for text in case.life.binding[1:]:
        day = effective_day(case.life, text)
        if day is None or day < case.today or (last is not None and day > last[0]):
            continue
        says = f"{said_of(text.as_)} takes effect on {write('date', day, 'en')}"
        yield case.deadline(DeadlineKind.AMENDMENT, text.as_, says, day)


def _condition(
    case: Case, name: str, condition: Condition, day: date | None
) -> Iterator[Deadline]:
    if day is not None:
        owner = f" by the {condition.owner}" if condition.owner else ""
        says = f'condition "{name}" to be met{owner}: {condition.says}'
        yield case.deadline(DeadlineKind.CONDITION, name, says, day)


def _reviews(case: Case) -> Iterator[Deadline]:
    """Yield the next review, and one that was due and may not have been held."""
    if not case.is_going_on:
        return
    for number, day in _review_days(case):
        if case.is_remembered(day) and (
            case.standing.last is None or day <= case.standing.last[0]
        ):
            says = "review of the agreement"
            yield case.deadline(DeadlineKind.REVIEW, str(number), says, day)


def _review_days(case: Case) -> Iterator[tuple[int, date]]:
    """Yield the reviews before and after today, counted from the first.

    The next is one of the day on which the agreement says so.
    """
    eras, start = case.standing.eras, case.standing.start
    last_days = [era.first - timedelta(days=1) for era in eras[1:]]
    for era, until in zip(eras, (*last_days, date.max), strict=True):
        at = max(case.today, era.first)
        for number, day in _reviews_around(era.facts.review, start, at):
            if era.first <= day <= until:
                yield number, day
                if day >= case.today:
                    return


def _reviews_around(
    review: Review | None, start: date | None, at: date
) -> Iterator[tuple[int, date]]:
    """Yield the last review before a day, and the first from it on."""
    if review is None:
        return
    first, every = review.next, review.every
    if first is None and every is not None and start is not None:
        first = corresponding_day(start, every)
    if first is None:
        return
    longest = every.total_months * 31 + every.days if every else 0
    if every is None or not longest:
        yield 0, first
        return
    number = max((at - first).days // longest - 1, 0)
    day = _after(first, every, number)
    while day < at:
        following = _after(first, every, number + 1)
        if following >= at:
            yield number, day
        number, day = number + 1, following
    yield number, day


def _after(first: date, every: Duration, times: int) -> date:
    months, days = every.total_months * times, every.days * times
    return corresponding_day(first, Duration(months=months, days=days))


def _authorities(case: Case) -> Iterator[Deadline]:
    """Yield until when people may sign, while there is something to sign."""
    if not (case.is_going_on or case.life.missing_parties):
        return
    for number, one in enumerate(case.facts.authorities):
        if case.is_remembered(one.until):
            who = one.name or f"who signs for the {one.party}"
            day = write("date", one.until, "en")
            says = f"the authority of {who} to sign for the {one.party} ends on {day}"
            key = f"{one.party}/{number}"
            yield case.deadline(DeadlineKind.AUTHORITY, key, says, one.until)
