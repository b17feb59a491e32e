"""A workspace and what is about to be done in; the only one at work in it out.

The lock is one of the operating system on a file in the folder of git. The system
lifts it when the process ends, however it ends, so that nobody waits for the dead.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from slacontracts.errors import OutsideError
from slacontracts.store.git import git_folder

LOCK_FILE: Final = "slacontracts.lock"

_PATIENCE_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.02
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)  # Windows has none
# Windows keeps others from reading what is locked, so a byte far behind is.
_LOCKED_BYTE: Final = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(file: IO[bytes]) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_to_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def only_one(
    root: Path,
    task: str,
    patience_seconds: float = _PATIENCE_SECONDS,
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Iterator[None]:
    """Do something in a workspace while nobody else changes it.

    task: what is done, such as "save"; others who wait in vain are told. A folder
    that keeps no versions has nothing to lock. Raises OutsideError when another
    process does not end in time. warn: is told when the disk knows no locks, so that
    nobody can be kept waiting.
    """
    folder = git_folder(root)
    if folder is None or not folder.is_dir():
        yield
        return
    path = folder / LOCK_FILE
    with _opened(path, root) as file:
        _wait(file, root, patience_seconds, warn)
        file.seek(0)
        file.truncate()
        file.write(f"slacontracts {task} (process {os.getpid()})".encode())
        file.flush()
        yield  # closing the file lifts the lock


def _opened(path: Path, root: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, _NO_LINK | os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(
            f"nothing was changed, because {path} cannot be written ({reason}); you "
            f"need the right to change everything in {root}"
        ) from error


def _wait(
    file: IO[bytes], root: Path, patience_seconds: float, warn: Callable[[str], None]
) -> None:
    end = time.monotonic() + patience_seconds
    while not _is_ours(file, root, warn):
        if time.monotonic() >= end:
            file.seek(0)
            other = file.read(200).decode(errors="replace") or "another slacontracts"
            raise OutsideError(
                f"nothing was changed, because {other} is still changing {root}; "
                "wait until it is done and try again"
            )
        time.sleep(_PAUSE_SECONDS)


def _is_ours(file: IO[bytes], root: Path, warn: Callable[[str], None]) -> bool:
    """Tell whether nobody else has the lock; a disk without locks gives it to all."""
    try:
        return _try_to_lock(file)
    except OSError as error:
        warn(
            f"commands cannot take turns on the disk of {root}, which locks no files "
            f"({error.strerror or type(error).__name__}); let nobody else change this "
            "workspace meanwhile"
        )
        return True
