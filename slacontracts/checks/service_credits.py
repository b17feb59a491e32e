"""Checks of service credits: above their cap, for no miss, or owed by nobody."""

from collections.abc import Iterator
from decimal import Decimal

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.figures import is_better_above
from slacontracts.checks.targets import name_of
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.service import Service

ABOVE_CAP = Fault(
    "credit-above-cap",
    Severity.ERROR,
    summary="A credit is larger than the cap on all credits of the period, so that it "
    "is promised and never paid in full.",
    example='tiers: [{below: "95.0", credit: "100"}] with cap_percent: "25".',
    remedy="Lower the credit, or raise /credits/cap_percent if finance approves.",
)
NOT_MEASURED = Fault(
    "credit-without-target",
    Severity.ERROR,
    summary="Credits name no target, or one whose result is no percentage that is "
    "better the higher it is, so that nobody can tell which band is reached.",
    example="credits: {tiers: [...]} without target, or with target: response-p1.",
    remedy="Name the target of the service whose result decides: target: availability.",
)
NO_MISS = Fault(
    "credit-without-miss",
    Severity.ERROR,
    summary="The first band of a credit begins above the target: a credit is owed "
    "although the target is met.",
    example='target: "99.9" with tiers: [{below: "99.95", credit: "5"}].',
    remedy="Begin the first band at the target's figure.",
)
NO_BAND = Fault(
    "miss-without-credit",
    Severity.INFO,
    summary="The first band of a credit begins below the target, so that a slight miss "
    "costs nothing.",
    example='target: "99.9" with tiers: [{below: "99.0", credit: "10"}].',
    remedy="Begin the first band at the target's figure, or leave it when it is meant.",
)
EMPTY = Fault(
    "credits-without-tiers",
    Severity.WARNING,
    summary="A service has credits without any band, which give the customer nothing.",
    example="credits: {target: availability, tiers: []}",
    remedy='Add the bands (tiers: [{below: "99.9", credit: "10"}]), or delete credits.',
)
NOT_AGREED = Fault(
    "credits-not-agreed",
    Severity.WARNING,
    summary="A service states credits, but no clause of the agreement makes the "
    "provider owe them.",
    example="credits: {...} while the clause on service credits is omitted.",
    remedy="Bring the clause on service credits back, or delete the credits.",
)


def wrong_credits(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find credits above their cap, without bands, or without a measured target."""
    cap = facts.agreement.values.get("credits", {}).get("cap_percent")
    for service in facts.agreement.services:
        if service.credits is None:
            continue
        path = f"/services/{service.key}/credits"
        if not service.credits.tiers:
            yield EMPTY.at(
                facts.place(path),
                f"the credits of {name_of(service)} have no bands; add tiers",
            )
        for at, tier in enumerate(service.credits.tiers):
            if cap is not None and tier.credit > cap:
                yield ABOVE_CAP.at(
                    facts.place(f"{path}/tiers/{at}/credit"),
                    f"{name_of(service)} promises a credit of {tier.credit}% below "
                    f"{tier.below}%, but all credits together are capped at {cap}% "
                    "(/credits/cap_percent)",
                )
        yield from _against_the_target(service, facts)


def _against_the_target(service: Service, facts: Facts) -> Iterator[Finding]:
    """Compare the bands with the target that they are about."""
    credits_ = service.credits
    if credits_ is None or not credits_.tiers:
        return
    path = f"/services/{service.key}/credits"
    target = next((t for t in service.targets if t.key == credits_.target), None)
    if target is None or not is_better_above(target):
        if credits_.target is None or target is not None:
            named = f'"{credits_.target}"' if credits_.target else "no target"
            yield NOT_MEASURED.at(
                facts.place(f"{path}/target" if target else path),
                f"the credits of {name_of(service)} name {named}; name a target that "
                "is measured in percent, the higher the better",
            )
        return
    goal, first = target.target, credits_.tiers[0].below
    if not isinstance(goal, Decimal) or first == goal:
        return
    place = facts.place(f"{path}/tiers/0/below")
    if first > goal:
        yield NO_MISS.at(
            place,
            f"{name_of(service)} owes a credit below {first}%, although {goal}% meets "
            f'the target "{target.key}"; begin at {goal}%',
        )
    else:
        yield NO_BAND.at(
            place,
            f"{name_of(service)} owes no credit between {first}% and the target of "
            f'{goal}% ("{target.key}"); begin at {goal}%, unless it is meant',
        )


def credits_not_agreed(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find credits that stand in the data and in no clause."""
    if not facts.is_contract or "service-credits" in facts.clauses:
        return
    for service in facts.agreement.services:
        if service.credits is not None and service.credits.tiers:
            yield NOT_AGREED.at(
                facts.place(f"/services/{service.key}/credits"),
                f"{name_of(service)} states credits, but the agreement has no clause "
                "on service credits; add service-credits, or delete the credits",
            )


CHECKS = (
    Check(wrong_credits, (ABOVE_CAP, NOT_MEASURED, NO_MISS, NO_BAND, EMPTY)),
    Check(credits_not_agreed, (NOT_AGREED,)),
)
