"""Approving: who may, what it binds, what it writes, and what it never lets through."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from approving import CAP, DRAFTER, FINANCE, ID, LAWYER, WHEN, Office, staffed
from sharing import git

from slacontracts.errors import (
    ChecksFailedError,
    NotFoundError,
    OutsideError,
    SourceError,
)
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.versions import history
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.restore import restore_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.use import use_template, use_text

MAIL = HandedIn("Consent of Omar.EML", b"From: omar\n\nFine with me.\n")
UNAPPROVED, BEYOND = "deviation-unapproved", "beyond-walk-away"


@pytest.fixture(scope="module")
def offices(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace where people hold roles; copied, never changed."""
    root = tmp_path_factory.mktemp("offices") / "contracts"
    return staffed(Path(shutil.copytree(sample, root))).root


@pytest.fixture
def office(offices: Path, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(offices, tmp_path / "contracts")))


def approvals(office: Office) -> list[dict[str, Any]]:
    source, _ = read_yaml(office.file.read_bytes(), "agreement.yaml")
    assert source is not None
    found: list[dict[str, Any]] = source.data["approvals"]
    return found


def execution(office: Office) -> bytes:
    wanted = Wanted("docx", is_execution=True)
    desk = office.desk
    return render_agreement(Shelf(desk), desk.workspace.agreement(ID), wanted).data


def test_a_cap_beyond_the_range_waits_for_finance_all_the_way(office: Office) -> None:
    office.sets("30")
    assert office.codes() == [UNAPPROVED]
    with pytest.raises(ChecksFailedError):
        execution(office)
    with pytest.raises(SourceError, match="Niamh Kelleher wrote what stands at"):
        office.approves("finance")

    done = office.is_now(FINANCE).approves("finance")

    assert [one.item for one in done.deviations] == [CAP]
    assert (done.by, done.waiting) == (FINANCE, ())
    assert office.codes() == []
    assert execution(office)[:2] == b"PK"
    office.is_now(DRAFTER).sets("35")
    assert office.codes() == [UNAPPROVED]
    with pytest.raises(ChecksFailedError):
        execution(office)


def test_approving_writes_and_saves_a_version(office: Office) -> None:
    office.sets("30").is_now(FINANCE)

    done = office.approves(
        "finance", CAP, note="As last\nyear", condition="36 months", until=WHEN.date()
    )

    assert approvals(office)[-1] == {
        "item": CAP,
        "role": "finance",
        "by": FINANCE,
        "on": "2026-11-24",
        "value": "30",
        "until": "2026-11-24",
        "condition": "36 months",
        "note": "As last year",
    }
    newest, *_ = history(office.root, office.file.relative_to(office.root).as_posix())
    assert (newest.author, newest.message) == (
        FINANCE,
        f"{ID}: approved for finance: {CAP}",
    )
    assert done.number == 5
    assert git(office.root, "status", "--porcelain") == ""


def test_changes_that_are_not_saved_are_refused(office: Office) -> None:
    set_values(office.desk, ID, [(CAP, "30")])

    with pytest.raises(SourceError, match="save it first: slacontracts save"):
        office.is_now(FINANCE).approves("finance")


def test_holders_that_are_not_saved_are_refused(office: Office) -> None:
    office.sets("30").is_now("Eve Smith")
    settings = office.root / "slacontracts.yaml"
    text = settings.read_text()
    settings.write_text(text.replace(FINANCE, "Eve Smith").replace("Omar@", "eve@"))

    with pytest.raises(SourceError, match=r"slacontracts\.yaml, which says who holds"):
        office.approves("finance")


@pytest.mark.parametrize(
    ("name", "email", "role", "says"),
    [
        ("Eve Smith", "", "finance", "Eve Smith <eve@northwind.example> does not hold"),
        (FINANCE, "", "legal", "which Ciara Nolan holds"),
        (FINANCE, "omar@elsewhere.example", "finance", "does not hold the role"),
        (FINANCE, "", "finnace", 'did you mean "finance"'),
        (FINANCE, "", "security", 'names nobody for the role "security"'),
    ],
)
def test_who_does_not_hold_the_role_cannot_approve(
    name: str, email: str, role: str, says: str, office: Office
) -> None:
    office.sets("30").is_now(name, email)

    with pytest.raises(SourceError, match=says):
        office.approves(role)
    assert office.codes() == [UNAPPROVED]


