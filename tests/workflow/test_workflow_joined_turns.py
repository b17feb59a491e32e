"""Turns that two people added to one negotiation: none is lost, each has a number."""

from typing import Any

import pytest

from slacontracts.errors import OutsideError
from slacontracts.model.proposal import Proposal
from slacontracts.model.turn import Turn
from slacontracts.source.turn_file import read_turn, write_turn
from slacontracts.store.merging import JoinedTurns
from slacontracts.workflow.joined_turns import join_turns

FOLDER = "agreements/acme/SLA-1/turns"


def turn(number: int, name: str, **fields: Any) -> Turn:
    proposals = tuple(
        Proposal(number=one, kind="wording", change="wording")
        for one in fields.pop("proposals", ())
    )
    said = {"direction": "received", "on": f"2026-11-24T09:{number:02}:00+0000"}
    said |= {"party": "customer", "by": "Niamh", "digest": name, **fields}
    return Turn.model_validate(
        {"number": number, "name": name, "proposals": proposals, **said}
    )


def files(*turns: Turn) -> dict[str, bytes]:
    return {f"{FOLDER}/{one.number:03}.yaml": write_turn(one).encode() for one in turns}


BEFORE = files(turn(1, "first", direction="sent", proposals=()))


def join(mine: list[Turn], theirs: list[Turn]) -> JoinedTurns:
    joined = join_turns(FOLDER, BEFORE, files(*mine), files(*theirs))
    other = join_turns(FOLDER, BEFORE, files(*theirs), files(*mine))
    assert other == joined  # whoever pulls
    return joined


def shape(joined: JoinedTurns) -> dict[str, tuple[int, int | None, list[int]]]:
    """Return of each turn its number, what it answers, and its proposals."""
    found = {}
    for path, data in joined.files.items():
        read, _ = read_turn(data, path)
        assert read is not None
        assert path == f"{FOLDER}/{read.number:03}.yaml"
        numbers = [one.number for one in read.proposals]
        found[read.name] = read.number, read.answers, numbers
    return found


def test_turns_of_different_numbers_stay_as_they_are() -> None:
    mine, theirs = turn(2, "a", proposals=(1, 2)), turn(3, "b", proposals=(3,))

    joined = join([mine], [theirs])

    assert joined == JoinedTurns(files(mine, theirs))


def test_the_later_of_two_turns_with_one_number_gets_the_next() -> None:
    early = turn(2, "a", answers=1, proposals=(1, 2))
    late = turn(2, "b", answers=1, proposals=(1, 2, 3), on="2026-11-24T11:30:00+0200")

    joined = join([late], [early])

    assert shape(joined) == {"a": (2, 1, [1, 2]), "b": (3, 1, [4, 5, 6])}
    assert joined.said == (
        "turn 2 (b, received from customer on 2026-11-24) is turn 3 now, as both sides "
        "added a turn 2; its proposals 1-3 are 4-6 now",
    )


def test_what_was_sent_keeps_its_number_since_its_file_says_it() -> None:
    received = turn(2, "a", answers=1)
    sent = turn(2, "b", direction="sent", on="2026-11-25T09:00:00+0000")

    assert shape(join([received], [sent])) == {"b": (2, None, []), "a": (3, 1, [])}


def test_an_answer_follows_the_turn_that_it_answers() -> None:
    mine = [turn(2, "a", direction="sent"), turn(3, "b", answers=2, proposals=(1,))]
    theirs = [
        turn(2, "c", direction="sent", on="2026-11-24T10:00:00+0000"),
        turn(3, "d", answers=2, proposals=(1,)),
        turn(4, "e", direction="sent", on="2026-11-24T12:00:00+0000"),
    ]

    joined = join(mine, theirs)

    assert shape(joined) == {
        "a": (2, None, []),
        "b": (3, 2, [1]),
        "c": (5, None, []),
        "d": (6, 5, [2]),
        "e": (7, None, []),
    }
    assert "its Word file still says turn 2" in joined.said[0]


def test_one_turn_that_both_have_is_one() -> None:
    both = turn(2, "a", proposals=(1,))

    joined = join([both], [both, turn(3, "b", proposals=(2,))])

    assert shape(joined) == {"a": (2, None, [1]), "b": (3, None, [2])}
    assert joined.said == ()


def test_a_turn_that_cannot_be_read_is_named() -> None:
    with pytest.raises(OutsideError, match=r"002\.yaml cannot be read") as raised:
        join_turns(FOLDER, BEFORE, {f"{FOLDER}/002.yaml": b"number: x\n"}, {})

    assert "\n" not in str(raised.value)
