"""The lines of a proposal: where its words stand, and what came back otherwise."""

from typing import Any

import pytest

from slacontracts.cli.proposal_lines import print_proposal
from slacontracts.model.proposal import Occurrence, Proposal


def lines(capsys: pytest.CaptureFixture[str], **fields: Any) -> list[str]:
    given = {"number": 3, "kind": "wording", "change": "wording", **fields}
    print_proposal(Proposal.model_validate(given))
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("wording", "wording", "in: the words there"),
        ("insertion", "insertion", "before: the words there"),
        ("untracked", "insertion", "before: the words there"),
    ],
)
def test_words_beside_a_change_are_told_as_what_they_are(
    kind: str, change: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = lines(capsys, kind=kind, change=change, new="x", around="the words there")

    assert said in shown


def test_where_words_moved_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(
        capsys, kind="relocation", change="relocation", around="now after: Fees"
    )

    assert "now after: Fees" in shown


def test_places_that_stayed_come_last_and_say_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = Occurrence(place="Key Terms", old="25%", new="25%")
    changed = Occurrence(place="clause 27.4", old="25%", new="45%")

    shown = lines(
        capsys,
        kind="conflict",
        change="conflict",
        path="/credits/cap_percent",
        occurrences=(there, changed),
    )

    assert shown[-2:] == ["clause 27.4: 25% -> 45%", "Key Terms: 25%, unchanged"]
