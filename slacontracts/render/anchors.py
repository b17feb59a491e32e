"""A numbered document and a house style in; an anchor for each paragraph out.

The anchors run beside the paragraphs of the body of the file that `render_docx`
writes for the same arguments: cover, contents, clauses, signature page.
"""

from collections.abc import Iterator

from slacontracts.model.anchors import Anchor, AnchorMap, ValueSpan
from slacontracts.model.document import (
    Blank,
    Clause,
    Inline,
    NumberedDocument,
    Table,
    Value,
)
from slacontracts.model.program import Program
from slacontracts.render.docx import Rendering
from slacontracts.render.docx_body import contents_of
from slacontracts.render.docx_facts import Issue, values_of_facts
from slacontracts.render.docx_filling import fill_spans
from slacontracts.render.docx_numbering import ClauseNumbers
from slacontracts.render.docx_text import TextReader
from slacontracts.render.house_style import HouseStyle


def anchor_map(
    numbered: NumberedDocument,
    style: HouseStyle,
    *,
    version: str,
    execution: bool = False,
    digits: str = "latin",
    signature_anchors: str = "none",
) -> AnchorMap:
    """Return the anchor of every paragraph of the body, in the order of the file.

    The arguments are those of `render_docx`; its page numbers change no anchor.
    """
    issue = Issue(version, execution, digits, signature_anchors)
    rendering = Rendering(numbered, style, issue)
    part = rendering.direction.parts[style.main]
    anchors = [*_of_facts(part.text_before, rendering)]
    if rendering.contents:
        clauses = contents_of(numbered.document.clauses)
        anchors += [Anchor()] * (len(clauses) + bool(clauses))
    reader = TextReader(numbered)
    for clause in numbered.document.clauses:
        anchors += _of_clause(clause, rendering.numbers.clauses[clause.key], reader)
    return (*anchors, *_of_facts(part.text_after, rendering))


def _of_facts(program: Program, rendering: Rendering) -> Iterator[Anchor]:
    """Yield the anchors of what the house style prints before or after the body."""
    values = values_of_facts(rendering.numbered.document)
    spans = fill_spans(program, rendering.facts, values, file=rendering.style.file)
    for found in spans:
        yield Anchor(values=found)


def _of_clause(
    clause: Clause, numbers: ClauseNumbers, reader: TextReader
) -> Iterator[Anchor]:
    yield Anchor(clause.key, offset=_width(numbers.heading))
    after_table = False
    for at, (block, label) in enumerate(
        zip(clause.blocks, numbers.blocks, strict=True)
    ):
        if isinstance(block, Table):
            if after_table:
                yield Anchor()  # what keeps two tables apart
            yield from _of_table(clause.key, at, block, reader)
        else:
            offset = _width(label)
            spans = _spans(block.inlines, offset, reader)
            yield Anchor(clause.key, at, offset=offset, values=spans)
        after_table = isinstance(block, Table)


def _width(label: str | None) -> int:
    """Return how many characters a label that is written out takes, with its tab."""
    return 0 if label is None else len(label) + 1


def _of_table(
    clause: str, block: int, table: Table, reader: TextReader
) -> Iterator[Anchor]:
    if table.has_heading:
        for cell in range(len(table.columns)):
            yield Anchor(clause, block, -1, cell, 0)
    for at, row in enumerate(table.rows):
        cells = row.cells
        if row.is_group:  # one cell over the whole width
            cells = (tuple(line for cell in row.cells for line in cell),)
        for column, lines in enumerate(cells):
            for number, line in enumerate(lines or ((),)):
                spans = _spans(line, 0, reader)
                yield Anchor(clause, block, at, column, number, 0, spans)


def _spans(
    inlines: tuple[Inline, ...], start: int, reader: TextReader
) -> tuple[ValueSpan, ...]:
    """Return where values and blanks stand in a line; start: of its first character."""
    spans = []
    for one, text in zip(inlines, reader.pieces(inlines), strict=True):
        end = start + len(text)
        if isinstance(one, Value | Blank) and one.path:
            spans.append(ValueSpan(start, end, one.path, one.form))
        start = end
    return tuple(spans)
