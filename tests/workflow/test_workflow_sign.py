"""Signing: what is marked as signed, what is refused, and what stays as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from signed import LATER, TODAY, amend, at, sign

from slacontracts.errors import ChecksFailedError, SlaContractsError, SourceError
from slacontracts.source.write import set_value
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import (
    DraftNumber,
    blob_id,
    current_version,
    draft_number,
    draft_numbers,
)
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import omit_clause, set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.listing import list_agreements
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import versions_of
from slacontracts.workflow.take import take_library

ID = "SLA-2026-0002"  # nothing stands against signing it
DATED = "UC-2026-0001"  # takes effect on 2026-11-01
EVENT = "/effective/on"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The test's own workspace, on the day of the tests."""
    return at(desk, TODAY)


def data_of(desk: Desk, agreement_id: str = ID) -> dict[str, object]:
    place = desk.workspace.agreement(agreement_id)
    source, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert source is not None
    found: dict[str, object] = source.data
    return found


def state(desk: Desk, agreement_id: str = ID) -> str:
    """Return all that a refused command could have changed."""
    place = desk.workspace.agreement(agreement_id)
    files = b"".join(
        desk.workspace.read(name) for name in desk.workspace.files_below(place.folder)
    )
    return f"{current_version(desk.workspace.root)} {blob_id(files)}"


def test_the_last_saved_version_is_marked_and_the_mark_is_saved(desk: Desk) -> None:
    before = current_version(desk.workspace.root)
    place = desk.workspace.agreement(ID)

    recorded = sign(desk, ID, on=date(2026, 11, 20))

    (signing,) = signings_of(desk, place)
    assert signing == recorded.signing
    assert (signing.as_, signing.version) == ("original", before)
    assert signing.signed_on == signing.effective == date(2026, 11, 20)
    assert not draft_number(desk.workspace, place).has_unsaved_changes
    assert signings_of(desk, place, current_version(desk.workspace.root)) == (signing,)


def test_a_signing_is_no_draft(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    sign(desk, ID)
    amend(desk, ID, "2027-03-01", ("/term/initial", "P26M"))

    number = draft_number(desk.workspace, place)
    saved = save_agreement(desk, ID, "Nothing new", LATER)

    assert number == DraftNumber(2, False)
    assert draft_numbers(desk.workspace, [place])[place.folder] == number
    assert saved.number == 2
    assert [one.number for one in versions_of(desk, ID).drafts] == [1, 2]
    set_again = open_next_amendment(desk, ID, "2027-06-01", "More").number
    assert set_again == 2
    assert draft_number(desk.workspace, place).number == 3


def test_a_date_in_the_text_is_the_day_of_effect(desk: Desk) -> None:
    recorded = sign(desk, DATED)

    assert recorded.signing.effective == date(2026, 11, 1)
    assert recorded.signing.signed_on == TODAY


def test_another_day_of_effect_than_the_text_says_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceError, match=r"the text itself says .* 2026-11-01"):
        sign(desk, DATED, effective=date(2026, 12, 1))


def test_conditions_are_met_when_somebody_says_so(desk: Desk) -> None:
    set_values(desk, ID, [(EVENT, "conditions-met")])
    save_agreement(desk, ID, "Effect on conditions", LATER)
    waiting = sign(desk, ID).signing
    with pytest.raises(SourceError, match="when its conditions were met"):
        sign(desk, ID)

    met = sign(at(desk, date(2026, 12, 9)), ID, effective=date(2026, 12, 8)).signing

    assert waiting.effective_on is None
    assert met.effective_on == date(2026, 12, 8)
    assert met.version == waiting.version
    assert met.signed_on == waiting.signed_on
    assert signings_of(desk, desk.workspace.agreement(ID)) == (met,)
    with pytest.raises(SourceError, match="signed as the original already"):
        sign(desk, ID, effective=date(2026, 12, 9))


def test_an_amendment_on_conditions_waits_and_is_in_effect_when_they_are_met(
    desk: Desk,
) -> None:
    sign(desk, ID, on=date(2026, 11, 20))
    condition = "{key: audit, says: The audit is done.}"
    waiting = amend(
        desk,
        ID,
        "conditions-met",
        ("/term/initial", "P26M"),
        ("/amendment/conditions/+", condition),
    ).signing
    state_then = versions_of(desk, ID).state
    with pytest.raises(SourceError, match="before SLA-2026-0002 itself does"):
        sign(desk, ID, "amendment-1", effective=date(2026, 11, 19))

    met = sign(desk, ID, "amendment-1", effective=date(2026, 11, 22)).signing

    assert (waiting.effective_on, met.effective_on) == (None, date(2026, 11, 22))
    assert state_then == "amendment 1 signed, conditions not met"
    assert versions_of(desk, ID).state == "amendment 1 signed"
    assert len(signings_of(desk, desk.workspace.agreement(ID))) == 2


