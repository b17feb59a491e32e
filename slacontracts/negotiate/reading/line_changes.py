"""Changes that touch ends of paragraphs in; changes of words and of whole lines out.

What came, or went, as a paragraph is a change of its own. Where a paragraph was split
or run on into another, all that was done to it is one change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from slacontracts.negotiate.reading.alignment import LIKE_ENOUGH, word_gaps
from slacontracts.negotiate.reading.views import END, Change, Line, Text
from slacontracts.redline.words import common, most_alike, tokens_of
from slacontracts.text import likeness

_MOST_SHARED: Final = 0.8  # of the words of a line


def by_lines(changes: Sequence[Change], sent: Text, after: Text) -> list[Change]:
    """Return changes each of which is inside a line, or of whole lines."""
    whole = _Widening(changes, sent, after).whole()
    parts = [part for one in whole for part in _parted(one, sent, after)]
    gone = [one for one in parts if one.a0 == one.a1 and one.row is None]
    came = [one for one in parts if one.s0 == one.s1 and one.row is None]
    both = {line.key for one in gone for line in lines_in(sent, one.s0, one.s1)} & {
        line.key for one in came for line in lines_in(after, one.a0, one.a1)
    }
    return [apart for one in parts for apart in _apart(one, both, sent, after)]


def _apart(one: Change, both: set[str], sent: Text, after: Text) -> Iterator[Change]:
    """Yield a change with each line apart that went here and came elsewhere."""
    is_gone = one.a0 == one.a1
    text = sent if is_gone else after
    start, stop = (one.s0, one.s1) if is_gone else (one.a0, one.a1)
    lines = lines_in(text, start, stop)
    is_plain = one.row is None and not one.move and (is_gone or one.s0 == one.s1)
    if len(lines) < 2 or not is_plain or both.isdisjoint(x.key for x in lines):
        yield one
        return
    edges = [start]
    for line in lines:
        if line.key in both:
            edges += [line.start, line.stop + 1]
    edges = sorted({*edges, stop})
    for first, last in pairwise(edges):
        if is_gone:
            yield replace(one, s0=first, s1=last)
        else:
            yield replace(one, a0=first, a1=last)


def is_of_lines(one: Change, sent: Text, after: Text) -> bool:
    """Tell whether a change touches the end of a paragraph."""
    return END in sent.whole[one.s0 : one.s1] or END in after.whole[one.a0 : one.a1]


def lines_in(text: Text, start: int, stop: int) -> list[Line]:
    """Return the lines of a stretch that begins and ends with a line."""
    if start >= stop:
        return []
    return text.lines[text.at(start) : text.at(stop - 1) + 1]


class _Widening:
    """Widens changes that touch the end of a line to whole lines, from left to right.

    Both ends of a change stand at the same place of both texts, so what stayed beside
    it is taken in on both sides, and with it the changes that stand in between.
    """

    def __init__(self, changes: Sequence[Change], sent: Text, after: Text) -> None:
        self.left, self.sent, self.after = list(reversed(changes)), sent, after
        self.out: list[Change] = []

    def whole(self) -> list[Change]:
        """Return the changes."""
        while self.left:
            one = self.left.pop()
            if is_of_lines(one, self.sent, self.after):
                one = self._to_start(self._turned(one))
                one = self._to_end(one)
            self.out.append(one)
        return self.out

    def _begin(self, s: int, a: int) -> bool:
        """Tell whether a line begins here in both texts."""
        return all(
            place == 0 or text.whole[place - 1 : place] == END
            for text, place in ((self.sent, s), (self.after, a))
        )

    def _turned(self, one: Change) -> Change:
        """Let what begins with the end of a line begin behind it, if it can."""
        is_pure = one.s0 == one.s1 or one.a0 == one.a1
        follows = self.left[-1].s0 if self.left else one.s1 + 1
        if not is_pure or follows <= one.s1 or self._begin(one.s0, one.a0):
            return one
        ends = {
            text.whole[place : place + 1]
            for text, places in (
                (self.sent, (one.s0, one.s1)),
                (self.after, (one.a0, one.a1)),
            )
            for place in places
        }
        if ends != {END}:
            return one
        return replace(one, s0=one.s0 + 1, s1=one.s1 + 1, a0=one.a0 + 1, a1=one.a1 + 1)

    def _to_start(self, one: Change) -> Change:
        while not self._begin(one.s0, one.a0):
            s = self.sent.whole.rfind(END, 0, one.s0) + 1
            a = self.after.whole.rfind(END, 0, one.a0) + 1
            before = self.out[-1] if self.out else None
            if before is None or (before.s1 <= s and before.a1 <= a):
                return replace(one, s0=s, a0=a, move="")
            one = _both(self.out.pop(), one)
        return one

    def _to_end(self, one: Change) -> Change:
        while not self._begin(one.s1, one.a1):
            s = self.sent.whole.find(END, one.s1) + 1 or len(self.sent.whole)
            a = self.after.whole.find(END, one.a1) + 1 or len(self.after.whole)
            if not self.left or self.left[-1].s0 >= s:
                return replace(one, s1=s, a1=a, move="")
            one = _both(one, self.left.pop())
        return one


def _both(first: Change, second: Change) -> Change:
    return replace(
        second if first.is_untracked else first,
        s0=min(first.s0, second.s0),
        s1=max(first.s1, second.s1),
        a0=min(first.a0, second.a0),
        a1=max(first.a1, second.a1),
        comments=first.comments | second.comments,
        move="",
        is_untracked=first.is_untracked or second.is_untracked,
    )


def _parted(one: Change, sent: Text, after: Text) -> Iterator[Change]:
    """Yield what whole lines that replace others are: words changed, lines, or both."""
    if one.s0 == one.s1 or one.a0 == one.a1 or not is_of_lines(one, sent, after):
        yield one
        return
    olds = lines_in(sent, one.s0, one.s1)
    news = lines_in(after, one.a0, one.a1)
    pairs = pairs_of(olds, news)
    if _is_spread(olds, news, pairs):
        yield one
        return
    last_old, last_new = one.s0, one.a0
    for i, j in (*pairs, (len(olds), len(news))):
        s = olds[i].start if i < len(olds) else one.s1
        a = news[j].start if j < len(news) else one.a1
        if last_old < s:
            yield replace(one, s0=last_old, s1=s, a0=last_new, a1=last_new, move="")
        if last_new < a:
            yield replace(one, s0=s, s1=s, a0=last_new, a1=a, move="")
        if i < len(olds):
            old, new = olds[i], news[j]
            for gap in word_gaps(old.key, new.key, old.start, new.start):
                yield replace(one, s0=gap[0], s1=gap[1], a0=gap[2], a1=gap[3], move="")
            last_old, last_new = old.stop + 1, new.stop + 1


def pairs_of(olds: Sequence[Line], news: Sequence[Line]) -> list[tuple[int, int]]:
    """Return which lines belong together, in order."""
    if len(olds) * len(news) > 2_500:
        return []
    return most_alike(
        [[likeness(a.key, b.key) for b in news] for a in olds], LIKE_ENOUGH
    )


def _is_spread(
    olds: Sequence[Line], news: Sequence[Line], pairs: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether the words of a line stand in several of the other side now."""
    if len(olds) == len(news) == len(pairs):
        return False
    left = [
        (i, j)
        for i, a in enumerate(olds)
        for j, b in enumerate(news)
        if (i, j) not in pairs and _shares(a.key, b.key)
    ]
    return bool(left)


def _shares(old: str, new: str) -> bool:
    """Tell whether most words of the shorter text stand in the longer one."""
    olds, news = (
        [one for one in tokens_of(text) if not one.isspace()] for text in (old, new)
    )
    least = min(len(olds), len(news))
    return least > 0 and len(common(olds, news)) > _MOST_SHARED * least
