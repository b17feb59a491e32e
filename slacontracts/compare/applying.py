"""A text and operations in; the text with them worked in, and those held over, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.executed import omitted_clause, omitted_item
from slacontracts.compare.places import Body, column_at, row_names
from slacontracts.compose.numbering import labelled
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Row,
    Table,
)
from slacontracts.model.operation import (
    WHOLE,
    ClauseInserted,
    Deleted,
    Inserted,
    LabelledClause,
    Linked,
    Operation,
    PartReplaced,
    Place,
    Replaced,
    Retitled,
    Spot,
    Wording,
)


def apply(
    base: NumberedDocument, operations: Sequence[Operation]
) -> tuple[NumberedDocument, tuple[Operation, ...]]:
    """Return the text with the operations worked in, and those held over.

    An operation is held over when its place is not there, or not there alone: it
    amends what an amendment says that is not in effect.
    """
    text = _Text(base.document, tuple(_labelled(base)))
    held: list[Operation] = []
    for operation in operations:
        changed = text.after(operation)
        if changed is None:
            held.append(operation)
        else:
            text = changed
    return text.numbered(), tuple(held)


def labelled_clauses(
    document: NumberedDocument, part: Part
) -> tuple[LabelledClause, ...]:
    """Return the clauses of one part with their labels."""
    return tuple(one for one in _labelled(document) if one.clause.part is part)


def name_of_heading(one: LabelledClause) -> str:
    """Return by what a clause is known: its label; without one, its title."""
    return one.heading or one.clause.title


def _labelled(document: NumberedDocument) -> Iterator[LabelledClause]:
    for clause in document.document.clauses:
        key = clause.key
        yield LabelledClause(clause, document.labels[key], document.block_labels[key])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that is being amended."""

    document: AgreementDocument
    clauses: tuple[LabelledClause, ...]

    def numbered(self) -> NumberedDocument:
        clauses = tuple(one.clause for one in self.clauses)
        return labelled(
            replace(self.document, clauses=clauses),
            {one.clause.key: one.heading for one in self.clauses},
            {one.clause.key: one.labels for one in self.clauses},
        )

    def after(self, operation: Operation) -> "_Text | None":
        """Return the text after one operation; None when it has no place."""
        match operation:
            case ClauseInserted():
                return self.with_clause(operation)
            case PartReplaced(part, clauses):
                return self.with_part(part, clauses)
            case Retitled(None, title):
                return replace(self, document=replace(self.document, title=title))
            case _:
                return self.inside(operation)

    def with_clause(self, operation: ClauseInserted) -> "_Text | None":
        new = operation.new
        part = new.clause.part
        headings = {
            one.heading: at
            for at, one in enumerate(self.clauses)
            if one.clause.part is part
        }
        keys = {one.clause.key for one in self.clauses}
        if new.heading in headings or new.clause.key in keys:
            return None
        beside = operation.after or operation.before
        if beside:
            if beside not in headings:
                return None
            at = headings[beside] + bool(operation.after)
        else:
            at = sum(not _comes_after(one, part) for one in self.clauses)
        return replace(self, clauses=(*self.clauses[:at], new, *self.clauses[at:]))

    def with_part(
        self, part: Part, clauses: tuple[LabelledClause, ...]
    ) -> "_Text | None":
        others = [one for one in self.clauses if one.clause.part is not part]
        at = sum(not _comes_after(one, part) for one in others)
        return replace(self, clauses=(*others[:at], *clauses, *others[at:]))

    def inside(
        self, operation: Replaced | Deleted | Inserted | Retitled | Linked
    ) -> "_Text | None":
        place = operation.place
        assert place is not None
        found = [
            at
            for at, one in enumerate(self.clauses)
            if one.clause.part is place.part and name_of_heading(one) == place.heading
        ]
        if len(found) != 1 or is_placeholder(self.clauses[found[0]].clause):
            return None
        at = found[0]
        changed = self.changed(self.clauses[at], place, operation)
        if changed is None:
            return None
        return replace(
            self, clauses=(*self.clauses[:at], changed, *self.clauses[at + 1 :])
        )

    def changed(
        self,
        one: LabelledClause,
        place: Place,
        operation: Replaced | Deleted | Inserted | Retitled | Linked,
    ) -> LabelledClause | None:
        language = self.document.language
        if isinstance(operation, Retitled):
            return replace(one, clause=replace(one.clause, title=operation.title))
        if operation == Deleted(replace(place, item=""), WHOLE):
            taken = {other.clause.key for other in self.clauses}
            gone = omitted_clause(one.clause, taken, language)
            return replace(one, clause=gone, labels=())
        body = apply_inside(Body(one.clause.blocks, one.labels), operation, language)
        if body is None:
            return None
        return replace(
            one, clause=replace(one.clause, blocks=body.blocks), labels=body.labels
        )


