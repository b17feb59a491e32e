"""The words, values, terms and references of a paragraph in; their runs as XML out.

What is fixed wording in one agreement is fixed wording in the next: the runs of
words and references are remembered by their text and form.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from slacontracts.model.document import Blank, Inline, Reference, Term, Value, Words
from slacontracts.render.docx_facts import BLANK_TEXT
from slacontracts.text import begins_sentence, capitalised, script_runs
from slacontracts.word.build import YELLOW, field, link, run, run_properties
from slacontracts.word.names import bookmark_name

# Quotation marks around a term where it is defined.
QUOTES: Final = {False: ("“", "”"), True: ("«", "»")}


# What would be torn apart between Arabic words: telephone numbers, and labels such
# as 2.2(b). They are held together by U+200E at both ends and by no-break spaces.
_GROUPS_OF_DIGITS = re.compile(r"\+[0-9][0-9 ()-]*|[0-9]+(?: [0-9]+)+")
_LABEL = re.compile(r"[0-9.]*(?:\([a-z]+\))+")


def as_shown(text: str, *, is_rtl: bool) -> str:
    """Return a value or label as it must be written to be read rightly.

    >>> as_shown("+966 11 555 0100", is_rtl=False)
    '+966 11 555 0100'
    """
    if is_rtl and (_GROUPS_OF_DIGITS.fullmatch(text) or _LABEL.fullmatch(text)):
        return "\u200e" + text.replace(" ", "\u00a0") + "\u200e"
    return text


@lru_cache(maxsize=16384)
def words_xml(text: str, bold: bool, italic: bool, is_rtl: bool) -> str:
    """Return the runs of a text, split by script."""
    if not is_rtl and text.isascii():
        return run(text, run_properties(bold=bold, italic=italic))
    return "".join(
        [
            run(piece, run_properties(bold=bold, italic=italic, rtl=is_arabic))
            for piece, is_arabic in script_runs(text, rtl=is_rtl)
        ]
    )


class _PlainRuns(dict[str, str]):
    """The runs of plain texts, remembered; a dictionary answers fastest."""

    def __init__(self, *, is_rtl: bool) -> None:
        super().__init__()
        self.is_rtl = is_rtl

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        xml = self[text] = words_xml(text, False, False, self.is_rtl)
        return xml


_MOST_REMEMBERED: Final = 16384
_PLAIN_RUNS: Final = {is_rtl: _PlainRuns(is_rtl=is_rtl) for is_rtl in (False, True)}


@lru_cache(maxsize=4096)
def term_xml(text: str, is_rtl: bool) -> str:
    """Return a term in bold between quotation marks."""
    before, after = QUOTES[is_rtl]
    return (
        words_xml(before, False, False, is_rtl)
        + words_xml(text, True, False, is_rtl)
        + words_xml(after, False, False, is_rtl)
    )


@lru_cache(maxsize=8)
def blank_xml(is_rtl: bool) -> str:
    """Return the mark of a value that is not known yet, on yellow."""
    return run(BLANK_TEXT, run_properties(extra=YELLOW, rtl=is_rtl))


@lru_cache(maxsize=8192)
def field_xml(target: str, label: str, way: str, is_rtl: bool) -> str:
    """Return a field or link to a target, showing its label.

    way: "number" for the label in full context, "text" for the words of a heading,
    "link" where the label is written out and Word could not find it.
    """
    if as_shown(label, is_rtl=is_rtl) != label:
        # Outside the field, the marks outlive an update of it.
        mark = run("\u200e")
        return mark + field_xml(target, label, way, False) + mark
    bookmark = bookmark_name(target)
    is_arabic = is_rtl and any(right for _, right in script_runs(label, rtl=True))
    if way == "link":
        return link(bookmark, words_xml(label, False, False, is_rtl))
    # \w: the label in full context, "2.2(b)"; \r and \n would show "(b)" alone.
    code = f"REF {bookmark} \\w \\h" if way == "number" else f"REF {bookmark} \\h"
    return field(code, label, run_properties(rtl=is_arabic))


@dataclass(frozen=True, slots=True)
class ReferenceForms:
    """How the references of one document read, and where they lead.

    pieces: target to (text, what it points to or ""). labels: target to bare label.
    written: targets whose label is written out.
    """

    pieces: Mapping[str, tuple[tuple[str, str], ...]]
    labels: Mapping[str, str]
    written: frozenset[str]


class LineWriter:
    """Writes lines of inlines for one document: a line in, its runs out."""

    def __init__(self, forms: ReferenceForms, *, is_rtl: bool) -> None:
        self.forms, self.is_rtl = forms, is_rtl
        self.blanks = 0
        self._references: dict[tuple[str, bool], str] = {}
        self._plain = _PLAIN_RUNS[is_rtl]
        # Values between words from right to left may need marks around them.
        self._as_written = frozenset[type]({Words} if is_rtl else {Words, Value})

    def line(self, inlines: tuple[Inline, ...]) -> str:
        """Return the runs of a line; neighbours of one form share a run."""
        if len(inlines) == 1:
            only = inlines[0]
            if type(only) in self._as_written and not (only.bold or only.italic):  # type: ignore[union-attr]
                return self._plain[only.text]  # type: ignore[union-attr]
        out: list[str] = []
        text, bold, italic = "", False, False
        as_written = self._as_written
        for at, one in enumerate(inlines):
            kind = type(one)
            if kind in as_written or kind is Value:
                if one.bold is not bold or one.italic is not italic:  # type: ignore[union-attr]
                    if text:
                        out.append(self.runs(text, bold, italic))
                    text, bold, italic = "", one.bold, one.italic  # type: ignore[union-attr]
                shown: str = one.text  # type: ignore[union-attr]
                text += shown if kind in as_written else as_shown(shown, is_rtl=True)
            else:
                if text:
                    out.append(self.runs(text, bold, italic))
                    text = ""
                out.append(self.other(inlines, at))
        if text:
            out.append(self.runs(text, bold, italic))
        return "".join(out)

    def other(self, inlines: tuple[Inline, ...], at: int) -> str:
        """Return the runs of what is neither words nor a value."""
        return _OTHERS[type(inlines[at])](self, inlines, at)

    def runs(self, text: str, bold: bool, italic: bool) -> str:
        """Return the runs of a text of one form."""
        if bold or italic:
            return words_xml(text, bold, italic, self.is_rtl)
        return self._plain[text]

    def text(self, text: str) -> str:
        """Return the runs of a plain text."""
        return self._plain[text]

    def term(self, inlines: tuple[Inline, ...], at: int) -> str:
        """Return the runs of a defined term."""
        inline = inlines[at]
        assert isinstance(inline, Term)
        return term_xml(inline.text, self.is_rtl)

    def blank(self, _inlines: tuple[Inline, ...], _at: int) -> str:
        """Return the mark of a blank, and count it."""
        self.blanks += 1
        return blank_xml(self.is_rtl)

    def reference(self, inlines: tuple[Inline, ...], at: int) -> str:
        """Return the words and fields of a cross-reference."""
        inline = inlines[at]
        assert isinstance(inline, Reference)
        key = (inline.target, begins_sentence(plain_before(inlines, at)))
        xml = self._references.get(key)
        if xml is None:
            xml = self._references[key] = self._reference(*key)
        return xml

    def _reference(self, to: str, begins: bool) -> str:
        pieces = self.forms.pieces.get(to)
        if pieces is None:  # checks report it; a draft shows where it is
            return run(f"[{to}]", run_properties(extra=YELLOW))
        out = []
        for text, target in pieces:
            if target:
                out.append(self._pointing(text, target))
            else:
                shown = capitalised(text) if begins and not out else text
                out.append(words_xml(shown, False, False, self.is_rtl))
        return "".join(out)

    def _pointing(self, text: str, target: str) -> str:
        if target in self.forms.written:
            way = "link"
        else:
            way = "number" if self.forms.labels.get(target) == text else "text"
        return field_xml(target, text, way, self.is_rtl)


_OTHERS: Final[Mapping[type, Callable[[LineWriter, tuple[Inline, ...], int], str]]] = {
    Term: LineWriter.term,
    Blank: LineWriter.blank,
    Reference: LineWriter.reference,
}


def plain_before(inlines: tuple[Inline, ...], at: int) -> str:
    """Return enough of the text before an inline to know whether a sentence ended."""
    if at == 0:
        return ""
    before = inlines[at - 1]
    if isinstance(before, Words | Value):
        return before.text or plain_before(inlines, at - 1)
    return "x"
