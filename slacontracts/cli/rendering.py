"""The command that renders one agreement, or all of them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.output import PRINTED, is_folder
from slacontracts.cli.session import (
    Session,
    count,
    note,
    progress_bar,
    say,
    tell_findings,
)

if TYPE_CHECKING:
    from slacontracts.store.workspace import AgreementPlace
    from slacontracts.workflow.desk import Desk
    from slacontracts.workflow.hand_over import Format
    from slacontracts.workflow.reference import Reference
    from slacontracts.workflow.render import Rendered, Wanted
    from slacontracts.workflow.render_all import Outcome
    from slacontracts.workflow.render_as import Kind, Marks

FORMATS = ("docx", "html", "text", "pdf")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed: the arguments and options of `render`."""

    ref: str | None
    is_all: bool
    output: str | None
    kind: Format | None
    execution: bool
    short: bool
    as_: Kind | None
    at: str | None
    known: str | None
    page_numbers: bool
    jobs: int | None
    force: bool


@click.command("render")
@click.argument("ref", metavar="[REF]", required=False)
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
    "--as",
    "as_",
    type=click.Choice(("amendment", "conformed", "redline")),
    help="Of a signed agreement: the paper of an amendment, the text in force with all "
    "amendments worked in, or the text before with what an amendment alters marked.",
)
@click.option("--at", metavar="DATE", help="With --as conformed: in force when.")
@click.option("--known", metavar="DATE", help="With --as conformed: signed by when.")
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
def render_command(ctx: click.Context, /, **options: Any) -> None:
    """Render an agreement to Word, a web page, plain text or PDF.

    REF is ID, for the text in hand and the amendment that is open; or ID@VERSION:
    draft:3, a date, or what was signed, which is rendered as it was signed: original,
    or amendment-1 --as amendment.

    Without -o the file is named ID-draft-N.docx, N being the version in hand, or
    ID.docx for the execution version, and stands in the current folder. The short
    form states the main points and brings in the full form, which goes with it. What
    is written after signature keeps the numbers that were signed.

    \b
      slacontracts render SLA-2026-0001
      slacontracts render SLA-2026-0001 -o draft.html
      slacontracts render SLA-2026-0001 --execution --page-numbers
      slacontracts render SLA-2026-0001 --short
      slacontracts render SLA-2026-0001 --as amendment --execution
      slacontracts render SLA-2026-0001@amendment-1 --as amendment
      slacontracts render SLA-2026-0001 --as conformed --at 2027-03-01
      slacontracts render --all -o drafts --jobs 2
    """
    from slacontracts.workflow.render import lowered_errors

    asked = _Asked(**options)
    _require_sense(asked)
    session: Session = ctx.obj
    if asked.execution:
        for line in lowered_errors(session.desk().settings):
            note(f"note: {line}")
    if asked.is_all:
        ctx.exit(_render_all(session, asked))
    _render_one(session, asked)


def _require_sense(asked: _Asked) -> None:
    """Refuse what does not go together."""
    if asked.is_all == bool(asked.ref):
        raise click.UsageError("name one agreement, or say --all")
    if asked.is_all and asked.output is None:
        raise click.UsageError("say with -o DIR where all the files go")
    if asked.jobs is not None and not asked.is_all:
        raise click.UsageError("--jobs goes with --all")
    if asked.page_numbers and asked.kind in ("html", "text"):
        raise click.UsageError("--page-numbers goes with docx and pdf")
    if asked.output == PRINTED and asked.kind in ("docx", "pdf"):
        raise click.UsageError(f"only text and html can be printed, not {asked.kind}")
    _require_sense_of_as(asked)


def _require_sense_of_as(asked: _Asked) -> None:
    if asked.as_ != "conformed" and (asked.at or asked.known):
        raise click.UsageError("--at and --known go with --as conformed")
    if asked.as_ is None:
        return
    if asked.is_all or asked.short:
        raise click.UsageError("--as goes with one agreement, in its full form")
    if asked.execution and asked.as_ != "amendment":
        raise click.UsageError(
            "--execution goes with --as amendment: only that paper is signed"
        )
    if asked.as_ == "redline" and (asked.kind or "docx") != "docx":
        raise click.UsageError("--as redline is a Word file; leave --format out")


def _wanted(asked: _Asked) -> Wanted:
    from slacontracts.workflow.render import Wanted

    kind = asked.kind or "docx" if asked.is_all else _format(asked)
    return Wanted(kind, asked.execution, asked.page_numbers, asked.short)


