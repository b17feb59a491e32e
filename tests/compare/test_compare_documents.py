"""Two documents compared: which clauses differ, how, and what in them."""

from dataclasses import replace

import pytest
from comparing import clause, document, item, line, paragraph, row, table

from slacontracts.compare.documents import compare, heaviest_rising
from slacontracts.compose.numbering import number
from slacontracts.model.change import ClauseChange, Comparison
from slacontracts.model.clause import Part
from slacontracts.model.document import Clause, Column, Reference, Term, Value, Words

FEES = clause(
    "fees", item("The Customer shall pay within 30 days."), item("No interest.")
)
TERM = clause("term", item("This Agreement lasts for three years from its date."))
EXIT = clause("exit", item("The Provider shall return all data."))
RISK = clause("risk", item("The Provider is liable."), item("The cap is EUR 100."))


def compared(old: list[Clause], new: list[Clause]) -> Comparison:
    return compare(number(document(*old)), number(document(*new)))


def fates(found: Comparison) -> list[tuple[str, str]]:
    return [(one.key, one.fate) for one in found.clauses]


def only(found: Comparison) -> ClauseChange:
    (one,) = found.clauses
    return one


def shown(one: ClauseChange) -> list[str]:
    signs = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return [
        "".join(signs[piece.fate].format(piece.text) for piece in block.pieces)
        for block in one.blocks
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([FEES, TERM], [FEES, TERM], []),
        ([], [], []),
        ([FEES], [FEES, TERM], [("term", "inserted")]),
        ([FEES, TERM], [TERM], [("fees", "deleted")]),
        ([FEES, TERM, EXIT], [FEES, RISK, EXIT], [("term", "deleted"), ("risk", "inserted")]),
        ([FEES, TERM, RISK], [FEES, RISK, TERM], [("term", "moved")]),
        ([TERM, FEES, RISK], [FEES, RISK, TERM], [("term", "moved")]),
        ([TERM, RISK, FEES], [FEES, TERM, RISK], [("fees", "moved")]),
        (
            [FEES, TERM, EXIT],
            [EXIT, FEES],
            [("exit", "moved"), ("term", "deleted")],
        ),
        ([FEES], [replace(FEES, title="Price")], [("fees", "substituted")]),
        ([FEES], [replace(FEES, part=Part.SCHEDULE)], [("fees", "moved")]),
    ],
)  # fmt: skip
def test_what_became_of_each_clause(
    old: list[Clause], new: list[Clause], expected: list[tuple[str, str]]
) -> None:
    assert fates(compared(old, new)) == expected


def test_of_two_clauses_the_smaller_one_moved() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    long, short = clause("long", item(words)), clause("short", item("one"))

    assert fates(compared([long, short], [short, long])) == [("short", "moved")]
    assert fates(compared([short, long], [long, short])) == [("short", "moved")]


def test_words_that_changed_and_blocks_with_their_labels() -> None:
    new = clause(
        "fees", item("All is net."), item("The Customer shall pay within 45 days.")
    )

    one = only(compared([TERM, FEES], [TERM, new]))

    assert shown(one) == [
        "[+All is net.+]",
        "The Customer shall pay within [-30-][+45+] days.",
        "[-No interest.-]",
    ]
    assert [
        (b.fate, b.old_label, b.new_label, b.old_at, b.new_at) for b in one.blocks
    ] == [
        ("inserted", "", "2.1", None, 0),
        ("substituted", "2.1", "2.2", 0, 1),
        ("deleted", "2.2", "", 1, None),
    ]
    assert (one.old_label, one.new_label) == ("2", "2")
    assert [(piece.fate, piece.text) for piece in one.title] == [("same", "Fees")]


def test_a_clause_that_came_or_went_is_there_as_a_whole() -> None:
    came = only(compared([], [FEES]))
    went = only(compared([FEES], []))

    assert shown(came) == [f"[+{one}+]" for one in texts(FEES)]
    assert shown(went) == [f"[-{one}-]" for one in texts(FEES)]
    assert (came.old_label, came.new_label, went.old_label, went.new_label) == (
        "",
        "1",
        "1",
        "",
    )
    assert [block.new_label for block in came.blocks] == ["1.1", "1.2"]


