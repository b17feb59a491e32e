"""Files of the workspace in; a new version of just these out, and the history.

A version is written through git's objects, never through its index: whatever else
is changed or staged in the workspace stays as it is, no hook or filter runs, and
the branch moves only if nobody else moved it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from slacontracts.errors import OutsideError
from slacontracts.store.git import (
    current_version,
    explain,
    git_environment,
    run_git,
)
from slacontracts.store.workspace import Workspace

if TYPE_CHECKING:
    from git import GitCommandError, Repo

_FILE_MODE: Final = 0o100644
_FOLDER_MODE: Final = 0o040000
_TRIES: Final = 10

# (binary id, mode, name), as git keeps a folder
_Entry = tuple[bytes, int, str]


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
    return Author(name, known.get("user.email") or "slacontracts@localhost", True)


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
) -> str | None:
    """Save files and folders as they stand as one new version and return its id.

    paths: names in the workspace; one that is gone is taken out. Everything else
    is kept as the newest version has it. Returns None when nothing changed.
    """
    for _ in range(_TRIES):
        before = current_version(workspace.root)
        with _repository(workspace.root) as repo:
            old_tree = repo.commit(before).tree.binsha if before else None
            new_tree = old_tree
            for path in paths:
                found = _store_path(repo, workspace, path)
                new_tree = _with_entry(repo, new_tree, path.split("/"), found)
            if new_tree is None or new_tree == old_tree:
                return None
            version = _store_version(repo, new_tree, before, message, author, when)
        if _move_branch(workspace.root, version, before):
            _refresh_index(workspace.root, version, paths)
            return version
    raise OutsideError(
        "somebody else is saving in this workspace all the time; try again in a moment"
    )


@contextmanager
def _repository(root: Path) -> Iterator[Repo]:
    try:
        from git import GitCommandError, GitError, Repo
    except ImportError as error:
        raise OutsideError("git is not installed or cannot be found") from error
    try:
        with Repo(root) as repo:
            repo.git.update_environment(**git_environment(root))
            yield repo
    except GitCommandError as error:  # its text is a command line
        raise OutsideError(explain(root, _said_by(error))) from error
    except PermissionError as error:
        raise OutsideError(
            f"cannot write to {root}: you may not change this folder"
        ) from error
    except (GitError, ValueError) as error:
        raise OutsideError(f"the versions in {root} cannot be used: {error}") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(f"cannot write to {root}: {reason}") from error


def _said_by(error: GitCommandError) -> bytes:
    """Return what git wrote to its error stream, without what GitPython puts around."""
    said = str(error.stderr).strip()
    return said.removeprefix("stderr:").strip().strip("'").encode()


def _store_path(repo: Repo, workspace: Workspace, path: str) -> _Entry | None:
    """Store a file, or a folder with all in it; None when there is nothing to keep."""
    name = path.rsplit("/", 1)[-1]
    if (workspace.root / path).is_file():
        return _store_object(repo, b"blob", workspace.read(path)), _FILE_MODE, name
    files = {
        inner[len(path) + 1 :]: _store_object(repo, b"blob", workspace.read(inner))
        for inner in workspace.files_below(path)
    }
    return (_store_folder(repo, files), _FOLDER_MODE, name) if files else None


def _store_folder(repo: Repo, files: Mapping[str, bytes]) -> bytes:
    """Store a folder given the ids of its files by name, inner folders included."""
    entries: list[_Entry] = []
    below: dict[str, dict[str, bytes]] = {}
    for name, file_id in files.items():
        first, _, rest = name.partition("/")
        if rest:
            below.setdefault(first, {})[rest] = file_id
        else:
            entries.append((file_id, _FILE_MODE, first))
    for name, inner in below.items():
        entries.append((_store_folder(repo, inner), _FOLDER_MODE, name))
    return _store_entries(repo, entries)


def _store_entries(repo: Repo, entries: list[_Entry]) -> bytes:
    from git.objects.fun import tree_to_stream

    # git orders a folder as if its name ended with a slash
    ordered = sorted(
        entries, key=lambda e: e[2].encode() + (b"/" if e[1] == _FOLDER_MODE else b"")
    )
    stream = BytesIO()
    tree_to_stream(ordered, stream.write)
    return _store_object(repo, b"tree", stream.getvalue())


def _store_object(repo: Repo, kind: bytes, data: bytes) -> bytes:
    from gitdb import IStream  # type: ignore[import-untyped]

    stored: bytes = repo.odb.store(IStream(kind, len(data), BytesIO(data))).binsha
    return stored


def _with_entry(
    repo: Repo, tree: bytes | None, steps: Sequence[str], entry: _Entry | None
) -> bytes | None:
    """Return a folder in which one path is replaced, or taken out; None when empty."""
    entries = _entries_of(repo, tree) if tree else []
    old = next((known for known in entries if known[2] == steps[0]), None)
    if len(steps) > 1:
        inner = old[0] if old and old[1] == _FOLDER_MODE else None
        below = _with_entry(repo, inner, steps[1:], entry)
        entry = (below, _FOLDER_MODE, steps[0]) if below else None
    kept = [known for known in entries if known is not old]
    if entry is not None:
        kept.append(entry)
    return _store_entries(repo, kept) if kept else None


def _entries_of(repo: Repo, tree: bytes) -> list[_Entry]:
    from git.objects.fun import tree_entries_from_data

    data = repo.odb.stream(tree).read()
    return [
        (entry[0], entry[1], str(entry[2])) for entry in tree_entries_from_data(data)
    ]


def _store_version(
    repo: Repo,
    tree: bytes,
    before: str | None,
    message: str,
    author: Author,
    when: datetime,
) -> str:
    from git import Actor, Commit, Tree

    actor = Actor(author.name, author.email)
    commit = Commit.create_from_tree(
        repo,
        Tree(repo, tree),
        message.strip() + "\n",
        parent_commits=[repo.commit(before)] if before else [],
        author=actor,
        committer=actor,
        author_date=when,
        commit_date=when,
    )
    return commit.hexsha


def _move_branch(root: Path, version: str, before: str | None) -> bool:
    """Make the branch in hand point to the version, unless it moved meanwhile."""
    try:
        run_git(root, "update-ref", "-m", "save", "HEAD", version, before or "0" * 40)
    except OutsideError as error:
        if current_version(root) == before and "lock" not in str(error):
            raise
        return False
    return True


def _refresh_index(root: Path, version: str, paths: Sequence[str]) -> None:
    """Tell git's list of staged files about the saved paths, and about no others."""
    known = run_git(root, "ls-files", "--stage", "-z", "--", *paths).split(b"\0")[:-1]
    saved = run_git(root, "ls-tree", "-r", "-z", "--full-tree", version, "--", *paths)
    gone = [b"0 " + b"0" * 40 + b"\t" + entry.split(b"\t", 1)[1] for entry in known]
    lines = [*gone, *saved.split(b"\0")[:-1]]
    if lines:
        text = b"".join(line + b"\0" for line in lines)
        run_git(root, "update-index", "-z", "--index-info", data=text)


def history(root: Path, *paths: str) -> tuple[Version, ...]:
    """Return the versions that changed any of the paths, newest first."""
    if current_version(root) is None:
        return ()
    printed = run_git(
        root, "log", "--format=%H%x00%aI%x00%an%x00%s%x00", "HEAD", "--", *paths
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
