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
    style_id,
)

CONTENTS = 1361  # where titles begin in the list of contents: after "Schedule 10"
KEEP_NEXT = "<w:keepNext/>"
KEEP_LINES = "<w:keepLines/>"
NEW_PAGE = "<w:pageBreakBefore/>"
CENTERED = '<w:jc w:val="center"/>'


def heading_run(look: Look, half_points: int) -> str:
    """Return how headings are written."""
    capitals = "<w:smallCaps/>" if look.has_small_capitals else ""
    return bold() + capitals + color(look.accent) + size(half_points)


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def tracking(points_20: int) -> str:
    """Return space between letters."""
    return f'<w:spacing w:val="{points_20}"/>'


NO_TRACKING = tracking(0)  # Arabic letters are joined; space between breaks them


def _body(look: Look) -> tuple[Style, ...]:
    heading = heading_run(look, look.heading_size)
    chapter = heading_run(look, look.chapter_size)
    new_page = NEW_PAGE if look.chapters_start_pages else ""
    step = SECOND - FIRST
    return (
        Style("Normal", space=spacing(0, look.paragraph_space, look.line)),
        Style(
            "Part Heading",
            next="Clause Text",
            before=KEEP_NEXT + KEEP_LINES,
            space=spacing(look.heading_space[0] + 20, look.heading_space[1]),
            after=_outline(0),
            run=heading,
        ),
        Style(
            "Clause Heading",
            next="Clause Level 1",
            before=KEEP_NEXT + KEEP_LINES,
            list_level=("clauses", 0),
            space=spacing(*look.heading_space),
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
            before=KEEP_NEXT + KEEP_LINES + new_page,
            list_level=("schedules", 0),
            space=spacing(*look.chapter_space),
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
            before=KEEP_NEXT + KEEP_LINES + new_page,
            space=spacing(*look.chapter_space),
            after=_outline(0),
            run=chapter,
        ),
    )


def _tables(look: Look) -> tuple[Style, ...]:
    small = size(look.small_size)
    return (
        Style(
            "Table Text",
            space=spacing(look.cell_space, look.cell_space, look.cell_line),
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


def _around(look: Look) -> tuple[Style, ...]:
    leader = (
        f'<w:tabs><w:tab w:val="left" w:pos="{CONTENTS}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{look.text_width}"/></w:tabs>'
    )
    return (
        Style(
            "TOC Heading",
            before=KEEP_NEXT,
            space=spacing(0, 280),
            run=heading_run(look, look.chapter_size),
        ),
        Style(
            "toc 1",
            middle=leader,
            space=spacing(0, 80),
            indents=(CONTENTS, CONTENTS),
            run=size(look.contents_size),
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
    new_page = NEW_PAGE if look.chapters_start_pages else ""
    space = look.cell_space

    def around(extra: int, line: int = 240) -> str:
        return spacing(space + extra, space + extra, line)

    return (
        Style(
            "Signature Heading",
            next="Signature Text",
            before=KEEP_NEXT + KEEP_LINES + new_page,
            space=spacing(*look.chapter_space),
            after=_outline(0),
            run=heading_run(look, look.chapter_size),
        ),
        Style("Signature Text", before=KEEP_NEXT, space=spacing(0, 240)),
        Style("Signature Capacity", before=KEEP_NEXT, space=around(10, look.cell_line)),
        Style("Signature Label", before=KEEP_NEXT, space=around(20), run=label),
        Style(
            "Signature Fact",
            before=KEEP_NEXT,
            space=around(0),
            run=size(look.small_size),
        ),
        Style("Signature Gap", space=spacing(0, 200, 240)),
    )


def paragraph_styles(look: Look, cover: tuple[Style, ...]) -> tuple[Style, ...]:
    """Return every paragraph style of an agreement; cover: those of its first page."""
    return (
        *_body(look),
        *_tables(look),
        *cover,
        *_around(look),
        *_signatures(look),
    )


def lent_styles(look: Look) -> frozenset[str]:
    """Return the names of the styles that the body uses."""
    contents = ("TOC Heading", "toc 1", "Agreement Table")
    return frozenset(
        [*(style.name for style in (*_body(look), *_tables(look))), *contents]
    )


def hairline(look: Look) -> str:
    """Return the attributes of a thin line."""
    return f'w:val="single" w:sz="4" w:space="0" w:color="{look.hairline}"'


def strong_line(look: Look) -> str:
    """Return the attributes of the line above a table."""
    return f'w:val="single" w:sz="8" w:space="0" w:color="{look.accent}"'


def cell_margins(sides: int) -> str:
    """Return the space left and right of what stands in a cell."""
    return (
        f'<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{sides}" '
        f'w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="{sides}" '
        'w:type="dxa"/></w:tblCellMar>'
    )


def other_styles(look: Look, cover_table: str) -> str:
    """Return the character and table styles; cover_table: what its table looks like."""
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
        f"{cell_margins(108)}</w:tblPr></w:style>"
        f"{_own_tables(look, cover_table)}"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
    )


def _own_tables(look: Look, cover_table: str) -> str:
    line, strong = hairline(look), strong_line(look)
    lined = (
        f"<w:tblPr><w:tblBorders><w:top {strong}/><w:bottom {line}/><w:insideH {line}/>"
        f"</w:tblBorders>{cell_margins(look.cell_margin)}</w:tblPr>"
    )
    heading = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {strong}/>'
        f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    tables = (
        ("Agreement Table", lined + heading),
        ("Signature Table", lined),
        ("Cover Table", f"<w:tblPr>{cover_table}</w:tblPr>"),
    )
    return "".join(
        '<w:style w:type="table" w:customStyle="1" '
        f'w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/>{inside}</w:style>'
        for name, inside in tables
    )
