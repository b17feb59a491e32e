"""Labels of what is inserted into an executed text: 4.2A, 4.2AA, A1, (ba), (iia)."""

import pytest

from slacontracts.compose.executed_labels import (
    LabelForm,
    heading_form,
    item_form,
    labels_of_siblings,
)
from slacontracts.compose.numbering import letters
from slacontracts.model.clause import Part

CLAUSES = heading_form(Part.CLAUSE, "en")
SCHEDULES = heading_form(Part.SCHEDULE, "en")
ANNEXES_AR = heading_form(Part.SCHEDULE, "ar")
SUBCLAUSES = item_form(Part.CLAUSE, 1, "4")
LETTERED = item_form(Part.CLAUSE, 2, "4.2")
ROMAN = item_form(Part.CLAUSE, 3, "(b)")
PARAGRAPHS = item_form(Part.SCHEDULE, 1, "Schedule 2")
SUBPARAGRAPHS = item_form(Part.SCHEDULE, 2, "3A")
RECITALS = item_form(Part.BACKGROUND, 1, "")
PARTIES = item_form(Part.PARTIES, 1, "")


@pytest.mark.parametrize(
    ("form", "siblings", "labels"),
    [
        (SUBCLAUSES, "4.1 ? 4.2", "4.1 4.1A 4.2"),
        (SUBCLAUSES, "4.1 ? ? ? 4.2", "4.1 4.1A 4.1B 4.1C 4.2"),
        (SUBCLAUSES, "4.2 ? 4.2A 4.3", "4.2 4.2AA 4.2A 4.3"),
        (SUBCLAUSES, "4.2 ? ? 4.2A", "4.2 4.2AA 4.2AAB 4.2A"),
        (SUBCLAUSES, "4.2 4.2A ? 4.2B", "4.2 4.2A 4.2AB 4.2B"),
        (SUBCLAUSES, "4.2 4.2A ? 4.2AB 4.2B", "4.2 4.2A 4.2ABA 4.2AB 4.2B"),
        (SUBCLAUSES, "4.1 4.2 ?", "4.1 4.2 4.3"),
        (SUBCLAUSES, "? ?", "4.1 4.2"),
        (SUBCLAUSES, "? 4.1", "4.A1 4.1"),
        (CLAUSES, "? 1 2", "A1 1 2"),
        (CLAUSES, "? ? 1", "A1 B1 1"),
        (CLAUSES, "? A1 1", "AA1 A1 1"),
        (CLAUSES, "A1 ? 1", "A1 B1 1"),
        (CLAUSES, "1 1H ? 2", "1 1H 1J 2"),
        (CLAUSES, "1 1Z ? 2", "1 1Z 1ZB 2"),
        (LETTERED, "(a) (b) ? (c)", "(a) (b) (ba) (c)"),
        (LETTERED, "(a) (b) ?", "(a) (b) (c)"),
        (LETTERED, "? (a)", "(aa) (a)"),
        (ROMAN, "(i) (ii) ? (iii)", "(i) (ii) (iia) (iii)"),
        (ROMAN, "(i) (ia) (ib) ? (ii)", "(i) (ia) (ib) (ie) (ii)"),
        (SCHEDULES, "Schedule~2 ? Schedule~3", "Schedule~2 Schedule~2A Schedule~3"),
        (SCHEDULES, "? Schedule~1", "Schedule~A1 Schedule~1"),
        (ANNEXES_AR, "الملحق~1 ? الملحق~2", "الملحق~1 الملحق~1A الملحق~2"),
        (PARAGRAPHS, "3 ? 4", "3 3A 4"),
        (SUBPARAGRAPHS, "? ?", "3A.1 3A.2"),
        (RECITALS, "(A) (B) ? (C)", "(A) (B) (BA) (C)"),
        (PARTIES, "(1) ? (2)", "(1) (1A) (2)"),
    ],
)
def test_what_is_inserted_takes_a_label_between_two_others(
    form: LabelForm, siblings: str, labels: str
) -> None:
    given = [
        None if one == "?" else one.replace("~", " ") for one in siblings.split(" ")
    ]

    assert (
        " ".join(one.replace(" ", "~") for one in labels_of_siblings(form, given))
        == labels
    )


def test_the_27th_letter_is_not_given_again() -> None:
    many = [f"({letters(count)})" for count in range(1, 30)]

    labels = labels_of_siblings(LETTERED, [many[0], None, *many[1:], None])

    assert labels == ("(a)", "(ab)", *many[1:], "(dd)")


def test_a_label_that_fits_no_form_stays_and_is_never_given() -> None:
    labels = labels_of_siblings(SUBCLAUSES, ["4.1", "four-two", None, None])

    assert labels == ("4.1", "four-two", "4.2", "4.3")


def test_the_key_terms_and_the_parties_have_no_heading_to_count() -> None:
    assert heading_form(Part.KEY_TERMS, "en") is None
    assert heading_form(Part.PARTIES, "en") is None
