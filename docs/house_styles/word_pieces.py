"""Texts with tags in, pieces of WordprocessingML out: lines, tables, sections."""

from style_sheet import XML_HEAD, Look

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# The parts of header and footer, for the sections that show them.
RUNNING_LINES = (
    '<w:headerReference w:type="default" r:id="rId6"/>'
    '<w:footerReference w:type="default" r:id="rId7"/>'
)


def p(style: str, text: str = "", properties: str = "") -> str:
    """Return a paragraph; text may hold tags, and runs between <r ...> marks."""
    content = text if text.startswith("<w:") else run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def run(text: str, style: str = "", properties: str = "") -> str:
    """Return a run of text, perhaps in a character style."""
    inside = (f'<w:rStyle w:val="{style}"/>' if style else "") + properties
    marks = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tab() -> str:
    """Return a tab."""
    return "<w:r><w:tab/></w:r>"


def field(code: str, result: str) -> str:
    """Return a field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(style: str, widths: list[int], rows: list[str]) -> str:
    """Return a table with fixed widths."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0400" '
        'w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def row(cells: str, height: int = 0) -> str:
    """Return a row that does not break over pages."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells}</w:tr>"


def cell(width: int, content: str, properties: str = "") -> str:
    """Return a cell; properties are elements of tcPr after its width."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        f"{content}</w:tc>"
    )


def section(look: Look, references: str = "", *, is_cover: bool = False) -> str:
    """Return the properties of a section."""
    top, right, bottom, left = look.margins
    if is_cover:
        top, bottom = look.cover_margins
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{look.page[0]}" w:h="{look.page[1]}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{look.header}" w:footer="{look.footer}" w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr>'
    )


def header_part() -> str:
    """Return the header: reference and version; in drafts the mark."""
    text = (
        run("{{ agreement.id }} · {{ words.version }} {{ agreement.version }}")
        + tab()
        + run("{% if is_draft %}{{ words.draft }}{% endif %}", "DraftMark")
    )
    return f"{XML_HEAD}<w:hdr {NS}>{p('Header', text)}</w:hdr>"


def footer_part() -> str:
    """Return the footer: what it is, and Page X of Y."""
    text = (
        run("{{ agreement.title }}")
        + tab()
        + run("{{ words.page }} ")
        + field("PAGE", "1")
        + run(" {{ words.of }} ")
        + field("NUMPAGES", "1")
    )
    return f"{XML_HEAD}<w:ftr {NS}>{p('Footer', text)}</w:ftr>"
