"""Two versions in; what became of prices, by service and over the term, out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.checks.targets import name_of
from slacontracts.compare.favours import by_size, for_customer
from slacontracts.compare.impact_on_credits import MONTHS
from slacontracts.compose.tables.cells import money
from slacontracts.formats import write
from slacontracts.model.agreement import Agreement, Effective
from slacontracts.model.amounts import Money
from slacontracts.model.change import Favour, Impact
from slacontracts.model.dates import months_between
from slacontracts.model.service import Price, Service
from slacontracts.service_levels.price import (
    TermValue,
    months_of,
    value_over_months,
)

PRICE: Final = "price"


def of_prices(old: Facts, new: Facts, recorded: Mapping[int, date]) -> Iterator[Impact]:
    """Yield which services cost more or less, and what the term comes to.

    recorded: when each text that was signed takes effect, by its number.
    """
    before, after = _priced(old), _priced(new)
    for key in (key for key in after if key in before):
        was, now = before[key].price, after[key].price
        if was == now or was is None or now is None:
            continue
        path = f"/services/{key}/price"
        sums = money(was), money(now)
        if sums[0] is None or sums[1] is None:
            continue
        said = [
            f"{write('money', one, 'en')} {_paid(price)}"
            for one, price in ((sums[1], now), (sums[0], was))
        ]
        if said[0] == said[1]:
            continue
        favour: Favour = "neutral"
        amounts = _a_month(was), _a_month(now)
        if was.model == now.model:
            amounts = sums[0].amount, sums[1].amount
        if was.currency == now.currency and None not in amounts:
            favour = by_size(*amounts, more_is="worse")
        words = f"{name_of(after[key])} costs {said[0]} instead of {said[1]}"
        yield for_customer(PRICE, words, favour, f"{path}/amount")
    yield from _of_services(before, after)
    yield from _of_whole_price(old, new, recorded)


def _a_month(price: Price) -> Decimal | None:
    """Return what a running price comes to in a month."""
    months = MONTHS.get(price.model)
    return price.amount / months if price.amount is not None and months else None


def _of_services(
    before: Mapping[str, Service], after: Mapping[str, Service]
) -> Iterator[Impact]:
    for key in (key for key in after if key not in before):
        words = (
            f"the service {name_of(after[key])} is new; {_cost(after[key], 'costs')}"
        )
        yield Impact(PRICE, words, path=f"/services/{key}")
    for key in (key for key in before if key not in after):
        words = f"the service {name_of(before[key])} goes; {_cost(before[key], 'cost')}"
        yield Impact(PRICE, words, path=f"/services/{key}")


def _cost(service: Service, verb: str) -> str:
    price = service.price
    amount = money(price) if price is not None else None
    if price is None or amount is None:
        return f"its price {'is' if verb == 'costs' else 'was'} not stated"
    return f"it {verb} {write('money', amount, 'en')} {_paid(price)}"


def _priced(facts: Facts) -> dict[str, Service]:
    return {service.key: service for service in facts.agreement.services}


def _paid(price: Price) -> str:
    return {
        "monthly": "a month",
        "quarterly": "a quarter",
        "annual": "a year",
        "one-off": "once",
        "per-user-month": "a user and month",
    }[price.model]


def _of_whole_price(
    old: Facts, new: Facts, recorded: Mapping[int, date]
) -> Iterator[Impact]:
    split = _split_of(new.agreement, recorded)
    found = _over_term(old), _over_term(new, old, split)
    if found[0] is None or found[1] is None:
        return
    sums = [{one.currency: one.amount for one in side.sums} for side in found if side]
    for currency in dict.fromkeys((*sums[1], *sums[0])):
        was, now = (side.get(currency, Decimal(0)) for side in sums)
        if was != now:
            written = [
                write("money", Money(sum_, currency), "en") for sum_ in (now, was)
            ]
            words = (
                f"over the initial term the known prices come to {written[0]} instead "
                f"of {written[1]}{_counted_from(new.agreement, split)}"
            )
            yield Impact(PRICE, words)


@dataclass(frozen=True, slots=True)
class _Split:
    """The day on which an amendment takes effect, and the months of the term before."""

    day: date
    months_before: Decimal


def _split_of(agreement: Agreement, recorded: Mapping[int, date]) -> _Split | None:
    """Return where an amendment parts the term; None where that is not known."""
    header = agreement.amendment
    if header is None:
        return None
    day = _day(header.effective, recorded.get(header.number))
    start = _day(agreement.effective, recorded.get(0))
    if day is None or start is None or day < start:
        return None
    return _Split(day, months_between(start, day))


def _day(effective: Effective | None, recorded: date | None) -> date | None:
    """Return when a text takes effect: as it says, or where it waits, as recorded."""
    said = effective.on if effective else None
    return said if isinstance(said, date) else recorded


def _counted_from(agreement: Agreement, split: _Split | None) -> str:
    """Return from when the new prices are counted, where that is not plain."""
    if agreement.amendment is None:
        return ""
    if split is not None:
        day = write("date", split.day, "en")
        return f", if what changes counts from {day}, when the amendment takes effect"
    return (
        ", if what changes counts from the first day of the term; when the amendment "
        "takes effect is not known yet"
    )


def _over_term(
    facts: Facts, before: Facts | None = None, split: _Split | None = None
) -> TermValue | None:
    """Return what the prices of an agreement come to over its initial term.

    before, split: other prices hold until a day within it. What is paid once counts
    once: as it is now, or where its service goes, as it was paid before.
    """
    term = facts.agreement.term
    months = months_of(term.initial) if term and term.initial else None
    priced = _priced(facts)
    if before is None or split is None or months is None:
        return value_over_months((one.price, months) for one in priced.values())
    first = min(split.months_before, months)
    spans = [(one.price, months - first) for one in priced.values()]
    for key, one in _priced(before).items():
        if not (_is_paid_once(one) and key in priced and _is_paid_once(priced[key])):
            spans.append((one.price, first))
    return value_over_months(spans)


def _is_paid_once(service: Service) -> bool:
    return service.price is not None and service.price.model == "one-off"
