"""The house styles that come with the product: each is drawn, whole, and sound."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from documents import arabic, clause, document, managed_hosting, signature
from lxml import etree
from test_render_docx import STANDARD, Make, part, tree, words_in
from test_render_docx_arabic import ancestors_alignment, runs

from slacontracts.model.document import NumberedDocument
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import (
    HouseStyle,
    compile_house_style,
    load_house_style,
)
from slacontracts.word.names import w
from slacontracts.word.reading import text_of_docx

HOUSE = STANDARD.parent
DRAWING = STANDARD.parents[2] / "docs/house_styles/draw.py"
NAMES = ("standard", "compact", "public-sector")
NEW_NAMES = NAMES[1:]
PARTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
SOFFICE = shutil.which("soffice")
PDF_TEXT = shutil.which("pdftotext")
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA
WHITE = "FFFFFF"


@cache
def style(name: str) -> HouseStyle:
    file = HOUSE / f"{name}.docx"
    return compile_house_style(file.read_bytes(), f"templates/house/{name}.docx")


def rendered(name: str, numbered: NumberedDocument, **options: object) -> bytes:
    options = {"version": "3", "execution": False, **options}
    return render_docx(numbered, style(name), **options)  # type: ignore[arg-type]


def signed(*has_witness: bool, lines: int = 1) -> NumberedDocument:
    """Return an agreement of so many lines, which so many persons sign."""
    signatures = [
        signature(at, "customer", f"Company {at} Ltd", f"Person {at}", "Director",
                  has_witness=one)
        for at, one in enumerate(has_witness, 1)
    ]  # fmt: skip
    text = ["# Text."] * lines
    return document(clause("one", "One", *text), signatures=tuple(signatures))


MAKERS: dict[str, Make] = {
    "long": managed_hosting,
    "arabic": arabic,
    "three sign": lambda: signed(False, True, False),
}


def test_every_house_style_in_the_folder_is_tested_here() -> None:
    assert {file.stem for file in HOUSE.glob("*.docx")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_drawing_it_anew_gives_the_file(name: str, tmp_path: Path) -> None:
    for folder in ("once", "twice"):
        (tmp_path / folder).mkdir()
        subprocess.run(
            [sys.executable, str(DRAWING), str(tmp_path / folder / f"{name}.docx")],
            check=True,
        )

    once, twice = (tmp_path / at / f"{name}.docx" for at in ("once", "twice"))
    assert once.read_bytes() == twice.read_bytes()
    with zipfile.ZipFile(once) as drawn, zipfile.ZipFile(HOUSE / once.name) as file:
        assert drawn.namelist() == file.namelist()
        for member in set(file.namelist()) - {"word/theme/theme1.xml"}:
            assert drawn.read(member) == file.read(member), member


def test_an_unknown_name_is_not_drawn(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, str(DRAWING), str(tmp_path / "ours.docx")],
        capture_output=True, text=True,
    )  # fmt: skip

    assert "standard, compact, public-sector" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_has_every_style_itself(name: str) -> None:
    data = rendered(name, managed_hosting())

    given = (HOUSE / f"{name}.docx").read_bytes()
    assert part(data, "word/styles.xml") == part(given, "word/styles.xml")


@pytest.mark.parametrize("name", NEW_NAMES)
def test_it_has_the_styles_of_the_standard_but_for_the_cover(name: str) -> None:
    own, standard = (
        {str(one.get(w("val"))) for one in tree(data, "word/styles.xml").iter(w("name"))}
        for data in ((HOUSE / f"{name}.docx").read_bytes(), STANDARD.read_bytes())
    )  # fmt: skip

    assert {one for one in standard ^ own if not one.startswith("Cover ")} == set()


@pytest.mark.parametrize("name", NAMES)
def test_arabic_styles_are_twins_without_alignment(name: str) -> None:
    by_name = {
        named.get(w("val")): one
        for one in tree(rendered(name, arabic()), "word/styles.xml").iter(w("style"))
        if one.get(w("type")) == "paragraph"
        and (named := one.find(w("name"))) is not None
    }

    twins = {key: one for key, one in by_name.items() if str(key).endswith(" AR")}
    roles = {str(key).removesuffix(" AR") for key in twins}
    assert roles == set(by_name) - set(twins)
    for one in twins.values():
        assert one.find(f"{w('pPr')}/{w('bidi')}") is not None
        physical = {"left", "right", "start", "end"}
        assert not physical & set(ancestors_alignment(one, by_name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("one", "twin"), [("b", "bCs"), ("i", "iCs"), ("sz", "szCs")])
def test_formatting_comes_for_both_scripts(name: str, one: str, twin: str) -> None:
    data = rendered(name, arabic())

    for member in (*PARTS, "word/styles.xml", "word/numbering.xml"):
        for marks in tree(data, member).iter(w("rPr")):
            assert (marks.find(w(one)) is None) == (marks.find(w(twin)) is None)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [arabic, managed_hosting], ids=["ar", "en"])
def test_arabic_letters_stand_in_rtl_runs_and_latin_ones_do_not(
    name: str, make: Make
) -> None:
    data = rendered(name, make())

    for member in PARTS:
        for words, is_rtl in runs(tree(data, member)):
            assert not (re.search("[\u0600-\u06ff]", words) and not is_rtl), words
            assert not (re.search("[A-Za-z]", words) and is_rtl), words


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_numbered_is_numbered_by_word_itself(name: str) -> None:
    shown = text_of_docx(rendered(name, managed_hosting()))

    assert "uses Good Industry Practice;" in shown
    assert "Disputes" in shown


@pytest.mark.parametrize("name", NEW_NAMES)
@pytest.mark.parametrize("make", [managed_hosting, arabic], ids=["en", "ar"])
def test_the_wording_is_the_same_in_every_style(name: str, make: Make) -> None:
    first = make().document.clauses[0].title
    last = "Signature page" if make is managed_hosting else "صفحة التوقيعات"

    def wording(name: str) -> Sequence[str]:
        lines = text_of_docx(rendered(name, make()))
        start = len(lines) - 1 - lines[::-1].index(first)
        return lines[start : lines.index(last)]

    assert wording(name) == wording("standard")
    assert len(wording(name)) > 10


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_the_body_says_which_of_how_many(name: str) -> None:
    footer = part(rendered(name, managed_hosting()), "word/footer1.xml")

    assert " PAGE " in footer
    assert " NUMPAGES " in footer


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_its_ground(name: str) -> None:
    styles = tree((HOUSE / f"{name}.docx").read_bytes(), "word/styles.xml")
    for one in styles.iter(w("style")):
        colour = one.find(f"{w('rPr')}/{w('color')}")
        if colour is None or one.get(w("type")) != "paragraph":
            continue
        value = str(colour.get(w("val")))
        ground = band_colour(name) if value == WHITE else WHITE
        assert contrast(value, ground) >= LEAST_CONTRAST, one.get(w("styleId"))


def band_colour(name: str) -> str:
    """Return the colour of the first filled cell: the band of the title."""
    root = tree((HOUSE / f"{name}.docx").read_bytes())
    return str(next(root.iter(w("shd"))).get(w("fill")))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", NEW_NAMES)
@pytest.mark.parametrize("make", MAKERS)
def test_validators_find_nothing_in_it(name: str, make: str, tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")
    program = shutil.which("ooxml-integrity", path=str(Path(sys.executable).parent))
    assert program is not None
    file = tmp_path / "a.docx"
    file.write_bytes(rendered(name, MAKERS[make]()))

    result = openxml_audit.OpenXmlValidator().validate(str(file))
    found = subprocess.run(
        [program, "check", str(file)], capture_output=True, text=True
    ).stdout

    assert [str(error) for error in result.errors] == []
    assert "0 error(s), 0 warning(s)" in found, found


def test_the_compact_style_has_no_cover_no_contents_and_no_forced_pages() -> None:
    data = rendered("compact", managed_hosting())

    body = part(data)
    assert "TOC " not in body
    assert "Contents" not in text_of_docx(data)
    assert "pageBreakBefore" not in body + part(data, "word/styles.xml")
    assert body.count("<w:sectPr") == 1


def test_the_compact_style_names_agreement_and_parties_above_the_wording() -> None:
    first = next(tree(rendered("compact", managed_hosting())).iter(w("tbl")))

    for words in (
        "Managed Hosting Service Level Agreement", "SLA-2026-0001", "1 December 2026",
        "under the framework agreement MSA-2024-17",
        "ProviderNorthwind Hosting Ltd", "CustomerContoso Retail LLC",
    ):  # fmt: skip
        assert words in words_in(first)


def test_references_of_an_agreement_without_contents_lead_somewhere() -> None:
    body = part(rendered("compact", managed_hosting()))

    targets = set(re.findall(r"REF (\w+) ", body))
    assert targets
    assert targets <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body))


@pytest.mark.parametrize("name", NAMES)
def test_contents_or_none_survive_json(name: str) -> None:
    loaded = load_house_style(style(name).to_json())

    assert loaded.has_contents is (name != "compact")
    assert render_docx(
        managed_hosting(), loaded, version="3", execution=False
    ) == rendered(name, managed_hosting())


def test_given_pages_change_nothing_where_there_are_no_contents() -> None:
    plain = rendered("compact", managed_hosting())

    assert rendered("compact", managed_hosting(), page_numbers={"term": 4}) == plain


def blocks(numbered: NumberedDocument) -> list[etree._Element]:
    """Return the tables with signatures of the compact style."""
    root = tree(rendered("compact", numbered, execution=True))
    return [one for one in root.iter(w("tbl")) if "Signed for" in words_in(one)]


def test_signatures_stand_in_pairs_and_an_odd_one_alone() -> None:
    pair, single = blocks(signed(False, False, False))

    assert "of Company 1 LtdSigned for and on behalf of Company 2 Ltd" in words_in(pair)
    assert "NamePerson 1NamePerson 2" in words_in(pair)
    assert words_in(single).startswith("Signed for and on behalf of Company 3 Ltd")
    assert len(list(single.iter(w("gridCol")))) == 2


@pytest.mark.parametrize(
    ("has_witness", "times"),
    [
        pytest.param((False, False), 0, id="nobody"),
        pytest.param((True, False), 1, id="on the left"),
        pytest.param((False, True), 1, id="on the right"),
        pytest.param((True, True), 2, id="both"),
        pytest.param((True,), 1, id="one signatory"),
    ],
)
def test_only_who_needs_a_witness_has_lines_for_one(
    has_witness: tuple[bool, ...], times: int
) -> None:
    [table] = blocks(signed(*has_witness))

    assert words_in(table).count("In the presence of") == times
    assert words_in(table).count("Address") == times


@pytest.mark.parametrize("service", ["docusign", "adobe"])
def test_every_signatory_of_a_pair_has_anchors(service: str) -> None:
    data = rendered("compact", signed(False, False, True), signature_anchors=service)

    marks = {"docusign": "/sn{}/", "adobe": "{{{{Sig_es_:signer{}:signature}}}}"}
    for at in (1, 2, 3):
        assert part(data).count(f">{marks[service].format(at)}</w:t>") == 1


@pytest.fixture(scope="module")
def signature_pages(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[str]]:
    """The pages, as text, of agreements that end at different heights of a page."""
    if SOFFICE is None or PDF_TEXT is None:
        pytest.skip("LibreOffice (soffice) and pdftotext are not installed")
    folder = tmp_path_factory.mktemp("signatures")
    for name in NEW_NAMES:
        for lines in (1, 20, 26, 32):
            data = rendered(name, signed(True, False, False, lines=lines))
            (folder / f"{name} {lines}.docx").write_bytes(data)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {
        file.stem: subprocess.run(
            [PDF_TEXT, "-layout", file, "-"], check=True, capture_output=True, text=True
        ).stdout.split("\f")
        for file in folder.glob("*.pdf")
    }


@pytest.mark.parametrize("lines", [1, 20, 26, 32])
@pytest.mark.parametrize("name", NEW_NAMES)
def test_no_signature_is_split_over_pages_wherever_it_begins(
    signature_pages: dict[str, list[str]], name: str, lines: int
) -> None:
    pages = signature_pages[f"{name} {lines}"]

    signing = [page for page in pages if "Signed for" in page]
    whole = [page.count("Signed for and on behalf of") for page in signing]
    assert sum(whole) == 3
    assert [page.count("Company stamp") for page in signing] == whole
    witnessed = [page for page in signing if "In the presence of" in page]
    assert ["Company 1 Ltd" in page for page in witnessed] == [True]
    assert ["Address" in page for page in witnessed] == [True]
    heading = [page for page in pages if "signature page" in page.lower()]
    assert heading == signing[:1]
