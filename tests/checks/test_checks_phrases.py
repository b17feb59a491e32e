"""Words of a passage: where sentences begin and end, what terms have in common."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.checks.phrases import (
    Lexicon,
    opens_sentence,
    sentence_around,
    singular,
    term_key,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Services", "Service"),
        ("Parties", "Party"),
        ("Party’s", "Party"),
        ("Parties'", "Party"),
        ("Business", "Business"),
        ("Status", "Status"),
        ("Basis", "Basis"),
        ("Losses", "Loss"),
        ("Taxes", "Tax"),
        ("Branches", "Branch"),
        ("SLAs", "SLA"),
        ("Ties", "Tie"),
    ],
)
def test_a_plural_and_its_singular_are_one(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_the_key_of_a_term_has_no_article_and_no_plural() -> None:
    assert term_key(["the", "Points", "of", "Contact"]) == "Point of Contact"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|Fees are due.", True),
        ("It ends. |Fees are due.", True),
        ("It ends (soon). |Fees are due.", True),
        ("It covers: |Fees.", True),
        ("(“|Fees” are due.", True),
        ("The |Fees are due.", False),
        ("The price (|Fees) is due.", False),
        ("It covers, e.g. |Fees.", False),
        ("See No. |Five.", False),
    ],
)
def test_the_start_of_a_sentence_is_known(text: str, expected: bool) -> None:
    before, _, after = text.partition("|")

    assert opens_sentence(before + after, len(before)) is expected


def test_the_sentence_around_a_place_is_found() -> None:
    text = "It begins. It is due, e.g. now. It ends."

    start, end = sentence_around(text, text.index("due"))

    assert text[start:end] == "It is due, e.g. now. "
    assert sentence_around(text, len(text) - 1)[1] == len(text)


WORDS = st.sampled_from(
    ["Service", "Credit", "Fee", "the", "of", "is", "Credits", "Customer’s", ".", "VAT"]
)
TERMS = st.lists(
    st.sampled_from(["Service", "Service Credit", "Fee", "Credit Fee"]), unique=True
)


@given(st.lists(WORDS, max_size=12).map(" ".join), TERMS)
def test_every_phrase_stands_in_the_text_and_none_overlaps(
    text: str, terms: list[str]
) -> None:
    lexicon = Lexicon(terms)

    phrases = sorted(lexicon.search(text), key=lambda phrase: phrase.start)

    for phrase in phrases:
        assert text[phrase.start :].startswith(phrase.text)
        assert not phrase.term or phrase.term in terms
    known = [phrase for phrase in phrases if phrase.term]
    for one, other in pairwise(known):
        assert one.start + len(one.text) <= other.start


# Each word once: "VAT Service" and "Service Service" both defined would leave it open
# how "VAT Service Service" is to be cut.
@given(st.lists(WORDS, max_size=12, unique=True).map(" ".join))
def test_what_is_unknown_vanishes_once_it_is_defined(text: str) -> None:
    unknown = [phrase.text for phrase in Lexicon([]).search(text)]

    left = [phrase for phrase in Lexicon(unknown).search(text) if not phrase.term]

    assert left == []
