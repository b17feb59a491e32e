"""Records as a register would file them, one after the other, for tests of its index."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from slacontracts.model.record import Record, record_bytes
from slacontracts.store.index_entries import Entry, Searched

RECORDED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Filing:
    """A register in memory: each record that is filed follows the one before."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def file(
        self,
        agreement: str,
        act: str = "signed",
        texts: Mapping[str, str] | Sequence[Searched] = (),
        **fields: Any,
    ) -> Entry:
        """File an act; texts are given by their title, or as they are searched."""
        if act in ("signed", "signed-differs", "foreign", "partly-signed"):
            fields = {
                "as_": "original",
                "signed_on": date(2026, 11, 20),
                "effective": date(2026, 12, 1),
                "facts": {"title": f"Agreement {agreement}"},
                **fields,
            }
        if isinstance(texts, Mapping):
            texts = [
                Searched(title.casefold().replace(" ", "-"), f"{at}", title, text)
                for at, (title, text) in enumerate(texts.items(), 1)
            ]
        record = Record(
            sequence=len(self.entries) + 1,
            previous=self.entries[-1].digest if self.entries else None,
            act=act,  # type: ignore[arg-type]
            agreement=agreement,
            customer=fields.pop("customer", "contoso-retail"),
            entry=1 + sum(one.record.agreement == agreement for one in self.entries),
            recorded_at=RECORDED_AT,
            recorded_by="Niamh Kelleher <niamh@northwind.example>",
            program="0.1.0",
            **fields,
        )
        digest = hashlib.sha256(record_bytes(record)).hexdigest()
        self.entries.append(Entry(record, digest, tuple(texts)))
        return self.entries[-1]

    def digest_at(self, sequence: int) -> str | None:
        """Return the digest of a record, None beyond the end."""
        found = self.entries[sequence - 1 : sequence]
        return found[0].digest if found else None

    def entries_after(self, sequence: int) -> list[Entry]:
        """Return the records that follow a place."""
        return self.entries[sequence:]
