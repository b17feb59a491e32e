"""A table made from the data in, a Word table out: hairlines and whole rows."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from slacontracts.model.document import Row, Table
from slacontracts.render.docx_runs import LineWriter
from slacontracts.word.build import (
    CELL_END,
    HEADING_ROW_START,
    KEEP_NEXT,
    ROW_END,
    ROW_START,
    TABLE_END,
    cell_start,
    paragraph,
    paragraph_start,
    table_start,
)

TABLE_STYLE: Final = "Agreement Table"
# The styles of a cell's text and of its column's heading, by alignment.
CELL_STYLES: Final[Mapping[str, tuple[str, str]]] = {
    "start": ("Table Text", "Table Heading"),
    "end": ("Table Number", "Table Number Heading"),
    "center": ("Table Center", "Table Center Heading"),
}
LABEL_STYLE: Final = "Table Label"  # the first column of a fact sheet
GROUP_STYLE: Final = "Table Group"
GAP_STYLE: Final = "Table Gap"
_GROUP_FILL: Final = "F2F5F8"
# A table of no more rows than this stays on one page.
_ROWS_KEPT_TOGETHER: Final = 8
_LINE_AND_CELL_END: Final = f"</w:p>{CELL_END}"


class TableWriter:
    """Writes the tables of one document."""

    def __init__(
        self,
        lines: LineWriter,
        styles: Mapping[str, str],
        text_width: int,
        *,
        is_rtl: bool,
    ) -> None:
        self.lines, self.styles = lines, styles
        self.text_width, self.is_rtl = text_width, is_rtl

    def gap(self) -> str:
        """Return what keeps two tables apart; Word joins tables that touch."""
        return paragraph(self.styles[GAP_STYLE], "")

    def table(self, table: Table) -> str:
        """Return a table; its heading row is repeated, its rows do not break."""
        widths = column_widths(
            tuple([column.width_percent for column in table.columns]), self.text_width
        )
        out = [
            table_start(
                self.styles[TABLE_STYLE],
                widths,
                has_heading=table.has_heading,
                is_rtl=self.is_rtl,
            )
        ]
        if table.has_heading:
            out.append(self.heading(table, widths))
        starts = self.cell_starts(table, widths)
        if len(table.rows) <= _ROWS_KEPT_TOGETHER:
            kept = self.cell_starts(table, widths, KEEP_NEXT)
            before_last = len(table.rows) - 1
            out += [self.row(row, kept, widths) for row in table.rows[:before_last]]
            out += [self.row(row, starts, widths) for row in table.rows[before_last:]]
        else:
            out += [self.row(row, starts, widths) for row in table.rows]
        out.append(TABLE_END)
        return "".join(out)

    def heading(self, table: Table, widths: tuple[int, ...]) -> str:
        """Return the row of headings."""
        cells = [
            cell_start(width)
            + paragraph(
                self.styles[CELL_STYLES[column.align][1]],
                self.lines.text(column.heading),
            )
            + CELL_END
            for column, width in zip(table.columns, widths, strict=True)
        ]
        return f"{HEADING_ROW_START}{''.join(cells)}{ROW_END}"

    def cell_starts(
        self, table: Table, widths: tuple[int, ...], properties: str = ""
    ) -> list[tuple[str, str, str]]:
        """Return for each column the start of a cell, of its lines, and of both."""
        names = [CELL_STYLES[column.align][0] for column in table.columns]
        if not table.has_heading:
            names[0] = LABEL_STYLE
        starts = [
            (cell_start(width), paragraph_start(self.styles[name], properties))
            for width, name in zip(widths, names, strict=True)
        ]
        return [(start, line, start + line) for start, line in starts]

    def row(
        self, row: Row, starts: list[tuple[str, str, str]], widths: tuple[int, ...]
    ) -> str:
        """Return a row; every line of a cell is a paragraph."""
        if row.is_group:
            return self.group(row, widths)
        line = self.lines.line
        out = [ROW_START]
        for cell, (start, line_start, first) in zip(row.cells, starts, strict=True):
            if len(cell) == 1:
                out.append(f"{first}{line(cell[0])}{_LINE_AND_CELL_END}")
            else:
                lines = [f"{line_start}{line(one)}</w:p>" for one in cell or ((),)]
                out.append(f"{start}{''.join(lines)}{CELL_END}")
        out.append(ROW_END)
        return "".join(out)

    def group(self, row: Row, widths: tuple[int, ...]) -> str:
        """Return a row that names those below: one shaded cell over the whole width."""
        start = cell_start(sum(widths), len(widths), _GROUP_FILL)
        lines = [self.lines.line(one) for cell in row.cells for one in cell] or [""]
        texts = "".join([paragraph(self.styles[GROUP_STYLE], runs) for runs in lines])
        return f"{ROW_START}{start}{texts}{CELL_END}{ROW_END}"


@lru_cache(maxsize=256)
def column_widths(percents: tuple[int, ...], whole: int) -> tuple[int, ...]:
    """Return the columns' widths; they fill the whole width exactly.

    >>> column_widths((50, 25, 25), 9001)
    (4501, 2250, 2250)
    """
    total = sum(percents) or 1
    widths = [whole * percent // total for percent in percents]
    widths[0] += whole - sum(widths)
    return tuple(widths)
