"""Dates and states against a slow computation that walks from day to day.

It shares nothing with the product but the lists of public holidays.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import PARTIES, amended, life, signed

from slacontracts.deadlines.deadline import DeadlineKind
from slacontracts.deadlines.due import due
from slacontracts.deadlines.states import standing, state
from slacontracts.model.life import Life, Termination

A_DAY = timedelta(days=1)
WEEKENDS = {"AE": {5, 6}, "SA": {4, 5}, "KW": {4, 5}, "IE": {5, 6}, "NL": {5, 6}}
STARTS = st.dates(date(2023, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    [date(2026, 12, 1), date(2026, 8, 31), date(2028, 2, 29), date(2027, 1, 30)]
)


def month_of(day: date) -> int:
    return day.year * 12 + day.month


def is_last_day(day: date, start: date, months: int) -> bool:
    """Tell whether a term of months ends on a day, by the words of the term clause."""
    tomorrow = day + A_DAY
    if month_of(tomorrow) == month_of(start) + months and tomorrow.day == start.day:
        return True
    ends_month = tomorrow.month != day.month
    in_month = month_of(day) == month_of(start) + months
    return in_month and ends_month and day.day < start.day


def walked_ends(start: date, initial: int, period: int) -> Iterator[date]:
    """Yield the last days of the initial term and of its renewals."""
    day, months = start, initial
    while True:
        if is_last_day(day, start, months):
            yield day
            months += period
        day += A_DAY


def walked_back(end: date, months: int, days: int) -> date:
    """Return the day that lies months and days before another."""
    day = end
    if months:
        while month_of(day) > month_of(end) - months:
            day -= A_DAY
        while day.day > end.day:
            day -= A_DAY
    for _ in range(days):
        day -= A_DAY
    return day


def walked_to_business_day(day: date, country: str) -> date:
    closed = holidays.country_holidays(country, years=[day.year, day.year - 1])
    while day.weekday() in WEEKENDS[country] or day in closed:
        day -= A_DAY
    return day


@settings(max_examples=300)
@given(
    start=STARTS,
    initial=st.integers(1, 60),
    period=st.integers(1, 24),
    notice=st.tuples(st.integers(0, 6), st.integers(0, 200)).filter(any),
    later=st.integers(-60, 2000),
    country=st.sampled_from(sorted(WEEKENDS)),
    courier_days=st.integers(0, 5),
)
def test_notices_and_renewals_are_those_that_one_finds_from_day_to_day(
    start: date,
    initial: int,
    period: int,
    notice: tuple[int, int],
    later: int,
    country: str,
    courier_days: int,
) -> None:
    today = start + later * A_DAY
    stated = f"""\
