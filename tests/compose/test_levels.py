"""Levels: more specific wins unless locked; every clause and value knows its origin."""

import pytest
from drafting import (
    AGREEMENT_FILE,
    clause_files,
    compose,
    composed,
    template_file,
    words_of_clause,
)

LIBRARY = {
    **clause_files("term", "It lasts {{ term.initial | duration }}."),
    **clause_files("publicity", "No publicity."),
    **clause_files("liability", "Capped."),
    **clause_files("support", "Office hours."),
    **clause_files("support-all", "All hours."),
    **clause_files("schedule-charges", "Charges.", meta="part: schedule\n"),
    **clause_files("schedule-levels", "Levels.", meta="part: schedule\n"),
}
for _path in ("clauses/term/clause.yaml",):
    LIBRARY[_path] += "values:\n  /term/initial: {type: duration}\n"
LIBRARY["clauses/liability/clause.yaml"] += (
    "positions:\n  - key: preferred\n  - {key: fallback-1, when: asked}\n"
)
LIBRARY["clauses/liability/fallback-1.en.md"] = "Capped higher."

CORPORATE = template_file(
    "corporate/standard",
    """\
    outline: [term, liability, support, publicity]
    defaults: {term: {initial: P12M, notice: P90D}}
    """,
)


def keys(files: dict[str, str], agreement: str = "") -> list[str]:
    return [clause.key for clause in composed(files, agreement).clauses]


def service(text: str) -> dict[str, str]:
    head = "parent: corporate/standard\n"
    return {
        **LIBRARY,
        **CORPORATE,
        **template_file("service/hosting", head + text),
    }


HOSTED = "template: service/hosting\n"


@pytest.mark.parametrize(
    ("outline", "order"),
    [
        ("[]", "term liability support publicity"),
        ("[{remove: publicity}]", "term liability support"),
        (
            "[{replace: support, with: support-all}]",
            "term liability support-all publicity",
        ),
        (
            "[{add: support-all, after: term}]",
            "term support-all liability support publicity",
        ),
        (
            "[{add: support-all, before: term}]",
            "support-all term liability support publicity",
        ),
        ("[support-all]", "term liability support publicity support-all"),
        ("[{move: publicity, before: term}]", "publicity term liability support"),
        ("[{move: term, after: publicity}]", "liability support publicity term"),
    ],
)
def test_outline_operations_change_the_outline_of_the_level_above(
    outline: str, order: str
) -> None:
    assert keys(service(f"outline: {outline}\n"), HOSTED) == order.split()


def test_schedules_come_after_the_clauses_in_the_order_of_the_template() -> None:
    files = service("schedules: [levels, charges]\n")

    assert keys(files, HOSTED)[-2:] == ["schedule-levels", "schedule-charges"]


@pytest.mark.parametrize(
    ("agreement", "says"),
    [
        ("", "It lasts 24 months."),
        ("term: {initial: P36M}\n", "It lasts 36 months."),
    ],
)
def test_the_more_specific_level_wins_field_by_field(agreement: str, says: str) -> None:
    files = service("defaults: {term: {initial: P24M}}\n")

    document = composed(files, HOSTED + agreement)

    assert words_of_clause(document.clauses[0]) == says
    assert document.agreement.term is not None
    assert str(document.agreement.term.notice) == "P90D"


def test_a_list_is_taken_whole_from_the_most_specific_level() -> None:
    files = service("defaults:\n  services: [{key: web}, {key: mail}]\n")

    document = composed(files, HOSTED + "services: [{key: database}]\n")

    assert [service.key for service in document.agreement.services] == ["database"]


def test_a_week_of_service_hours_is_taken_whole_too() -> None:
    files = service(
        "defaults: {hours: {office: {timezone: UTC, week: {mon-fri: ['08:00-17:00']}}}}\n"
    )
    agreement = "hours: {office: {week: {sun-thu: ['08:00-16:00']}}}\n"

    profile = composed(files, HOSTED + agreement).agreement.hours["office"]

    assert profile.timezone == "UTC"
    assert profile.week == {"sun-thu": ("08:00-16:00",)}


def test_a_value_knows_the_place_where_it_was_set() -> None:
    files = service("defaults: {term: {initial: P24M}}\n")

    result, _ = compose(files, HOSTED + "term: {renewal: none}\n")

    assert result is not None
    own = result.composition.place("/term/renewal")
    from_service = result.composition.place("/term/initial")
    from_corporate = result.composition.place("/term/notice")
    assert (own.file, own.line) == (AGREEMENT_FILE, 3)
    assert (from_service.file, from_service.line) == (
        "templates/service/hosting.yaml",
        4,
    )
    assert from_corporate.file == "templates/corporate/standard.yaml"
    assert result.composition.place("/parties/nobody").file == AGREEMENT_FILE


