"""Prices and a term in, what they come to over the term out, by currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from slacontracts.model.amounts import CURRENCIES, Duration, Money
from slacontracts.model.service import Price

_MONTHS_PAID_AT_ONCE = {
    "monthly": Decimal(1),
    "quarterly": Decimal(3),
    "annual": Decimal(12),
}
_DAYS_OF_A_MONTH = Decimal(365) / 12


@dataclass(frozen=True, slots=True)
class TermValue:
    """What an agreement is worth over its initial term.

    sums: by currency, so far as they are known. is_complete: whether all prices
    are in them; a price by user is not, because nobody knows how many users come.
    """

    sums: tuple[Money, ...]
    is_complete: bool


def value_over_term(
    prices: Iterable[Price | None], term: Duration | None
) -> TermValue | None:
    """Return what prices come to over a term; None when no price is known.

    A running price without a term has no end: nothing of it is in the sums.

    >>> monthly = Price(amount=Decimal("4500.00"), currency="EUR")
    >>> value_over_term([monthly], Duration(months=36)).sums
    (Money(amount=Decimal('162000.00'), currency='EUR'),)
    """
    months = months_of(term) if term is not None else None
    return value_over_months((price, months) for price in prices)


def months_of(term: Duration) -> Decimal:
    """Return how many months a term has, its days as parts of an average month."""
    days = Decimal(term.total_seconds) / 86400
    return term.total_months + days / _DAYS_OF_A_MONTH


def value_over_months(
    prices: Iterable[tuple[Price | None, Decimal | None]],
) -> TermValue | None:
    """Return what prices come to, each over months of its own; None for no end.

    None when no price is known.
    """
    totals: dict[str, Decimal] = {}
    known, is_complete = False, True
    for price, months in prices:
        if price is None or price.amount is None or price.currency is None:
            is_complete = False
            continue
        known = True
        times = _times_paid(price, months)
        if times is None:
            is_complete = False
        else:
            total = totals.get(price.currency, Decimal(0))
            totals[price.currency] = total + price.amount * times
    if not known:
        return None
    sums = tuple(Money(_rounded(sum_, name), name) for name, sum_ in totals.items())
    return TermValue(sums, is_complete)


def _times_paid(price: Price, months: Decimal | None) -> Decimal | None:
    """Return how often a price falls due over months, pro rata; None if unknown."""
    if price.model == "one-off":
        return Decimal(1)
    at_once = _MONTHS_PAID_AT_ONCE.get(price.model)
    if at_once is None or months is None:
        return None
    return months / at_once


def _rounded(amount: Decimal, currency: str) -> Decimal:
    step = Decimal(1).scaleb(-CURRENCIES[currency])
    return amount.quantize(step, rounding=ROUND_HALF_UP)
