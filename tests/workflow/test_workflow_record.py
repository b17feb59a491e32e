"""The record of what was signed: by whom it is written, and how it is put right."""

from collections.abc import Callable
from datetime import date

import pytest
from signed import LATER, TODAY, amend, at, sign

from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.store.git import DraftNumber, draft_number, draft_numbers
from slacontracts.store.versions import Author, history, save_version
from slacontracts.store.workspace import Workspace
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.record import put_record_back
from slacontracts.workflow.render import Wanted
from slacontracts.workflow.render_as import render_amendment
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import versions_of

ID = "SLA-2026-0002"
SIGNED = date(2026, 11, 20)
PUT_BACK = "slacontracts sign SLA-2026-0002 --put-back"


class Killed(BaseException):
    """The process ended in the middle of its work."""


@pytest.fixture
def signed(desk: Desk) -> Desk:
    """A workspace in which one agreement is signed, on the day of the tests."""
    desk = at(desk, TODAY)
    sign(desk, ID, on=SIGNED)
    return desk


def correct_by_hand(desk: Desk, old: bytes = b"2026-11-20", new: bytes = b"") -> None:
    file = desk.workspace.agreement(ID).signed_file
    data = desk.workspace.read(file)
    desk.workspace.write(file, data.replace(old, new or b"2026-11-19"))


def open_and_change(desk: Desk) -> None:
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    set_values(desk, ID, [("/term/initial", "P26M")])


def save(desk: Desk) -> object:
    return save_agreement(desk, ID, "Anything", LATER)


def set_a_value(desk: Desk) -> object:
    return set_values(desk, ID, [("/term/initial", "P27M")])


def sign_amendment(desk: Desk) -> object:
    return sign(desk, ID, "amendment-1")


def render(desk: Desk) -> object:
    place = desk.workspace.agreement(ID)
    return render_amendment(Shelf(desk), place, Wanted("text"))


def amend_again(desk: Desk) -> object:
    return open_next_amendment(desk, ID, "2027-03-01", "Again")


def list_versions(desk: Desk) -> object:
    return versions_of(desk, ID)


COMMANDS = [save, set_a_value, sign_amendment, render, amend_again, list_versions]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_record_that_was_altered_by_hand_is_told_with_what_to_do(
    signed: Desk, command: Callable[[Desk], object]
) -> None:
    open_and_change(signed)
    correct_by_hand(signed)

    with pytest.raises(SourceError) as raised:
        command(signed)

    assert "is not as it was last saved" in str(raised.value)
    assert PUT_BACK in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_record_altered_by_hand_is_put_back_and_the_rest_stays(signed: Desk) -> None:
    open_and_change(signed)
    place = signed.workspace.agreement(ID)
    text = signed.workspace.read(place.file)
    correct_by_hand(signed)

    assert put_record_back(signed, ID) == (place.signed_file,)

    assert signings_of(signed, place)[0].signed_on == SIGNED
    assert signed.workspace.read(place.file) == text
    assert put_record_back(signed, ID) == ()


