"""Entries of the register in; the rows that an index keeps of them out."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from slacontracts.model.record import BINDING, Record
from slacontracts.store.index_search import search_words
from slacontracts.text import normalise

_WITH_TEXT: Final = (*BINDING, "partly-signed")
_DETAILS: Final[tuple[str, ...]] = ("clauses", "contents", "files")
# Of each text of an agreement, what was recorded last; of these, a binding one before
# one that is not, then the one of the latest amendment.
_CURRENT: Final = """
SELECT json FROM records AS one
WHERE agreement = ? AND number IS NOT NULL AND sequence = (
    SELECT max(sequence) FROM records
    WHERE agreement = one.agreement AND number = one.number
)
ORDER BY is_binding DESC, number DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Searched:
    """A text that is found by its words: a clause, or the parties, or the values."""

    key: str
    label: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, the SHA-256 of its record.json, and the texts signed with it."""

    record: Record
    digest: str
    texts: Sequence[Searched] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """The last record that an index knows; 0 and None before the first."""

    sequence: int = 0
    digest: str | None = None


class OutOfOrderError(ValueError):
    """A record does not follow the last one, or is another than the one known."""


def position_in(connection: sqlite3.Connection) -> Position:
    """Return the last record that is kept."""
    found = connection.execute(
        "SELECT sequence, digest FROM records ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return Position(*found) if found else Position()


def keep_entry(connection: sqlite3.Connection, entry: Entry) -> None:
    """Keep the entry that follows the last; one that is kept already is passed over."""
    record = entry.record
    last = position_in(connection)
    if record.sequence <= last.sequence:
        known = connection.execute(
            "SELECT digest FROM records WHERE sequence = ?", (record.sequence,)
        ).fetchone()
        if known == (entry.digest,):
            return
    if (record.sequence - 1, record.previous) != (last.sequence, last.digest):
        raise OutOfOrderError(
            f"record {record.sequence} ({record.folder}) does not follow record "
            f"{last.sequence}"
        )
    has_text = record.act in _WITH_TEXT
    written, details = _written(record)
    connection.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(record.sequence, entry.digest, record.agreement, record.customer),
            *(record.entry, record.act, record.as_),
            record.number if has_text else None,
            record.is_binding,
            record.recorded_at.isoformat(),
            *(written, digest_of(written), details, digest_of(details)),
        ),
    )
    connection.executemany(
        "INSERT INTO files VALUES (?, ?)",
        [(one, record.sequence) for one in sorted({*record.contents.values()})],
    )
    _keep_texts(connection, entry)
    if has_text:
        _list_agreement(connection, record.agreement)


def _keep_texts(connection: sqlite3.Connection, entry: Entry) -> None:
    sequence = entry.record.sequence
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?)",
        [
            (
                *(_number_of(connection, text), sequence, position),
                *(_storable(text.key), _storable(text.label)),
            )
            for position, text in enumerate(entry.texts)
        ],
    )


def _number_of(connection: sqlite3.Connection, searched: Searched) -> int:
    """Return the number of a text, which is kept where it is new."""
    title, text = _storable(searched.title), _storable(searched.text)
    digest = hashlib.sha256(f"{title}\0{text}".encode()).digest()
    found = connection.execute(
        "SELECT id FROM texts WHERE digest = ?", (digest,)
    ).fetchone()
    if found:
        return int(found[0])
    number = connection.execute(
        "INSERT INTO texts (digest, title, text) VALUES (?, ?, ?)",
        (digest, title, text),
    ).lastrowid
    assert number is not None
    connection.execute(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        (number, *(" ".join(search_words(words)) for words in (title, text))),
    )
    return number


def _list_agreement(connection: sqlite3.Connection, agreement: str) -> None:
    """List an agreement by the text of it that is current now."""
    (text,) = connection.execute(_CURRENT, (agreement,)).fetchone()
    record = Record.model_validate_json(text)
    effective = record.effective
    connection.execute(
        "INSERT OR REPLACE INTO agreements VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(record.agreement, record.customer, record.sequence, record.as_),
            record.version,
            effective.isoformat() if isinstance(effective, date) else effective,
            record.text_digest,
            None
            if record.facts is None
            else json.dumps(record.facts, ensure_ascii=False),
        ),
    )


def _written(record: Record) -> tuple[str, str]:
    """Return a record as text, and its details, in one way of writing them.

    One just made and the same one read again have their names in other orders.
    """
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    details = {name: fields.pop(name) for name in _DETAILS if name in fields}
    return _json(fields), _json(details)


def _json(fields: Mapping[str, Any]) -> str:
    return normalise(json.dumps(fields, ensure_ascii=False, sort_keys=True))


def record_from(
    text: str, digest: str, details: str = "{}", details_digest: str = ""
) -> Record:
    """Read a record from its row; raises ValueError where it is not as it was kept."""
    if digest_of(text) != digest:
        raise ValueError("the record is not as it was kept")
    if not details_digest:
        return Record.model_validate_json(text)
    if digest_of(details) != details_digest:
        raise ValueError("the details of the record are not as they were kept")
    return Record.model_validate_json(
        json.dumps({**json.loads(text), **json.loads(details)})
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _storable(text: str) -> str:
    """Return a text that SQLite can hold: halves of characters are replaced."""
    return text.encode(errors="replace").decode()
