"""The records of an agreement and a day in; how it had ended by then, out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from slacontracts.deadlines.case import Case, case_of
from slacontracts.deadlines.states import State
from slacontracts.errors import NotFoundError
from slacontracts.model.dates import corresponding_day
from slacontracts.model.life import Life
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import filed_of, life_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from slacontracts.compare.conformed import Ended

    How = Literal["expired", "terminated", "superseded", "lapsed"]

_ENDS = frozenset({State.EXPIRED, State.TERMINATED, State.SUPERSEDED, State.LAPSED})


def case_on(desk: Desk, place: AgreementPlace, at: date, known: date) -> Case:
    """Return where a signed agreement stood on a day, as known on another.

    Raises NotFoundError where it ended before it took effect.
    """
    life = life_in([one.record for one in filed_of(desk, place)])
    if life is None:
        raise NotFoundError(f"nothing of {place.id} is registered as signed")
    case = case_of(_known_by(life, known), at)
    standing = case.standing
    if standing.state in _ENDS and not standing.has_begun_or_will:
        assert standing.last is not None
        seen = seen_on(desk, known)
        if standing.last[0] >= seen:
            raise NotFoundError(
                f"as things stood on {seen}, {place.id} would come to its end on "
                f"{standing.last[0]}, before it takes effect, so no text of it would "
                f"be in force on {at}; see slacontracts registry show {place.id}"
            )
        raise NotFoundError(
            f"{place.id} came to its end on {standing.last[0]}, before it took effect, "
            "so no text of it was ever in force; see slacontracts registry show "
            f"{place.id}"
        )
    return case


def seen_on(desk: Desk, known: date) -> date:
    """Return on which day it is looked at: what comes later has not happened."""
    return min(known, desk.today or known)


def _known_by(life: Life, known: date) -> Life:
    """Return what was known of an agreement on a day."""
    return replace(
        life,
        signed=tuple(one for one in life.binding if one.signed_on <= known),
        missing_parties=(),
        conditions_met={
            name: day for name, day in life.conditions_met.items() if day <= known
        },
        terminations=tuple(one for one in life.terminations if one.received <= known),
    )


def ended_in(case: Case) -> Ended | None:
    """Return how an agreement had ended, and what goes on; None before its end."""
    from slacontracts.compare.conformed import Ended

    if case.standing.state not in _ENDS or case.standing.last is None:
        return None
    last, how = case.standing.last
    return Ended(
        case.today, last, cast("How", how.value), tuple(_survivals(case, last))
    )


def _survivals(case: Case, last: date) -> Iterator[tuple[str, date | None]]:
    for one in case.facts.survivals:
        until = corresponding_day(last, one.lasts) if one.lasts else None
        if one.key is not None and (until is None or case.today <= until):
            yield one.key, until


def services_ended(case: Case) -> tuple[tuple[str, date], ...]:
    """Return the services that had ended before the rest: names and last days."""
    end = case.standing.last[0] if case.standing.last else date.max
    return tuple(
        (case.facts.services.get(one.service, one.service), one.on)
        for one in case.life.terminations
        if one.service is not None and one.on < min(case.today, end)
    )
