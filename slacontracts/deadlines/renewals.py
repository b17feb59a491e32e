"""An agreement on a day in; notices that decide on its renewal, and renewals, out."""

from collections.abc import Iterator
from datetime import date, timedelta

from slacontracts.deadlines.case import Case
from slacontracts.deadlines.deadline import Deadline, DeadlineKind
from slacontracts.deadlines.notices import NoticeTimes, notice_times
from slacontracts.deadlines.terms import TermPeriod, period_at
from slacontracts.formats import write
from slacontracts.model.dates import day_before
from slacontracts.model.key_facts import KeyFacts, KnownParty

_PURPOSES = {
    "automatic": "a notice to the {role}, {name}, that prevents the renewal of {day}",
    "by-agreement": "a proposal to the {role}, {name}, to renew beyond {day}",
}


def renewals(case: Case) -> Iterator[Deadline]:
    """Yield the notices and the renewal of the current term.

    When it is too late for a notice, those of the term after it come as well.
    """
    period, term = case.standing.period, case.facts.term
    if not case.is_going_on or period is None or period.last is None or term is None:
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
    elif term.renewal == "by-agreement":
        yield from _notices(case, period)


def notice_by(case: Case) -> date | None:
    """Return the first day, from today, by which a notice on a renewal must arrive.

    Of a term for which it is too late, that is a day of the term after it. None where
    there is nothing to decide.
    """
    days = (one.on for one in renewals(case) if one.kind is DeadlineKind.NOTICE)
    return min((day for day in days if day >= case.today), default=None)


def _notices(case: Case, period: TermPeriod) -> Iterator[Deadline]:
    term = case.facts.term
    assert term is not None
    assert period.last is not None
    is_automatic = term.renewal == "automatic"
    purpose = _PURPOSES["automatic" if is_automatic else "by-agreement"]
    day = period.last + timedelta(days=1) if is_automatic else period.last
    for role, times in _times(case.facts, period):
        says = purpose.format(role=role, name=times.name, day=write("date", day, "en"))
        yield case.notice(f"{period.number}/{role}", says, times)


def _times(facts: KeyFacts, period: TermPeriod) -> Iterator[tuple[str, NoticeTimes]]:
    term = facts.term
    if term is None or period.last is None or term.notice is None:
        return
    if term.renewal not in _PURPOSES:
        return
    last = day_before(period.last, term.notice)
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
    following = period_at(
        case.standing.start, case.facts.term, last + timedelta(days=1)
    )
    return None if following.first <= last else following


def _renewal(case: Case, following: TermPeriod) -> Deadline:
    says = "renews, and goes on without an end"
    if following.last is not None:
        says = f"renews until {write('date', following.last, 'en')}"
    key = str(following.number)
    says = f"{says}, unless a notice in time prevents it"
    return case.deadline(DeadlineKind.RENEWAL, key, says, following.first)
