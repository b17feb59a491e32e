"""The laws of a redline, for every pair: all accepted is NEW, all rejected is OLD."""

from dataclasses import fields
from functools import cache

import pytest
from judge import differences, stories
from judge_reader import View
from judge_rules import broken_rules, count_marks, lost
from pairs import PAIRS
from redline_pieces import Marks, Pair

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit

_EACH = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
_DATE = "2026-03-01T09:00:00Z"


@cache
def made(pair_name: str) -> tuple[WordFile, WordFile, WordFile]:
    """Return the redline of a pair, its old file and its new one."""
    (pair,) = [one for one in PAIRS if one.name == pair_name]
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")
    result = redline(old, new, author="Ada", date=_DATE)
    return admit(result.data, "redline.docx"), old, new


def test_there_are_many_pairs_and_no_two_have_one_name() -> None:
    names = [pair.name for pair in PAIRS]

    assert len(names) == len(set(names)) >= 120


def test_the_judge_sees_that_the_files_of_a_pair_differ() -> None:
    same = [
        pair.name
        for pair in PAIRS
        if stories(admit(pair.old.data(), "old"), "accepted")
        == stories(admit(pair.new.data(), "new"), "accepted")
        and pair.at_most != Marks()
    ]

    assert same == [
        "the same list under another number",
        "content control of words added",
        "comment added",
    ]  # none of which is a word or a look of the document


@_EACH
@pytest.mark.parametrize("view", ["accepted", "rejected"])
def test_a_resolved_redline_says_what_its_source_says(pair: Pair, view: View) -> None:
    marked, old, new = made(pair.name)

    found = differences(marked, new if view == "accepted" else old, view)

    assert not found, "\n".join(found)


@_EACH
def test_a_redline_breaks_no_rule_of_the_markup(pair: Pair) -> None:
    marked, _, new = made(pair.name)

    assert broken_rules(marked) == []
    assert lost(marked, new) == []


@_EACH
def test_a_redline_marks_no_more_than_what_was_changed(pair: Pair) -> None:
    marked, _, _ = made(pair.name)

    got = count_marks(marked)

    more = {
        one.name: getattr(got, one.name)
        for one in fields(Marks)
        if getattr(got, one.name) > getattr(pair.at_most, one.name)
    }
    assert not more, f"{more}, and at most {pair.at_most}"


@_EACH
def test_a_file_compared_with_itself_has_no_mark_and_the_same_body(pair: Pair) -> None:
    for small in (pair.old, pair.new):
        file = admit(small.data(), "same.docx")

        result = admit(redline(file, file, author="Ada", date=_DATE).data, "r.docx")

        assert count_marks(result) == Marks()
        assert result.package.read(file.main) == file.package.read(file.main)
