"""A child process that files records while it, its git or its disk comes to harm.

Run as a program with a workspace to copy; each line on standard input is one trial,
and is answered by one line of JSON. A trial runs in a process that is forked for it,
so that hundreds of them cost no start of Python.
"""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EIO, ENOSPC
from pathlib import Path
from typing import Any

import filing

from slacontracts.errors import SlaContractsError
from slacontracts.store import register
from slacontracts.store.chain import verify_chain
from slacontracts.store.lock import only_one

WORDS = {"ENOSPC": ENOSPC, "EIO": EIO}
_NEW = 100  # the number of the record that is filed in danger


class Countdown:
    """Does harm at the n-th step; counts on when it is never reached."""

    def __init__(self, at: int, harm: Callable[[str], None]) -> None:
        self.at, self.harm, self.count = at, harm, 0

    def step(self, what: str) -> None:
        self.count += 1
        if self.count == self.at:
            self.harm(what)


def _watch(countdown: Countdown, *, is_to_be_killed: bool) -> None:
    """Let every call that changes the disk be a step, and what git does for a killer.

    A disk that takes a name away does not fail for want of space.
    """

    def counted(owner: Any, name: str) -> None:
        works = getattr(owner, name)

        def step(*arguments: Any, **named: Any) -> Any:
            countdown.step(name)
            return works(*arguments, **named)

        setattr(owner, name, step)

    for name in ("fsync", "replace", "rename", "mkdir", "chmod"):
        counted(os, name)
    _open = Path.open

    def opened(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if mode not in ("wb", "xb"):
            return _open(path, mode, *arguments, **named)
        countdown.step("open")
        return _Written(_open(path, mode, *arguments, **named), countdown)

    Path.open = opened  # type: ignore[method-assign,assignment]
    if is_to_be_killed:
        counted(os, "unlink")
        counted(subprocess.Popen, "__init__")
        counted(subprocess.Popen, "__exit__")


class _Written:
    """A file that is written: a step before anything of it is, and one in the middle."""

    def __init__(self, file: Any, countdown: Countdown) -> None:
        self.file, self.countdown = file, countdown

    def write(self, data: bytes) -> None:
        self.countdown.step("write")
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        self.countdown.step("write on")
        self.file.write(data[len(data) // 2 :])

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def _kill(_: str) -> None:
    os.killpg(0, signal.SIGKILL)


@contextmanager
def _child(act: Callable[[Callable[[str], None]], None]) -> Iterator[tuple[int, int]]:
    """Fork a process, a group of its own, that acts and says things; yield its id."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.close(reading)
        status = 1
        try:
            act(lambda said: void(os.write(writing, f"{said}\n".encode())))
            status = 0
        except BaseException as error:  # what a user would see as a trace
            void(os.write(writing, f"! {type(error).__name__}: {error}\n".encode()))
        finally:
            os._exit(status)
    os.close(writing)
    with suppress(PermissionError, ProcessLookupError):
        os.setpgid(pid, pid)
    try:
        yield pid, reading
    finally:
        os.close(reading)


def void(_: object) -> None:
    """Take what a call returns."""


def _said(reading: int) -> list[str]:
    data = b""
    while chunk := os.read(reading, 1 << 16):
        data += chunk
    return data.decode().splitlines()


def _state(root: Path) -> dict[str, Any]:
    """Return what the register is worth now, and how long the next record takes."""
    report = verify_chain(root)
    before = [str(one.receipt) for one in report.filed]
    start = time.monotonic()
    with only_one(root, "test"):
        filed = filing.file_record(root, _NEW + 1)
    return {
        "troubles": [trouble.says for trouble in report.troubles],
        "before": before,
        "seconds": time.monotonic() - start,
        "next": filed.record.sequence,
    }


def killed_at(root: Path, at: int) -> dict[str, Any]:
    """Kill a process and its git at a step of filing."""

    def act(say: Callable[[str], None]) -> None:
        countdown = Countdown(at, _kill)
        _watch(countdown, is_to_be_killed=True)
        with only_one(root, "test"):
            say(str(filing.file_record(root, _NEW).receipt))
        countdown.step("end")
        say(f"steps {countdown.count}")

    with _child(act) as (pid, reading):
        said = _said(reading)
        _, status = os.waitpid(pid, 0)
    return {"said": said, "killed": os.WIFSIGNALED(status), **_state(root)}


def killed_after(root: Path, seconds: float) -> dict[str, Any]:
    """Kill a process and its git after a time, while it files one after the other."""

    def act(say: Callable[[str], None]) -> None:
        say("ready")
        for number in range(50):
            with only_one(root, "test"):
                say(str(filing.file_record(root, _NEW + number).receipt))

    with _child(act) as (pid, reading):
        select.select([reading], [], [])
        time.sleep(seconds)
        os.killpg(pid, signal.SIGKILL)
        said = _said(reading)
        os.waitpid(pid, 0)
    return {"said": said[1:], "killed": True, **_state(root)}


def failing_at(root: Path, at: int, word: str) -> dict[str, Any]:
    """Let the disk fail at a step of filing."""

    def fail(what: str) -> None:
        raise OSError(WORDS[word], os.strerror(WORDS[word]))

    def act(say: Callable[[str], None]) -> None:
        countdown = Countdown(at, fail)
        _watch(countdown, is_to_be_killed=False)
        try:
            say(str(filing.file_record(root, _NEW).receipt))
        except SlaContractsError as error:
            say(f"told {error}")
        say(f"steps {countdown.count}")

    with _child(act) as (pid, reading):
        said = _said(reading)
        os.waitpid(pid, 0)
    left = [path.name for path in (root / ".git").rglob("*tmp_obj*")]
    locks = [
        path.name for path in (root / ".git").rglob("*.lock") if path.stat().st_size
    ]
    return {"said": said, "left": left, "locks": locks, **_state(root)}


def writers(root: Path, processes: int, times: int) -> dict[str, Any]:
    """Let many processes file at the same time."""

    def act(number: int) -> Callable[[Callable[[str], None]], None]:
        def one(say: Callable[[str], None]) -> None:
            for turn in range(times):
                with only_one(root, "test", 600):
                    filed = filing.file_record(root, number, agreement=f"W-{turn % 3}")
                say(str(filed.receipt))

        return one

    children = []
    for number in range(processes):
        child = _child(act(number))
        children.append((child, *child.__enter__()))
    said = []
    for child, pid, reading in children:
        said += _said(reading)
        os.waitpid(pid, 0)
        child.__exit__(None, None, None)
    return {"said": said, **_state(root)}


def _trial(template: Path, root: Path, words: list[str]) -> dict[str, Any]:
    shutil.copytree(template, root, symlinks=True)
    match words:
        case ["step", at]:
            return killed_at(root, int(at))
        case ["random", low, high]:
            return killed_after(root, random.uniform(float(low), float(high)))
        case ["fail", at, word]:
            return failing_at(root, int(at), word)
        case ["writers", processes, times]:
            return writers(root, int(processes), int(times))
    raise ValueError(words)


def main() -> None:
    """Answer trials until there are no more."""
    template = Path(sys.argv[1])
    for number, line in enumerate(sys.stdin):
        root = template.with_name(f"trial-{number}")
        answer = _trial(template, root, line.split())
        shutil.rmtree(root)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    assert register.BRANCH
    main()
