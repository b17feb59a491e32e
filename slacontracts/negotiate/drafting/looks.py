"""Marks of changed looks in; drafts of proposals that change no word out."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from slacontracts.negotiate.drafting.drafts import Draft, readable_date
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w
from slacontracts.word.revision_groups import group_marks
from slacontracts.word.revision_marks import Mark
from slacontracts.word.unseen import struck_texts, unseen_texts

_CAME_OR_WENT: Final = tuple(w(one) for one in ("ins", "del", "moveFrom", "moveTo"))
PlaceOf = Callable[[object], tuple[str, str, int]]


def drafts_of_looks(marks: Iterable[Mark], place_of: PlaceOf) -> list[Draft]:
    """Return the formatting that was changed with tracking on, once a paragraph.

    place_of: gives the place of a paragraph, its clause, and how far into the text.
    """
    staying = [one for one in marks if not _is_of_change(one.element)]
    found: dict[tuple[Any, str, str], Draft] = {}
    for group in group_marks(staying):
        details = group.details or "numbering"
        if group.kind == "formatting" and not group.details:
            continue
        paragraph = next(group.place.iterancestors(w("p")), None)
        if paragraph is None and group.place.tag == w("p"):
            paragraph = group.place
        known = found.get((paragraph, group.author, details))
        if known is not None:
            known.old += "" if group.old in known.old else f" … {group.old}"
            continue
        place, clause, at = place_of(paragraph)
        draft = Draft("formatting", (0, at, at), place, group.old, details, clause)
        draft.author, draft.date = group.author, readable_date(group.date)
        found[paragraph, group.author, details] = draft
    return list(found.values())


def drafts_of_unseen(
    sent: WordFile, returned: WordFile, place_of: Callable[[str], tuple[str, int]]
) -> list[Draft]:
    """Return text that was there and is struck out, hidden or white now, unmarked.

    place_of: gives the place of a text that was sent, and how far it is into it; text
    that is new, and has no place, stands in a proposal of its own.
    """
    out = []
    for find, said in ((struck_texts, "struck out"), (unseen_texts, "hidden")):
        before = " ".join(find(sent))
        for text in dict.fromkeys(find(returned)):
            place, at = place_of(text)
            if place and text not in before:
                draft = Draft("formatting", (0, at, at), place, text, said)
                draft.is_untracked = True
                out.append(draft)
    return out


def _is_of_change(element: Any) -> bool:
    return next(element.iterancestors(*_CAME_OR_WENT), None) is not None
