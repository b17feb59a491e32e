"""Checks of targets: what cannot be measured, is nobody's, or stands for too much."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.service import Service, Target

UNMEASURABLE = Fault(
    "unmeasurable-target",
    Severity.ERROR,
    summary="A target lacks something without which nobody can say whether it was "
    "met: its figure, the period over which it is measured, its hours, its source; "
    "for an incident its priority, for a deadline the event, for a percentile which.",
    example="targets: [{key: availability, metric: availability, target: "
    '"99.9"}] without window, hours and source.',
    remedy="Fill in what the message names: window: calendar-month, hours: "
    "round-the-clock, source: {system: external monitoring, party: provider}.",
)
NO_SERVICE = Fault(
    "no-service",
    Severity.ERROR,
    summary="The agreement has no service, so that nothing is delivered, measured or "
    "paid for under it; its lists and tables of services are empty.",
    example="An agreement.yaml without services.",
    remedy='Add at least one: slacontracts set ID "/services/+={key: web-hosting, '
    'name: Web hosting}", then its targets.',
)
NO_TARGET = Fault(
    "service-without-target",
    Severity.ERROR,
    summary="A service is offered and nothing is promised about it, so that it is "
    "paid for however badly it runs.",
    example="services: [{key: web-hosting, price: ...}] without targets.",
    remedy="Give the service targets of its own, or take it out of the agreement.",
)
CATCH_ALL = Fault(
    "catch-all-target",
    Severity.WARNING,
    summary="One target stands for several services. A good result of one service "
    "then hides a bad result of another; each service is measured on its own.",
    example="The same availability, from the same system and for the same outcome, "
    'with two services; or a target titled "All services".',
    remedy="Measure each service by itself: a target of its own, which names the "
    "outcome of that service.",
)
UNSUPPORTED = Fault(
    "target-unsupported",
    Severity.INFO,
    summary="A promise to a customer names no target of a department or supplier on "
    "which it rests, so that nobody can work out whether it can be kept.",
    example="targets: [{key: availability, ...}] without supported_by.",
    remedy="Name the targets below it: supported_by: "
    "[OLA-2026-0004/network-availability]. Leave it where the service desk keeps the "
    "promise alone.",
)
UNCAPPED = Fault(
    "uncapped-maintenance",
    Severity.WARNING,
    summary="Maintenance does not count as downtime and has no limit, so that any "
    "result can be reached by announcing enough of it.",
    example="exclusions: [{kind: scheduled-maintenance, notice: P5D}]",
    remedy="Add the most time that is excluded in each period: cap: PT4H.",
)
DIFFERENT_NOTICE = Fault(
    "maintenance-notice-differs",
    Severity.WARNING,
    summary="A target excludes maintenance that is announced with another notice than "
    "the one that the clause on maintenance asks for.",
    example='maintenance: {notice_days: "5"} and an exclusion with notice: P7D.',
    remedy="Give both the same number of days.",
)
NO_PRIORITY = Fault(
    "priority-without-target",
    Severity.INFO,
    summary="A service promises a response or resolution time for some priorities of "
    "incidents and not for others.",
    example="response-p1 and response-p2, while there are priorities p1 to p3.",
    remedy="Add the missing time, or leave it when nothing is promised on purpose.",
)

_RATES = ("availability", "error-rate", "percentile", "count-ratio")
_TIMES_OF_INCIDENTS = ("response-time", "resolution-time")
_FOR_ALL = ("all services", "every service", "each service", "any service")


def name_of(service: Service) -> str:
    """Return what a finding calls a service."""
    return f'"{service.name or service.key}"'


def unmeasurable_targets(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find targets without figure, window, hours, source, or what their kind needs."""
    for service in facts.agreement.services:
        for target in service.targets:
            missing = list(_missing(target, facts))
            if missing:
                yield UNMEASURABLE.at(
                    facts.place(f"/services/{service.key}/targets/{target.key}"),
                    f'"{target.key}" of {name_of(service)} cannot be measured without '
                    f"{', '.join(missing)}; add it",
                )


def _missing(target: Target, facts: Facts) -> Iterator[str]:
    if target.target is None:
        yield "a figure (target)"
    if target.metric in _RATES and target.window is None:
        yield "a period (window)"
    if target.hours is None:
        yield "service hours (hours)"
    if target.source is None:
        yield "a source that measures it (source)"
    if target.metric == "percentile" and target.percentile is None:
        yield "the percentile that is meant (percentile)"
    if target.metric == "deadline" and not target.after:
        yield "the event from which it runs (after)"
    of_incidents = target.metric in _TIMES_OF_INCIDENTS
    if of_incidents and target.priority is None and facts.agreement.priorities:
        yield "the priority of the incidents (priority)"


