"""A clause as it was sent and the edits that were accepted in; its new blocks out.

What the edits leave alone stays alive: values, references and defined terms. One that
an edit touches lives on where the new words still hold it unchanged.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from slacontracts.errors import SourceError
from slacontracts.model.document import (
    Block,
    Clause,
    Inline,
    Item,
    Paragraph,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.model.proposal import Edit, NewBlock
from slacontracts.source.clause_text import quoted
from slacontracts.text import text_faults

# What each inline of a line shows in the Word file that was sent.
Pieces: TypeAlias = Callable[[tuple[Inline, ...]], Sequence[str]]
Asked: TypeAlias = tuple[int, Edit]  # the number of the proposal, and what it does

_SPACES: Final = re.compile(r"[\t\n\v\f\r]")
_DEFINED = re.compile(r"[“«\"]([^“”«»\"*]+)[”»\"]")


@dataclass(frozen=True, slots=True)
class Line:
    """The inlines of a block, and where each of them stands in its text."""

    inlines: tuple[Inline, ...]
    shown: tuple[str, ...]

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each inline begins, and where the last one ends."""
        found = [0]
        for text in self.shown:
            found.append(found[-1] + len(text))
        return tuple(found)

    @property
    def text(self) -> str:
        """What all of them show together."""
        return "".join(self.shown)

    @classmethod
    def of(cls, inlines: tuple[Inline, ...], pieces: Pieces) -> "Line":
        """Return inlines with what each of them shows."""
        return cls(inlines, tuple(pieces(inlines)))


class Spot(NamedTuple):
    """Where a new block comes: after a block, or before the first (None).

    number: of its proposal. at: its place among the blocks that come with it.
    """

    number: int
    clause: str
    after: int | None
    at: int

    @classmethod
    def of(cls, number: int, edit: Edit, at: int) -> "Spot":
        """Return the spot of a block that an edit brings."""
        return cls(number, edit.clause, None if edit.first else edit.block, at)


def revised_clause(
    clause: Clause,
    asked: Sequence[Asked],
    pieces: Pieces,
    moved: Mapping[Spot, Block] = MappingProxyType({}),
) -> tuple[Block, ...]:
    """Return the blocks of a clause with all edits made; none when it is left out.

    pieces: what each inline of a line shows; places in the edits count its characters.
    moved: blocks that stood elsewhere before, with all that lives in them.
    Raises SourceError, naming the proposals, when two of them want the same words, or
    one of them wants what no wording can hold.
    """
    ordered = sorted(asked, key=lambda one: (one[1].start, one[1].end, one[0]))
    _require_together(clause, ordered)
    if any(edit.what == "omit" for _, edit in asked):
        return ()
    deleted = {at for _, edit in asked for at in deleted_by(edit)}
    out = [*_inserted(asked, None, moved)]
    for at, block in enumerate(clause.blocks):
        if at not in deleted:
            out += _worded(block, at, ordered, pieces)
        out += _inserted(asked, at, moved)
    return tuple(in_levels(out))


def deleted_by(edit: Edit) -> range:
    """Return the blocks that an edit takes out."""
    if edit.what != "delete":
        return range(0)
    return range(edit.block, max(edit.block, edit.last or 0) + 1)


def _inserted(
    asked: Sequence[Asked], after: int | None, moved: Mapping[Spot, Block]
) -> Iterator[Block]:
    """Yield the blocks that come after a block, or before the first one."""
    for number, edit in sorted(asked, key=lambda one: one[0]):
        if edit.what != "insert":
            continue
        for at, new in enumerate(edit.blocks):
            spot = Spot.of(number, edit, at)
            if spot.after == after and new.text.strip():
                yield moved[spot] if spot in moved else block_of(number, new)


def block_of(number: int, new: NewBlock) -> Paragraph | Item:
    """Return a paragraph that a proposal brings."""
    inlines = tidied([Words(allowed(number, new.text))])
    if new.is_item:
        return Item(inlines, min(max(new.level, 1), 3))
    return Paragraph(inlines, min(new.level, 3))


