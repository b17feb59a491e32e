"""An agreement in; the list of what is still to be talked over, as a file, out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.errors import NotFoundError
from slacontracts.model.proposal import Proposal
from slacontracts.model.turn import Turn
from slacontracts.render.issues_list import (
    IssuesHead,
    issues_list_docx,
    issues_list_rows,
    issues_list_text,
)
from slacontracts.store.contents import file_at
from slacontracts.workflow.advising import owners
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.negotiation import negotiation_of
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import composed_version

_UNSETTLED: Final = frozenset({"open", "countered"})


@dataclass(frozen=True, slots=True)
class Issues:
    """The points of one answer that are not settled. owners: roles, by their number."""

    turn: Turn
    head: IssuesHead
    points: tuple[Proposal, ...]
    owners: Mapping[int, tuple[str, ...]]

    def docx(self) -> bytes:
        """Return the list as a Word file."""
        return issues_list_docx(self.head, self.points, self.owners)

    def text(self) -> str:
        """Return the list as text."""
        return issues_list_text(self.head, self.points, self.owners)

    def rows(self) -> list[dict[str, Any]]:
        """Return the list for programs."""
        return list(issues_list_rows(self.points, self.owners))


def issues_of(desk: Desk, agreement_id: str) -> Issues:
    """Return what is open in the last answer, and what we countered in it.

    Raises NotFoundError where nothing came back as yet.
    """
    place = desk.workspace.agreement(agreement_id)
    answers = [
        one for one in negotiation_of(desk, place).turns if one.direction == "received"
    ]
    if not answers:
        raise NotFoundError(
            f"nothing came back of {agreement_id} as yet, so nothing is open; read an "
            "answer with slacontracts receive FILE"
        )
    turn = answers[-1]
    points = tuple(
        one
        for one in turn.proposals
        if one.disposition in _UNSETTLED and one.kind != "formatting"
    )
    stated = composed_version(Shelf(desk), place, turn.version, turn.draft)
    source = file_at(desk.workspace.root, turn.version, place.file) or b""
    document = stated.document.document
    party = document.agreement.parties.get(turn.party)
    head = IssuesHead(
        agreement_id,
        document.title,
        (party.legal_name if party else None) or turn.party,
        f"turn {turn.number}, {turn.on[:10]}",
        document.language,
        document.organisation,
    )
    return Issues(turn, head, points, owners(stated, source, points))
