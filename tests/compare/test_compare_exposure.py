"""The most that can fall due in credits in a month, and days before others."""

from datetime import date

import pytest
from test_compare_impact import edited, facts

from slacontracts.compare.impact_on_credits import exposure
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import (
    IsBusinessDay,
    business_days_before,
    day_before,
    last_business_day,
)


@pytest.mark.parametrize(
    ("typed", "instead", "expected"),
    [
        ("tiers", "tiers", {"EUR": "250.00"}),
        ('credit: "25"', 'credit: "15"', {"EUR": "150.00"}),
        ("credits: {target: up,", "credits: {basis: quarterly-fee, target: up,", {"EUR": "750.00"}),
        ("price: {amount", "price: {model: annual, amount", {"EUR": "20.83"}),
        ("price: {amount", "price: {model: per-user-month, amount", {}),
        ("price: {amount", "price: {model: one-off, amount", {}),
        ('"1000.00", currency: EUR', '"1000", currency: JPY', {"JPY": "250"}),
    ],
)  # fmt: skip
def test_the_most_that_can_fall_due(
    typed: str, instead: str, expected: dict[str, str]
) -> None:
    found = exposure(facts(edited(typed, instead)))

    assert {name: str(sum_) for name, sum_ in found.items()} == expected


def test_nothing_falls_due_where_no_clause_owes_credits() -> None:
    text = edited("notes:", "clauses: {service-credits: omit}\nnotes:")

    assert exposure(facts(text)) == {}


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        (date(2029, 11, 30), Duration(days=90), date(2029, 9, 1)),
        (date(2029, 11, 30), Duration(months=3), date(2029, 8, 30)),
        (date(2028, 5, 31), Duration(months=3), date(2028, 2, 29)),
        (date(2028, 1, 31), Duration(years=1, months=1), date(2026, 12, 31)),
    ],
)
def test_a_day_before_another(day: date, span: Duration, expected: date) -> None:
    assert day_before(day, span) == expected


MONDAY_TO_FRIDAY = frozenset({0, 1, 2, 3, 4})
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})


def open_on(week: frozenset[int]) -> IsBusinessDay:
    return lambda day: day.weekday() in week


@pytest.mark.parametrize(
    ("week", "arrives", "sent"),
    [
        (MONDAY_TO_FRIDAY, date(2029, 8, 31), date(2029, 8, 29)),
        (SUNDAY_TO_THURSDAY, date(2029, 8, 30), date(2029, 8, 28)),
    ],
)
def test_a_notice_before_the_end_of_november_arrives_and_is_sent_in_august(
    week: frozenset[int], arrives: date, sent: date
) -> None:
    last = day_before(date(2029, 11, 30), Duration(days=90))

    assert last_business_day(last, open_on(week)) == arrives
    assert business_days_before(arrives, 2, open_on(week)) == sent


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2029, 9, 3), 0, date(2029, 9, 3)),
        (date(2029, 9, 3), 1, date(2029, 8, 31)),
        (date(2029, 9, 3), 6, date(2029, 8, 24)),
    ],
)
def test_business_days_before_a_monday_leave_out_the_weekend(
    day: date, days: int, expected: date
) -> None:
    assert last_business_day(day, open_on(MONDAY_TO_FRIDAY)) == day
    assert business_days_before(day, days, open_on(MONDAY_TO_FRIDAY)) == expected