def _worded(
    block: Block, at: int, ordered: Sequence[Asked], pieces: Pieces
) -> Iterator[Block]:
    """Yield a block with its words changed; nothing when none of them is left."""
    edits = [one for one in ordered if one[1].what == "words" and one[1].block == at]
    if not edits:
        yield block
        return
    if isinstance(block, Table):
        raise SourceError(
            f"proposal {edits[0][0]} changes words of a table, which is made from the "
            "data; change the data with slacontracts set, then accept it by hand"
        )
    line = Line.of(block.inlines, pieces)
    for number, edit in reversed(edits):
        line = spliced(line, edit.start, edit.end, allowed(number, edit.text))
    inlines = tidied(line.inlines)
    if inlines:
        yield replace(block, inlines=inlines)


def allowed(number: int, text: str) -> str:
    """Return new words as a source may hold them: line breaks become spaces."""
    text = _SPACES.sub(" ", text)
    for _, fault in text_faults(text)[:1]:
        raise SourceError(
            f"proposal {number} cannot be put into the text as it is: {fault}; counter "
            "it with the words typed again"
        )
    return text


def _require_together(clause: Clause, ordered: Sequence[Asked]) -> None:
    """Refuse edits that want the same words, or that do not fit the clause."""
    for number, edit in ordered:
        last = max(deleted_by(edit), default=edit.block)
        if edit.what != "omit" and last >= max(len(clause.blocks), 1):
            raise SourceError(
                f'proposal {number} is about a paragraph that "{clause.title}" does '
                "not have; it cannot be put into the text by itself"
            )
    for at, (number, edit) in enumerate(ordered):
        for other, second in ordered[at + 1 :]:
            if other != number and _collide(edit, second):
                raise SourceError(
                    f"proposals {min(number, other)} and {max(number, other)} change "
                    f'the same words of "{clause.title}"; accept one of them, and '
                    "reject or counter the other"
                )


def _collide(edit: Edit, other: Edit) -> bool:
    if "omit" in (edit.what, other.what):
        return True
    if edit.what == other.what == "words":
        is_one_place = edit.block == other.block
        return is_one_place and edit.start < other.end and other.start < edit.end
    gone = {*deleted_by(edit), *deleted_by(other)}
    if edit.what == other.what == "delete":
        return bool({*deleted_by(edit)} & {*deleted_by(other)})
    words = edit if edit.what == "words" else other
    return words.what == "words" and words.block in gone


def spliced(line: Line, start: int, end: int, text: str) -> Line:
    """Return a line with the characters from start to end replaced."""
    starts = line.starts
    spans = list(pairwise(starts))
    touched = [at for at, span in enumerate(spans) if _is_touched(span, start, end)]
    if not touched:  # between two inlines, or at an end
        at = next((at for at, one in enumerate(starts) if one >= start), len(spans))
        emphasis = _between(line.inlines, at)
        return _exchanged(line, at, at, [Words(text, *emphasis)], [text])
    first, last = touched[0], touched[-1]
    before = line.shown[first][: start - starts[first]]
    after = line.shown[last][end - starts[last] :]
    alive = [
        (line.inlines[at], line.shown[at])
        for at in touched
        if not isinstance(line.inlines[at], Words)
    ]
    emphasis = next((_emphasis(line.inlines[at]) for at in touched), (False, False))
    inlines: list[Inline] = []
    shown: list[str] = []
    head, tail = line.inlines[first], line.inlines[last]
    if isinstance(head, Words):
        inlines.append(replace(head, text=before))
        shown.append(before)
        before = ""
    is_tail = isinstance(tail, Words)
    for one, words in _revived(before + text + ("" if is_tail else after), alive):
        inlines.append(one if one is not None else Words(words, *emphasis))
        shown.append(words)
    if isinstance(tail, Words):
        inlines.append(replace(tail, text=after))
        shown.append(after)
    return _exchanged(line, first, last + 1, inlines, shown)


def lost_values(line: Line, start: int, end: int, text: str) -> Iterator[str]:
    """Yield the addresses of values in the place of which words are typed now."""
    left = Counter(
        one.path
        for one in spliced(line, start, end, text).inlines
        if isinstance(one, Value)
    )
    for inline, span in zip(line.inlines, pairwise(line.starts), strict=True):
        if not isinstance(inline, Value):
            continue
        left[inline.path] -= 1
        is_whole = start <= span[0] and span[1] <= end
        if left[inline.path] < 0 and (text.strip() or not is_whole):
            yield inline.path


