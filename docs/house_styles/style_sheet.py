"""Parameters of a house style in, the parts styles.xml and numbering.xml out.

Each role has an English style and an Arabic twin ("Clause Heading", "Clause
Heading AR"); the twin is based on the English one, reads from right to left and
counts in a list of its own.
"""

from dataclasses import dataclass, field

W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Where text begins, in twentieths of a point: under a clause number, (a) and (i).
FIRST, SECOND, THIRD = 720, 1287, 1854
# In Arabic the number stands free of the edge by its own width: LibreOffice draws
# a label from right to left beginning outside, Word inside; this suits both.
ARABIC_INDENTS = {
    (720, 720): (1100, 600),
    (720, 0): (1100, 0),
    (1287, 567): (1660, 560),
    (1287, 0): (1660, 0),
    (1854, 567): (2220, 560),
    (1854, 0): (2220, 0),
}


@dataclass(frozen=True)
class Look:
    """The choices of a designer.

    Sizes in half points, colours in hex, spaces and widths in twentieths of a point,
    line heights in 240ths.
    """

    font: str = "Arial"
    arabic_font: str = "Arial"
    accent: str = "17365C"
    quiet: str = "66727F"  # labels, headers, footers
    hairline: str = "C9D0D8"
    shade: str = "F2F5F8"
    alert: str = "B3261E"  # the DRAFT mark
    body_size: int = 20
    small_size: int = 18
    tiny_size: int = 16
    contents_size: int = 19
    heading_size: int = 22
    title_size: int = 64
    chapter_size: int = 32
    has_small_capitals: bool = False  # in headings
    line: int = 269
    paragraph_space: int = 120
    heading_space: tuple[int, int] = (340, 140)  # before, after
    chapter_space: tuple[int, int] = (0, 280)
    chapters_start_pages: bool = True  # key terms, schedules, signature page
    cell_space: int = 70
    cell_line: int = 250
    cell_margin: int = 85
    fill_in_heights: tuple[int, int] = (860, 420)  # signature, and other lines
    page: tuple[int, int] = (11906, 16838)
    margins: tuple[int, int, int, int] = (
        1644,
        1417,
        1474,
        1417,
    )  # top right bottom left
    cover_margins: tuple[int, int] = (1700, 1134)  # top bottom
    header: int = 737  # from the edge of the page
    footer: int = 680

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.page[0] - self.margins[1] - self.margins[3]


def style_id(name: str) -> str:
    """Return the id of a style's name: "toc 1" is "Toc1".

    Ids are ours to choose; Word finds its own built-in styles by name.
    """
    return "".join(word[0].upper() + word[1:] for word in name.split())


@dataclass(frozen=True)
class Style:
    """A paragraph style. Elements are given in the order of the schema.

    before: elements of pPr up to numPr; list_level: (list, level) of native numbers;
    middle: pBdr, shd, tabs; indents: left and hanging; after: what follows them.
    """

    name: str
    based_on: str = "Normal"
    next: str = ""
    before: str = ""
    list_level: tuple[str, int] | None = None
    middle: str = ""
    space: str = ""
    indents: tuple[int, int] | None = None
    after: str = ""
    run: str = ""
    arabic_base: str = ""
    arabic_run: str = ""
    has_twin: bool = True

    @property
    def id(self) -> str:
        """The style's id: its name without spaces, each word with a capital."""
        return style_id(self.name)


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, how it reads, and where text begins."""

    style: str
    format: str
    text: str
    left: int
    hanging: int
    run: str = ""
    arabic_text: str = ""


@dataclass(frozen=True)
class NumberedList:
    """A native multi-level list."""

    name: str
    levels: tuple[Level, ...] = field(default_factory=tuple)


def bold() -> str:
    """Return bold in both scripts."""
    return "<w:b/><w:bCs/>"


def size(half_points: int) -> str:
    """Return a size in both scripts."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def color(value: str) -> str:
    """Return a text colour."""
    return f'<w:color w:val="{value}"/>'


