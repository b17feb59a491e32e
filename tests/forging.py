"""A register as a forger with every right sees it: its parts, and new ones for old."""

import hashlib
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from filing import NIAMH

from slacontracts.model.record import Record, record_bytes
from slacontracts.store.register import Filed, message_of, read_filed
from slacontracts.store.register import file_of as filed_file

Tree = dict[str, tuple[str, str]]
FOLDER, FILE = "40000", "100644"


@dataclass(frozen=True)
class Step:
    """One version of the register to be: a record, its files, and what is odd in it.

    other: files put at places of their own; None takes away what is there.
    """

    record: Record
    files: Mapping[str, bytes]
    data: bytes | None = None
    folder: str | None = None
    message: str | None = None
    author: str = f"{NIAMH.name} <{NIAMH.email}>"
    seconds: int = 0
    header: str = ""
    other: Mapping[str, bytes | None] = field(default_factory=dict)

    def but(self, **fields: Any) -> "Step":
        """Return the step with other fields in its record."""
        return replace(self, record=self.record.model_copy(update=fields))


def steps_of(root: Path) -> list[Step]:
    """Return the register as the steps that would make it."""
    return [
        Step(
            one.record,
            {
                name: filed_file(root, one, name)
                for name in one.files
                if name != "record.json"
            },
        )
        for one in read_filed(root)
    ]


def linked(steps: Sequence[Step], start: int = 0) -> list[Step]:
    """Return steps in which each record truly follows the one before."""
    done = list(steps[:start])
    for step in steps[start:]:
        agreement = step.record.agreement
        before = done[-1].record if done else None
        done.append(
            step.but(
                sequence=len(done) + 1,
                previous=digest(before) if before else None,
                entry=1 + sum(one.record.agreement == agreement for one in done),
                contents={
                    name: hashlib.sha256(data).hexdigest()
                    for name, data in step.files.items()
                },
            )
        )
    return done


def digest(record: Record) -> str:
    """Return the digest of a record."""
    return hashlib.sha256(record_bytes(record)).hexdigest()


class Forger:
    """Writes parts of a repository that nobody checks."""

    def __init__(self, root: Path) -> None:
        self.root, self.git_folder = root, root / ".git"

    def path(self, name: str) -> Path:
        """Return where a part lies."""
        return self.git_folder / "objects" / name[:2] / name[2:]

    def put(self, kind: str, data: bytes) -> str:
        """Write a part under the id that it has."""
        whole = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(whole).hexdigest()
        if not self.path(name).exists():
            self.path(name).parent.mkdir(exist_ok=True)
            self.path(name).write_bytes(zlib.compress(whole))
        return name

    def overwrite(self, name: str, data: bytes) -> None:
        """Write bytes where a part lies, whatever its id says."""
        self.path(name).unlink()
        self.path(name).write_bytes(data)

    def put_tree(self, tree: Tree, *, is_sorted: bool = True) -> str:
        """Write a folder."""
        entries = [
            (name + "/" * (mode == FOLDER), mode, name, one)
            for name, (mode, one) in tree.items()
        ]
        lines = [
            f"{mode} {name}\0".encode() + bytes.fromhex(one)
            for _, mode, name, one in (sorted(entries) if is_sorted else entries)
        ]
        return self.put("tree", b"".join(lines))

    def tree(self, name: str) -> Tree:
        """Read a folder."""
        listed = self.git("ls-tree", "-z", name).split("\0")[:-1]
        found = {}
        for line in listed:
            said, _, path = line.partition("\t")
            mode, _, one = said.split()
            found[path] = (mode.lstrip("0"), one)
        return found

    def with_path(self, tree: dict[str, Any], path: str, data: bytes | None) -> None:
        """Put a file into folders, or take away what is there."""
        *folders, last = path.split("/")
        for one in folders:
            tree = tree.setdefault(one, {})
        if data is None:
            del tree[last]
        else:
            tree[last] = self.put("blob", data)

    def put_folders(self, tree: Mapping[str, Any]) -> str:
        """Write folders in folders."""
        return self.put_tree(
            {
                name: (FILE, one)
                if isinstance(one, str)
                else (FOLDER, self.put_folders(one))
                for name, one in tree.items()
            }
        )

    def make(self, steps: Sequence[Step]) -> list[str]:
        """Write a register anew and let the branch point to it; return its versions."""
        tree: dict[str, Any] = {}
        versions: list[str] = []
        for step in steps:
            data = step.data or record_bytes(step.record)
            folder = step.folder or step.record.folder
            for name, held in {**step.files, "record.json": data}.items():
                self.with_path(tree, f"{folder}/{name}", held)
            for path, other in step.other.items():
                self.with_path(tree, path, other)
            filed = Filed(step.record, hashlib.sha256(data).hexdigest(), {})
            seconds = int(step.record.recorded_at.timestamp()) + step.seconds
            versions.append(
                self.put_version(
                    self.put_folders(tree),
                    versions[-1:],
                    step.message or message_of(filed),
                    who=f"{step.author} {seconds} +0000",
                    header=step.header,
                )
            )
        self.point(versions[-1])
        return versions

    def put_version(
        self,
        tree: str,
        parents: Sequence[str],
        message: str,
        who: str = "A <a@a> 1795424400 +0000",
        header: str = "",
    ) -> str:
        """Write a version."""
        said = "".join(f"parent {one}\n" for one in parents)
        text = (
            f"tree {tree}\n{said}author {who}\ncommitter {who}\n{header}\n{message}\n"
        )
        return self.put("commit", text.encode())

    def point(self, version: str) -> None:
        """Let the branch point to a version."""
        path = self.git_folder / "refs/heads/register"
        path.write_text(f"{version}\n", encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """Run git as anybody would."""
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout
