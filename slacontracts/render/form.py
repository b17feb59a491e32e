"""The questions of a template in, a Word form to fill in out.

Each row holds a question, an empty cell, and in small grey the address of the value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from slacontracts.model.clause import Language
from slacontracts.text import script_runs
from slacontracts.word.build import (
    CELL_END,
    HEADING_ROW_START,
    ROW_END,
    ROW_START,
    TABLE_END,
    cell_start,
    content_types,
    escape,
    paragraph,
    relationships,
    run,
    run_properties,
    size,
    table_start,
)
from slacontracts.word.names import (
    CUSTOM_PART,
    CUSTOM_PROPERTIES,
    CUSTOM_TYPE,
    FORMAT_ID,
    MAIN_TYPE,
    ROOT_RELATIONSHIPS_PART,
    STYLES_TYPE,
    TYPES_PART,
    VARIANT_TYPES,
    XML_HEAD,
    R,
    W,
)
from slacontracts.word.package import packed, write_package

_WIDTHS: Final = (4100, 4100, 1900)
_SHADE: Final = "F2F4F7"
FORM_PROPERTY: Final = "slacontracts.form"
QUESTIONS_PROPERTY: Final = "slacontracts.form.questions"  # how many there are


@dataclass(frozen=True, slots=True)
class FormRow:
    """One question: what to ask, what helps to answer it, what stands there already."""

    path: str
    question: str
    hint: str = ""
    answer: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class FormHead:
    """What stands above the questions.

    template: by which the form is known again. we: the organisation that asks.
    other: the role of the other side, which may be asked to fill the form in.
    """

    title: str
    template: str = ""
    we: str = ""
    other: Literal["customer", "supplier", "department"] = "customer"


@dataclass(frozen=True, slots=True)
class FormWords:
    """The fixed words of a form in one language."""

    guide: str
    question: str
    answer: str
    address: str
    optional: str
    readers: str
    we: str
    others: Mapping[str, str]


_WORDS: Final[dict[Language, FormWords]] = {
    "en": FormWords(
        "Fill in the middle column and send the file back. Leave empty what you do not "
        "know. The grey column says where an answer goes; please do not change it.",
        "Question",
        "Your answer",
        "Goes to",
        "(optional)",
        "For whom: a colleague at {we}, or {other}, who knows these facts.",
        "“We”, “us” and “our” mean {we}.",
        {
            "customer": "somebody at the customer",
            "supplier": "somebody at the supplier",
            "department": "somebody in the other department",
        },
    ),
    "ar": FormWords(
        "املأ العمود الأوسط وأعد الملف. اترك ما لا تعرفه فارغاً. يبين العمود الرمادي "
        "موضع الإجابة، فيرجى عدم تغييره.",
        "السؤال",
        "إجابتك",
        "الموضع",
        "(اختياري)",
        "لمن هذا النموذج: زميل في {we} أو {other} ممن يعرف هذه البيانات.",
        "تشير «نحن» و«نا» إلى {we}.",
        {
            "customer": "شخص لدى العميل",
            "supplier": "شخص لدى المورد",
            "department": "شخص في الإدارة الأخرى",
        },
    ),
}


def draw_form(head: FormHead, rows: Sequence[FormRow], language: Language) -> bytes:
    """Return a Word file with one row for each question."""
    is_rtl = language == "ar"
    words = _WORDS[language]
    heading = (words.question, words.answer, words.address)
    table = [
        table_start("FormTable", _WIDTHS, has_heading=True, is_rtl=is_rtl),
        HEADING_ROW_START,
        *(
            _cell(width, _line("FormHeading", text, is_rtl), _SHADE)
            for width, text in zip(_WIDTHS, heading, strict=True)
        ),
        ROW_END,
        *(_row(row, words.optional, is_rtl) for row in rows),
        TABLE_END,
    ]
    body = (
        _line("Title", head.title, is_rtl)
        + "".join(_line("Normal", text, is_rtl) for text in _guide(head, words))
        + "".join(table)
        + _line("Normal", "", is_rtl)
    )
    parts = {
        TYPES_PART: _TYPES,
        ROOT_RELATIONSHIPS_PART: _ROOT_RELATIONSHIPS,
        CUSTOM_PART: _properties(head.template, len({row.path for row in rows})),
        "word/document.xml": _document(body, is_rtl),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONSHIPS,
        "word/settings.xml": _SETTINGS,
        "word/styles.xml": _STYLES,
    }
    return write_package(packed(name, xml.encode()) for name, xml in parts.items())


def _guide(head: FormHead, words: FormWords) -> Iterator[str]:
    if head.we:
        yield words.readers.format(we=head.we, other=words.others[head.other])
        yield words.we.format(we=head.we)
    yield words.guide


def _properties(template: str, questions: int) -> str:
    """Return docProps/custom.xml, by which a form is known again."""
    kept = {FORM_PROPERTY: template, QUESTIONS_PROPERTY: str(questions)}
    properties = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{at}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for at, (name, value) in enumerate(kept.items(), 2)
    )
    return (
        f'{XML_HEAD}<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT_TYPES}">'
        f"{properties}</Properties>"
    )


def _row(row: FormRow, optional: str, is_rtl: bool) -> str:
    asked = f"{row.question} {optional}" if row.is_optional else row.question
    question = _line("FormText", asked, is_rtl)
    if row.hint:
        question += _line("FormHint", row.hint, is_rtl)
    answer = _line("FormText", row.answer, is_rtl)
    address = _line("FormAddress", row.path, False)
    cells = (question, answer, address)
    shades = (_SHADE, "", _SHADE)
    return (
        ROW_START
        + "".join(_cell(*given) for given in zip(_WIDTHS, cells, shades, strict=True))
        + ROW_END
    )


def _cell(width: int, content: str, shade: str) -> str:
    return f"{cell_start(width, fill=shade)}{content}{CELL_END}"


def _line(style: str, text: str, is_rtl: bool) -> str:
    content = "".join(
        run(piece, run_properties(rtl=is_arabic))
        for piece, is_arabic in script_runs(text, rtl=is_rtl)
    )
    return paragraph(style, content, "<w:bidi/>" if is_rtl else "")


def _document(body: str, is_rtl: bool) -> str:
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" '
        'w:right="900" w:bottom="1134" w:left="900" w:header="567" w:footer="567" '
        f'w:gutter="0"/>{"<w:bidi/>" if is_rtl else ""}</w:sectPr>'
    )
    return (
        f'{XML_HEAD}<w:document xmlns:w="{W}"><w:body>{body}{section}</w:body>'
        "</w:document>"
    )


def _style(style_id: str, name: str, paragraph_xml: str, run_xml: str) -> str:
    based = '<w:basedOn w:val="Normal"/>' if style_id != "Normal" else ""
    default = ' w:default="1"' if style_id == "Normal" else ""
    own = "" if style_id in ("Normal", "Title") else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph_xml}</w:pPr><w:rPr>{run_xml}</w:rPr></w:style>"
    )


_TYPES: Final = content_types(
    (CUSTOM_PART, CUSTOM_TYPE),
    ("word/document.xml", MAIN_TYPE),
    ("word/settings.xml", STYLES_TYPE.replace("styles", "settings")),
    ("word/styles.xml", STYLES_TYPE),
)
_ROOT_RELATIONSHIPS: Final = relationships(
    (f"{R}/officeDocument", "word/document.xml"),
    (f"{R}/custom-properties", CUSTOM_PART),
)
_DOCUMENT_RELATIONSHIPS: Final = relationships(
    (f"{R}/styles", "styles.xml"), (f"{R}/settings", "settings.xml")
)
_SETTINGS: Final = (
    f'{XML_HEAD}<w:settings xmlns:w="{W}"><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat></w:settings>'
)
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="C9CFD6"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES: Final = (
    f'{XML_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
    f'{size(21)}<w:lang w:val="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    + _style("Normal", "Normal", '<w:spacing w:after="160"/>', size(21))
    + _style(
        "Title",
        "Title",
        '<w:spacing w:after="160"/>',
        f'<w:b/><w:bCs/><w:color w:val="1F3A5F"/>{size(34)}',
    )
    + _style(
        "FormHeading",
        "Form Heading",
        '<w:keepNext/><w:spacing w:before="60" w:after="60"/>',
        f"<w:b/><w:bCs/>{size(20)}",
    )
    + _style(
        "FormText", "Form Text", '<w:spacing w:before="60" w:after="60"/>', size(21)
    )
    + _style(
        "FormHint",
        "Form Hint",
        '<w:spacing w:after="60"/>',
        f'<w:i/><w:iCs/><w:color w:val="5B6570"/>{size(18)}',
    )
    + _style(
        "FormAddress",
        "Form Address",
        '<w:spacing w:before="60" w:after="60"/>',
        f'<w:color w:val="8A939C"/>{size(14)}',
    )
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
    'w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
    "</w:style>"
    + '<w:style w:type="table" w:customStyle="1" w:styleId="FormTable"><w:name '
    'w:val="Form Table"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar>"
    '<w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style></w:styles>"
)
