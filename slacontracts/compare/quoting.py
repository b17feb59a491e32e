"""New wording in; the same between quotation marks, as an amendment shows it, out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from slacontracts.compare.said import printed, with_lines
from slacontracts.model.document import (
    Block,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Table,
    Words,
)
from slacontracts.model.operation import (
    ClauseInserted,
    Inserted,
    LabelledClause,
    Operation,
    PartReplaced,
    Replaced,
)
from slacontracts.text import begins_sentence, capitalised

_EM_SPACE: Final = "\u2003"


class Quoting:
    """Quotes wording of the conformed text, references as they are printed there."""

    def __init__(self, conformed: NumberedDocument, opens: str, closes: str) -> None:
        self.conformed = conformed
        self.opens, self.closes = opens, closes

    def of(self, document: NumberedDocument) -> "Quoting":
        """Return what quotes wording of another text."""
        return Quoting(document, self.opens, self.closes)

    def wording_of(self, operation: Operation) -> Iterator[Block]:
        """Yield the new wording of an operation."""
        match operation:
            case Replaced() | Inserted():
                wording = operation.wording
                yield from self.quoted(wording.blocks, wording.labels)
            case ClauseInserted(new):
                yield from self.clause(new)
            case PartReplaced(_, clauses):
                for one in clauses:
                    yield from self.clause(one)

    def clause(self, new: LabelledClause) -> Iterator[Block]:
        """Yield a new clause, its heading first."""
        title = f"{new.heading}{_EM_SPACE}" if new.heading else ""
        heading = Paragraph((Words(title + new.clause.title, bold=True),))
        yield from self.quoted((heading, *new.clause.blocks), ("", *new.labels))

    def quoted(self, blocks: Sequence[Block], labels: Sequence[str]) -> Iterator[Block]:
        """Yield blocks with their labels; every run of text between its marks."""
        pairs = zip(self.plain(blocks), labels, strict=True)
        for is_table, run in groupby(pairs, lambda pair: isinstance(pair[0], Table)):
            if is_table:
                yield from (block for block, _ in run)
            else:
                yield from self.between_marks([_with_label(*pair) for pair in run])

    def between_marks(self, texts: list[Paragraph]) -> Iterator[Paragraph]:
        """Yield paragraphs, the first with an opening mark, the last with a closing."""
        first = texts[0]
        texts[0] = replace(first, inlines=(Words(self.opens), *first.inlines))
        last = texts[-1]
        texts[-1] = replace(last, inlines=(*last.inlines, Words(self.closes)))
        yield from texts

    def plain(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """Yield blocks without anchors; references become what they print."""
        for block in blocks:
            said = with_lines(block, self.line)
            yield replace(said, anchor=None) if isinstance(said, Item) else said

    def line(self, line: Sequence[Inline]) -> tuple[Inline, ...]:
        """Return a line whose references are the words that they print.

        One that begins a sentence begins with a capital, as it does in Word files.
        """
        out: list[Inline] = []
        before = ""
        for inline in line:
            text = printed((inline,), self.conformed)
            if isinstance(inline, Reference):
                begins = begins_sentence(before)
                out.append(Words(capitalised(text) if begins else text))
            else:
                out.append(inline)
            before = text or before
        return tuple(out)


def _with_label(block: Block, label: str) -> Paragraph:
    assert not isinstance(block, Table)
    number = (Words(f"{label}{_EM_SPACE}"),) if label else ()
    return Paragraph((*number, *block.inlines), max(1, block.level))
