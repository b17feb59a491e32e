"""A file in; who saved each version of it, and what it said then and before, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slacontracts.store.git import FULL_ID, current_version, run_git
from slacontracts.store.kept import Shelves, open_shelves
from slacontracts.store.workspace import AGREEMENT_FILE, AgreementPlace

_FIELDS: Final = 4  # printed of each version, in front of its files


@dataclass(frozen=True, slots=True)
class Saving:
    """A version that changed a file: by whom, what the file said then and before.

    file: where it lay then. before: what it said in each version that this one follows,
    wherever it lay there; () in the first. None stands for a version without the file.
    """

    author: str
    email: str
    file: str
    content: bytes | None
    before: tuple[bytes | None, ...]


@dataclass(frozen=True, slots=True)
class _Version:
    id: str
    parents: tuple[str, ...]
    author: str
    email: str


def savings_of(root: Path, place: AgreementPlace) -> tuple[Saving, ...]:
    """Return every version that changed an agreement's file, the newest first.

    They are of all sides of merges, and of all customers' folders in which an agreement
    with this id ever lay: a folder that is renamed does not begin anew.
    """
    if current_version(root) is None:
        return ()
    printed = run_git(
        root,
        "--no-literal-pathspecs",
        "log",
        "-z",
        "--full-history",
        "--topo-order",
        "--no-renames",
        "-c",
        "--name-only",
        "--format=%H%x00%P%x00%an%x00%ae",
        "HEAD",
        "--",
        f":(glob)agreements/*/{place.id}/{AGREEMENT_FILE}",
    )
    versions, files = _printed(printed.decode(errors="replace").split("\0"))
    files = list(dict.fromkeys((place.file, *files)))
    with open_shelves(root) as shelves:
        return tuple(_savings(shelves, versions, files))


def _printed(fields: Sequence[str]) -> tuple[list[_Version], list[str]]:
    """Return the versions, and the files that they changed, as git printed them."""
    versions: list[_Version] = []
    files: list[str] = []
    at = 0
    while at < len(fields):
        field = fields[at].strip("\n")
        if FULL_ID.fullmatch(field) and at + _FIELDS <= len(fields):
            parents, author, email = fields[at + 1 : at + _FIELDS]
            versions.append(_Version(field, tuple(parents.split()), author, email))
            at += _FIELDS
        else:
            files += [field] if field else []
            at += 1
    return versions, files


def _savings(
    shelves: Shelves, versions: Sequence[_Version], files: Sequence[str]
) -> Iterator[Saving]:
    known: dict[str, Mapping[str, bytes]] = {}
    for version in versions:
        for one in (version.id, *version.parents):
            if one not in known:
                known[one] = shelves.read(shelves.files_of(one, files))
        now = known[version.id]
        parents = [known[one] for one in version.parents]
        for file in [one for one in files if one in now] or files[:1]:
            before = tuple(text for one in parents for text in _before(one, file))
            if before != (now.get(file),):
                yield Saving(version.author, version.email, file, now.get(file), before)


def _before(version: Mapping[str, bytes], file: str) -> tuple[bytes | None, ...]:
    """Return what a file said in a version; where it did not lie there, all others."""
    if file in version or not version:
        return (version.get(file),)
    return tuple(version.values())
