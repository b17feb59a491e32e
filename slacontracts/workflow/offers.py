"""A counter to a proposal in; nothing out, or what is wrong with what we offer."""

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.library import Library
from slacontracts.model.proposal import Proposal
from slacontracts.source.addresses import rule_at
from slacontracts.source.agreement import type_value
from slacontracts.workflow.edit import meant_by


def require_value(
    proposal: Proposal, value: str, library: Library, agreement_id: str
) -> None:
    """Refuse a value where words are proposed, and one that is wrong at its address."""
    if proposal.path is None:
        raise SourceError(
            f"proposal {proposal.number} is about words, not about a value; offer "
            f"words with --text{_values_beside(proposal, library, agreement_id)}"
        )
    for path, meant in meant_by(proposal.path, value, library).items():
        rule = rule_at(path, library.values)
        if rule is None:
            continue
        try:
            type_value(rule, meant)
        except ValueError as error:
            raise SourceError(
                f"proposal {proposal.number}: {path}: {error}; nothing was written"
            ) from None


def _values_beside(proposal: Proposal, library: Library, agreement_id: str) -> str:
    """Return how the values of the same clause are set, where it has any."""
    clause = library.clauses.get(proposal.clause or "")
    if clause is None or not clause.values:
        return ""
    return (
        f", or set a value of the clause at its address ({', '.join(clause.values)}): "
        f"slacontracts set {agreement_id} ADDRESS=VALUE"
    )


def require_position(proposal: Proposal, position: str, library: Library) -> None:
    """Refuse a position that the clause of a proposal does not have."""
    clause = library.clauses.get(proposal.clause or "")
    if clause is None:
        raise SourceError(
            f"proposal {proposal.number} is not about a clause of the library, so no "
            "position can be offered; offer words with --text"
        )
    known = [one.key for one in clause.positions]
    if position not in known:
        raise NotFoundError(
            f'the clause "{clause.key}" has no position "{position}"; it has '
            f"{', '.join(known)}"
        )
