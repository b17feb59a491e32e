"""A look in, the signature page out: whole blocks, or small ones in pairs."""

from agreement_styles import hairline
from style_sheet import Look
from word_pieces import cell, p, row, run, table

BOTTOM = '<w:vAlign w:val="bottom"/>'


def signature_page(look: Look) -> str:
    """Return the signature page, or the acknowledgements where nobody signs."""
    return _page(
        p("Normal", "{%p for signature in signatures %}")
        + signature_block(look)
        + p("SignatureGap")
        + p("Normal", "{%p endfor %}")
    )


def paired_signatures(look: Look) -> str:
    """Return signatures two by two, for a page that holds other things as well."""
    gap = look.text_width // 28
    half = (look.text_width - gap) // 2
    return _page(
        p("Normal", "{%p for pair in signature_pairs %}")
        + p("Normal", "{%p if pair.right %}")
        + _small_blocks(look, half, look.text_width - 2 * half, ("left", "right"))
        + p("Normal", "{%p else %}")
        + _small_blocks(look, half, 0, ("left",))
        + p("Normal", "{%p endif %}")
        + p("SignatureGap")
        + p("Normal", "{%p endfor %}")
    )


def _page(blocks: str) -> str:
    return (
        p("Normal", "{%p if signatures %}")
        + p("SignatureHeading", "{{ words.signature_page }}")
        + p("SignatureText", "{{ words.testimonium }}")
        + blocks
        + p("Normal", "{%p endif %}")
    )


def signature_block(look: Look) -> str:
    """Return the block of one signatory: facts on the left, room for a stamp.

    The witness stands in rows of the same table, so that the two are never parted:
    every row stays with the next one, and the last with the gap below the table.
    """
    label, stamp = 1650, 2600
    tall, low = look.fill_in_heights
    widths = (label, look.text_width - label - stamp, stamp)
    names = (
        ("signature", run("{{ signature.anchor }}", "SignatureAnchor"), tall),
        ("name", "{{ signature.name }}", low),
        ("title", "{{ signature.title }}", low),
        ("date", run("{{ signature.date_anchor }}", "SignatureAnchor"), low),
        ("place", "", low),
    )
    box = f"<w:tcBorders><w:left {hairline(look)}/></w:tcBorders>"
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
    tall, low = look.fill_in_heights
    lines = [
        row(signature_line(widths, name, "", span=2), height)
        for name, height in (("signature", tall), ("name", low), ("address", low))
    ]
    return [
        whole_row(look, "{%tr if signature.has_witness %}"),
        whole_row(look, "{{ words.witness }}"),
        *lines,
        whole_row(look, "{%tr endif %}"),
    ]


def whole_row(look: Look, content: str) -> str:
    """Return a shaded row over the whole width of a signature block."""
    text = p("SignatureCapacity", content)
    return row(cell(look.text_width, text, f'<w:gridSpan w:val="3"/>{_shaded(look)}'))


def signature_line(
    widths: tuple[int, ...], name: str, value: str, *, span: int = 1
) -> str:
    """Return the two cells of a line to fill in: what, and where to write."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return signature_cells(widths, f"{{{{ words.{name} }}}}", value, wide)


def signature_cells(
    widths: tuple[int, ...], what: str, value: str, wide: str = ""
) -> str:
    """Return two cells whose texts stand on the line below them."""
    return cell(widths[0], p("SignatureLabel", what), BOTTOM) + cell(
        widths[1], p("SignatureFact", value), wide + BOTTOM
    )


def _small_blocks(look: Look, half: int, gap: int, sides: tuple[str, ...]) -> str:
    """Return one table with a block for each side; its rows stay together.

    half, gap: widths of a block and of what parts two blocks.
    """
    widths = (1250, half - 1250)
    tall, low = look.fill_in_heights
    between = _between(gap) if gap else ""

    def beside(cells: str, height: int = 0) -> str:
        return row(between.join(cells.replace("SIDE", side) for side in sides), height)

    shaded = f'<w:gridSpan w:val="2"/>{_shaded(look)}'
    capacity = run("{{ pair.SIDE.capacity }}", "Strong")
    rows = [
        beside(cell(half, p("SignatureCapacity", capacity), shaded)),
        beside(_small_line(widths, "signature", "anchor", "SignatureAnchor"), tall),
        beside(_small_line(widths, "name", "name"), low),
        beside(_small_line(widths, "title", "title"), low),
        beside(_small_line(widths, "date", "date_anchor", "SignatureAnchor"), low),
        beside(_small_line(widths, "place"), low),
        beside(_small_line(widths, "stamp"), tall),
    ]
    witnessed = "pair.SIDE.has_witness"
    asked = " or ".join(witnessed.replace("SIDE", side) for side in sides)
    witness = f"{{% if {witnessed} %}}{{{{ words.witness }}}}{{% endif %}}"
    rows += [
        _mark(f"{{%tr if {asked} %}}"),
        beside(cell(half, p("SignatureCapacity", witness), shaded)),
        beside(_small_line(widths, "signature", condition=witnessed), tall),
        beside(_small_line(widths, "name", condition=witnessed), low),
        beside(_small_line(widths, "address", condition=witnessed), low),
        _mark("{%tr endif %}"),
    ]
    return table("SignatureTable", [*widths, gap, *widths] if gap else [*widths], rows)


def _small_line(
    widths: tuple[int, int],
    name: str,
    value: str = "",
    style: str = "",
    condition: str = "",
) -> str:
    """Return what is to be filled in beside the place for it."""
    what = f"{{{{ words.{name} }}}}"
    if condition:
        what = f"{{% if {condition} %}}{what}{{% endif %}}"
    fact = run(f"{{{{ pair.SIDE.{value} }}}}", style) if value else ""
    return signature_cells(widths, what, fact)


def _mark(text: str) -> str:
    return row(cell(1250, p("SignatureLabel", text)))


def _between(gap: int) -> str:
    """Return the empty cell between two blocks, which no line crosses."""
    bare = '<w:tcBorders><w:top w:val="nil"/><w:bottom w:val="nil"/></w:tcBorders>'
    return cell(gap, p("SignatureLabel"), bare)


def _shaded(look: Look) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
