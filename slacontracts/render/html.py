"""A numbered document in, one web page out that needs no other file and no network.

The page is read on a phone, by a screen reader and on paper. Every clause has its
key as its id, so a link into an agreement stays right when numbers change.
"""

from collections.abc import Iterator, Mapping
from html import escape

from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    Blank,
    Block,
    Clause,
    Column,
    Inline,
    Item,
    NumberedDocument,
    Reference,
    Row,
    SignatureBlock,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.render.html_style import style_sheet
from slacontracts.render.reading_back import require_words_of_page
from slacontracts.render.wording import (
    BLANK,
    effective_text,
    fixed_words,
    party_names,
    signing_lines,
    signing_phrase,
    version_text,
)
from slacontracts.text import script_runs

_SKIP: Mapping[Language, str] = {
    "en": "Skip to the text of the agreement",
    "ar": "الانتقال إلى نص الاتفاقية",
}
_TO_FILL_IN: Mapping[Language, str] = {
    "en": "Still to be filled in",
    "ar": "لم يُملأ بعد",
}


def render_html(
    document: NumberedDocument, *, version: str, execution: bool, digits: str = "latin"
) -> str:
    """Return an agreement as a web page.

    version: how the version is called ("3"). execution: whether this is the text
    to sign; every other text is marked as a draft. digits: of the effective date.
    Raises SlaContractsError when the page does not say what the document says.
    """
    page = "".join(_Page(document, version, digits, is_draft=not execution).page())
    require_words_of_page(page, document)
    return page


