"""Cells that will be taken out in; the columns that go with them, taken out, out.

A grid has a column for cells that are marked as deleted, or as inserted, as long as
they are there. It goes with the last of them. A cell that reaches over it and over
others, such as a title above a table, then reaches over one less.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.names import w

_TABLE, _ROW, _CELL, _GRID = w("tbl"), w("tr"), w("tc"), w("tblGrid")
_PROPERTIES, _SPAN = w("tcPr"), w("gridSpan")
_CONTROLS: Final = (w("sdt"), w("sdtContent"), w("customXml"))
_MOST_COLUMNS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Going:
    """The columns that go from a table. reaching: the cells over them, and how many."""

    table: Any
    columns: tuple[Any, ...]
    reaching: tuple[tuple[Any, int], ...]

    def take_out(self) -> None:
        """Take the columns out of their grid, unless it has others meanwhile."""
        grid = self.table.find(_GRID)
        columns = [one for one in self.columns if one.getparent() is grid]
        if grid is None or not columns:
            return
        for one in columns:
            grid.remove(one)
        count = len(grid.findall(w("gridCol")))
        for cell, over in self.reaching:
            row = next(cell.iterancestors(_ROW), None)
            excess = 0 if row is None else _settled(row) - count
            if excess > 0:
                _set_span(cell, _span(cell) - min(over, excess))


def columns_of(cells: Collection[Any], rows: Collection[Any]) -> list[Going]:
    """Return the columns of which no row has a cell without these cells and rows."""
    tables = dict.fromkeys(
        table
        for cell in cells
        if (table := next(cell.iterancestors(_TABLE), None)) is not None
    )
    gone, gone_rows = set(cells), set(rows)
    found = (_going(table, gone, gone_rows) for table in tables)
    return [one for one in found if one is not None]


def _going(table: Any, gone: set[Any], gone_rows: set[Any]) -> Going | None:
    grid = table.find(_GRID)
    columns = [] if grid is None else grid.findall(w("gridCol"))
    if not columns or len(columns) > _MOST_COLUMNS:
        return None
    rows = [row for row in _below(table, _ROW) if row not in gone_rows]
    # Of a row that is shorter than its table it is not known which columns it has.
    full = [list(_taken(row)) for row in rows if _width(row) == len(columns)]
    widest = max((_settled(row, gone) for row in rows), default=0)
    places = _places(full, gone, len(columns) - widest)
    reaching = {
        cell: len(places.intersection(taken))
        for row in full
        for cell, taken in row
        if cell not in gone and len(taken) > 1
    }
    for row in rows:
        over = sum(reaching.get(cell, 0) for cell in _below(row, _CELL))
        if _settled(row, gone) - over > len(columns) - len(places):
            return None
    return Going(
        table, tuple(columns[at] for at in sorted(places)), tuple(reaching.items())
    )


def _places(
    rows: Collection[list[tuple[Any, range]]], gone: Collection[Any], most: int
) -> set[int]:
    """Return which columns go: those that no cell but one over several has still.

    most: how many, unless it is none. Where a cell over several stands before it, a
    cell that goes may seem to have a column that other rows leave out.
    """
    has: Counter[int] = Counter()
    stay: set[int] = set()
    for row in rows:
        for cell, taken in row:
            has.update(taken)
            if cell not in gone and len(taken) == 1:
                stay.update(taken)
    going = {at for row in rows for cell, taken in row if cell in gone for at in taken}
    best = sorted(going - stay, key=lambda at: (-has[at], at))
    return set(best[:most] if most > 0 else best)


def _taken(row: Any) -> Iterator[tuple[Any, range]]:
    """Yield the cells of a row, each with the columns that it takes."""
    at = _number(row, "trPr", "gridBefore", 0)
    for cell in _below(row, _CELL):
        yield cell, range(at, at + _span(cell))
        at += _span(cell)


def _width(row: Any) -> int:
    return _around(row) + sum(map(_span, _below(row, _CELL)))


def _settled(row: Any, gone: Collection[Any] = ()) -> int:
    """Return how wide a row is without the cells that are gone, or marked still."""
    cells = [cell for cell in _below(row, _CELL) if cell not in gone]
    return _around(row) + sum(_span(cell) for cell in cells if not _is_marked(cell))


def _is_marked(cell: Any) -> bool:
    marks = (cell.find(f"{_PROPERTIES}/{w(one)}") for one in ("cellIns", "cellDel"))
    return any(one is not None for one in marks)


def _around(row: Any) -> int:
    sides = ("gridBefore", "gridAfter")
    return sum(_number(row, "trPr", side, 0) for side in sides)


def _span(cell: Any) -> int:
    return max(1, _number(cell, "tcPr", "gridSpan", 1))


def _set_span(cell: Any, span: int) -> None:
    said = cell.find(f"{_PROPERTIES}/{_SPAN}")
    if span > 1:
        said.set(w("val"), str(span))
        return
    properties = said.getparent()
    properties.remove(said)
    if not len(properties):
        cell.remove(properties)


def _below(holder: Any, tag: str) -> Iterator[Any]:
    """Yield rows or cells, those in content controls as well."""
    for one in holder:
        if one.tag == tag:
            yield one
        elif one.tag in _CONTROLS:
            yield from _below(one, tag)


def _number(owner: Any, properties: str, name: str, otherwise: int) -> int:
    found = owner.find(f"{w(properties)}/{w(name)}")
    text = "" if found is None else found.get(w("val"), "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    return int(text) if is_number else otherwise
