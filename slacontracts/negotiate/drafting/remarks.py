"""Comments of a returned file and what was changed in; comments where they belong out.

A comment on changed words goes with their proposal; another one is a proposal of its
own. What was said in the file that was sent is not said again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from slacontracts.negotiate.drafting.drafts import Draft, readable_date
from slacontracts.negotiate.drafting.places import Place, Places
from slacontracts.negotiate.reading.views import Span, Text
from slacontracts.word.comments import Comment


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comment stands: in which text, and how far into what was sent."""

    text: Text
    span: Span
    sent: int
    order: int
    places: Places | None
    elsewhere: Place


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers. is_new: the first of them was not sent."""

    first: Comment
    said: tuple[Comment, ...]
    ids: frozenset[str]


def new_threads(
    sent: Sequence[Comment], returned: Sequence[Comment], spots: Mapping[str, Spot]
) -> tuple[Thread, ...]:
    """Return what was said since, by the comment that it begins with."""
    known = {_identity(one) for one in sent}
    returned = _with_parents(returned, spots)
    by_id = {one.id: one for one in returned}
    threads: dict[str, list[Comment]] = {}
    for one in returned:
        threads.setdefault(_first(one, by_id).id, []).append(one)
    out = []
    for number, comments in threads.items():
        fresh = tuple(one for one in comments if _identity(one) not in known)
        if fresh:
            ids = frozenset(one.id for one in comments)
            out.append(Thread(by_id[number], fresh, ids))
    return tuple(out)


def _with_parents(
    comments: Sequence[Comment], spots: Mapping[str, Spot]
) -> Sequence[Comment]:
    """Let what LibreOffice says about the same words answer the first comment on them.

    It keeps no answers apart: they are comments on the same words with later numbers.
    """
    if any(one.parent for one in comments):
        return comments
    first: dict[tuple[int, Span], str] = {}
    out = []
    for one in sorted(comments, key=lambda one: (len(one.id), one.id)):
        spot = spots.get(one.id)
        if spot is not None:
            parent = first.setdefault((spot.order, spot.span), one.id)
            one = replace(one, parent=parent if parent != one.id else "")
        out.append(one)
    return out


def _identity(one: Comment) -> tuple[str, str]:
    return one.author, " ".join(one.text.split())


def _first(one: Comment, by_id: Mapping[str, Comment]) -> Comment:
    seen = set()
    while one.parent in by_id and one.id not in seen:
        seen.add(one.id)
        one = by_id[one.parent]
    return one


def with_remarks(
    drafts: list[Draft], threads: Sequence[Thread], spots: Mapping[str, Spot]
) -> list[Draft]:
    """Return the drafts with what was said about them, and what was said alone."""
    out = list(drafts)
    for thread in threads:
        about = next((one for one in drafts if one.comments & thread.ids), None)
        said = "\n".join(one.said for one in thread.said)
        if about is not None:
            about.comment = f"{about.comment}\n{said}" if about.comment else said
        else:
            out.append(_alone(thread, spots))
    return out


def _alone(thread: Thread, spots: Mapping[str, Spot]) -> Draft:
    """Return a comment that is about words which nobody changed."""
    spot = next((spots[one] for one in sorted(thread.ids) if one in spots), None)
    first = thread.said[0]
    answers = thread.said[1:]
    is_reply = first.id != thread.first.id
    draft = Draft("comment", (9, 0, 0), "the comments", new=first.text)
    draft.author, draft.date = first.author, readable_date(first.date)
    earlier = (thread.first,) if is_reply else ()
    draft.comment = "\n".join(one.said for one in (*earlier, *answers))
    if spot is not None:
        place = spot.elsewhere
        if spot.places is not None and spot.places.text.lines:
            place = spot.places.of(spot.places.text.at(spot.sent))
        draft.at = (spot.order, spot.sent, spot.span[0])
        draft.place, draft.clause = place.said, place.clause
        draft.around = _about(spot)
    return draft


def _about(spot: Spot) -> str:
    start, stop = spot.span
    words = spot.text.read(start, stop).strip()
    if words or not spot.text.lines:
        return " ".join(words.split())
    return " ".join(spot.text.lines[spot.text.at(start)].shown.split())[:80]
