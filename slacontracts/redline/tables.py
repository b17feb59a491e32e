"""Two tables in; the newer one, its rows and cells compared and marked, out.

A column that came or went is marked on each of its cells (`w:cellIns`, `w:cellDel`),
and so is what they hold, as Word does it: a program that does not know these marks
then takes the text away at least. A row of which only one side has a column gets an
empty cell there that is marked the other way, so that all rows are of one width; it
goes with the row, or with the column.
"""

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from slacontracts.redline.align import Pair, align
from slacontracts.redline.blocks import Content, inner, read_content
from slacontracts.redline.columns import (
    GRID,
    Columns,
    cells_of,
    columns_between,
    rows_in,
)
from slacontracts.redline.elements import (
    CELL,
    CONTROL,
    ID,
    ROW,
    TABLE,
    TYPE,
    Element,
    P,
)
from slacontracts.redline.formatting import mark_end, said, track
from slacontracts.redline.paragraphs import without_properties
from slacontracts.redline.pen import Fate, Pen, copied
from slacontracts.redline.write import wrapped
from slacontracts.word.names import w

Merge: TypeAlias = Callable[[Element, Element, Pen], None]

_TABLE_PR, _ROW_PR, _CELL_PR = w("tblPr"), w("trPr"), w("tcPr")
_OWN_TABLE_PR = w("tblPrEx")
_GRID_CHANGE = w("tblGridChange")
_WIDTH, _CELL_WIDTH = w("w"), w("tcW")


def mark_blocks(container: Element, fate: Fate, pen: Pen) -> None:
    """Mark all that a container of the result holds as come or gone."""
    for element in container:
        if element.tag == P:
            content = wrapped(without_properties(element), fate, pen)
            properties = [one for one in element if one.tag == w("pPr")]
            element[:] = [*properties, *content]
            mark_end(element, fate, pen)
        elif element.tag == TABLE:
            mark_table(element, fate, pen)
        elif element.tag == CONTROL:
            mark_blocks(inner(element), fate, pen)


def mark_table(table: Element, fate: Fate, pen: Pen) -> None:
    """Mark every row of a table, or of a control that holds rows."""
    for element in table:
        if element.tag == ROW:
            _mark_row(element, fate, pen)
        elif element.tag == CONTROL:
            mark_table(inner(element), fate, pen)


def _mark_row(row: Element, fate: Fate, pen: Pen) -> None:
    properties = row.find(_ROW_PR)
    if properties is None:
        properties = etree.Element(_ROW_PR)
        row.insert(0 if row.find(_OWN_TABLE_PR) is None else 1, properties)
    properties.append(pen.mark(fate))
    for cell in cells_of(row):
        mark_blocks(cell, fate, pen)


def merge_tables(
    new: Element, old: Element, pen: Pen, merge: Merge, columns: Columns | None = None
) -> None:
    """Mark in a table of the result what changed since OLD's table.

    columns: of the table, for the rows that a control holds.
    """
    if columns is None:
        columns = columns_between(old, new, pen.numbers)
        track(new, _TABLE_PR, old, pen)
        _track_grid(new, old, columns, pen)
    left, right = (_rows(one, columns, is_old=one is old) for one in (old, new))
    pairs = _split(align(left.blocks, right.blocks, pen.numbers), columns)
    out: list[Element] = []
    waiting = _waiting(right)
    out += waiting.pop(0)
    for pair in pairs:
        if pair.new is not None:
            out += waiting.pop(id(pair.new), ())
        out.append(_row(pair, columns, pen, merge))
    new[:] = [*out, *right.between[-1]] if right.blocks else out


def _rows(table: Element, columns: Columns, *, is_old: bool) -> Content:
    """Return the rows; where columns came or went, what both sides have aligns them."""
    content = read_content(table)
    if columns.have_changed:
        for row in content.blocks:
            if row.kind == "row":
                row.text = columns.text(row.element, is_old=is_old)
                row.key = row.key[0], row.text
    return content


def _waiting(content: Content) -> dict[int, list[Element]]:
    """Return what stands before each row; under 0, what stands before the first."""
    out: dict[int, list[Element]] = {0: content.between[0]}
    for block, before in zip(content.blocks[1:], content.between[1:], strict=False):
        out[id(block)] = before
    return out


