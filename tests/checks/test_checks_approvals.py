"""Deviations from the library, who must approve them, and what nobody may approve."""

from datetime import date
from typing import TypeAlias

import pytest
from checking import found, paths
from drafting import clause_files, template_file

from slacontracts.checks import Surroundings
from slacontracts.model.settings import RoleHolder, WorkspaceSettings

META = """\
values:
  /credits/cap_percent: {type: percent, preferred: "<= 25", fallback: "<= 40", approval: [finance], walk_away: "> 50"}
  /credits/every: {type: duration, preferred: ">= P3M", approval: [legal, finance], walk_away: "< P1M"}
  /credits/sole_remedy: {type: yes-no, preferred: "yes", approval: [legal], walk_away: "no"}
  /credits/basis: {type: choice, choices: [fee, price], preferred: fee, approval: [finance]}
  /credits/sum: {type: money, approval: [finance]}
positions:
  - {key: preferred}
  - {key: fallback-1, approval: [legal]}
  - {key: fallback-2}
"""
TEXT = """\
At most {{ credits.cap_percent | percent }} every {{ credits.every | duration }}
{% if credits.sole_remedy %}and nothing else {% endif %}of the {{ credits.basis }}
and {{ credits.sum | money }}.
"""
LIBRARY = (
    clause_files("service-credits", TEXT, meta=META)
    | clause_files("service-credits", TEXT, meta=META, position="fallback-1")
    | clause_files("service-credits", TEXT, meta=META, position="fallback-2")
    | template_file("corporate/standard", "outline: [service-credits]\n")
)
CODE = "deviation-unapproved"
Roles: TypeAlias = dict[str, tuple[RoleHolder, ...]]


def approved(item: str, role: str, more: str = "") -> str:
    return f"approvals: [{{item: {item}, role: {role}, by: A. B., on: 2026-11-01{more}}}]\n"


@pytest.mark.parametrize(
    ("value", "path", "says"),
    [
        (
            'cap_percent: "30"',
            "/credits/cap_percent",
            "preferred is at most 25; finance",
        ),
        ('cap_percent: "45"', "/credits/cap_percent", "the fallback is at most 40"),
        ("every: P2M", "/credits/every", "legal and finance must approve"),
        ("every: P20D", "/credits/every", "preferred is at least P3M"),
        ('sole_remedy: "no"', "/credits/sole_remedy", "is no; preferred is yes"),
        ("basis: price", "/credits/basis", "preferred is fee"),
        ('sum: {amount: "9.00", currency: EUR}', "/credits/sum", "EUR 9.00"),
    ],
)
def test_a_value_that_the_library_does_not_prefer_is_found(
    value: str, path: str, says: str
) -> None:
    (finding,) = found(CODE, LIBRARY, f"credits: {{{value}}}")

    assert finding.origin.path.startswith(path)
    assert says in finding.message


@pytest.mark.parametrize(
    "value",
    [
        'cap_percent: "25"',
        "every: P3M",
        "every: P1Y",
        "every: P90D",  # a month has no fixed length: this may be three of them
        'sole_remedy: "yes"',
        "basis: fee",
    ],
)
def test_a_preferred_value_is_left_alone(value: str) -> None:
    assert found(CODE, LIBRARY, f"credits: {{{value}}}") == ()


def test_an_approval_by_every_role_that_is_asked_settles_it() -> None:
    text = "credits: {every: P2M}\n"
    one = approved("/credits/every", "legal")
    both = (
        one.rstrip("]\n")
        + ", {item: /credits/every, role: finance, by: C. D., on: 2026-11-02}]\n"
    )

    (finding,) = found(CODE, LIBRARY, text + one)

    assert "; finance must approve it" in finding.message
    assert found(CODE, LIBRARY, text + both) == ()


