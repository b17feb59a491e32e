"""What somebody looks for, and texts, in; the words sought and where they stand out.

Words are compared in one form: small letters without accents, Latin digits, numbers
without separators of thousands; Arabic without vowel signs, tatweel and the article,
and with one form of alef, of ya and of the closing ha.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from slacontracts.formats.figures import fold_arabic

MOST_SOUGHT: Final = 32
MOST_CHARACTERS: Final = 1_000

_QUOTES: Final = '"“”„«»'
_SOUGHT: Final = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?(?P<star>\*?)"
    rf"|(?P<word>[^\s{_QUOTES}]+)"
)
_WORD: Final = re.compile(r"[^\W_]+")
# The comma stands first in the pattern: `re` looks for it as fast as it can.
_THOUSANDS: Final = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_ONE_ARABIC_FORM: Final = str.maketrans("ىةیک", "يهيك")
_ARTICLES: Final = ("ال", "وال", "فال", "بال", "كال", "لل")
_LEAST_AFTER_ARTICLE: Final = 2
_WORDS_BEFORE, _WORDS_AFTER = 10, 20


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that follow each other; of the last, only its beginning if is_prefix."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def stands_at(self, place: int, words: Sequence[str]) -> bool:
        """Tell whether the words of a text from a place on are those sought."""
        found = words[place : place + len(self.words)]
        if len(found) < len(self.words):
            return False
        if not self.is_prefix:
            return tuple(found) == self.words
        *first, last = self.words
        return list(found[:-1]) == first and found[-1].startswith(last)


def search_words(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared.

    >>> search_words("Façade costs EUR 4,500.00"), search_words("الخِدمَة ٩٩٫٩٪")
    (['facade', 'costs', 'eur', '4500', '00'], ['خدمه', '99', '9'])
    """
    return [word for piece in text.split() for word in _words_of_piece(piece)]


@lru_cache(maxsize=50_000)
def _words_of_piece(piece: str) -> tuple[str, ...]:
    """Return the words between two blanks; the same ones come again and again."""
    return tuple(_without_article(word) for word in _folded_words(piece))


def _folded_words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(_THOUSANDS.sub("", text.lower()))
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = fold_arabic(letters).translate(_ONE_ARABIC_FORM)
    return _WORD.findall(_THOUSANDS.sub("", folded))


def _without_article(word: str, least: int = _LEAST_AFTER_ARTICLE) -> str:
    """Return an Arabic word without "the"; of a beginning, fewer letters may stay."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + least:
            return word[len(article) :]
    return word


def sought_in(text: str) -> tuple[Sought, ...]:
    """Read what somebody looks for: words, "a phrase", the beginning of a word*.

    Whatever is typed can be read: signs that are no letters or digits separate words,
    a phrase that is not closed goes on to the end. Empty where no word is in it.
    """
    found = []
    for match in _SOUGHT.finditer(text[:MOST_CHARACTERS]):
        typed = match["word"] or match["phrase"] or ""
        is_prefix = bool(match["star"]) or (match["word"] or "").endswith("*")
        words = _folded_words(typed)
        if words:
            least = 1 if is_prefix else _LEAST_AFTER_ARTICLE
            *first, last = words
            kept = (*map(_without_article, first), _without_article(last, least))
            found.append(Sought(kept, is_prefix))
    return tuple(found[:MOST_SOUGHT])


def match_expression(sought: Sequence[Sought], column: str = "") -> str:
    """Return how SQLite's full-text search is asked for all that is sought.

    Only letters and digits stand between its quotation marks, so that nothing typed
    is ever read as a command of the search. column: look nowhere else.
    """
    asked = " AND ".join(
        f'"{" ".join(one.words)}"{" *" if one.is_prefix else ""}' for one in sought
    )
    return f"{column} : ({asked})" if column else asked


def excerpt(text: str, sought: Sequence[Sought]) -> str:
    """Return the words of a text around the first of those sought, on one line."""
    pieces = text.split()
    words: list[str] = []
    piece_of_word: list[int] = []
    for at, piece in enumerate(pieces):
        found = _words_of_piece(piece)
        words += found
        piece_of_word += [at] * len(found)
    middle = next(
        (
            piece_of_word[place]
            for place in range(len(words))
            if any(one.stands_at(place, words) for one in sought)
        ),
        0,
    )
    begin, end = max(0, middle - _WORDS_BEFORE), middle + _WORDS_AFTER
    shown = " ".join(pieces[begin:end])
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(pieces) else ''}"
