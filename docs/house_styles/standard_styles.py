"""A look in, the styles of an agreement out: one for each role, none for decoration."""

from style_sheet import (
    FIRST,
    SECOND,
    THIRD,
    Look,
    Style,
    bold,
    color,
    size,
    spacing,
)

CONTENTS = 1361  # where titles begin in the list of contents: after "Schedule 10"
KEEP_NEXT = "<w:keepNext/>"
KEEP_LINES = "<w:keepLines/>"
NEW_PAGE = "<w:pageBreakBefore/>"
CENTERED = '<w:jc w:val="center"/>'


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def _tracking(points_20: int) -> str:
    return f'<w:spacing w:val="{points_20}"/>'


def _body(look: Look) -> tuple[Style, ...]:
    heading = bold() + color(look.accent) + size(look.heading_size)
    chapter = bold() + color(look.accent) + size(look.chapter_size)
    step = SECOND - FIRST
    return (
        Style("Normal", space=spacing(0, 120, 269)),
        Style(
            "Part Heading",
            next="Clause Text",
            before=KEEP_NEXT + KEEP_LINES,
            space=spacing(360, 140),
            after=_outline(0),
            run=heading,
        ),
        Style(
            "Clause Heading",
            next="Clause Level 1",
            before=KEEP_NEXT + KEEP_LINES,
            list_level=("clauses", 0),
            space=spacing(340, 140),
            indents=(FIRST, FIRST),
            after=_outline(0),
            run=heading,
        ),
        Style("Clause Level 1", list_level=("clauses", 1), indents=(FIRST, FIRST)),
        Style("Clause Level 2", list_level=("clauses", 2), indents=(SECOND, step)),
        Style("Clause Level 3", list_level=("clauses", 3), indents=(THIRD, step)),
        Style("Clause Text", indents=(FIRST, 0)),
        Style("Clause Text 1", indents=(FIRST, 0)),
        Style("Clause Text 2", indents=(SECOND, 0)),
        Style("Clause Text 3", indents=(THIRD, 0)),
        Style("Definition", indents=(FIRST, 0)),
        Style(
            "Schedule Heading",
            next="Schedule Text",
            before=KEEP_NEXT + KEEP_LINES + NEW_PAGE,
            list_level=("schedules", 0),
            space=spacing(0, 280),
            after=_outline(0),
            run=chapter,
        ),
        Style(
            "Schedule Level 1",
            list_level=("schedule paragraphs", 0),
            indents=(FIRST, FIRST),
        ),
        Style(
            "Schedule Level 2",
            list_level=("schedule paragraphs", 1),
            indents=(FIRST, FIRST),
        ),
        Style(
            "Schedule Level 3",
            list_level=("schedule paragraphs", 2),
            indents=(SECOND, step),
        ),
        Style("Schedule Text"),
        Style("Schedule Text 1", indents=(FIRST, 0)),
        Style("Schedule Text 2", indents=(FIRST, 0)),
        Style("Schedule Text 3", indents=(SECOND, 0)),
        Style("Recital", list_level=("recitals", 0), indents=(FIRST, FIRST)),
        Style("Recital Level 2", list_level=("recitals", 1), indents=(SECOND, step)),
        Style("Recital Level 3", list_level=("recitals", 2), indents=(THIRD, step)),
        Style("Party", list_level=("parties", 0), indents=(FIRST, FIRST)),
        Style("Party Level 2", list_level=("parties", 1), indents=(SECOND, step)),
        Style("Party Level 3", list_level=("parties", 2), indents=(THIRD, step)),
        Style("Part Text"),
        Style(
            "Key Terms Heading",
            next="Part Text",
            before=KEEP_NEXT + KEEP_LINES + NEW_PAGE,
            space=spacing(0, 280),
            after=_outline(0),
            run=chapter,
        ),
    )


def _tables(look: Look) -> tuple[Style, ...]:
    small = size(look.small_size)
    return (
        Style(
            "Table Text",
            space=spacing(70, 70, 250),
            after="<w:contextualSpacing/>",  # the lines of a cell stand together
            run=small,
        ),
        Style(
            "Table Heading",
            based_on="Table Text",
            before=KEEP_NEXT,
            run=bold() + color(look.accent),
        ),
        Style("Table Label", based_on="Table Text", run=color(look.accent)),
        Style("Table Group", based_on="Table Text", before=KEEP_NEXT, run=bold()),
        Style(
            "Table Number",
            based_on="Table Text",
            after='<w:jc w:val="right"/>',
            arabic_base="TableText",
        ),
        Style(
            "Table Number Heading",
            based_on="Table Heading",
            before=KEEP_NEXT,
            after='<w:jc w:val="right"/>',
            arabic_base="TableHeading",
        ),
        Style("Table Center", based_on="Table Text", after=CENTERED),
        Style("Table Center Heading", based_on="Table Heading", after=CENTERED),
        Style(
            "Table Gap",
            space='<w:spacing w:before="0" w:after="0" w:line="200" '
            'w:lineRule="exact"/>',
        ),
    )


