"""Deviations from the library, who must approve them, and what nobody may approve."""

from datetime import date

import pytest
from checking import found, paths
from deviating import CAP, CODE, LIBRARY, approved, digest, own
from drafting import clause_files, template_file

from slacontracts.checks import Surroundings


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
    one = approved("/credits/every", "legal", "P2M")
    both = (
        one.rstrip("]\n") + ", {item: /credits/every, role: finance, by: Cy Day, "
        "on: 2026-11-02, value: P2M}]\n"
    )

    (finding,) = found(CODE, LIBRARY, text + one)

    assert "; finance must approve it" in finding.message
    assert found(CODE, LIBRARY, text + both) == ()


@pytest.mark.parametrize(
    ("approval", "count"),
    [
        (approved("/credits/cap_percent", "finance"), 1),
        (approved("/credits/cap_percent", "finance", "30"), 0),
        (approved("/credits/cap_percent", "finance", "28"), 1),
        (approved("/credits/cap_percent", "legal", "30"), 1),
        (approved("/credits/every", "finance", "30"), 1),
        (approved(*CAP).replace("-11-01", "-11-24"), 1),
        (approved(*CAP).replace("2026-11-01", "1999-12-31"), 1),
        (approved(*CAP).replace("Ann Bo", '"?"'), 1),
    ],
    ids=[
        "of no value",
        "for this",
        "for another value",
        "role",
        "item",
        "to come",
        "long ago",
        "by nobody",
    ],
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
        (
            "{position: fallback-1}",
            approved("service-credits", "legal", "fallback-1"),
            0,
        ),
        (
            "{position: fallback-1}",
            approved("service-credits", "legal", "fallback-2"),
            1,
        ),
        ("{position: fallback-2}", "", 0),
        ("{position: preferred}", "", 0),
        ("{text: {en: No credits are given.}}", "", 1),
        (
            "{text: {en: No credits are given.}}",
            approved("service-credits", "legal", digest("No credits are given.")),
            0,
        ),
        (
            "{text: {en: No credits are given.}}",
            approved("service-credits", "legal", digest("The Customer owes its cat.")),
            1,
        ),
        ("omit", "", 1),
        ("omit", approved("service-credits", "legal", "omit"), 0),
        ("omit", approved("service-credits", "legal", "fallback-1"), 1),
    ],
)
def test_wording_other_than_the_first_needs_approval(
    override: str, approval: str, count: int
) -> None:
    text = f"clauses: {{service-credits: {override}}}\n{approval}"

    findings = found(CODE, LIBRARY, text)

    assert paths(findings) == ["/clauses/service-credits"] * count


def test_wording_of_its_own_does_not_hide_the_values_that_it_prints() -> None:
    wording = "{{ credits.cap_percent | percent }}."

    findings = found(
        CODE,
        LIBRARY,
        'credits: {cap_percent: "30"}\n'
        + own(f'"{wording}"')
        + approved("service-credits", "legal", digest(wording)),
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
    text = f"credits: {{{value}}}\n" + approved(*CAP)

    assert len(found("beyond-walk-away", LIBRARY, text)) == count


@pytest.mark.parametrize(
    ("positions", "owner", "roles"),
    [
        ("[{key: preferred}, {key: other, approval: [finance]}]", "legal", "finance"),
        (
            "[{key: preferred}, {key: other, approval: [finance]}, "
            "{key: last, approval: [finance, security]}]",
            "legal",
            "finance and security",
        ),
        ("[{key: preferred}]", "operations", "operations"),
        ("[{key: preferred}]", "The Legal Department", "legal"),
    ],
)
def test_a_clause_is_left_out_with_the_consent_of_those_who_decide_on_its_wording(
    positions: str, owner: str, roles: str
) -> None:
    files = clause_files("waiver", "A right is kept.", meta=f"positions: {positions}\n")
    for position in ("other", "last"):
        if position in positions:
            files |= clause_files(
                "waiver",
                "A right is kept.",
                meta=f"positions: {positions}\n",
                position=position,
            )
    name = "clauses/waiver/clause.yaml"
    files[name] = files[name].replace("owner: legal", f"owner: {owner}")
    files |= template_file("corporate/standard", "outline: [waiver]\n")

    (finding,) = found(CODE, files, "clauses: {waiver: omit}")

    assert f'"Waiver" is left out; {roles} must approve it' in finding.message
    assert finding.origin.path == "/clauses/waiver"


@pytest.mark.parametrize(
    ("approval", "count"), [("", 0), (", approval: [legal]", 1)], ids=["none", "asked"]
)
def test_between_departments_a_clause_may_be_left_out_unless_it_asks(
    approval: str, count: int
) -> None:
    meta = f"positions: [{{key: preferred{approval}}}]\n"
    files = clause_files("waiver", "A right is kept.", meta=meta) | template_file(
        "corporate/standard", "kind: ola\noutline: [waiver]\n"
    )

    assert len(found(CODE, files, "clauses: {waiver: omit}")) == count


def test_what_a_template_removes_is_no_deviation() -> None:
    files = LIBRARY | template_file(
        "service/plain",
        "parent: corporate/standard\noutline: [{remove: service-credits}]\n",
    )

    assert found(CODE, files, "template: service/plain") == ()
