"""Compared stories in; characters and words that deceive out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from slacontracts.negotiate.drafting.places import Places
from slacontracts.negotiate.reading.changes import Compared
from slacontracts.negotiate.reading.views import Text
from slacontracts.text import mixed_scripts, text_faults

_JOINERS: Final = re.compile("[\u200c-\u200f\u061c]")
_ARABIC: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_AROUND: Final = 12


def deceiving(compared: Sequence[Compared], places: Places) -> Iterator[str]:
    """Yield characters that show nothing, and words that mix letters, that are new."""
    for at, story in enumerate(compared):
        known = Counter(char for _, char, _ in _odd(story.sent))
        words = {word for one in story.sent.lines for word in mixed_scripts(one.shown)}
        told: set[str] = set()
        for index, char, said in _odd(story.after):
            known[char] -= 1
            place = _place(story, index, places if at == 0 else None)
            if known[char] < 0 and said not in told:
                told.add(said)
                yield f"{place}{said}"
        for index, line in enumerate(story.after.lines):
            for word in mixed_scripts(line.shown):
                if word not in words:
                    words.add(word)
                    place = _place(story, index, places if at == 0 else None)
                    yield (
                        f"{place}“{word}” mixes letters of two scripts, and is not the "
                        "word that it looks like"
                    )


def _odd(text: Text) -> Iterator[tuple[int, str, str]]:
    """Yield (line, character, what is wrong with it)."""
    for index, line in enumerate(text.lines):
        shown = line.shown.replace("\v", " ")
        if shown.isascii():
            continue
        for offset, fault in text_faults(shown):
            said = fault.partition(";")[0]
            yield index, shown[offset], f"{_beside(shown, offset)}{said}"
        if _ARABIC.search(shown) is None:
            for match in _JOINERS.finditer(shown):
                name = unicodedata.name(match[0], "")
                said = f"U+{ord(match[0]):04X} {name} is invisible"
                yield index, match[0], f"{_beside(shown, match.start())}{said}"


def _beside(text: str, offset: int) -> str:
    """Return the words around a character, with its place shown as a bar."""
    before = text[max(0, offset - _AROUND) : offset]
    after = text[offset + 1 : offset + 1 + _AROUND]
    plain = "".join(
        char if unicodedata.category(char) != "Cf" else ""
        for char in f"{before}|{after}"
    )
    return f"in “{plain}”, "


def _place(story: Compared, index: int, places: Places | None) -> str:
    if places is None or not story.sent.lines:
        return ""
    start = story.after.lines[index].start
    shift = 0
    for one in story.changes:
        if one.a0 <= start:
            shift = one.s1 - one.a1
    return f"{places.of(story.sent.at(max(0, start + shift))).said}: "
