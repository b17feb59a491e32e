"""The command that renders one agreement, or all of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.session import Session, count, note, say, tell_findings

if TYPE_CHECKING:
    from slacontracts.workflow.hand_over import Format
    from slacontracts.workflow.render import Wanted
    from slacontracts.workflow.render_all import Outcome

FORMATS = ("docx", "html", "text", "pdf")
_PRINTED = "-"


@click.command("render")
@click.argument("agreement_id", metavar="[ID]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Render every agreement.")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=str, allow_dash=True),
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
    "--short", is_flag=True, help="The short form of a few pages, where there is one."
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
@click.option(
    "--force", is_flag=True, help="Replace a file that is something else, too."
)
@click.pass_context
def render_command(
    ctx: click.Context,
    agreement_id: str | None,
    is_all: bool,
    output: str | None,
    kind: Format | None,
    execution: bool,
    short: bool,
    page_numbers: bool,
    jobs: int | None,
    force: bool,
) -> None:
    """Render an agreement to Word, a web page, plain text or PDF.

    Without -o the file is named ID-draft-N.docx, N being the version in hand, or
    ID.docx for the execution version, and stands in the current folder. The short
    form states the main points and brings in the full form, which goes with it.

    \b
      slacontracts render SLA-2026-0001
      slacontracts render SLA-2026-0001 -o draft.html
      slacontracts render SLA-2026-0001 --execution --page-numbers
      slacontracts render SLA-2026-0001 --short
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
    if output == _PRINTED and kind in ("docx", "pdf"):
        raise click.UsageError(f"only text and html can be printed, not {kind}")
    from slacontracts.workflow.render import Wanted, lowered_errors

    session: Session = ctx.obj
    if execution:
        for line in lowered_errors(session.desk().settings):
            note(f"note: {line}")
    if is_all and output is not None:
        wanted = Wanted(kind or "docx", execution, page_numbers, short)
        processes = jobs or os.cpu_count() or 1
        ctx.exit(_render_all(session, Path(output), wanted, processes, force))
    wanted = Wanted(_format(kind, output), execution, page_numbers, short)
    _render_one(session, str(agreement_id), output, wanted, force)


def _is_folder(output: str) -> bool:
    """Tell whether a folder is meant: one that is there, or that ends as one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _format(kind: Format | None, output: str | None) -> Format:
    """Return the format that was said, or that the file's name says."""
    from slacontracts.workflow.hand_over import format_of, require_fitting_name

    if output == _PRINTED:
        return kind or "text"
    if output is None or _is_folder(output):
        return kind or "docx"
    if kind is None:
        return format_of(Path(output))
    require_fitting_name(Path(output), kind)
    return kind


def _render_one(
    session: Session,
    agreement_id: str,
    output: str | None,
    wanted: Wanted,
    force: bool,
) -> None:
    from slacontracts.workflow.hand_over import hand_over
    from slacontracts.workflow.render import render_agreement
    from slacontracts.workflow.shelf import Shelf

    desk = session.desk()
    place = desk.workspace.agreement(agreement_id)
    rendered = render_agreement(Shelf(desk), place, wanted)
    if output == _PRINTED:
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered.data)
    else:
        target = Path(output or "")
        if output is None or _is_folder(output):
            target = target / rendered.name
        is_new = not target.parent.exists()
        kind, data = wanted.format, rendered.data
        replaced = hand_over(target, data, kind, place.id, force=force)
        if is_new:
            note(f"note: the folder {target.parent} was made")
        say(f"{target}{' (replaces the one that was there)' if replaced else ''}")
    tell_findings(rendered.findings, place.id)


def _render_all(
    session: Session, folder: Path, wanted: Wanted, jobs: int, force: bool
) -> int:
    from time import perf_counter

    from slacontracts.workflow.render_all import render_all

    started = perf_counter()
    is_new = not folder.exists()
    total, outcomes = render_all(session.desk(), folder, wanted, jobs, force=force)
    failed: list[Outcome] = []
    for outcome in _with_progress(outcomes, total):
        if outcome.problem:
            failed.append(outcome)
    seconds = max(perf_counter() - started, 0.001)
    for outcome in sorted(failed, key=lambda one: one.id):
        note(f"{outcome.id}: not rendered: {outcome.problem}")
    done = total - len(failed)
    if is_new and done:
        note(f"note: the folder {folder} was made")
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
