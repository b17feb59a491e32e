"""The zip of a Word file: one that two programs could read differently is refused."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

import pytest
from word_files import MAIN, TYPES, parts, types, word_file, zipped

from slacontracts.errors import WordFileError
from slacontracts.word.archive import MAX_MEMBERS, read_package

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def patched(data: bytes, mark: bytes, at: int, form: str, value: int) -> bytes:
    """Set one field of every header that begins with a mark."""
    out = bytearray(data)
    for found in re.finditer(re.escape(mark), data):
        struct.pack_into(form, out, found.start() + at, value)
    return bytes(out)


def lying(field: int, change: int) -> bytes:
    """Return a file whose list of members lies about the last one."""
    data = bytearray(word_file(word__a="abc" * 100))
    at = data.rfind(CENTRAL)
    (value,) = struct.unpack_from("<L", data, at + field)
    struct.pack_into("<L", data, at + field, value + change)
    return bytes(data)


def listed_twice() -> bytes:
    """Return a file whose list names one member twice under different names."""
    data = word_file()
    at = data.rfind(END)
    count, size, offset = struct.unpack_from("<HLL", data, at + 10)
    listing = data[offset:at]
    second = listing[: listing.find(CENTRAL, 4)]
    end = struct.pack("<4s4H2LH", END, 0, 0, count + 1, count + 1, size + len(second), offset, 0)  # fmt: skip
    return data[:at] + second.replace(b"[Content_Types]", b"[Content_Typos]") + end


def with_stowaway() -> bytes:
    """Return a file with one more member than its list names."""
    data = word_file(word__a="secret")
    at = data.rfind(END)
    count, size, offset = struct.unpack_from("<HLL", data, at + 10)
    listing = data[offset : data.rfind(CENTRAL)]
    end = struct.pack("<4s4H2LH", END, 0, 0, count - 1, count - 1, len(listing), offset, 0)  # fmt: skip
    assert len(listing) < size
    return data[:offset] + listing + end


def linked() -> bytes:
    entry = zipfile.ZipInfo("word/media/a.png")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    out = io.BytesIO(word_file())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, "../../../etc/passwd")
    return out.getvalue()


def packed_by(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return out.getvalue()


def streamed() -> bytes:
    """Return a file as a program writes it that cannot go back in its output."""

    class Stream(io.BytesIO):
        def seek(self, offset: int, whence: int = 0, /) -> int:
            raise io.UnsupportedOperation

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    assert out.getvalue()[6] & 0x8
    return out.getvalue()


def with_member(name: str) -> bytes:
    return zipped({**parts(), name: "x"})


def older_word(stream: str) -> bytes:
    mark = bytes.fromhex("D0CF11E0A1B11AE1")
    return mark + b"\0" * 504 + stream.encode("utf-16-le")


UNSOUND = [
    pytest.param(b"", "but empty", id="empty"),
    pytest.param(b"not a zip", "not a Word file", id="no zip"),
    pytest.param(b"%PDF-1.4 " + word_file(), "but a PDF", id="a zip behind a PDF"),
    pytest.param(b"{\\rtf1 a}", "but a text in RTF", id="RTF"),
    pytest.param(b"\n<HTML></HTML>", "but a web page", id="web page"),
    pytest.param(older_word("WordDocument"), "older Word", id="doc"),
    pytest.param(older_word("EncryptedPackage"), "without a password", id="password"),
    pytest.param(word_file()[:-40], "list of parts is missing", id="cut short"),
    pytest.param(word_file() + b"x", "not that of a whole file", id="more behind"),
    pytest.param(zipped({"_rels/.rels": "<a/>"})[:30], "missing", id="header only"),
    pytest.param(b"\0" * (21 << 20), "larger than 20 MiB", id="huge"),
    pytest.param(zipped([(f"a/{i}", "") for i in range(MAX_MEMBERS + 1)]), "more than 2,000 parts", id="many"),
    pytest.param(with_member("../evil.xml"), "unsafe name", id="climbing"),
    pytest.param(with_member("/etc/evil.xml"), "unsafe name", id="absolute"),
    pytest.param(with_member("word\\..\\evil"), "unsafe name", id="backslash"),
    pytest.param(with_member("word/%2e%2e/a"), "unsafe name", id="escaped"),
    pytest.param(with_member("C:/a"), "unsafe name", id="drive"),
    pytest.param(with_member("word/a\nb"), "unsafe name", id="line end"),
    pytest.param(with_member("WORD/document.xml"), "twice", id="other case"),
    pytest.param(with_member("word/d%6Fcument.xml"), "twice", id="other spelling"),
    pytest.param(listed_twice(), "do not agree", id="two names for one"),
    pytest.param(with_stowaway(), "its list does not name", id="unlisted member"),
    pytest.param(linked(), "a link", id="link"),
    pytest.param(patched(patched(word_file(), LOCAL, 6, "<H", 1), CENTRAL, 8, "<H", 1), "encrypted", id="encrypted"),
    pytest.param(patched(word_file(), LOCAL, 6, "<H", 1), "do not agree", id="encrypted in one place"),
    pytest.param(patched(patched(word_file(), LOCAL, 8, "<H", 99), CENTRAL, 10, "<H", 99), "unknown way", id="method"),
    pytest.param(word_file().replace(b"word/document.xml", b"word/documenT.xml", 1), "do not agree", id="two names"),
    pytest.param(patched(patched(word_file(), LOCAL, 14, "<L", 7), CENTRAL, 16, "<L", 7), "checksum", id="checksum"),
    pytest.param(lying(24, -1), "do not agree", id="size"),
    pytest.param(lying(20, -1), "do not agree", id="packed size"),
    pytest.param(lying(42, -9), "do not agree", id="offset"),
    pytest.param(patched(word_file(), END, 16, "<L", 3), "not where it should be", id="list elsewhere"),
    pytest.param(word_file(word__a=b"\0" * (8 << 20)), "more than 100 times", id="bomb"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), UNSOUND)
def test_an_unsound_zip_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(WordFileError, match=re.escape(says)) as refusal:
        read_package(data, "a.docx")

    message = str(refusal.value)
    assert "a.docx" in message
    assert "; " in message
    assert "\n" not in message


def test_sizes_that_lie_in_both_places_are_found_while_unpacking() -> None:
    data = word_file(word__a=b"a" * (2 << 20))
    at = data.rfind(CENTRAL)
    local = data.rfind(LOCAL)
    out = bytearray(data)
    struct.pack_into("<L", out, at + 24, 10)
    struct.pack_into("<L", out, local + 22, 10)

    with pytest.raises(WordFileError, match='the part "word/a"'):
        read_package(bytes(out), "a.docx")


def test_all_parts_together_may_not_be_too_large() -> None:
    chance = random.Random(1)
    large = b"".join(chance.randbytes(64) * 32 for _ in range(4096))  # 8 MiB
    big = {f"word/media/{number}": large for number in range(9)}

    with pytest.raises(WordFileError, match="64 MiB is the most for all parts"):
        read_package(zipped({TYPES: types(), **big}), "a.docx")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: packed_by(zipfile.ZIP_STORED), id="stored"),
        pytest.param(lambda: packed_by(zipfile.ZIP_DEFLATED), id="deflated"),
        pytest.param(streamed, id="sizes after the content"),
        pytest.param(lambda: zipped({**parts(), "word/": ""}), id="with folders"),
        pytest.param(lambda: zipped({**parts(), "word/صورة.png": "x"}), id="Arabic"),
    ],
)
def test_what_programs_write_is_read(make: Callable[[], bytes]) -> None:
    package = read_package(make(), "a.docx")

    assert package.read(MAIN) == str(parts()[MAIN]).encode()
    assert package.names[0] == TYPES
    assert not any(name.endswith("/") for name in package.names)
