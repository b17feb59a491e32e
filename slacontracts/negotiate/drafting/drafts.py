"""What was found in an answer in; numbered proposals, in their order, out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from slacontracts.model.proposal import Edit, Kind, Occurrence, Proposal
from slacontracts.negotiate.reading.views import Change

Order: TypeAlias = tuple[int, int, int]


@dataclass(slots=True)
class Draft:
    """A proposal without its number.

    at: its order: of its story, how far into what was sent, how far into what came.
    comments: the ids of the comments about it; is_untracked: no mark says so.
    """

    change: Kind
    at: Order
    place: str
    old: str = ""
    new: str = ""
    clause: str = ""
    path: str | None = None
    value: str | None = None
    around: str = ""
    edits: tuple[Edit, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    author: str = ""
    date: str = ""
    comment: str = ""
    comments: set[str] = field(default_factory=set)
    is_untracked: bool = False

    def signed(self, *changes: Change) -> "Draft":
        """Say whose changes it is made of."""
        marked = [one for one in changes if not one.is_untracked]
        self.author = ", ".join(
            dict.fromkeys(one.author for one in marked if one.author)
        )
        self.date = next((readable_date(one.date) for one in marked if one.date), "")
        self.comments = {comment for one in changes for comment in one.comments}
        self.is_untracked = any(one.is_untracked for one in changes)
        return self


def readable_date(date: str) -> str:
    """Return a date as a file claims it, or "" where there is no such day."""
    return date if is_date(date) else ""


def is_date(date: str) -> bool:
    """Tell whether a text is a moment of a calendar."""
    try:
        return datetime.fromisoformat(date.replace("Z", "+00:00")).year >= 1980
    except ValueError:
        return False


def proposals(
    drafts: Iterable[Draft], first: int, *, is_clean_copy: bool
) -> tuple[Proposal, ...]:
    """Return the proposals: what was changed without tracking first, then by place.

    In a clean copy nothing was tracked, and nothing is hidden by that.
    """

    def order(draft: Draft) -> tuple[bool, Order]:
        return not draft.is_untracked or is_clean_copy, draft.at

    ordered: Sequence[Draft] = sorted(drafts, key=order)
    return tuple(
        _proposal(draft, first + at, is_clean_copy=is_clean_copy)
        for at, draft in enumerate(ordered)
    )


def _proposal(draft: Draft, number: int, *, is_clean_copy: bool) -> Proposal:
    is_hidden = draft.is_untracked and not is_clean_copy
    return Proposal(
        number=number,
        kind="untracked" if is_hidden else draft.change,
        change=draft.change,
        place=draft.place,
        path=draft.path,
        clause=draft.clause or None,
        old=draft.old,
        new=draft.new,
        around=draft.around,
        value=draft.value,
        edits=draft.edits,
        occurrences=draft.occurrences,
        author=draft.author,
        date=draft.date,
        comment=draft.comment,
    )
