"""Bytes of files in; git's objects for files, folders and versions, kept, out.

Objects are written as they are given: no filter of the repository has a say, and
none of its settings decides how a version is written down. Each is on the disk, under
its name, before anything can point to it.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from slacontracts.errors import OutsideError
from slacontracts.store.git import explain, git_environment
from slacontracts.store.workspace import make_durable

if TYPE_CHECKING:
    from git import GitCommandError, Repo

_FILE_MODE: Final = 0o100644
_FOLDER_MODE: Final = 0o040000
_READ_ONLY: Final = 0o444  # as git keeps what never changes
_QUICK: Final = 1  # a file of the office is compressed already

# (binary id, mode, name), as git keeps a folder
Entry = tuple[bytes, int, bytes]


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of one repository, open for more; and the ids of those written."""

    repo: Repo
    _written: set[str] = field(default_factory=set)

    def keep_file(self, name: str, data: bytes) -> Entry:
        """Keep a file; return its entry for the folder that holds it."""
        return self._keep(b"blob", data), _FILE_MODE, _git_name(name)

    def keep_part(self, kind: bytes, data: bytes) -> None:
        """Keep a file, folder or version as it was kept elsewhere."""
        self._keep(kind, data)

    def keep_folder(self, name: str, files: Mapping[str, bytes]) -> Entry:
        """Keep a folder given its files by name, inner folders included."""
        entries: list[Entry] = []
        below: dict[str, dict[str, bytes]] = {}
        for path, data in files.items():
            first, _, rest = path.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = data
            else:
                entries.append(self.keep_file(first, data))
        entries += [self.keep_folder(inner, below[inner]) for inner in below]
        return self._keep_entries(entries), _FOLDER_MODE, _git_name(name)

    def with_entry(
        self, tree: bytes | None, steps: Sequence[str], entry: Entry | None
    ) -> bytes | None:
        """Return a folder in which one path is replaced, or taken out.

        None when nothing is left in it.
        """
        entries = self._entries_of(tree) if tree else []
        name = _git_name(steps[0])
        old = next((known for known in entries if known[2] == name), None)
        if len(steps) > 1:
            inner = old[0] if old and old[1] == _FOLDER_MODE else None
            below = self.with_entry(inner, steps[1:], entry)
            entry = (below, _FOLDER_MODE, name) if below else None
        kept = [known for known in entries if known is not old]
        if entry is not None:
            kept.append(entry)
        return self._keep_entries(kept) if kept else None

    def folder_of(self, version: str) -> bytes:
        """Return the id of all that a version holds."""
        found: bytes = self.repo.commit(version).tree.binsha
        return found

    def keep_version(
        self,
        tree: bytes,
        before: str | None,
        message: str,
        *,
        author: str,
        when: datetime,
        joined: str | None = None,
    ) -> str:
        """Keep a version that follows another; return its id.

        joined: another version that it follows, too. author: name and e-mail address,
        such as "Niamh Kelleher <niamh@n.example>".
        """
        who = f"{author} {int(when.timestamp())} {when:%z}"
        lines = [
            f"tree {tree.hex()}",
            *(f"parent {one}" for one in (before, joined) if one),
            f"author {who}",
            f"committer {who}",
            "",
            message.strip(),
            "",
        ]
        return self._keep(b"commit", "\n".join(lines).encode(errors="replace")).hex()

    def make_durable(self) -> None:
        """Make the names of the written objects survive a power cut."""
        folders = {self._path(written).parent for written in self._written}
        for folder in (*sorted(folders), *{folder.parent for folder in folders}):
            make_durable(folder)

    def _keep_entries(self, entries: list[Entry]) -> bytes:
        from git.objects.fun import tree_to_stream

        # git orders a folder as if its name ended with a slash
        ordered = sorted(
            entries, key=lambda e: e[2] + (b"/" if e[1] == _FOLDER_MODE else b"")
        )
        stream = BytesIO()
        tree_to_stream(ordered, stream.write)  # type: ignore[arg-type]
        return self._keep(b"tree", stream.getvalue())

    def _keep(self, kind: bytes, data: bytes) -> bytes:
        whole = b"%b %d\0" % (kind, len(data)) + data
        digest = hashlib.sha1(whole, usedforsecurity=False)
        name = digest.hexdigest()
        if name not in self._written:
            _write_durably(self._path(name), whole)
            self._written.add(name)
        return digest.digest()

    def _path(self, name: str) -> Path:
        return Path(self.repo.odb.root_path()) / name[:2] / name[2:]

    def _entries_of(self, tree: bytes) -> list[Entry]:
        from git.objects.fun import tree_entries_from_data

        data = self.repo.odb.stream(tree).read()
        return [
            (entry[0], entry[1], _git_name(str(entry[2])))
            for entry in tree_entries_from_data(data)
        ]


def _write_durably(path: Path, data: bytes) -> None:
    """Write an object so that it is whole on the disk before it has its name.

    One that is there may have been written by a program that did not wait for the
    disk; its bytes are waited for now. One that a power cut damaged is written anew.
    """
    if _is_kept(path, data):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"tmp_obj_{path.name}_{os.getpid()}")
    try:
        temporary.unlink(missing_ok=True)  # of an ended program with the same number
        with temporary.open("xb") as file:
            file.write(zlib.compress(data, _QUICK))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_READ_ONLY)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _is_kept(path: Path, data: bytes) -> bool:
    """Tell whether an object lies under its name, and reads as it was given."""
    try:
        packed = path.read_bytes()
        reader = zlib.decompressobj()
        return reader.decompress(packed, len(data) + 1) == data and reader.eof
    except (FileNotFoundError, zlib.error):
        return False


def _git_name(name: str) -> bytes:
    """Return a file's name as git keeps it, also one that is no UTF-8."""
    return name.encode(errors="surrogateescape")


@contextmanager
def open_objects(root: Path) -> Iterator[Objects]:
    """Open the objects of a workspace; what goes wrong is told in one plain line."""
    try:
        from git import GitCommandError, GitError, Repo
    except ImportError as error:
        raise OutsideError("git is not installed or cannot be found") from error
    try:
        with Repo(root) as repo:
            repo.git.update_environment(**git_environment(root))
            yield Objects(repo)
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
