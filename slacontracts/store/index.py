"""Records of the register in; an SQLite file that lists and searches them fast out.

The register is the truth. The index can be made anew from it at any time, is never
ahead of it, and is thrown away as soon as anything in it is not as it should be.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from slacontracts.errors import OutsideError
from slacontracts.model.record import Record
from slacontracts.model.signing import CONDITIONS_MET
from slacontracts.store.index_entries import (
    Entry,
    OutOfOrderError,
    Position,
    keep_entry,
    position_in,
    record_from,
)
from slacontracts.store.index_file import put_anew
from slacontracts.store.index_search import (
    Sought,
    excerpt,
    match_expression,
    sought_in,
)
from slacontracts.store.index_tables import (
    DamagedIndexError,
    connect,
    damage,
    faults_told,
    is_index,
    rows_of_all_tables,
)

INDEX_FILE: Final = "register.sqlite"
MOST_HITS: Final = 10_000
_PLACES: Final = """
SELECT records.agreement, records.customer, records.as_, places.sequence,
    clause, label, texts.title, texts.text, agreements.sequence = places.sequence
FROM places
JOIN records ON records.sequence = places.sequence
JOIN agreements ON agreements.id = records.agreement
JOIN texts ON texts.id = places.text
WHERE places.text = ? AND (? OR agreements.sequence = places.sequence)
ORDER BY places.sequence DESC, position LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """An agreement of the register, by the text of it that is current.

    sequence: the record of that text. as_: what was signed, None of foreign paper.
    version: the saved version that was signed. effective: as it was recorded, so that
    conditions met since are not in it. digest: that of the text.
    """

    id: str
    customer: str
    sequence: int
    as_: str | None
    version: str | None
    effective: date | Literal["conditions-met"] | None
    digest: str | None
    facts: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which all words stand that were looked for.

    is_current: it is of the text that counts, and not of one that another replaced.
    """

    agreement: str
    customer: str
    as_: str | None
    sequence: int
    key: str
    label: str
    title: str
    excerpt: str
    is_current: bool


class AheadError(OutsideError):
    """The index knows a record that the register has lost, or has otherwise."""


class Index:
    """An open index; it is closed at the end of a with statement."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """Open an index, or return None where there is none that can be trusted.

        Missing, damaged, of another program or of another version of this one: the
        cure is the same, to rebuild it.
        """
        if not path.is_file():
            return None
        try:
            with faults_told(path):
                connection = connect(path)
                try:
                    is_ours = is_index(connection)
                except BaseException:
                    connection.close()
                    raise
        except DamagedIndexError:
            return None
        if not is_ours:
            connection.close()
            return None
        return cls(path, connection)

    @classmethod
    def rebuild(cls, path: Path, entries: Iterable[Entry]) -> Self:
        """Make an index of all records, from the first on, and open it.

        The old one answers until the new one is whole. Raises DamagedIndexError where
        a record does not follow the one before it.
        """
        put_anew(path, lambda connection: cls(path, connection).add(entries))
        index = cls.open(path)
        if index is None:
            raise DamagedIndexError(damage(path))
        return index

    def position(self) -> Position:
        """Return the last record that the index knows."""
        with faults_told(self.path), self._sound():
            last = position_in(self._connection)
            for row in self._connection.execute(
                "SELECT json, json_digest FROM records WHERE sequence = ?",
                (last.sequence,),
            ):
                record_from(*row)
        return last

    def add(self, entries: Iterable[Entry]) -> None:
        """Add the records that follow, all or none.

        One that the index knows is passed over. Raises DamagedIndexError where one
        does not follow the last, or is another than the index knows.
        """
        with faults_told(self.path), self._all_or_none():
            for entry in entries:
                with self._sound():
                    keep_entry(self._connection, entry)

    def agreements(self) -> tuple[Listed, ...]:
        """Return all agreements, in the order of their ids."""
        with faults_told(self.path), self._sound():
            rows = self._connection.execute("SELECT * FROM agreements ORDER BY id")
            return tuple(_listed(row) for row in rows)

    def records_of(self, agreement: str) -> tuple[Record, ...]:
        """Return all records of an agreement, the first one first."""
        with faults_told(self.path), self._sound():
            rows = self._connection.execute(
                "SELECT json, json_digest, details, details_digest FROM records "
                "WHERE agreement = ? ORDER BY sequence",
                (agreement,),
            )
            return tuple(record_from(*row) for row in rows)

    def records_with(self, digest: str) -> tuple[Record, ...]:
        """Return the records with which a file was filed, by the SHA-256 of it."""
        with faults_told(self.path), self._sound():
            rows = self._connection.execute(
                "SELECT json, json_digest, details, details_digest FROM files "
                "JOIN records USING (sequence) WHERE files.digest = ? "
                "ORDER BY sequence",
                (digest,),
            )
            return tuple(record_from(*row) for row in rows)

    def histories(self) -> Iterator[tuple[Record, ...]]:
        """Yield for each agreement all of its records, in the order of the ids.

        They come without clauses, contents and files, which no list or date needs.
        """
        with faults_told(self.path), self._sound():
            rows = self._connection.execute(
                "SELECT agreement, json, json_digest FROM records "
                "ORDER BY agreement, sequence"
            )
            for _, found in groupby(rows, key=lambda row: str(row[0])):
                yield tuple(record_from(text, digest) for _, text, digest in found)

    def search(
        self, text: str, limit: int = 50, *, with_replaced: bool = False
    ) -> tuple[Hit, ...]:
        """Find the texts in which all words stand, at most as many as limit.

        text: words, "a phrase", the beginning of a word*. Texts with the words in
        their title come first, then those that were written last. with_replaced:
        also in texts that a later one of the same agreement replaced.
        """
        sought, most = sought_in(text), min(limit, MOST_HITS)
        if not sought or most < 1:
            return ()
        with faults_told(self.path), self._sound():
            return tuple(islice(self._hits(sought, most, with_replaced), most))

    def contents_digest(self) -> str:
        """Return a SHA-256 over all that the index says: equal for equal registers."""
        digest = hashlib.sha256()
        with faults_told(self.path):
            for row in rows_of_all_tables(self._connection):
                digest.update(repr(row).encode(errors="replace") + b"\n")
        return digest.hexdigest()

    def _hits(
        self, sought: Sequence[Sought], most: int, with_replaced: bool
    ) -> Iterator[Hit]:
        for number in self._numbers_of(sought):
            shown = ""
            rows = self._connection.execute(_PLACES, (number, with_replaced, most))
            for row in rows:
                *place, text, is_current = row
                shown = shown or excerpt(text, sought)
                found: Any = (*place, shown, bool(is_current))
                yield Hit(*found)

    def _numbers_of(self, sought: Sequence[Sought]) -> Iterator[int]:
        """Yield the numbers of the texts in which all is, one by one as asked for."""
        by_title: set[int] = set()
        for column in ("title", ""):
            rows = self._connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC",
                (match_expression(sought, column),),
            )
            for (number,) in rows:
                if number not in by_title:
                    yield number
                if column:
                    by_title.add(number)

    @contextmanager
    def _all_or_none(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Say that the index is damaged where what it holds cannot be read."""
        try:
            yield
        except OutOfOrderError as error:
            raise DamagedIndexError(
                f"{error} in the index {self.path}; see what slacontracts verify says "
                "of the register"
            ) from error
        except (ValueError, TypeError, AttributeError) as error:
            # One bit can make a number or bytes of a text.
            raise DamagedIndexError(damage(self.path)) from error


