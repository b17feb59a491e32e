"""The commands that ask the register: list, show, search, due, calendar and more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.coming_due import (
    JSON,
    OUTPUT,
    calendar_command,
    due_command,
    require_ending,
    write_output,
)
from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    print_table,
    quoted,
    say,
)

if TYPE_CHECKING:
    from slacontracts.model.record import Record
    from slacontracts.workflow.registry import Found, RegistryLine


@click.group("registry")
def registry_command() -> None:
    """Ask the register: what is in force, what it says, and what comes due.

    \b
      slacontracts registry list
      slacontracts registry search "service credit"
      slacontracts registry due --within 90d
    """


registry_command.add_command(due_command)
registry_command.add_command(calendar_command)


@registry_command.command("list")
@JSON
@click.pass_obj
def list_command(session: Session, as_json: bool) -> None:
    """List the registered agreements as they stand today.

    \b
      slacontracts registry list
      slacontracts registry list --json
    """
    from slacontracts.workflow.registry import list_registry

    lines = list_registry(session.desk(), session.today())
    if as_json:
        print_json([_object(line) for line in lines])
        return
    if not lines:
        note("nothing is registered yet; see slacontracts register --help")
        return
    columns = ("id", "customer", "version", "state", "effective", "ends", "notice by")
    print_table(columns, [_row(line) for line in lines])


def _object(line: RegistryLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "customer": line.customer,
        "title": line.title,
        "version": line.version,
        "state": line.state.value,
        "effective": _day(line.effective) or None,
        "ends": _day(line.ends) or None,
        "notice_by": _day(line.notice_by) or None,
        "digest": line.digest or None,
        "missing": list(line.missing),
        "paper_differs": line.paper_differs,
        "provisional": line.is_provisional,
    }


def _row(line: RegistryLine) -> tuple[str, ...]:
    state = line.state.value
    if line.missing:
        state += f", not by {', '.join(line.missing)}"
    if line.paper_differs:
        state += f", {_DIFFERS}"
    days = (_day(line.effective), _day(line.ends), _day(line.notice_by))
    return (line.id, line.customer, line.version, state, *days)


def _day(day: object) -> str:
    return "" if day is None else str(day)


@registry_command.command("show")
@click.argument("agreement_id", metavar="ID")
@JSON
@click.pass_obj
def show_command(session: Session, agreement_id: str, as_json: bool) -> None:
    """Show all that is registered of an agreement.

    \b
      slacontracts registry show SLA-2026-0001
    """
    from slacontracts.model.record import record_bytes
    from slacontracts.store.renumbering import provisional
    from slacontracts.workflow.registry import history_of

    desk = session.desk()
    records = history_of(desk, agreement_id)
    waiting = provisional(desk.workspace.root)
    if as_json:
        import json

        objects = [
            {**json.loads(record_bytes(one)), "provisional": one.sequence in waiting}
            for one in records
        ]
        print_json(objects)
        return
    for one in records:
        for line in _lines(one, is_provisional=one.sequence in waiting):
            say(line)


def _lines(one: Record, *, is_provisional: bool) -> list[str]:
    """Return what a record says, line by line."""
    until = ", provisional until pushed" if is_provisional else ""
    lines = [
        f"record {one.sequence}: {one.act}{f' {one.as_}' if one.as_ else ''}{until}, "
        f"filed {one.recorded_at:%Y-%m-%d %H:%M} by {one.recorded_by}"
    ]
    for place in one.formerly:
        lines.append(f"  was record {place.sequence} while it was provisional")
    if one.correction is not None:
        lines.append(f"  puts right what was recorded before: {one.correction}")
    if one.waits_for_conditions:
        lines.append("  effective: when its conditions are met")
    elif one.effective is not None:
        lines.append(f"  effective: {one.effective}")
    if one.text_digest is not None:
        lines.append(f"  text: SHA-256 {one.text_digest}")
    signed = {each.party for each in one.signatures}
    lines += [f"  signed by {each.party} on {each.on}" for each in one.signatures]
    if one.missing:
        lines.append(f"  not signed yet by {', '.join(one.missing)}")
    if unknown := [party for party in _parties(one) if party not in signed]:
        lines.append(f"  no day is known on which the {', the '.join(unknown)} signed")
    for file in one.files:
        lines.append(f"  file {file.name}, {_TIES[file.tie]}; SHA-256 {file.sha256}")
        lines += [f"    {said}" for said in file.signatures]
    lines += [f"  written where people sign: {said}" for said in one.written]
    if one.exception is not None:
        said = f"  filed by exception of {one.exception.role}: {one.exception.reason}"
        lines += [said, *(f"    {line}" for line in one.exception.failures)]
    return [*lines, *_lines_of_life(one)]


def _lines_of_life(one: Record) -> list[str]:
    """Return what a record says of a condition that was met, or of an end."""
    lines = []
    if one.condition is not None:
        met = "not met" if one.condition.is_void else f"met on {one.condition.on}"
        lines.append(f"  condition {one.condition.key} {met}")
    if one.ending is not None:
        of = f" of {one.ending.service}" if one.ending.service else ""
        no = "no " if one.ending.is_void else ""
        lines.append(
            f"  {no}end{of} on {one.ending.on}, {one.ending.ground}; notice received "
            f"{one.ending.received}, reference {one.ending.reference}"
        )
    return lines


def _parties(one: Record) -> list[str]:
    """Return the parties of paper that was not drafted here, as its facts name them."""
    parties = (one.facts or {}).get("parties") if one.act == "foreign" else None
    return list(parties) if isinstance(parties, dict) else []


_DIFFERS = "paper differs"
_TIES = {
    "word": "every word as in the execution version",
    "pdf": "every word as in the execution version",
    "scan": "a scan, compared by the registrar",
    "differs": "not as the execution version",
    "foreign": "not drafted here",
}


@registry_command.command("search")
@click.argument("words", metavar="TEXT")
@click.option(
    "--limit",
    metavar="N",
    default=20,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many places to show.",
)
@click.option("--all", "with_replaced", is_flag=True, help="In replaced texts, too.")
@JSON
@click.pass_obj
def search_command(
    session: Session, words: str, limit: int, with_replaced: bool, as_json: bool
) -> None:
    """Find words in the clauses, parties and values of what is registered.

    All words must stand in one clause. Quotes find a phrase, a star the beginning of
    a word.

    \b
      slacontracts registry search "limitation of liability"
      slacontracts registry search "credit* Contoso"
    """
    from slacontracts.workflow.registry import search_registry

    found = search_registry(session.desk(), words, limit, with_replaced=with_replaced)
    if as_json:
        print_json([_found_object(one) for one in found])
        return
    if not found:
        note("nothing registered has all these words in one clause")
    for one in found:
        hit = one.hit
        place = " ".join(filter(None, (hit.label, hit.title)))
        text = f"{one.version}{f', {_DIFFERS}' if one.paper_differs else ''}"
        say(f"{hit.agreement} ({text}), {place}: {hit.excerpt}")


def _found_object(found: Found) -> dict[str, Any]:
    hit = found.hit
    return {
        "id": hit.agreement,
        "customer": hit.customer,
        "version": found.version,
        "clause": hit.key or None,
        "label": hit.label or None,
        "title": hit.title,
        "excerpt": hit.excerpt,
        "is_current": hit.is_current,
        "paper_differs": found.paper_differs,
    }


@registry_command.command("files")
@click.argument("agreement_id", metavar="ID")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    required=True,
    type=click.Path(path_type=Path),
    help="A new folder to write them into.",
)
@click.option(
    "--record",
    "sequence",
    metavar="N",
    type=click.IntRange(min=1),
    help="Of this record alone; registry show names them.",
)
@click.pass_obj
def files_command(
    session: Session, agreement_id: str, folder: Path, sequence: int | None
) -> None:
    """Write the files that were filed of an agreement into a new folder.

    The signed papers, the execution version, evidence and notices, each compared with
    the fingerprint (SHA-256) that its record has of it.

    \b
      slacontracts registry files SLA-2026-0001 -o paper
      slacontracts registry files SLA-2026-0001 -o paper --record 3
    """
    from slacontracts.workflow.filed_files import write_filed

    written = write_filed(session.desk(), agreement_id, folder, sequence)
    for path in written:
        say(str(path))
    say(f"{quoted(folder)}: {count(len(written), 'file')}, each as it was filed")


@registry_command.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("csv", "json")),
    default="csv",
    show_default=True,
    help="A table, or objects.",
)
@OUTPUT
@click.pass_obj
def export_command(session: Session, format_: str, output: Path) -> None:
    """Write the list of agreements for a spreadsheet (csv) or a program (json).

    No cell of a table begins like a formula.

    \b
      slacontracts registry export --format csv -o register.csv
      slacontracts registry export --format json -o register.json
    """
    from slacontracts.workflow.registry import list_registry

    require_ending(output, f".{format_}")
    lines = list_registry(session.desk(), session.today())
    objects = [_object(line) for line in lines]
    write_output(output, _exported(objects, format_))
    say(f"{quoted(output)}: {count(len(objects), 'agreement')}")


def _exported(objects: list[dict[str, Any]], format_: str) -> bytes:
    if format_ == "json":
        import json

        return (json.dumps(objects, ensure_ascii=False, indent=2) + "\n").encode()
    from slacontracts.render.table_file import table_file

    return table_file([{**one, "missing": " ".join(one["missing"])} for one in objects])


@registry_command.command("rebuild")
@click.pass_obj
def rebuild_command(session: Session) -> None:
    """Make the index of the register anew, from the register itself.

    \b
      slacontracts registry rebuild
    """
    from slacontracts.workflow.registry import rebuild_index

    done = rebuild_index(session.desk())
    say(f"the index was made anew from {count(done, 'record')}")