def test_conditions_cannot_be_met_on_a_day_to_come(desk: Desk) -> None:
    set_values(desk, ID, [(EVENT, "conditions-met")])
    save_agreement(desk, ID, "Effect on conditions", LATER)
    sign(desk, ID)

    with pytest.raises(SourceError, match="2026-11-24 is still to come"):
        sign(desk, ID, effective=date(2026, 11, 24))


def test_signing_an_amendment_closes_it_and_the_signed_version_keeps_it(
    desk: Desk,
) -> None:
    sign(desk, ID)

    recorded = amend(desk, ID, "2027-03-01", ("/term/initial", "P26M"))

    place = desk.workspace.agreement(ID)
    assert "amendment" not in data_of(desk)
    assert not draft_number(desk.workspace, place).has_unsaved_changes
    assert recorded.draft == 2
    assert [one.as_ for one in signings_of(desk, place)] == ["original", "amendment-1"]
    assert (recorded.signing.as_, recorded.signing.effective) == (
        "amendment-1",
        date(2027, 3, 1),
    )


def unsaved(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])


def with_an_error(desk: Desk) -> None:
    set_values(desk, ID, [("/parties/customer/legal_name", "")])
    save_agreement(desk, ID, "Who?", LATER)


def without_effect(desk: Desk) -> None:
    sign(desk, ID)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    set_values(desk, ID, [("/amendment/effective", ""), ("/term/initial", "P26M")])
    save_agreement(desk, ID, "When?", LATER)


def signed(desk: Desk) -> None:
    sign(desk, ID)


def amended_by_nothing(desk: Desk) -> None:
    sign(desk, ID)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    save_agreement(desk, ID, "Opened", LATER)


def with_another_number(desk: Desk) -> None:
    amended_by_nothing(desk)
    set_values(desk, ID, [("/amendment/number", "2"), ("/term/initial", "P26M")])
    save_agreement(desk, ID, "Numbered", LATER)


def reaching_back(desk: Desk) -> None:
    sign(desk, ID, on=date(2026, 11, 2))
    open_next_amendment(desk, ID, "2026-11-20", "As agreed")
    set_values(desk, ID, [("/amendment/reason", ""), ("/term/initial", "P26M")])
    save_agreement(desk, ID, "Amended", LATER)


def on_no_conditions(desk: Desk) -> None:
    sign(desk, ID)
    open_next_amendment(desk, ID, "conditions-met", "As agreed")
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Amended", LATER)


def untouched(_: Desk) -> None:
    """Leave the sample as it is."""


@pytest.mark.parametrize(
    ("prepare", "name", "on", "says"),
    [
        (unsaved, "original", TODAY, "changes that are not saved; save it first"),
        (with_an_error, "original", TODAY, "is not ready for signature"),
        (without_effect, "amendment-1", TODAY, "does not say when it takes effect"),
        (untouched, "original", date(2026, 11, 24), "2026-11-24 is still to come"),
        (untouched, "amendment-1", TODAY, "the original is not signed yet"),
        (untouched, "draft:1", TODAY, "say --as original, or --as amendment-1"),
        (untouched, "amendment-0", TODAY, "say --as original, or --as amendment-1"),
        (signed, "original", TODAY, "signed as the original already, on 2026-11-23"),
        (signed, "amendment-1", TODAY, "has no open amendment; open one"),
        (signed, "amendment-2", TODAY, "amendment 1 is not signed yet"),
        (amended_by_nothing, "amendment-1", TODAY, "alters nothing; change"),
        (with_another_number, "amendment-1", TODAY, "has the number 2, but the next"),
        (on_no_conditions, "amendment-1", TODAY, "no condition is stated; state one"),
        (reaching_back, "amendment-1", TODAY, "before it is signed; say why"),
        (reaching_back, "amendment-1", date(2026, 11, 1), "cannot be signed before it"),
    ],
)
def test_what_cannot_be_signed_is_refused_in_one_line_and_nothing_changes(
    desk: Desk, prepare: Callable[[Desk], None], name: str, on: date, says: str
) -> None:
    prepare(desk)
    before = state(desk)

    with pytest.raises((SourceError, ChecksFailedError)) as raised:
        sign(desk, ID, name, on=on)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert state(desk) == before


def test_a_signing_that_cannot_be_saved_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(desk)
    (desk.workspace.root / ".git" / "MERGE_HEAD").write_text("x")

    with pytest.raises(SlaContractsError, match="in the middle of a merge"):
        sign(desk, ID)

    assert state(desk) == before


