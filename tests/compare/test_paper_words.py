"""Words of printed pages: what says the same, and what does not."""

import pytest

from slacontracts.compare.paper_words import (
    as_said,
    is_arabic,
    paper_words,
    say_the_same,
)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        pytest.param("o\ufb03ce", "office", id="a ligature"),
        pytest.param("\u200e1.2(b)\u200e", "1.2(b)", id="marks of direction"),
        pytest.param("e\u2011mail", "e-mail", id="a hyphen that holds"),
        pytest.param("•", "", id="a bullet"),
        pytest.param("\uf0b7", "", id="a bullet of a symbol font"),
        pytest.param("re\u0301sume\u0301", "résumé", id="accents apart"),
        pytest.param("99.9%", "99.9%", id="a number"),
    ],
)
def test_a_word_is_compared_without_the_forms_of_print(printed: str, said: str) -> None:
    assert as_said(printed) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("الإصدار", "اإلصدار", id="lam and alef in either order"),
        pytest.param("ﺍﻟﺨﺪﻣﺔ", "الخدمة", id="presentation forms"),
        pytest.param("مقدّم", "مقدم", id="vowel signs"),
    ],
)
def test_arabic_words_of_two_programs_are_compared_alike(one: str, other: str) -> None:
    assert as_said(one) == as_said(other)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("the Services", "theServices"),
        ("agreement", "agree\u00adment"),
        ("e-mail", "e\u00admail"),
        ("CN-2204518", "CN\u00ad2204518"),
        ("Signature page", "SIGNATURE PAGE"),
        ("CN-2204518", "CN- 2204518"),
        ("مستوى الخدمة", "مستوىالخدمة"),
        ("(العميل)", ")العميل("),
    ],
)
def test_spaces_and_hyphens_of_print_say_nothing(expected: str, found: str) -> None:
    sides = [[as_said(word) for word in side.split()] for side in (expected, found)]

    assert say_the_same(*sides)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("99.9%", "99.5%"),
        ("36 months", "3 6 months"),
        ("5% 15%", "51 5%"),
        ("-5", "5"),
        ("shall not", "shall"),
        ("the Services", "the services"),
        ("10-20", "1020"),
        ("1020", "10\u00ad20"),
        ("re-sign", "resign"),
        ("resign", "re-sign"),
        ("2204518", "220-4518"),
        ("٩٩٫٩", "٩٩٫٥"),
        ("العميل", "المورد"),
    ],
)
def test_another_number_or_word_does_not_say_the_same(
    expected: str, found: str
) -> None:
    sides = [[as_said(word) for word in side.split()] for side in (expected, found)]

    assert not say_the_same(*sides)


def test_words_of_arabic_text_are_letters_and_numbers() -> None:
    text = "(1.2) يبلغ التوفر 99.9% و17:00."

    words = [word.text for word in paper_words(text, 0, is_bare=True)]

    assert words == ["1.2", "يبلغ", "التوفر", "99.9", "و", "17:00"]


def test_dots_that_lead_to_a_page_number_are_no_words() -> None:
    words = paper_words("1 Term ........... 5", 0, is_bare=False)

    assert [word.text for word in words] == ["1", "Term", "5"]


def test_a_text_is_arabic_when_most_of_its_letters_are() -> None:
    assert is_arabic(["يلتزم مقدم الخدمة بمعيار ISO 27001"])
    assert not is_arabic(["Contoso Retail LLC, in Arabic شركة"])
