"""Files of the workspace in; a new version of just these out, and the history.

A version is written through git's objects, never through its index: whatever else
is changed or staged in the workspace stays as it is, no hook or filter runs, and
the branch moves only if nobody else moved it meanwhile. When it has moved, the
version is saved, and survives a power cut.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.git import (
    BusyError,
    common_folder,
    current_version,
    git_folder,
    run_git,
    said_nothing,
)
from slacontracts.store.objects import Entry, Objects, open_objects
from slacontracts.store.workspace import Workspace, make_durable

NOBODYS_EMAIL: Final = "slacontracts@localhost"  # of who is unknown to git
_TRIES: Final = 10
_PAUSE_SECONDS: Final = 0.05
_CONFLICT_MARK: Final = re.compile(rb"^(<{7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_UNFINISHED: Final = (
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("rebase-merge", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who saves a version.

    is_assumed: True when git knows no name for the user, so that the
    organisation stands in.
    """

    name: str
    email: str
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version: its full id, when, by whom, and why."""

    id: str
    when: datetime
    author: str
    message: str


def start_history(root: Path) -> None:
    """Make a folder one that keeps versions, on the branch main."""
    run_git(
        root.parent,
        "init",
        "--quiet",
        "--initial-branch=main",
        "--template=",
        "--",
        str(root),
    )
    run_git(root, "config", "core.autocrlf", "false")


def known_author(root: Path, organisation: str) -> Author:
    """Return the name and e-mail address that git knows, else the organisation's."""
    try:
        printed = run_git(
            root, "config", "--null", "--get-regexp", r"^user\.(name|email)$"
        )
    except OutsideError:
        printed = b""  # git says "nothing found" by failing
    known: dict[str, str] = {}
    for entry in printed.decode(errors="replace").split("\0")[:-1]:
        name, _, value = entry.partition("\n")
        known[name] = _one_line(value)
    if known.get("user.name") and known.get("user.email"):
        return Author(known["user.name"], known["user.email"])
    name = known.get("user.name") or _one_line(organisation) or "slacontracts"
    return Author(name, known.get("user.email") or NOBODYS_EMAIL, True)


def _one_line(text: str) -> str:
    """Return a name as git can keep it: no line breaks, no angle brackets."""
    kept = "".join(sign for sign in text if sign not in "<>\0" and sign.isprintable())
    return kept.strip(" .,:;\"'")


def save_version(
    workspace: Workspace,
    paths: Sequence[str],
    message: str,
    *,
    author: Author,
    when: datetime,
    contents: Mapping[str, bytes] | None = None,
    warn: Callable[[str], None] | None = None,
) -> str | None:
    """Save files and folders as they stand as one new version and return its id.

    paths: names in the workspace; one that is gone is taken out. Everything else
    is kept as the newest version has it. Returns None when nothing changed; git's own
    list is then brought up to date, if it was left behind.
    contents: files that were read already, by name; where it has any below a path,
    they are saved and the disk is not read again. warn: is told what went wrong after
    the version was saved.
    """
    root = workspace.root
    branch = branch_in_hand(root)
    warn = warn or (lambda _: None)
    files = {path: _files_at(workspace, path, contents or {}) for path in paths}
    for _ in range(_TRIES):
        before = current_version(root)
        version = _keep_version(root, files, before, message, author=author, when=when)
        if version is None:
            return None
        if version == before or move_branch(root, branch, version, before):
            refresh_index(root, version, paths, warn)
            return version if version != before else None
        time.sleep(_PAUSE_SECONDS)
    raise OutsideError(
        "nothing was saved, because somebody else is saving in this workspace all the "
        f"time; try again in a moment, or if nobody is, delete {_lock_of(root, branch)}"
    )


def _keep_version(
    root: Path,
    files: Mapping[str, bytes | Mapping[str, bytes]],
    before: str | None,
    message: str,
    *,
    author: Author,
    when: datetime,
) -> str | None:
    """Write the version that follows another; return that one when nothing changed."""
    name = f"{author.name} <{author.email}>"
    with open_objects(root) as objects:
        old_tree = objects.folder_of(before) if before else None
        new_tree = old_tree
        for path, found in files.items():
            entry = _keep(objects, path, found)
            new_tree = objects.with_entry(new_tree, path.split("/"), entry)
        if new_tree is None or new_tree == old_tree:
            return before
        version = objects.keep_version(
            new_tree, before, message, author=name, when=when
        )
        objects.make_durable()
    return version


def branch_in_hand(root: Path) -> str:
    """Return the branch that the next version goes to; refuse where there is none."""
    folder = git_folder(root)
    for name, act in _UNFINISHED:
        if folder is not None and (folder / name).exists():
            raise OutsideError(
                f"nothing was saved, because git is in the middle of a {act} in "
                f"{root}; finish it with git {act} --continue, or call it off with "
                f"git {act} --abort, and save again"
            )
    try:
        return run_git(root, "symbolic-ref", "-q", "HEAD").decode().strip()
    except OutsideError as error:
        if not said_nothing(error):
            raise
        raise OutsideError(
            f"nothing was saved, because {root} stands at an old version that git was "
            "told to check out; go back to the newest with git switch main, or keep "
            "working from the old one with git switch -c NAME, and save again"
        ) from error


