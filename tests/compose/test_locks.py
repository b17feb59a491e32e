"""Locks: no way round one, in a template below or in the agreement, goes unnoticed."""

import pytest
from drafting import (
    AGREEMENT_FILE,
    SETTINGS,
    clause_files,
    compose,
    library_of,
    source_of,
    template_file,
)

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.compose.blanks import agreement_data
from slacontracts.model.finding import Finding
from slacontracts.model.paths import look_up

LIBRARY = {
    **clause_files("term", "It lasts."),
    **clause_files("liability", "Capped."),
    **clause_files("liability-high", "Capped high."),
    **clause_files("schedule-charges", "Charges.", meta="part: schedule\n"),
    **clause_files("schedule-levels", "Levels.", meta="part: schedule\n"),
    **clause_files("schedule-people", "People.", meta="part: schedule\n"),
}
LIBRARY["clauses/liability/clause.yaml"] += (
    "positions:\n  - key: preferred\n  - {key: fallback-1, when: asked}\n"
)
LIBRARY["clauses/liability/fallback-1.en.md"] = "Capped higher."
HOSTED = "template: service/hosting\n"
CORPORATE = "templates/corporate/standard.yaml"
SERVICE = "templates/service/hosting.yaml"


def levels(corporate: str, service: str = "", customer: str = "") -> dict[str, str]:
    """Return a library of three levels; the corporate one has the clauses."""
    return {
        **LIBRARY,
        **template_file("corporate/standard", corporate),
        **template_file("customer/large", f"parent: corporate/standard\n{customer}"),
        **template_file("service/hosting", f"parent: customer/large\n{service}"),
    }


def keys(result: Composed | None) -> list[str]:
    assert result is not None
    return [clause.key for clause in result.numbered.document.clauses]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


SCHEDULES = """\
outline: [term]
schedules: [levels, charges, people]
lock: [schedule-levels, schedule-charges]
"""


@pytest.mark.parametrize(
    ("schedules", "order", "attempts"),
    [
        ("[people]", "levels charges people", 2),
        ("[]", "levels charges", 2),
        ("[charges, people]", "levels charges people", 1),
        ("[charges, levels]", "levels charges", 1),
        ("[levels, charges]", "levels charges", 0),
        ("[levels, people, charges]", "levels people charges", 0),
    ],
)
@pytest.mark.parametrize("level", ["customer", "service"])
def test_a_list_of_schedules_below_keeps_the_locked_ones(
    schedules: str, order: str, attempts: int, level: str
) -> None:
    files = levels(SCHEDULES, **{level: f"schedules: {schedules}\n"})

    result, findings = compose(files, HOSTED)

    assert codes(findings) == ["locked-clause-altered"] * attempts
    assert keys(result)[1:] == [f"schedule-{name}" for name in order.split()]
    for finding in findings:
        assert f"{CORPORATE}:5:" in finding.message
        assert finding.origin.path == "/schedules"
        assert finding.origin.file.startswith(f"templates/{level}/")


@pytest.mark.parametrize(
    ("corporate", "service", "agreement"),
    [
        ("lock: [liability]\n", "outline: [{remove: liability}]\n", ""),
        (
            "lock: [liability]\n",
            "outline: [{replace: liability, with: liability-high}]\n",
            "",
        ),
        ("lock: [liability]\n", "outline: [{move: liability, before: term}]\n", ""),
        ("lock: [liability]\n", "", "clauses: {liability: omit}\n"),
        ("lock: [liability]\n", "", "clauses: {liability: {position: fallback-1}}\n"),
        ("lock: [liability]\n", "", "clauses: {liability: {text: {en: None.}}}\n"),
        ("lock: [schedule-levels]\n", "", "clauses: {schedule-levels: omit}\n"),
        (
            "lock: [schedule-levels]\n",
            "",
            "clauses: {schedule-levels: {text: {en: None.}}}\n",
        ),
    ],
)
def test_no_operation_and_nothing_negotiated_alters_a_locked_clause(
    corporate: str, service: str, agreement: str
) -> None:
    outline = "outline: [term, liability]\nschedules: [levels]\n"
    files = levels(outline + corporate, service)

    result, findings = compose(files, HOSTED + agreement)

    assert codes(findings) == ["locked-clause-altered"]
    assert f"{CORPORATE}:5:8" in findings[0].message
    assert findings[0].origin.file == (AGREEMENT_FILE if agreement else SERVICE)
    assert keys(result) == ["term", "liability", "schedule-levels"]
    assert result is not None
    assert {c.origin.position for c in result.numbered.document.clauses} == {
        "preferred"
    }


