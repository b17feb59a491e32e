"""Dates in the wrong order, notice beyond the term, holidays listed twice."""

import pytest
from checking import found_in_data

from slacontracts.model.finding import Severity

EFFECTIVE = "effective: {on: 2026-12-01}\n"


@pytest.mark.parametrize(
    ("agreement", "path"),
    [
        ("long_stop: 2026-11-30", "/effective/on"),
        ("review: {next: 2026-11-30}", "/effective/on"),
        ("amendment: {number: 1, effective: 2026-11-30}", "/effective/on"),
        (
            "conditions: [{key: audit, says: Done, due: 2026-12-02}]",
            "/conditions/audit/due",
        ),
        (
            "long_stop: 2026-12-31\n"
            "conditions: [{key: audit, says: Done, due: 2027-01-01}]",
            "/conditions/audit/due",
        ),
    ],
    ids=["long stop", "review", "amendment", "condition", "condition and long stop"],
)
def test_dates_that_cannot_follow_each_other_are_found(
    agreement: str, path: str
) -> None:
    findings = found_in_data("dates-out-of-order", EFFECTIVE + agreement)

    assert {finding.origin.path for finding in findings} == {path}
    assert {finding.severity for finding in findings} == {Severity.ERROR}


@pytest.mark.parametrize(
    "agreement",
    [
        EFFECTIVE,
        EFFECTIVE + "long_stop: 2026-12-01",
        EFFECTIVE + "review: {next: 2027-12-01}",
        EFFECTIVE + "conditions: [{key: audit, says: Done, due: 2026-12-01}]",
        "effective: last-signature\nlong_stop: 2020-01-01",
    ],
)
def test_dates_in_their_order_are_left_alone(agreement: str) -> None:
    assert found_in_data("dates-out-of-order", agreement) == ()


def test_the_message_names_both_dates() -> None:
    (finding,) = found_in_data(
        "dates-out-of-order", EFFECTIVE + "long_stop: 2026-11-01"
    )

    assert finding.message == (
        "the effective date, 1 December 2026, comes after the long stop date, "
        "1 November 2026; correct the one that is wrong"
    )


SIGNATORY = (
    "signatories: [{party: customer, name: A. Brennan, authority: {until: DAY}}]"
)
TERM = "term: {initial: P12M, renewal: RENEWAL}\nreview: {next: 2027-12-01}"


@pytest.mark.parametrize(
    ("agreement", "count"),
    [
        ("master: {reference: MSA-1, date: 2026-12-02}", 1),
        ("master: {reference: MSA-1, date: 2026-12-01}", 0),
        (SIGNATORY.replace("DAY", "2026-11-30"), 1),
        (SIGNATORY.replace("DAY", "2026-12-01"), 0),
        (TERM.replace("RENEWAL", "none"), 1),
        (TERM.replace("RENEWAL", "automatic"), 0),
        (TERM.replace("RENEWAL", "none").replace("2027-12-01", "2027-11-30"), 0),
        (
            "long_stop: 2026-12-31\n"
            "conditions: [{key: audit, says: Done, met_on: 2027-01-01}]",
            1,
        ),
    ],
)
def test_dates_that_seldom_follow_each_other_are_doubted(
    agreement: str, count: int
) -> None:
    findings = found_in_data("doubtful-dates", EFFECTIVE + agreement)

    assert [finding.severity for finding in findings] == [Severity.WARNING] * count


@pytest.mark.parametrize(
    ("term", "spans"),
    [
        ("{initial: P3M, notice: P6M}", ["the initial term of 3 months"]),
        ("{initial: P30D, notice: P2M}", ["the initial term of 30 days"]),
        (
            "{initial: P36M, renewal: automatic, renewal_period: P1M, notice: P90D}",
            ["the renewal period of 1 month"],
        ),
        (
            "{initial: P1M, renewal: automatic, renewal_period: P1M, notice: P90D}",
            ["the initial term of 1 month", "the renewal period of 1 month"],
        ),
    ],
)
def test_notice_beyond_the_term_is_found(term: str, spans: list[str]) -> None:
    findings = found_in_data("notice-longer-than-term", f"term: {term}")

    named = [f.message.partition("longer than ")[2].partition(";")[0] for f in findings]
    assert named == spans


@pytest.mark.parametrize(
    "term",
    [
        "{initial: P36M, notice: P90D}",
        "{initial: P3M, notice: P90D}",
        "{initial: P3M, notice: P92D}",
        "{initial: P1Y, notice: P12M}",
        "{initial: P36M, renewal: none, renewal_period: P1M, notice: P90D}",
        "{initial: P36M}",
        "{notice: P90D}",
    ],
)
def test_notice_within_the_term_is_left_alone(term: str) -> None:
    assert found_in_data("notice-longer-than-term", f"term: {term}") == ()


HOURS = """\
hours:
  office:
    timezone: UTC
    week: {mon-fri: ["08:00-17:00"]}
    holidays:
      - {on: 2026-09-23}
      - {on: 2027-03-09}
      - {on: DAY}
"""


def test_a_holiday_that_is_listed_twice_is_found() -> None:
    findings = found_in_data("duplicate-holiday", HOURS.replace("DAY", "2026-09-23"))

    assert [finding.origin.path for finding in findings] == ["/hours/office/holidays/2"]
    assert [finding.origin.line for finding in findings] == [10]
    assert '23 September 2026 is listed twice among the holidays of "office"' in (
        findings[0].message
    )


def test_different_holidays_are_left_alone() -> None:
    findings = found_in_data("duplicate-holiday", HOURS.replace("DAY", "2027-09-23"))

    assert findings == ()


@pytest.mark.parametrize(
    ("agreement", "count"),
    [
        ("conditions: [{key: audit, says: Done}]", 1),
        ("conditions: [{key: audit, says: Done, met_on: 2026-11-01}]", 0),
        ("conditions: [{key: audit, says: Done}]\nlong_stop: 2027-01-31", 0),
        ("", 0),
    ],
)
def test_conditions_without_a_last_day_are_found(agreement: str, count: int) -> None:
    findings = found_in_data("conditions-without-long-stop", agreement)

    assert [f.origin.path for f in findings] == ["/conditions"] * count
