"""A record and its files in; one more act of the register, and a receipt, out.

The register is the branch `register`. It is never checked out and only grows: each
version of it adds the folder of one record. All of a record is on the disk before
the branch moves, and moving it is the one step by which the act has happened.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Final
from unicodedata import normalize

from slacontracts.errors import OutsideError
from slacontracts.model.record import (
    RECORD_FILE,
    SIGNATURE_FILE,
    Record,
    read_record,
    record_bytes,
)
from slacontracts.store.git import BusyError, common_folder, run_git
from slacontracts.store.kept import Shelves, open_shelves
from slacontracts.store.objects import open_objects
from slacontracts.store.ssh import Signer
from slacontracts.store.versions import Author
from slacontracts.store.workspace import make_durable

BRANCH: Final = "refs/heads/register"

_NOTHING: Final = "0" * 40
_PATIENCE_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves later that a record was in the register: its place and digest."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}-{self.digest}"


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as the register has it.

    digest: the SHA-256 of its record.json. files: the ids of its files, by name.
    """

    record: Record
    digest: str
    files: Mapping[str, str]

    @property
    def receipt(self) -> Receipt:
        """The receipt that was given for it."""
        return Receipt(self.record.sequence, self.digest)


def register_tip(root: Path) -> str | None:
    """Return the newest version of the register, or None before the first record.

    A workspace without a register is told from the names of its branches alone,
    because every rendering asks.
    """
    folder = common_folder(root)
    if folder is None:
        return None
    if not (folder / BRANCH).exists():
        packed = folder / "packed-refs"
        if not packed.exists() or f" {BRANCH}\n".encode() not in packed.read_bytes():
            return None
    printed = run_git(root, "rev-parse", "--verify", f"{BRANCH}^{{commit}}")
    return printed.decode().strip()


def read_filed(root: Path, *folders: str, tip: str | None = None) -> tuple[Filed, ...]:
    """Return the records in folders of the register, in the order of the register.

    folders: `customer/agreement`; without any, all records. tip: a version of it,
    the newest where none is given. Raises OutsideError where what is there is no
    record, or not what was filed.
    """
    tip = tip or register_tip(root)
    if tip is None:
        return ()
    with open_shelves(root) as shelves:
        found = list(_filed(shelves, shelves.files_of(tip, folders or None)))
    return tuple(sorted(found, key=lambda filed: filed.record.sequence))


def _filed(shelves: Shelves, files: Mapping[str, str]) -> Iterable[Filed]:
    by_folder: dict[str, dict[str, str]] = {}
    for name, file_id in files.items():
        folder, _, inner = name.rpartition("/")
        while folder.count("/") > 2:
            folder, _, last = folder.rpartition("/")
            inner = f"{last}/{inner}"
        by_folder.setdefault(folder, {})[inner] = file_id
    wanted = {}
    for folder, inside in by_folder.items():
        if RECORD_FILE not in inside:
            raise _unreadable(folder)
        wanted[folder] = inside[RECORD_FILE]
    for folder, data in shelves.read(wanted).items():
        yield Filed(_read(folder, data), sha256(data).hexdigest(), by_folder[folder])


def _unreadable(folder: str) -> OutsideError:
    return OutsideError(
        f"the record {folder} of the register cannot be read; see slacontracts verify"
    )


def _read(folder: str, data: bytes) -> Record:
    try:
        record = read_record(data)
        if record.folder != folder:
            raise ValueError("it does not stand where it belongs")
    except ValueError as error:
        raise _unreadable(folder) from error
    return record


def filed_after(root: Path, sequence: int) -> tuple[Filed, ...]:
    """Return the records that follow a place in the register, the first one first."""
    tip = register_tip(root)
    if tip is None:
        return ()
    with open_shelves(root) as shelves:
        later = takewhile(
            lambda one: one[0].sequence > sequence, _back_from(shelves, tip)
        )
        folders = [folder for _, folder in later]
        files = shelves.files_of(tip, folders) if folders else {}
        found = list(_filed(shelves, files))
    return tuple(sorted(found, key=lambda filed: filed.record.sequence))


