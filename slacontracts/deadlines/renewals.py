"""An agreement on a day in; notices that decide on its renewal, and renewals, out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from slacontracts.deadlines.case import Case
from slacontracts.deadlines.deadline import Deadline, DeadlineKind
from slacontracts.deadlines.foresight import days_for_notice, foreseen_period
from slacontracts.deadlines.notices import NoticeTimes, notice_times
from slacontracts.deadlines.states import State
from slacontracts.deadlines.terms import TermPeriod
from slacontracts.formats import write
from slacontracts.model.key_facts import KnownParty

_PURPOSES = {
    "automatic": "a notice to the {role}, {name}, that prevents the renewal of {day}",
    "by-agreement": "a proposal to the {role}, {name}, to renew beyond {day}",
}


def renewals(case: Case) -> Iterator[Deadline]:
    """Yield the notices and the renewal of the current term.

    When it is too late for a notice, those of the term after it come as well.
    """
    period = case.standing.period
    if not case.is_going_on or period is None or period.last is None:
        return
    term = case.standing.facts_on(period.last).term
    if term is None:
        return
    if term.renewal == "automatic":
        if case.standing.last is not None:
            return
        following = _following(case, period.last)
        notices = [*_notices(case, period)]
        yield from notices
        if following is None:
            return
        if notices and all(one.on < case.today for one in notices):
            yield from _notices(case, following)
        yield _renewal(case, following)
    elif case.standing.last == (period.last, State.EXPIRED):
        # With another end in sight there is no renewal to propose.
        yield from _notices(case, period)


def notice_by(case: Case) -> date | None:
    """Return the first day, from today, by which a notice on a renewal must arrive.

    Of a term for which it is too late, that is a day of the term after it. None where
    there is nothing to decide.
    """
    days = (one.on for one in renewals(case) if one.kind is DeadlineKind.NOTICE)
    return min((day for day in days if day >= case.today), default=None)


def _notices(case: Case, period: TermPeriod) -> Iterator[Deadline]:
    if period.last is None:
        return
    term = case.standing.facts_on(period.last).term
    if term is None or term.renewal not in _PURPOSES:
        return
    day = period.last
    if term.renewal == "automatic":
        day += timedelta(days=1)
    days = days_for_notice(case.standing.eras, period.last)
    for number, last in enumerate(days, start=1):
        for role, times in _times(case, last):
            says = _PURPOSES[term.renewal].format(
                role=role, name=times.name, day=write("date", day, "en")
            )
            key = f"{period.number}/{role}"
            # An earlier one counts until an amendment takes effect.
            key = key if number == len(days) else f"{key}/{number}"
            yield case.notice(key, says, times)


def _times(case: Case, last: date) -> Iterator[tuple[str, NoticeTimes]]:
    facts = case.standing.facts_on(last)
    for role, party in recipients(facts.parties).items():
        yield role, notice_times(last, role, party, facts.notices_rules)


def recipients(parties: dict[str, KnownParty]) -> dict[str, KnownParty]:
    """Return the parties to which notices go: providers and customers, by role."""
    found = {
        role: party
        for role, party in parties.items()
        if role.partition("-")[0] in ("provider", "customer")
    }
    return found or parties


def _following(case: Case, last: date) -> TermPeriod | None:
    assert case.standing.start is not None
    first = last + timedelta(days=1)
    period = foreseen_period(case.standing.eras, case.standing.start, first).period
    if period.last is not None and period.last <= last:
        return None
    return replace(period, first=first)


def _renewal(case: Case, following: TermPeriod) -> Deadline:
    says = "renews, and goes on without an end"
    if following.last is not None:
        says = f"renews until {write('date', following.last, 'en')}"
    key = str(following.number)
    says = f"{says}, unless a notice in time prevents it"
    return case.deadline(DeadlineKind.RENEWAL, key, says, following.first)
