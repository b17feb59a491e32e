"""The zip package of a Word file: bytes in, checked members out, and back to bytes.

Untouched members are copied as they were compressed. The order and the times are
fixed, so the same members give the same bytes.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from slacontracts.errors import WordFileError
from slacontracts.word.names import MAIN_TYPE, ROOT_RELATIONSHIPS_PART, TYPES_PART, w

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

Compression = Literal["zlib", "isal"]

# What a Word file from outside may cost (shared limits of every reader).
MAX_FILE: Final = 20 << 20
MAX_MEMBERS: Final = 2_000
MAX_PART: Final = 32 << 20
MAX_ALL_PARTS: Final = 64 << 20
MAX_RATIO: Final = 100
RATIO_ALLOWANCE: Final = 1 << 20
MAX_DEPTH: Final = 250
MAX_ELEMENTS: Final = 200_000

_STORED, _DEFLATED = 0, 8
_LEVEL: Final = 6
_NAME_IS_UTF8: Final = 0x800
_JANUARY_1980: Final = 0x21  # the earliest date a zip can hold; the time is midnight
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the zip as it is stored: compressed bytes, and what they are."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def content(self) -> bytes:
        """Return the member's own bytes."""
        return (
            self.packed if self.method == _STORED else zlib.decompress(self.packed, -15)
        )


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file whose zip was found sound. file: what to call it in messages."""

    file: str
    members: tuple[Member, ...]
    _by_name: dict[str, Member] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {member.name: member for member in self.members}
        object.__setattr__(self, "_by_name", by_name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the file."""
        return tuple(member.name for member in self.members)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def read(self, name: str) -> bytes:
        """Return a part's bytes; refuse when the part is missing."""
        member = self._by_name.get(name)
        if member is None:
            raise WordFileError(
                f"{self.file} has no part {name}; save it in Word again"
            )
        return member.content()


def packed(name: str, content: bytes, compress: Compression = "zlib") -> Member:
    """Return a member for new content, deflated."""
    if compress == "isal":
        try:
            from isal import isal_zlib
        except ImportError as error:
            raise WordFileError(
                "fast compression needs the package isal; install slacontracts[fast]"
            ) from error
        deflater: Any = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)
    else:
        deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    body = deflater.compress(content) + deflater.flush()
    return Member(name, _DEFLATED, zlib.crc32(content), len(content), body)


def write_package(members: Iterable[Member]) -> bytes:
    """Return the zip of the members, in the given order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode("utf-8")
        flags = 0 if member.name.isascii() else _NAME_IS_UTF8
        shared = (
            flags,
            member.method,
            0,
            _JANUARY_1980,
            member.crc,
            len(member.packed),
            member.size,
            len(name),
            0,
        )
        local = _LOCAL.pack(b"PK\x03\x04", 20, *shared) + name
        pieces += (local, member.packed)
        central = _CENTRAL.pack(b"PK\x01\x02", 20, 20, *shared, 0, 0, 0, 0, offset)
        directory += (central, name)
        offset += len(local) + len(member.packed)
    listing = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


def read_package(data: bytes, file: str) -> Package:
    """Read a Word file from outside; raise WordFileError when it is not fit to read."""
    from zipfile import BadZipFile, ZipFile

    if len(data) > MAX_FILE:
        raise WordFileError(
            f"{file} is larger than 20 MiB; remove pictures and save again"
        )
    from io import BytesIO

    try:
        with ZipFile(BytesIO(data)) as archive:
            members = _members(archive, data, file)
    except (BadZipFile, struct.error, NotImplementedError, UnicodeDecodeError) as error:
        raise WordFileError(
            f"{file} is not a Word file (.docx), or it is damaged: {error}"
        ) from error
    package = Package(file, members)
    _require_word_document(package)
    return package


def _members(archive: "ZipFile", data: bytes, file: str) -> tuple[Member, ...]:
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise WordFileError(f"{file} has more than {MAX_MEMBERS} parts and is not read")
    members: list[Member] = []
    seen: set[str] = set()
    room = MAX_ALL_PARTS
    for entry in entries:
        if entry.is_dir():
            continue
        _require_sound_entry(entry, seen, file)
        seen.add(entry.filename.lower())
        member = _member(entry, data, file, min(room, MAX_PART))
        room -= member.size
        members.append(member)
    return tuple(members)


def _require_sound_entry(entry: "ZipInfo", seen: set[str], file: str) -> None:
    name = entry.filename
    steps = name.split("/")
    if (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in steps
        or "" in steps
    ):
        raise WordFileError(f'{file} holds a part with the unsafe name "{name}"')
    if name.lower() in seen:
        raise WordFileError(f'{file} holds the part "{name}" twice')
    if entry.flag_bits & 0x1:
        raise WordFileError(f"{file} is encrypted; save it without a password")
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise WordFileError(f'{file} holds a link, "{name}", instead of a part')
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise WordFileError(
            f'the part "{name}" of {file} is compressed in an unknown way'
        )


def _member(entry: "ZipInfo", data: bytes, file: str, limit: int) -> Member:
    """Copy a member's compressed bytes, counting its size while inflating."""
    start = entry.header_offset
    header = _LOCAL.unpack_from(data, start)
    if header[0] != b"PK\x03\x04":
        raise WordFileError(f'the part "{entry.filename}" of {file} is damaged')
    start += _LOCAL.size + header[9] + header[10]
    body = data[start : start + entry.compress_size]
    limit = min(limit, MAX_RATIO * len(body) + RATIO_ALLOWANCE)
    try:
        if entry.compress_type == _STORED:
            content = body
        else:
            inflater = zlib.decompressobj(-15)
            content = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise WordFileError(
            f'the part "{entry.filename}" of {file} is damaged'
        ) from error
    if len(content) > limit:
        raise WordFileError(
            f'the part "{entry.filename}" of {file} grows too large when it is opened'
        )
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise WordFileError(f'the part "{entry.filename}" of {file} is damaged')
    return Member(entry.filename, entry.compress_type, entry.CRC, len(content), body)


