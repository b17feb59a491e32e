"""Text in; its forbidden characters, words, mixed letters and runs by script out."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence

# Patterns are texts that `re` compiles and keeps at their first use: compiling all
# of them at import would cost every command 4 ms.

# Characters that deceive or that Word files cannot hold. Every character beyond
# U+FFFF is a candidate: one range is fast, and emoji are rare.
_SUSPECTS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U00010000-\U0010ffff]"
)
_ASCII_SUSPECTS = "[\x00-\x08\x0b-\x1f\x7f]"
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = frozenset("\u2028\u2029")
_NO_SHAPE = frozenset(
    "\xad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2065\u206a\u206b\u206c\u206d\u206e\u206f"
    "\ufeff\ufff9\ufffa\ufffb"
)
_TAGS = range(0xE0000, 0xE0080)  # a hidden alphabet
# Letters and signs that show nothing, as spaces do.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_MARKS_OF_DIRECTION = str.maketrans("", "", "\u200e\u200f\u061c")

# Letters carry their vowel signs and joiners. A word may hold hyphens, apostrophes,
# full stops and an at sign; a number its separators and its sign of percent.
_LETTER = r"[\w\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]"
_WORDS = (
    rf"[€£$¥]?{_LETTER}+(?:(?:['’.@-]|(?<=\d)[,:/٫٬](?=\d)){_LETTER}+)*[%٪]?"
    r"|[<>=]+|[&+±×÷§€£$¥%٪≤≥≠]"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d\U0001f000-\U0001faff]*"
)

# Greek mu and omega are left out: they stand in units (μs, kΩ) and resemble no
# Latin letter.
_FOREIGN = (
    "[\u0370-\u03a8\u03aa-\u03bb\u03bd-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1f00-\u1fff]"
)
_LATIN = "[A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]"
_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f])+"

_SENTENCE_ENDS = frozenset(".!?؟")
_CLOSING = frozenset('"”’»)')

# Scripts from right to left, with their digits, commas and direction marks.
_RTL = (
    "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_LEFT = rf"(?:[A-Za-z]+|(?![{_RTL}])[^\W\d_]|[\u0300-\u036f\u200e])+"
_NUMERAL = rf"(?:(?![{_RTL}])\d)+"
_ATOMS = (
    rf"(?P<right>[{_RTL}]+(?: +[{_RTL}]+)*)"
    rf"|(?P<left>{_LEFT}(?: +{_LEFT})*)"
    rf"|(?P<number>{_NUMERAL}(?:[.,:/]{_NUMERAL})*%?)"
    rf"|(?P<neutral>(?:(?![{_RTL}\u200e\u0300-\u036f])[\W_])+)"
)
# Whatever is in neither class is neutral, so that most texts need no splitting.
_MAY_BE_RIGHT = f"[{_RTL}]"
_MAY_BE_LEFT = (
    "[A-Za-z\u00a1-\u058f\u0900-\u1fff\u200e\u2070-\ufb1c\ufe00-\ufe6f"
    "\ufefd-\U000107ff\U00011000-\U0001e7ff\U0001f000-\U0010ffff]"
)


def text_faults(text: str) -> list[tuple[int, str]]:
    """Return (offset, message) for every character that source text may not hold.

    Direction marks and joiners (U+200C to U+200F) are allowed: Arabic needs them.
    A byte order mark is allowed at the very start, where `normalise` removes it.
    """
    pattern = _ASCII_SUSPECTS if text.isascii() else _SUSPECTS
    return [
        (match.start(), fault)
        for match in re.finditer(pattern, text)
        if (fault := _fault(match[0], match.start()))
    ]


def _fault(char: str, offset: int) -> str | None:
    code = ord(char)
    name = f"U+{code:04X}"
    named = f"{name} {unicodedata.name(char, '')}".rstrip()
    if char in _BIDI_CONTROLS:
        return f"{named} can make 100000 read as 000001; delete it"
    if char in _LINE_BREAKS:
        return f"{named} breaks a line where nobody sees it; press Enter instead"
    if char in _NO_SHAPE or code in _TAGS:
        if char == "\ufeff" and offset == 0:
            return None
        return f"{named} is invisible and can hide inside a word or a figure; delete it"
    if code < 0xA0:
        return f"{name} is a control character that Word files cannot hold; delete it"
    if 0xD800 <= code <= 0xDFFF:
        return f"{name} is half of a damaged character; type the character again"
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return f"{name} is not a character; delete it"
    if code < 0xF900 or code >= 0xF0000:
        return (
            f"{name} is a private character that each computer shows differently; "
            "use an ordinary one"
        )
    return None


def is_blank(value: object) -> bool:
    """Tell whether a value shows nothing: none, or text without a visible character."""
    if not isinstance(value, str):
        return value is None
    return not any(
        unicodedata.category(char)[0] not in "CMZ" and char not in _FILLERS
        for char in value
    )


def normalise(text: str) -> str:
    """Return the text in NFC with plain line ends and without byte order mark."""
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def words_of(text: str) -> list[str]:
    """Return the words of a text as people see them, without punctuation.

    A number with its separators and percent sign is one word (4,500.00, 99.9%,
    23/11/2026), and so are e-mail addresses and words joined by hyphens. Direction
    marks are dropped; signs that carry meaning (&, <=, €) are words.
    """
    if not text.isascii():
        text = text.translate(_MARKS_OF_DIRECTION)
    return re.findall(_WORDS, text)


def likeness(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """Return how much of two lists of words is the same: 0 to 1."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(old, new))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that somebody who typed the word most likely meant."""
    from difflib import get_close_matches

    by_folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def capitalised(text: str) -> str:
    """Return the text with a capital first letter.

    >>> capitalised("clause ")
    'Clause '
    """
    return text[:1].upper() + text[1:]


