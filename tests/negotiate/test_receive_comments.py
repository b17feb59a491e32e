"""Comments come back with their answers, where they belong."""

from counterparty import Counterparty
from negotiating import after, only, sent

from slacontracts.negotiate.receive import read_answer
from slacontracts.word.comments import comments_of
from slacontracts.word.gate import admit


def test_a_comment_alone_is_a_proposal_about_its_words() -> None:
    one = only(after(lambda c: c.comment("limits liability", "For theft too.")))

    assert (one.kind, one.new, one.around) == (
        "comment",
        "For theft too.",
        "limits liability",
    )
    assert (one.clause, one.place, one.author) == (
        "liability",
        "clause 2.2",
        "Dana Cole",
    )


def test_a_comment_on_changed_words_goes_with_them() -> None:
    def edit(theirs: Counterparty) -> None:
        theirs.type_over("statutory rate", "rate of 4%")
        theirs.comment("rate of 4%", "As agreed.", reply="On the phone.")

    one = only(after(edit))

    assert one.kind == "wording"
    assert one.comment == "Dana Cole: As agreed.\nDana Cole: On the phone."


def test_a_comment_on_a_changed_value_goes_with_it() -> None:
    def edit(theirs: Counterparty) -> None:
        theirs.type_over("36", "24")
        theirs.comment("24 months", "Board says so.")

    one = only(after(edit))

    assert (one.kind, one.comment) == ("value", "Dana Cole: Board says so.")


def test_answers_follow_the_comment_that_they_answer() -> None:
    one = only(after(lambda c: c.comment("fraud", "And theft?", reply="And bribery.")))

    assert (one.new, one.comment) == ("And theft?", "Dana Cole: And bribery.")


def test_a_comment_that_was_sent_is_not_told_again_but_its_new_answer_is() -> None:
    ours = Counterparty(sent()[0], author="Niamh Kelleher")
    ours.comment("fraud", "Please confirm.")
    before = ours.data()
    theirs = Counterparty(before)
    theirs.reply("Please confirm", "Confirmed.")
    files = admit(before, "sent"), admit(theirs.data(), "back")

    same = read_answer(files[0], files[0], (), language="en")
    answered = only(read_answer(*files, (), language="en"))

    assert same.proposals == ()
    assert (answered.kind, answered.new) == ("comment", "Confirmed.")
    assert answered.comment == "Niamh Kelleher: Please confirm."
    assert answered.around == "fraud"


def test_the_comments_of_a_file_know_what_they_answer() -> None:
    theirs = Counterparty(sent()[0])
    theirs.comment("fraud", "One.", reply="Two.")

    first, second = comments_of(admit(theirs.data(), "back"))

    assert (first.text, first.parent) == ("One.", "")
    assert (second.text, second.parent) == ("Two.", first.id)