def _front(look: Look) -> tuple[Style, ...]:
    label = color(look.quiet) + _tracking(16) + size(look.tiny_size)
    no_tracking = _tracking(0)  # Arabic letters are joined; space between breaks them
    leader = (
        f'<w:tabs><w:tab w:val="left" w:pos="{CONTENTS}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{look.text_width}"/></w:tabs>'
    )
    return (
        Style(
            "Cover Organisation",
            middle='<w:pBdr><w:top w:val="single" w:sz="36" w:space="14" '
            f'w:color="{look.accent}"/></w:pBdr>',
            space=spacing(0, 0),
            run=bold() + color(look.accent) + _tracking(10) + size(look.body_size),
            arabic_run=no_tracking,
        ),
        Style(
            "Cover Draft",
            space=spacing(0, 160),
            run=bold() + color(look.alert) + _tracking(40) + size(look.body_size),
            arabic_run=no_tracking,
        ),
        Style(
            "Cover Title",
            before=KEEP_LINES,
            space=spacing(0, 240, 240),
            run=bold() + color(look.accent) + size(look.title_size),
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
            arabic_run=no_tracking,
        ),
        Style(
            "Cover Party",
            before=KEEP_LINES,
            space=spacing(0, 320, 252),
            run=bold() + size(26),
        ),
        Style("Cover Fact", space=spacing(0, 0), run=size(look.heading_size)),
        Style(
            "TOC Heading",
            before=KEEP_NEXT,
            space=spacing(0, 280),
            run=bold() + color(look.accent) + size(look.chapter_size),
        ),
        Style(
            "toc 1",
            middle=leader,
            space=spacing(0, 80),
            indents=(CONTENTS, CONTENTS),
            run=size(19),
        ),
        Style(
            "header",
            middle=(
                '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" '
                f'w:color="{look.hairline}"/></w:pBdr>'
                f'<w:tabs><w:tab w:val="right" w:pos="{look.text_width}"/></w:tabs>'
            ),
            space=spacing(0, 0, 240),
            run=color(look.quiet) + size(look.tiny_size),
        ),
        Style(
            "footer",
            middle=f'<w:tabs><w:tab w:val="right" w:pos="{look.text_width}"/></w:tabs>',
            space=spacing(0, 0, 240),
            run=color(look.quiet) + size(look.tiny_size),
        ),
    )


def _signatures(look: Look) -> tuple[Style, ...]:
    label = color(look.quiet) + size(look.tiny_size)
    return (
        Style(
            "Signature Heading",
            next="Signature Text",
            before=KEEP_NEXT + KEEP_LINES + NEW_PAGE,
            space=spacing(0, 280),
            after=_outline(0),
            run=bold() + color(look.accent) + size(look.chapter_size),
        ),
        Style("Signature Text", before=KEEP_NEXT, space=spacing(0, 240)),
        Style("Signature Capacity", before=KEEP_NEXT, space=spacing(80, 80, 250)),
        Style(
            "Signature Label", before=KEEP_NEXT, space=spacing(90, 90, 240), run=label
        ),
        Style(
            "Signature Fact",
            before=KEEP_NEXT,
            space=spacing(70, 70, 240),
            run=size(look.small_size),
        ),
        Style("Signature Gap", space=spacing(0, 200, 240)),
    )


def standard_styles(look: Look) -> tuple[Style, ...]:
    """Return every paragraph style of an agreement."""
    return (*_body(look), *_tables(look), *_front(look), *_signatures(look))


def lent_styles(look: Look) -> frozenset[str]:
    """Return the names of the styles that the body uses."""
    contents = ("TOC Heading", "toc 1", "Agreement Table")
    return frozenset(
        [*(style.name for style in (*_body(look), *_tables(look))), *contents]
    )


def other_styles(look: Look) -> str:
    """Return the character and table styles."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{look.hairline}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{look.accent}"'
    cells = (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="SignatureAnchor">'
        '<w:name w:val="Signature Anchor"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f"<w:qFormat/><w:rPr>{color('D5DAE0')}{size(8)}</w:rPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="DraftMark">'
        '<w:name w:val="Draft Mark"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f"<w:qFormat/><w:rPr>{bold()}{color(look.alert)}</w:rPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="Strong">'
        '<w:name w:val="Strong"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f"<w:qFormat/><w:rPr>{bold()}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{cells.format(108)}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="AgreementTable">'
        '<w:name w:val="Agreement Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:top {strong}/><w:bottom {line}/><w:insideH {line}/>"
        f"</w:tblBorders>{cells.format(85)}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {strong}/>'
        f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="SignatureTable">'
        '<w:name w:val="Signature Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:top {strong}/><w:bottom {line}/><w:insideH {line}/>"
        f"</w:tblBorders>{cells.format(85)}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="CoverTable">'
        '<w:name w:val="Cover Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:top {line}/></w:tblBorders>"
        f"{cells.format(0)}</w:tblPr>"
        "</w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
    )
