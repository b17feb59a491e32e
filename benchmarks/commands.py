"""The command line in a workspace of its own; cold times, memory and speed reported.

Commands run as a user runs them: as processes, with byte code on disk and the cache
in a folder of their own, so that nothing of the checkout is written to.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.report import Goal, Report, ms
from benchmarks.samples import sample_text

AGREEMENT = "SLA-2026-0001"
BARE = "python -c pass"
# A process of its own measures the commands: the memory that a system reports for a
# child is at least that of the process which started it.
_LAUNCHER = """
import json, os, sys, time
order = json.load(sys.stdin)
quiet = [(os.POSIX_SPAWN_OPEN, to, os.devnull, os.O_WRONLY, 0) for to in (1, 2)]
taken = {name: [] for name in order["commands"]}
for _ in range(order["rounds"]):
    for name, command in order["commands"].items():
        started = time.perf_counter()
        child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - started
        worked = usage.ru_utime + usage.ru_stime
        taken[name].append([seconds * 1000, worked * 1000, usage.ru_maxrss, status])
json.dump(taken, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process cost; peak_memory in the unit of the system."""

    milliseconds: float
    processor_milliseconds: float
    peak_memory: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder for workspaces, and the environment that commands run in."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """Run slacontracts and return what it prints."""
        return self._run([*program(), *arguments])

    def git(self, workspace: Path, *arguments: str) -> str:
        """Run git in a workspace and return what it prints."""
        return self._run(["git", "-C", str(workspace), *arguments])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    def launch(
        self, commands: dict[str, list[str]], rounds: int
    ) -> dict[str, list[Run]]:
        """Run commands in turns and return what each of them cost."""
        order = json.dumps({"commands": commands, "rounds": rounds})
        done = subprocess.run(
            [sys.executable, "-c", _LAUNCHER],
            input=order,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        taken: dict[str, Any] = json.loads(done.stdout)
        for name, runs in taken.items():
            assert not any(status for *_, status in runs), f"{name} failed"
        return {name: [Run(*run) for *run, _ in runs] for name, runs in taken.items()}


def program() -> list[str]:
    """Return the command that is installed beside this Python."""
    script = Path(sys.executable).with_name("slacontracts")
    return [str(script)] if script.exists() else [sys.executable, "-m", "slacontracts"]


def desk_in(folder: Path) -> Desk:
    """Return a desk whose caches, byte code and git settings lie in a folder."""
    settings = folder / "gitconfig"
    settings.write_text("[user]\n\tname = Bench\n\temail = bench@example.org\n")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    environment["SLACONTRACTS_CACHE"] = str(folder / "cache")
    environment["GIT_CONFIG_GLOBAL"] = str(settings)
    return Desk(folder, environment)


def report_commands(report: Report, *, quick: bool) -> None:
    """Measure and report rendering of many agreements, then cold starts."""
    with TemporaryDirectory(prefix="slacontracts-bench-") as name:
        desk = desk_in(Path(name))
        _report_many(report, desk, 100 if quick else 1000)
        if not hasattr(os, "posix_spawn"):
            report.say("Cold starts are measured on systems with posix_spawn only.")
            return
        _report_cold(report, desk, 5 if quick else 10)


def _report_many(report: Report, desk: Desk, agreements: int) -> None:
    report.heading(f"4. render --all, {agreements:,} agreements of one pinned library")
    workspace = many_agreements(desk, agreements)
    rows = []
    for jobs in (1, 2):
        out = desk.folder / f"out-{jobs}"
        printed = desk.run(
            "-C", str(workspace), "render", "--all", "-o", str(out), "--jobs", str(jobs)
        )
        found = re.search(r"([0-9.]+) documents per second\), 0 not rendered", printed)
        assert found, printed
        assert len(list(out.glob("*.docx"))) == agreements
        shutil.rmtree(out)
        rows.append((f"--jobs {jobs}", found[1]))
    report.table(("", "documents a second"), rows)


def many_agreements(desk: Desk, agreements: int) -> Path:
    """Make a workspace with this many saved agreements of one saved library."""
    workspace = desk.folder / "many"
    desk.run("init", str(workspace))
    library = desk.git(workspace, "rev-parse", "HEAD").strip()
    text = sample_text().replace("id: ", f"library: {library}\nid: ", 1)
    for at in range(agreements):
        agreement_id = f"SLA-2026-{at + 1:04}"
        folder = workspace / "agreements" / f"customer-{at % 20}" / agreement_id
        folder.mkdir(parents=True)
        own = text.replace(f"id: {AGREEMENT}", f"id: {agreement_id}", 1)
        own = own.replace("Contoso Retail LLC", f"Contoso Retail {at + 1} LLC")
        (folder / "agreement.yaml").write_text(own, "utf-8")
    desk.git(workspace, "add", "agreements")
    desk.git(workspace, "commit", "--quiet", "-m", "Many agreements")
    return workspace


def _report_cold(report: Report, desk: Desk, rounds: int) -> None:
    report.heading("5. Cold starts, less a bare Python")
    workspace = desk.folder / "one"
    desk.run("init", str(workspace), "--sample")
    render = [*program(), "-C", str(workspace), "render", AGREEMENT]
    render += ["-o", str(desk.folder / "one.docx")]
    desk.launch({"render": render}, 1)  # byte code is on disk from here on
    first = []
    for _ in range(3):
        shutil.rmtree(desk.folder / "cache")
        first += desk.launch({"render": render}, 1)["render"]
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        "slacontracts --help": [*program(), "--help"],
        "slacontracts render ID": render,
    }
    found = desk.launch(commands, rounds)
    found["first render, nothing cached"] = first
    bare = _summary(found[BARE])
    rows = []
    goals = {"slacontracts --help": 60, "slacontracts render ID": 350}
    for name, runs in found.items():
        one = _summary(runs)
        above = one["median"] - bare["median"]
        verdict = ""
        if name in goals:
            verdict = report.goal(Goal(name, "at most", goals[name], above, " ms"))
        rows.append(
            (
                name,
                ms(one["median"]),
                ms(one["best"]),
                "" if name == BARE else ms(above),
                "" if name == BARE else ms(one["best"] - bare["best"]),
                ms(one["worked"]),
                f"{one['memory']:.1f}",
                verdict,
            )
        )
        if name == "slacontracts render ID":
            memory = one["memory"]
    columns = (
        "",
        "median ms",
        "best ms",
        "median +ms",
        "best +ms",
        "cpu ms",
        "peak MB",
        "goal",
    )
    report.table(columns, rows)
    report.goal(Goal("peak memory of one render", "at most", 60, memory, " MB"))


def _summary(runs: list[Run]) -> dict[str, float]:
    taken = [run.milliseconds for run in runs]
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "median": median(taken),
        "best": min(taken),
        "worked": median(run.processor_milliseconds for run in runs),
        "memory": max(run.peak_memory for run in runs) / unit,
    }
