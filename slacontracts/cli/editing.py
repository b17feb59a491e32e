"""The commands that change an agreement: set for values, use for clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from slacontracts.cli.session import Session, count, note, say

if TYPE_CHECKING:
    from slacontracts.model.clause import Language
    from slacontracts.workflow.edit import Edited


_MOST_SHOWN: Final = 300  # characters of what was taken out


def changes_in(settings: Iterable[str]) -> list[tuple[str, str]]:
    """Return (address, value) for each "/path=value" that a user typed."""
    changes = []
    for setting in settings:
        path, equals, value = setting.partition("=")
        if not equals or not path.strip("/ "):
            raise click.UsageError(
                f'"{setting}" is no change; write it like /term/initial=P36M'
            )
        path = path.strip()
        changes.append((path if path.startswith("/") else f"/{path}", value))
    return changes


@click.command("set")
@click.argument("agreement_id", metavar="ID", required=False)
@click.argument("settings", metavar="/PATH=VALUE...", nargs=-1)
@click.pass_obj
def set_command(
    session: Session, agreement_id: str | None, settings: Sequence[str]
) -> None:
    """Set values of an agreement; the file's comments stay.

    Dates, spans and sums may be written as they are printed. A wrong value is refused
    with the reason, and nothing is written. Errors that the checks find in the
    changed agreement are printed. /path= takes a value out, so that the template's
    holds again. An item of a list is named by its key, or by its number from 0;
    + adds one, and {name: value, ...} gives it whole.

    \b
      slacontracts set SLA-2026-0001 /term/initial=P36M
      slacontracts set SLA-2026-0001 "/term/initial=36 months"
      slacontracts set SLA-2026-0001 "/services/web-hosting/price/amount=EUR 4,800.00"
      slacontracts set SLA-2026-0001 "/contacts/+={key: desk, party: provider, \\
          purpose: Incidents, phone: +353 1 555 0100}"
      slacontracts set SLA-2026-0001 /services/managed-database=
    """
    from slacontracts.workflow.edit import set_values

    if agreement_id is None or not settings:
        named = agreement_id or "SLA-2026-0001"
        raise click.UsageError(
            "say which agreement, and what to set in it, such as: slacontracts set "
            f"{named} /term/initial=P36M"
        )
    changes = changes_in(settings)
    edited = set_values(session.desk(), agreement_id, changes)
    for path, was in edited.removed:
        say(f"{agreement_id}: removed {path}: {_shortened(was)}")
    if number := len(changes) - len(edited.removed):
        say(f"{agreement_id}: {count(number, 'value')} set")
    _mention(edited, agreement_id)


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."


@click.command("use")
@click.argument("agreement_id", metavar="ID")
@click.argument("clause")
@click.option("--position", metavar="KEY", help="A position of the library's wording.")
@click.option("--omit", is_flag=True, help="Leave the clause out.")
@click.option(
    "--text",
    "text_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Negotiated wording, as the library's wordings are written.",
)
@click.option(
    "--language",
    type=click.Choice(("en", "ar")),
    default="en",
    show_default=True,
    help="The language of the wording.",
)
@click.option(
    "--template", "is_template", is_flag=True, help="The template's wording again."
)
@click.pass_obj
def use_command(
    session: Session,
    agreement_id: str,
    clause: str,
    position: str | None,
    omit: bool,
    text_file: Path | None,
    language: Language,
    is_template: bool,
) -> None:
    """Use another wording of a clause in one agreement, or none.

    \b
      slacontracts use SLA-2026-0001 limitation-of-liability --position fallback-1
      slacontracts use SLA-2026-0001 publicity --omit
      slacontracts use SLA-2026-0001 notices --text agreed-notices.md
      slacontracts use SLA-2026-0001 publicity --template
    """
    from slacontracts.workflow import edit

    chosen = (position is not None, omit, text_file is not None, is_template)
    if chosen.count(True) != 1:
        raise click.UsageError("say one of --position, --omit, --text and --template")
    desk = session.desk()
    if position is not None:
        edited = edit.use_position(desk, agreement_id, clause, position)
        says = f"position {position}"
    elif omit:
        edited = edit.omit_clause(desk, agreement_id, clause)
        says = "left out"
    elif text_file is not None:
        text = edit.wording_in(text_file)
        edited = edit.use_text(desk, agreement_id, clause, text, language)
        says = "negotiated wording"
    else:
        edited = edit.use_template(desk, agreement_id, clause)
        says = "as the template has it"
    say(f"{agreement_id}: {clause}: {says}")
    _mention(edited, agreement_id)


def _mention(edited: Edited, agreement_id: str) -> None:
    """Tell what the change brought: new errors in full, else how much there is."""
    from slacontracts.model.finding import Severity
    from slacontracts.workflow.edit import MOST_LINES

    if edited.new_errors:
        more = len(edited.new_errors) - MOST_LINES
        for finding in edited.new_errors[: MOST_LINES if more > 1 else None]:
            note(str(finding))
        if more > 1:
            note(f"and {more} more")
        kinds = [finding.severity for finding in edited.findings]
        errors = count(kinds.count(Severity.ERROR), "error")
        warnings = count(kinds.count(Severity.WARNING), "warning")
        note(f"now: {errors}, {warnings}; see slacontracts check {agreement_id}")
    elif edited.findings:
        faults = count(len(edited.findings), "finding")
        note(f"note: {faults}; see slacontracts check {agreement_id}")
