"""What is to stand in an index in; its file, made anew and put in place whole, out."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.store.index_tables import (
    DamagedIndexError,
    connect,
    faults_told,
    make_tables,
    mark_complete,
)
from slacontracts.store.workspace import make_durable

_PATIENCE_SECONDS: Final = 300.0  # while another one makes the same index
# SQLite's own files beside the one of an index; of an old index, they would be
# taken for those of the new one.
_BESIDE: Final = ("-journal", "-wal", "-shm")


def put_anew(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make an index in a file of its own, and put it in the place of the old one.

    One at a time: who comes second waits, so that what is left of a process that was
    ended can be cleared away.
    """
    with _disk_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    with _alone(path):
        with _disk_told(path):
            for left in path.parent.glob(f"{path.name}.*.new"):
                left.unlink()
        try:
            _write(new, fill)
            with _unwritten(path), _disk_told(path):
                _replace(path, new)
        finally:
            new.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others from making the same index; a process that ends keeps nobody."""
    lock = path.with_name(f"{path.name}.lock")
    with faults_told(lock):
        connection = connect(lock, "rwc", _PATIENCE_SECONDS)
    with closing(connection):
        with faults_told(lock):
            connection.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def _unwritten(path: Path) -> Iterator[None]:
    """Keep others from writing into the old file while it goes.

    A journal that one of them made by its name would be read into the new file.
    Windows lets nobody replace a file that is open, by whomever.
    """
    if os.name == "nt" or not path.is_file():
        yield
        return
    connection = None
    try:
        with faults_told(path):
            connection = connect(path)
            connection.execute("BEGIN EXCLUSIVE")
    except DamagedIndexError:
        pass  # nobody can write into it either
    try:
        yield
    finally:
        if connection is not None:
            connection.close()


def _write(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    with faults_told(path), closing(connect(path, "rwc")) as connection:
        # Nobody else reads this file, and half of it is never used.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        make_tables(connection)
        fill(connection)
        mark_complete(connection)


def _replace(path: Path, new: Path) -> None:
    """Put a new file where the old one was, and wait until the disk has it.

    The old file goes first, then what SQLite left beside it, for a journal without
    its file is no harm, but a file with the journal of another one is.
    """
    with new.open("r+b") as file:
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    new.replace(path)
    make_durable(path.parent)


@contextmanager
def _disk_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(
            f"the index {path} cannot be written ({reason}); it may be open in another "
            "program, or you may not change its folder"
        ) from error
