"""Two versions of a line in; its words that stayed, came and went out."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from slacontracts.compose.digest import inline_text
from slacontracts.model.change import Fate, Piece
from slacontracts.model.document import Inline, NumberedDocument, Reference
from slacontracts.redline.words import steps, tokens_of

Token: TypeAlias = tuple[Hashable, str]

_FATES: Final[Mapping[str, Fate]] = {
    "same": "same",
    "del": "deleted",
    "ins": "inserted",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A line in words: what each says, and how it is printed."""

    said: tuple[Hashable, ...]
    printed: tuple[str, ...]


def tokens(line: Iterable[Inline], document: NumberedDocument) -> Tokens:
    """Return the words of a line; what a reference points to is one word.

    The number that a reference prints says nothing: it follows from the others. That
    what it points to is a schedule now, and was a clause, does.
    """
    out: list[Token] = []
    text = ""
    for inline in line:
        pieces = (
            document.references.get(inline.target)
            if isinstance(inline, Reference)
            else None
        )
        if pieces is None:
            text += inline_text(inline, document)
            continue
        for printed, target in pieces:
            if not target:
                text += printed
                continue
            out += [(one, one) for one in tokens_of(text)]
            out.append(((target, printed.rpartition(" ")[0]), printed))
            text = ""
    out += [(one, one) for one in tokens_of(text)]
    return Tokens(tuple(one for one, _ in out), tuple(one for _, one in out))


def changed_words(old: Tokens, new: Tokens) -> tuple[Piece, ...]:
    """Return how the old line became the new; what stayed reads as in the new."""
    if old.said == new.said:
        return whole(new, "same")
    out: list[tuple[Fate, list[str]]] = []
    for kind, i, j in steps(old.said, new.said):
        fate = _FATES[kind]
        text = old.printed[i] if fate == "deleted" else new.printed[j]
        if out and out[-1][0] == fate:
            out[-1][1].append(text)
        else:
            out.append((fate, [text]))
    return tuple(Piece(fate, "".join(texts)) for fate, texts in out)


def whole(line: Tokens, fate: Fate) -> tuple[Piece, ...]:
    """Return a line all of which had one fate."""
    return (Piece(fate, "".join(line.printed)),) if line.printed else ()


def tokens_of_cell(
    cell: Sequence[tuple[Inline, ...]], document: NumberedDocument
) -> Tokens:
    """Return the words of a cell, its lines apart."""
    lines = [tokens(line, document) for line in cell]
    said: list[Hashable] = []
    printed: list[str] = []
    for index, line in enumerate(lines):
        said += ["\n"] * (index > 0) + list(line.said)
        printed += ["\n"] * (index > 0) + list(line.printed)
    return Tokens(tuple(said), tuple(printed))


def title_words(title: str) -> Tokens:
    """Return the words of a heading."""
    words = tuple(tokens_of(title))
    return Tokens(words, words)
