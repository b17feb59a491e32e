"""Two versions in; what became of credits and the most that can fall due, out."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.checks.targets import name_of
from slacontracts.compare.favours import by_size, for_customer
from slacontracts.compare.plain_words import spaced
from slacontracts.formats import write
from slacontracts.model.amounts import CURRENCIES, Money
from slacontracts.model.change import Favour, Impact
from slacontracts.model.service import Price, Service, ServiceCredits

CREDITS: Final = "credits"
EXPOSURE: Final = "exposure"
CLAUSE: Final = "service-credits"
MONTHS: Final = {"monthly": 1, "quarterly": 3, "annual": 12}
_MONTHS_OF_BASIS: Final = {"monthly-fee": 1, "quarterly-fee": 3, "annual-fee": 12}


def of_credits(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield for which services a miss gives more or less than it did."""
    before, after = _credits(old), _credits(new)
    names = {
        one.key: name_of(one)
        for one in (*old.agreement.services, *new.agreement.services)
    }
    for key in dict.fromkeys((*after, *before)):
        path = f"/services/{key}/credits"
        was, now = before.get(key), after.get(key)
        if was is None and now is not None:
            words = f"a miss of {names[key]} gives credits now: {_bands(now, None)}"
            yield for_customer(CREDITS, words, "better", path)
        elif now is None and was is not None:
            words = f"a miss of {names[key]} gives no credits any more"
            yield for_customer(CREDITS, words, "worse", path)
        elif was is not None and now is not None and was != now:
            favour = _of_bands(was, now)
            said = {
                "better": "gives more",
                "worse": "gives less",
                "neutral": "gives other credits",
            }[favour]
            words = (
                f"a miss of {names[key]} {said}: {_bands(now, was)} instead of "
                f"{_bands(was, now)}"
            )
            yield for_customer(CREDITS, words, favour, path)


def _credits(facts: Facts) -> dict[str, ServiceCredits]:
    """Return the credits of each service that has bands of them."""
    return {
        service.key: service.credits
        for service in facts.agreement.services
        if service.credits is not None and service.credits.tiers
    }


def _bands(credits_: ServiceCredits, other: ServiceCredits | None) -> str:
    """Return the bands, with the fee and the target where another's differ."""
    figures = [
        [write("percent", figure, "en") for figure in (tier.credit, tier.below)]
        for tier in credits_.tiers
    ]
    said = ", ".join(f"{credit} below {below}" for credit, below in figures)
    if other is not None and credits_.basis != other.basis:
        said += f" of the {spaced(credits_.basis)}"
    if other is not None and credits_.target != other.target:
        said += f" for {spaced(credits_.target or 'the target of the service')}"
    return said


def _of_bands(old: ServiceCredits, new: ServiceCredits) -> Favour:
    """Tell whether each result gives the customer as much, and one gives more."""
    if old.target != new.target:
        return "neutral"
    results = {tier.below for tier in (*old.tiers, *new.tiers)}
    just_below = [result - Decimal("0.000001") for result in results]
    found = {
        by_size(_credit(old, result), _credit(new, result)) for result in just_below
    } - {"neutral"}
    favours: list[Favour] = [*found]
    return favours[0] if len(favours) == 1 else "neutral"


def _credit(credits_: ServiceCredits, result: Decimal) -> Decimal:
    reached = [tier for tier in credits_.tiers if result < tier.below]
    if not reached:
        return Decimal(0)
    deepest = min(reached, key=lambda tier: tier.below).credit
    return deepest * _MONTHS_OF_BASIS[credits_.basis]


def of_exposure(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield the most that can fall due in credits in one month, before and after."""
    before, after = exposure(old), exposure(new)
    shared = _priced(old).keys() & _priced(new).keys()
    prices = {key: price for key, price in _priced(old).items() if key in shared}
    held = exposure(old, prices), exposure(new, prices)
    for currency in dict.fromkeys((*after, *before)):
        was, now = (side.get(currency, Decimal(0)) for side in (before, after))
        if was == now:
            continue
        sums = [write("money", Money(sum_, currency), "en") for sum_ in (now, was)]
        words = (
            f"the most that can fall due in credits in one month is {sums[0]} instead "
            f"of {sums[1]}"
        )
        likes = [side.get(currency, Decimal(0)) for side in held]
        if likes != [was, now]:
            words += ", as prices or services differ"
        yield for_customer(EXPOSURE, words, by_size(*likes), "")


def _priced(facts: Facts) -> dict[str, Price | None]:
    return {service.key: service.price for service in facts.agreement.services}


def exposure(
    facts: Facts, prices: Mapping[str, Price | None] | None = None
) -> dict[str, Decimal]:
    """Return the most that can fall due in credits in one month, by currency.

    The deepest band of every service, up to the cap, of the fee of the period that
    its credits are a share of. Nothing falls due where no clause owes credits; what a
    service costs by user or once is not counted. prices: those to reckon with instead
    of the agreement's, by service; services that are not among them are left out.
    """
    prices = _priced(facts) if prices is None else prices
    if CLAUSE not in facts.clauses:
        return {}
    cap = facts.agreement.values.get("credits", {}).get("cap_percent")
    sums: dict[str, Decimal] = {}
    for service in facts.agreement.services:
        price = prices.get(service.key)
        fee = _fee(service, price)
        if fee is None or price is None or price.currency is None:
            continue
        assert service.credits is not None
        deepest = max(tier.credit for tier in service.credits.tiers)
        share = deepest if cap is None else min(deepest, cap)
        sums[price.currency] = sums.get(price.currency, Decimal(0)) + fee * share / 100
    return {name: _rounded(sum_, name) for name, sum_ in sums.items()}


def _fee(service: Service, price: Price | None) -> Decimal | None:
    """Return the fee of the period of a service's credits, where it is known."""
    credits_ = service.credits
    if price is None or price.amount is None or credits_ is None or not credits_.tiers:
        return None
    months = MONTHS.get(price.model)
    if months is None:
        return None
    return price.amount * _MONTHS_OF_BASIS[credits_.basis] / months


def _rounded(amount: Decimal, currency: str) -> Decimal:
    step = Decimal(1).scaleb(-CURRENCIES[currency])
    return amount.quantize(step, rounding=ROUND_HALF_UP)
