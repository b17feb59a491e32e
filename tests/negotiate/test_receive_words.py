"""Marked words of a returned file become proposals with the edits that make them."""

import pytest
from counterparty import Counterparty
from negotiating import after, answer_to, applied, body_after, edited, only, sent

from slacontracts.model.proposal import Edit


def test_an_untouched_file_proposes_nothing() -> None:
    answer = answer_to(sent()[0])

    assert answer.proposals == ()
    assert answer.notices == ()
    assert not answer.is_clean_copy


def test_words_typed_over_are_one_substitution() -> None:
    one = only(after(lambda c: c.type_over("statutory rate", "rate of 4%")))

    assert (one.kind, one.change) == ("wording", "wording")
    assert (one.old, one.new) == ("statutory rate", "rate of 4%")
    assert (one.clause, one.place) == ("fees", "clause 1.2(a)")
    assert (one.author, one.date) == ("Dana Cole", "2026-11-25T10:15:00Z")
    assert one.edits == (
        Edit(what="words", clause="fees", block=2, start=31, end=45, text="rate of 4%"),
    )


def test_half_a_word_is_shown_as_the_whole_word() -> None:
    one = only(after(lambda c: c.type_over("good", "ill")))

    assert (one.old, one.new) == ("goodwill", "illwill")


def test_pieces_between_which_only_a_space_stayed_are_one_change() -> None:
    one = only(
        after(
            lambda c: c.type_over("loss", "cost"),
            lambda c: c.type_over("of", "to", near="Neither"),
        )
    )

    assert (one.old, one.new) == ("loss of", "cost to")


def test_changes_apart_are_two_proposals() -> None:
    answer = after(
        lambda c: c.type_over("in advance", "in arrears"),
        lambda c: c.type_over("last day", "tenth day"),
    )

    assert [(one.number, one.old, one.new) for one in answer.proposals] == [
        (1, "advance", "arrears"),
        (2, "last", "tenth"),
    ]


def test_what_was_typed_and_deleted_again_is_no_proposal() -> None:
    def edit(theirs: Counterparty) -> None:
        theirs.type_after("loss of profit", " entirely")
        theirs.type_over(" entirely", "")

    assert after(edit).proposals == ()


def test_an_inserted_paragraph_comes_after_the_one_before_it() -> None:
    one = only(
        after(lambda c: c.insert_paragraph("limits liability", "Or for bribery."))
    )

    (edit,) = one.edits
    assert (one.kind, one.old, one.new) == ("insertion", "", "Or for bribery.")
    assert (edit.what, edit.clause, edit.block, edit.first) == (
        "insert",
        "liability",
        1,
        False,
    )
    (block,) = edit.blocks
    assert (block.text, block.level, block.is_item) == ("Or for bribery.", 1, True)


@pytest.mark.parametrize(
    ("like", "level", "is_item"),
    [
        ("Late sums", 2, True),
        ("This clause survives", 1, False),
        ("The Provider meets", 0, False),
    ],
)
def test_a_new_paragraph_has_the_level_of_its_style(
    like: str, level: int, is_item: bool
) -> None:
    one = only(after(lambda c: c.insert_paragraph("Nothing in", "New.", like=like)))

    (block,) = one.edits[0].blocks
    assert (block.level, block.is_item) == (level, is_item)


def test_a_paragraph_under_the_heading_comes_first() -> None:
    one = only(
        after(lambda c: c.insert_paragraph("Liability", "Before all.", style=""))
    )

    assert one.clause == "liability"
    assert one.edits[0].first
    assert one.edits[0].blocks[0].level == 0


def test_a_deleted_paragraph_is_one_deletion() -> None:
    one = only(after(lambda c: c.delete_paragraph("Nothing in this Agreement")))

    assert one.kind == "deletion"
    assert one.old == "Nothing in this Agreement limits liability for fraud."
    assert one.edits == (Edit(what="delete", clause="liability", block=1, last=1),)


def test_a_paragraph_whose_words_alone_were_deleted_is_a_deletion() -> None:
    text = "Nothing in this Agreement limits liability for fraud."

    one = only(after(lambda c: c.type_over(text, "")))

    assert (one.kind, one.old) == ("deletion", text)


def test_a_deleted_clause_is_omitted() -> None:
    def edit(theirs: Counterparty) -> None:
        for words in ("Liability", "Neither party", "Nothing in", "This clause"):
            theirs.delete_paragraph(words)

    one = only(after(edit))

    assert one.kind == "deletion"
    assert one.edits == (Edit(what="omit", clause="liability"),)


