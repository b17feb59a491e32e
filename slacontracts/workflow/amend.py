"""A signed agreement, a day and a reason in; its next amendment, opened, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from slacontracts.errors import SourceError
from slacontracts.model.agreement import EVENTS
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import Signing
from slacontracts.source.addresses import address_fault
from slacontracts.source.write import remove_value, set_value
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import is_blank
from slacontracts.workflow.amendment_day import tell_of_day
from slacontracts.workflow.as_signed import (
    altered_at,
    is_last_signed,
    not_as_signed,
    recorded_signings,
    require_not_signed_since,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft
from slacontracts.workflow.edit import Edited, write_if_sound
from slacontracts.workflow.instrument import require_header
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.shelf import Shelf

_KEEPS: Final = "an agreement keeps its template and kind"
_FIXED: Final = {
    "/id": "the id of an agreement stays as it is",
    "/template": _KEEPS,
    "/kind": _KEEPS,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The amendment that was opened: its number, and what the agreement has now.

    included: where the agreement had been changed before, which is now part of it.
    """

    number: int
    edited: Edited
    included: tuple[str, ...] = ()


@one_at_a_time("amend")
def open_next_amendment(
    desk: Desk,
    agreement_id: str,
    effective: str,
    reason: str = "",
    *,
    include_changes: bool = False,
) -> Opened:
    """Open the next amendment of a signed agreement.

    effective: a day, last-signature or conditions-met. include_changes: what was
    changed since the signature, and nobody agreed to, becomes part of it. Raises
    SourceError where there is such a change and it does not, nothing is signed, an
    amendment is open already, or the day cannot be.
    """
    place = desk.workspace.agreement(agreement_id)
    signings = recorded_signings(desk, place)
    shelf = Shelf(desk)
    draft = compose_draft(shelf, place)
    if draft.source is None:
        raise SourceError(f"{place.file} cannot be read", draft.findings)
    text = desk.workspace.read(place.file).decode("utf-8-sig")
    included: tuple[str, ...] = ()
    if is_last_signed(desk, place, text, signings):
        text = remove_value(text, "/amendment")[0]  # closing it was interrupted
    else:
        require_none_open(place, draft.source.data, signings)
        included = altered_at(desk, place, signings, draft.source.data)
        if included and not include_changes:
            raise SourceError(_altered(place, included))
        _require_settable(draft, included)
    require_possible(desk, place, effective, reason, signings)
    header: dict[str, Any] = {
        "number": str(len(signings)),
        "effective": {"on": effective},
    }
    if not is_blank(reason):
        header["reason"] = reason.strip()
    edited = write_if_sound(shelf, draft, set_value(text, "/amendment", header))
    tell_of_day(desk, place, effective, signings)
    return Opened(len(signings), edited, included)


def _require_settable(draft: Draft, paths: Sequence[str]) -> None:
    """Refuse what was changed by hand where no command would have changed it."""
    file = draft.place.file
    for path in paths:
        fault = _FIXED.get(path)
        if fault is not None:
            fault = f"{path}: {fault}"
        elif draft.library is not None:
            fault = address_fault(path, draft.library.library.values)
        if fault is not None:
            raise SourceError(f"{file}: {fault}; take that back. Nothing was written")
    if paths and draft.library is None:
        raise SourceError(f"{draft.place.id} cannot be amended yet", draft.findings)


def _altered(place: AgreementPlace, paths: Sequence[str]) -> str:
    return (
        f"{not_as_signed(place, paths)}; take it back, or make it part of the "
        f"amendment: slacontracts amend {place.id} --effective DATE --include-changes"
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
