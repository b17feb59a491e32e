"""A clause as signed and as conformed in; the operations inside it out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from slacontracts.compare.applying import apply_inside
from slacontracts.compare.blocks import is_omitted
from slacontracts.compare.branches import Branch
from slacontracts.compare.places import Body, span
from slacontracts.compare.said import Seen, as_printed, seen, targets
from slacontracts.compare.table_operations import inside_table
from slacontracts.model.document import Item, NumberedDocument, Table
from slacontracts.model.operation import (
    LEAD,
    WHOLE,
    Deleted,
    Inserted,
    Linked,
    Place,
    Replaced,
    Spot,
    Wording,
)

Inside = Replaced | Deleted | Inserted | Linked


def inside_clause(
    place: Place,
    old: Body,
    new: Body,
    base: NumberedDocument,
    conformed: NumberedDocument,
) -> tuple[Inside, ...]:
    """Return what makes the new body of the old one; all of it, when in doubt."""
    if old == new and base.references == conformed.references:
        return ()
    # What a reader has on paper does not follow a clause that moves.
    on_paper = Body(as_printed(old.blocks, base, conformed), old.labels)
    return tuple(_Change(place, on_paper, new, base, conformed).operations())


@dataclass(frozen=True, slots=True)
class _Change:
    """One clause, before and after."""

    place: Place
    old: Body
    new: Body
    base: NumberedDocument
    conformed: NumberedDocument

    def operations(self) -> list[Inside]:
        """Return the operations, the smallest that say enough."""
        if not self.old.has_distinct_labels() or not self.new.has_distinct_labels():
            return [] if self.is_same() else [self.replaced_whole()]
        found: list[Inside] = []
        if not self.is_same():
            found = [*self.at_the_top(), *self.below(self.place, None, None)]
            changed = self.old_after(found)
            if changed is None or self.seen_of(changed) != self.seen_of(self.new):
                found = [self.replaced_whole()]
        return [*found, *self.links(self.old_after(found) or self.old)]

    def is_same(self) -> bool:
        """Tell whether a reader of the page sees no difference."""
        before = seen(self.old.blocks, self.old.labels, self.base)
        return before == self.seen_of(self.new)

    def seen_of(self, body: Body) -> tuple[Seen, ...]:
        """Return what is seen of a body in the conformed text."""
        return seen(body.blocks, body.labels, self.conformed)

    def replaced_whole(self) -> Inside:
        """Return the replacement of all that stands under the heading."""
        wording = Wording(self.new.blocks, self.new.labels)
        return Replaced(self.place, WHOLE, wording)

    def old_after(self, found: Sequence[Inside]) -> Body | None:
        """Return what the operations make of the old body."""
        body: Body | None = self.old
        for operation in found:
            if body is None:
                return None
            body = apply_inside(body, operation, self.conformed.document.language)
        return body

    def at_the_top(self) -> Iterator[Inside]:
        """Yield what changes in the lead, the definitions and the tables."""
        yield from self.lead("")
        yield from self.definitions()
        if len(self.old.tables) != len(self.new.tables):
            return
        for at, (i, j) in enumerate(zip(self.old.tables, self.new.tables, strict=True)):
            was, now = self.old.blocks[i], self.new.blocks[j]
            assert isinstance(was, Table)
            assert isinstance(now, Table)
            spot = Spot("table", table=at + 1, tables=len(self.old.tables))
            yield from inside_table(
                self.place, spot, (was, now), self.base, self.conformed
            )

    def lead(self, item: str) -> Iterator[Inside]:
        """Yield what changes in the words before an item, table or definition."""
        place = replace(self.place, item=item)
        was, now = self.old.find(item, LEAD), self.new.find(item, LEAD)
        if was is None or now is None:
            return
        if self.seen_part(self.old, was, self.base) != self.seen_part(
            self.new, now, self.conformed
        ):
            wording = self.new.wording(*now)
            yield (
                Replaced(place, LEAD, wording)
                if wording.blocks
                else Deleted(place, LEAD)
            )

    def seen_part(
        self, body: Body, part: tuple[int, int], document: NumberedDocument
    ) -> tuple[Seen, ...]:
        """Return what is seen of some of the blocks of a body."""
        wording = body.wording(*part)
        return seen(wording.blocks, wording.labels, document)

    def definitions(self) -> Iterator[Inside]:
        """Yield what changes in the definitions of a clause."""
        olds, news = self.old.definitions(), self.new.definitions()
        for term in olds:
            if term not in news:
                yield Deleted(self.place, Spot("definition", term))
        last = ""
        for term, part in news.items():
            wording = self.new.wording(*part)
            if term not in olds:
                yield self.new_definition(wording, last, news, olds)
            elif self.seen_part(self.old, olds[term], self.base) != self.seen_part(
                self.new, part, self.conformed
            ):
                yield Replaced(self.place, Spot("definition", term), wording)
            last = term

    def new_definition(
        self,
        wording: Wording,
        last: str,
        news: Mapping[str, object],
        olds: Mapping[str, object],
    ) -> Inside:
        if last:
            return Inserted(self.place, wording, after=Spot("definition", last))
        following = next((term for term in news if term in olds), "")
        return Inserted(self.place, wording, before=Spot("definition", following))

    def below(
        self, place: Place, old: Branch | None, new: Branch | None
    ) -> Iterator[Inside]:
        """Yield what changes in the items of the clause, or inside one of them."""
        olds = {
            one.full: one for one in _items(old.inner if old else self.old.branches)
        }
        news = _items(new.inner if new else self.new.branches)
        first = next(iter(olds), "")
        last = ""
        for item in news:
            before = olds.get(item.full)
            if before is not None:
                yield from self.of_item(before, item)
            else:
                wording = self.new.wording(*span(item))
                after = Spot("item", last) if last else None
                beside = Spot("item", first) if first and not last else None
                yield Inserted(place, wording, after, beside)
            last = item.full

    def of_item(self, old: Branch, new: Branch) -> list[Inside]:
        """Return what changes in an item that was signed."""
        was = self.seen_part(self.old, span(old), self.base)
        now = self.seen_part(self.new, span(new), self.conformed)
        if was == now:
            return []
        place = replace(self.place, item=new.full)
        if is_omitted(new.block):
            return [Deleted(place, WHOLE)]
        whole = Replaced(place, WHOLE, self.new.wording(*span(new)))
        inner = _items(old.inner)
        if not inner and not _items(new.inner):
            return [whole]
        lead, below = list(self.lead(new.full)), list(self.below(place, old, new))
        touched = {one.place.item for one in below}
        if lead and inner and touched >= {one.full for one in inner}:
            return [whole]
        found = [*lead, *below]
        changed = self.old_after(found)
        branch = changed.item(new.full) if changed else None
        if changed is None or branch is None:
            return [whole]
        after = self.seen_part(changed, span(branch), self.conformed)
        return found if after == now else [whole]

    def links(self, body: Body) -> Iterator[Inside]:
        """Yield the items that read as they did but are named or lead otherwise."""
        for at, block in enumerate(self.new.blocks):
            was = body.blocks[at] if at < len(body.blocks) else None
            if not isinstance(block, Item) or not isinstance(was, Item):
                continue
            if (was.anchor, targets(was.inlines)) != (
                block.anchor,
                targets(block.inlines),
            ):
                place = replace(self.place, item=self.new.walked[at].full)
                yield Linked(place, block.anchor, block.inlines)


def _items(branches: Sequence[Branch]) -> tuple[Branch, ...]:
    return tuple(one for one in branches if isinstance(one.block, Item))
