"""A new value that is asked for in; how it lies to our ranges, who approves, out."""

from collections.abc import Iterator
from typing import Any, Final

from slacontracts.checks.deviations import FOR_WORDING, is_binding, lies_beyond
from slacontracts.checks.facts import Facts
from slacontracts.checks.ranges import fits
from slacontracts.compare.impact import impact
from slacontracts.compare.plain_words import range_said
from slacontracts.model.change import Favour
from slacontracts.model.clause import ValueRule
from slacontracts.model.paths import look_up
from slacontracts.model.proposal import Proposal
from slacontracts.negotiate.case import Case
from slacontracts.source.agreement import type_value

_RANKS: Final = ("preferred", "fallback", "beyond", "walk-away")


def on_value(proposal: Proposal, case: Case) -> Iterator[str]:
    """Yield whom a new value favours, and how it lies to the ranges of the library."""
    if proposal.path is None:
        return
    if proposal.change == "conflict" and proposal.value is not None:
        yield f"Accepting it changes all {len(proposal.occurrences)} places."
    rule, value = _rule(proposal, case), _proposed(proposal, case)
    favour, words = _favour(proposal, case)
    if favour is not None:
        yield f"{favour.capitalize()} for us{f': {words}' if words else ''}."
    if rule is None or value is None:
        return
    rank = _rank(rule, value)
    if rank is None:
        yield from _not_compared(rule)
    elif rank == "preferred" and rule.preferred:
        yield f"Within the preferred range ({range_said(rule.preferred, rule)})."
    elif rank == "fallback" and rule.fallback:
        yield f"Within the fallback range ({range_said(rule.fallback, rule)})."
    elif rank == "beyond":
        last = rule.fallback or rule.preferred or ""
        name = "fallback" if rule.fallback else "preferred"
        yield f"Beyond the {name} range ({range_said(last, rule)})."
    elif rule.walk_away:
        yield (
            f"Beyond the walk-away line ({range_said(rule.walk_away, rule)}): nothing "
            f"but an exception that {FOR_WORDING} records helps."
        )


def _not_compared(rule: ValueRule) -> Iterator[str]:
    if rule.preferred:
        said = range_said(rule.preferred, rule)
        yield f"It cannot be said whether it lies in the preferred range ({said})."
    elif rule.approval:
        yield "The library has no range for it, and wants every value to be approved."


def _rule(proposal: Proposal, case: Case) -> ValueRule | None:
    """Return what the library says of a value, where that binds us."""
    rule = case.facts.library.values.get(_path(proposal, case))
    return rule if rule is not None and is_binding(rule, case.facts) else None


def _path(proposal: Proposal, case: Case) -> str:
    """Return the address that the library has of a value: a sum's, not its amount's."""
    path = proposal.path or ""
    whole = path.removesuffix("/amount")
    return whole if whole in case.facts.library.values else path


def _proposed(proposal: Proposal, case: Case) -> Any:
    """Return the value that is asked for, typed; None where there is none."""
    path = _path(proposal, case)
    rule = case.facts.library.values.get(path)
    if rule is None or proposal.value is None:
        return None
    if case.changed is not None:
        return _found(case.changed, path)
    for text in (proposal.value, proposal.value.partition(" ")[0]):  # "60 days"
        try:
            return type_value(rule, text)
        except ValueError:
            continue
    return None


def _found(facts: Facts, path: str) -> Any:
    try:
        return look_up(facts.data, path)
    except KeyError:
        return None


def _rank(rule: ValueRule, value: Any) -> str | None:
    """Return how far a value lies from what is preferred; None where nobody can say."""
    if lies_beyond(rule, value):
        return "walk-away"
    answers = [
        (name, fits(written, rule, value))
        for name, written in (
            ("preferred", rule.preferred),
            ("fallback", rule.fallback),
        )
        if written
    ]
    for name, answer in answers:
        if answer is None:
            return None
        if answer:
            return name
    return "beyond" if answers else None


def _favour(proposal: Proposal, case: Case) -> tuple[Favour | None, str]:
    """Return what a new value is for us, and why, as far as anybody can say."""
    path = _path(proposal, case)
    if case.changed is not None:
        found = [
            one
            for one in impact(case.facts, case.changed)
            if one.path and (f"{one.path}/").startswith(f"{path}/")
        ]
        favours = {getattr(one, case.our_side) for one in found} - {"neutral"}
        if len(favours) == 1:
            favour: Favour = favours.pop()
            words = next(
                one.words for one in found if getattr(one, case.our_side) == favour
            )
            return favour, words
        if found and not favours:
            return "neutral", found[0].words
    return _by_rank(proposal, case), ""


def _by_rank(proposal: Proposal, case: Case) -> Favour | None:
    """Return whether a value moves toward what is preferred, or away from it."""
    rule, value = _rule(proposal, case), _proposed(proposal, case)
    present = _found(case.facts, _path(proposal, case))
    if rule is None or value is None or present is None:
        return None
    ranks = [_rank(rule, one) for one in (present, value)]
    if None in ranks or ranks[0] == ranks[1]:
        return None
    was, now = (_RANKS.index(str(rank)) for rank in ranks)
    return "better" if now < was else "worse"


def approvers_of_value(proposal: Proposal, case: Case) -> tuple[str, ...]:
    """Return who must approve a new value; nobody, where it is preferred."""
    rule, value = _rule(proposal, case), _proposed(proposal, case)
    if rule is None or value is None:
        return ()
    rank = _rank(rule, value)
    if rank == "preferred" or (rank is None and rule.preferred):
        return ()
    more = (FOR_WORDING,) if rank == "walk-away" else ()
    return tuple(dict.fromkeys((*rule.approval, *more)))
