"""A value as it was printed and as it came back in; what `set` takes for it out.

A new text is read by the form that wrote the old one. What cannot be read is wording.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from slacontracts import formats
from slacontracts.formats.figures import fold
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import Language
from slacontracts.negotiate.drafting.half_figures import is_of_figure
from slacontracts.redline.words import tokens_of
from slacontracts.text import is_blank, text_faults

_MARKS_OF_DIRECTION: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_COUNTED: Final = {"days": "day", "hours": "hour"}
_MOST_TOKENS: Final = 60
_AMOUNT: Final = "/amount"
_TIME: Final = r"((?:[01]?\d|2[0-4]):[0-5]\d)"
_CLOCK: Final = re.compile(rf"{_TIME}(?:\s*[-\u2013]\s*|\s[^\W\d]+\s){_TIME}")


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text a new value stands, and what `set` takes for it."""

    start: int
    stop: int
    value: str


def set_text(
    form: str, old: str, new: str, language: Language, *, path: str = ""
) -> str | None:
    """Return what `set` takes for a value that came back changed, or None.

    None as well where the new text says the same value in another manner, and where a
    character in it deceives. path: the address of the value.

    >>> set_text("days", "30 days", "60 days", "en")
    '60 days'
    """
    if text_faults(new.replace("\v", "\n")):
        return None
    if form == "text":
        text = new.translate(_MARKS_OF_DIRECTION).replace("\xa0", " ")
        same = old.translate(_MARKS_OF_DIRECTION).replace("\xa0", " ")
        is_same = is_blank(text) or text == same
        return None if is_same else text.replace("\v", "\n")
    before, now = (_read(form, text, language) for text in (old, new))
    if now is None or (before is not None and _same(form, before, now, language)):
        return None
    return _as_set(form, before, now, path)


def _read(form: str, text: str, language: Language) -> object | None:
    if form == "clock":
        times = _CLOCK.fullmatch(fold(text).strip())
        return f"{times[1]:0>5}-{times[2]:0>5}" if times else None
    try:
        return formats.read(form, text.strip(), language)
    except ValueError:
        return None


def _same(form: str, before: object, now: object, language: Language) -> bool:
    try:
        texts = [formats.write(form, one, language) for one in (before, now)]
    except ValueError:
        return before == now
    return texts[0] == texts[1]


def _as_set(form: str, before: object, now: object, path: str) -> str:
    """Write a value as `set` takes it; a sum with its currency.

    Only where the address is that of an amount, its currency stays beside it.
    """
    if isinstance(now, Money):
        amount = format(now.amount, "f")
        is_same = isinstance(before, Money) and before.currency == now.currency
        return (
            amount if is_same and path.endswith(_AMOUNT) else f"{now.currency} {amount}"
        )
    if isinstance(now, date):
        return now.isoformat()
    if isinstance(now, Duration):
        return str(now)
    number = format(now, "f") if isinstance(now, Decimal) else str(now)
    unit = _COUNTED.get(form)
    return f"{number} {unit if number == '1' else f'{unit}s'}" if unit else number


def value_in(
    form: str,
    old: str,
    new: str,
    language: Language,
    *,
    is_alone: bool,
    path: str = "",
) -> Found | None:
    """Return the value that stands in a new text together with other words.

    is_alone: the old value was all that the text said. path: its address. None where
    there is none, where there are two, and where what stands beside it may be of the
    same figure: which one is meant is not guessed.
    """
    whole = set_text(form, old, new.strip(), language, path=path)
    if whole is not None and (form != "text" or is_alone):
        start = len(new) - len(new.lstrip())
        return Found(start, len(new.rstrip()), whole)
    if form == "text" or text_faults(new.replace("\v", "\n")):
        return None
    readable = [
        (start, stop, value)
        for start, stop in _windows(new)
        if (value := _read(form, new[start:stop], language)) is not None
    ]
    longest = [
        one
        for one in readable
        if not any(
            other is not one and other[0] <= one[0] and one[1] <= other[1]
            for other in readable
        )
    ]
    if len(longest) != 1:
        return None
    start, stop, _ = longest[0]
    if is_of_figure(new[:start], new[stop:]):
        return None
    written = set_text(form, old, new[start:stop], language, path=path)
    return Found(start, stop, written) if written is not None else None


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield where runs of whole words begin and end."""
    tokens = tokens_of(text)
    if len(tokens) > _MOST_TOKENS:
        return
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    for first, token in enumerate(tokens):
        for last in range(first, min(first + 12, len(tokens))):
            if not token.isspace() and not tokens[last].isspace():
                yield places[first], places[last + 1]
