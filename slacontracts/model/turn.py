"""One turn of a negotiation: a Word file that went out, or one that came back."""

from typing import Literal

from slacontracts.model.proposal import Proposal
from slacontracts.model.scalars import Count, SourceModel, YesNo


class Acknowledged(SourceModel):
    """Who has seen that words were changed without tracking, and when."""

    by: str
    on: str


class Turn(SourceModel):
    """`agreements/<customer>/<id>/turns/NNN.yaml`; the file lies beside it.

    party: with whom, a role of the parties, or us. on: when, as 2026-11-23T09:00:00Z.
    by: who sent or received it. name: of the Word file. digest: its SHA-256; it is kept
    as turns/<digest>.docx. version: the saved version whose text was sent. draft: the
    number of that draft. answers: of a file that came back, the number of the turn that
    it answers. is_stale: a newer one had been sent. is_clean_copy: nothing in it was
    tracked. notices: what needs a look, a line
    each.
    """

    number: Count
    direction: Literal["sent", "received"]
    party: str
    on: str
    by: str
    name: str
    digest: str
    version: str = ""
    draft: Count = 0
    answers: Count | None = None
    is_stale: YesNo = False
    is_clean_copy: YesNo = False
    note: str = ""
    notices: tuple[str, ...] = ()
    acknowledged: Acknowledged | None = None
    proposals: tuple[Proposal, ...] = ()

    @property
    def untracked(self) -> tuple[Proposal, ...]:
        """What was changed without tracking."""
        return tuple(
            one
            for one in self.proposals
            if one.kind == "untracked" or (self.is_clean_copy and one.is_of_words)
        )

    @property
    def waits(self) -> bool:
        """Whether somebody must still say that the untracked was seen."""
        return bool(self.untracked) and self.acknowledged is None
