"""Two files or versions in; the newer with each difference as a tracked change out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.store.versions import known_author
from slacontracts.text import is_blank, text_faults
from slacontracts.word.gate import Notice, WordFile, admit
from slacontracts.word.revisions import ALL, revisions
from slacontracts.workflow.resolve import by_author, open_word_file, resolved

if TYPE_CHECKING:
    from slacontracts.redline import Summary
    from slacontracts.workflow.desk import Desk
    from slacontracts.workflow.versions import Stated

Existing: TypeAlias = Literal["accept", "reject", "refuse"]
_NOBODY: Final = "?"


@dataclass(frozen=True, slots=True)
class Redlined:
    """A redline, what it marks, and what needs a look in the two files.

    unmarked: what differs and no tracked change can show, a line each.
    """

    data: bytes
    summary: Summary
    notices: tuple[Notice, ...]
    unmarked: tuple[str, ...]


def redline_files(
    old: Path | Stated,
    new: Path | Stated,
    *,
    author: str,
    date: str,
    existing: Existing = "refuse",
    has_formatting: bool = True,
) -> Redlined:
    """Compare Word files, or versions of agreements as they are rendered to Word.

    Only where all versions were signed do they go without the draft mark: what is
    marked is what the texts say. existing: what is done with tracked changes that a
    file has already. Raises SourceError when they are refused, with their authors and
    how many there are. has_formatting: mark changes of formatting too.
    """
    stated = [side for side in (old, new) if not isinstance(side, Path)]
    is_execution = all(side.is_signed for side in stated)
    before, after = (
        open_word_file(side).word
        if isinstance(side, Path)
        else _word_file(side, is_execution)
        for side in (old, new)
    )
    before, after = (_without_changes(word, existing) for word in (before, after))
    from slacontracts.redline import redline

    made = redline(
        before, after, author=author, date=date, has_formatting=has_formatting
    )
    notices = dict.fromkeys((*before.notices, *after.notices))
    return Redlined(made.data, made.summary, tuple(notices), made.unmarked)


def _word_file(stated: Stated, is_execution: bool) -> WordFile:
    from slacontracts.workflow.render import Wanted, document_bytes

    wanted = Wanted("docx", is_execution)
    data = document_bytes(
        stated.shelf, stated.library, stated.composed, wanted, str(stated.number)
    )
    return admit(data, stated.name)


def _without_changes(word: WordFile, existing: Existing) -> WordFile:
    found = revisions(word)
    if not found:
        return word
    name = word.package.file
    if existing == "refuse":
        raise SourceError(
            f"{name} has tracked changes already, by {by_author(found)}; say "
            "--existing accept or --existing reject, or look at them with: "
            f"slacontracts revisions {name}"
        )
    return admit(resolved(word, existing, ALL), name)


def checked_author(name: str) -> str:
    """Return an author's name; raises SourceError for what a Word file cannot hold."""
    if is_blank(name):
        raise SourceError("say who the author is, such as --author Legal")
    for _, fault in text_faults(name):
        raise SourceError(f"the author's name cannot be used: {fault}")
    if "\n" in name or "\t" in name:
        raise SourceError("the author's name must be one line without tabs")
    return name


def checked_date(text: str) -> str:
    """Return a date or a time as tracked changes hold it; raises SourceError."""
    try:
        return word_date(datetime.fromisoformat(text))
    except ValueError as error:
        raise SourceError(
            f'"{text}" is no date; write it like 2026-11-23 or 2026-11-23T09:00:00'
        ) from error


def word_date(when: datetime) -> str:
    """Return a time as Word writes it: the time of the place, whatever the "Z" says."""
    return f"{when:%Y-%m-%dT%H:%M:%S}Z"


def usual_author(folder: Path, open_desk: Callable[[], Desk]) -> str:
    """Return the name that git knows, else the organisation of the workspace.

    Raises SourceError when there is neither.
    """
    known = known_author(folder, _NOBODY)
    if known.name != _NOBODY:
        return known.name
    try:
        return open_desk().settings.organisation
    except (NotFoundError, SourceError) as error:
        raise SourceError(
            "it is not known who makes these changes; say it with --author NAME"
        ) from error
