"""The laws of marks on top of marks, for every pair and for many turns by chance."""

from typing import Final

import pytest
from overlay_judging import (
    US,
    broken_laws,
    broken_laws_of_own,
    marked_by_them,
    overlaid,
)
from overlay_scripts import Author
from pairs import PAIRS
from redline_pieces import Pair

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.revisions import revisions

# What every program works out anew stays as the other side had it, if it is marked.
WORKED_OUT: Final = ("result of a field", "table of contents has one more line")
# A change of widths names nobody, and goes with the only author that there is.
NAMELESS: Final = "width of a column"
# They left an empty paragraph where the new file has none at all.
EMPTY: Final = (
    *("header removed", "last section left out by the new file"),
    *("sections lose the header that they share", "content control of blocks removed"),
    "something to nothing",
)
_EACH = pytest.mark.parametrize(
    "pair",
    [one for one in PAIRS if one.name not in (*WORKED_OUT, NAMELESS)],
    ids=lambda pair: pair.name,
)


def files(pair: Pair) -> tuple[WordFile, WordFile]:
    return admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")


@_EACH
def test_all_that_they_changed_can_be_taken_back_on_top(pair: Pair) -> None:
    old, new = files(pair)
    returned = marked_by_them(old, new)

    assert broken_laws(overlaid(returned, old), returned, old) == []


@_EACH
def test_what_they_proposed_and_we_accept_gets_no_mark_of_ours(pair: Pair) -> None:
    old, new = files(pair)
    returned = marked_by_them(old, new)

    result = overlaid(returned, new)

    assert broken_laws(result, returned, new) == []
    ours = [one for one in revisions(result) if one.author == US]
    assert {(one.old, one.new) for one in ours} <= (
        {("¶", "")} if pair.name in EMPTY else set()
    )


@pytest.mark.parametrize("number", range(60))
def test_the_edits_of_four_people_in_turn_stay_apart(number: int) -> None:
    person = Author(number)
    texts = [person.text()]
    texts.append(person.edited(texts[0]))
    marked = marked_by_them(*(person.file(one, "text.docx") for one in texts))

    for author in (US, "Liam Daly", "Aoife Brennan"):
        texts.append(person.edited(person.draw.choice(texts)))
        new = person.file(texts[-1], "new.docx")
        result = overlaid(marked, new, author)

        assert broken_laws(result, marked, new, author) == []
        marked = result


@pytest.mark.parametrize("number", range(60))
def test_one_person_may_edit_what_the_same_person_inserted(number: int) -> None:
    person = Author(number)
    texts = [person.text()]
    texts.append(person.edited(texts[0]))
    marked = marked_by_them(*(person.file(one, "text.docx") for one in texts))

    for _ in range(3):
        texts.append(person.edited(person.draw.choice(texts)))
        new = person.file(texts[-1], "new.docx")
        result = overlaid(marked, new)

        assert broken_laws_of_own(result, marked, new, US) == []
        marked = result


@_EACH
def test_all_that_we_changed_ourselves_is_taken_back_without_a_mark(pair: Pair) -> None:
    old, new = files(pair)
    returned = overlaid(old, new)

    result = overlaid(returned, old)

    assert broken_laws_of_own(result, returned, old, US) == []
