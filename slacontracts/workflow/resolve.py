"""A Word file with tracked changes in; what they are, or the file resolved, out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.store.workspace import read_file, write_file
from slacontracts.text import nearest
from slacontracts.word.gate import Notice, WordFile, admit
from slacontracts.word.revisions import Revision, Which, accept, reject, revisions

Verdict: TypeAlias = Literal["accept", "reject"]
_NOBODY: Final = "nobody named"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A Word file from outside that has passed the gate, with its own bytes."""

    path: Path
    data: bytes
    word: WordFile


@dataclass(frozen=True, slots=True)
class Resolved:
    """A file after some of its tracked changes were accepted or rejected.

    done, left: how many changes were resolved, and how many are still in the file.
    """

    data: bytes
    done: int
    left: int
    notices: tuple[Notice, ...]


def open_word_file(path: Path) -> OpenedFile:
    """Read a Word file from outside; refuse what is damaged or active."""
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a Word file in it")
    data = read_file(path)
    return OpenedFile(path, data, admit(data, path.name))


def list_revisions(path: Path) -> tuple[tuple[Revision, ...], tuple[Notice, ...]]:
    """Return the tracked changes of a file, and what else needs a look."""
    word = open_word_file(path).word
    return revisions(word), word.notices


def resolve_file(path: Path, verdict: Verdict, which: Which) -> Resolved:
    """Accept or reject tracked changes of a file.

    A file without any is given back byte by byte. Raises NotFoundError when an author
    or an id is meant that no change has.
    """
    opened = open_word_file(path)
    found = revisions(opened.word)
    require_known(found, which, path)
    if not found:
        return Resolved(opened.data, 0, 0, opened.word.notices)
    data = resolved(opened.word, verdict, which)
    left = 0 if which.is_all else len(revisions(admit(data, path.name)))
    return Resolved(data, len(found) - left, left, opened.word.notices)


def resolved(word: WordFile, verdict: Verdict, which: Which) -> bytes:
    """Return a file with its tracked changes accepted or rejected."""
    return accept(word, which) if verdict == "accept" else reject(word, which)


def require_known(found: Iterable[Revision], which: Which, path: Path) -> None:
    """Refuse an author or an id that none of the changes has."""
    changes = tuple(found)
    authors = {one.author for one in changes}
    for name in sorted(which.authors - authors):
        hint = nearest(name, authors)
        remedy = f'did you mean "{hint}"?' if hint else _who_made(changes)
        raise NotFoundError(f'{path.name} has no tracked change by "{name}"; {remedy}')
    for number in sorted(which.ids - {one.id for one in changes}):
        raise NotFoundError(
            f"{path.name} has no tracked change with the id {number}; the ids are "
            f"shown by: slacontracts revisions {path}"
        )


def _who_made(changes: Sequence[Revision]) -> str:
    if not changes:
        return "it has no tracked changes at all"
    return f"say one of those who made some: {by_author(changes)}"


def by_author(found: Iterable[Revision]) -> str:
    """Return who made how many changes: "Omar Haddad (3), Claire Dubois (1)"."""
    counts = Counter(one.author or _NOBODY for one in found)
    return ", ".join(f"{name} ({number})" for name, number in counts.most_common())


def require_writable(
    target: Path, sources: Iterable[Path], *, force: bool = False
) -> None:
    """Refuse a target that is no Word file's name, or that would replace something.

    A file that is read is never replaced, not even by force.
    """
    if target.is_dir():
        raise SourceError(f"{target} is a folder; name a file with -o")
    if target.suffix.lower() != ".docx":
        raise SourceError(f"{target} would be a Word file; end its name with .docx")
    for source in sources:
        if target.exists() and source.exists() and target.samefile(source):
            raise SourceError(
                f"{target} is the file that is read; choose another name with -o"
            )
    if target.exists() and not force:
        raise SourceError(f"{target} exists; choose another name or add --force")


def write_result(target: Path, data: bytes) -> None:
    """Write a file that can be had again from what it was made of."""
    write_file(target, data, is_durable=False)
