"""Checks of outcomes and sites: what a service is for, and where it is delivered."""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.targets import name_of
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

NO_OUTCOME = Fault(
    "target-without-outcome",
    Severity.WARNING,
    summary="A target serves no outcome, so that nobody knows what the customer gets "
    "from its being met.",
    example="targets: [{key: availability, ...}] without outcome.",
    remedy="Name the outcome that it serves (outcome: shop-sells), or drop a target "
    "that serves none.",
)
NOT_SERVED = Fault(
    "outcome-without-target",
    Severity.INFO,
    summary="An outcome is stated and no target of the service serves it.",
    example="outcomes: [{key: campaigns-hold, ...}] and only targets for shop-sells.",
    remedy="Add a target that serves it, or leave it where the owner's measurement is "
    "enough.",
)
NOT_OBSERVED = Fault(
    "outcome-unobserved",
    Severity.WARNING,
    summary="Nobody owns an outcome, or nothing shows whether it comes about. All "
    "targets can then be green while the customer's business is red (a watermelon: "
    "green outside, red inside), and nobody notices.",
    example="outcomes: [{key: shop-sells, says: shoppers can order at any hour}]",
    remedy="Add who answers for it and how it is seen: owner: head of e-commerce, "
    "measured_by: rate of completed orders.",
)
NO_RULE = Fault(
    "no-red-outcome-rule",
    Severity.WARNING,
    summary="The agreement states outcomes, but nowhere what the parties do when an "
    "outcome fails although every target is met.",
    example="An outline without the clauses on services and on governance and review, "
    "which say it.",
    remedy='Use a clause that says it: "If an outcome fails although every Target is '
    'met, the parties must ...".',
)
NO_HOURS = Fault(
    "site-without-hours",
    Severity.WARNING,
    summary="A service is delivered at a site that has no hours of its own, so that "
    "the hours of the targets, and their time zone, are taken for a place where they "
    "may not fit.",
    example="sites: [{key: remote-branches, name: Remote branches}]",
    remedy="Add the hours of the site: hours: sun-thu-office.",
)

# "an outcome fails although every Target is met"
_FAILURE = re.compile(
    r"\boutcomes?\b[^.;]*\b(?:fails?|is missed|(?:is|are) not (?:reached|achieved|met))"
)


def targets_without_outcome(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find targets that serve no outcome, and outcomes that no target serves."""
    for service in facts.agreement.services:
        path = f"/services/{service.key}"
        for target in service.targets:
            if target.outcome is None:
                yield NO_OUTCOME.at(
                    facts.place(f"{path}/targets/{target.key}"),
                    f'"{target.key}" of {name_of(service)} serves no outcome; name '
                    "the one that the customer gets from it",
                )
        served = {target.outcome for target in service.targets}
        for outcome in service.outcomes:
            if outcome.key not in served:
                yield NOT_SERVED.at(
                    facts.place(f"{path}/outcomes/{outcome.key}"),
                    f'no target of {name_of(service)} serves "{outcome.says}"; add '
                    "one, or leave the outcome to its owner's measurement",
                )


def unobserved_outcomes(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find outcomes that nobody owns or that nothing measures."""
    for service in facts.agreement.services:
        for outcome in service.outcomes:
            missing = [
                what
                for what, found in (
                    ("nobody answers for it (owner)", outcome.owner),
                    ("nothing measures it (measured_by)", outcome.measured_by),
                )
                if not found
            ]
            if missing:
                yield NOT_OBSERVED.at(
                    facts.place(f"/services/{service.key}/outcomes/{outcome.key}"),
                    f'"{outcome.says}" can fail while all targets are met, and nobody '
                    f"would notice: {' and '.join(missing)}; add it",
                )


def missing_rule_for_red_outcomes(
    document: NumberedDocument, facts: Facts
) -> Iterator[Finding]:
    """Find agreements that do not say what a failed outcome leads to."""
    if document.document.language != "en":  # the rule is known by its English words
        return
    with_outcomes = [s for s in facts.agreement.services if s.outcomes]
    if not with_outcomes:
        return
    for passage in facts.passages:
        if not passage.is_cell and _FAILURE.search(passage.text):
            return
    yield NO_RULE.at(
        facts.place(f"/services/{with_outcomes[0].key}/outcomes"),
        "the agreement states outcomes, but not what happens when an outcome fails "
        "although every target is met; add the clause on services or on governance "
        "and review, or a sentence that says it",
    )


def sites_without_hours(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find sites that have no hours of their own."""
    for service in facts.agreement.services:
        for site in service.sites:
            if site.hours is None:
                yield NO_HOURS.at(
                    facts.place(f"/services/{service.key}/sites/{site.key}"),
                    f'the site "{site.name or site.key}" of {name_of(service)} has no '
                    "hours of its own; add hours",
                )


CHECKS = (
    Check(targets_without_outcome, (NO_OUTCOME, NOT_SERVED)),
    Check(unobserved_outcomes, (NOT_OBSERVED,)),
    Check(missing_rule_for_red_outcomes, (NO_RULE,)),
    Check(sites_without_hours, (NO_HOURS,)),
)
