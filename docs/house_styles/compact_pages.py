"""A look in, the compact style's own pages out: a band with the title, no cover."""

from agreement_styles import (
    KEEP_LINES,
    KEEP_NEXT,
    NO_TRACKING,
    cell_margins,
    hairline,
    tracking,
)
from signature_pages import paired_signatures
from style_sheet import XML_HEAD, Look, Style, bold, color, size, spacing
from word_pieces import NS, RUNNING_LINES, cell, p, row, section, table

ROLE = 1400  # the width of a role's name
ON_ACCENT = "FFFFFF"
MIDDLE = '<w:vAlign w:val="center"/>'


def cover_styles(look: Look) -> tuple[Style, ...]:
    """Return the styles of the band and of the facts below it."""
    return (
        Style(
            "Cover Organisation",
            before=KEEP_NEXT,
            space=spacing(120, 0),
            run=color(ON_ACCENT) + tracking(10) + size(look.small_size),
            arabic_run=NO_TRACKING,
        ),
        Style(
            "Cover Title",
            before=KEEP_NEXT + KEEP_LINES,
            space=spacing(20, 120, 240),
            run=bold() + color(ON_ACCENT) + size(look.title_size),
        ),
        Style(
            "Cover Subtitle",
            before=KEEP_NEXT,
            space=spacing(0, 140),
            run=color(ON_ACCENT) + size(look.small_size),
        ),
        Style(
            "Cover Label",
            before=KEEP_NEXT,
            space=spacing(70, 0, 240),
            run=color(look.quiet) + size(look.tiny_size),
        ),
        Style(
            "Cover Role",
            based_on="Cover Label",
            space=spacing(70, 70, 240),
        ),
        Style(
            "Cover Fact",
            before=KEEP_NEXT,
            space=spacing(0, 70, 240),
            run=size(look.body_size),
        ),
        Style(
            "Cover Party",
            before=KEEP_NEXT + KEEP_LINES,
            space=spacing(70, 70, 240),
            run=bold() + size(look.body_size),
        ),
        Style("Cover Gap", space=spacing(0, 0, 240)),
    )


def cover_table(look: Look) -> str:
    """Return the look of the facts below the band: hairlines, nothing upright."""
    line = hairline(look)
    return (
        f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        f"{cell_margins(140)}"
    )


def band(look: Look) -> str:
    """Return the top of the first page: title, reference, version, date, parties."""
    third = look.text_width // 3
    date = look.text_width - 2 * third
    filled = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.accent}"/>'
    title = (
        p("CoverOrganisation", "{{ organisation }}")
        + p("CoverTitle", "{{ agreement.title }}")
        + p("Normal", "{%p if master %}")
        + p("CoverSubtitle", "{{ words.under }} {{ master.reference }}")
        + p("Normal", "{%p endif %}")
    )
    facts = (
        (third, "reference", "id", _span(2)),
        (third, "version", "version", ""),
        (date, "effective", "effective", ""),
    )
    rows = [
        row(cell(look.text_width, title, _span(4) + filled)),
        row("".join(_fact(*fact) for fact in facts)),
        _mark("{%tr for party in parties %}"),
        row(
            cell(ROLE, p("CoverRole", "{{ party.role_name }}"), MIDDLE)
            + cell(
                look.text_width - ROLE,
                p("CoverParty", "{{ party.legal_name }}"),
                _span(3) + MIDDLE,
            )
        ),
        _mark("{%tr endfor %}"),
    ]
    return table("CoverTable", [ROLE, third - ROLE, third, date], rows)


def _fact(width: int, name: str, value: str, span: str) -> str:
    label = p("CoverLabel", f"{{{{ words.{name} }}}}")
    return cell(width, label + p("CoverFact", f"{{{{ agreement.{value} }}}}"), span)


def _mark(text: str) -> str:
    return row(cell(ROLE, p("CoverLabel", text)))


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def document_part(look: Look) -> str:
    """Return document.xml: everything in one section, and no list of contents."""
    return (
        f"{XML_HEAD}<w:document {NS}><w:body>{band(look)}{p('CoverGap')}"
        f"{p('Normal', '{{p wording }}')}{paired_signatures(look)}"
        f"{section(look, RUNNING_LINES)}</w:body></w:document>"
    )
