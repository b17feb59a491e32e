"""Which block of a clause became which, and what every block is called in full."""

import pytest
from comparing import clause, document, item, line, paragraph, table

from slacontracts.compare.blocks import align_blocks
from slacontracts.compose.numbering import labels_in_full, number
from slacontracts.model.clause import Part
from slacontracts.model.document import Block, Reference, Value, Words

FEE = item("The Customer shall pay the Monthly Fee within 30 days of the invoice.")
TERM = item("The Provider may suspend the Services where a sum is overdue.")
DUTY = item("The Provider shall:")
KEEP = item("keep records of every Incident;", 2)
TELL = item("tell the Customer of each Incident;", 2)

CASES: dict[str, tuple[list[Block], list[Block], list[tuple[int | None, int | None]]]] = {
    "the same": ([FEE, TERM], [FEE, TERM], [(0, 0), (1, 1)]),
    "one came": ([FEE], [TERM, FEE], [(None, 0), (0, 1)]),
    "one went": ([FEE, TERM], [TERM], [(0, None), (1, 0)]),
    "went before came": ([FEE], [paragraph("Elsewhere.")], [(0, None), (None, 0)]),
    "words changed": (
        [FEE, TERM],
        [item("The Customer shall pay the Monthly Fee within 45 days."), TERM],
        [(0, 0), (1, 1)],
    ),
    "another level": (
        [DUTY, KEEP],
        [DUTY, item("keep records of every Incident;", 3)],
        [(0, 0), (1, None), (None, 1)],
    ),
    "an item and a paragraph": (
        [FEE],
        [paragraph("The Customer shall pay the Monthly Fee within 30 days.")],
        [(0, None), (None, 0)],
    ),
    "two changed places": ([FEE, TERM], [TERM, FEE], [(None, 0), (0, 1), (1, None)]),
    "an anchor and other words": (
        [item("Nothing is due.", anchor="cap"), FEE],
        [FEE, item("The cap is 10%.", anchor="cap")],
        [(None, 0), (0, 1), (1, None)],
    ),
    "an anchor holds": (
        [item("Nothing is due.", anchor="cap"), FEE],
        [item("Credits end at 10%.", anchor="cap"), FEE],
        [(0, 0), (1, 1)],
    ),
    "a renamed anchor": (
        [item("Credits end at 10%.", anchor="cap")],
        [item("Credits end at 10%.", anchor="most")],
        [(0, 0)],
    ),
    "inner items stay with theirs": (
        [DUTY, KEEP, TERM, TELL],
        [TERM, TELL],
        [(0, None), (1, None), (2, 0), (3, 1)],
    ),
    "an inner item under another": (
        [DUTY, KEEP, TERM],
        [DUTY, TERM, KEEP],
        [(0, 0), (1, None), (2, 1), (None, 2)],
    ),
    "other words before the same inner items": (
        [DUTY, KEEP, TELL],
        [item("Northwind undertakes throughout to"), KEEP, TELL],
        [(0, 0), (1, 1), (2, 2)],
    ),
    "tables by name": (
        [table("hours", ["Monday"]), table("fees", ["100"])],
        [table("fees", ["120"]), table("contacts", ["Ada"])],
        [(0, None), (1, 0), (None, 1)],
    ),
    "tables of one name": (
        [table("targets", ["a", "99%"]), table("targets", ["b", "98%"])],
        [table("targets", ["b", "98%"])],
        [(0, None), (1, 0)],
    ),
    "an omitted place": (
        [FEE],
        [item("[Intentionally omitted]")],
        [(0, None), (None, 0)],
    ),
    "an omitted place on both sides": (
        [FEE, item("[Intentionally omitted]"), TERM],
        [FEE, item("[Intentionally omitted]"), TERM],
        [(0, 0), (1, 1), (2, 2)],
    ),
    "nothing": ([], [], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_block_is_found_again(name: str) -> None:
    old, new, expected = CASES[name]

    found = align_blocks(clause("fees", *old), clause("fees", *new))

    assert list(found) == expected


def test_a_reference_is_what_it_points_to() -> None:
    old = line(Words("See "), Reference("fees"), Words("."))
    new = line(Words("See "), Reference("term"), Words("."))

    found = align_blocks(clause("a", old, new), clause("a", new, old))

    assert list(found) == [(None, 0), (0, 1), (1, None)]


def test_a_value_that_reads_the_same_is_the_same_wording() -> None:
    plain = line(Words("Within 30 days it is due."), FEE.inlines[0])
    value = line(
        Words("Within "), Value("/x", "30 days"), Words(" it is due."), *FEE.inlines
    )

    found = align_blocks(clause("a", TERM, plain), clause("a", plain, TERM, value))

    assert list(found) == [(None, 0), (0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part.CLAUSE, ("1.1", "", "1.1(a)", "1.1(a)(i)", "1.1(b)", "1.2", "")),
        (Part.SCHEDULE, ("1", "", "1.1", "1.1(a)", "1.2", "2", "")),
        (Part.PARTIES, ("(1)", "", "(1)(a)", "(1)(a)(i)", "(1)(b)", "(2)", "")),
        (Part.BACKGROUND, ("(A)", "", "(A)(a)", "(A)(a)(i)", "(A)(b)", "(B)", "")),
    ],
)  # fmt: skip
def test_labels_in_full_context(part: Part, expected: tuple[str, ...]) -> None:
    blocks = (DUTY, paragraph("first:", 1), KEEP, item("all of them;", 3), TELL, TERM)
    duties = clause("duties", *blocks, table("fees", ["1"]), part=part)
    printed = number(document(duties)).block_labels["duties"]

    assert labels_in_full(duties.blocks, printed) == expected
