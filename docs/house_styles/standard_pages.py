"""A look in, the standard's own pages out: its cover, and how the file begins."""

from agreement_styles import (
    KEEP_LINES,
    KEEP_NEXT,
    NO_TRACKING,
    cell_margins,
    hairline,
    heading_run,
    tracking,
)
from signature_pages import signature_page
from style_sheet import XML_HEAD, Look, Style, bold, color, size, spacing
from word_pieces import NS, RUNNING_LINES, cell, p, row, run, section, table


def cover_styles(look: Look) -> tuple[Style, ...]:
    """Return the styles of the cover."""
    label = color(look.quiet) + tracking(16) + size(look.tiny_size)
    return (
        Style(
            "Cover Organisation",
            middle='<w:pBdr><w:top w:val="single" w:sz="36" w:space="14" '
            f'w:color="{look.accent}"/></w:pBdr>',
            space=spacing(0, 0),
            run=bold() + color(look.accent) + tracking(10) + size(look.body_size),
            arabic_run=NO_TRACKING,
        ),
        Style(
            "Cover Draft",
            space=spacing(0, 160),
            run=bold() + color(look.alert) + tracking(40) + size(look.body_size),
            arabic_run=NO_TRACKING,
        ),
        Style(
            "Cover Title",
            before=KEEP_LINES,
            space=spacing(0, 240, 240),
            run=heading_run(look, look.title_size),
        ),
        Style(
            "Cover Subtitle",
            space=spacing(0, 0),
            run=color(look.quiet) + size(look.heading_size),
        ),
        Style(
            "Cover Label",
            before=KEEP_NEXT,
            space=spacing(0, 40),
            run=label,
            arabic_run=NO_TRACKING,
        ),
        Style(
            "Cover Party",
            before=KEEP_LINES,
            space=spacing(0, 320, 252),
            run=bold() + size(26),
        ),
        Style("Cover Fact", space=spacing(0, 0), run=size(look.heading_size)),
    )


def cover_table(look: Look) -> str:
    """Return the look of the table with the facts of the cover."""
    return f"<w:tblBorders><w:top {hairline(look)}/></w:tblBorders>{cell_margins(0)}"


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


def document_part(look: Look) -> str:
    """Return document.xml."""
    end_of_cover = f"<w:p><w:pPr>{section(look, is_cover=True)}</w:pPr></w:p>"
    return (
        f"{XML_HEAD}<w:document {NS}><w:body>{cover(look)}{end_of_cover}"
        f"{p('Normal', '{{p body }}')}{signature_page(look)}"
        f"{section(look, RUNNING_LINES)}</w:body></w:document>"
    )
