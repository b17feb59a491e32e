"""Approvals that end, that rest on a condition or on somebody's word, and exceptions."""

from datetime import date

import pytest
from checking import found
from deviating import CODE, LIBRARY, own

from slacontracts.checks import Surroundings
from slacontracts.model.settings import RoleHolder, WorkspaceSettings

HELD = WorkspaceSettings(
    organisation="Northwind",
    roles={
        "legal": (RoleHolder(name="Ciara Nolan", email="ciara@b.example"),),
        "finance": (RoleHolder(name="Omar Haddad", email="omar@b.example"),),
    },
)
TODAY = Surroundings(HELD, today=date(2026, 11, 23))
CAP = "/credits/cap_percent"


def cap(value: str, approval: str = "") -> str:
    text = f'credits: {{cap_percent: "{value}"}}\n'
    return f"{text}approvals: [{{item: {CAP}, {approval}}}]\n" if approval else text


def by(name: str, role: str, value: str, more: str = "") -> str:
    said = f'role: {role}, by: {name}, on: 2026-11-01, value: "{value}"'
    return f"{said}, {more}" if more else said


@pytest.mark.parametrize(
    ("until", "count"), [("2026-11-22", 1), ("2026-11-23", 0), ("2026-11-24", 0)]
)
def test_an_approval_counts_until_its_last_day(until: str, count: int) -> None:
    text = cap("30", by("Omar Haddad", "finance", "30", f"until: {until}"))

    findings = found(CODE, LIBRARY, text, TODAY)

    assert len(findings) == count
    assert all(f"held until {until}" in one.message for one in findings)


def test_an_approval_that_ends_before_it_was_given_is_found() -> None:
    text = cap("30", by("Omar Haddad", "finance", "30", "until: 2026-10-01"))

    (finding,) = found("unclear-approval", LIBRARY, text, TODAY)

    assert "ends on 2026-10-01, before it was given" in finding.message


def test_the_condition_of_an_approval_is_told_until_nobody_needs_it() -> None:
    condition = "condition: The term is 36 months."

    for value, count in (("30", 1), ("25", 0)):
        text = cap(value, by("Omar Haddad", "finance", "30", condition))
        findings = found("approval-on-condition", LIBRARY, text, TODAY)
        assert len(findings) == count
        assert all("The term is 36 months." in one.message for one in findings)


@pytest.mark.parametrize(
    ("more", "path", "says"),
    [
        ("on_behalf_of: Omar Haddad, evidence: evidence/1.eml", "", ""),
        ("on_behalf_of: Omar Haddad", "evidence", "nothing shows that Omar Haddad"),
        (
            "on_behalf_of: Ann Bo, evidence: evidence/1.eml",
            "on_behalf_of",
            '"Ann Bo" does not hold the role "finance"',
        ),
        (
            'on_behalf_of: "N.N.", evidence: evidence/1.eml',
            "on_behalf_of",
            "is nobody, and the approval does not count",
        ),
    ],
)
def test_it_is_the_person_who_consented_that_holds_the_role(
    more: str, path: str, says: str
) -> None:
    text = cap("30", by("Niamh Kelleher", "finance", "30", more))

    findings = found("unclear-approval", LIBRARY, text, TODAY)

    assert [one.origin.path for one in findings] == (
        [f"/approvals/0/{path}"] if path else []
    )
    assert all(says in one.message for one in findings)


def test_whoever_holds_the_role_is_told_to_approve() -> None:
    (finding,) = found(CODE, LIBRARY, cap("30"), TODAY)

    command = f"slacontracts approve SLA-1 --role finance --item {CAP}"
    assert finding.message.endswith(command)


def test_an_approval_by_somebody_who_does_not_hold_the_role_counts_for_nothing() -> (
    None
):
    text = cap("30", by("Eoin Fahy", "finance", "30"))

    (finding,) = found(CODE, LIBRARY, text, TODAY)

    assert (
        "approved by Eoin Fahy, who does not hold the role finance" in finding.message
    )
    assert finding.message.endswith(f"--role finance --item {CAP}")
    assert found(CODE, LIBRARY, text) == ()  # nobody is known to hold it


def test_what_a_holder_approved_counts_though_others_approved_it_too() -> None:
    given = [by(one, "finance", "30") for one in ("Omar Haddad", "Eoin Fahy")]
    text = cap("30") + "approvals:\n"
    text += "".join(f"  - {{item: {CAP}, {one}}}\n" for one in given)

    assert found(CODE, LIBRARY, text, TODAY) == ()


