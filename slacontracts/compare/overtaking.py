"""What two amendments say in; where the later meets the earlier, and its names, out.

A later amendment is written on the text of an earlier one. Where both say something
of one place, what the later says there cannot be told from what the earlier says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from slacontracts.compare.applying import name_of_heading
from slacontracts.compare.instructions import Instructions, new_item
from slacontracts.compare.operations import is_said
from slacontracts.compare.places import is_definition, row_names
from slacontracts.model.document import NumberedDocument, Paragraph, Table, Term
from slacontracts.model.operation import (
    WHOLE,
    ClauseInserted,
    Deleted,
    Inserted,
    Operation,
    PartReplaced,
    Place,
    Replaced,
    Retitled,
    Spot,
)

# Where something stands: one that begins with another lies inside it.
_Region: TypeAlias = tuple[object, ...]
_STEPS_OF_LABEL: Final = re.compile(r"(?=[.(])")


def meeting(
    earlier: Sequence[Operation], later: Sequence[Operation]
) -> tuple[Operation, ...]:
    """Return the operations of the later amendment that meet one of the earlier."""
    before = [one for one in earlier if is_said(one)]
    return tuple(
        one
        for one in later
        if is_said(one)
        and any(_meets(other, one, is_gone=_is_gone(one, later)) for other in before)
    )


def _is_gone(operation: Operation, all_: Sequence[Operation]) -> bool:
    """Tell whether an operation deletes something that no other brings back.

    What moves, or is known by another name, is deleted and inserted.
    """
    if not isinstance(operation, Deleted):
        return False
    place = operation.place
    if operation == Deleted(replace(place, item=""), WHOLE):
        return not any(isinstance(one, ClauseInserted) for one in all_)
    return not any(
        isinstance(one, Inserted)
        and (one.place.part, one.place.heading) == (place.part, place.heading)
        for one in all_
    )


def _meets(earlier: Operation, later: Operation, *, is_gone: bool) -> bool:
    """Tell whether two operations say something of the same text.

    is_gone: what is deleted with all that the earlier one brought counts no more.
    """
    regions = tuple(_regions(later))
    for old in _regions(earlier):
        for new in regions:
            if _holds(old, new) and not (is_gone and old == new):
                return True
            if _holds(new, old) and not is_gone:
                return True
        if isinstance(earlier, Inserted | ClauseInserted) and any(
            _holds(old, beside) for beside in _beside(later)
        ):
            return True
    return False


def _holds(outer: _Region, inner: _Region) -> bool:
    return inner[: len(outer)] == outer


def _regions(operation: Operation) -> Iterator[_Region]:
    """Yield of what an operation says something."""
    match operation:
        case PartReplaced(part):
            yield (part,)
        case ClauseInserted(new):
            yield new.clause.part, name_of_heading(new)
        case Retitled(None):
            yield ("title",)
        case Retitled(Place(part, heading)):
            yield part, heading, "heading"
        case Deleted(Place(part, heading, ""), spot) if spot == WHOLE:
            yield part, heading
        case Replaced(place, spot) | Deleted(place, spot):
            yield _spot(place, spot)
        case Inserted():
            yield from _inserted(operation)


def _item(place: Place, label: str) -> _Region:
    steps = _STEPS_OF_LABEL.split(label) if label else ()
    return (place.part, place.heading, "text", *steps)


def _spot(place: Place, spot: Spot) -> _Region:
    whole = _item(place, place.item)
    match spot.kind:
        case "whole":
            return whole
        case "lead":
            return (*whole, "lead")
        case "item":
            return _item(place, spot.name)
        case "definition":
            return (*whole, "definition", spot.name)
    table = (*whole, "table", spot.table)
    if spot.kind == "table":
        return table
    row = (*table, (spot.group, spot.name))
    return row if spot.kind == "row" else (*row, spot.column)


def _inserted(operation: Inserted) -> Iterator[_Region]:
    """Yield where that stands which is new; of a row, its group may be in doubt."""
    place, first = operation.place, operation.wording.blocks[0]
    spot = operation.after or operation.before
    if spot is None or spot.kind == "item":
        yield _item(place, new_item(operation).item)
    elif isinstance(first, Table):
        ((_, name),) = row_names(first.rows)
        *table, _ = _spot(place, spot)
        for group in {"", spot.group, spot.name}:
            yield (*table, (group, name))
    elif is_definition(first) and isinstance(first, Paragraph):
        term = first.inlines[0]
        assert isinstance(term, Term)
        yield (*_item(place, place.item), "definition", term.text)


def _beside(operation: Operation) -> Iterator[_Region]:
    """Yield beside what an operation inserts something."""
    match operation:
        case Inserted(place, _, after, before):
            for spot in filter(None, (after, before)):
                yield _spot(place, spot)
        case ClauseInserted(new, after, before):
            for label in filter(None, (after, before)):
                yield new.clause.part, label


def named(operations: Sequence[Operation], base: NumberedDocument) -> tuple[str, ...]:
    """Return in English of what operations say something, each place once.

    base: the text that they amend.
    """
    instructions = Instructions(base, "en")
    return tuple(dict.fromkeys(_named(one, instructions) for one in operations))


def _named(operation: Operation, instructions: Instructions) -> str:
    match operation:
        case Replaced(place, spot) | Deleted(place, spot):
            return _named_spot(place, spot, instructions)
        case Inserted(place, _, after, before):
            anchor = after or before
            if anchor is None or anchor.kind == "item":
                return instructions.place(new_item(operation))
            beside = _named_spot(place, anchor, instructions)
            return f"what comes {'after' if after else 'before'} {beside}"
        case ClauseInserted(new):
            heading = Place(new.clause.part, new.heading)
            return instructions.called(heading, new.clause.title)
        case Retitled(Place() as place):
            return f"the heading of {instructions.place(place)}"
        case PartReplaced(part, clauses):
            names = (Place(part, name_of_heading(one)) for one in clauses)
            return ", ".join(map(instructions.called, names)) or f"the {part.value}"
    return "the title of the Agreement"


def _named_spot(place: Place, spot: Spot, instructions: Instructions) -> str:
    whole = instructions.place(place)
    if spot.kind == "item":
        return instructions.place(Place(place.part, place.heading, spot.name))
    if spot.kind == "definition":
        return f"the definition of “{spot.name}” in {whole}"
    if spot.kind in ("whole", "lead"):
        return whole
    table = f"{instructions.table(spot.table, spot.tables)} of {whole}"
    if spot.kind == "table":
        return table
    row = f"{instructions.row(spot)} in {table}"
    is_cell = spot.kind == "cell"
    return f"the entry under “{spot.column}” in {row}" if is_cell else row
