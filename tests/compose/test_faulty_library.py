"""A fault of the library is told once; agreements that need what is faulty wait for it."""

from dataclasses import replace

import pytest
from drafting import (
    SETTINGS,
    clause_files,
    library_of,
    source_of,
    template_file,
)

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.finding import Finding
from slacontracts.source.library_json import library_from_json, library_to_json

FILES = {
    **clause_files(
        "term",
        "It lasts {{ term.initial | duration }}, with {{ stay.months | number }}.",
        meta="values:\n  /stay/months: {type: integer}\n",
    ),
    **clause_files("publicity", "No publicity."),
    **clause_files("liability", "Capped after {{ stay.months | number }}."),
    **clause_files("schedule-charges", "Charges.", meta="part: schedule\n"),
    **template_file("corporate/standard", "outline: [term, liability, publicity]\n"),
    **template_file("corporate/plain", "outline: [liability, publicity]\n"),
    **template_file(
        "service/hosting",
        "parent: corporate/standard\nlock: [term]\ndefaults: {stay: {months: 3}}\n",
    ),
    **template_file(
        "service/without", "parent: corporate/standard\noutline: [{remove: term}]\n"
    ),
}
WORDING = "clauses/term/preferred.en.md"
CLAUSE = "clauses/term/clause.yaml"
TERM = "term: {initial: P12M}\n"
NEEDING = [f"template: service/hosting\n{TERM}", TERM]
UNAFFECTED = [
    "template: corporate/plain\nstay: {months: 3}\n",
    "template: service/without\nstay: {months: 3}\n",
    f"{TERM}stay: {{months: 3}}\nclauses: {{term: omit}}\n",
]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def judged(
    files: dict[str, str], agreement: str
) -> tuple[Composed | None, list[Finding], list[Finding]]:
    """Return what an agreement gives, its findings, and those of its library."""
    library, faults = library_of(files)
    library = replace(
        library_from_json(library_to_json(library)), templates=library.templates
    )
    result, findings = compose_agreement(source_of(agreement), library, SETTINGS)
    return result, list(findings), list(faults)


FAULTS = [
    pytest.param(WORDING, "It lasts", "{% if %}It lasts", f"{WORDING}:1:1", id="mark"),
    pytest.param(WORDING, "stay.months", "stey.months", f"{WORDING}:1:1", id="value"),
    pytest.param(CLAUSE, "version: 1", "version: x", f"{CLAUSE}:3:1", id="version"),
    pytest.param(
        CLAUSE, "{type: integer}", "{typ: integer}", f"{CLAUSE}:8:", id="rule"
    ),
    pytest.param(CLAUSE, "key: term", "key: [term", f"{CLAUSE}:", id="notation"),
]


@pytest.mark.parametrize("agreement", NEEDING)
@pytest.mark.parametrize(("path", "old", "new", "place"), FAULTS)
def test_one_faulty_clause_is_one_fault_and_one_line_for_each_agreement(
    path: str, old: str, new: str, place: str, agreement: str
) -> None:
    result, findings, faults = judged(changed(path, old, new), agreement)

    assert result is None
    assert [finding.code for finding in findings] == ["library-faulty"], findings
    assert place in findings[0].message
    assert '"term"' in findings[0].message or "values" in findings[0].message
    assert len({str(fault.origin) for fault in faults}) == 1, faults
    assert str(faults[0].origin).startswith(place)


@pytest.mark.parametrize("agreement", UNAFFECTED)
@pytest.mark.parametrize(("path", "old", "new", "place"), FAULTS[:3])
def test_an_agreement_without_the_faulty_clause_is_unaffected(
    path: str, old: str, new: str, place: str, agreement: str
) -> None:
    result, findings, faults = judged(changed(path, old, new), agreement)

    assert result is not None
    assert findings == []
    assert [str(fault.origin).startswith(place) for fault in faults] == [True]


@pytest.mark.parametrize("agreement", UNAFFECTED)
@pytest.mark.parametrize(("path", "old", "new", "place"), FAULTS[3:])
def test_a_value_whose_declaration_cannot_be_read_is_not_called_unknown(
    path: str, old: str, new: str, place: str, agreement: str
) -> None:
    _, findings, faults = judged(changed(path, old, new), agreement)

    assert [finding.code for finding in findings] == ["library-faulty"], findings
    assert place in findings[0].message
    assert len({str(fault.origin) for fault in faults}) == 1, faults


def test_a_field_misspelt_beside_an_unreadable_declaration_is_told_once_mended() -> (
    None
):
    misspelt = "template: corporate/plain\nstay: {months: 3}\ntermm: {}\n"

    _, findings, _ = judged(FILES, misspelt)

    assert [finding.code for finding in findings] == ["unknown-field"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("parent: corporate/nope\n", "templates/service/hosting.yaml:3:1"),
        ("parent: service/hosting\n", "templates/service/hosting.yaml:3:1"),
        (
            "parent: corporate/standard\noutlin: []\n",
            "templates/service/hosting.yaml:4:1",
        ),
    ],
    ids=["unknown parent", "circle", "unknown field"],
)
def test_a_faulty_template_is_one_fault_and_one_line_for_each_agreement(
    text: str, place: str
) -> None:
    files = {**FILES, **template_file("service/hosting", text)}
    files |= template_file("service/small", "parent: service/hosting\n")

    for name in ("service/hosting", "service/small"):
        result, findings, faults = judged(files, f"template: {name}\n{TERM}")

        assert result is None
        assert [finding.code for finding in findings] == ["library-faulty"]
        assert place in findings[0].message
        assert [str(fault.origin) for fault in faults] == [place]


def test_many_faulty_clauses_are_one_line_that_names_the_first() -> None:
    files = dict(FILES)
    for key in ("term", "liability", "publicity"):
        files[f"clauses/{key}/preferred.en.md"] = "{{ x"

    _, findings, faults = judged(files, TERM)

    assert len(faults) == 3
    assert len(findings) == 1
    assert '"term"' in findings[0].message
    assert "2 more" in findings[0].message


def test_a_short_form_without_its_clause_is_not_made() -> None:
    files = changed("clauses/schedule-charges/preferred.en.md", "Charges.", "{{ x")
    files["templates/corporate/plain.yaml"] += (
        "short_form: {clauses: [publicity, schedule-charges]}\n"
    )
    library, _ = library_of(files)
    source = source_of("template: corporate/plain\nstay: {months: 3}\n")

    full, _ = compose_agreement(source, library, SETTINGS)
    short, findings = compose_agreement(source, library, SETTINGS, is_short=True)

    assert full is not None
    assert short is None
    assert [finding.code for finding in findings] == ["library-faulty"]
