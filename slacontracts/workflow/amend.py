"""A signed agreement, a day and a reason in; its next amendment, opened, out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from slacontracts.deadlines.states import standing
from slacontracts.errors import SourceError
from slacontracts.model.agreement import EVENTS
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import Signing, said_of
from slacontracts.source.write import remove_value, set_value
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import is_blank
from slacontracts.workflow.as_signed import (
    is_last_signed,
    recorded_signings,
    require_not_signed_since,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.edit import Edited, write_if_sound
from slacontracts.workflow.instrument import require_header
from slacontracts.workflow.registered import filed_of, life_in
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.turns import in_turn


@dataclass(frozen=True, slots=True)
class Opened:
    """The amendment that was opened: its number, and what the agreement has now."""

    number: int
    edited: Edited


@in_turn("amend")
def open_next_amendment(
    desk: Desk, agreement_id: str, effective: str, reason: str = ""
) -> Opened:
    """Open the next amendment of a signed agreement.

    effective: a day, last-signature or conditions-met. Raises SourceError where
    nothing is signed, an amendment is open already, or the day cannot be.
    """
    place = desk.workspace.agreement(agreement_id)
    signings = recorded_signings(desk, place)
    shelf = Shelf(desk)
    draft = compose_draft(shelf, place)
    if draft.source is None:
        raise SourceError(f"{place.file} cannot be read", draft.findings)
    text = desk.workspace.read(place.file).decode("utf-8-sig")
    if is_last_signed(desk, place, text, signings):
        text = remove_value(text, "/amendment")[0]  # closing it was interrupted
    else:
        require_none_open(place, draft.source.data, signings)
    require_possible(desk, place, effective, reason, signings)
    header: dict[str, Any] = {
        "number": str(len(signings)),
        "effective": {"on": effective},
    }
    if not is_blank(reason):
        header["reason"] = reason.strip()
    edited = write_if_sound(shelf, draft, set_value(text, "/amendment", header))
    _warn_of_overtaking(desk, effective, signings)
    _warn_of_end(desk, place, effective)
    return Opened(len(signings), edited)


def _warn_of_overtaking(
    desk: Desk, effective: str, signings: tuple[Signing, ...]
) -> None:
    """Tell of signed amendments that take effect only after the one that is opened."""
    day = desk.today if effective in EVENTS else read_day(effective)
    for one in signings[1:]:
        if day is not None and (one.effective_on is None or one.effective_on > day):
            since = one.effective_on or "the day on which its conditions are met"
            desk.warn(
                f"{said_of(one.as_)} takes effect only on {since}; an entry or clause "
                "that both change would bring its text into force earlier, so let "
                "this amendment take effect on that day or later, if you can"
            )


def _warn_of_end(desk: Desk, place: AgreementPlace, effective: str) -> None:
    """Tell where the agreement will have ended when the amendment takes effect."""
    life = life_in([one.record for one in filed_of(desk, place)])
    day = desk.today if effective in EVENTS else read_day(effective)
    if life is None or day is None:
        return
    last = standing(life, desk.today or day).last
    if last is not None and last[0] < day:
        desk.warn(
            f"{place.id} ends on {last[0]} as it stands, before the amendment takes "
            f"effect on {day}; name an earlier day, if the agreement is to go on"
        )


def require_none_open(
    place: AgreementPlace, data: Any, signings: tuple[Signing, ...]
) -> None:
    """Refuse a second open amendment, and one of what nobody signed."""
    if not signings:
        require_header(place, None, 0)
    require_not_signed_since(place, data, len(signings))
    header = data.get("amendment")
    if header is not None:
        number = header.get("number", "") if isinstance(header, dict) else ""
        name = f"amendment {number}".rstrip()
        raise SourceError(
            f"{name} of {place.id} is open, and only one can be at a time; go on with "
            f"it, or have it signed and register it: slacontracts register {place.id} "
            "--signed FILE"
        )


def require_possible(
    desk: Desk,
    place: AgreementPlace,
    effective: str,
    reason: str,
    signings: tuple[Signing, ...],
) -> None:
    """Refuse a day before the agreement itself, and one in the past without reason."""
    if effective in EVENTS:
        return
    try:
        day: date = read_day(effective)
    except ValueError as error:
        raise SourceError(
            f"{error}; or say last-signature, or conditions-met"
        ) from None
    start = signings[0].effective_on
    if start is not None and day < start:
        raise SourceError(
            f"the amendment would take effect on {day}, before {place.id} itself does, "
            f"on {start}; name that day or a later one"
        )
    if desk.today is not None and day < desk.today and is_blank(reason):
        raise SourceError(
            f"{day} is past; an amendment that reaches back says why: add --reason "
            '"Why it applies from that day"'
        )
