"""Numbers, percentages and sums of money, exactly as they are printed and read."""

from decimal import Decimal

import pytest
from babel import Locale

from slacontracts.formats import read, write
from slacontracts.formats.figures import fold_arabic
from slacontracts.model.amounts import CURRENCIES, Money, read_duration
from slacontracts.model.clause import Language
from slacontracts.model.scalars import read_amount
from slacontracts.model.service import Price
from slacontracts.service_levels.price import value_over_term


def money(amount: str, currency: str) -> Money:
    return Money(Decimal(amount), currency)


PRINTED: list[tuple[str, object, str, str, str]] = [
    ("number", 12_500, "12,500", "12,500", "١٢٬٥٠٠"),
    ("number", Decimal("12500.50"), "12,500.50", "12,500.50", "١٢٬٥٠٠٫٥٠"),
    ("number", 0, "0", "0", "٠"),
    ("number", -1_000, "-1,000", "\u200e-1,000", "\u200e-١٬٠٠٠"),
    ("percent", Decimal("99.90"), "99.90%", "99.90%", "٩٩٫٩٠٪"),
    ("percent", 25, "25%", "25%", "٢٥٪"),
    ("percent", Decimal("1E+1"), "10%", "10%", "١٠٪"),
    ("percent", Decimal("-0.5"), "-0.5%", "\u200e-0.5%", "\u200e-٠٫٥٪"),
]
SUMS = [
    ("4500", "EUR", "EUR 4,500.00", "4,500.00 يورو", "٤٬٥٠٠٫٠٠ يورو"),
    ("12.5", "KWD", "KWD 12.500", "12.500 دينار كويتي", "١٢٫٥٠٠ دينار كويتي"),
    ("900", "JPY", "JPY 900", "900 ين ياباني", "٩٠٠ ين ياباني"),
    ("0.05", "SAR", "SAR 0.05", "0.05 ريال سعودي", "٠٫٠٥ ريال سعودي"),
    ("-3", "QAR", "QAR -3.00", "\u200e-3.00 ريال قطري", "\u200e-٣٫٠٠ ريال قطري"),
]
PRINTED += [
    ("money", money(amount, code), english, arabic, arabic_indic)
    for amount, code, english, arabic, arabic_indic in SUMS
]


@pytest.mark.parametrize(
    ("form", "value", "english", "arabic", "arabic_indic"), PRINTED
)
def test_figures_are_printed_exactly(
    form: str, value: object, english: str, arabic: str, arabic_indic: str
) -> None:
    assert write(form, value, "en") == english
    assert write(form, value, "en", "arabic-indic") == english
    assert write(form, value, "ar") == arabic
    assert write(form, value, "ar", "arabic-indic") == arabic_indic