def test_somebody_whom_git_does_not_know_cannot_approve(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sets("30")
    git(office.root, "config", "--unset", "user.name")
    git(office.root, "config", "--unset", "user.email")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    with pytest.raises(SourceError, match="git does not know who you are"):
        office.approves("finance")


# --- Nobody approves what they wrote -----------------------------------------------


def test_a_change_there_and_back_does_not_make_it_somebody_elses(
    office: Office,
) -> None:
    office.is_now(FINANCE).sets("30")
    office.is_now("Eve Smith").sets("35").sets("30")

    with pytest.raises(SourceError, match=f"{FINANCE} wrote what stands at {CAP}"):
        office.is_now(FINANCE).approves("finance")
    assert office.is_now(DRAFTER).approves("finance").by == DRAFTER


def test_who_wrote_another_value_before_may_approve_the_one_of_now(
    office: Office,
) -> None:
    office.is_now(FINANCE).sets("35").is_now("Eve Smith").sets("30")

    assert office.is_now(FINANCE).approves("finance").by == FINANCE


def test_who_changed_one_word_of_a_wording_cannot_approve_it(office: Office) -> None:
    def words(text: str) -> None:
        use_text(office.desk, ID, "waiver", text, "en")
        office.saves()

    office.is_now(LAWYER)
    words("A waiver must be made in writing.")
    office.is_now(DRAFTER)
    words("A waiver must be made in writing and signed.")

    with pytest.raises(SourceError, match=f"{LAWYER} wrote what stands at waiver"):
        office.is_now(LAWYER).approves("legal", "waiver")


def test_who_wrote_wording_that_was_replaced_as_a_whole_may_approve(
    office: Office,
) -> None:
    office.is_now(LAWYER)
    use_text(office.desk, ID, "waiver", "A waiver must be made in writing.", "en")
    office.saves().is_now(DRAFTER)
    use_template(office.desk, ID, "waiver")
    office.saves()
    use_text(office.desk, ID, "waiver", "A waiver binds nobody.", "en")
    office.saves()

    assert office.is_now(LAWYER).approves("legal", "waiver").by == LAWYER


def test_the_same_address_under_another_name_is_the_same_person(
    office: Office,
) -> None:
    office.is_now("Somebody Else", "OMAR@northwind.example").sets("30")

    with pytest.raises(SourceError, match="Somebody Else wrote what stands at"):
        office.is_now(FINANCE).approves("finance")


def test_what_somebody_unknown_wrote_must_be_written_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        git(office.root, "config", "--unset", "user.name")
        git(office.root, "config", "--unset", "user.email")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        office.sets("30")

    with pytest.raises(SourceError, match="saved by somebody whom git did not know"):
        office.is_now(FINANCE).approves("finance")
    office.is_now(DRAFTER).sets("35").sets("30")
    assert office.is_now(FINANCE).approves("finance").by == FINANCE


def test_a_merge_does_not_make_somebody_the_author(office: Office) -> None:
    """Whoever brings two lines of work together wrote neither."""
    office.is_now("Eve Smith").sets("30")
    ours = git(office.root, "rev-parse", "HEAD")
    git(office.root, "checkout", "--quiet", "-b", "other", "HEAD~1")
    (office.root / "notes.txt").write_text("x\n")
    git(office.root, "add", "notes.txt")
    git(office.root, "commit", "--quiet", "-m", "Notes")
    office.is_now(FINANCE)
    git(office.root, "merge", "--quiet", "--no-edit", ours)

    assert office.approves("finance").by == FINANCE


def test_what_others_wrote_can_be_approved_by_name(office: Office) -> None:
    office.sets("50", "/invoicing/due_days")
    office.is_now(FINANCE).sets("30")

    with pytest.raises(SourceError, match="for the others say --item /invoicing/due"):
        office.approves("finance")
    done = office.approves("finance", "/invoicing/due_days")

    assert [one.item for one in done.deviations] == ["/invoicing/due_days"]
    assert office.codes() == [UNAPPROVED]


# --- What can be approved ----------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("/credits/cap_percnt", f'did you mean "{CAP}"'),
        ("/term/notice", "does not depart from what the library prefers"),
        (CAP, "waits for finance, not for legal"),
    ],
)
def test_only_what_waits_for_the_role_is_approved(
    item: str, says: str, office: Office
) -> None:
    office.sets("30").is_now(LAWYER)

    with pytest.raises((SourceError, NotFoundError), match=says):
        office.approves("legal", item)


def test_nothing_is_approved_twice(office: Office) -> None:
    office.sets("30").is_now(FINANCE).approves("finance")

    with pytest.raises(NotFoundError, match=f"nothing in {ID} waits for finance"):
        office.approves("finance")
    with pytest.raises(SourceError, match=r"finance has approved .* already"):
        office.approves("finance", CAP)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/approvals/+", f"{{item: {CAP}, role: finance, by: Omar, on: 2026-11-20}}"),
        ("/approvals/0/value", "30"),
        ("/approvals", f"[{{item: {CAP}, role: finance, by: Omar, on: 2026-11-20}}]"),
    ],
)
def test_where_people_hold_roles_no_approval_is_set_by_hand(
    path: str, value: str, office: Office
) -> None:
    before = office.file.read_bytes()

    with pytest.raises(SourceError, match="slacontracts approve SLA-2026-0004 --role"):
        set_values(office.desk, ID, [(CAP, "30"), (path, value)])

    assert office.file.read_bytes() == before
    set_values(office.desk, ID, [("/approvals/0", "")])
    assert office.file.read_bytes() != before


# --- On somebody's behalf ----------------------------------------------------------


