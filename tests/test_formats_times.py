"""Dates and spans of time, exactly as they are printed and read."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from slacontracts.formats import read, write
from slacontracts.model.amounts import Duration, read_duration
from slacontracts.model.clause import Language


@pytest.mark.parametrize(
    ("day", "english", "arabic", "arabic_indic"),
    [
        (date(2026, 12, 1), "1 December 2026", "1 ديسمبر 2026", "١ ديسمبر ٢٠٢٦"),
        (date(2026, 11, 23), "23 November 2026", "23 نوفمبر 2026", "٢٣ نوفمبر ٢٠٢٦"),
        (date(2028, 2, 29), "29 February 2028", "29 فبراير 2028", "٢٩ فبراير ٢٠٢٨"),
        (date(26, 12, 1), "1 December 0026", "1 ديسمبر 0026", "١ ديسمبر ٠٠٢٦"),
    ],
)
def test_dates_have_their_month_in_words(
    day: date, english: str, arabic: str, arabic_indic: str
) -> None:
    assert write("date", day, "en") == english
    assert write("date", day, "en", "arabic-indic") == english
    assert write("date", day, "ar") == arabic
    assert write("date", day, "ar", "arabic-indic") == arabic_indic


def test_the_names_of_months_are_those_of_one_arabic_and_one_english() -> None:
    days = [date(2026, month, 1) for month in range(1, 13)]

    assert [write("date", day, "ar").split()[1] for day in days] == [
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ]  # fmt: skip
    assert [write("date", day, "en").split()[1] for day in days] == [
        day.strftime("%B") for day in days
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1\u00a0December\u00a02026", "en"),
        ("01 december 2026", "en"),
        (" 1  December, 2026 ", "en"),
        ("1 Dec 2026", "en"),
        ("1 dec. 2026", "en"),
        ("1st December 2026", "en"),
        ("1st of December 2026", "en"),
        ("December 1, 2026", "en"),
        ("Dec 1st, 2026", "en"),
        ("\u200f١ ديسمبر ٢٠٢٦", "ar"),
        ("1\u202fديسمبر 2026\u200e", "ar"),
    ],
)
def test_dates_typed_in_a_word_processor_are_read(
    text: str, language: Language
) -> None:
    assert read("date", text, language) == date(2026, 12, 1)


def test_a_month_is_read_without_hamza() -> None:
    assert read("date", "2 ابريل 2027", "ar") == date(2027, 4, 2)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "31 February 2026",
        "1 December 26",
        "1/12/2026",
        "1 Decembre 2026",
        "1 De 2026",
        "March 32, 2026",
        "1, March 2026",
        "",
        "٣",
    ],
)
def test_what_is_not_a_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 1 December 2026"):
        read("date", text, "en")
    with pytest.raises(ValueError, match="is not a date; write 1 ديسمبر 2026"):
        read("date", text, "ar")


@pytest.mark.parametrize(
    ("span", "english", "arabic"),
    [
        ("P36M", "36 months", "36 شهرًا"),
        ("P1Y", "1 year", "سنة واحدة"),
        ("P2Y", "2 years", "سنتين"),
        ("P3Y", "3 years", "3 سنوات"),
        ("P11Y", "11 years", "11 سنة"),
        ("P1M", "1 month", "شهر واحد"),
        ("P2M", "2 months", "شهرين"),
        ("P6M", "6 months", "6 أشهر"),
        ("P1Y6M", "1 year and 6 months", "سنة واحدة و6 أشهر"),
        ("P1Y1M1D", "1 year, 1 month and 1 day", "سنة واحدة وشهر واحد ويوم واحد"),
        ("P90D", "90 days", "90 يومًا"),
        ("P2W", "14 days", "14 يومًا"),
        ("PT4H", "4 hours", "4 ساعات"),
        ("PT30M", "30 minutes", "30 دقيقة"),
        ("PT10M", "10 minutes", "10 دقائق"),
        ("PT5S", "5 seconds", "5 ثوانٍ"),
        ("PT2H30M", "2 hours and 30 minutes", "ساعتين و30 دقيقة"),
        ("P0D", "0 days", "0 يوم"),
    ],
)
def test_spans_are_printed_in_the_units_they_were_written_in(
    span: str, english: str, arabic: str
) -> None:
    assert write("duration", read_duration(span), "en") == english
    assert write("duration", read_duration(span), "ar") == arabic
    assert read("duration", english, "en") == read_duration(span)
    assert read("duration", arabic, "ar") == read_duration(span)


@pytest.mark.parametrize(
    ("days", "arabic", "arabic_indic"),
    [
        (0, "0 يوم", "٠ يوم"),
        (1, "يوم واحد", "يوم واحد"),
        (2, "يومين", "يومين"),
        (3, "3 أيام", "٣ أيام"),
        (10, "10 أيام", "١٠ أيام"),
        (11, "11 يومًا", "١١ يومًا"),
        (99, "99 يومًا", "٩٩ يومًا"),
        (100, "100 يوم", "١٠٠ يوم"),
        (101, "101 يوم", "١٠١ يوم"),
        (102, "102 يوم", "١٠٢ يوم"),
        (103, "103 أيام", "١٠٣ أيام"),
        (111, "111 يومًا", "١١١ يومًا"),
        (1_000, "1,000 يوم", "١٬٠٠٠ يوم"),
    ],
)
def test_arabic_days_agree_with_their_number(
    days: int, arabic: str, arabic_indic: str
) -> None:
    assert write("days", days, "ar") == arabic
    assert write("days", Duration(days=days), "ar", "arabic-indic") == arabic_indic


@pytest.mark.parametrize(
    ("value", "english", "arabic"),
    [
        (4, "4 hours", "4 ساعات"),
        (1, "1 hour", "ساعة واحدة"),
        (2, "2 hours", "ساعتين"),
        (24, "24 hours", "24 ساعة"),
        (Decimal("4.5"), "4.5 hours", "4.5 ساعة"),
        (Decimal("1.0"), "1.0 hours", "1.0 ساعة"),
        (Duration(hours=4), "4 hours", "4 ساعات"),
        (Duration(minutes=30), "30 minutes", "30 دقيقة"),
        (Duration(minutes=90), "90 minutes", "90 دقيقة"),
        (Duration(), "0 hours", "0 ساعة"),
    ],
)
def test_hours_are_printed_exactly(value: object, english: str, arabic: str) -> None:
    assert write("hours", value, "en") == english
    assert write("hours", value, "ar") == arabic


@pytest.mark.parametrize(
    ("form", "text", "language", "value"),
    [
        ("days", "30\u00a0days", "en", 30),
        ("days", "1 days", "en", 1),
        ("days", "2 weeks", "en", 14),
        ("days", "٣٠ يوما", "ar", 30),
        ("days", "30 يوماً", "ar", 30),
        ("days", "يومان", "ar", 2),
        ("days", "يوم", "ar", 1),
        ("hours", "4\u202fHours", "en", 4),
        ("hours", "ساعتان", "ar", 2),
        ("duration", "1 year, and 6 months", "en", Duration(years=1, months=6)),
        ("duration", "سنتان و 6 اشهر", "ar", Duration(years=2, months=6)),
    ],
)
def test_spans_typed_in_a_word_processor_are_read(
    form: str, text: str, language: Language, value: object
) -> None:
    assert read(form, text, language) == value


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        ("days", "3 months", "is not a number of days; write 30 days"),
        ("days", "1.5 days", "is not a number of days"),
        ("days", "30", "is not a number of days"),
        ("days", "-3 days", "is not a number of days"),
        ("hours", "4 days", "is not a number of hours; write 4 hours or 30 minutes"),
        ("hours", "4.5 hours and 3 minutes", "is not a number of hours"),
        ("duration", "3 months and 2 months", "is not a span of time; write 36 months"),
        ("duration", "1 week and 3 days", "is not a span of time"),
        ("duration", "1.5 years", "is not a span of time"),
        ("duration", "some time", "is not a span of time"),
    ],
)
def test_what_is_not_a_span_is_refused_with_an_example(
    form: str, text: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read(form, text, "en")


def test_an_arabic_span_that_is_none_is_refused_with_an_arabic_example() -> None:
    with pytest.raises(ValueError, match="is not a number of days; write 30 يومًا"):
        read("days", "30 شهرًا", "ar")
    with pytest.raises(ValueError, match="is not a number of hours; write 4 ساعات"):
        read("hours", "قريبا", "ar")


@pytest.mark.parametrize(
    ("form", "value", "message"),
    [
        ("days", Duration(months=3), "3 months cannot be printed by `days`"),
        ("hours", Duration(days=1), "1 day cannot be printed by `hours`"),
        ("hours", Duration(seconds=9), "9 seconds cannot be printed by `hours`"),
        ("days", -1, "a span of time cannot be negative"),
        ("duration", Duration(hours=-1), "a span of time cannot be negative"),
    ],
)
def test_a_span_of_other_units_is_refused(
    form: str, value: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write(form, value, "en")


def test_english_values_are_written_and_read_without_loading_babel() -> None:
    program = """
import sys
from datetime import date
from slacontracts.formats import read, write

assert read("date", write("date", date(2026, 12, 1), "en"), "en") == date(2026, 12, 1)
assert read("money", "EUR 4,500.00", "en") == read("money", "EUR 4,500", "en")
assert "babel" not in sys.modules and "pydantic" not in sys.modules
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
