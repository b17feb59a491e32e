"""House styles: only parts, links and fields that are listed go into an agreement."""

import io
import struct
import zipfile
from zlib import compress, crc32

import pytest
from docx import Document
from test_house_style_contents import (
    DOCUMENT,
    HEADER,
    KIND,
    LINKS,
    MICROSOFT,
    SETTINGS,
    TYPES,
    drawn,
    field,
    link,
    rendered,
    run,
    with_parts,
)
from test_house_style_foreign import plain, saved
from test_render_docx import part

from slacontracts.errors import SlaContractsError
from slacontracts.render.house_style import compile_house_style

ROOT = "_rels/.rels"
OFFICE = "application/vnd.openxmlformats-officedocument."
WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECRET = "walk away at 10"
COMMENTS = (
    f'<w:comments {WML}><w:comment w:id="1" w:author="B"><w:p>{run(SECRET)}</w:p>'
    "</w:comment></w:comments>"
)


def with_part(
    name: str, content_type: str, kind: str, content: str, *, links: str = LINKS
) -> bytes:
    """Return the standard house style with one more part, and a link to it."""
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
    standard = with_parts(types=override)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(standard)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for member in before.namelist():
            text = before.read(member).decode()
            if member == links:
                line = link(kind, f"/{name}")
                text = text.replace("</Relationships>", f"{line}</Relationships>")
            after.writestr(member, text)
        after.writestr(name, content)
    return out.getvalue()


def refusal_of(data: bytes) -> str:
    with pytest.raises(SlaContractsError) as refusal:
        compile_house_style(data, "ours.docx")
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def linked(code: str) -> bytes:
    return with_parts(document=field(code))


@pytest.mark.parametrize(
    "code",
    [
        'HYPERLINK "file://host.invalid/x.exe"', 'HYPERLINK "javascript:x"',
        'HYPERLINK \\\\\\\\host\\\\x', 'HYPERLINK"file:x"', 'HYPERLINK \\l "a" "c:/x"',
        'HYPERLINK \\o "tip" "c:/x"', "hyperlink other.docx",
    ],
)  # fmt: skip
def test_a_link_that_is_no_web_page_is_refused(code: str) -> None:
    message = refusal_of(linked(code))

    assert f"{DOCUMENT}, paragraph “shown”: it has a link to " in message
    assert "no web page" in message


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        *((code, "agreement.effective") for code in (
            'DATE \\@ "d MMMM yyyy"', "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE",
        )),
        *((code, "agreement.title") for code in (
            "DOCPROPERTY x", "TITLE", "AUTHOR", "SUBJECT", "USERNAME", "FILENAME",
            "DOCVARIABLE x",
        )),
        *((code, "replace the field with its text") for code in (
            'IF 1 = 1 "A" "B"', 'QUOTE "other"', 'SET liability "0"', "ASK a b",
            "FILLIN x", "MERGEFIELD a", "MACROBUTTON AutoRun click", "PRINT 27",
            "EMBED Excel", 'INCLUDEPICTURE "http://e/x"', "AUTOTEXT x", "DATABASE x",
            'INCLUDE\u200bTEXT "c:/x"', "GOTOBUTTON x", "ADVANCE \\u 500", "EQ \\f(1,2)",
            'DISPLAYBARCODE "x" QR', "ADDRESSBLOCK", "= 1 + 1", "liability", "XE x",
        )),
    ],
)  # fmt: skip
def test_a_field_that_may_show_something_else_is_refused(code: str, cure: str) -> None:
    message = refusal_of(with_parts(header=field(code)))

    assert f"{HEADER}, paragraph “shown”: the field " in message
    assert cure in message


