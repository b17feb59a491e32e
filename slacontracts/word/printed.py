"""A Word file in; its paragraphs as they are printed, with number and place, out.

What a field makes of pages is no wording: a page's number and the number of pages
come out as marks of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.labels import labelled_paragraphs
from slacontracts.word.names import w

PAGE: Final = "\ue000"  # where the number of a page is printed
PAGES: Final = "\ue001"  # where the number of all pages is printed

_OF_PAGES: Final = {
    "PAGE": PAGE,
    "NUMPAGES": PAGES,
    "SECTIONPAGES": PAGES,
}
_SEEN_AS: Final = {
    w("tab"): "\t",
    w("br"): "\v",
    w("cr"): "\v",
    w("noBreakHyphen"): "-",
    w("ptab"): "\t",
}
_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# What holds no printed words, or the words of other paragraphs.
_PASSED_OVER: Final = frozenset(
    {w("pPr"), w("rPr"), w("del"), w("moveFrom"), w("p"), _FALLBACK}
)
_OURS: Final = ("_c_", "_h_")
NUMBERED: Final = tuple("0123456789٠١٢٣٤٥٦٧٨٩")
_FURNITURE: Final = {w("hdr"): "header", w("ftr"): "footer"}
_NOTES: Final = {w("footnotes"): "footnotes", w("endnotes"): "endnotes"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as it is printed. story: body, header, footer, footnotes, endnotes.

    label: the number that Word prints beside it. place: where it stands, in words.
    is_anchored: it bears a bookmark of the product, so it belongs to a clause.
    ends_in_page: it ends in the number of the page that it leads to. is_repeated: it
    stands in a row that is printed again on each page of its table.
    """

    story: str
    place: str
    label: str
    text: str
    is_in_table: bool = False
    is_anchored: bool = False
    ends_in_page: bool = False
    is_repeated: bool = False

    @property
    def whole(self) -> str:
        """What is printed: the number and the text."""
        return f"{self.label}\t{self.text}" if self.label else self.text


def printed_paragraphs(file: WordFile) -> Iterator[Printed]:
    """Yield the paragraphs of a file: the body's, then those of the other stories.

    Tracked changes count as accepted. Whether text is visible is not judged.
    """
    yield from _of_body(file)
    for name in file.package.names:
        if name == file.main or not file.types.is_xml(name):
            continue
        root = file.tree(name)
        story = _FURNITURE.get(root.tag) or _NOTES.get(root.tag)
        if story is not None:
            yield from _of_story(root, story)


def _of_body(file: WordFile) -> Iterator[Printed]:
    fields = _Fields()
    heading = schedule = ""
    for one in labelled_paragraphs(file):
        text = _text(one.paragraph, fields)
        if one.is_heading and text.strip():
            heading = text.strip()
            is_schedule = bool(one.clause) and not one.clause.startswith(NUMBERED)
            schedule = one.clause if is_schedule else ""
        yield Printed(
            "body",
            place_said(one.clause, schedule, heading),
            one.printed,
            text,
            next(one.paragraph.iterancestors(w("tc")), None) is not None,
            _is_anchored(one.paragraph),
            _ends_in_page(one.paragraph),
            _is_repeated(one.paragraph),
        )


def _of_story(root: Any, story: str) -> Iterator[Printed]:
    fields = _Fields()
    for paragraph in root.iter(w("p")):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield Printed(story, f"the {story}", "", _text(paragraph, fields))


def place_said(label: str, schedule: str, heading: str) -> str:
    """Return where a paragraph stands, as a person would say it."""
    if schedule:
        return schedule if label == schedule else f"{schedule}, paragraph {label}"
    if label and not label.startswith("("):
        return f"clause {label}"
    named = f"“{heading}”" if heading else "the opening page"
    return f"{named} {label}".rstrip()


def _is_anchored(paragraph: Any) -> bool:
    return any(
        str(one.get(w("name"), "")).startswith(_OURS)
        for one in paragraph.iter(w("bookmarkStart"))
    )


def _ends_in_page(paragraph: Any) -> bool:
    codes = (one.text or "" for one in paragraph.iter(w("instrText")))
    return any(code.split()[:1] == ["PAGEREF"] for code in codes)


def _is_repeated(paragraph: Any) -> bool:
    row = next(paragraph.iterancestors(w("tr")), None)
    return row is not None and row.find(f"{w('trPr')}/{w('tblHeader')}") is not None


class _Fields:
    """The fields that are open where a story is being read."""

    def __init__(self) -> None:
        self.codes: list[list[str]] = []
        self.in_result: list[bool] = []

    def follow(self, mark: Any) -> str:
        """Take a mark of a field; return what stands for the result that begins."""
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self.codes.append([])
            self.in_result.append(False)
        elif kind == "separate" and self.in_result:
            self.in_result[-1] = True
            return self.of_pages() or ""
        elif kind == "end" and self.codes:
            self.codes.pop()
            self.in_result.pop()
        return ""

    def of_pages(self) -> str | None:
        """Return the mark of the innermost field, when it is one of pages."""
        if not self.codes or not self.in_result[-1]:
            return None
        name = "".join(self.codes[-1]).split(maxsplit=1)[:1]
        return _OF_PAGES.get(name[0].upper()) if name else None


def _symbol(element: Any) -> str:
    """Return the sign of a font that an element names by its number."""
    code = str(element.get(w("char"), ""))
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _text(element: Any, fields: _Fields) -> str:
    return "".join(_pieces(element, fields))


def _pieces(element: Any, fields: _Fields) -> Iterator[str]:
    """Yield the words and marks inside an element, nested paragraphs left out."""
    for child in element:
        tag = child.tag
        if tag in _PASSED_OVER:
            continue
        if tag == w("fldChar"):
            yield fields.follow(child)
        elif tag == w("instrText"):
            if fields.codes:
                fields.codes[-1].append(child.text or "")
        elif tag == w("fldSimple"):
            name = str(child.get(w("instr"), "")).split(maxsplit=1)[:1]
            mark = _OF_PAGES.get(name[0].upper()) if name else None
            yield mark or _text(child, fields)
        elif tag in (w("t"), _MATH):
            yield "" if fields.of_pages() else child.text or ""
        elif tag == w("sym"):
            yield _symbol(child)
        elif tag in _SEEN_AS:
            yield _SEEN_AS[tag]
        else:
            yield from _pieces(child, fields)
