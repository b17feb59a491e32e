"""A workspace in; a copy of it for one test, out, without copying what never changes."""

import os
import shutil
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
