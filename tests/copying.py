"""A workspace in; a copy of it for one test, out, without copying what never changes."""

import os
import shutil
import subprocess
from pathlib import Path


def copy_of(root: Path, target: Path) -> Path:
    """Return a copy of a workspace at a place where nothing is.

    The parts that git keeps are linked: git replaces them and never writes into them.
    A test that does takes the part away first.
    """
    parts = str(root / ".git" / "objects") + os.sep

    def copied(source: str, copy: str) -> str:
        if not source.startswith(parts):
            return str(shutil.copy2(source, copy))
        os.link(source, copy)
        return copy

    return Path(shutil.copytree(root, target, copy_function=copied))


def packed(root: Path) -> None:
    """Have git keep all parts of a workspace in one file; its copies are made faster."""
    subprocess.run(["git", "repack", "-adq"], cwd=root, check=True)


def loose_part(root: Path, part: str) -> Path:
    """Return the file in which git keeps a part, once each part has one of its own."""
    kept = root / ".git/objects"
    for index in (kept / "pack").glob("*.idx"):
        index.unlink()
        pack = index.with_suffix(".pack").rename(root / ".git/taken-apart")
        with pack.open("rb") as file:
            command = ["git", "unpack-objects", "-q"]
            subprocess.run(command, cwd=root, stdin=file, check=True)
        pack.unlink()
    return kept / part[:2] / part[2:]
