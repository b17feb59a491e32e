"""The lock of a workspace: one at a time, a clear line for the rest, gone with the dead."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from slacontracts.errors import OutsideError
from slacontracts.store.git import run_git
from slacontracts.store.lock import LOCK_FILE, only_one
from slacontracts.store.versions import start_history

HOLD = (
    "import sys, time; from pathlib import Path\n"
    "from slacontracts.store.lock import only_one\n"
    "with only_one(Path(sys.argv[1]), 'save'):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    start_history(tmp_path)
    return tmp_path


def start_holder(root: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_who_waits_in_vain_is_told_for_whom(root: Path) -> None:
    with start_holder(root) as holder:
        try:
            with (
                pytest.raises(OutsideError) as raised,
                only_one(root, "set", patience_seconds=0.1),
            ):
                raise AssertionError
        finally:
            holder.kill()

    said = str(raised.value)
    assert said.startswith("nothing was changed")
    assert f"slacontracts save (process {holder.pid}) is still changing" in said
    assert str(root) in said
    assert "\n" not in said


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_killed_process_holds_nobody_up(root: Path) -> None:
    with start_holder(root) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()

        began = time.monotonic()
        with only_one(root, "set", patience_seconds=5):
            waited = time.monotonic() - began

    assert waited < 1


def test_the_lock_is_free_again_after_a_fault(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_one(root, "save"):
        raise ZeroDivisionError

    with only_one(root, "save", patience_seconds=0):
        assert (root / ".git" / LOCK_FILE).is_file()


def test_the_lock_is_no_change_of_the_workspace(root: Path) -> None:
    with only_one(root, "save"):
        assert run_git(root, "status", "--porcelain") == b""


def test_a_folder_without_versions_needs_no_lock(tmp_path: Path) -> None:
    with only_one(tmp_path, "set"):
        assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_a_clear_line(root: Path) -> None:
    (root / ".git" / LOCK_FILE).mkdir()

    with pytest.raises(OutsideError, match=r"cannot be written"), only_one(root, "set"):
        raise AssertionError


def test_an_unnamed_holder_is_told_without_a_gap(root: Path) -> None:
    with start_holder(root) as holder:
        try:
            (root / ".git" / LOCK_FILE).write_bytes(b"")
            with (
                pytest.raises(OutsideError) as raised,
                only_one(root, "set", patience_seconds=0),
            ):
                raise AssertionError
        finally:
            holder.kill()

    assert "because another slacontracts is still changing" in str(raised.value)


def test_the_lock_names_its_holder_and_nobody_before(root: Path) -> None:
    path = root / ".git" / LOCK_FILE
    path.write_text("slacontracts library save (process 1234567890)", "utf-8")

    with only_one(root, "set"):
        named = path.read_text("utf-8")

    assert named == f"slacontracts set (process {os.getpid()})"


@pytest.mark.skipif(os.name == "nt", reason="locks in another way")
def test_a_disk_without_locks_is_told_and_holds_nobody_up(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    told: list[str] = []

    with only_one(root, "set", patience_seconds=0, warn=told.append):
        (line,) = told

    assert f"cannot take turns on the disk of {root}" in line
    assert "\n" not in line


@pytest.mark.skipif(os.name == "nt", reason="has no such links")
def test_a_lock_that_is_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine", "utf-8")
    (root / ".git" / LOCK_FILE).symlink_to(precious)

    with pytest.raises(OutsideError, match="cannot be written"), only_one(root, "set"):
        raise AssertionError

    assert precious.read_text("utf-8") == "mine"