def _split(pairs: list[Pair], columns: Columns) -> list[Pair]:
    """Take rows apart whose cells cannot be compared one by one."""
    out: list[Pair] = []
    for pair in pairs:
        old, new = pair
        if (
            old
            and new
            and old.kind == "row"
            and columns.pair_cells(old.element, new.element) is None
        ):
            out += (Pair(old, None), Pair(None, new))
        else:
            out.append(pair)
    return out


def _row(pair: Pair, columns: Columns, pen: Pen, merge: Merge) -> Element:
    old, new = pair
    if new is None:
        assert old is not None
        brought = pen.bring(old.element)
        _mark(brought, "del", columns, pen)
        return brought
    if old is None:
        _mark(new.element, "ins", columns, pen)
    elif new.kind == "control":
        merge_tables(inner(new.element), inner(old.element), pen, merge, columns)
    elif not columns.have_changed and pen.is_same(old.element, new.element):
        pen.pair_notes(old.element, new.element)
    else:
        _merge_rows(new.element, old.element, columns, pen, merge)
    return new.element


def _mark(element: Element, fate: Fate, columns: Columns, pen: Pen) -> None:
    if element.tag == ROW:
        _mark_row(element, fate, pen)
    else:
        mark_table(inner(element), fate, pen)
    if columns.have_changed:
        for row in rows_in(element):
            _fill(row, fate, columns, pen)


def _fill(row: Element, fate: Fate, columns: Columns, pen: Pen) -> None:
    """Give a row that went the new columns, and one that came the old ones."""
    is_old = fate == "del"
    stand = list(columns.places(row, is_old=is_old))
    for place in columns.absent(is_old=is_old):
        cell = _empty_cell(columns.all[place].width)
        cell.find(_CELL_PR).append(pen.mark("cellIns" if is_old else "cellDel"))
        after = next((one for one, taken in stand if taken[0] > place), None)
        if after is None:
            row.append(cell)
        else:
            after.addprevious(cell)


def _empty_cell(width: Element) -> Element:
    cell = etree.Element(CELL)
    properties = etree.SubElement(cell, _CELL_PR)
    wide = width.get(_WIDTH)
    if wide is not None:
        etree.SubElement(properties, _CELL_WIDTH, {_WIDTH: wide, TYPE: "dxa"})
    etree.SubElement(cell, P)
    return cell


def _merge_rows(
    new: Element, old: Element, columns: Columns, pen: Pen, merge: Merge
) -> None:
    pairs = columns.pair_cells(old, new)
    assert pairs is not None  # else the rows were taken apart
    track(new, _OWN_TABLE_PR, old, pen)
    track(new, _ROW_PR, old, pen)
    before: Element | None = None
    for was, now in pairs:
        if now is None:
            now = pen.bring(was)
            _mark_cell(now, "del", pen)
            _put(now, before, new)
        elif was is None:
            _mark_cell(now, "ins", pen)
        elif pen.is_same(was, now):
            pen.pair_notes(was, now)
        else:
            track(now, _CELL_PR, was, pen)
            merge(now, was, pen)
        before = now


def _put(cell: Element, before: Element | None, row: Element) -> None:
    """Put a cell that went behind another, or first in its row."""
    if before is None:
        before = next(cells_of(row))
        before.addprevious(cell)
    else:
        before.addnext(cell)


def _mark_cell(cell: Element, fate: Fate, pen: Pen) -> None:
    properties = cell.find(_CELL_PR)
    if properties is None:
        properties = etree.Element(_CELL_PR)
        cell.insert(0, properties)
    properties.append(pen.mark("cellIns" if fate == "ins" else "cellDel"))
    mark_blocks(cell, fate, pen)


def _track_grid(new: Element, old: Element, columns: Columns, pen: Pen) -> None:
    """Mark the widths as changed; a column that went is there as long as its cells."""
    grid, was = new.find(GRID), old.find(GRID)
    if grid is None or was is None:
        return
    if columns.absent(is_old=False):
        grid[:] = [copied(one.width) for one in columns.all]
    has_changed = said(grid, pen, is_old=False) != said(was, pen, is_old=True)
    if pen.has_looks and has_changed:
        pen.has_marked = True
        change = etree.SubElement(grid, _GRID_CHANGE, {ID: ""})
        change.append(copied(was))
