"""What each kind of scalar accepts, and what it says to the rest."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from slacontracts.model.agreement import ClauseOverride, Limit
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.scalars import (
    read_agreement_id,
    read_amount,
    read_count,
    read_currency,
    read_data_path,
    read_day,
    read_decimal,
    read_goal,
    read_key,
    read_money,
    read_percent,
    read_revision,
    read_span,
    read_template_name,
    read_yes_no,
    read_zone,
)
from slacontracts.model.service import HoursProfile, Price, Service

Read = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_decimal, "99.90", Decimal("99.90")),
        (read_decimal, "-0.5", Decimal("-0.5")),
        (read_amount, "0", Decimal(0)),
        (read_percent, "100", Decimal(100)),
        (read_count, "30", 30),
        (read_count, "0", 0),
        (read_yes_no, "no", False),
        (read_day, "2028-02-29", date(2028, 2, 29)),
        (read_span, "P1Y6M", Duration(years=1, months=6)),
        (read_goal, "99.9", Decimal("99.9")),
        (read_goal, "PT30M", Duration(minutes=30)),
        (read_key, "sun-thu-office", "sun-thu-office"),
        (read_agreement_id, "SLA-2026-0001", "SLA-2026-0001"),
        (read_revision, "working", "working"),
        (read_revision, "0" * 64, "0" * 64),
        (read_template_name, "service/managed-hosting", "service/managed-hosting"),
        (read_data_path, "/services/*/name", "/services/*/name"),
        (read_currency, "KWD", "KWD"),
        (read_zone, "Asia/Riyadh", "Asia/Riyadh"),
        (read_zone, "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_text_is_read_strictly(read: Read, text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "texts"),
    [
        (
            read_decimal,
            ["", "010", "1e5", "1,000", "1_000", ".5", "5.", "+1", " 1", "٣", "1.1\n"],
        ),
        (read_amount, ["-1", "-0.01", "-0", "1" + "0" * 15, "9" * 18]),
        (read_percent, ["100.01", "-1", "25%", "25 %"]),
        (read_count, ["-1", "1.0", "01", "٣", "1\n", "9999999999"]),
        (read_yes_no, ["true", "Yes", "y", "1", ""]),
        (
            read_day,
            ["2026-02-30", "01/02/2026", "20260201", "2026-2-1", "2026-02-01T00"],
        ),
        (read_span, ["36M", "P", "PT", "P1.5M", "p36m", "P-1M", "PT4H\n", "P1W2"]),
        (read_goal, ["P", "99,9", ""]),
        (
            read_key,
            ["Web", "web_hosting", "-web", "web-", "1st", "a--b", "", "a\n", "é"],
        ),
        (
            read_agreement_id,
            ["AB", "sla-1", "-ABC", "A" * 65, "CON", "A.LOCK", "ABC\n"],
        ),
        (read_revision, ["3f2a9c1e", "HEAD", "--output=x", "F" * 40, "0" * 41, ""]),
        (
            read_template_name,
            ["managed-hosting", "service/../x", "Service/x", "service/"],
        ),
        (read_data_path, ["term", "/", "/term/", "//a", "/a b", ""]),
        (read_currency, ["eur", "EURO", "€", "XXX", ""]),
        (
            read_zone,
            ["Mars/Base", "asia/riyadh", "../etc/passwd", "/etc/passwd", "America", ""],
        ),
        (read_zone, ["localtime", "posixrules", "Factory", "UTC\n"]),
    ],
)
def test_any_other_text_is_refused(read: Read, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(ValueError, match=re.escape(f'"{text}"') + "|[0-9]"):
            read(text)


@pytest.mark.parametrize(
    "read",
    [
        *(read_decimal, read_amount, read_percent, read_count, read_yes_no, read_day),
        *(read_span, read_goal, read_key, read_agreement_id, read_revision),
        *(read_template_name, read_data_path, read_currency, read_zone),
    ],
)
@pytest.mark.parametrize("found", [["x"], {"x": "y"}, None, 1.5], ids=str)
def test_what_is_no_text_is_refused(read: Read, found: Any) -> None:
    with pytest.raises(ValueError, match="text expected"):
        read(found)


def test_a_long_text_is_quoted_in_part() -> None:
    with pytest.raises(ValueError, match="is not a decimal number") as refusal:
        read_decimal("9" * 5000)

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    "value",
    [Decimal("1.5"), Money(Decimal(1), "EUR"), Duration(days=1), date(2026, 1, 1)],
)
def test_a_typed_value_passes_as_it_is(value: Any) -> None:
    read = {
        Decimal: read_decimal,
        Money: read_money,
        Duration: read_span,
        date: read_day,
    }

    assert read[type(value)](value) is value


def test_money_is_read_with_the_decimals_of_its_currency() -> None:
    assert read_money({"amount": "5.125", "currency": "KWD"}) == Money(
        Decimal("5.125"), "KWD"
    )
    with pytest.raises(ValueError, match="more decimals than JPY allows"):
        read_money({"amount": "5.1", "currency": "JPY"})
    with pytest.raises(ValueError, match="write a sum as"):
        read_money({"amount": "5"})


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=4))
def test_every_decimal_that_is_written_plainly_is_read_back(number: Decimal) -> None:
    assert read_decimal(f"{number:f}") == number


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_day(day.isoformat()) == day


@given(st.text())
def test_no_text_makes_a_reader_fail_otherwise(text: str) -> None:
    for read in (read_decimal, read_day, read_span, read_zone, read_agreement_id):
        with suppress(ValueError):
            read(text)


def test_a_price_has_the_decimals_of_its_currency() -> None:
    Price.model_validate({"amount": "1.125", "currency": "KWD"})
    with pytest.raises(ValidationError, match="more decimals than EUR"):
        Price.model_validate({"amount": "1.125", "currency": "EUR"})
    with pytest.raises(ValidationError, match="more decimals than JPY"):
        Limit.model_validate({"amount": "1.1", "currency": "JPY"})


def test_models_are_frozen_and_refuse_unknown_fields() -> None:
    service = Service.model_validate({"key": "web"})

    with pytest.raises(ValidationError, match="frozen"):
        service.key = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Service.model_validate({"key": "web", "colour": "red"})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("omit", ClauseOverride(omit=True)),
        ({"position": "fallback-1"}, ClauseOverride(position="fallback-1")),
        ({"text": {"en": "Words."}}, ClauseOverride(text={"en": "Words."})),
    ],
)
def test_an_override_is_one_of_three(written: Any, expected: ClauseOverride) -> None:
    assert ClauseOverride.model_validate(written) == expected


@pytest.mark.parametrize(
    "written", ["off", {}, {"omit": "yes"}, {"position": "a", "text": {"en": "x"}}]
)
def test_any_other_override_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError, match="one of the three"):
        ClauseOverride.model_validate(written)


@pytest.mark.parametrize("hours", ["08:00-17:00", "00:00-24:00"])
def test_service_hours_are_ranges_of_the_clock(hours: str) -> None:
    profile = HoursProfile.model_validate({"timezone": "UTC", "week": {"mon": [hours]}})

    assert profile.week == {"mon": (hours,)}


@pytest.mark.parametrize(
    ("days", "hours", "message"),
    [
        ("mon", "17:00-08:00", "ends before it starts"),
        ("mon", "8-17", "is not a time range"),
        ("mon", "24:00-24:00", "is not a time range"),
        ("monday", "08:00-17:00", "is not a day or range of days"),
    ],
)
def test_other_hours_are_refused(days: str, hours: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        HoursProfile.model_validate({"timezone": "UTC", "week": {days: [hours]}})


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (read_day, "9999-12-31", "9999-12-31 is not between 1900 and 2199"),
        (read_day, "2200-01-01", "2200-01-01 is not between 1900 and 2199"),
        (read_day, "1899-12-31", "1899-12-31 is not between 1900 and 2199"),
        (read_amount, "1" + "0" * 15, "more than 15 digits before the point"),
        (read_amount, "9" * 18 + ".99", "more than 15 digits before the point"),
        (read_span, "P9999Y", "longer than 99 years"),
    ],
)
def test_what_no_agreement_needs_is_refused(read: Read, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_day, "1900-01-01"),
        (read_day, "2199-12-31"),
        (read_amount, "9" * 15 + ".99999999"),
    ],
)
def test_the_last_of_what_is_accepted_is_read(read: Read, text: str) -> None:
    assert str(read(text)) == text


@pytest.mark.parametrize("text", ["-0", "-0.00"])
@pytest.mark.parametrize("read", [read_percent, read_decimal, read_goal])
def test_zero_has_no_sign(read: Read, text: str) -> None:
    assert str(read(text)) == text.removeprefix("-")
