"""The commands of a negotiation's turns: send, receive and turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.proposal_lines import (
    print_grouped,
    print_proposal,
    tell_notices,
)
from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    print_table,
    progress_bar,
    say,
    tell_findings,
)

if TYPE_CHECKING:
    from slacontracts.workflow.desk import Desk
    from slacontracts.workflow.proposals import TurnLine
    from slacontracts.workflow.receive import Received

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("send")
@click.argument("agreement_id", metavar="ID")
@click.option("--to", "party", metavar="PARTY", required=True, help="To whom it goes.")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The Word file to write, or the folder; else ID-turn-N.docx here.",
)
@click.option("--note", "remark", metavar="TEXT", default="", help="For the timeline.")
@click.option("--force", is_flag=True, help="Replace a file that is something else.")
@click.pass_obj
def send_command(
    session: Session,
    agreement_id: str,
    party: str,
    output: Path | None,
    remark: str,
    force: bool,
) -> None:
    """Make the Word file of the current draft for a party, and keep it as a turn.

    The file tracks every change, and knows which clause and which value each of its
    words comes from. Once the party has answered, its own file goes back: its changes
    stay under their authors' names, and ours are tracked on top of them.

    \b
      slacontracts send SLA-2026-0001 --to customer -o to-contoso.docx
      slacontracts send SLA-2026-0001 --to customer --note "After the call of 3 May"
    """
    from slacontracts.workflow.hand_over import hand_over
    from slacontracts.workflow.send import require_free, send_agreement

    target = output or Path()
    if target.suffix.lower() == ".docx":
        require_free(target, agreement_id, force=force)
    sent = send_agreement(
        session.desk(), agreement_id, party, session.now(), note=remark
    )
    if target.suffix.lower() != ".docx":
        target = target / sent.name
    hand_over(target, sent.data, "docx", agreement_id, force=force)
    for line in sent.notes:
        note(f"note: {line}")
    changes = f", {count(sent.tracked, 'change')} of ours tracked" * bool(sent.tracked)
    say(f"{target} (turn {sent.turn.number}, draft {sent.turn.draft}{changes})")
    tell_findings(sent.findings, agreement_id)


@click.command("receive")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option(
    "--from",
    "party",
    metavar="PARTY|us",
    default="",
    help="From whom; us for a draft of ours that a colleague edited in Word.",
)
@click.option(
    "--as",
    "agreement_id",
    metavar="ID",
    default="",
    help="Which agreement it answers, where the file does not say so.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=_FILE,
    help="Compare it with this Word file; nothing is recorded.",
)
@click.pass_obj
def receive_command(
    session: Session, file: Path, party: str, agreement_id: str, against: Path | None
) -> None:
    """Read a Word file that came back, and list what it proposes.

    What was changed without tracking is found and comes first, and so do words that
    are hidden, fields that compute, and authors who are new. A copy without any
    tracked change is compared with what was sent. Nothing is changed in the agreement:
    see proposals, and decide.

    \b
      slacontracts receive from-contoso.docx
      slacontracts receive our-draft-edited.docx --from us
      slacontracts receive theirs.docx --against sent.docx
    """
    if against is not None:
        _compare(against, file)
        return
    from slacontracts.workflow.receive import receive_file

    with progress_bar("reading") as progress:
        received = receive_file(
            session.desk(),
            file,
            session.now(),
            party=party,
            agreement_id=agreement_id,
            progress=progress,
        )
    _tell_received(received)


def _compare(sent: Path, file: Path) -> None:
    from slacontracts.workflow.receive import compare_files

    answer = compare_files(sent, file)
    tell_notices(answer.notices)
    for proposal in answer.proposals:
        print_proposal(proposal)
    say(count(len(answer.proposals), "change"))


def _tell_received(received: Received) -> None:
    turn = received.turn
    for line in received.notes:
        note(f"note: {line}")
    if turn.is_stale:
        note(
            f"note: this answers turn {turn.answers}, and a newer file was sent since; "
            "ask the other side to work on that one"
        )
    tell_notices(turn.notices)
    if not turn.proposals:
        say(f"turn {turn.number} from {turn.party}: it says what was sent, unchanged")
        return
    print_grouped([(turn.number, one) for one in turn.proposals])
    if turn.waits:
        note(
            f"note: {count(len(turn.untracked), 'change')} made without tracking; "
            "nothing is accepted before somebody has seen that: slacontracts decide "
            f"{received.agreement_id} --acknowledge-untracked"
        )
    proposed = count(len(turn.proposals), "proposal")
    say(
        f"turn {turn.number} from {turn.party}: {proposed}; see slacontracts proposals "
        f"{received.agreement_id}"
    )


@click.command("turns")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--file", "number", metavar="N", type=int, help="Write the file kept of a turn."
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --file: where to.",
)
@click.option("--json", "as_json", is_flag=True, help="Print them for programs.")
@click.pass_obj
def turns_command(
    session: Session,
    agreement_id: str,
    number: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show who sent what when, and what became of it.

    \b
      slacontracts turns SLA-2026-0001
      slacontracts turns SLA-2026-0001 --file 2 -o their-answer.docx
    """
    from slacontracts.workflow.proposals import list_turns

    if (number is None) != (output is None):
        raise click.UsageError("say both --file N and -o FILE")
    desk = session.desk()
    if number is not None and output is not None:
        _write_kept(desk, agreement_id, number, output)
        return
    lines = list_turns(desk, agreement_id)
    if as_json:
        print_json([line.as_json() for line in lines])
        return
    if not lines:
        say(
            f"nothing of {agreement_id} was sent yet: slacontracts send {agreement_id} "
            "--to PARTY"
        )
        return
    _print_timeline(lines)


def _print_timeline(lines: tuple[TurnLine, ...]) -> None:
    columns = ("turn", "on", "what", "kept by", "changes", "accepted", "rejected")
    print_table(
        (*columns, "countered", "open", "other", "note"),
        (
            (
                str(line.turn.number),
                line.turn.on[:10],
                _said(line.turn.direction, line.turn.party, line.turn.answers),
                line.turn.by,
                *map(_or_blank, (line.changes, line.accepted, line.rejected)),
                *map(_or_blank, (line.countered, line.open, line.other)),
                ", ".join(filter(None, ("stale" * line.turn.is_stale, line.turn.note))),
            )
            for line in lines
        ),
    )


def _write_kept(desk: Desk, agreement_id: str, number: int, output: Path) -> None:
    from slacontracts.workflow.proposals import word_file_of
    from slacontracts.workflow.resolve import require_writable, write_result

    require_writable(output, ())
    write_result(output, word_file_of(desk, agreement_id, number))
    say(str(output))


def _said(direction: str, party: str, answers: int | None) -> str:
    if direction == "sent":
        return f"sent to {party}"
    return f"from {party}" + (f", answers {answers}" if answers else "")


def _or_blank(number: int) -> str:
    return str(number) if number else ""