def test_a_locked_schedule_cannot_be_brought_in_again_in_another_position() -> None:
    files = levels(
        "outline: [term]\nschedules: [levels]\nlock: [schedule-levels]\n",
        "outline: [{add: schedule-levels, position: lax}]\n",
    )

    result, findings = compose(files, HOSTED)

    assert codes(findings) == ["clause-added-twice"]
    assert findings[0].origin.file == SERVICE
    assert keys(result) == ["term", "schedule-levels"]
    assert result is not None
    assert result.numbered.document.clauses[1].origin.is_locked


def test_a_lock_holds_as_soon_as_a_level_brings_the_clause_in() -> None:
    files = levels(
        "outline: [term]\nlock: [liability]\n",
        customer="outline: [liability]\n",
        service="outline: [{remove: liability}]\n",
    )

    result, findings = compose(files, HOSTED)

    assert codes(findings) == ["locked-clause-altered"]
    assert keys(result) == ["term", "liability"]


@pytest.mark.parametrize(
    ("corporate", "what"),
    [
        ("outline: [term]\nlock: [liability]\n", '"liability"'),
        ("outline: [term, {lock: liability}]\n", '"liability"'),
        ("outline: [term]\nlock: [schedule-levels]\n", '"schedule-levels"'),
        ("outline: [term]\nlock: [/term/notice]\n", "/term/notice"),
        ("outline: [term]\nlock: [/signatories/3/rule]\n", "/signatories/3/rule"),
        (
            "outline: [term]\nlock: [/services/web/price/amount]\n"
            "defaults: {services: [{key: mail}]}\n",
            "/services/web/price/amount",
        ),
    ],
)
def test_a_lock_that_locks_nothing_is_a_finding_at_its_place(
    corporate: str, what: str
) -> None:
    result, findings = compose(levels(corporate), HOSTED)

    assert result is not None
    assert codes(findings) == ["lock-without-effect"]
    assert what in findings[0].message
    assert findings[0].origin.file == CORPORATE
    assert "lock" in findings[0].origin.path or "outline" in findings[0].origin.path


def test_a_lock_on_what_is_no_address_is_reported_and_stops_nothing() -> None:
    files = levels("outline: [term]\nlock: [/, /term//notice]\n")
    library, reading = library_of(files)

    result, findings = compose_agreement(source_of(HOSTED), library, SETTINGS)

    assert codes(reading) == ["unknown-field", "unknown-field"]
    assert keys(result) == ["term"]
    assert findings == ()


SIGNED = """\
outline: [term]
defaults:
  signatories: [{party: provider, rule: jointly}, {party: customer, rule: solely}]
  services:
    - key: web
      targets: [{key: up, metric: availability, target: "99.5", unit: percent}]
    - {key: mail, price: {amount: "5", currency: EUR}}
"""


@pytest.mark.parametrize(
    ("lock", "below", "kept"),
    [
        (
            "/signatories/0/rule",
            "signatories: [{party: provider, rule: solely}]",
            "jointly",
        ),
        ("/signatories/1/rule", "signatories: [{party: provider}]", "solely"),
        ("/signatories/0/rule", "signatories: []", "jointly"),
        (
            "/services/web/targets/up/target",
            'services: [{key: web, targets: [{key: up, metric: availability, target: "90"}]}]',
            "99.5",
        ),
        ("/services/web/targets/up/target", "services: [{key: web}]", "99.5"),
        ("/services/web/targets/up/target", "services: [{key: ftp}]", "99.5"),
        ("/services/mail/price/amount", "services: []", "5"),
        (
            "/services/*/price/amount",
            'services: [{key: mail, price: {amount: "9", currency: EUR}}]',
            "5",
        ),
    ],
)
@pytest.mark.parametrize("place", ["service", "agreement"])
def test_a_lock_on_a_value_in_a_list_holds(
    lock: str, below: str, kept: str, place: str
) -> None:
    in_template = f"defaults: {{{below}}}\n" if place == "service" else ""
    files = levels(f"{SIGNED}lock: [{lock}]\n", in_template)

    result, findings = compose(
        files, HOSTED + (f"{below}\n" if place == "agreement" else "")
    )

    assert codes(findings) == ["locked-value-altered"]
    assert f"{CORPORATE}:10:8" in findings[0].message
    assert findings[0].origin.file == (
        SERVICE if place == "service" else AGREEMENT_FILE
    )
    assert result is not None
    data = agreement_data(result.composition.agreement)
    found = look_up(data, lock.replace("*", "mail"))
    assert str(found) == kept