def digest_at(root: Path, sequence: int) -> str | None:
    """Return the SHA-256 of the record at a place; None beyond the end."""
    tip = register_tip(root)
    if tip is None:
        return None
    with open_shelves(root) as shelves:
        for receipt, _ in _back_from(shelves, tip):
            if receipt.sequence <= sequence:
                return receipt.digest if receipt.sequence == sequence else None
    return None


def _back_from(shelves: Shelves, tip: str) -> Iterator[tuple[Receipt, str]]:
    """Yield receipt and folder of each record, as its version says, the last first."""
    version = tip
    while version:
        text = shelves.part(version, b"commit").data.decode(errors="replace")
        sequence, _, digest = _said(text, "Receipt: ").partition("-")
        if not sequence.isdecimal():
            raise OutsideError(
                "the register is not as it was left; see slacontracts verify"
            )
        yield Receipt(int(sequence), digest), _said(text, "Record: ")
        version = _said(text, "parent ")


def file_of(root: Path, filed: Filed, name: str) -> bytes:
    """Return one of the files of a record; raises KeyError where it has none such."""
    with open_shelves(root) as shelves:
        return shelves.read({name: filed.files[name]})[name]


def texts_of(root: Path, filed: Sequence[Filed], name: str) -> dict[str, bytes]:
    """Return one file of many records, by folder; not all records have one."""
    wanted = {one.record.folder: one.files[name] for one in filed if name in one.files}
    if not wanted:
        return {}
    with open_shelves(root) as shelves:
        return shelves.read(wanted)


def append(
    root: Path,
    record: Record,
    files: Mapping[str, bytes],
    *,
    author: Author,
    key: Signer | None = None,
) -> Filed:
    """Append a record with its files; return it as it was filed.

    record: its sequence, previous and entry are set here, and the digests of files.
    key: signs record.json, which then names it. Whoever calls has the workspace for
    himself. Raises OutsideError when the register was moved meanwhile all the same.
    """
    try:
        before = register_tip(root)
        filed, version = write_after(
            root, before, record, files, author=author, key=key
        )
        _move(root, version, before)
    except OSError as error:
        raise OutsideError(
            f"nothing was registered, because {root} cannot be written: {_why(error)}"
        ) from error
    said = f"{filed.record.folder} was registered (receipt {filed.receipt})"
    _make_move_durable(root, said)
    return filed


def write_after(
    root: Path,
    before: str | None,
    record: Record,
    files: Mapping[str, bytes],
    *,
    author: Author,
    key: Signer | None = None,
) -> tuple[Filed, str]:
    """Write a record that follows a version of the register, which does not move yet.

    Returns the record and the version that files it; see append.
    """
    kept = {normalize("NFC", name): data for name, data in files.items()}
    if len(kept) != len(files):
        raise OutsideError(
            "nothing was registered, because two of the files have the same name"
        )
    record = record.model_copy(update={"signer": key.name if key else None})
    record = _in_its_place(root, record, kept, before)
    data = record_bytes(record)
    kept[RECORD_FILE] = data
    if key is not None:
        kept[SIGNATURE_FILE] = key.sign(data)
    filed = Filed(record, sha256(data).hexdigest(), {})
    return filed, _keep(root, filed, kept, before, author)


def _in_its_place(
    root: Path, record: Record, files: Mapping[str, bytes], before: str | None
) -> Record:
    """Return a record, as it is read back, that follows the last one.

    Where the clock was put back since then, it is recorded at the time of the last.
    """
    last = _last(root, before) if before else None
    record = read_record(record_bytes(record))
    folder = f"{record.customer}/{record.agreement}"
    own = read_filed(root, folder, tip=before) if before else ()
    if [one.record.entry for one in own] != list(range(1, len(own) + 1)):
        raise _not_as_left()
    times = [record.recorded_at, *([last.record.recorded_at] if last else [])]
    placed = {
        "sequence": last.record.sequence + 1 if last else 1,
        "previous": last.digest if last else None,
        "entry": len(own) + 1,
        "recorded_at": max(times),
        "contents": {name: sha256(data).hexdigest() for name, data in files.items()},
    }
    return read_record(record_bytes(record.model_copy(update=placed)))


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _not_as_left() -> OutsideError:
    return OutsideError(
        "nothing was registered, because the register is not as it was left; see "
        "slacontracts verify"
    )


