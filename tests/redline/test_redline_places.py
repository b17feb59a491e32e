"""Two small files in; the places and ranges of their redline's marks, looked at."""

import pytest
from redline_pieces import CREDIT, LAW, NOTICE, SCOPE, TERM, para, paras, row, table
from test_laws import made
from test_redline_files import compared, marks

from slacontracts.redline import Redline
from slacontracts.word.gate import admit
from slacontracts.word.names import w

_PAYMENT = "Each invoice is paid within thirty days from the day it is received."


def shape(result: Redline) -> list[str]:
    """Return the blocks and ranges of the body: "move1(", "p", "p", ")", "tbl"."""
    file = admit(result.data, "redline.docx")
    said = []
    for one in file.tree(file.main).find(w("body")):
        tag = one.tag.rpartition("}")[2]
        if tag.endswith("RangeStart"):
            said.append(f"{one.get(w('name'))}(")
        elif tag.endswith("RangeEnd"):
            said.append(")")
        elif tag != "sectPr":
            said.append(tag)
    return said


def mark_of(result: Redline, text: str) -> list[str]:
    """Return the tracked changes on the marks of the paragraphs with a text."""
    file = admit(result.data, "redline.docx")
    return [
        change.tag.rpartition("}")[2]
        for one in file.tree(file.main).iter(w("p"))
        if text in "".join(t.text or "" for t in one.iter(w("t"), w("delText")))
        for change in one.iterfind(f"{w('pPr')}/{w('rPr')}/*")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "footnote removed, the first of two",
        "endnote removed, the first of two",
        "paragraph with a footnote moved",
    ],
)
def test_notes_stand_and_are_numbered_in_the_order_of_their_references(
    name: str,
) -> None:
    marked, _, _ = made(name)
    kind = "endnote" if "endnote" in name else "footnote"
    (part,) = [one for one in marked.package.names if f"{kind}s.xml" in one]

    notes = [one.get(w("id")) for one in marked.tree(part) if not one.get(w("type"))]

    used = [
        one.get(w("id")) for one in marked.tree(marked.main).iter(w(f"{kind}Reference"))
    ]
    assert notes == used == ["1", "2"]


def test_paragraphs_that_moved_together_share_one_range_at_each_place() -> None:
    result = compared(
        paras("Start.", TERM, CREDIT, SCOPE, LAW, _PAYMENT, NOTICE, "End."),
        paras("Start.", SCOPE, LAW, _PAYMENT, NOTICE, TERM, CREDIT, "End."),
    )

    assert shape(result) == (
        ["p", "move1(", "p", "p", ")", *["p"] * 4, "move1(", "p", "p", ")", "p"]
    )
    assert result.summary.moves == 1


def test_neighbours_that_came_apart_have_a_range_each() -> None:
    result = compared(
        paras("Start.", TERM, CREDIT, SCOPE, LAW, _PAYMENT, NOTICE, "End."),
        paras("Start.", SCOPE, LAW, CREDIT, _PAYMENT, NOTICE, TERM, "End."),
    )

    assert shape(result) == [
        *("p", "move1(", "p", ")", "move2(", "p", ")", "p", "p"),
        *("move2(", "p", ")", "p", "p", "move1(", "p", ")", "p"),
    ]


def test_neighbours_that_changed_places_where_they_are_now_have_a_range_each() -> None:
    result = compared(
        paras("Start.", TERM, CREDIT, SCOPE, LAW, _PAYMENT, NOTICE, "End."),
        paras("Start.", SCOPE, LAW, _PAYMENT, NOTICE, CREDIT, TERM, "End."),
    )

    assert shape(result).count("move1(") == shape(result).count("move2(") == 2


def test_a_moved_paragraph_whose_end_was_edited_has_the_mark_of_the_edit() -> None:
    result = compared(
        paras("Start.", f"{TERM} Then 1", SCOPE, LAW, CREDIT, "End."),
        paras("Start.", SCOPE, LAW, CREDIT, f"{TERM} Then 2", "End."),
    )

    assert mark_of(result, TERM) == ["del", "ins"]


def test_a_moved_paragraph_whose_end_stayed_has_the_mark_of_a_move() -> None:
    result = compared(
        paras("Start.", TERM, SCOPE, LAW, CREDIT, "End."),
        paras("Start.", SCOPE, LAW, CREDIT, TERM.replace("three", "six"), "End."),
    )

    assert mark_of(result, "This agreement runs") == ["moveFrom", "moveTo"]


def test_a_paragraph_rewritten_before_a_table_keeps_its_mark() -> None:
    end = table(row("a", "b")) + para("End.")

    result = compared(paras(SCOPE, TERM) + end, paras(SCOPE, LAW) + end)

    assert shape(result) == ["p", "p", "tbl", "p"]
    assert marks(result) == [("del", TERM), ("ins", LAW)]
    assert mark_of(result, TERM) == []


def test_a_paragraph_that_moved_away_from_a_table_is_still_shown_as_moved() -> None:
    end = table(row("a", "b")) + paras(CREDIT, NOTICE)

    result = compared(
        paras(SCOPE, TERM) + end + paras("Soon.", "End."),
        paras(SCOPE, LAW) + end + paras("Soon.", TERM, "End."),
    )

    assert result.summary.moves == 1


def test_a_table_that_came_stands_before_the_paragraphs_that_went() -> None:
    result = compared(
        paras(TERM, CREDIT, "End."), table(row("a", "b")) + paras(LAW, "End.")
    )

    assert shape(result) == ["tbl", "p", "p", "p", "p"]


def test_a_line_that_shares_only_its_number_is_another_line() -> None:
    old = [f"{n}\t{title}" for n, title in ((49, "Liability"), (50, "Publicity"))]

    result = compared(
        paras("Contents", *old, "51\tLanguage", "52\tLaw", "End."),
        paras("Contents", old[0], "50\tLanguage", "51\tLaw", "End."),
    )

    assert marks(result)[0] == ("del", "50\tPublicity")
    assert marks(result)[1:] == [
        ("del", "51"),
        ("ins", "50"),
        ("del", "52"),
        ("ins", "51"),
    ]
