"""Checks of time: dates in the wrong order, notice beyond the term, twin holidays."""

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.formats import write
from slacontracts.model.agreement import Agreement
from slacontracts.model.amounts import Duration
from slacontracts.model.dates import corresponding_day, last_day
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

WRONG_ORDER = Fault(
    "dates-out-of-order",
    Severity.ERROR,
    summary="Two dates stand in an order that cannot be.",
    example="effective: {on: 2026-12-01} with long_stop: 2026-11-01.",
    remedy="Correct the date that is wrong.",
)
DOUBTFUL_ORDER = Fault(
    "doubtful-dates",
    Severity.WARNING,
    summary="Two dates stand in an order that is possible and seldom meant.",
    example="The first review comes after the last day of the term; a signatory's "
    "authority ends before the agreement takes effect.",
    remedy="Correct the date, or leave it when it is meant.",
)
LONG_NOTICE = Fault(
    "notice-longer-than-term",
    Severity.ERROR,
    summary="The notice to end the agreement is longer than the term or the renewal "
    "period, so that nobody can give it in time.",
    example="term: {initial: P3M, renewal: automatic, notice: P6M}",
    remedy="Shorten the notice, or lengthen the term or renewal period.",
)
NO_LONG_STOP = Fault(
    "conditions-without-long-stop",
    Severity.WARNING,
    summary="The agreement waits for conditions and no day is set on which it lapses "
    "without them, so that both parties may stay bound and wait for ever.",
    example="conditions: [{key: security-audit, ...}] without long_stop.",
    remedy="Set the day: long_stop: 2027-01-31.",
)
TWIN_HOLIDAY = Fault(
    "duplicate-holiday",
    Severity.WARNING,
    summary="The same day is listed twice among the holidays of one service calendar.",
    example="holidays: [{on: 2026-09-23}, {on: 2026-09-23}]",
    remedy="Delete one of the two, or correct its date.",
)

# Address of the earlier date and the later one, each with its day and its noun.
Dated: TypeAlias = tuple[str, date | None, str]