def test_a_list_that_keeps_what_is_locked_may_change_the_rest() -> None:
    files = levels(f"{SIGNED}lock: [/signatories/0/rule, /services/mail/price]\n")
    agreement = (
        "signatories: [{party: provider, rule: jointly, name: Ana}]\n"
        'services: [{key: new}, {key: mail, price: {amount: "5", currency: EUR}}]\n'
    )

    result, findings = compose(files, HOSTED + agreement)

    assert findings == ()
    assert result is not None
    agreed = result.composition.agreement
    assert [service.key for service in agreed.services] == ["new", "mail"]
    assert agreed.signatories[0].name == "Ana"


@pytest.mark.parametrize(
    "below",
    [
        "term: P6M",
        "term: []",
        "term: {initial: ' '}",
        "term: {initial: P6M}",
    ],
)
def test_a_locked_value_survives_whatever_stands_in_its_place(below: str) -> None:
    files = levels(
        "outline: [term]\ndefaults: {term: {initial: P12M}}\nlock: [/term/initial]\n"
    )

    result, findings = compose(files, f"{HOSTED}{below}\n")

    assert codes(findings) == ["locked-value-altered"]
    assert result is not None
    assert result.composition.agreement.term is not None
    assert str(result.composition.agreement.term.initial) == "P12M"


def test_a_star_locks_every_entry_of_a_group_too() -> None:
    files = levels(
        "outline: [term]\nlock: [/parties/*/registered_in]\n"
        "defaults: {parties: {provider: {registered_in: Ireland}, "
        "customer: {registered_in: France}}}\n"
    )

    result, findings = compose(
        files,
        HOSTED + "parties: {provider: {registered_in: Malta}, "
        "customer: {registered_in: Oman, short_name: Oasis}}\n",
    )

    assert [(one.code, one.origin.path) for one in findings] == [
        ("locked-value-altered", "/parties/provider/registered_in"),
        ("locked-value-altered", "/parties/customer/registered_in"),
    ]
    assert result is not None
    parties = result.composition.agreement.parties
    assert parties["provider"].registered_in == "Ireland"
    assert parties["customer"].registered_in == "France"
    assert parties["customer"].short_name == "Oasis"


def test_a_schedule_locked_in_the_outline_is_not_moved_by_way_of_the_list() -> None:
    files = levels(
        "outline: [term, schedule-people]\nschedules: [levels]\n"
        "lock: [schedule-people]\n",
        "outline: [{remove: schedule-people}]\nschedules: [levels, people]\n",
    )

    result, findings = compose(files, HOSTED)

    assert codes(findings) == ["clause-added-twice", "locked-clause-altered"]
    assert keys(result) == ["term", "schedule-people", "schedule-levels"]
    assert result is not None
    assert result.numbered.document.clauses[1].origin.is_locked


def test_of_two_locks_on_a_value_the_one_above_is_named() -> None:
    files = levels(
        "outline: [term]\nlock: [/governing_law/law]\n"
        "defaults: {governing_law: {law: Ireland}}\n",
        customer="lock: [/governing_law/law]\n",
    )

    _, findings = compose(files, HOSTED + "governing_law: {law: France}\n")

    assert codes(findings) == ["locked-value-altered"]
    assert f"is locked by {CORPORATE}:" in findings[0].message
