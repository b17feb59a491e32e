"""A condition that was met, and what shows it, in; the record of it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.agreement import Condition
from slacontracts.model.life import Life, condition_name
from slacontracts.model.record import ConditionMet, Record
from slacontracts.model.signing import ORIGINAL, amendment_number
from slacontracts.store.register import Filed
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filing import (
    correction_of,
    file_record,
    new_record,
    notes_of_overtaking,
    registered_place,
)
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.paper import HandedIn, require_new, stored_path
from slacontracts.workflow.registered import (
    conditions_in,
    filed_of,
    life_in,
    signings_in,
)


@dataclass(frozen=True, slots=True)
class Met:
    """What a registrar says of a condition. key: amendment-1/permit of an amendment.

    correction: why, and by whose word, what was recorded of it before is put right.
    """

    key: str
    on: date
    evidence: HandedIn
    correction: Grant | None = None


@one_at_a_time("condition")
def record_condition(
    desk: Desk, agreement_id: str, met: Met, when: datetime
) -> tuple[Filed, tuple[str, ...]]:
    """Record that a condition was met; return the record, and which are still open.

    Raises NotFoundError for a condition that no signed text has, SourceError for a day
    that is to come, or, unless it is a correction, a condition that was met before.
    """
    place = registered_place(desk, agreement_id)
    records = [one.record for one in filed_of(desk, place)]
    life = life_in(records)
    if life is None or not life.binding:
        raise NotFoundError(
            f"{agreement_id} is not registered as signed, so none of its conditions is "
            "recorded; see slacontracts register --help"
        )
    as_, condition = _found(life, met.key)
    known = life.conditions_met.get(met.key) or condition.met_on
    if known is not None and met.correction is None:
        raise SourceError(
            f'it is registered already that the condition "{met.key}" was met on '
            f"{known}"
        )
    corrected = _corrected(records, met.key) if met.correction else None
    if met.on > when.date():
        raise SourceError(
            f"{met.on} is still to come; record the condition once it is met"
        )
    require_new([met.evidence], ())  # one report may show several conditions
    entry = ConditionMet(
        key=condition.key, on=met.on, evidence=stored_path(1, met.evidence.name)
    )
    why = correction_of(desk, met.correction, corrected, _said(corrected))
    record = new_record(
        desk, place, "condition-met", when, as_=as_, condition=entry, **why
    )
    filed = file_record(desk, record, {entry.evidence: met.evidence.data})
    if any(met.key in text.awaited for text in life.binding):
        _tell_effect(desk, place, as_, [*records, filed.record])
    return filed, tuple(_open(life, met.key))


@one_at_a_time("condition")
def void_condition(
    desk: Desk, agreement_id: str, key: str, correction: Grant, when: datetime
) -> Filed:
    """Record that a condition was not met, although an earlier record says so.

    Raises SourceError where no record says so.
    """
    place = registered_place(desk, agreement_id)
    corrected = _corrected([one.record for one in filed_of(desk, place)], key)
    assert corrected.condition is not None
    entry = corrected.condition.model_copy(update={"is_void": True})
    why = correction_of(desk, correction, corrected, _said(corrected))
    record = new_record(
        *(desk, place, "condition-met", when),
        as_=corrected.as_,
        condition=entry,
        **why,
    )
    return file_record(desk, record, {})


def _corrected(records: Sequence[Record], key: str) -> Record:
    """Return the record of a condition that counts, to be put right."""
    found = conditions_in(records).get(key)
    if found is None:
        raise SourceError(
            f'there is nothing to correct: no record says that the condition "{key}" '
            "was met; record it without --correct"
        )
    return found


def _said(record: Record | None) -> str:
    on = record.condition.on if record and record.condition else ""
    return f"that the condition was met on {on}"


def _tell_effect(
    desk: Desk, place: AgreementPlace, as_: str, records: Sequence[Record]
) -> None:
    """Tell what a text overtakes that now takes effect."""
    upto = amendment_number(as_) or 0
    signings = [one for one in signings_in(records) if one.number <= upto]
    if signings and signings[-1].effective_on is not None:
        for note in notes_of_overtaking(desk, place, signings):
            desk.warn(note)


def _found(life: Life, name: str) -> tuple[str, Condition]:
    found = _all(life)
    if name in found:
        return found[name]
    near = nearest(name, list(found))
    known = f"those are {', '.join(found)}" if found else "it has none"
    remedy = f'did you mean "{near}"?' if near else known
    raise NotFoundError(f'{life.agreement} has no condition "{name}"; {remedy}')


def _open(life: Life, now_met: str) -> Iterator[str]:
    """Yield the conditions that nobody has said to be met."""
    for name, (_, condition) in _all(life).items():
        is_met = name in life.conditions_met or condition.met_on is not None
        if name != now_met and not is_met:
            yield name


def _all(life: Life) -> dict[str, tuple[str, Condition]]:
    """Return the conditions of the signed texts, by the name of their record.

    Those too that nothing waits for: an agreement in force may lapse by one. A text
    of an amendment repeats those of the agreement itself.
    """
    found: dict[str, tuple[str, Condition]] = {}
    for text in life.binding:
        for one in text.facts.conditions:
            found[condition_name(ORIGINAL, one.key)] = (ORIGINAL, one)
        header = text.facts.amendment
        for one in header.conditions if header else ():
            found[condition_name(text.as_, one.key)] = (text.as_, one)
    return found
