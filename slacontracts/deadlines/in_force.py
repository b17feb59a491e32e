"""What happened to an agreement, and a day, in; what it says on that day, out."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from slacontracts.deadlines.facts import dump_facts
from slacontracts.errors import SlaContractsError
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, SignedText, condition_name
from slacontracts.source.three_ways import with_amendment
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml


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
    differs from the text that was signed before it. Where that means nothing without
    the earlier amendment, the facts are those of the last that counts.
    """
    facts = _as_text(dump_facts(texts[0].facts))
    try:
        for before, text in pairwise(texts):
            if text in counting:
                old, new = dump_facts(before.facts), dump_facts(text.facts)
                facts = with_amendment(facts, old, new)
        source, _ = read_yaml(facts, "the facts")
        return KeyFacts.model_validate(source.data if source else {})
    except (SlaContractsError, ValueError):
        return counting[-1].facts


def _as_text(facts: Mapping[str, Any]) -> str:
    return "".join(emit_field(name, value, 0) + "\n" for name, value in facts.items())
