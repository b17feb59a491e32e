"""Every form reads back what it wrote, and refuses what does not suit it."""

from datetime import date, datetime
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.formats import FORMS, read, write
from slacontracts.model.amounts import CURRENCIES, Duration, Money
from slacontracts.model.clause import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
languages = st.sampled_from(LANGUAGES)
digit_sets = st.sampled_from(["latin", "arabic-indic"])
law = settings(deadline=None)  # the first Arabic value loads Babel's data

counts = st.integers(0, 10**17)
whole_numbers = st.integers(-(10**24) + 1, 10**24 - 1)
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**17), 10**17),
    st.integers(0, 12),
)
spans = st.builds(Duration, *[st.one_of(st.just(0), counts)] * 6)


@st.composite
def sums(draw: st.DrawFn, smallest: int = -(10**14), largest: int = 10**14) -> Money:
    currency = draw(st.sampled_from(sorted(CURRENCIES)))
    amount = Decimal(draw(st.integers(smallest, largest)))
    return Money(amount.scaleb(-draw(st.integers(0, CURRENCIES[currency]))), currency)


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("text", st.text()),
        ("date", st.dates()),
        ("money", sums()),
        ("percent", st.one_of(decimals, whole_numbers)),
        ("days", counts),
        ("duration", spans),
        ("hours", st.one_of(counts, decimals.map(abs))),
        ("number", st.one_of(decimals, whole_numbers)),
        ("words", st.integers(0, 999_999_999)),
    ],
)
@law
@given(data=st.data(), language=languages, digits=digit_sets)
def test_reading_what_was_written_gives_the_same_value(
    form: str,
    values: st.SearchStrategy[object],
    data: st.DataObject,
    language: Language,
    digits: str,
) -> None:
    value = data.draw(values)

    text = write(form, value, language, digits)

    assert read(form, text, language) == value


@law
@given(decimals, languages, digit_sets)
def test_a_percentage_and_a_number_keep_the_digits_they_were_given(
    value: Decimal, language: Language, digits: str
) -> None:
    percent = read("percent", write("percent", value, language, digits), language)
    number = read("number", write("number", value, language, digits), language)

    assert isinstance(percent, Decimal)
    assert isinstance(number, int | Decimal)
    assert percent.as_tuple() == Decimal(number).as_tuple() == value.as_tuple()


@law
@given(counts, languages, digit_sets)
def test_a_span_of_days_is_read_as_its_number_of_days(
    days: int, language: Language, digits: str
) -> None:
    text = write("days", Duration(days=days), language, digits)

    assert text == write("days", days, language, digits)
    assert read("days", text, language) == days


@law
@given(counts, st.integers(0, 10**6), languages, digit_sets)
def test_a_span_of_hours_is_read_as_hours_or_with_minutes_as_a_span(
    hours: int, minutes: int, language: Language, digits: str
) -> None:
    span = Duration(hours=hours, minutes=minutes)

    found = read("hours", write("hours", span, language, digits), language)

    assert found == (span if minutes else hours)


def outcome_of_reading(form: str, text: str, language: Language) -> object:
    try:
        return read(form, text, language)
    except ValueError as refusal:
        return refusal


@pytest.mark.parametrize("form", sorted(FORMS))
@law
@given(text=st.text(max_size=80), language=languages)
def test_reading_any_text_gives_a_value_or_a_plain_refusal(
    form: str, text: str, language: Language
) -> None:
    found = outcome_of_reading(form, text, language)

    assert isinstance(found, FORMS[form].takes) or "; write " in str(found)


FIGURES = "0123456789٠١٢٣,.%٪ -\u00a0\u200eو"


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"text"}))
@law
@given(
    text=st.lists(
        st.sampled_from(
            [*FIGURES, "EUR", "يورو", "day", "hours", " and ", "يوم", "December", "one"]
        ),
        max_size=12,
    ).map("".join),
    language=languages,
)
def test_whatever_is_read_can_be_written_and_read_again(
    form: str, text: str, language: Language
) -> None:
    try:
        value = read(form, text, language)
        again = write(form, value, language)
    except ValueError:
        return

    assert read(form, again, language) == value


@pytest.mark.parametrize(
    ("form", "value", "remedy"),
    [
        ("days", date(2026, 12, 1), "a date cannot be printed by `days`; use `date`"),
        ("date", Money(Decimal(1), "EUR"), "a sum of money cannot be printed"),
        (
            "money",
            Decimal("4500"),
            "a number cannot be printed by `money`; use `number`",
        ),
        (
            "date",
            Duration(days=3),
            "a span of time cannot be printed .* use `duration`",
        ),
        ("percent", "99.9", "text cannot be printed by `percent`; use no filter"),
        ("number", True, "yes or no cannot be printed by `number`; use a condition"),
        ("text", 30, "a number cannot be printed by `text`; use `number`"),
        ("date", datetime(2026, 12, 1, 9), "a date with a time of day"),
        ("date", None, "nothing here that `date` can print; fill in the value"),
    ],
)
def test_a_value_that_does_not_suit_its_form_is_refused_with_a_remedy(
    form: str, value: object, remedy: str
) -> None:
    with pytest.raises(ValueError, match=remedy):
        write(form, value, "en")


def test_a_form_or_digits_that_do_not_exist_are_refused() -> None:
    with pytest.raises(
        ValueError, match='"dates" is not a filter; write one of text, date'
    ):
        write("dates", date(2026, 12, 1), "en")
    with pytest.raises(ValueError, match='"dates" is not a filter'):
        read("dates", "1 December 2026", "en")
    with pytest.raises(ValueError, match='"roman" is not a set of digits'):
        write("number", 4, "en", "roman")


def test_text_is_never_altered_whatever_the_digits() -> None:
    value = "  Suite 4.5, 100% *not bold* \u202f"

    assert write("text", value, "ar", "arabic-indic") == value
    assert read("text", value, "ar") == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bidi_override_inside_a_figure_is_not_forgiven(language: Language) -> None:
    for form, text in (
        ("number", "\u202e100000\u202c"),
        ("money", "EUR \u202e100000\u202c"),
        ("percent", "9\u200b9%"),
    ):
        with pytest.raises(ValueError, match="is not a"):
            read(form, text, language)


def test_a_long_text_is_shortened_in_the_refusal() -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        read("date", "x" * 5_000, "en")

    assert len(str(caught.value)) < 120
