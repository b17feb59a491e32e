"""A workspace that two people share through a bare repository, for tests."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filing import files, record

from slacontracts.model.record import SignedFile
from slacontracts.store.cache import Cache
from slacontracts.store.merging import Side
from slacontracts.store.register import Filed, append, read_filed
from slacontracts.store.versions import Author, known_author
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.exchange import (
    Pulled,
    Pushed,
    pull_workspace,
    push_workspace,
)
from slacontracts.workflow.save import save_agreement

WHEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def bare(path: Path) -> Path:
    """Make a place to exchange versions in, as a person makes it."""
    git(path.parent, "init", "--quiet", "--bare", "--initial-branch=main", path.name)
    return path


@dataclass(frozen=True)
class Person:
    """Somebody with a workspace that others have, too."""

    root: Path

    @property
    def desk(self) -> Desk:
        return open_desk(self.root, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))

    @property
    def author(self) -> Author:
        return known_author(self.root, "Northwind")

    def pull(self, place: str | None = None, **take: Side) -> Pulled:
        chosen = {name.replace("_", "-"): side for name, side in take.items()}
        return pull_workspace(self.desk, place, chosen, WHEN)

    def push(self, place: str | None = None) -> Pushed:
        return push_workspace(self.desk, place)

    def file_of(self, agreement_id: str) -> Path:
        return self.root / self.desk.workspace.agreement(agreement_id).file

    def alter(self, agreement_id: str, line: str) -> None:
        path = self.file_of(agreement_id)
        path.write_text(f"{path.read_text()}# {line}\n")

    def save(self, agreement_id: str, line: str) -> str:
        self.alter(agreement_id, line)
        saved = save_agreement(self.desk, agreement_id, line, WHEN)
        assert saved.id is not None
        return saved.id

    def register(self, number: int, paper: bytes | None = None, **fields: Any) -> Filed:
        """File a record; its number says of which agreement, and with what paper."""
        held = files(number)
        del held["text.json"]
        if paper is not None:
            held["signed/1-signed.pdf"] = paper
        signed = SignedFile(
            name="signed.pdf",
            path="signed/1-signed.pdf",
            sha256=_sha256(held["signed/1-signed.pdf"]),
            size=len(held["signed/1-signed.pdf"]),
            tie="pdf",
        )
        who = f"{self.author.name} <{self.author.email}>"
        said = {"files": (signed,), "recorded_by": who, **fields}
        return append(self.root, record(number, **said), held, author=self.author)

    def registered(self) -> list[tuple[int, str, int, str]]:
        """Return place, agreement, entry and recorder of every record."""
        return [
            (
                one.record.sequence,
                one.record.agreement,
                one.record.entry,
                one.record.recorded_by.split()[0],
            )
            for one in read_filed(self.root)
        ]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def colleague_of(person: Person, root: Path, name: str) -> Person:
    """Return somebody else who works on a clone of the same workspace."""
    remote = git(person.root, "config", "remote.origin.url")
    git(root.parent, "clone", "--quiet", remote, root.name)
    git(root, "config", "user.name", name)
    git(root, "config", "user.email", f"{name.split()[0].lower()}@northwind.example")
    return Person(root)
