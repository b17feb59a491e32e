"""Checks of money: credit tiers that contradict each other, and mixed currencies."""

from collections.abc import Iterator
from itertools import pairwise

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.clause import Part
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.paths import look_up

UNORDERED = Fault(
    "credit-tiers-unordered",
    Severity.ERROR,
    summary="The tiers of a service credit do not go from the first miss down to the "
    "worst, each with a larger credit.",
    example='tiers: [{below: "99.0", credit: "10"}, {below: "99.5", credit: "25"}]',
    remedy="Put the tier with the highest figure first, and give every lower tier a "
    "larger credit.",
)
MIXED_CURRENCIES = Fault(
    "mixed-currencies",
    Severity.WARNING,
    summary="Services are priced in different currencies, or a schedule states "
    "another sum, such as a rate, in a currency that is not that of the prices.",
    example="One service at EUR 4,500.00 and one at USD 900.00 a month; a day rate in "
    "USD in the schedule of charges in EUR.",
    remedy="Price all services in one currency, or keep them when both parties want "
    "it: credits are then worked out service by service.",
)


def unordered_credit_tiers(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find credit tiers that are out of order or repeat a figure."""
    for service in facts.agreement.services:
        tiers = service.credits.tiers if service.credits else ()
        for at, (upper, lower) in enumerate(pairwise(tiers), 1):
            place = facts.place(f"/services/{service.key}/credits/tiers/{at}")
            if lower.below >= upper.below:
                yield UNORDERED.at(
                    place,
                    f"the tier below {lower.below}% follows the tier below "
                    f"{upper.below}%; start with the highest figure and go down, each "
                    "figure once",
                )
            elif lower.credit <= upper.credit:
                yield UNORDERED.at(
                    place,
                    f"below {lower.below}% the credit is {lower.credit}%, no more than "
                    f"the {upper.credit}% below {upper.below}%; a worse result gives a "
                    "larger credit",
                )


def mixed_currencies(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find a price or other sum in another currency than the first price."""
    first: tuple[str, str] | None = None
    for service in facts.agreement.services:
        currency = service.price.currency if service.price else None
        if currency is None:
            continue
        if first is None:
            first = (service.key, currency)
        elif currency != first[1]:
            yield MIXED_CURRENCIES.at(
                facts.place(f"/services/{service.key}/price/currency"),
                f'"{service.key}" is priced in {currency}, "{first[0]}" in {first[1]}; '
                "use one currency unless both parties want two",
            )
    if first is not None:
        yield from _other_sums(facts, *first)


def _other_sums(facts: Facts, service: str, currency: str) -> Iterator[Finding]:
    """Find sums of schedules, other than prices of services, in another currency.

    What clauses state, such as the sums of insurance, is not added to prices.
    """
    paths = dict.fromkeys(
        use.value.path.removesuffix("/amount")
        for use in facts.values
        if use.value.form == "money"
        and use.passage.clause.part in (Part.SCHEDULE, Part.KEY_TERMS)
        and not use.value.path.startswith("/services/")
    )
    for path in paths:
        sum_ = look_up(facts.data, path)
        other = sum_["currency"] if isinstance(sum_, dict) else sum_.currency
        if other != currency:
            yield MIXED_CURRENCIES.at(
                facts.place(path),
                f'{path} is a sum in {other}, "{service}" is priced in {currency}; use '
                "one currency unless both parties want two",
            )


CHECKS = (
    Check(unordered_credit_tiers, (UNORDERED,)),
    Check(mixed_currencies, (MIXED_CURRENCIES,)),
)