def missing_services(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find agreements without any service."""
    if not facts.agreement.services:
        added = facts.set_command("/services/+={key: web-hosting, name: Web hosting}")
        yield NO_SERVICE.at(
            facts.place("/services"),
            f"the agreement has no service, so that it is about nothing; add one: "
            f"{added}",
        )


def services_without_target(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find services about which nothing is promised."""
    for service in facts.agreement.services:
        if not service.targets:
            yield NO_TARGET.at(
                facts.place(f"/services/{service.key}"),
                f"{name_of(service)} has no target; every service that is offered "
                "needs at least one of its own",
            )


def catch_all_targets(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find targets that stand for several services together."""
    services = facts.agreement.services
    first_with: dict[Target, Service] = {}
    for service in services:
        for target in service.targets:
            first = first_with.setdefault(target, service)
            if target.metric in _RATES and first is not service:
                yield CATCH_ALL.at(
                    facts.place(f"/services/{service.key}/targets/{target.key}"),
                    f'"{target.key}" is one target for {name_of(first)} and '
                    f"{name_of(service)}; measure each service by itself, for an "
                    "outcome of its own",
                )
    for service in services if len(services) > 1 else ():
        for target in service.targets:
            words = f"{target.title or ''} {target.condition or ''}".casefold()
            if any(phrase in words for phrase in _FOR_ALL):
                yield CATCH_ALL.at(
                    facts.place(f"/services/{service.key}/targets/{target.key}"),
                    f'"{target.key}" is a target for several services; give each of '
                    "them one of its own",
                )


def priorities_without_target(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find priorities of incidents for which a service promises no time."""
    for service in facts.agreement.services:
        for metric in _TIMES_OF_INCIDENTS:
            promised = {t.priority for t in service.targets if t.metric == metric}
            missing = [
                priority.name or priority.key
                for priority in facts.agreement.priorities
                if priority.key not in promised
            ]
            if missing and promised:
                yield NO_PRIORITY.at(
                    facts.place(f"/services/{service.key}/targets"),
                    f"{name_of(service)} promises no {metric.replace('-', ' ')} for "
                    f"incidents of priority {', '.join(missing)}; add it, or leave it "
                    "when it is meant",
                )


def unsupported_targets(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find promises to customers that rest on no other agreement, by service.

    Where none does, as in a first agreement, that is said once.
    """
    if facts.agreement.kind not in ("customer", "multilevel"):
        return
    promising = [service for service in facts.agreement.services if service.targets]
    if not any(target.supported_by for one in promising for target in one.targets):
        for service in promising[:1]:
            yield UNSUPPORTED.at(
                facts.place(
                    f"/services/{service.key}/targets/{service.targets[0].key}"
                ),
                "no target names what it rests on; add supported_by where a department "
                "or supplier takes part",
            )
        return
    for service in promising:
        alone = [target.key for target in service.targets if not target.supported_by]
        if alone:
            yield UNSUPPORTED.at(
                facts.place(f"/services/{service.key}/targets/{alone[0]}"),
                f"{name_of(service)} promises {', '.join(alone)} without naming what "
                "it rests on; add supported_by where a department or supplier takes "
                "part",
            )


def uncapped_maintenance(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find maintenance that is excluded without a limit, or with another notice."""
    announced = facts.agreement.values.get("maintenance", {}).get("notice_days")
    for service in facts.agreement.services:
        for target in service.targets:
            path = f"/services/{service.key}/targets/{target.key}/exclusions"
            for at, exclusion in enumerate(target.exclusions):
                if "maintenance" not in exclusion.kind:
                    continue
                noun = exclusion.kind.replace("-", " ")
                if exclusion.cap is None:
                    yield UNCAPPED.at(
                        facts.place(f"{path}/{at}"),
                        f'"{target.key}" of {name_of(service)} excludes {noun} without '
                        "a limit; set the most time in each period: "
                        + facts.set_command(f"{path}/{at}/cap=PT4H"),
                    )
                notice = exclusion.notice
                days = notice.total_seconds / 86400 if notice else announced
                is_planned = exclusion.kind == "scheduled-maintenance"
                if is_planned and announced is not None and days != announced:
                    yield DIFFERENT_NOTICE.at(
                        facts.place(f"{path}/{at}/notice"),
                        f'"{target.key}" of {name_of(service)} excludes maintenance '
                        f"that is announced {days:g} days before, but the agreement "
                        f"asks for {announced} (/maintenance/notice_days); use one "
                        "figure",
                    )


CHECKS = (
    Check(unmeasurable_targets, (UNMEASURABLE,)),
    Check(missing_services, (NO_SERVICE,)),
    Check(services_without_target, (NO_TARGET,)),
    Check(catch_all_targets, (CATCH_ALL,)),
    Check(priorities_without_target, (NO_PRIORITY,)),
    Check(unsupported_targets, (UNSUPPORTED,)),
    Check(uncapped_maintenance, (UNCAPPED, DIFFERENT_NOTICE)),
)