def _never(_last: Position) -> bool:
    """Tell that no record was renumbered, where nobody exchanges any."""
    return False


def catch_up(
    path: Path,
    digest_at: Callable[[int], str | None],
    entries_after: Callable[[int], Iterable[Entry]],
    was_renumbered: Callable[[Position], bool] = _never,
) -> Index:
    """Open an index that knows all records; one that cannot be trusted is made anew.

    digest_at: the SHA-256 of a record of the register by its place, None beyond its
    end. entries_after: the records that follow a place. was_renumbered: whether the
    register has, at other places, all records up to one that it had; then the index
    is made anew. Raises AheadError where the index is sound and the register lacks
    its last record: that is evidence.
    """
    index = Index.open(path)
    if index is not None:
        try:
            last = index.position()
            if last.sequence and digest_at(last.sequence) != last.digest:
                if was_renumbered(last):
                    raise DamagedIndexError("records were renumbered since")
                raise AheadError(
                    f"the index {path} knows record {last.sequence} of the register, "
                    f"{last.digest}, which the register does not have any more; see "
                    "what slacontracts verify says of it before slacontracts registry "
                    "rebuild makes the index forget it"
                )
            index.add(entries_after(last.sequence))
        except DamagedIndexError:
            index.close()
        except BaseException:
            index.close()
            raise
        else:
            return index
    return Index.rebuild(path, entries_after(0))


def _listed(row: Any) -> Listed:
    *first, effective, digest, facts = row
    if effective is not None and effective != CONDITIONS_MET:
        effective = date.fromisoformat(effective)
    found: Any = (*first, effective, digest, facts and json.loads(facts))
    return Listed(*found)
