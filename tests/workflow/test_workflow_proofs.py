"""Approvals that count: what the saved versions show of them, and nothing typed."""

import shutil
from pathlib import Path

import pytest
from approving import CAP, DRAFTER, FINANCE, ID, LAWYER, WHEN, Office, staffed
from sharing import git

from slacontracts.errors import ChecksFailedError, SourceError
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.library import save_library
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.shelf import Shelf

MAIL = HandedIn("consent.eml", b"From: omar\n\nFine with me.\n")
UNAPPROVED, UNPROVEN = "deviation-unapproved", "approval-unproven"
BEYOND = "beyond-walk-away"
OF_FINANCE = f'{{item: {CAP}, role: finance, by: {FINANCE}, on: 2026-11-20, value: "'
OF_LEGAL = f'{{item: {CAP}, role: legal, by: {LAWYER}, on: 2026-11-20, value: "60"'


@pytest.fixture(scope="module")
def offices(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace where people hold roles; copied, never changed."""
    root = tmp_path_factory.mktemp("proven") / "contracts"
    return staffed(Path(shutil.copytree(sample, root))).root


@pytest.fixture
def office(offices: Path, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(offices, tmp_path / "contracts")))


def types(office: Office, approval: str) -> Office:
    """Type an approval into the file by hand, and do not save it."""
    text = office.file.read_text()
    office.file.write_text(
        text.replace("approvals:\n", f"approvals:\n  - {approval}\n")
    )
    assert approval in office.file.read_text()
    return office


def replaces(office: Office, old: str, new: str) -> Office:
    text = office.file.read_text()
    assert old in text
    office.file.write_text(text.replace(old, new))
    return office


def reasons(office: Office) -> list[str]:
    """Return why approvals of the cap are not believed."""
    return [
        one.message
        for one in check_agreements(office.desk, [ID]).findings
        if one.code == UNPROVEN and CAP in one.message
    ]


def why(office: Office) -> str:
    (message,) = reasons(office)
    return message


def refuses_execution(office: Office) -> bool:
    desk = office.desk
    place, wanted = desk.workspace.agreement(ID), Wanted("docx", is_execution=True)
    with pytest.raises(ChecksFailedError) as refused:
        render_agreement(Shelf(desk), place, wanted)
    return UNPROVEN in {one.code for one in refused.value.findings}


def test_an_approval_that_the_drafter_typed_counts_for_nothing(office: Office) -> None:
    types(office.sets("30"), f'{OF_FINANCE}30"}}').saves()

    assert office.codes() == [UNAPPROVED]
    assert f"{DRAFTER} saved it" in why(office)
    assert f"slacontracts approve {ID} --role finance --item {CAP}" in why(office)
    assert refuses_execution(office)

    office.is_now(FINANCE).approves("finance")

    assert reasons(office) == []
    assert office.codes() == []


def test_an_approval_that_no_version_holds_counts_for_nothing(office: Office) -> None:
    types(office.sets("30").is_now(FINANCE), f'{OF_FINANCE}30"}}')

    assert office.codes() == [UNAPPROVED]
    assert "no saved version holds it" in why(office)


def test_an_exception_that_the_drafter_typed_counts_for_nothing(
    office: Office,
) -> None:
    office.sets("60").is_now(FINANCE).approves("finance")
    types(office.is_now(DRAFTER), f"{OF_LEGAL}, exception: x}}").saves()

    assert office.codes() == [BEYOND]
    assert f"{DRAFTER} saved it" in why(office)
    assert '--exception "' in why(office)
    assert refuses_execution(office)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('until: "2026-11-30"', 'until: "2027-11-30"'),
        ("note: As last year", "condition: None"),
    ],
)
def test_an_approval_that_was_changed_by_hand_counts_no_more(
    old: str, new: str, office: Office
) -> None:
    office.sets("30").is_now(FINANCE)
    office.approves("finance", until=WHEN.date().replace(day=30), note="As last year")
    assert office.codes() == []

    text = office.file.read_text()
    old = old if old in text else old.replace('"', "")
    replaces(office.is_now(DRAFTER), old, new).saves()

    assert office.codes() == [UNAPPROVED]
    assert f"{DRAFTER} saved it" in why(office)


def test_who_wrote_it_cannot_approve_it_by_hand_either(office: Office) -> None:
    types(office.is_now(FINANCE).sets("30"), f'{OF_FINANCE}30"}}').saves()

    assert office.codes() == [UNAPPROVED]
    assert f"{FINANCE} wrote what stands at {CAP}" in why(office)


def test_what_a_holder_typed_and_saved_counts(office: Office) -> None:
    types(office.sets("30").is_now(FINANCE), f'{OF_FINANCE}30"}}').saves()

    assert office.codes() == []


def test_an_approval_counts_that_somebody_else_merged(office: Office) -> None:
    office.sets("30")
    base = git(office.root, "rev-parse", "HEAD")
    office.is_now(FINANCE).approves("finance")
    approved = git(office.root, "rev-parse", "HEAD")
    git(office.root, "checkout", "--quiet", "-B", "main", base)
    office.is_now(DRAFTER).sets("50", "/invoicing/due_days")
    git(office.root, "merge", "--quiet", "--no-edit", approved)

    assert office.codes() == []


def test_where_nobody_holds_roles_approvals_count_as_they_stand(
    contracts: Path,
) -> None:
    office = Office(contracts).is_now(DRAFTER)
    types(office.sets("30"), f'{OF_FINANCE}30"}}')

    assert office.codes() == []


def test_an_approval_typed_before_there_was_a_holder_is_asked_for_again(
    contracts: Path,
) -> None:
    office = Office(contracts).is_now(DRAFTER)
    types(office.sets("30"), f'{OF_FINANCE}30"}}').saves()

    staffed(contracts)

    assert office.codes() == [UNAPPROVED]
    assert office.is_now(FINANCE).approves("finance", CAP).by == FINANCE
    assert office.codes() == []


def test_a_severity_that_is_set_lower_lets_nothing_through(office: Office) -> None:
    types(office.sets("30"), f'{OF_FINANCE}30"}}').saves()
    settings = office.root / "slacontracts.yaml"
    lower = f"severity: {{{UNPROVEN}: {{is: information, because: Haste}}}}\n"
    settings.write_text(settings.read_text() + lower)
    save_library(office.desk, "Lower", WHEN)

    assert refuses_execution(office)


# --- What shows a consent that somebody else recorded -------------------------------


@pytest.mark.parametrize("is_altered", [True, False])
def test_evidence_that_is_gone_or_altered_shows_nothing(
    is_altered: bool, office: Office
) -> None:
    office.sets("30").is_now("Eve Smith")
    office.approves("finance", on_behalf_of=FINANCE, evidence=MAIL)
    assert office.codes() == []
    (file,) = office.file.parent.glob("evidence/*")

    if is_altered:
        file.write_bytes(b"From: somebody else\n")
    else:
        file.unlink()
    office.saves()

    assert office.codes() == [UNAPPROVED]
    assert f"evidence/{file.name}" in why(office)
    assert ("was altered" if is_altered else "is not there") in why(office)
    assert refuses_execution(office)


def test_evidence_outside_the_agreement_shows_nothing(office: Office) -> None:
    office.sets("30").is_now("Eve Smith")
    entry = f'{OF_FINANCE.replace(FINANCE, "Eve Smith")}30", on_behalf_of: {FINANCE}'
    types(office, f"{entry}, evidence: ../../../slacontracts.yaml}}").saves()

    assert office.codes() == [UNAPPROVED]


def test_whoever_wrote_it_records_no_consent_by_hand(office: Office) -> None:
    office.sets("30")
    name = f"evidence/{MAIL.digest}.eml"
    (office.file.parent / "evidence").mkdir()
    (office.file.parent / name).write_bytes(MAIL.data)
    entry = f'{OF_FINANCE.replace(FINANCE, "Eve Smith")}30", on_behalf_of: {FINANCE}'

    types(office, f"{entry}, evidence: {name}}}").saves()

    assert office.codes() == [UNAPPROVED]
    assert f"{DRAFTER} saved it, not Eve Smith" in why(office)


# --- Nobody's words become somebody else's by a change that changes nothing ---------


@pytest.mark.parametrize("again", ["30.0", "30.00"])
def test_another_spelling_of_a_value_does_not_make_it_somebody_elses(
    again: str, office: Office
) -> None:
    office.is_now(FINANCE).sets("30").is_now("Eve Smith").sets(again)

    with pytest.raises(SourceError, match=f"{FINANCE} wrote what stands at {CAP}"):
        office.is_now(FINANCE).approves("finance")


@pytest.mark.parametrize("has_decoy", [False, True])
def test_a_renamed_customer_folder_does_not_make_it_somebody_elses(
    has_decoy: bool, office: Office
) -> None:
    old = office.file.parent
    new = old.parent.with_name("renamed") / ID
    if has_decoy:
        new.mkdir(parents=True)
        (new / "agreement.yaml").write_text(f"id: {ID}\ncredits: {{cap_percent: 30}}\n")
        git(office.root, "add", "agreements")
        git(office.root, "commit", "--quiet", "-m", "Decoy")
        shutil.rmtree(new.parent)
        git(office.root, "add", "agreements")
        git(office.root, "commit", "--quiet", "-m", "Decoy")
    office.is_now(FINANCE).sets("30").is_now("Eve Smith")
    new.parent.mkdir(exist_ok=True)
    old.rename(new)
    git(office.root, "add", "agreements")
    git(office.root, "commit", "--quiet", "-m", "Renamed")
    assert office.file.parent == new

    with pytest.raises(SourceError, match=f"{FINANCE} wrote what stands at {CAP}"):
        office.is_now(FINANCE).approves("finance")


def test_an_approval_counts_after_the_folder_was_renamed(office: Office) -> None:
    office.sets("30").is_now(FINANCE).approves("finance")
    old = office.file.parent
    old.parent.rename(old.parent.with_name("renamed"))
    git(office.root, "add", "agreements")
    git(office.root, "commit", "--quiet", "-m", "Renamed")

    assert office.codes() == []
