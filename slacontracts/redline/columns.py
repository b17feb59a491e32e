"""Two tables in; which column became which, and which cell of two rows, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from slacontracts.redline.align import LIKE_ENOUGH
from slacontracts.redline.blocks import inner
from slacontracts.redline.elements import (
    BREAK,
    CELL,
    CONTENT,
    CONTROL,
    ROW,
    TABLE,
    VALUE,
    Element,
    wording,
)
from slacontracts.redline.identities import whole_number
from slacontracts.redline.words import most_alike, tokens_of
from slacontracts.text import likeness
from slacontracts.word.names import w

CellPair: TypeAlias = tuple[Element | None, Element | None]

GRID: Final = w("tblGrid")
_GRID_COLUMN: Final = w("gridCol")
_ROW_PR, _CELL_PR, _CUSTOM = w("trPr"), w("tcPr"), w("customXml")
_SAME_HEAD: Final = 0.6  # the likeness of columns with one heading, at least
_OTHER_HEAD: Final = 0.6  # how much is left of it where the headings differ
_BOTH_EMPTY: Final = 0.5
_CLEARLY: Final = 0.1  # what columns that moved must be more alike
_MOST_WORDS: Final = 2_000  # of a column that are looked at
_MOST_PAIRS: Final = 4_000  # of columns whose likeness is worked out


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the result. old, new: its number on each side, None where it is not.

    width: the element that says how wide it is.
    """

    old: int | None
    new: int | None
    width: Element


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table has in the result, those that went among them.

    are_filled: whether the longest rows of both tables have a cell in every column;
    then rows can be compared cell by cell though one has a cell more.
    """

    all: tuple[Column, ...]
    are_filled: bool

    @property
    def have_changed(self) -> bool:
        """Whether a column came or went."""
        return any(None in (one.old, one.new) for one in self.all)

    def absent(self, *, is_old: bool) -> list[int]:
        """Return the places of the columns that one side does not have."""
        numbers = [one.old if is_old else one.new for one in self.all]
        return [place for place, number in enumerate(numbers) if number is None]

    def places(self, row: Element, *, is_old: bool) -> Iterator[tuple[Element, range]]:
        """Yield what stands in a row, each with the first and last place it takes."""
        numbers = [one.old if is_old else one.new for one in self.all]
        place = {number: at for at, number in enumerate(numbers)}
        for one, taken in spans(row):
            yield one, range(place[taken[0]], place[taken[-1]] + 1)

    def text(self, row: Element, *, is_old: bool) -> str:
        """Return the text of the cells in columns that both sides have."""
        return BREAK.join(
            wording(one.element) for one in self._cells(row, is_old) if one.shared
        )

    def pair_cells(self, old: Element, new: Element) -> list[CellPair] | None:
        """Return which cell of two rows became which, in the order of the result.

        None where the cells of one are not those of the other, with a cell more here
        and there: then one row went and the other came.
        """
        was, now = list(cells_of(old)), list(cells_of(new))
        if not self.have_changed and list(map(_shape, was)) == list(map(_shape, now)):
            return list(zip(was, now, strict=True))
        if not self.are_filled or any(
            row.find(CONTROL) is not None for row in (old, new)
        ):
            return None
        left = {one.name: one for one in self._cells(old, is_old=True)}
        found: list[tuple[int, bool, CellPair]] = []
        for one in self._cells(new, is_old=False):
            partner = left.pop(one.name, None) if one.shared else None
            pair = (None if partner is None else partner.element, one.element)
            found.append((one.taken[0], True, pair))
        stayed = any(pair[0] is not None for _, _, pair in found)
        gone = left.values()
        found += [(one.taken[0], False, (one.element, None)) for one in gone]
        width = sum(map(_span, [*now, *(one.element for one in gone)]))
        if not stayed or not self._makes_a_row(old, new, width):
            return None
        return [pair for *_, pair in sorted(found, key=lambda one: one[:2])]

    def _makes_a_row(self, old: Element, new: Element, width: int) -> bool:
        """Tell whether cells of this width have all columns that their rows have."""
        sides = ((old, True), (new, False))
        taken = {
            place
            for row, is_old in sides
            for _, places in self.places(row, is_old=is_old)
            for place in places
        }
        counts = (
            len(self.all) - len(self.absent(is_old=is_old)) for _, is_old in sides
        )
        are_short = all(
            _width(row) < count for (row, _), count in zip(sides, counts, strict=True)
        )
        around = {_left_out(row, "gridBefore") for row in (old, new)}
        is_whole = width == len(taken) and len(around) == 1
        return is_whole and (are_short or width + _around(new) == len(self.all))

    def _cells(self, row: Element, is_old: bool) -> "list[_Cell]":
        both = {
            place
            for place, one in enumerate(self.all)
            if None not in (one.old, one.new)
        }
        return [
            _Cell(cell, taken, frozenset(both.intersection(taken)))
            for cell, taken in self.places(row, is_old=is_old)
        ]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell; shared: the places that it takes of columns which both sides have."""

    element: Element
    taken: range
    shared: frozenset[int]

    @property
    def name(self) -> tuple[frozenset[int], int, str]:
        """What the cell of the other side has as well."""
        return self.shared, -1 if self.shared else self.taken[0], _merge(self.element)


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, those in content controls as well."""
    for one in row:
        if one.tag == CELL:
            yield one
        elif one.tag == CONTROL:
            content = one.find(CONTENT)
            if content is not None:
                yield from cells_of(content)


def rows_in(element: Element) -> Iterator[Element]:
    """Yield a row, or the rows of a table or of a control, not those of its cells."""
    if element.tag == ROW:
        yield element
    elif element.tag in (TABLE, CONTROL, _CUSTOM):
        for one in inner(element):
            yield from rows_in(one)


def spans(row: Element) -> Iterator[tuple[Element, range]]:
    """Yield what stands in a row, each with the columns of its own table it takes."""
    at = _left_out(row, "gridBefore")
    for one in row:
        if one.tag not in (CELL, CONTROL):
            continue
        cells = [one] if one.tag == CELL else list(cells_of(inner(one)))
        width = sum(map(_span, cells))
        if width:
            yield one, range(at, at + width)
        at += width


def _width(row: Element) -> int:
    return _around(row) + sum(map(_span, cells_of(row)))


def _around(row: Element) -> int:
    return sum(_left_out(row, one) for one in ("gridBefore", "gridAfter"))


def _left_out(row: Element, tag: str) -> int:
    found = row.find(f"{_ROW_PR}/{w(tag)}")
    return 0 if found is None else max(0, whole_number(found.get(VALUE)))


def _span(cell: Element) -> int:
    found = cell.find(f"{_CELL_PR}/{w('gridSpan')}")
    return 1 if found is None else max(1, whole_number(found.get(VALUE)))


def _merge(cell: Element) -> str:
    found = cell.find(f"{_CELL_PR}/{w('vMerge')}")
    return "" if found is None else str(found.get(VALUE, "continue"))


def _shape(cell: Element) -> tuple[int, str]:
    return _span(cell), _merge(cell)


def columns_between(old: Element, new: Element, numbers: dict[str, int]) -> Columns:
    """Return the columns of two tables; those that moved went and came.

    numbers: gives each word its number, over all calls for the same two files.
    """
    (was, olds), (now, news) = (_grid_and_rows(one) for one in (old, new))
    left, right = len(was), len(now)
    are_filled = _fill(olds, left) and _fill(news, right)
    if left != right:
        stay = Columns((), are_filled=False)
    else:
        places = (Column(at, at, one) for at, one in enumerate(now))
        stay = Columns(tuple(places), are_filled)
        if _first_texts(olds, left) == _first_texts(news, right):
            return stay
    if not are_filled or left * right > _MOST_PAIRS:
        return stay
    pairs = _partners(olds, news, (left, right), numbers)
    return Columns(tuple(_columns(pairs, was, now)), are_filled)


def _grid_and_rows(table: Element) -> tuple[list[Element], list[Element]]:
    grid = table.find(GRID)
    columns = [] if grid is None else grid.findall(_GRID_COLUMN)
    return columns, list(rows_in(table))


def _fill(rows: Sequence[Element], count: int) -> bool:
    """Tell whether the longest rows have a cell in every column."""
    own = [sum(map(_span, cells_of(row))) for row in rows]
    whole = [wide + _around(row) for wide, row in zip(own, rows, strict=True)]
    return max(own, default=0) == max(whole, default=0) == count > 0


def _cells_by_column(rows: Sequence[Element], count: int) -> list[list[Element]]:
    """Return the cells that begin in each column; titles over several if no others."""
    single: list[list[Element]] = [[] for _ in range(count)]
    wide: list[list[Element]] = [[] for _ in range(count)]
    for row in rows:
        for one, taken in spans(row):
            if taken[0] < count:
                (single if len(taken) == 1 else wide)[taken[0]].append(one)
    return [own or titles for own, titles in zip(single, wide, strict=True)]


def _first_texts(rows: Sequence[Element], count: int) -> list[str]:
    """Return what the columns of a table begin with, a title above them left out."""
    return list(map(_heading, _cells_by_column(rows[:2], count)))


def _heading(cells: Sequence[Element]) -> str:
    return next((text for one in cells if (text := wording(one))), "")


def _partners(
    olds: Sequence[Element],
    news: Sequence[Element],
    counts: tuple[int, int],
    numbers: dict[str, int],
) -> list[tuple[int, int]]:
    """Return the numbers of the columns that stayed, in order."""
    columns = [
        _cells_by_column(rows, count)
        for rows, count in zip((olds, news), counts, strict=True)
    ]
    left, right = ([_words(one, numbers) for one in side] for side in columns)
    heads = [[_heading(one) for one in side] for side in columns]

    def alike(i: int, j: int) -> float:
        if not left[i] and not right[j]:
            return _BOTH_EMPTY
        ratio = likeness(left[i], right[j])
        if not heads[0][i] or not heads[1][j]:
            return ratio
        is_same = heads[0][i] == heads[1][j]
        return max(ratio, _SAME_HEAD) if is_same else ratio * _OTHER_HEAD

    likenesses = [[alike(i, j) for j in range(counts[1])] for i in range(counts[0])]
    pairs = most_alike(likenesses, LIKE_ENOUGH)
    if counts[0] == counts[1]:
        best, straight = (
            sum(likenesses[i][j] for i, j in one)
            for one in (pairs, [(i, i) for i in range(counts[0])])
        )
        if best < straight + _CLEARLY:
            return [(i, i) for i in range(counts[0])]
    return _with_neighbours(pairs, *counts)


def _with_neighbours(
    pairs: Sequence[tuple[int, int]], left: int, right: int
) -> list[tuple[int, int]]:
    """Pair what stands between pairs as well, where it is as many on both sides."""
    if not pairs:
        return [(i, i) for i in range(min(left, right))]
    out: list[tuple[int, int]] = []
    last_old = last_new = 0
    for i, j in (*pairs, (left, right)):
        if i - last_old == j - last_new:
            out += zip(range(last_old, i), range(last_new, j), strict=True)
        if i < left:
            out.append((i, j))
        last_old, last_new = i + 1, j + 1
    return out


def _words(cells: Sequence[Element], numbers: dict[str, int]) -> list[int]:
    """Return the words of a column, as numbers."""
    out: list[int] = []
    for one in cells:
        out += [
            numbers.setdefault(token, len(numbers))
            for token in tokens_of(wording(one))
            if not token.isspace()
        ]
        if len(out) > _MOST_WORDS:
            break
    return out[:_MOST_WORDS]


def _columns(
    pairs: Sequence[tuple[int, int]], was: Sequence[Element], now: Sequence[Element]
) -> Iterator[Column]:
    """Yield the columns of the result; those that went before those that came."""
    last_old = last_new = 0
    for i, j in (*pairs, (len(was), len(now))):
        yield from (Column(at, None, was[at]) for at in range(last_old, i))
        yield from (Column(None, at, now[at]) for at in range(last_new, j))
        if i < len(was):
            yield Column(i, j, now[j])
        last_old, last_new = i + 1, j + 1
