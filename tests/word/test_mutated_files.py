"""Redline inputs, spoilt: each gives a sound result or a refusal in one line, in time.

SLACONTRACTS_MUTANTS says how many are tried: 200 without it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from redline_pieces import SCOPE, para
from small_docx import Small
from word_mutants import spoilt

from slacontracts.redline import redline
from slacontracts.word.gate import admit

WORKER = Path(__file__).parent / "mutants_at_work.py"
TRIED = int(os.environ.get("SLACONTRACTS_MUTANTS", "200"))
LOTS = 4
IN_ONE_PROCESS = 250
REFERENCE = '<w:r><w:endnoteReference w:id="1"/></w:r>'

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="memory is limited and measured as Linux does"
)


class Tried(NamedTuple):
    """What became of mutants. faults: each names the seed that shows it again."""

    said: list[str]
    faults: list[str]
    seconds: float
    kilobytes: int


def tried(
    first: int, last: int, folder: Path, command: Sequence[str] = (str(WORKER),)
) -> Tried:
    """Put mutants to work, past those at which the process dies."""
    said, faults, seconds, kilobytes = [], [], 0.0, 0
    while first < last:
        end = min(last, first + IN_ONE_PROCESS)
        process = _started(command, first, end, folder)
        lines = [json.loads(line) for line in process.stdout.splitlines()]
        begun, done = lines[0::2], lines[1::2]
        for one, outcome in zip(begun, done, strict=False):
            said += outcome["said"].values()
            faults += [
                f"seed {one['seed']}, {door}, {one['how']}: {words}"
                for door, words in outcome["said"].items()
                if words.startswith("fault")
            ]
            seconds = max(seconds, outcome["seconds"])
            kilobytes = max(kilobytes, outcome["kilobytes"])
        first = end
        if not process.returncode:
            continue
        assert process.returncode < 0, process.stderr
        died = begun[-1]
        name = signal.Signals(-process.returncode).name
        faults.append(f"seed {died['seed']}, {died['how']}: ended by {name}")
        first = died["seed"] + 1
    return Tried(said, faults, seconds, kilobytes)


def _started(
    command: Sequence[str], first: int, last: int, folder: Path
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command, str(first), str(last), str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lot", range(LOTS))
def test_a_mutant_gives_a_sound_result_or_one_line(lot: int, tmp_path: Path) -> None:
    from mutants_at_work import MEGABYTES

    first, last = TRIED * lot // LOTS, TRIED * (lot + 1) // LOTS

    found = tried(first, last, tmp_path)

    assert found.faults == []
    assert found.kilobytes < MEGABYTES << 10
    assert found.said.count("result") > len(found.said) / 2
    print(f"{last - first} mutants, at most {found.seconds:.2f} s and ", end="")
    print(f"{found.kilobytes >> 10} MB; {found.said.count('refused')} refusals")


def test_a_seed_always_gives_the_same_mutant() -> None:
    seeds = range(40)

    assert [spoilt(seed) for seed in seeds] == [spoilt(seed) for seed in seeds]
    assert len({spoilt(seed).mutant for seed in seeds}) == len(seeds)


@pytest.mark.parametrize(
    ("door", "says"),
    [
        pytest.param("time.sleep(60)", "ended by SIGALRM", id="too long"),
        pytest.param("while True: pass", "ended by SIGALRM", id="for ever"),
        pytest.param("bytearray(400 << 20)", "MemoryError", id="too much memory"),
        pytest.param("os.kill(os.getpid(), 11)", "ended by SIGSEGV", id="broken"),
        pytest.param("1 / 0", "ZeroDivisionError", id="untyped"),
        pytest.param("admit(b'', 'a')", None, id="typed"),
        pytest.param("passed(b'', 'a')", "UnsoundError", id="own result"),
    ],
)
def test_whatever_goes_wrong_at_work_is_a_fault_that_names_the_seed(
    door: str, says: str | None, tmp_path: Path
) -> None:
    code = (
        "import os, sys, time, pathlib, mutants_at_work\n"
        "from mutants_at_work import *\n"
        f"def door(mutant, sound):\n {door}\n"
        "mutants_at_work.DOORS, mutants_at_work.SECONDS = (door,), 0.3\n"
        "at_work(int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3]))\n"
    )

    found = tried(7, 9, tmp_path, ("-c", code))

    assert len(found.faults) == (0 if says is None else 2)
    for seed, fault in zip((7, 8), found.faults, strict=False):
        assert fault.startswith(f"seed {seed}, ")
        assert str(says) in fault


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(REFERENCE + para(SCOPE), id="outside of a paragraph"),
        pytest.param(
            f"<w:fldChar>{para(REFERENCE)}</w:fldChar>{para(SCOPE)}", id="in no block"
        ),
    ],
)
def test_a_reference_at_an_odd_place_makes_no_difference(body: str) -> None:
    note = f'<w:endnote w:id="1">{para("A note.")}</w:endnote>'
    file = admit(Small(body, {"rId1": ("endnotes", note)}).data(), "a.docx")

    made = redline(file, file, author="Ada", date="2026-03-01T09:00:00Z")

    assert made.summary.stories == ()
