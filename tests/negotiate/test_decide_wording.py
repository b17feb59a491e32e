"""Accepted edits on a clause: the words change, and what lives in them stays alive."""

import pytest
from deciding import inserted, read, sent, words

from slacontracts.errors import SourceError
from slacontracts.model.document import Item, Paragraph, Term, Words
from slacontracts.model.proposal import Edit, NewBlock
from slacontracts.negotiate.decide_wording import Asked, revised_clause

SENT = sent()
FEES, NOTICES = SENT.clauses["fees"], SENT.clauses["notices"]


def revised(*asked: Asked, clause: str = "fees") -> list[str]:
    blocks = revised_clause(SENT.clauses[clause], asked, SENT.pieces)
    return read(SENT, blocks)


def alive(*edits: Edit) -> list[object]:
    """Return what is not fixed wording in the clause after edits of one proposal."""
    asked = [(1, edit) for edit in edits]
    return [
        getattr(one, "path", None) or getattr(one, "target", None) or one
        for block in revised_clause(FEES, asked, SENT.pieces)
        for one in getattr(block, "inlines", ())
        if not isinstance(one, Words)
    ]


def test_edits_of_one_paragraph_are_made_together() -> None:
    assert revised(
        (1, words(SENT, "fees", 0, "The Customer", "The Client")),
        (2, words(SENT, "fees", 0, "an invoice", "a correct invoice")),
        (3, words(SENT, "fees", 2, "Late Fees", "Fees paid late")),
    ) == [
        "The Client pays the “Fees” within 20 days of a correct invoice.",
        "They are called Rent & co, as clause 1 says.",
        "Fees paid late bear interest.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("pays the", "shall pay the", ["/fees/days"]),
        ("within 20 days of", "not later than 20 days after", ["/fees/days"]),
        ("within 20 days of", "within 120 days of", []),
        ("within 20 days of", "within 20 days; of", ["/fees/days"]),
        ("20 days", "20 Business Days", []),
        ("20 d", "20 working d", []),
        ("days of", "days, of", ["/fees/days"]),
        ("pays the “Fees” within 20 days", "settles 20 days", ["/fees/days"]),
    ],
)  # fmt: skip
def test_a_value_lives_on_where_the_new_words_hold_it_unchanged(
    old: str, new: str, left: list[str]
) -> None:
    found = alive(words(SENT, "fees", 0, old, new))

    assert [one for one in found if one == "/fees/days"] == left
    text = read(SENT, FEES.blocks)[0].replace(old, new)
    assert revised((1, words(SENT, "fees", 0, old, new)))[0] == text


def test_a_reference_that_is_named_again_stays_a_reference() -> None:
    edit = words(SENT, "fees", 1, "as clause 1 says", "see clause 1")
    gone = words(SENT, "fees", 1, "as clause 1 says", "see clause 12")

    assert "term" in alive(edit)
    assert "term" not in alive(gone)


def test_a_definition_may_be_renamed() -> None:
    inside = words(SENT, "fees", 0, "Fees”", "Charges”")

    assert Term("Charges") in alive(inside)
    assert revised((1, inside))[0].startswith("The Customer pays the “Charges” within")


def test_paragraphs_come_and_go() -> None:
    assert revised(
        (1, Edit(what="delete", clause="fees", block=1, last=2)),
        (2, inserted("fees", 0, "New.", "Newer.")),
        (3, Edit(what="insert", clause="fees", first=True, blocks=(NewBlock(text='A "lead".'),))),
    ) == [
        "A “lead”.",
        "The Customer pays the “Fees” within 20 days of an invoice.",
        "New.",
        "Newer.",
    ]  # fmt: skip


def test_nothing_is_left_of_a_clause_that_goes() -> None:
    assert revised((1, Edit(what="omit", clause="fees"))) == []


def test_an_item_never_stands_deeper_than_lists_allow() -> None:
    asked = [
        (1, Edit(what="delete", clause="notices", block=1, last=2)),
        (2, inserted("notices", 2, "Deep.", level=3)),
    ]

    assert revised_clause(NOTICES, asked, SENT.pieces) == (
        Paragraph((Words("Notices are in writing."),)),
        Item((Words("Deep."),), 1),
    )


def test_emphasis_keeps_to_its_words() -> None:
    [*_, last] = revised_clause(
        FEES, [(1, words(SENT, "fees", 2, "interest", "much interest "))], SENT.pieces
    )

    assert getattr(last, "inlines", ()) == (
        Words("Late Fees bear "),
        Words("much interest", italic=True),
        Words(" ."),
    )


def test_words_at_the_edge_of_a_value_do_not_touch_it() -> None:
    at = read(SENT, FEES.blocks)[0].index("20 days")
    edit = Edit(what="words", clause="fees", block=0, start=at, end=at, text="some ")

    assert "/fees/days" in alive(edit)
    assert "within some 20 days of" in revised((1, edit))[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (words(SENT, "fees", 0, "The Customer pays", "They pay"),
         words(SENT, "fees", 0, "pays the", "pays all")),
        (words(SENT, "fees", 1, "called", "named"),
         Edit(what="delete", clause="fees", block=1)),
        (Edit(what="delete", clause="fees", block=0, last=1),
         Edit(what="delete", clause="fees", block=1)),
        (words(SENT, "fees", 1, "called", "named"), Edit(what="omit", clause="fees")),
    ],
)  # fmt: skip
def test_two_proposals_on_the_same_words_are_refused_with_both_numbers(
    one: Edit, other: Edit
) -> None:
    with pytest.raises(SourceError, match=r'^proposals 3 and 7 .* of "Fees"'):
        revised((7, one), (3, other))

    assert revised((7, one), (7, other)) is not None


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (Edit(what="delete", clause="fees", block=9), "does not have"),
        (inserted("fees", 0, "100\u202e000"), "can make 100000 read as 000001"),
    ],
)
def test_what_no_wording_can_hold_is_refused(edit: Edit, says: str) -> None:
    with pytest.raises(SourceError, match=f"^proposal 4 .*{says}"):
        revised((4, edit))
