"""An agreement's id in; its clauses with numbers and origins out."""

from collections.abc import Iterator
from dataclasses import dataclass

from slacontracts.compose.digest import inline_text
from slacontracts.errors import SourceError
from slacontracts.model.document import Clause, Item, NumberedDocument
from slacontracts.workflow.as_signed import working_as_signed
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.shelf import Shelf


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One clause of the outline.

    label: as printed, "" where the clause has no number. level: which level brought
    it in; template: its name. items: (level, label, wording) of its numbered items.
    """

    label: str
    key: str
    title: str
    part: str
    level: str
    template: str
    position: str
    is_locked: bool
    items: tuple[tuple[int, str, str], ...]


def outline_agreement(desk: Desk, agreement_id: str) -> tuple[OutlineLine, ...]:
    """Return the outline of one agreement, in reading order."""
    place = desk.workspace.agreement(agreement_id)
    shelf = Shelf(desk)
    draft = compose_draft(shelf, place)
    if draft.composed is None:
        raise SourceError(
            f"{agreement_id} cannot be composed until the places above are mended",
            draft.findings,
        )
    numbered = working_as_signed(shelf, place, draft.composed).numbered
    return tuple(_line(clause, numbered) for clause in numbered.document.clauses)


def _line(clause: Clause, numbered: NumberedDocument) -> OutlineLine:
    origin = clause.origin
    return OutlineLine(
        numbered.labels[clause.key],
        clause.key,
        clause.title,
        clause.part.value,
        origin.level,
        origin.template,
        origin.position,
        origin.is_locked,
        tuple(_items(clause, numbered)),
    )


def _items(
    clause: Clause, numbered: NumberedDocument
) -> Iterator[tuple[int, str, str]]:
    labels = numbered.block_labels[clause.key]
    for block, label in zip(clause.blocks, labels, strict=True):
        if isinstance(block, Item):
            words = "".join(inline_text(inline, numbered) for inline in block.inlines)
            yield block.level, label, words
