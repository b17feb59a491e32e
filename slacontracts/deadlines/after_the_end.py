"""An agreement on a day in; its end, what to do then, and what survives it, out."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from slacontracts.deadlines.case import Case
from slacontracts.deadlines.deadline import Deadline, DeadlineKind
from slacontracts.deadlines.foresight import facts_when
from slacontracts.deadlines.states import State
from slacontracts.formats import write
from slacontracts.model.dates import corresponding_day
from slacontracts.model.key_facts import Duty, KeyFacts

_ENDS = {
    State.EXPIRED: "ends with its term, and does not renew",
    State.TERMINATED: "ends by notice",
    State.SUPERSEDED: "ends; another agreement takes its place",
}


def ends(case: Case) -> Iterator[Deadline]:
    """Yield the last day of an agreement, and of single services, still to come."""
    if (
        case.standing.last is not None
        and case.is_going_on
        and case.standing.last[1] in _ENDS
    ):
        day, how = case.standing.last
        yield case.deadline(DeadlineKind.END, "agreement", _ENDS[how], day)
    if case.is_going_on:
        for key, name, day in _services(case):
            if day >= case.today:
                says = f"{name} ends by notice"
                yield case.deadline(DeadlineKind.END, f"service/{key}", says, day)


def after_the_end(case: Case) -> Iterator[Deadline]:
    """Yield what is to be done after the end of all or of a service, and what survives.

    An agreement that another one replaces leaves nothing to be handed back, nor does
    one that ends before it takes effect.
    """
    if case.standing.state is State.PARTLY_SIGNED:
        return
    for key, _, _ in _services(case):
        yield from after_service(case, key)
    if case.standing.last is None or case.standing.last[1] is State.LAPSED:
        return
    last, how = case.standing.last
    facts = case.standing.facts_on(last)
    if how is not State.SUPERSEDED and case.standing.has_begun_or_will:
        for duty in _duties(facts):
            yield from _due(case, duty, duty.key, last, "")
    for number, one in enumerate(facts.survivals):
        if one.lasts is None:
            continue
        until = corresponding_day(last, one.lasts)
        if until >= case.today:
            says = f"{one.says} binds until then, after the end"
            key = one.key or str(number)
            yield case.deadline(DeadlineKind.SURVIVAL, key, says, until)


def after_service(case: Case, service: str) -> Iterator[Deadline]:
    """Yield what is to be done after the end of a service that ends before the rest."""
    if not case.standing.has_begun_or_will:
        return
    for key, name, day in _services(case):
        if key == service:
            for duty in _duties(case.standing.facts_on(day)):
                yield from _due(case, duty, f"{duty.key}/{key}", day, f" ({name})")


def after_the_start(case: Case) -> Iterator[Deadline]:
    """Yield what is to be done after the agreement takes effect."""
    start = case.standing.start
    if start is None or not case.is_going_on or not case.standing.has_begun_or_will:
        return
    keys = (one.key for era in case.standing.eras for one in era.facts.duties)
    for key in dict.fromkeys(keys):
        facts = facts_when(case.standing.eras, partial(_duty_day, key, start))
        duty = _duty_after_start(key, facts)
        if duty is not None:
            yield from _due(case, duty, key, start, "")


def _duty_after_start(key: str, facts: KeyFacts) -> Duty | None:
    return next(
        (one for one in facts.duties if one.key == key and one.after == "start"), None
    )


def _duty_day(key: str, start: date, facts: KeyFacts) -> date | None:
    duty = _duty_after_start(key, facts)
    return start + timedelta(days=duty.days) if duty else None


def _duties(facts: KeyFacts) -> Iterator[Duty]:
    return (duty for duty in facts.duties if duty.after == "end")


def _services(case: Case) -> Iterator[tuple[str, str, date]]:
    """Yield the services that end before the rest: key, name, last day."""
    for one in case.life.terminations:
        if one.service is not None and (
            case.standing.last is None or one.on < case.standing.last[0]
        ):
            names = case.standing.facts_on(one.on).services
            yield one.service, names.get(one.service, one.service), one.on


def _due(
    case: Case, duty: Duty, key: str, since: date, of_what: str
) -> Iterator[Deadline]:
    on = since + timedelta(days=duty.days)
    if case.is_remembered(on):
        who = f"{duty.owner}: " if duty.owner else ""
        began = "the end" if duty.after == "end" else "the start"
        day = write("date", since, "en")
        says = f"{who}{duty.says}{of_what}, {duty.days} days after {began} on {day}"
        yield case.deadline(DeadlineKind.DUTY, key, says, on)
