"""The day an agreement takes effect and its term in; first and last days out.

Months are counted from the original date, however often a term is renewed: a term that
begins on the 31st and renews by months ends on the last day of short months only.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from slacontracts.model.agreement import Term
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import last_day

_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class TermPeriod:
    """The initial term, number 0, or a renewal; last is None where it has no end."""

    number: int
    first: date
    last: date | None


def period_at(start: date, term: Term | None, day: date) -> TermPeriod:
    """Return the period of a term in which a day lies, as the term renews by itself.

    Before the start that is the initial term; after the last day of a term that does
    not renew, its last period. A renewal whose length is not stated has no end.
    """
    if term is None or term.initial is None:
        return TermPeriod(0, start, None)
    number, end = 0, last_day(start, term.initial)
    if day <= end or term.renewal != "automatic":
        return TermPeriod(0, start, end)
    longest = _most_days(term.renewal_period)
    if not longest:
        return TermPeriod(1, end + timedelta(days=1), None)
    # So many renewals at least have ended before the day.
    number = max((day - end).days // longest - 1, 0)
    last = end_after(start, term, number)
    while last < day:
        number, before = number + 1, last
        last = end_after(start, term, number)
    return TermPeriod(number, before + timedelta(days=1), last)


def end_after(start: date, term: Term, renewals: int) -> date:
    """Return the last day after so many renewals; 0 for that of the initial term.

    An initial term that is not counted in months has no corresponding day: its
    renewals are counted from the day after it.

    >>> leap = Term.model_validate({"initial": "P1Y", "renewal_period": "P1Y"})
    >>> [str(end_after(date(2028, 2, 29), leap, n)) for n in (0, 3)]
    ['2029-02-28', '2032-02-28']
    """
    initial, period = term.initial, term.renewal_period
    assert initial is not None
    end = last_day(start, initial)
    if not renewals or period is None:
        return end
    months = renewals * period.total_months
    if initial.days:
        start = end + timedelta(days=1)
    else:
        months += initial.total_months
    counted = last_day(start, Duration(months=months))
    return counted + timedelta(days=renewals * period.days)


def _most_days(period: Duration | None) -> int:
    return period.total_months * _LONGEST_MONTH + period.days if period else 0
