"""The text that was sent and the text before the changes in; where they differ out.

Rows of tables are aligned as rows, all else by paragraph; words inside of what belongs
together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from slacontracts.negotiate.reading.views import Change, Line, Text
from slacontracts.redline.words import common, most_alike, steps, tokens_of
from slacontracts.text import likeness

LIKE_ENOUGH: Final = 0.45
_MOST_PAIRS: Final = 2_500
_NEAR: Final = 40
_MOST_SPLIT: Final = 100  # pairs that are tried for a paragraph that was split
_SPLIT_LIKENESS: Final = 0.9


class Gap(NamedTuple):
    """Text [old start, old stop) in place of which stands [new start, new stop)."""

    old: int
    old_stop: int
    new: int
    new_stop: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph, or all paragraphs of a row. key: what is compared."""

    lines: tuple[Line, ...]
    key: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def stop(self) -> int:
        """Where the next unit begins."""
        return self.lines[-1].stop + 1


def differences(old: Text, new: Text) -> list[Change]:
    """Return how one text differs from another, as changes that nobody marked."""
    if old.whole == new.whole:
        return []
    return [Change(*one, is_untracked=True) for one in _gaps(_units(old), _units(new))]


def word_gaps(old: str, new: str, old_at: int, new_at: int) -> Iterator[Gap]:
    """Yield where the words of two paragraphs differ; they begin at old_at, new_at."""
    olds, news = tokens_of(old), tokens_of(new)
    i, j = old_at, new_at
    gap: Gap | None = None
    for what, at_old, at_new in steps(olds, news):
        if what == "same":
            if gap is not None:
                yield gap
            gap = None
            i, j = i + len(olds[at_old]), j + len(news[at_new])
            continue
        gap = gap or Gap(i, i, j, j)
        if what == "del":
            i += len(olds[at_old])
        else:
            j += len(news[at_new])
        gap = Gap(gap.old, i, gap.new, j)
    if gap is not None:
        yield gap


def _units(text: Text) -> list[_Unit]:
    out: list[_Unit] = []
    rows: list[Line] = []
    for line in text.lines:
        row = line.paragraph.row
        if rows and rows[0].paragraph.row is not row:
            out.append(_Unit(tuple(rows), tuple(one.key for one in rows)))
            rows = []
        if row is None:
            out.append(_Unit((line,), (line.key,)))
        else:
            rows.append(line)
    if rows:
        out.append(_Unit(tuple(rows), tuple(one.key for one in rows)))
    return out


def _gaps(old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[Gap]:
    last_old = last_new = 0
    same = common([_name(one) for one in old], [_name(one) for one in new])
    for i, j in (*same, (len(old), len(new))):
        olds, news = old[last_old:i], new[last_new:j]
        if olds or news:
            at_old = olds[0].start if olds else _start(old, i)
            at_new = news[0].start if news else _start(new, j)
            yield from _of_gap(olds, news, at_old, at_new)
        last_old, last_new = i + 1, j + 1


def _name(unit: _Unit) -> tuple[bool, tuple[str, ...]]:
    return unit.lines[0].paragraph.row is not None, unit.key


def _start(units: Sequence[_Unit], at: int) -> int:
    if at < len(units):
        return units[at].start
    return units[-1].stop if units else 0


def _of_gap(
    olds: Sequence[_Unit], news: Sequence[_Unit], at_old: int, at_new: int
) -> Iterator[Gap]:
    """Yield the differences of units none of which stayed as it was."""
    found = _split(olds, news)
    if found is None:
        yield from _of_pairs(olds, news, at_old, at_new)
        return
    (i, wide), (j, high) = found
    yield from _of_pairs(olds[:i], news[:j], at_old, at_new)
    at_old, at_new = olds[i + wide - 1].stop, news[j + high - 1].stop
    yield Gap(olds[i].start, at_old, news[j].start, at_new)
    if olds[i + wide :] or news[j + high :]:
        yield from _of_gap(olds[i + wide :], news[j + high :], at_old, at_new)


def _split(
    olds: Sequence[_Unit], news: Sequence[_Unit]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return a paragraph that became two, or two that became one: (place, how many)."""
    if len(olds) == len(news) or len(olds) * len(news) > _MOST_SPLIT:
        return None
    wide, high = (1, 2) if len(olds) < len(news) else (2, 1)
    for i in range(len(olds) - wide + 1):
        for j in range(len(news) - high + 1):
            one, two = olds[i : i + wide], news[j : j + high]
            if any(_name(unit)[0] for unit in (*one, *two)):
                continue
            whole = _likeness_of(one, two)
            best = max(_likeness_of([a], [b]) for a in one for b in two)
            if whole >= _SPLIT_LIKENESS and whole > best:
                return (i, wide), (j, high)
    return None


def _likeness_of(olds: Sequence[_Unit], news: Sequence[_Unit]) -> float:
    texts = ("".join("".join(one.key) for one in side) for side in (olds, news))
    return likeness(*("".join(text.split()) for text in texts))


def _of_pairs(
    olds: Sequence[_Unit], news: Sequence[_Unit], at_old: int, at_new: int
) -> Iterator[Gap]:
    """Yield the differences of units that are paired by their likeness."""
    last_old = last_new = 0
    for i, j in (*_pairs(olds, news), (len(olds), len(news))):
        for one in olds[last_old:i]:
            yield Gap(one.start, one.stop, at_new, at_new)
            at_old = one.stop
        for one in news[last_new:j]:
            yield Gap(at_old, at_old, one.start, one.stop)
            at_new = one.stop
        if i < len(olds):
            yield from _inside(olds[i], news[j])
            at_old, at_new = olds[i].stop, news[j].stop
        last_old, last_new = i + 1, j + 1


def _pairs(olds: Sequence[_Unit], news: Sequence[_Unit]) -> Iterator[tuple[int, int]]:
    """Yield the places of units that belong together, in order."""
    if len(olds) * len(news) <= _MOST_PAIRS:
        yield from most_alike(
            [[_likeness(a, b) for b in news] for a in olds], LIKE_ENOUGH
        )
        return
    at_old = at_new = 0
    while at_old < len(olds) and at_new < len(news):
        near = olds[at_old : at_old + _NEAR], news[at_new : at_new + _NEAR]
        i = j = -1
        for i, j in most_alike(
            [[_likeness(a, b) for b in near[1]] for a in near[0]], 0.45
        ):
            yield at_old + i, at_new + j
        on = 1 if max(i, j) >= 0 else _NEAR
        at_old, at_new = at_old + i + on, at_new + j + on


def _likeness(old: _Unit, new: _Unit) -> float:
    if _name(old)[0] != _name(new)[0]:
        return 0.0
    return likeness(" | ".join(old.key), " | ".join(new.key))


def _inside(old: _Unit, new: _Unit) -> Iterator[Gap]:
    """Yield the differences of two units that belong together."""
    if len(old.lines) == len(new.lines):
        for a, b in zip(old.lines, new.lines, strict=True):
            yield from word_gaps(a.key, b.key, a.start, b.start)
        return
    units = [
        [_Unit((line,), (line.key,)) for line in side.lines] for side in (old, new)
    ]
    yield from _gaps(*units) if len(old.lines) > 1 or len(new.lines) > 1 else ()
