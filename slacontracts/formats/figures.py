"""Figures: numbers, percentages and sums of money in, their digits out, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from slacontracts.model.amounts import CURRENCIES, Money

if TYPE_CHECKING:
    from slacontracts.model.clause import Language

# No figure has more digits before the point: a sum of an agreement has 15, and the
# total of thousands of them over 99 years fits. Decimals are exact to 28 digits.
_MOST_DIGITS = 24
LARGEST = 10**_MOST_DIGITS
_MOST_DECIMALS = 30
_MONEY_FORMAT = {code: f",.{places}f" for code, places in CURRENCIES.items()}

# Digits and separators change together: Babel's `arab` option changes the
# separators only, which gives figures that no reader has ever seen.
_TO_ARABIC_INDIC = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_FOLD = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪\u2212\u00a0\u202f\u2007\u2009",
    "01234567890123456789.,%-    ",
    "\u200e\u200f\u061c\u200c\u200d\u2060\ufeff",  # marks without a shape
)
# Vowel signs, tatweel, and the seats of hamza, which typists leave out.
_FOLD_ARABIC = str.maketrans(
    "أإآٱ", "اااا", "".join(map(chr, range(0x64B, 0x656))) + "\u0640"
)

# Patterns of this room are compiled at their first use; at import they cost 6 ms.
FIGURE = (
    r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,7}|[0-9]{1,3}(?: [0-9]{3}){1,7}|[0-9]{1,24})"
    r"(?:\.[0-9]{1,30})?"
)
_PERCENT = rf"({FIGURE}) ?%"
_CODE_FIRST = rf"(?P<name>[A-Za-z]{{3}}|[€£]) ?(?P<figure>{FIGURE})"
_NAME_LAST = rf"(?P<figure>{FIGURE}) ?(?P<name>[^0-9.,]+)"

# Signs of one currency; a dollar is that of many countries.
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP"}

# A minus sign before digits wanders to their other side in Arabic text unless a
# left-to-right mark stands before it; CLDR's Arabic minus sign is this pair.
_ARABIC_MINUS = "\u200e-"


def in_arabic_indic_digits(text: str) -> str:
    """Return the text with Arabic-Indic digits, separators and percent sign."""
    return text.translate(_TO_ARABIC_INDIC)


def fold(text: str) -> str:
    """Return the text in latin digits, single plain spaces, no direction marks."""
    return " ".join(text.translate(_FOLD).split())


def fold_arabic(text: str) -> str:
    """Return the folded text without vowel signs and hamza on alef."""
    return fold(text).translate(_FOLD_ARABIC)


def refusal(text: str, noun: str, example: str) -> ValueError:
    """Return the error that says what a text is not, and what to write instead."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return ValueError(f'"{shown}" is not {noun}; write {example}')


def read_figure(figure: str) -> int | Decimal:
    """Return the number that matched FIGURE; an int when it has no point."""
    bare = figure.replace(",", "").replace(" ", "")
    return Decimal(bare) if "." in bare else int(bare)


def write_number(number: int | Decimal, language: Language) -> str:
    """Return a number grouped by thousands, its decimals as given: 12,500.50."""
    return _signed(_digits(number, "," if isinstance(number, int) else ",f"), language)


def read_number(text: str, _: Language) -> int | Decimal:
    """Return the number that a text prints."""
    folded = fold(text)
    if not re.fullmatch(FIGURE, folded):
        raise refusal(text, "a number", "12,500 or 12,500.50")
    return read_figure(folded)


def write_percent(number: int | Decimal, language: Language) -> str:
    """Return a percentage, its digits as given: 99.90%."""
    digits = _digits(number, "" if isinstance(number, int) else "f")
    return _signed(f"{digits}%", language)


def read_percent(text: str, _: Language) -> Decimal:
    """Return the percentage that a text prints; the sign may stand apart."""
    match = re.fullmatch(_PERCENT, fold(text))
    if match is None:
        raise refusal(text, "a percentage", "99.9%")
    return Decimal(read_figure(match[1]))


def write_money(sum_: Money, language: Language) -> str:
    """Return a sum with all decimals of its currency.

    English has the currency's code first: EUR 4,500.00. Arabic has its name last,
    4,500.00 يورو: a Latin code at the start of a bracket leaves the bracket behind
    at the end of a line.
    """
    amount, code = sum_.amount, sum_.currency
    text = _digits(amount, _MONEY_FORMAT[code])
    if language == "en":
        return f"{code} {text}"
    return f"{_signed(text, language)} {_arabic_currencies()[code]}"


def read_money(text: str, language: Language) -> Money:
    """Return the sum that a text prints; a code or sign may stand on either side."""
    folded = fold(text)
    match = re.fullmatch(_CODE_FIRST, folded) or re.fullmatch(_NAME_LAST, folded)
    code = _currency_of(match["name"].strip(), language) if match else None
    if match is None or code is None:
        example = "EUR 4,500.00" if language == "en" else "4,500.00 يورو"
        raise refusal(text, "a sum of money", example)
    return Money(Decimal(read_figure(match["figure"])), code)


def _digits(number: int | Decimal, layout: str) -> str:
    """Print exactly, and refuse what could not be read back."""
    if isinstance(number, int):
        fits = -LARGEST < number < LARGEST
    else:
        fits = (
            number.is_finite() and -_MOST_DECIMALS <= number.adjusted() < _MOST_DIGITS
        )
    if fits:
        text = format(number or abs(number), layout)  # zero has no sign
        if len(text) <= _MOST_DECIMALS or len(text.partition(".")[2]) <= _MOST_DECIMALS:
            return text
    raise ValueError(
        f"the number has too many digits to print; write at most {_MOST_DIGITS} "
        f"before the point and {_MOST_DECIMALS} after it"
    )


def _signed(text: str, language: Language) -> str:
    if language == "ar" and text[0] == "-":
        return _ARABIC_MINUS + text[1:]
    return text


def _currency_of(name: str, language: Language) -> str | None:
    code = CURRENCY_SIGNS.get(name, name.upper())
    if code in CURRENCIES:
        return code
    return _arabic_codes().get(fold_arabic(name)) if language == "ar" else None


@lru_cache(maxsize=1)
def _arabic_currencies() -> dict[str, str]:
    from babel import Locale

    names = Locale.parse("ar_EG").currencies
    return {code: names[code] for code in CURRENCIES}


@lru_cache(maxsize=1)
def _arabic_codes() -> dict[str, str]:
    return {fold_arabic(name): code for code, name in _arabic_currencies().items()}
