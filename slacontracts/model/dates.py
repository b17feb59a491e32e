"""Calendar arithmetic of terms and periods, as the term clause states it."""

import calendar
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from slacontracts.model.amounts import Duration


def corresponding_day(start: date, span: Duration) -> date:
    """Return the day that corresponds to start after a span of years, months, days.

    Months are counted from start; where a month has no such day, the last day of
    that month corresponds.

    >>> corresponding_day(date(2026, 8, 31), Duration(months=6))
    datetime.date(2027, 2, 28)
    """
    months = start.month - 1 + span.total_months
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=span.days)


def last_day(start: date, span: Duration) -> date:
    """Return the last day of a term that begins on start.

    A term ends on the day before the corresponding day; where the month has no
    corresponding day, on the last day of that month.

    >>> last_day(date(2026, 12, 1), Duration(months=36))
    datetime.date(2029, 11, 30)
    >>> last_day(date(2026, 8, 31), Duration(months=6))
    datetime.date(2027, 2, 28)
    """
    end = corresponding_day(start, span)
    months_only = Duration(years=span.years, months=span.months)
    reached = corresponding_day(start, months_only)
    if not span.days and reached.day < start.day:
        return end  # the month has no such day: its last day ends the term
    return end - timedelta(days=1)


def last_business_day(day: date, week: AbstractSet[int]) -> date:
    """Return the day itself, or the last business day before it.

    week: the business days of a place, Monday as 0. Holidays are not known here.

    >>> last_business_day(date(2029, 9, 1), {0, 1, 2, 3, 4})
    datetime.date(2029, 8, 31)
    """
    while day.weekday() not in week:
        day -= timedelta(days=1)
    return day


def business_days_before(day: date, count: int, week: AbstractSet[int]) -> date:
    """Return the business day that lies so many business days before another.

    >>> business_days_before(date(2029, 8, 30), 2, {6, 0, 1, 2, 3})
    datetime.date(2029, 8, 28)
    """
    for _ in range(count):
        day = last_business_day(day - timedelta(days=1), week)
    return day
