"""A Word file comes back: read, placed, kept, and nothing of it applied in silence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from counterparty import Counterparty

from slacontracts.errors import NotFoundError, SourceError, WordFileError
from slacontracts.model.turn import Turn
from slacontracts.store.git import draft_number
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.issues import issues_of
from slacontracts.workflow.negotiation import kept_word_file, negotiation_of
from slacontracts.workflow.proposals import list_proposals, list_turns, word_file_of
from slacontracts.workflow.receive import compare_files, receive_file
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.send import send_agreement
from slacontracts.workflow.shelf import Shelf

ID = "SLA-2026-0001"
SENT_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BACK_AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
INVOICE = "must pay a correct invoice"


def sent(desk: Desk) -> Counterparty:
    """Return the other side with the first file that was sent to it."""
    return Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)


def returned(desk: Desk, theirs: Counterparty, name: str = "back.docx") -> Path:
    path = desk.workspace.root.parent / name
    path.write_bytes(theirs.data())
    return path


def test_a_changed_figure_goes_back_to_its_address(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)

    received = receive_file(desk, returned(desk, theirs), BACK_AT)

    (one,) = received.turn.proposals
    assert (one.number, one.kind, one.path) == (1, "value", "/invoicing/due_days")
    assert (one.old, one.new, one.value) == ("30 days", "45 days", "45 days")
    assert (one.clause, one.place) == ("charges", "clause 23.3")
    assert (one.author, one.date) == ("Dana Cole", "2026-11-25T10:15:00Z")
    assert "Worse for us" in " ".join(one.advice)


def test_an_answer_is_not_filed_as_one_of_a_party_to_which_nothing_went(
    desk: Desk,
) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    path = returned(desk, theirs)

    with pytest.raises(SourceError, match="went to customer, not to provider; leave"):
        receive_file(desk, path, BACK_AT, party="provider")

    assert receive_file(desk, path, BACK_AT, party="customer").turn.number == 2


def test_a_term_that_is_renamed_everywhere_is_advised_as_one_change(
    desk: Desk,
) -> None:
    term = "Good Industry Practice"
    theirs = sent(desk)
    for _ in range(3):
        theirs.type_over(term, "Best Industry Practice")

    turn = receive_file(desk, returned(desk, theirs), BACK_AT).turn

    renamed = [one for one in turn.proposals if one.new.startswith("Best")]
    said = [line for one in renamed for line in one.advice if term in line]
    assert len(renamed) == 3
    assert said
    assert all(line.startswith("Alone it brings: ") for line in said), said


def test_the_answer_is_kept_and_nothing_is_changed(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    before = desk.workspace.read(place.file)
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    path = returned(desk, theirs)

    turn = receive_file(desk, path, BACK_AT).turn

    assert (turn.direction, turn.party, turn.answers) == ("received", "customer", 1)
    assert (turn.draft, turn.is_stale) == (1, False)
    assert negotiation_of(desk, place).turns[1] == turn
    assert kept_word_file(desk, place, turn) == path.read_bytes()
    assert word_file_of(desk, ID, 2) == path.read_bytes()
    assert desk.workspace.read(place.file) == before
    assert draft_number(desk.workspace, place).saves == 1
    assert [line.open for line in list_turns(desk, ID)] == [0, 1]
    assert [one.proposal.number for one in list_proposals(desk, ID, is_open=True)] == [
        1
    ]


def test_numbers_of_proposals_go_on_from_turn_to_turn(desk: Desk) -> None:
    data = send_agreement(desk, ID, "customer", SENT_AT).data
    for name, days in (("a.docx", "45 days"), ("b.docx", "60 days")):
        theirs = Counterparty(data)
        theirs.type_over("30 days", days, near=INVOICE)
        receive_file(desk, returned(desk, theirs, name), BACK_AT)

    assert [one.proposal.number for one in list_proposals(desk, ID)] == [1, 2]


def test_what_was_not_tracked_comes_first_and_is_told(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near="claim a Service Credit in writing")
    theirs.tracked = False
    theirs.type_over("correct", "undisputed", near=INVOICE)

    turn = receive_file(desk, returned(desk, theirs), BACK_AT).turn

    assert [(one.kind, one.change) for one in turn.proposals] == [
        ("untracked", "wording"),
        ("value", "value"),
    ]
    assert turn.untracked == turn.proposals[:1]


def test_an_answer_without_a_change_is_a_turn_without_proposals(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.parts["docProps/app.xml"] = b"<Properties/>"  # another program saved it

    turn = receive_file(desk, returned(desk, theirs), BACK_AT).turn

    assert (turn.proposals, turn.notices) == ((), ())


def test_the_very_file_that_was_sent_is_no_answer(desk: Desk) -> None:
    file = desk.workspace.root.parent / "sent.docx"
    file.write_bytes(send_agreement(desk, ID, "customer", SENT_AT).data)

    with pytest.raises(SourceError, match="the very file that was sent as turn 1"):
        receive_file(desk, file, BACK_AT)


def test_the_same_answer_is_not_read_twice(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    path = returned(desk, theirs)
    receive_file(desk, path, BACK_AT)

    with pytest.raises(SourceError, match="was received already, as turn 2"):
        receive_file(desk, path, BACK_AT)

    assert len(list_turns(desk, ID)) == 2


def test_an_answer_to_an_old_file_is_read_against_that_file(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    set_values(desk, ID, [("/credits/cap_percent", "20")])
    save_agreement(desk, ID, "Lower cap", SENT_AT)
    send_agreement(desk, ID, "customer", SENT_AT)

    turn = receive_file(desk, returned(desk, theirs), BACK_AT).turn

    assert (turn.answers, turn.is_stale) == (1, True)
    assert [one.path for one in turn.proposals] == ["/invoicing/due_days"]


def test_a_draft_that_a_colleague_edited_is_read_as_ours(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    theirs = Counterparty(render_agreement(Shelf(desk), place, Wanted()).data)
    theirs.type_over("30 days", "45 days", near=INVOICE)

    turn = receive_file(desk, returned(desk, theirs), BACK_AT, party="us").turn

    assert (turn.party, turn.answers, turn.draft) == ("us", None, 1)
    assert [one.path for one in turn.proposals] == ["/invoicing/due_days"]


def test_a_rendering_that_came_back_asks_from_whom(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    theirs = Counterparty(render_agreement(Shelf(desk), place, Wanted()).data)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    path = returned(desk, theirs)

    with pytest.raises(SourceError, match=r"draft 1 .* say from whom it comes"):
        receive_file(desk, path, BACK_AT)

    assert receive_file(desk, path, BACK_AT, party="customer").turn.party == "customer"


def test_a_draft_that_was_never_saved_is_told(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    set_values(desk, ID, [("/credits/cap_percent", "20")])
    theirs = Counterparty(render_agreement(Shelf(desk), place, Wanted()).data)

    with pytest.raises(NotFoundError, match=r"draft 2 .* which was not saved"):
        receive_file(desk, returned(desk, theirs), BACK_AT, party="us")


def test_a_file_without_its_properties_is_named_by_hand(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    for name in [name for name in theirs.parts if name.startswith("customXml")]:
        theirs.parts[name] = b"<gone/>"
    theirs.parts["docProps/custom.xml"] = b"<Properties/>"
    path = returned(desk, theirs)

    with pytest.raises(WordFileError, match=r"does not say which agreement .* --as ID"):
        receive_file(desk, path, BACK_AT)

    turn = receive_file(desk, path, BACK_AT, agreement_id=ID).turn
    assert [one.path for one in turn.proposals] == ["/invoicing/due_days"]


def test_a_file_of_another_agreement_is_refused(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)

    with pytest.raises(SourceError, match=f"a file of {ID}, not of SLA-2026-0002"):
        receive_file(
            desk, returned(desk, theirs), BACK_AT, agreement_id="SLA-2026-0002"
        )


def test_a_party_that_there_is_not_is_refused(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)

    with pytest.raises(NotFoundError, match='did you mean "customer"'):
        receive_file(desk, returned(desk, theirs), BACK_AT, party="custmer")


def test_nothing_was_sent_so_nothing_is_answered(desk: Desk) -> None:
    path = desk.workspace.root.parent / "strange.docx"
    theirs = Counterparty(send_agreement(desk, ID, "customer", SENT_AT).data)
    theirs.parts["docProps/custom.xml"] = b"<Properties/>"
    for name in [name for name in theirs.parts if name.startswith("customXml")]:
        theirs.parts[name] = b"<gone/>"
    path.write_bytes(theirs.data())

    with pytest.raises(SourceError, match="nothing of SLA-2026-0002 was sent"):
        receive_file(desk, path, BACK_AT, agreement_id="SLA-2026-0002")


def test_two_files_are_compared_without_a_workspace(desk: Desk, tmp_path: Path) -> None:
    data = send_agreement(desk, ID, "customer", SENT_AT).data
    (tmp_path / "sent.docx").write_bytes(data)
    theirs = Counterparty(data)
    theirs.type_over("30 days", "45 days", near=INVOICE)

    answer = compare_files(tmp_path / "sent.docx", returned(desk, theirs))

    assert [one.path for one in answer.proposals] == ["/invoicing/due_days"]
    assert len(list_turns(desk, ID)) == 1


def test_the_issues_list_holds_what_is_not_settled(desk: Desk) -> None:
    theirs = sent(desk)
    theirs.type_over("30 days", "45 days", near=INVOICE)
    theirs.comment("announce an audit", "Why so long?")
    turn: Turn = receive_file(desk, returned(desk, theirs), BACK_AT).turn

    issues = issues_of(desk, ID)

    assert [one.number for one in issues.points] == [1, 2]
    assert issues.head.counterparty == "Contoso Retail LLC"
    assert issues.turn == turn
    assert "30 days" in issues.text()
    assert [row["number"] for row in issues.rows()] == [1, 2]
    assert issues.docx()[:2] == b"PK"


def test_no_answer_has_no_issues(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="nothing came back"):
        issues_of(desk, ID)
