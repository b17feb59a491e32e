"""The folder of one record in; what it says, and what is wrong with it, out.

Everything that one record can tell about itself is compared here: its own words, the
files beside it and the version that filed it. How records follow one another is
compared by `chain_order`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from slacontracts.model.record import (
    RECORD_FILE,
    SIGNATURE_FILE,
    TEXT_FILE,
    Record,
    read_record,
)
from slacontracts.store.register import Filed, message_of
from slacontracts.store.rehash import (
    FILE_MODE,
    FOLDER_MODE,
    Ailment,
    Part,
    Rehash,
    entries_in,
)

Kind = Literal["tampered", "incomplete", "unchecked"]


_DEEPEST: Final = 4
_MOST_FILES: Final = 2_000  # folders that name one another hold more than any disk
_VERSION: Final = re.compile(
    rb"tree ([0-9a-f]{40})\n((?:parent [0-9a-f]{40}\n)*)"
    rb"author ([^<>\n\0]+ <[^<>\n\0]*>) (\d{1,12}) ([+-]\d{4})\n"
    rb"committer ([^\n\0]*)\n\n(.*)",
    re.DOTALL,
)
_LOOSELY: Final = re.compile(
    rb"tree ([0-9a-f]{40})\n((?:parent [0-9a-f]{40}\n)*)(.*)", re.DOTALL
)
_SAID: Final = re.compile(r"\n\nRecord: (.+)\nReceipt: .+\n?\Z")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the register, for the person who keeps it.

    kind: whether it was tampered with, a part is missing, or nobody can tell.
    record: the folder of the record it is about, "" for the register as a whole.
    says: one line. about: a part that is gone or damaged, and may be had from others,
    or a receipt that nothing here answers.
    """

    kind: Kind
    record: str
    says: str
    about: Literal["part", "receipt", ""] = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """A version of the register: by whom, when, and with which words.

    is_as_written: whether it is written down as the product does it.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    is_as_written: bool
    author: str
    when: tuple[int, str]
    message: str

    @property
    def folder(self) -> str:
        """The folder of the record that it says it files."""
        said = _SAID.search(self.message)
        return said[1] if said else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A record's folder in the register; filed is None where it cannot be read."""

    folder: str
    filed: Filed | None
    troubles: tuple[Trouble, ...]


def filing_from(version: str, data: bytes) -> Filing | None:
    """Read a version; None for one that names nothing that it holds."""
    whole = _VERSION.fullmatch(data)
    match = whole or _LOOSELY.match(data)
    if match is None:
        return None
    parents = tuple(line[7:].decode() for line in match[2].splitlines())
    if whole is None:
        return Filing(version, match[1].decode(), parents, False, "", (0, ""), "")
    who = b"%b %b %b" % (whole[3], whole[4], whole[5])
    return Filing(
        version,
        match[1].decode(),
        parents,
        who == whole[6],
        whole[3].decode(errors="replace"),
        (int(whole[4]), whole[5].decode()),
        whole[7].decode(errors="replace"),
    )


def ailing(what: str, ailment: Ailment, record: str = "") -> Trouble:
    """Return the trouble with a part that is gone or that is not what it was."""
    if ailment == "missing":
        return Trouble("incomplete", record, f"{what} is missing", "part")
    return Trouble("tampered", record, f"{what} is damaged or was altered", "part")


def find_record(rehash: Rehash, folder: str, tree: str, filing: Filing | None) -> Found:
    """Return what a record's folder says; filing: the version that filed it."""
    troubles: list[Trouble] = []
    files, unread = _files(rehash, folder, tree, troubles)
    parts: dict[str, Part] = {}
    answers = rehash.find(
        (one for name, one in files.items() if name != RECORD_FILE), with_bytes=False
    )
    if RECORD_FILE in files:
        answers |= rehash.find([files[RECORD_FILE]])
    for name, file_id in files.items():
        answer = answers[file_id]
        if isinstance(answer, Part) and answer.kind == b"blob":
            parts[name] = answer
        else:
            ailment = "altered" if isinstance(answer, Part) else answer
            troubles.append(ailing(f"{name} of {folder}", ailment, folder))
    if RECORD_FILE not in files and not troubles:
        says = f"there is no {RECORD_FILE} in {folder}"
        troubles.append(Trouble("tampered", folder, says))
    if RECORD_FILE not in parts:
        return Found(folder, None, tuple(troubles))
    data = parts[RECORD_FILE]
    try:
        record = read_record(data.data)
    except (ValueError, RecursionError):
        says = f"{RECORD_FILE} of {folder} is not what slacontracts writes"
        return Found(folder, None, (*troubles, Trouble("tampered", folder, says)))
    filed = Filed(record, data.sha256, files)
    lines = [*_faults_of_contents(record, parts, files, unread)]
    lines += _faults_of_digests(record, parts)
    if record.folder != folder:
        lines.append(f"its record belongs to {record.folder}")
    if filing is not None:
        lines += _faults_of_filing(filed, filing)
    troubles += (Trouble("tampered", folder, f"{folder}: {line}") for line in lines)
    return Found(folder, filed, tuple(troubles))