ONLY_FINANCE = Surroundings(
    WorkspaceSettings(
        organisation="Northwind",
        roles={"finance": (RoleHolder(name="Omar Haddad", email="omar@b.example"),)},
    ),
    today=date(2026, 11, 23),
)
EVERY = "/credits/every"


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ("", f"slacontracts approve SLA-1 --role finance --item {EVERY}"),
        (
            by("Omar Haddad", "finance", "P2M"),
            "nobody holds the role legal: name somebody for it under roles in "
            "slacontracts.yaml, who then does it with: slacontracts approve SLA-1 "
            f"--role legal --item {EVERY}",
        ),
        (
            "role: legal, by: Ann Bo, on: 2026-11-01",
            f"slacontracts approve SLA-1 --role finance --item {EVERY}",
        ),
    ],
    ids=["a role with a holder first", "a role without one", "no value named"],
)
def test_no_approval_is_to_be_set_where_somebody_holds_a_role(
    given: str, ends: str
) -> None:
    text = "credits: {every: P2M}\n"
    text += f"approvals: [{{item: {EVERY}, {given}}}]\n" if given else ""

    (finding,) = found(CODE, LIBRARY, text, ONLY_FINANCE)

    assert finding.message.endswith(ends)
    assert "slacontracts set" not in finding.message


EXCEPTION = "exception: The parent company pays."
EXCEPTED, BEYOND = "walk-away-exception", "beyond-walk-away"


def test_an_exception_of_legal_lets_a_value_stand_beyond_the_line() -> None:
    text = cap("60", by("Ciara Nolan", "legal", "60", EXCEPTION))

    assert found(BEYOND, LIBRARY, text, TODAY) == ()
    (finding,) = found(EXCEPTED, LIBRARY, text, TODAY)
    assert finding.severity.value == "information"
    assert "Ciara Nolan (legal) made an exception on 2026-11-01" in finding.message
    assert finding.message.endswith("The parent company pays.")
    assert found("unclear-approval", LIBRARY, text, TODAY) == ()


def test_an_exception_leaves_the_approvals_that_are_asked_for() -> None:
    text = cap("60", by("Ciara Nolan", "legal", "60", EXCEPTION))

    (finding,) = found(CODE, LIBRARY, text, TODAY)

    assert "finance must approve it" in finding.message


@pytest.mark.parametrize(
    ("value", "approval"),
    [
        ("61", by("Ciara Nolan", "legal", "60", EXCEPTION)),
        ("60", by("Omar Haddad", "finance", "60", EXCEPTION)),
        ("60", by("Omar Haddad", "legal", "60", EXCEPTION)),
        ("60", by("Ciara Nolan", "legal", "60")),
        ("60", by("Ciara Nolan", "legal", "60", 'exception: ""')),
        ("60", by("Ciara Nolan", "legal", "60", f"{EXCEPTION}, until: 2026-11-22")),
        ("60", by("Ciara Nolan", "legal", "60", EXCEPTION).replace("11-01", "12-01")),
    ],
    ids=[
        "another value",
        "another role",
        "no holder",
        "no exception",
        "no reason",
        "ended",
        "a day to come",
    ],
)
def test_nothing_else_helps_beyond_the_walk_away_line(
    value: str, approval: str
) -> None:
    text = cap(value, approval)

    (finding,) = found(BEYOND, LIBRARY, text, TODAY)

    assert finding.severity.value == "error"
    assert found(EXCEPTED, LIBRARY, text, TODAY) == ()


def test_where_nobody_is_known_to_hold_the_role_there_is_no_exception() -> None:
    text = cap("60", by("Ciara Nolan", "legal", "60", EXCEPTION))

    assert len(found(BEYOND, LIBRARY, text)) == 1


def test_an_exception_by_another_role_is_told_to_be_none() -> None:
    text = cap("60", by("Omar Haddad", "finance", "60", EXCEPTION))

    (finding,) = found("unclear-approval", LIBRARY, text, TODAY)

    assert "an exception beyond the walk-away line is made by legal" in finding.message


def test_a_later_change_voids_an_approval_of_wording() -> None:
    before = own("Agreed.")
    (asked,) = found(CODE, LIBRARY, before)
    value = asked.message.partition("value: ")[2][:12]
    approval = (
        "approvals: [{item: service-credits, role: legal, by: Ciara Nolan, "
        f"on: 2026-11-01, value: {value}}}]\n"
    )

    assert found(CODE, LIBRARY, before + approval, TODAY) == ()
    (finding,) = found(CODE, LIBRARY, own("Agreed, perhaps.") + approval, TODAY)
    assert f"legal approved {value}, now it is" in finding.message


def test_a_clause_that_the_library_does_not_have_is_for_legal() -> None:
    def text(title: str, words: str) -> str:
        own = f"title: {{en: {title}}}, after: service-credits, text: {{en: {words}}}"
        return f"clauses: {{lunch: {{{own}}}}}\n"

    before = text("Lunch", "The Provider pays.")
    (asked,) = found(CODE, LIBRARY, before)
    assert '"Lunch" is a clause of its own' in asked.message
    assert "legal must approve it" in asked.message
    approval = asked.message.partition("/approvals/+=")[2].rstrip('"')
    approval = approval.replace("NAME", "Ciara Nolan").replace("DATE", "2026-11-01")
    approvals = f"approvals: [{approval}]\n"

    assert found(CODE, LIBRARY, before + approvals) == ()
    for changed in (
        text("Lunch", "Nobody pays."),
        text("Dinner", "The Provider pays."),
    ):
        assert len(found(CODE, LIBRARY, changed + approvals)) == 1