@pytest.mark.parametrize(
    ("form", "text", "language", "value"),
    [
        ("money", "EUR 4,500", "en", money("4500", "EUR")),
        ("money", "EUR\u00a04,500.00", "en", money("4500", "EUR")),
        ("money", "EUR 4\u202f500.00", "en", money("4500", "EUR")),
        ("money", "eur4500.5", "en", money("4500.5", "EUR")),
        ("money", "4,500.00 EUR", "en", money("4500", "EUR")),
        ("money", "\u200eEUR 4,500.00\u200f", "en", money("4500", "EUR")),
        ("money", "EUR ٤٬٥٠٠٫٠٠", "en", money("4500", "EUR")),
        ("money", "\u200f٤٬٥٠٠\u00a0يورو", "ar", money("4500", "EUR")),
        ("money", "4,500.00 EUR", "ar", money("4500", "EUR")),
        ("money", "€ 4,500", "en", money("4500", "EUR")),
        ("money", "€4,500.00", "en", money("4500", "EUR")),
        ("money", "4,500 €", "en", money("4500", "EUR")),
        ("money", "£89", "en", money("89", "GBP")),
        ("money", "3 دولار امريكي", "ar", money("3", "USD")),
        ("percent", "99.9 %", "en", Decimal("99.9")),
        ("percent", "99.9\u202f%", "en", Decimal("99.9")),
        ("percent", "٩٩٫٩ ٪", "ar", Decimal("99.9")),
        ("percent", "۹۹٫۹٪", "ar", Decimal("99.9")),
        ("percent", "\u22120.5%", "en", Decimal("-0.5")),
        ("number", "12\u00a0500", "en", 12_500),
        ("number", " 12,500 ", "en", 12_500),
        ("number", "1234567", "en", 1_234_567),
    ],
)
def test_what_word_processors_and_people_add_is_forgiven(
    form: str, text: str, language: Language, value: object
) -> None:
    assert read(form, text, language) == value


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        ("money", "EUR 4.500,00", "is not a sum of money; write EUR 4,500.00"),
        ("money", "EUR 4.500", "more decimals than EUR allows"),
        ("money", "4,500.00", "is not a sum of money"),
        ("money", "XYZ 4,500.00", "is not a sum of money"),
        ("money", "4,500.00 يورو", "is not a sum of money"),
        ("money", "EUR 45,00", "is not a sum of money"),
        ("money", "USD EUR 5", "is not a sum of money"),
        ("money", "$ 5", "is not a sum of money"),
        ("percent", "99,9%", "is not a percentage; write 99.9%"),
        ("percent", "99.9", "is not a percentage"),
        ("percent", "99.9.9%", "is not a percentage"),
        ("number", "1,25,000", "is not a number; write 12,500"),
        ("number", "1 250,000", "is not a number"),
        ("number", "", "is not a number"),
        ("number", "1" * 5_000, "is not a number"),
        ("number", "about 5", "is not a number"),
    ],
)
def test_a_figure_that_could_mean_something_else_is_refused(
    form: str, text: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read(form, text, "en")


def test_an_arabic_refusal_shows_an_arabic_example() -> None:
    with pytest.raises(ValueError, match=r"write 4,500\.00 يورو"):
        read("money", "كثير", "ar")


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("number", 10**24),
        ("number", -(10**24)),
        ("number", Decimal("1E+999999")),
        ("number", Decimal("1E-999999")),
        ("number", Decimal("1." + "1" * 31)),
        ("percent", Decimal("NaN")),
        ("percent", Decimal("-Infinity")),
        ("money", Money(Decimal("1E+24"), "EUR")),
    ],
)
def test_a_figure_too_long_to_read_back_is_not_printed(
    form: str, value: object
) -> None:
    with pytest.raises(ValueError, match="too many digits to print; write at most 24"):
        write(form, value, "en")


def test_every_currency_has_an_arabic_name_of_its_own_without_a_latin_letter() -> None:
    names = [write("money", Money(Decimal(1), code), "ar") for code in CURRENCIES]

    assert len({fold_arabic(name) for name in names}) == len(CURRENCIES)
    assert not any(char.isascii() and char.isalpha() for name in names for char in name)
    assert names[0].endswith(Locale.parse("ar_EG").currencies["AED"])


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_the_largest_total_of_accepted_sums_is_printed(code: str) -> None:
    largest = read_amount(f"{'9' * 15}.{'9' * CURRENCIES[code]}".rstrip("."))
    prices = [Price(amount=largest, currency=code)] * 500

    value = value_over_term(prices, read_duration("P99Y"))

    assert value is not None
    text = write("money", value.sums[0], "en")
    assert read("money", text, "en") == Money(largest * 500 * 1188, code)


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("percent", Decimal("-0"), "0%"),
        ("percent", Decimal("-0.00"), "0.00%"),
        ("number", Decimal("-0.0"), "0.0"),
        ("money", Money(Decimal("-0"), "EUR"), "0.00"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_zero_is_printed_without_a_sign(
    form: str, value: object, text: str, language: Language
) -> None:
    written = write(form, value, language)

    assert text in written
    assert "-" not in written
