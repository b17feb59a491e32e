"""Texts and words in; the passages in which the words stand out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from slacontracts.text import normalise

# Where a text stands, the text, and whether it is the wording of a clause.
Text: TypeAlias = tuple[str, str, bool]

_AROUND: Final = 40  # characters shown on either side of a word
_MARKUP: Final = re.compile(r" *\[#[^\]]*\]|\*+|\\(?=[^\w\s])|^ *1\. ", re.MULTILINE)
_TAGS: Final = re.compile(r"\{%.*?%\}", re.DOTALL)
_BLANKS: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PARAGRAPHS: Final = re.compile(r"\n\s*\n|\n(?= *1\. )")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where words were found: a field or a file, and what stands around them.

    line: where in the file; 0 for a field.
    """

    where: str
    excerpt: str
    words: frozenset[str]
    line: int = 0


def passages_with(texts: Iterable[Text], search: str) -> tuple[Passage, ...] | None:
    """Return where the words stand, or None when one of them stands nowhere.

    Passages that have all the words; else one for each word.
    """
    patterns = {word: _pattern(word) for word in _plain(search).split()}
    found = [
        passage
        for where, text, is_wording in texts
        for passage in _passages(where, text, patterns, is_wording=is_wording)
    ]
    complete = tuple(one for one in found if len(one.words) == len(patterns))
    if complete or not patterns:
        return complete
    firsts = [next((p for p in found if word in p.words), None) for word in patterns]
    known = tuple(dict.fromkeys(one for one in firsts if one is not None))
    return known if all(firsts) else None


def _pattern(word: str) -> re.Pattern[str]:
    """Return a pattern that finds a word by its beginning.

    "cap" finds "caps", not "landscape". Arabic joins its article and prepositions to
    the word, so that other scripts are found anywhere.
    """
    begins = r"(?<![^\W_])" if word.isascii() else ""
    return re.compile(begins + re.escape(word), re.IGNORECASE)


def _plain(text: str) -> str:
    return normalise(text).replace("’", "'")


def _passages(
    where: str, text: str, patterns: Mapping[str, re.Pattern[str]], *, is_wording: bool
) -> Iterator[Passage]:
    """Yield the paragraph with the most of the words, then what it leaves out."""
    text = _plain(text)
    if is_wording:
        text = _TAGS.sub(lambda tag: "\n" * tag[0].count("\n"), text)
        text = _BLANKS.sub(lambda blank: "[…]" + "\n" * blank[0].count("\n"), text)
    starts = [0, *(gap.end() for gap in _PARAGRAPHS.finditer(text))]
    paragraphs = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        bare = _MARKUP.sub("", text[start:end]) if is_wording else text[start:end]
        hits = {w: hit.start() for w, p in patterns.items() if (hit := p.search(bare))}
        if hits:
            line = 1 + text.count("\n", 0, start)
            line += bare.count("\n", 0, min(hits.values()))
            paragraphs.append((frozenset(hits), line if is_wording else 0, bare))
    left = set(patterns)
    for words, line, bare in sorted(paragraphs, key=lambda one: -len(one[0])):
        if words & left:
            excerpt = _excerpt(bare, [patterns[word] for word in words])
            yield Passage(where, excerpt, words, line)
        left -= words


def _excerpt(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """Return a few words around the first place of each pattern."""
    flat = " ".join(text.split())
    windows: list[tuple[int, int]] = []
    hits = (hit for pattern in patterns if (hit := pattern.search(flat)))
    for start, end in sorted(hit.span() for hit in hits):
        left = flat.find(" ", start - _AROUND, start) + 1 if start > _AROUND else 0
        right = flat.rfind(" ", end, end + _AROUND)
        right = right if right > 0 and end + _AROUND < len(flat) else len(flat)
        if windows and left <= windows[-1][1] + 1:
            windows[-1] = (windows[-1][0], max(right, windows[-1][1]))
        else:
            windows.append((left, right))
    begins = "… " if windows and windows[0][0] > 0 else ""
    ends = " …" if windows and windows[-1][1] < len(flat) else ""
    return begins + " … ".join(flat[left:right] for left, right in windows) + ends
