"""A value is never read from a part of a figure, nor from what shows as another."""

from collections.abc import Callable

import pytest
from counterparty import Counterparty
from negotiating import FEE, after

from slacontracts.negotiate.drafting.values import value_in


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("money", "EUR 4,500.00", "EUR 5 million"),
        ("money", "EUR 4,500.00", "EUR 5 hundred"),
        ("money", "EUR 4,500.00", "EUR 5 000 000 thousand"),
        ("money", "EUR 4,500.00", "EUR 5 k"),
        ("money", "EUR 4,500.00", "EUR 4,\u00ad900.00"),
        ("money", "EUR 4,500.00", "EUR 4,\u2060900.00"),
        ("money", "EUR 4,500.00", "EUR 3;000.00"),
        ("money", "EUR 4,500.00", "EUR 4·000.00"),
        ("money", "EUR 4,500.00", "EUR 40 00"),
        ("money", "EUR 4,500.00", "EUR 4,000 .00"),
        ("money", "EUR 4,500.00", "minus EUR 400.00"),
        ("money", "EUR 4,500.00", "EUR 4,000.00–5,000.00"),
        ("money", "EUR 4,500.00", "EUR 4,000.00/quarter"),
        ("money", "EUR 4,500.00", "2 x EUR 4,000.00"),
        ("money", "EUR 4,500.00", "half of EUR 4,000.00"),
        ("money", "EUR 4,500.00", "EUR 4,000.00 USD"),
        ("money", "EUR 4,500.00", "EUR 4,000.00 in dollars"),
        ("money", "EUR 4,500.00", "(EUR 400.00)"),
        ("days", "90 days", "one hundred and 20 days"),
        ("days", "90 days", "a dozen and 20 days"),
        ("days", "90 days", "90+30 days"),
        ("days", "90 days", "2 x 30 days"),
        ("days", "90 days", "twice 30 days"),
        ("days", "90 days", "3 0 days"),
        ("days", "90 days", "1 30 days"),
        ("days", "90 days", "30 days and"),
        ("days", "90 days", "Ⅻ 30 days"),
        ("days", "90 days", "三 30 days"),
        ("duration", "36 months", "two times 12 months"),
        ("duration", "36 months", "36 months less a week"),
        ("percent", "99.9%", "99.9 9%"),
        ("percent", "99.9%", "99·5%"),
        ("percent", "99.9%", "99.5%%"),
        ("percent", "99.9%", "~99%"),
        ("percent", "99.9%", ">99.5%"),
        ("percent", "99.9%", "99.5% ‰"),
        ("number", "10", "twenty-five 5"),
        ("text", "Amal Haddad", "Amal\u202e Hadad"),
    ],
)
def test_no_value_is_read_from_half_of_a_figure(form: str, old: str, new: str) -> None:
    assert value_in(form, old, new, "en", is_alone=True) is None


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("money", "4,500.00 يورو", "5.00 يورو مليون"),
        ("money", "4,500.00 يورو", "نصف 5.00 يورو"),
        ("days", "90 يومًا", "مئة و 20 يومًا"),
        ("days", "90 يومًا", "مائة و20 يومًا"),
        ("days", "90 يومًا", "خمسة آلاف 20 يومًا"),
        ("days", "90 يومًا", "ضعف 30 يومًا"),
        ("days", "90 يومًا", "30 يومًا مرتين"),
    ],
)
def test_nor_in_arabic(form: str, old: str, new: str) -> None:
    assert value_in(form, old, new, "ar", is_alone=True) is None


@pytest.mark.parametrize(
    ("form", "old", "new", "value"),
    [
        ("duration", "36 months", "24 months at least", "P24M"),
        ("duration", "36 months", "24 months, non-renewable", "P24M"),
        ("duration", "36 months", "5 years and 6 months", "P5Y6M"),
        ("days", "30 days", "60 days' prior", "60 days"),
        ("money", "EUR 4,500.00", "EUR 4,000.00 per user", "4000.00"),
        ("text", "One Tower\vDubai", "Two Towers\vDubai", "Two Towers\nDubai"),
    ],
)
def test_other_words_may_stand_beside_a_value(
    form: str, old: str, new: str, value: str
) -> None:
    path = "/fees/amount"
    found = value_in(form, old, new, "en", is_alone=True, path=path)

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    "edits",
    [
        [lambda c: c.type_over("EUR 4,500.00", "EUR 5 million")],
        [lambda c: c.type_over("EUR 4,500.00", "minus EUR 400.00")],
        [
            lambda c: c.type_over("4,500.00", "5"),
            lambda c: c.type_over("a month for", "million a month for"),
        ],
        [
            lambda c: c.type_over("4,500.00", "5.00"),
            lambda c: c.type_over("pay EUR", "pay minus EUR"),
        ],
    ],
)
def test_half_of_a_figure_cannot_be_accepted_alone(
    edits: list[Callable[[Counterparty], object]], *, tracked: bool
) -> None:
    answer = after(*edits, tracked=tracked)

    assert [one.path for one in answer.proposals] == [None]
    assert any(FEE in one and "by hand" in one for one in answer.notices)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/fees/monthly/amount", "4200.00"),
        ("/liability/minimum_cap", "EUR 4200.00"),
        ("/rates/day", "EUR 4200.00"),
    ],
)
def test_a_sum_has_its_currency_unless_its_address_is_an_amount(
    path: str, value: str
) -> None:
    found = value_in(
        "money", "EUR 4,500.00", "EUR 4,200.00", "en", is_alone=True, path=path
    )

    assert found is not None
    assert found.value == value