def typed_over(
    clause: Clause, asked: Sequence[Asked], pieces: Pieces
) -> tuple[str, ...]:
    """Return the addresses of values that words of accepted edits replace."""
    found: list[str] = []
    for number, edit in asked:
        block = clause.blocks[edit.block] if edit.what == "words" else None
        if block is not None and not isinstance(block, Table):
            line, text = Line.of(block.inlines, pieces), allowed(number, edit.text)
            found += lost_values(line, edit.start, edit.end, text)
    return tuple(dict.fromkeys(found))


def _is_touched(span: tuple[int, int], start: int, end: int) -> bool:
    """Tell whether a change reaches into a span; at its edge it does not."""
    if start == end:
        return span[0] < start < span[1]
    return span[0] < end and start < span[1]


def _exchanged(
    line: Line, first: int, end: int, inlines: list[Inline], shown: list[str]
) -> Line:
    return Line(
        (*line.inlines[:first], *inlines, *line.inlines[end:]),
        (*line.shown[:first], *shown, *line.shown[end:]),
    )


def _revived(
    text: str, alive: Sequence[tuple[Inline, str]]
) -> Iterator[tuple[Inline | None, str]]:
    """Yield new words, with every living piece that they still hold in its place."""
    for inline, shown in alive:
        found = _found(shown, text) or _found(getattr(inline, "text", ""), text)
        if isinstance(inline, Term):  # it may have been renamed
            found = _found(shown, text) or _DEFINED.search(text)
            inline = inline if found is None else Term(_bare(found[0]))
        if found is None:
            continue
        yield None, text[: found.start()]
        yield inline, found[0]
        text = text[found.end() :]
    yield None, text


def _bare(term: str) -> str:
    return term.strip('“”«»"').strip()


def _found(shown: str, text: str) -> re.Match[str] | None:
    """Find what an inline showed, where no letter or digit has joined it."""
    if not shown:
        return None
    before = r"(?<!\w)(?<!\d[.,:/])" if shown[0].isalnum() else ""
    after = r"(?!\w)(?![.,:/]\d)" if shown[-1].isalnum() else ""
    return re.search(before + re.escape(shown) + after, text)


def _between(inlines: tuple[Inline, ...], at: int) -> tuple[bool, bool]:
    """Return the emphasis of words that come between two inlines."""
    before = _emphasis(inlines[at - 1]) if at else None
    after = _emphasis(inlines[at]) if at < len(inlines) else None
    sides = [one for one in (before, after) if one is not None]
    return min(sides, default=(False, False))


def _emphasis(inline: Inline) -> tuple[bool, bool]:
    if isinstance(inline, Words | Value):
        return inline.bold, inline.italic
    return False, False


def tidied(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return a line as composing gives it: joined words, no outer spaces."""
    joined: list[Inline] = []
    for one in inlines:
        for inline in _with_plain_edges(one):
            last = joined[-1] if joined else None
            if not isinstance(inline, Words):
                joined.append(inline)
            elif isinstance(last, Words) and _emphasis(last) == _emphasis(inline):
                joined[-1] = replace(last, text=last.text + inline.text)
            elif inline.text:
                joined.append(inline)
    out: list[Inline] = []
    before = ""
    for at, inline in enumerate(joined):
        if not isinstance(inline, Words):
            out.append(inline)
            before = "x"
            continue
        text = quoted(inline.text, before)
        before = text[-1:]
        text = text.lstrip() if at == 0 else text
        text = text.rstrip() if at == len(joined) - 1 else text
        out += [replace(inline, text=text)] if text else []
    return tuple(out)


def _with_plain_edges(inline: Inline) -> Iterator[Inline]:
    """Yield emphasised words without the spaces around them, which cannot be so."""
    if not isinstance(inline, Words) or not (inline.bold or inline.italic):
        yield inline
        return
    text = inline.text
    inner = text.strip()
    yield Words(text[: len(text) - len(text.lstrip())])
    if inner:
        yield replace(inline, text=inner)
        yield Words(text[len(text.rstrip()) :])


def in_levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, none of them deeper than what stands above it allows."""
    level = 0
    for block in blocks:
        if isinstance(block, Item):
            level = min(block.level, level + 1)
            yield replace(block, level=level)
        elif isinstance(block, Paragraph):
            level = min(block.level, level)
            yield replace(block, level=level)
        else:
            yield block
