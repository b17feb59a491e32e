"""Law: the clauses that a redline marks are the clauses that a comparison names.

A deletion counts for the clause under whose heading it stood in the old text, an
insertion for the one under whose heading it stands in the new. Words that stayed while
the heading above them changed count for both: they belong to another clause now. Left
aside are what fields show, because it follows from the numbers, the spaces between two
of them, and what only looks different: emphasis, the width of columns.

A redline does not know clauses: it keeps what reads the same wherever it stands. So the
law is about texts in which no line of one clause stands in another. Where clauses
changed places, more than one choice of those that moved puts the rest in order: a
redline keeps the most paragraphs in place, and counts the empty ones between tables; a
comparison keeps the most paragraphs and words. Both choices hold, and may differ.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from comparing import clause, document, item, table
from drafting import SETTINGS
from edited_documents import documents, edited, edited_samples
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compare.documents import compare
from slacontracts.compose.assemble import compose_agreement
from slacontracts.compose.numbering import number
from slacontracts.model.change import ClauseChange
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    NumberedDocument,
)
from slacontracts.redline import redline
from slacontracts.render.docx import render_docx
from slacontracts.render.docx_numbering import HEADING_STYLES
from slacontracts.render.house_style import HouseStyle, compile_house_style
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "200"))
ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "templates/house/standard.docx"
CAME = frozenset({w("ins"), w("moveTo")})
WENT = frozenset({w("del"), w("moveFrom")})
MARKS = CAME | WENT
HEADINGS = {part: name.replace(" ", "") for part, name in HEADING_STYLES.items()}


@cache
def standard() -> HouseStyle:
    return compile_house_style(HOUSE.read_bytes(), "templates/house/standard.docx")


def word_file(numbered: NumberedDocument) -> WordFile:
    data = render_docx(numbered, standard(), version="1", execution=False)
    return admit(data, "law.docx")


Line: TypeAlias = list[Any]


@dataclass
class View:
    """The old or the new text of a redline, while it is read.

    gone: the marks around what is not in this text. key: of the clause that is read.
    """

    numbered: NumberedDocument
    gone: frozenset[str]
    key: str = ""

    def enter(self, line: "Line") -> None:
        """Note it where a clause begins, or the signatures."""
        style = self.style(line[-1])
        if style.startswith("Signature"):
            self.key = ""
        if style not in HEADINGS.values():
            return
        text = "".join(
            one.text or ""
            for paragraph in line
            for one in paragraph.iter(w("t"), w("delText"))
            if not fates(one) & self.gone
        )
        for one in self.numbered.document.clauses:
            if one.title == text and HEADINGS[one.part] == style:
                self.key = one.key

    def lines(self, paragraphs: Sequence[Any]) -> list["Line"]:
        """Return for each paragraph the line of this text that it is a part of.

        A paragraph whose mark is gone runs on into the next, and looks as that does.
        """
        lines: list[Line] = []
        for paragraph in paragraphs:
            if lines and ends_of(lines[-1][-1]) & self.gone:
                lines[-1].append(paragraph)
                lines.append(lines[-1])
            else:
                lines.append([paragraph])
        return lines

    def style(self, paragraph: Any) -> str:
        properties = paragraph.find(w("pPr"))
        change = None if properties is None else properties.find(w("pPrChange"))
        if change is not None and w("ins") in self.gone:
            properties = change.find(w("pPr"))
        style = None if properties is None else properties.find(w("pStyle"))
        return "" if style is None else str(style.get(w("val")))


def ends_of(paragraph: Any) -> set[str]:
    """Return what became of a paragraph's mark."""
    own = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return {one.tag for one in own} & MARKS if own is not None else set()


def fates(node: Any) -> set[str]:
    return {one.tag for one in node.iterancestors(*MARKS)}


def marked_keys(old: NumberedDocument, new: NumberedDocument) -> set[str]:
    """Return the keys of the clauses in which a redline of both marks something."""
    result = redline(
        word_file(old), word_file(new), author="Ada", date="2026-03-01T09:00:00Z"
    )
    file = admit(result.data, "redline.docx")
    was, now = View(old, CAME), View(new, WENT)
    found = set()
    paragraphs = list(file.tree(file.main).iter(w("p")))
    lines = zip(was.lines(paragraphs), now.lines(paragraphs), strict=True)
    for at, (paragraph, (old_line, new_line)) in enumerate(
        zip(paragraphs, lines, strict=True)
    ):
        was.enter(old_line)
        now.enter(new_line)
        for marks in words_in(paragraph):
            if marks & WENT or (not marks and was.key != now.key):
                found.add(was.key)
            if marks & CAME or (not marks and was.key != now.key):
                found.add(now.key)
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        has_other_style = was.style(old_line[-1]) != now.style(new_line[-1])
        if (has_other_style and has_stayed(paragraph)) or is_cut(paragraph, following):
            found |= {was.key, now.key}
    return found - {""}


