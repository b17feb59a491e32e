"""Ids in; what git keeps under each, counted again byte by byte, or what ails it, out.

`kept` reads what must be sound and stops at the first damage. Here damage is what is
looked for: every answer is kept apart, and a git that gives up at one part is started
again for the next. Git calls a damaged part missing; which of the two it is, is
found from the names in its folder.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from slacontracts.errors import OutsideError
from slacontracts.store.git import FOLDER, common_folder, started_git

Ailment = Literal["missing", "altered"]

_AT_ONCE: Final = 200  # ids asked for before their answers are read
_CHUNK_BYTES: Final = 1 << 20
_MOST_KEPT_BYTES: Final = 1 << 26  # of a version, a folder or a record.json


@dataclass(frozen=True, slots=True)
class Part:
    """What lies under an id, and is what the id says.

    data: its bytes, where they were asked for.
    """

    kind: bytes
    size: int
    sha256: str
    data: bytes


@dataclass(slots=True)
class Rehash:
    """The parts that one repository keeps, open for counting again.

    seen: the ids of all that was asked for.
    """

    root: Path
    objects: Path
    seen: set[str] = field(default_factory=set)
    _process: "subprocess.Popen[bytes] | None" = None
    _own: frozenset[str] | None = None

    def one(self, wanted: str) -> Part | Ailment:
        """Return one part with its bytes, or what ails it."""
        return self.find([wanted])[wanted]

    def find(
        self, ids: Iterable[str], *, with_bytes: bool = True
    ) -> dict[str, Part | Ailment]:
        """Return what lies under ids, or what ails it, by id."""
        rest = list(dict.fromkeys(ids))
        found: dict[str, Part | Ailment] = {}
        self.seen.update(rest)
        while rest:
            asked = rest[:_AT_ONCE]
            answered = self._ask(asked, found, with_bytes)
            rest = rest[answered:]
        return found

    def own_ids(self) -> frozenset[str]:
        """Return the ids that the repository keeps itself, whatever lies there."""
        if self._own is None:
            self._own = frozenset(_own_ids(self.objects))
        return self._own

    def close(self) -> None:
        """End the process that answers."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask(
        self,
        ids: Sequence[str],
        found: dict[str, Part | Ailment],
        with_bytes: bool,
    ) -> int:
        """Take answers until all are there or git gives up; return how many."""
        if self._process is None:
            self._process = started_git(
                self.root, "cat-file", "--batch", said=subprocess.DEVNULL
            )
        process = self._process
        assert process.stdin is not None
        try:
            process.stdin.write("".join(f"{one}\n" for one in ids).encode())
            process.stdin.flush()
        except BrokenPipeError:
            pass  # it gave up at one of those before; what it answered can be read
        for at, one in enumerate(ids):
            answer = self._answer(process, one, with_bytes)
            found[one] = answer or self._why(one)
            if answer is None:
                self.close()
                return at + 1
        return len(ids)

    def _answer(
        self, process: "subprocess.Popen[bytes]", wanted: str, with_bytes: bool
    ) -> Part | Ailment | None:
        """Read one answer; None where git gave up."""
        assert process.stdout is not None
        words = process.stdout.readline().split()
        if words == [wanted.encode(), b"missing"]:
            return self._why(wanted)
        if len(words) != 3 or words[0] != wanted.encode() or not words[2].isdigit():
            return None
        kind, size = words[1], int(words[2])
        git_id = hashlib.sha1(b"%b %d\0" % (kind, size), usedforsecurity=False)
        sha256 = hashlib.sha256()
        kept: list[bytes] = []
        left = size
        while left:
            chunk = process.stdout.read(min(left, _CHUNK_BYTES))
            if not chunk:
                return None
            left -= len(chunk)
            git_id.update(chunk)
            sha256.update(chunk)
            if with_bytes and size <= _MOST_KEPT_BYTES:
                kept.append(chunk)
        if process.stdout.read(1) != b"\n":
            return None
        if git_id.hexdigest() != wanted or (with_bytes and size > _MOST_KEPT_BYTES):
            return "altered"
        return Part(kind, size, sha256.hexdigest(), b"".join(kept))

    def _why(self, wanted: str) -> Ailment:
        """Tell a part that is gone from one that cannot be read any more."""
        loose = self.objects / wanted[:2] / wanted[2:]
        is_there = os.path.lexists(loose) or wanted in self.own_ids()
        return "altered" if is_there else "missing"


def _own_ids(objects: Path) -> Iterator[str]:
    for folder in objects.glob("[0-9a-f][0-9a-f]"):
        for path in folder.iterdir():
            yield folder.name + path.name
    for index in sorted(objects.glob("pack/*.idx")):
        if index.with_suffix(".pack").exists():
            yield from _packed_ids(index)


def _packed_ids(index: Path) -> Iterator[str]:
    """Yield the ids in the list of a pack, also of one that was damaged."""
    data = index.read_bytes()
    count = int.from_bytes(data[1028:1032], "big")  # of version 2, after its counts
    for at in range(1032, min(1032 + 20 * count, len(data)), 20):
        yield data[at : at + 20].hex()


@contextmanager
def open_rehash(root: Path) -> Iterator[Rehash]:
    """Open what a workspace keeps; raises OutsideError where it keeps no versions."""
    folder = common_folder(root)
    if folder is None:
        raise OutsideError(f"{root} keeps no versions: its folder .git is missing")
    rehash = Rehash(root, folder / "objects")
    try:
        yield rehash
    finally:
        rehash.close()


_ENTRY: Final = re.compile(rb"(\d+) ([^\0/]+)\0(.{20})", re.DOTALL)
FOLDER_MODE: Final = FOLDER
FILE_MODE: Final = b"100644"
_NO_NAMES: Final = frozenset({b".", b"..", b".git"})

# (mode, name, binary id), as git keeps a folder
Entries = frozenset[tuple[bytes, bytes, bytes]]


def entries_in(folder: bytes) -> Entries | None:
    """Return what is in a folder; None where git would not have written it so."""
    found: list[tuple[bytes, bytes, bytes]] = _ENTRY.findall(folder)
    length = sum(len(mode) + len(name) for mode, name, _ in found) + 22 * len(found)
    order = [name + b"/" if mode == FOLDER_MODE else name for mode, name, _ in found]
    names = {name for _, name, _ in found}
    is_whole = length == len(folder) and len(names) == len(found)
    if not is_whole or order != sorted(order) or names & _NO_NAMES:
        return None
    return frozenset(found)
