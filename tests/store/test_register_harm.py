"""Filing while processes are killed, disks fail and others file: nothing lost or half."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filing import file_record, filled_workspace, new_workspace

from slacontracts.errors import OutsideError
from slacontracts.store.chain import verify_chain

KILLS = int(os.environ.get("SLACONTRACTS_KILLS", "60"))
TIMES = int(os.environ.get("SLACONTRACTS_FILINGS", "10"))
WRITERS = 16
BEFORE = 3  # records in the register that harm is done to
MOST_STEPS = 400

Trial = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs processes to fork")


@pytest.fixture(scope="module")
def trial(
    surroundings: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trial]:
    """Do one trial in a copy of a small register; see register_in_danger."""
    folder = tmp_path_factory.mktemp("harm")
    template = filled_workspace(folder / "template", BEFORE)
    program = Path(__file__).with_name("register_in_danger.py")
    # what is killed can save no coverage, and watching it takes most of the time
    watched = {name for name in os.environ if name.startswith("COV")}
    child = subprocess.Popen(
        [sys.executable, str(program), str(template)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **{name: os.environ[name] for name in os.environ.keys() - watched},
            "PYTHONPATH": str(program.parents[1]),
        },
    )
    assert child.stdin is not None
    assert child.stdout is not None
    asked, answers = child.stdin, child.stdout

    def one(*words: object) -> dict[str, Any]:
        asked.write(" ".join(map(str, words)) + "\n")
        asked.flush()
        answer: dict[str, Any] = json.loads(answers.readline())
        return answer

    with child:
        yield one
        asked.close()


def require_old_or_new(outcome: dict[str, Any], most_new: int = 1) -> None:
    """Require that all that was acknowledged is there, whole, and that it goes on."""
    receipts = [said for said in outcome["said"] if said[0].isdigit()]
    assert outcome["troubles"] == []
    assert outcome["before"][BEFORE : BEFORE + len(receipts)] == receipts
    assert 0 <= len(outcome["before"]) - BEFORE - len(receipts) <= 1
    assert len(receipts) <= most_new
    assert outcome["next"] == len(outcome["before"]) + 1
    assert not any(said.startswith("!") for said in outcome["said"]), outcome["said"]


def test_a_process_killed_at_any_step_leaves_the_old_register_or_the_new(
    trial: Trial,
) -> None:
    states = set()

    for at in range(1, MOST_STEPS):
        outcome = trial("step", at)
        require_old_or_new(outcome)
        states.add((outcome["killed"], len(outcome["before"]), len(outcome["said"])))
        if not outcome["killed"]:
            break

    # killed before it happened, after it happened, after it was said, and not at all
    assert states == {
        (True, BEFORE, 0),
        (True, BEFORE + 1, 0),
        (True, BEFORE + 1, 1),
        (False, BEFORE + 1, 2),
    }
    assert at > 60


def test_a_process_killed_at_any_moment_loses_nothing_that_it_acknowledged(
    trial: Trial,
) -> None:
    acknowledged = 0
    slowest = 0.0

    for _ in range(KILLS):
        outcome = trial("random", 0, 0.15)
        require_old_or_new(outcome, most_new=50)
        acknowledged += len(outcome["said"])
        slowest = max(slowest, outcome["seconds"])

    print(f"{KILLS} kills, {acknowledged} said, recovered within {slowest:.2f} s")
    assert acknowledged > 0


def test_a_disk_that_fails_at_any_step_is_one_line_and_nothing_is_half(
    trial: Trial,
) -> None:
    told = []

    for at in range(1, MOST_STEPS):
        word = ("ENOSPC", "EIO")[at % 2]
        outcome = trial("fail", at, word)
        require_old_or_new(outcome)
        assert outcome["left"] == []
        assert outcome["locks"] == []
        says = [said for said in outcome["said"] if said.startswith("told ")]
        if not says:
            break
        told += says
        is_new = len(outcome["before"]) > BEFORE
        assert is_new == ("was registered (receipt" in says[0]), says
        assert ("No space left" if word == "ENOSPC" else "Input/output") in says[0]

    assert at == len(told) + 1
    assert at > 40


def test_many_processes_that_file_at_the_same_time_lose_nothing(trial: Trial) -> None:
    outcome = trial("writers", WRITERS, TIMES)

    count = WRITERS * TIMES
    assert outcome["troubles"] == []
    assert len(outcome["said"]) == count
    assert sorted(outcome["said"]) == sorted(outcome["before"][BEFORE:])
    places = [int(said.split("-")[0]) for said in outcome["before"]]
    assert places == list(range(1, BEFORE + count + 1))


# What the command that moves the branch does to the disk, each with the state after.
GIT_STEPS = [
    *((call, 1) for call in ("write", "fsync", "rename", "mkdir")),
    *((call, 2) for call in ("write", "fsync", "rename")),
    ("write", 3),
]


def is_filed(root: Path) -> bool:
    try:
        file_record(root, 2)
    except OutsideError:
        return False
    return True


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("harm", ["error=ENOSPC", "error=EIO", "signal=KILL"])
def test_a_git_that_comes_to_harm_leaves_the_old_register_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    git, told = shutil.which("git"), 0
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    path = f"{shim.parent}:{os.environ['PATH']}"
    for number, (call, when) in enumerate(GIT_STEPS):
        root = filled_workspace(tmp_path / f"contracts-{number}", 1)
        shim.write_text(
            '#!/bin/sh\ncase "$*" in *update-ref*)\n'
            f"exec strace -f -o /dev/null -e trace={call} "
            f'-e inject={call}:{harm}:when={when} {git} "$@";;\n'
            f'esac\nexec {git} "$@"\n',
            encoding="utf-8",
        )
        shim.chmod(0o755)
        with monkeypatch.context() as patch:
            patch.setenv("PATH", path)
            told += not is_filed(root)

        report = verify_chain(root)
        assert report.troubles == ()
        assert len(report.filed) in (1, 2)
        assert file_record(root, 3).record.sequence == len(report.filed) + 1
        assert verify_chain(root).troubles == ()

    assert told >= 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="needs mount")
def test_a_full_disk_is_one_line_and_takes_records_again_when_there_is_room(
    small_disk: Path,
) -> None:
    root = new_workspace(small_disk / "contracts")
    filler = small_disk / "filler"
    done = [file_record(root, 1)]
    told = []

    def file_one(kept: int) -> None:
        free = os.statvfs(small_disk).f_bavail * 4096
        filler.write_bytes(b"x" * max(0, free - kept * 4096))
        try:
            done.append(file_record(root, len(done) + 1))
        except OutsideError as error:
            told.append(str(error))
        filler.unlink()

    for kept in range(24):
        file_one(kept)
        report = verify_chain(root)
        assert report.troubles == ()
        assert [one.receipt for one in report.filed] == [one.receipt for one in done]
        assert not list((root / ".git").rglob("*tmp_obj*"))

    assert 1 < len(done) < 24
    assert not any("\n" in line for line in told)