def begins_sentence(before: str) -> bool:
    """Tell whether what follows the text begins a sentence."""
    before = before.rstrip()
    if before[-1:] in _CLOSING:
        before = before[:-1]
    return not before or before[-1] in _SENTENCE_ENDS


def mixed_scripts(text: str) -> list[str]:
    """Return each word that mixes Latin with Cyrillic or Greek letters, once.

    Such a word looks like another: "Suppliеr" with a Cyrillic letter is not the
    defined term "Supplier".
    """
    if text.isascii() or not re.search(_FOREIGN, text):
        return []
    mixed = (
        word
        for word in re.findall(_LETTERS, text)
        if re.search(_FOREIGN, word) and re.search(_LATIN, word)
    )
    return list(dict.fromkeys(mixed))


def script_runs(text: str, *, rtl: bool = False) -> list[tuple[str, bool]]:
    """Split a text into (piece, is_arabic) runs; joined, the pieces are the text.

    rtl: the paragraph runs from right to left. Spaces, brackets and full stops go
    with the letters on both sides when those agree, else with the paragraph. So do
    numbers, but a number that directly follows a word goes with that word ("ISO
    27001" in Arabic text, شهر 12 in English text), as Unicode's rules display it.
    """
    if not text:
        return []
    if not rtl and (text.isascii() or not re.search(_MAY_BE_RIGHT, text)):
        return [(text, False)]
    if rtl and not re.search(_MAY_BE_LEFT, text):
        return [(text, True)]
    atoms = [(match[0], str(match.lastgroup)) for match in re.finditer(_ATOMS, text)]
    runs: list[tuple[str, bool]] = []
    for (piece, _), is_arabic in zip(atoms, _directions(atoms, rtl), strict=True):
        if runs and runs[-1][1] is is_arabic:
            runs[-1] = (runs[-1][0] + piece, is_arabic)
        else:
            runs.append((piece, is_arabic))
    return runs


def _directions(atoms: list[tuple[str, str]], rtl: bool) -> list[bool]:
    """Return for each atom whether it runs from right to left."""
    strong = {"right": True, "left": False}
    known = [strong.get(kind) for _, kind in atoms]
    for index, (_, kind) in enumerate(atoms):
        if kind == "number":
            known[index] = _direction_of_number(atoms, known, index)
    before: bool | None = None
    after = _next_known(known)
    resolved = []
    for index, direction in enumerate(known):
        if direction is None:
            agree = before is not None and before == after[index]
            resolved.append(before if agree and before is not None else rtl)
        else:
            before = direction
            resolved.append(direction)
    return resolved


def _direction_of_number(
    atoms: list[tuple[str, str]], known: list[bool | None], index: int
) -> bool | None:
    """Return the direction of the word that a number belongs to, if to any."""
    if index >= 1 and known[index - 1] is not None:
        return known[index - 1]
    if (
        index >= 2
        and len(atoms[index - 1][0]) == 1
        and atoms[index - 1][0] not in "\n\t"
    ):
        return known[index - 2]
    if index + 1 < len(atoms):
        return known[index + 1]
    return None


def _next_known(known: list[bool | None]) -> list[bool | None]:
    """Return for each place the next direction that is known."""
    following: list[bool | None] = []
    after: bool | None = None
    for direction in reversed(known):
        following.append(after)
        after = direction if direction is not None else after
    return following[::-1]
