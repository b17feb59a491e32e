"""What an agreement is worth over its term: vectors worked out by hand."""

from decimal import Decimal

import pytest

from slacontracts.model.amounts import Duration, Money
from slacontracts.model.service import Price
from slacontracts.service_levels.price import TermValue, value_over_term


def price(model: str, amount: str | None = "100.00", currency: str = "EUR") -> Price:
    fields = {"model": model, "amount": amount, "currency": currency}
    return Price.model_validate({k: v for k, v in fields.items() if v is not None})


@pytest.mark.parametrize(
    ("model", "term", "expected"),
    [
        ("monthly", Duration(months=36), "3600.00"),
        ("monthly", Duration(years=1), "1200.00"),
        ("monthly", Duration(days=365), "1200.00"),
        ("quarterly", Duration(months=36), "1200.00"),
        ("quarterly", Duration(months=1), "33.33"),
        ("annual", Duration(months=18), "150.00"),
        ("one-off", Duration(months=36), "100.00"),
        ("one-off", None, "100.00"),
    ],
)
def test_a_price_falls_due_as_often_as_the_term_has_periods(
    model: str, term: Duration | None, expected: str
) -> None:
    worth = value_over_term([price(model)], term)

    assert worth == TermValue((Money(Decimal(expected), "EUR"),), True)


def test_sums_are_kept_by_currency_with_its_decimals() -> None:
    prices = [price("quarterly"), price("quarterly", "1.000", "KWD"), None]

    worth = value_over_term(prices, Duration(months=1))

    assert worth == TermValue(
        (Money(Decimal("33.33"), "EUR"), Money(Decimal("0.333"), "KWD")), False
    )


@pytest.mark.parametrize(
    ("model", "term"), [("per-user-month", Duration(months=36)), ("monthly", None)]
)
def test_what_has_no_known_end_is_not_in_the_sum(
    model: str, term: Duration | None
) -> None:
    assert value_over_term([price(model)], term) == TermValue((), False)


def test_without_a_price_nothing_is_known() -> None:
    assert value_over_term([None, price("monthly", None)], Duration(months=36)) is None
