"""The commands that answer a counterparty: proposals, decide and issues-list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.proposal_lines import group_of, print_grouped
from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    say,
    tell_findings,
)

if TYPE_CHECKING:
    from slacontracts.model.proposal import Verdict
    from slacontracts.workflow.proposals import Listed

_NUMBERS = re.compile(r"([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?", re.ASCII)
_VERDICTS = ("accept", "reject", "counter")
_MOST_AT_ONCE = 10_000


@click.command("proposals")
@click.argument("agreement_id", metavar="ID")
@click.option("--open", "is_open", is_flag=True, help="Only what waits for an answer.")
@click.option("--json", "as_json", is_flag=True, help="Print them for programs.")
@click.pass_obj
def proposals_command(
    session: Session, agreement_id: str, is_open: bool, as_json: bool
) -> None:
    """List what the other side proposes, by clause, with the advice of the playbook.

    \b
      slacontracts proposals SLA-2026-0001 --open
      slacontracts proposals SLA-2026-0001 --json
    """
    from slacontracts.workflow.proposals import list_proposals

    listed = list_proposals(session.desk(), agreement_id, is_open=is_open)
    if as_json:
        print_json([one.as_json() for one in listed])
        return
    if not listed:
        kind = "open proposals" if is_open else "proposals"
        say(f"there are no {kind} for {agreement_id}")
        return
    print_grouped([(one.turn.number, one.proposal) for one in _by_clause(listed)])
    for number in dict.fromkeys(one.turn.number for one in listed if one.turn.is_stale):
        note(f"note: turn {number} is stale: it answers a file older than our last")


@click.command("decide")
@click.argument("agreement_id", metavar="ID")
@click.argument("words", metavar="[N... accept|reject|counter]", nargs=-1)
@click.option("--text", metavar="TEXT", help="With counter: our words instead.")
@click.option(
    "--position", metavar="KEY", help="With counter: a position of the clause."
)
@click.option("--value", metavar="VALUE", help="With counter: our value instead.")
@click.option("--reason", metavar="TEXT", default="", help="Why; kept with the turn.")
@click.option(
    "--by-hand",
    is_flag=True,
    help="With accept: it was entered with set or use already.",
)
@click.option(
    "--acknowledge-untracked",
    "acknowledges",
    is_flag=True,
    help="You have seen what was changed without tracking.",
)
@click.pass_obj
def decide_command(
    session: Session,
    agreement_id: str,
    words: tuple[str, ...],
    text: str | None,
    position: str | None,
    value: str | None,
    reason: str,
    by_hand: bool,
    acknowledges: bool,
) -> None:
    """Accept, reject or counter proposals; another verdict takes the first one back.

    Accepting a value changes it in the agreement; accepting words takes the position of
    the library that says the same, else wording of the agreement's own. What is
    countered goes out with the next file. Every decision is saved as a version.

    \b
      slacontracts decide SLA-2026-0001 3 5 7-9 accept
      slacontracts decide SLA-2026-0001 4 reject --reason "The cap stays"
      slacontracts decide SLA-2026-0001 6 counter --value 99.7
      slacontracts decide SLA-2026-0001 8 counter --position fallback-1
      slacontracts decide SLA-2026-0001 2 counter --text "within five days"
    """
    from slacontracts.workflow.decide import Wish, acknowledge_untracked, decide

    numbers, verdict = _wanted(words, acknowledges=acknowledges)
    offers = [one for one in (text, position, value) if one is not None]
    if (verdict == "counter") != bool(offers) or len(offers) > 1:
        raise click.UsageError(
            "a counter says what we offer: one of --text, --position and --value; they "
            "go with counter alone"
        )
    if by_hand and verdict != "accept":
        raise click.UsageError("--by-hand goes with accept")
    desk = session.desk()
    if acknowledges:
        turn = acknowledge_untracked(desk, agreement_id, session.now())
        say(f"{count(len(turn.untracked), 'untracked change')} acknowledged")
    if verdict is None:
        return
    wish = Wish(verdict, reason, text, position, value, by_hand)
    decided = decide(desk, agreement_id, numbers, wish, session.now())
    for line in decided.notes:
        note(f"note: {line}")
    for proposal in decided.proposals:
        say(f"{proposal.number}: {proposal.disposition}")
    for path in decided.changed:
        say(f"changed: {path}")
    tell_findings(decided.findings, agreement_id, new=decided.new_errors)


@click.command("issues-list")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The Word file to write; without it the list is printed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
@click.pass_obj
def issues_list_command(
    session: Session, agreement_id: str, output: Path | None, as_json: bool
) -> None:
    """List what is still to be talked over: open points, and what we countered.

    It holds our advice, so it is for us alone.

    \b
      slacontracts issues-list SLA-2026-0001
      slacontracts issues-list SLA-2026-0001 -o call-of-3-may.docx
    """
    from slacontracts.workflow.issues import issues_of
    from slacontracts.workflow.resolve import require_writable, write_result

    if output is not None:
        require_writable(output, ())
    issues = issues_of(session.desk(), agreement_id)
    if as_json:
        print_json(issues.rows())
    elif output is None:
        click.echo(issues.text(), nl=False)
    else:
        write_result(output, issues.docx())
        say(f"{output}: {count(len(issues.points), 'point')}")


def _wanted(
    words: tuple[str, ...], *, acknowledges: bool
) -> tuple[list[int], Verdict | None]:
    """Return the numbers and the verdict that somebody typed."""
    if not words and acknowledges:
        return [], None
    *typed, verdict = words or ("",)
    if verdict not in _VERDICTS:
        raise click.UsageError(
            "end with accept, reject or counter, as in: slacontracts decide "
            "SLA-2026-0001 3 5 accept"
        )
    numbers: list[int] = []
    for word in (part for one in typed for part in one.split(",") if part):
        found = _NUMBERS.fullmatch(word)
        if found is None:
            raise click.UsageError(
                f'"{word}" is no number of a proposal; write 3, or 3-7'
            )
        first, last = int(found[1]), int(found[2] or found[1])
        if not first <= last < first + _MOST_AT_ONCE:
            raise click.UsageError(f"{word} runs backwards, or too far; write 3-7")
        numbers += range(first, last + 1)
    if not numbers:
        raise click.UsageError("say which proposals, by their numbers: 3, or 3-7")
    return list(dict.fromkeys(numbers)), verdict  # type: ignore[return-value]


def _by_clause(listed: tuple[Listed, ...]) -> list[Listed]:
    """Return proposals by turn, and in a turn those of one clause together."""
    first: dict[tuple[int, str], int] = {}
    for at, one in enumerate(listed):
        first.setdefault((one.turn.number, group_of(one.proposal)), at)
    return sorted(
        listed, key=lambda one: first[one.turn.number, group_of(one.proposal)]
    )
