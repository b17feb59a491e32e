"""The commands for tracked changes: redline, revisions, accept and reject."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from slacontracts.cli.session import (
    Session,
    count,
    note,
    print_json,
    print_table,
    say,
)

if TYPE_CHECKING:
    from slacontracts.redline import StoryChanges, Summary
    from slacontracts.word.gate import Notice
    from slacontracts.word.revisions import Revision
    from slacontracts.workflow.redline import Existing
    from slacontracts.workflow.resolve import Verdict

_MOST_NOTICES: Final = 5
_LONGEST_SHOWN: Final = 60
_NOUNS: Final = {
    "insertions": ("insertion", "insertions"),
    "deletions": ("deletion", "deletions"),
    "moves": ("move", "moves"),
    "formatting": ("change of formatting", "changes of formatting"),
}

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_OUTPUT = click.option(
    "-o",
    "output",
    metavar="OUT",
    required=True,
    type=click.Path(path_type=Path),
    help="The Word file to write.",
)
_AUTHORS = click.option(
    "--author",
    "authors",
    metavar="NAME",
    multiple=True,
    help="Only the changes of this author; may be given often.",
)
_IDS = click.option(
    "--id",
    "ids",
    metavar="N",
    type=int,
    multiple=True,
    help="Only the change that revisions shows with this id; may be given often.",
)
_FORCE = click.option("--force", is_flag=True, help="Replace a file that is there.")


@click.command("redline")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@_OUTPUT
@click.option(
    "--author",
    metavar="NAME",
    help="In whose name; else yours, as it is known for saving, or your organisation.",
)
@click.option(
    "--date", metavar="ISO", help="When, such as 2026-11-23T09:00:00; else now."
)
@click.option(
    "--existing",
    type=click.Choice(("accept", "reject", "refuse")),
    default="refuse",
    show_default=True,
    help="What to do with tracked changes that a file has already.",
)
@_FORCE
@click.pass_obj
def redline_command(
    session: Session,
    old: Path,
    new: Path,
    output: Path,
    author: str | None,
    date: str | None,
    existing: Existing,
    force: bool,
) -> None:
    """Compare two Word files; write NEW with each difference as a tracked change.

    Any two Word files do, of whatever program. Accepting all changes gives NEW,
    rejecting all gives OLD.

    \b
      slacontracts redline sent.docx returned.docx -o redline.docx
      slacontracts redline v1.docx v2.docx -o redline.docx --author "Legal"
    """
    from slacontracts.workflow.redline import (
        checked_author,
        checked_date,
        redline_files,
        usual_author,
        word_date,
    )
    from slacontracts.workflow.resolve import require_writable, write_result

    require_writable(output, (old, new), force=force)
    when = checked_date(date) if date else word_date(session.now())
    if author is None:
        author = usual_author(session.folder, session.desk)
    made = redline_files(
        old, new, author=checked_author(author), date=when, existing=existing
    )
    write_result(output, made.data)
    _note_all(made.notices)
    _say_summary(output, made.summary)


def _say_summary(output: Path, summary: Summary) -> None:
    """Print how much is marked, in all and by story."""
    say(f"{output}: {_in_words(summary) or 'the two files say the same'}")
    for story in summary.stories:
        if said := _in_words(story):
            say(f"  {story.story}: {said}")


def _in_words(changes: Summary | StoryChanges) -> str:
    """Return how much is marked as people say it, without what is not."""
    counts = {nouns: getattr(changes, kind) for kind, nouns in _NOUNS.items()}
    return ", ".join(
        count(number, *nouns) for nouns, number in counts.items() if number
    )


@click.command("revisions")
@_FILE
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def revisions_command(file: Path, as_json: bool) -> None:
    """List the tracked changes of a Word file: who changed what, where and when.

    Authors and times are what the file claims.

    \b
      slacontracts revisions returned.docx
    """
    from slacontracts.workflow.resolve import by_author, list_revisions

    found, notices = list_revisions(file)
    _note_all(notices)
    if as_json:
        print_json([_revision_object(one) for one in found])
        return
    if not found:
        say(f"{file} has no tracked changes")
        return
    print_table(
        ("id", "what", "where", "by", "when", "old", "new"), map(_revision_row, found)
    )
    say(f"{count(len(found), 'tracked change')}: {by_author(found)}")


def _revision_object(one: Revision) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "author": one.author,
        "date": one.date,
        "story": one.story,
        "clause": one.label,
        "old": one.old,
        "new": one.new,
        "details": one.details,
    }


def _revision_row(one: Revision) -> tuple[str, ...]:
    kind = f"{one.kind} ({one.details})" if one.details else one.kind
    where = f"{one.story} {one.label}".strip()
    when = one.date.removesuffix("Z").replace("T", " ")[:16]
    new = "" if one.kind == "formatting" else _shown(one.new)
    return str(one.id), kind, where, one.author, when, _shown(one.old), new


def _shown(text: str) -> str:
    """Return a text as far as a table has room for it."""
    plain = " ".join("".join(s if s.isprintable() else " " for s in text).split())
    if len(plain) <= _LONGEST_SHOWN:
        return plain
    return f"{plain[: _LONGEST_SHOWN - 1]}…"


@click.command("accept")
@_FILE
@_OUTPUT
@_AUTHORS
@_IDS
@_FORCE
def accept_command(
    file: Path,
    output: Path,
    authors: tuple[str, ...],
    ids: tuple[int, ...],
    force: bool,
) -> None:
    """Accept tracked changes of a Word file: all, or those that are named.

    \b
      slacontracts accept returned.docx -o clean.docx
      slacontracts accept returned.docx -o next.docx --author "Omar Haddad" --id 12
    """
    _resolve(file, output, "accept", authors, ids, force)


@click.command("reject")
@_FILE
@_OUTPUT
@_AUTHORS
@_IDS
@_FORCE
def reject_command(
    file: Path,
    output: Path,
    authors: tuple[str, ...],
    ids: tuple[int, ...],
    force: bool,
) -> None:
    """Reject tracked changes of a Word file: all, or those that are named.

    \b
      slacontracts reject returned.docx -o sent.docx
      slacontracts reject returned.docx -o next.docx --author "Omar Haddad" --id 12
    """
    _resolve(file, output, "reject", authors, ids, force)


def _resolve(
    file: Path,
    output: Path,
    verdict: Verdict,
    authors: Iterable[str],
    ids: Iterable[int],
    force: bool,
) -> None:
    from slacontracts.word.revisions import Which
    from slacontracts.workflow.resolve import (
        require_writable,
        resolve_file,
        write_result,
    )

    require_writable(output, (file,), force=force)
    resolved = resolve_file(file, verdict, Which(frozenset(authors), frozenset(ids)))
    write_result(output, resolved.data)
    _note_all(resolved.notices)
    if not resolved.done:
        say(f"{output}: the file had no tracked changes; it is a copy")
        return
    left = f", {resolved.left} left" if resolved.left else ""
    say(f"{output}: {count(resolved.done, 'change')} {verdict}ed{left}")


def _note_all(notices: Iterable[Notice]) -> None:
    """Say what needs a look in a file from outside, the first few of many."""
    said = [str(notice) for notice in notices]
    for one in said[:_MOST_NOTICES]:
        note(f"note: {one}")
    if len(said) > _MOST_NOTICES:
        note(f"note: {len(said) - _MOST_NOTICES} more like these")
