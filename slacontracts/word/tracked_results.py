"""The pieces of a field's result in; a sign for what renews itself, and words, out.

Words that somebody tracked into a result are words of the text: Word would renew the
result over them, but who wrote them means them. A result that was rewritten inside goes
as a whole, and what it reads now comes in its place.
"""

from collections.abc import Sequence
from dataclasses import replace

from slacontracts.word.tracked_fates import Fate, Piece


def signed(pieces: Sequence[Piece], sign: str) -> list[Piece]:
    """Return the pieces of one result as they are compared."""
    first, last = 0, len(pieces)
    while first < last and _is_new(pieces[first]):
        first += 1
    while last > first and _is_new(pieces[last - 1]):
        last -= 1
    if first == last:  # the field itself is new
        first, last = 0, len(pieces)
    return [
        *map(_as_words, pieces[:first]),
        *_signed_core(pieces[first:last], sign),
        *map(_as_words, pieces[last:]),
    ]


def _is_new(piece: Piece) -> bool:
    return piece.fate.now and not piece.fate.was


def _as_words(piece: Piece) -> Piece:
    return replace(piece, key=piece.text)


def _signed_core(pieces: Sequence[Piece], sign: str) -> list[Piece]:
    if len({(one.fate.was, one.fate.now) for one in pieces if one.text}) < 2:
        shown = next((at for at, one in enumerate(pieces) if one.text), -1)
        return [
            replace(one, key=sign if at == shown else "")
            for at, one in enumerate(pieces)
        ]
    by = next(one.fate for one in pieces if not one.fate.is_same)
    came = Fate(False, True, by.author, by.date, row=by.row)
    comments = frozenset(name for one in pieces for name in one.comments)
    was = "".join(one.text for one in pieces if one.fate.was)
    now = "".join(one.text for one in pieces if one.fate.now)
    gone = replace(came, was=True, now=False)
    return [Piece(was, sign, gone, comments), Piece(now, now, came, comments)]
