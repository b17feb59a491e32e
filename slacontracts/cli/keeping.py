"""The commands that keep versions: save, restore; library save, log, diff and take."""

from __future__ import annotations

from dataclasses import asdict

import click

from slacontracts.cli.session import Session, note, print_json, print_table, say

_MESSAGE = click.option(
    "-m",
    "--message",
    required=True,
    metavar="TEXT",
    help="What changed, in a few words.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command("save")
@click.argument("agreement_id", metavar="ID")
@_MESSAGE
@click.pass_obj
def save_command(session: Session, agreement_id: str, message: str) -> None:
    """Save one agreement as its next version.

    Only this agreement is saved; other agreements and the library stay as they are.

    \b
      slacontracts save SLA-2026-0001 -m "Credits agreed with Contoso"
    """
    from slacontracts.workflow.save import save_agreement

    saved = save_agreement(session.desk(), agreement_id, message, session.now())
    for said in saved.notes:
        note(f"note: {said}")
    if saved.id is None:
        say(f"{agreement_id}: nothing changed since version {saved.number}")
        return
    say(f"{agreement_id}: saved as version {saved.number}")
    if saved.author.is_assumed:
        note(_unknown_author(saved.author.name))


def _unknown_author(name: str) -> str:
    return (
        f'note: saved in the name of "{name}", because git does not know yours; '
        'tell it once with: git config --global user.name "Your Name" and user.email'
    )


@click.command("restore")
@click.argument("agreement_id", metavar="ID")
@click.pass_obj
def restore_command(session: Session, agreement_id: str) -> None:
    """Bring back an agreement whose folder was deleted, as it was last saved.

    Nothing that is there is replaced.

    \b
      slacontracts restore SLA-2026-0001
    """
    from slacontracts.workflow.restore import restore_agreement

    place = restore_agreement(session.desk(), agreement_id)
    say(f"{place.folder}: as it was last saved")


@click.group("library")
def library_command() -> None:
    """Save the clause library, look at its versions, or take one.

    Every agreement keeps the version of the library that it was drafted from, so
    a change of the library never changes an agreement by itself.

    \b
      slacontracts library save -m "Shorter force majeure"
      slacontracts library log
      slacontracts library take SLA-2026-0001
    """


@library_command.command("save")
@_MESSAGE
@click.pass_obj
def library_save_command(session: Session, message: str) -> None:
    """Save clauses, templates and settings as the library's next version.

    Refused while the library has errors; they are named.

    \b
      slacontracts library save -m "Shorter force majeure"
    """
    from slacontracts.workflow.library import save_library

    saved = save_library(session.desk(), message, session.now())
    for finding in saved.findings:
        note(str(finding))
    for said in saved.notes:
        note(f"note: {said}")
    if saved.id is None:
        say("library: nothing changed since the last version")
        return
    say(f"library: saved as version {saved.id[:12]}")
    if saved.author.is_assumed:
        note(_unknown_author(saved.author.name))


@library_command.command("log")
@_JSON
@click.pass_obj
def library_log_command(session: Session, as_json: bool) -> None:
    """List the saved versions of the library, newest first.

    \b
      slacontracts library log
    """
    from slacontracts.workflow.library import library_log

    versions = library_log(session.desk())
    if as_json:
        print_json(
            [
                {
                    "id": version.id,
                    "when": version.when.isoformat(),
                    "author": version.author,
                    "message": version.message.removeprefix("library: "),
                }
                for version in versions
            ]
        )
        return
    print_table(
        ("version", "saved", "by", "what changed"),
        [
            (
                version.id[:12],
                f"{version.when:%Y-%m-%d %H:%M}",
                version.author,
                version.message.removeprefix("library: "),
            )
            for version in versions
        ],
    )


@library_command.command("diff")
@click.argument("version", metavar="[REV]", required=False)
@_JSON
@click.pass_obj
def library_diff_command(session: Session, version: str | None, as_json: bool) -> None:
    """Compare the library as it stands with a saved version.

    REV is the beginning of a version's id; without it, the newest is taken.

    \b
      slacontracts library diff
      slacontracts library diff 3f2a9c1e
    """
    from slacontracts.workflow.library import library_diff

    changes = library_diff(session.desk(), version)
    if as_json:
        print_json([asdict(change) for change in changes])
        return
    if not changes:
        say("the library is as it was saved")
    for change in changes:
        say(f"{change.file}: {change.kind}")
        for line in change.lines:
            say(f"    {line}")


@library_command.command("take")
@click.argument("agreement_id", metavar="ID")
@click.argument("version", metavar="[REV]", required=False)
@click.pass_obj
def library_take_command(
    session: Session, agreement_id: str, version: str | None
) -> None:
    """Move an agreement to another version of the library.

    Shows which of its clauses read differently there. Refused when the agreement
    would get errors by it. REV is the beginning of a
    version's id; without it, the newest is taken. Save the agreement afterwards.

    \b
      slacontracts library take SLA-2026-0001
      slacontracts library take SLA-2026-0001 3f2a9c1e
    """
    from slacontracts.workflow.take import take_library

    taken = take_library(session.desk(), agreement_id, version)
    if taken.revision == taken.before:
        say(f"{agreement_id} uses this version of the library already")
        return
    for change in taken.changes:
        say(f"{change.key}: {change.kind}")
        for line in change.lines:
            say(f"    {line}")
    if not taken.changes:
        say("no clause of this agreement reads differently")
    say(f"{agreement_id} now uses library version {taken.revision[:12]}")
    for finding in taken.findings:
        note(str(finding))
