"""Paragraphs of headers, footers, notes and text boxes in; each once, as sent, out."""

from collections.abc import Sequence

from slacontracts.word.tracked_pieces import MarkedParagraph


def once(paragraphs: Sequence[MarkedParagraph]) -> list[MarkedParagraph]:
    """Return the paragraphs that say something, each text once.

    A program may repeat a header for every section, or for first pages.
    """
    found: dict[tuple[object, ...], MarkedParagraph] = {}
    for one in paragraphs:
        if any(piece.text.strip() for piece in one.pieces):
            found.setdefault(_identity(one), one)
    return list(found.values())


def in_order_of(
    sent: Sequence[MarkedParagraph], returned: Sequence[MarkedParagraph]
) -> list[MarkedParagraph]:
    """Return what came back in the order of what was sent, where only that changed."""
    places = {text_before(one): at for at, one in enumerate(sent)}
    texts = [text_before(one) for one in returned]
    if sorted(texts) != sorted(places):
        return list(returned)
    return sorted(returned, key=lambda one: places[text_before(one)])


def text_before(one: MarkedParagraph) -> str:
    """Return the text of a paragraph before the changes, as it is compared."""
    return "".join(piece.key for piece in one.pieces if piece.fate.was)


def _identity(one: MarkedParagraph) -> tuple[object, ...]:
    pieces: list[tuple[str, bool, bool]] = []
    for piece in one.pieces:
        state = piece.fate.was, piece.fate.now
        if pieces and pieces[-1][1:] == state:
            pieces[-1] = (pieces[-1][0] + piece.key, *state)
        else:
            pieces.append((piece.key, *state))
    return tuple(pieces), one.end.was, one.end.now
