"""The command that files signed paper: register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.session import Session, count, note, say
from slacontracts.text import text_faults

if TYPE_CHECKING:
    from datetime import date

    from slacontracts.store.register import Filed
    from slacontracts.workflow.granting import Grant
    from slacontracts.workflow.paper import HandedIn

_LONGEST = 2_000
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("register")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--signed",
    "signed",
    metavar="FILE",
    type=_FILE,
    multiple=True,
    help="The signed Word file or PDF; once for each counterpart.",
)
@click.option(
    "--signed-on",
    "signed_on",
    metavar="PARTY=DATE",
    multiple=True,
    help="Who signed, and when: customer=2026-11-20; once for each party.",
)
@click.option(
    "--scanned",
    is_flag=True,
    help="Take pictures of paper: you have compared their words yourself.",
)
@click.option(
    "--effective",
    metavar="DATE",
    help="When it takes effect, where its text does not say so.",
)
@click.option(
    "--exception",
    "reason",
    metavar="REASON",
    help="File it although something stands against it, and say why.",
)
@click.option(
    "--correct",
    "correction",
    metavar="REASON",
    default="",
    help="Register the text signed last once more, otherwise, and say why.",
)
@click.option("--by", "role", metavar="ROLE", help="With --exception: by whose word.")
@click.option(
    "--foreign",
    metavar="FILE",
    type=_FILE,
    multiple=True,
    help="Paper that was not drafted here; once for each file.",
)
@click.option(
    "--facts",
    metavar="FILE",
    type=_FILE,
    help="With --foreign: parties, term and dates of that paper, in YAML.",
)
@click.pass_obj
def register_command(
    session: Session,
    agreement_id: str,
    signed: tuple[Path, ...],
    signed_on: tuple[str, ...],
    scanned: bool,
    effective: str | None,
    reason: str | None,
    correction: str,
    role: str | None,
    foreign: tuple[Path, ...],
    facts: Path | None,
) -> None:
    """File signed paper in the register, where nobody alters it unnoticed.

    What was signed is the last saved version, or the open amendment. Every word of a
    Word file or a PDF is compared with the execution version; a scan you compare
    yourself. Counterparts may come one by one. Keep the receipt that is printed.

    \b
      slacontracts register SLA-2026-0001 --signed signed.pdf \\
          --signed-on provider=2026-11-20 --signed-on customer=2026-11-21
      slacontracts register SLA-2026-0001 --signed scan.pdf --scanned \\
          --signed-on customer=2026-11-21
      slacontracts register UC-2019-0007 --foreign old-contract.pdf \\
          --facts old-contract.yaml --signed-on customer=2019-03-01
    """
    if bool(signed) == bool(foreign):
        raise click.UsageError(
            "say what was signed: --signed FILE, or --foreign FILE for paper that was "
            "not drafted here"
        )
    _require_fitting(foreign, facts, scanned or effective or correction)
    days, grant = _days(signed_on), granted(reason, role)
    if foreign:
        _register_foreign(session, agreement_id, foreign, facts, days, grant)
        return
    from slacontracts.workflow.effect import day_said
    from slacontracts.workflow.register import RegisterWish, register_agreement

    wish = RegisterWish(
        handed_in(signed),
        days,
        scanned,
        day_said(effective) if effective else None,
        grant,
        correction.strip(),
    )
    done = register_agreement(session.desk(), agreement_id, wish, session.now())
    _tell(session, done.filed, done.notes)


def _require_fitting(
    foreign: tuple[Path, ...], facts: Path | None, of_drafts: bool | str | None
) -> None:
    """Refuse options of paper from elsewhere and of drafts beside one another."""
    if facts is not None and not foreign:
        raise click.UsageError("--facts goes with --foreign")
    if foreign and of_drafts:
        raise click.UsageError(
            "--foreign goes with --facts, --signed-on and --exception alone"
        )


def _days(signed_on: tuple[str, ...]) -> dict[str, date]:
    from slacontracts.workflow.effect import day_said

    days: dict[str, date] = {}
    for said in signed_on:
        party, sign, day = (one.strip() for one in said.partition("="))
        if not (sign and party):
            raise click.UsageError(
                f'"{said}" does not say who signed when; write --signed-on '
                "customer=2026-11-20"
            )
        if party in days:
            raise click.UsageError(f"--signed-on says twice when the {party} signed")
        days[party] = day_said(day)
    return days


def granted(reason: str | None, role: str | None) -> Grant | None:
    """Return the exception that a person makes, and by whose word, if any."""
    from slacontracts.workflow.granting import Grant

    if reason is None and role is None:
        return None
    if not (reason or "").strip() or not role:
        raise click.UsageError(
            'an exception has a reason and somebody\'s word: --exception "Why" --by '
            "legal"
        )
    return Grant(line_said(reason or "", "--exception"), role)


def line_said(text: str, option: str) -> str:
    """Return what a person typed, if it is a line of text that can be filed."""
    line = text.strip()
    if not line:
        raise click.UsageError(f"{option} is empty; write what it is about")
    if len(line) > _LONGEST:
        raise click.UsageError(f"{option} has more than {_LONGEST:,} characters")
    if len(line.splitlines()) > 1:
        raise click.UsageError(f"{option} is one line; leave the line breaks out")
    for _, fault in text_faults(line):
        raise click.UsageError(f"{option}: {fault}")
    return line


def handed_in(paths: tuple[Path, ...]) -> tuple[HandedIn, ...]:
    """Return the files that a person hands in; of one too big, as much as tells so."""
    from slacontracts.store.paper_files import MOST_BYTES
    from slacontracts.store.workspace import read_file
    from slacontracts.workflow.paper import HandedIn

    most = MOST_BYTES + 1
    return tuple(HandedIn(_name(path), read_file(path, most)) for path in paths)


def _name(path: Path) -> str:
    """Return the name of a file as one line that nothing in it can turn round."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in path.name
    )


