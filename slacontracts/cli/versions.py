"""The commands for what was saved and is amended: versions and amend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.session import (
    Session,
    note,
    print_json,
    print_table,
    say,
    tell_findings,
)

if TYPE_CHECKING:
    from slacontracts.model.signing import Signing
    from slacontracts.workflow.rebase import Side
    from slacontracts.workflow.states import DraftLine, Versions

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command("versions")
@click.argument("agreement_id", metavar="ID")
@_JSON
@click.pass_obj
def versions_command(session: Session, agreement_id: str, as_json: bool) -> None:
    """List the saved drafts of an agreement, and which of them were signed.

    Commands that take a version name it behind an @: the text as it stands (working),
    a saved draft, a signed text, or the text in force on a day.

    \b
      slacontracts versions SLA-2026-0001
      slacontracts compare SLA-2026-0001@draft:1 SLA-2026-0001@draft:3
      slacontracts redline SLA-2026-0001@original SLA-2026-0001 -o redline.docx
    """
    from slacontracts.workflow.states import versions_of

    found = versions_of(session.desk(), agreement_id)
    if as_json:
        print_json([*map(_draft_object, found.drafts), _working_object(found)])
        return
    if found.drafts:
        print_table(("version", "saved", "by", "what changed", "signed"), _rows(found))
    else:
        note(f'no version yet; save one: slacontracts save {agreement_id} -m "..."')
    say(_state(agreement_id, found))


def _draft_object(one: DraftLine) -> dict[str, Any]:
    return {
        "version": f"draft:{one.number}",
        "saved": one.saved.isoformat(),
        "author": one.author,
        "message": one.note,
        "signed": [
            {
                "as": signing.as_,
                "signed_on": f"{signing.signed_on}",
                "effective": f"{signing.effective}",
            }
            for signing in one.signed
        ],
    }


def _working_object(found: Versions) -> dict[str, Any]:
    opened = found.open_amendment
    return {
        "version": "working",
        "state": found.state,
        "unsaved": found.has_unsaved_changes,
        "amendment": opened and {"number": opened[0], "effective": opened[1]},
    }


def _rows(found: Versions) -> list[tuple[str, ...]]:
    return [
        (
            f"draft:{one.number}",
            f"{one.saved:%Y-%m-%d %H:%M}",
            one.author,
            one.note,
            "; ".join(_signed(signing) for signing in one.signed),
        )
        for one in found.drafts
    ]


def _signed(signing: Signing) -> str:
    return f"{signing.as_} on {signing.signed_on}, effective {signing.effective}"


def _state(agreement_id: str, found: Versions) -> str:
    said = f"{agreement_id}: {found.state}"
    if found.open_amendment is not None and found.open_amendment[1]:
        said += f", effective {found.open_amendment[1]}"
    return said + (", with changes not saved" if found.has_unsaved_changes else "")


@click.command("amend")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--effective",
    metavar="DATE|last-signature|conditions-met",
    help="When the amendment takes effect.",
)
@click.option("--reason", metavar="TEXT", default="", help="Why it is made.")
@click.option(
    "--include-changes",
    is_flag=True,
    help="Make what was changed since the signature part of the amendment.",
)
@click.option(
    "--rebase",
    metavar="FILE|draft:N",
    help="Bring an amendment opened before the last was signed onto that text.",
)
@click.option(
    "--take",
    "takes",
    metavar="mine|theirs PATH",
    type=(click.Choice(("mine", "theirs")), str),
    multiple=True,
    help="With --rebase: whose value is taken where both changed it.",
)
@click.pass_obj
def amend_command(
    session: Session,
    agreement_id: str,
    effective: str | None,
    reason: str,
    include_changes: bool,
    rebase: str | None,
    takes: tuple[tuple[Side, str], ...],
) -> None:
    """Open the next amendment of a signed agreement.

    While it is open, set and use change the agreement again. One amendment is open at
    a time. A day that is past needs a reason. When two people amended the same signed
    text, the second amendment is brought onto the first one, once that is signed.

    \b
      slacontracts amend SLA-2026-0001 --effective 2027-03-01 --reason "More storage"
      slacontracts amend SLA-2026-0001 --effective last-signature --reason "New price"
      slacontracts amend SLA-2026-0001 --rebase theirs/agreement.yaml \\
          --take theirs /term/initial
    """
    if rebase is not None:
        if effective is not None or reason or include_changes:
            raise click.UsageError(
                "--rebase keeps the effect and the reason of the amendment itself"
            )
        _rebase(session, agreement_id, rebase, {path: side for side, path in takes})
        return
    if takes:
        raise click.UsageError("--take goes with --rebase")
    from slacontracts.workflow.amend import open_next_amendment

    if effective is None:
        raise click.UsageError(
            "say when the amendment takes effect: --effective DATE, last-signature or "
            "conditions-met"
        )
    desk = session.desk()
    opened = open_next_amendment(
        desk, agreement_id, effective, reason, include_changes=include_changes
    )
    say(
        f"{agreement_id}: amendment {opened.number} is open; change the agreement with "
        "set and use, save it, and render it --as amendment"
    )
    if opened.included:
        said = ", ".join(opened.included)
        say(f"{agreement_id}: what was changed before is part of it: {said}")
    edited = opened.edited
    tell_findings(edited.findings, agreement_id, new=edited.new_errors)


def _rebase(
    session: Session, agreement_id: str, source: str, decisions: dict[str, Side]
) -> None:
    from slacontracts.workflow.rebase import rebase_amendment

    rebased = rebase_amendment(session.desk(), agreement_id, source, decisions)
    for path in rebased.taken:
        say(f"{path}: taken over")
    for path in rebased.kept:
        say(f"{path}: as it was signed")
    say(
        f"{agreement_id}: amendment {rebased.number} is open; look at it with "
        f"slacontracts compare {agreement_id}, and save it"
    )
    edited = rebased.edited
    tell_findings(edited.findings, agreement_id, new=edited.new_errors)
