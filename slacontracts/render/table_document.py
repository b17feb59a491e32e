"""Rows of text in; a Word file with one table on landscape pages out.

The heading row is repeated on every page and no row is broken; in Arabic the table is
mirrored. For papers of our own, which no house style rules.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from slacontracts.model.clause import Language
from slacontracts.render.docx_properties import core_properties, custom_properties
from slacontracts.render.docx_tables import column_widths
from slacontracts.text import script_runs
from slacontracts.word.build import (
    CELL_END,
    HEADING_ROW_START,
    ROW_END,
    ROW_START,
    TABLE_END,
    attribute,
    cell_start,
    content_types,
    field,
    paragraph,
    relationships,
    run,
    run_properties,
    size,
    table_start,
)
from slacontracts.word.names import (
    CORE_PART,
    CORE_TYPE,
    CUSTOM_PART,
    CUSTOM_TYPE,
    MAIN_TYPE,
    ROOT_RELATIONSHIPS_PART,
    STYLES_TYPE,
    TYPES_PART,
    XML_HEAD,
    R,
    W,
)
from slacontracts.word.package import packed, write_package

Look: TypeAlias = Literal["plain", "bold", "quiet", "went", "alert"]
Piece: TypeAlias = tuple[str, Look]
Cell: TypeAlias = tuple[tuple[Piece, ...], ...]  # lines of pieces

_LEFT_TO_RIGHT: Final = "\u200e"
_PAGE: Final = (16838, 11906)  # A4, landscape
_MARGIN: Final = 1000
_TEXT_WIDTH: Final = _PAGE[0] - 2 * _MARGIN
_SHADE: Final = "EEF1F5"
_COLOURS: Final[dict[Look, str]] = {
    "quiet": "566070",
    "went": "8F1D14",
    "alert": "A3231A",
}
_PAGE_WORDS: Final[dict[Language, tuple[str, str]]] = {
    "en": ("Page", "of"),
    "ar": ("صفحة", "من"),
}


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A paper of one table.

    subject: the id of the agreement. lines: below the title. columns: (heading, width
    in percent).
    """

    subject: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    language: Language = "en"
    organisation: str = ""


def plain(text: str, look: Look = "plain") -> Cell:
    """Return a cell with the lines of a text."""
    return tuple(((line, look),) for line in text.split("\n"))


def table_document(document: TableDocument) -> bytes:
    """Return the Word file."""
    return write_package(
        packed(name, xml if isinstance(xml, bytes) else xml.encode())
        for name, xml in _Paper(document).parts()
    )


class _Paper:
    def __init__(self, document: TableDocument) -> None:
        self.document = document
        self.is_rtl = document.language == "ar"

    def parts(self) -> tuple[tuple[str, str | bytes], ...]:
        own = self.document
        facts = own.subject, own.title, "", own.organisation
        return (
            (TYPES_PART, _TYPES),
            (ROOT_RELATIONSHIPS_PART, _ROOT_RELATIONSHIPS),
            (CORE_PART, core_properties(*facts, own.language)),
            (CUSTOM_PART, custom_properties(*facts)),
            ("word/document.xml", self.body()),
            ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONSHIPS),
            ("word/footer1.xml", self.footer()),
            ("word/settings.xml", _SETTINGS),
            ("word/styles.xml", _styles(own.language)),
        )

    def body(self) -> str:
        own = self.document
        content = self.line("Title", ((own.title, "plain"),))
        content += "".join(self.line("Normal", ((one, "plain"),)) for one in own.lines)
        content += self.table() if own.rows else ""
        bidi = "<w:bidi/>" if self.is_rtl else ""
        width, height = _PAGE
        return (
            f'{XML_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{content}'
            f"{self.line('Normal', ())}<w:sectPr>"
            '<w:footerReference w:type="default" r:id="rId3"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}" w:orient="landscape"/>'
            f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" '
            f'w:left="{_MARGIN}" w:header="500" w:footer="500" w:gutter="0"/>{bidi}'
            "</w:sectPr></w:body></w:document>"
        )

    def table(self) -> str:
        own = self.document
        widths = column_widths(tuple(share for _, share in own.columns), _TEXT_WIDTH)
        start = table_start(
            "RecordsTable", widths, has_heading=True, is_rtl=self.is_rtl
        )
        named = f'<w:tblCaption w:val="{attribute(own.title)}"/></w:tblPr>'
        out = [start.replace("</w:tblPr>", named, 1), HEADING_ROW_START]
        for (heading, _), width in zip(own.columns, widths, strict=True):
            out.append(cell_start(width, fill=_SHADE))
            out.append(self.line("TableHeading", ((heading, "plain"),)) + CELL_END)
        out.append(ROW_END)
        for row in own.rows:
            out.append(ROW_START)
            for cell, width in zip(row, widths, strict=True):
                lines = "".join(self.line("TableText", one) for one in cell or ((),))
                out.append(f"{cell_start(width)}{lines}{CELL_END}")
            out.append(ROW_END)
        return "".join((*out, TABLE_END))

    def line(self, style: str, pieces: tuple[Piece, ...]) -> str:
        """Return a paragraph; a line of Latin words alone runs from left to right."""
        is_rtl = self.is_rtl and not all(_is_latin(text) for text, _ in pieces)
        content = "".join(
            run(part, _properties(look, is_arabic))
            for text, look in pieces
            for part, is_arabic in _parts(text, is_rtl)
        )
        return paragraph(style, content, "<w:bidi/>" if is_rtl else "")

    def footer(self) -> str:
        page, page_of = _PAGE_WORDS[self.document.language]
        look = run_properties(rtl=self.is_rtl)
        content = (
            run(f"{self.document.subject}   {page} ", look)
            + field("PAGE", "1", look)
            + run(f" {page_of} ", look)
            + field("NUMPAGES", "1", look)
        )
        bidi = "<w:bidi/>" if self.is_rtl else ""
        return (
            f'{XML_HEAD}<w:ftr xmlns:w="{W}">{paragraph("Footer", content, bidi)}'
            "</w:ftr>"
        )


