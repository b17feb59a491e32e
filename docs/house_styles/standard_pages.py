"""A look in, the pages around the body out: cover, signature page, header, footer."""

from style_sheet import XML_HEAD, Look

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
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


def cover(look: Look) -> str:
    """Return the cover: whose paper, what, between whom, and the facts that name it."""
    fact = look.text_width // 3
    widths = [fact, fact, look.text_width - 2 * fact]
    facts = (
        ("{{ words.reference }}", "{{ agreement.id }}"),
        ("{{ words.version }}", "{{ agreement.version }}"),
        ("{{ words.effective }}", "{{ agreement.effective }}"),
    )
    space = '<w:spacing w:before="{}"/>'
    return (
        p("CoverOrganisation", "{{ organisation }}")
        + p(
            "CoverDraft",
            "{% if is_draft %}{{ words.draft }}{% endif %}",
            space.format(2900),
        )
        + p("CoverTitle", "{{ agreement.title }}")
        + p("Normal", "{%p if master %}")
        + p("CoverSubtitle", "{{ words.under }} {{ master.reference }}")
        + p("Normal", "{%p endif %}")
        + p("CoverLabel", "{{ words.between }}", space.format(1100))
        + p("Normal", "{%p for party in parties %}")
        + p(
            "CoverParty",
            run("{{ party.legal_name }}")
            + "<w:r><w:br/></w:r>"
            + run(
                "{{ party.role_name }}",
                properties='<w:b w:val="0"/><w:bCs w:val="0"/>'
                f'<w:color w:val="{look.quiet}"/>'
                '<w:sz w:val="20"/><w:szCs w:val="20"/>',
            ),
        )
        + p("Normal", "{%p endfor %}")
        + p("CoverLabel", "", space.format(2400))
        + table(
            "CoverTable",
            widths,
            [
                row(
                    "".join(
                        cell(
                            width,
                            p("CoverLabel", label, space.format(160))
                            + p("CoverFact", value),
                        )
                        for width, (label, value) in zip(widths, facts, strict=True)
                    )
                )
            ],
        )
    )


def section(look: Look, references: str = "", *, is_cover: bool = False) -> str:
    """Return the properties of a section."""
    top, right, bottom, left = look.margins
    if is_cover:
        top, bottom = 1700, 1134
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{look.page[0]}" w:h="{look.page[1]}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        'w:header="737" w:footer="680" w:gutter="0"/><w:cols w:space="708"/></w:sectPr>'
    )


def signature_block(look: Look) -> str:
    """Return the block of one signatory: facts on the left, room for a stamp.

    The witness stands in rows of the same table, so that the two are never parted:
    every row stays with the next one, and the last with the gap below the table.
    """
    label, stamp = 1650, 2600
    widths = (label, look.text_width - label - stamp, stamp)
    names = (
        ("signature", run("{{ signature.anchor }}", "SignatureAnchor"), 860),
        ("name", "{{ signature.name }}", 420),
        ("title", "{{ signature.title }}", 420),
        ("date", run("{{ signature.date_anchor }}", "SignatureAnchor"), 420),
        ("place", "", 420),
    )
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{look.hairline}"'
    box = f"<w:tcBorders><w:left {line}/></w:tcBorders>"
    rows = [whole_row(look, run("{{ signature.capacity }}", "Strong"))]
    for at, (name, value, height) in enumerate(names):
        merge = '<w:vMerge w:val="restart"/>' if at == 0 else "<w:vMerge/>"
        text = "{{ words.stamp }}" if at == 0 else ""
        stamped = cell(widths[2], p("SignatureLabel", text), merge + box)
        rows.append(row(signature_line(widths[:2], name, value) + stamped, height))
    return table("SignatureTable", [*widths], [*rows, *witness_rows(look, label)])


def witness_rows(look: Look, label: int) -> list[str]:
    """Return the rows of a witness, which only a block with a witness has."""
    widths = (label, look.text_width - label)
    lines = [
        row(signature_line(widths, name, "", span=2), height)
        for name, height in (("signature", 860), ("name", 420), ("address", 420))
    ]
    return [
        whole_row(look, "{%tr if signature.has_witness %}"),
        whole_row(look, "{{ words.witness }}"),
        *lines,
        whole_row(look, "{%tr endif %}"),
    ]


def whole_row(look: Look, content: str) -> str:
    """Return a shaded row over the whole width of a signature block."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
    text = p("SignatureCapacity", content)
    return row(cell(look.text_width, text, f'<w:gridSpan w:val="3"/>{shade}'))


def signature_line(
    widths: tuple[int, ...], name: str, value: str, *, span: int = 1
) -> str:
    """Return the two cells of a line to fill in: what, and where to write."""
    bottom = '<w:vAlign w:val="bottom"/>'
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    what = p("SignatureLabel", f"{{{{ words.{name} }}}}")
    return cell(widths[0], what, bottom) + cell(
        widths[1], p("SignatureFact", value), wide + bottom
    )


def signature_page(look: Look) -> str:
    """Return the signature page, or the acknowledgements where nobody signs."""
    return (
        p("Normal", "{%p if signatures %}")
        + p("SignatureHeading", "{{ words.signature_page }}")
        + p("SignatureText", "{{ words.testimonium }}")
        + p("Normal", "{%p for signature in signatures %}")
        + signature_block(look)
        + p("SignatureGap")
        + p("Normal", "{%p endfor %}")
        + p("Normal", "{%p endif %}")
    )


def document_part(look: Look) -> str:
    """Return document.xml."""
    references = (
        '<w:headerReference w:type="default" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId7"/>'
    )
    end_of_cover = f"<w:p><w:pPr>{section(look, is_cover=True)}</w:pPr></w:p>"
    return (
        f"{XML_HEAD}<w:document {NS}><w:body>{cover(look)}{end_of_cover}"
        f"{p('Normal', '{{p body }}')}{signature_page(look)}"
        f"{section(look, references)}</w:body></w:document>"
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
