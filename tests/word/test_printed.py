"""Word files as they are printed: numbers, places, fields of pages, unseen text."""

import pytest
from papers import admitted
from signed_agreement import execution_version
from word_files import LINKS, links, paragraph, run, types, word_file

from slacontracts.word.gate import admit
from slacontracts.word.names import W
from slacontracts.word.printed import PAGE, PAGES, Printed, printed_paragraphs
from slacontracts.word.unseen import moving_texts, unseen_texts


def printed(*inside: str) -> list[Printed]:
    return list(printed_paragraphs(admit(word_file("".join(inside), ()), "a.docx")))


def both(newer: str, older: str) -> str:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="w">'
        f"{run(newer)}</mc:Choice><mc:Fallback>{run(older)}</mc:Fallback>"
        "</mc:AlternateContent>"
    )


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_paragraph_has_its_number_and_its_place() -> None:
    found = {
        one.text: (one.place, one.label)
        for one in printed_paragraphs(admitted(execution_version()))
    }

    assert found["The Provider shall not suspend the Services without notice."] == (
        "clause 2.2", "2.2",
    )  # fmt: skip
    assert found["The Customer needs the Services."] == ("“Background” (A)", "(A)")
    assert found["EUR 4,500.00"] == ("Schedule 1", "")
    assert found["Charges are due within 30 days."] == ("Schedule 1, paragraph 1", "1")
    assert found["SLA-2026-0001"][0] == "the opening page"


def test_paragraphs_know_their_tables_and_clauses() -> None:
    found = {one.text: one for one in printed_paragraphs(admitted(execution_version()))}

    assert found["EUR 4,500.00"].is_in_table
    assert not found["EUR 4,500.00"].is_repeated
    assert found["Amount"].is_repeated
    assert found["Availability"].is_anchored
    assert not found["Signature page"].is_anchored


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        pytest.param(run("Page ") + field("PAGE", "7"), f"Page {PAGE}", id="page"),
        pytest.param(field("NUMPAGES", "9"), PAGES, id="pages"),
        pytest.param(
            f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>', PAGE, id="simple"
        ),
        pytest.param(field("REF x", "clause 7"), "clause 7", id="another field"),
        pytest.param(
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",
            "a\tb\vc",
            id="tab and line break",
        ),
        pytest.param(
            '<w:r><w:sym w:font="Arial" w:char="0039"/></w:r>', "9", id="a symbol"
        ),
        pytest.param(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/'
            'math"><m:r><m:t>9</m:t></m:r></m:oMath>',
            "9",
            id="a formula",
        ),
        pytest.param(
            '<w:ins w:id="1" w:author="x">' + run("new") + "</w:ins>"
            '<w:del w:id="2" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>',
            "new",
            id="tracked changes count as accepted",
        ),
        pytest.param(
            "<w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
            + run("x"),
            "x",
            id="tab stops are no tabs",
        ),
    ],
)
def test_the_text_is_that_which_is_printed(inside: str, text: str) -> None:
    (found,) = printed(paragraph(inside))

    assert found.text == text


def test_a_line_of_the_contents_ends_in_a_page() -> None:
    lines = printed(
        paragraph(run("Term"), field("PAGEREF x", "7")), paragraph(run("x"))
    )

    assert [one.ends_in_page for one in lines] == [True, False]
    assert lines[0].text == "Term7"


def test_headers_and_footers_are_stories_of_their_own() -> None:
    header = f'<w:hdr xmlns:w="{W}">{paragraph(run("Draft of "), field("PAGE", "1"))}</w:hdr>'
    more = {
        LINKS: links(("header", "header1.xml")),
        "[Content_Types].xml": types(),
        "word/header1.xml": header,
    }

    found = list(
        printed_paragraphs(admit(word_file(paragraph(run("x")), (), **more), "a"))
    )

    assert [(one.story, one.place, one.text) for one in found] == [
        ("body", "the opening page", "x"),
        ("header", "the header", f"Draft of {PAGE}"),
    ]


@pytest.mark.parametrize(
    ("look", "is_unseen"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:color w:val="FFFFFF"/>', True),
        ('<w:color w:val="000000"/>', False),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="20"/>', False),
        ("", False),
    ],
)
def test_hidden_white_and_tiny_text_is_unseen(look: str, is_unseen: bool) -> None:
    words = f"<w:r><w:rPr>{look}</w:rPr><w:t>not</w:t></w:r>"
    file = admit(word_file(paragraph(run("shall "), words), ()), "a.docx")

    assert unseen_texts(file) == (["not"] if is_unseen else [])


@pytest.mark.parametrize(
    ("inside", "moving"),
    [
        pytest.param(
            "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a' w:storeItemID='{1}'/></w:sdtPr>"
            f"<w:sdtContent>{run('99.9')}</w:sdtContent></w:sdt>",
            ["99.9"],
            id="taken from data",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{run('99.9')}</w:sdtContent></w:sdt>",
            [],
            id="a plain control",
        ),
        pytest.param(both("99.9", "99.5"), ["99.5"], id="two wordings"),
        pytest.param(both("99.9", "99.9"), [], id="one wording twice"),
    ],
)
def test_text_that_programs_may_show_otherwise_is_found(
    inside: str, moving: list[str]
) -> None:
    file = admit(word_file(paragraph(inside), ()), "a.docx")

    assert moving_texts(file) == moving
