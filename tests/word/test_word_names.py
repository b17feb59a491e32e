"""Bookmark names: what Word accepts, and no two alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.word.names import MAX_BOOKMARK_NAME, bookmark_name

word = st.from_regex(r"[a-z][a-z0-9]{0,20}", fullmatch=True)
key = st.lists(word, min_size=1, max_size=4).map("-".join)
target = st.one_of(key, st.tuples(key, key).map("/".join))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("term", "_c_term"),
        ("service-credits", "_c_service_credits"),
        ("service-credits/cap", "_c_service_credits__cap"),
    ],
)
def test_a_bookmark_is_named_for_its_target(written: str, name: str) -> None:
    assert bookmark_name(written) == name


@given(target)
def test_a_name_is_one_that_word_keeps_and_hides(one: str) -> None:
    name = bookmark_name(one)

    assert len(name) <= MAX_BOOKMARK_NAME
    assert re.fullmatch(r"_[A-Za-z0-9_]+", name, re.ASCII)


@given(target, target)
def test_two_targets_never_share_a_name(one: str, other: str) -> None:
    assert (bookmark_name(one) == bookmark_name(other)) == (one == other)


def test_a_slash_is_not_taken_for_a_hyphen() -> None:
    assert bookmark_name("fees/late") != bookmark_name("fees-late")
