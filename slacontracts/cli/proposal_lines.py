"""Proposals in; the lines that a person reads of them out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from slacontracts.cli.session import note, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slacontracts.model.proposal import Kind, Proposal

# What the words beside a change are to it; where words moved, they say it themselves.
_BESIDE: Final[dict[Kind, str]] = {"insertion": "before: ", "relocation": ""}


def group_of(proposal: Proposal) -> str:
    """Return under what a proposal is listed."""
    untracked = "changed without tracking" if proposal.kind == "untracked" else ""
    return untracked or proposal.clause or proposal.place or "elsewhere"


def print_grouped(proposals: Sequence[tuple[int, Proposal]]) -> None:
    """Print proposals with the numbers of their turns, those of a clause together."""

    def key(one: tuple[int, Proposal]) -> tuple[int, str]:
        return one[0], group_of(one[1])

    for (turn, group), inside in groupby(proposals, key):
        say(f"{group} (turn {turn})")
        for _, proposal in inside:
            print_proposal(proposal)


def print_proposal(one: Proposal) -> None:
    """Print a proposal: what, where, by whom, and what speaks for it."""
    kind = one.kind if one.kind == one.change else f"{one.kind} {one.change}"
    where = one.path or one.place
    state = "" if one.disposition == "open" else f" [{one.disposition}]"
    say(f"  {one.number}  {kind}  {where}{state}")
    say(f"     {_words(one)}")
    if one.around and not one.path:
        say(f"     {_BESIDE.get(one.change, 'in: ')}{one.around}")
    for other in sorted(one.occurrences, key=lambda it: it.is_unchanged):
        came = ", unchanged" if other.is_unchanged else f" -> {other.new}"
        say(f"     {other.place}: {other.old}{came}")
    if one.author or one.date:
        say(f"     by {one.author or 'nobody named'}, {one.date[:10] or 'no date'}")
    for line in (*one.comment.splitlines(), *one.advice):
        say(f"     {line}")
    for decision in one.decisions[-1:]:
        reason = f": {decision.reason}" if decision.reason else ""
        say(f"     {one.disposition} by {decision.by}, {decision.on[:10]}{reason}")


def _words(one: Proposal) -> str:
    if one.old and one.new:
        return f"“{one.old}” -> “{one.new}”"
    if one.old:
        return f"without “{one.old}”"
    return f"“{one.new}”"


def tell_notices(notices: Iterable[str]) -> None:
    """Print what needs a look in a file that came back."""
    for line in notices:
        note(f"look: {line}")
