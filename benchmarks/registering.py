"""Registers of many lengths in; what one more record costs each of them, out.

A long register is written by git itself, in one pass, with records as they are; then
some more are appended the way a registration does it. What is compared is the time of
appending alone, for the rest of a registration does not see the register.
"""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.report import Goal, Report, ms
from slacontracts.model.record import Record, record_bytes
from slacontracts.store.register import BRANCH, Filed, append, message_of
from slacontracts.store.versions import Author, start_history

GOAL_OF_GROWTH: Final = 2.0
_AUTHOR: Final = Author("Niamh Kelleher", "niamh@northwind.example")
_WHEN: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
_CUSTOMERS: Final = 1_000
_FILES: Final = {"source.yaml": 6_000, "text.json": 60_000, "execution.docx": 90_000}


def report_registering(report: Report, *, quick: bool) -> None:
    """Measure and report what one more record costs, by the length of the register."""
    lengths = (100, 2_000) if quick else (100, 10_000, 100_000)
    report.heading("One more record, by how many there are")
    rows, found = [], []
    for length in lengths:
        with TemporaryDirectory(prefix="slacontracts-bench-") as name:
            root = Path(name)
            start_history(root)
            _write_register(root, length)
            times = [_seconds_of_appending(root, length, at) for at in range(15)]
        found.append(median(times) * 1000)
        rows.append((f"{length:,}", ms(found[-1])))
    report.table(("records", "ms"), rows)
    growth = found[-1] / found[0]
    said = f"{lengths[-1]:,} records beside {lengths[0]}"
    report.goal(Goal("one more record", "at most", GOAL_OF_GROWTH, growth, "x", said))


def _seconds_of_appending(root: Path, length: int, at: int) -> float:
    files = {
        name: sha256(f"{name} {at}".encode()).digest() * (size // 32)
        for name, size in _FILES.items()
    }
    record = _record(length + at, None)
    started = perf_counter()
    append(root, record, files, author=_AUTHOR)
    return perf_counter() - started


def _write_register(root: Path, length: int) -> None:
    """Write a register in one pass, as if each record had been filed by itself."""
    with subprocess.Popen(
        ["git", "-C", str(root), "fast-import", "--quiet"], stdin=subprocess.PIPE
    ) as git:
        assert git.stdin is not None
        for piece in _versions(length):
            git.stdin.write(piece)
    assert git.returncode == 0


def _versions(length: int) -> Iterator[bytes]:
    who = f"{_AUTHOR.name} <{_AUTHOR.email}> {int(_WHEN.timestamp())} +0000"
    previous = None
    for number in range(length):
        record = _record(number, previous)
        data = record_bytes(record)
        previous = sha256(data).hexdigest()
        message = message_of(Filed(record, previous, {})).encode() + b"\n"
        yield f"commit {BRANCH}\ncommitter {who}\ndata {len(message)}\n".encode()
        yield message
        yield f"M 100644 inline {record.folder}/record.json\n".encode()
        yield f"data {len(data)}\n".encode() + data + b"\n"


def _record(number: int, previous: str | None) -> Record:
    day = date(2026, 11, 20)
    return Record(
        sequence=number + 1,
        previous=previous,
        act="signed",
        agreement=f"SLA-2026-{number:06}",
        customer=f"customer-{number % _CUSTOMERS}",
        entry=1,
        recorded_at=_WHEN,
        recorded_by=f"{_AUTHOR.name} <{_AUTHOR.email}>",
        program="0.1.0",
        as_="original",
        version="f" * 40,
        signed_on=day,
        effective=day,
    )
