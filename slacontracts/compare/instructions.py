"""Operations in; the sentences that say them in an amendment out."""

from slacontracts.compare.amendment_wording import words
from slacontracts.compare.applying import labelled_clauses, name_of_heading
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.places import Body, is_definition
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import Block, Item, NumberedDocument, Table, Term
from slacontracts.model.operation import (
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
)


class Instructions:
    """Says operations in the words of one language, with the headings of one text.

    base: the text that the operations amend, and whose language counts if no other.
    """

    def __init__(
        self, base: NumberedDocument, language: Language | None = None
    ) -> None:
        self.words = words(language or base.document.language)
        self.clauses = {
            (part, name_of_heading(one)): one
            for part in Part
            for one in labelled_clauses(base, part)
        }

    def sentence(self, operation: Operation) -> str:
        """Return what an operation says, up to the colon before new wording."""
        match operation:
            case Replaced(place, spot, wording):
                verb = "replaced" if wording.blocks else "emptied"
                return self.changed(verb, place, spot)
            case Deleted(place, spot):
                return self.changed("deleted", place, spot)
            case Inserted():
                return self.inserted(operation)
            case ClauseInserted():
                return self.clause_inserted(operation)
            case Retitled():
                return self.retitled(operation)
            case PartReplaced():
                return self.part_replaced(operation)
            case Linked():
                return ""

    def say(self, key: str, **blanks: str) -> str:
        """Return a sentence with its blanks filled, beginning with a capital."""
        text = self.words[key].format(**blanks)
        return text[:1].upper() + text[1:]

    def place(self, place: Place) -> str:
        """Return what a place is called, with the heading of its clause."""
        found = self.clauses.get((place.part, place.heading))
        has_title = found is not None and not is_placeholder(found.clause)
        return self.called(place, found.clause.title if found and has_title else "")

    def called(self, place: Place, title: str = "") -> str:
        """Return what a place is called. title: of its clause, in brackets."""
        label = place.item or place.heading
        if place.part is Part.CLAUSE:
            return self.titled(self.words["clause"].format(label=label), title)
        if place.part is Part.BACKGROUND and place.item:
            return self.words["recital"].format(label=label)
        if place.part is Part.SCHEDULE:
            whole = self.titled(place.heading, title)
        else:
            whole = self.words["part"].format(label=place.heading)
        if not place.item:
            return whole
        return self.words["paragraph"].format(label=label, whole=whole)

    def titled(self, label: str, title: str) -> str:
        """Return a label with the heading behind it in brackets."""
        if not title:
            return label
        return self.words["with-title"].format(label=label, title=title)

    def retitled(self, operation: Retitled) -> str:
        """Return the sentence on a heading, or on the title of the agreement."""
        if operation.place is None:
            return self.say("title-replaced", title=operation.title)
        place = self.place(operation.place)
        return self.say("retitled", place=place, title=operation.title)

    def changed(self, verb: str, place: Place, spot: Spot) -> str:
        """Return the sentence on a spot that is replaced, emptied or deleted."""
        if spot.kind == "whole":
            is_text = verb == "replaced" and not place.item
            kind = "text" if is_text else "whole"
        elif spot.kind == "lead":
            following = self.after_lead(place)
            kind = "lead" if following else "words" if place.item else "text"
            if following:
                return self.say(f"{verb}-lead", place=self.place(place), next=following)
        else:
            kind = spot.kind
        return self.say(f"{verb}-{kind}", **self.blanks(place, spot))

    def after_lead(self, place: Place) -> str:
        """Return what follows the words at the beginning of a place."""
        found = self.clauses.get((place.part, place.heading))
        if found is None:
            return ""
        body = Body(found.clause.blocks, found.labels)
        lead = body.find(place.item, Spot("lead"))
        whole = body.find(place.item, Spot("whole"))
        if lead is None or whole is None or lead[1] == whole[1]:
            return ""
        return self.beginning(place, body, lead[1])

    def beginning(self, place: Place, body: Body, at: int) -> str:
        """Return what the block is called that follows the words at the beginning."""
        block: Block = body.blocks[at]
        if isinstance(block, Item):
            full = body.walked[at].full
            return self.called(Place(place.part, place.heading, full))
        if isinstance(block, Table):
            return self.table(body.tables.index(at) + 1, len(body.tables))
        if is_definition(block):
            term = block.inlines[0]
            assert isinstance(term, Term)
            return self.words["definition-of"].format(term=term.text)
        return ""

    def table(self, at: int, of: int) -> str:
        """Return which table is meant: "the table", or "the second table"."""
        names = self.words["tables"].split("|")
        at = at if of > 1 else 0
        if at < len(names):
            return names[at]
        return self.words["table-number"].format(at=at)

    def row(self, spot: Spot) -> str:
        """Return which row is meant."""
        key = "row-of-group" if spot.group else "row"
        return self.words[key].format(name=spot.name, group=spot.group)

    def blanks(self, place: Place, spot: Spot) -> dict[str, str]:
        """Return what a sentence may name: the place, and a definition or a row."""
        return {
            "place": self.place(place),
            "term": spot.name,
            "table": self.table(spot.table, spot.tables),
            "row": self.row(spot),
            "column": spot.column,
        }

    def inserted(self, operation: Inserted) -> str:
        """Return the sentence on new items, definitions or rows."""
        place, after = operation.place, operation.after
        spot, where = after or operation.before, "after" if after else "before"
        if spot is None:
            new = self.called(new_item(operation))
            return self.say("inserted-at-end", new=new, place=self.place(place))
        if spot.kind == "item":
            beside = Place(place.part, place.heading, spot.name)
            return self.say(
                f"inserted-{where}",
                new=self.called(new_item(operation)),
                beside=self.place(beside),
            )
        return self.say(f"{spot.kind}-{where}", **self.blanks(place, spot))

    def clause_inserted(self, operation: ClauseInserted) -> str:
        """Return the sentence on a new clause or schedule."""
        new = self.new_clause(operation.new)
        part = operation.new.clause.part
        beside = operation.after or operation.before
        if not beside:
            return self.say(f"{part.value}-added", new=new)
        where = "after" if operation.after else "before"
        return self.say(
            f"inserted-{where}", new=new, beside=self.place(Place(part, beside))
        )

    def new_clause(self, new: LabelledClause) -> str:
        """Return what a new clause is called; later sentences know its heading."""
        self.clauses.setdefault((new.clause.part, new.heading), new)
        return self.called(Place(new.clause.part, new.heading))

    def part_replaced(self, operation: PartReplaced) -> str:
        """Return the sentence on a part whose headings have no numbers."""
        part = operation.part
        olds = [name for other, name in self.clauses if other is part]
        if not olds:
            return self.say(f"part-added-{part.value}")
        places = [self.called(Place(part, name)) for name in olds]
        verb = "replaced" if operation.clauses else "deleted"
        return self.say(f"part-{verb}", place=self.words["comma"].join(places))


def new_item(operation: Inserted) -> Place:
    """Return the place that an inserted item takes."""
    place = operation.place
    item, label = operation.wording.blocks[0], operation.wording.labels[0]
    is_below = isinstance(item, Item) and item.level > 1 and label.startswith("(")
    full = place.item + label if is_below else label
    return Place(place.part, place.heading, full)
