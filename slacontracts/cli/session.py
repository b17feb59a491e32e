"""The command line's surroundings in (clock, environment, terminal); a desk out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import date, datetime

    from slacontracts.model.finding import Finding
    from slacontracts.store.cache import Cache
    from slacontracts.workflow.desk import Desk


class Session:
    """One call of the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def desk(self) -> Desk:
        """Open the workspace that the user stands in or has named with -C."""
        from dataclasses import replace

        from slacontracts.workflow.desk import open_desk

        desk = open_desk(self.folder, self.cache(), self.today())
        return replace(desk, warn=_warn)

    def cache(self) -> Cache:
        """Return the user's cache."""
        from slacontracts.store.cache import Cache, user_cache_folder

        try:
            home = Path.home()
        except RuntimeError:
            return Cache(None)  # a user without a home folder goes without
        return Cache(user_cache_folder(os.environ, sys.platform, home))

    def now(self) -> datetime:
        """Return the time, with the offset of the place."""
        from datetime import datetime

        return datetime.now().astimezone().replace(microsecond=0)

    def today(self) -> date:
        """Return the day it is here."""
        return self.now().date()

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at a terminal, who can be asked."""
        return sys.stdin.isatty() and sys.stdout.isatty()


def say(text: str) -> None:
    """Print a line of an answer."""
    click.echo(text)


def note(text: str) -> None:
    """Print a line beside the answer, where no program reads it."""
    click.echo(text, err=True)


def _warn(text: str) -> None:
    note(f"note: {text}")


def print_json(answer: Any) -> None:
    """Print an answer for programs."""
    import json

    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table for people, as wide as the terminal, or wide when piped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far long work is, where a person watches.

    Yields what is told how many of how many are done.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding for programs."""
    origin = finding.origin
    fields: dict[str, Any] = {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "file": origin.file,
        "line": origin.line,
        "column": origin.column,
        "path": origin.path,
    }
    if finding.because:
        fields["severity_set_because"] = finding.because
    return fields


def tell_findings(
    findings: Sequence[Finding], agreement_id: str, *, new: Sequence[Finding] = ()
) -> None:
    """Tell what an agreement has: new errors in full, and how much there is.

    Information alone is not worth a line. new: the errors that a command brought.
    """
    from slacontracts.workflow.edit import MOST_LINES

    more = len(new) - MOST_LINES
    for finding in new[: MOST_LINES if more > 1 else None]:
        note(str(finding))
    if more > 1:
        note(f"and {more} more")
    kinds = [finding.severity.value for finding in findings]
    errors, warnings = kinds.count("error"), kinds.count("warning")
    if not errors and not warnings:
        return
    found = [count(errors, "error")] if errors else []
    found += [count(warnings, "warning")] if warnings else []
    if information := kinds.count("information"):
        found.append(f"{information} information")
    word = "now" if new else "note"
    note(f"{word}: {', '.join(found)}; see slacontracts check {agreement_id}")


def quoted(path: Path) -> str:
    """Return a path as it is typed in a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 error", "2 errors"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