def _files_at(
    workspace: Workspace, path: str, contents: Mapping[str, bytes]
) -> bytes | dict[str, bytes]:
    """Return the bytes of a file, or of all files in a folder by their names in it."""
    start = f"{path}/"
    found: bytes | dict[str, bytes]
    if path in contents:
        found = contents[path]
    elif any(name.startswith(start) for name in contents):
        found = {
            name.removeprefix(start): data
            for name, data in contents.items()
            if name.startswith(start)
        }
    elif (workspace.root / path).is_file():
        found = workspace.read(path)
    else:
        found = {
            name.removeprefix(start): workspace.read(name)
            for name in workspace.files_below(path)
        }
    inner = {path: found} if isinstance(found, bytes) else found
    for name, data in inner.items():
        _require_no_conflict(name if name == path else start + name, data)
    return found


def conflict_mark(data: bytes) -> re.Match[bytes] | None:
    """Return what git would write where two texts meet, so that it is not saved."""
    return None if b"\0" in data else _CONFLICT_MARK.search(data)


def _require_no_conflict(file: str, data: bytes) -> None:
    mark = conflict_mark(data)
    if mark is not None:
        line = data.count(b"\n", 0, mark.start()) + 1
        raise SourceError(
            f"{file}, line {line}: a conflict stands here ({mark[1].decode()}): two "
            "texts that nobody has decided between; keep one of them, delete the "
            "marks, and save again. Nothing was saved"
        )


def _keep(
    objects: Objects, path: str, found: bytes | Mapping[str, bytes]
) -> Entry | None:
    """Keep a file or a folder; None when there is nothing to keep."""
    name = path.rsplit("/", 1)[-1]
    if isinstance(found, bytes):
        return objects.keep_file(name, found)
    return objects.keep_folder(name, found) if found else None


def move_branch(root: Path, branch: str, version: str, before: str | None) -> bool:
    """Make the branch point to the version, unless it moved meanwhile."""
    try:
        run_git(root, "update-ref", "-m", "save", branch, version, before or "0" * 40)
    except BusyError:
        return False
    except OutsideError:
        if current_version(root) == before:
            raise
        return False
    folder = _lock_of(root, branch).parent
    if folder.is_dir():
        make_durable(folder)
    return True


def _lock_of(root: Path, branch: str) -> Path:
    """Return the file by which git keeps others from moving a branch."""
    folder = common_folder(root) or root / ".git"
    return folder / f"{branch}.lock"


def refresh_index(
    root: Path, version: str, paths: Sequence[str], warn: Callable[[str], None]
) -> None:
    """Tell git's list of staged files about the saved paths, and about no others."""
    try:
        staged = run_git(root, "ls-files", "--stage", "-z", "--", *paths)
        listed = run_git(root, "ls-tree", "-rz", "--full-tree", version, "--", *paths)
        known, saved = staged.split(b"\0")[:-1], listed.split(b"\0")[:-1]
        if {_as_staged(entry) for entry in saved} != set(known):
            names = (entry.split(b"\t", 1)[1] for entry in known)
            gone = [b"0 " + b"0" * 40 + b"\t" + name for name in names]
            text = b"".join(line + b"\0" for line in (*gone, *saved))
            _update_index(root, text)
    except OutsideError:
        lock = (git_folder(root) or root / ".git") / "index.lock"
        warn(
            "the version is saved, but git's own list of files could not be brought "
            f"up to date: end other programs that use git here, delete {lock} if it "
            "is still there, and save once more before you commit by git itself"
        )


def _as_staged(entry: bytes) -> bytes:
    """Return an entry of a version as git's list of staged files has it."""
    description, name = entry.split(b"\t", 1)
    mode, _, entry_id = description.split()
    return mode + b" " + entry_id + b" 0\t" + name


def _update_index(root: Path, text: bytes) -> None:
    """Change entries of git's list where no file of the workspace can be seen.

    While git writes its list, it compares files that were staged a moment ago with
    their entries, through the filters of the repository. In its own folder it does
    not find them. The time of the list is put back, so that git compares them later.
    """
    folder = git_folder(root) or root / ".git"
    index = folder / "index"
    before = index.stat() if index.is_file() else None
    run_git(folder, "--git-dir=.", "update-index", "-z", "--index-info", data=text)
    if before is not None:
        os.utime(index, ns=(before.st_atime_ns, before.st_mtime_ns))


def history(root: Path, *paths: str, upto: str | None = None) -> tuple[Version, ...]:
    """Return the versions that changed any of the paths, newest first.

    upto: the full id of a version; later ones do not count.
    """
    if current_version(root) is None:
        return ()
    end = upto or "HEAD"
    printed = run_git(
        root, "log", "--format=%H%x00%aI%x00%an%x00%s%x00", end, "--", *paths
    )
    fields = printed.decode(errors="replace").split("\0")
    return tuple(
        Version(
            fields[at].strip(),
            datetime.fromisoformat(fields[at + 1]),
            fields[at + 2],
            fields[at + 3],
        )
        for at in range(0, len(fields) - 4, 4)
    )


def is_within(root: Path, version: str, other: str) -> bool:
    """Tell whether a version is another one, or one that it follows."""
    try:
        run_git(root, "merge-base", "--is-ancestor", version, other)
    except OutsideError as error:
        if not said_nothing(error):
            raise
        return False
    return True


def common_version(root: Path, one: str, other: str) -> str | None:
    """Return the newest version that two others follow; None where there is none."""
    try:
        printed = run_git(root, "merge-base", one, other)
    except OutsideError as error:
        if said_nothing(error):
            return None
        raise
    return printed.decode().split()[0]
