"""The country of a place in; its business days, and the holidays not fixed yet, out.

Weekends and public holidays come with the library `holidays`. Where the moon decides,
its dates are estimates until the holiday is announced.
"""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from slacontracts.formats import write
from slacontracts.model.dates import IsBusinessDay

if TYPE_CHECKING:
    from holidays import HolidayBase

_WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)
# Announced by those who watch the moon, whether or not a list marks them as estimated.
_BY_THE_MOON = ("(estimated", "Eid al-", "Arafah", "Ashura", "Ramadan", "Islamic New")
_MONDAY_TO_FRIDAY = frozenset({0, 1, 2, 3, 4})
_SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})


def _open_on(week: frozenset[int]) -> IsBusinessDay:
    return lambda day: day.weekday() in week


# The weeks of the places that agreements are made for, where a place is not stated.
USUAL_WEEKS: tuple[IsBusinessDay, ...] = (
    _open_on(_MONDAY_TO_FRIDAY),
    _open_on(_SUNDAY_TO_THURSDAY),
)


def is_known(country: str | None) -> bool:
    """Tell whether the weekend and the holidays of a country are known here."""
    return country is not None and _calendar(country) is not None


def weeks_of(country: str | None) -> tuple[IsBusinessDay, ...]:
    """Return what decides whether a day is a business day in a country.

    Where the country is not known, that is one of several weeks, without holidays.
    """
    calendar = _calendar(country) if country else None
    if calendar is None:
        return USUAL_WEEKS
    return (calendar.is_working_day,)


def unsettled_holidays(
    country: str | None, first: date, last: date
) -> tuple[tuple[date, str], ...]:
    """Return the holidays from a day to another whose date is only estimated yet."""
    calendar = _calendar(country) if country else None
    if calendar is None:
        return ()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(
        (day, name)
        for day in days
        if (name := calendar.get(day)) and any(mark in name for mark in _BY_THE_MOON)
    )


@cache
def _calendar(country: str) -> "HolidayBase | None":
    """Return the calendar of a country or a part of it, with names in English."""
    from holidays import country_holidays

    code, _, part = country.partition("-")
    wanted: dict[str, Any] = {"subdiv": part} if part else {}
    try:
        calendar = country_holidays(code, **wanted)
        if "en_US" in calendar.supported_languages:
            calendar = country_holidays(code, language="en_US", **wanted)
    except NotImplementedError:
        # A part that is not known has at least the holidays of its country.
        return _calendar(code) if part else None
    return calendar


def weekday_and_date(day: date) -> str:
    """Return a day with its weekday.

    >>> weekday_and_date(date(2029, 8, 31))
    'Friday 31 August 2029'
    """
    return f"{_WEEKDAYS[day.weekday()]} {write('date', day, 'en')}"
