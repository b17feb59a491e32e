"""Laws of amendments: an instrument worked into the signed text gives the conformed one."""

import os
from dataclasses import replace
from datetime import date, timedelta

from amending import agreement, clause, reads
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compare.amendment import OPERATIONS_KEY, AmendmentFacts, amendment
from slacontracts.compare.applying import apply
from slacontracts.compare.blocks import is_omitted
from slacontracts.compare.conformed import Amendment, conformed
from slacontracts.compare.conformed_notes import with_notes
from slacontracts.compare.documents import is_placeholder
from slacontracts.compare.executed import executed
from slacontracts.compare.instructions import Instructions
from slacontracts.compare.operations import is_said, operations
from slacontracts.compare.said import as_printed, printed
from slacontracts.compose.digest import canonical_document
from slacontracts.compose.numbering import labels_in_full, number
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Clause,
    Item,
    NumberedDocument,
    Reference,
    Table,
)
from slacontracts.text import words_of

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "200"))

PARTS = {
    "parties": Part.PARTIES,
    "background": Part.BACKGROUND,
    "key-terms": Part.KEY_TERMS,
    "term": Part.CLAUSE,
    "fees": Part.CLAUSE,
    "credits": Part.CLAUSE,
    "liability": Part.CLAUSE,
    "notices": Part.CLAUSE,
    "levels": Part.SCHEDULE,
    "contacts": Part.SCHEDULE,
    "prices": Part.SCHEDULE,
}
# Few words, so that many paragraphs resemble each other.
WORDS = st.lists(
    st.sampled_from(
        [
            *("the", "fee", "is", "due", "within", "30", "45", "days", "of"),
            *("notice", "<fees>", "<fees/cap>", "<levels>", "<term>", "<credits/cap>"),
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
ANCHOR = st.sampled_from(["", "", "", " [#cap]"])
LEVEL = st.integers(1, 3)
NAME = st.sampled_from(["Uptime", "Response", "Repair", "Restore"])
ROW = st.tuples(NAME, WORDS).map(lambda row: f"| {row[0]} | {row[1]}")
HEADS = st.sampled_from(["Target | Credit", "Target | Target", " | Credit"])
LEVELS = st.tuples(
    HEADS, st.lists(st.tuples(NAME, WORDS, WORDS), min_size=1, max_size=4)
).map(
    lambda table: "\n".join(
        [f"|! Level | {table[0]}", *(f"| {' | '.join(row)}" for row in table[1])]
    )
)
LINE = st.one_of(
    st.tuples(LEVEL, WORDS, ANCHOR).map(lambda one: f"{'-' * one[0]} {one[1]}{one[2]}"),
    st.tuples(LEVEL, WORDS, ANCHOR).map(lambda one: f"{'-' * one[0]} {one[1]}{one[2]}"),
    WORDS,
    st.tuples(LEVEL, WORDS).map(lambda one: f"{'=' * one[0]} {one[1]}"),
    st.tuples(st.sampled_from(["Fee", "Day", "User"]), WORDS).map(
        lambda one: f"**{one[0]}** means {one[1]}"
    ),
    st.lists(ROW, min_size=1, max_size=4).map("\n".join),
    LEVELS,
)
LINES = st.lists(LINE, max_size=6).map(tuple)
Lines = tuple[str, ...]
Outline = tuple[tuple[str, Lines], ...]


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Draw what an agreement consists of."""
    keys = draw(st.lists(st.sampled_from(list(PARTS)), unique=True, min_size=1))
    return tuple((key, draw(LINES)) for key in keys)


@st.composite
def edited(draw: st.DrawFn, outline: Outline) -> Outline:
    """Draw what somebody makes of an agreement: a little, or a great deal."""
    out: list[tuple[str, Lines]] = []
    for key, lines in outline:
        fate = draw(st.sampled_from(["keep", "keep", "edit", "edit", "go", "new"]))
        if fate == "new":
            others = [one for one in PARTS if one not in dict(outline) | dict(out)]
            if others:
                out.append((draw(st.sampled_from(others)), draw(LINES)))
        if fate != "go":
            out.append((key, draw(_edited(lines)) if fate == "edit" else lines))
    if len(out) > 1 and draw(st.booleans()):
        at = draw(st.integers(0, len(out) - 1))
        moved = out.pop(at)
        out.insert(draw(st.integers(0, len(out))), moved)
    return tuple(out)


@st.composite
def _edited(draw: st.DrawFn, lines: Lines) -> Lines:
    out: list[str] = []
    for line in lines:
        fate = draw(st.sampled_from(["keep", "keep", "keep", "go", "new", "other"]))
        if fate == "new":
            out.append(draw(LINE))
        if fate == "other":
            mark, _, words = line.partition(" ")
            out.append(f"{mark} {words} {draw(WORDS)}")
        elif fate != "go":
            out.append(line)
    if draw(st.booleans()):
        out.append(draw(LINE))
    return tuple(out)


def typed(outline: Outline) -> AgreementDocument:
    """Return the agreement of an outline, no item deeper than its text allows."""
    return agreement(
        *(_clause(key, _sound(lines)) for key, lines in outline),
    )


def _clause(key: str, text: str) -> Clause:
    return clause(key, text, PARTS[key])


def _sound(lines: Lines) -> str:
    """Mend levels that skip one, and names that stand twice."""
    out: list[str] = []
    level, is_named = 0, False
    for line in lines:
        mark, _, words = line.partition(" ")
        if set(mark) == {"-"}:
            level = min(len(mark), level + 1)
            line = f"{'-' * level} {words}"
            if "[#cap]" in line and is_named:
                line = line.replace(" [#cap]", "")
            is_named = is_named or "[#cap]" in line
        elif set(mark) == {"="}:
            line = f"{'=' * min(len(mark), level)} {words}" if level else words
        elif mark not in ("|", "|!"):
            level = 0 if not out else level
        out.append(line)
    return "\n".join(out)


@st.composite
def amendments(draw: st.DrawFn) -> tuple[NumberedDocument, AgreementDocument]:
    """Draw a signed text, amended before or not, and what it is to become."""
    outline = draw(outlines())
    signed = number(typed(outline))
    if draw(st.booleans()):
        outline = draw(edited(outline))
        signed = executed(signed, typed(outline))
    return signed, typed(draw(edited(outline)))


def without_omitted(document: NumberedDocument) -> AgreementDocument:
    """Return the text without what only holds a number."""
    clauses = [
        replace(
            one,
            blocks=tuple(block for block in one.blocks if not is_omitted(block)),
        )
        for one in document.document.clauses
        if not is_placeholder(one)
    ]
    return replace(document.document, clauses=tuple(clauses))


def labels_with_text(document: NumberedDocument) -> dict[tuple[str, str], str]:
    """Return what each label stands for, by part or clause and label in full.

    That is the key of a clause, the anchor of an item, or "omitted".
    """
    out: dict[tuple[str, str], str] = {}
    for one in document.document.clauses:
        heading = document.labels[one.key]
        if heading:
            assert (one.part.value, heading) not in out
            what = "omitted" if is_placeholder(one) else one.key
            out[one.part.value, heading] = what
        labels = labels_in_full(one.blocks, document.block_labels[one.key])
        for block, label in zip(one.blocks, labels, strict=True):
            if isinstance(block, Item):
                assert (heading or one.key, label) not in out, reads(document)
                what = "omitted" if is_omitted(block) else "item"
                out[heading or one.key, label] = what
    return out


def is_gone(label: str, whole: str, labels: dict[tuple[str, str], str]) -> bool:
    """Tell whether a label went with the clause or item that it stood under."""
    above = [what for (of, _), what in labels.items() if of == whole]
    held = [
        one
        for (of, one), what in labels.items()
        if what == "omitted" and of == whole and label.startswith(one)
    ]
    return not above or bool(held)


@settings(max_examples=EXAMPLES)
@given(amendments())
def test_an_executed_text_says_what_was_amended_and_nothing_else(
    case: tuple[NumberedDocument, AgreementDocument],
) -> None:
    signed, amended = case

    after = executed(signed, amended)

    assert without_omitted(after) == amended


@settings(max_examples=EXAMPLES)
@given(amendments())
def test_the_numbers_of_a_signed_text_never_shift(
    case: tuple[NumberedDocument, AgreementDocument],
) -> None:
    signed, amended = case

    after = executed(signed, amended)

    labels = labels_with_text(after)
    for (part, label), what in labels_with_text(signed).items():
        if (part, label) in labels:
            assert labels[part, label] in (what, "omitted")
        else:
            assert is_gone(label, part, labels), (part, label)
    assert executed(after, amended) == after


@settings(max_examples=EXAMPLES)
@given(amendments())
def test_the_operations_of_an_instrument_make_the_conformed_text(
    case: tuple[NumberedDocument, AgreementDocument],
) -> None:
    signed, amended = case
    after = executed(signed, amended)

    worked_in, held_over = apply(signed, operations(signed, after))

    assert held_over == ()
    assert canonical_document(worked_in) == canonical_document(after)
    assert worked_in.labels == after.labels
    assert worked_in.block_labels == after.block_labels
    assert worked_in.references == after.references


@settings(max_examples=EXAMPLES)
@given(amendments())
def test_on_signed_paper_where_no_reference_follows_a_clause_the_text_is_the_same(
    case: tuple[NumberedDocument, AgreementDocument],
) -> None:
    signed, amended = case
    after = executed(signed, amended)
    nowhere = replace(signed, references={})
    clauses = tuple(
        replace(one, blocks=as_printed(one.blocks, signed, nowhere))
        for one in signed.document.clauses
    )
    paper = replace(signed, document=replace(signed.document, clauses=clauses))

    worked_in, held_over = apply(paper, operations(signed, after))

    assert held_over == ()
    assert reads(worked_in) == reads(after)


@settings(max_examples=EXAMPLES)
@given(amendments())
def test_every_reference_in_a_conformed_text_names_the_place_it_points_to(
    case: tuple[NumberedDocument, AgreementDocument],
) -> None:
    signed, amended = case

    text, _ = apply(signed, operations(signed, executed(signed, amended)))

    places = labels_with_text(text)
    for clause_ in text.document.clauses:
        for target in targets_in(clause_):
            if target not in text.references:
                assert target not in number(amended).references
                continue
            key, _, anchor = target.partition("/")
            whole = next(one for one in text.document.clauses if one.key == key)
            label = text.labels[target]
            heading = text.labels[key]
            assert places[
                (heading or key, label) if anchor else (whole.part.value, label)
            ] == ("item" if anchor else key)
            assert (label, target) in text.references[target]


def targets_in(one: Clause) -> list[str]:
    lines = [
        line
        for block in one.blocks
        for line in (
            [line for row in block.rows for cell in row.cells for line in cell]
            if isinstance(block, Table)
            else [block.inlines]
        )
    ]
    return [
        inline.target
        for line in lines
        for inline in line
        if isinstance(inline, Reference)
        and PARTS[inline.target.partition("/")[0]] in (Part.CLAUSE, Part.SCHEDULE)
    ]


@settings(max_examples=EXAMPLES)
@given(amendments(), st.sampled_from(["en", "ar"]))
def test_an_instrument_says_every_operation_and_all_its_new_words(
    case: tuple[NumberedDocument, AgreementDocument], language: Language
) -> None:
    signed, amended = case
    signed = replace(signed, document=replace(signed.document, language=language))
    after = executed(signed, replace(amended, language=language))
    found = operations(signed, after)

    facts = AmendmentFacts(2, date(2027, 3, 1), date(2026, 12, 1), ((1, date.max),))
    instrument = number(amendment(signed, after, found, facts))

    said = [
        printed(block.inlines, instrument)
        for one in instrument.document.clauses
        if one.key == OPERATIONS_KEY
        for block in one.blocks
        if isinstance(block, Item)
    ]
    instructions = Instructions(signed)
    assert said == [instructions.sentence(one) for one in found if is_said(one)]
    assert len(set(said)) == len(said)
    assert not any("{" in one for one in said)
    before = {word for line in reads(signed) for word in words_of(line)}
    new = {word for line in reads(after) for word in words_of(line)} - before
    page = {word for line in reads(instrument) for word in words_of(line)}
    assert new <= page | {"Intentionally", "omitted", "محذوف", "عمدًا"}


DAYS = st.integers(0, 4).map(lambda days: date(2027, 1, 1) + timedelta(days))


@settings(max_examples=EXAMPLES)
@given(st.data(), DAYS, DAYS, DAYS, st.booleans())
def test_amendments_count_in_the_order_of_signing_from_the_day_they_take_effect(
    data: st.DataObject, first: date, second: date, at: date, is_known: bool
) -> None:
    outline = data.draw(outlines())
    original = number(typed(outline))
    outline = data.draw(edited(outline))
    once = executed(original, typed(outline))
    twice = executed(once, typed(data.draw(edited(outline))))
    signed = (date(2026, 6, 1), date(2026, 7, 1))
    one = Amendment(1, signed[0], first, operations(original, once))
    two = Amendment(2, signed[1], second, operations(once, twice))

    copy = conformed(original, (two, one), at, signed[is_known])

    worked_in = [amendment_.number for amendment_ in copy.amendments]
    assert worked_in == [1] * (first <= at) + [2] * (second <= at and is_known)
    expected = {"": original, "1": once, "12": twice}.get("".join(map(str, worked_in)))
    if expected is not None:
        assert canonical_document(copy.document) == canonical_document(expected)
        assert copy.document.references == expected.references
        assert copy.held_over == ()
    else:
        labels = labels_with_text(copy.document)
        for (part, label), what in labels_with_text(original).items():
            assert labels.get((part, label), "omitted") in (what, "omitted")
    marked = [line for line in reads(with_notes(copy)) if line.startswith("[")]
    marked = [line for line in marked if "by Amendment No. " in line]
    assert len(marked) == sum(len(notes) for notes in copy.notes.values())
    assert altered_clauses(original, copy.document) <= copy.notes.keys()


def altered_clauses(old: NumberedDocument, new: NumberedDocument) -> set[str]:
    """Return the keys of the clauses of the new text that do not stand in the old."""

    def clauses(text: NumberedDocument) -> set[tuple[str, str, Clause]]:
        return {(one.key, text.labels[one.key], one) for one in text.document.clauses}

    return {key for key, _, _ in clauses(new) - clauses(old)}
