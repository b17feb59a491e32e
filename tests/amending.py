"""Small agreements typed as lines of text, and how they read under their labels."""

import re

from slacontracts.compose.digest import inline_text
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    ClauseOrigin,
    Column,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Row,
    Table,
    Term,
    Words,
)
from slacontracts.model.finding import Origin

ORIGIN = ClauseOrigin("corporate", "corporate/standard", "preferred", Origin("x.md"))


def agreement(*clauses: Clause, language: Language = "en") -> AgreementDocument:
    """Return an agreement of these clauses, by part in order of reading."""
    order = list(Part)
    data = Agreement(id="SLA-1", template="corporate/standard", language=language)
    ordered = tuple(sorted(clauses, key=lambda clause: order.index(clause.part)))
    return AgreementDocument(data, "Hosting Agreement", language, ordered)


def clause(key: str, text: str = "", part: Part = Part.CLAUSE) -> Clause:
    """Return a clause from lines of text; its title is its key.

    "- words" is an item, "-- words" one below it; "words" is text, "= words" text
    inside an item; "| a | b" is a row, "|! a | b" the headings of the rows below it,
    "|# a" a row that heads a group;
    "[#name]" at the end is an anchor; "<fees/cap>" a reference; "**Fee**" a term.
    """
    title = key.replace("-", " ").capitalize()
    return Clause(key, title, part, tuple(_blocks(text)), ORIGIN)


def _blocks(text: str) -> list[Block]:
    out: list[Block] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        mark, _, words = line.partition(" ")
        if mark == "|!":
            heads = [head.strip() for head in words.split("|")]
            columns = tuple(Column(head, 100 // len(heads)) for head in heads)
            out.append(Table("levels", columns, ()))
        elif mark in ("|", "|#"):
            texts = words.removesuffix("|").split("|")
            cells = tuple((_inlines(cell.strip()),) for cell in texts)
            row = Row(cells, is_group=mark == "|#")
            if out and isinstance(out[-1], Table):
                last = out.pop()
                assert isinstance(last, Table)
                out.append(Table(last.name, last.columns, (*last.rows, row)))
            else:
                columns = tuple(Column("Heading", 100 // len(cells)) for _ in cells)
                out.append(Table("levels", columns, (row,)))
        elif set(mark) == {"-"}:
            words, _, anchor = words.partition(" [#")
            out.append(Item(_inlines(words), len(mark), anchor.rstrip("]") or None))
        elif set(mark) == {"="}:
            out.append(Paragraph(_inlines(words), len(mark)))
        else:
            out.append(Paragraph(_inlines(line)))
    return out


def _inlines(text: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for piece in re.split(r"(<[^>]+>|\*\*[^*]+\*\*)", text):
        if piece.startswith("<"):
            out.append(Reference(piece[1:-1]))
        elif piece.startswith("**"):
            out.append(Term(piece[2:-2]))
        elif piece:
            out.append(Words(piece))
    return tuple(out)


def reads(document: NumberedDocument) -> list[str]:
    """Return how a document reads, a line for each heading, paragraph and row."""
    out: list[str] = []
    for one in document.document.clauses:
        out.append(f"{document.labels[one.key]} {one.title}".strip())
        printed = document.block_labels[one.key]
        for block, label in zip(one.blocks, printed, strict=True):
            if isinstance(block, Table):
                out += [
                    "| " + " | ".join(_cell(cell, document) for cell in row.cells)
                    for row in block.rows
                ]
            else:
                out.append(f"{label} {_line(block.inlines, document)}".strip())
    return out


def _cell(cell: tuple[tuple[Inline, ...], ...], document: NumberedDocument) -> str:
    return " / ".join(_line(line, document) for line in cell)


def _line(inlines: tuple[Inline, ...], document: NumberedDocument) -> str:
    return "".join(inline_text(inline, document) for inline in inlines)
