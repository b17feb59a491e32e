"""Proposals are decided: into the agreement, out of it again, and never in silence."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from counterparty import Counterparty

from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SourceError,
    StaleProposalError,
)
from slacontracts.store.contents import unsaved_files
from slacontracts.store.git import draft_number
from slacontracts.word.gate import admit
from slacontracts.word.revisions import accept, revisions
from slacontracts.workflow import negotiation
from slacontracts.workflow.decide import (
    Decided,
    Wish,
    acknowledge_untracked,
    decide,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import data_of, set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.proposals import list_proposals, list_turns
from slacontracts.workflow.receive import receive_file
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.send import send_agreement
from slacontracts.workflow.take import take_library

ID = "SLA-2026-0001"
SENT_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BACK_AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
INVOICE = "must pay a correct invoice"
DUE = "/invoicing/due_days"
ACCEPT, REJECT = Wish("accept"), Wish("reject")


def negotiated(desk: Desk, *, tracked: bool = True) -> Counterparty:
    """Return the other side after it made a value later and a sentence other.

    Proposal 1 is the value, 2 the words, both in the clause on charges.
    """
    theirs = Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    theirs.tracked = tracked
    theirs.type_over("in proportion to its", "by the", near="for a part of a period")
    path = desk.workspace.root.parent / "back.docx"
    path.write_bytes(theirs.data())
    receive_file(desk, path, BACK_AT)
    return theirs


def source(desk: Desk) -> str:
    place = desk.workspace.agreement(ID)
    return desk.workspace.read(place.file).decode()


def deciding(desk: Desk, numbers: list[int], wish: Wish) -> Decided:
    return decide(desk, ID, numbers, wish, BACK_AT)


def states(desk: Desk) -> list[str]:
    return [one.proposal.disposition for one in list_proposals(desk, ID)]


def test_an_accepted_value_changes_its_path_and_keeps_the_comments(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = source(desk).replace("invoicing:", "# who pays, and when\ninvoicing:", 1)
    desk.workspace.write(place.file, text.encode())
    save_agreement(desk, ID, "A remark", SENT_AT)
    negotiated(desk)

    decided = deciding(desk, [1], ACCEPT)

    assert decided.changed == (DUE,)
    after = source(desk)
    assert data_of(after)["invoicing"]["due_days"] == "45"
    assert "# who pays, and when\n" in after
    assert states(desk) == ["accepted", "open"]


def test_accepted_words_become_wording_of_the_agreements_own(desk: Desk) -> None:
    negotiated(desk)

    decided = deciding(desk, [2], ACCEPT)

    assert decided.changed == ("/clauses/charges",)
    text = data_of(source(desk))["clauses"]["charges"]["text"]["en"]
    assert "Charges for a part of a period are calculated by the days." in text
    assert "{{ invoicing.due_days | days }}" in text
    assert any(one.code == "deviation-unapproved" for one in decided.findings)


def test_every_decision_is_a_saved_version(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    negotiated(desk)
    before = draft_number(desk.workspace, place).saves

    deciding(desk, [1], ACCEPT)
    deciding(desk, [2], REJECT)

    number = draft_number(desk.workspace, place)
    assert (number.saves, number.has_unsaved_changes) == (before + 1, False)
    assert unsaved_files(desk.workspace, place.folder) == ()


def test_another_verdict_takes_the_first_one_back(desk: Desk) -> None:
    negotiated(desk)
    before = data_of(source(desk))
    deciding(desk, [1, 2], ACCEPT)
    assert data_of(source(desk)) != before

    decided = deciding(desk, [1, 2], REJECT)

    assert set(decided.changed) == {DUE, "/clauses/charges"}
    assert data_of(source(desk)) == before
    assert states(desk) == ["rejected", "rejected"]


def test_one_of_two_is_taken_back_and_the_other_stays(desk: Desk) -> None:
    negotiated(desk)
    deciding(desk, [1, 2], ACCEPT)

    deciding(desk, [2], REJECT)

    data = data_of(source(desk))
    assert data["invoicing"]["due_days"] == "45"
    assert "charges" not in (data.get("clauses") or {})


def test_a_counter_puts_our_value_or_words_there(desk: Desk) -> None:
    negotiated(desk)

    deciding(desk, [1], Wish("counter", value="40"))
    deciding(desk, [2], Wish("counter", text="by the calendar"))

    data = data_of(source(desk))
    assert data["invoicing"]["due_days"] == "40"
    words = data["clauses"]["charges"]["text"]["en"]
    assert "are calculated by the calendar days." in words
    assert states(desk) == ["countered", "countered"]


def test_a_counter_may_be_a_position_of_the_library(desk: Desk) -> None:
    negotiated(desk)

    decided = deciding(desk, [2], Wish("counter", position="fallback-1"))

    assert decided.changed == ("/clauses/charges",)
    assert data_of(source(desk))["clauses"]["charges"] == {"position": "fallback-1"}


@pytest.mark.parametrize(
    ("number", "wish", "says"),
    [
        (2, Wish("counter", value="abc"), rf"{DUE}: "),
        (1, Wish("counter", value="40"), f"offer words with --text.*{DUE}.*slacontr"),
        (1, Wish("counter", position="best"), "it has preferred, fallback-1"),
    ],
    ids=["a wrong value", "a value for words", "no such position"],
)
def test_what_cannot_be_offered_is_told_before_all_else(
    desk: Desk, number: int, wish: Wish, says: str
) -> None:
    negotiated(desk, tracked=False)

    with pytest.raises((SourceError, NotFoundError), match=says):
        deciding(desk, [number], wish)

    assert states(desk) == ["open", "open"]


def test_nothing_is_accepted_before_the_untracked_was_seen(desk: Desk) -> None:
    negotiated(desk, tracked=False)

    with pytest.raises(SourceError, match="changed without tracking, and nothing is"):
        deciding(desk, [1], ACCEPT)
    with pytest.raises(SourceError, match="changed without tracking, and nothing is"):
        deciding(desk, [1], Wish("counter", text="x"))
    deciding(desk, [1], REJECT)
    turn = acknowledge_untracked(desk, ID, BACK_AT)
    deciding(desk, [1, 2], ACCEPT)

    assert turn.acknowledged is not None
    assert turn.acknowledged.by == "Niamh Kelleher"
    assert states(desk) == ["accepted", "accepted"]
    with pytest.raises(SourceError, match="acknowledged already"):
        acknowledge_untracked(desk, ID, BACK_AT)


def test_a_place_that_somebody_changed_meanwhile_is_never_overwritten(
    desk: Desk,
) -> None:
    negotiated(desk)
    set_values(desk, ID, [(DUE, "20")])
    save_agreement(desk, ID, "Sooner", BACK_AT)
    before = source(desk)

    with pytest.raises(StaleProposalError, match=f"{DUE} was changed since"):
        deciding(desk, [1], ACCEPT)

    assert source(desk) == before
    assert states(desk) == ["open", "open"]


def test_a_clause_that_the_library_words_otherwise_now_is_not_overwritten(
    desk: Desk,
) -> None:
    negotiated(desk)
    file = "clauses/charges/preferred.en.md"
    text = desk.workspace.read(file).decode()
    text = text.replace("must pay the Charges for", "must always pay the Charges for")
    desk.workspace.write(file, text.encode())
    save_library(desk, "Other words", BACK_AT)
    take_library(desk, ID, None)
    save_agreement(desk, ID, "New library", BACK_AT)

    with pytest.raises(StaleProposalError, match="/clauses/charges was changed since"):
        deciding(desk, [2], ACCEPT)

    assert deciding(desk, [1], ACCEPT).changed == (DUE,)


def test_words_of_a_locked_clause_are_refused_with_the_place_of_the_lock(
    desk: Desk,
) -> None:
    theirs = Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)
    theirs.type_over("governed by", "ruled by")
    path = desk.workspace.root.parent / "back.docx"
    path.write_bytes(theirs.data())
    receive_file(desk, path, BACK_AT)
    before = source(desk)

    with pytest.raises(SourceError) as refused:
        deciding(desk, [1], ACCEPT)

    assert re.fullmatch(
        r'proposal 1 changes the clause "governing-law", which is locked by '
        r"templates/corporate/standard\.yaml:\d+:\d+; nothing was written\. Reject it, "
        "or ask whoever keeps that template to lift the lock",
        str(refused.value),
    )
    assert source(desk) == before
    assert states(desk) == ["open"]


def test_a_comment_is_closed_with_a_reason_that_no_file_holds(desk: Desk) -> None:
    theirs = Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)
    theirs.comment("must pay a correct invoice", "Why so soon?", near=INVOICE)
    path = desk.workspace.root.parent / "back.docx"
    path.write_bytes(theirs.data())
    receive_file(desk, path, BACK_AT)

    with pytest.raises(SourceError, match="kept here and not put into the next file"):
        deciding(desk, [1], ACCEPT)

    deciding(desk, [1], Wish("reject", reason="As agreed in May"))
    sent = admit(send_agreement(desk, ID, "customer", BACK_AT).data, "next")
    texts = [
        "".join(sent.tree(name).itertext())
        for name in sent.package.names
        if sent.types.is_xml(name)
    ]
    assert any("Why so soon?" in text for text in texts)
    assert not any("As agreed in May" in text for text in texts)


def test_changes_elsewhere_stay(desk: Desk) -> None:
    negotiated(desk)
    set_values(desk, ID, [("/credits/cap_percent", "20")])
    save_agreement(desk, ID, "Lower cap", BACK_AT)

    deciding(desk, [1, 2], ACCEPT)

    data = data_of(source(desk))
    assert (data["credits"]["cap_percent"], data["invoicing"]["due_days"]) == (
        "20",
        "45",
    )


def test_changes_that_are_not_saved_are_refused(desk: Desk) -> None:
    negotiated(desk)
    set_values(desk, ID, [("/credits/cap_percent", "20")])

    with pytest.raises(SourceError, match="not saved; save it first"):
        deciding(desk, [1], ACCEPT)


def test_what_data_cannot_say_is_entered_by_hand(desk: Desk, tmp_path: Path) -> None:
    theirs = Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)
    theirs.add_row("Cap on Service Credits", "Bonus", "1% for each month")
    path = tmp_path / "back.docx"
    path.write_bytes(theirs.data())
    receive_file(desk, path, BACK_AT)

    with pytest.raises(SourceError, match=r"cannot be put .* by itself; enter it with"):
        deciding(desk, [1], ACCEPT)

    decided = deciding(desk, [1], Wish("accept", by_hand=True, reason="In turn 3"))
    assert decided.changed == ()
    assert states(desk) == ["accepted"]


def test_numbers_that_no_proposal_has_are_refused(desk: Desk) -> None:
    negotiated(desk)

    with pytest.raises(NotFoundError, match="no proposal 7; there are 1 to 2"):
        deciding(desk, [1, 7], ACCEPT)

    assert states(desk) == ["open", "open"]


def test_what_is_open_stops_the_next_file(desk: Desk) -> None:
    negotiated(desk)
    deciding(desk, [1], ACCEPT)

    with pytest.raises(SourceError, match=r"1 proposal is open in .* \(2\)"):
        send_agreement(desk, ID, "customer", BACK_AT)


def test_the_next_file_keeps_their_marks_and_puts_ours_on_top(desk: Desk) -> None:
    negotiated(desk)
    deciding(desk, [1], ACCEPT)
    deciding(desk, [2], REJECT)

    sent = send_agreement(desk, ID, "customer", BACK_AT)

    file = admit(sent.data, sent.name)
    marks = revisions(file)
    assert {one.author for one in marks} == {"Dana Cole", "Northwind Hosting Ltd"}
    theirs = [one for one in marks if one.author == "Dana Cole"]
    assert [one.kind for one in theirs] == ["deletion", "insertion"] * 2
    assert sent.tracked > 0
    accepted = admit(accept(file), "accepted")
    words = "".join(accepted.tree(accepted.main).itertext())
    assert "must pay a correct invoice within 45 days after" in words
    assert "are calculated in proportion to its days" in words
    assert [line.turn.direction for line in list_turns(desk, ID)] == [
        "sent",
        "received",
        "sent",
    ]


def test_what_went_out_is_not_decided_again(desk: Desk) -> None:
    negotiated(desk)
    deciding(desk, [1, 2], REJECT)
    send_agreement(desk, ID, "customer", BACK_AT)

    with pytest.raises(SourceError, match="turn 3 went out with what was decided"):
        deciding(desk, [1], ACCEPT)


def test_an_answer_to_our_answer_is_placed_in_what_we_sent(desk: Desk) -> None:
    negotiated(desk)
    deciding(desk, [1], ACCEPT)
    deciding(desk, [2], REJECT)
    theirs = Counterparty(
        send_agreement(desk, ID, "customer", BACK_AT).data,
        date="2026-12-01T10:00:00Z",
    )
    theirs.type_over("45 days", "50 days", near=INVOICE)
    path = desk.workspace.root.parent / "again.docx"
    path.write_bytes(theirs.data())

    turn = receive_file(desk, path, BACK_AT).turn

    (one,) = turn.proposals
    assert (one.number, one.kind, one.path) == (3, "value", DUE)
    assert (one.old, one.new) == ("45 days", "50 days")
    deciding(desk, [3], ACCEPT)
    assert data_of(source(desk))["invoicing"]["due_days"] == "50"


@pytest.mark.parametrize(
    ("author", "date"),
    [
        pytest.param("Author", "", id="personal information taken out"),
        pytest.param("Dana Cole", "2026-11-25T10:15:00Z", id="the same minute"),
    ],
)
def test_new_marks_that_look_like_those_of_the_last_turn_are_new(
    desk: Desk, author: str, date: str
) -> None:
    first = Counterparty(
        send_agreement(desk, ID, "customer", SENT_AT).data, author=author, date=date
    )
    first.type_over("30 days", "45 days", near=INVOICE)
    back = desk.workspace.root.parent / "back.docx"
    back.write_bytes(first.data())
    receive_file(desk, back, BACK_AT)
    deciding(desk, [1], ACCEPT)
    second = Counterparty(
        send_agreement(desk, ID, "customer", BACK_AT).data, author=author, date=date
    )
    second.type_over("in proportion to its", "by the", near="for a part of a period")
    second.insert_paragraph(INVOICE, "An invoice is sent by post, too.")
    back.write_bytes(second.data())

    turn = receive_file(desk, back, BACK_AT).turn

    found = [(one.kind, one.old, one.new) for one in turn.proposals]
    assert found == [
        ("insertion", "", "An invoice is sent by post, too."),
        ("wording", "in proportion to its", "by the"),
    ]


@pytest.mark.parametrize("wish", [{"text": ""}, {"value": " "}, {"position": ""}])
def test_a_counter_that_says_nothing_is_refused(
    desk: Desk, wish: dict[str, str]
) -> None:
    negotiated(desk)

    with pytest.raises(SourceError, match="a counter that says nothing is none"):
        deciding(desk, [1], Wish("counter", **wish))  # type: ignore[arg-type]


def test_a_turn_that_was_altered_by_hand_is_not_relied_on(desk: Desk) -> None:
    negotiated(desk)
    place = desk.workspace.agreement(ID)
    name = f"{place.folder}/turns/002.yaml"
    text = desk.workspace.read(name).decode()
    desk.workspace.write(name, text.replace("45 days", "95 days").encode())

    with pytest.raises(SourceError, match=r"turns/002\.yaml is not as it was saved"):
        deciding(desk, [1], ACCEPT)

    assert "due_days" not in source(desk)


def test_a_decision_that_cannot_be_saved_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    negotiated(desk)
    before = source(desk)

    def full(*_: object, **__: object) -> None:
        raise OutsideError("no space left on the device")

    monkeypatch.setattr(negotiation, "save_version", full)
    with pytest.raises(OutsideError, match="no space"):
        deciding(desk, [1], ACCEPT)

    assert source(desk) == before
    assert states(desk) == ["open", "open"]
    assert unsaved_files(desk.workspace, desk.workspace.agreement(ID).folder) == ()


def test_two_answers_that_ask_for_the_same_are_both_accepted(desk: Desk) -> None:
    data = send_agreement(desk, ID, "customer", SENT_AT).data
    for author in ("Dana Cole", "Omar Said"):
        theirs = Counterparty(data, author=author)
        theirs.type_over("30 days", "45 days", near=INVOICE)
        path = desk.workspace.root.parent / f"{author}.docx"
        path.write_bytes(theirs.data())
        receive_file(desk, path, BACK_AT)
    deciding(desk, [1], ACCEPT)

    deciding(desk, [2], ACCEPT)

    assert data_of(source(desk))["invoicing"]["due_days"] == "45"
