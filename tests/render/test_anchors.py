"""The anchor map: it runs beside the paragraphs of the file, and values stand there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final, Literal, TypeAlias

import pytest
from amending import agreement
from amending import clause as amended_clause
from documents import arabic, clause, document, managed_hosting, signature, table
from sample_documents import SAMPLES, sample
from test_render_docx import rendered, standard

from slacontracts import formats
from slacontracts.compare.amendment import AmendmentFacts, amendment
from slacontracts.compare.conformed import Amendment, conformed
from slacontracts.compare.conformed_notes import with_notes
from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.agreement import Effective
from slacontracts.model.anchors import HEADING, Anchor, AnchorMap, ValueSpan
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    Blank,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Table,
    Value,
)
from slacontracts.model.paths import look_up
from slacontracts.render.anchors import anchor_map
from slacontracts.render.docx_runs import as_shown
from slacontracts.render.docx_text import TextReader
from slacontracts.word.reading import text_of_docx

Make: TypeAlias = Callable[[], NumberedDocument]
Printed: TypeAlias = list[tuple[str, str]]


def written_out() -> NumberedDocument:
    """Return a document in which labels are written out: Word would count otherwise."""
    made = number(
        agreement(amended_clause("term", "- Three years.\n-- Or more.\n- Then none."))
    )
    labels = {"term": ("4.2A", "(a)", "4.3")}
    return replace(made, labels={**made.labels, "term": "4A"}, block_labels=labels)


def in_arabic(name: str) -> NumberedDocument:
    """Return a sample as if it were Arabic: its values are marked and split by script."""
    inner = sample(name).document
    return number(replace(inner, language="ar"))


def amended() -> tuple[NumberedDocument, NumberedDocument]:
    """Return a sample, and the same without a clause and with a new one."""
    before = sample("SLA-2026-0001")
    inner = before.document
    gone = next(one for one in inner.clauses if one.part is Part.CLAUSE)
    new = amended_clause("exit", "- The parties part.\n-- Without ado.\n| a | b")
    clauses = [new if one is gone else one for one in inner.clauses]
    return before, executed(before, replace(inner, clauses=tuple(clauses)))


def instrument() -> NumberedDocument:
    before, after = amended()
    facts = AmendmentFacts(1, date(2027, 6, 1))
    return number(amendment(before, after, operations(before, after), facts))


def copied() -> NumberedDocument:
    before, after = amended()
    day = date(2027, 6, 1)
    one = Amendment(1, day, day, operations(before, after))
    return with_notes(conformed(before, [one], day, day))


MAKERS: Final[dict[str, Make]] = {
    **{name: lambda name=name: sample(name) for name in SAMPLES},  # type: ignore[misc]
    **{
        f"{name} in Arabic": lambda name=name: in_arabic(name)  # type: ignore[misc]
        for name in SAMPLES
    },
    "managed hosting": managed_hosting,
    "Arabic": arabic,
    "an amendment": instrument,
    "a conformed copy": lambda: copied(),
    "labels written out": written_out,
    "no clauses": document,
}


@cache
def laid(name: str) -> tuple[NumberedDocument, tuple[str, ...], AnchorMap]:
    """Return a document, the paragraphs of its file as they are read, the anchors."""
    made = MAKERS[name]()
    return (
        made,
        text_of_docx(rendered(made, version="3")),
        anchor_map(made, standard(), version="3"),
    )


@pytest.mark.parametrize("name", MAKERS)
def test_every_paragraph_of_the_file_has_an_anchor(name: str) -> None:
    _, texts, anchors = laid(name)

    assert len(anchors) == len(texts)


@pytest.mark.parametrize("name", MAKERS)
def test_the_words_of_a_block_stand_after_its_label(name: str) -> None:
    numbered, texts, anchors = laid(name)
    read = TextReader(numbered).text
    blocks = {clause.key: clause.blocks for clause in numbered.document.clauses}
    titles = {clause.key: clause.title for clause in numbered.document.clauses}

    for text, anchor in zip(texts, anchors, strict=True):
        if not anchor.clause:
            continue
        wanted = titles[anchor.clause]
        if anchor.block != HEADING:
            block = blocks[anchor.clause][anchor.block]
            wanted = in_table(block, anchor, read)
        assert text[anchor.offset :] == wanted


def in_table(
    block: Paragraph | Item | Table, anchor: Anchor, read: Callable[..., str]
) -> str:
    """Return the text of a block, or of the line of a table that an anchor names."""
    if not isinstance(block, Table):
        return read(block.inlines)
    if anchor.row < 0:
        return block.columns[anchor.cell].heading
    lines = block.rows[anchor.row].cells[anchor.cell]
    return read(lines[anchor.line]) if lines else ""


@pytest.mark.parametrize("name", MAKERS)
def test_every_value_of_the_wording_is_anchored_where_it_is_printed(name: str) -> None:
    numbered, texts, anchors = laid(name)
    shown = [
        (text[span.start : span.end], span.path, span.form)
        for text, anchor in zip(texts, anchors, strict=True)
        if anchor.clause
        for span in anchor.values
    ]

    assert shown == [
        (
            as_shown(one.text, is_rtl=numbered.document.language == "ar")
            if isinstance(one, Value)
            else "[●]",
            one.path,
            one.form,
        )
        for one in values_of(numbered.document)
    ]


def values_of(inner: AgreementDocument) -> list[Value | Blank]:
    """Return the values and blanks of the wording, in the order of reading."""
    lines: list[tuple[Inline, ...]] = []
    for one in inner.clauses:
        for block in one.blocks:
            if isinstance(block, Table):
                cells = (cell for row in block.rows for cell in row.cells)
                lines += [line for cell in cells for line in cell]
            else:
                lines.append(block.inlines)
    found = (one for line in lines for one in line)
    return [one for one in found if isinstance(one, Value | Blank) and one.path]


@pytest.mark.parametrize("name", SAMPLES)
def test_values_of_a_sample_are_read_back_by_their_form(name: str) -> None:
    _, texts, anchors = laid(name)

    for text, anchor in zip(texts, anchors, strict=True):
        for span in anchor.values:
            if span.form != "clock":  # has no pair that reads it
                shown = text[span.start : span.end]
                value = formats.read(span.form, shown, "en")
                assert formats.write(span.form, value, "en") == shown


@pytest.mark.parametrize("name", SAMPLES)
def test_paths_of_a_sample_lead_to_its_data(name: str) -> None:
    numbered, _, anchors = laid(name)
    agreement = numbered.document.agreement
    data = {**agreement.model_dump(), **agreement.values}

    for anchor in anchors:
        for span in anchor.values:
            look_up(data, span.path)  # a KeyError where nothing stands


def test_values_on_the_cover_and_the_signature_page_are_anchored() -> None:
    numbered = document(
        clause("term", "Term", "# Three years."),
        signatures=(
            signature(1, "customer", "Contoso Retail LLC", "Omar Haddad", "CEO"),
            signature(2, "provider", "Northwind Hosting Ltd"),
        ),
    )

    assert outside(numbered) == [
        ("Managed Hosting Service Level Agreement", "/title"),
        ("Northwind Hosting Ltd", "/parties/provider/legal_name"),
        ("Contoso Retail LLC", "/parties/customer/legal_name"),
        ("1 December 2026", "/effective/on"),
        ("Contoso Retail LLC", "/parties/customer/legal_name"),
        ("Omar Haddad", "/signatories/0/name"),
        ("CEO", "/signatories/0/title"),
        ("Northwind Hosting Ltd", "/parties/provider/legal_name"),
    ]


def test_what_is_missing_on_the_cover_is_anchored_as_a_blank() -> None:
    blank = document(
        clause("term", "Term", "# Three years."),
        parties={},
        effective=Effective.model_construct(on=None),
        signatures=(signature(1, "customer", ""),),
    )

    assert outside(blank)[1:] == [("[●]", "/effective/on")]


@pytest.mark.parametrize("on", ["last-signature", "conditions-met"])
def test_an_event_on_the_cover_is_no_value(
    on: Literal["last-signature", "conditions-met"],
) -> None:
    numbered = document(effective=Effective.model_construct(on=on))

    assert "/effective/on" not in [path for _, path in outside(numbered)]


def test_the_effective_date_of_an_amendment_is_its_own() -> None:
    paths = [path for _, path in outside(instrument())]

    assert "/amendment/effective/on" in paths
    assert "/effective/on" not in paths
    assert "/title" not in paths  # put together from that of the agreement


def outside(numbered: NumberedDocument) -> Printed:
    """Return (words, path) of the values that no clause has."""
    texts = text_of_docx(rendered(numbered, version="3"))
    anchors = anchor_map(numbered, standard(), version="3")
    return [
        (text[span.start : span.end], span.path)
        for text, anchor in zip(texts, anchors, strict=True)
        if not anchor.clause
        for span in anchor.values
    ]


def test_what_keeps_two_tables_apart_belongs_to_no_clause() -> None:
    both = clause("fees", "Fees", table("a", "One", "1"), table("b", "Two", "2"))
    anchors = anchor_map(document(both), standard(), version="3")

    own = [at for at, anchor in enumerate(anchors) if anchor.clause == "fees"]
    assert anchors[own[0] : own[-1] + 1] == (
        Anchor("fees"),
        Anchor("fees", 0, -1, 0, 0),
        Anchor("fees", 0, 0, 0, 0),
        Anchor(),
        Anchor("fees", 1, -1, 0, 0),
        Anchor("fees", 1, 0, 0, 0),
    )


def test_a_label_that_is_written_out_stands_before_the_block() -> None:
    _, texts, anchors = laid("labels written out")

    offsets = {
        text: anchor.offset
        for text, anchor in zip(texts, anchors, strict=True)
        if anchor.clause
    }
    assert offsets == {"4A\tTerm": 3, "4.2A\tThree years.": 5, "(a)\tOr more.": 4} | {
        "4.3\tThen none.": 4
    }


def test_spans_count_the_label_that_is_written_out() -> None:
    numbered = document(clause("term", "Term", "# It lasts {value 36 months}."))
    numbered = replace(numbered, block_labels={"term": ("9.9",)})

    (anchor,) = (
        one
        for one in anchor_map(numbered, standard(), version="3")
        if one.clause == "term" and one.block == 0
    )

    assert anchor.offset == 4
    assert anchor.values == (ValueSpan(13, 22, "/value"),)
