"""The commands that change an agreement: set for values, use for clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.session import Session, count, note, say, tell_findings

if TYPE_CHECKING:
    from slacontracts.model.clause import Language
    from slacontracts.workflow.edit import Edited


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
      slacontracts set SLA-2026-0001 "/services/+={key: backup, name: Backup, \\
          price: EUR 200, targets: [{key: availability, metric: availability, \\
          target: 99.5%, window: calendar-month, hours: round-the-clock, \\
          source: {system: monitoring, party: provider}}]}"
      slacontracts set SLA-2026-0001 /services/managed-database=
    """
    from slacontracts.workflow.edit import WHOLE_SERVICE, set_values

    if agreement_id is None or not settings:
        named = agreement_id or "SLA-2026-0001"
        raise click.UsageError(
            "say which agreement, and what to set in it, such as: slacontracts set "
            f"{named} /term/initial=P36M"
        )
    changes = changes_in(settings)
    edited = set_values(session.desk(), agreement_id, changes)
    for path, was in edited.removed:
        say(f"{agreement_id}: removed {path}: {was}")
    if number := len(changes) - len(edited.removed):
        say(f"{agreement_id}: {count(number, 'value')} set")
    tell_findings(edited.findings, agreement_id, new=edited.new_errors)
    _tell_what_rests(edited, agreement_id)
    if edited.new_errors and any(path == "/services/+" for path, _ in changes):
        note(WHOLE_SERVICE)


def _tell_what_rests(edited: Edited, agreement_id: str) -> None:
    """Say what still names something that was taken out, and how to change that."""
    gone = {path.rpartition("/")[2] for path, _ in edited.removed}
    for finding in edited.new_errors:
        at = finding.origin.path
        if finding.code == "unknown-key" and any(
            f'"{key}"' in finding.message for key in gone
        ):
            whole = at.removesuffix("/target") if at.endswith("credits/target") else at
            note(
                f"{at} rests on what was removed; name another with slacontracts set "
                f"{agreement_id} {at}=KEY, or take it out with {whole}="
            )


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
    "--title",
    metavar="TITLE",
    help="The title of a clause that the library does not have.",
)
@click.option("--after", metavar="CLAUSE", help="The clause that it comes after.")
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
    title: str | None,
    after: str | None,
    is_template: bool,
) -> None:
    """Use another wording of a clause in one agreement, or none.

    A clause that the library does not have is added by its wording, --title and
    --after; --omit takes it out again.

    \b
      slacontracts use SLA-2026-0001 limitation-of-liability --position fallback-1
      slacontracts use SLA-2026-0001 publicity --omit
      slacontracts use SLA-2026-0001 notices --text agreed-notices.md
      slacontracts use SLA-2026-0001 price-review --text their-clause.md \\
          --title "Price review" --after audit
      slacontracts use SLA-2026-0001 publicity --template
    """
    from slacontracts.workflow import use
    from slacontracts.workflow.wording import wording_in

    chosen = (position is not None, omit, text_file is not None, is_template)
    if chosen.count(True) != 1:
        raise click.UsageError("say one of --position, --omit, --text and --template")
    if text_file is None and not (title is None and after is None):
        raise click.UsageError("--title and --after go with --text, the wording")
    desk = session.desk()
    if position is not None:
        edited = use.use_position(desk, agreement_id, clause, position)
        says = f"position {position}"
    elif omit:
        edited = use.omit_clause(desk, agreement_id, clause)
        says = "left out"
    elif text_file is not None:
        text = wording_in(text_file)
        edited = use.use_text(
            desk, agreement_id, clause, text, language, title=title, after=after
        )
        says = "negotiated wording"
    else:
        edited = use.use_template(desk, agreement_id, clause)
        says = "as the template has it"
    say(f"{agreement_id}: {clause}: {says}")
    tell_findings(edited.findings, agreement_id, new=edited.new_errors)
