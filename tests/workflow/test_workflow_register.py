"""Registering: which text it is, what is refused, and what stays as it was."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from roles import with_lawyer
from signed import LATER, TODAY, amend, at, handed_in, sign

from slacontracts.errors import ChecksFailedError, SourceError
from slacontracts.model.record import (
    EXECUTION_FILE,
    SOURCE_FILE,
    TEXT_FILE,
    Signature,
)
from slacontracts.source.write import set_value
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import (
    DraftNumber,
    blob_id,
    current_version,
    draft_number,
    draft_numbers,
)
from slacontracts.store.register import file_of, register_tip
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.filing import file_record
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.library import save_library
from slacontracts.workflow.listing import list_agreements
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.register import (
    Registered,
    RegisterWish,
    register_agreement,
)
from slacontracts.workflow.registered import filed_of
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import versions_of
from slacontracts.workflow.take import take_library
from slacontracts.workflow.use import omit_clause
from slacontracts.workflow.verify import verify_register

ID = "SLA-2026-0002"  # nothing stands against signing it
DATED = "UC-2026-0001"  # takes effect on 2026-11-01


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
    root = desk.workspace.root
    return f"{current_version(root)} {register_tip(root)} {blob_id(files)}"


def test_the_last_saved_version_is_what_was_signed(desk: Desk) -> None:
    before = current_version(desk.workspace.root)
    place = desk.workspace.agreement(ID)

    record = sign(desk, ID, on=date(2026, 11, 20)).filed.record

    (signing,) = signings_of(desk, place)
    assert (record.act, record.as_, record.version) == ("signed", "original", before)
    assert (signing.as_, signing.version) == ("original", before)
    assert signing.signed_on == signing.effective == date(2026, 11, 20)
    assert current_version(desk.workspace.root) == before
    assert not draft_number(desk.workspace, place).has_unsaved_changes


def test_what_was_signed_before_a_version_is_told_apart(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    sign(desk, ID)
    amend(desk, ID, "2027-03-01", ("/term/initial", "P26M"))
    original, amendment = signings_of(desk, place)

    assert signings_of(desk, place, amendment.version) == (original,)
    assert signings_of(desk, place, original.version) == ()


def test_a_closing_is_no_draft(desk: Desk) -> None:
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
    record = sign(desk, DATED).filed.record

    assert (record.effective, record.signed_on) == (date(2026, 11, 1), TODAY)


def test_another_day_of_effect_than_the_text_says_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceError, match=r"the text itself says .* 2026-11-01"):
        sign(desk, DATED, effective=date(2026, 12, 1))


def test_the_effect_is_that_of_the_last_signature(desk: Desk) -> None:
    first, last = date(2026, 11, 18), date(2026, 11, 20)
    days = {"provider": last, "customer": first}

    wish = RegisterWish((handed_in(desk, ID),), days)
    record = register_agreement(desk, ID, wish, LATER).filed.record

    assert record.effective == record.signed_on == last
    assert {one.party: one.on for one in record.signatures} == days


def test_registering_an_amendment_closes_it_and_the_signed_version_keeps_it(
    desk: Desk,
) -> None:
    sign(desk, ID)

    record = amend(desk, ID, "2027-03-01", ("/term/initial", "P26M")).filed.record

    place = desk.workspace.agreement(ID)
    assert "amendment" not in data_of(desk)
    assert not draft_number(desk.workspace, place).has_unsaved_changes
    assert [one.as_ for one in signings_of(desk, place)] == ["original", "amendment-1"]
    assert (record.as_, record.effective) == ("amendment-1", date(2027, 3, 1))


def unsaved(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])


def changed_on_disk(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file)
    desk.workspace.write(place.file, text.replace(b"initial: P24M", b"initial: P26M"))


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
    ("prepare", "on", "says"),
    [
        (unsaved, TODAY, "changes that are not saved; save it first"),
        (changed_on_disk, TODAY, "changes that are not saved; save it first"),
        (with_an_error, TODAY, "is not ready for signature"),
        (without_effect, TODAY, "it is not said when amendment 1 of"),
        (untouched, date(2026, 11, 24), "signed on 2026-11-24, which is still to come"),
        (signed, TODAY, "has no open amendment; open one"),
        (amended_by_nothing, TODAY, "alters nothing; change"),
        (with_another_number, TODAY, "has the number 2, but the next"),
        (on_no_conditions, TODAY, "no condition is stated; state one"),
        (reaching_back, TODAY, "before it is signed; say why"),
        (reaching_back, date(2026, 11, 1), "cannot be signed before it"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_one_line_and_nothing_changes(
    desk: Desk, prepare: Callable[[Desk], None], on: date, says: str
) -> None:
    prepare(desk)
    before = state(desk)

    with pytest.raises((SourceError, ChecksFailedError)) as raised:
        sign(desk, ID, on=on)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert state(desk) == before


def test_an_amendment_of_what_nobody_signed_is_refused(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    header = {"number": "1", "effective": {"on": "2027-03-01"}}
    amended = set_value(text, "/amendment", header)
    desk.workspace.write(place.file, amended.encode())
    save_agreement(desk, ID, "By hand", LATER)

    with pytest.raises((SourceError, ChecksFailedError)) as raised:
        sign(desk, ID)

    assert "not signed" in str(raised.value) or any(
        "not signed" in str(one) for one in getattr(raised.value, "findings", ())
    )


def test_an_amendment_signed_before_the_agreement_takes_effect_does_so_with_it(
    desk: Desk,
) -> None:
    start = date(2026, 11, 1)
    early_day, later_day = date(2026, 10, 20), date(2026, 11, 3)
    before = at(desk, early_day)
    sign(before, DATED, on=early_day)

    changes = ("/term/initial", "P26M"), ("/term/initial", "P28M")
    early = amend(before, DATED, "last-signature", changes[0], on=early_day)
    later = amend(desk, DATED, "last-signature", changes[1], on=later_day)

    record = early.filed.record
    assert (record.signed_on, record.effective) == (early_day, start)
    assert later.filed.record.effective == later_day


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
    sign(desk, ID)
    states.append(said())

    assert states == ["draft", "signed", "amendment 1 open", "amendment 1 signed"]


@pytest.mark.parametrize(
    ("on", "notes"), [(date(2020, 1, 1), 1), (TODAY, 0)], ids=["long before", "today"]
)
def test_a_signature_before_the_draft_was_saved_is_told(
    desk: Desk, on: date, notes: int
) -> None:
    found = [note for note in sign(desk, ID, on=on).notes if "was saved on" in note]

    assert len(found) == notes
    assert all("2020-01-01" in note for note in found)


@pytest.mark.parametrize(
    ("agreement_id", "kind"),
    [("OLA-2026-0001", "ola"), ("SLA-2026-0003", "internal"), (DATED, "uc")],
)
def test_what_people_only_acknowledge_is_registered_the_same_way(
    desk: Desk, agreement_id: str, kind: str
) -> None:
    record = sign(desk, agreement_id).filed.record

    assert record.act == "signed"
    assert [one.on for one in record.signatures] == [TODAY, TODAY]
    assert (record.facts or {})["kind"] == kind


def test_a_wrong_date_is_put_right_by_a_new_record_of_the_same_text(
    desk: Desk,
) -> None:
    handed = handed_in(desk, ID)
    parties = ("provider", "customer")
    wrong = dict.fromkeys(parties, date(2026, 11, 20))
    register_agreement(desk, ID, RegisterWish((handed,), wrong), LATER)
    right = {**wrong, "customer": date(2026, 11, 22)}

    done = register_agreement(
        desk, ID, RegisterWish((handed,), right, correction="Misread a 2"), LATER
    )

    place = desk.workspace.agreement(ID)
    first, second = (one.record for one in filed_of(desk, place))
    (signing,) = signings_of(desk, place)
    assert signing.signed_on == date(2026, 11, 22)
    assert (first.signed_on, first.correction) == (date(2026, 11, 20), None)
    assert done.filed.record == second
    assert (second.act, second.correction) == ("signed", "Misread a 2")
    assert second.text_digest == first.text_digest
    assert verify_register(desk).troubles == ()


def test_nothing_is_put_right_that_is_not_registered(desk: Desk) -> None:
    wish = RegisterWish(
        (handed_in(desk, ID),), {"provider": TODAY}, correction="Wrong date"
    )

    with pytest.raises(SourceError, match="there is nothing to correct"):
        register_agreement(desk, ID, wish, LATER)


SCAN = HandedIn("scan.png", b"\x89PNG\r\n\x1a\n Both on one page.")
OTHER = "SLA-2026-0004"


def of_scan(desk: Desk, agreement_id: str, grant: Grant | None = None) -> Registered:
    days = dict.fromkeys(("provider", "customer"), TODAY)
    wish = RegisterWish((SCAN,), days, may_be_scan=True, grant=grant)
    return register_agreement(desk, agreement_id, wish, LATER)


def test_one_scan_is_not_the_paper_of_two_agreements(desk: Desk) -> None:
    of_scan(desk, ID)
    before = state(desk, OTHER)

    with pytest.raises(SourceError) as refused:
        of_scan(desk, OTHER)

    assert str(refused.value) == (
        f"scan.png is registered already, for {ID} on 2026-11-23 (record 1); nothing "
        f"was registered. If it is the paper of {OTHER} too: "
        '--exception "Why" --by ROLE'
    )
    assert state(desk, OTHER) == before


def test_one_scan_may_be_of_two_agreements_by_an_exception(desk: Desk) -> None:
    desk = with_lawyer(desk)
    of_scan(desk, ID)

    record = of_scan(desk, OTHER, Grant("Signed on one page", "legal")).filed.record

    assert record.exception is not None
    assert record.exception.reason == "Signed on one page"
    (against,) = record.exception.failures
    assert ID in against


def test_counterparts_that_two_people_filed_apart_are_completed_with_the_same_paper(
    desk: Desk,
) -> None:
    ours, theirs, day = handed_in(desk, ID), b"%PDF of a colleague", date(2026, 11, 20)
    wish = RegisterWish((ours,), {"provider": day})
    register_agreement(desk, ID, wish, LATER)
    place, root = desk.workspace.agreement(ID), desk.workspace.root
    (first,) = filed_of(desk, place)
    (paper,) = first.record.files
    changed = {"sha256": sha256(theirs).hexdigest(), "size": len(theirs)}
    apart = first.record.model_copy(
        update={
            "signatures": (Signature(party="customer", on=day),),
            "missing": ("provider",),
            "files": (paper.model_copy(update=changed),),
        }
    )
    kept = (SOURCE_FILE, TEXT_FILE, EXECUTION_FILE)
    contents = {name: file_of(root, first, name) for name in kept}
    file_record(desk, apart, {**contents, paper.path: theirs})

    record = register_agreement(desk, ID, wish, LATER).filed.record

    assert record.act == "signed"
    assert [one.party for one in record.signatures] == ["provider", "customer"]
    assert len(signings_of(desk, place)) == 1
    assert verify_register(desk).troubles == ()
