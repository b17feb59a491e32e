"""What happened to an agreement, and a day, in; what it will say from then on, out.

An amendment that is signed and takes effect later counts for all that falls on that
day or after it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from slacontracts.deadlines.in_force import effective_day, facts_in_force
from slacontracts.deadlines.terms import TermPeriod, period_at
from slacontracts.model.dates import day_before
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Era:
    """What an agreement says from a day on, until the next era."""

    first: date
    facts: KeyFacts


@dataclass(frozen=True, slots=True)
class ForeseenPeriod:
    """A period of the term, and what the agreement says at its end."""

    period: TermPeriod
    facts: KeyFacts


def eras_from(life: Life, today: date) -> tuple[Era, ...]:
    """Return what the agreement says today, and from each day on that changes it.

    Today's era has no first day that matters: it is the earliest day there is.
    """
    days = {effective_day(life, text) for text in life.binding[1:]}
    later = sorted(day for day in days if day is not None and day > today)
    return (
        Era(date.min, facts_in_force(life, today)),
        *(Era(day, facts_in_force(life, day)) for day in later),
    )


def facts_on(eras: Sequence[Era], day: date) -> KeyFacts:
    """Return what the agreement says on a day, today or later."""
    return next(era.facts for era in reversed(eras) if era.first <= day)


def facts_when(
    eras: Sequence[Era], day_of: Callable[[KeyFacts], date | None]
) -> KeyFacts:
    """Return what the agreement says on the day that follows from what it says then.

    day_of: the day by some facts; None where they name none.
    """
    facts = eras[0].facts
    for era in eras[1:]:
        day = day_of(facts)
        if day is not None and day < era.first:
            break
        facts = era.facts
    return facts


def foreseen_period(eras: Sequence[Era], start: date, day: date) -> ForeseenPeriod:
    """Return the period in which a day lies, with the end that it will have.

    A term that an amendment shortens to a day before the amendment takes effect ends
    when it does.
    """
    found = None
    for era in eras:
        if found is not None and _is_over(found.period, era.first):
            break
        period = period_at(start, era.facts.term, max(day, era.first))
        if _is_over(period, era.first):
            period = replace(period, last=era.first - _ONE_DAY)
        found = ForeseenPeriod(period, era.facts)
    assert found is not None
    return found


def _is_over(period: TermPeriod, day: date) -> bool:
    return period.last is not None and period.last < day


def days_for_notice(eras: Sequence[Era], end: date) -> tuple[date, ...]:
    """Return the days by which a notice comes early enough before an end of term.

    Those that follow from what the agreement says on that day; where an amendment
    lengthens the period so that there is none, the day by that amendment, on which the
    notice is in time either way. Empty without a period.
    """
    days = [*_notice_days(eras, end)]
    on_time = [day for day, era, until in days if era.first <= day <= until]
    return tuple(on_time or [day for day, _, _ in days[-1:]])


def last_day_for_notice(eras: Sequence[Era], end: date) -> date | None:
    """Return the last day on which a notice before an end of term counts.

    What the agreement says on the day of the notice decides. None without a period.
    """
    days = [
        min(day, until)
        for day, era, until in _notice_days(eras, end)
        if day >= era.first
    ]
    return max(days, default=None)


def _notice_days(eras: Sequence[Era], end: date) -> Iterator[tuple[date, Era, date]]:
    """Yield the last day for a notice by each era, and the last day of the era."""
    following = [era.first - _ONE_DAY for era in eras[1:]]
    for era, until in zip(eras, (*following, end), strict=True):
        term = era.facts.term
        if era.first <= end and term is not None and term.notice is not None:
            yield day_before(end, term.notice), era, min(until, end)
