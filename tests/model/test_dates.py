"""Calendar arithmetic, against the dates that were worked out by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.amounts import read_duration
from slacontracts.model.dates import corresponding_day, last_day


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-12-01", "P36M", "2029-11-30"),
        ("2026-08-31", "P6M", "2027-02-28"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2028-02-29", "P2Y", "2030-02-28"),
        ("2028-02-29", "P3Y", "2031-02-28"),
        ("2028-02-29", "P4Y", "2032-02-28"),
        ("2026-01-01", "P1Y", "2026-12-31"),
        ("2026-01-01", "P90D", "2026-03-31"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-01-31", "P1M1D", "2026-02-28"),
    ],
)
def test_a_term_ends_on_the_day_before_the_corresponding_day(
    start: str, span: str, end: str
) -> None:
    ends = last_day(date.fromisoformat(start), read_duration(span))

    assert ends == date.fromisoformat(end)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_months_are_counted_from_the_original_date(start: date, months: int) -> None:
    day = corresponding_day(start, read_duration(f"P{months}M"))

    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    assert day.day <= start.day