def texts(one: Clause) -> list[str]:
    return [
        "".join(getattr(i, "text", "") for i in getattr(b, "inlines", ()))
        for b in one.blocks
    ]


def test_a_clause_that_moved_shows_its_words_too() -> None:
    new = replace(
        TERM, blocks=(item("This Agreement lasts for two years from its date."),)
    )

    one = only(compared([TERM, RISK], [RISK, new]))

    assert one.fate == "moved"
    assert one.has_other_wording
    assert shown(one) == [
        "This Agreement lasts for [-three-][+two+] years from its date."
    ]
    assert not only(compared([TERM, RISK], [RISK, TERM])).has_other_wording


def test_another_number_of_the_same_clause_is_no_difference() -> None:
    see = clause("see", line(Words("As "), Reference("exit"), Words(" says.")))

    found = compared([EXIT, see], [TERM, EXIT, see])

    assert fates(found) == [("term", "inserted")]


def test_a_reference_to_another_clause_with_the_same_number_is_a_difference() -> None:
    see = clause("see", line(Words("As "), Reference("exit"), Words(" says.")))
    other = clause("see", line(Words("As "), Reference("term"), Words(" says.")))

    found = compared([EXIT, see], [TERM, other])

    assert dict(fates(found))["see"] == "substituted"
    assert shown(found.clauses[-1]) == ["As clause [-1-][+1+] says."]


def test_a_reference_to_a_clause_that_became_a_schedule_came_and_went_whole() -> None:
    see = clause("see", line(Words("As "), Reference("exit"), Words(" says long.")))
    other = clause("see", line(Words("As "), Reference("exit"), Words(" says.")))

    found = compared([see, EXIT], [other, replace(EXIT, part=Part.SCHEDULE)])

    (one,) = (one for one in found.clauses if one.key == "see")
    assert shown(one) == ["As [-clause 2-][+Schedule 1+] says[- long-]."]


def test_a_reference_to_a_clause_that_became_a_schedule_is_a_difference() -> None:
    see = clause("see", line(Reference("exit"), Words(" says.")))

    found = compared([see, EXIT], [see, replace(EXIT, part=Part.SCHEDULE)])

    assert fates(found) == [("see", "substituted"), ("exit", "moved")]


def test_emphasis_and_where_words_come_from_are_no_difference() -> None:
    plain = clause("fees", line(Words("Pay “Fee” within 30 days.")))
    other = clause(
        "fees",
        line(
            Words("Pay ", bold=True),
            Term("Fee"),
            Words(" within "),
            Value("/x", "30 days"),
            Words("."),
        ),
    )

    assert fates(compared([plain], [other])) == []


def test_rows_are_found_again_by_their_keys() -> None:
    old = table(
        "levels",
        row("Uptime", "99.9%", key="a"),
        row("Response", "4 hours", key="b"),
        row("Uptime", "99.9%", key="d"),
    )
    new = table(
        "levels",
        row("Restoration", "8 hours", key="c"),
        row("Time for an answer", "2 days", key="b"),
        row("Uptime", "99.9%", key="d"),
    )

    one = only(compared([clause("levels", old)], [clause("levels", new)]))

    (block,) = one.blocks
    assert [(change.fate, key_of(change)) for change in block.rows] == [
        ("deleted", "a"),
        ("inserted", "c"),
        ("substituted", "b"),
        ("unchanged", "d"),
    ]


def key_of(change: object) -> str:
    found = getattr(change, "new", None) or getattr(change, "old", None)
    return str(getattr(found, "key", ""))


def test_a_row_without_a_key_is_found_by_its_first_cell() -> None:
    old = table("fees", ["Hosting", "EUR 100"], ["Mail", "EUR 20"])
    new = table(
        "fees",
        ["Backup", "EUR 5"],
        ["Hosting", "a hundred and twenty"],
        ["Mail", "EUR 20"],
    )

    (block,) = only(compared([clause("fees", old)], [clause("fees", new)])).blocks

    assert [change.fate for change in block.rows] == [
        "inserted",
        "substituted",
        "unchanged",
    ]
    assert [(piece.fate, piece.text) for piece in block.rows[1].cells[1]] == [
        ("deleted", "EUR 100"),
        ("inserted", "a hundred and twenty"),
    ]


