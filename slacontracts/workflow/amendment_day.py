"""The day on which an amendment is to take effect in; what to know of it, told, out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from slacontracts.deadlines.states import standing
from slacontracts.model.agreement import EVENTS
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import Signing, said_of
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import filed_of, life_in


def effect_of(data: Any) -> str | None:
    """Return when the open amendment takes effect, as the file of an agreement says."""
    header = data.get("amendment")
    effective = header.get("effective") if isinstance(header, dict) else None
    on = effective.get("on") if isinstance(effective, dict) else effective
    return on if isinstance(on, str) else None


def tell_of_day(
    desk: Desk, place: AgreementPlace, effective: str, signings: Sequence[Signing]
) -> None:
    """Warn of signed amendments that come later, and of an end that comes before.

    effective: a day or an event, as it is typed. signings: what was signed before.
    """
    try:
        day = desk.today if effective in EVENTS else read_day(effective)
    except ValueError:
        return
    if day is not None:
        for note in (*_overtaken(day, signings), *_ended(desk, place, day)):
            desk.warn(note)


def _overtaken(day: date, signings: Sequence[Signing]) -> Iterator[str]:
    for one in signings[1:]:
        if one.effective_on is None or one.effective_on > day:
            since = one.effective_on or "the day on which its conditions are met"
            yield (
                f"{said_of(one.as_)} takes effect only on {since}; an entry or clause "
                "that both change would bring its text into force earlier, so let "
                "this amendment take effect on that day or later, if you can"
            )


def _ended(desk: Desk, place: AgreementPlace, day: date) -> Iterator[str]:
    life = life_in([one.record for one in filed_of(desk, place)])
    last = standing(life, desk.today or day).last if life is not None else None
    if last is not None and last[0] < day:
        yield (
            f"{place.id} ends on {last[0]} as it stands, before the amendment takes "
            f"effect on {day}; name an earlier day, if the agreement is to go on"
        )
