"""An SQLite file in; whether its tables are those of the index, or new ones, out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError

# Another number wherever a table, or what is written into one, changes: every index
# of before is then made anew.
INDEX_FORMAT: Final = 2
_APPLICATION: Final = int.from_bytes(b"SLAr", "big")
_PATIENCE_SECONDS: Final = 10.0

# A record is kept in two parts: lists read all records, and have no use for the
# details. `files` says with which records a file was filed. A text that many agreements
# share is kept and searched once; `places` says where it stands. The words of `texts`
# are in `words`, under the same number.
_TABLES: Final = """
CREATE TABLE records (
    sequence INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    agreement TEXT NOT NULL,
    customer TEXT NOT NULL,
    entry INTEGER NOT NULL,
    act TEXT NOT NULL,
    as_ TEXT,
    number INTEGER,
    is_binding INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    json TEXT NOT NULL,
    json_digest TEXT NOT NULL,
    details TEXT NOT NULL,
    details_digest TEXT NOT NULL
);
CREATE INDEX records_of_agreement ON records (agreement, sequence);
CREATE TABLE files (
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (digest, sequence)
) WITHOUT ROWID;
CREATE TABLE agreements (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    as_ TEXT,
    version TEXT,
    effective TEXT,
    digest TEXT,
    facts TEXT
);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE places (
    text INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL,
    clause TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (text, sequence, position)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content='', columnsize=0, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 2'
);
"""
TABLES: Final = {
    "records": "sequence",
    "files": "digest, sequence",
    "agreements": "id",
    "texts": "id",
    "places": "text, sequence, position",
}
_WORDS: Final = (
    "CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, words, instance)"
)
_INSTANCES: Final = (
    "SELECT term, doc, col, offset FROM temp.instances ORDER BY term, doc, col, offset"
)
# What SQLite says of a disk that is full, locked, gone or not ours, not of the file.
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_OF_THE_DISK: Final = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
        sqlite3.SQLITE_NOMEM,
    }
)


class DamagedIndexError(OutsideError):
    """The index cannot be trusted; it can be made anew from the register."""


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Tell what goes wrong with an index in one plain line.

    Raises DamagedIndexError where making the index anew is the cure, OutsideError
    where the disk or another program stands in the way.
    """
    try:
        yield
    except sqlite3.Error as error:
        whole_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        code = whole_code & 0xFF
        if code in _BUSY:
            raise OutsideError(
                f"the index {path} is in use by another slacontracts; wait until it "
                "is done and try again"
            ) from error
        if code in _OF_THE_DISK and whole_code != sqlite3.SQLITE_READONLY_DBMOVED:
            raise OutsideError(
                f"the index {path} cannot be read or written: {error}"
            ) from error
        raise DamagedIndexError(damage(path)) from error
    except UnicodeDecodeError as error:
        # SQLite's own words on a fault quote the file, and Python cannot read them.
        raise DamagedIndexError(damage(path)) from error


def damage(path: Path) -> str:
    """Say that an index cannot be trusted, and what to do."""
    return (
        f"the index {path} is damaged; nothing of the register is lost: "
        "slacontracts registry rebuild makes it anew"
    )


def connect(
    path: Path, mode: str = "rw", patience_seconds: float | None = None
) -> sqlite3.Connection:
    """Open an SQLite file; mode rwc makes it where there is none.

    patience_seconds: how long to wait for others who write into it.
    """
    patience = _PATIENCE_SECONDS if patience_seconds is None else patience_seconds
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA cache_size = -32000")
    except BaseException:
        connection.close()
        raise
    return connection


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an index in an empty file, not yet to be trusted."""
    connection.executescript(_TABLES)


def mark_complete(connection: sqlite3.Connection) -> None:
    """Mark an index as one that is whole."""
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {INDEX_FORMAT}")


def is_index(connection: sqlite3.Connection) -> bool:
    """Tell whether a file has the marks and exactly the tables of a whole index."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    if (application, number) != (_APPLICATION, INDEX_FORMAT):
        return False
    return _tables_of(connection) == _expected_tables()


def _tables_of(connection: sqlite3.Connection) -> tuple[tuple[str, ...], ...]:
    found = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
    )
    return tuple(found.fetchall())


@cache
def _expected_tables() -> tuple[tuple[str, ...], ...]:
    connection = sqlite3.connect(":memory:")
    try:
        make_tables(connection)
        return _tables_of(connection)
    finally:
        connection.close()


def rows_of_all_tables(
    connection: sqlite3.Connection,
) -> Iterator[tuple[object, ...]]:
    """Yield every row of an index, and every word in it with its place, in order.

    How SQLite lays the words down depends on how many records came at once; what is
    yielded does not.
    """
    for table, order in TABLES.items():
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order}"):
            yield (table, *row)
    connection.execute("DROP TABLE IF EXISTS temp.instances")
    connection.execute(_WORDS)
    try:
        for row in connection.execute(_INSTANCES):
            yield ("words", *row)
    finally:
        connection.execute("DROP TABLE temp.instances")
