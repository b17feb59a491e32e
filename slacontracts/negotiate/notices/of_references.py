"""Two files in; cross-references and contents that say or point to something else out.

Their results renew themselves: a number that is another one is no wonder, other words
are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from slacontracts.negotiate.drafting.places import Places
from slacontracts.negotiate.reading.changes import Compared
from slacontracts.negotiate.reading.pairing import paired_lines
from slacontracts.negotiate.reading.views import Text, Views
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w
from slacontracts.word.tracked import MarkedFile
from slacontracts.word.tracked_fields import is_sign

_MARKS: Final = re.compile("[\u200e\u200f\u061c]")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*\.?")
_ITEM: Final = re.compile(r"\((?:\w|[ivxlcdm]{1,8})\)")
_SCHEDULE: Final = re.compile(r"\b[A-Z]$")
_NUMBERS: Final = re.compile(r"#(?:\s*#)*")
_EDGES: Final = re.compile(r"^[\s\d.()\u2026-]+|[\s\d.\u2026]+$")
_OURS: Final = "_c_"


def references(
    sent: MarkedFile, returned: MarkedFile, compared: Sequence[Compared]
) -> Iterator[str]:
    """Yield references, and lines of the contents, that say words of their own."""
    known: dict[str, set[str]] = {}
    for sign, text in _results(sent):
        known.setdefault(sign, set()).add(shape(text))
    every = {one for shapes in known.values() for one in shapes}
    shown = [line.shown for one in compared for line in one.after.lines]
    lines = {text.strip() for text in shown}
    for sign, text in dict.fromkeys(_results(returned)):
        if shape(text) not in known.get(sign, every) and text.strip() not in lines:
            yield f"a cross-reference shows “{text.strip()}”, which is no text here"
    yield from _contents(sent, returned, Counter(map(_title, shown)))


def _contents(
    sent: MarkedFile, returned: MarkedFile, lines: Mapping[str, int]
) -> Iterator[str]:
    before, now = (
        Counter(_title(one.contents) for one in file.all() if one.contents)
        for file in (sent, returned)
    )
    for title, count in now.items():
        if title and count > max(before[title], lines.get(title, 0)):
            said = ", which is no heading of the text"
            more = " once more than we sent"
            yield f"the contents list “{title}”{more if before[title] else said}"


def shape(text: str) -> str:
    """Return a text with its numbers left out.

    >>> shape("clause 8.1(a)") == shape("clause 12")
    True
    """
    plain = _ITEM.sub("#", _NUMBER.sub("#", _MARKS.sub("", text).strip()))
    return _NUMBERS.sub("#", _SCHEDULE.sub("#", plain))


def _title(contents: str) -> str:
    plain = _EDGES.sub("", _MARKS.sub("", contents))
    return _EDGES.sub("", plain.rpartition("\t")[2])


def _results(file: MarkedFile) -> Iterator[tuple[str, str]]:
    """Yield (sign of its field, text) of each result that renews itself."""
    for one in file.all():
        sign, text = "", ""
        for piece in one.pieces:
            is_first = is_sign(piece.key)
            if sign and (is_first or piece.key):
                yield sign, text
                sign, text = "", ""
            if is_first:
                sign, text = piece.key, piece.text
            elif sign and not piece.key:
                text += piece.text
        if sign:
            yield sign, text


def retargeted(body: Compared, places: Places) -> Iterator[str]:
    """Yield references that show what they showed, and point somewhere else."""
    for one in body.changes:
        was, now = body.sent.whole[one.s0 : one.s1], body.after.whole[one.a0 : one.a1]
        shown = body.sent.read(one.s0, one.s1)
        is_field = any(map(is_sign, was + now))
        if is_field and was != now and shown == body.after.read(one.a0, one.a1):
            place = places.of(body.sent.at(one.s0)).said
            yield (
                f"{place}: the cross-reference “{' '.join(shown.split())}” shows what "
                "it showed, but points elsewhere now"
            )


def moved_bookmarks(
    sent_file: WordFile,
    returned_file: WordFile,
    body: Compared,
    views: Views,
    places: Places,
) -> Iterator[str]:
    """Yield the clauses whose bookmark stands at another paragraph that we sent."""
    olds = _bookmarks(sent_file, body.sent)
    news = _bookmarks(returned_file, views.before)
    came_from = {j: i for i, j in paired_lines(body.sent.lines, views.before.lines)}
    for name, at in olds.items():
        now = came_from.get(news.get(name, -1), at)
        if now != at and body.sent.lines[now].key != body.sent.lines[at].key:
            yield (
                f"{places.of(at).said}: cross-references to it lead to "
                f"{places.of(now).said} now, as its bookmark was moved"
            )


def _bookmarks(file: WordFile, text: Text) -> dict[str, int]:
    """Return the line in which each bookmark of a clause begins."""
    numbers = {line.paragraph.element: at for at, line in enumerate(text.lines)}
    found: dict[str, int] = {}
    for mark in file.tree(file.main).iter(w("bookmarkStart")):
        name = mark.get(w("name"), "")
        at = numbers.get(_paragraph_of(mark)) if name.startswith(_OURS) else None
        if at is not None:
            found[name] = at
    return found


def _paragraph_of(mark: Any) -> Any:
    inside = next(mark.iterancestors(w("p")), None)
    return inside if inside is not None else next(mark.itersiblings(w("p")), None)
