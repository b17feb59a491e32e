"""Small documents typed as blocks, for everything that compares two of them."""

from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    ClauseOrigin,
    Column,
    Inline,
    Item,
    Paragraph,
    Row,
    Table,
    Words,
)
from slacontracts.model.finding import Origin

ORIGIN = ClauseOrigin(
    "corporate", "corporate/standard", "preferred", Origin("a.md", 1, 1)
)


def item(text: str, level: int = 1, anchor: str | None = None) -> Item:
    return Item((Words(text),), level, anchor)


def line(*inlines: Inline, level: int = 1) -> Item:
    return Item(inlines, level)


def paragraph(text: str, level: int = 0) -> Paragraph:
    return Paragraph((Words(text),), level)


def row(*cells: str, key: str = "") -> Row:
    return Row(tuple(((Words(cell),),) for cell in cells), key=key)


def table(name: str, *rows: list[str] | Row) -> Table:
    typed = tuple(one if isinstance(one, Row) else row(*one) for one in rows)
    count = max((len(one.cells) for one in typed), default=1)
    columns = tuple(Column(f"Column {n}", 100 // count) for n in range(1, count + 1))
    return Table(name, columns, typed)


def clause(
    key: str, *blocks: Block, title: str = "", part: Part = Part.CLAUSE
) -> Clause:
    return Clause(key, title or key.title(), part, blocks, ORIGIN)


def document(*clauses: Clause) -> AgreementDocument:
    agreement = Agreement.model_construct(id="SLA-1", template="corporate/standard")
    return AgreementDocument(agreement, "Service Level Agreement", "en", clauses)
