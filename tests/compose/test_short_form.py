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

from slacontracts import checks
from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.library import Library

SUMMARY = "It lasts {{ term.initial | duration }}, as the full form says."
LIBRARY = {
    **clause_files("scope", "Everything."),
    **clause_files("term", "It lasts.", meta="positions: [preferred, short]\n"),
    **clause_files("summary", SUMMARY, meta="form: incorporation\n"),
    **clause_files("sum-up", "All.", meta="form: summary\nrequires: [scope]\n"),
}
LIBRARY["clauses/term/clause.yaml"] = LIBRARY["clauses/term/clause.yaml"].replace(
    "[preferred, short]", "[{key: preferred}, {key: long, when: asked}]"
)
LIBRARY["clauses/term/long.en.md"] = "It lasts long."
FULL = "outline: [scope, term]\nhouse_style: standard\n"
SHORT = "short_form: {clauses: [summary, term], house_style: compact}\n"
Result = tuple[Composed | None, tuple[Finding, ...]]
AGREEMENT = "template: service/hosting\nterm: {initial: P36M}\n"


def short(
    corporate: str, service: str = "", agreement: str = AGREEMENT
) -> tuple[Composed | None, tuple[Finding, ...]]:
    """Compose the short form of an agreement whose templates say this."""
    return full_and_short(corporate, service, agreement)[1]


def full_and_short(
    corporate: str, service: str, agreement: str
) -> tuple[Result, Result]:
    """Compose both forms of an agreement whose templates say this."""
    library, source = library_with(corporate, service), source_of(agreement)
    return (
        compose_agreement(source, library, SETTINGS),
        compose_agreement(source, library, SETTINGS, is_short=True),
    )


def library_with(corporate: str, service: str = "") -> Library:
    """Return the library with templates that say this."""
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
    return library


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


SUMMED_UP = "short_form: {clauses: [summary, sum-up, term]}\n"


@pytest.mark.parametrize(
    ("service", "agreement"),
    [
        ("", "clauses: {scope: omit}\n"),
        ("outline: [{remove: scope}]\n", ""),
        ("", "clauses: {scope: {text: {en: '{% if stay %}x{% endif %}'}}}\n"),
    ],
    ids=["omitted", "removed", "says-nothing"],
)
def test_a_summary_of_what_the_full_form_lacks_is_left_out(
    service: str, agreement: str
) -> None:
    with_it, _ = short(SUMMED_UP)
    without, findings = short(SUMMED_UP, service, AGREEMENT + agreement)

    assert keys(with_it) == ["summary", "sum-up", "term"]
    assert keys(without) == ["summary", "term"]
    (finding,) = (one for one in findings if "sum-up" in one.message)
    assert (finding.code, finding.severity) == ("clause-left-out", Severity.INFO)
    assert finding.origin.path == "/short_form/clauses/1"


def test_a_clause_that_the_agreement_omits_is_in_neither_form() -> None:
    result, findings = short(SHORT, agreement=AGREEMENT + "clauses: {term: omit}\n")

    assert findings == ()
    assert keys(result) == ["summary"]


@pytest.mark.parametrize(
    ("service", "agreement", "path"),
    [
        ("short_form: {clauses: [term]}\n", "", "/short_form"),
        ("short_form: {clauses: []}\n", "", "/short_form"),
        ("short_form: {clauses: [sum-up]}\n", "", "/short_form"),
        ("", "clauses: {summary: omit}\n", "/clauses/summary"),
    ],
)
def test_a_short_form_that_does_not_bring_in_the_full_one_is_not_made(
    service: str, agreement: str, path: str
) -> None:
    result, findings = short(SHORT, service, AGREEMENT + agreement)

    assert result is None
    (finding,) = findings
    assert (finding.code, finding.origin.path) == ("short-form-alone", path)


@pytest.mark.parametrize(
    "service",
    [
        "outline: [sum-up]\n",
        "outline: [{replace: scope, with: sum-up}]\n",
        "schedules: [sum-up]\n",
    ],
)
def test_no_template_takes_a_summary_into_the_full_form(service: str) -> None:
    result, findings = full_and_short(SUMMED_UP, service, AGREEMENT)[0]

    assert [finding.code for finding in findings] == ["clause-of-short-form"]
    assert keys(result) == ["scope", "term"]


def test_a_change_of_a_summary_stands_in_the_short_form_alone() -> None:
    agreement = AGREEMENT + "clauses: {sum-up: {text: {en: All that is listed.}}}\n"

    (full, faults), (result, findings) = full_and_short(SUMMED_UP, "", agreement)

    assert faults == findings == ()
    assert keys(full) == ["scope", "term"]
    assert result is not None
    clause = result.numbered.document.clauses[1]
    assert words_of_clause(clause) == "All that is listed."
    assert clause.origin.position == "bespoke"


def test_a_change_of_a_summary_that_no_form_has_is_not_lost_unseen() -> None:
    agreement = AGREEMENT + "clauses: {sum-up: {text: {en: All that is listed.}}}\n"

    (full, findings), _ = full_and_short(SHORT, "", agreement)

    assert keys(full) == ["scope", "term"]
    assert [finding.code for finding in findings] == ["clause-not-in-outline"]
    assert findings[0].origin.path == "/clauses/sum-up"


@pytest.mark.parametrize("change", ["omit", "{text: {en: Less.}}"])
@pytest.mark.parametrize("lock", ["lock: [sum-up]\n", "outline: [{lock: sum-up}]\n"])
def test_a_locked_summary_stays_as_it_is(change: str, lock: str) -> None:
    agreement = f"{AGREEMENT}clauses: {{sum-up: {change}}}\n"

    (_, faults), (result, _) = full_and_short(SUMMED_UP, lock, agreement)

    assert [finding.code for finding in faults] == ["locked-clause-altered"]
    assert result is not None
    clause = result.numbered.document.clauses[1]
    assert words_of_clause(clause) == "All."
    assert clause.origin.is_locked


def test_a_change_of_a_summary_wants_the_approval_of_any_other() -> None:
    agreement = AGREEMENT + "clauses: {sum-up: {text: {en: All that is listed.}}}\n"
    library = library_with(SUMMED_UP)
    result, _ = compose_agreement(source_of(agreement), library, SETTINGS)
    assert result is not None

    found = checks.run(result.numbered, library, result.composition.place)

    (finding,) = (one for one in found if one.code == "deviation-unapproved")
    assert '"Sum Up" has wording of its own; legal must approve it' in finding.message


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