def words_in(paragraph: Any) -> Iterator[set[str]]:
    """Yield what became of each piece of text, but for what a field shows."""
    depth = 0
    tags = (w("fldChar"), w("t"), w("delText"), w("instrText"), w("delInstrText"))
    for one in paragraph.iter(*tags):
        if one.tag == w("fldChar"):
            depth += {"separate": 1, "end": -1}.get(one.get(w("fldCharType")), 0)
        elif depth <= 0 and (one.text or "").strip():
            yield fates(one)


def is_cut(paragraph: Any, following: Any) -> bool:
    """Tell whether a line was cut in two here, or two lines were joined.

    A paragraph's own mark says nothing beside words that came or went: the mark of what
    did as a whole may stand on the paragraph before it.
    """
    if not ends_of(paragraph) or following is None:
        return False
    return has_stayed(paragraph) and has_stayed(following)


def has_stayed(paragraph: Any) -> bool:
    """Tell whether words of a paragraph stayed."""
    return not all(words_in(paragraph))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_a_redline_marks_the_clauses_that_differ(data: Any) -> None:
    given = data.draw(documents())
    old, new = number(given), number(data.draw(edited(given, moves=False)))

    found = compare(old, new)

    assert marked_keys(old, new) == set(found.keys)


@settings(max_examples=max(1, EXAMPLES // 2), deadline=None)
@given(st.data())
def test_where_clauses_changed_places_both_put_the_rest_in_order(data: Any) -> None:
    given = data.draw(documents())
    old, new = number(given), number(data.draw(edited(given, moves=True)))

    found = compare(old, new)

    marked = marked_keys(old, new)
    moved = {one.key for one in found.clauses if not is_changed(one)}
    assert set(found.keys) - moved <= marked
    assert is_in_order(old, new, without=set(found.keys))
    assert is_in_order(old, new, without=marked)
    assert moved or marked == set(found.keys)


def is_changed(change: ClauseChange) -> bool:
    return change.fate != "moved" or change.has_other_wording


def is_in_order(
    old: NumberedDocument, new: NumberedDocument, *, without: set[str]
) -> bool:
    left, right = (
        [one.key for one in side.document.clauses if one.key not in without]
        for side in (old, new)
    )
    return left == right


@cache
def samples() -> tuple[AgreementDocument, ...]:
    """Return the sample agreements, composed from the library beside them."""
    paths = [*ROOT.glob("clauses/*/*"), *ROOT.glob("templates/*/*.yaml")]
    files = {str(path.relative_to(ROOT)): path.read_bytes() for path in paths}
    library, _ = read_library(files, "working")
    made = []
    for path in sorted(ROOT.glob("agreements/*/*/agreement.yaml")):
        source, findings = read_yaml(path.read_bytes(), path.name)
        assert source is not None, findings
        composed, findings = compose_agreement(source, library, SETTINGS)
        assert composed is not None, findings
        made.append(composed.numbered.document)
    return tuple(made)


@settings(max_examples=max(1, EXAMPLES // 4), deadline=None)
@given(st.data())
def test_of_edited_samples_too(data: Any) -> None:
    old, new = map(number, data.draw(edited_samples(samples())))

    found = compare(old, new)

    assert marked_keys(old, new) == set(found.keys)


def test_a_heading_whose_end_is_that_of_a_deleted_line_counts_for_its_clause() -> None:
    hours = table("hours", ["Liability", "in working hours"])
    fees = clause("fees", item("Fees are due."), title="Fees")
    before = clause("cap", item("The cap is high."), hours, title="Cap of it")
    after = clause("cap", hours, title="Cap of all", part=Part.SCHEDULE)
    old, new = number(document(fees, before)), number(document(fees, after))

    assert marked_keys(old, new) == set(compare(old, new).keys) == {"cap"}
