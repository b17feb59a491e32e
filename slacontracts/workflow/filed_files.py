"""A registered agreement in; the files that were filed of it, in a new folder, out."""

import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.model.record import SOURCE_FILE, TEXT_FILE
from slacontracts.store.kept import open_shelves
from slacontracts.store.register import Filed
from slacontracts.store.workspace import make_durable
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filing import registered_place
from slacontracts.workflow.registered import filed_of
from slacontracts.workflow.registry import history_of

_OWN_FILES: Final = (SOURCE_FILE, TEXT_FILE)  # of no use to who looks for paper
_MOST_NAME: Final = 120
_DEVICES: Final = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}


def write_filed(
    desk: Desk, agreement_id: str, folder: Path, sequence: int | None = None
) -> tuple[Path, ...]:
    """Write the files of the records of an agreement, each record's in its own folder.

    sequence: of one record alone. Raises SourceError where something is in the folder,
    OutsideError, before anything is written, where a file is not as it was filed.
    """
    found = _wanted(desk, agreement_id, sequence)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SourceError(
            f"{folder} is there already and not empty; choose a new folder's name"
        )
    files = {
        folder / name: data
        for filed in found
        for name, data in _files_of(desk.workspace.root, filed)
    }
    if not files:
        raise NotFoundError(f"no file was filed of {agreement_id} with that")
    for path, data in files.items():
        _write_new(path, data)
    return tuple(files)


def _wanted(desk: Desk, agreement_id: str, sequence: int | None) -> tuple[Filed, ...]:
    history_of(desk, agreement_id)  # says so where nothing is registered
    filed = filed_of(desk, registered_place(desk, agreement_id))
    if sequence is None:
        return filed
    found = tuple(one for one in filed if one.record.sequence == sequence)
    if not found:
        known = ", ".join(str(one.record.sequence) for one in filed)
        raise NotFoundError(
            f"record {sequence} is none of {agreement_id}; those are {known}: see "
            f"slacontracts registry show {agreement_id}"
        )
    return found


def _files_of(root: Path, filed: Filed) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a record, under safe names, as they were filed."""
    record = filed.record
    wanted = {
        name: file_id
        for name, file_id in filed.files.items()
        if name in record.contents and name not in _OWN_FILES
    }
    with open_shelves(root) as shelves:
        contents = shelves.read(wanted)
    taken: set[str] = set()
    for name, digest in record.contents.items():
        if name in _OWN_FILES:
            continue
        if name not in contents or sha256(contents[name]).hexdigest() != digest:
            raise OutsideError(
                f"{_safe(name)} of record {record.sequence} is not as it was filed, "
                f"and nothing was written; see slacontracts verify {record.agreement}"
            )
        safe = _unused(_safe(name.rsplit("/", 1)[-1]), taken)
        yield Path(f"record-{record.sequence}") / safe, contents[name]


def _safe(name: str) -> str:
    """Return a name that every system takes for that of a file, and of no other.

    >>> _safe("../signed: copy.pdf."), _safe("nul.pdf")
    ('-signed- copy.pdf', '-nul.pdf')
    """
    kept = "".join(
        sign
        if sign.isalnum() or sign in " ._-()" or unicodedata.combining(sign)
        else "-"
        for sign in unicodedata.normalize("NFC", name)
    )
    kept = kept[-_MOST_NAME:].strip(" .") or "file"
    is_device = kept.split(".")[0].rstrip().casefold() in _DEVICES
    return f"-{kept}" if is_device else kept


def _unused(name: str, taken: set[str]) -> str:
    """Return the name, with a number before it where it is taken."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{number}-{name}"
    taken.add(free.casefold())
    return free


def _write_new(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        make_durable(path.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(f"cannot write {path}: {reason}") from error