def _comes_after(one: LabelledClause, part: Part) -> bool:
    order = tuple(Part)
    return order.index(one.clause.part) > order.index(part)


def apply_inside(
    body: Body, operation: Replaced | Deleted | Inserted | Linked, language: Language
) -> Body | None:
    """Return the body of a clause after one operation; None when it has no place."""
    item = operation.place.item
    match operation:
        case Linked():
            return _linked(body, operation)
        case Inserted():
            spot = operation.after or operation.before
            if spot is not None and spot.kind == "row":
                return _with_row(body, operation, spot)
            return _inserted(body, operation)
        case Replaced(_, Spot("row") as spot, wording):
            return _row_replaced(body, spot, _rows(wording))
        case Replaced(_, Spot("cell") as spot, wording):
            return _cell_replaced(body, spot, wording)
        case Deleted(_, Spot("row") as spot):
            return _row_replaced(body, spot, ())
    found = body.find(item, operation.spot)
    if found is None or (found[0] == found[1] and operation.spot.kind != "whole"):
        return None
    wording = Wording((), ())
    if isinstance(operation, Replaced):
        wording = operation.wording
    elif operation.spot.kind == "whole":
        old = body.blocks[found[0]]
        assert isinstance(old, Item)
        gone = omitted_item(old, language)
        wording = Wording((gone,), (body.labels[found[0]],))
    return body.with_wording(*found, wording)


def _linked(body: Body, operation: Linked) -> Body:
    """Name an item, and lead its references, where it still reads the same."""
    branch = body.item(operation.place.item)
    if branch is None:
        return body
    item = branch.block
    assert isinstance(item, Item)
    is_same = _around_references(item.inlines) == _around_references(operation.inlines)
    inlines = operation.inlines if is_same else item.inlines
    return body.with_block(branch.at, Item(inlines, item.level, operation.anchor))


def _around_references(line: tuple[Inline, ...]) -> str:
    return "".join(
        "\0" if isinstance(one, Reference) else str(getattr(one, "text", "\1"))
        for one in line
    )


def _inserted(body: Body, operation: Inserted) -> Body | None:
    """Insert items or definitions."""
    item = operation.place.item
    if operation.after is not None:
        found = body.find(item, operation.after)
        at = found[1] if found else None
    elif operation.before is not None:
        found = body.find(item, operation.before)
        at = found[0] if found else None
    else:
        found = body.find(item, Spot("whole"))
        at = found[1] if found else None
    if at is None:
        return None
    changed = body.with_wording(at, at, operation.wording)
    return changed if changed.has_distinct_labels() else None


def _rows(wording: Wording) -> tuple[Row, ...]:
    table = wording.blocks[0]
    assert isinstance(table, Table)
    return table.rows


def _row_at(body: Body, spot: Spot) -> tuple[int, int] | None:
    """Return where a table stands in the body, and a row in the table."""
    at = body.table(spot)
    if at is None:
        return None
    table = body.blocks[at]
    assert isinstance(table, Table)
    names = row_names(table.rows)
    if names.count((spot.group, spot.name)) != 1:
        return None
    return at, names.index((spot.group, spot.name))


def _row_replaced(body: Body, spot: Spot, rows: tuple[Row, ...]) -> Body | None:
    found = _row_at(body, spot)
    if found is None:
        return None
    at, index = found
    return _with_rows(body, at, index, index + 1, rows)


def _cell_replaced(body: Body, spot: Spot, wording: Wording) -> Body | None:
    found = _row_at(body, spot)
    if found is None:
        return None
    at, index = found
    table = body.blocks[at]
    assert isinstance(table, Table)
    row, column = table.rows[index], column_at(table, spot.column)
    if column is None or row.is_group or len(row.cells) != len(table.columns):
        return None
    lines = tuple(
        line.inlines for line in wording.blocks if isinstance(line, Paragraph)
    )
    cells = (*row.cells[:column], lines, *row.cells[column + 1 :])
    return _with_rows(body, at, index, index + 1, (replace(row, cells=cells),))


def _with_row(body: Body, operation: Inserted, spot: Spot) -> Body | None:
    found = _row_at(body, spot)
    if found is None:
        return None
    at, index = found
    index += operation.after is not None
    return _with_rows(body, at, index, index, _rows(operation.wording))


def _with_rows(
    body: Body, at: int, start: int, end: int, rows: tuple[Row, ...]
) -> Body:
    table = body.blocks[at]
    assert isinstance(table, Table)
    kept = (*table.rows[:start], *rows, *table.rows[end:])
    return body.with_block(at, replace(table, rows=kept))