def test_every_clause_knows_the_level_the_position_and_the_file_it_comes_from() -> None:
    files = service("outline: [{add: support-all, after: support}]\nlock: [term]\n")

    document = composed(
        files, HOSTED + "clauses: {liability: {position: fallback-1}}\n"
    )

    origins = {clause.key: clause.origin for clause in document.clauses}
    assert (origins["term"].level, origins["term"].is_locked) == ("corporate", True)
    assert origins["support-all"].template == "service/hosting"
    assert origins["liability"].level == "agreement"
    assert origins["liability"].position == "fallback-1"
    assert origins["liability"].text.file == "clauses/liability/fallback-1.en.md"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("{position: fallback-1}", "Capped higher."),
        ("{text: {en: Not capped.}}", "Not capped."),
        ("omit", None),
    ],
)
def test_an_agreement_omits_takes_a_position_or_brings_its_own_words(
    override: str, says: str | None
) -> None:
    document = composed(service(""), HOSTED + f"clauses: {{liability: {override}}}\n")

    found = [words_of_clause(c) for c in document.clauses if c.key == "liability"]
    assert found == ([says] if says else [])


@pytest.mark.parametrize(
    ("template", "agreement", "code", "names"),
    [
        (
            "lock: [/term/initial]\n",
            "term: {initial: P6M}\n",
            "locked-value-altered",
            "templates/service/hosting.yaml:4:8",
        ),
        (
            "lock: [liability]\n",
            "clauses: {liability: omit}\n",
            "locked-clause-altered",
            "templates/service/hosting.yaml:4:8",
        ),
        (
            "outline: [{lock: liability}, {remove: liability}]\n",
            "",
            "locked-clause-altered",
            "templates/service/hosting.yaml:4:11",
        ),
    ],
)
def test_a_broken_lock_is_a_finding_that_names_both_places(
    template: str, agreement: str, code: str, names: str
) -> None:
    result, findings = compose(service(template), HOSTED + agreement)

    assert [finding.code for finding in findings] == [code]
    assert names in findings[0].message
    assert f"{findings[0].origin.file}:{findings[0].origin.line}" != names[:-2]
    assert result is not None
    kept = {
        clause.key: words_of_clause(clause)
        for clause in result.numbered.document.clauses
    }
    assert kept["term"] == "It lasts 12 months."
    assert kept["liability"] == "Capped."


def test_a_lock_of_a_higher_level_holds_against_a_template_below() -> None:
    files = {
        **service("defaults: {term: {initial: P6M}}\n"),
        **template_file(
            "corporate/standard",
            "outline: [term]\ndefaults: {term: {initial: P12M}}\nlock: [/term/initial]\n",
        ),
    }

    result, findings = compose(files, HOSTED)

    assert [finding.code for finding in findings] == ["locked-value-altered"]
    assert findings[0].origin.file == "templates/service/hosting.yaml"
    assert result is not None
    assert words_of_clause(result.numbered.document.clauses[0]) == "It lasts 12 months."


@pytest.mark.parametrize(
    ("template", "agreement", "code", "hint"),
    [
        (
            "outline: [{remove: schedule-levels}]\n",
            "",
            "clause-not-in-outline",
            "levels",
        ),
        ("outline: [{add: term, after: support}]\n", "", "clause-added-twice", "term"),
        ("", "clauses: {liabilty: omit}\n", "unknown-clause", '"liability"'),
        ("", "clauses: {liability: {position: x}}\n", "unknown-position", "fallback-1"),
        (
            "",
            "clauses: {liability: {position: ' '}}\n",
            "unknown-position",
            "its positions: preferred, fallback-1",
        ),
        (
            "outline: [{replace: support, with: support-all, position: x}]\n",
            "",
            "unknown-position",
            '"support-all" has no position "x"',
        ),
    ],
)
def test_a_wrong_operation_is_a_finding_with_a_remedy(
    template: str, agreement: str, code: str, hint: str
) -> None:
    result, findings = compose(service(template), HOSTED + agreement)

    assert result is not None
    assert [finding.code for finding in findings] == [code]
    assert hint in findings[0].message


def test_a_library_clause_that_no_template_has_can_be_brought_in_after_its_topic() -> (
    None
):
    files = service("")
    for key in ("term", "liability", "publicity"):
        topic = "topic: end\n" if key == "publicity" else "topic: risk\n"
        files[f"clauses/{key}/clause.yaml"] += topic
    files |= clause_files("insurance", "Insured.", meta="topic: risk\n")
    agreement = HOSTED + "clauses: {insurance: {position: preferred}}\n"

    document = composed(files, agreement)

    assert [clause.key for clause in document.clauses] == [
        "term",
        "liability",
        "insurance",
        "support",
        "publicity",
    ]
    assert document.clauses[2].origin.level == "agreement"


@pytest.mark.parametrize(
    ("agreement", "code"),
    [
        ("kind: ola\n", "kind-differs"),
        ("kind: multilevel\n", None),
        ("language: en+ar\nprevailing: ar\n", "two-languages"),
    ],
)
def test_what_the_template_cannot_make_is_a_finding(
    agreement: str, code: str | None
) -> None:
    result, findings = compose(service(""), HOSTED + agreement)

    assert result is not None
    assert [finding.code for finding in findings] == ([code] if code else [])


def test_an_unknown_template_names_the_nearest() -> None:
    result, findings = compose(service(""), "template: service/hostng\n")

    assert result is None
    assert [finding.code for finding in findings] == ["unknown-template"]
    assert 'did you mean "service/hosting"' in findings[0].message
    assert str(findings[0].origin).endswith("agreement.yaml:2:1")
