"""Numbers and sums of money in words: a whole number in, its words out, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from slacontracts.formats.figures import fold, fold_arabic, refusal
from slacontracts.model.amounts import CURRENCIES, Money

if TYPE_CHECKING:
    from slacontracts.model.clause import Language

_LIMIT = 10**9
_LONGEST = 300  # characters; the longest sum has fewer than 200

_TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety",
)  # fmt: skip
_ENGLISH_VALUES = {word: value for value, word in enumerate(_TO_NINETEEN)} | {
    word: 10 * value for value, word in enumerate(_TENS) if word
}
_ENGLISH_SCALES = {"thousand": 1_000, "million": 1_000_000}

# One, many, and the same of the smaller coin; a sum of another currency is refused
# rather than guessed. Each name says whose dollar or dinar it is.
_COINS = {
    "AED": ("UAE dirham", "UAE dirhams", "fils", "fils"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "BHD": ("Bahraini dinar", "Bahraini dinars", "fils", "fils"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "EGP": ("Egyptian pound", "Egyptian pounds", "piastre", "piastres"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound sterling", "pounds sterling", "penny", "pence"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "INR": ("Indian rupee", "Indian rupees", "paisa", "paise"),
    "JOD": ("Jordanian dinar", "Jordanian dinars", "fils", "fils"),
    "JPY": ("Japanese yen", "Japanese yen", "", ""),
    "KWD": ("Kuwaiti dinar", "Kuwaiti dinars", "fils", "fils"),
    "MAD": ("Moroccan dirham", "Moroccan dirhams", "centime", "centimes"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "OMR": ("Omani rial", "Omani rials", "baisa", "baisa"),
    "QAR": ("Qatari riyal", "Qatari riyals", "dirham", "dirhams"),
    "SAR": ("Saudi riyal", "Saudi riyals", "halala", "halalas"),
    "SGD": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "TND": ("Tunisian dinar", "Tunisian dinars", "millime", "millimes"),
    "USD": ("US dollar", "US dollars", "cent", "cents"),
    "ZAR": ("South African rand", "South African rand", "cent", "cents"),
}
_CODES = {name.casefold(): code for code, coin in _COINS.items() for name in coin[:2]}
_SUM = (
    rf"(?P<whole>.+) (?P<name>{'|'.join(sorted(_CODES, key=len, reverse=True))})"
    r"(?: and (?P<part>.+) (?P<coin>[a-z]+))?"
)

_ARABIC_UNITS = (
    "صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية",
    "تسعة", "عشرة",
)  # fmt: skip
_ARABIC_TENS = (
    "", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون",
    "تسعون",
)  # fmt: skip
_ARABIC_HUNDREDS = (
    "", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة",
    "ثمانمائة", "تسعمائة",
)  # fmt: skip
# One, two, 3-10, 11-99, and after a round hundred.
_ARABIC_SCALES = (
    (1_000_000, ("مليون", "مليونان", "ملايين", "مليونًا", "مليون")),
    (1_000, ("ألف", "ألفان", "آلاف", "ألفًا", "ألف")),
)
_ARABIC_VALUES = {
    fold_arabic(word): value
    for words, step in ((_ARABIC_UNITS, 1), (_ARABIC_TENS, 10), (_ARABIC_HUNDREDS, 100))
    for value, word in ((step * index, word) for index, word in enumerate(words))
    if word
} | {"احد": 1, "اثنا": 2, "عشر": 10, "مائتا": 200}
_ARABIC_DUALS = {fold_arabic(forms[1]): 2 * scale for scale, forms in _ARABIC_SCALES}
_ARABIC_MULTIPLIERS = {
    fold_arabic(form): scale
    for scale, forms in _ARABIC_SCALES
    for form in forms
    if form != forms[1]
} | {"الفا": 1_000}


def write_words(number: int | Money, language: Language) -> str:
    """Return a whole number below a thousand million, or a sum, in words.

    Arabic numbers are in the nominative and agree with a masculine noun, as they
    stand in brackets behind figures. Sums in Arabic words are refused: their
    endings change with the name of each currency and coin.
    """
    if isinstance(number, Money):
        if language == "ar":
            _refuse_arabic_sum()
        return _sum(number)
    if not 0 <= number < _LIMIT:
        raise ValueError(
            f"{number:,} cannot be written in words; words are for whole numbers "
            "from 0 to 999,999,999, so print the figures with `number`"
        )
    return _english(number) if language == "en" else _arabic(number)


def read_words(text: str, language: Language) -> int | Money:
    """Return the number or sum that words say.

    A text is taken only if the number that was understood is written with those
    same words; hyphens, "and" and capitals are forgiven in English, spelling of
    hamza and vowel signs in Arabic.
    """
    try:
        if len(text) > _LONGEST:
            raise LookupError
        if language == "ar":
            return _read_arabic(fold_arabic(text))
        folded = fold(text).casefold().replace("-", " ")
        match = re.fullmatch(_SUM, folded)
        return _read_sum(match, folded) if match else _read_english(folded)
    except LookupError:
        example = "thirty" if language == "en" else "ثلاثون"
        raise refusal(text, "a number in words", example) from None


def _refuse_arabic_sum() -> NoReturn:
    raise ValueError(
        "a sum of money cannot be written in Arabic words yet; print it in figures "
        "with `money`"
    )


def _english(number: int) -> str:
    words = []
    for scale, name in ((1_000_000, " million"), (1_000, " thousand")):
        count, number = divmod(number, scale)
        if count:
            words.append(_english_hundreds(count) + name)
    if words and 0 < number < 100:
        words.append("and")
    if number or not words:
        words.append(_english_hundreds(number))
    return " ".join(words)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if rest < 20:
        tail = _TO_NINETEEN[rest]
    else:
        tail = f"{_TENS[tens]}-{_TO_NINETEEN[ones]}" if ones else _TENS[tens]
    if not hundreds:
        return tail
    head = f"{_TO_NINETEEN[hundreds]} hundred"
    return f"{head} and {tail}" if rest else head


def _sum(money: Money) -> str:
    coin = _COINS.get(money.currency)
    if coin is None:
        raise ValueError(
            f"there are no words for {money.currency} yet; print the sum in figures "
            "with `money`"
        )
    if not 0 <= money.amount < _LIMIT:
        raise ValueError(
            "only sums from 0 up to 999,999,999 are written in words; print this one "
            "in figures with `money`"
        )
    whole = int(money.amount)
    part = int((money.amount - whole).scaleb(CURRENCIES[money.currency]))
    one, many, coin_one, coin_many = coin
    text = f"{_english(whole)} {one if whole == 1 else many}"
    if part:
        text += f" and {_english(part)} {coin_one if part == 1 else coin_many}"
    return text


def _read_sum(match: re.Match[str], folded: str) -> Money:
    code = _CODES[match["name"]]
    amount = Decimal(_read_english(match["whole"]))
    if match["part"]:
        amount += Decimal(_read_english(match["part"])).scaleb(-CURRENCIES[code])
    money = Money(amount, code)
    _ensure_same(_sum(money).casefold(), folded)
    return money


def _read_english(folded: str) -> int:
    total = group = 0
    for word in folded.split():
        if word in _ENGLISH_SCALES:
            total, group = total + group * _ENGLISH_SCALES[word], 0
        elif word == "hundred":
            group *= 100
        elif word != "and":
            group += _ENGLISH_VALUES[word]
    if total + group >= _LIMIT:
        raise LookupError(folded)
    _ensure_same(_english(total + group), folded)
    return total + group


def _ensure_same(written: str, folded: str) -> None:
    words = [
        [word for word in text.replace("-", " ").split() if word != "and"]
        for text in (written, folded)
    ]
    if words[0] != words[1]:
        raise LookupError(folded)


def _arabic(number: int) -> str:
    parts = []
    for scale, forms in _ARABIC_SCALES:
        count, number = divmod(number, scale)
        parts += _arabic_scaled(count, forms)
    if number or not parts:
        parts.append(_arabic_hundreds(number))
    return " و".join(parts)


def _arabic_scaled(count: int, forms: tuple[str, ...]) -> list[str]:
    """Return "three thousands"; a hundred and one thousand is said in two parts."""
    one, two, few, many, after_hundred = forms
    hundreds, rest = divmod(count, 100)
    if rest in (1, 2):
        last = one if rest == 1 else two
        return [*_arabic_scaled(100 * hundreds, forms), last]
    if rest:
        return [f"{_arabic_hundreds(count)} {few if rest <= 10 else many}"]
    if hundreds:
        # The dual loses its ending before the noun that it counts.
        name = "مائتا" if hundreds == 2 else _ARABIC_HUNDREDS[hundreds]
        return [f"{name} {after_hundred}"]
    return []


def _arabic_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [_ARABIC_HUNDREDS[hundreds]] if hundreds else []
    tens, ones = divmod(rest, 10)
    if 11 <= rest <= 19:
        first = {1: "أحد", 2: "اثنا"}.get(ones, _ARABIC_UNITS[ones])
        parts.append(f"{first} عشر")
    elif rest > 19:
        parts += [_ARABIC_UNITS[ones]] if ones else []
        parts.append(_ARABIC_TENS[tens])
    elif rest or not parts:
        parts.append(_ARABIC_UNITS[rest])
    return " و".join(parts)


def _read_arabic(folded: str) -> int:
    total = group = 0
    for joined in folded.split():
        word = joined if joined in _ARABIC_VALUES else joined.removeprefix("و")
        if word in _ARABIC_MULTIPLIERS:
            total, group = total + (group or 1) * _ARABIC_MULTIPLIERS[word], 0
        elif word in _ARABIC_DUALS:
            total, group = total + _ARABIC_DUALS[word], 0
        else:
            group += _ARABIC_VALUES[word]
    if total + group >= _LIMIT or fold_arabic(_arabic(total + group)) != folded:
        raise LookupError(folded)
    return total + group
