"""The package: only sound Word files are read, and equal members give equal bytes."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from slacontracts.errors import WordFileError
from slacontracts.word.archive import read_package
from slacontracts.word.digest import content_digest
from slacontracts.word.names import CONTENT_TYPES, MAIN_TYPE, RELATIONSHIPS, W
from slacontracts.word.package import packed, parse_xml, write_package
from slacontracts.word.reading import text_of_docx, texts_by_part

TYPES = (
    f'<Types xmlns="{CONTENT_TYPES}"><Override PartName="/word/document.xml" '
    f'ContentType="{MAIN_TYPE}"/></Types>'
)
ROOT = f'<Relationships xmlns="{RELATIONSHIPS}"/>'


def body(inside: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def docx(inside: str = "<w:p/>", **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": body(inside),
    }
    return zipped(
        {**parts, **{name.replace("__", "/"): one for name, one in more.items()}}
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_part_is_read_as_it_was_stored() -> None:
    package = read_package(docx("<w:p/>"), "a.docx")

    assert package.read("word/document.xml") == body("<w:p/>").encode()
    assert package.names[0] == "[Content_Types].xml"


def test_a_missing_part_is_named() -> None:
    package = read_package(docx(), "a.docx")

    with pytest.raises(WordFileError, match=r"a\.docx has no part word/styles\.xml"):
        package.read("word/styles.xml")


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a><a/>'.encode("utf-16"),
        b"<a><b></a>",
        b"<a>" * 300 + b"</a>" * 300,
    ],
    ids=["entity", "hidden by its encoding", "broken", "deep"],
)  # fmt: skip
def test_dangerous_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(WordFileError):
        parse_xml(xml, "the part")


def test_what_was_read_can_be_written_without_packing_it_again() -> None:
    package = read_package(docx("<w:p/>"), "a.docx")

    data = write_package(package.members)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/document.xml") == body("<w:p/>").encode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert data == write_package(read_package(data, "a.docx").members)


def test_names_beyond_ascii_survive() -> None:
    data = write_package([packed("word/صورة.xml", b"<a/>")])

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["word/صورة.xml"]


def test_fast_packing_gives_the_same_content() -> None:
    pytest.importorskip("isal", reason="the extra [fast] is not installed")

    assert packed("a", b"text " * 99, "isal").content() == b"text " * 99


def one_field(code: str, result: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{result}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>after</w:t></w:r></w:p>'
    )


def test_results_of_fields_and_properties_do_not_count_in_the_digest() -> None:
    one = docx(one_field("PAGE", "1"), docProps__core="x", customXml__a="x")
    other = docx(one_field("PAGE", "12"), docProps__core="y", customXml__a="y")

    assert content_digest(one) == content_digest(other)


@pytest.mark.parametrize(
    "inside",
    [one_field("NUMPAGES", "1"), one_field("PAGE", "1").replace("after", "now")],
    ids=["another code", "another text"],
)
def test_text_and_codes_of_fields_count_in_the_digest(inside: str) -> None:
    assert content_digest(docx(inside)) != content_digest(docx(one_field("PAGE", "1")))


def test_the_digest_does_not_depend_on_how_parts_are_packed() -> None:
    package = read_package(docx("<w:p/>"), "a.docx")
    stored = [packed(one.name, one.content()) for one in reversed(package.members)]

    assert content_digest(write_package(stored)) == content_digest(docx("<w:p/>"))


def test_text_is_read_by_paragraph_with_its_breaks() -> None:
    inside = (
        "<w:p><w:r><w:t>a &lt; b</w:t><w:br/><w:t>&#233;</w:t><w:tab/></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:delText>gone</w:delText></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>"
    )

    assert text_of_docx(docx(inside)) == ("a < b\vé\t", "", "")


def test_text_is_read_under_any_prefix() -> None:
    xml = f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>text</x:t></x:r></x:p></x:body></x:document>'
    header = f'<x:hdr xmlns:x="{W}"><x:p><x:r><x:t>head</x:t></x:r></x:p></x:hdr>'
    data = docx(**{"word__document.xml": xml, "word__header1.xml": header})

    assert list(texts_by_part(data)) == [
        ("word/document.xml", "text"),
        ("word/header1.xml", "head"),
    ]
