"""Pairs of files whose tables differ."""

from typing import Final

from redline_pieces import (
    CREDIT,
    TERM,
    VALUE,
    Marks,
    Pair,
    cell,
    pair,
    para,
    paras,
    row,
    table,
)

_HEAD: Final = row("Priority", "Response")
_ROWS: Final = [
    row("Critical outage", "15 minutes"),
    row("High impact", "1 hour"),
    row("Medium impact", "4 hours"),
    row("Low impact", "2 days"),
]
_NEW_ROW: Final = row("Question of a user", "5 days")
_LEFT: Final = '<w:jc w:val="center"/>'


def spanned(text: str, columns: int) -> str:
    return cell(text, f'<w:gridSpan w:val="{columns}"/>')


def merged(text: str, *, start: bool) -> str:
    value = ' w:val="restart"' if start else ""
    return cell(text, f"<w:vMerge{value}/>")


def of(*rows: str, columns: int = 2, properties: str = "") -> str:
    return table(_HEAD, *rows, columns=columns, properties=properties)


_INNER: Final = table(row("Inner one", "Inner two"), row("Inner three", "12"))


def nested(inner: str) -> str:
    return table(row("Outer", cell(inner + para(""))), row("Last", "of them"))


def shaded(fill: str) -> str:
    return cell("4 hours", f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>')


def excepted(width: int, *texts: str) -> str:
    """Return a row whose table properties are its own."""
    own = f'<w:tblPrEx><w:tblW w:w="{width}" w:type="dxa"/></w:tblPrEx>'
    return row(*texts).replace("<w:tr>", f"<w:tr>{own}" if width else "<w:tr>")


_ROW_MARKS: Final = Marks(2, 2, 2, 1)
PAIRS: Final[list[Pair]] = [
    pair("row added last", of(*_ROWS), of(*_ROWS, _NEW_ROW), _ROW_MARKS),
    pair("row added first", table(*_ROWS), table(_NEW_ROW, *_ROWS), _ROW_MARKS),
    pair(
        "row added in the middle",
        of(*_ROWS),
        of(*_ROWS[:2], _NEW_ROW, *_ROWS[2:]),
        _ROW_MARKS,
    ),
    *(
        pair(
            f"own table properties of a row {name}",
            of(*_ROWS[:2], excepted(old, "Low impact", "2 days")),
            of(*_ROWS[:2], excepted(new, "Low impact", "2 days")),
            Marks(formats=1),
        )
        for name, old, new in (
            ("changed", 5000, 9000),
            ("added", 0, 9000),
            ("removed", 5000, 0),
        )
    ),
    pair(
        "row with table properties of its own added",
        of(*_ROWS),
        of(*_ROWS, excepted(5000, "Question of a user", "5 days")),
        _ROW_MARKS,
    ),
    pair(
        "row with table properties of its own gets a height",
        of(*_ROWS, excepted(5000, "Question of a user", "5 days")),
        of(
            *_ROWS,
            excepted(5000, "Question of a user", "5 days").replace(
                "</w:tblPrEx>", '</w:tblPrEx><w:trPr><w:trHeight w:val="900"/></w:trPr>'
            ),
        ),
        Marks(formats=1),
    ),
    pair(
        "row with table properties of its own loses its height",
        of(
            *_ROWS,
            excepted(5000, "Question of a user", "5 days").replace(
                "</w:tblPrEx>", '</w:tblPrEx><w:trPr><w:trHeight w:val="900"/></w:trPr>'
            ),
        ),
        of(*_ROWS, excepted(5000, "Question of a user", "5 days")),
        Marks(formats=1),
    ),
    pair("row removed last", of(*_ROWS), of(*_ROWS[:3]), _ROW_MARKS),
    pair("row removed first", table(*_ROWS), table(*_ROWS[1:]), _ROW_MARKS),
    pair(
        "row removed in the middle",
        of(*_ROWS),
        of(*_ROWS[:1], *_ROWS[2:]),
        _ROW_MARKS,
    ),
    pair(
        "rows change places",
        of(*_ROWS),
        of(_ROWS[1], _ROWS[0], *_ROWS[2:]),
        Marks(4, 4, 4, 2),
    ),
    pair(
        "word in a cell",
        of(*_ROWS),
        of(*_ROWS).replace("Medium", "Middling"),
        VALUE,
    ),
    pair("value in a cell", of(*_ROWS), of(*_ROWS).replace("4 h", "6 h"), VALUE),
    pair(
        "values in many cells",
        of(*_ROWS),
        of(*_ROWS).replace("15 m", "20 m").replace("1 h", "3 h").replace("2 d", "9 d"),
        Marks(3, 3),
    ),
    pair(
        "cell filled",
        of(row("Empty", "")),
        of(row("Empty", "not any more")),
        Marks(1, 0, 1),
    ),
    pair("cell emptied", of(row("One", "two")), of(row("One", "")), Marks(0, 1, 1)),
    pair(
        "paragraph added in a cell",
        of(row("Terms", cell(paras(TERM)))),
        of(row("Terms", cell(paras(TERM, CREDIT)))),
        Marks(1, 0, 1),
    ),
    pair(
        "paragraph removed at the end of a cell",
        of(row("Terms", cell(paras(TERM, CREDIT)))),
        of(row("Terms", cell(paras(TERM)))),
        Marks(0, 1, 1),
    ),
    pair(
        "value in a nested table",
        nested(_INNER),
        nested(_INNER.replace("12", "24")),
        VALUE,
    ),
    pair(
        "row added to a nested table",
        nested(_INNER),
        nested(_INNER.replace("</w:tbl>", f"{row('Inner four', 'x')}</w:tbl>")),
        Marks(2, 0, 2, 1),
    ),
    pair(
        "nested table added",
        table(row("Outer", cell(para("Here:")))),
        table(row("Outer", cell(para("Here:") + _INNER + para("")))),
        Marks(4, 0, 5, 2),
    ),
    pair(
        "nested table removed",
        table(row("Outer", cell(para("Here:") + _INNER + para("")))),
        table(row("Outer", cell(para("Here:") + para("")))),
        Marks(0, 4, 5, 2),
    ),
    pair(
        "value in cells merged sideways",
        of(row(spanned("All day, 7 days", 2)), *_ROWS),
        of(row(spanned("All day, 5 days", 2)), *_ROWS),
        VALUE,
    ),
    pair(
        "cells merged sideways",
        of(row("Left", "Right"), *_ROWS),
        of(row(spanned("Left", 2)), *_ROWS),
        Marks(3, 3, 3, 2, 2),
    ),
    pair(
        "cells merged downwards, value",
        of(
            row(merged("Both", start=True), "1 hour"),
            row(merged("", start=False), "2 hours"),
        ),
        of(
            row(merged("Both", start=True), "1 hour"),
            row(merged("", start=False), "3 hours"),
        ),
        VALUE,
    ),
    pair(
        "cells become merged downwards",
        of(row("Both", "1 hour"), row("", "2 hours")),
        of(
            row(merged("Both", start=True), "1 hour"),
            row(merged("", start=False), "2 hours"),
        ),
        Marks(4, 4, 8, 4, 2),
    ),
    pair(
        "row added inside cells merged downwards",
        of(
            row(merged("All", start=True), "1 hour"),
            row(merged("", start=False), "2 hours"),
        ),
        of(
            row(merged("All", start=True), "1 hour"),
            row(merged("", start=False), "90 minutes"),
            row(merged("", start=False), "2 hours"),
        ),
        Marks(2, 0, 2, 1),
    ),
    pair("table added", para(TERM), para(TERM) + of(*_ROWS), Marks(10, 0, 10, 5)),
    pair("table removed", para(TERM) + of(*_ROWS), para(TERM), Marks(0, 10, 10, 5)),
    pair(
        "table moved",
        of(*_ROWS) + paras(TERM, CREDIT),
        paras(TERM, CREDIT) + of(*_ROWS),
        Marks(12, 12, 20, 10, 0, 2),
    ),
    pair(
        "table property",
        of(*_ROWS),
        of(*_ROWS, properties=_LEFT),
        Marks(formats=1),
    ),
    pair(
        "row property",
        of(row("One", "two")),
        of(row("One", "two", properties="<w:cantSplit/>")),
        Marks(formats=1),
    ),
    pair(
        "cell property",
        of(row("Medium", shaded("FFFFFF"))),
        of(row("Medium", shaded("FFFF00"))),
        Marks(formats=1),
    ),
    pair(
        "width of a column",
        of(*_ROWS),
        of(*_ROWS).replace('gridCol w:w="2000"', 'gridCol w:w="2500"'),
        Marks(formats=1),
    ),
    pair(
        "two tables, value in the second",
        of(*_ROWS) + para("") + of(*_ROWS),
        of(*_ROWS) + para("") + of(*_ROWS).replace("4 hours", "5 hours"),
        VALUE,
    ),
    pair(
        "one of two equal tables removed",
        of(*_ROWS) + para("") + of(*_ROWS),
        of(*_ROWS) + para(""),
        Marks(0, 10, 11, 5),
    ),
]
