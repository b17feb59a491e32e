"""A numbered document in; the body of its Word file out, as WordprocessingML text.

Order: contents, parties, background, key terms, clauses, schedules. Cover and
signature page are the house style's.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from slacontracts.model.clause import Part
from slacontracts.model.document import (
    Block,
    Clause,
    Item,
    NumberedDocument,
    Paragraph,
    Table,
    Term,
    Words,
)
from slacontracts.render.docx_anchored import AnchoredLineWriter
from slacontracts.render.docx_numbering import (
    HEADING_STYLES,
    ITEM_STYLES,
    ClauseNumbers,
    ListLevel,
    Numbers,
)
from slacontracts.render.docx_runs import LineWriter, ReferenceForms, words_xml
from slacontracts.render.docx_tables import TableWriter
from slacontracts.word.build import (
    KEEP_NEXT,
    PAGE_BREAK_BEFORE,
    Bookmarks,
    field,
    field_end,
    field_start,
    link,
    paragraph,
    paragraph_start,
    without_end_of_bookmark,
)
from slacontracts.word.names import bookmark_name

_IN_SCHEDULES: Final = (
    "Schedule Text",
    "Schedule Text 1",
    "Schedule Text 2",
    "Schedule Text 3",
)
# The style of text without a number, by part and level (0 under the heading).
TEXT_STYLES: Final[Mapping[Part, tuple[str, str, str, str]]] = {
    Part.PARTIES: ("Part Text", "Clause Text 1", "Clause Text 2", "Clause Text 3"),
    Part.BACKGROUND: ("Part Text", "Clause Text 1", "Clause Text 2", "Clause Text 3"),
    Part.KEY_TERMS: _IN_SCHEDULES,
    Part.CLAUSE: ("Clause Text", "Clause Text 1", "Clause Text 2", "Clause Text 3"),
    Part.SCHEDULE: _IN_SCHEDULES,
}
CONTENTS_STYLES: Final = ("TOC Heading", "toc 1")
DEFINITION_STYLE: Final = "Definition"

# A direct space above: text after a table must not touch it.
_SPACE_AFTER_TABLE: Final = '<w:spacing w:before="240"/>'
# A list of contents that is a little longer than a page is set closer.
_CONTENTS_OF_A_PAGE: Final = 42
_CLOSE_LINES: Final = '<w:spacing w:after="16" w:line="238" w:lineRule="auto"/>'
_SPACES: Final = {False: "", True: _SPACE_AFTER_TABLE}
_COLON_END: Final = ":</w:t></w:r>"  # such a text introduces what follows
_KEEP_NEXT: Final = KEEP_NEXT.encode()
_AT_TOP_OF_PAGE: Final = '<w:spacing w:before="0"/>'
# `\n` leaves out page numbers, `\h` links, `\u` takes what has an outline level.
_CONTENTS_CODE: Final = "TOC \\n \\h \\z \\u"
_CONTENTS_CODE_WITH_PAGES: Final = "TOC \\h \\z \\u"


MOST_REMEMBERED: Final = 8192
_FIXED: Final = frozenset[type]({Words, Term})


class ParagraphMemory:
    """The XML of paragraphs that read alike in every agreement, in one house style.

    Wording without values and references is the same object in every agreement of
    one process, so it is known by its identity; keeping the object keeps it its own.
    """

    def __init__(self) -> None:
        self._lists: dict[tuple[Part, int | None], dict[int, tuple[Block, bytes]]] = {}

    def of(self, part: Part, num: int | None) -> dict[int, tuple[Block, bytes]]:
        """Return what is remembered of a part and, where it restarts, its list."""
        found = self._lists.get((part, num))
        if found is None or len(found) > MOST_REMEMBERED:
            if len(self._lists) > _MOST_LISTS:
                self._lists.clear()
            found = self._lists[part, num] = {}
        return found


def is_fixed(block: Block) -> bool:
    """Tell whether a paragraph reads alike in every agreement, without a bookmark."""
    if type(block) is Item and block.anchor:
        return False
    return _FIXED.issuperset(map(type, block.inlines))  # type: ignore[union-attr]


_MOST_LISTS: Final = 32


class BodyWriter:
    """Writes the body of one document in one house style.

    styles: ids by name of style, Arabic twins where the document is Arabic.
    text_width: between the margins, in twentieths of a point. silent_num: the list
    that prints nothing. memory: of these styles and levels.
    """

    def __init__(
        self,
        numbered: NumberedDocument,
        numbers: Numbers,
        styles: Mapping[str, str],
        levels: Mapping[str, ListLevel],
        text_width: int,
        silent_num: int,
        memory: "ParagraphMemory",
        *,
        anchored: bool = False,
    ) -> None:
        self.document = numbered.document
        self.is_rtl = numbered.document.language == "ar"
        self.labels, self.numbers = numbered.labels, numbers
        self.styles, self.levels, self.text_width = styles, levels, text_width
        forms = ReferenceForms(numbered.references, numbered.labels, numbers.written)
        self.bookmarks = Bookmarks()
        self.lines = (
            AnchoredLineWriter(forms, self.bookmarks, is_rtl=self.is_rtl)
            if anchored
            else LineWriter(forms, is_rtl=self.is_rtl)
        )
        self.tables = TableWriter(self.lines, styles, text_width, is_rtl=self.is_rtl)
        self.item_styles = {
            part: tuple([styles[name] for name in names])
            for part, names in ITEM_STYLES.items()
        }
        self.no_number = _numbered(0, silent_num)
        self.memory = memory
        self.out: list[bytes] = []

    def body(self, contents: str, page_numbers: Mapping[str, int] | None) -> bytes:
        """Return the whole body; contents: the heading of the list of contents.

        Without one there is no list, and the wording runs on: a page begins only
        where a style begins one.
        """
        if contents:
            self.contents(contents, page_numbers)
        before: Part | None = None
        for clause in self.document.clauses:
            starts_page = bool(contents) and _starts_page(before, clause.part)
            self.clause(clause, starts_page=starts_page)
            before = clause.part
        return b"".join(self.out)

    def contents(self, heading: str, page_numbers: Mapping[str, int] | None) -> None:
        """Write the list of contents as a field whose result is already right."""
        clauses = contents_of(self.document.clauses)
        if not clauses:
            return
        heading_style, style = (self.styles[name] for name in CONTENTS_STYLES)
        self.out.append(paragraph(heading_style, self.lines.text(heading)).encode())
        code = _CONTENTS_CODE if page_numbers is None else _CONTENTS_CODE_WITH_PAGES
        start, end = field_start(code), field_end()
        spacing = _CLOSE_LINES if len(clauses) > _CONTENTS_OF_A_PAGE else ""
        last = len(clauses) - 1
        for at, clause in enumerate(clauses):
            entry = self.contents_entry(clause, page_numbers)
            content = (start if at == 0 else "") + entry + (end if at == last else "")
            self.out.append(paragraph(style, content, spacing).encode())

    def contents_entry(
        self, clause: Clause, page_numbers: Mapping[str, int] | None
    ) -> str:
        """Return one line of the contents, linked to the clause."""
        bookmark = bookmark_name(clause.key)
        label = self.labels[clause.key]
        # Without a label too, the title stands at its tab stop, and so does the page.
        text = words_xml(f"{label}\t{clause.title}", False, False, self.is_rtl)
        page = page_numbers.get(clause.key) if page_numbers else None
        if page is not None:
            text += "<w:r><w:tab/></w:r>" + field(f"PAGEREF {bookmark} \\h", str(page))
        return link(bookmark, text)

    def clause(self, clause: Clause, *, starts_page: bool) -> None:
        """Write a clause: its heading, then its blocks."""
        numbers = self.numbers.clauses[clause.key]
        runs = self.lines.text(clause.title)
        properties = PAGE_BREAK_BEFORE if starts_page else ""
        heading_style = HEADING_STYLES[clause.part]
        if numbers.heading is not None:
            runs = self.lines.text(f"{numbers.heading}\t") + runs
            properties += self.no_number
        if starts_page:
            properties += _AT_TOP_OF_PAGE
        if numbers.heading is not None:
            properties += self.levels[heading_style].indent
        content = self.bookmarked(clause.key, runs)
        xml = paragraph(self.styles[heading_style], content, properties)
        self.out.append(xml.encode())
        self.blocks(clause, numbers)

    def blocks(self, clause: Clause, numbers: ClauseNumbers) -> None:
        """Write the blocks of a clause."""
        out = self.out
        remembered = self.memory.of(clause.part, numbers.num)
        after_table = False
        for block, written in zip(clause.blocks, numbers.blocks, strict=True):
            if isinstance(block, Table):
                gap = self.tables.gap().encode() if after_table else kept(out.pop())
                out += (gap, self.tables.table(block).encode())
                after_table = True
                continue
            found = remembered.get(id(block))
            if found is not None and written is None and not after_table:
                out.append(found[1])
                continue
            space = _SPACES[after_table]
            xml = self.block(clause, numbers, block, written, space).encode()
            out.append(xml)
            if written is None and not after_table and is_fixed(block):
                remembered[id(block)] = block, xml
            after_table = False

    def block(
        self,
        clause: Clause,
        numbers: ClauseNumbers,
        block: Item | Paragraph,
        written: str | None,
        properties: str,
    ) -> str:
        """Return one numbered or plain paragraph; written: its label, spelt out."""
        runs = self.lines.line(block.inlines)
        introduces = without_end_of_bookmark(runs).endswith(_COLON_END)
        if isinstance(block, Item):
            style = self.item_styles[clause.part][block.level - 1]
            if written is not None:
                runs = self.lines.text(f"{written}\t") + runs
                indent = self.levels[ITEM_STYLES[clause.part][block.level - 1]].indent
                properties = self.no_number + properties + indent
            elif numbers.num is not None:
                step = self.levels[ITEM_STYLES[clause.part][block.level - 1]]
                properties = _numbered(step.level, numbers.num) + properties
            if block.anchor:
                runs = self.bookmarked(f"{clause.key}/{block.anchor}", runs)
        else:
            style = self.text_style(clause.part, block)
        if introduces:
            properties = KEEP_NEXT + properties
        return f"{paragraph_start(style, properties)}{runs}</w:p>"

    def text_style(self, part: Part, block: Paragraph) -> str:
        """Return the style of a text without a number."""
        if part is Part.CLAUSE and block.inlines and type(block.inlines[0]) is Term:
            return self.styles[DEFINITION_STYLE]
        return self.styles[TEXT_STYLES[part][block.level]]

    def bookmarked(self, target: str, content: str) -> str:
        """Return content inside the bookmark of a target."""
        return self.bookmarks.around(bookmark_name(target), content)


def contents_of(clauses: tuple[Clause, ...]) -> list[Clause]:
    """Return what the list of contents names: key terms, clauses, schedules."""
    listed = (Part.KEY_TERMS, Part.CLAUSE, Part.SCHEDULE)
    return [clause for clause in clauses if clause.part in listed]


def _starts_page(before: Part | None, part: Part) -> bool:
    """Tell whether a heading begins a page that its own style does not begin."""
    if before is None:
        return part in (Part.PARTIES, Part.BACKGROUND, Part.CLAUSE)
    return before is Part.KEY_TERMS and part is Part.CLAUSE


def kept(xml: bytes) -> bytes:
    """Return a paragraph that stays on the page of the table that follows it."""
    if _KEEP_NEXT in xml:
        return xml
    return xml.replace(b'"/>', b'"/>' + _KEEP_NEXT, 1)  # right after its style


@lru_cache(maxsize=256)
def _numbered(level: int, num: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
