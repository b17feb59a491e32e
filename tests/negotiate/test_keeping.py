"""What a counterparty wrote is kept so that it can be read, and deceives nobody."""

import pytest

from slacontracts.model.proposal import Edit, NewBlock, Occurrence, Proposal
from slacontracts.negotiate.keeping import keepable, shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("five days", "five days", id="plain"),
        pytest.param("100\u200b000", "100[U+200B]000", id="no shape"),
        pytest.param("\u202e100000\u202c", "[U+202E]100000[U+202C]", id="order turned"),
        pytest.param("a\vb", "a\nb", id="line break"),
        pytest.param("e\u0301", "\u00e9", id="composed"),
        pytest.param("\u200f10", "\u200f10", id="marks that Arabic needs"),
    ],
)
def test_characters_that_deceive_stand_by_their_names(text: str, kept: str) -> None:
    assert shown(text) == kept


def test_words_that_deceive_are_never_put_in_by_themselves() -> None:
    edit = Edit(what="words", clause="fees", start=1, end=2, text="1\u200b0")
    proposal = Proposal(
        number=1,
        kind="wording",
        change="wording",
        old="10",
        new="1\u200b0",
        value="1\u200b0",
        edits=(edit,),
        author="O\u202emar",
        occurrences=(Occurrence(place="p\u200b", old="1\u200b", new="2\u200b"),),
    )

    kept = keepable(proposal)

    assert (kept.new, kept.edits, kept.value) == ("1[U+200B]0", (), None)
    assert kept.author == "O[U+202E]mar"
    assert kept.occurrences[0].new == "2[U+200B]"


def test_words_of_a_clause_are_kept_in_one_line() -> None:
    blocks = (NewBlock(text="one\vtwo\tthree", level=1, is_item=True),)
    edit = Edit(what="insert", clause="fees", block=2, blocks=blocks)
    proposal = Proposal(
        number=1, kind="insertion", change="insertion", new="x", edits=(edit,)
    )

    (kept,) = keepable(proposal).edits

    assert kept.blocks[0].text == "one two three"
    assert (kept.blocks[0].level, kept.blocks[0].is_item, kept.block) == (1, True, 2)
