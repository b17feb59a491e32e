"""The short form: other clauses, the same facts."""

import pytest
from drafting import (
    SETTINGS,
    clause_files,
    library_of,
    source_of,
    template_file,
    words_of_clause,
)

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.finding import Finding

SUMMARY = "It lasts {{ term.initial | duration }}, as the full form says."
LIBRARY = {
    **clause_files("scope", "Everything."),
    **clause_files("term", "It lasts.", meta="positions: [preferred, short]\n"),
    **clause_files("summary", SUMMARY),
}
LIBRARY["clauses/term/clause.yaml"] = LIBRARY["clauses/term/clause.yaml"].replace(
    "[preferred, short]", "[{key: preferred}, {key: long, when: asked}]"
)
LIBRARY["clauses/term/long.en.md"] = "It lasts long."
FULL = "outline: [scope, term]\nhouse_style: standard\n"
SHORT = "short_form: {clauses: [summary, term], house_style: compact}\n"
AGREEMENT = "template: service/hosting\nterm: {initial: P36M}\n"


def short(
    corporate: str, service: str = "", agreement: str = AGREEMENT
) -> tuple[Composed | None, tuple[Finding, ...]]:
    """Compose the short form of an agreement whose templates say this."""
    library, findings = library_of(
        {
            **LIBRARY,
            **template_file("corporate/standard", FULL + corporate),
            **template_file(
                "service/hosting", f"parent: corporate/standard\n{service}"
            ),
        }
    )
    assert findings == (), [str(finding) for finding in findings]
    return compose_agreement(source_of(agreement), library, SETTINGS, is_short=True)


def keys(composed: Composed | None) -> list[str]:
    assert composed is not None
    return [clause.key for clause in composed.numbered.document.clauses]


def test_a_short_form_has_its_own_clauses_and_the_facts_of_the_agreement() -> None:
    result, findings = short(SHORT)

    assert result is not None
    assert findings == ()
    assert keys(result) == ["summary", "term"]
    words = [words_of_clause(clause) for clause in result.numbered.document.clauses]
    assert "36 months" in words[0]
    assert result.composition.house_style == "compact"


def test_the_nearest_template_gives_the_short_form() -> None:
    result, _ = short(SHORT, "short_form: {clauses: [summary]}\n")

    assert result is not None
    assert keys(result) == ["summary"]
    assert result.composition.house_style == "standard"


def test_what_was_negotiated_in_a_clause_of_both_forms_stands_in_both() -> None:
    result, findings = short(
        SHORT, agreement=AGREEMENT + "clauses: {term: {position: long}}\n"
    )

    assert findings == ()
    assert result is not None
    clauses = result.numbered.document.clauses
    assert words_of_clause(clauses[1]).endswith("It lasts long.")


def test_without_a_short_form_there_is_one_finding_and_no_document() -> None:
    result, findings = short("")

    assert result is None
    (finding,) = findings
    assert finding.code == "no-short-form"
    assert finding.origin.path == "/template"


@pytest.mark.parametrize("key", ["sumary", "nowhere"])
def test_a_short_form_names_clauses_that_exist(key: str) -> None:
    files = {
        **LIBRARY,
        **template_file(
            "corporate/standard", f"{FULL}short_form: {{clauses: [{key}]}}\n"
        ),
    }

    _, findings = library_of(files)

    (finding,) = findings
    assert finding.code == "unknown-clause"
    assert finding.origin.path == "/short_form/clauses/0"


def test_a_faulty_clause_keeps_the_short_form_from_being_put_together() -> None:
    library, findings = library_of(
        {
            **LIBRARY,
            "clauses/summary/preferred.en.md": "{% if %}",
            **template_file("corporate/standard", FULL + SHORT),
        }
    )
    assert findings != ()
    agreement = source_of("term: {initial: P36M}\n")

    result, found = compose_agreement(agreement, library, SETTINGS, is_short=True)

    assert result is None
    assert [finding.code for finding in found] == ["library-faulty"]
