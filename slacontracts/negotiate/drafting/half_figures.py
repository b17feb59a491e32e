"""The words beside a figure in; whether they may be a part of it out."""

import re
import unicodedata
from typing import Final

from slacontracts.formats.figures import fold_arabic
from slacontracts.model.amounts import CURRENCIES

_WORDS: Final = re.compile(r"[^\W\d_]+")
_HYPHENS: Final = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
_OPERATORS: Final = frozenset("-\u2010\u2011/\\*^~·•…&|:%٪‰‱#")
_NUMBERS: Final = frozenset(
    (
        *("zero", "one", "two", "three", "four", "five", "six", "seven"),
        *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
        *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        *("thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty"),
        *("ninety", "hundred", "hundreds", "thousand", "thousands", "million"),
        *("millions", "billion", "billions", "trillion", "trillions"),
        *("milliard", "lakh", "lac", "crore", "dozen", "dozens", "score"),
        *("half", "halves", "quarter", "third", "thirds", "double", "triple"),
        *("treble", "twice", "thrice", "times", "time", "fold", "plus"),
        *("minus", "less", "negative", "percent", "point", "k", "m", "mn"),
        *("mio", "mln", "bn", "bln", "tn", "x"),
    )
)
_MONEYS: Final = frozenset(
    (
        *("euro", "euros", "dollar", "dollars", "pound", "pounds", "sterling"),
        *("dirham", "dirhams", "dinar", "dinars", "riyal", "riyals", "rial"),
        *("rials", "franc", "francs", "yen", "rupee", "rupees", "cent"),
        *("cents", "fils", "يورو", "دولار", "دولارا", "درهم", "درهما", "دراهم"),
        *("دينار", "دينارا", "ريال", "ريالا", "جنيه", "جنيها", "فلس"),
    )
)
_JOINTS: Final = frozenset({"and", "و"})
_ARABIC_NUMBER: Final = re.compile(
    "(?:ال|[وفبلك]ال|لل|[وفبلك])?"
    "(?:صفر|واحد|احد|اثن|اثنا|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر"
    "|مئ|مائ|ماء|الف|الاف|مليون|ملايين|مليار|مليارات|تريليون"
    "|نصف|ضعف|اضعاف|ربع|ثلث|مره|مرت|مرات|مرة|درزن|دزين|دزينه|زائد|ناقص|سالب)"
    "(?:ه|ة|ون|ين|ان|تا|تان|تين|ا|ي|ات|مئة|مائة)?"
)


def is_of_figure(before: str, after: str) -> bool:
    """Tell whether what stands beside a figure may be more of it.

    >>> is_of_figure("", " million")
    True
    >>> is_of_figure("at least ", "")
    False
    """
    if before.rstrip().endswith("("):  # as bookkeepers write what is below zero
        return True
    next_to = _words(before)[-1:] + _words(after)[:1]
    return says_figure(f"{before}\n{after}") or not _JOINTS.isdisjoint(next_to)


def says_figure(text: str) -> bool:
    """Tell whether a text holds a digit, a number, a currency or a sign to reckon."""
    plain = _HYPHENS.sub(" ", text)
    return any(map(_is_figure_sign, plain)) or any(map(_is_number, _words(plain)))


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold_arabic(text))


def _is_figure_sign(char: str) -> bool:
    return (
        char in _OPERATORS
        or unicodedata.category(char) in ("Sm", "Sc", "Pd", "No", "Nl", "Nd")
        or unicodedata.numeric(char, None) is not None
    )


def _is_number(word: str) -> bool:
    return (
        word in CURRENCIES
        or word.casefold() in _NUMBERS | _MONEYS
        or _ARABIC_NUMBER.fullmatch(word) is not None
    )
