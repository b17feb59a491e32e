"""Redlines of tables whose columns came or went: their cells, rows and widths."""

from typing import Any

import pytest
from judge_rules import text_parts
from pairs import PAIRS
from pairs_of_columns import PAIRS as COLUMNS
from redline_pieces import Pair
from test_laws import made

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w
from slacontracts.word.revisions import Which, accept, reject, revisions

_UNEVEN = ("fewer cells", "its width left", "at the end of one row")
_EVEN = [one for one in COLUMNS if not any(part in one.name for part in _UNEVEN)]


def tables(file: WordFile) -> list[Any]:
    return [one for part in text_parts(file) for one in file.tree(part).iter(w("tbl"))]


def short_rows(file: WordFile) -> int:
    """Return how many rows do not take all the columns of their table."""
    return sum(
        width(row) != len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        for table in tables(file)
        for row in table.iterchildren(w("tr"))
    )


def width(row: Any) -> int:
    cells = list(row.iterchildren(w("tc")))
    spans = [cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in cells]
    around = [row.find(f"{w('trPr')}/{w(f'grid{at}')}") for at in ("Before", "After")]
    return sum(1 if one is None else int(one.get(w("val"))) for one in spans) + sum(
        int(one.get(w("val"))) for one in around if one is not None
    )


def drawn(file: WordFile) -> list[str]:
    """Return the rows of the first table; what came has a + before it, what went -."""
    table = next(file.tree(file.main).iter(w("tbl")))
    return [
        sign(row, "trPr", "ins", "del")
        + " | ".join(
            sign(cell, "tcPr", "cellIns", "cellDel")
            + "".join(one.text for one in cell.iter(w("t"), w("delText")))
            for cell in row.iterchildren(w("tc"))
        )
        for row in table.iterchildren(w("tr"))
    ]


def sign(owner: Any, properties: str, came: str, went: str) -> str:
    found = {one.tag for one in owner.iterfind(f"{w(properties)}/*")}
    return "+" * (w(came) in found) + "-" * (w(went) in found)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_every_row_of_a_redline_is_as_wide_as_its_table(pair: Pair) -> None:
    marked, old, new = made(pair.name)

    assert short_rows(marked) <= max(short_rows(old), short_rows(new))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "column moved",
            [
                "Priority | -Response | Repair | +Response",
                "Critical outage | -15 minutes | 4 hours | +15 minutes",
                "High impact | -1 hour | 2 days | +1 hour",
                "Low impact | -2 days | 10 days | +2 days",
            ],
        ),
        (
            "column added and row removed",
            [
                "Priority | Response | Repair | +Credit",
                "-Critical outage | 15 minutes | 4 hours | +",
                "High impact | 1 hour | 2 days | +10%",
                "Low impact | 2 days | 10 days | +none of the fee",
            ],
        ),
        (
            "column removed and row added",
            [
                "+Question | 5 days | never | -",
                "Priority | Response | Repair | -Credit",
                "Critical outage | 15 minutes | 4 hours | -25%",
                "High impact | 1 hour | 2 days | -10%",
                "Low impact | 2 days | 10 days | -none of the fee",
            ],
        ),
        (
            "cell added at the end of one row, removed at that of another",
            ["A | B | +F", "C | D | -E"],
        ),
    ],
)
def test_only_the_cells_of_a_column_that_came_or_went_are_marked(
    name: str, rows: list[str]
) -> None:
    marked, _, _ = made(name)

    assert drawn(marked) == rows


def test_a_column_is_listed_cell_by_cell_and_a_row_that_went_with_it_once() -> None:
    marked, _, _ = made("column removed and row added")

    assert [(one.kind, one.old, one.new) for one in revisions(marked)] == [
        ("inserted row", "", "Question | 5 days | never"),
        ("deleted cell", "Credit", ""),
        ("deleted cell", "25%", ""),
        ("deleted cell", "10%", ""),
        ("deleted cell", "none of the fee", ""),
    ]


def test_a_cell_is_accepted_or_rejected_by_its_number() -> None:
    marked, _, new = made("column removed last")
    numbers = [one.id for one in revisions(marked)]

    first = admit(accept(marked, Which(ids=frozenset(numbers[:1]))), "first.docx")
    rest = admit(accept(first, Which(ids=frozenset(numbers[1:]))), "rest.docx")
    kept = admit(reject(marked, Which(ids=frozenset(numbers[1:]))), "kept.docx")

    assert drawn(first)[:2] == [
        "Priority | Response",
        "Critical outage | 15 minutes | -4 hours",
    ]
    assert drawn(rest) == drawn(new)
    assert short_rows(rest) == 0
    assert drawn(kept)[:2] == [
        "Priority | Response | -Repair",
        "Critical outage | 15 minutes | 4 hours",
    ]


@pytest.mark.parametrize("pair", _EVEN, ids=lambda pair: pair.name)
def test_without_marks_of_formatting_columns_come_and_go_as_well(pair: Pair) -> None:
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")
    date = "2026-03-01T09:00:00Z"

    made = redline(old, new, author="Ada", date=date, has_formatting=False)

    marked = admit(made.data, "redline.docx")
    for resolve, source in ((accept, new), (reject, old)):
        resolved = admit(resolve(marked), "resolved.docx")
        assert [[width(row) for row in rows(one)] for one in tables(resolved)] == [
            [width(row) for row in rows(one)] for one in tables(source)
        ]
        assert words(resolved) == words(source)
        assert short_rows(resolved) == 0


def rows(table: Any) -> list[Any]:
    return list(table.iterchildren(w("tr")))


def words(file: WordFile) -> list[str]:
    return [
        "".join(one.text for one in cell.iter(w("t")))
        for table in tables(file)
        for cell in table.iter(w("tc"))
    ]
