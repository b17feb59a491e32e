"""A numbered document in; the text that its Word file must show out, by paragraph.

A plain walk of the model that shares nothing with the writing of XML, so that the
text of every rendered file can be checked against it.
"""

from collections.abc import Mapping
from itertools import zip_longest

from slacontracts.errors import WordFileError
from slacontracts.model.document import (
    Block,
    Clause,
    Inline,
    NumberedDocument,
    Reference,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.render.docx_body import contents_of
from slacontracts.render.docx_facts import BLANK_TEXT
from slacontracts.render.docx_numbering import Numbers
from slacontracts.render.docx_runs import (
    QUOTES,
    as_shown,
    plain_before,
)
from slacontracts.text import begins_sentence, capitalised
from slacontracts.word.reading import LINE_BREAK


def body_texts(
    numbered: NumberedDocument,
    numbers: Numbers,
    contents: str,
    page_numbers: Mapping[str, int] | None,
) -> list[str]:
    """Return the text of every paragraph of the body, tables cell by cell.

    contents: the heading of the list of contents; empty where there is no list.
    """
    reader = TextReader(numbered)
    texts = _contents_texts(numbered, contents, page_numbers) if contents else []
    for clause in numbered.document.clauses:
        own = numbers.clauses[clause.key]
        texts.append(_labelled(own.heading, clause.title))
        _add_blocks(texts, clause, own.blocks, reader)
    return texts


def _contents_texts(
    numbered: NumberedDocument, heading: str, page_numbers: Mapping[str, int] | None
) -> list[str]:
    clauses = contents_of(numbered.document.clauses)
    texts = [heading] if clauses else []
    for clause in clauses:
        text = _labelled(numbered.labels[clause.key], clause.title)
        page = page_numbers.get(clause.key) if page_numbers else None
        texts.append(text if page is None else f"{text}\t{page}")
    return texts


def _add_blocks(
    texts: list[str],
    clause: Clause,
    written: tuple[str | None, ...],
    reader: "TextReader",
) -> None:
    previous: Block | None = None
    for block, label in zip(clause.blocks, written, strict=True):
        if type(block) is Table:
            if type(previous) is Table:
                texts.append("")
            _add_table(texts, block, reader)
        else:
            text = reader.text(block.inlines)  # type: ignore[union-attr]
            texts.append(text if label is None else f"{label}\t{text}")
        previous = block


def _add_table(texts: list[str], table: Table, reader: "TextReader") -> None:
    if table.has_heading:
        texts += [column.heading for column in table.columns]
    read = reader.text
    for row in table.rows:
        if row.is_group:
            texts += [read(line) for cell in row.cells for line in cell] or [""]
        else:
            for cell in row.cells:
                texts += [read(line) for line in cell] or [""]


class TextReader:
    """Reads inlines of one document as plain text."""

    def __init__(self, numbered: NumberedDocument) -> None:
        self.references = numbered.references
        self._references: dict[tuple[str, bool], str] = {}
        self.is_rtl = numbered.document.language == "ar"
        self.quotes = QUOTES[self.is_rtl]
        self.plain: frozenset[type] = frozenset(
            {Words} if self.is_rtl else {Words, Value}
        )

    def text(self, inlines: tuple[Inline, ...]) -> str:
        """Return the text of a line."""
        plain = self.plain
        if len(inlines) == 1 and type(inlines[0]) in plain:
            text = inlines[0].text  # type: ignore[union-attr]
        else:
            text = "".join(self.pieces(inlines))
        return text.replace("\n", LINE_BREAK) if "\n" in text else text

    def pieces(self, inlines: tuple[Inline, ...]) -> list[str]:
        """Return the text of each inline; a line break is "\\n" there."""
        plain = self.plain
        return [
            one.text if type(one) in plain else self.piece(one, inlines, at)  # type: ignore[union-attr]
            for at, one in enumerate(inlines)
        ]

    def piece(self, one: Inline, inlines: tuple[Inline, ...], at: int) -> str:
        """Return the text of the inline at an index of its line."""
        if isinstance(one, Term):
            return one.text.join(self.quotes)
        if isinstance(one, Value):
            return as_shown(one.text, is_rtl=self.is_rtl)
        if isinstance(one, Reference):
            begins = begins_sentence(plain_before(inlines, at))
            return self.reference(one.target, begins)
        return BLANK_TEXT

    def reference(self, target: str, begins: bool) -> str:
        """Return how a reference reads; begins: at the beginning of a sentence."""
        text = self._references.get((target, begins))
        if text is None:
            pieces = self.references.get(target, ((f"[{target}]", target),))
            first, points_to = pieces[0]
            if begins and not points_to:
                first = capitalised(first)
            pieces = ((first, points_to), *pieces[1:])
            text = "".join(
                [
                    as_shown(text, is_rtl=self.is_rtl) if to else text
                    for text, to in pieces
                ]
            )
            self._references[target, begins] = text
        return text


def _labelled(label: str | None, text: str) -> str:
    text = text.replace("\n", LINE_BREAK)
    return text if label is None else f"{label}\t{text}"


def require_same_text(expected: list[str], found: list[str], part: str) -> None:
    """Refuse a part whose text is not the text of the document."""
    if expected == found:
        return
    pairs = enumerate(zip_longest(expected, found, fillvalue="(nothing)"))
    at, (wanted, there) = next(one for one in pairs if one[1][0] != one[1][1])
    raise WordFileError(
        f"the text of {part} differs from the agreement in paragraph {at + 1}: "
        f"it should read “{_short(wanted)}” but reads “{_short(there)}”; the file was "
        "not written; please report this"
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