class _Page:
    """Writes one document; its own ids hold a full stop, which no clause key does."""

    def __init__(
        self, document: NumberedDocument, version: str, digits: str, *, is_draft: bool
    ) -> None:
        self.numbered, self.document = document, document.document
        self.is_draft = is_draft
        self.version = version_text(
            self.document, version, digits, execution=not is_draft
        )
        self.language = self.document.language
        self.is_rtl = self.language == "ar"
        self.words = fixed_words(self.document)
        self.effective = effective_text(self.document, digits)

    def page(self) -> Iterator[str]:
        title = f"{self.document.title} – {self.document.agreement.id}"
        yield (
            f'<!DOCTYPE html>\n<html lang="{self.language}"'
            f' dir="{"rtl" if self.is_rtl else "ltr"}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy"'
            " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n<style>{self.style()}</style>\n"
            f'</head>\n<body>\n<a class="skip" href="#text.start">'
            f'{_SKIP[self.language]}</a>\n<div class="page">\n'
        )
        yield from self.cover()
        yield from self.contents()
        yield '<main id="text.start">\n'
        for clause in self.document.clauses:
            yield from self.clause(clause)
        if self.document.signatures:
            yield from self.signatures()
        yield "</main>\n</div>\n</body>\n</html>\n"

    def style(self) -> str:
        running = [self.document.agreement.id, " ".join(self.version)]
        if self.is_draft:
            running.append(self.words["draft"])
        return style_sheet(
            running_title=" - ".join(running),
            page=self.words["page"],
            page_of=self.words["of"],
        )

    def cover(self) -> Iterator[str]:
        words = self.words
        yield '<header class="cover">\n'
        if self.is_draft:
            yield f'<p class="draft">{words["draft"]}</p>\n'
        if self.document.organisation:
            organisation = self.text(self.document.organisation)
            yield f'<p class="organisation">{organisation}</p>\n'
        yield f"<h1>{self.text(self.document.title)}</h1>\n<dl>\n"
        yield self.fact(words["reference"], self.text(self.document.agreement.id))
        version_name, version = self.version
        yield self.fact(version_name, self.text(version))
        yield self.fact(words["effective"], self.name(self.effective))
        parties = "<br>\n".join(
            f'{self.name(name)} <span class="role">({escape(role)})</span>'
            for name, role in party_names(self.document)
        )
        if parties:
            yield self.fact(words["between"], parties)
        yield "</dl>\n</header>\n"

    @staticmethod
    def fact(name: str, value: str) -> str:
        return f"<dt>{name}</dt><dd>{value}</dd>\n"

    def name(self, name: str) -> str:
        return self.blank("") if name == BLANK else self.text(name)

    def contents(self) -> Iterator[str]:
        yield '<nav aria-labelledby="contents.title">\n<h2 id="contents.title">'
        yield f"{self.words['contents']}</h2>\n<ol>\n"
        for clause in self.document.clauses:
            label = self.label(self.numbered.labels[clause.key])
            yield f'<li><a href="#{clause.key}">{label}<span>{self.text(clause.title)}'
            yield "</span></a></li>\n"
        if self.document.signatures:
            yield f'<li><a href="#signatures.page"><span>{self.words["signature_page"]}'
            yield "</span></a></li>\n"
        yield "</ol>\n</nav>\n"

    @staticmethod
    def label(label: str) -> str:
        return f'<span class="label">{escape(label)}</span> ' if label else ""

    def clause(self, clause: Clause) -> Iterator[str]:
        kind = "clause schedule" if clause.part is Part.SCHEDULE else "clause"
        heading = f"{clause.key}.title"
        yield f'<section class="{kind}" id="{clause.key}"'
        yield f' aria-labelledby="{heading}">\n'
        label = self.label(self.numbered.labels[clause.key])
        yield f'<h2 id="{heading}">{label}{self.text(clause.title)}</h2>\n'
        yield from self.blocks(clause)
        yield "</section>\n"

    def blocks(self, clause: Clause) -> Iterator[str]:
        """Yield the blocks of a clause; items become lists within lists."""
        open_levels: list[int] = []
        labels = self.numbered.block_labels[clause.key]
        for block, label in zip(clause.blocks, labels, strict=True):
            yield from _close_lists(open_levels, block)
            if isinstance(block, Item):
                if open_levels and open_levels[-1] == block.level:
                    yield "</li>\n"
                else:
                    yield '<ol class="items" role="list">\n'
                    open_levels.append(block.level)
                anchor = f' id="{clause.key}/{block.anchor}"' if block.anchor else ""
                yield f"<li{anchor}>{self.label(label)}"
            if isinstance(block, Table):
                yield from self.table(block, f"{clause.key}.title")
            else:
                yield f"<p>{self.line(block.inlines)}</p>\n"
        yield "</li>\n</ol>\n" * len(open_levels)

    def table(self, table: Table, heading: str) -> Iterator[str]:
        kind = "records" if table.has_heading else "facts"
        yield f'<table class="{kind}" role="table" aria-labelledby="{heading}">\n'
        yield "<colgroup>"
        yield "".join(f'<col style="width:{c.width_percent}%">' for c in table.columns)
        yield "</colgroup>\n"
        if table.has_heading:
            yield '<thead role="rowgroup">\n<tr role="row">'
            for column in table.columns:
                yield f'<th scope="col" role="columnheader"{_aligned(column)}>'
                yield f"{self.text(column.heading)}</th>"
            yield "</tr>\n</thead>\n"
        yield '<tbody role="rowgroup">\n'
        for index, row in enumerate(table.rows):
            if row.is_group and index:
                yield '</tbody>\n<tbody role="rowgroup">\n'
            yield from self.row(row, table)
        yield "</tbody>\n</table>\n"

    def row(self, row: Row, table: Table) -> Iterator[str]:
        if row.is_group:
            yield '<tr class="group" role="row"><th scope="rowgroup" role="rowheader"'
            yield f' colspan="{len(table.columns)}">{self.cell(row.cells[0])}'
            yield "</th></tr>\n"
            return
        yield '<tr role="row">'
        for index, (cell, column) in enumerate(
            zip(row.cells, table.columns, strict=True)
        ):
            text = self.cell(cell)
            if index == 0:
                yield f'<th scope="row" role="rowheader"{_aligned(column)}>{text}</th>'
                continue
            name = f' data-label="{escape(column.heading)}"' if column.heading else ""
            # beside its label the lines of a cell are one thing, on a narrow screen
            inner = f"<span>{text}</span>" if name and text else text
            yield f'<td role="cell"{_aligned(column)}{name}>{inner}</td>'
        yield "</tr>\n"

    def cell(self, lines: tuple[tuple[Inline, ...], ...]) -> str:
        if len(lines) == 1:
            return self.line(lines[0])
        return "".join(f'<span class="line">{self.line(line)}</span>' for line in lines)

    def line(self, inlines: tuple[Inline, ...]) -> str:
        return "".join([self.inline(inline) for inline in inlines])

    def inline(self, inline: Inline) -> str:
        match inline:
            case Reference(target):
                return self.reference(target)
            case Term(text):
                return f"<dfn>“{self.text(text)}”</dfn>"
            case Blank(path):
                return self.blank(path)
            case Value() | Words():
                return self.emphasised(inline)

    def emphasised(self, inline: Value | Words) -> str:
        is_value = isinstance(inline, Value)
        text = self.text(inline.text) if is_value else _escaped(inline.text)
        if inline.italic:
            text = f"<em>{text}</em>"
        return f"<strong>{text}</strong>" if inline.bold else text

    def blank(self, path: str) -> str:
        where = f": {path}" if path else ""
        title = escape(f"{_TO_FILL_IN[self.language]}{where}")
        return f'<mark class="blank" title="{title}">{BLANK}</mark>'

    def reference(self, target: str) -> str:
        """Return a link over the words of a reference, to the place it names."""
        pieces = self.numbered.references.get(target)
        if not pieces:
            return f'<mark class="blank">[{escape(target)}?]</mark>'
        before, written = "", ""
        for text, to in pieces:
            if to:  # the word before a label, "clause", goes into its link
                link = f'<a class="reference" href="#{escape(to)}">'
                written += f"{link}{before}{self.text(text)}</a>"
                before = ""
            elif written:
                written += escape(text)
            else:
                before = escape(text)
        return written + before

    def text(self, text: str) -> str:
        """Return a value, set apart where it may run against the direction."""
        runs_against = self.is_rtl or any(arabic for _, arabic in script_runs(text))
        return f"<bdi>{_escaped(text)}</bdi>" if runs_against else _escaped(text)

    def signatures(self) -> Iterator[str]:
        yield '<section class="signatures" id="signatures.page"'
        yield ' aria-labelledby="signatures.title">\n<h2 id="signatures.title">'
        yield f"{self.words['signature_page']}</h2>\n"
        yield f"<p>{self.words['testimonium']}</p>\n"
        for block in self.document.signatures:
            yield from self.signature(block)
        yield "</section>\n"

    def signature(self, block: SignatureBlock) -> Iterator[str]:
        heading = f"signature.{block.number}"
        yield f'<section class="signatory" aria-labelledby="{heading}">\n'
        phrase = self.text(signing_phrase(block, self.words))
        yield f'<h3 id="{heading}">{phrase}</h3>\n'
        yield f'<table class="signing" aria-labelledby="{heading}">\n<tbody>\n'
        for line in signing_lines(block, self.words):
            if line.is_heading:
                yield '<tr class="group"><th scope="rowgroup" colspan="2">'
                yield f"{escape(line.name)}</th></tr>\n"
                continue
            kind = "" if line.text else ' class="by-hand"'
            yield f'<tr{kind}><th scope="row">{escape(line.name)}</th>'
            yield f"<td>{self.text(line.text)}</td></tr>\n"
        yield "</tbody>\n</table>\n</section>\n"


def _close_lists(open_levels: list[int], block: Block) -> Iterator[str]:
    """Close the lists that a block does not belong to; a table belongs to none."""
    level = 0 if isinstance(block, Table) else block.level
    while open_levels and open_levels[-1] > level:
        open_levels.pop()
        yield "</li>\n</ol>\n"


def _aligned(column: Column) -> str:
    return "" if column.align == "start" else f' class="{column.align}"'


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