def _require_word_document(package: Package) -> None:
    package.read(ROOT_RELATIONSHIPS_PART)
    types = parse_part(package, TYPES_PART)
    if not any(child.get("ContentType") == MAIN_TYPE for child in types):
        raise WordFileError(
            f"{package.file} is not a plain Word document (.docx); save it as one"
        )


def parse_part(package: Package, name: str) -> Any:
    """Parse a part without entities, network or repair; return its root element."""
    return parse_xml(package.read(name), f"the part {name} of {package.file}")


def parse_xml(content: bytes, name: str) -> Any:
    """Parse XML from outside; raise WordFileError when it is broken, deep or huge."""
    from lxml import etree

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WordFileError(f"{name} holds a document type declaration and is not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise WordFileError(f"{name} is not well-formed XML: {error}") from error
    docinfo: Any = root.getroottree().docinfo  # sees it in any encoding
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise WordFileError(f"{name} holds a document type declaration and is not read")
    _require_modest_tree(root, name)
    return root


def _require_modest_tree(root: Any, name: str) -> None:
    from lxml import etree

    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise WordFileError(f"{name} is too deep or too large to be read")


def content_digest(data: bytes, file: str = "the Word file") -> str:
    """Return the digest of what a Word file says: SHA-256, in hexadecimal.

    Properties, custom XML and the cached results of fields do not count, nor does
    the way the parts are compressed. Comparable under one version of the product.
    """
    from hashlib import sha256

    package = read_package(data, file)
    lines = []
    for member in sorted(package.members, key=lambda member: member.name):
        if member.name.startswith(("docProps/", "customXml/")):
            continue
        content = member.content()
        if b"fldChar" in content or b"fldSimple" in content:
            content = _without_field_results(content, member.name)
        lines.append(f"{member.name}\0{sha256(content).hexdigest()}\n")
    return sha256("".join(lines).encode("utf-8")).hexdigest()


def _without_field_results(content: bytes, name: str) -> bytes:
    """Return the part in canonical form, the text of its field results emptied."""
    from lxml import etree

    root = parse_xml(content, name)
    open_fields: list[bool] = []  # for each field we are in: has its result begun?
    for element in root.iter(w("fldChar"), w("t"), w("fldSimple")):
        if element.tag == w("fldSimple"):
            for text in element.iter(w("t")):
                text.text = ""
        elif element.tag == w("t"):
            if any(open_fields):
                element.text = ""
        else:
            _follow(open_fields, element.get(w("fldCharType")))
    return bytes(etree.tostring(root, method="c14n"))


def _follow(open_fields: list[bool], mark: str | None) -> None:
    if mark == "begin":
        open_fields.append(False)
    elif open_fields and mark == "separate":
        open_fields[-1] = True
    elif open_fields:
        open_fields.pop()
