"""Calendar arithmetic, against the dates that were worked out by hand."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.amounts import Duration, read_duration
from slacontracts.model.dates import corresponding_day, last_day
from slacontracts.model.scalars import read_day


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


def accepted_span(counts: tuple[int, int, int, int]) -> Duration:
    years, months, weeks, days = counts
    with suppress(ValueError):
        return read_duration(f"P{years}Y{months}M{weeks}W{days}D")
    return read_duration("P99Y")


ACCEPTED_DAYS = st.one_of(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    st.sampled_from(["1900-01-01", "2199-12-31", "2196-02-29"]),
).map(read_day)
ACCEPTED_SPANS = st.tuples(
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.integers(0, 99999),
).map(accepted_span) | st.sampled_from(["P99Y", "P1188M", "P36160D"]).map(read_duration)


@given(ACCEPTED_DAYS, st.lists(ACCEPTED_SPANS, min_size=1, max_size=20))
def test_no_terms_that_are_accepted_lead_beyond_the_calendar(
    start: date, spans: list[Duration]
) -> None:
    for span in spans:  # a term, its renewals, a notice, ...
        assert last_day(start, span) <= corresponding_day(start, span)
        start = corresponding_day(start, span)
