"""A saved version's id in; its files, each checked against the id it has there, out.

An id is the SHA-1 of what it names: a version's id fixes its folders, and a folder's
id its files. Git does not compare them when it reads, so what lies under an id could
be something else, and is not believed until it was counted again.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, OutsideError
from slacontracts.store.git import (
    FULL_ID,
    REGULAR_FILE,
    current_version,
    differing,
    run_git,
    said_nothing,
)
from slacontracts.store.workspace import LIBRARY_FOLDERS, Workspace

_FOLDER: Final = b"40000"
_ID_BYTES: Final = 20
_TREE: Final = b"tree "
_MEND: Final = (
    "take the folder .git from a colleague or a backup, in a copy of the workspace"
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What git keeps under an id: a version, a folder or a file, with its bytes."""

    kind: bytes
    data: bytes


def library_files(root: Path, revision: str) -> dict[str, bytes]:
    """Return the files of the library in one version, by name.

    revision: the full id of the version. Raises NotFoundError when the workspace
    does not have it, OutsideError when it is not what was saved under that id.
    """
    if not FULL_ID.fullmatch(revision):
        raise NotFoundError(
            f'"{revision}" is not the full id of a version of the library (40 digits '
            "and letters a-f); see slacontracts library log"
        )
    files = _files_of(root, revision, LIBRARY_FOLDERS)
    _require_in_history(root, revision)
    kept = _kept(root, files.values())
    return {
        name: _part(kept, file_id, b"blob", root).data
        for name, file_id in files.items()
    }


def file_at(root: Path, version: str, file: str) -> bytes | None:
    """Return a file as a version has it; None where the version has none.

    version: a full id. file: a path that the product made, from the top.
    """
    file_id = _files_of(root, version, [file]).get(file)
    if file_id is None:
        return None
    return _part(_kept(root, [file_id]), file_id, b"blob", root).data


def unsaved_files(workspace: Workspace, *paths: str) -> tuple[str, ...]:
    """Return the files at or below paths that differ from the newest version, by name.

    Contents are compared byte by byte, so no filter of the repository has a say.
    """
    newest = current_version(workspace.root)
    saved = {} if newest is None else _files_of(workspace.root, newest, paths)
    return differing(workspace, saved, paths)


def _files_of(root: Path, version: str, paths: Sequence[str]) -> dict[str, str]:
    """Return the ids of all regular files at or below paths in one version, by name."""
    found: dict[str, str] = {}
    folders = {"": _top_folder(root, version)}
    while folders:
        kept = _kept(root, folders.values())
        below: dict[str, str] = {}
        for folder, folder_id in folders.items():
            inside = _part(kept, folder_id, b"tree", root).data
            for mode, name, entry_id in _entries(inside):
                path = folder + name
                if mode == _FOLDER and _is_on_the_way(path, paths):
                    below[f"{path}/"] = entry_id
                elif mode in REGULAR_FILE and _is_within(path, paths):
                    found[path] = entry_id
        folders = below
    return dict(sorted(found.items()))


def _is_within(path: str, paths: Iterable[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in paths)


def _is_on_the_way(folder: str, paths: Collection[str]) -> bool:
    """Tell whether a folder is within one of the paths, or leads to one."""
    return _is_within(folder, paths) or any(_is_within(one, [folder]) for one in paths)


def _entries(folder: bytes) -> Iterator[tuple[bytes, str, str]]:
    """Yield the mode, name and id of everything in a folder, as git writes it down."""
    at = 0
    while at < len(folder):
        space = folder.index(b" ", at)
        end = folder.index(b"\0", space)
        name = folder[space + 1 : end].decode(errors="surrogateescape")
        entry_id = folder[end + 1 : end + 1 + _ID_BYTES].hex()
        yield folder[at:space], name, entry_id
        at = end + 1 + _ID_BYTES


def _top_folder(root: Path, version: str) -> str:
    """Return the id of the folder that holds all of a version."""
    kept = _kept(root, [version]).get(version)
    if kept is None or kept.kind != b"commit":
        raise NotFoundError(
            f"this workspace has no version {version[:12]} of the library; see "
            "slacontracts library log, and fetch what a colleague saved"
        )
    first, _, _ = kept.data.partition(b"\n")
    return first.removeprefix(_TREE).decode()


def _require_in_history(root: Path, version: str) -> None:
    """Refuse a version that the newest one does not follow."""
    try:
        run_git(root, "merge-base", "--is-ancestor", version, "HEAD")
    except OutsideError as error:
        if not said_nothing(error):
            raise
        raise NotFoundError(
            f"the version {version[:12]} is not in the history of this workspace: it "
            "was saved on another branch, or taken back; take one that slacontracts "
            "library log shows"
        ) from error


def _kept(root: Path, ids: Iterable[str]) -> dict[str, _Kept]:
    """Return what git keeps under ids, by id, without those that are missing."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, _Kept] = {}
    if not wanted:
        return found
    data = "".join(f"{one}\n" for one in wanted).encode()
    printed = run_git(root, "cat-file", "--batch", "--buffer", data=data)
    at = 0
    for one in wanted:
        end = printed.index(b"\n", at)
        words = printed[at:end].split(b" ")
        at = end + 1
        if words[-1] == b"missing":
            continue
        size = int(words[2])
        kept = _Kept(words[1], printed[at : at + size])
        if _id_of(kept) != one:
            raise OutsideError(
                f"the versions in {root} were altered: what lies there under the id "
                f"{one[:12]} is not what was saved under it; {_MEND}"
            )
        found[one] = kept
        at += size + 1
    return found


def _part(kept: dict[str, _Kept], one: str, kind: bytes, root: Path) -> _Kept:
    """Return a part of a version, which must be there and be of a kind."""
    part = kept.get(one)
    if part is None or part.kind != kind:
        raise OutsideError(
            f"the versions in {root} are damaged: a part with the id {one[:12]} is "
            f"missing; {_MEND}"
        )
    return part


def _id_of(kept: _Kept) -> str:
    digest = hashlib.sha1(
        b"%b %d\0" % (kept.kind, len(kept.data)), usedforsecurity=False
    )
    digest.update(kept.data)
    return digest.hexdigest()
