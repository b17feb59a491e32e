"""A numbered document and a house style in, the bytes of a Word file out.

Everything is written as text and joined once; what the house style brings and
nobody changes is copied as it was compressed. The text of the result is read back
and compared with the document before anybody sees the file.
"""

from collections.abc import Mapping
from typing import Any

from slacontracts.model.clause import Part
from slacontracts.model.document import AgreementDocument, NumberedDocument
from slacontracts.render.docx_body import BodyWriter
from slacontracts.render.docx_facts import Issue, facts_of, version_said, words_of_style
from slacontracts.render.docx_filling import (
    FilledPart,
    blanks_in,
    fill_text,
    fill_xml,
    refuse_blank,
)
from slacontracts.render.docx_numbering import ITEM_STYLES
from slacontracts.render.docx_properties import core_properties, custom_properties
from slacontracts.render.docx_text import body_texts, require_same_text
from slacontracts.render.house_style import Direction, HouseStyle
from slacontracts.render.reading_back import require_words_of_file
from slacontracts.word.names import CORE_PART, CUSTOM_PART, XML_HEAD
from slacontracts.word.package import Compression, Member, packed, write_package
from slacontracts.word.reading import paragraph_texts


def render_docx(
    document: NumberedDocument,
    style: HouseStyle,
    *,
    version: str,
    execution: bool,
    digits: str = "latin",
    signature_anchors: str = "none",
    page_numbers: Mapping[str, int] | None = None,
    compress: Compression = "zlib",
    check: bool = True,
    anchored: bool = False,
) -> bytes:
    """Return the agreement as a Word file.

    execution: for signature; no DRAFT mark, and ChecksFailedError while a value is
    missing. signature_anchors: none, docusign or adobe. page_numbers: pages by
    clause key, for the contents; without them it lists and links. check: read the
    text back, for signature from the finished bytes; WordFileError when it is not
    the text of the document. anchored: put a hidden bookmark around every value.
    """
    issue = Issue(version, execution, digits, signature_anchors)
    rendering = Rendering(document, style, issue, page_numbers, anchored=anchored)
    return rendering.render(compress, check=check)


class Rendering:
    """One document on its way to one Word file."""

    def __init__(
        self,
        numbered: NumberedDocument,
        style: HouseStyle,
        issue: Issue,
        page_numbers: Mapping[str, int] | None = None,
        *,
        anchored: bool = False,
    ) -> None:
        self.anchored = anchored
        self.numbered, self.style, self.issue = numbered, style, issue
        self.page_numbers = page_numbers
        self.is_rtl = numbered.document.language == "ar"
        self.direction: Direction = style.directions["rtl" if self.is_rtl else "ltr"]
        self.facts = facts_of(numbered.document, issue)
        self.numbers = self.direction.planner.plan(numbered)
        has_contents = style.has_contents and not numbered.document.is_amendment
        words = words_of_style(numbered.document)
        self.contents = words["contents"] if has_contents else ""

    def render(self, compress: Compression, *, check: bool) -> bytes:
        """Return the Word file."""
        body = self.body()
        if self.issue.is_execution:
            self.refuse_blanks()
        written = self.properties(compress)
        texts: dict[str, list[str]] = {}
        for name, part in self.direction.parts.items():
            content = self.part(part, body if name == self.style.main else b"")
            if check:
                texts[name] = self.texts(name, part)
                require_same_text(texts[name], paragraph_texts(content), name)
            written[name] = packed(name, content, compress)
        style = self.style
        abstract = self.direction.levels[ITEM_STYLES[Part.SCHEDULE][0]].abstract
        written[style.numbering_part] = style.numbering_member(
            abstract, self.numbers.restarts
        )
        copied = style.copied
        data = write_package(
            [written.get(name) or copied[name] for name in style.order]
        )
        if check and self.issue.is_execution:
            require_words_of_file(data, style.main, texts)
        return data

    def body(self) -> bytes:
        """Return the paragraphs and tables of the clauses, and the contents."""
        direction = self.direction
        writer = BodyWriter(
            self.numbered,
            self.numbers,
            direction.styles,
            direction.levels,
            self.style.text_width,
            self.style.silent_num,
            direction.memory,
            anchored=self.anchored,
        )
        body = writer.body(self.contents, self.page_numbers)
        if self.issue.is_execution and writer.lines.blanks:
            raise refuse_blank()
        return body

    def refuse_blanks(self) -> None:
        """Refuse a house style that would print a blank."""
        for part in self.direction.parts.values():
            programs = (part.before, part.after)
            if blanks_in(programs, self.facts, file=self.style.file):
                raise refuse_blank()

    def part(self, part: FilledPart, body: bytes) -> bytes:
        """Return a part filled with the facts, around the body where it has one."""
        fill: Any = fill_xml
        file, is_rtl = self.style.file, self.is_rtl
        before = fill(part.before, self.facts, is_rtl=is_rtl, file=file)
        after = fill(part.after, self.facts, is_rtl=is_rtl, file=file)
        return b"".join(((XML_HEAD + before).encode(), body, after.encode()))

    def texts(self, name: str, part: FilledPart) -> list[str]:
        """Return the text of each paragraph that a part must show."""
        file = self.style.file
        expected = fill_text(part.text_before, self.facts, file=file)
        if name == self.style.main:
            expected += body_texts(
                self.numbered, self.numbers, self.contents, self.page_numbers
            )
        return expected + fill_text(part.text_after, self.facts, file=file)

    def properties(self, compress: Compression) -> dict[str, Member]:
        """Return the parts with the properties of the file."""
        document: AgreementDocument = self.numbered.document
        identity = document.agreement.id
        version = self.issue.version
        if document.amendment or document.conformed_to is not None:
            version = " ".join(version_said(document, self.issue))
        issued = (document.title, version, document.organisation)
        core = core_properties(identity, *issued, document.language)
        custom = custom_properties(identity, *issued)
        return {
            CORE_PART: packed(CORE_PART, core, compress),
            CUSTOM_PART: packed(CUSTOM_PART, custom, compress),
        }
