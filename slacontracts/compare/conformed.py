"""An original and its signed amendments in; the text in force on a day out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Literal

from slacontracts.compare.applying import apply, name_of_heading
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.overtaking import meeting
from slacontracts.model.clause import Part
from slacontracts.model.document import NumberedDocument
from slacontracts.model.operation import (
    ClauseInserted,
    Deleted,
    Inserted,
    LabelledClause,
    Operation,
    PartReplaced,
    Replaced,
    Retitled,
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A signed amendment. effective: None until its conditions are met."""

    number: int
    signed_on: date
    effective: date | None
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What an amendment did to a clause."""

    amendment: Amendment
    fate: Literal["amended", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class Overtaking:
    """An amendment that takes effect before one on whose text it was written.

    operations: of the later one, on text of which both say something. There it may
    carry what the earlier one is to bring.
    """

    earlier: Amendment
    later: Amendment
    operations: tuple[Operation, ...]

    @property
    def places(self) -> frozenset[tuple[Part, str]]:
        """The clauses, each by part and label, or without number by heading."""
        return frozenset(place for one in self.operations for place in _clauses_of(one))


@dataclass(frozen=True, slots=True)
class Ended:
    """How an agreement had ended by a day, after its last day.

    day: for which somebody asked. survivals: keys of clauses that still go on then,
    with their last day where they have one.
    """

    day: date
    last: date
    how: Literal["expired", "terminated", "superseded", "lapsed"]
    survivals: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Conformed:
    """The text in force on a day, as known on a day.

    amendments: those worked in. notes: by clause key, what they did to it.
    held_over: operations on text that is not in effect, with their amendment.
    overtakings: amendments worked in, written on one that is not in effect. differing:
    of the signed texts, by number, in how many places their paper says otherwise.
    ended: of a text that is no longer in force; at is its last day then.
    services_ended: names of services that ended before the rest, with their last days.
    seen: the day on which it was looked at; what comes later has not happened. None
    where that is the day until which it was known.
    """

    document: NumberedDocument
    at: date
    known: date
    amendments: tuple[Amendment, ...] = ()
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    held_over: tuple[tuple[Amendment, Operation], ...] = ()
    overtakings: tuple[Overtaking, ...] = ()
    differing: Mapping[int, int] = field(default_factory=dict)
    ended: Ended | None = None
    services_ended: tuple[tuple[str, date], ...] = ()
    seen: date | None = None


def conformed(
    original: NumberedDocument,
    amendments: Sequence[Amendment],
    at: date,
    known: date,
) -> Conformed:
    """Return the text in force at a day, from the amendments signed until another.

    They are worked in one after the other as they were signed, whenever they take
    effect: an amendment signed later may reach back.
    """
    document = original
    notes: dict[str, tuple[Note, ...]] = {}
    held_over: list[tuple[Amendment, Operation]] = []
    counting = tuple(_in_effect(amendments, at, known))
    for amendment in counting:
        before = document
        document, held = apply(before, amendment.operations)
        held_over += [(amendment, one) for one in held]
        for key, note in _notes(before, document, amendment):
            notes[key] = (*notes.get(key, ()), note)
    living = {key: notes[key] for key in document.labels if key in notes}
    early = tuple(
        one
        for one in overtaken(amendments)
        if one.later in counting and one.earlier not in counting
    )
    return Conformed(document, at, known, counting, living, tuple(held_over), early)


def overtaken(amendments: Sequence[Amendment]) -> tuple[Overtaking, ...]:
    """Return which amendments take effect before others that were signed earlier.

    Each was written against the text with all that were signed before it; those
    count that say something of the same text.
    """
    found = (
        Overtaking(earlier, later, meeting(earlier.operations, later.operations))
        for earlier, later in combinations(_as_signed(amendments), 2)
        if is_before(later.effective, earlier.effective)
    )
    return tuple(one for one in found if one.operations)


def is_before(later: date | None, earlier: date | None) -> bool:
    """Tell whether the later amendment takes effect before the earlier one does."""
    return later is not None and (earlier is None or later < earlier)


def _clauses_of(operation: Operation) -> Iterator[tuple[Part, str]]:
    """Yield the clauses of which an operation says something."""
    match operation:
        case PartReplaced(_, clauses):
            yield from map(place_of, clauses)
        case ClauseInserted(new):
            yield place_of(new)
        case Replaced() | Deleted() | Inserted() | Retitled():
            if operation.place is not None:
                yield operation.place.part, operation.place.heading


def place_of(one: LabelledClause) -> tuple[Part, str]:
    """Return the part of a clause, and its label, or without number its heading."""
    return one.clause.part, name_of_heading(one)


def _as_signed(amendments: Sequence[Amendment]) -> list[Amendment]:
    return sorted(amendments, key=lambda one: (one.signed_on, one.number))


def _in_effect(
    amendments: Sequence[Amendment], at: date, known: date
) -> Iterator[Amendment]:
    for one in _as_signed(amendments):
        if one.signed_on <= known and one.effective and one.effective <= at:
            yield one


def _notes(
    before: NumberedDocument, after: NumberedDocument, amendment: Amendment
) -> Iterator[tuple[str, Note]]:
    olds = {clause.key: clause for clause in before.document.clauses}
    for clause in after.document.clauses:
        key = clause.key
        old = olds.get(key)
        if old is None:
            fate: Literal["inserted", "deleted"] = (
                "deleted" if is_placeholder(clause) else "inserted"
            )
            yield key, Note(amendment, fate)
        elif before.labels[key] != after.labels[key]:
            yield key, Note(amendment, "inserted")
        elif (old, before.block_labels[key]) != (clause, after.block_labels[key]):
            yield key, Note(amendment, "amended")
