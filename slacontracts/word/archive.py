"""A Word file from outside, as bytes, in; the members of a sound zip out.

The lists and the headers of the zip are walked here and not by a library that
forgives: a file that two programs could read differently is refused.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from slacontracts.errors import WordFileError
from slacontracts.word.names import TYPES_PART
from slacontracts.word.package import (
    CENTRAL_HEADER,
    DEFLATED,
    END_OF_ZIP,
    LOCAL_HEADER,
    NAME_IS_UTF8,
    STORED,
    Member,
    Package,
)

# What a Word file from outside may cost.
MAX_FILE: Final = 20 << 20
MAX_MEMBERS: Final = 2_000
MAX_PART: Final = 32 << 20
MAX_ALL_PARTS: Final = 64 << 20
MAX_RATIO: Final = 100
RATIO_ALLOWANCE: Final = 1 << 20

AGAIN: Final = "open it in Word and save it again, or ask for it once more"
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_SIZES_FOLLOW: Final = 0x8
_IN_EXTRA: Final = 0xFFFFFFFF  # the local header leaves the sizes to the list
_LONGEST_COMMENT: Final = 0xFFFF
_FILE_TYPES: Final = (0, 0o040000, 0o100000)  # unknown, folder, file; not a link
_LONGEST_NAME_SHOWN: Final = 80
_OLD_OFFICE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHER_KINDS: Final = (
    (b"%pdf", "a PDF"),
    (b"{\\rtf", "a text in RTF"),
    (b"<", "a web page"),
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the zip's list of members, and where the member's bytes stand."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int
    start: int

    @property
    def end(self) -> int:
        return self.start + self.packed_size


def read_package(data: bytes, file: str) -> Package:
    """Return the members of a sound zip, whatever they hold.

    Raises WordFileError. What is made of a file from outside passes `gate.admit`.
    """
    return Package(file, tuple(member for member, _ in unpacked(data, file)))


def unpacked(data: bytes, file: str) -> Iterator[tuple[Member, bytes]]:
    """Yield each member and its content, one by one, the content types first.

    Nothing is yielded before the whole structure of the zip is known to be sound.
    """
    entries = _entries(data, file)
    room = MAX_ALL_PARTS
    for entry in sorted(entries, key=lambda entry: entry.name != TYPES_PART):
        content = _content(entry, data, file, room)
        room -= len(content)
        body = data[entry.start : entry.end]
        yield Member(entry.name, entry.method, entry.crc, entry.size, body), content


def shown(name: str) -> str:
    """Return a name from outside as it can be printed in one line."""
    plain = "".join(one if one.isprintable() else "\ufffd" for one in name)
    if len(plain) <= _LONGEST_NAME_SHOWN:
        return plain
    return plain[: _LONGEST_NAME_SHOWN - 1] + "…"


def same_part(name: str) -> str:
    """Return what is equal for two names that mean the same part.

    Case and the way characters are escaped do not tell parts apart.
    """
    return unescaped(name).lower()


def unescaped(name: str) -> str:
    """Return a name with its %-escapes read as UTF-8."""
    if "%" not in name:
        return name
    as_bytes = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), name)
    try:
        return as_bytes.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return as_bytes


def _entries(data: bytes, file: str) -> list[_Entry]:
    """Return what the zip lists, folders left out; refuse what is not sound."""
    _require_zip(data, file)
    count, listing = _listing(data, file)
    entries: list[_Entry] = []
    seen: set[str] = set()
    at = listing
    for _ in range(count):
        entry, at = _entry(data, at, listing, file)
        if same_part(entry.name) in seen:
            raise WordFileError(
                f'{file} holds the part "{shown(entry.name)}" twice, and programs '
                f"differ on which one counts; {AGAIN}"
            )
        seen.add(same_part(entry.name))
        entries.append(entry)
    if data[at : at + 4] != _END_MARK:
        raise _damaged(file, "its list of parts does not end where it says")
    _require_apart(data, entries, listing, file)
    return [entry for entry in entries if not entry.name.endswith("/")]


def _require_zip(data: bytes, file: str) -> None:
    if len(data) > MAX_FILE:
        raise WordFileError(
            f"{file} is larger than 20 MiB; remove pictures and save again"
        )
    if data.startswith(_LOCAL_MARK):
        return
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WordFileError(
                f"{file} is encrypted; save it in Word without a password"
            )
        raise WordFileError(
            f"{file} is not a Word file (.docx) but one of an older Word (.doc); open "
            "it in Word and save it as .docx"
        )
    beginning = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    fitting = (kind for mark, kind in _OTHER_KINDS if beginning.startswith(mark))
    kind = next(fitting, "") if data else "empty"
    but = f" but {kind}" if kind else ""
    raise WordFileError(
        f"{file} is not a Word file (.docx){but}; open it in Word and save it as .docx"
    )


def _listing(data: bytes, file: str) -> tuple[int, int]:
    """Return the number of members and where the list of them begins."""
    begin = max(0, len(data) - END_OF_ZIP.size - _LONGEST_COMMENT)
    at = data.rfind(_END_MARK, begin)
    if at < 0 or at + END_OF_ZIP.size > len(data):
        raise _damaged(file, "its list of parts is missing")
    _, disk, first, here, count, size, offset, comment = END_OF_ZIP.unpack_from(
        data, at
    )
    if disk or first or here != count or at + END_OF_ZIP.size + comment != len(data):
        raise _damaged(file, "its end is not that of a whole file")
    if count > MAX_MEMBERS:
        raise WordFileError(
            f"{file} has more than {MAX_MEMBERS:,} parts and is not read; "
            "copy its text into a new file"
        )
    if offset + size != at or not count:
        raise _damaged(file, "its list of parts is not where it should be")
    return count, offset


def _entry(data: bytes, at: int, listing: int, file: str) -> tuple[_Entry, int]:
    """Return a line of the list, and where the next begins."""
    if data[at : at + 4] != _CENTRAL_MARK or at + CENTRAL_HEADER.size > len(data):
        raise _damaged(file, "its list of parts is broken")
    header = CENTRAL_HEADER.unpack_from(data, at)
    flags, method, crc, packed_size, size = (header[i] for i in (3, 4, 7, 8, 9))
    after = at + CENTRAL_HEADER.size
    raw_name = data[after : after + header[10]]
    name = _name(raw_name, flags, file)
    _require_plain(name, flags, method, header[15] >> 16, file)
    offset = header[16]
    start = _local_start(
        data, offset, (flags, method, crc, packed_size, size), raw_name
    )
    if start < 0 or start + packed_size > listing:
        raise _damaged(file, f'the list and the part "{shown(name)}" do not agree')
    if name.endswith("/") and (size or packed_size > 2):
        raise _damaged(file, f'the folder "{shown(name)}" has a content')
    entry = _Entry(name, flags, method, crc, packed_size, size, offset, start)
    return entry, after + sum(header[10:13])


def _name(raw: bytes, flags: int, file: str) -> str:
    try:
        return raw.decode("utf-8" if flags & NAME_IS_UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise _damaged(file, "the name of a part cannot be read") from error


def _require_plain(name: str, flags: int, method: int, mode: int, file: str) -> None:
    whole = unescaped(name)
    steps = whole.removesuffix("/").split("/")
    is_unsafe = "\\" in whole or ":" in whole or not whole.isprintable()
    if is_unsafe or any(step.rstrip(". ") == "" for step in steps):
        raise WordFileError(
            f'{file} holds a part with the unsafe name "{shown(name)}" and is not '
            f"read; {AGAIN}"
        )
    if flags & _ENCRYPTED:
        raise WordFileError(f"{file} is encrypted; save it in Word without a password")
    if mode & 0o170000 not in _FILE_TYPES:
        raise WordFileError(
            f'{file} holds a link, "{shown(name)}", instead of a part; {AGAIN}'
        )
    if method not in (STORED, DEFLATED):
        raise WordFileError(
            f'the part "{shown(name)}" of {file} is compressed in an unknown way; '
            f"{AGAIN}"
        )


def _local_start(
    data: bytes, offset: int, listed: tuple[int, ...], raw_name: bytes
) -> int:
    """Return where a member's bytes begin; -1 when its header says other things."""
    if data[offset : offset + 4] != _LOCAL_MARK:
        return -1
    if offset + LOCAL_HEADER.size > len(data):
        return -1
    header = LOCAL_HEADER.unpack_from(data, offset)
    flags, method, *sizes = (header[i] for i in (2, 3, 6, 7, 8))
    if _IN_EXTRA in sizes[1:]:
        sizes[1:] = listed[3:]
    # Where sizes follow the content, the header may leave some of them empty.
    may_be_empty = bool(flags & _SIZES_FOLLOW)
    for said, known in zip(sizes, listed[2:], strict=True):
        if said != known and (said or not may_be_empty):
            return -1
    if flags & _ENCRYPTED or method != listed[1]:
        return -1
    after = offset + LOCAL_HEADER.size
    if data[after : after + header[9]] != raw_name:
        return -1
    return int(after + header[9] + header[10])