def spacing(before: int, after: int, line: int = 0) -> str:
    """Return space before and after, and the line height in 240ths."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def indent(indents: tuple[int, int] | None, *, arabic: bool = False) -> str:
    """Return an indent; in a paragraph from right to left Word mirrors it."""
    if indents is None:
        return ""
    left, hanging = ARABIC_INDENTS.get(indents, indents) if arabic else indents
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{left}"{hang}/>'


def lists(look: Look) -> tuple[NumberedList, ...]:
    """Return the lists of an agreement, linked to the styles of the same roles."""
    heading = bold() + color(look.accent)
    step = SECOND - FIRST
    below = lambda role: (  # noqa: E731
        Level(f"{role} Level 2", "lowerLetter", "(%2)", SECOND, step),
        Level(f"{role} Level 3", "lowerRoman", "(%3)", THIRD, step),
    )
    return (
        NumberedList(
            "clauses",
            (
                Level("Clause Heading", "decimal", "%1", FIRST, FIRST, heading),
                Level("Clause Level 1", "decimal", "%1.%2", FIRST, FIRST),
                Level("Clause Level 2", "lowerLetter", "(%3)", SECOND, step),
                Level("Clause Level 3", "lowerRoman", "(%4)", THIRD, step),
            ),
        ),
        NumberedList(
            "schedules",
            (
                Level(
                    "Schedule Heading",
                    "decimal",
                    "Schedule %1",
                    0,
                    0,
                    color(look.quiet),
                    arabic_text="الملحق %1",
                ),
            ),
        ),
        NumberedList(
            "schedule paragraphs",
            (
                Level("Schedule Level 1", "decimal", "%1", FIRST, FIRST),
                Level("Schedule Level 2", "decimal", "%1.%2", FIRST, FIRST),
                Level("Schedule Level 3", "lowerLetter", "(%3)", SECOND, step),
            ),
        ),
        NumberedList(
            "recitals",
            (Level("Recital", "upperLetter", "(%1)", FIRST, FIRST), *below("Recital")),
        ),
        NumberedList(
            "parties",
            (Level("Party", "decimal", "(%1)", FIRST, FIRST), *below("Party")),
        ),
    )


def _abstract(number: int, style_list: NumberedList, *, arabic: bool) -> str:
    suffix = "AR" if arabic else ""
    rows = []
    for at, level in enumerate(style_list.levels):
        is_title = level.left == 0
        text = level.arabic_text if arabic and level.arabic_text else level.text
        rows.append(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{level.format}"/>'
            f'<w:pStyle w:val="{style_id(level.style)}{suffix}"/>'
            + ('<w:suff w:val="space"/>' if is_title else "")
            + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{indent((level.left, level.hanging), arabic=arabic)}</w:pPr>"
            f"<w:rPr>{level.run}</w:rPr></w:lvl>"
        )
    for at in range(len(style_list.levels), 9):  # Word wants all nine
        rows.append(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="none"/>'
            '<w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{THIRD}" w:firstLine="0"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="5A1A{number:04X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5A1B{number:04X}"/>'
        f"{''.join(rows)}</w:abstractNum>"
    )


def numbering_part(look: Look) -> str:
    """Return numbering.xml: every list twice, for English and for Arabic styles."""
    twice = [(one, arabic) for arabic in (False, True) for one in lists(look)]
    abstracts = [
        _abstract(at, one, arabic=arabic) for at, (one, arabic) in enumerate(twice, 1)
    ]
    nums = [
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(1, len(twice) + 1)
    ]
    return f"{XML_HEAD}<w:numbering {W_NS}>{''.join(abstracts + nums)}</w:numbering>"


def _numpr(look: Look, style: Style, *, arabic: bool) -> str:
    if style.list_level is None:
        return ""
    all_lists = lists(look)
    name, level = style.list_level
    number = 1 + [one.name for one in all_lists].index(name) + arabic * len(all_lists)
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'


def _style_xml(look: Look, style: Style, *, arabic: bool) -> str:
    suffix = " AR" if arabic else ""
    next_style = (style.next or style.name) + suffix
    if arabic:
        base = style.arabic_base or style.id
        paragraph = (
            f"{_numpr(look, style, arabic=True)}<w:bidi/>"
            f"{indent(style.indents, arabic=True)}"
        )
        run = style.arabic_run
        if style.arabic_base:
            paragraph = f"{style.before}{paragraph}"
    else:
        base = style_id(style.based_on)
        paragraph = (
            f"{style.before}{_numpr(look, style, arabic=False)}{style.middle}"
            f"{style.space}{indent(style.indents)}{style.after}"
        )
        run = style.run
    based_on = (
        "" if style.name == "Normal" and not arabic else f'<w:basedOn w:val="{base}"/>'
    )
    default = ' w:default="1"' if not based_on else ""
    built_in = style.name[0].islower() or style.name in ("Normal", "TOC Heading")
    custom = "" if built_in and not arabic else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{custom} '
        f'w:styleId="{style.id}{suffix.strip()}">'
        f'<w:name w:val="{style.name}{suffix}"/>{based_on}'
        f'<w:next w:val="{style_id(next_style)}"/>'
        f'<w:uiPriority w:val="1"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def styles_part(look: Look, styles: tuple[Style, ...], extra: str) -> str:
    """Return styles.xml; extra: table and character styles, written out."""
    fonts = (
        f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" '
        f'w:eastAsia="{look.font}" '
        f'w:cs="{look.arabic_font}"/>'
    )
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(look.body_size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    written = [_style_xml(look, style, arabic=False) for style in styles]
    written += [
        _style_xml(look, style, arabic=True) for style in styles if style.has_twin
    ]
    return f"{XML_HEAD}<w:styles {W_NS}>{defaults}{''.join(written)}{extra}</w:styles>"
