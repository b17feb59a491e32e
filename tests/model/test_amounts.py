"""Spans of time and sums of money, as agreements state them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.amounts import CURRENCIES, Duration, Money, read_duration

spans = st.builds(
    Duration,
    years=st.integers(0, 40),
    months=st.integers(0, 400),
    days=st.integers(0, 9000),
    hours=st.integers(0, 9999),
    minutes=st.integers(0, 99999),
    seconds=st.integers(0, 99999),
)


@given(spans)
def test_a_span_is_read_back_as_it_was_written(span: Duration) -> None:
    assert read_duration(str(span)) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("P36M", Duration(months=36)),
        ("P1Y", Duration(years=1)),
        ("P2W", Duration(days=14)),
        ("P1W3D", Duration(days=10)),
        ("PT4H", Duration(hours=4)),
        ("PT30M", Duration(minutes=30)),
        ("P1DT12H", Duration(days=1, hours=12)),
        ("P0D", Duration()),
    ],
)
def test_a_span_keeps_the_parts_it_was_written_with(text: str, span: Duration) -> None:
    assert read_duration(text) == span


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1Y", "P1H", "PT1Y", "P1.5Y", "P٣M"]
)
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write P36M for 36 months"):
        read_duration(text)


@pytest.mark.parametrize(
    "text", ["P99Y", "P1188M", "P36159D", "P5165W", "P98Y12M", "PT99999H", "P0Y"]
)
def test_a_span_of_up_to_99_years_is_read(text: str) -> None:
    assert isinstance(read_duration(text), Duration)


@pytest.mark.parametrize(
    "text", ["P9999Y", "P100Y", "P1189M", "P99Y1M", "P36161D", "P9999W", "P99YT99999H"]
)
def test_a_span_longer_than_99_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" is longer than 99 years; write'):
        read_duration(text)


def test_months_are_counted_and_clock_parts_are_seconds() -> None:
    span = Duration(years=1, months=6, days=1, hours=1, minutes=1, seconds=1)

    assert span.total_months == 18
    assert span.total_seconds == 86_400 + 3_600 + 60 + 1


def test_money_knows_its_currency_and_decimals() -> None:
    assert Money(Decimal("4500.00"), "EUR").amount == Decimal(4500)
    with pytest.raises(ValueError, match="not a known currency"):
        Money(Decimal(1), "XXX")
    with pytest.raises(ValueError, match="more decimals than JPY allows \\(0\\)"):
        Money(Decimal("1.5"), "JPY")
    with pytest.raises(ValueError, match="more decimals"):
        Money(Decimal("NaN"), "EUR")


def test_currencies_are_codes_of_three_capitals() -> None:
    assert all(
        code.isalpha() and code.isupper() and len(code) == 3 for code in CURRENCIES
    )
    assert set(CURRENCIES.values()) == {0, 2, 3}
