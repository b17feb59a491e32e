"""A table as signed and as conformed in; the operations on rows and cells out."""

from collections.abc import Iterator
from dataclasses import replace

from slacontracts.compare.places import column_at, has_distinct_names, row_names
from slacontracts.compare.said import printed, seen_block, seen_cell, seen_row
from slacontracts.model.document import NumberedDocument, Paragraph, Row, Table
from slacontracts.model.operation import (
    Deleted,
    Inserted,
    Place,
    Replaced,
    Spot,
    Wording,
)

_RowOperation = Replaced | Deleted | Inserted


def inside_table(
    place: Place,
    spot: Spot,
    tables: tuple[Table, Table],
    base: NumberedDocument,
    conformed: NumberedDocument,
) -> tuple[_RowOperation, ...]:
    """Return what makes the new table of the old one.

    The whole table is replaced where a row cannot be named by its first words, where
    columns differ, or where most rows do.
    """
    old, new = tables
    if seen_block(old, "", base) == seen_block(new, "", conformed):
        return ()
    whole = Replaced(place, spot, Wording((new,), ("",)))
    if not _can_be_told(old, new):
        return (whole,)
    changes = _RowChanges(place, spot, tables, base, conformed)
    found = tuple(changes.found())
    if not found or 2 * changes.count > max(4, len(new.rows)):
        return (whole,)
    return found


def _can_be_told(old: Table, new: Table) -> bool:
    """Tell whether the change can be told row by row: by name, in the same order."""
    if (old.has_heading, [one.heading for one in old.columns]) != (
        new.has_heading,
        [one.heading for one in new.columns],
    ):
        return False
    if not (has_distinct_names(old.rows) and has_distinct_names(new.rows)):
        return False
    olds, news = row_names(old.rows), row_names(new.rows)
    kept = [name for name in olds if name in news]
    return bool(kept) and kept == [name for name in news if name in olds]


class _RowChanges:
    """The rows of a table, before and after."""

    def __init__(
        self,
        place: Place,
        spot: Spot,
        tables: tuple[Table, Table],
        base: NumberedDocument,
        conformed: NumberedDocument,
    ) -> None:
        self.place, self.spot = place, spot
        self.old, self.new = tables
        self.base, self.conformed = base, conformed
        self.count = 0

    def found(self) -> Iterator[_RowOperation]:
        """Yield what changes, rows that go before rows that come; count the rows."""
        olds = dict(zip(row_names(self.old.rows), self.old.rows, strict=True))
        news = dict(zip(row_names(self.new.rows), self.new.rows, strict=True))
        kept = next(name for name in news if name in olds)
        for name in olds:
            if name not in news:
                self.count += 1
                yield Deleted(self.place, self.row(name))
        last: tuple[str, str] | None = None
        for name, row in news.items():
            if name not in olds:
                after = self.row(last) if last else None
                before = None if last else self.row(kept)
                self.count += 1
                yield Inserted(self.place, self.wording(row), after, before)
            elif seen_row(olds[name], self.base) != seen_row(row, self.conformed):
                self.count += 1
                yield from self.of_row(name, olds[name], row)
            last = name

    def of_row(
        self, name: tuple[str, str], old: Row, new: Row
    ) -> Iterator[_RowOperation]:
        """Yield what changes in a row: some of its cells, else all of it."""
        changed = self.changed_cells(old, new)
        if not changed:
            yield Replaced(self.place, self.row(name), self.wording(new))
        for at in changed:
            heading = self.new.columns[at].heading
            spot = replace(self.row(name), kind="cell", column=heading)
            lines = tuple(Paragraph(line) for line in new.cells[at])
            yield Replaced(self.place, spot, Wording(lines, ("",) * len(lines)))

    def changed_cells(self, old: Row, new: Row) -> tuple[int, ...]:
        """Return the cells that change; none where the row is better said as a whole.

        Each must have a heading of its own; the first names the row.
        """
        shapes = {(one.is_group, len(one.cells)) for one in (old, new)}
        if shapes != {(False, len(self.new.columns))}:
            return ()
        changed = tuple(
            at
            for at, (was, now) in enumerate(zip(old.cells, new.cells, strict=True))
            if seen_cell(was, self.base) != seen_cell(now, self.conformed)
        )
        is_certain = all(
            at and column_at(self.new, self.new.columns[at].heading) == at
            for at in changed
        )
        is_part = len(changed) == 1 or len(changed) < len(new.cells) - 1
        lines = [line for at in changed for line in new.cells[at]]
        is_said = all(printed(line, self.conformed).strip() for line in lines)
        return changed if is_certain and is_part and is_said else ()

    def row(self, name: tuple[str, str]) -> Spot:
        group, own = name
        return replace(self.spot, kind="row", name=own, group=group)

    def wording(self, row: Row) -> Wording:
        return Wording((replace(self.new, rows=(row,)),), ("",))
