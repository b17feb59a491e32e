"""An original and its signed amendments in; the text in force on a day out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Final, Literal

from slacontracts import formats
from slacontracts.compare.amendment_wording import words
from slacontracts.compare.applying import apply, name_of_heading
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.overtaking import meeting
from slacontracts.compose.numbering import labelled
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    Block,
    Clause,
    ClauseOrigin,
    Column,
    NumberedDocument,
    Paragraph,
    Row,
    Table,
    Words,
)
from slacontracts.model.finding import Origin
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

FRONT_KEY: Final = "conformed-copy"


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
class Conformed:
    """The text in force on a day, as known on a day.

    amendments: those worked in. notes: by clause key, what they did to it.
    held_over: operations on text that is not in effect, with their amendment.
    overtakings: amendments worked in, written on one that is not in effect. differing:
    of the signed texts, by number, in how many places their paper says otherwise.
    """

    document: NumberedDocument
    at: date
    known: date
    amendments: tuple[Amendment, ...] = ()
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    held_over: tuple[tuple[Amendment, Operation], ...] = ()
    overtakings: tuple[Overtaking, ...] = ()
    differing: Mapping[int, int] = field(default_factory=dict)


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
            yield from map(_place, clauses)
        case ClauseInserted(new):
            yield _place(new)
        case Replaced() | Deleted() | Inserted() | Retitled():
            if operation.place is not None:
                yield operation.place.part, operation.place.heading


def _place(one: LabelledClause) -> tuple[Part, str]:
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


def with_notes(copy: Conformed, *, digits: str = "latin") -> NumberedDocument:
    """Return a conformed copy: said to be for convenience only, with its notes.

    digits: of the dates. The notes stand under the headings of the clauses.
    """
    document = copy.document
    language = document.document.language
    front = _front(copy, digits)
    clauses: list[Clause] = [front]
    labels = {front.key: ""}
    block_labels = {front.key: ("",) * len(front.blocks)}
    for clause in document.document.clauses:
        notes = copy.notes.get(clause.key, ())
        labelled_clause = LabelledClause(clause, document.labels[clause.key], ())
        early = (
            one for one in copy.overtakings if _place(labelled_clause) in one.places
        )
        lines = (
            *(_note(note, language, digits) for note in notes),
            *(_warning("note-overtakes", one, language, digits) for one in early),
        )
        clauses.append(replace(clause, blocks=(*lines, *clause.blocks)))
        labels[clause.key] = document.labels[clause.key]
        printed = document.block_labels[clause.key]
        block_labels[clause.key] = (*("" for _ in lines), *printed)
    title = words(language)["copy-title"].format(title=document.document.title)
    inner = replace(document.document, title=title, clauses=tuple(clauses))
    return labelled(inner, labels, block_labels)


def _note(note: Note, language: Language, digits: str) -> Paragraph:
    assert note.amendment.effective is not None
    text = words(language)[f"note-{note.fate}"].format(
        number=note.amendment.number,
        effective=formats.write("date", note.amendment.effective, language, digits),
    )
    return Paragraph((Words(text, italic=True),))


def _warning(
    name: str, found: Overtaking, language: Language, digits: str
) -> Paragraph:
    said, effective = words(language), found.earlier.effective
    when = said["when-conditions"]
    if effective is not None:
        day = formats.write("date", effective, language, digits)
        when = said["when-on"].format(date=day)
    text = said[name].format(
        later=found.later.number, earlier=found.earlier.number, when=when
    )
    return Paragraph((Words(text, italic=name.startswith("note")),))


def _front(copy: Conformed, digits: str) -> Clause:
    language = copy.document.document.language
    said = words(language)
    day = {
        name: formats.write("date", value, language, digits)
        for name, value in (("at", copy.at), ("known", copy.known))
    }
    texts = [said["convenience"], said["in-force"].format(**day)]
    texts += _of_paper(copy, said)
    if not copy.amendments:
        texts.append(said["none-in-effect"])
    blocks: list[Block] = [Paragraph((Words(text),)) for text in texts]
    if copy.amendments:
        blocks.append(_list_of(copy.amendments, language, digits))
    for number in dict.fromkeys(one.number for one, _ in copy.held_over):
        text = said["held-over"].format(number=number)
        blocks.append(Paragraph((Words(text),)))
    blocks += [_warning("overtakes", one, language, digits) for one in copy.overtakings]
    origin = ClauseOrigin("agreement", "", "preferred", Origin(""))
    title = said["conformed-copy"]
    return Clause(FRONT_KEY, title, Part.PARTIES, tuple(blocks), origin)


def _of_paper(copy: Conformed, said: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each text of which the signed paper says something else."""
    for number, places in copy.differing.items():
        name = said["name"].format(number=number) if number else said["original"]
        yield said["paper-differs"].format(text=name, places=places)


def _list_of(amendments: Sequence[Amendment], language: Language, digits: str) -> Table:
    said = words(language)
    columns = tuple(
        Column(said[name], width)
        for name, width in (("amendment", 34), ("signed-on", 33), ("effective", 33))
    )
    rows = []
    for one in amendments:
        days = (
            formats.write("date", day, language, digits)
            for day in (one.signed_on, one.effective)
        )
        cells = (said["name"].format(number=one.number), *days)
        row = tuple(((Words(cell),),) for cell in cells)
        rows.append(Row(row, key=str(one.number)))
    return Table("amendments", columns, tuple(rows))