def _format(asked: _Asked) -> Format:
    """Return the format that was said, or that the file's name says."""
    from slacontracts.workflow.hand_over import (
        EXTENSIONS,
        format_of,
        require_fitting_name,
    )

    kind, output = asked.kind, asked.output
    if output == PRINTED:
        return kind or "text"
    if output is None or is_folder(output):
        return kind or "docx"
    if kind is None:
        return format_of(Path(output), EXTENSIONS)
    require_fitting_name(Path(output), kind, EXTENSIONS)
    return kind


def _reference(text: str) -> Reference:
    from slacontracts.workflow.reference import Reference, read_reference

    found = read_reference(text)
    if isinstance(found, Reference):
        return found
    if found.is_file() or found.suffix.lower() == ".docx":
        raise click.UsageError(
            f"{found} is a file; name an agreement, or a version of one such as "
            "SLA-2026-0001@amendment-1"
        )
    return Reference(text)  # which is then refused as an id


def _render_one(session: Session, asked: _Asked) -> None:
    from slacontracts.workflow.hand_over import hand_over
    from slacontracts.workflow.reference import WORKING

    wanted, output = _wanted(asked), asked.output
    desk = session.desk()
    reference = _reference(str(asked.ref))
    place = desk.workspace.agreement(reference.agreement_id)
    rendered = (
        _rendered(session, desk, place, wanted, asked)
        if reference.version == WORKING
        else _rendered_version(session, desk, reference, wanted, asked)
    )
    if output == PRINTED:
        sys.stdout.flush()
        sys.stdout.buffer.write(rendered.data)
    else:
        target = Path(output or "")
        if output is None or is_folder(output):
            target = target / rendered.name
        is_new = not target.parent.exists()
        kind, data = wanted.format, rendered.data
        replaced = hand_over(target, data, kind, place.id, force=asked.force)
        if is_new:
            note(f"note: the folder {target.parent} was made")
        say(f"{target}{' (replaces the one that was there)' if replaced else ''}")
    tell_findings(rendered.findings, place.id)


def _rendered(
    session: Session, desk: Desk, place: AgreementPlace, wanted: Wanted, asked: _Asked
) -> Rendered:
    from slacontracts.workflow.shelf import Shelf

    shelf = Shelf(desk)
    if asked.as_ is None:
        from slacontracts.workflow.render import render_agreement

        return render_agreement(shelf, place, wanted)
    from slacontracts.workflow import render_as
    from slacontracts.workflow.effect import day_said

    if asked.as_ == "amendment":
        return render_as.render_amendment(shelf, place, wanted)
    if asked.as_ == "conformed":
        today = session.today()
        at = day_said(asked.at) if asked.at else today
        known = day_said(asked.known) if asked.known else today
        return render_as.render_conformed(shelf, place, wanted, at, known)
    return render_as.render_redline(shelf, place, _marks(session, desk, wanted))


def _rendered_version(
    session: Session, desk: Desk, reference: Reference, wanted: Wanted, asked: _Asked
) -> Rendered:
    from slacontracts.workflow import render_version
    from slacontracts.workflow.shelf import Shelf

    if asked.short:
        raise click.UsageError("--short goes with the text in hand, without @VERSION")
    if asked.as_ == "conformed":
        raise click.UsageError(
            "--as conformed goes with the agreement alone; say the day with --at"
        )
    shelf = Shelf(desk)
    if asked.as_ == "amendment":
        return render_version.render_signed_amendment(shelf, reference, wanted)
    if asked.as_ == "redline":
        marks = _marks(session, desk, wanted)
        return render_version.render_signed_redline(shelf, reference, marks)
    return render_version.render_version(shelf, reference, wanted)


def _marks(session: Session, desk: Desk, wanted: Wanted) -> Marks:
    """Return in whose name a redline is made; refuse what is no Word file."""
    if wanted.format != "docx":
        raise click.UsageError("--as redline is a Word file; end its name with .docx")
    from slacontracts.workflow.redline import usual_author, word_date
    from slacontracts.workflow.render_as import Marks

    author = usual_author(session.folder, lambda: desk)
    return Marks(author, word_date(session.now()))


def _render_all(session: Session, asked: _Asked) -> int:
    from time import perf_counter

    from slacontracts.workflow.render_all import render_all

    started = perf_counter()
    folder, wanted = Path(str(asked.output)), _wanted(asked)
    jobs = asked.jobs or os.cpu_count() or 1
    is_new = not folder.exists()
    total, outcomes = render_all(
        session.desk(), folder, wanted, jobs, force=asked.force
    )
    failed: list[Outcome] = []
    with progress_bar("rendering") as progress:
        for done, outcome in enumerate(outcomes, 1):
            progress(done, total)
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
