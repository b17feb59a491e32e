"""A register to file records in, for tests of how it is kept and verified."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from slacontracts.model.record import Record, SignedFile
from slacontracts.store.register import Filed, append
from slacontracts.store.versions import Author, start_history

NIAMH: Final = Author("Niamh Kelleher", "niamh@northwind.example")
START: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def new_workspace(root: Path) -> Path:
    """Make a folder that keeps versions, with nothing registered in it."""
    root.mkdir(parents=True)
    start_history(root)
    return root


def record(number: int = 1, **fields: Any) -> Record:
    """Return a record as a caller hands it in; number says whose, and when."""
    data = b"{}"
    said: dict[str, Any] = {
        "sequence": 1,
        "previous": None,
        "act": "signed",
        "agreement": f"SLA-{number % 4}",
        "customer": f"customer-{number % 2}",
        "entry": 1,
        "recorded_at": START + timedelta(minutes=number),
        "recorded_by": f"{NIAMH.name} <{NIAMH.email}>",
        "program": "0.1.0",
        "as_": "original",
        "version": "a" * 40,
        "signed_on": date(2026, 11, 20),
        "effective": date(2026, 12, 1),
        "text_digest": hashlib.sha256(data).hexdigest(),
    }
    return Record(**{**said, **fields})


def files(number: int = 1) -> dict[str, bytes]:
    """Return the files that are filed with a record."""
    return {
        "source.yaml": b"id: SLA-%d\n" % number,
        "text.json": b"{}",
        "signed/1-signed.pdf": b"%%PDF of %d" % number,
    }


def file_record(
    root: Path, number: int = 1, held: Mapping[str, bytes] | None = None, **fields: Any
) -> Filed:
    """File one record with its files."""
    held = files(number) if held is None else held
    path = "signed/1-signed.pdf"
    if path in held and "files" not in fields:
        data = held[path]
        signed = SignedFile(
            name="signed.pdf",
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            tie="pdf",
        )
        fields["files"] = (signed,)
    return append(root, record(number, **fields), held, author=NIAMH)


def filled_workspace(root: Path, count: int) -> Path:
    """Make a workspace whose register has a number of records."""
    new_workspace(root)
    for number in range(1, count + 1):
        file_record(root, number)
    return root
