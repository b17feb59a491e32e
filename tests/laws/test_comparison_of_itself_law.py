"""Laws: what a comparison shows is the old text and the new one, and nothing is lost."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from edited_documents import documents, edited
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compare.blocks import align_blocks, parents_of
from slacontracts.compare.documents import compare
from slacontracts.compose.digest import inline_text
from slacontracts.compose.numbering import labels_in_full, number
from slacontracts.model.change import BlockChange, Comparison, Piece
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    Inline,
    Item,
    NumberedDocument,
    Table,
)

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "100"))


@st.composite
def two_versions(draw: Any) -> tuple[NumberedDocument, NumberedDocument]:
    given = draw(documents())
    return number(given), number(draw(edited(given, moves=True)))


@settings(max_examples=EXAMPLES)
@given(two_versions())
def test_the_pieces_of_a_clause_are_its_old_words_and_its_new_ones(
    pair: tuple[NumberedDocument, NumberedDocument],
) -> None:
    old, new = pair

    for change in compare(old, new).clauses:
        for clause, document, gone in (
            (change.old, old, "inserted"),
            (change.new, new, "deleted"),
        ):
            if clause is None:
                continue
            assert joined(change.title, gone) == without_numbers(clause.title)
            shown = [one for one in change.blocks if one.fate != gone]
            assert [shown_words(one, gone) for one in shown] == words(clause, document)


def joined(pieces: Iterable[Piece], gone: str) -> str:
    return without_numbers(one.text for one in pieces if one.fate != gone)


def without_numbers(texts: Iterable[str]) -> str:
    """Return text without figures: of a reference that stayed only one label shows."""
    return "".join(char for char in "".join(texts) if not char.isdigit())


def shown_words(change: BlockChange, gone: str) -> list[str]:
    cells = [cell for row in change.rows if row.fate != gone for cell in row.cells]
    return [joined(one, gone) for one in (cells or [change.pieces])]


def words(clause: Clause, document: NumberedDocument) -> list[list[str]]:
    return [words_of(block, document) for block in clause.blocks]


def words_of(block: Block, document: NumberedDocument) -> list[str]:
    if not isinstance(block, Table):
        return [line(block.inlines, document)]
    cells = [cell for row in block.rows for cell in row.cells]
    return ["\n".join(line(one, document) for one in cell) for cell in cells]


def line(inlines: Iterable[Inline], document: NumberedDocument) -> str:
    return without_numbers(inline_text(one, document) for one in inlines)


@settings(max_examples=EXAMPLES)
@given(two_versions())
def test_each_block_became_one_or_none_and_stays_with_its_item(
    pair: tuple[NumberedDocument, NumberedDocument],
) -> None:
    olds, news = ({one.key: one for one in side.document.clauses} for side in pair)

    for key in olds.keys() & news.keys():
        old, new = olds[key], news[key]
        found = align_blocks(old, new)
        both = {i: j for i, j in found if i is not None and j is not None}
        assert [i for i, _ in found if i is not None] == [*range(len(old.blocks))]
        assert [j for _, j in found if j is not None] == [*range(len(new.blocks))]
        for i, j in both.items():
            assert level(old.blocks[i]) == level(new.blocks[j])
            home, other = parents_of(old.blocks)[i], parents_of(new.blocks)[j]
            assert other == (None if home is None else both[home])


def level(block: Block) -> tuple[type, int]:
    return type(block), 0 if isinstance(block, Table) else block.level


@settings(max_examples=EXAMPLES)
@given(two_versions())
def test_the_way_back_names_the_same_clauses_and_a_text_and_itself_none(
    pair: tuple[NumberedDocument, NumberedDocument],
) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)

    assert compare(new, new).clauses == ()
    assert reworded(there) == reworded(back)


def reworded(found: Comparison) -> set[str]:
    return {
        one.key for one in found.clauses if one.fate != "moved" or one.has_other_wording
    }


@settings(max_examples=EXAMPLES)
@given(documents())
def test_full_labels_are_those_that_references_print(given: AgreementDocument) -> None:
    named = tuple(
        replace(one, blocks=tuple(with_anchors(one.blocks))) for one in given.clauses
    )
    numbered = number(replace(given, clauses=named))

    for clause in named:
        found = labels_in_full(clause.blocks, numbered.block_labels[clause.key])
        parents = parents_of(clause.blocks)
        for index, block in enumerate(clause.blocks):
            if isinstance(block, Item) and is_inside(clause.blocks, parents, index):
                assert found[index] == numbered.labels[f"{clause.key}/{block.anchor}"]


def with_anchors(blocks: Iterable[Block]) -> Iterator[Block]:
    for index, block in enumerate(blocks):
        if isinstance(block, Item):
            block = replace(block, anchor=f"a{index}")
        yield block


def is_inside(
    blocks: Sequence[Block], parents: Sequence[int | None], index: int
) -> bool:
    """Tell whether an item stands in one of the next level up, and so do those."""
    block, parent = blocks[index], parents[index]
    if parent is None:
        return isinstance(block, Item) and block.level == 1
    above = blocks[parent]
    return (
        isinstance(block, Item)
        and isinstance(above, Item)
        and above.level == block.level - 1
        and is_inside(blocks, parents, parent)
    )
