"""The library's files and history in; new versions, comparisons and pins out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.finding import Finding, Severity
from slacontracts.source.settings import read_settings
from slacontracts.store.contents import library_files, unsaved_files
from slacontracts.store.git import latest_library
from slacontracts.store.versions import (
    Author,
    Version,
    history,
    known_author,
    save_version,
)
from slacontracts.store.workspace import LIBRARY_FOLDERS, SETTINGS_FILE
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.save import checked_message
from slacontracts.workflow.schemas import write_schemas
from slacontracts.workflow.shelf import is_house_style

_SHORTEST_ID = 7
# What belongs to no agreement is saved with the library.
HOUSEKEEPING = (SETTINGS_FILE, ".schemas", ".gitignore", ".gitattributes")


@dataclass(frozen=True, slots=True)
class FileChange:
    """How one file of the library differs: added, removed or changed; lines of text.

    lines: "- old", "+ new", "  same", or () for a file that is not text.
    """

    file: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LibrarySaved:
    """The new id, None when nothing changed; who saved; what is wrong in it.

    notes: what went wrong after the version was saved.
    """

    id: str | None
    author: Author
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


@one_at_a_time("library save")
def save_library(desk: Desk, message: str, when: datetime) -> LibrarySaved:
    """Save clauses, templates and settings as the library's next version.

    Raises SourceError while the library has errors, and SourceError or WordFileError
    while a house style has: agreements would carry them on.
    """
    from slacontracts.source.library import read_library

    workspace = desk.workspace
    contents = workspace.library_files()
    library, findings = read_library(contents, "working")
    errors = tuple(one for one in findings if one.severity is Severity.ERROR)
    if errors:
        raise SourceError(
            "the library has errors and was not saved; mend the places above", errors
        )
    contents[SETTINGS_FILE] = _sound_settings(desk)
    _require_sound_house_styles(contents)
    write_schemas(workspace, library)
    author = known_author(workspace.root, desk.settings.organisation)
    notes: list[str] = []
    version = save_version(
        workspace,
        [*LIBRARY_FOLDERS, *housekeeping(desk)],
        f"library: {checked_message(message)}",
        author=author,
        when=when,
        contents=contents,
        warn=notes.append,
    )
    return LibrarySaved(version, author, findings, tuple(notes))


def _require_sound_house_styles(contents: Mapping[str, bytes]) -> None:
    """Compile the house styles; raises what is wrong in one of them."""
    from slacontracts.render.house_style import compile_house_style

    for file, data in contents.items():
        if is_house_style(file):
            compile_house_style(data, file)


def _sound_settings(desk: Desk) -> bytes:
    """Return the settings file as it stands; raises SourceError where it is wrong."""
    data = desk.workspace.read(SETTINGS_FILE)
    settings, findings = read_settings(data, SETTINGS_FILE)
    if settings is None:
        raise SourceError(
            f"{SETTINGS_FILE} cannot be used and the library was not saved; mend the "
            "places above",
            findings,
        )
    return data


def housekeeping(desk: Desk) -> list[str]:
    """Return the files outside library and agreements that versions keep."""
    return [name for name in HOUSEKEEPING if (desk.workspace.root / name).exists()]


def library_log(desk: Desk) -> tuple[Version, ...]:
    """Return the saved versions of the library, newest first."""
    return history(desk.workspace.root, *LIBRARY_FOLDERS)


def saved_library(desk: Desk) -> str:
    """Return the newest version of the library; refuse while files are not saved."""
    changed = unsaved_files(desk.workspace, *LIBRARY_FOLDERS)
    if changed:
        shown = ", ".join(changed[:3]) + (", ..." if len(changed) > 3 else "")
        raise SourceError(
            f"the library has changes that are not saved ({shown}); save them first: "
            'slacontracts library save -m "What changed"'
        )
    revision = latest_library(desk.workspace.root)
    if revision is None:
        raise NotFoundError(
            "the library was never saved; save it first: "
            'slacontracts library save -m "First version"'
        )
    return revision


def find_version(desk: Desk, named: str) -> str:
    """Return the full id of a library version from its first letters."""
    versions = library_log(desk)
    found = [version.id for version in versions if version.id.startswith(named)]
    if len(found) == 1 and len(named) >= _SHORTEST_ID:
        return found[0]
    if len(found) > 1 or found:
        remedy = f"give at least {_SHORTEST_ID} letters and digits of its id"
        raise NotFoundError(f'"{named}" is not enough to find one version; {remedy}')
    raise NotFoundError(
        f'there is no version "{named}" of the library; see slacontracts library log'
    )


def library_diff(desk: Desk, named: str | None) -> tuple[FileChange, ...]:
    """Compare a saved version, the newest unless named, with the files of today."""
    root = desk.workspace.root
    revision = find_version(desk, named) if named else latest_library(root)
    before = library_files(root, revision) if revision else {}
    return tuple(changes_between(before, desk.workspace.library_files()))


def changes_between(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[FileChange]:
    """Yield the files that differ, in order, with the lines that do."""
    for file in sorted({*before, *after}):
        old, new = before.get(file), after.get(file)
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "changed"
            yield FileChange(file, kind, changed_lines(old or b"", new or b""))


def changed_lines(old: bytes, new: bytes) -> tuple[str, ...]:
    """Return the lines that differ, marked - and +, with one line around them."""
    from difflib import unified_diff

    try:
        texts = old.decode().splitlines(), new.decode().splitlines()
    except UnicodeDecodeError:
        return ()
    lines = list(unified_diff(*texts, n=1, lineterm=""))[2:]
    return tuple(
        "  ..." if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in lines
    )