effective: {{on: {start}}}
term: {{initial: P{initial}M, renewal: automatic, renewal_period: P{period}M, notice: P{notice[0]}M{notice[1]}D}}
notices_rules: {{courier_days: "{courier_days}"}}
"""
    facts = amended(stated, PARTIES.replace("AE", country))
    ends = walked_ends(start, initial, period)
    end = next(day for day in ends if day >= today)
    arrives = walked_to_business_day(walked_back(end, *notice), country)
    sent = arrives
    for _ in range(courier_days):
        sent = walked_to_business_day(sent - A_DAY, country)

    found = due(life(signed(facts, str(start - A_DAY))), today)

    renewal = next(one for one in found if one.kind is DeadlineKind.RENEWAL)
    first = next(
        one
        for one in sorted(found, key=lambda one: int(one.key.split("/")[0]))
        if one.kind is DeadlineKind.NOTICE and one.key.endswith("/customer")
    )
    assert renewal.on == end + A_DAY
    assert (first.on, first.act_by) == (arrives, sent)
    assert renewal.says.startswith("renews until")


@settings(max_examples=300)
@given(
    start=STARTS,
    initials=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    periods=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    effective=st.integers(0, 1500),
    later=st.integers(-60, 1500),
)
def test_the_end_of_a_term_is_the_first_last_day_by_what_is_in_force_on_it(
    start: date,
    initials: tuple[int, int],
    periods: tuple[int, int],
    effective: int,
    later: int,
) -> None:
    since, today = start + effective * A_DAY, start + later * A_DAY
    stated = [
        f"effective: {{on: {start}}}\nterm: {{initial: P{initial}M, "
        f"renewal: automatic, renewal_period: P{period}M}}\n"
        for initial, period in zip(initials, periods, strict=True)
    ]
    header = f"amendment: {{number: 1, effective: {{on: {since}}}}}\n"
    signed_on = str(start - 90 * A_DAY)
    lived = life(
        signed(amended(stated[0]), signed_on),
        signed(amended(stated[1] + header), signed_on, str(since), "amendment-1"),
    )
    before, after = (
        next(
            day
            for day in walked_ends(start, initial, period)
            if day >= max(today, earliest)
        )
        for initial, period, earliest in zip(
            initials, periods, (start, since), strict=True
        )
    )

    is_in_force = since <= today
    expected = after if is_in_force or since <= before else before
    assert standing(lived, today).ends == expected


ENDED = {"terminated", "superseded", "lapsed", "expired"}
SPANS = st.integers(0, 900).map(lambda days: days * A_DAY)
DAYS = st.none() | SPANS


@settings(max_examples=300)
@given(
    signed_on=STARTS,
    initial=st.integers(1, 18),
    renewal=st.sampled_from(["automatic", "by-agreement", "none"]),
    waits=st.booleans(),
    begins=SPANS,
    met=DAYS,
    stop=DAYS,
    terminated=DAYS,
    ground=st.sampled_from(["agreed", "replaced"]),
    later=SPANS,
)
def test_the_state_is_the_one_that_one_reaches_from_day_to_day(
    signed_on: date,
    initial: int,
    renewal: str,
    waits: bool,
    begins: timedelta,
    met: timedelta | None,
    stop: timedelta | None,
    terminated: timedelta | None,
    ground: str,
    later: timedelta,
) -> None:
    effective = "conditions-met" if waits else str(signed_on + begins)
    stated = f"effective: {effective}\n"
    stated += (
        f"term: {{initial: P{initial}M, renewal: {renewal}, renewal_period: P3M}}\n"
    )
    stated += "conditions: [{key: permit, says: a permit is given}]\n"
    if stop is not None:
        stated += f"long_stop: {signed_on + stop}\n"
    ended_on = None if terminated is None else signed_on + terminated
    lived = life(
        signed(amended(stated), str(signed_on)),
        conditions_met={} if met is None else {"permit": signed_on + met},
        terminations=()
        if ended_on is None
        else (Termination(ended_on, ground, signed_on),),
    )

    found = state(lived, signed_on + later)

    assert found.value == walked_state(
        lived,
        signed_on + later,
        start=(None if met is None else signed_on + met)
        if waits
        else signed_on + begins,
        met_on=None if met is None else signed_on + met,
        stop=None if stop is None else signed_on + stop,
        initial=initial,
        renews=renewal == "automatic",
    )


def walked_state(
    lived: Life,
    today: date,
    *,
    start: date | None,
    met_on: date | None,
    stop: date | None,
    initial: int,
    renews: bool,
) -> str:
    """Return the state after living through every day until today."""
    reached = "signed-not-effective"
    day = lived.signed[0].signed_on - A_DAY
    while day < today:
        yesterday, day = day, day + A_DAY
        if reached in ENDED:
            continue
        if any(one.on == yesterday for one in lived.terminations):
            grounds = {one.ground for one in lived.terminations}
            reached = "superseded" if "replaced" in grounds else "terminated"
        elif stop == yesterday and (met_on is None or met_on > yesterday):
            reached = "lapsed"
        elif start is not None and not renews and yesterday >= start:
            if is_last_day(yesterday, start, initial):
                reached = "expired"
        elif start == day:
            reached = "in-force"
        if reached == "signed-not-effective" and start is not None and day >= start:
            reached = "in-force"
    return reached
