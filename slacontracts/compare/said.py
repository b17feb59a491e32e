"""Blocks and their document in; what a reader of the page sees of them out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from slacontracts.compose.digest import inline_text
from slacontracts.model.document import (
    Block,
    Inline,
    Item,
    NumberedDocument,
    Reference,
    Row,
    Table,
    Term,
    Words,
)

Seen: TypeAlias = tuple[object, ...]


def printed(line: Iterable[Inline], document: NumberedDocument) -> str:
    """Return how a line is printed, references by their labels."""
    return "".join(inline_text(inline, document) for inline in line)


def seen_block(block: Block, label: str, document: NumberedDocument) -> Seen:
    """Return what is seen of a block, and what the references of a text point to."""
    if isinstance(block, Table):
        headings = tuple(column.heading for column in block.columns)
        rows = tuple(seen_row(row, document) for row in block.rows)
        return "table", block.has_heading, headings, rows
    text = printed(block.inlines, document)
    if isinstance(block, Item):
        return "item", block.level, label, text
    return "paragraph", block.level, text, targets(block.inlines)


def seen_row(row: Row, document: NumberedDocument) -> Seen:
    """Return what is seen of a row."""
    return row.is_group, tuple(seen_cell(cell, document) for cell in row.cells)


def seen_cell(cell: Iterable[Sequence[Inline]], document: NumberedDocument) -> Seen:
    """Return what is seen of a cell, line by line."""
    return tuple((printed(line, document), targets(line)) for line in cell)


def seen(
    blocks: Sequence[Block], labels: Sequence[str], document: NumberedDocument
) -> tuple[Seen, ...]:
    """Return what is seen of blocks with their labels."""
    return tuple(
        seen_block(block, label, document)
        for block, label in zip(blocks, labels, strict=True)
    )


def targets(line: Iterable[Inline]) -> tuple[str, ...]:
    """Return what the references of a line point to."""
    return tuple(one.target for one in line if isinstance(one, Reference))


def first_words(row: Row) -> str:
    """Return the first line of a row's first cell; "" where it cannot name the row."""
    if not row.cells or not row.cells[0]:
        return ""
    line = row.cells[0][0]
    out = []
    for inline in line:
        if isinstance(inline, Reference):
            return ""
        if isinstance(inline, Term):
            out.append(f"“{inline.text}”")
        else:
            out.append(getattr(inline, "text", ""))
    return "".join(out).strip()


def as_printed(
    blocks: Sequence[Block], document: NumberedDocument, other: NumberedDocument
) -> tuple[Block, ...]:
    """Return blocks; references that another text prints otherwise become words."""

    def line(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        texts = [inline_text(one, document) for one in inlines]
        return tuple(
            Words(text) if text != inline_text(one, other) else one
            for one, text in zip(inlines, texts, strict=True)
        )

    return tuple(with_lines(block, line) for block in blocks)


def with_lines(
    block: Block, line: Callable[[Sequence[Inline]], tuple[Inline, ...]]
) -> Block:
    """Return a block with each of its lines changed."""
    if not isinstance(block, Table):
        return replace(block, inlines=line(block.inlines))
    rows = tuple(
        replace(row, cells=tuple(tuple(map(line, cell)) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=rows)