def message_of(filed: Filed) -> str:
    """Return the message of the version that files a record."""
    record = filed.record
    said = f" {record.as_}" if record.as_ else ""
    return (
        f"{record.agreement}: {record.act}{said}\n\n"
        f"Record: {record.folder}\nReceipt: {filed.receipt}"
    )


def _keep(
    root: Path,
    filed: Filed,
    files: Mapping[str, bytes],
    before: str | None,
    author: Author,
) -> str:
    """Write all of a record, and the version that files it; return its id."""
    steps = filed.record.folder.split("/")
    with open_objects(root) as objects:
        entry = objects.keep_folder(steps[-1], files)
        tree = objects.folder_of(before) if before else None
        tree = objects.with_entry(tree, steps, entry)
        assert tree is not None
        version = objects.keep_version(
            tree,
            before,
            message_of(filed),
            author=f"{author.name} <{author.email}>",
            when=filed.record.recorded_at,
        )
        objects.make_durable()
    return version


def _last(root: Path, tip: str) -> Filed:
    """Return the record that the newest version of the register filed."""
    with open_shelves(root) as shelves:
        message = shelves.part(tip, b"commit").data.decode(errors="replace")
        folder = _said(message, "Record: ")
        found = list(_filed(shelves, shelves.files_of(tip, [folder])))
    if len(found) != 1 or _said(message, "Receipt: ") != str(found[0].receipt):
        raise _not_as_left()
    return found[0]


def _said(message: str, start: str) -> str:
    lines: Sequence[str] = message.splitlines()
    return next((one.removeprefix(start) for one in lines if one.startswith(start)), "")


def _move(root: Path, version: str, before: str | None) -> None:
    """Make the branch point to the version: the one step by which it is registered."""
    start = time.monotonic()
    while True:
        try:
            run_git(
                *(root, "update-ref", "--no-deref", "-m", "register"),
                *(BRANCH, version, before or _NOTHING),
            )
        except BusyError as error:
            waited = time.monotonic() - start
            if waited >= 2 * _PATIENCE_SECONDS:
                raise OutsideError(f"nothing was registered: {error}") from error
            if waited >= _PATIENCE_SECONDS:
                _lift_lock(root)
            time.sleep(_PAUSE_SECONDS)
        except OutsideError as error:
            now = register_tip(root)
            if now == version:
                return  # it was moved, and what failed came after it
            if now == before:
                raise
            raise OutsideError(
                "nothing was registered, because another program moved the register "
                "meanwhile; try again"
            ) from error
        else:
            return


def move_register(root: Path, version: str, before: str | None) -> None:
    """Make the register what a version has, in one step, if it is as it was before."""
    _move(root, version, before)
    _make_move_durable(root, "the register was taken over")


def _lift_lock(root: Path) -> None:
    """Take away a lock of the branch that a program left when it was ended.

    Whoever registers has the workspace for himself, and git holds such a lock for
    some thousandths of a second.
    """
    folder = common_folder(root)
    if folder is not None:
        with suppress(OSError):  # told by who waits for it
            (folder / f"{BRANCH}.lock").unlink(missing_ok=True)


def _make_move_durable(root: Path, done: str) -> None:
    folder = common_folder(root)
    if folder is None:
        return
    try:
        make_durable((folder / BRANCH).parent)
    except OSError as error:
        raise OutsideError(
            f"{done}, but the disk may lose it in a power cut: {_why(error)}; see "
            "slacontracts verify"
        ) from error
