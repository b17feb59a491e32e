"""A table of a document in, its lines as plain text out: columns, facts or records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from slacontracts.model.document import NumberedDocument, Row, Table
from slacontracts.render.columns import WIDTH, hang, pad, width, wrap
from slacontracts.render.wording import line_text

_GAP = 2  # spaces between two columns


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table as text: the text of each cell, or the name of a group."""

    cells: tuple[str, ...]
    is_group: bool = False


def table_lines(table: Table, document: NumberedDocument) -> Iterator[str]:
    """Return a table as text.

    A fact sheet of two columns reads "name: value". A table whose words are too
    long for columns reads as one record after the other.
    """
    rows = [_read(row, document) for row in table.rows]
    if not table.has_heading and len(table.columns) == 2:
        return _facts(rows)
    headings = tuple(column.heading for column in table.columns)
    shown = [_Line(headings), *rows] if table.has_heading else rows
    widths = _widths([row.cells for row in shown if not row.is_group])
    if widths is None:
        return _records(rows, headings)
    at_end = [column.align == "end" for column in table.columns]
    return _grid(shown, widths, at_end, has_heading=table.has_heading)


def _read(row: Row, document: NumberedDocument) -> _Line:
    cells = (
        "\n".join(line_text(line, document) for line in cell) for cell in row.cells
    )
    return _Line(tuple(cells), row.is_group)


def _facts(rows: Sequence[_Line]) -> Iterator[str]:
    """Yield "name: value" lines, long values hanging below their name."""
    for index, row in enumerate(rows):
        if row.is_group:
            yield from ([""] if index else [])
            yield from wrap(row.cells[0], WIDTH)
            continue
        name, value = row.cells
        first, *others = wrap(f"{name}: {value}", WIDTH - 2)
        yield from (first, *(f"  {line}" for line in others))


def _records(rows: Sequence[_Line], headings: Sequence[str]) -> Iterator[str]:
    """Yield each row as a paragraph of "heading: value" lines."""
    for index, row in enumerate(rows):
        if index:
            yield ""
        if row.is_group:
            yield from wrap(row.cells[0], WIDTH)
            continue
        for heading, cell in zip(headings, row.cells, strict=True):
            name = f"{heading}: " if heading else ""
            yield from hang(f"{name}{cell}", 2)


def _widths(rows: Sequence[tuple[str, ...]]) -> list[int] | None:
    """Return the width of each column, or None where the words do not fit."""
    columns = list(zip(*rows, strict=True))
    widest = [
        max(width(line) for cell in c for line in cell.split("\n")) for c in columns
    ]
    longest = [
        max(width(word) for cell in c for word in cell.split()) if any(c) else 0
        for c in columns
    ]
    room = WIDTH - _GAP * (len(columns) - 1)
    if sum(widest) <= room:
        return widest
    spare = room - sum(longest)
    if spare < 0:
        return None
    wanted = sum(widest) - sum(longest)
    return [
        least + spare * (most - least) // wanted
        for least, most in zip(longest, widest, strict=True)
    ]


def _grid(
    rows: Sequence[_Line],
    widths: Sequence[int],
    at_end: Sequence[bool],
    *,
    has_heading: bool,
) -> Iterator[str]:
    """Yield aligned columns; rows of several lines are set apart by an empty line."""
    before: list[str] = []
    for index, row in enumerate(rows):
        lines = _row_lines(row, widths, at_end)
        if index > int(has_heading) and (
            row.is_group
            or (not rows[index - 1].is_group and max(len(lines), len(before)) > 1)
        ):
            yield ""
        yield from lines
        if has_heading and index == 0:
            yield "  ".join("-" * columns for columns in widths)
        before = lines


def _row_lines(row: _Line, widths: Sequence[int], at_end: Sequence[bool]) -> list[str]:
    if row.is_group:
        return wrap(row.cells[0], WIDTH)
    cells = (wrap(cell, room) for cell, room in zip(row.cells, widths, strict=True))
    return [
        "  ".join(
            pad(piece, columns, at_end=end)
            for piece, columns, end in zip(pieces, widths, at_end, strict=True)
        )
        for pieces in zip_longest(*cells, fillvalue="")
    ]
