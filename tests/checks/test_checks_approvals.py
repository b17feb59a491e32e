"""Approvals: what they bind, when they are void, and those that approve nothing."""

import re
from datetime import date
from typing import TypeAlias

import pytest
from checking import found
from deviating import CAP, CODE, LIBRARY, approved, digest, own
from drafting import clause_files, template_file

from slacontracts.checks import Surroundings
from slacontracts.model.settings import RoleHolder, WorkspaceSettings

Roles: TypeAlias = dict[str, tuple[RoleHolder, ...]]


@pytest.mark.parametrize(
    ("approval", "path", "says"),
    [
        (
            approved("/credits/cap_percnt", "finance"),
            "/approvals/0/item",
            'did you mean "/credits/cap_percent"?',
        ),
        (approved("servce-credits", "legal"), "/approvals/0/item", "service-credits"),
        (approved("service-credits", "finnace"), "/approvals/0/role", '"finance"?'),
        (
            'credits: {cap_percent: "30"}\n'
            + approved(*CAP).replace("finance", "legal"),
            "/approvals/0/role",
            "/credits/cap_percent asks for finance, not for legal",
        ),
        (
            approved("service-credits", "finance"),
            "/approvals/0/role",
            "service-credits asks for legal, not for finance",
        ),
        *(
            (
                approved("service-credits", "legal").replace("Ann Bo", by),
                "/approvals/0/by",
                "write the name of the person who approved",
            )
            for by in ('"?"', "TBD", "N.N.", "xxx", "tbc", '"-"', "X")
        ),
        (
            approved("service-credits", "legal").replace("2026", "1999"),
            "/approvals/0/on",
            "before 2000",
        ),
    ],
)
def test_an_approval_of_nothing_is_found(approval: str, path: str, says: str) -> None:
    (finding,) = found("unclear-approval", LIBRARY, approval)

    assert finding.origin.path == path
    assert says in finding.message


def test_an_approval_of_a_day_to_come_is_found() -> None:
    text = approved("service-credits", "legal")

    for day, count in ((31, 1), (1, 0)):
        today = Surroundings(today=date(2026, 10 if day == 31 else 11, day))
        assert len(found("unclear-approval", LIBRARY, text, today)) == count


def test_a_role_that_nobody_holds_is_found() -> None:
    legal: Roles = {"legal": (RoleHolder(name="A", email="a@b.example"),)}
    both: Roles = {**legal, "finance": legal["legal"]}
    text = 'credits: {cap_percent: "30"}'

    def told(roles: Roles) -> int:
        settings = WorkspaceSettings(organisation="Northwind", roles=roles)
        return len(found("role-without-holder", LIBRARY, text, Surroundings(settings)))

    assert [told(legal), told(both), told({})] == [1, 0, 0]


def test_who_does_not_hold_the_role_is_found() -> None:
    held: Roles = {"legal": (RoleHolder(name="Ciara Nolan", email="c@b.example"),)}
    settings = WorkspaceSettings(organisation="Northwind", roles=held)
    text = approved("service-credits", "legal", "fallback-1")

    def told(by: str) -> list[str]:
        known = Surroundings(settings)
        by_them = text.replace("Ann Bo", by)
        return [
            one.message for one in found("unclear-approval", LIBRARY, by_them, known)
        ]

    (message,) = told("Ann Bo")
    assert '"Ann Bo" does not hold the role "legal"' in message
    assert "Ciara Nolan" in message
    assert told("ciara  nolan") == []


@pytest.mark.parametrize(
    ("approved_as", "now", "was", "is_now"),
    [
        (
            digest("Agreed."),
            own("The Customer owes its cat."),
            digest("Agreed."),
            digest("The Customer owes its cat."),
        ),
        (
            "fallback-1",
            "clauses: {service-credits: omit}\n",
            "fallback-1",
            "omit",
        ),
    ],
    ids=["wording", "position"],
)
def test_a_change_of_what_was_approved_voids_the_approval(
    approved_as: str, now: str, was: str, is_now: str
) -> None:
    approval = approved("service-credits", "legal", approved_as)

    (finding,) = found(CODE, LIBRARY, now + approval)

    assert f"legal approved {was}, now it is {is_now}" in finding.message
    assert f"value: {is_now}}}" in finding.message


def test_an_approval_that_names_no_value_is_told_how_to_name_it() -> None:
    text = 'credits: {cap_percent: "30"}\n' + approved(
        "/credits/cap_percent", "finance"
    )

    (finding,) = found(CODE, LIBRARY, text)

    assert "does not say what was approved" in finding.message
    assert "slacontracts set SLA-1 /approvals/0/value=30" in finding.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('credits: {cap_percent: "30"}', "30"),
        ('credits: {sum: {amount: "9.00", currency: EUR}}', "EUR 9.00"),
        ("clauses: {service-credits: {position: fallback-1}}", "fallback-1"),
        ("clauses: {service-credits: omit}", "omit"),
        (own("Agreed."), digest("Agreed.")),
        (own("Café."), digest("Caf\u00e9.")),
        (own("Cafe\u0301."), digest("Caf\u00e9.")),
    ],
)
def test_the_command_that_is_printed_records_what_is_approved(
    text: str, value: str
) -> None:
    today = Surroundings(today=date(2026, 11, 23))
    (finding,) = found(CODE, LIBRARY, text, today)
    recorded = re.search(r"approvals/\+=(\{.*\})\"", finding.message)
    assert recorded is not None
    assert f", value: {value}}}" in recorded[1]

    approval = recorded[1].replace("by: NAME", "by: Ann Bo")

    assert found(CODE, LIBRARY, f"{text}\napprovals: [{approval}]", today) == ()


def test_a_long_text_is_approved_by_its_digest() -> None:
    says = "The register in Muscat: seen, and found in order, on 3 March."
    meta = "values:\n  /special/says: {type: text, approval: [legal]}\n"
    files = clause_files("special", "{{ special.says }}", meta=meta) | template_file(
        "corporate/standard", "outline: [special]\n"
    )
    text = f'special: {{says: "{says}"}}\n'

    for value, count in ((digest(says), 0), ("", 1), (digest("Other."), 1)):
        approval = approved("/special/says", "legal", value)
        assert len(found(CODE, files, text + approval)) == count