def _require_apart(data: bytes, entries: list[_Entry], listing: int, file: str) -> None:
    """Refuse members that share bytes, and members that the list does not name."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < end:
            raise _damaged(file, f'the part "{shown(entry.name)}" overlaps another')
        _require_no_stowaway(data[end : entry.offset], file)
        end = entry.end
    _require_no_stowaway(data[end:listing], file)


def _require_no_stowaway(gap: bytes, file: str) -> None:
    if _LOCAL_MARK in gap:
        raise _damaged(file, "it holds a part that its list does not name")


def _content(entry: _Entry, data: bytes, file: str, room: int) -> bytes:
    """Return a member's content, its size counted while it is unpacked."""
    body = data[entry.start : entry.end]
    limit = min(room, MAX_PART, MAX_RATIO * len(body) + RATIO_ALLOWANCE)
    content = body
    if entry.method == DEFLATED:
        inflater = zlib.decompressobj(-15)
        try:
            content = inflater.decompress(body, limit + 1)
        except zlib.error as error:
            raise _damaged(file, f'the part "{shown(entry.name)}" is broken') from error
        if len(content) <= limit and (not inflater.eof or inflater.unused_data):
            raise _damaged(file, f'the part "{shown(entry.name)}" is cut off')
    if len(content) > limit:
        raise WordFileError(
            f'the part "{shown(entry.name)}" of {file} grows too large when it is '
            f"opened ({_said_limit(limit, room)}); remove pictures and save again"
        )
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged(
            file, f'the part "{shown(entry.name)}" differs from its checksum'
        )
    return content


def _said_limit(limit: int, room: int) -> str:
    if limit == MAX_PART:
        return "32 MiB is the most"
    if limit == room:
        return "64 MiB is the most for all parts"
    return f"more than {MAX_RATIO} times its size in the file"


def _damaged(file: str, why: str) -> WordFileError:
    return WordFileError(
        f"{file} is not a Word file (.docx), or it is damaged: {why}; {AGAIN}"
    )
