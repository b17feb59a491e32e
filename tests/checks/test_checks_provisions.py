"""Provisions: missing ones, and those that do not belong in an agreement."""

from datetime import date

import pytest
from checking import EMPTY, found, found_in_data, paper, paths

from slacontracts.checks import Surroundings


def between_departments(**wordings: str) -> dict[str, str]:
    files = paper(**wordings)
    files["templates/corporate/standard.yaml"] += "kind: internal\n"
    return files


def test_a_contract_that_does_not_say_how_it_changes_is_found() -> None:
    (finding,) = found_in_data("no-variation-clause", "")

    assert finding.origin.path == "/template"


@pytest.mark.parametrize(
    ("files", "agreement"),
    [
        (paper(variation=EMPTY), ""),
        (paper(amendments=EMPTY), ""),
        (paper(clause=EMPTY), "master: {reference: MSA-1}"),
        (between_departments(clause=EMPTY), ""),
    ],
    ids=["clause", "by title", "framework", "departments"],
)
def test_an_agreement_that_says_how_it_changes_is_left_alone(
    files: dict[str, str], agreement: str
) -> None:
    assert found("no-variation-clause", files, agreement) == ()


@pytest.mark.parametrize(
    ("agreement", "codes"),
    [
        ("", ["no-review"]),
        ("review: {next: 2027-11-01}", ["no-review"]),
        ("review: {every: P12M}", ["no-review-date"]),
        ("review: {every: P12M, next: 2027-11-01}", []),
    ],
)
def test_an_agreement_that_nobody_reviews_is_found(
    agreement: str, codes: list[str]
) -> None:
    found_codes = [
        code
        for code in ("no-review", "no-review-date")
        if found_in_data(code, agreement)
    ]

    assert found_codes == codes


@pytest.mark.parametrize(
    "key",
    [
        "limitation_of_liability",
        "indemnities",
        "governing_law",
        "arbitration",
        "dispute_resolution",
        "liability_exclusions",
    ],
)
def test_clauses_of_contracts_between_departments_are_found(key: str) -> None:
    code = "contract-clause-between-departments"
    wordings = {key: EMPTY}

    assert len(found(code, between_departments(**wordings))) == 1
    assert found(code, paper(**wordings)) == ()
    assert found(code, between_departments(escalation=EMPTY, reliability=EMPTY)) == ()


def test_a_governing_law_between_departments_is_found() -> None:
    code = "contract-clause-between-departments"

    findings = found(
        code, between_departments(clause=EMPTY), "governing_law: {law: Ireland}"
    )

    assert paths(findings) == ["/governing_law"]


@pytest.mark.parametrize(
    ("where", "is_found"),
    [
        ("Abu Dhabi", True),
        ("the Emirate of Dubai", True),
        ("Riyadh", True),
        ("the Kingdom of Saudi Arabia", True),
        ("the Dubai International Financial Centre", False),
        ("the DIFC, Dubai", False),
        ("the Abu Dhabi Global Market", False),
        ("London", False),
    ],
)
def test_english_before_courts_that_work_in_arabic_is_found(
    where: str, is_found: bool
) -> None:
    text = (
        "language: en+ar\nprevailing: en\n"
        f"governing_law: {{forum: {{kind: courts, where: {where!r}}}}}\n"
    )
    code = "english-before-onshore-courts"

    assert paths(found_in_data(code, text)) == ["/prevailing"] * is_found
    assert found_in_data(code, text.replace("prevailing: en", "prevailing: ar")) == ()


@pytest.mark.parametrize(
    ("effective", "count"),
    [
        ("{on: 2026-11-22}", 1),
        ("{on: 2026-11-23}", 0),
        ("{on: 2026-11-22, reason: the service runs since then}", 0),
        ("last-signature", 0),
    ],
)
def test_an_effective_date_that_has_passed_is_told(effective: str, count: int) -> None:
    today = Surroundings(today=date(2026, 11, 23))
    text = f"effective: {effective}"

    assert len(found_in_data("effective-date-past", text, today)) == count
    assert found_in_data("effective-date-past", text) == ()
