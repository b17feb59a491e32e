"""Tables with rows and cells that came or went in; the tables without the marks out.

A row or cell that went leaves a place, and the grid is as if the cells were gone.
"""

from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from slacontracts.redline.elements import (
    CELL,
    CONTENT,
    CONTROL,
    DEL,
    ROW,
    TABLE,
    VALUE,
    Element,
    P,
)
from slacontracts.redline.overlay.keeping import (
    GRID,
    HELD,
    LOCKED,
    NUMBERED,
    SPAN,
    Kept,
)
from slacontracts.redline.pen import copied
from slacontracts.word.grid_columns import columns_of
from slacontracts.word.names import w

_GONE: Final = (DEL, w("moveFrom"))
_CELL_MARKS: Final = (w("cellIns"), w("cellDel"), w("cellMerge"))
_ROW_PR, _CELL_PR, _TABLE_GRID = w("trPr"), w("tcPr"), w("tblGrid")
_SPAN: Final = f"{_CELL_PR}/{w('gridSpan')}"


def is_in(root: Element, element: Element) -> bool:
    """Tell whether an element still stands in the tree of a root."""
    above = element
    for one in element.iterancestors():
        above = one
    return above is root


def has_mark(owner: Element, properties: str, marks: Collection[str]) -> bool:
    """Tell whether the properties of an element hold one of these marks."""
    found = owner.find(properties)
    return found is not None and any(one.tag in marks for one in found)


def hide_rows_and_cells(root: Element, kept: Kept, *, has_stays: bool) -> None:
    """Take out the rows and cells that went.

    has_stays: whether a control stays for a table that went, between paragraphs that
    cannot become one.
    """
    for table in list(root.iter(TABLE)):
        if not is_in(root, table):
            continue
        rows = list(_below(table, ROW))
        gone = [one for one in rows if has_mark(one, _ROW_PR, _GONE)]
        if gone and len(gone) == len(rows):
            place = kept.hold(table)
            if has_stays:
                _stay(place)
            continue
        _hide_cells(table, [one for one in rows if one not in gone], gone, kept)
        for row in gone:
            kept.hold(row)


def _stay(place: Element) -> None:
    control = etree.Element(CONTROL, {LOCKED: "1", HELD: place.get(HELD)})
    etree.SubElement(etree.SubElement(control, CONTENT), P)
    place.addprevious(control)
    place.getparent().remove(place)


def _below(holder: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table, the cells of a row, those in controls too."""
    for one in holder:
        if one.tag == tag:
            yield one
        elif one.tag in (CONTROL, CONTENT, w("customXml")):
            yield from _below(one, tag)


def _hide_cells(
    table: Element, rows: list[Element], gone_rows: list[Element], kept: Kept
) -> None:
    cells = [cell for row in rows for cell in _below(row, CELL)]
    grid = table.find(_TABLE_GRID)
    has_changed = grid is not None and grid.find(w("tblGridChange")) is not None
    if not has_changed and not any(
        has_mark(one, _CELL_PR, _CELL_MARKS) for one in cells
    ):
        return
    table.set(NUMBERED, "")
    if grid is not None:
        table.set(GRID, kept.keep(copied(grid)))
        for change in grid.findall(w("tblGridChange")):
            grid.remove(change)
    gone = [one for one in cells if has_mark(one, _CELL_PR, (w("cellDel"),))]
    going = columns_of(gone, gone_rows)
    for one in gone:
        kept.hold(one)
    for columns in going:
        for cell, _ in columns.reaching:
            cell.set(SPAN, cell.find(_SPAN).get(VALUE))
        columns.take_out()


def lock_tables(root: Element, locked: Collection[str]) -> None:
    """Number the tables in which cells came or went; put the locked in controls."""
    tables = [one for one in root.iter(TABLE) if NUMBERED in one.attrib]
    for number, table in enumerate(tables):
        table.set(NUMBERED, str(number))
        if str(number) in locked:
            control = etree.Element(CONTROL, {LOCKED: "1"})
            table.addprevious(control)
            etree.SubElement(control, CONTENT).append(table)


def restore_tables(root: Element, kept: Kept, used: set[str]) -> None:
    """Give tables the columns that they had, and take those out that locked them."""
    for control in [one for one in root.iter(CONTROL) if LOCKED in one.attrib]:
        number = control.get(HELD)
        if number is None:
            inside = list(control.find(CONTENT))
        else:
            inside = [kept.back(number)]
            used.add(number)
        for table in inside:
            control.addprevious(table)
        control.getparent().remove(control)
    for table in root.iter(TABLE):
        table.attrib.pop(NUMBERED, None)
        number = table.attrib.pop(GRID, None)
        if number is not None:
            used.add(number)
            grid = table.find(_TABLE_GRID)
            grid.addprevious(kept.back(number))
            table.remove(grid)
    for cell in root.iter(CELL):
        span = cell.attrib.pop(SPAN, None)
        if span is not None:
            _set_span(cell, span)


def _set_span(cell: Element, span: str) -> None:
    found = cell.find(_SPAN)
    if found is None:
        properties = cell.find(_CELL_PR)
        found = etree.Element(w("gridSpan"))
        width = properties.find(w("tcW"))
        if width is None:
            properties.insert(0, found)
        else:
            width.addnext(found)
    found.set(VALUE, span)
