"""House styles: no style, list or run hides the wording or makes it unreadable."""

import re

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from test_house_style import changed
from test_house_style_contents import DOCUMENT, STYLES, rendered, run, with_parts
from test_house_style_foreign import plain, saved
from test_render_docx import STANDARD, part

from slacontracts.errors import SourceError
from slacontracts.render.house_style import compile_house_style

NUMBERING = "word/numbering.xml"
THEME = "word/theme/theme1.xml"
TINY = '<w:sz w:val="1mm"/>'
BODY_STYLES = ("Clause Level 1", "Clause Level 2", "Clause Level 1 AR", "Table Text")


def refusal_of(data: bytes) -> str:
    with pytest.raises(SourceError) as refusal:
        compile_house_style(data, "ours.docx")
    return "\n".join(finding.message for finding in refusal.value.findings)


def in_style(name: str, properties: str, *, kind: str = "rPr") -> bytes:
    """Return the standard with properties put first into those of a style."""
    styles = part(STANDARD.read_bytes(), STYLES)
    [old] = re.findall(
        rf'<w:style [^>]*><w:name w:val="{name}"/>.*?</w:style>', styles, re.S
    )
    if f"<w:{kind}>" in old:
        new = old.replace(f"<w:{kind}>", f"<w:{kind}>{properties}", 1)
    else:
        at = old.index("<w:tblPr>") if "<w:tblPr>" in old else -len("</w:style>")
        new = f"{old[:at]}<w:{kind}>{properties}</w:{kind}>{old[at:]}"
    return changed(STYLES, old, new)


def in_defaults(properties: str) -> bytes:
    old = "<w:rPrDefault><w:rPr>"
    return changed(STYLES, old, f"{old}{properties}")


def in_cover(properties: str, text: str = "seen by nobody") -> bytes:
    return with_parts(document=f"<w:p>{run(text, properties)}</w:p>")


@pytest.mark.parametrize("mark", ["vanish", "webHidden", "specVanish"])
@pytest.mark.parametrize(
    "style", [*BODY_STYLES, "Agreement Table", "Normal", "Signature Anchor"]
)
def test_a_style_that_hides_is_refused_by_name(style: str, mark: str) -> None:
    message = refusal_of(in_style(style, f"<w:{mark}/>"))

    assert f"{STYLES}: the style “{style}” hides text" in message


def test_what_is_off_hides_nothing() -> None:
    assert rendered(in_style("Clause Level 1", '<w:vanish w:val="0"/>'))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(in_defaults("<w:vanish/>"), id="the usual format"),
        pytest.param(
            changed(NUMBERING, "<w:lvlText", "<w:rPr><w:vanish/></w:rPr><w:lvlText"),
            id="a list",
        ),
        pytest.param(
            with_parts(
                styles='<w:style w:type="table" w:styleId="X"><w:name w:val="X"/>'
                '<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/></w:rPr>'
                "</w:tblStylePr></w:style>"
            ),
            id="the first row of a table",
        ),
    ],
)
def test_nothing_else_hides_text_either(data: bytes) -> None:
    assert "hides text" in refusal_of(data)


@pytest.mark.parametrize("style", BODY_STYLES)
@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ('<w:color w:val="FFFFFF"/>', "has the colour of what lies behind it"),
        ('<w:color w:val="F8F8F8"/>', "has the colour of what lies behind it"),
        (
            '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
            "has the colour of what lies behind it",
        ),
        (
            '<w:color w:val="000000"/><w:highlight w:val="black"/>',
            "has the colour of what lies behind it",
        ),
        (
            '<w:color w:val="000000" w:themeColor="background1"/>',
            "has the colour of what lies behind it",
        ),
        ('<w:sz w:val="2"/><w:szCs w:val="2"/>', "in 1 points, too small to read"),
        ('<w:sz w:val="11"/><w:szCs w:val="11"/>', "in 5.5 points"),
    ],
)
def test_a_style_that_cannot_be_read_is_refused_by_name(
    style: str, properties: str, says: str
) -> None:
    message = refusal_of(in_style(style, properties))

    assert f"{STYLES}: the style “{style}”: " in message
    assert says in message


