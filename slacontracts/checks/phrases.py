"""Wording and known terms in, the uses of the terms and the unknown phrases out.

A term is written with capitals. A run of capitalised words is cut into the longest
terms that are known; what remains in the middle of a sentence is a phrase that
looks like a term and is none.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from slacontracts.checks.proper_names import NAMES, OPENERS, STATUTES

# Stands in a passage for everything that is no fixed wording: values, references.
OPAQUE = "\ufffc"

_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de"
_WORD = rf"[{_CAPITAL}]\w*(?:[-–'’&]\w+)*"
_JOINTS = "of|and|or|for|the|to|in|on|by|with"
_RUN = re.compile(rf"(?<![\w@.&-]){_WORD}(?:(?:\s(?:{_JOINTS})){{0,2}}\s{_WORD})*")
_WORDS = re.compile(r"\S+")
_OPENING = " \"'“‘(["
_STOP = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?][\"'”’)\]]*\s+")
_OWNERS = ("'s", "’s")
_ABBREVIATIONS = ("e.g.", "i.e.", "No.", "Nos.", "Art.", "cf.")
_AFTER_STATUTE = re.compile(r"\s(?:\(|No\b|\d|Nr\b)")
_DETERMINERS = frozenset({"a", "an", "the", "this", "these", "each", "any"})


class Standing(Enum):
    """What a capitalised word is: of a term, a name, first of a sentence, or loose."""

    TERM = "term"
    NAME = "name"
    FIRST = "first"
    LOOSE = "loose"


class Word(NamedTuple):
    """A word of a run: its text, where it starts, whether it is a small one between."""

    text: str
    start: int
    is_joint: bool

    @property
    def end(self) -> int:
        """Where the word ends in the passage."""
        return self.start + len(self.text)


class Run(NamedTuple):
    """Capitalised words that follow each other, with the small words between them."""

    words: tuple[Word, ...]
    opens_sentence: bool
    is_statute: bool


class Phrase(NamedTuple):
    """A phrase found in a passage; term: the key of the term that it uses, or ""."""

    text: str
    start: int
    term: str = ""


@lru_cache(maxsize=16384)
def capitalised_runs(text: str) -> tuple[Run, ...]:
    """Return the runs of capitalised words of a passage."""
    return tuple(
        Run(
            tuple(
                Word(word[0], found.start() + word.start(), not word[0][0].isupper())
                for word in _WORDS.finditer(found[0])
            ),
            opens_sentence(text, found.start()),
            _AFTER_STATUTE.match(text, found.end()) is not None,
        )
        for found in _RUN.finditer(text)
    )


def opens_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence, or what follows a colon, begins at this place."""
    before = text[:start].rstrip(_OPENING)
    if not before:
        return True
    closed = before.rstrip("\"'”’)]")
    return closed[-1:] in (".", "!", "?", ":") and not closed.endswith(_ABBREVIATIONS)


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence that holds this place starts and ends."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop.end() > place:
            return start, stop.end()
        start = stop.end()
    return start, len(text)


