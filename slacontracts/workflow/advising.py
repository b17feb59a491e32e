"""Proposals and the draft that they answer in; the same with advice on each out."""

from collections.abc import Callable
from dataclasses import replace

from slacontracts.compose.wordings import Wordings
from slacontracts.errors import SlaContractsError
from slacontracts.model.proposal import Decision, Proposal
from slacontracts.negotiate.case import Case, words_of_positions
from slacontracts.negotiate.playbook import advice, approvers
from slacontracts.workflow.applying import applied
from slacontracts.workflow.as_signed import compose_data
from slacontracts.workflow.deviations import facts_of
from slacontracts.workflow.draft import Draft, read_draft
from slacontracts.workflow.edit import new_errors
from slacontracts.workflow.versions import Stated

Progress = Callable[[int, int], None]
_TRIAL = Decision(verdict="accept", by="", on="")


def advised(
    stated: Stated,
    source: bytes,
    proposals: tuple[Proposal, ...],
    progress: Progress = lambda _done, _of: None,
) -> tuple[Proposal, ...]:
    """Return proposals with what there is to know before each is decided.

    stated: the draft that they answer; source: its agreement.yaml. Each is put in by
    way of trial, and the agreement checked as it then reads.
    """
    before = read_draft(stated.shelf, stated.place, source)
    case = _case(stated, source, proposals)
    joint = _put_in(stated, source, proposals)
    out = []
    for done, proposal in enumerate(proposals, 1):
        own = _tried(case, before, stated, source, proposal, joint)
        lines = advice(proposal, own)
        out.append(proposal.model_copy(update={"advice": lines}))
        progress(done, len(proposals))
    return tuple(out)


def owners(
    stated: Stated, source: bytes, proposals: tuple[Proposal, ...]
) -> dict[int, tuple[str, ...]]:
    """Return, by number, the roles that must approve proposals, were they accepted."""
    before = read_draft(stated.shelf, stated.place, source)
    case = _case(stated, source, proposals)
    return {
        one.number: approvers(one, _tried(case, before, stated, source, one))
        for one in proposals
    }


def _case(stated: Stated, source: bytes, proposals: tuple[Proposal, ...]) -> Case:
    saved = compose_data(stated.shelf, stated.place, source, "as it was sent")
    library = stated.library.library
    wordings = Wordings(stated.composed, library, stated.shelf.desk.settings)
    clauses = {one.clause for one in proposals if one.clause is not None}
    return Case(
        facts_of(stated.shelf, saved.draft),
        saved.composed.composition.chain,
        words_of_positions(wordings, clauses),
    )


def _tried(
    case: Case,
    before: Draft,
    stated: Stated,
    source: bytes,
    proposal: Proposal,
    joint: Draft | None = None,
) -> Case:
    """Return the case with what putting one proposal in would bring.

    joint: the draft with all proposals, where they can be put in together.
    """
    after = _put_in(stated, source, (proposal,))
    if after is None:
        return case  # it cannot be put in by itself; deciding says why
    changed = facts_of(stated.shelf, after) if after.composed is not None else None
    errors = new_errors(before, after)
    lasting = errors
    if joint is not None and joint.composed is not None:
        alone = new_errors(joint, after)
        lasting = [one for one in errors if one not in alone]
    passing = tuple(one for one in errors if one not in lasting)
    return replace(case, changed=changed, errors=tuple(lasting), errors_alone=passing)


def _put_in(
    stated: Stated, source: bytes, proposals: tuple[Proposal, ...]
) -> Draft | None:
    """Return the draft with proposals put in by way of trial, or None."""
    trials = [
        one.model_copy(update={"decisions": (_TRIAL,)})
        for one in proposals
        if one.edits or one.value is not None
    ]
    if not trials:
        return None
    try:
        text, _, _ = applied(stated, source.decode("utf-8-sig"), trials)
        return read_draft(stated.shelf, stated.place, text.encode())
    except SlaContractsError:
        return None
