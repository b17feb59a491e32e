"""Every rendering is read again before anybody gets it: no word lost or changed."""

import io
import zipfile
from collections.abc import Callable

import pytest
from documents import managed_hosting, without_blanks
from sample_documents import SAMPLES, hosting_agreement, sample
from test_render_docx import rendered

from slacontracts.errors import SlaContractsError, WordFileError
from slacontracts.model.document import NumberedDocument, Row
from slacontracts.render import docx as docx_room
from slacontracts.render import html as html_room
from slacontracts.render import text as text_room
from slacontracts.render import text_table
from slacontracts.render.reading_back import (
    require_words_of_page,
    require_words_of_text,
)
from slacontracts.word.package import (
    Compression,
    Member,
    packed,
    write_package,
)

RENDERERS = {"html": html_room.render_html, "text": text_room.render_text}
Render = Callable[..., str]


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize("agreement_id", SAMPLES)
def test_what_is_rendered_whole_is_let_through(
    agreement_id: str, render: Render
) -> None:
    assert render(sample(agreement_id), version="1", execution=True)


def test_a_page_that_lost_a_word_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = html_room._escaped
    monkeypatch.setattr(
        html_room, "_escaped", lambda text: whole(text.replace("Northwind", ""))
    )

    with pytest.raises(SlaContractsError, match="the web page differs from the agree"):
        html_room.render_html(hosting_agreement(), version="3", execution=False)


def test_a_text_that_lost_a_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text_table._read

    def lossy(row: Row, document: NumberedDocument) -> text_table._Line:
        line = whole(row, document)
        return text_table._Line(("", *line.cells[1:]), line.is_group)

    monkeypatch.setattr(text_table, "_read", lossy)

    with pytest.raises(SlaContractsError, match="the text differs from the agreement"):
        text_room.render_text(hosting_agreement(), version="3", execution=False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Managed Hosting Agreement</h1>", "</h1>", id="the title"),
        pytest.param('class="label">1.1<', 'class="label">1.2<', id="a number"),
        pytest.param("Contoso Retail LLC", "Contoso Retail", id="a name"),
        pytest.param("Signature page</h2>", "</h2>", id="a word of the signature page"),
        pytest.param("clause 1.1(a)(i)", "clause 1.1(a)(ii)", id="a reference"),
        pytest.param("</section>", "<p>More.</p></section>", id="words too many"),
    ],
)
def test_a_page_that_says_something_else_is_refused(old: str, new: str) -> None:
    document = hosting_agreement()
    page = html_room.render_html(document, version="3", execution=True)
    assert old in page

    require_words_of_page(page, document)
    with pytest.raises(SlaContractsError, match="was not written"):
        require_words_of_page(page.replace(old, new), document)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Managed Hosting Agreement", "Agreement", id="the title"),
        pytest.param("Contoso Retail LLC", "Contoso Retail", id="a name"),
        pytest.param("(i)", "(x)", id="a number"),
    ],
)
def test_a_text_that_says_something_else_is_refused(old: str, new: str) -> None:
    document = hosting_agreement()
    text = text_room.render_text(document, version="3", execution=True)
    assert old in text

    require_words_of_text(text, document)
    with pytest.raises(SlaContractsError, match="was not written"):
        require_words_of_text(text.replace(old, new), document)


def packed_with(part: str, old: bytes, new: bytes) -> Callable[..., Member]:
    def tampered(name: str, content: bytes, compress: Compression = "zlib") -> Member:
        if name == part:
            assert old in content
            content = content.replace(old, new, 1)
        return packed(name, content, compress)

    return tampered


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        pytest.param(
            "word/document.xml", b"</w:body>", b"</w:bdy>", "well-formed", id="broken"
        ),
        pytest.param(
            "docProps/core.xml",
            b"</dc:title>",
            b"</dc:titl>",
            "well-formed",
            id="a part without text is broken",
        ),
        pytest.param(
            "word/document.xml",
            b"Definitions",
            b"Definition",
            "differs from the agreement",
            id="another word",
        ),
    ],
)
def test_an_execution_version_is_read_again_from_its_finished_bytes(
    part: str, old: bytes, new: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx_room, "packed", packed_with(part, old, new))

    # The tree that was built is sound, so a draft is let through.
    assert rendered(without_blanks(managed_hosting()), execution=False)
    with pytest.raises(WordFileError, match=message):
        rendered(without_blanks(managed_hosting()), execution=True)


def test_a_header_of_an_execution_version_is_read_again_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tampered(members: list[Member]) -> bytes:
        data = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(write_package(members))) as before,
            zipfile.ZipFile(data, "w") as after,
        ):
            for name in before.namelist():
                content = before.read(name)
                if "word/header" in name:
                    content = content.replace(b"Version", b"Edition")
                after.writestr(name, content)
        return data.getvalue()

    assert rendered(without_blanks(managed_hosting()), execution=True)
    monkeypatch.setattr(docx_room, "write_package", tampered)

    with pytest.raises(WordFileError, match=r"the text of word/header\d?\.xml differs"):
        rendered(without_blanks(managed_hosting()), execution=True)
