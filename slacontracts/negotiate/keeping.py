"""A proposal as it was read in; one that can be kept in a file of ours out.

A counterparty's words may hold what deceives: characters without a shape, or that turn
the order of others. They are shown by their names, and such words are never put into
an agreement by themselves.
"""

from typing import Final

from slacontracts.model.proposal import Edit, NewBlock, Occurrence, Proposal
from slacontracts.text import normalise, text_faults

_BREAKS: Final = str.maketrans({"\v": "\n", "\f": "\n"})
_SPACES: Final = str.maketrans(dict.fromkeys("\v\f\n\t", " "))
_LONGEST: Final = 20_000  # characters of one text that are kept


def keepable(proposal: Proposal) -> Proposal:
    """Return the proposal with words that every file can hold.

    Where its words deceive it keeps no edit and no value: a person must type them.
    """
    edits = tuple(_edit(one) for one in proposal.edits)
    is_plain = all(_is_plain(one) for one in (proposal.value or "", proposal.new))
    return proposal.model_copy(
        update={
            "place": shown(proposal.place),
            "old": shown(proposal.old),
            "new": shown(proposal.new),
            "around": shown(proposal.around),
            "author": shown(proposal.author),
            "date": shown(proposal.date),
            "comment": shown(proposal.comment),
            "occurrences": tuple(
                Occurrence(place=shown(o.place), old=shown(o.old), new=shown(o.new))
                for o in proposal.occurrences
            ),
            "edits": edits if is_plain else (),
            "value": proposal.value if is_plain else None,
        }
    )


def shown(text: str) -> str:
    """Return a text in which characters that deceive stand by their names.

    >>> shown("100\\u200b000")
    '100[U+200B]000'
    """
    text = normalise(text.translate(_BREAKS))[:_LONGEST]
    for at, _ in reversed(text_faults(text)):
        text = f"{text[:at]}[U+{ord(text[at]):04X}]{text[at + 1 :]}"
    return text


def _is_plain(text: str) -> bool:
    return len(text) < _LONGEST and not text_faults(text.translate(_BREAKS))


def _edit(edit: Edit) -> Edit:
    blocks = tuple(
        NewBlock(text=_in_line(one.text), level=one.level, is_item=one.is_item)
        for one in edit.blocks
    )
    texts = {"text": _in_line(edit.text), "title": _in_line(edit.title)}
    return edit.model_copy(update={**texts, "blocks": blocks})


def _in_line(text: str) -> str:
    """Return words of a clause, which has no line breaks and no tabs of its own."""
    return normalise(text.translate(_SPACES))
