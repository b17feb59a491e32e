"""What happened to an agreement, and a day, in; its state and its end out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from slacontracts.deadlines.foresight import (
    Era,
    ForeseenPeriod,
    eras_from,
    facts_on,
    foreseen_period,
)
from slacontracts.deadlines.in_force import effective_day
from slacontracts.deadlines.terms import TermPeriod
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, condition_name
from slacontracts.model.signing import ORIGINAL

NON_RENEWAL: Final = "non-renewal"  # the ground of a notice that prevents a renewal
AGREED: Final = "agreed"  # the parties end the agreement together
REPLACED: Final = "replaced"  # another agreement takes its place


class State(StrEnum):
    """Where a registered agreement is on its way."""

    PARTLY_SIGNED = "partly-signed"
    SIGNED_NOT_EFFECTIVE = "signed-not-effective"
    IN_FORCE = "in-force"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"


_BY_GROUND: Final = {NON_RENEWAL: State.EXPIRED, REPLACED: State.SUPERSEDED}

# In these nothing more comes due but what a signature or the end leaves to do.
NOT_GOING_ON: Final = frozenset(
    {
        *(State.PARTLY_SIGNED, State.EXPIRED, State.TERMINATED),
        *(State.SUPERSEDED, State.LAPSED),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands on a day, and what follows for its end.

    eras: what it says today, and from the days on which signed amendments take effect.
    start: when it takes effect, None while not known. period: of its term, with the end
    that those amendments give it, the last one after its end; None before its start is
    known. last: its last day and how it ends, where it has ended or will, unless
    something more happens; an agreement that renews by itself has none.
    """

    state: State
    eras: tuple[Era, ...]
    start: date | None
    period: TermPeriod | None
    last: tuple[date, State] | None

    @property
    def facts(self) -> KeyFacts:
        """The facts in force."""
        return self.eras[0].facts

    def facts_on(self, day: date) -> KeyFacts:
        """Return the facts in force on a day, today or later."""
        return facts_on(self.eras, day)

    @property
    def has_begun_or_will(self) -> bool:
        """Whether it takes effect before it ends, as things stand."""
        if self.start is None:
            return False
        return self.last is None or self.start <= self.last[0]

    @property
    def ends(self) -> date | None:
        """The last day as things stand: the end, or that of the current term."""
        term = self.period.last if self.period else None
        days = (self.last[0] if self.last else None, term)
        return min((day for day in days if day is not None), default=None)


def standing(life: Life, today: date) -> Standing:
    """Return where an agreement stands on a day.

    Raises ValueError for a life without any signed text.
    """
    if not life.signed:
        raise ValueError(f"nothing is signed of {life.agreement}")
    eras = eras_from(life, today)
    if not life.binding:
        return Standing(State.PARTLY_SIGNED, eras, None, None, None)
    start = effective_day(life, life.binding[0])
    # Whether it has ended follows from what it says today alone.
    term = None if start is None else foreseen_period(eras[:1], start, today)
    last = _last_day(life, eras[0].facts, term, today)
    if last is not None and last[0] < today:
        if start is not None:
            term = foreseen_period(eras[:1], start, last[0])
        return Standing(last[1], eras, start, term.period if term else None, last)
    if start is not None and len(eras) > 1:
        term = foreseen_period(eras, start, today)
        last = _last_day(life, eras[0].facts, term, today)
    is_reached = start is not None and start <= today
    reached = State.IN_FORCE if is_reached else State.SIGNED_NOT_EFFECTIVE
    return Standing(reached, eras, start, term.period if term else None, last)


def state(life: Life, today: date) -> State:
    """Return the state of an agreement on a day.

    Raises ValueError for a life without any signed text.
    """
    return standing(life, today).state


def _last_day(
    life: Life, facts: KeyFacts, term: ForeseenPeriod | None, today: date
) -> tuple[date, State] | None:
    """Return the first last day that is known and how it ends; None without one.

    Of ends on one day, the more telling is the first.
    """
    found = [
        (one.on, _BY_GROUND.get(one.ground, State.TERMINATED))
        for one in life.whole_terminations
    ]
    stop = facts.long_stop
    # Whether an agreement lapses is seen only when its long stop has passed.
    if stop is not None and stop < today and _is_open_after(life, facts, stop):
        found.append((stop, State.LAPSED))
    if term is not None and term.period.last is not None and not _renews(term.facts):
        found.append((term.period.last, State.EXPIRED))
    return min(found, key=lambda one: one[0], default=None)


def _renews(facts: KeyFacts) -> bool:
    return facts.term is not None and facts.term.renewal == "automatic"


def _is_open_after(life: Life, facts: KeyFacts, long_stop: date) -> bool:
    """Tell whether a condition of the agreement is not met by its long stop."""
    for condition in facts.conditions:
        day = life.conditions_met.get(condition_name(ORIGINAL, condition.key))
        day = day or condition.met_on
        if day is None or day > long_stop:
            return True
    return False
