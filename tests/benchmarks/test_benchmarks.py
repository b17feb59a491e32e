"""The benchmarks compare equal content, and say so when it is not equal."""

import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from benchmarks.commands import desk_in
from benchmarks.peer import Peer
from benchmarks.report import Goal
from benchmarks.same_content import difference, difference_in_text
from benchmarks.samples import render_sample, short_sample
from benchmarks.timing import in_turns
from benchmarks.warm import Contest, contest_of, peer_road


@cache
def contest() -> Contest:
    return contest_of(short_sample())


def test_docxtpl_makes_the_same_text_numbers_and_xml_of_the_same_agreement() -> None:
    ours = render_sample(contest().composed)

    theirs = contest().same.render()

    assert difference(ours, theirs) == ""


def test_the_plain_template_makes_the_same_text_but_lacks_fields() -> None:
    ours = render_sample(contest().composed)

    theirs = contest().plain.render()

    assert difference_in_text(ours, theirs) == ""
    assert difference(ours, theirs) != ""


def test_one_other_value_is_a_difference() -> None:
    ours = render_sample(contest().composed)
    context = contest().same.context
    changed = Peer(
        contest().same.template, {**context, "title": "Another agreement"}
    ).render()

    found = difference(ours, changed)

    assert "Another agreement" in found


def test_a_missing_row_of_a_table_is_a_difference() -> None:
    ours = render_sample(contest().composed)
    tables = contest().same.context["tables"]
    shorter = {**tables, "contacts": tables["contacts"][:-1]}
    peer = replace(
        contest().same, context={**contest().same.context, "tables": shorter}
    )

    assert difference_in_text(ours, peer.render()) != ""


def test_both_sides_are_timed_in_the_same_rounds() -> None:
    calls = {
        "ours": contest().sample.whole_road,
        "theirs": peer_road(contest().same),
    }

    found = in_turns(calls, 0, least=2)

    assert [len(taken.rounds) for taken in found.values()] == [2, 2]
    assert all(0 < taken.best <= taken.median for taken in found.values())


@pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="needs posix_spawn")
def test_a_command_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    found = desk_in(tmp_path).launch({"bare": [sys.executable, "-c", "pass"]}, 2)

    assert len(found["bare"]) == 2
    assert all(run.milliseconds > 0 for run in found["bare"])
    assert all(run.peak_memory > 1000 for run in found["bare"])


@pytest.mark.parametrize(
    ("sense", "found", "verdict"),
    [
        ("at least", 20, "met"),
        ("at least", 9, "MISSED by 10%"),
        ("at most", 9, "met"),
        ("at most", 12, "MISSED by 20%"),
    ],
)
def test_a_goal_is_met_on_the_right_side_of_its_bound(
    sense: Literal["at least", "at most"], found: float, verdict: str
) -> None:
    assert Goal("a figure", sense, 10, found, "x").verdict == verdict
