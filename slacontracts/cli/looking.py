"""The commands that show what there is: list, clauses, templates, schema, outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from slacontracts.cli.session import Session, note, print_json, print_table, say

if TYPE_CHECKING:
    from slacontracts.model.clause import LibraryClause
    from slacontracts.model.library import Library, TemplateSource
    from slacontracts.source.schema import SchemaKind
    from slacontracts.workflow.outline import OutlineLine

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
KINDS = ("agreement", "clause", "template", "settings")


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
        print_json(
            [
                {
                    "id": one.id,
                    "customer": one.customer,
                    "kind": one.kind,
                    "title": one.title,
                    "version": one.version,
                    "state": one.state,
                    "unsaved": one.has_unsaved_changes,
                }
                for one in listed
            ]
        )
        return
    if not listed:
        note("no agreements yet; draft one with slacontracts new TEMPLATE")
        return
    print_table(
        ("id", "customer", "kind", "title", "version", "state"),
        [
            (
                one.id,
                one.customer,
                one.kind,
                one.title if one.is_readable else f"(slacontracts check {one.id})",
                f"{one.version}{' + changes' if one.has_unsaved_changes else ''}",
                one.state,
            )
            for one in listed
        ],
    )


@click.command("clauses")
@click.argument("key", metavar="[KEY]", required=False)
@_JSON
@click.pass_obj
def clauses_command(session: Session, key: str | None, as_json: bool) -> None:
    """List the clauses of the library, or show one with its wording.

    \b
      slacontracts clauses
      slacontracts clauses limitation-of-liability
    """
    from slacontracts.workflow.listing import clause_of, working_library

    library = working_library(session.desk())
    chosen = [clause_of(library, key)] if key else list(library.clauses.values())
    if as_json:
        print_json([_clause_object(one, library) for one in chosen])
    elif key:
        _show_clause(chosen[0], library)
    else:
        print_table(
            ("clause", "title", "part", "positions", "status", "summary"),
            [
                (
                    one.key,
                    one.title.get("en") or next(iter(one.title.values())),
                    one.part.value,
                    ", ".join(position.key for position in one.positions),
                    one.status,
                    one.summary,
                )
                for one in chosen
            ],
        )


def _clause_object(clause: LibraryClause, library: Library) -> dict[str, Any]:
    return clause.model_dump(mode="json") | {
        "texts": {
            f"{position}.{language}": text.source
            for (key, position, language), text in library.texts.items()
            if key == clause.key
        }
    }


def _show_clause(clause: LibraryClause, library: Library) -> None:
    say(f"{clause.key}: {' / '.join(clause.title.values())}")
    say(f"  {clause.summary}")
    say(f"  version {clause.version}, {clause.status}, owner {clause.owner}")
    if clause.requires:
        say(f"  needs {', '.join(clause.requires)}")
    if clause.conflicts:
        say(f"  cannot stand beside {', '.join(clause.conflicts)}")
    for path, rule in clause.values.items():
        limits = [f"preferred {rule.preferred}"] if rule.preferred else []
        limits += [f"fallback {rule.fallback}"] if rule.fallback else []
        limits += [f"never {rule.walk_away}"] if rule.walk_away else []
        say(f"  {path}: {rule.type}{'; ' if limits else ''}{'; '.join(limits)}")
    for position in clause.positions:
        for (key, name, language), text in library.texts.items():
            if (key, name) == (clause.key, position.key):
                say(f"\n--- {name} ({language}) {position.when or ''}".rstrip())
                say(text.source.rstrip())
    if clause.walk_away:
        say(f"\nwalk away from: {clause.walk_away}")


@click.command("templates")
@click.argument("name", metavar="[NAME]", required=False)
@_JSON
@click.pass_obj
def templates_command(session: Session, name: str | None, as_json: bool) -> None:
    """List the templates, or show one with its questions.

    \b
      slacontracts templates
      slacontracts templates service/managed-hosting
    """
    from slacontracts.workflow.listing import template_of, working_library
    from slacontracts.workflow.questions import questions_of

    library = working_library(session.desk())
    chosen = [template_of(library, name)] if name else list(library.templates.values())
    if as_json:
        print_json([_template_object(one) for one in chosen])
    elif name:
        _show_template(chosen[0])
        say("  asks:")
        for question in questions_of(chosen[0].name, library):
            required = " (optional)" if question.optional == "yes" else ""
            words = question.ask.get("en") or next(iter(question.ask.values()))
            say(f"    {question.path}{required}: {words}")
    else:
        print_table(
            ("template", "title", "kind", "below", "summary"),
            [
                (
                    one.name,
                    one.template.title.get("en", ""),
                    one.template.kind,
                    one.template.parent or "",
                    one.template.summary or "",
                )
                for one in chosen
            ],
        )


def _template_object(source: TemplateSource) -> dict[str, Any]:
    dumped = source.template.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {"name": source.name} | dumped


def _show_template(source: TemplateSource) -> None:
    template = source.template
    say(f"{source.name}: {' / '.join(template.title.values())}")
    if template.summary:
        say(f"  {template.summary}")
    above = template.parent or "none"
    say(f"  level {template.level}, kind {template.kind}, template above: {above}")
    for operation in template.outline:
        where = f" after {operation.after}" if operation.after else ""
        where += f" before {operation.before}" if operation.before else ""
        where += f" with {operation.with_}" if operation.with_ else ""
        say(f"  {operation.verb} {operation.clause}{where}")
    if template.schedules:
        say(f"  schedules: {', '.join(template.schedules)}")
    if template.lock:
        say(f"  locked: {', '.join(template.lock)}")


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
