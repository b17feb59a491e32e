"""Pairs that write and read a value: a typed value in, its text out, and back again.

A form is the name of a filter in clause text (`date`, `money`, ...). Whatever
`write` prints, `read` gives back, so that a figure changed in a returned Word
file can be written into the data it came from.

Babel serves Arabic only. Measured on two shared cores, its first use costs 17 to 35
ms of a cold start, and a date formatted by it 15 microseconds, ten times what a
whole value may take. English needs twelve names of months and a comma, which cost
nothing; Arabic takes names of months and currencies from Babel, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from slacontracts.formats import figures, number_words, times
from slacontracts.model.amounts import Duration, Money

if TYPE_CHECKING:
    from slacontracts.model.clause import Language

__all__ = ["FORMS", "Form", "read", "write"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to print a value: how it is written, how it is read, what it takes.

    writes: (value, language) to text in latin digits. reads: the inverse.
    """

    name: str
    writes: Callable[[Any, Language], str]
    reads: Callable[[str, Language], object]
    takes: tuple[type, ...]


def _write_text(value: str, _: Language) -> str:
    return str(value)


def _read_text(text: str, _: Language) -> str:
    return text


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.name: form
        for form in (
            Form("text", _write_text, _read_text, (str,)),
            Form("date", times.write_date, times.read_date, (date,)),
            Form("money", figures.write_money, figures.read_money, (Money,)),
            Form(
                "percent", figures.write_percent, figures.read_percent, (Decimal, int)
            ),
            Form("days", times.write_days, times.read_days, (int, Duration)),
            Form("duration", times.write_duration, times.read_duration, (Duration,)),
            Form(
                "hours", times.write_hours, times.read_hours, (int, Decimal, Duration)
            ),
            Form("number", figures.write_number, figures.read_number, (int, Decimal)),
            Form(
                "words", number_words.write_words, number_words.read_words, (int, Money)
            ),
        )
    }
)

# bool is an int and datetime a date to Python, but not to a reader of agreements.
_IMPOSTORS = frozenset({bool, datetime})
_SUITED = (
    (bool, "yes or no", "a condition ({% if ... %})"),
    (datetime, "a date with a time of day", "a date alone"),
    (date, "a date", "`date`"),
    (Money, "a sum of money", "`money`"),
    (Duration, "a span of time", "`duration`"),
    (int, "a number", "`number`"),
    (Decimal, "a number", "`number`"),
    (str, "text", "no filter"),
)


def write(form: str, value: object, language: Language, digits: str = "latin") -> str:
    """Return the text that prints a value.

    digits: latin or arabic-indic; they change Arabic text only, never a `text` value.
    Raises ValueError with a remedy when the value does not suit the form.

    >>> write("percent", Decimal("99.90"), "en")
    '99.90%'
    """
    rule = FORMS.get(form)
    if rule is None:
        raise ValueError(_unknown(form))
    if not isinstance(value, rule.takes) or value.__class__ in _IMPOSTORS:
        raise ValueError(_unsuited(form, value))
    text = rule.writes(value, language)
    if digits == "latin":
        return text
    if digits != "arabic-indic":
        raise ValueError(
            f'"{digits}" is not a set of digits; write latin or arabic-indic'
        )
    if language != "ar" or form == "text":
        return text
    return figures.in_arabic_indic_digits(text)


def read(form: str, text: str, language: Language) -> object:
    """Return the value that a text prints; the inverse of `write`.

    Forgiven is what word processors and people add: no-break spaces, direction
    marks, either kind of digits, missing decimals. `days` gives the number of
    days; `hours` the number of hours, or a Duration where the text has minutes:
    whether such a number is kept as P30D or as 30, the data must know.
    Raises ValueError with a remedy when the text is not of the form.

    >>> read("money", "EUR 4,500", "en")
    Money(amount=Decimal('4500'), currency='EUR')
    """
    rule = FORMS.get(form)
    if rule is None:
        raise ValueError(_unknown(form))
    return rule.reads(text, language)


def _unknown(form: str) -> str:
    return f'"{form}" is not a filter; write one of {", ".join(FORMS)}'


def _unsuited(form: str, value: object) -> str:
    for kind, noun, remedy in _SUITED:
        if isinstance(value, kind):
            return f"{noun} cannot be printed by `{form}`; use {remedy}"
    return f"there is nothing here that `{form}` can print; fill in the value first"
