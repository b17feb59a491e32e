"""A conformed copy in; its text with a front and notes at altered clauses, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from slacontracts import formats
from slacontracts.compare.amendment_wording import words
from slacontracts.compare.conformed import (
    Amendment,
    Conformed,
    Ended,
    Note,
    Overtaking,
    place_of,
)
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.instructions import Instructions
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
from slacontracts.model.operation import LabelledClause, Place

FRONT_KEY: Final = "conformed-copy"


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
            one for one in copy.overtakings if place_of(labelled_clause) in one.places
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
    texts = [said["convenience"], *_of_force(copy, digits), *_of_paper(copy, said)]
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


def _of_force(copy: Conformed, digits: str) -> Iterator[str]:
    """Yield what is in force on the day, or that nothing is any more."""
    language = copy.document.document.language
    said = words(language)

    def written(day: date) -> str:
        return formats.write("date", day, language, digits)

    seen = copy.seen or copy.known
    days = {"at": written(copy.at), "known": written(copy.known)}
    if copy.ended is None:
        yield said["in-force"].format(**days)
    else:
        is_past = copy.ended.last < seen
        how = f"{'ended' if is_past else 'will'}-{copy.ended.how}"
        yield said[how].format(last=written(copy.ended.last), seen=written(seen))
        then = said["no-longer" if copy.ended.day <= seen else "not-then"]
        yield then.format(day=written(copy.ended.day), **days)
        surviving = [
            said["until"].format(place=place, day=written(until)) if until else place
            for place, until in _surviving(copy.document, copy.ended)
        ]
        if surviving:
            yield said["survives"].format(list=said["listing"].join(surviving))
    for name, last in copy.services_ended:
        how = "service-ended" if last < seen else "service-will-end"
        yield said[how].format(name=name, last=written(last), seen=written(seen))


def _surviving(
    document: NumberedDocument, ended: Ended
) -> Iterator[tuple[str, date | None]]:
    """Yield what each clause is called that goes on, as far as the text has it."""
    instructions = Instructions(document)
    clauses = {clause.key: clause for clause in document.document.clauses}
    for key, until in ended.survivals:
        clause = clauses.get(key)
        if clause is not None and not is_placeholder(clause):
            one = LabelledClause(clause, document.labels[key], ())
            yield instructions.place(Place(*place_of(one))), until


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
