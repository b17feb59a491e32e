"""Signed Word files against the execution version: every changed word, and no other."""

import io
import zipfile

import pytest
from papers import admitted, with_text
from signed_agreement import SIGNING, execution_version

from slacontracts.compare.paper import PaperComparison
from slacontracts.compare.paper_docx import differences_in_word

_TEXT = '<w:t xml:space="preserve">'


def compared(*changes: tuple[str, str], part: str = "document") -> PaperComparison:
    signed = admitted(with_text(execution_version(), *changes, part=part))
    return differences_in_word(signed, admitted(execution_version()), SIGNING)


def said(*changes: tuple[str, str], part: str = "document") -> list[str]:
    return [str(one) for one in compared(*changes, part=part).differences]


def test_the_execution_version_itself_has_no_difference() -> None:
    assert compared() == PaperComparison((), (), 100)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("99.9%", "99.5%", "clause 2.1: “99.9%” -> “99.5%”"),
        ("EUR 850.00", "EUR 851.00", "Schedule 1: “850.00” -> “851.00”"),
        ("shall not suspend", "shall suspend", "clause 2.2: “not” is missing"),
        ("in writing", "in proper writing", "clause 1.2: “proper” was added"),
        ("needs the Services", "needs Services", "“Background” (A): “the” is missing"),
    ],
)
def test_one_changed_word_is_found_with_its_place(
    old: str, new: str, difference: str
) -> None:
    (found,) = said((old, new))

    assert found.startswith(difference)


def test_a_changed_header_or_footer_is_found() -> None:
    (found,) = said(("SLA-2026-0001", "SLA-2026-0002"), part="header1")

    assert found.startswith("the header: “SLA-2026-0001” -> “SLA-2026-0002”")


def test_a_number_that_word_counts_is_compared() -> None:
    first = '<w:lvlText w:val="%1.%2"/>'

    found = said((first, '<w:lvlText w:val="%1.%2x"/>'), part="numbering")

    assert any("“1.1” -> “1.1x”" in one for one in found)


def test_a_paragraph_that_is_no_item_any_more_changes_numbers() -> None:
    found = said(('<w:pStyle w:val="ClauseLevel1"/>', '<w:pStyle w:val="Normal"/>'))

    assert "“1.1” is missing" in found[0]


def test_what_people_write_where_they_sign_is_no_difference() -> None:
    comparison = compared(("Niamh Kelleher<", "Niamh Kelleher, 23 November 2026<"))

    assert comparison.differences == ()
    assert comparison.written == ("“Kelleher” -> “Kelleher, 23 November 2026”",)


def test_what_the_parties_declare_when_they_sign_may_not_change() -> None:
    (found,) = said(("its authorised signatory", "its signatory"))

    assert "“authorised” is missing" in found


def test_a_paragraph_after_the_signatures_is_a_difference() -> None:
    paragraph = f"<w:p><w:r>{_TEXT}The cap is lifted.</w:t></w:r></w:p>"

    (found,) = said(("</w:body>", f"{paragraph}</w:body>"))

    assert "“The cap is lifted.” was added" in found


def test_what_is_written_in_the_last_cells_is_told_apart_from_what_follows() -> None:
    paragraph = f"<w:p><w:r>{_TEXT}The cap is lifted.</w:t></w:r></w:p>"
    place = last_cell(execution_version())

    comparison = compared(
        (place, place.replace("Place", "Place at Dublin", 1)),
        ("</w:body>", f"{paragraph}</w:body>"),
    )

    assert comparison.written == ("at Dublin",)
    assert len(comparison.differences) == 1


def last_cell(whole: bytes) -> str:
    """Return the XML from the label of the last cell on."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    return text[text.rindex("Place</w:t>") : text.rindex("</w:body>")]


def test_a_pending_tracked_change_is_a_difference_that_says_so() -> None:
    inserted = (
        '<w:ins w:id="9001" w:author="Omar" w:date="2026-11-23T09:00:00Z">'
        f"<w:r>{_TEXT}not </w:t></w:r></w:ins>"
    )
    at = f"<w:r>{_TEXT}The Services are available"

    (found,) = said((at, inserted + at))

    assert found.startswith("clause 2.1: a tracked change of Omar is pending")
    assert "“not" in found


def test_beside_tracked_changes_silent_ones_are_found() -> None:
    inserted = f'<w:ins w:id="9001" w:author="Omar"><w:r>{_TEXT}x</w:t></w:r></w:ins>'
    at = f"<w:r>{_TEXT}The Services are available"

    found = said((at, inserted + at), ("36 months", "63 months"))

    assert any("“36” -> “63”" in one for one in found)
    assert len(found) == 2


@pytest.mark.parametrize(
    "look", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>']
)
def test_words_that_were_hidden_are_a_difference(look: str) -> None:
    at = f"<w:r>{_TEXT}The Provider shall not"

    (found,) = said((at, f"<w:r><w:rPr>{look}</w:rPr>{_TEXT}The Provider shall not"))

    assert "The Provider shall not suspend" in found
    assert found.endswith("is hidden")


def test_words_that_a_style_hides_are_a_difference() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    signed = with_text(
        execution_version(), ("</w:styles>", style + "</w:styles>"), part="styles"
    )
    signed = with_text(signed, ('w:val="ClauseLevel1"', 'w:val="Gone"'))

    found = differences_in_word(
        admitted(signed), admitted(execution_version()), SIGNING
    )

    assert any(one.kind == "hidden" for one in found.differences)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_words_that_were_struck_out_are_a_difference(look: str) -> None:
    at = f"<w:r>{_TEXT}The Provider shall not"

    (found,) = said((at, f"<w:r><w:rPr>{look}</w:rPr>{_TEXT}The Provider shall not"))

    assert "The Provider shall not suspend" in found
    assert found.endswith("is struck out")


def test_words_that_are_not_struck_out_after_all_are_no_difference() -> None:
    at = f"<w:r>{_TEXT}The Provider shall not"
    look = '<w:rPr><w:strike w:val="0"/></w:rPr>'

    assert said((at, f"<w:r>{look}{_TEXT}The Provider shall not")) == []


def test_words_that_a_style_strikes_out_are_a_difference() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    signed = with_text(
        execution_version(), ("</w:styles>", style + "</w:styles>"), part="styles"
    )
    signed = with_text(signed, ('w:val="ClauseLevel1"', 'w:val="Gone"'))

    found = differences_in_word(
        admitted(signed), admitted(execution_version()), SIGNING
    )

    assert any(one.said.endswith("is struck out") for one in found.differences)


def test_without_a_signature_page_nothing_may_be_written() -> None:
    signed = with_text(
        execution_version(), ("Niamh Kelleher<", "Niamh Kelleher, Dublin<")
    )

    comparison = differences_in_word(
        admitted(signed), admitted(execution_version()), ()
    )

    assert len(comparison.differences) == 1
    assert comparison.written == ()


def test_words_inside_a_field_of_pages_are_words() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r>{_TEXT}not</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    at = f"<w:r>{_TEXT}The Services are available"

    assert len(said((at, field + at))) == 1


def test_words_that_programs_may_show_otherwise_are_a_difference() -> None:
    at = f"<w:r>{_TEXT}The Services are available"
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent><w:r>{_TEXT} </w:t></w:r></w:sdtContent></w:sdt>"
    )

    (found,) = said((at, control + at))

    assert "programs may show other words" in found
