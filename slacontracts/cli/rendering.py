"""The command that renders one agreement, or all of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.session import Session, count, note, say

if TYPE_CHECKING:
    from slacontracts.workflow.render import Format, Wanted
    from slacontracts.workflow.render_all import Outcome

FORMATS = ("docx", "html", "text", "pdf")


@click.command("render")
@click.argument("agreement_id", metavar="[ID]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Render every agreement.")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file to write, or the folder; - prints html and text.",
)
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), help="Else the end of FILE says it."
)
@click.option(
    "--execution",
    is_flag=True,
    help="The version to sign: no draft mark; refused while anything is open.",
)
@click.option(
    "--page-numbers", is_flag=True, help="Fill the contents by a LibreOffice layout."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1, max=256),
    help="With --all: how many processes work; else as many as there are processors.",
)
@click.pass_context
def render_command(
    ctx: click.Context,
    agreement_id: str | None,
    is_all: bool,
    output: Path | None,
    kind: Format | None,
    execution: bool,
    page_numbers: bool,
    jobs: int | None,
) -> None:
    """Render an agreement to Word, a web page, plain text or PDF.

    Without -o the file is named ID-draft-N.docx, N being the version in hand, or
    ID.docx for the execution version, and stands in the current folder.

    \b
      slacontracts render SLA-2026-0001
      slacontracts render SLA-2026-0001 -o draft.html
      slacontracts render SLA-2026-0001 --execution --page-numbers
      slacontracts render --all -o drafts --jobs 2
    """
    if is_all == bool(agreement_id):
        raise click.UsageError("name one agreement, or say --all")
    if is_all and output is None:
        raise click.UsageError("say with -o DIR where all the files go")
    if jobs is not None and not is_all:
        raise click.UsageError("--jobs goes with --all")
    if page_numbers and kind in ("html", "text"):
        raise click.UsageError("--page-numbers goes with docx and pdf")
    from slacontracts.workflow.render import Wanted, format_of

    session: Session = ctx.obj
    if is_all and output is not None:
        wanted = Wanted(kind or "docx", execution, page_numbers)
        ctx.exit(_render_all(session, output, wanted, jobs or os.cpu_count() or 1))
    has_name = output is not None and output != Path("-") and not output.is_dir()
    if kind is None and output is not None and has_name:
        kind = format_of(output)
    _render_one(
        session,
        str(agreement_id),
        output,
        Wanted(
            kind or ("text" if output == Path("-") else "docx"), execution, page_numbers
        ),
    )


def _render_one(
    session: Session, agreement_id: str, output: Path | None, wanted: Wanted
) -> None:
    from slacontracts.workflow.render import hand_over, render_agreement
    from slacontracts.workflow.shelf import Shelf

    desk = session.desk()
    place = desk.workspace.agreement(agreement_id)
    rendered = render_agreement(Shelf(desk), place, wanted)
    if output == Path("-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered.data)
    else:
        target = output or Path()
        if target.is_dir():
            target = target / rendered.name
        replaced = hand_over(target, rendered.data, wanted.format)
        say(f"{target}{' (replaces the one that was there)' if replaced else ''}")
    if rendered.findings:
        faults = count(len(rendered.findings), "finding")
        note(f"note: {faults}; see slacontracts check {agreement_id}")


def _render_all(session: Session, folder: Path, wanted: Wanted, jobs: int) -> int:
    from time import perf_counter

    from slacontracts.workflow.render_all import render_all

    started = perf_counter()
    total, outcomes = render_all(session.desk(), folder, wanted, jobs)
    failed: list[Outcome] = []
    for outcome in _with_progress(outcomes, total):
        if outcome.problem:
            failed.append(outcome)
    seconds = max(perf_counter() - started, 0.001)
    for outcome in sorted(failed, key=lambda one: one.id):
        note(f"{outcome.id}: not rendered: {outcome.problem}")
    done = total - len(failed)
    say(
        f"{count(done, 'agreement')} rendered into {folder} in {seconds:.1f} s "
        f"({done / seconds:.1f} documents per second), {len(failed)} not rendered"
    )
    return 1 if failed else 0


def _with_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes, with a progress bar where a person watches."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("rendering", total=total)
        for outcome in outcomes:
            progress.update(task, advance=1, description=outcome.id)
            yield outcome
