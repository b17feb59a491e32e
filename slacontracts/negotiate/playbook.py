"""A proposal of the counterparty and the draft it is about in; advice in words out.

The advice is for us alone: whether it is better or worse for us, how far the library
lets us go, what stands in the way, and who must approve it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from slacontracts.checks.deviations import WALK_AWAY
from slacontracts.compose.outline import lock_on
from slacontracts.model.finding import Finding
from slacontracts.model.library import TemplateSource
from slacontracts.model.paths import split_path
from slacontracts.model.proposal import Proposal
from slacontracts.negotiate.case import (
    Case,
    adds_clause,
    library_clause,
    plain_words,
    roles_said,
)
from slacontracts.negotiate.playbook_values import approvers_of_value, on_value
from slacontracts.negotiate.playbook_wording import approvers_of_wording, on_wording

_SILENT: Final = frozenset({"comment", "formatting", "unplaced"})
_MOST_ERRORS: Final = 2


def advice(proposal: Proposal, case: Case) -> tuple[str, ...]:
    """Return what to know before a proposal is decided, a line each."""
    if proposal.change in _SILENT:
        return ()
    lines = (
        *on_value(proposal, case),
        *on_wording(proposal, case),
        *_on_locks(proposal, case),
        *_on_checks(case),
        *_on_approval(proposal, case),
        *_on_guidance(proposal, case),
    )
    return tuple(dict.fromkeys(lines))


def approvers(proposal: Proposal, case: Case) -> tuple[str, ...]:
    """Return the roles that must approve a proposal, were it accepted."""
    if proposal.change in _SILENT:
        return ()
    if proposal.path is not None:
        return approvers_of_value(proposal, case)
    return approvers_of_wording(proposal, case)


def _on_locks(proposal: Proposal, case: Case) -> Iterator[str]:
    template = next((one for one in case.chain if _locks(one, proposal)), None)
    if template is not None:
        title = template.template.title.get("en", template.name)
        yield (
            f"Touches a lock: the {template.template.level} template “{title}” does "
            "not let an agreement change it."
        )


def _locks(template: TemplateSource, proposal: Proposal) -> bool:
    """Tell whether a template locks what a proposal changes."""
    if proposal.path is None:
        key = proposal.clause
        is_there = key is not None and not adds_clause(proposal)
        return is_there and lock_on(key or "", (template,)) is not None
    steps = split_path(proposal.path)
    for lock in template.template.lock:
        if not lock.startswith("/"):
            continue
        locked = split_path(lock)
        pairs = zip(locked, steps, strict=False)
        if all(one in ("*", step) for one, step in pairs):
            return True
    return False


def _on_checks(case: Case) -> Iterator[str]:
    """Yield what would be wrong with the agreement then: the first messages."""
    messages, more = _first_messages(case.errors)
    for message in messages:
        yield f"Breaks a check: {message}."
    if more:
        yield f"Breaks {more} more checks."
    messages, more = _first_messages(case.errors_alone)
    rest = f" (and {more} more)" if more else ""
    if messages:
        yield (
            f"Alone it brings: {'; '.join(messages)}{rest}; not together with the "
            "other proposals."
        )


def _first_messages(errors: Iterable[Finding]) -> tuple[list[str], int]:
    """Return what the first errors say, and how many more there are."""
    others = (one for one in errors if one.code != WALK_AWAY.code)  # said before
    messages = list(dict.fromkeys(one.message.rstrip(".") for one in others))
    more = len(messages) - _MOST_ERRORS
    return (messages[:_MOST_ERRORS], more) if more > 1 else (messages, 0)


def _on_approval(proposal: Proposal, case: Case) -> Iterator[str]:
    roles = approvers(proposal, case)
    if roles:
        yield f"{roles_said(roles)[:1].upper()}{roles_said(roles)[1:]} must approve it."


def _on_guidance(proposal: Proposal, case: Case) -> Iterator[str]:
    """Yield what the library says on a clause to those who negotiate its wording."""
    known = library_clause(proposal, case)
    if known is None or proposal.path is not None:
        return
    if known.walk_away:
        yield f"We walk away from: {plain_words(known.walk_away)}"
    if known.guidance:
        yield f"Guidance: {plain_words(known.guidance)}"
