"""Compiled things that never change in; the same out again, without compiling.

What is kept here can be made again from the workspace at any time: a damaged or
missing entry is made anew, and a folder that cannot be written is done without.
"""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from slacontracts import __version__
from slacontracts.errors import OutsideError
from slacontracts.store.workspace import write_file


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries by content; folder None keeps nothing."""

    folder: Path | None

    def load(self, kind: str, identity: str) -> bytes | None:
        """Return what was kept, or None when it is missing or damaged."""
        path = self._path(kind, identity)
        if path is None:
            return None
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, data = entry[:32], entry[32:]
        return data if hashlib.sha256(data).digest() == digest else None

    def keep(self, kind: str, identity: str, data: bytes) -> None:
        """Keep an entry; a folder that cannot be written is no fault."""
        path = self._path(kind, identity)
        if path is None:
            return
        try:
            write_file(path, hashlib.sha256(data).digest() + data, is_durable=False)
        except OutsideError:
            return

    def _path(self, kind: str, identity: str) -> Path | None:
        """Return the file of an entry; its name holds the version of the product."""
        if self.folder is None:
            return None
        named = f"{__version__}/{sys.hexversion:x}/{kind}/{identity}"
        name = hashlib.sha256(named.encode()).hexdigest()
        return self.folder / kind / name[:2] / name[2:]


def user_cache_folder(
    variables: Mapping[str, str], system: str, home: Path
) -> Path | None:
    """Return where this user's cache belongs on this system.

    variables: the environment; SLACONTRACTS_CACHE names another folder, or is off.
    system: as `sys.platform` names it.
    """
    chosen = variables.get("SLACONTRACTS_CACHE", "")
    if chosen:
        return None if chosen.lower() == "off" else Path(chosen)
    if system == "win32":
        base = Path(variables.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif system == "darwin":
        base = home / "Library" / "Caches"
    else:
        given = Path(variables.get("XDG_CACHE_HOME") or "")
        base = given if given.is_absolute() else home / ".cache"
    return base / "slacontracts"
