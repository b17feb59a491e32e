"""A new wording that is asked for in; which of ours it is, and who approves, out."""

from collections.abc import Iterator
from typing import Final

from slacontracts.checks.deviations import FOR_WORDING, roles_on_wording
from slacontracts.model.clause import LibraryClause, Position
from slacontracts.model.proposal import Proposal
from slacontracts.negotiate.case import (
    Case,
    clause_words,
    library_clause,
    plain_words,
    roles_said,
)

_ENOUGH_WORDS: Final = 5  # for words to be known again in another wording


def on_wording(proposal: Proposal, case: Case) -> Iterator[str]:
    """Yield which wording of the library the new one is, and whether it is better."""
    key, known = proposal.clause, library_clause(proposal, case)
    if key is None or proposal.path is not None:
        return
    if known is None:
        yield (
            "A clause that the library does not have, so it gives no advice on its "
            "wording."
        )
        return
    if _is_left_out(proposal, case):
        yield "The clause would be left out, with its heading."
        return
    present = _present_position(key, case)
    equal = _equal_position(proposal, case)
    if equal is not None:
        at = known.positions.index(equal)
        yield f"Equals {_named(equal, at)}."
        if present is not None and present != at:
            yield _step(present, at, known, case)
        return
    part = _partly(proposal, known, case)
    if part is not None:
        yield f"Its words are those of {_named(part, known.positions.index(part))}."


def _named(position: Position, at: int) -> str:
    """Return what a position is called: with when to step down, and who approves."""
    if at == 0:
        return "the library's preferred wording"
    said = f"the position {position.key}"
    more = [f"when: {position.when.rstrip('.')}"] if position.when else []
    if position.approval:
        more.append(f"approved by {roles_said(position.approval)}")
    return f"{said} ({'; '.join(more)})" if more else said


def _present_position(key: str, case: Case) -> int | None:
    """Return the rung at which a clause stands now; None where it is on none."""
    known, clause = case.facts.library.clauses[key], case.facts.clauses.get(key)
    position = clause.origin.position if clause is not None else ""
    names = [one.key for one in known.positions]
    return names.index(position) if position in names else None


def _step(present: int, at: int, known: LibraryClause, case: Case) -> str:
    """Return whether a rung is better for us; they are ordered for who sells."""
    was = known.positions[present].key
    if not case.facts.is_contract:
        return f"Neutral for us: it takes the place of {was}."
    is_better = (at < present) == (case.our_side == "provider")
    return f"{'Better' if is_better else 'Worse'} for us than {was}, which stands now."


def _is_left_out(proposal: Proposal, case: Case) -> bool:
    if any(edit.what == "omit" for edit in proposal.edits):
        return True
    key, changed = proposal.clause or "", case.changed
    is_gone = changed is not None and key not in changed.clauses
    return is_gone and key in case.facts.clauses


def _equal_position(proposal: Proposal, case: Case) -> Position | None:
    """Return the position that a clause would say, word for word."""
    key, known = proposal.clause or "", library_clause(proposal, case)
    words = plain_words(proposal.new)
    present = case.facts.clauses.get(key)
    changed = case.changed.clauses.get(key) if case.changed is not None else None
    is_put_in = present is None or changed is None or changed.blocks != present.blocks
    if changed is not None and is_put_in:  # a lock keeps words out
        words = clause_words(changed.blocks, case.facts.numbered)
    written = case.positions.get(key, {})
    for position in known.positions if known is not None else ():
        if words and written.get(position.key) == words:
            return position
    return None


def _partly(proposal: Proposal, known: LibraryClause, case: Case) -> Position | None:
    """Return the one position that has the new words, where the present one has not."""
    words, key = plain_words(proposal.new), proposal.clause or ""
    clause = case.facts.clauses.get(key)
    present = (
        clause_words(clause.blocks, case.facts.numbered) if clause is not None else ""
    )
    if len(words.split()) < _ENOUGH_WORDS or words in present:
        return None
    written = case.positions.get(key, {})
    found = [one for one in known.positions if words in written.get(one.key, "")]
    return found[0] if found else None


def approvers_of_wording(proposal: Proposal, case: Case) -> tuple[str, ...]:
    """Return who consents to a wording; between departments nobody is asked."""
    if proposal.clause is None or not case.facts.is_contract:
        return ()
    known = library_clause(proposal, case)
    if known is None:
        return (FOR_WORDING,)
    if _is_left_out(proposal, case):
        return roles_on_wording(known)
    equal = _equal_position(proposal, case)
    if equal is None:
        return (FOR_WORDING,)
    is_first = equal == known.positions[0] or case.our_side == "customer"
    return () if is_first else equal.approval
