"""Closing a registered amendment: a version of its own, and what an end of it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from signed import LATER, handed_in, in_copy, sign

from slacontracts.errors import OutsideError, SlaContractsError, SourceError
from slacontracts.store.git import DraftNumber, draft_number
from slacontracts.store.versions import history
from slacontracts.store.workspace import Workspace
from slacontracts.workflow import register
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.states import versions_of

ID = "SLA-2026-0002"


class Killed(BaseException):
    """The process ended in the middle of its work."""


@pytest.fixture
def to_sign(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace whose first amendment is saved, and goes to be signed."""
    signed = in_copy(desk, signed_sample)
    open_next_amendment(signed, ID, "2027-03-01", "As agreed")
    set_values(signed, ID, [("/term/initial", "P26M")])
    save_agreement(signed, ID, "Amendment 1", LATER)
    return signed


def text_of(desk: Desk) -> str:
    return desk.workspace.read(desk.workspace.agreement(ID).file).decode()


def killed_before_closing(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise Killed

    patch.setattr(register, "close_amendment", die)


def killed_before_the_file_is_written(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    def die(self: Workspace, file: str, data: bytes) -> None:
        raise Killed

    patch.setattr(Workspace, "write", die)


@pytest.fixture(params=[killed_before_closing, killed_before_the_file_is_written])
def interrupted(
    to_sign: Desk, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Desk:
    """A workspace in which registering an amendment ended before it was closed."""
    with monkeypatch.context() as patch:
        request.param(to_sign, patch)
        with pytest.raises(Killed):
            sign(to_sign, ID)
    return to_sign


def test_closing_is_a_version_of_its_own_that_says_so(to_sign: Desk) -> None:
    place, root = to_sign.workspace.agreement(ID), to_sign.workspace.root
    before = len(history(root, place.folder))

    sign(to_sign, ID)

    saved = history(root, place.folder)
    assert len(saved) == before + 1
    assert "amendment 1 closed" in saved[0].message
    assert "amendment:" not in text_of(to_sign)
    assert "initial: P26M" in text_of(to_sign)


def test_what_is_registered_stays_so_when_closing_is_interrupted(
    interrupted: Desk,
) -> None:
    place = interrupted.workspace.agreement(ID)

    names = [one.as_ for one in signings_of(interrupted, place)]

    assert names == ["original", "amendment-1"]


def test_an_interrupted_closing_is_healed_by_the_next_amendment(
    interrupted: Desk,
) -> None:
    opened = open_next_amendment(interrupted, ID, "2027-06-01", "More")

    assert opened.number == 2
    text = text_of(interrupted)
    assert text.count("amendment:") == 1
    assert 'number: "2"' in text or "number: 2" in text
    assert "initial: P26M" in text
    set_values(interrupted, ID, [("/term/initial", "P28M")])
    save_agreement(interrupted, ID, "Amendment 2", LATER)
    sign(interrupted, ID)
    place = interrupted.workspace.agreement(ID)
    assert len(signings_of(interrupted, place)) == 3
    assert draft_number(interrupted.workspace, place) == DraftNumber(3, False)


def set_a_value(desk: Desk) -> object:
    return set_values(desk, ID, [("/term/initial", "P27M")])


def register_again(desk: Desk) -> object:
    return sign(desk, ID)


@pytest.mark.parametrize("command", [set_a_value, register_again])
def test_after_an_interrupted_closing_nobody_changes_or_signs_it_again(
    interrupted: Desk, command: Callable[[Desk], object]
) -> None:
    text = text_of(interrupted)

    with pytest.raises(SourceError) as raised:
        command(interrupted)

    assert "only its closing was interrupted" in str(raised.value)
    assert "slacontracts amend" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert text_of(interrupted) == text


def test_the_file_that_was_registered_is_known_after_an_interruption(
    to_sign: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = handed_in(to_sign, ID)
    with monkeypatch.context() as patch:
        killed_before_closing(to_sign, patch)
        with pytest.raises(Killed):
            sign(to_sign, ID)
    wish = register.RegisterWish((paper,), {"provider": LATER.date()})

    with pytest.raises(SourceError, match=r"signed\.docx is registered already"):
        register.register_agreement(to_sign, ID, wish, LATER)


def test_an_amendment_that_is_registered_but_not_closed_is_told(
    to_sign: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Workspace, file: str, data: bytes) -> None:
        raise SourceError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write", full)
        done = sign(to_sign, ID)

    (note,) = done.notes
    assert "the disk is full" in note
    assert "slacontracts amend closes it when the next one is opened" in note


def test_main_that_cannot_be_saved_stops_the_closing_and_not_the_record(
    to_sign: Desk,
) -> None:
    (to_sign.workspace.root / ".git" / "MERGE_HEAD").write_text("x")

    done = sign(to_sign, ID)

    assert done.filed.record.as_ == "amendment-1"
    assert any("in the middle of a merge" in note for note in done.notes)


def test_what_the_register_cannot_take_leaves_everything_as_it_was(
    to_sign: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, root = to_sign.workspace.agreement(ID), to_sign.workspace.root
    before = text_of(to_sign), history(root, place.folder)

    def full(*_: object, **__: object) -> None:
        raise OutsideError("nothing was registered, because the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("slacontracts.workflow.filing.append", full)
        with pytest.raises(SlaContractsError, match="nothing was registered"):
            sign(to_sign, ID)

    assert (text_of(to_sign), history(root, place.folder)) == before
    assert len(signings_of(to_sign, place)) == 1


def test_what_cannot_be_told_of_a_signature_does_not_undo_it(
    to_sign: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OutsideError("the library of that day is not here")

    with monkeypatch.context() as patch:
        patch.setattr("slacontracts.workflow.filing.after_signing", fail)
        done = sign(to_sign, ID)

    assert any("the library of that day is not here" in note for note in done.notes)
    assert versions_of(to_sign, ID).state == "amendment 1 signed"
