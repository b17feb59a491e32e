"""Two tables in; the newer one, its rows and cells compared and marked, out."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from slacontracts.redline.align import Pair, align
from slacontracts.redline.blocks import Block, Content, inner, read_content
from slacontracts.redline.elements import (
    CELL,
    CONTENT,
    CONTROL,
    ID,
    ROW,
    TABLE,
    VALUE,
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
_GRID, _GRID_CHANGE = w("tblGrid"), w("tblGridChange")


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


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, those in content controls as well."""
    for one in row:
        if one.tag == CELL:
            yield one
        elif one.tag == CONTROL:
            content = one.find(CONTENT)
            if content is not None:
                yield from cells_of(content)


def merge_tables(new: Element, old: Element, pen: Pen, merge: Merge) -> None:
    """Mark in a table of the result what changed since OLD's table."""
    if new.tag == TABLE:
        track(new, _TABLE_PR, old, pen)
        _track_grid(new, old, pen)
    left, right = read_content(old), read_content(new)
    pairs = _split(align(left.blocks, right.blocks, pen.numbers))
    out: list[Element] = []
    waiting = _waiting(right)
    out += waiting.pop(0)
    for pair in pairs:
        if pair.new is not None:
            out += waiting.pop(id(pair.new), ())
        out.append(_row(pair, pen, merge))
    new[:] = [*out, *right.between[-1]] if right.blocks else out


def _waiting(content: Content) -> dict[int, list[Element]]:
    """Return what stands before each row; under 0, what stands before the first."""
    out: dict[int, list[Element]] = {0: content.between[0]}
    for block, before in zip(content.blocks[1:], content.between[1:], strict=False):
        out[id(block)] = before
    return out


def _split(pairs: list[Pair]) -> list[Pair]:
    """Take rows apart whose cells are not the same in number and width."""
    out: list[Pair] = []
    for pair in pairs:
        old, new = pair
        if old and new and old.kind == "row" and _shape(old) != _shape(new):
            out += (Pair(old, None), Pair(None, new))
        else:
            out.append(pair)
    return out


def _shape(row: Block) -> list[tuple[str, str]]:
    return [
        (_of_cell(cell, "gridSpan", "1"), _of_cell(cell, "vMerge", ""))
        for cell in cells_of(row.element)
    ]


def _of_cell(cell: Element, tag: str, otherwise: str) -> str:
    found = cell.find(f"{_CELL_PR}/{w(tag)}")
    return otherwise if found is None else str(found.get(VALUE, "continue"))


def _row(pair: Pair, pen: Pen, merge: Merge) -> Element:
    old, new = pair
    if new is None:
        assert old is not None
        brought = pen.bring(old.element)
        _mark(brought, "del", pen)
        return brought
    if old is None:
        _mark(new.element, "ins", pen)
    elif new.kind == "control":
        merge_tables(inner(new.element), inner(old.element), pen, merge)
    elif pen.is_same(old.element, new.element):
        pen.pair_notes(old.element, new.element)
    else:
        _merge_rows(new.element, old.element, pen, merge)
    return new.element


def _mark(element: Element, fate: Fate, pen: Pen) -> None:
    if element.tag == ROW:
        _mark_row(element, fate, pen)
    else:
        mark_table(inner(element), fate, pen)


def _merge_rows(new: Element, old: Element, pen: Pen, merge: Merge) -> None:
    track(new, _OWN_TABLE_PR, old, pen)
    track(new, _ROW_PR, old, pen)
    for now, was in zip(cells_of(new), cells_of(old), strict=True):
        if pen.is_same(was, now):
            pen.pair_notes(was, now)
        else:
            track(now, _CELL_PR, was, pen)
            merge(now, was, pen)


def _track_grid(new: Element, old: Element, pen: Pen) -> None:
    grid, was = new.find(_GRID), old.find(_GRID)
    if grid is None or was is None:
        return
    if said(grid, pen, is_old=False) != said(was, pen, is_old=True):
        pen.has_marked = True
        change = etree.SubElement(grid, _GRID_CHANGE, {ID: ""})
        change.append(copied(was))
