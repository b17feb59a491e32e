"""Checks of targets' figures: what cannot be, warns too late, or is upside down."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.targets import name_of
from slacontracts.formats import write
from slacontracts.model.amounts import Duration
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.service import Service, Target

IMPOSSIBLE = Fault(
    "impossible-figure",
    Severity.ERROR,
    summary="The figure of a target is of the wrong kind for what is measured, or "
    "cannot be.",
    example='A response time of "99.9"; an availability of "999" or "0"; a deadline '
    "of P0D.",
    remedy='Write a percentage from 0 to 100 for a rate ("99.9"), and a span of time '
    "for a time (PT4H).",
)
LATE_WARNING = Fault(
    "late-warning",
    Severity.WARNING,
    summary="The figure at which people are warned lies beyond the target: the warning "
    "comes when the target is missed already.",
    example='target: "99.9" with warn_at: "99.8".',
    remedy='Warn before the target is missed: warn_at: "99.95".',
)
UPSIDE_DOWN = Fault(
    "targets-upside-down",
    Severity.WARNING,
    summary="An incident of lower priority is answered or resolved sooner than a more "
    "urgent one, or is to be resolved before it is answered.",
    example="response-p1: PT1H and response-p2: PT30M, in the same service hours.",
    remedy="Exchange the figures, or correct the priority of the target.",
)

_TIMES = ("response-time", "resolution-time", "deadline")
_RATES = ("availability", "error-rate", "count-ratio")
_OF_TIME = {"minutes": Decimal(60), "hours": Decimal(3600)}


def is_better_above(target: Target) -> bool:
    """Tell whether a target is met at and above its figure, not at and below it."""
    is_rate = not isinstance(target.target, Duration)
    return (
        is_rate and target.metric != "error-rate" and target.unit in ("percent", None)
    )


def impossible_figures(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find figures that the metric of their target cannot have, also for one site."""
    for service in facts.agreement.services:
        path = f"/services/{service.key}"
        by_key = {target.key: target for target in service.targets}
        figures = [
            (f"{path}/targets/{t.key}/{name}", t, getattr(t, name))
            for t in service.targets
            for name in ("target", "warn_at")
        ]
        figures += [
            (f"{path}/sites/{site.key}/targets/{key}", by_key[key], goal)
            for site in service.sites
            for key, goal in site.targets.items()
            if key in by_key
        ]
        for at, target, goal in figures:
            fault = None if goal is None else _fault(target, goal)
            if fault:
                yield IMPOSSIBLE.at(
                    facts.place(at),
                    f'"{target.key}" of {name_of(service)} {fault}',
                )


def _fault(target: Target, goal: Decimal | Duration) -> str | None:
    """Tell what is wrong with a figure."""
    if target.metric in _TIMES:
        seconds = _seconds(target, goal)
        if seconds is None:
            return f"is a time, not {goal}; write a span of time, such as PT4H"
        months = goal.total_months if isinstance(goal, Duration) else 0
        return None if seconds or months else "allows no time at all; write a figure"
    if target.metric == "percentile":
        return None
    if isinstance(goal, Duration):
        return "is a rate, not a time; write a percentage, such as 99.9"
    if target.metric in _RATES and target.unit not in ("percent", "count", None):
        return f"is a rate and cannot be in {target.unit}; write unit: percent"
    if target.unit == "count":
        return None
    if not 0 <= goal <= 100 or (goal == 0 and is_better_above(target)):
        return f"cannot be {goal}%; write a percentage up to 100"
    return None


def _seconds(target: Target, goal: Decimal | Duration) -> Decimal | None:
    if isinstance(goal, Duration):
        return Decimal(goal.total_seconds)
    factor = _OF_TIME.get(target.unit or "")
    return goal * factor if factor else None


def late_warnings(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find targets whose warning comes only when they are missed."""
    for service in facts.agreement.services:
        for target in service.targets:
            goal, warning = target.target, target.warn_at
            if goal is None or warning is None:
                continue
            if isinstance(goal, Duration) and isinstance(warning, Duration):
                is_late = _longer(warning, goal)
            elif isinstance(goal, Decimal) and isinstance(warning, Decimal):
                is_late = warning < goal if is_better_above(target) else warning > goal
            else:
                continue  # figures of two kinds are reported as such
            if is_late:
                yield LATE_WARNING.at(
                    facts.place(
                        f"/services/{service.key}/targets/{target.key}/warn_at"
                    ),
                    f'"{target.key}" of {name_of(service)} warns at {_said(warning)}, '
                    f"when the target of {_said(goal)} is missed already; warn earlier",
                )


def _longer(one: Duration, other: Duration) -> bool:
    return (one.total_months, one.total_seconds) > (
        other.total_months,
        other.total_seconds,
    )


def _said(goal: Decimal | Duration) -> str:
    return write("duration", goal, "en") if isinstance(goal, Duration) else str(goal)


def targets_upside_down(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find urgent incidents that wait longer than others in the same hours."""
    ranks = {priority.key: at for at, priority in enumerate(facts.agreement.priorities)}
    for service in facts.agreement.services:
        for metric in ("response-time", "resolution-time"):
            of_metric = sorted(
                (t for t in service.targets if t.metric == metric and _rank(t, ranks)),
                key=lambda target: ranks[target.priority or ""],
            )
            for urgent, lesser in pairwise(of_metric):
                yield from _waits(service, urgent, lesser, facts)
        yield from _resolved_before_answered(service, facts)


def _rank(target: Target, ranks: dict[str, int]) -> bool:
    return target.priority in ranks


def _resolved_before_answered(service: Service, facts: Facts) -> Iterator[Finding]:
    answers = {t.priority: t for t in service.targets if t.metric == "response-time"}
    for target in service.targets:
        answer = answers.get(target.priority)
        if target.metric == "resolution-time" and answer is not None:
            yield from _waits(service, answer, target, facts)


def _waits(
    service: Service, first: Target, then: Target, facts: Facts
) -> Iterator[Finding]:
    """Yield a finding when what comes first is given more time, in the same hours."""
    if first.hours != then.hours or first.target is None or then.target is None:
        return
    long, short = _seconds(first, first.target), _seconds(then, then.target)
    if long is not None and short is not None and long > short:
        yield UPSIDE_DOWN.at(
            facts.place(f"/services/{service.key}/targets/{first.key}/target"),
            f'"{first.key}" of {name_of(service)} allows {_said(first.target)}, '
            f'"{then.key}" only {_said(then.target)}; exchange the figures, or correct '
            "the priorities",
        )


CHECKS = (
    Check(impossible_figures, (IMPOSSIBLE,)),
    Check(late_warnings, (LATE_WARNING,)),
    Check(targets_upside_down, (UPSIDE_DOWN,)),
)
