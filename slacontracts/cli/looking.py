"""The commands that show what there is: list, clauses, templates, schema, outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.session import (
    Session,
    finding_object,
    note,
    print_json,
    print_table,
    say,
)

if TYPE_CHECKING:
    from slacontracts.source.schema import SchemaKind
    from slacontracts.workflow.listing import Listed
    from slacontracts.workflow.outline import OutlineLine

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
KINDS = ("agreement", "clause", "template", "settings")


def _words(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return the words to search for; refuse none."""
    if value is not None and not value.strip():
        raise click.BadParameter("say which words to look for")
    return value or ""


@click.command("list")
@_JSON
@click.pass_obj
def list_command(session: Session, as_json: bool) -> None:
    """List the agreements of the workspace.

    \b
      slacontracts list
      slacontracts list --json
    """
    from slacontracts.workflow.listing import list_agreements

    listed = list_agreements(session.desk())
    if as_json:
        print_json([_listed_object(one) for one in listed])
        return
    if not listed:
        note("no agreements yet; draft one with slacontracts new TEMPLATE")
        return
    print_table(
        ("id", "customer", "kind", "title", "version", "state"),
        [_listed_row(one) for one in listed],
    )
    for one in listed:
        if one.findings:
            more = len(one.findings) - 1
            note(f"{one.findings[0]}" + (f" (and {more} more)" if more else ""))


def _listed_object(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "customer": one.customer,
        "kind": one.kind,
        "title": one.title,
        "version": one.version,
        "state": one.state,
        "unsaved": one.has_unsaved_changes,
        "findings": [*map(finding_object, one.findings)],
    }


def _listed_row(one: Listed) -> tuple[str, ...]:
    return (
        one.id,
        one.customer,
        one.kind,
        one.title if one.is_readable else f"(slacontracts check {one.id})",
        f"{one.version}{' + changes' if one.has_unsaved_changes else ''}",
        one.state,
    )


@click.command("clauses")
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--topic", default="", help="Only those of a topic, such as risk.")
@click.option("--part", default="", help="Only those of a part, such as schedule.")
@click.option("--status", default="", help="Only draft, approved or deprecated ones.")
@click.option(
    "--template",
    metavar="NAME",
    default="",
    help="Only those that a template has, in its order, with the level of each.",
)
@click.option(
    "--level",
    default="",
    help="Only those that this level brings in: corporate, customer or service.",
)
@click.option(
    "--search",
    metavar="WORDS",
    callback=_words,
    help="Only those with all these words, in what describes them or in their wording.",
)
@click.option(
    "--positions",
    "has_positions",
    is_flag=True,
    help="Only those with more than one position, and when each is used.",
)
@_JSON
@click.pass_obj
def clauses_command(
    session: Session, /, key: str | None, as_json: bool, **asked: Any
) -> None:
    """List the clauses of the library by topic, or show one with its wording.

    \b
      slacontracts clauses
      slacontracts clauses --search "cap liability"
      slacontracts clauses --topic risk --positions
      slacontracts clauses --template service/managed-hosting --level service
      slacontracts clauses limitation-of-liability
    """
    from slacontracts.cli.library_pages import clause_object, list_clauses, show_clause
    from slacontracts.workflow.listing import (
        ClauseWish,
        clause_of,
        find_clauses,
        working_library,
    )

    if key and any(asked.values()):
        raise click.UsageError("name one clause, or say which to list, not both")
    library = working_library(session.desk())
    found = find_clauses(library, ClauseWish(**asked))
    if key:
        known = clause_of(library, key)
        found = tuple(one for one in found if one.clause is known)
    if as_json:
        print_json([clause_object(one, library) for one in found])
    elif key:
        show_clause(found[0], library)
    else:
        list_clauses(found, asked, library)


@click.command("templates")
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--level", default="", help="Only those of a level: corporate, customer or service."
)
@click.option(
    "--search",
    metavar="WORDS",
    callback=_words,
    help="Only those with all these words: titles, questions, clauses they bring in.",
)
@_JSON
@click.pass_obj
def templates_command(
    session: Session, name: str | None, level: str, search: str, as_json: bool
) -> None:
    """List the templates, or show one with its questions.

    \b
      slacontracts templates
      slacontracts templates --level service --search hosting
      slacontracts templates service/managed-hosting
    """
    from slacontracts.cli.library_pages import (
        list_templates,
        show_template,
        template_object,
    )
    from slacontracts.workflow.listing import (
        find_templates,
        template_of,
        working_library,
    )
    from slacontracts.workflow.questions import questions_of

    if name and (level or search):
        raise click.UsageError("name one template, or say which to list, not both")
    library = working_library(session.desk())
    found = find_templates(library, level, search)
    if name:
        known = template_of(library, name)
        found = tuple(one for one in found if one.source is known)
    if as_json:
        print_json([template_object(one) for one in found])
    elif name:
        source = found[0].source
        show_template(source, questions_of(source.name, library))
    else:
        list_templates(found)


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS))
@click.pass_obj
def schema_command(session: Session, kind: SchemaKind) -> None:
    """Print the JSON Schema of one kind of source file, for editors.

    \b
      slacontracts schema agreement
    """
    from slacontracts.workflow.schemas import schema_of

    print_json(schema_of(kind, session.folder, session.cache()))


@click.command("outline")
@click.argument("agreement_id", metavar="ID")
@click.option("--items", "has_items", is_flag=True, help="With the sub-clauses.")
@_JSON
@click.pass_obj
def outline_command(
    session: Session, agreement_id: str, has_items: bool, as_json: bool
) -> None:
    """Show an agreement's clauses with their numbers and where each comes from.

    \b
      slacontracts outline SLA-2026-0001
      slacontracts outline SLA-2026-0001 --items
    """
    from slacontracts.workflow.outline import outline_agreement

    lines = outline_agreement(session.desk(), agreement_id)
    if as_json:
        print_json(
            [
                {
                    "label": line.label,
                    "clause": line.key,
                    "title": line.title,
                    "part": line.part,
                    "level": line.level,
                    "template": line.template,
                    "position": line.position,
                    "locked": line.is_locked,
                    "items": [
                        {"level": level, "label": label, "text": words}
                        for level, label, words in line.items
                    ],
                }
                for line in lines
            ]
        )
        return
    labels = max((len(line.label) for line in lines), default=0)
    titles = max((len(line.title) for line in lines), default=0)
    for line in lines:
        say(f"{line.label:<{labels}}  {line.title:<{titles}}  {_origin(line)}".rstrip())
        for level, label, words in line.items if has_items else ():
            shown = words if len(words) <= 80 else f"{words[:77].rstrip()}..."
            say(f"{'':<{labels}}{'   ' * level}{label}  {shown}")


def _origin(line: OutlineLine) -> str:
    lock = ", locked" if line.is_locked else ""
    where = line.template if line.level != "agreement" else "this agreement"
    return f"{line.key} [{where}: {line.position}{lock}]"
