"""What happened to an agreement, and a day, in; its state and facts in force out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final

from slacontracts.deadlines.facts import dump_facts
from slacontracts.deadlines.terms import TermPeriod, period_at
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, SignedText, condition_name
from slacontracts.model.signing import ORIGINAL

NON_RENEWAL: Final = "non-renewal"  # the ground of a notice that prevents a renewal
_ONE_DAY: Final = timedelta(days=1)


class State(StrEnum):
    """Where a registered agreement is on its way."""

    PARTLY_SIGNED = "partly-signed"
    SIGNED_NOT_EFFECTIVE = "signed-not-effective"
    IN_FORCE = "in-force"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"


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

    facts: those in force. start: when it takes effect, None while not known. period: of
    its term, the last one after its end; None before its start is known. last: its last
    day and how it ends, where it has ended or will, unless something more happens; an
    agreement that renews by itself has none.
    """

    state: State
    facts: KeyFacts
    start: date | None
    period: TermPeriod | None
    last: tuple[date, State] | None

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
    facts = facts_in_force(life, today)
    if not life.binding:
        return Standing(State.PARTLY_SIGNED, facts, None, None, None)
    start = effective_day(life, life.binding[0])
    period = None if start is None else period_at(start, facts.term, today)
    last = _last_day(life, facts, period, today)
    if last is None or last[0] >= today:
        is_reached = start is not None and start <= today
        reached = State.IN_FORCE if is_reached else State.SIGNED_NOT_EFFECTIVE
        return Standing(reached, facts, start, period, last)
    if start is not None:
        period = period_at(start, facts.term, last[0])
    return Standing(last[1], facts, start, period, last)


def state(life: Life, today: date) -> State:
    """Return the state of an agreement on a day.

    Raises ValueError for a life without any signed text.
    """
    return standing(life, today).state


def effective_day(life: Life, text: SignedText) -> date | None:
    """Return the day on which a signed text takes effect; None while not known.

    A text that waits for conditions takes effect with the last of them, and not before
    it is signed.
    """
    if text.effective is not None:
        return text.effective
    effective = text.facts.taking_effect
    on = effective.on if effective else None
    if on == "last-signature":
        return text.signed_on
    if on != "conditions-met":
        return on
    days = [met_on(life, text, one.key) for one in text.facts.awaited]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    return max(*known, text.signed_on)


def met_on(life: Life, text: SignedText, key: str) -> date | None:
    """Return the day on which a condition of a text was met; None while it is open."""
    recorded = life.conditions_met.get(condition_name(text.as_, key))
    if recorded is not None:
        return recorded
    amendment = text.facts.amendment
    said = amendment.conditions if amendment else text.facts.conditions
    return next((one.met_on for one in said if one.key == key), None)


def facts_in_force(life: Life, at: date) -> KeyFacts:
    """Return what the agreement says on a day, with the amendments in effect.

    Before it takes effect, that is what the first text says.
    """
    texts = life.binding or life.signed
    first, later = texts[0], texts[1:]
    counting = [one for one in later if _is_in_effect(life, one, at)]
    if not counting:
        return first.facts
    if len(counting) == texts.index(counting[-1]):
        return counting[-1].facts
    return _worked_in(texts, counting)


def _is_in_effect(life: Life, text: SignedText, at: date) -> bool:
    day = effective_day(life, text)
    return day is not None and day <= at


def _worked_in(texts: Sequence[SignedText], counting: Sequence[SignedText]) -> KeyFacts:
    """Return the facts where an earlier amendment does not count as yet.

    Each text repeats the whole agreement as it leaves it; what it changes is how it
    differs from the text that was signed before it.
    """
    facts = dump_facts(texts[0].facts)
    for before, text in pairwise(texts):
        if text in counting:
            facts = _changed(dump_facts(before.facts), dump_facts(text.facts), facts)
    return KeyFacts.model_validate(facts)


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], onto: Mapping[str, Any]
) -> dict[str, Any]:
    result = dict(onto)
    for name in {**old, **new}:
        was, now, here = old.get(name), new.get(name), onto.get(name)
        if was == now:
            continue
        if now is None:
            result.pop(name, None)
        elif isinstance(was, dict) and isinstance(now, dict) and isinstance(here, dict):
            result[name] = _changed(was, now, here)
        else:
            result[name] = now
    return result


def _last_day(
    life: Life, facts: KeyFacts, period: TermPeriod | None, today: date
) -> tuple[date, State] | None:
    """Return the first last day that is known and how it ends; None without one.

    Of ends on one day, the more telling is the first.
    """
    found = [
        (one.on, State.EXPIRED if one.ground == NON_RENEWAL else State.TERMINATED)
        for one in life.whole_terminations
    ]
    if life.superseded_on is not None:
        found.append((life.superseded_on - _ONE_DAY, State.SUPERSEDED))
    stop = facts.long_stop
    # Whether an agreement lapses is seen only when its long stop has passed.
    if stop is not None and stop < today and _is_open_after(life, facts, stop):
        found.append((stop, State.LAPSED))
    renews = facts.term is not None and facts.term.renewal == "automatic"
    if period is not None and period.last is not None and not renews:
        found.append((period.last, State.EXPIRED))
    return min(found, key=lambda one: one[0], default=None)


def _is_open_after(life: Life, facts: KeyFacts, long_stop: date) -> bool:
    """Tell whether a condition of the agreement is not met by its long stop."""
    for condition in facts.conditions:
        day = life.conditions_met.get(condition_name(ORIGINAL, condition.key))
        day = day or condition.met_on
        if day is None or day > long_stop:
            return True
    return False
