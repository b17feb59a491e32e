"""Two clones that each add turns to one negotiation: a pull keeps them all."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from counterparty import Counterparty
from sharing import WHEN, Person, bare, colleague_of, git

from slacontracts.errors import SourceError
from slacontracts.store.git import count_saves, draft_number
from slacontracts.workflow.negotiation import kept_word_file, negotiation_of
from slacontracts.workflow.receive import receive_file
from slacontracts.workflow.send import Sent, send_agreement

ID = "SLA-2026-0002"


@pytest.fixture
def sent(contracts: Path) -> Sent:
    return send_agreement(Person(contracts).desk, ID, "customer", WHEN)


@pytest.fixture
def niamh(contracts: Path, tmp_path: Path, sent: Sent) -> Person:
    person = Person(contracts)
    person.push(str(bare(tmp_path / "shared.git")))
    return person


@pytest.fixture
def omar(niamh: Person, tmp_path: Path) -> Person:
    person = colleague_of(niamh, tmp_path / "omar", "Omar Haddad")
    person.pull()
    return person


def receive(person: Person, sent: Sent, days: str, when: datetime = WHEN) -> None:
    theirs = Counterparty(sent.data)
    theirs.type_over("30 days", days, near="must pay a correct invoice")
    path = person.root.parent / f"{days}.docx"
    path.write_bytes(theirs.data())
    receive_file(person.desk, path, when)


def turns(person: Person) -> list[tuple[int, str, list[int]]]:
    """Return the number, name and proposals of each turn, whose file is there."""
    place = person.desk.workspace.agreement(ID)
    found = negotiation_of(person.desk, place).turns
    assert all(kept_word_file(person.desk, place, one) for one in found)
    return [
        (one.number, one.name, [each.number for each in one.proposals]) for one in found
    ]


def drafts(person: Person) -> tuple[int, int]:
    place = person.desk.workspace.agreement(ID)
    root, workspace = person.root, person.desk.workspace
    return count_saves(root, place), draft_number(workspace, place).number


def test_answers_that_two_people_received_are_both_kept(
    niamh: Person, omar: Person, sent: Sent
) -> None:
    receive(omar, sent, "60 days", WHEN + timedelta(hours=1))
    receive(niamh, sent, "45 days")
    niamh.push()
    before = drafts(omar)

    pulled = omar.pull()
    omar.push()
    niamh.pull()

    assert (pulled.undecided, pulled.joined) == ((), (ID,))
    (note,) = pulled.notes
    assert note.startswith(f"{ID}: turn 2 (60 days.docx, received from customer on ")
    assert "is turn 3 now" in note
    assert [one[:2] for one in turns(omar)[1:]] == [
        (2, "45 days.docx"),
        (3, "60 days.docx"),
    ]
    numbers = [number for turn in turns(omar) for number in turn[2]]
    assert len(numbers) == len(set(numbers)) > 0
    assert turns(niamh) == turns(omar)
    assert drafts(omar) == drafts(niamh) == before
    assert git(omar.root, "status", "--porcelain") == ""
    git(omar.root, "fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_whose_text_counts_drops_no_answer(
    niamh: Person, omar: Person, sent: Sent, side: str
) -> None:
    receive(niamh, sent, "45 days")
    niamh.save(ID, "Price agreed")
    niamh.push()
    receive(omar, sent, "60 days", WHEN + timedelta(hours=1))
    omar.save(ID, "Other price")
    (open_one,) = omar.pull().undecided
    person = omar if side == "mine" else niamh
    text = person.file_of(ID).read_bytes()

    omar.pull(**{ID: side})  # type: ignore[arg-type]

    assert open_one.name == ID
    assert omar.file_of(ID).read_bytes() == text
    assert [one[1] for one in turns(omar)[1:]] == ["45 days.docx", "60 days.docx"]
    assert git(omar.root, "status", "--porcelain") == ""


def test_an_answer_here_and_a_new_text_there_need_no_decision(
    niamh: Person, omar: Person, sent: Sent
) -> None:
    niamh.save(ID, "Price agreed")
    niamh.push()
    receive(omar, sent, "60 days")

    pulled = omar.pull()

    assert pulled.undecided == ()
    assert omar.file_of(ID).read_bytes() == niamh.file_of(ID).read_bytes()
    assert turns(omar)[1][1] == "60 days.docx"
    assert drafts(omar) == drafts(niamh)


def test_an_agreement_that_was_not_saved_is_not_overwritten_by_a_turn(
    niamh: Person, omar: Person, sent: Sent
) -> None:
    receive(niamh, sent, "45 days")
    niamh.push()
    receive(omar, sent, "60 days")
    place = omar.desk.workspace.agreement(ID)
    stray = omar.root / place.folder / "turns/003.yaml"
    stray.write_text("not saved")

    with pytest.raises(SourceError, match=r"003\.yaml"):
        omar.pull()

    assert stray.read_text() == "not saved"