def test_a_consent_by_mail_is_recorded_with_the_mail(office: Office) -> None:
    office.sets("30").is_now("Eve Smith")

    done = office.approves("finance", on_behalf_of="omar  haddad", evidence=MAIL)

    name = f"evidence/{hashlib.sha256(MAIL.data).hexdigest()}.eml"
    assert (done.by, done.on_behalf_of) == ("Eve Smith", FINANCE)
    entry = approvals(office)[-1]
    assert [entry[one] for one in ("by", "on_behalf_of", "evidence")] == [
        "Eve Smith",
        FINANCE,
        name,
    ]
    assert (office.file.parent / name).read_bytes() == MAIL.data
    assert git(office.root, "status", "--porcelain") == ""
    assert office.codes() == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"on_behalf_of": "Eve Smith", "evidence": MAIL}, "Eve Smith does not hold"),
        ({"on_behalf_of": FINANCE}, "go together"),
        ({"evidence": MAIL}, "go together"),
        ({"on_behalf_of": FINANCE, "evidence": HandedIn("m.eml", b"")}, "is empty"),
        (
            {
                "on_behalf_of": FINANCE,
                "evidence": HandedIn("m.eml", b"a\n>>>>>>> quoted\n"),
            },
            "looks like a conflict",
        ),
    ],
)
def test_a_consent_that_nothing_shows_is_refused(
    more: dict[str, Any], says: str, office: Office
) -> None:
    office.sets("30").is_now("Eve Smith")

    with pytest.raises(SourceError, match=says):
        office.approves("finance", **more)
    assert git(office.root, "status", "--porcelain") == ""


def test_neither_who_consents_nor_who_records_it_may_have_written_it(
    office: Office,
) -> None:
    office.sets("30")
    mail = {"on_behalf_of": FINANCE, "evidence": MAIL}
    with pytest.raises(SourceError, match=f"{DRAFTER} wrote what stands at"):
        office.approves("finance", **mail)

    office.is_now(FINANCE).sets("35")
    with pytest.raises(SourceError, match=f"{FINANCE} wrote what stands at"):
        office.is_now("Eve Smith").approves("finance", **mail)


def test_what_cannot_be_saved_is_not_written(office: Office) -> None:
    office.sets("30").is_now("Eve Smith")
    before = office.file.read_bytes()
    mail = HandedIn("consent.eml", b"Fine.")
    lock = office.root / ".git" / "refs" / "heads" / "main.lock"
    lock.write_text("")

    with pytest.raises(OutsideError, match=r"another program|somebody else"):
        office.approves("finance", on_behalf_of=FINANCE, evidence=mail)

    assert office.file.read_bytes() == before
    assert not [*office.file.parent.glob("evidence/*")]


# --- Beyond the walk-away line -----------------------------------------------------


def test_beyond_the_line_nothing_but_legals_exception_helps(office: Office) -> None:
    office.sets("60")
    assert set(office.codes()) == {UNAPPROVED, BEYOND}

    done = office.is_now(FINANCE).approves("finance", CAP)

    assert any("nothing but an exception of legal helps" in one for one in done.waiting)
    assert office.codes() == [BEYOND]
    with pytest.raises(ChecksFailedError):
        execution(office)

    office.is_now(LAWYER).approves("legal", CAP, exception="The parent company pays.")

    assert office.codes() == ["walk-away-exception"]
    assert execution(office)[:2] == b"PK"
    office.is_now(DRAFTER).sets("61")
    assert set(office.codes()) == {UNAPPROVED, BEYOND}


@pytest.mark.parametrize(
    ("who", "role", "items", "says"),
    [
        (FINANCE, "finance", (CAP,), "made by legal, for a named value"),
        (LAWYER, "legal", (), "made by legal, for a named value"),
        (FINANCE, "legal", (CAP,), "does not hold the role legal"),
        (LAWYER, "legal", ("/invoicing/due_days",), "needs no exception"),
    ],
)
def test_an_exception_is_refused_to_all_others(
    who: str, role: str, items: tuple[str, ...], says: str, office: Office
) -> None:
    office.sets("50", "/invoicing/due_days").sets("60").is_now(who)

    with pytest.raises(SourceError, match=says):
        office.approves(role, *items, exception="The parent company pays.")
    assert BEYOND in office.codes()


def test_without_a_lawyer_in_the_settings_there_is_no_exception(
    contracts: Path,
) -> None:
    office = Office(contracts).is_now(LAWYER)
    office.is_now(DRAFTER).sets("60").is_now(LAWYER)

    with pytest.raises(SourceError, match='names nobody for the role "legal"'):
        office.approves("legal", CAP, exception="The parent company pays.")


def test_legal_makes_no_exception_of_what_legal_wrote(office: Office) -> None:
    office.is_now(LAWYER).sets("60")

    with pytest.raises(SourceError, match=f"{LAWYER} wrote what stands at"):
        office.approves("legal", CAP, exception="The parent company pays.")


def test_an_agreement_brought_back_keeps_its_evidence(office: Office) -> None:
    office.sets("30").is_now("Eve Smith")
    office.approves("finance", on_behalf_of=FINANCE, evidence=MAIL)
    (kept,) = office.file.parent.glob("evidence/*")
    shutil.rmtree(kept.parent.parent)

    restore_agreement(office.desk, ID)

    assert kept.read_bytes() == MAIL.data