def test_a_record_of_what_was_never_recorded_is_taken_away(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    desk.workspace.write(place.signed_file, b"signed: []\n")

    put_record_back(desk, ID)

    assert not (desk.workspace.root / place.signed_file).exists()
    assert not draft_number(desk.workspace, place).has_unsaved_changes


def test_a_version_with_a_change_and_a_record_in_it_is_a_draft(signed: Desk) -> None:
    place = signed.workspace.agreement(ID)
    open_and_change(signed)
    correct_by_hand(signed)
    save_version(  # as git itself would, past the product
        signed.workspace,
        [place.folder],
        "Both at once",
        author=Author("Niamh Kelleher", "niamh@northwind.example"),
        when=LATER,
    )

    number = draft_number(signed.workspace, place)
    sign(signed, ID, "amendment-1")

    assert number == DraftNumber(2, False)
    assert draft_number(signed.workspace, place) == number
    assert draft_numbers(signed.workspace, [place])[place.folder] == number
    drafts = versions_of(signed, ID).drafts
    assert [[one.as_ for one in draft.signed] for draft in drafts] == [
        ["original"],
        ["amendment-1"],
    ]


def test_the_record_and_the_closed_amendment_are_one_version(signed: Desk) -> None:
    place, root = signed.workspace.agreement(ID), signed.workspace.root
    before = len(history(root, place.folder))

    amend(signed, ID, "2027-03-01", ("/term/initial", "P26M"))

    assert len(history(root, place.folder)) == before + 2  # a draft, and the record
    last = history(root, place.folder)[0]
    assert history(root, place.file)[0] == history(root, place.signed_file)[0] == last


@pytest.fixture(params=[0, 1], ids=["nothing written", "one file written"])
def interrupted(
    signed: Desk, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Desk:
    """An amendment whose signing was ended between the writes on disk."""
    open_and_change(signed)
    save_agreement(signed, ID, "Amendment 1", LATER)
    write = Workspace.write
    written: list[str] = []

    def until_killed(self: Workspace, file: str, data: bytes) -> None:
        if len(written) == request.param:
            raise Killed
        written.append(file)
        write(self, file, data)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write", until_killed)
        with pytest.raises(Killed):
            sign(signed, ID, "amendment-1")
    return signed


@pytest.mark.parametrize("command", COMMANDS)
def test_after_an_interrupted_signing_every_command_says_what_to_do(
    interrupted: Desk, command: Callable[[Desk], object]
) -> None:
    with pytest.raises(SourceError) as raised:
        command(interrupted)

    assert PUT_BACK in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_interrupted_signing_is_finished(interrupted: Desk) -> None:
    put_record_back(interrupted, ID)

    place = interrupted.workspace.agreement(ID)
    names = [one.as_ for one in signings_of(interrupted, place)]
    assert names == ["original", "amendment-1"]
    assert draft_number(interrupted.workspace, place) == DraftNumber(2, False)
    assert versions_of(interrupted, ID).state == "amendment 1 signed"
    assert open_next_amendment(interrupted, ID, "2027-06-01", "More").number == 2


def test_a_signing_that_is_saved_but_not_written_is_told(
    signed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_change(signed)
    save_agreement(signed, ID, "Amendment 1", LATER)

    def full(self: Workspace, file: str, data: bytes) -> None:
        raise SourceError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write", full)
        recorded = sign(signed, ID, "amendment-1")

    (note,) = recorded.notes
    assert "the disk is full" in note
    assert PUT_BACK in note


@pytest.mark.parametrize("command", [set_a_value, sign_amendment, amend_again])
def test_an_amendment_that_is_signed_already_does_not_change(
    signed: Desk, command: Callable[[Desk], object]
) -> None:
    open_and_change(signed)
    save_agreement(signed, ID, "Amendment 1", LATER)
    place = signed.workspace.agreement(ID)
    text = signed.workspace.read(place.file)
    sign(signed, ID, "amendment-1")
    signed.workspace.write(place.file, text)  # still says that amendment 1 is open

    with pytest.raises(SourceError) as raised:
        command(signed)

    assert "amendment 1 was signed" in str(
        raised.value
    ) or "signed as amendment 1 already" in str(raised.value)
    assert "sign it first" not in str(raised.value)
    assert signed.workspace.read(place.file) == text


def name_another_version(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    version = signings_of(desk, place)[0].version.encode()
    correct_by_hand(desk, version, b"0" * 40)
    save_version(
        desk.workspace,
        [place.folder],
        "By hand",
        author=Author("Niamh Kelleher", "niamh@northwind.example"),
        when=LATER,
    )


@pytest.mark.parametrize("command", [amend_again, list_versions])
def test_a_record_that_names_a_version_nobody_has_is_refused_without_words_of_git(
    signed: Desk, command: Callable[[Desk], object]
) -> None:
    name_another_version(signed)

    with pytest.raises(NotFoundError) as raised:
        command(signed)

    said = str(raised.value)
    assert "says that the original is the version 000000000000" in said
    assert "bad object" not in said
    assert str(signed.workspace.root) not in said


def test_a_malformed_record_is_an_error_of_check(signed: Desk) -> None:
    place = signed.workspace.agreement(ID)
    signed.workspace.write(place.signed_file, b"signed: [{as: original}]\n")

    found = check_agreements(signed, [ID]).findings

    assert place.signed_file in {one.origin.file for one in found}


def test_a_malformed_record_names_the_command_that_puts_it_back(signed: Desk) -> None:
    place = signed.workspace.agreement(ID)
    signed.workspace.write(place.signed_file, b"signed: [{as: original}]\n")

    with pytest.raises(SlaContractsError) as raised:
        signings_of(signed, place)

    assert PUT_BACK in str(raised.value)


@pytest.mark.parametrize(
    ("on", "notes"), [(date(2020, 1, 1), 1), (TODAY, 0)], ids=["long before", "today"]
)
def test_a_signature_before_the_draft_was_saved_is_told(
    desk: Desk, on: date, notes: int
) -> None:
    recorded = sign(at(desk, TODAY), ID, on=on)

    assert len(recorded.notes) == notes
    assert all(
        "was saved on" in note and "2020-01-01" in note for note in recorded.notes
    )
