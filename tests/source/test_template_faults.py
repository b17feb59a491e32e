"""Faults of templates and clauses: each is found once, at its place."""

from pathlib import Path

import pytest
from drafting import SETTINGS, clause_files, library_of, source_of, template_file

from slacontracts.compose.assemble import compose_agreement
from slacontracts.model.finding import Finding
from slacontracts.model.template import NO_DEFAULTS
from slacontracts.workflow.draft import ordered

CLAUSES = {
    **clause_files("term", "It lasts."),
    **clause_files(
        "fees",
        "Pay {{ fees.days | days }}{{ fees.sum | money }}.",
        meta="values: {/fees/days: {type: integer}, /fees/sum: {type: money}}\n",
    ),
}


def template(text: str) -> dict[str, str]:
    if "outline" not in text:
        text = f"outline: [term]\n{text}"
    return {**CLAUSES, **template_file("corporate/standard", text)}


def all_findings(files: dict[str, str]) -> list[Finding]:
    """Return what is found in a library and in two agreements that use it."""
    library, findings = library_of(files)
    for name in ("SLA-1", "SLA-2"):
        source = source_of(f"id: {name}\ntemplate: corporate/standard\n")
        findings += compose_agreement(source, library, SETTINGS)[1]
    return list(ordered(findings))


@pytest.mark.parametrize("name", sorted(NO_DEFAULTS))
def test_what_belongs_to_one_agreement_is_no_default(name: str) -> None:
    given = {
        "id": "SLA-9",
        "template": "corporate/other",
        "library": "working",
        "kind": "ola",
        "clauses": "{term: omit}",
        "approvals": "[{item: term, role: legal, by: Ana, on: 2026-01-01}]",
        "amendment": "{number: 1}",
    }

    findings = all_findings(template(f"defaults:\n  {name}: {given[name]}\n"))

    assert [finding.code for finding in findings] == ["wrong-value"]
    assert str(findings[0].origin) == "templates/corporate/standard.yaml:5:3"
    assert f'"{name}" belongs to one agreement' in findings[0].message


@pytest.mark.parametrize(
    "given",
    [
        "kind: ola",
        "approvals: [{item: term, role: legal, by: Ana, on: 2026-01-01}]",
        "library: working",
        "amendment: {number: 1}",
    ],
)
def test_a_default_that_is_none_does_not_reach_the_agreement(given: str) -> None:
    library, _ = library_of(template(f"defaults: {{{given}}}\n"))

    result, _ = compose_agreement(source_of(""), library, SETTINGS)

    assert result is not None
    agreement = result.composition.agreement
    assert (agreement.kind, agreement.approvals) == ("customer", ())
    assert (agreement.library, agreement.amendment) == (None, None)


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        (
            "defaults: {trem: {initial: P1D, notice: P2D}}",
            "unknown-field",
            "4:12",
            'unknown field "trem"; did you mean "term"?',
        ),
        (
            "defaults: {term: {intial: P1D}}",
            "unknown-field",
            "4:19",
            'unknown field "intial"; did you mean "initial"?',
        ),
        (
            "defaults: {fees: {dyas: 3}}",
            "unknown-field",
            "4:19",
            'unknown field "dyas"; did you mean "days"?',
        ),
        (
            "defaults: {services: [{key: a, targts: []}]}",
            "unknown-field",
            "4:32",
            'unknown field "targts"; did you mean "targets"?',
        ),
        (
            "defaults: {term: {initial: {months: 3}}}",
            "wrong-type",
            "4:19",
            "text expected",
        ),
        ("defaults: {term: {initial: long}}", "wrong-value", "4:19", '"long" is not'),
        ("defaults: {fees: {days: long}}", "wrong-value", "4:19", '"long" is not'),
        (
            'defaults: {fees: {sum: {amount: "3", curency: EUR}}}',
            "wrong-value",
            "4:19",
            "write a sum as",
        ),
        ("defaults: {services: {key: a}}", "wrong-type", "4:12", "a list expected"),
        ("lock: [/trem/initial]", "unknown-field", "4:8", '"/term/initial"?'),
        ("lock: [/term/initial]", "lock-without-effect", "4:8", "/term/initial"),
        ("lock: [trem]", "unknown-clause", "4:8", '"term"?'),
        ("outline: [term, {lock: trem}]", "unknown-clause", "3:17", '"term"?'),
        ("outline: [trem]", "unknown-clause", "3:11", '"term"?'),
        ("outline: [term, {remove: trem}]", "unknown-clause", "3:17", '"term"?'),
        (
            "outline: [term, {add: fees, after: trem}]",
            "unknown-clause",
            "3:17",
            '"term"?',
        ),
        (
            "outline: [term, {move: term, after: fees}]",
            "clause-not-in-outline",
            "3:17",
            '"fees"',
        ),
        (
            "outline: [term, {replace: term, with: trem}]",
            "unknown-clause",
            "3:17",
            '"term"?',
        ),
        (
            "outline: [{add: term, position: lax}]",
            "unknown-position",
            "3:11",
            "preferred",
        ),
        ("schedules: [trem]", "unknown-clause", "4:13", '"schedule-trem"'),
        ("outlin: [term]", "unknown-field", "4:1", '"outline"?'),
    ],
)
def test_a_fault_of_a_template_counts_once_for_all_that_use_it(
    text: str, code: str, place: str, message: str
) -> None:
    findings = all_findings(template(f"{text}\n"))

    own = [f for f in findings if f.origin.file.startswith("templates/")]
    assert [finding.code for finding in own] == [code], [str(f) for f in findings]
    assert str(own[0].origin) == f"templates/corporate/standard.yaml:{place}"
    assert message in own[0].message


def test_a_wrong_part_of_a_clause_lists_the_parts_that_there_are() -> None:
    _, findings = library_of(clause_files("term", "It lasts.", meta="part: nope\n"))

    assert [str(finding) for finding in findings] == [
        'clauses/term/clause.yaml:7:1: error: "nope" is not known here; write parties, '
        "background, key-terms, clause or schedule [wrong-value]"
    ]


def test_no_starter_template_has_a_fault() -> None:
    root = Path(__file__).parents[2]
    files = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for folder in ("clauses", "templates")
        for path in (root / folder).rglob("*.*")
        if path.suffix in (".yaml", ".md")
    }

    library, findings = library_of(files)
    for name in library.templates:
        source = source_of(f"template: {name}\n")
        findings += compose_agreement(source, library, SETTINGS)[1]

    assert [str(f) for f in findings if f.severity.value == "error"] == []
