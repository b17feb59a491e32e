"""The commands that file what came after the signature: condition and terminate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.registering import granted, handed_in, line_said, tell_receipt
from slacontracts.cli.session import Session, note, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slacontracts.model.record import Ending
    from slacontracts.workflow.granting import Grant
    from slacontracts.workflow.terminate import NoticeGiven, Terminated

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_CORRECT = click.option(
    "--correct",
    "reason",
    metavar="REASON",
    help="Put right what was recorded last, and say why.",
)
_BY = click.option(
    "--by", "role", metavar="ROLE", help="By whose word it is put right, or excepted."
)


@click.command("condition")
@click.argument("agreement_id", metavar="ID")
@click.argument("key", metavar="KEY")
@click.option("--met-on", metavar="DATE", help="The day it was met.")
@click.option("--evidence", metavar="FILE", type=_FILE, help="What shows it.")
@_CORRECT
@click.option("--not-met", is_flag=True, help="With --correct: it was not met.")
@_BY
@click.pass_obj
def condition_command(
    session: Session,
    agreement_id: str,
    key: str,
    met_on: str | None,
    evidence: Path | None,
    reason: str | None,
    not_met: bool,
    role: str | None,
) -> None:
    """Record that a condition was met on which a signed text takes effect.

    With the last of them the text takes effect. A condition of an amendment is named
    with it: amendment-1/permit. What was recorded wrongly is put right by a further
    record, with --correct.

    \b
      slacontracts condition SLA-2026-0001 security-audit --met-on 2026-11-28 \\
          --evidence audit-report.pdf
      slacontracts condition SLA-2026-0001 security-audit --not-met \\
          --correct "It was the audit of another customer" --by legal
    """
    from slacontracts.workflow.condition import Met, record_condition, void_condition
    from slacontracts.workflow.effect import day_said

    correction = _correction(reason, role)
    if not_met:
        why = _taken_back(
            "--not-met", correction, {"--met-on": met_on, "--evidence": evidence}
        )
        filed = void_condition(session.desk(), agreement_id, key, why, session.now())
        say(f"{agreement_id}: condition {key} is not met")
        tell_receipt(session, filed)
        return
    if met_on is None or evidence is None:
        raise click.UsageError(
            "say when it was met, and what shows it: --met-on DATE --evidence FILE"
        )
    met = Met(key, day_said(met_on), handed_in((evidence,))[0], correction)
    filed, still_open = record_condition(
        session.desk(), agreement_id, met, session.now()
    )
    said = f"still open: {', '.join(still_open)}" if still_open else "all are met"
    say(f"{agreement_id}: condition {key} met on {met.on}; {said}")
    tell_receipt(session, filed)


@click.command("terminate")
@click.argument("agreement_id", metavar="ID")
@click.option("--on", metavar="DATE", help="The last day.")
@click.option(
    "--ground",
    metavar="TEXT",
    help="Why: breach, non-renewal, agreed, replaced, or in your words.",
)
@click.option("--reference", metavar="REF", help="Of the notice.")
@click.option("--notice", metavar="FILE", type=_FILE, help="The notice itself.")
@click.option("--received", metavar="DATE", help="The day on which it arrived.")
@click.option("--to", metavar="PARTY", help="Who received it: its holidays count.")
@click.option(
    "--remedy-asked",
    metavar="DATE",
    help="The day of an earlier notice that asked for a remedy.",
)
@click.option("--service", metavar="KEY", help="End this service alone.")
@click.option(
    "--exception",
    "exception",
    metavar="REASON",
    help="File a notice that ends another agreement, too, and say why.",
)
@_CORRECT
@click.option("--no-end", is_flag=True, help="With --correct: no notice ends it.")
@_BY
@click.pass_obj
def terminate_command(
    session: Session,
    /,
    agreement_id: str,
    service: str | None,
    exception: str | None,
    reason: str | None,
    no_end: bool,
    role: str | None,
    **said: Any,
) -> None:
    """Record a notice that ends an agreement, or one service of it.

    The day is checked against the notice and cure periods of the agreement. Until it
    the agreement is in force; duties after the end stay in the calendar. What was
    recorded wrongly is put right by a further record, with --correct.

    \b
      slacontracts terminate SLA-2026-0001 --on 2027-06-30 --ground convenience \\
          --reference T-17 --notice notice.pdf --received 2027-03-01 --to provider
      slacontracts terminate SLA-2026-0001 --no-end \\
          --correct "The letter was about another agreement" --by legal
    """
    from slacontracts.workflow.terminate import terminate_agreement, void_ending

    if exception and reason:
        raise click.UsageError("--exception and --correct do not go together")
    correction = _correction(reason, None if exception else role)
    what = f"{agreement_id}, {service}" if service else agreement_id
    if no_end:
        others = {f"--{name.replace('_', '-')}": one for name, one in said.items()}
        why = _taken_back("--no-end", correction, others)
        filed, still = void_ending(
            session.desk(), agreement_id, why, session.now(), service=service
        )
        say(f"{what}: {_still_ended(still)}")
        tell_receipt(session, filed)
        return
    grant = granted(exception, role) if exception else None
    given = replace(_notice(said), service=service, grant=grant, correction=correction)
    done = terminate_agreement(session.desk(), agreement_id, given, session.now())
    say(f"{what}: in force until {given.on}")
    _tell_consequences(session, done)


def _still_ended(endings: Sequence[Ending]) -> str:
    """Say which notices end an agreement, or a service of it, although one does not."""
    if not endings:
        return "no notice ends it"
    named = (
        f"the notice {one.reference}, received on {one.received}, still ends it on "
        f"{one.on}"
        for one in endings
    )
    return f"that notice does not end it; {'; '.join(named)}"


def _tell_consequences(session: Session, done: Terminated) -> None:
    for said in done.consequences.notes:
        note(f"note: {said}")
    for one in done.consequences.duties:
        say(f"  after the end, by {one.on}: {one.says}")
    if done.consequences.survivals:
        names = "; ".join(one.says for one in done.consequences.survivals)
        say(f"  goes on after the end: {names}")
    tell_receipt(session, done.filed)


def _notice(said: Mapping[str, Any]) -> NoticeGiven:
    """Return what a person says of a notice; each of some options must be given."""
    from slacontracts.workflow.effect import day_said
    from slacontracts.workflow.terminate import NoticeGiven

    needed = ("on", "ground", "reference", "notice", "received")
    missing = [f"--{name}" for name in needed if said[name] is None]
    if missing:
        raise click.UsageError(f"say of the notice: {', '.join(missing)}")
    asked = said["remedy_asked"]
    return NoticeGiven(
        day_said(said["on"]),
        line_said(said["ground"], "--ground"),
        line_said(said["reference"], "--reference"),
        day_said(said["received"]),
        handed_in((said["notice"],))[0],
        said["to"],
        day_said(asked) if asked else None,
    )


def _correction(reason: str | None, role: str | None) -> Grant | None:
    """Return why what was recorded is put right, and by whose word, if it is."""
    from slacontracts.workflow.granting import Grant

    if reason is None and role is None:
        return None
    if not (reason or "").strip() or not role:
        raise click.UsageError(
            'a correction has a reason and somebody\'s word: --correct "Why" --by legal'
        )
    return Grant(line_said(reason or "", "--correct"), role)


def _taken_back(
    option: str, correction: Grant | None, others: Mapping[str, object]
) -> Grant:
    """Return why a record is taken back; refuse what says it otherwise, too."""
    given = [name for name, value in others.items() if value is not None]
    if given:
        raise click.UsageError(f"{option} does not go with {', '.join(given)}")
    if correction is None:
        raise click.UsageError(
            f'{option} puts a record right: --correct "Why" --by legal'
        )
    return correction
