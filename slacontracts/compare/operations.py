"""A signed text and its conformed form in; what an amendment must say out."""

from collections.abc import Iterator, Sequence

from slacontracts.compare.applying import labelled_clauses, name_of_heading
from slacontracts.compare.clause_operations import inside_clause
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.places import Body
from slacontracts.model.clause import Part
from slacontracts.model.document import NumberedDocument
from slacontracts.model.operation import (
    WHOLE,
    ClauseInserted,
    Deleted,
    LabelledClause,
    Linked,
    Operation,
    PartReplaced,
    Place,
    Retitled,
)


def operations(
    base: NumberedDocument, conformed: NumberedDocument
) -> tuple[Operation, ...]:
    """Return what makes the conformed text of the signed one, in order of reading.

    conformed: the amended text under the signed numbers. Each place is named by what
    stands on the page; where that could mean two things, the next larger whole is
    replaced. Signatures are facts of a document, not its text, and stay out.
    """
    found: list[Operation] = list(_left_by_moves(base, conformed))
    if base.document.title != conformed.document.title:
        found.append(Retitled(None, conformed.document.title))
    for part in Part:
        olds, news = labelled_clauses(base, part), labelled_clauses(conformed, part)
        if part in (Part.CLAUSE, Part.SCHEDULE):
            found += _of_numbered_part(olds, news, base, conformed)
        else:
            found += _of_part(part, olds, news, base, conformed)
    return tuple(found)


def is_said(operation: Operation) -> bool:
    """Tell whether the instrument says something of an operation."""
    return not isinstance(operation, Linked)


def _left_by_moves(
    base: NumberedDocument, conformed: NumberedDocument
) -> Iterator[Operation]:
    """Yield the deletion of each clause that is inserted elsewhere.

    These come first: no clause stands in two places, not even for a moment.
    """
    after = {(one.clause.part, one.heading): one for one in _all(conformed)}
    for old in _all(base):
        new = after.get((old.clause.part, old.heading))
        is_elsewhere = new is None or new.clause.key != old.clause.key
        if old.heading and is_elsewhere and old.clause.key in conformed.labels:
            yield _taken_out(old)


def _all(document: NumberedDocument) -> Iterator[LabelledClause]:
    for part in Part:
        yield from labelled_clauses(document, part)


def _taken_out(old: LabelledClause) -> Deleted:
    return Deleted(Place(old.clause.part, old.heading), WHOLE)


def _of_numbered_part(
    olds: Sequence[LabelledClause],
    news: Sequence[LabelledClause],
    base: NumberedDocument,
    conformed: NumberedDocument,
) -> Iterator[Operation]:
    before = {one.heading: one for one in olds}
    first = olds[0].heading if olds else ""
    last = ""
    for new in news:
        old = before.get(new.heading)
        if old is None:
            yield ClauseInserted(new, last, "" if last else first)
        elif old.clause.key != new.clause.key:
            if old.clause.key not in conformed.labels:
                yield _taken_out(old)
        else:
            yield from _of_clause(old, new, base, conformed)
        last = new.heading


def _of_part(
    part: Part,
    olds: Sequence[LabelledClause],
    news: Sequence[LabelledClause],
    base: NumberedDocument,
    conformed: NumberedDocument,
) -> Iterator[Operation]:
    """Yield what changes in a part whose headings have no numbers."""
    keys = [one.clause.key for one in olds]
    titles = {one.clause.title for one in olds}
    if keys != [one.clause.key for one in news] or len(titles) != len(keys):
        if olds or news:
            yield PartReplaced(part, tuple(news))
        return
    for old, new in zip(olds, news, strict=True):
        yield from _of_clause(old, new, base, conformed)


def _of_clause(
    old: LabelledClause,
    new: LabelledClause,
    base: NumberedDocument,
    conformed: NumberedDocument,
) -> Iterator[Operation]:
    if is_placeholder(old.clause):
        return
    place = Place(old.clause.part, name_of_heading(old))
    yield from inside_clause(
        place,
        Body(old.clause.blocks, old.labels),
        Body(new.clause.blocks, new.labels),
        base,
        conformed,
    )
    if old.clause.title != new.clause.title:
        yield Retitled(place, new.clause.title)
