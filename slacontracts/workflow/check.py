"""Ids of agreements in; everything that is wrong with them out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slacontracts.errors import SlaContractsError
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import ordered, read_draft
from slacontracts.workflow.internal_fault import internal_fault
from slacontracts.workflow.registered import REGISTER
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import why_unreadable


@dataclass(frozen=True, slots=True)
class Checked:
    """How many agreements were checked, and what was found; every fault once."""

    agreements: int
    findings: tuple[Finding, ...]


def _same_ids(places: Sequence[AgreementPlace]) -> Iterator[Finding]:
    first: dict[str, AgreementPlace] = {}
    for place in places:
        other = first.setdefault(place.id, place)
        if other is not place:
            message = (
                f"{other.folder} has the id {place.id} too; give one of them another, "
                "for the folder and in its agreement.yaml"
            )
            origin = Origin(place.file, path="/id")
            yield Finding(Severity.ERROR, "duplicate-id", message, origin)


def _of_record(desk: Desk, place: AgreementPlace) -> tuple[Finding, ...]:
    """Return what is wrong with the record of what was signed."""
    try:
        signings_of(desk, place)
    except SlaContractsError as error:
        return why_unreadable(REGISTER, error)
    return ()


def check_agreements(desk: Desk, ids: Sequence[str]) -> Checked:
    """Check agreements, all when none is named, and the libraries they use.

    An agreement that cannot be checked is one finding; the others are checked.
    """
    workspace = desk.workspace
    named = dict.fromkeys(workspace.agreement(name) for name in ids)
    places = tuple(named) or workspace.agreements()
    shelf = Shelf(desk)
    findings: list[Finding] = []
    for place in places:
        try:
            draft = read_draft(shelf, place)
        except SlaContractsError as error:
            if ids:
                raise
            origin = Origin(place.file)
            code = "cannot-be-checked"
            findings.append(Finding(Severity.ERROR, code, str(error), origin))
            continue
        except Exception as error:
            findings.append(internal_fault(place.file, error))
            continue
        findings.extend(draft.findings)
        findings.extend(_of_record(desk, place))
        if draft.library is not None:
            findings.extend(draft.library.findings)
    if not ids:
        findings.extend(shelf.library(None).findings)
        findings.extend(_same_ids(places))
    return Checked(len(places), ordered(findings))
