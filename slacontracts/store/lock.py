"""A workspace and what is about to be done in; the only one at work in it out.

The lock is one of the operating system on a file in the folder of git. The system
lifts it when the process ends, however it ends, so that nobody waits for the dead.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from slacontracts.errors import OutsideError
from slacontracts.store.git import git_folder

LOCK_FILE: Final = "slacontracts.lock"

_PATIENCE_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.02
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
        except OSError:
            return True  # a file system that knows no locks cannot be asked for one
        return True


@contextmanager
def only_one(
    root: Path, task: str, patience_seconds: float = _PATIENCE_SECONDS
) -> Iterator[None]:
    """Do something in a workspace while nobody else changes it.

    task: what is done, such as "save"; others who wait in vain are told. A folder
    that keeps no versions has nothing to lock. Raises OutsideError when another
    process does not end in time.
    """
    folder = git_folder(root)
    if folder is None or not folder.is_dir():
        yield
        return
    path = folder / LOCK_FILE
    with _opened(path, root) as file:
        _wait(file, root, patience_seconds)
        file.seek(0)
        file.truncate()
        file.write(f"slacontracts {task}, process {os.getpid()}".encode())
        file.flush()
        yield  # closing the file lifts the lock


def _opened(path: Path, root: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(
            f"nothing was changed, because {path} cannot be written ({reason}); you "
            f"need the right to change everything in {root}"
        ) from error


def _wait(file: IO[bytes], root: Path, patience_seconds: float) -> None:
    end = time.monotonic() + patience_seconds
    while not _try_to_lock(file):
        if time.monotonic() >= end:
            file.seek(0)
            other = file.read(200).decode(errors="replace") or "another slacontracts"
            raise OutsideError(
                f"nothing was changed, because {other}, is still changing {root}; "
                "wait until it is done and try again"
            )
        time.sleep(_PAUSE_SECONDS)
