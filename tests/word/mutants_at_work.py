"""Numbers of mutants in; what the product made of each, in lines of JSON, out.

Run in a process of its own: python mutants_at_work.py FIRST LAST FOLDER. A mutant that
takes too long ends it by a signal, and one that is too greedy finds no more memory.
"""

import gc
import json
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from word_mutants import sources, spoilt

from slacontracts.errors import SlaContractsError
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.revisions import ALL, accept, reject, revisions
from slacontracts.workflow.redline import Redlined, redline_files
from slacontracts.workflow.resolve import Verdict, list_revisions, resolve_file

SECONDS: Final = 5
MEGABYTES: Final = 300
DATE: Final = "2026-11-23T09:00:00Z"
PEAK: Final = Path("/proc/self/clear_refs")


def kilobytes(name: str) -> int:
    """Return a size of this process as the system gives it: VmSize, VmHWM."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition(f"{name}:")[2].split()[0])


def limit_memory() -> None:
    """Leave room for as much as would bring the process up to the most it may use."""
    room = (MEGABYTES << 10) - kilobytes("VmRSS")
    most = (kilobytes("VmSize") + room) << 10
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


class UnsoundError(Exception):
    """What the product made itself does not pass its own gate, or is not resolved."""


def passed(data: bytes, name: str) -> WordFile:
    """Return what was made, as the gate lets it pass."""
    try:
        return admit(data, name)
    except SlaContractsError as error:
        raise UnsoundError(str(error)) from error


def resolved(mutant: Path, _: Path) -> None:
    """Accept all changes, reject all, list them."""
    list_revisions(mutant)
    verdicts: tuple[Verdict, ...] = ("accept", "reject")
    for verdict in verdicts:
        if revisions(passed(resolve_file(mutant, verdict, ALL).data, verdict)):
            raise UnsoundError(f"{verdict} leaves changes")


def compared(mutant: Path, sound: Path) -> None:
    """Compare a mutant with its sound twin, and the twin with the mutant."""
    for old, new in ((sound, mutant), (mutant, sound)):
        marked = passed(_redlined(old, new).data, "redline.docx")
        revisions(marked)
        for data in (accept(marked), reject(marked)):
            passed(data, "resolved.docx")


def compared_with_itself(mutant: Path, _: Path) -> None:
    """Compare a mutant with itself; no change may be found."""
    if _redlined(mutant, mutant).summary.stories:
        raise UnsoundError("it differs from itself")


def _redlined(old: Path, new: Path) -> Redlined:
    return redline_files(old, new, author="Ada", date=DATE, existing="accept")


DOORS: Final = (resolved, compared, compared_with_itself)


def said_by(door: Callable[[Path, Path], None], mutant: Path, sound: Path) -> str:
    """Return how a door ended: with a result, a refusal in one line, or a fault."""
    try:
        door(mutant, sound)
    except SlaContractsError as error:
        return "refused" if "\n" not in str(error) else f"fault: {error}"
    except BaseException:  # MemoryError among them
        return f"fault: {traceback.format_exc()}"
    return "result"


def at_work(first: int, last: int, folder: Path) -> None:
    """Put mutants to work; print what begins, and what became of it."""
    sources()
    limit_memory()
    mutant, sound = folder / "mutant.docx", folder / "sound.docx"
    for seed in range(first, last):
        one = spoilt(seed)
        gc.collect()
        mutant.write_bytes(one.mutant)
        sound.write_bytes(one.sound)
        print(json.dumps({"seed": seed, "how": one.how}), flush=True)
        PEAK.write_text("5", "ascii")  # the peak begins anew
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        started = time.perf_counter()
        said = {door.__name__: said_by(door, mutant, sound) for door in DOORS}
        signal.setitimer(signal.ITIMER_REAL, 0)
        seconds, peak = time.perf_counter() - started, kilobytes("VmHWM")
        print(json.dumps({"said": said, "seconds": seconds, "kilobytes": peak}))


if __name__ == "__main__":
    at_work(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
