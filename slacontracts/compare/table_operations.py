"""A table as signed and as conformed in; the operations on its rows out."""

from collections.abc import Iterator
from dataclasses import replace

from slacontracts.compare.places import has_distinct_names, row_names
from slacontracts.compare.said import seen_block, seen_row
from slacontracts.model.document import NumberedDocument, Row, Table
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
    found = tuple(_RowChanges(place, spot, tables, base, conformed).found())
    if not found or 2 * len(found) > max(4, len(new.rows)):
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

    def found(self) -> Iterator[_RowOperation]:
        """Yield what changes, rows that go before rows that come."""
        olds = dict(zip(row_names(self.old.rows), self.old.rows, strict=True))
        news = dict(zip(row_names(self.new.rows), self.new.rows, strict=True))
        kept = next(name for name in news if name in olds)
        for name in olds:
            if name not in news:
                yield Deleted(self.place, self.row(name))
        last: tuple[str, str] | None = None
        for name, row in news.items():
            if name not in olds:
                after = self.row(last) if last else None
                before = None if last else self.row(kept)
                yield Inserted(self.place, self.wording(row), after, before)
            elif seen_row(olds[name], self.base) != seen_row(row, self.conformed):
                yield Replaced(self.place, self.row(name), self.wording(row))
            last = name

    def row(self, name: tuple[str, str]) -> Spot:
        group, own = name
        return replace(self.spot, kind="row", name=own, group=group)

    def wording(self, row: Row) -> Wording:
        return Wording((replace(self.new, rows=(row,)),), ("",))
