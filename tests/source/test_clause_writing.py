"""Clause text written from blocks: what is markup is escaped, what lives stays alive."""

from decimal import Decimal

import pytest

from slacontracts.compose.blanks import fill_text
from slacontracts.jinja_text import parse_program
from slacontracts.model.document import (
    Blank,
    Block,
    Item,
    Paragraph,
    Reference,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.source.clause_writing import clause_source, unreadable_values

DATA = {
    "fees": {"name": "Fees & *more*", "cap": {"amount": Decimal(9), "currency": "EUR"}},
    "services": [{"key": "web-hosting", "name": "Web Hosting"}, {"name": "Other"}],
}


def composed(source: str) -> tuple[Block, ...]:
    program, faults = parse_program(source)
    assert faults == ()
    filling = fill_text(
        program,
        DATA,
        language="en",
        digits="latin",
        make_table=lambda name: Table(name, (), ()),
    )
    assert filling.faults == []
    return filling.blocks


@pytest.mark.parametrize(
    ("block", "source"),
    [
        (Paragraph((Words("Plain."),)), "Plain."),
        (Paragraph((Words("2 * 3 `x` {{ y }} {% if %} [#a] a\\b"),)),
         r"2 \* 3 \`x\` \{\{ y \}\} \{\% if %\} \[#a] a\\b"),
        (Paragraph((Words("1. one"),)), r"1\. one"),
        (Paragraph((Words("2027) is a year"),)), r"2027\) is a year"),
        (Paragraph((Words("- not a bullet"),)), r"\- not a bullet"),
        (Paragraph((Words("> not a quotation"),)), r"\> not a quotation"),
        (Paragraph((Words("# not a heading"),)), r"\# not a heading"),
        (Paragraph((Words("-----"),)), r"\-----"),
        (Paragraph((Words("The “Fee” isn’t due."),)), 'The "Fee" isn\'t due.'),
        (Paragraph((Words("A ”wrong“ way round"),)), "A ”wrong“ way round"),
        (Item((Words("One"),), 1, "first"), "1. One [#first]"),
        (Item((Words("Bold", bold=True), Words(" and "), Words("slanted", italic=True))),
         "1. **Bold** and *slanted*"),
        (Item((Words("a ", True), Words("b", True, True), Words(" c", True))),
         "1. **a *b* c**"),
        (Item((Words("“Quoted”", bold=True),)), '1. **\\"Quoted"**'),
        (Item((Words("A "), Term("Credit"), Words(" is due."))), '1. A **"Credit"** is due.'),
        (Paragraph((Words("See "), Reference("fees/cap"), Words("."))),
         'See {{ ref("fees/cap") }}.'),
        (Paragraph((Words("See ", True), Reference("fees"), Words(" now", True))),
         '**See {{ ref("fees") }} now**'),
        (Paragraph((Value("/fees/name", "Fees & *more*"),)), "{{ fees.name }}"),
        (Paragraph((Value("/fees/name", "Fees & *more*", bold=True),)),
         "**{{ fees.name }}**"),
        (Paragraph((Value("/fees/cap/amount", "EUR 9.00", "money"),)),
         "{{ fees.cap | money }}"),
        (Paragraph((Value("/services/web-hosting/name", "Web Hosting"),)),
         '{{ services["web-hosting"].name }}'),
        (Paragraph((Value("/services/1/name", "Other"),)), '{{ services["1"].name }}'),
        (Paragraph((Blank("/fees/late"),)), "{{ fees.late }}"),
        (Paragraph((Words("العميل 12 يوماً"),)), "العميل 12 يوماً"),
        (Table("charges", (), ()), '{{ table("charges") }}'),
    ],
)  # fmt: skip
def test_a_block_is_written_so_that_it_reads_the_same(
    block: Block, source: str
) -> None:
    assert clause_source([block], data=DATA) == f"{source}\n"
    [again] = composed(clause_source([block], data=DATA))

    assert again == block or getattr(again, "inlines", ())[:1] == (
        Blank("/fees/cap/amount"),
    )


def test_items_paragraphs_and_tables_keep_their_levels() -> None:
    blocks = (
        Paragraph((Words("Lead."),)),
        Item((Words("One."),), 1, "one"),
        Item((Words("Two."),), 2),
        Paragraph((Words("Of two."),), 2),
        Item((Words("Three."),), 3),
        Table("charges", (), ()),
        Item((Words("Two again."),), 2),
        Paragraph((Words("Of one."),), 1),
        Item((Words("One again."),), 1),
        Paragraph((Words("The end."),)),
        Item((Words("A new list."),), 1),
    )

    assert composed(clause_source(blocks)) == blocks


def test_a_value_that_no_wording_can_read_becomes_words() -> None:
    line = (Words("Item "), Value("/index", "1", "number"), Words("."))
    blocks = (Paragraph(line), Paragraph((Value("/fees/name", "Fees"),)))

    assert clause_source(blocks, data=DATA) == "Item 1.\n\n{{ fees.name }}\n"
    assert unreadable_values(blocks, DATA) == ("/index",)


def test_a_blank_keeps_the_form_that_it_will_be_written_in() -> None:
    source = "{{ fees.late | money }} {{ fees.days | days }} {{ fees.note }}\n"

    assert clause_source(composed(source), DATA) == source


def test_emphasis_that_markup_cannot_express_is_dropped_and_no_word_is() -> None:
    line = (Words("in brackets)", bold=True), Words("then"))

    assert clause_source([Paragraph(line)]) == "in brackets)then\n"
