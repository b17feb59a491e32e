"""Builders of WordprocessingML: text in, well-formed XML with the same text out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from slacontracts.errors import WordFileError
from slacontracts.word.build import escape, field, paragraph, run, run_properties
from slacontracts.word.names import W, w
from slacontracts.word.reading import paragraph_texts

written = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"
    )
)


def parsed(xml: str) -> etree._Element:
    return etree.fromstring(f'<root xmlns:w="{W}">{xml}</root>')


@given(written)
def test_text_comes_back_as_it_was_written(text: str) -> None:
    xml = paragraph("Normal", run(text))

    assert "".join(node.text or "" for node in parsed(xml).iter(w("t"))) == text
    assert paragraph_texts(xml.encode()) == [text]


def test_lines_and_tabs_become_marks_of_word() -> None:
    xml = paragraph("Normal", run("one\ntwo\tthree"))

    assert len(parsed(xml).findall(f".//{w('br')}")) == 1
    assert len(parsed(xml).findall(f".//{w('tab')}")) == 1
    assert paragraph_texts(xml.encode()) == ["one\vtwo\tthree"]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_refused_by_its_number(character: str) -> None:
    with pytest.raises(WordFileError, match=f"U\\+{ord(character):04X}"):
        escape(f"before{character}")


def test_bold_and_italic_come_for_both_scripts() -> None:
    properties = run_properties(bold=True, italic=True, rtl=True)

    assert properties == "<w:rPr><w:b/><w:bCs/><w:i/><w:iCs/><w:rtl/></w:rPr>"


def test_a_field_shows_its_result_and_not_its_code() -> None:
    xml = paragraph("Normal", run("clause ") + field("REF _c_x \\w \\h", "4.2"))

    assert paragraph_texts(xml.encode()) == ["clause 4.2"]
