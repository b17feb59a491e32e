"""Printed text in; its words as they are compared, and whether they say the same, out.

A PDF knows signs and their places, not words: what is one word there may be two here,
ligatures and Arabic letters have forms of their own, and brackets stand mirrored.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from slacontracts.word.printed import PAGE, PAGES

_ARABIC: Final = r"\u0620-\u065f\u066e-\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
_HAS_ARABIC: Final = re.compile(f"[{_ARABIC}]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NUMBER: Final = r"\d+(?:[.,:/٫٬]\d+)*"
# A word or number of Arabic text, whose other signs stand where each program likes.
_BARE: Final = re.compile(rf"{_NUMBER}|[{_ARABIC}]+|[^\W\d_{_ARABIC}]+")
_LEADERS: Final = re.compile(r"(?:[._\u00b7\u2026]\s?){3,}")
# The ligature of lam and alef comes apart in either order.
_LAM_ALEF: Final = re.compile("[\u0622\u0623\u0625\u0627\u0644]{2,}")
_SAME_HYPHEN: Final = str.maketrans({"\u2010": "-", "\u2011": "-"})
_HYPHEN_OF_LINE: Final = "\u00ad"  # was in the word, or only parts it in print
_BULLETS: Final = frozenset("•◦▪■●‣")


@dataclass(frozen=True, slots=True)
class PaperWord:
    """A word as it is printed. said: as it is compared; at: its paragraph or page."""

    text: str
    said: str
    at: int


def is_arabic(texts: Iterable[str]) -> bool:
    """Tell whether most letters of a text are Arabic."""
    whole = "".join(texts)
    return 2 * len(_HAS_ARABIC.findall(whole)) > len(_LETTER.findall(whole))


def paper_words(text: str, at: int, *, is_bare: bool) -> list[PaperWord]:
    """Return the words of a text. is_bare: letters and numbers alone."""
    words = _bare(text) if is_bare else _LEADERS.sub(" ", text).split()
    said = [(word, as_said(word)) for word in words]
    return [PaperWord(word, one, at) for word, one in said if one]


def as_said(word: str) -> str:
    """Return a word without the forms that a printed page gives it; "" for a bullet."""
    if word.isascii():
        return word
    if len(word) == 1 and _is_bullet(word):
        return ""
    folded = unicodedata.normalize("NFKC", word.translate(_SAME_HYPHEN))
    kept = (sign for sign in folded if not _is_silent(sign))
    return unicodedata.normalize("NFC", in_one_order("".join(kept)))


def in_one_order(text: str) -> str:
    """Return a text in which lam and alef stand in one order, as a ligature has none.

    >>> in_one_order("الا") == in_one_order("اال")
    True
    """
    return _LAM_ALEF.sub(lambda run: "".join(sorted(run[0])), text)


def say_the_same(expected: Sequence[str], found: Sequence[str]) -> bool:
    """Tell whether words, as they are compared, say the same, spaces aside.

    A number must be the same number: spaces may neither part nor join digits.
    """
    if _numbers(expected) != _numbers(found):
        return False
    one, other = "".join(expected), "".join(found)
    if one == other or re.fullmatch(_maybe_parted(other), one):
        return True
    if other == other.upper() and one.casefold() == other.casefold():
        return True  # printed in capitals
    if _HAS_ARABIC.search(one):
        return _as_one(expected) == _as_one(found)
    return False


def _numbers(words: Sequence[str]) -> list[str]:
    return re.findall(_NUMBER, " ".join(words))


def _maybe_parted(text: str) -> str:
    """Return a pattern in which the hyphen that ends a line may be none."""
    return "-?".join(map(re.escape, text.split(_HYPHEN_OF_LINE)))


def _is_bullet(sign: str) -> bool:
    is_private = unicodedata.category(sign) == "Co" and sign not in (PAGE, PAGES)
    return sign in _BULLETS or is_private


def _as_one(words: Sequence[str]) -> str:
    """Return Arabic words as one: where a word ends, and lam with alef, left aside."""
    return in_one_order("".join(_BARE.findall(" ".join(words))))


def _bare(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text)
    return _BARE.findall("".join(one for one in folded if not _is_silent(one)))


def _is_silent(sign: str) -> bool:
    """Tell of marks of direction, joiners and Arabic vowels."""
    kind = unicodedata.category(sign)
    is_vowel = kind == "Mn" and "\u0600" <= sign <= "\u08ff"
    is_mark = kind == "Cf" and sign != _HYPHEN_OF_LINE
    return is_mark or is_vowel or sign == "\u0640"
