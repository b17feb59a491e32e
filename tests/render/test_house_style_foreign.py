"""House styles from elsewhere: any Word file with the tags, completed by what it lacks."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from documents import arabic, managed_hosting
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from lxml import etree
from test_render_docx import STANDARD, Make, part, text, tree

from slacontracts.errors import SourceError
from slacontracts.model.document import NumberedDocument
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import (
    HouseStyle,
    compile_house_style,
    load_house_style,
)
from slacontracts.word.names import w
from slacontracts.word.reading import text_of_docx

SOFFICE = shutil.which("soffice")
PDF_TEXT = shutil.which("pdftotext")
DRAWING = STANDARD.parents[2] / "docs/house_styles/draw.py"
LENT = STANDARD.parents[2] / "slacontracts/render/docx_standard.xml"
TAGS = (
    "{{ organisation }}", "{{p body }}", "{%p for signature in signatures %}",
    "{{ signature.capacity }}: {{ signature.name }}", "{%p endfor %}",
)  # fmt: skip


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(*, body: str = "{{p body }}") -> Any:
    """Return a new document of python-docx with tags in it."""
    document = Document()
    document.add_heading("{{ agreement.title }}", 0)
    for tag in TAGS:
        document.add_paragraph(body if "body" in tag else tag)
    document.sections[0].footer.paragraphs[0].text = "{{ agreement.id }}"
    return document


def with_own_numbers() -> Any:
    """Return one whose designer has numbered clause headings, "1." in capitals."""
    document = plain()
    heading: Any = document.styles.add_style("Clause Heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.font.all_caps = True
    heading.font.size = Pt(13)
    lists: Any = document.part.numbering_part.element
    lists.findall(w("abstractNum"))[-1].addnext(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType '
            'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:pStyle w:val="ClauseHeading"/>'
            '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )
    )
    lists.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="55"><w:abstractNumId w:val="77"/></w:num>'
        )
    )
    heading.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="55"/></w:numPr>')
    )
    document.styles.add_style("Definition", WD_STYLE_TYPE.CHARACTER)
    return document


def without_lists() -> bytes:
    """Return a file as LibreOffice saves a text: no lists, no default style."""
    data = saved(plain())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(("Types].xml", "document.xml.rels")):
                content = re.sub(rb"<[^<>]*numbering.xml[^<>]*/>", b"", content)
            if name == "word/styles.xml":
                content = content.replace(b' w:default="1"', b"")
            if name != "word/numbering.xml":
                new.writestr(name, content)
    return out.getvalue()


FOREIGN: dict[str, Callable[[], bytes]] = {
    "python-docx": lambda: saved(plain()),
    "own numbers": lambda: saved(with_own_numbers()),
    "no lists": without_lists,
}


@cache
def compiled(name: str) -> HouseStyle:
    return compile_house_style(FOREIGN[name](), f"{name}.docx")


def rendered(name: str, numbered: NumberedDocument) -> bytes:
    return render_docx(numbered, compiled(name), version="1", execution=False)


def style_named(data: bytes, name: str) -> etree._Element:
    for style in tree(data, "word/styles.xml").iter(w("style")):
        named = style.find(w("name"))
        if named is not None and named.get(w("val")) == name:
            return style
    raise AssertionError(name)


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("make", [managed_hosting, arabic], ids=["en", "ar"])
def test_any_word_file_with_tags_renders(name: str, make: Make) -> None:
    data = rendered(name, make())

    lines = text_of_docx(data)
    assert make().document.title in lines
    assert any(make().document.clauses[-1].title in line for line in lines)


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("make", [managed_hosting, arabic], ids=["en", "ar"])
def test_validators_find_nothing_in_it(name: str, make: Make, tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")
    program = shutil.which("ooxml-integrity", path=str(Path(sys.executable).parent))
    assert program is not None
    file = tmp_path / "a.docx"
    file.write_bytes(rendered(name, make()))

    result = openxml_audit.OpenXmlValidator().validate(str(file))
    found = subprocess.run(
        [program, "check", str(file)], capture_output=True, text=True
    ).stdout

    assert [str(error) for error in result.errors] == []
    assert "0 error(s), 0 warning(s)" in found, found


@pytest.mark.parametrize("name", FOREIGN)
def test_word_counts_every_label_itself(name: str) -> None:
    data = rendered(name, managed_hosting())

    lines = text_of_docx(data)
    assert "uses Good Industry Practice;" in lines
    assert not any(re.match(r"\(?[0-9a-z.]+\)?\t.*Industry", line) for line in lines)
    assert "REF _c_services__cleared \\w" in part(data)


@pytest.mark.parametrize("name", FOREIGN)
def test_every_style_of_the_body_is_there_once(name: str) -> None:
    data = rendered(name, managed_hosting())

    styles = list(tree(data, "word/styles.xml").iter(w("style")))
    ids = [style.get(w("styleId")) for style in styles]
    names = [str(one.get(w("val"))).lower() for one in tree(data, "word/styles.xml").iter(w("name"))]  # fmt: skip
    used = {one.get(w("val")) for one in tree(data).iter(w("pStyle"), w("tblStyle"))}
    assert used <= set(ids)
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    for link in tree(data, "word/styles.xml").iter(w("basedOn"), w("next"), w("link")):
        assert link.get(w("val")) in ids
    assert "word/stylesWithEffects.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()  # fmt: skip


def test_what_the_designer_has_made_stays() -> None:
    data = rendered("own numbers", managed_hosting())

    heading = style_named(data, "Clause Heading")
    assert heading.find(f"{w('rPr')}/{w('caps')}") is not None
    assert '<w:numId w:val="55"/>' in etree.tostring(heading).decode()
    assert style_named(data, "Definition").get(w("type")) == "character"
    assert style_named(data, "Definition (agreement)").get(w("type")) == "paragraph"


def test_styles_below_the_designers_heading_join_its_list() -> None:
    data = rendered("own numbers", managed_hosting())

    item = style_named(data, "Clause Level 1")
    marks = {one.tag: one.get(w("val")) for one in item.iter(w("ilvl"), w("numId"))}
    assert marks == {w("ilvl"): "1", w("numId"): "55"}
    [own] = [
        one
        for one in tree(data, "word/numbering.xml").iter(w("abstractNum"))
        if one.get(w("abstractNumId")) == "77"
    ]
    shown = [one.get(w("val")) for one in own.iter(w("lvlText"))]
    assert shown == ["%1.", "%1.%2", "(%3)", "(%4)"]


def test_a_designers_heading_never_stands_alone() -> None:
    heading = style_named(rendered("own numbers", managed_hosting()), "Clause Heading")

    for mark in ("keepNext", "outlineLvl"):
        assert heading.find(f"{w('pPr')}/{w(mark)}") is not None


def test_grafted_styles_are_set_in_the_files_own_size_and_font() -> None:
    data = rendered("python-docx", managed_hosting())

    base = style_named(data, "Agreement Base")
    based_on = base.find(w("basedOn"))
    assert based_on is not None
    assert based_on.get(w("val")) == "Normal"
    item = etree.tostring(style_named(data, "Clause Level 1")).decode()
    assert "w:sz" not in item
    assert "rFonts" not in item
    chapter = style_named(data, "Schedule Heading").find(f"{w('rPr')}/{w('sz')}")
    assert chapter is not None
    assert chapter.get(w("val")) == "35"  # 16 of 10 points are 17.5 of 11
    heading = etree.tostring(style_named(data, "Part Heading")).decode()
    assert "majorHAnsi" in heading
    assert "365F91" in heading


def test_page_numbers_stand_at_the_files_own_margin() -> None:
    tabs = style_named(rendered("python-docx", managed_hosting()), "toc 1")

    stops = [one.get(w("pos")) for one in tabs.iter(w("tab"))]
    assert stops[-1] == "8640"  # six inches


def test_a_contents_style_without_tab_stops_gets_them() -> None:
    document = plain()
    document.styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    style = compile_house_style(saved(document), "s.docx")

    data = render_docx(managed_hosting(), style, version="1", execution=False)

    names = re.findall(r'<w:name w:val="(toc 1)"', part(data, "word/styles.xml"), re.I)
    assert len(names) == 1
    assert len(list(style_named(data, names[0]).iter(w("tab")))) == 2


def test_a_list_that_does_not_begin_at_one_is_not_trusted() -> None:
    document = with_own_numbers()
    lists: Any = document.part.numbering_part.element
    own = lists.find(f"{w('abstractNum')}[@{w('abstractNumId')}='77']")
    own.find(f"{w('lvl')}/{w('start')}").set(w("val"), "4")
    style = compile_house_style(saved(document), "s.docx")

    data = render_docx(managed_hosting(), style, version="1", execution=False)

    assert "1\tDefinitions" in text(data).split("\n")[3:]


def test_a_completed_style_survives_json() -> None:
    kept = compiled("own numbers").to_json()

    loaded = load_house_style(kept)

    again = render_docx(managed_hosting(), loaded, version="1", execution=False)
    assert again == rendered("own numbers", managed_hosting())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("no body", "must stand once"),
        ("{{p body }} and more", "takes its whole paragraph"),
        ("{{p body }}\n{{ agreement.titel }}", "takes its whole paragraph"),
    ],
)
def test_tags_of_a_foreign_file_are_checked(body: str, says: str) -> None:
    with pytest.raises(SourceError, match=r"ours\.docx") as refusal:
        compile_house_style(saved(plain(body=body)), "ours.docx")

    assert any(says in str(finding) for finding in refusal.value.findings)


def test_an_unknown_tag_of_a_foreign_file_is_found_with_its_place() -> None:
    document = plain()
    document.add_paragraph("Title: {{ agreement.titel }}")

    with pytest.raises(SourceError) as refusal:
        compile_house_style(saved(document), "ours.docx")

    [finding] = refusal.value.findings
    assert "paragraph “Title: {{ agreement.titel }}”" in finding.message
    assert 'did you mean "agreement.title"?' in finding.message


def test_the_lent_styles_are_those_of_the_standard(tmp_path: Path) -> None:
    drawn = tmp_path / "lent.xml"

    subprocess.run([sys.executable, str(DRAWING), str(drawn)], check=True)

    assert drawn.read_text("utf-8") == LENT.read_text("utf-8")


@pytest.fixture(scope="module")
def office_style(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HouseStyle]:
    """A house style that LibreOffice has saved, from a text with tags."""
    if SOFFICE is None or PDF_TEXT is None:
        pytest.skip("LibreOffice (soffice) and pdftotext are not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "ours.txt").write_text("\n".join(TAGS), encoding="utf-8")
    converted(folder, "ours.txt", "docx:MS Word 2007 XML")
    data = (folder / "ours.docx").read_bytes()
    return folder, compile_house_style(data, "ours.docx")


def converted(folder: Path, name: str, form: str) -> None:
    reading = ["--infilter=Text (encoded):UTF8,LF,,,"] if name.endswith("txt") else []
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--headless", *reading, "--convert-to", form, "--outdir", folder, folder / name],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def test_a_file_saved_by_libreoffice_renders_and_counts_there(
    office_style: tuple[Path, HouseStyle],
) -> None:
    folder, style = office_style
    data = render_docx(managed_hosting(), style, version="1", execution=False)
    (folder / "a.docx").write_bytes(data)

    converted(folder, "a.docx", "pdf")

    shown = subprocess.run(
        [str(PDF_TEXT), "-layout", folder / "a.pdf", "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for line in (
        r"2\.3\s+The Provider:", r"\(ii\)\s+have been cleared under clause 11; and",
        r"Schedule 2 Service credits", r"\(B\)\s+The Customer relies",
    ):  # fmt: skip
        assert re.search(line, shown), line
