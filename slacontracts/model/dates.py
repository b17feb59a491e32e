"""Calendar arithmetic of terms and periods, as the term clause states it."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from slacontracts.model.amounts import Duration

_DAYS_OF_EACH_MONTH: Final = 28  # every month has so many
IsBusinessDay: TypeAlias = Callable[[date], bool]


def corresponding_day(start: date, span: Duration) -> date:
    """Return the day that corresponds to start after a span of years, months, days.

    Months are counted from start; where a month has no such day, the last day of
    that month corresponds.

    >>> corresponding_day(date(2026, 8, 31), Duration(months=6))
    datetime.date(2027, 2, 28)
    """
    months = start.month - 1 + span.total_months
    year, month = start.year + months // 12, months % 12 + 1
    day = start.day
    if day > _DAYS_OF_EACH_MONTH:
        day = min(day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=span.days)


def months_between(start: date, day: date) -> Decimal:
    """Return the months from a day to a later one, the last pro rata by its days.

    >>> months_between(date(2026, 12, 1), date(2027, 3, 16))
    Decimal('3.483870967741935483870967742')
    """
    whole = (day.year - start.year) * 12 + day.month - start.month
    if corresponding_day(start, Duration(months=whole)) > day:
        whole -= 1
    first, following = (
        corresponding_day(start, Duration(months=months))
        for months in (whole, whole + 1)
    )
    return whole + Decimal((day - first).days) / (following - first).days


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


def day_before(day: date, span: Duration) -> date:
    """Return the day that lies a span of months and days before another.

    Where the month has no such day, its last day.

    >>> day_before(date(2029, 11, 30), Duration(days=90))
    datetime.date(2029, 9, 1)
    """
    months = day.year * 12 + day.month - 1 - span.total_months
    year, month = months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) - timedelta(days=span.days)


def last_business_day(day: date, is_business_day: IsBusinessDay) -> date:
    """Return the day itself, or the last business day before it.

    >>> last_business_day(date(2029, 9, 1), lambda day: day.weekday() < 5)
    datetime.date(2029, 8, 31)
    """
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def next_business_day(day: date, is_business_day: IsBusinessDay) -> date:
    """Return the day itself, or the first business day after it.

    >>> next_business_day(date(2029, 9, 1), lambda day: day.weekday() < 5)
    datetime.date(2029, 9, 3)
    """
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def business_days_before(day: date, count: int, is_business_day: IsBusinessDay) -> date:
    """Return the business day that lies so many business days before another.

    >>> business_days_before(date(2029, 8, 30), 2, lambda day: day.weekday() < 5)
    datetime.date(2029, 8, 28)
    """
    for _ in range(count):
        day = last_business_day(day - timedelta(days=1), is_business_day)
    return day