def test_what_a_style_is_based_on_counts() -> None:
    document = plain()
    for name, colour in (("Pale", RGBColor(255, 255, 255)), ("Part Text", None)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.color.rgb = colour
    style.base_style = document.styles["Pale"]

    assert "the style “Part Text”: its text has the colour" in refusal_of(
        saved(document)
    )


@pytest.mark.parametrize(
    ("style", "properties"),
    [
        ("Clause Level 1", '<w:sz w:val="12"/>'),
        ("Clause Level 1", '<w:color w:val="D0D0D0"/>'),
        ("Clause Level 1", '<w:color w:val="auto"/>'),
        (
            "Clause Heading",
            '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="7A0000"/>',
        ),
        ("Clause Level 1", '<w:color w:val="14505A" w:themeColor="text1"/>'),
    ],
)
def test_a_style_that_can_be_read_stays(style: str, properties: str) -> None:
    assert rendered(in_style(style, properties))


def test_white_heads_of_tables_stay_on_a_dark_row() -> None:
    dark = in_style("Table Heading", '<w:color w:val="FFFFFF"/>')
    assert "the style “Table Heading”: its text has the colour" in refusal_of(dark)

    document = plain()
    heading = document.styles.add_style("Table Heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.font.color.rgb = RGBColor(255, 255, 255)
    table = document.styles.add_style("Agreement Table", WD_STYLE_TYPE.TABLE)
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="17365C"/>'
    row = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade}</w:tcPr></w:tblStylePr>'
    table.element.append(
        parse_xml(row.replace(" w:type", f" {nsdecls('w')} w:type", 1))
    )

    assert rendered(saved(document))


def test_headings_that_would_take_white_from_the_designers_are_refused() -> None:
    document = plain()
    document.styles["Heading 1"].font.color.rgb = RGBColor(255, 255, 255)

    assert "has the colour of what lies behind it" in refusal_of(saved(document))


def test_a_number_that_nobody_sees_is_refused() -> None:
    data = changed(NUMBERING, '<w:color w:val="17365C"/>', '<w:color w:val="FFFFFF"/>')

    assert f"{NUMBERING}: a level of a list: its text has" in refusal_of(data)


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ('<w:color w:val="FFFFFF"/>', "its text has the colour"),
        ('<w:sz w:val="2"/>', "in 1 points"),
        ('<w:sz w:val="-2"/>', "in -1 points"),
        ("<w:specVanish/>", "hidden text"),
        (
            '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/'
            'wordml"><w14:noFill/></w14:textFill>',
            "hidden text",
        ),
    ],
)
def test_text_of_the_cover_that_nobody_sees_is_refused(
    properties: str, says: str
) -> None:
    message = refusal_of(in_cover(properties))

    assert f"{DOCUMENT}, paragraph “seen by nobody”: " in message
    assert says in message


def test_tiny_text_of_a_header_is_refused_in_any_unit() -> None:
    data = with_parts(header=f"<w:p>{run('small', TINY)}</w:p>")

    assert "paragraph “small”: its text is set in 2.8 points" in refusal_of(data)


def test_a_mark_for_an_electronic_signature_may_be_tiny_and_white() -> None:
    tiny = '<w:color w:val="FFFFFF"/><w:sz w:val="2"/>'
    around = "{{%p for signature in signatures %}}", "{{%p endfor %}}"
    begin, end = (f"<w:p>{run(one.format())}</w:p>" for one in around)
    pieces = "".join(run(one, tiny) for one in ("{{ ", "signature.anchor", " }}"))

    assert rendered(with_parts(document=f"{begin}<w:p>{pieces}</w:p>{end}"))
    more = f"{begin}<w:p>{pieces}{run('and more', tiny)}</w:p>{end}"
    assert "in 1 points" in refusal_of(with_parts(document=more))


def test_the_page_numbers_of_a_list_of_contents_may_be_hidden_on_the_web() -> None:
    assert rendered(in_cover("<w:webHidden/>", "12"))


def test_a_designers_small_print_above_six_points_stays() -> None:
    document = plain()
    document.styles["Normal"].font.size = Pt(9)

    assert rendered(saved(document))
