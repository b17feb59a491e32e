"""Clause text: paragraphs, items, terms and anchors, and what is refused."""

import pytest

from slacontracts.model.document import Item, Paragraph, Term, Words
from slacontracts.source.clause_text import (
    ParsedBlock,
    Slot,
    parse_clause_text,
    token,
)


def test_a_lead_paragraph_and_nested_items_become_blocks_with_levels() -> None:
    blocks, faults = parse_clause_text(
        "The lead\ncontinues.\n\n1. One.\n   1. Two.\n      1. Three.\n1. Four. [#last]\n"
    )

    assert faults == ()
    assert blocks == (
        Paragraph((Words("The lead continues."),)),
        Item((Words("One."),), 1),
        Item((Words("Two."),), 2),
        Item((Words("Three."),), 3),
        Item((Words("Four."),), 1, "last"),
    )


def test_a_second_paragraph_of_an_item_belongs_to_it() -> None:
    blocks, faults = parse_clause_text("1. One.\n\n   Still one.\n\nNot one.\n")

    assert faults == ()
    assert blocks == (
        Item((Words("One."),), 1),
        Paragraph((Words("Still one."),), 1),
        Paragraph((Words("Not one."),), 0),
    )


def test_emphasis_terms_and_tokens_become_inlines() -> None:
    text = f'A **"Credit"** is **{token(0)} big** and *{token(1)}*.'

    blocks, faults = parse_clause_text(text)

    assert faults == ()
    assert blocks == (
        ParsedBlock(
            (
                Words("A "),
                Term("Credit"),
                Words(" is "),
                Slot(0, bold=True),
                Words(" big", bold=True),
                Words(" and "),
                Slot(1, italic=True),
                Words("."),
            ),
            0,
            False,
            None,
        ),
    )


def test_a_term_may_stand_inside_a_word_as_arabic_needs() -> None:
    blocks, faults = parse_clause_text('وال**"خدمات"**ية')

    assert faults == ()
    assert blocks == (Paragraph((Words("وال"), Term("خدمات"), Words("ية"))),)


def test_straight_quotes_become_typographic_ones() -> None:
    blocks, _ = parse_clause_text("The customer's \"loss\" ('cost') isn't \"it\".")

    assert blocks == (
        Paragraph((Words("The customer’s “loss” (‘cost’) isn’t “it”."),)),
    )


def test_escaped_marks_are_wording() -> None:
    blocks, faults = parse_clause_text(r"5 \* 6, \[#x], 2\. y, snake_case")

    assert faults == ()
    assert blocks == (Paragraph((Words("5 * 6, [#x], 2. y, snake_case"),)),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1. one\nclosing words", "would become part of the item above"),
        ("1. one\n   1. two\n   tail", "would become part of the item above"),
        ("2. two", 'here stands "2."'),
        ("1. one\n2. two", 'here stands "2."'),
        ("1) one", 'here stands "1)"'),
        ("- one", "bullets are not used"),
        ("* one", "bullets are not used"),
        ("1. one\n  1. two", "indented by 0 spaces, this one by 2"),
        ("1. a\n   1. b\n      1. c\n         1. d", "three levels deep"),
        ("1.\n", "an item starts with its wording"),
        ("1. 1. one", "an item starts with its wording"),
        ("# My heading", "headings, tables"),
        ("| a | b |", "headings, tables"),
        ("> quoted", "headings, tables"),
        ("above\n---\nbelow", "headings, tables"),
        ("a **bold", "markup without its partner"),
        ("a * b", "markup without its partner"),
        ("a `code`", "markup without its partner"),
        ("a [#anchor]", "belongs at the end of an item"),
        ("1. a [#one] [#two]", "one anchor at the most"),
        ("1. a [#Bad]", "markup without its partner"),
    ],
)
def test_wrong_markup_is_refused_with_the_wording_near_it(text: str, says: str) -> None:
    _, faults = parse_clause_text(text)

    assert any(says in fault.message for fault in faults)
    assert all(fault.near for fault in faults)


def test_an_empty_text_has_no_blocks() -> None:
    assert parse_clause_text("\n\n") == ((), ())