def _register_foreign(
    session: Session,
    agreement_id: str,
    files: tuple[Path, ...],
    facts: Path | None,
    days: dict[str, date],
    grant: Grant | None,
) -> None:
    from slacontracts.store.workspace import read_file
    from slacontracts.workflow.register_foreign import register_foreign

    filed = register_foreign(
        session.desk(),
        agreement_id,
        handed_in(files),
        (facts.name, read_file(facts)) if facts else None,
        days,
        session.now(),
        grant=grant,
    )
    _tell(session, filed)


def _tell(session: Session, filed: Filed, notes: tuple[str, ...] = ()) -> None:
    for said in notes:
        note(f"note: {said}")
    record = filed.record
    what = "paper" if record.act == "foreign" else record.as_
    signed = ", ".join(f"{one.party} on {one.on}" for one in record.signatures)
    said = f"{record.agreement}: {what} registered, signed by {signed}"
    if record.differences:
        said += f", with {count(len(record.differences), 'difference')}"
    if record.missing:
        say(f"{said}; not signed yet by {', '.join(record.missing)}")
    elif record.waits_for_conditions:
        say(f"{said}; in force when its conditions are met")
    else:
        say(f"{said}; effective {record.effective}")
    tell_receipt(session, filed)


def tell_receipt(session: Session, filed: Filed) -> None:
    """Print the receipt of a record, and what it is good for."""
    from slacontracts.store.renumbering import provisional

    waiting = provisional(session.desk().workspace.root)
    is_waiting = filed.record.sequence in waiting
    until = " (provisional until pushed; the number may change)" if is_waiting else ""
    say(f"receipt: {filed.receipt}{until}")
    note(
        "note: keep the receipt apart from this workspace; with it anybody can check "
        f"the register later: slacontracts verify --receipt {filed.receipt}"
    )