def test_an_amendment_signed_before_the_agreement_takes_effect_does_so_with_it(
    desk: Desk,
) -> None:
    start = date(2026, 11, 1)
    early_day, later_day = date(2026, 10, 20), date(2026, 11, 3)
    before = at(desk, early_day)
    sign(before, DATED, on=early_day)

    changes = ("/term/initial", "P26M"), ("/term/initial", "P28M")
    early = amend(before, DATED, "last-signature", changes[0], on=early_day).signing
    later = amend(desk, DATED, "last-signature", changes[1], on=later_day).signing

    assert (early.signed_on, early.effective) == (early_day, start)
    assert later.effective == later_day


def test_an_amendment_is_not_taken_back_while_its_changes_stay(desk: Desk) -> None:
    sign(desk, ID)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    set_values(desk, ID, [("/term/initial", "P26M")])
    before = state(desk)

    with pytest.raises(SourceError) as raised:
        set_values(desk, ID, [("/amendment", "")])

    assert "/term/initial" in str(raised.value)
    assert "take that back in the same command" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert state(desk) == before
    set_values(desk, ID, [("/amendment", ""), ("/term/initial", "P24M")])
    assert versions_of(desk, ID).state == "signed"


def test_a_list_that_stands_in_another_order_is_altered_too(desk: Desk) -> None:
    place = desk.workspace.agreement(DATED)
    sign(desk, DATED)
    source, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert source is not None
    signatories = source.data["signatories"]
    assert len(signatories) > 1
    text = desk.workspace.read(place.file).decode()
    turned = set_value(text, "/signatories", signatories[::-1])

    desk.workspace.write(place.file, turned.encode())

    assert versions_of(desk, DATED).state.endswith("altered without an amendment")


def set_a_value(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])


def omit_publicity(desk: Desk) -> None:
    omit_clause(desk, ID, "publicity")


def take_the_newest_library(desk: Desk) -> None:
    take_library(desk, ID, None)


def render_for_signature(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    render_agreement(Shelf(desk), place, Wanted("text", is_execution=True))


@pytest.mark.parametrize(
    "change",
    [set_a_value, omit_publicity, take_the_newest_library, render_for_signature],
)
def test_a_signed_agreement_changes_only_by_an_amendment(
    desk: Desk, change: Callable[[Desk], None]
) -> None:
    sign(desk, ID)
    desk.workspace.write(
        "clauses/waiver/preferred.en.md", b"1. Silence is no waiver.\n"
    )
    save_library(desk, "Shorter waiver", LATER)
    before = state(desk)

    with pytest.raises(SourceError, match="amend") as raised:
        change(desk)

    assert "is signed (the original, 2026-11-23)" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert state(desk) == before


def test_with_an_open_amendment_the_agreement_can_be_changed_again(desk: Desk) -> None:
    sign(desk, ID)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")

    set_values(desk, ID, [("/term/initial", "P26M")])
    omit_clause(desk, ID, "publicity")

    assert data_of(desk)["clauses"] != {}


def test_a_signed_text_that_was_altered_by_hand_is_told_when_it_is_saved(
    desk: Desk,
) -> None:
    place = desk.workspace.agreement(ID)
    sign(desk, ID)
    text = desk.workspace.read(place.file)
    desk.workspace.write(place.file, text + b"# a comment\n")
    commented = save_agreement(desk, ID, "A comment", LATER)

    desk.workspace.write(place.file, text.replace(b"initial: P24M", b"initial: P26M"))
    altered = save_agreement(desk, ID, "By hand", LATER)

    assert commented.notes == ()
    (note,) = altered.notes
    assert "alters it without an amendment; open one: slacontracts amend" in note
    assert versions_of(desk, ID).state == "signed, altered without an amendment"


def test_the_list_says_how_far_an_agreement_is(desk: Desk) -> None:
    def said() -> str:
        return next(one.state for one in list_agreements(desk) if one.id == ID)

    states = [said()]
    sign(desk, ID)
    states.append(said())
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    states.append(said())
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Amended", LATER)
    sign(desk, ID, "amendment-1")
    states.append(said())

    assert states == ["draft", "signed", "amendment 1 open", "amendment 1 signed"]


def test_a_damaged_record_of_signings_is_named_with_its_place(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    desk.workspace.write(place.signed_file, b"signed: [{as: original}]\n")

    with pytest.raises(SourceError, match=r"signed\.yaml cannot be used") as raised:
        set_values(desk, ID, [("/term/initial", "P26M")])

    assert {one.origin.file for one in raised.value.findings} == {place.signed_file}
