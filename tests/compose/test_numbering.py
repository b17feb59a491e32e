"""Labels of clauses, items, recitals and schedules, and how references read."""

import pytest

from slacontracts.compose.numbering import letters, number, roman
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    Clause,
    ClauseOrigin,
    Item,
    NumberedDocument,
    Paragraph,
    Words,
)
from slacontracts.model.finding import Origin

ORIGIN = ClauseOrigin("corporate", "corporate/standard", "preferred", Origin("x.md"))


def numbered(*clauses: Clause) -> NumberedDocument:
    agreement = Agreement(id="SLA-1", template="corporate/standard")
    return number(AgreementDocument(agreement, "An agreement", "en", clauses))


def clause(
    key: str, *items: tuple[int, str | None], part: Part = Part.CLAUSE
) -> Clause:
    blocks = tuple(Item((Words("x"),), level, anchor) for level, anchor in items)
    title = key.replace("-", " ").title()
    return Clause(key, title, part, (Paragraph((Words("lead"),)), *blocks), ORIGIN)


def test_clauses_run_1_then_1_1_then_a_then_i() -> None:
    document = numbered(
        clause("term"),
        clause(
            "fees", (1, None), (1, "two"), (2, "a"), (2, "b"), (3, "i"), (1, "three")
        ),
    )

    assert document.block_labels["fees"] == (
        "", "2.1", "2.2", "(a)", "(b)", "(i)", "2.3",
    )  # fmt: skip
    assert document.labels["fees"] == "2"
    assert document.labels["fees/b"] == "2.2(b)"
    assert document.labels["fees/i"] == "2.2(b)(i)"
    assert document.labels["fees/three"] == "2.3"


def test_letters_start_again_under_each_item() -> None:
    document = numbered(clause("fees", (1, None), (2, None), (1, None), (2, "again")))

    assert document.labels["fees/again"] == "1.2(a)"


def test_schedules_are_a_list_of_their_own_and_their_paragraphs_start_again() -> None:
    document = numbered(
        clause("term"),
        clause("one", (1, None), part=Part.SCHEDULE),
        clause("two", (1, None), (1, "p"), (2, "q"), (3, "r"), part=Part.SCHEDULE),
    )

    assert document.labels["two"] == "Schedule 2"
    assert document.block_labels["two"] == ("", "1", "2", "2.1", "(a)")
    assert document.labels["two/r"] == "2.1(a)"


@pytest.mark.parametrize(
    ("target", "reads"),
    [
        ("fees", "clause 1"),
        ("fees/cap", "clause 1.1(a)"),
        ("levels", "Schedule 1"),
        ("levels/p", "paragraph 1 of Schedule 1"),
        ("key-terms", "the Key Terms"),
        ("key-terms/k", "paragraph 1 of the Key Terms"),
        ("background/why", "Recital (B)"),
        ("parties/us", "paragraph (1) of the Parties"),
    ],
)
def test_a_reference_reads_as_a_lawyer_writes_it(target: str, reads: str) -> None:
    document = numbered(
        clause("parties", (1, "us"), part=Part.PARTIES),
        clause("background", (1, None), (1, "why"), part=Part.BACKGROUND),
        clause("key-terms", (1, "k"), part=Part.KEY_TERMS),
        clause("fees", (1, None), (2, "cap")),
        clause("levels", (1, "p"), part=Part.SCHEDULE),
    )

    pieces = document.references[target]

    assert "".join(text for text, _ in pieces) == reads
    assert {pointed for _, pointed in pieces} - {""} <= set(document.labels)


def test_letters_and_roman_numerals_count_as_word_does() -> None:
    assert [letters(n) for n in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "bb", "aaa"]
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90)] == [
        "i", "iv", "ix", "xiv", "xl", "xc",
    ]  # fmt: skip
