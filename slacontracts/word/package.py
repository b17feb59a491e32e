"""The zip package of a Word file: members in, bytes or the trees of parts out.

Untouched members are copied as they were compressed. The order and the times are
fixed, so the same members give the same bytes.
"""

import re
import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

from slacontracts.errors import WordFileError

Compression = Literal["zlib", "isal"]

# What a part may cost that is read as XML.
MAX_DEPTH: Final = 250
MAX_ELEMENTS: Final = 200_000
MAX_ATTRIBUTES: Final = 600_000

STORED, DEFLATED = 0, 8
NAME_IS_UTF8: Final = 0x800
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
END_OF_ZIP = struct.Struct("<4s4H2LH")
_LEVEL: Final = 6
_JANUARY_1980: Final = 0x21  # the earliest date a zip can hold; the time is midnight
_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")


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
            self.packed if self.method == STORED else zlib.decompress(self.packed, -15)
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

    def with_parts(
        self, changed: Mapping[str, bytes], *, without: Collection[str] = ()
    ) -> "Package":
        """Return the package with parts changed, added (at its end) or left out."""
        members = [
            packed(member.name, changed[member.name])
            if member.name in changed
            else member
            for member in self.members
            if member.name not in without
        ]
        added = [name for name in changed if name not in self]
        members += [packed(name, changed[name]) for name in added]
        return Package(self.file, tuple(members))


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
    return Member(name, DEFLATED, zlib.crc32(content), len(content), body)


def write_package(members: Iterable[Member]) -> bytes:
    """Return the zip of the members, in the given order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode("utf-8")
        flags = 0 if member.name.isascii() else NAME_IS_UTF8
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
        local = LOCAL_HEADER.pack(b"PK\x03\x04", 20, *shared) + name
        pieces += (local, member.packed)
        central = CENTRAL_HEADER.pack(
            b"PK\x01\x02", 20, 20, *shared, 0, 0, 0, 0, offset
        )
        directory += (central, name)
        offset += len(local) + len(member.packed)
    listing = b"".join(directory)
    count = len(directory) // 2
    end = END_OF_ZIP.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


def part_bytes(root: Any) -> bytes:
    """Return a part's root element as the bytes of the part."""
    from lxml import etree

    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )


def parse_part(package: Package, name: str) -> Any:
    """Parse a part without entities, network or repair; return its root element."""
    return parse_xml(package.read(name), f"the part {name} of {package.file}")


def parse_xml(content: bytes, name: str) -> Any:
    """Parse XML from outside; raise WordFileError when it is broken, deep or huge.

    Only UTF-8 and UTF-16 are read, as the standard has it, so that nothing can hide
    in an encoding that other programs read differently.
    """
    from lxml import etree

    text = _in_utf8(content, name)
    # XML has no other place for "<" than tags, comments and the like.
    marks = text.count(b"<")
    if marks > 2 * MAX_ELEMENTS + 2 or text.count(b"=") > MAX_ATTRIBUTES:
        raise _too_large(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _declared(name)
    try:
        root: Any = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError as error:
        if "depth" in (error.msg or ""):  # the parser's own limit is near to ours
            raise _nested(name) from error
        line = error.lineno or 1
        raise WordFileError(
            f"{name} is not well-formed XML in line {line} "
            f"({_in_one_line(error.msg)}); open the file in Word and save it again"
        ) from error
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise _declared(name)
    if marks > MAX_ELEMENTS and root.xpath("count(//*)") > MAX_ELEMENTS:
        raise _too_large(name)
    if _too_deep()(root):
        raise _nested(name)
    return root


@cache
def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=False,
    )


@cache
def _too_deep() -> Any:
    from lxml import etree

    return etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


def _in_utf8(content: bytes, name: str) -> bytes:
    """Return XML in UTF-8; refuse another encoding, and one that is not as said."""
    expected: tuple[str, ...] = ("utf-16", "utf-16le", "utf-16be")
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16").encode()
        elif content.startswith(b"<\0"):
            text = content.decode("utf-16-le").encode()
        elif content.startswith(b"\0<"):
            text = content.decode("utf-16-be").encode()
        else:
            expected = ("utf-8", "utf8", "us-ascii", "ascii")
            text = content
    except UnicodeError as error:
        raise _unreadable(name) from error
    declared = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].decode("latin-1").lower() not in expected:
        raise _unreadable(name)
    return text


def _in_one_line(message: str | None) -> str:
    said = (message or "").partition(", line ")[0]
    plain = "".join(one if one.isprintable() else " " for one in said)
    return " ".join(plain.split())[:120]


def _nested(name: str) -> WordFileError:
    return WordFileError(
        f"{name} nests its contents more than {MAX_DEPTH} deep and is not read; "
        "copy its text into a new file"
    )


def _unreadable(name: str) -> WordFileError:
    return WordFileError(
        f"{name} is not written in UTF-8 or UTF-16; open the file in Word and save it "
        "again"
    )


def _too_large(name: str) -> WordFileError:
    return WordFileError(
        f"{name} has more than {MAX_ELEMENTS:,} elements, is too large and not read; "
        "split the file"
    )


def _declared(name: str) -> WordFileError:
    return WordFileError(
        f"{name} holds a document type declaration (DOCTYPE) and is not read; open "
        "the file in Word and save it again"
    )