@pytest.mark.parametrize(
    "code",
    [
        "PAGE", "NUMPAGES", "SECTIONPAGES", "REF a \\h", "PAGEREF _Toc1 \\h", "SECTION",
        'TOC \\o "1-3" \\h', "STYLEREF Title", "SEQ Table", "NOTEREF a",
        'HYPERLINK \\l "_Toc1"', 'HYPERLINK "https://example.com" \\o "c:/ is no link"',
        "HYPERLINK mailto:a@example.com",
    ],
)  # fmt: skip
def test_a_field_that_hangs_on_the_agreement_alone_stays(code: str) -> None:
    agreement = rendered(linked(code))

    assert code.split()[0] in part(agreement, DOCUMENT)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(
            with_part("word/comments.xml", f"{OFFICE}wordprocessingml.comments+xml",
                      KIND + "comments", COMMENTS),
            f"{LINKS}: it holds a comment", id="comments without a mark",
        ),
        pytest.param(
            with_part("word/customizations.xml", "application/vnd.ms-word.keyMapCustomizations+xml",
                      MICROSOFT + "keyMapCustomizations", "<x/>"),
            f"{LINKS}: it changes the buttons or keys", id="keys",
        ),
        pytest.param(
            with_part("customUI/customUI14.xml", "application/xml",
                      "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
                      "<customUI/>", links=ROOT),
            f"{ROOT}: it changes the buttons or keys", id="buttons",
        ),
        pytest.param(
            with_part("word/embeddings/o.bin", f"{OFFICE}oleObject", KIND + "oleObject", "x"),
            f"{LINKS}: it holds an embedded object (/word/embeddings/o.bin); put a picture",
            id="object",
        ),
        pytest.param(
            with_part("word/embeddings/o.exe", "application/x-msdownload", KIND + "package", "MZ"),
            "an embedded object", id="program",
        ),
        pytest.param(
            with_part("word/ctl.bin", "application/octet-stream", "http://evil.invalid/macro", "x"),
            "what no house style needs (/word/ctl.bin)", id="unknown kind",
        ),
        pytest.param(
            with_part("word/media/a.png", "image/png", KIND + "image", "MZ not a picture"),
            "/word/media/a.png is no picture", id="program as a picture",
        ),
        pytest.param(
            with_part("word/media/a.svg", "image/svg+xml", KIND + "image",
                      "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
            "/word/media/a.svg is no picture", id="scripted picture",
        ),
        pytest.param(
            with_part("word/media/a.svg", "image/svg+xml", KIND + "image",
                      "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://e/x'/></svg>"),
            "/word/media/a.svg is no picture", id="fetching picture",
        ),
        pytest.param(
            with_part("word/h.bin", "application/octet-stream", KIND + "header", "x"),
            "for something else than it is", id="another kind of content",
        ),
        pytest.param(
            with_parts(document='<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
                       'href="file://host.invalid/x"/></w:pict></w:r></w:p>'),
            "it has a link to file://host.invalid/x", id="link of a drawing",
        ),
    ],
)  # fmt: skip
def test_a_part_that_is_not_listed_is_refused(data: bytes, says: str) -> None:
    assert says in refusal_of(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            with_part("word/data/item1.xml", "application/xml", KIND + "customXml",
                      f"<r>{SECRET}</r>"),
            id="custom XML elsewhere",
        ),
        pytest.param(
            with_part("docProps/app.xml", f"{OFFICE}extended-properties+xml",
                      KIND + "extended-properties",
                      f"<Properties><Company>{SECRET}</Company></Properties>", links=ROOT),
            id="names and program",
        ),
        pytest.param(
            with_part("docProps/core2.xml", "application/vnd.openxmlformats-package.core-properties+xml",
                      "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                      f"<c>{SECRET}</c>", links=ROOT),
            id="other properties",
        ),
        pytest.param(
            with_part("word/glossary/document.xml", f"{OFFICE}wordprocessingml.document.glossary+xml",
                      KIND + "glossaryDocument", f"<w:glossaryDocument {WML}>{SECRET}</w:glossaryDocument>"),
            id="building blocks",
        ),
        pytest.param(
            with_part("word/printerSettings/p.bin", f"{OFFICE}wordprocessingml.printerSettings",
                      KIND + "printerSettings", SECRET),
            id="settings of a printer",
        ),
        pytest.param(drawn({"word/loose.xml": f"<r>{SECRET}</r>"}), id="not linked"),
        pytest.param(
            with_parts(settings=f'<w:docVars><w:docVar w:name="a" w:val="{SECRET}"/></w:docVars>'),
            id="variables",
        ),
    ],
)  # fmt: skip
def test_what_an_agreement_has_no_use_for_does_not_ride_along(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(data))) as file:
        texts = {name: file.read(name).decode() for name in file.namelist()}

    assert [name for name, text in texts.items() if SECRET in text] == []
    for name in (*texts[TYPES].split('PartName="/')[1:],):
        assert name.partition('"')[0] in texts


def test_a_file_without_comments_may_have_an_empty_list_of_them() -> None:
    data = with_part(
        "word/comments.xml", f"{OFFICE}wordprocessingml.comments+xml",
        KIND + "comments", f"<w:comments {WML}/>",
    )  # fmt: skip

    with zipfile.ZipFile(io.BytesIO(rendered(data))) as file:
        assert "word/comments.xml" not in file.namelist()


def test_the_mark_for_a_printer_goes_with_its_settings() -> None:
    mark = (
        '<w:p><w:pPr><w:sectPr xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><w:printerSettings r:id="rId99"/>'
        "</w:sectPr></w:pPr></w:p>"
    )

    agreement = rendered(with_parts(document=mark))

    assert "printerSettings" not in part(agreement, DOCUMENT)
    assert "zoom" in part(agreement, SETTINGS)


def test_a_picture_of_a_known_kind_stays() -> None:
    document = plain()
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
            (b"IDAT", compress(b"\0\0")),
            (b"IEND", b""),
        )
    )
    document.add_picture(io.BytesIO(png))

    with zipfile.ZipFile(io.BytesIO(rendered(saved(document)))) as file:
        assert "word/media/image1.png" in file.namelist()
        assert file.read("word/media/image1.png") == png


def test_properties_of_the_designers_program_are_not_taken_over() -> None:
    own = saved(plain())
    with zipfile.ZipFile(io.BytesIO(own)) as file:
        assert "docProps/app.xml" in file.namelist()

    with zipfile.ZipFile(io.BytesIO(rendered(own))) as file:
        assert "docProps/app.xml" not in file.namelist()
        assert b"app.xml" not in file.read(ROOT) + file.read(TYPES)
    assert Document(io.BytesIO(rendered(own))).core_properties.title
