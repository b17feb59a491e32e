"""Two versions in; which dates and last days for a notice move out."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.compare.plain_words import spaced
from slacontracts.deadlines.facts import parties_of
from slacontracts.deadlines.notices import notice_times
from slacontracts.deadlines.places import USUAL_WEEKS, is_known, weekday_and_date
from slacontracts.deadlines.renewals import recipients
from slacontracts.formats import write
from slacontracts.model.agreement import Agreement
from slacontracts.model.change import Impact
from slacontracts.model.dates import (
    business_days_before,
    day_before,
    last_business_day,
    last_day,
)
from slacontracts.model.key_facts import NoticeRules

DATES: Final = "dates"
_NOTICES: Final[dict[str, str]] = {
    "automatic": "the last calendar day for a notice against renewal",
    "by-agreement": "the last calendar day to propose a renewal",
}
_NOTICE: Final = "/term/notice#last"
# Where no party says in which country it is.
_WEEKS: Final = dict(
    zip(("Monday to Friday", "Sunday to Thursday"), USUAL_WEEKS, strict=True)
)


def of_dates(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield the dates that move, those that follow from others as well."""
    before, after = _dates(old.agreement), _dates(new.agreement)
    for path in dict.fromkeys((*after, *before)):
        was, now = before.get(path), after.get(path)
        if was == now:
            continue
        if was is None and now is not None:
            words = f"{now[0]} is {_written(now[1])}, not set before"
        elif now is None and was is not None:
            words = f"{was[0]} is no longer set; it was {_written(was[1])}"
        elif was is not None and now is not None:
            if was[1] == now[1]:
                continue
            moved = f"{_written(now[1])} instead of {_written(was[1])}"
            words = f"{now[0]} is {moved}"
        if path == _NOTICE and now is not None and isinstance(now[1], date):
            words += f"; {_arrival(now[1], new.agreement)}"
        yield Impact(DATES, words, path=path.partition("#")[0])


def _dates(agreement: Agreement) -> dict[str, tuple[str, date | str]]:
    """Return what is fixed in time, by address: what it is called, and when."""
    found: dict[str, tuple[str, date | str | None]] = {
        "/effective/on": (
            "the effective date",
            agreement.effective.on if agreement.effective else None,
        ),
        "/long_stop": ("the long stop date", agreement.long_stop),
        "/review/next": (
            "the next review",
            agreement.review.next if agreement.review else None,
        ),
    }
    for condition in agreement.conditions:
        name = f'the due date of the condition "{spaced(condition.key)}"'
        found[f"/conditions/{condition.key}/due"] = (name, condition.due)
    end, term = last_day_of_term(agreement), agreement.term
    found["/term/initial#end"] = ("the last day of the initial term", end)
    if end is not None and term is not None and term.renewal and term.notice:
        last = day_before(end, term.notice)
        found[_NOTICE] = (_NOTICES.get(term.renewal, ""), last)
    return {path: (name, on) for path, (name, on) in found.items() if name and on}


def _arrival(last: date, agreement: Agreement) -> str:
    """Return by when a notice must arrive, and be sent.

    What arrives on another day than a business day counts on the next one, too late.
    """
    courier = agreement.values.get("notices_rules", {}).get("courier_days")
    days = courier if isinstance(courier, int) else None
    parties = recipients(parties_of(agreement))
    if not any(is_known(party.country) for party in parties.values()):
        return _arrival_somewhere(last, days)
    rules = NoticeRules(ways=("courier",), courier_days=days)
    times = [notice_times(last, role, party, rules) for role, party in parties.items()]
    by = [
        f"by {weekday_and_date(one.must_arrive)} at the {one.to}'s place"
        for one in times
    ]
    said = f"it must arrive {' and '.join(by)}"
    sent = dict.fromkeys(
        weekday_and_date(sending.by) for one in times for sending in one.sendings
    )
    return f"{said}; by courier, send it by {' or '.join(sent)}" if sent else said


def _arrival_somewhere(last: date, courier_days: int | None) -> str:
    """Return by when a notice must arrive where the place is not known."""
    days = {name: last_business_day(last, week) for name, week in _WEEKS.items()}
    by = [f"by {weekday_and_date(day)}" for day in dict.fromkeys(days.values())]
    if len(by) > 1:
        names = [*days]
        by = [
            f"{by[0]} where business days are {names[0]}",
            f"{by[1]} where they are {names[1]}",
        ]
    said = (
        f"it must arrive {', '.join(by)}, and earlier where that is a holiday at the "
        "recipient's place"
    )
    if courier_days is None:
        return said
    sent = dict.fromkeys(
        weekday_and_date(business_days_before(day, courier_days, _WEEKS[name]))
        for name, day in days.items()
    )
    return f"{said}; by courier, send it by {' or '.join(sent)}"


def last_day_of_term(agreement: Agreement) -> date | None:
    """Return the last day of the initial term, where it is known."""
    start = agreement.effective.on if agreement.effective else None
    term = agreement.term
    if not isinstance(start, date) or term is None or term.initial is None:
        return None
    return last_day(start, term.initial)


def _written(when: date | str) -> str:
    if isinstance(when, date):
        return write("date", when, "en")
    return {
        "last-signature": "the day of the last signature",
        "conditions-met": "the day on which the conditions are met",
    }.get(when, when)