def without_owner(word: str) -> str:
    """Return a word without the possessive: "Provider’s" gives "Provider"."""
    return re.sub(r"['’]s?$", "", word)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Return a word without plural ending and possessive: "Parties’" gives "Party"."""
    bare = without_owner(word)
    if len(bare) > 4 and bare.endswith("ies"):
        return bare[:-3] + "y"
    if bare.endswith(("sses", "shes", "ches", "xes", "zes")):
        return bare[:-2]
    if len(bare) > 2 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        return bare[:-1]
    return bare


def term_key(words: Iterable[str]) -> str:
    """Return what all forms of a term have in common: "the Points of Contact’s".

    >>> term_key(["Service", "Credits"])
    'Service Credit'
    """
    parts = _without_determiner(list(words))
    if len(parts) > 1 and parts[1] == "of":
        parts[0] = singular(parts[0])
    return " ".join((*parts[:-1], singular(parts[-1])))


def _without_determiner(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return words


_NAME_KEYS = frozenset(term_key(name) for name in NAMES)


class Lexicon:
    """The terms and names that one document knows, to be looked up in its wording."""

    def __init__(self, terms: Collection[str], titles: Iterable[str] = ()) -> None:
        self.terms = {term_key(term.split()) for term in terms}
        self.names = _NAME_KEYS | {term_key(title.split()) for title in titles}
        # How many words the longest term or name has that begins with a word.
        self.reach: dict[str, int] = {}
        for known in self.terms | self.names:
            first, *others = known.split()
            self.reach[first] = max(self.reach.get(first, 0), 1 + len(others))
        bare = {" ".join(_without_determiner(term.split())) for term in terms}
        irregular = [term for term in bare if not _RUN.fullmatch(term)]
        self.irregular = _any_of(tuple(sorted(irregular, key=len, reverse=True)))

    def search(self, text: str) -> Iterator[Phrase]:
        """Find the uses of terms in a passage, and the unknown phrases."""
        if self.irregular is not None:
            for found in self.irregular.finditer(text):
                yield Phrase(found[0], found.start(), term_key(found[0].split()))
            text = self.irregular.sub(lambda found: OPAQUE * len(found[0]), text)
        for run in capitalised_runs(text):
            yield from self.cut(run, text)

    def cut(self, run: Run, text: str) -> Iterator[Phrase]:
        """Cut a run into terms; yield them, and the unknown phrases between them."""
        standings: list[Standing | None] = []
        at = 0
        while at < len(run.words):
            standing, length, key = self.longest_at(run, at)
            if standing is Standing.TERM:
                words = run.words[at : at + length]
                start, end = words[0].start, words[-1].end
                yield Phrase(text[start:end], start, key)
            standings += [standing] * length
            at += length
        for first, last in _unknown(run, standings):
            start, end = run.words[first].start, run.words[last].end
            yield Phrase(text[start:end], start)

    def longest_at(self, run: Run, at: int) -> tuple[Standing | None, int, str]:
        """Return what stands at a word of a run, how many words it has, its term."""
        words = run.words
        if words[at].is_joint:
            return None, 1, ""
        first = words[at].text
        beginnings = (first, singular(first), first.partition("-")[0])
        reach = max(self.reach.get(word, 0) for word in beginnings)
        for end in range(min(len(words), at + reach), at, -1):
            if words[end - 1].is_joint:
                continue
            key = self.key_of(words[at:end])
            if key in self.terms:
                return Standing.TERM, end - at, key
            if key in self.names:
                return Standing.NAME, end - at, ""
        if at == 0 and run.opens_sentence:
            return Standing.FIRST, 1, ""
        return (Standing.NAME if _is_name(first) else Standing.LOOSE), 1, ""

    def key_of(self, words: Iterable[Word]) -> str:
        """Return the key of a phrase, without a small tail: "Fee-related"."""
        key = term_key(word.text for word in words)
        head, hyphen, tail = key.rpartition("-")
        is_tailed = hyphen and tail.islower() and key not in self.terms
        return head if is_tailed and head in self.terms else key


@lru_cache(maxsize=64)
def lexicon_of(terms: tuple[str, ...], titles: tuple[str, ...] = ()) -> Lexicon:
    """Return the lexicon of these terms; agreements of one template share it."""
    return Lexicon(terms, titles)


@lru_cache(maxsize=16384)
def phrases_in(text: str, lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Return the uses of terms in a passage, and its unknown phrases."""
    return tuple(lexicon.search(text))


def _unknown(run: Run, standings: list[Standing | None]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each stretch of adjacent capitals that is no term."""
    for at, end in _stretches(run, standings):
        if Standing.LOOSE not in standings[at:end]:
            continue
        while standings[at] is Standing.NAME or (
            standings[at] is Standing.FIRST and run.words[at].text in OPENERS
        ):
            at += 1
        is_cited = run.is_statute and end == len(standings)
        if not (is_cited and run.words[end - 1].text in STATUTES):
            yield at, end - 1


def _stretches(run: Run, standings: list[Standing | None]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of adjacent capitals; small words and owners end a stretch."""
    start = 0
    for at, standing in enumerate(standings):
        if standing is None:
            yield start, at
            start = at + 1
        elif run.words[at].text.endswith(_OWNERS):
            yield start, at + 1
            start = at + 1
    yield start, len(standings)


def _is_name(word: str) -> bool:
    """Tell whether a capital needs no definition: acronyms, numerals, product names."""
    bare = without_owner(word)
    return len(bare) == 1 or any(
        char.isdigit() or (char.isupper() and bare[at] not in "-–")
        for at, char in enumerate(bare[1:])
    )


@lru_cache(maxsize=256)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern of terms that are no run of capitals ("Priority 1 Incident")."""
    if not terms:
        return None
    forms = (r"\s+".join(map(re.escape, term.split())) for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?:['’]s|s|s['’])?(?!\w)")
