"""Ids in; what git keeps under them, each counted again, out.

An id is the SHA-1 of what it names: a version's id fixes its folders, and a folder's
id its files. Git does not compare them when it reads, so what lies under an id could
be something else, and is not believed until it was counted again.
"""

import hashlib
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, OutsideError
from slacontracts.store.git import FOLDER, REGULAR_FILE, explain, started_git

MEND: Final = (
    "take the folder .git from a colleague or a backup, in a copy of the workspace"
)
_ID_BYTES: Final = 20
_TREE: Final = b"tree "
_AT_ONCE: Final = 200  # ids asked for before their answers are read


@dataclass(frozen=True, slots=True)
class Kept:
    """What git keeps under an id: a version, a folder or a file, with its bytes."""

    kind: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Shelves:
    """The objects of one repository, open for reading; those read once are kept."""

    root: Path
    process: "subprocess.Popen[bytes]"
    _folders: dict[str, Kept] = field(default_factory=dict)

    def find(self, ids: Iterable[str]) -> dict[str, Kept]:
        """Return what git keeps under ids, by id, without those that are missing.

        Raises OutsideError where something else lies under an id than its own.
        """
        wanted = list(dict.fromkeys(ids))
        found = {one: self._folders[one] for one in wanted if one in self._folders}
        rest = [one for one in wanted if one not in found]
        for at in range(0, len(rest), _AT_ONCE):
            found |= self._ask(rest[at : at + _AT_ONCE])
        return found

    def part(self, one: str, kind: bytes) -> Kept:
        """Return a part of a version, which must be there and be of a kind."""
        return self.require(self.find([one]), one, kind)

    def require(self, kept: dict[str, Kept], one: str, kind: bytes) -> Kept:
        """Return one of those found, which must be there and be of a kind."""
        part = kept.get(one)
        if part is None or part.kind != kind:
            raise OutsideError(
                f"the versions in {self.root} are damaged: a part with the id "
                f"{one[:12]} is missing; get it again with slacontracts pull, or "
                f"{MEND}"
            )
        return part

    def top_folder(self, version: str) -> str:
        """Return the id of the folder that holds all of a version."""
        kept = self.find([version]).get(version)
        if kept is None or kept.kind != b"commit":
            raise NotFoundError(
                f"this workspace has no version {version[:12]}; fetch what a colleague "
                "saved"
            )
        first, _, _ = kept.data.partition(b"\n")
        return first.removeprefix(_TREE).decode()

    def files_of(self, version: str, paths: Sequence[str] | None) -> dict[str, str]:
        """Return the ids of files in a version: those at or below paths, or all."""
        found = {
            path: entry_id
            for mode, path, entry_id in self.walk(version, paths)
            if mode in REGULAR_FILE and _is_within(path, paths)
        }
        return dict(sorted(found.items()))

    def walk(
        self, version: str, paths: Sequence[str] | None = None
    ) -> Iterator[tuple[bytes, str, str]]:
        """Yield mode, path and id of all in a version, folder by folder.

        paths: folders that do not lead to one of these are not entered.
        """
        folders = {"": self.top_folder(version)}
        while folders:
            kept = self.find(folders.values())
            below: dict[str, str] = {}
            for folder, folder_id in folders.items():
                inside = self.require(kept, folder_id, b"tree").data
                for mode, name, entry_id in entries(inside):
                    path = folder + name
                    yield mode, path, entry_id
                    if mode == FOLDER and _is_on_the_way(path, paths):
                        below[f"{path}/"] = entry_id
            folders = below

    def read(self, files: dict[str, str]) -> dict[str, bytes]:
        """Return the bytes of files by name, given their ids by name."""
        kept = self.find(files.values())
        return {
            name: self.require(kept, file_id, b"blob").data
            for name, file_id in files.items()
        }

    def _ask(self, ids: Sequence[str]) -> dict[str, Kept]:
        found: dict[str, Kept] = {}
        asked, answers = self.process.stdin, self.process.stdout
        assert asked is not None
        assert answers is not None
        try:
            asked.write("".join(f"{one}\n" for one in ids).encode())
            asked.flush()
        except BrokenPipeError as error:
            raise self._fault() from error
        for one in ids:
            words = answers.readline().split()
            if words[-1:] == [b"missing"]:
                continue
            if len(words) != 3:
                raise self._fault()
            kept = Kept(words[1], answers.read(int(words[2])))
            answers.read(1)
            if _id_of(kept) != one:
                raise OutsideError(
                    f"the versions in {self.root} were altered: what lies there under "
                    f"the id {one[:12]} is not what was saved under it; get it again "
                    f"with slacontracts pull --mend, or {MEND}"
                )
            found[one] = kept
            if kept.kind == b"tree":
                self._folders[one] = kept
        return found

    def _fault(self) -> OutsideError:
        """Return why git does not answer, as it says itself when it ends."""
        said = self.process.stderr.read() if self.process.stderr else b""
        return OutsideError(explain(self.root, said))


@contextmanager
def open_shelves(root: Path) -> Iterator[Shelves]:
    """Open what a workspace keeps, for reading by one process of git."""
    with started_git(root, "cat-file", "--batch") as process:
        try:
            yield Shelves(root, process)
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # what was asked and not read any more
                if process.stdin is not None:
                    process.stdin.close()


def entries(folder: bytes) -> Iterator[tuple[bytes, str, str]]:
    """Yield the mode, name and id of everything in a folder, as git writes it down."""
    at = 0
    while at < len(folder):
        space = folder.index(b" ", at)
        end = folder.index(b"\0", space)
        name = folder[space + 1 : end].decode(errors="surrogateescape")
        entry_id = folder[end + 1 : end + 1 + _ID_BYTES].hex()
        yield folder[at:space], name, entry_id
        at = end + 1 + _ID_BYTES


def _is_within(path: str, paths: Iterable[str] | None) -> bool:
    return paths is None or any(
        path == one or path.startswith(f"{one}/") for one in paths
    )


def _is_on_the_way(folder: str, paths: Collection[str] | None) -> bool:
    """Tell whether a folder is within one of the paths, or leads to one."""
    leads = paths is not None and any(_is_within(one, [folder]) for one in paths)
    return leads or _is_within(folder, paths)


def _id_of(kept: Kept) -> str:
    digest = hashlib.sha1(
        b"%b %d\0" % (kept.kind, len(kept.data)), usedforsecurity=False
    )
    digest.update(kept.data)
    return digest.hexdigest()