def _files(
    rehash: Rehash, folder: str, tree: str, troubles: list[Trouble]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the ids of all files in a record's folder, by name; tell what ails it.

    Also returned are the folders in it that cannot be read.
    """
    found: dict[str, str] = {}
    unread: list[str] = []
    folders = [("", tree)]
    looked_into = 0
    while folders:
        start, tree_id = folders.pop()
        looked_into += 1
        what = f"the folder {folder}/{start}".rstrip("/")
        part = rehash.one(tree_id)
        if not isinstance(part, Part):
            troubles.append(ailing(what, part, folder))
            unread.append(start)
            continue
        entries = entries_in(part.data) if part.kind == b"tree" else None
        is_too_much = looked_into + len(found) > _MOST_FILES
        if is_too_much:
            folders = []
        if not entries or is_too_much or start.count("/") > _DEEPEST:
            says = f"{what} is not written as slacontracts writes it"
            troubles.append(Trouble("tampered", folder, says))
            unread.append(start)
            continue
        for mode, name, entry_id in sorted(entries):
            path = start + name.decode(errors="backslashreplace")
            if mode == FOLDER_MODE:
                folders.append((f"{path}/", entry_id.hex()))
            elif mode == FILE_MODE:
                found[path] = entry_id.hex()
            else:
                says = f"{path} of {folder} is a link or a program, not a plain file"
                troubles.append(Trouble("tampered", folder, says))
    return found, tuple(unread)


def _faults_of_contents(
    record: Record,
    parts: Mapping[str, Part],
    files: Mapping[str, str],
    unread: tuple[str, ...],
) -> Iterator[str]:
    """Tell which files are not those that the record lists."""
    listed = record.contents
    for name in sorted({*listed, *files} - {RECORD_FILE, SIGNATURE_FILE}):
        if name not in files and name.startswith(unread):
            continue  # nobody can tell
        if name not in files:
            yield f"the file {name}, which its record lists, was taken out"
        elif name not in listed:
            yield f"the file {name} was added; its record does not list it"
        elif name in parts and parts[name].sha256 != listed[name]:
            yield f"the file {name} was exchanged; its record lists another content"
    if record.signer and SIGNATURE_FILE not in files and not unread:
        yield f"its signature by the key {record.signer} was taken out"
    if not record.signer and SIGNATURE_FILE in files:
        yield "a signature was added; its record names no key that signed it"


def _faults_of_digests(record: Record, parts: Mapping[str, Part]) -> Iterator[str]:
    """Tell where the record says two things of one file."""
    listed = record.contents
    for own in (RECORD_FILE, SIGNATURE_FILE):
        if own in listed:
            yield f"its record lists {own} among the files beside it"
    for signed in record.files:
        part = parts.get(signed.path)
        if listed.get(signed.path) != signed.sha256 or (
            part is not None and part.size != signed.size
        ):
            yield f"the signed file {signed.name} is not the one its record describes"
    text = listed.get(TEXT_FILE)
    if text is not None and text != record.text_digest:
        yield f"{TEXT_FILE} is not the text whose digest the record gives"


def _faults_of_filing(filed: Filed, filing: Filing) -> Iterator[str]:
    """Tell where the version that filed a record says something else than it."""
    record = filed.record
    if not filing.is_as_written:
        yield "the version that filed it is not written as slacontracts writes one"
        return
    if unicodedata.normalize("NFC", filing.author) != record.recorded_by:
        yield f"it was recorded by {record.recorded_by}, but filed by {filing.author}"
    if filing.when != _as_git_has_it(record.recorded_at):
        yield "it was not filed at the time at which it says it was recorded"
    if filing.message != f"{message_of(filed)}\n":
        yield "it was filed with the receipt of another record, or with other words"


def _as_git_has_it(when: datetime) -> tuple[int, str]:
    return int(when.timestamp()), f"{when:%z}"