def dates_out_of_order(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find dates that come before what must come first."""
    for earlier, later in _orders(facts.agreement):
        yield from _misplaced(WRONG_ORDER, facts, earlier, later)


def doubtful_dates(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find dates that come before what should come first."""
    for earlier, later in _usual_orders(facts.agreement):
        yield from _misplaced(DOUBTFUL_ORDER, facts, earlier, later)


def _misplaced(
    fault: Fault, facts: Facts, earlier: Dated, later: Dated
) -> Iterator[Finding]:
    """Yield a finding, at the first of the two, when it is the later one."""
    path, day, noun = earlier
    _, limit, what = later
    if day is not None and limit is not None and day > limit:
        yield fault.at(
            facts.place(path),
            f"{noun}, {write('date', day, 'en')}, comes after {what}, "
            f"{write('date', limit, 'en')}; correct the one that is wrong",
        )


def _orders(agreement: Agreement) -> Iterator[tuple[Dated, Dated]]:
    """Yield pairs of dates of which the first must not be the later one."""
    effective = _effective(agreement)
    long_stop = ("/long_stop", agreement.long_stop, "the long stop date")
    review = agreement.review.next if agreement.review else None
    yield effective, long_stop
    yield effective, ("/review/next", review, "the next review")
    for condition in agreement.conditions:
        path = f"/conditions/{condition.key}"
        due = (f"{path}/due", condition.due, f'the condition "{condition.key}" is due')
        yield (
            _renamed(due, f'the due date of the condition "{condition.key}"'),
            effective,
        )
        yield (
            _renamed(due, f'the due date of the condition "{condition.key}"'),
            long_stop,
        )
    amendment = agreement.amendment.effective if agreement.amendment else None
    if amendment is not None and isinstance(amendment.on, date):
        noun = "the effective date of the amendment"
        yield effective, ("/amendment/effective/on", amendment.on, noun)


def _renamed(dated: Dated, noun: str) -> Dated:
    return dated[0], dated[1], noun


def _usual_orders(agreement: Agreement) -> Iterator[tuple[Dated, Dated]]:
    """Yield pairs of dates of which the first should not be the later one."""
    effective = _effective(agreement)
    if agreement.master is not None:
        noun = "the date of the framework agreement"
        yield ("/master/date", agreement.master.date, noun), effective
    for index, signatory in enumerate(agreement.signatories):
        until = signatory.authority.until if signatory.authority else None
        who = signatory.name or signatory.party
        path = f"/signatories/{index}/authority/until"
        yield effective, (path, until, f"the last day of {who}'s authority to sign")
    for condition in agreement.conditions:
        path = f"/conditions/{condition.key}/met_on"
        noun = f'the day on which the condition "{condition.key}" was met'
        yield (
            (path, condition.met_on, noun),
            (
                "/long_stop",
                agreement.long_stop,
                "the long stop date",
            ),
        )
    if agreement.review and (end := _last_day(agreement)):
        yield (
            ("/review/next", agreement.review.next, "the next review"),
            (
                "/term/initial",
                end,
                "the last day of the term",
            ),
        )


def _effective(agreement: Agreement) -> Dated:
    on = agreement.effective.on if agreement.effective else None
    day = on if isinstance(on, date) else None
    return "/effective/on", day, "the effective date"


def _last_day(agreement: Agreement) -> date | None:
    """Return the last day of a term that is not renewed automatically."""
    _, start, _ = _effective(agreement)
    term = agreement.term
    if start is None or term is None or term.initial is None:
        return None
    return None if term.renewal == "automatic" else last_day(start, term.initial)


def too_long_notice(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find a notice that is longer than the term or the period of renewal."""
    term = facts.agreement.term
    if term is None or term.notice is None:
        return
    spans = [("the initial term", term.initial)]
    if term.renewal == "automatic":
        spans.append(("the renewal period", term.renewal_period))
    for noun, span in spans:
        if span is not None and _days(term.notice, _SHORT) > _days(span, _LONG):
            yield LONG_NOTICE.at(
                facts.place("/term/notice"),
                f"the notice of {write('duration', term.notice, 'en')} is longer than "
                f"{noun} of {write('duration', span, 'en')}; shorten the notice, or "
                f"lengthen {noun}",
            )


# Months counted from here are as long, or as short, as months can be; so a notice
# of 90 days is never said to be longer than a term of 3 months.
_LONG, _SHORT = date(2027, 7, 1), date(2027, 2, 1)


def _days(span: Duration, start: date) -> float:
    whole = Duration(years=span.years, months=span.months, days=span.days)
    days = (corresponding_day(start, whole) - start).days
    return days + (span.hours * 60 + span.minutes) / 1440


def duplicate_holidays(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find holidays that one service calendar lists twice."""
    for key, profile in facts.agreement.hours.items():
        seen: set[date] = set()
        for index, holiday in enumerate(profile.holidays):
            if holiday.on in seen:
                yield TWIN_HOLIDAY.at(
                    facts.place(f"/hours/{key}/holidays/{index}"),
                    f"{write('date', holiday.on, 'en')} is listed twice among the "
                    f'holidays of "{key}"; delete one, or correct its date',
                )
            seen.add(holiday.on)


def conditions_without_long_stop(
    _: NumberedDocument, facts: Facts
) -> Iterator[Finding]:
    """Find conditions for which both parties may have to wait for ever."""
    agreement = facts.agreement
    is_open = any(condition.met_on is None for condition in agreement.conditions)
    if is_open and agreement.long_stop is None:
        yield NO_LONG_STOP.at(
            facts.place("/conditions"),
            "no day is set on which the agreement lapses if its conditions are not "
            f"met; set one: {facts.set_command('/long_stop=DATE')}",
        )


CHECKS = (
    Check(conditions_without_long_stop, (NO_LONG_STOP,)),
    Check(dates_out_of_order, (WRONG_ORDER,)),
    Check(doubtful_dates, (DOUBTFUL_ORDER,)),
    Check(too_long_notice, (LONG_NOTICE,)),
    Check(duplicate_holidays, (TWIN_HOLIDAY,)),
)
