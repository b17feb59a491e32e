"""An agreement's id in; its drafts, what of them was signed, and its state, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.signing import Signing, said_of
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import draft_number
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import altered_without_amendment, recorded_signings
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.versions import saved_drafts


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A saved draft. signed: what it was signed as; a draft may have been so twice."""

    number: int
    saved: datetime
    author: str
    note: str
    signed: tuple[Signing, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The saved drafts, the first first, and the state of the text in hand.

    open_amendment: its number, and when it takes effect, as the file says.
    """

    drafts: tuple[DraftLine, ...]
    state: str
    has_unsaved_changes: bool
    open_amendment: tuple[str, str] | None


def versions_of(desk: Desk, agreement_id: str) -> Versions:
    """Return the versions of one agreement."""
    place = desk.workspace.agreement(agreement_id)
    signings = recorded_signings(desk, place)
    drafts = saved_drafts(desk, place)
    signed: dict[int, list[Signing]] = {}
    for signing in signings:
        number = len(saved_drafts(desk, place, signing.version))
        signed.setdefault(number, []).append(signing)
    lines = tuple(
        DraftLine(
            number,
            draft.when,
            draft.author,
            draft.message.removeprefix(f"{place.id}: "),
            tuple(signed.get(number, ())),
        )
        for number, draft in enumerate(drafts, 1)
    )
    source, _ = read_yaml(desk.workspace.read(place.file), place.file)
    data = source.data if source is not None else {}
    return Versions(
        lines,
        _state(desk, place, state_of(signings, data)),
        draft_number(desk.workspace, place).has_unsaved_changes,
        _opened(data.get("amendment")),
    )


def _state(desk: Desk, place: AgreementPlace, said: str) -> str:
    if altered_without_amendment(desk, place):
        return f"{said}, altered without an amendment"
    return said


def state_of(signings: Sequence[Signing], data: Any) -> str:
    """Return where an agreement is on its way, in words for a list.

    data: what its file says.
    """
    if not signings:
        return "draft"
    opened = _opened(data.get("amendment"))
    if opened is not None:
        return f"amendment {opened[0]} open".replace("  ", " ")
    last = signings[-1]
    said = f"{said_of(last.as_)} signed" if last.number else "signed"
    return said if last.effective_on else f"{said}, conditions not met"


def why_unreadable(file: str, error: SlaContractsError) -> tuple[Finding, ...]:
    """Return what is wrong with a file that an error says cannot be used."""
    given = error.findings if isinstance(error, SourceError) else ()
    origin = Origin(file)
    return given or (Finding(Severity.ERROR, "cannot-be-checked", str(error), origin),)


def _opened(header: Any) -> tuple[str, str] | None:
    """Return number and effect of the open amendment, as the file says, or None."""
    if header is None:
        return None
    fields = header if isinstance(header, dict) else {}
    effective = fields.get("effective")
    if isinstance(effective, dict):
        effective = effective.get("on")
    return str(fields.get("number") or ""), str(effective or "")
