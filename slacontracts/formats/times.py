"""Dates and spans of time in, their text out, and back: `date`, `days`, `duration`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from slacontracts.formats.figures import (
    FIGURE,
    LARGEST,
    fold,
    fold_arabic,
    read_figure,
    refusal,
    write_number,
)
from slacontracts.model.amounts import Duration

if TYPE_CHECKING:
    from slacontracts.model.clause import Language

_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBERS = {
    short: number
    for number, name in enumerate(_MONTHS)
    for short in (name.casefold(), name[:3].casefold())
    if name
} | {"sept": 9}
# The year has four digits: "1 December 26" is refused, not taken for the year 26.
_DATE = r"(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+),? (?P<year>[0-9]{4})"
_ENGLISH_DATES = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? "
    r"(?P<month>[A-Za-z]+)\.?,? (?P<year>[0-9]{4})",
    r"(?P<month>[A-Za-z]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})",
)

# How Arabic counts: one, two (in the case that follows a preposition, where spans
# stand: within, for, before), 3-10, 11-99, and from 100 by the last two digits.
# The bare nominative dual is read as well.
_ARABIC = {
    "years": ("سنة واحدة", "سنتين", "سنوات", "سنة", "سنة"),
    "months": ("شهر واحد", "شهرين", "أشهر", "شهرًا", "شهر"),
    "days": ("يوم واحد", "يومين", "أيام", "يومًا", "يوم"),
    "hours": ("ساعة واحدة", "ساعتين", "ساعات", "ساعة", "ساعة"),
    "minutes": ("دقيقة واحدة", "دقيقتين", "دقائق", "دقيقة", "دقيقة"),
    "seconds": ("ثانية واحدة", "ثانيتين", "ثوانٍ", "ثانية", "ثانية"),
}
_UNITS = tuple(_ARABIC)
_ENGLISH_NOUNS = {
    form: (unit, 1) for unit in _UNITS for form in (unit, unit.removesuffix("s"))
} | {"weeks": ("days", 7), "week": ("days", 7)}
_ARABIC_NOUNS = {
    fold_arabic(form): unit for unit, forms in _ARABIC.items() for form in forms[2:]
}
_ARABIC_COUNTED = {
    fold_arabic(text): (unit, count)
    for unit, (one, two, *_) in _ARABIC.items()
    for text, count in (
        (one, 1),
        (one.split()[0], 1),
        (two, 2),
        (two.removesuffix("ين") + "ان", 2),
    )
}
_COUNTED = rf"({FIGURE}) ?([^\W\d_]+)"
_ENGLISH_JOINT = r", and |, | and "
_ARABIC_JOINT = r" و(?!احد) ?"  # "and" is a letter; so begins "one"
_EXAMPLES = {
    "days": ("a number of days", "30 days", "30 يومًا"),
    "hours": ("a number of hours", "4 hours or 30 minutes", "4 ساعات أو 30 دقيقة"),
    "duration": ("a span of time", "36 months or 90 days", "36 شهرًا أو 90 يومًا"),
}


def write_date(day: date, language: Language) -> str:
    """Return a date with its month in words: 1 December 2026, 1 ديسمبر 2026.

    A date in figures is reversed inside Arabic text.
    """
    month = _MONTHS[day.month] if language == "en" else _arabic_months()[day.month]
    return f"{day.day} {month} {day.year:04}"


def read_date(text: str, language: Language) -> date:
    """Return the date that a text prints.

    English is also read as people write it: 1 Dec 2026, 1st March 2027, March 1, 2027.
    """
    if language == "en":
        folded, months = fold(text), _MONTH_NUMBERS
        matches = [re.fullmatch(one, folded, re.IGNORECASE) for one in _ENGLISH_DATES]
    else:
        matches = [re.fullmatch(_DATE, fold_arabic(text))]
        months = _arabic_month_numbers()
    match = next(filter(None, matches), None)
    month = months.get(match["month"].casefold()) if match else None
    try:
        if match is None or month is None:
            raise ValueError
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        example = write_date(date(2026, 12, 1), language)
        raise refusal(text, "a date", example) from None


def write_days(days: int | Duration, language: Language) -> str:
    """Return a number of days: 30 days."""
    if isinstance(days, Duration):
        if days != Duration(days=days.days):
            raise ValueError(
                f"{_join(days, 'en')} cannot be printed by `days`, because it is not "
                "a number of days; use `duration`"
            )
        days = days.days
    return _count(days, "days", language)


def read_days(text: str, language: Language) -> int:
    """Return the number of days that a text prints."""
    parts = _parts(text, language, "days")
    if set(parts) != {"days"} or not isinstance(parts["days"], int):
        raise _refusal(text, language, "days")
    return parts["days"]


def write_hours(hours: int | Decimal | Duration, language: Language) -> str:
    """Return hours and minutes: 4 hours, 4.5 hours, 30 minutes."""
    if not isinstance(hours, Duration):
        return _count(hours, "hours", language)
    if hours != Duration(hours=hours.hours, minutes=hours.minutes):
        raise ValueError(
            f"{_join(hours, 'en')} cannot be printed by `hours`, because it is not "
            "a number of hours and minutes; use `duration`"
        )
    return (
        _join(hours, language)
        if hours.minutes
        else _count(hours.hours, "hours", language)
    )


def read_hours(text: str, language: Language) -> int | Decimal | Duration:
    """Return the hours that a text prints; a Duration when it has minutes."""
    parts = _parts(text, language, "hours")
    if set(parts) == {"hours"}:
        return parts["hours"]
    if not set(parts) <= {"hours", "minutes"}:
        raise _refusal(text, language, "hours")
    return _duration(parts, text, language, "hours")


def write_duration(span: Duration, language: Language) -> str:
    """Return a span in the units it was written in: 36 months, not 3 years."""
    return _join(span, language)


def read_duration(text: str, language: Language) -> Duration:
    """Return the span that a text prints; weeks are kept as days."""
    return _duration(_parts(text, language, "duration"), text, language, "duration")


def _join(span: Duration, language: Language) -> str:
    parts = [
        _count(count, unit, language)
        for unit in _UNITS
        if (count := getattr(span, unit))
    ] or [_count(0, "days", language)]
    if language == "ar":
        return " و".join(parts)
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _count(count: int | Decimal, unit: str, language: Language) -> str:
    if count < 0:
        raise ValueError("a span of time cannot be negative; write zero or more")
    number = write_number(count, language)
    if language == "en":
        return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
    one, two, few, many, other = _ARABIC[unit]
    if number in ("1", "2"):
        return one if number == "1" else two
    if "." in number:  # fractions take the singular
        return f"{number} {other}"
    tail = int(count) % 100
    noun = few if 3 <= tail <= 10 else many if tail >= 11 else other
    return f"{number} {noun}"


def _parts(text: str, language: Language, form: str) -> dict[str, int | Decimal]:
    """Return the counts by unit; each unit stands once at most."""
    found: dict[str, int | Decimal] = {}
    read_counts = _english_counts if language == "en" else _arabic_counts
    for unit, count in read_counts(text):
        if unit in found or unit == "" or count < 0:
            raise _refusal(text, language, form)
        found[unit] = count
    return found


def _english_counts(text: str) -> Iterator[tuple[str, int | Decimal]]:
    for part in re.split(_ENGLISH_JOINT, fold(text).casefold()):
        match = re.fullmatch(_COUNTED, part)
        unit, factor = _ENGLISH_NOUNS.get(match[2] if match else "", ("", 0))
        yield unit, read_figure(match[1]) * factor if match else 0


def _arabic_counts(text: str) -> Iterator[tuple[str, int | Decimal]]:
    for part in re.split(_ARABIC_JOINT, fold_arabic(text)):
        match = re.fullmatch(_COUNTED, part)
        if match is None:
            yield _ARABIC_COUNTED.get(part, ("", 0))
        else:
            yield _ARABIC_NOUNS.get(match[2], ""), read_figure(match[1])


def _duration(
    parts: dict[str, int | Decimal], text: str, language: Language, form: str
) -> Duration:
    whole = {unit: count for unit, count in parts.items() if isinstance(count, int)}
    if whole != parts or any(count >= LARGEST for count in whole.values()):
        raise _refusal(text, language, form)
    return Duration(**whole)


def _refusal(text: str, language: Language, form: str) -> ValueError:
    noun, english, arabic = _EXAMPLES[form]
    return refusal(text, noun, english if language == "en" else arabic)


@lru_cache(maxsize=1)
def _arabic_months() -> tuple[str, ...]:
    from babel import Locale

    # One locale is pinned: Egypt's months are understood wherever Gregorian dates
    # are written, those of Morocco and Lebanon are not.
    names = Locale.parse("ar_EG").months["format"]["wide"]
    return ("", *(names[number] for number in range(1, 13)))


@lru_cache(maxsize=1)
def _arabic_month_numbers() -> dict[str, int]:
    names = enumerate(_arabic_months())
    return {fold_arabic(name): number for number, name in names if name}
