"""Marked paragraphs in; the text before and after the changes, and where they differ.

A text is one string, its lines ended by "\\n"; the result of a field that renews itself
is one sign in it. What a person reads there, a line knows.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from slacontracts.word.tracked_fates import Fate, Piece
from slacontracts.word.tracked_pieces import MarkedParagraph

END = "\n"
Span: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Line:
    """A paragraph of one text. start: where it begins; key: its text as compared.

    shown: as it is read; real: where each sign of the key begins in it. paragraph:
    the one whose end it has. number: its place among the paragraphs of the story, the
    list of contents among them.
    """

    start: int
    key: str
    shown: str
    real: list[int]
    paragraph: MarkedParagraph
    number: int

    @property
    def stop(self) -> int:
        """Where its text ends."""
        return self.start + len(self.key)


@dataclass(slots=True)
class Text:
    """The lines of a text. whole: all their keys. count: lines with the contents."""

    lines: list[Line]
    whole: str = ""
    starts: list[int] = field(default_factory=list)
    count: int = 0

    def finish(self) -> "Text":
        """Put the lines together."""
        self.whole = "".join(f"{one.key}{END}" for one in self.lines)
        self.starts = [one.start for one in self.lines]
        return self

    def at(self, place: int) -> int:
        """Return the index of the line that a place stands in; the last for the end."""
        return max(0, min(bisect_right(self.starts, place), len(self.lines)) - 1)

    def read(self, start: int, stop: int) -> str:
        """Return what a person reads from one place to another."""
        out = []
        at = self.at(start)
        while at < len(self.lines) and self.lines[at].start < stop:
            line = self.lines[at]
            head, tail = (
                max(0, start - line.start),
                min(len(line.key), stop - line.start),
            )
            if head <= tail:
                out.append(line.shown[line.real[head] : line.real[tail]])
            if stop > line.stop:
                out.append(END)
            at += 1
        return "".join(out)


@dataclass(slots=True)
class Change:
    """Text [s0, s1) of the one text that became [a0, a1) of the other.

    author, date, move, row: of the marks that say so; comments: about it.
    is_untracked: no mark says so.
    """

    s0: int
    s1: int
    a0: int
    a1: int
    author: str = ""
    date: str = ""
    move: str = ""
    row: Any = None
    comments: set[str] = field(default_factory=set)
    is_untracked: bool = False


@dataclass(slots=True)
class Views:
    """A story before and after its tracked changes, and these.

    commented: what each comment is about, in the text after the changes.
    """

    before: Text
    after: Text
    changes: list[Change]
    commented: dict[str, Span]


def views_of(paragraphs: Sequence[MarkedParagraph]) -> Views:
    """Return the two texts of a story."""
    maker = _Maker()
    for at, one in enumerate(paragraphs):
        after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        before = paragraphs[at - 1] if at else None
        maker.add(one, before, after)
    maker.flush()
    views = maker.views
    views.before.finish()
    views.after.finish()
    return views


class _Side:
    """One of the two texts, as it grows. place: its length so far."""

    def __init__(self) -> None:
        self.text = Text([])
        self.place = 0
        self._keys: list[str] = []
        self._shown: list[str] = []
        self._real: list[int] = []
        self._length = 0
        self._start = 0
        self._container: Any = None
        self.has_line = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the line that grows."""
        return not self._shown

    def add(self, piece: Piece) -> None:
        if len(piece.key) == len(piece.text):
            self._real += range(self._length, self._length + len(piece.text))
        elif piece.key:
            self._real.append(self._length)
        self._keys.append(piece.key)
        self._shown.append(piece.text)
        self._length += len(piece.text)
        self.place += len(piece.key)

    def begin(self, paragraph: MarkedParagraph) -> None:
        """Note in which container a line grows."""
        if paragraph.container is not self._container:
            self._container, self.has_line = paragraph.container, False

    def end(self, paragraph: MarkedParagraph) -> None:
        """End the line."""
        number, self.text.count = self.text.count, self.text.count + 1
        self.has_line = True
        key, shown = "".join(self._keys), "".join(self._shown)
        real = [*self._real, self._length]
        self.text.lines.append(Line(self._start, key, shown, real, paragraph, number))
        self.place += 1
        self._start = self.place
        self._keys, self._shown, self._real = [], [], []
        self._length = 0

    def skip(self) -> None:
        """Count a line of the list of contents."""
        self.text.count += 1


class _Maker:
    def __init__(self) -> None:
        self.was, self.now = _Side(), _Side()
        self.views = Views(self.was.text, self.now.text, [], {})
        self._open: Change | None = None
        self._moved = ""

    def add(
        self,
        one: MarkedParagraph,
        before: MarkedParagraph | None,
        after: MarkedParagraph | None,
    ) -> None:
        for side in (self.was, self.now):
            side.begin(one)
        if before is None or before.container is not one.container:
            self._leave()
        if one.is_contents:
            self.flush()
            for side in (self.was, self.now):
                if not side.is_empty:  # somebody let it run on into the contents
                    side.end(one)
                side.skip()
            return
        self._moved = ""
        for piece in one.pieces:
            self._piece(piece)
        self._end(one, joins=after is not None and after.container is one.container)

    def _piece(self, piece: Piece) -> None:
        fate = piece.fate
        change = self._change(fate) if piece.key else self._open
        start = self.now.place
        if fate.was:
            self.was.add(piece)
        if fate.now:
            self.now.add(piece)
        self._moved = fate.move or self._moved
        if change is not None:
            change.s1, change.a1 = self.was.place, self.now.place
            change.comments |= piece.comments
        for comment in piece.comments:
            first, last = self.views.commented.get(comment, (start, start))
            self.views.commented[comment] = first, max(last, self.now.place)

    def _end(self, one: MarkedParagraph, *, joins: bool) -> None:
        fate = one.end
        was = fate.was or (not joins and _must_stay(self.was, one.around.was))
        now = fate.now or (not joins and _must_stay(self.now, one.around.now))
        move = fate.move or (self._moved if not fate.is_same else "")
        fate = Fate(was, now, fate.author, fate.date, move, fate.row)
        change = self._change(fate) if was or now else self._open
        if was:
            self.was.end(one)
        if now:
            self.now.end(one)
        if change is not None:
            change.s1, change.a1 = self.was.place, self.now.place
        if not joins:
            self._leave()

    def _leave(self) -> None:
        """Leave a cell or the like: no change goes on, but that of a whole row."""
        if self._open is not None and self._open.row is None:
            self.flush()

    def _change(self, fate: Fate) -> Change | None:
        """Return the change that something belongs to, None for what stayed."""
        if fate.is_same:
            self.flush()
            return None
        change = self._open
        if change is None or (change.author, change.move, change.row) != (
            fate.author,
            fate.move,
            fate.row,
        ):
            self.flush()
            s, a = self.was.place, self.now.place
            change = Change(s, s, a, a, fate.author, fate.date, fate.move, fate.row)
            self._open = change
        return change

    def flush(self) -> None:
        """End the change that is open."""
        if self._open is not None:
            self.views.changes.append(self._open)
        self._open = None


def _must_stay(side: _Side, is_there: bool) -> bool:
    """Tell whether the last end of a container stays although a mark says it went.

    is_there: the container is.
    """
    return not side.is_empty or (is_there and not side.has_line)
