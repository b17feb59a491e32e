"""Redlines of words alone: no mark of formatting, and each word marked all the same."""

import pytest
from judge_rules import count_marks
from pairs import PAIRS
from redline_pieces import Marks, Pair

from slacontracts.redline import redline
from slacontracts.word.gate import admit

_FORMATS = [pair for pair in PAIRS if pair.at_most.formats]


@pytest.mark.parametrize("pair", _FORMATS, ids=lambda pair: pair.name)
def test_without_formatting_the_words_alone_are_marked(pair: Pair) -> None:
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")
    date = "2026-03-01T09:00:00Z"

    plain, full = (
        redline(old, new, author="Ada", date=date, has_formatting=wanted)
        for wanted in (False, True)
    )

    marks, all_marks = (count_marks(admit(one.data, "r.docx")) for one in (plain, full))
    assert marks.formats == 0
    assert (marks.ins, marks.dels) == (all_marks.ins, all_marks.dels)


def test_a_file_in_other_looks_says_the_same_when_looks_do_not_count() -> None:
    (pair,) = [one for one in _FORMATS if one.name == "run gets b"]
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")

    result = redline(
        old, new, author="Ada", date="2026-03-01T09:00:00Z", has_formatting=False
    )

    assert result.summary.stories == ()
    assert count_marks(admit(result.data, "r.docx")) == Marks()
