"""The command that brings agreements in force onto a new version of the library."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    print_table,
    progress_bar,
    say,
)

if TYPE_CHECKING:
    from slacontracts.workflow.repaper import Repapered


@click.command("repaper")
@click.argument("clause", metavar="[CLAUSE]", default="")
@click.option(
    "--library",
    metavar="REV",
    default="",
    help="The version of the library to bring them onto; else the newest.",
)
@click.option("--customer", metavar="KEY", default="", help="Of one customer alone.")
@click.option(
    "--effective",
    metavar="DATE",
    help="Draft the amendments, with effect from this day.",
)
@click.option(
    "--reason", metavar="TEXT", default="", help="Why; each amendment says so."
)
@click.option("--json", "as_json", is_flag=True, help="Print them for programs.")
@click.pass_obj
def repaper_command(
    session: Session,
    clause: str,
    library: str,
    customer: str,
    effective: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """List the agreements in force that a changed library touches, and amend them.

    With a CLAUSE, those in which that clause reads otherwise; an amendment takes the
    whole version of the library, and the table names every clause that it changes. With
    --effective, an amendment of each is drafted and saved, ready to be reviewed and
    rendered; without it nothing is changed. It exits with 1 where one that was to be
    amended could not be.

    \b
      slacontracts repaper force-majeure
      slacontracts repaper --library 3f2a9c1e --customer contoso
      slacontracts repaper force-majeure --effective 2027-03-01 \\
          --reason "New law on force majeure"
    """
    from slacontracts.workflow.repaper import Drafting, Wanted, repaper

    if bool(effective) != bool(reason.strip()):
        raise click.UsageError(
            "to draft the amendments say both --effective DATE and --reason TEXT"
        )
    wanted = Wanted(clause, library, customer)
    drafting = Drafting(effective, reason.strip()) if effective else None
    with progress_bar("agreements") as progress:
        done = repaper(session.desk(), wanted, session.now(), drafting, progress)
    if as_json:
        print_json([asdict(one) for one in done.touched])
    else:
        _print(done, is_drafted=drafting is not None)
    if drafting is not None and any(one.trouble for one in done.touched):
        raise click.exceptions.Exit(1)


def _print(done: Repapered, *, is_drafted: bool) -> None:
    from slacontracts.workflow.repaper import said_of_changes

    if done.touched:
        print_table(
            ("agreement", "customer", "clauses that read otherwise", "amendment"),
            (
                (
                    one.id,
                    one.customer,
                    ", ".join(said_of_changes(one.changes)),
                    one.trouble or (str(one.amendment) if one.amendment else ""),
                )
                for one in done.touched
            ),
        )
    drafted = sum(bool(one.amendment) for one in done.touched)
    said = count(len(done.touched), "agreement")
    say(
        f"library {done.revision[:12]}: {said} in force touched, {done.untouched} not"
        + (f", {count(drafted, 'amendment')} drafted" if is_drafted else "")
    )
    troubled = sum(bool(one.trouble) for one in done.touched)
    if troubled:
        note(
            f"note: {count(troubled, 'agreement')} cannot be amended; the table says "
            "why"
        )
    elif done.touched and not is_drafted:
        note("note: to draft the amendments, add --effective DATE --reason TEXT")
