"""Numbers and sums in words, exactly as they are printed and read."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.formats import read, write
from slacontracts.formats.number_words import _COINS
from slacontracts.model.amounts import CURRENCIES, Money
from slacontracts.model.clause import Language


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "zero", "صفر"),
        (1, "one", "واحد"),
        (2, "two", "اثنان"),
        (8, "eight", "ثمانية"),
        (10, "ten", "عشرة"),
        (11, "eleven", "أحد عشر"),
        (12, "twelve", "اثنا عشر"),
        (13, "thirteen", "ثلاثة عشر"),
        (20, "twenty", "عشرون"),
        (21, "twenty-one", "واحد وعشرون"),
        (22, "twenty-two", "اثنان وعشرون"),
        (30, "thirty", "ثلاثون"),
        (99, "ninety-nine", "تسعة وتسعون"),
        (100, "one hundred", "مائة"),
        (105, "one hundred and five", "مائة وخمسة"),
        (112, "one hundred and twelve", "مائة واثنا عشر"),
        (200, "two hundred", "مائتان"),
        (345, "three hundred and forty-five", "ثلاثمائة وخمسة وأربعون"),
        (1_000, "one thousand", "ألف"),
        (1_005, "one thousand and five", "ألف وخمسة"),
        (2_000, "two thousand", "ألفان"),
        (2_026, "two thousand and twenty-six", "ألفان وستة وعشرون"),
        (3_099, "three thousand and ninety-nine", "ثلاثة آلاف وتسعة وتسعون"),
        (4_500, "four thousand five hundred", "أربعة آلاف وخمسمائة"),
        (10_000, "ten thousand", "عشرة آلاف"),
        (11_000, "eleven thousand", "أحد عشر ألفًا"),
        (12_500, "twelve thousand five hundred", "اثنا عشر ألفًا وخمسمائة"),
        (100_000, "one hundred thousand", "مائة ألف"),
        (101_000, "one hundred and one thousand", "مائة ألف وألف"),
        (103_000, "one hundred and three thousand", "مائة وثلاثة آلاف"),
        (200_000, "two hundred thousand", "مائتا ألف"),
        (202_000, "two hundred and two thousand", "مائتا ألف وألفان"),
        (1_000_000, "one million", "مليون"),
        (2_000_001, "two million and one", "مليونان وواحد"),
        (3_000_000, "three million", "ثلاثة ملايين"),
        (25_000_000, "twenty-five million", "خمسة وعشرون مليونًا"),
        (
            999_999_999,
            "nine hundred and ninety-nine million nine hundred and ninety-nine "
            "thousand nine hundred and ninety-nine",
            "تسعمائة وتسعة وتسعون مليونًا وتسعمائة وتسعة وتسعون ألفًا "
            "وتسعمائة وتسعة وتسعون",
        ),
    ],
)
def test_numbers_are_written_in_words(number: int, english: str, arabic: str) -> None:
    assert write("words", number, "en") == english
    assert write("words", number, "ar") == arabic
    assert write("words", number, "ar", "arabic-indic") == arabic


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_two_numbers_have_the_same_words(language: Language) -> None:
    numbers = [*range(3_000), *range(97_000, 103_500), *range(1_999_000, 2_001_500)]

    words = [write("words", number, language) for number in numbers]

    assert len(set(words)) == len(numbers)
    assert [read("words", text, language) for text in words] == numbers


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("4500", "EUR", "four thousand five hundred euros"),
        ("1.01", "EUR", "one euro and one cent"),
        ("0.50", "USD", "zero US dollars and fifty cents"),
        ("12.250", "KWD", "twelve Kuwaiti dinars and two hundred and fifty fils"),
        ("1.5", "OMR", "one Omani rial and five hundred baisa"),
        ("2.30", "GBP", "two pounds sterling and thirty pence"),
        ("101.05", "SAR", "one hundred and one Saudi riyals and five halalas"),
        ("500000.00", "AED", "five hundred thousand UAE dirhams"),
        ("900", "JPY", "nine hundred Japanese yen"),
    ],
)
def test_sums_are_written_in_english_words(
    amount: str, currency: str, words: str
) -> None:
    money = Money(Decimal(amount), currency)

    assert write("words", money, "en") == words
    assert read("words", words, "en") == money


@settings(deadline=None)
@given(st.sampled_from(sorted(_COINS)), st.integers(0, 10**9 - 1), st.integers(0, 999))
def test_a_sum_in_words_is_read_back(currency: str, whole: int, part: int) -> None:
    places = CURRENCIES[currency]
    money = Money(whole + Decimal(part % 10**places).scaleb(-places), currency)

    words = write("words", money, "en")

    assert read("words", words, "en") == money
    assert read("words", words.upper(), "en") == money


@pytest.mark.parametrize(
    ("value", "language", "message"),
    [
        (-1, "en", "-1 cannot be written in words"),
        (10**9, "ar", "from 0 to 999,999,999, so print the figures with `number`"),
        (
            Money(Decimal(5), "PLN"),
            "en",
            "no words for PLN yet; print the sum in figures",
        ),
        (Money(Decimal(-5), "EUR"), "en", "only sums from 0 up to 999,999,999"),
        (Money(Decimal(10**9), "EUR"), "en", "only sums from 0 up to 999,999,999"),
        (Money(Decimal(5), "SAR"), "ar", "cannot be written in Arabic words yet"),
    ],
)
def test_what_has_no_certain_words_is_refused(
    value: object, language: Language, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write("words", value, language)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Ninety nine", "en", 99),
        ("one hundred five", "en", 105),
        ("One\u00a0Hundred and Five", "en", 105),
        ("احد عشر الفا", "ar", 11_000),
        ("خمسَة", "ar", 5),
    ],
)
def test_words_typed_by_people_are_read(
    text: str, language: Language, number: int
) -> None:
    assert read("words", text, language) == number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("several", "en"),
        ("", "en"),
        ("five twenty", "en"),
        ("ten hundred million", "en"),
        ("hundred " * 60, "en"),
        ("thousand", "en"),
        ("five euros and two hundred cents", "en"),
        ("five euros and ten pence", "en"),
        ("خمسة ثلاثة", "ar"),
        ("كثير", "ar"),
        ("", "ar"),
        ("مائة مليون مليون مليون", "ar"),
        ("تسعمائة ألف مليون", "ar"),
    ],
)
def test_words_that_are_not_one_certain_number_are_refused(
    text: str, language: Language
) -> None:
    with pytest.raises(ValueError, match="is not a number in words; write"):
        read("words", text, language)
