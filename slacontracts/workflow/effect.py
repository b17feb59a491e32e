"""A text and its signatures in; the day on which it takes effect, or why none, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slacontracts.errors import SourceError
from slacontracts.model.agreement import Agreement, Effective
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import (
    CONDITIONS_MET,
    LAST_SIGNATURE,
    Signing,
    said_of,
)
from slacontracts.store.workspace import AgreementPlace


@dataclass(frozen=True, slots=True)
class Execution:
    """The signing of a text: what it is, and the day of the last signature.

    before: what was signed before it. wish: when it takes effect, as a person says.
    """

    as_: str
    signed_on: date
    before: Sequence[Signing]
    wish: date | None = None

    @property
    def start(self) -> date | None:
        """The day on which the agreement itself takes effect, for an amendment."""
        return self.before[0].effective_on if self.before else None


def day_said(text: str) -> date:
    """Return a day that a person typed; raises SourceError when it is none."""
    try:
        day: date = read_day(text)
    except ValueError as error:
        raise SourceError(str(error)) from None
    return day


def require_past(party: str, day: date, today: date) -> None:
    """Refuse a day of signature that is still to come."""
    if day > today:
        raise SourceError(
            f"the {party} cannot have signed on {day}, which is still to come; "
            "correct --signed-on"
        )


def effect_of(
    place: AgreementPlace, agreement: Agreement, execution: Execution
) -> date | str:
    """Return when a text takes effect, as the text itself says, or the wish.

    That is CONDITIONS_MET where it waits for them. Raises SourceError where neither
    says it, both say it otherwise, or the day cannot be.
    """
    header = agreement.amendment
    effective = header.effective if header else agreement.effective
    said = effective.on if effective else None
    if said is None and execution.wish is None:
        path = "/amendment/effective/on" if header else "/effective/on"
        raise SourceError(
            f"{place.id} does not say when it takes effect; say --effective DATE, or "
            f"set {path} before it is signed"
        )
    if said == CONDITIONS_MET:
        _require_no_wish(execution, "when its conditions are met")
        return CONDITIONS_MET
    day = _with_last_signature(execution) if said == LAST_SIGNATURE else said
    if not isinstance(day, date):
        assert execution.wish is not None
        day = execution.wish
    elif execution.wish not in (None, day):
        _require_no_wish(execution, f"on {day}")
    if header is not None:
        _require_order(place, day, execution)
        _require_reason(place, effective, header.reason, day, execution.signed_on)
    return day


def _require_no_wish(execution: Execution, said: str) -> None:
    if execution.wish is not None:
        raise SourceError(
            f"the text itself says that it takes effect {said}, not on "
            f"{execution.wish}; leave --effective out"
        )


def _with_last_signature(execution: Execution) -> date:
    """Return when a text takes effect that does so when it is signed.

    An amendment does not do so before the agreement itself does.
    """
    start = execution.start
    return max(execution.signed_on, start) if start else execution.signed_on


def _require_order(place: AgreementPlace, day: date, execution: Execution) -> None:
    start = execution.start
    if start is not None and day < start:
        raise SourceError(
            f"{said_of(execution.as_)} would take effect on {day}, before {place.id} "
            f"itself does, on {start}; name that day or a later one"
        )


def _require_reason(
    place: AgreementPlace,
    effective: Effective | None,
    reason: str | None,
    day: date,
    signed_on: date,
) -> None:
    if day < signed_on and not reason and not (effective and effective.reason):
        raise SourceError(
            f"the amendment takes effect on {day}, before it is signed; say why: "
            f'slacontracts set {place.id} "/amendment/reason=..."'
        )
