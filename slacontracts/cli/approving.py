"""The commands on deviations: what departs from the library, and who consents to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.output import PRINTED, is_folder, meant_format
from slacontracts.cli.session import Session, note, say

if TYPE_CHECKING:
    from datetime import date

    from slacontracts.render.deviations_report import Report
    from slacontracts.workflow.deviations import Format
    from slacontracts.workflow.paper import HandedIn

_LONGEST = 2_000


@click.command("deviations")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--format",
    "kind",
    type=click.Choice(("text", "html", "docx")),
    help="Else the end of FILE says it; else text.",
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=str, allow_dash=True),
    help="The file to write, or the folder; - prints what is not docx.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--force", is_flag=True, help="Replace a file that is something else, too."
)
@click.pass_obj
def deviations_command(
    session: Session,
    agreement_id: str,
    kind: Format | None,
    output: str | None,
    as_json: bool,
    force: bool,
) -> None:
    """Show what departs from what the library prefers, and who approved it.

    Each with its place, the range that is preferred, those that can still be accepted,
    and the reason, as far as somebody gave one. It is for us alone.

    \b
      slacontracts deviations SLA-2026-0004
      slacontracts deviations SLA-2026-0004 -o deviations.docx
    """
    from slacontracts.workflow.deviations import (
        EXTENSIONS,
        deviations_of,
        report_bytes,
    )

    kind = meant_format(kind, output, EXTENSIONS, "text")
    if kind == "docx" and output == PRINTED:
        raise click.UsageError("a Word file cannot be printed; name a file with -o")
    if as_json and (output or kind != "text"):
        raise click.UsageError("--json prints, and goes with no file and no format")
    report = deviations_of(session.desk(), agreement_id)
    if as_json:
        from slacontracts.workflow.deviations import report_json

        click.echo(report_json(report))
    elif output == PRINTED or (output is None and kind == "text"):
        click.echo(report_bytes(report, kind).decode(), nl=False)
    else:
        _write(report, kind, output or "", force=force)


def _write(report: Report, kind: Format, output: str, *, force: bool) -> None:
    from slacontracts.workflow.deviations import EXTENSIONS, report_bytes
    from slacontracts.workflow.hand_over import hand_over

    target = Path(output)
    if not output or is_folder(output):
        target = target / f"{report.subject}-deviations{EXTENSIONS[kind]}"
    data = report_bytes(report, kind)
    replaced = hand_over(target, data, kind, report.subject, force=force)
    say(f"{target}{' (replaces the one that was there)' if replaced else ''}")


@click.command("approve")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--role", metavar="ROLE", required=True, help="For which role you approve."
)
@click.option(
    "--item",
    "items",
    metavar="ITEM",
    multiple=True,
    help="The address of a value or the key of a clause; once for each.",
)
@click.option("--note", "remark", metavar="TEXT", default="", help="Why you approve.")
@click.option(
    "--condition", metavar="TEXT", default="", help="On what condition you approve."
)
@click.option(
    "--until", metavar="DATE", help="The last day on which the approval counts."
)
@click.option(
    "--on-behalf-of",
    "behalf",
    metavar="NAME",
    default="",
    help="Who holds the role and consented elsewhere; with --evidence.",
)
@click.option(
    "--evidence",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The e-mail or the paper that shows it; it is kept with the agreement.",
)
@click.option(
    "--exception",
    metavar="REASON",
    default="",
    help="Legal alone: why a value may stand beyond the walk-away line.",
)
@click.pass_obj
def approve_command(
    session: Session,
    agreement_id: str,
    role: str,
    items: tuple[str, ...],
    remark: str,
    condition: str,
    until: str | None,
    behalf: str,
    evidence: Path | None,
    exception: str,
) -> None:
    """Approve deviations for a role that you hold, and save that as a version.

    Without --item, all that waits for the role. Who holds a role stands in
    slacontracts.yaml, by the e-mail address that git knows. Nobody approves what they
    wrote themselves. An approval holds for exactly the value or the wording that is
    there now: a later change makes it void.

    \b
      slacontracts approve SLA-2026-0004 --role finance
      slacontracts approve SLA-2026-0004 --role finance --item /credits/cap_percent \\
          --condition "The term is 36 months or more." --until 2026-12-31
      slacontracts approve SLA-2026-0004 --role finance \\
          --on-behalf-of "Omar Haddad" --evidence consent.eml
      slacontracts approve SLA-2026-0004 --role legal --item /credits/cap_percent \\
          --exception "The parent company guarantees it."
    """
    from slacontracts.workflow.approve import approve
    from slacontracts.workflow.consent import Consent

    consent = Consent(
        role,
        items,
        _text("--note", remark),
        _text("--condition", condition),
        _day(until),
        behalf.strip(),
        _handed_in(evidence),
        _text("--exception", exception),
    )
    done = approve(session.desk(), agreement_id, consent, session.now())
    by = f"{done.on_behalf_of}, recorded by {done.by}" if done.on_behalf_of else done.by
    what = "exception made" if exception else "approved"
    for one in done.deviations:
        say(f"{agreement_id}: {one.item} ({one.value}): {what} for {role} by {by}")
    say(f"{agreement_id}: saved as version {done.number}")
    for line in (*done.waiting, *done.notes):
        note(f"note: {line}")


def _text(option: str, text: str) -> str:
    """Return what somebody said with an option; refuse what says nothing."""
    from slacontracts.text import text_faults

    if text and not text.strip():
        raise click.UsageError(f"{option} is empty; say it in a few words")
    if len(text) > _LONGEST:
        raise click.UsageError(f"{option}: say it in at most {_LONGEST} characters")
    faults = text_faults(text)
    if faults:
        raise click.UsageError(f"{option}: {faults[0][1]}")
    return text.strip()


def _day(text: str | None) -> date | None:
    from slacontracts.model.scalars import read_day

    if text is None:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise click.UsageError(f"--until: {error}") from error


def _handed_in(path: Path | None) -> HandedIn | None:
    from slacontracts.store.workspace import read_file
    from slacontracts.workflow.paper import HandedIn

    return None if path is None else HandedIn(path.name, read_file(path))
