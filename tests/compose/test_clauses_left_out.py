"""A clause whose conditions leave nothing of it has no heading either."""

from drafting import clause_files, compose, library_of, template_file

from slacontracts import checks
from slacontracts.model.finding import Finding

CONDITIONAL = "{% if long_stop %}\n1. Until {{ long_stop | date }}.\n{% endif %}\n"
FILES = {
    **clause_files("term", "It lasts."),
    **clause_files("conditions", CONDITIONAL),
    **clause_files("notices", "By e-mail."),
}


def outline(more: str = "") -> dict[str, str]:
    text = f"outline: [term, conditions, notices]\n{more}"
    return {**FILES, **template_file("corporate/standard", text)}


def found(code: str, files: dict[str, str]) -> list[Finding]:
    result, _ = compose(files)
    assert result is not None
    library, _ = library_of(files)
    findings = checks.run(result.numbered, library, result.composition.place)
    return [finding for finding in findings if finding.code == code]


def test_a_clause_of_which_nothing_is_left_is_left_out_and_said() -> None:
    result, findings = compose(outline())

    assert result is not None
    numbered = result.numbered
    assert [clause.key for clause in numbered.document.clauses] == ["term", "notices"]
    assert numbered.labels["notices"] == "2"
    assert [(f.code, f.severity.value) for f in findings] == [
        ("clause-left-out", "information")
    ]
    assert findings[0].origin.file == "clauses/conditions/preferred.en.md"
    assert '"Conditions"' in findings[0].message


def test_it_stands_as_soon_as_its_condition_is_met() -> None:
    result, findings = compose(outline(), "long_stop: 2027-01-01\n")

    assert findings == ()
    assert result is not None
    assert result.numbered.labels["conditions"] == "2"


def test_a_locked_clause_stays_and_is_a_fault_when_it_says_nothing() -> None:
    result, findings = compose(outline("lock: [conditions]\n"))

    assert [finding.code for finding in findings] == ["locked-clause-empty"]
    assert findings[0].origin.file == "clauses/conditions/preferred.en.md"
    assert "templates/corporate/standard.yaml:4:8" in findings[0].message
    assert result is not None
    assert "conditions" in result.numbered.labels


def test_a_reference_to_a_clause_left_out_is_broken() -> None:
    files = outline() | clause_files("term", 'See {{ ref("conditions") }}.')

    findings = found("broken-reference", files)

    assert len(findings) == 1
    assert "not part of this agreement" in findings[0].message


def test_a_clause_that_another_one_requires_is_missing_when_it_is_left_out() -> None:
    files = outline() | clause_files("term", "It lasts.", meta="requires: [conditions]")

    assert len(found("missing-required-clause", files)) == 1


def test_negotiated_wording_of_which_nothing_is_left_is_left_out_too() -> None:
    text = "{% if long_stop %}Until then.{% endif %}"

    result, findings = compose(
        outline(), f"clauses: {{notices: {{text: {{en: '{text}'}}}}}}\n"
    )

    assert [finding.code for finding in findings] == ["clause-left-out"] * 2
    assert result is not None
    assert list(result.numbered.document.clauses) == [
        clause for clause in result.numbered.document.clauses if clause.key == "term"
    ]


def test_a_clause_whose_wording_is_wrong_is_not_taken_for_left_out() -> None:
    files = outline() | clause_files("notices", '{{ table("nothing") }}')

    result, findings = compose(files, "long_stop: 2027-01-01\n")

    assert [finding.code for finding in findings] == ["unknown-table"]
    assert result is not None
    assert "notices" in result.numbered.labels