@pytest.mark.parametrize(
    ("approval", "count"),
    [
        (approved("/credits/cap_percent", "finance"), 0),
        (approved("/credits/cap_percent", "finance", ', value: "30"'), 0),
        (approved("/credits/cap_percent", "finance", ', value: "28"'), 1),
        (approved("/credits/cap_percent", "legal"), 1),
        (approved("/credits/every", "finance"), 1),
        (approved("/credits/cap_percent", "finance").replace("-11-01", "-11-24"), 1),
    ],
    ids=["given", "for this", "for another value", "role", "item", "to come"],
)
def test_only_the_right_approval_counts(approval: str, count: int) -> None:
    today = Surroundings(today=date(2026, 11, 23))

    findings = found(CODE, LIBRARY, 'credits: {cap_percent: "30"}\n' + approval, today)

    assert len(findings) == count


def test_what_a_template_sets_was_decided_with_the_template() -> None:
    files = dict(LIBRARY)
    files["templates/corporate/standard.yaml"] += (
        'defaults: {credits: {cap_percent: "30"}}\n'
    )

    assert found(CODE, files) == ()
    assert len(found(CODE, files, 'credits: {cap_percent: "31"}')) == 1


def test_a_value_that_no_wording_reads_is_no_deviation() -> None:
    files = {
        **LIBRARY,
        "clauses/service-credits/preferred.en.md": "No credits are given.",
    }

    assert found(CODE, files, 'credits: {cap_percent: "30"}') == ()


@pytest.mark.parametrize(
    ("override", "approval", "count"),
    [
        ("{position: fallback-1}", "", 1),
        ("{position: fallback-1}", approved("service-credits", "legal"), 0),
        ("{position: fallback-2}", "", 0),
        ("{position: preferred}", "", 0),
        ("{text: {en: No credits are given.}}", "", 1),
        (
            "{text: {en: No credits are given.}}",
            approved("service-credits", "legal"),
            0,
        ),
    ],
)
def test_wording_other_than_the_first_needs_approval(
    override: str, approval: str, count: int
) -> None:
    text = f"clauses: {{service-credits: {override}}}\n{approval}"

    findings = found(CODE, LIBRARY, text)

    assert paths(findings) == ["/clauses/service-credits"] * count


def test_wording_of_its_own_does_not_hide_the_values_that_it_prints() -> None:
    own = 'clauses: {service-credits: {text: {en: "{{ credits.cap_percent | percent }}."}}}'

    findings = found(
        CODE,
        LIBRARY,
        f'credits: {{cap_percent: "30"}}\n{own}\n'
        + approved("service-credits", "legal"),
    )

    assert paths(findings) == ["/credits/cap_percent"]


@pytest.mark.parametrize(
    ("kind", "side", "count"),
    [
        ("customer", "", 1),
        ("customer", "provider", 1),
        ("customer", "customer", 0),
        ("uc", "", 0),
        ("uc", "customer", 1),
        ("ola", "", 0),
        ("ola", "provider", 1),
    ],
)
def test_ranges_hold_for_the_side_that_they_are_made_for(
    kind: str, side: str, count: int
) -> None:
    files = dict(LIBRARY)
    files["templates/corporate/standard.yaml"] += f"kind: {kind}\n"
    name = "clauses/service-credits/clause.yaml"
    if side:
        files[name] = files[name].replace(
            "type: percent,", f"type: percent, side: {side},"
        )

    assert len(found(CODE, files, 'credits: {cap_percent: "30"}')) == count


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ('cap_percent: "51"', 1),
        ('cap_percent: "50"', 0),
        ("every: P20D", 1),
        ("every: P30D", 0),
        ('sole_remedy: "no"', 1),
        ('sole_remedy: "yes"', 0),
    ],
)
def test_beyond_the_line_no_approval_helps(value: str, count: int) -> None:
    text = f"credits: {{{value}}}\n" + approved("/credits/cap_percent", "finance")

    assert len(found("beyond-walk-away", LIBRARY, text)) == count


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
