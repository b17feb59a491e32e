"""Rows in; a table for a spreadsheet (CSV) of which no cell is a formula out."""

from collections.abc import Mapping, Sequence
from csv import writer
from io import StringIO
from typing import Any, Final
from unicodedata import normalize

# Spreadsheets take a cell that begins so for a formula, and run it.
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK: Final = "\ufeff"  # by it, spreadsheets see that it is UTF-8


def table_file(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8, with the names of the first on top.

    A text that would start a formula stands behind an apostrophe, which spreadsheets
    take for "this is text".
    """
    written = StringIO(newline="")
    out = writer(written)
    if rows:
        out.writerow(rows[0])
    out.writerows([_cell(value) for value in row.values()] for row in rows)
    return (_MARK + written.getvalue()).encode()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    seen = normalize("NFKC", text).lstrip(" ")
    return f"'{text}" if seen.startswith(_STARTS_A_FORMULA) else text
