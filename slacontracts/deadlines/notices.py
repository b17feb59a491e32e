"""The last day for a notice and its recipient in; must arrive and send by, out.

What arrives on another day than a business day at the recipient's place, or after
office hours, counts on the next business day: where that is too late, the notice must
arrive before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from slacontracts.deadlines.places import is_known, unsettled_holidays, weeks_of
from slacontracts.model.dates import (
    business_days_before,
    last_business_day,
    next_business_day,
)
from slacontracts.model.key_facts import KnownParty, NoticeRules, NoticeWay

# The first sight of a moon moves a holiday by a day, and a holiday lasts some days.
_MOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sending:
    """A way to give a notice, and the last day for it, before the time if there is one.

    address: where it goes; "" where that is not known.
    """

    way: NoticeWay
    by: date
    before: str | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTimes:
    """By when a notice to one party must arrive, and be sent.

    to: the role of the party. last: the last calendar day. sendings: by the ways that
    the agreement allows, those that need most time first; empty where it says nothing
    of them. provisional: holidays near by whose day is only estimated. is_place_known:
    whether the weekend and holidays of its country were counted.
    """

    to: str
    name: str
    attention: str
    last: date
    must_arrive: date
    sendings: tuple[Sending, ...]
    provisional: tuple[tuple[date, str], ...] = ()
    is_place_known: bool = True

    @property
    def send_by(self) -> date:
        """The day by which it is sent in time whichever way is taken."""
        return min((one.by for one in self.sendings), default=self.must_arrive)


def notice_times(
    last: date, to: str, party: KnownParty, rules: NoticeRules | None
) -> NoticeTimes:
    """Return by when a notice to a party must arrive and be sent.

    last: the last calendar day on which it may be received. Where the country of the
    party is not known, it is early enough for each of the usual weeks.
    """
    weeks = weeks_of(party.country)
    must_arrive = min(last_business_day(last, week) for week in weeks)
    sendings = tuple(_sendings(must_arrive, party, rules)) if rules else ()
    first = min((one.by for one in sendings), default=must_arrive)
    return NoticeTimes(
        to=to,
        name=party.legal_name or "",
        attention=(party.notices.attention if party.notices else None) or "",
        last=last,
        must_arrive=must_arrive,
        sendings=sendings,
        provisional=unsettled_holidays(party.country, first - _MOON, last + _MOON),
        is_place_known=is_known(party.country),
    )


def received_on(arrives: date, party: KnownParty) -> date:
    """Return the day on which what arrives on a day counts as received by a party."""
    weeks = weeks_of(party.country)
    return max(next_business_day(arrives, week) for week in weeks)


def _sendings(
    must_arrive: date, party: KnownParty, rules: NoticeRules
) -> Iterator[Sending]:
    notices = party.notices
    post = (notices.post if notices else None) or party.address or ""
    email = (notices.email if notices else None) or ""
    if "courier" in rules.ways and rules.courier_days is not None:
        weeks = weeks_of(party.country)
        sent = min(
            business_days_before(must_arrive, rules.courier_days, week)
            for week in weeks
        )
        yield Sending("courier", sent, None, post)
    if "email" in rules.ways and email:
        yield Sending("email", must_arrive, rules.closes, email)
    if "hand" in rules.ways:
        yield Sending("hand", must_arrive, rules.closes, post)
