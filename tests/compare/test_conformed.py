"""Conformed copies: which amendments count on a day, and what is noted of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from amending import agreement, clause, reads

from slacontracts.compare.conformed import Amendment, Ended, conformed, overtaken
from slacontracts.compare.conformed_notes import with_notes
from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.clause import Part
from slacontracts.model.operation import Replaced

TERM = clause("term", "- The term is three years.")
FEES = clause("fees", "- Fees are 100.\n- Fees are due monthly.")
MORE = clause("fees", "- Fees are 100.\n- Travel is extra.\n- Fees are due monthly.")
ORIGINAL = number(agreement(TERM, FEES))
FIRST = executed(ORIGINAL, agreement(TERM, MORE))
# The second amends what the first inserted, and the term besides.
SECOND = executed(
    FIRST,
    agreement(
        clause("term", "- The term is five years."),
        clause(
            "fees", "- Fees are 100.\n- Travel is included.\n- Fees are due monthly."
        ),
    ),
)
ONE = Amendment(1, date(2027, 1, 10), date(2027, 6, 1), operations(ORIGINAL, FIRST))
TWO = Amendment(2, date(2027, 3, 10), date(2027, 2, 1), operations(FIRST, SECOND))
LATE = date(2030, 1, 1)


@pytest.mark.parametrize(
    ("at", "known", "numbers"),
    [
        (date(2027, 1, 31), LATE, []),
        (date(2027, 2, 1), LATE, [2]),
        (date(2027, 5, 31), LATE, [2]),
        (date(2027, 6, 1), LATE, [1, 2]),
        (LATE, date(2027, 1, 9), []),
        (LATE, date(2027, 1, 10), [1]),
        (date(2027, 2, 1), date(2027, 3, 9), []),
    ],
)
def test_amendments_count_when_signed_and_in_effect(
    at: date, known: date, numbers: list[int]
) -> None:
    copy = conformed(ORIGINAL, [TWO, ONE], at, known)

    assert [one.number for one in copy.amendments] == numbers


def test_amendments_are_worked_in_as_they_were_signed() -> None:
    copy = conformed(ORIGINAL, [TWO, ONE], LATE, LATE)

    assert reads(copy.document) == reads(SECOND)
    assert copy.held_over == ()
    assert {key: [note.amendment.number for note in notes]
            for key, notes in copy.notes.items()} == {"term": [2], "fees": [1, 2]}  # fmt: skip


def test_what_amends_text_that_is_not_in_effect_is_held_over() -> None:
    copy = conformed(ORIGINAL, [ONE, TWO], date(2027, 2, 1), LATE)

    assert reads(copy.document) == [
        "1 Term",
        "1.1 The term is five years.",
        "2 Fees",
        "2.1 Fees are 100.",
        "2.2 Fees are due monthly.",
    ]
    ((amendment, operation),) = copy.held_over
    assert amendment is TWO
    assert isinstance(operation, Replaced)
    assert operation.place.item == "2.1A"
    assert (
        "Amendment No. 2 also changes text that was not yet in effect on that day; "
        "those changes are not shown." in reads(with_notes(copy))
    )


ANNEX = clause("prices", "| Hosting | 100 |\n| Total | 100 |", Part.SCHEDULE)
PRICED = number(agreement(TERM, ANNEX))
WITH_BACKUP = executed(
    PRICED,
    agreement(
        TERM,
        clause(
            "prices",
            "| Hosting | 100 |\n| Backup | 20 |\n| Total | 120 |",
            Part.SCHEDULE,
        ),
    ),
)
DEARER = executed(
    WITH_BACKUP,
    agreement(
        clause("term", "- The term is five years."),
        clause(
            "prices",
            "| Hosting | 110 |\n| Backup | 20 |\n| Total | 130 |",
            Part.SCHEDULE,
        ),
    ),
)


@pytest.mark.parametrize(
    ("effective", "when"),
    [
        (date(2027, 7, 1), "on 1 July 2027"),
        (None, "when its conditions are met"),
    ],
)
def test_a_copy_warns_of_text_that_another_amendment_brings_only_later(
    effective: date | None, when: str
) -> None:
    backup = Amendment(1, date(2027, 1, 10), effective, operations(PRICED, WITH_BACKUP))
    price = Amendment(
        2, date(2027, 2, 10), date(2027, 3, 1), operations(WITH_BACKUP, DEARER)
    )

    copy = conformed(PRICED, [backup, price], date(2027, 4, 1), LATE)

    read = reads(with_notes(copy))
    assert (
        "Amendment No. 2 was written against the text with Amendment No. 1, which takes "
        f"effect only {when}. What Amendment No. 2 replaces may already say what "
        "Amendment No. 1 changes." in read
    )
    warning = (
        "[Amendment No. 2 was written against the text with Amendment No. 1, which takes "
        f"effect only {when}.]"
    )
    assert read.count(warning) == 1
    assert read[read.index("Schedule 1 Prices") + 2] == warning
    assert "| Total | 130" in read


def test_once_both_are_in_effect_nothing_is_left_to_warn_of() -> None:
    read = reads(with_notes(conformed(ORIGINAL, [ONE, TWO], LATE, LATE)))

    assert not [line for line in read if "written against" in line]


@pytest.mark.parametrize(
    ("first", "second", "is_overtaken"),
    [
        (date(2027, 6, 1), date(2027, 2, 1), True),
        (None, date(2027, 2, 1), True),
        (date(2027, 2, 1), date(2027, 2, 1), False),
        (date(2027, 2, 1), date(2027, 6, 1), False),
        (date(2027, 2, 1), None, False),
        (None, None, False),
    ],
)
def test_an_amendment_overtakes_one_signed_before_that_takes_effect_after_it(
    first: date | None, second: date | None, is_overtaken: bool
) -> None:
    one = Amendment(1, date(2027, 1, 10), first, ONE.operations)
    two = Amendment(2, date(2027, 1, 10), second, TWO.operations)

    found = overtaken([two, one])

    assert [(pair.earlier, pair.later) for pair in found] == (
        [(one, two)] if is_overtaken else []
    )
    assert [pair.places for pair in found] == (
        [frozenset({(Part.CLAUSE, "2")})] if is_overtaken else []
    )


def test_amendments_that_replace_the_same_part_touch_each_other() -> None:
    key_terms = clause("key-terms", "Key terms.", Part.KEY_TERMS)
    once = executed(ORIGINAL, agreement(key_terms, TERM, FEES))
    key_terms = clause("key-terms", "Other terms.", Part.KEY_TERMS)
    twice = executed(once, agreement(key_terms, TERM, FEES))
    one = Amendment(1, date(2027, 1, 10), None, operations(ORIGINAL, once))
    two = Amendment(2, date(2027, 2, 10), date(2027, 3, 1), operations(once, twice))

    (found,) = overtaken([one, two])

    assert found.places == {(Part.KEY_TERMS, "Key terms")}


def test_an_amendment_without_a_day_takes_no_effect() -> None:
    open_ended = Amendment(1, date(2027, 1, 10), None, ONE.operations)

    assert conformed(ORIGINAL, [open_ended], LATE, LATE).amendments == ()


def test_a_copy_says_that_it_is_for_convenience_and_notes_what_was_altered() -> None:
    gone = Amendment(
        2,
        date(2027, 3, 10),
        date(2027, 7, 1),
        operations(FIRST, executed(FIRST, agreement(MORE))),
    )

    copy = with_notes(conformed(ORIGINAL, [ONE, gone], LATE, date(2028, 2, 1)))

    assert copy.document.title == (
        "Hosting Agreement (conformed copy, for convenience only)"
    )
    assert reads(copy) == [
        "Conformed copy",
        "This conformed copy is for convenience only. It was put together from the "
        "signed Agreement and its signed amendments, which alone are binding.",
        "It shows the text in force on 1 January 2030, with the amendments signed "
        "until 1 February 2028.",
        "| Amendment No. 1 | 10 January 2027 | 1 June 2027",
        "| Amendment No. 2 | 10 March 2027 | 1 July 2027",
        "1 [Intentionally omitted]",
        "[Deleted by Amendment No. 2, in effect from 1 July 2027.]",
        "2 Fees",
        "[Amended by Amendment No. 1, in effect from 1 June 2027.]",
        "2.1 Fees are 100.",
        "2.1A Travel is extra.",
        "2.2 Fees are due monthly.",
    ]


def test_a_copy_of_the_original_says_that_nothing_is_worked_in() -> None:
    copy = with_notes(conformed(ORIGINAL, [ONE], date(2027, 1, 1), LATE))

    assert "No amendment had taken effect by then." in reads(copy)
    assert not [line for line in reads(copy) if line.startswith(("|", "["))]


@pytest.mark.parametrize("seen", [None, date(2027, 5, 3)])
@pytest.mark.parametrize("how", ["expired", "terminated", "superseded", "lapsed"])
def test_an_arabic_copy_says_how_it_ended_and_what_goes_on(
    how: Any, seen: date | None
) -> None:
    original = number(agreement(TERM, FEES, language="ar"))
    last, day = date(2027, 8, 31), date(2027, 9, 1)
    ended = Ended(day, last, how, (("fees", date(2029, 8, 31)), ("term", None)))
    copy = replace(conformed(original, [], last, LATE), ended=ended, seen=seen)

    read = " ".join(reads(with_notes(copy)))

    assert ("بحسب ما هو معلوم في 3 مايو 2027" in read) == (seen is not None)
    assert "31 أغسطس 2027" in read
    assert "البند 2 (Fees) حتى 31 أغسطس 2029؛ البند 1 (Term)." in read
    assert "تبين النص الساري" not in read
