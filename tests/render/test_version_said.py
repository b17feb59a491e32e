"""What cover and header say for the version: of agreements, amendments, and copies."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from documents import arabic, managed_hosting, without_blanks
from lxml import etree
from lxml import html as parser

from slacontracts.model.clause import Language
from slacontracts.model.document import NumberedDocument
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import HouseStyle, compile_house_style
from slacontracts.render.html import render_html
from slacontracts.render.text import render_text
from slacontracts.word.names import w

HOUSE = Path(__file__).parents[2] / "templates/house"
STYLES = ("standard", "compact", "public-sector")
AMENDMENT: Mapping[str, Any] = {"amendment": 2}
COPY: Mapping[str, Any] = {"conformed_to": date(2027, 4, 1)}
AS_AMENDED: Mapping[str, Any] = {"conformed_to": 2}
SAID: tuple[tuple[Language, Mapping[str, Any], bool, tuple[str, str]], ...] = (
    ("en", {}, True, ("Version", "3")),
    ("en", {}, False, ("Version", "3")),
    ("en", AMENDMENT, True, ("Amendment", "No. 2")),
    ("en", AMENDMENT, False, ("Amendment", "No. 2, draft 3")),
    ("en", COPY, True, ("Conformed copy", "as at 1 April 2027, for convenience only")),
    (
        "en",
        AS_AMENDED,
        True,
        ("Conformed copy", "with Amendment No. 2, for convenience only"),
    ),
    ("ar", {}, True, ("الإصدار", "3")),
    ("ar", AMENDMENT, True, ("التعديل", "رقم 2")),
    ("ar", AMENDMENT, False, ("التعديل", "رقم 2، المسودة 3")),
    ("ar", COPY, True, ("نسخة مجمعة", "كما هي في 1 أبريل 2027، للتيسير فقط")),
    ("ar", AS_AMENDED, True, ("نسخة مجمعة", "مع التعديل رقم 2، للتيسير فقط")),
)
cases = pytest.mark.parametrize(("language", "paper", "execution", "said"), SAID)


@cache
def house_style(name: str) -> HouseStyle:
    file = HOUSE / f"{name}.docx"
    return compile_house_style(file.read_bytes(), f"templates/house/{name}.docx")


def paper_of(language: Language, paper: Mapping[str, Any]) -> NumberedDocument:
    numbered = arabic() if language == "ar" else without_blanks(managed_hosting())
    return replace(numbered, document=replace(numbered.document, **paper))


@cases
def test_plain_text_says_it_on_its_cover(
    language: Language, paper: Mapping[str, Any], execution: bool, said: tuple[str, str]
) -> None:
    document = paper_of(language, paper)

    text = render_text(document, version="3", execution=execution)

    assert ": ".join(said) in text.split("\n")
    assert (text.split("\n")[0] in ("DRAFT", "مسودة")) == (not execution)


@cases
def test_a_page_says_it_on_its_cover_and_above_printed_pages(
    language: Language, paper: Mapping[str, Any], execution: bool, said: tuple[str, str]
) -> None:
    document = paper_of(language, paper)

    page = render_html(document, version="3", execution=execution)

    root = parser.document_fromstring(page)
    facts = root.findall(".//header/dl/*")
    cover = ["".join(map(str, fact.itertext())) for fact in facts]
    running = re.search(r'@top-left\{content:"(.*?)"', page)
    assert running is not None
    printed = re.sub(
        r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), running[1]
    )
    assert (cover[2], cover[3]) == said
    assert f" - {' '.join(said)}" in printed


@pytest.mark.parametrize("style", STYLES)
@cases
def test_a_word_file_says_it_on_its_cover_and_in_its_header(
    language: Language,
    paper: Mapping[str, Any],
    execution: bool,
    said: tuple[str, str],
    style: str,
) -> None:
    document = paper_of(language, paper)

    data = render_docx(document, house_style(style), version="3", execution=execution)

    headers = parts(data, "word/header")
    whole = " ".join(said)
    assert any(whole in one for one in headers)
    assert all("DRAFT" not in one and "مسودة" not in one for one in headers) == (
        execution
    )
    (body,) = parts(data, "word/document.xml")
    for words in said:
        assert words in body
    assert f"<cp:version>{whole if paper else '3'}<" in read(data, "docProps/core.xml")


def read(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def parts(data: bytes, start: str) -> list[str]:
    """Return the text of each part whose name begins so."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(start)]
        return [
            "".join(
                one.text or ""
                for one in etree.fromstring(archive.read(name)).iter(w("t"))
            )
            for name in names
        ]