def test_a_row_whose_key_is_its_place_is_found_by_its_words() -> None:
    old = table("people", row("Ada", "Director", key="customer/0"))
    new = table(
        "people",
        row("Ben", "Clerk", key="customer/0"),
        row("Ada", "Director", key="customer/1"),
    )

    (block,) = only(compared([clause("people", old)], [clause("people", new)])).blocks

    assert [change.fate for change in block.rows] == ["inserted", "unchanged"]


def test_another_heading_of_a_column_stands_first_among_the_rows() -> None:
    old = table("fees", ["Hosting", "EUR 100"])
    new = replace(old, columns=(Column("Column 1", 50), Column("Sum", 50)))

    (block,) = only(compared([clause("fees", old)], [clause("fees", new)])).blocks

    assert [change.fate for change in block.rows] == ["substituted", "unchanged"]
    assert [piece.text for piece in block.rows[0].cells[1]] == ["Column 2", "Sum"]
    assert (
        fates(
            compared(
                [clause("fees", replace(old, has_heading=False))],
                [clause("fees", replace(new, has_heading=False))],
            )
        )
        == []
    )


def test_tables_with_other_columns_have_no_row_in_common() -> None:
    old, new = (
        table("fees", ["Hosting", "EUR 100"]),
        table("fees", ["Hosting", "a month", "EUR 100"]),
    )

    (block,) = only(compared([clause("fees", old)], [clause("fees", new)])).blocks

    assert [change.fate for change in block.rows] == [
        "deleted",
        "deleted",
        "inserted",
        "inserted",
    ]


OMITTED = clause("fees.omitted", title="[Intentionally omitted]")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([TERM, FEES, EXIT], [TERM, OMITTED, EXIT], [("fees", "deleted")]),
        ([TERM, OMITTED, EXIT], [TERM, FEES, EXIT], [("fees", "inserted")]),
        ([TERM, OMITTED, EXIT], [TERM, OMITTED, EXIT], []),
        ([TERM, OMITTED, EXIT], [TERM, OMITTED, EXIT, FEES], [("fees", "inserted")]),
        ([TERM, FEES, EXIT], [TERM, OMITTED, EXIT, FEES], [("fees", "moved")]),
    ],
)  # fmt: skip
def test_a_place_kept_free_is_no_clause(
    old: list[Clause], new: list[Clause], expected: list[tuple[str, str]]
) -> None:
    assert fates(compared(old, new)) == expected


def test_an_item_that_was_omitted_went() -> None:
    new = replace(FEES, blocks=(FEES.blocks[0], item("[Intentionally omitted]")))

    one = only(compared([FEES], [new]))

    assert [block.fate for block in one.blocks] == ["unchanged", "deleted", "inserted"]


def test_lines_of_a_cell_stay_apart() -> None:
    old, new = table("t", ["a"]), table("t", ["a"])
    two = ((Words("first"),), (Words("second"),))
    old = replace(old, rows=(replace(old.rows[0], cells=(two,)),))
    new = replace(new, rows=(replace(new.rows[0], cells=((*two, (Words("third"),)),)),))

    (block,) = only(compared([clause("t", old)], [clause("t", new)])).blocks

    assert [(p.fate, p.text) for p in block.rows[0].cells[0]] == [
        ("same", "first\nsecond"),
        ("inserted", "\nthird"),
    ]


def test_an_unnumbered_paragraph_has_no_label() -> None:
    intro = paragraph("This clause is new.")

    one = only(compared([FEES], [replace(FEES, blocks=(intro, *FEES.blocks))]))

    assert [block.new_label for block in one.blocks] == ["", "1.1", "1.2"]


@pytest.mark.parametrize(
    ("ranks", "weights", "expected"),
    [
        ([], [], []),
        ([0, 1, 2], [1, 1, 1], [0, 1, 2]),
        ([1, 0], [1, 2], [1]),
        ([1, 0], [2, 1], [0]),
        ([2, 0, 1], [5, 2, 2], [0]),
        ([2, 0, 1], [3, 2, 2], [1, 2]),
    ],
)
def test_the_heaviest_chain_stays(
    ranks: list[int], weights: list[int], expected: list[int]
) -> None:
    assert heaviest_rising(ranks, [(one, 0) for one in weights]) == expected