def test_a_new_clause_is_added_after_the_one_before_it() -> None:
    def edit(theirs: Counterparty) -> None:
        first = theirs.insert_paragraph(
            "This clause survives", "Audit", like="Liability"
        )
        assert first is not None
        theirs.insert_paragraph("Audit", "We may audit you.", like="Nothing in")

    one = only(after(edit))

    (add,) = one.edits
    assert one.kind == "insertion"
    assert (add.what, add.clause, add.title) == ("add", "liability", "Audit")
    assert [block.text for block in add.blocks] == ["We may audit you."]
    assert one.place == "new clause after clause 2"


def test_words_beside_an_inserted_paragraph_are_those_that_follow_it() -> None:
    one = only(after(lambda c: c.insert_paragraph("limits liability", "Or bribery.")))

    assert one.around.startswith("This clause survives the end of")


def test_nothing_follows_what_is_inserted_at_the_end() -> None:
    one = only(after(lambda c: c.insert_paragraph("A notice of", "The end.")))

    assert (one.kind, one.around) == ("insertion", "")


def test_a_moved_paragraph_is_one_relocation() -> None:
    one = only(after(lambda c: c.move_paragraph("Invoices fall due", "Nothing in")))

    assert one.kind == "relocation"
    assert one.old == one.new == "Invoices fall due on the last day of the month."
    assert [edit.what for edit in one.edits] == ["delete", "insert"]
    assert "limits liability for fraud" in one.around


def test_a_split_paragraph_is_one_change() -> None:
    data = edited(lambda c: c.split_paragraph("in advance"))

    answer = answer_to(data)

    assert [edit.what for edit in only(answer).edits] == ["words", "insert"]
    assert applied(answer) == body_after(data)


def test_a_paragraph_that_runs_on_is_one_change() -> None:
    data = edited(lambda c: c.join_to_next("Neither party"))

    answer = answer_to(data)

    assert {edit.what for edit in only(answer).edits} == {"words", "delete"}
    assert applied(answer) == body_after(data)


def test_a_heading_has_no_edits() -> None:
    one = only(after(lambda c: c.type_over("Liability", "Limits")))

    assert (one.kind, one.clause, one.edits) == ("wording", "liability", ())


def test_a_new_row_has_no_edits() -> None:
    one = only(after(lambda c: c.add_row("Response", "Uptime", "99%")))

    assert (one.kind, one.new, one.edits) == ("insertion", "Uptime | 99%", ())
    assert one.clause == "levels"


def test_a_deleted_row_has_no_edits() -> None:
    one = only(after(lambda c: c.delete_row("Response")))

    assert (one.kind, one.old, one.edits) == ("deletion", "Response | 99.5%", ())


def test_a_name_in_a_table_is_wording_without_edits() -> None:
    one = only(after(lambda c: c.type_over("Response", "Reaction")))

    assert (one.kind, one.clause, one.edits) == ("wording", "levels", ())


def test_formatting_alone_is_told_apart() -> None:
    one = only(after(lambda c: c.make_bold("statutory rate")))

    assert (one.kind, one.old, one.new) == ("formatting", "statutory rate", "bold")


def test_proposals_are_numbered_from_the_first() -> None:
    data = edited(lambda c: c.type_over("statutory", "agreed"))

    assert only(answer_to(data, first=17)).number == 17


def test_accepting_all_edits_gives_the_text_that_came_back() -> None:
    data = edited(
        lambda c: c.type_over("without set-off", "with set-off"),
        lambda c: c.insert_paragraph("Late sums", "Costs of recovery too."),
        lambda c: c.delete_paragraph("Neither party"),
        lambda c: c.type_over("limits", "excludes or limits"),
        lambda c: c.split_paragraph("survives the end"),
        lambda c: c.type_over("36 months", "24 months"),
        lambda c: c.move_paragraph("Invoices fall due", "Nothing in"),
        lambda c: c.type_over("99.5%", "99.7%"),
    )

    assert applied(answer_to(data)) == body_after(data)


def test_a_paragraph_of_which_two_people_leave_nothing_is_one_deletion() -> None:
    text = "Nothing in this Agreement limits liability for fraud."

    def empty(theirs: Counterparty) -> None:
        theirs.author = "Omar Said"
        theirs.type_before(text, " ")
        theirs.author = "Dana Cole"
        theirs.type_over(text, "")

    one = only(after(empty))

    assert (one.kind, one.old, one.new) == ("deletion", text, "")
    assert [edit.what for edit in one.edits] == ["delete"]


def test_a_paragraph_that_one_empties_and_another_fills_is_not_deleted() -> None:
    text = "Nothing in this Agreement limits liability for fraud."

    def rewrite(theirs: Counterparty) -> None:
        theirs.author = "Omar Said"
        theirs.type_after(text, "Fraud is another matter.")
        theirs.author = "Dana Cole"
        theirs.type_over(text, "")

    answer = after(rewrite)

    assert {one.kind for one in answer.proposals} == {"wording"}
    assert applied(answer) == body_after(edited(rewrite))
