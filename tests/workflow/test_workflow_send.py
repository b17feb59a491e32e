"""A draft goes out as a Word file, and what went out is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from counterparty import Counterparty
from signed import in_copy

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.store.contents import unsaved_files
from slacontracts.store.git import draft_number
from slacontracts.store.versions import history
from slacontracts.word.gate import admit
from slacontracts.word.identity import anchors_of, identity_of
from slacontracts.word.revisions import revisions
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.decide import Wish, decide
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.negotiation import (
    kept_word_file,
    negotiation_of,
    turn_file,
    word_file,
)
from slacontracts.workflow.proposals import list_proposals, list_turns
from slacontracts.workflow.receive import receive_file
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.send import send_agreement
from slacontracts.workflow.versions import saved_drafts

ID = "SLA-2026-0001"
SIGNED = "SLA-2026-0002"
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_what_is_sent_says_which_turn_it_is_and_where_its_words_come_from(
    desk: Desk,
) -> None:
    sent = send_agreement(desk, ID, "customer", LATER, note="First draft")

    file = admit(sent.data, sent.name)
    identity = identity_of(file)
    assert identity is not None
    assert (identity.agreement, identity.turn, identity.party) == (ID, 1, "customer")
    anchors = anchors_of(file) or ()
    paths = {value.path for anchor in anchors for value in anchor.values}
    assert "/services/web-hosting/targets/availability/target" in paths
    assert sent.name == f"{ID}-turn-1.docx"
    assert sent.tracked == 0


def test_the_turn_is_kept_and_saved_and_is_no_draft(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)

    sent = send_agreement(desk, ID, "customer", LATER, note="First draft")

    (turn,) = negotiation_of(desk, place).turns
    assert turn == sent.turn
    assert (turn.number, turn.direction, turn.draft) == (1, "sent", 1)
    assert (turn.by, turn.note) == ("Niamh Kelleher", "First draft")
    assert kept_word_file(desk, place, turn) == sent.data
    assert unsaved_files(desk.workspace, place.folder) == ()
    assert len(history(desk.workspace.root, place.folder)) == 2
    assert len(saved_drafts(desk, place)) == 1
    number = draft_number(desk.workspace, place)
    assert (number.number, number.has_unsaved_changes) == (1, False)


def test_another_turn_has_the_next_number(desk: Desk) -> None:
    send_agreement(desk, ID, "customer", LATER)

    sent = send_agreement(desk, ID, "customer", LATER)

    assert sent.turn.number == 2
    lines = [(line.turn.number, line.turn.direction) for line in list_turns(desk, ID)]
    assert lines == [(1, "sent"), (2, "sent")]
    assert list_proposals(desk, ID) == ()


def test_a_party_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match='did you mean "customer"'):
        send_agreement(desk, ID, "custmer", LATER)

    assert list_turns(desk, ID) == ()


def test_changes_that_are_not_saved_are_refused(desk: Desk) -> None:
    set_values(desk, ID, [("/term/notice", "P60D")])

    with pytest.raises(SourceError, match="changes that are not saved; save it first"):
        send_agreement(desk, ID, "customer", LATER)

    assert list_turns(desk, ID) == ()


def test_a_turn_that_was_altered_by_hand_is_told_with_its_place(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    send_agreement(desk, ID, "customer", LATER)
    file = turn_file(place, 1)
    text = desk.workspace.read(file).decode().replace('number: "1"', "number: one")
    desk.workspace.write(file, text.encode())

    with pytest.raises(SourceError, match="cannot be read") as caught:
        list_turns(desk, ID)

    assert caught.value.findings[0].origin.line == 1


def test_a_kept_file_that_was_altered_or_lost_is_never_used(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    turn = send_agreement(desk, ID, "customer", LATER).turn
    file = word_file(place, turn.digest)
    desk.workspace.write(file, b"another")

    with pytest.raises(OutsideError, match="not the file that was kept of turn 1"):
        kept_word_file(desk, place, turn)

    (desk.workspace.root / file).unlink()
    with pytest.raises(NotFoundError, match="of turn 1 of SLA-2026-0001 is missing"):
        kept_word_file(desk, place, turn)


def answered(desk: Desk, data: bytes, name: str, old: str, new: str) -> None:
    theirs = Counterparty(data, author=name)
    theirs.type_over(old, new, near="must pay a correct invoice")
    path = desk.workspace.root.parent / f"{name}.docx"
    path.write_bytes(theirs.data())
    turn = receive_file(desk, path, LATER).turn
    numbers = [one.number for one in turn.proposals]
    decide(desk, ID, numbers, Wish("reject"), LATER)


def test_an_answer_to_an_old_file_is_no_base_for_the_next(desk: Desk) -> None:
    old = send_agreement(desk, ID, "customer", LATER).data
    answered(desk, old, "Sara Lind", "correct", "undisputed")
    new = send_agreement(desk, ID, "customer", LATER).data
    answered(desk, new, "Sara Berg", "must pay", "pays")
    answered(desk, old, "Badr Said", "correct", "proper")

    sent = send_agreement(desk, ID, "customer", LATER)

    authors = {one.author for one in revisions(admit(sent.data, sent.name))}
    assert {"Sara Lind", "Sara Berg"} <= authors
    assert "Badr Said" not in authors
    (note,) = sent.notes
    assert "on top of turn 4" in note
    assert "what was accepted of turn 5 is among ours" in note


def test_what_goes_out_is_told_with_what_is_wrong_with_it(desk: Desk) -> None:
    set_values(desk, ID, [("/credits/cap_percent", "45")])
    save_agreement(desk, ID, "Higher cap", LATER)

    sent = send_agreement(desk, ID, "customer", LATER)

    assert "deviation-unapproved" in {one.code for one in sent.findings}


def test_a_signed_agreement_is_not_sent_without_an_amendment(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)

    with pytest.raises(SourceError, match="changes only by an amendment"):
        send_agreement(desk, SIGNED, "customer", LATER)


def test_an_amendment_goes_out_as_changes_of_the_signed_text(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    open_next_amendment(desk, SIGNED, "2027-03-01", "A longer term")
    set_values(desk, SIGNED, [("/term/initial", "P48M")])
    save_agreement(desk, SIGNED, "Longer", LATER)

    sent = send_agreement(desk, SIGNED, "customer", LATER)

    marks = revisions(admit(sent.data, sent.name))
    assert {one.author for one in marks} == {"Northwind Hosting Ltd"}
    assert "48" in {one.new for one in marks}
    assert sent.tracked == len(marks)
