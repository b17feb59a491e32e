"""Two versions of a table in; its rows that stayed, changed, came and went out."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from slacontracts.compare.blocks import (
    LIKE_ENOUGH,
    headings,
    said_in_line,
    said_in_row,
    words_of,
)
from slacontracts.compare.lines import Tokens, changed_words, tokens_of_cell, whole
from slacontracts.model.change import Fate, RowChange
from slacontracts.model.document import NumberedDocument, Row, Table, Words
from slacontracts.redline.words import common, most_alike, rising
from slacontracts.text import likeness

_SAME_FIRST_CELL: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table and the document that it is printed in."""

    table: Table
    document: NumberedDocument

    def rows(self, *, with_heading: bool) -> tuple[Row, ...]:
        heads = tuple(((Words(one),),) for one in headings(self.table))
        return (Row(heads), *self.table.rows) if with_heading else self.table.rows

    def cells(self, row: Row) -> list[Tokens]:
        return [tokens_of_cell(cell, self.document) for cell in row.cells]


def changed_rows(
    old: Table, new: Table, old_document: NumberedDocument, document: NumberedDocument
) -> tuple[RowChange, ...]:
    """Return the rows of two tables; where a heading changed, the headings first."""
    is_headed = headings(old) != headings(new)
    left, right = _Sheet(old, old_document), _Sheet(new, document)
    olds = left.rows(with_heading=is_headed and bool(headings(old)))
    news = right.rows(with_heading=is_headed and bool(headings(new)))
    is_pair = is_headed and bool(headings(old)) and bool(headings(new))
    pairs = [(0, 0)] if is_pair and len(olds[0].cells) == len(news[0].cells) else []
    first_old, first_new = len(olds) - len(old.rows), len(news) - len(new.rows)
    pairs += [(i + first_old, j + first_new) for i, j in align_rows(old.rows, new.rows)]
    out: list[RowChange] = []
    last_old = last_new = 0
    for i, j in (*pairs, (len(olds), len(news))):
        out += [_lone(left, row, "deleted") for row in olds[last_old:i]]
        out += [_lone(right, row, "inserted") for row in news[last_new:j]]
        if i < len(olds):
            out.append(_paired(left, olds[i], right, news[j]))
        last_old, last_new = i + 1, j + 1
    return tuple(out)


def lone_rows(
    table: Table, document: NumberedDocument, fate: Fate
) -> tuple[RowChange, ...]:
    """Return the rows of a table all of which had one fate."""
    return tuple(_lone(_Sheet(table, document), row, fate) for row in table.rows)


def _lone(sheet: _Sheet, row: Row, fate: Fate) -> RowChange:
    cells = tuple(whole(one, fate) for one in sheet.cells(row))
    if fate == "deleted":
        return RowChange("deleted", row, None, cells)
    if fate == "inserted":
        return RowChange("inserted", None, row, cells)
    return RowChange("unchanged", row, row, cells)


def _paired(left: _Sheet, old: Row, right: _Sheet, new: Row) -> RowChange:
    cells = tuple(
        changed_words(was, now)
        for was, now in zip(left.cells(old), right.cells(new), strict=True)
    )
    is_same = all(piece.fate == "same" for cell in cells for piece in cell)
    return RowChange("unchanged" if is_same else "substituted", old, new, cells)


def align_rows(olds: Sequence[Row], news: Sequence[Row]) -> list[tuple[int, int]]:
    """Return which row became which, in order: by key, by wording, by likeness.

    Rows that belong together have as many cells.
    """
    found = _by_key(olds, news)
    for search in (_by_wording, _by_likeness):
        last_old = last_new = 0
        refined: list[tuple[int, int]] = []
        for i, j in (*found, (len(olds), len(news))):
            inner = search(olds[last_old:i], news[last_new:j])
            refined += [(last_old + a, last_new + b) for a, b in inner]
            refined += [(i, j)] if i < len(olds) else []
            last_old, last_new = i + 1, j + 1
        found = refined
    return found


def _by_key(olds: Sequence[Row], news: Sequence[Row]) -> list[tuple[int, int]]:
    left, right = (
        {_name(row): index for index, row in enumerate(rows) if _name(row)}
        for rows in (olds, news)
    )
    both = [(i, right[key]) for key, i in left.items() if key in right]
    return rising(
        [(i, j) for i, j in sorted(both) if _shape(olds[i]) == _shape(news[j])]
    )


def _by_wording(olds: Sequence[Row], news: Sequence[Row]) -> list[tuple[int, int]]:
    return common([*map(said_in_row, olds)], [*map(said_in_row, news)])


def _by_likeness(olds: Sequence[Row], news: Sequence[Row]) -> list[tuple[int, int]]:
    if not olds or not news:
        return []
    return most_alike([[_alike(a, b) for b in news] for a in olds], LIKE_ENOUGH)


def _shape(row: Row) -> tuple[bool, int]:
    return row.is_group, len(row.cells)


def _alike(old: Row, new: Row) -> float:
    if _shape(old) != _shape(new):
        return 0.0
    has_same_head = _said_first(old) == _said_first(new) != ()
    names = _name(old), _name(new)
    if all(names) and names[0] != names[1] and not has_same_head:
        return 0.0
    lines = [[line for cell in row.cells for line in cell] for row in (old, new)]
    ratio = likeness(*(words_of(one) for one in lines))
    return max(ratio, _SAME_FIRST_CELL) if has_same_head else ratio


def _said_first(row: Row) -> Hashable:
    return tuple(map(said_in_line, row.cells[0])) if row.cells else ()


def _name(row: Row) -> str:
    """Return the key of a row; one that ends in a number is a place, not a name."""
    return "" if row.key.rpartition("/")[2].isdigit() else row.key
