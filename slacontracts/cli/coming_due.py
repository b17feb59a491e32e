"""The commands that show what comes due: registry due and registry calendar."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    quoted,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from slacontracts.deadlines.deadline import Deadline
    from slacontracts.deadlines.notices import NoticeTimes

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
_WITHIN = re.compile(r"([1-9][0-9]{0,3})d?", re.ASCII)


@click.command("due")
@click.argument("agreement_id", metavar="[ID]", required=False)
@click.option(
    "--within",
    metavar="90d",
    default="90d",
    show_default=True,
    help="How many days to look ahead.",
)
@JSON
@click.pass_obj
def due_command(
    session: Session, agreement_id: str | None, within: str, as_json: bool
) -> None:
    """Show what is overdue and what comes due: notices, renewals, reviews, duties.

    Each line begins with the day by which to act. Of a notice it says by when it must
    arrive, and by when to send it, to whom and how.

    \b
      slacontracts registry due --within 90d
      slacontracts registry due SLA-2026-0001 --within 400d
    """
    from slacontracts.workflow.registry import due_within

    days, today = _days(within), session.today()
    found = due_within(session.desk(), today, days, agreement_id)
    if as_json:
        print_json([_deadline_object(one) for one in found])
        return
    if not found:
        say(f"nothing comes due within {count(days, 'day')}")
    heading = ""
    for one in found:
        if one.urgency.value != heading:
            heading = one.urgency.value
            say(heading.upper())
        for line in _lines(one, today):
            say(line)


def _days(within: str) -> int:
    match = _WITHIN.fullmatch(within)
    if match is None:
        raise click.UsageError(f'"{within}" is no number of days; write --within 90d')
    return int(match[1])


def _lines(one: Deadline, today: date) -> Iterator[str]:
    from slacontracts.render.deadline_text import notice_lines

    yield f"  {one.act_by}  {one.agreement}  {one.says}"
    if one.notice is not None:
        yield from (f"      {line}" for line in notice_lines(one.notice, today))


def _deadline_object(one: Deadline) -> dict[str, Any]:
    return {
        "id": one.agreement,
        "customer": one.customer,
        "kind": one.kind.value,
        "key": one.key,
        "says": one.says,
        "on": f"{one.on}",
        "act_by": f"{one.act_by}",
        "urgency": one.urgency.value,
        "notice": _notice_object(one.notice) if one.notice else None,
    }


def _notice_object(times: NoticeTimes) -> dict[str, Any]:
    return {
        "to": times.to,
        "name": times.name,
        "attention": times.attention,
        "must_arrive": f"{times.must_arrive}",
        "send": [
            {
                "way": one.way,
                "by": f"{one.by}",
                "before": one.before or "",
                "address": one.address,
            }
            for one in times.sendings
        ],
        "estimated_holidays": [
            {"on": f"{day}", "name": name} for day, name in times.provisional
        ],
        "is_place_known": times.is_place_known,
    }


@click.command("calendar")
@OUTPUT
@click.pass_obj
def calendar_command(session: Session, output: Path) -> None:
    """Write all deadlines into a calendar file, with alarms before each.

    Read the file again after the register has changed: what moved is moved.

    \b
      slacontracts registry calendar -o deadlines.ics
    """
    from slacontracts.render.calendar import calendar_file
    from slacontracts.workflow.registry import due_within

    require_ending(output, ".ics")
    found = due_within(session.desk(), session.today(), None)
    write_output(output, calendar_file(found, session.now()))
    say(f"{quoted(output)}: {count(len(found), 'date')}")


def require_ending(output: Path, ending: str) -> None:
    """Refuse a file of another kind, which would be replaced by what is written."""
    if output.suffix.casefold() != ending:
        raise click.UsageError(
            f"-o names a file that ends with {ending}, not {quoted(output)}"
        )


def write_output(output: Path, data: bytes) -> None:
    """Write a file that can be made again; say so when a folder was made for it."""
    from slacontracts.store.workspace import write_file

    is_new = not output.parent.exists()
    write_file(output, data, is_durable=False)
    if is_new:
        note(f"note: the folder {output.parent} was made")
