"""Pairs of files in whose tables columns came, went or moved."""

from collections.abc import Sequence
from typing import Final

from pairs_of_scripts import arabic
from pairs_of_tables import merged
from redline_pieces import Marks, Pair, cell, pair, para, paras, row, run, table

Grid = Sequence[Sequence[str]]

_LEVELS: Final = (
    ("Priority", "Response", "Repair"),
    ("Critical outage", "15 minutes", "4 hours"),
    ("High impact", "1 hour", "2 days"),
    ("Low impact", "2 days", "10 days"),
)
_CREDITS: Final = ("Credit", "25%", "10%", "none of the fee")
_ARABIC: Final = (
    ("الأولوية", "الاستجابة"),
    ("انقطاع حرج", "خلال ساعة واحدة"),
    ("تأثير محدود", "خلال يوم عمل"),
)
_ARABIC_CREDITS: Final = ("الخصم", "خمسة بالمئة", "لا شيء")


def grid_of(
    rows: Grid, *, properties: str = "", widths: Sequence[int] = (), title: str = ""
) -> str:
    """Return a table of texts. title: of a first row that is one cell."""
    count = len(rows[0])
    wide = widths or [6000 // count] * count
    whole = f'<w:gridSpan w:val="{count}"/>'
    head = f"<w:tr>{_cell(title, 6000, whole)}</w:tr>"
    lines = [
        "<w:tr>"
        + "".join(_cell(one, width) for one, width in zip(row, wide, strict=True))
        + "</w:tr>"
        for row in rows
    ]
    made = table(*([head] * bool(title)), *lines, columns=count, properties=properties)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    return made.replace('<w:gridCol w:w="2000"/>' * count, columns)


def _cell(text: str, width: int, properties: str = "") -> str:
    return cell(text, properties).replace('w:w="2000"', f'w:w="{width}"', 1)


def added(rows: Grid, at: int, texts: Sequence[str]) -> Grid:
    return [(*row[:at], text, *row[at:]) for row, text in zip(rows, texts, strict=True)]


def removed(rows: Grid, at: int) -> Grid:
    return [(*row[:at], *row[at + 1 :]) for row in rows]


def changed(rows: Grid, old: str, new: str) -> Grid:
    assert any(old in text for row in rows for text in row)
    return [tuple(text.replace(old, new) for text in row) for row in rows]


def same_width(rows: Grid) -> str:
    """Return a table whose cells are as wide as ever, however many there are."""
    return grid_of(rows, widths=[2000] * len(rows[0]))


def in_arabic(rows: Grid) -> str:
    return grid_of(
        [[arabic(text) for text in row] for row in rows],
        properties="<w:bidiVisual/>",
        widths=[2000] * len(rows[0]),
    )


def nested(rows: Grid) -> str:
    return table(
        "<w:tr>" + cell("Outer") + cell(same_width(rows) + para("")) + "</w:tr>",
        "<w:tr>" + cell("Last") + cell("of them") + "</w:tr>",
    )


def in_header(rows: Grid) -> dict[str, object]:
    return {
        "section": '<w:headerReference w:type="default" r:id="rId20"/>',
        "related": {"rId20": ("header", same_width(rows) + para(""))},
    }


def mine(*rows: Sequence[str], columns: int) -> str:
    """Return a table of cells as they are given."""
    lines = ["<w:tr>" + "".join(row) + "</w:tr>" for row in rows]
    return table(*lines, columns=columns)


def one_came(rows: int, *, formats: int = 1) -> Marks:
    """Return the marks of a column that came: its words, ends, cells, and the grid."""
    return Marks(rows, 0, rows, rows, formats)


def one_went(rows: int, *, formats: int = 0) -> Marks:
    return Marks(0, rows, rows, rows, formats)


_FOUR: Final = added(_LEVELS, 3, _CREDITS)
_NUMBERED: Final = added(_LEVELS, 0, ("No.", "1", "2", "3"))
_LONG: Final = [
    ("What is done", "A reason that takes many more words than all the rest of it"),
    *(
        (f"Step {n}", f"Because the law of the place says so, in part {n}")
        for n in (1, 2)
    ),
]

PAIRS: Final[list[Pair]] = [
    *(
        pair(
            f"column added {where}",
            same_width(_LEVELS),
            same_width(added(_LEVELS, at, _CREDITS)),
            one_came(4),
        )
        for where, at in (("first", 0), ("in the middle", 1), ("last", 3))
    ),
    *(
        pair(
            f"column removed {where}",
            same_width(_LEVELS),
            same_width(removed(_LEVELS, at)),
            one_went(4),
        )
        for where, at in (("first", 0), ("in the middle", 1), ("last", 2))
    ),
    pair(
        "column added, and the others made narrower",
        grid_of(_LEVELS),
        grid_of(_FOUR),
        one_came(4, formats=13),
    ),
    pair(
        "column removed, and the others made wider",
        grid_of(_FOUR),
        grid_of(_LEVELS),
        one_went(4, formats=13),
    ),
    pair(
        "column added and a value beside it changed",
        same_width(_LEVELS),
        same_width(changed(_FOUR, "4 hours", "6 hours")),
        Marks(5, 1, 4, 4, 1),
    ),
    pair(
        "column removed and a word beside it changed",
        same_width(_FOUR),
        same_width(changed(_LEVELS, "High", "Medium")),
        Marks(1, 5, 4, 4),
    ),
    pair(
        "two columns added at two places",
        same_width(_LEVELS),
        same_width(added(_NUMBERED, 4, _CREDITS)),
        Marks(8, 0, 8, 8, 1),
    ),
    pair(
        "two columns removed beside each other",
        same_width(_FOUR),
        same_width(removed(removed(_FOUR, 3), 2)),
        Marks(0, 8, 8, 8),
    ),
    pair(
        "column added and another removed",
        same_width(_LEVELS),
        same_width(added(removed(_LEVELS, 1), 2, _CREDITS)),
        Marks(4, 4, 8, 8, 1),
    ),
    pair(
        "column moved",
        same_width(_LEVELS),
        same_width([(a, c, b) for a, b, c in _LEVELS]),
        Marks(4, 4, 8, 8, 1),
    ),
    pair(
        "column put in the place of another",
        same_width(_LEVELS),
        same_width(added(removed(_LEVELS, 2), 2, _CREDITS)),
        Marks(4, 4),
    ),
    pair(
        "column added of more words than the rest",
        same_width([(a,) for a, _ in _LONG]),
        same_width(_LONG),
        one_came(3),
    ),
    pair(
        "column without words added",
        same_width(_LEVELS),
        same_width(added(_LEVELS, 3, ("Remarks", "", "", ""))),
        Marks(1, 0, 4, 4, 1),
    ),
    pair(
        "column added and row added",
        same_width(_LEVELS),
        same_width([*_FOUR, ("Question", "5 days", "never", "none")]),
        Marks(8, 0, 8, 5, 1),
    ),
    pair(
        "column added and row removed",
        same_width(_LEVELS),
        same_width([_FOUR[0], *_FOUR[2:]]),
        Marks(3, 3, 6, 5, 1),
    ),
    pair(
        "column removed and row added",
        same_width(_FOUR),
        same_width([("Question", "5 days", "never"), *_LEVELS]),
        Marks(3, 4, 7, 6),
    ),
    pair(
        "column removed and row removed",
        same_width(_FOUR),
        same_width(_LEVELS[:-1]),
        Marks(0, 7, 7, 4),
    ),
    pair(
        "column added under a title over all of them",
        grid_of(_LEVELS, title="Service levels of the year", widths=[2000] * 3),
        grid_of(_FOUR, title="Service levels of this year", widths=[2000] * 4),
        Marks(5, 1, 4, 4, 2),
    ),
    pair(
        "column removed under a title over all of them",
        grid_of(_FOUR, title="Service levels of the year", widths=[2000] * 4),
        grid_of(_LEVELS, title="Service levels of this year", widths=[2000] * 3),
        Marks(1, 5, 6, 7),
    ),
    *(
        pair(
            f"column {where} removed under a title over all of them",
            grid_of(_FOUR, title="Service levels of the year", widths=[2000] * 4),
            grid_of(
                removed(_FOUR, at),
                title="Service levels of this year",
                widths=[2000] * 3,
            ),
            Marks(1, 5, 6, 7),
        )
        for where, at in (("first", 0), ("in the middle", 1))
    ),
    pair(
        "column in the middle added under a title over all of them",
        grid_of(removed(_FOUR, 1), title="Service levels", widths=[2000] * 3),
        grid_of(_FOUR, title="Service levels", widths=[2000] * 4),
        one_came(4, formats=2),
    ),
    pair(
        "column added beside cells merged downwards",
        mine(
            (merged("Both", start=True), cell("1 hour")),
            (merged("", start=False), cell("2 hours")),
            columns=2,
        ),
        mine(
            (merged("Both", start=True), cell("1 hour"), cell("new")),
            (merged("", start=False), cell("3 hours"), cell("too")),
            columns=3,
        ),
        Marks(3, 1, 2, 2, 1),
    ),
    pair(
        "column added of cells merged downwards, and row removed",
        mine(
            *((cell(f"Part {n}"), cell(f"{n} hours")) for n in range(1, 4)), columns=2
        ),
        mine(
            *(
                (cell(f"Part {n}"), cell(f"{n} hours"), merged("All", start=n == 1))
                for n in (1, 3)
            ),
            columns=3,
        ),
        Marks(2, 2, 4, 4, 1),
    ),
    pair(
        "column added to a table with a row of fewer cells",
        mine(
            *((cell(f"Part {n}"), cell(f"{n} hours")) for n in range(1, 4)),
            (cell("Short"),),
            columns=2,
        ),
        mine(
            *((cell(f"Part {n}"), cell(f"{n} hours"), cell("new")) for n in range(4)),
            columns=3,
        ),
        Marks(6, 1, 7, 6, 1),
    ),
    pair(
        "column added beside a row that leaves its last column out",
        mine(
            (cell("Part 1"), cell("1 hour")),
            (cell("Part 2"), cell("2 hours")),
            columns=2,
        ),
        mine(
            (cell("Part 1"), cell("new"), cell("1 hour")),
            ('<w:trPr><w:gridAfter w:val="1"/></w:trPr>', cell("Part 2"), cell("too")),
            columns=3,
        ),
        Marks(3, 2, 5, 4, 1),
    ),
    pair(
        "cells of a column removed, and its width left",
        same_width(_LEVELS),
        table(*(row(*texts[:2]) for texts in _LEVELS), columns=3),
        Marks(8, 12, 20, 8),
    ),
    pair(
        "cell added at the end of one row, removed at that of another",
        mine((cell("A"), cell("B")), (cell("C"), cell("D"), cell("E")), columns=3),
        mine((cell("A"), cell("B"), cell("F")), (cell("C"), cell("D")), columns=3),
        Marks(1, 1, 2, 2),
    ),
    pair(
        "column added with a table and two paragraphs in its cells",
        same_width(_LEVELS[:2]),
        same_width(
            added(
                _LEVELS[:2],
                3,
                (paras("One", "Two"), same_width(_LEVELS[2:]) + para("")),
            )
        ),
        Marks(8, 0, 9, 4, 1),
    ),
    pair(
        "column removed with a table and two paragraphs in its cells",
        same_width(
            added(
                _LEVELS[:2],
                1,
                (paras("One", "Two"), same_width(_LEVELS[2:]) + para("")),
            )
        ),
        same_width(_LEVELS[:2]),
        Marks(0, 8, 9, 4),
    ),
    pair("column added to a nested table", nested(_LEVELS), nested(_FOUR), one_came(4)),
    pair(
        "column removed from a nested table",
        nested(_FOUR),
        nested(_LEVELS),
        one_went(4),
    ),
    pair(
        "column added to a right-to-left table",
        in_arabic(_ARABIC),
        in_arabic(added(_ARABIC, 2, _ARABIC_CREDITS)),
        one_came(3),
    ),
    pair(
        "column removed from a right-to-left table, and a word changed",
        in_arabic(added(_ARABIC, 0, _ARABIC_CREDITS)),
        in_arabic(changed(_ARABIC, "حرج", "كامل")),
        Marks(1, 4, 3, 3),
    ),
    *(
        pair(
            f"column {how} a table in a header",
            para("The same."),
            para("The same."),
            marks,
            only_old=in_header(old),
            only_new=in_header(new),
        )
        for how, old, new, marks in (
            ("added to", _LEVELS, _FOUR, one_came(4)),
            ("removed from", _FOUR, _LEVELS, one_went(4)),
        )
    ),
    pair(
        "column added to a table in a content control",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{same_width(_LEVELS)}</w:sdtContent></w:sdt>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{same_width(_FOUR)}</w:sdtContent></w:sdt>",
        one_came(4),
    ),
    pair(
        "column of bold words in two runs removed",
        same_width(
            added(
                _LEVELS,
                1,
                [para(run("In ") + run(one, "<w:b/>")) for one in _CREDITS],
            )
        ),
        same_width(_LEVELS),
        one_went(4),
    ),
]
