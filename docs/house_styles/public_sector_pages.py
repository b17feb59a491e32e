"""A look in, the public sector's own pages out: a formal cover, centred and ruled."""

from agreement_styles import (
    CENTERED,
    KEEP_LINES,
    KEEP_NEXT,
    cell_margins,
    hairline,
    heading_run,
)
from signature_pages import signature_page
from style_sheet import XML_HEAD, Look, Style, bold, color, size, spacing
from word_pieces import NS, RUNNING_LINES, cell, p, row, run, section, table

LABELS = 3400  # the width of the names of the facts
FACT_HEIGHT = 480
# A title of two lines breaks near its middle.
NARROW = '<w:ind w:left="1050" w:right="1050"/>'


def cover_styles(look: Look) -> tuple[Style, ...]:
    """Return the styles of the cover."""
    rule = f'w:val="single" w:sz="12" w:space="18" w:color="{look.accent}"'
    return (
        Style(
            "Cover Organisation",
            space=spacing(0, 0),
            after=CENTERED,
            run=heading_run(look, look.chapter_size),
        ),
        Style(
            "Cover Draft",
            space=spacing(1600, 360),
            after=CENTERED,
            run=bold() + color(look.alert) + size(look.body_size),
        ),
        Style(
            "Cover Title",
            before=KEEP_LINES,
            middle=f"<w:pBdr><w:top {rule}/><w:bottom {rule}/></w:pBdr>",
            space=spacing(0, 360, 264),
            after=NARROW + CENTERED,
            run=bold() + color(look.accent) + size(look.title_size),
        ),
        Style("Cover Subtitle", space=spacing(0, 0), after=CENTERED),
        Style(
            "Cover Between",
            before=KEEP_NEXT,
            space=spacing(620, 240),
            after=CENTERED,
            run="<w:i/><w:iCs/>",
            arabic_run='<w:i w:val="0"/><w:iCs w:val="0"/>',
        ),
        Style(
            "Cover Party",
            before=KEEP_LINES,
            space=spacing(0, 280, 264),
            after=CENTERED,
            run=bold() + size(look.heading_size),
        ),
        Style("Cover Gap", space=spacing(1100, 0)),
        Style(
            "Cover Label",
            before=KEEP_NEXT,
            space=spacing(60, 60, 240),
            run=color(look.quiet) + size(look.small_size),
        ),
        Style(
            "Cover Fact",
            before=KEEP_NEXT,
            space=spacing(60, 60, 240),
            run=size(look.small_size),
        ),
    )


def cover_table(look: Look) -> str:
    """Return the look of the facts: a ruled box."""
    line = hairline(look)
    sides = "".join(
        f"<w:{side} {line}/>"
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>{cell_margins(120)}"


def cover(look: Look) -> str:
    """Return the cover: who, what, between whom, and a box of facts and references."""
    role = run(
        "{{ party.role_name }}",
        properties='<w:b w:val="0"/><w:bCs w:val="0"/>'
        f"{color(look.quiet)}{size(look.small_size)}",
    )
    return (
        p("CoverOrganisation", "{{ organisation }}")
        + p("CoverDraft", "{% if is_draft %}{{ words.draft }}{% endif %}")
        + p("CoverTitle", "{{ agreement.title }}")
        + p("Normal", "{%p if master %}")
        + p("CoverSubtitle", "{{ words.under }} {{ master.reference }}")
        + p("Normal", "{%p endif %}")
        + p("CoverBetween", "{{ words.between }}")
        + p("Normal", "{%p for party in parties %}")
        + p("CoverParty", run("{{ party.legal_name }}") + "<w:r><w:br/></w:r>" + role)
        + p("Normal", "{%p endfor %}")
        + p("CoverGap")
        + facts(look)
    )


def facts(look: Look) -> str:
    """Return the box; the last two lines are for the authority to fill in."""
    lines = (
        ("reference", "{{ agreement.id }}"),
        ("version", "{{ agreement.version }}"),
        ("effective", "{{ agreement.effective }}"),
        ("procurement", ""),
        ("classification", ""),
    )
    middle = '<w:vAlign w:val="center"/>'
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>{middle}'
    rows = [
        row(
            cell(LABELS, p("CoverLabel", f"{{{{ words.{name} }}}}"), shaded)
            + cell(look.text_width - LABELS, p("CoverFact", value), middle),
            FACT_HEIGHT,
        )
        for name, value in lines
    ]
    return table("CoverTable", [LABELS, look.text_width - LABELS], rows)


def document_part(look: Look) -> str:
    """Return document.xml."""
    end_of_cover = f"<w:p><w:pPr>{section(look, is_cover=True)}</w:pPr></w:p>"
    return (
        f"{XML_HEAD}<w:document {NS}><w:body>{cover(look)}{end_of_cover}"
        f"{p('Normal', '{{p body }}')}{signature_page(look)}"
        f"{section(look, RUNNING_LINES)}</w:body></w:document>"
    )
