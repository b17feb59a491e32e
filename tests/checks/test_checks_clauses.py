"""The choice of clauses: missing, in conflict, withdrawn, not approved."""

import pytest
from checking import EMPTY, found
from drafting import AGREEMENT_FILE, clause_files, template_file

from slacontracts.model.finding import Severity


def chosen(outline: str, meta: str) -> dict[str, str]:
    """Return clauses a and b, of which a has further lines, and their outline."""
    return {
        **clause_files("a", EMPTY, meta=meta),
        **clause_files("b", EMPTY),
        **template_file("corporate/standard", f"outline: [{outline}]\n"),
    }


def test_a_clause_without_the_one_it_needs_is_found() -> None:
    findings = found("missing-required-clause", chosen("a", "requires: [b]"))

    assert [finding.origin.file for finding in findings] == [
        "clauses/a/preferred.en.md"
    ]
    assert 'the clause "A" (a) needs the clause "B" (b)' in findings[0].message


def test_a_schedule_is_told_from_the_clause_with_its_title() -> None:
    files = chosen("a", "requires: [b]\npart: schedule")
    name = "clauses/a/clause.yaml"
    files[name] = files[name].replace("{en: A}", "{en: B}")

    (finding,) = found("missing-required-clause", files)

    assert 'the schedule "B" (a) needs the clause "B" (b), which' in finding.message


def test_the_place_is_where_the_needed_clause_was_left_out() -> None:
    files = chosen("a, b", "requires: [b]")

    findings = found("missing-required-clause", files, "clauses:\n  b: omit")

    assert [(f.origin.file, f.origin.line) for f in findings] == [(AGREEMENT_FILE, 4)]


def test_a_clause_with_the_one_it_needs_is_left_alone() -> None:
    assert found("missing-required-clause", chosen("a, b", "requires: [b]")) == ()


def test_clauses_that_exclude_each_other_are_found_once() -> None:
    files = chosen("a, b", "conflicts: [b]")
    files["clauses/b/clause.yaml"] += "conflicts: [a]\n"

    findings = found("conflicting-clauses", files)

    assert len(findings) == 1
    assert '"A" (a) and "B" (b) exclude each other' in findings[0].message


def test_one_of_two_clauses_that_exclude_each_other_may_stand() -> None:
    files = chosen("a, b", "conflicts: [b]")

    assert found("conflicting-clauses", files, "clauses: {b: omit}") == ()


@pytest.mark.parametrize(
    ("status", "code"),
    [("deprecated", "deprecated-clause"), ("draft", "draft-clause")],
)
def test_a_clause_that_is_not_approved_is_found(status: str, code: str) -> None:
    files = chosen("a, b", "")
    head = files["clauses/a/clause.yaml"]
    files["clauses/a/clause.yaml"] = head.replace("approved", status)

    findings = found(code, files)

    assert [finding.origin.file for finding in findings] == [
        "clauses/a/preferred.en.md"
    ]
    assert findings[0].severity is Severity.WARNING
    assert "ask legal" in findings[0].message


@pytest.mark.parametrize("code", ["deprecated-clause", "draft-clause"])
def test_clauses_that_are_approved_or_not_used_are_left_alone(code: str) -> None:
    files = chosen("a", "")
    for status in ("deprecated", "draft"):
        unused = clause_files(status, "It is so.")
        head = unused[f"clauses/{status}/clause.yaml"]
        unused[f"clauses/{status}/clause.yaml"] = head.replace("approved", status)
        files |= unused

    assert found(code, files) == ()
