"""Text in, WordprocessingML text out: runs, paragraphs, fields, bookmarks, tables.

Everything is built as text and escaped here, once; nothing is parsed again.
"""

import re
from functools import lru_cache
from typing import Final

from slacontracts.errors import WordFileError
from slacontracts.word.names import CONTENT_TYPES, RELATIONSHIPS, XML_HEAD

# XML 1.0 has no way to write these; a file that holds one cannot be opened.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

YELLOW: Final = '<w:highlight w:val="yellow"/>'
KEEP_NEXT: Final = "<w:keepNext/>"
PAGE_BREAK_BEFORE: Final = "<w:pageBreakBefore/>"

_FIELD_BEGIN: Final = '<w:r>{p}<w:fldChar w:fldCharType="begin"/></w:r>'
_FIELD_CODE: Final = (
    '<w:r>{p}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
)
_FIELD_SEPARATE: Final = '<w:r>{p}<w:fldChar w:fldCharType="separate"/></w:r>'
_FIELD_END: Final = '<w:r>{p}<w:fldChar w:fldCharType="end"/></w:r>'


def escape(text: str) -> str:
    """Return the text as XML character data; refuse what XML cannot hold.

    >>> escape("A & B <Ltd>")
    'A &amp; B &lt;Ltd&gt;'
    """
    # What is printable is fit for XML; asking that first is much faster.
    bad = None if text.isprintable() else _NOT_XML.search(text)
    if bad:
        raise WordFileError(
            f"after “{text[: bad.start()][-20:]}” stands the character "
            f"U+{ord(bad[0]):04X}, which a Word file cannot hold; delete it"
        )
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    """Return the text as the value of an attribute in double quotes."""
    return (
        escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    )


def text_marks(text: str) -> str:
    """Return the content of a run: `w:t`, `w:br` for lines, `w:tab` for tabs."""
    escaped = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" not in escaped and "\t" not in escaped:
        return f'<w:t xml:space="preserve">{escaped}</w:t>'
    out = []
    for piece in re.split("([\n\t])", escaped):
        if piece == "\n":
            out.append("<w:br/>")
        elif piece == "\t":
            out.append("<w:tab/>")
        elif piece:
            out.append(f'<w:t xml:space="preserve">{piece}</w:t>')
    return "".join(out)


@lru_cache(maxsize=512)
def run_properties(
    *, bold: bool = False, italic: bool = False, rtl: bool = False, extra: str = ""
) -> str:
    """Return `w:rPr` in the order of the schema; bold and italic come in both scripts.

    extra: elements between italics and rtl, such as a highlight.
    """
    inside = (
        ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + extra
        + ("<w:rtl/>" if rtl else "")
    )
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def run(text: str, properties: str = "") -> str:
    """Return a run of text; properties is a whole `w:rPr` or nothing."""
    return f"<w:r>{properties}{text_marks(text)}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph; properties are elements after `w:pStyle`, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


@lru_cache(maxsize=1024)
def paragraph_start(style: str, properties: str = "") -> str:
    """Return a paragraph up to its first run."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'


def field_start(code: str, properties: str = "") -> str:
    """Return the runs of a field up to its result."""
    return (
        _FIELD_BEGIN.replace("{p}", properties)
        + _FIELD_CODE.replace("{p}", properties).replace("{code}", escape(code))
        + _FIELD_SEPARATE.replace("{p}", properties)
    )


def field_end(properties: str = "") -> str:
    """Return the run that ends a field."""
    return _FIELD_END.replace("{p}", properties)


def field(code: str, result: str, properties: str = "") -> str:
    """Return a field with its result at hand, so that nothing need be updated."""
    return (
        field_start(code, properties) + run(result, properties) + field_end(properties)
    )


def link(bookmark: str, content: str) -> str:
    """Return content that leads to a bookmark of the same file."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def bookmarked(number: int, name: str, content: str) -> str:
    """Return content inside a bookmark; number is unique in the part."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def without_end_of_bookmark(content: str) -> str:
    """Return content without the end of a bookmark that stands last in it."""
    if not content.endswith('"/>'):
        return content
    return content[: content.rfind("<w:bookmarkEnd ")]


class Bookmarks:
    """Numbers the bookmarks of one part, where no two may have one id."""

    def __init__(self) -> None:
        self.count = 0

    def around(self, name: str, content: str) -> str:
        """Return content inside a bookmark."""
        self.count += 1
        return bookmarked(self.count, name, content)


@lru_cache(maxsize=256)
def table_start(
    style: str, widths: tuple[int, ...], *, has_heading: bool, is_rtl: bool
) -> str:
    """Return a table up to its first row; widths in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f"{'<w:bidiVisual/>' if is_rtl else ''}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0420" if has_heading else "0400"}" '
        f'w:firstRow="{int(has_heading)}" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


TABLE_END: Final = "</w:tbl>"
ROW_START: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
HEADING_ROW_START: Final = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
ROW_END: Final = "</w:tr>"
CELL_END: Final = "</w:tc>"


@lru_cache(maxsize=512)
def cell_start(width: int, span: int = 1, fill: str = "") -> str:
    """Return the start of a cell; fill: its background, as six hexadecimal digits."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + "</w:tcPr>"
    )


def size(half_points: int) -> str:
    """Return the size of letters, for Latin and Arabic script."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def content_types(*parts: tuple[str, str]) -> str:
    """Return the part that says what each part is: (name, content type)."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts
    )
    return (
        f'{XML_HEAD}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    """Return a part of relationships rId1, rId2 and so on: (type, target)."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{RELATIONSHIPS}">{inside}</Relationships>'