def _is_latin(text: str) -> bool:
    """Tell whether a text has letters, and none of them Arabic."""
    has_arabic = any(is_arabic for _, is_arabic in script_runs(text))
    return not has_arabic and any(sign.isalpha() for sign in text)


def _parts(text: str, is_rtl: bool) -> list[tuple[str, bool]]:
    """Return the parts of a text by script; Latin words keep their full stops."""
    if is_rtl and _is_latin(text):
        return [(f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}", False)]
    return script_runs(text, rtl=is_rtl)


def _properties(look: Look, is_arabic: bool) -> str:
    extra = "<w:strike/>" if look == "went" else ""
    if look in _COLOURS:
        extra += f'<w:color w:val="{_COLOURS[look]}"/>'
    is_bold = look in ("bold", "alert")
    return run_properties(bold=is_bold, extra=extra, rtl=is_arabic)


def _style(style_id: str, name: str, spacing: str, look: str) -> str:
    based = '<w:basedOn w:val="Normal"/>' if style_id != "Normal" else ""
    default = ' w:default="1"' if style_id == "Normal" else ""
    own = "" if style_id in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{spacing}</w:pPr>'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


_STYLES: Final = (
    ("Normal", "Normal", '<w:spacing w:after="100"/>', size(20)),
    (
        "Title",
        "Title",
        '<w:spacing w:after="140"/>',
        f'<w:b/><w:bCs/><w:color w:val="17365C"/>{size(32)}',
    ),
    ("Footer", "footer", "", f'<w:color w:val="566070"/>{size(16)}'),
    (
        "TableHeading",
        "Table Heading",
        '<w:keepNext/><w:spacing w:before="60" w:after="60"/>',
        f'<w:b/><w:bCs/><w:color w:val="17365C"/>{size(18)}',
    ),
    ("TableText", "Table Text", '<w:spacing w:before="40" w:after="40"/>', size(18)),
)


def _styles(language: Language) -> str:
    spoken = "ar-SA" if language == "ar" else "en-GB"
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="C9CFD6"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{XML_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" '
        f'w:cs="Arial"/>{size(20)}<w:lang w:val="{spoken}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + "".join(_style(*row) for row in _STYLES)
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        '</w:style><w:style w:type="table" w:customStyle="1" w:styleId="RecordsTable">'
        '<w:name w:val="Records Table"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:left w:w="90" '
        'w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style></w:styles>"
    )


_BUILT_IN: Final = frozenset({"Normal", "Title", "Footer"})
_TYPES: Final = content_types(
    (CORE_PART, CORE_TYPE),
    (CUSTOM_PART, CUSTOM_TYPE),
    ("word/document.xml", MAIN_TYPE),
    ("word/footer1.xml", STYLES_TYPE.replace("styles", "footer")),
    ("word/settings.xml", STYLES_TYPE.replace("styles", "settings")),
    ("word/styles.xml", STYLES_TYPE),
)
_ROOT_RELATIONSHIPS: Final = relationships(
    (f"{R}/officeDocument", "word/document.xml"),
    (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
        "core-properties",
        CORE_PART,
    ),
    (f"{R}/custom-properties", CUSTOM_PART),
)
_DOCUMENT_RELATIONSHIPS: Final = relationships(
    (f"{R}/styles", "styles.xml"),
    (f"{R}/settings", "settings.xml"),
    (f"{R}/footer", "footer1.xml"),
)
_SETTINGS: Final = (
    f'{XML_HEAD}<w:settings xmlns:w="{W}"><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat></w:settings>'
)
