"""The command that shows what differs between two versions of an agreement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.output import PRINTED, is_folder, meant_format
from slacontracts.cli.session import Session, note, say

if TYPE_CHECKING:
    from slacontracts.workflow.compare import Compared, Format

FORMATS = ("text", "html", "json", "docx")


@click.command("compare")
@click.argument("old", metavar="REF")
@click.argument("new", metavar="[REF]", required=False)
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="Else the end of FILE says it; else text.",
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=str, allow_dash=True),
    help="The file to write, or the folder; - prints what is not docx.",
)
@click.option(
    "--force", is_flag=True, help="Replace a file that is something else, too."
)
@click.pass_obj
def compare_command(
    session: Session,
    old: str,
    new: str | None,
    kind: Format | None,
    output: str | None,
    force: bool,
) -> None:
    """Show what differs between two versions: wording, data, and what it means.

    REF is ID or ID@VERSION: working, draft:3, original, amendment-1, or a date. With
    an ID alone, the text as it stands is compared with the last signed, else saved.
    Text and json are printed; html and docx go to ID-changes.html and ID-changes.docx.

    \b
      slacontracts compare SLA-2026-0001
      slacontracts compare SLA-2026-0001@draft:1 SLA-2026-0001@draft:2
      slacontracts compare SLA-2026-0001@original -o changes.html
    """
    from slacontracts.workflow.compare import EXTENSIONS, compare_versions

    kind = meant_format(kind, output, EXTENSIONS, "text")
    if kind == "docx" and output == PRINTED:
        raise click.UsageError("a Word file cannot be printed; name a file with -o")
    compared = compare_versions(session.desk(), old, new)
    if compared.note:
        note(f"note: {compared.note}")
    if output == PRINTED or (output is None and kind in ("text", "json")):
        from slacontracts.workflow.compare import comparison_words

        assert kind != "docx"
        click.echo(comparison_words(compared, kind), nl=False)
        return
    _write(session, compared, kind, output or "", force=force)


def _write(
    session: Session, compared: Compared, kind: Format, output: str, *, force: bool
) -> None:
    from slacontracts.workflow.compare import (
        EXTENSIONS,
        comparison_bytes,
        hand_over_comparison,
    )

    target = Path(output)
    if not output or is_folder(output):
        target = target / f"{compared.usual_name}{EXTENSIONS[kind]}"
    author, date = _author_and_date(session) if kind == "docx" else ("", "")
    data = comparison_bytes(compared, kind, author=author, date=date)
    is_new = not target.parent.exists()
    subject = compared.report.subject
    replaced = hand_over_comparison(target, data, kind, subject, force=force)
    if is_new:
        note(f"note: the folder {target.parent} was made")
    say(f"{target}{' (replaces the one that was there)' if replaced else ''}")


def _author_and_date(session: Session) -> tuple[str, str]:
    from slacontracts.workflow.redline import checked_author, usual_author, word_date

    author = usual_author(session.folder, session.desk)
    return checked_author(author), word_date(session.now())
