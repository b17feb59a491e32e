"""The command that makes a workspace: init."""

from __future__ import annotations

from pathlib import Path

import click

from slacontracts.cli.session import Session, count, note, quoted, say

# The provider of the sample agreements.
_SAMPLE_ORGANISATION = "Northwind Hosting Ltd"
_UNNAMED = "Your organisation"


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="With sample agreements to look at.")
@click.option("--organisation", metavar="NAME", help="Your own name, for the covers.")
@click.pass_obj
def init_command(
    session: Session, folder: Path, sample: bool, organisation: str | None
) -> None:
    """Make a workspace: a folder for clauses, templates and agreements.

    \b
      slacontracts init contracts
      slacontracts init contracts --sample --organisation "Northwind Hosting Ltd"
    """
    from slacontracts.workflow.init import start_workspace

    organisation = (organisation or "").strip()
    if not organisation and session.can_ask:
        organisation = _asked_name(_SAMPLE_ORGANISATION if sample else None)
    usual = _SAMPLE_ORGANISATION if sample else _UNNAMED
    started = start_workspace(
        session.folder / folder,
        organisation or usual,
        with_samples=sample,
        when=session.now(),
    )
    version = started.library[:12]
    say(f"{folder}: a workspace with its library saved as version {version}")
    if started.agreements:
        samples = ", ".join(started.agreements)
        say(f"{count(len(started.agreements), 'sample agreement')}: {samples}")
    if started.author.is_assumed:
        note(
            f'note: versions are saved in the name of "{started.author.name}", because '
            "git does not know yours; tell it once with: git config --global user.name "
            '"Your Name" and user.email'
        )
    if not organisation:
        note("note: write your organisation's name into slacontracts.yaml")
    where = f"-C {quoted(folder)} "
    note(f"next: slacontracts {where}list, slacontracts {where}templates")


def _asked_name(usual: str | None) -> str:
    """Ask for the organisation's name until there is one."""
    name = ""
    while not name:
        name = str(click.prompt("Your organisation's name", default=usual)).strip()
    return name
