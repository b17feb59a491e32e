"""Arabic in Word files: every run, paragraph and table reads in its own direction."""

import re
from collections.abc import Iterator, Mapping

import pytest
from documents import arabic, clause, document, managed_hosting, nasty
from lxml import etree
from test_render_docx import Make, part, rendered, tree

from slacontracts.word.names import w
from slacontracts.word.reading import text_of_docx

ARABIC = re.compile("[\u0600-\u06ff]")
LATIN = re.compile("[A-Za-z]")
PARTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml")


def runs(root: etree._Element) -> list[tuple[str, bool]]:
    """Return (text, is marked as right to left) of every run."""
    return [
        (
            "".join(one.text or "" for one in run.iter(w("t"))),
            run.find(f"{w('rPr')}/{w('rtl')}") is not None,
        )
        for run in root.iter(w("r"))
    ]


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(
    "make", [arabic, managed_hosting, lambda: nasty("ends in عربي")], ids=["ar", "en", "mixed"]
)  # fmt: skip
def test_arabic_letters_stand_in_rtl_runs_and_latin_ones_do_not(
    make: Make, name: str
) -> None:
    for words, is_rtl in runs(tree(rendered(make()), name)):
        assert not (ARABIC.search(words) and not is_rtl), words
        assert not (LATIN.search(words) and is_rtl), words


@pytest.mark.parametrize("name", PARTS)
def test_every_paragraph_table_and_section_of_an_arabic_agreement_is_mirrored(
    name: str,
) -> None:
    data = rendered(arabic())
    styles = tree(data, "word/styles.xml")
    bidi = {
        style.get(w("styleId"))
        for style in styles.iter(w("style"))
        if style.find(f"{w('pPr')}/{w('bidi')}") is not None
    }

    root = tree(data, name)
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        direct = paragraph.find(f"{w('pPr')}/{w('bidi')}")
        assert direct is not None or (style is not None and style.get(w("val")) in bidi)
    for table in root.iter(w("tbl")):
        assert table.find(f"{w('tblPr')}/{w('bidiVisual')}") is not None
    for section in root.iter(w("sectPr")):
        assert section.find(w("bidi")) is not None


def test_an_english_agreement_has_nothing_from_right_to_left() -> None:
    data = rendered(managed_hosting())

    assert "<w:bidi" not in part(data)
    assert "<w:rtl/>" not in part(data)
    assert '"ClauseLevel1AR"' not in part(data)


def test_arabic_styles_are_twins_without_alignment() -> None:
    styles = tree(rendered(arabic()), "word/styles.xml")
    by_name = {
        name.get(w("val")): style
        for style in styles.iter(w("style"))
        if style.get(w("type")) == "paragraph"
        and (name := style.find(w("name"))) is not None
    }
    twins = {name: one for name, one in by_name.items() if str(name).endswith(" AR")}

    assert {str(name).removesuffix(" AR") for name in twins} == set(by_name) - set(
        twins
    )
    for style in twins.values():
        for jc in ancestors_alignment(style, by_name):
            assert jc not in ("left", "right", "start", "end")


def ancestors_alignment(
    style: etree._Element | None, by_name: Mapping[str | None, etree._Element]
) -> Iterator[str | None]:
    """Yield the alignment that a style has, itself or from those it is based on."""
    by_id = {one.get(w("styleId")): one for one in by_name.values()}
    while style is not None:
        jc = style.find(f"{w('pPr')}/{w('jc')}")
        if jc is not None:
            yield jc.get(w("val"))
        base = style.find(w("basedOn"))
        style = None if base is None else by_id.get(base.get(w("val")))


@pytest.mark.parametrize(("one", "twin"), [("b", "bCs"), ("i", "iCs"), ("sz", "szCs")])
@pytest.mark.parametrize("name", [*PARTS, "word/styles.xml", "word/numbering.xml"])
def test_formatting_comes_for_both_scripts(name: str, one: str, twin: str) -> None:
    for properties in tree(rendered(arabic()), name).iter(w("rPr")):
        assert (properties.find(w(one)) is None) == (properties.find(w(twin)) is None)


def test_what_would_be_torn_apart_is_held_together() -> None:
    numbered = document(
        clause("a", "بند", "اتصل على {value +966 11 555 0100} وفق {ref a/x}.",
               "# نص.", "##x نص."),
        language="ar",
    )  # fmt: skip

    shown = text_of_docx(rendered(numbered))

    assert any("\u200e+966\u00a011\u00a0555\u00a00100\u200e" in line for line in shown)
    assert any("\u200e1.1(a)\u200e" in line for line in shown)


def test_an_arabic_agreement_counts_in_lists_of_its_own() -> None:
    styles = tree(rendered(arabic()), "word/styles.xml")
    nums = {
        str(style.get(w("styleId"))): num.get(w("val"))
        for style in styles.iter(w("style"))
        if (num := style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")) is not None
    }

    for own, number in nums.items():
        if own + "AR" in nums:
            assert nums[own + "AR"] != number
