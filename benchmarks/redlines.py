"""Two versions of a long agreement in; what comparing them costs, beside a peer, out.

The peer is Docxodus through python-redlines: of the tools that restore both versions
it is the fastest. Both sides start as new processes, read two files and write one.
"""

import importlib.util
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.commands import Desk, Run, desk_in
from benchmarks.report import Goal, Report, ms
from benchmarks.timing import in_turns
from benchmarks.two_versions import count_marks, versions
from slacontracts.redline import redline
from slacontracts.word.gate import admit

OURS: Final = """
import sys
from pathlib import Path
from slacontracts.redline import redline
from slacontracts.word.gate import admit
old, new, out = map(Path, sys.argv[1:])
files = admit(old.read_bytes(), old.name), admit(new.read_bytes(), new.name)
out.write_bytes(redline(*files, author="A", date="2026-01-01T00:00:00Z").data)
"""
PEER: Final = """
import sys
from pathlib import Path
from python_redlines import DocxodusEngine
old, new, out = map(Path, sys.argv[1:])
out.write_bytes(DocxodusEngine().run_redline("A", old, new)[0])
"""
NO_PEER: Final = (
    "python-redlines[docxodus] is not installed, so there is no peer beside us; "
    "pip install 'slacontracts[dev]' brings it"
)


@dataclass(frozen=True, slots=True)
class Size:
    """A pair, and the marks to beat: in seconds and megabytes."""

    pages: int
    edits: int
    seconds: float
    megabytes: float


SMALL: Final = Size(19, 26, 0.2, 60)
LARGE: Final = Size(159, 242, 0.6, 120)
GROWTH: Final = (19, 75, 159, 300, 450)


def has_peer() -> bool:
    """Tell whether the peer is installed."""
    names = ("python_redlines", "python_redlines_docxodus")
    return all(importlib.util.find_spec(name) for name in names)


def report_redlines(report: Report, *, quick: bool) -> None:
    """Measure and report cold runs, growth, and many pairs in one process."""
    if not has_peer():
        report.say(NO_PEER)
    with TemporaryDirectory(prefix="slacontracts-bench-") as name:
        desk = desk_in(Path(name))
        desk.environment["XDG_CACHE_HOME"] = str(desk.folder / "cache")
        if hasattr(os, "posix_spawn"):
            for size in (SMALL, LARGE):
                _report_cold(report, desk, size, 3 if quick else 9)
        else:
            report.say("Cold starts are measured on systems with posix_spawn only.")
    _report_growth(report, quick=quick)
    _report_many(report, 10 if quick else 100)


def _report_cold(report: Report, desk: Desk, size: Size, rounds: int) -> None:
    pages, edits = size.pages, size.edits
    report.heading(f"Redline of {pages} pages with {edits} edits, a new process each")
    old, new = versions(pages, edits)
    paths = [desk.folder / f"{name}-{pages}.docx" for name in ("old", "new")]
    for path, data in zip(paths, (old, new), strict=True):
        path.write_bytes(data)
    scripts = {"slacontracts": OURS} | ({"docxodus": PEER} if has_peer() else {})
    results = {name: desk.folder / f"{name}-{pages}.docx" for name in scripts}
    commands = {
        name: [sys.executable, "-c", script, *map(str, (*paths, results[name]))]
        for name, script in scripts.items()
    }
    desk.launch(commands, 1)  # byte code is written, the peer unpacks itself
    runs = desk.launch(commands, rounds)
    marks = {name: count_marks(path.read_bytes()) for name, path in results.items()}
    rows = [
        (
            name,
            f"{_seconds(mine):.2f}",
            f"{median(one.processor_milliseconds for one in mine) / 1000:.2f}",
            f"{_megabytes(mine):.0f}",
            str(marks[name]),
        )
        for name, mine in runs.items()
    ]
    report.table(("", "best seconds", "processor", "MB", "marks"), rows)
    _set_goals(report, size, runs, marks["slacontracts"])


def _set_goals(
    report: Report, size: Size, runs: dict[str, list[Run]], marks: int
) -> None:
    mine, what = runs["slacontracts"], f"redline of {size.pages} pages"
    found, memory = _seconds(mine), _megabytes(mine)
    report.goal(Goal(f"{what}, cold", "at most", size.seconds, found, " s"))
    report.goal(Goal(f"{what}, memory", "at most", size.megabytes, memory, " MB"))
    if size is SMALL:
        report.goal(Goal(f"{what}, marks", "at most", 119, marks, ""))
    peer = runs.get("docxodus")
    if peer:
        faster, smaller = _seconds(peer) / found, _megabytes(peer) / memory
        report.goal(Goal(f"{what}, beside docxodus", "at least", 5, faster, "x"))
        report.goal(Goal(f"{what}, its memory", "at least", 2, smaller, "x"))


def _seconds(runs: list[Run]) -> float:
    return min(one.milliseconds for one in runs) / 1000


def _megabytes(runs: list[Run]) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return max(one.peak_memory for one in runs) * unit / 1e6


def _report_growth(report: Report, *, quick: bool) -> None:
    report.heading("Redline in a warm process, by length")
    pairs = {pages: versions(pages, pages * 3 // 2) for pages in GROWTH}
    calls = {str(pages): partial(compare, *pair) for pages, pair in pairs.items()}
    taken = in_turns(calls, 4 if quick else 20, least=3)
    rows = [
        (f"{pages} pages", ms(found.median), ms(found.median / pages))
        for pages, found in ((int(name), taken[name]) for name in calls)
    ]
    report.table(("", "ms", "ms a page"), rows)
    first, last = GROWTH[1], GROWTH[-1]
    grown = (taken[str(last)].median / last) / (taken[str(first)].median / first)
    what = f"time a page at {last} pages, beside {first}"
    report.goal(Goal(what, "at most", 1.3, grown, "x"))


def _report_many(report: Report, count: int) -> None:
    pages, edits = SMALL.pages, SMALL.edits
    report.heading(f"{count} pairs of {pages} pages in one process")
    pairs = [versions(pages, edits, number) for number in range(count)]
    calls = {"slacontracts": compare} | (
        {"docxodus": compare_by_peer} if has_peer() else {}
    )
    seconds = {}
    for name, call in calls.items():
        started = perf_counter()
        for pair in pairs:
            call(*pair)
        seconds[name] = perf_counter() - started
    rows = [
        (name, f"{taken:.1f}", ms(taken / count * 1000))
        for name, taken in seconds.items()
    ]
    report.table(("", "seconds", "ms a pair"), rows)


def compare(old: bytes, new: bytes) -> bytes:
    """Return our redline of two files."""
    files = admit(old, "old.docx"), admit(new, "new.docx")
    return redline(*files, author="A", date="2026-01-01T00:00:00Z").data


def compare_by_peer(old: bytes, new: bytes) -> bytes:
    """Return the peer's redline of two files."""
    from python_redlines import DocxodusEngine

    return bytes(DocxodusEngine().run_redline("A", old, new)[0])
