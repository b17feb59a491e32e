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
    from slacontracts.workflow.versions import Stated

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
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
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
@click.option(
    "--no-formatting",
    is_flag=True,
    help="Mark words alone; looks are NEW's, as after a save in another program.",
)
@_FORCE
@click.pass_obj
def redline_command(
    session: Session,
    old: str,
    new: str,
    output: Path,
    author: str | None,
    date: str | None,
    existing: Existing,
    no_formatting: bool,
    force: bool,
) -> None:
    """Compare two Word files; write NEW with each difference as a tracked change.

    Any two Word files do, of whatever program. Accepting all changes gives NEW,
    rejecting all gives OLD. Instead of a file, name a version of an agreement, ID or
    ID@VERSION; slacontracts versions ID lists them.

    \b
      slacontracts redline sent.docx returned.docx -o redline.docx
      slacontracts redline v1.docx v2.docx -o redline.docx --author "Legal"
      slacontracts redline SLA-2026-0001@draft:1 SLA-2026-0001 -o redline.docx
    """
    from slacontracts.workflow.redline import (
        checked_author,
        checked_date,
        redline_files,
        usual_author,
        word_date,
    )
    from slacontracts.workflow.resolve import require_writable

    sides = _sides(session, old, new)
    files = [side for side in sides if isinstance(side, Path)]
    require_writable(output, files, force=force)
    when = checked_date(date) if date else word_date(session.now())
    if author is None:
        author = usual_author(session.folder, session.desk)
    made = redline_files(
        *sides,
        author=checked_author(author),
        date=when,
        existing=existing,
        has_formatting=not no_formatting,
    )
    _write(output, made.data)
    _note_all(made.notices)
    for line in made.unmarked:
        note(f"note: {line}")
    nothing = "no change that can be marked"
    same = "the two files say the same"
    _say_summary(output, made.summary, nothing if made.unmarked else same)


def _sides(session: Session, old: str, new: str) -> tuple[Path | Stated, ...]:
    """Return the files and versions that are meant; files need no workspace."""
    from slacontracts.workflow.reference import read_reference

    meant = [read_reference(text) for text in (old, new)]
    if all(isinstance(one, Path) for one in meant):
        return tuple(one for one in meant if isinstance(one, Path))
    from slacontracts.workflow.shelf import Shelf
    from slacontracts.workflow.versions import composed_at

    shelf = Shelf(session.desk())
    return tuple(
        one if isinstance(one, Path) else composed_at(shelf, one) for one in meant
    )


def _say_summary(output: Path, summary: Summary, nothing: str) -> None:
    """Print how much is marked, in all and by story."""
    say(f"{output}: {_in_words(summary) or nothing}")
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
    from slacontracts.workflow.resolve import require_writable, resolve_file

    require_writable(output, (file,), force=force)
    resolved = resolve_file(file, verdict, Which(frozenset(authors), frozenset(ids)))
    _write(output, resolved.data)
    _note_all(resolved.notices)
    if not resolved.done:
        say(f"{output}: the file had no tracked changes; it is a copy")
        return
    left = f", {resolved.left} left" if resolved.left else ""
    say(f"{output}: {count(resolved.done, 'change')} {verdict}ed{left}")


def _write(output: Path, data: bytes) -> None:
    """Write a result; say so when a folder was made for it."""
    from slacontracts.workflow.resolve import write_result

    is_new = not output.parent.exists()
    write_result(output, data)
    if is_new:
        note(f"note: the folder {output.parent} was made")


def _note_all(notices: Iterable[Notice]) -> None:
    """Say what needs a look in a file from outside, the first few of many."""
    said = [str(notice) for notice in notices]
    for one in said[:_MOST_NOTICES]:
        note(f"note: {one}")
    if len(said) > _MOST_NOTICES:
        note(f"note: {len(said) - _MOST_NOTICES} more like these")
