"""A paragraph of a part and the part's marks in; its pieces, and what became of them.

A piece stands in the text before the changes, in that after them, in both, or, when
somebody took away again what he had added, in neither.
"""

from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from slacontracts.word.names import W, w
from slacontracts.word.revision_marks import Mark
from slacontracts.word.tracked_fates import Fate, Piece
from slacontracts.word.tracked_fields import Fields, Result
from slacontracts.word.tracked_results import signed

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_LINE_BREAK: Final = "\v"
_SEEN_AS: Final = {
    w("br"): _LINE_BREAK,
    w("sym"): "",
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): _LINE_BREAK,
    w("noBreakHyphen"): "\u2011",
}
_TEXTS: Final = frozenset({w("t"), w("delText"), _MATH})
_CODES: Final = frozenset({w("instrText"), w("delInstrText")})
_PASSED_OVER: Final = frozenset({w("pPr"), w("rPr"), w("sdtPr"), _FALLBACK})
_NOTES: Final = {
    w("footnoteReference"): "footnoteReference",
    w("endnoteReference"): "endnoteReference",
}


_GONE: Final = Fate(was=False, now=False)


@dataclass(slots=True)
class MarkedParagraph:
    """A paragraph with its marks. around: the fate of its row and cell; end: its end's.

    container: the cell, text box, note or story that it stands in. row: of a table,
    or None. contents: what it says of a list of contents; without anything else it
    is_contents.
    """

    element: Any
    around: Fate
    end: Fate
    container: Any
    row: Any = None
    pieces: list[Piece] = field(default_factory=list)
    contents: str = ""
    is_contents: bool = False


class Marks:
    """The marks of a part, by the element that they are on."""

    def __init__(self) -> None:
        self._content: dict[Any, tuple[Mark, bool]] = {}
        self._owned: dict[Any, list[tuple[Mark, bool]]] = {}
        self._halves: dict[str, set[str]] = {}

    def add(self, mark: Mark, *, is_known: bool) -> None:
        """Take in a mark."""
        if mark.role == "content":
            self._content[mark.element] = mark, is_known
            self._halves.setdefault(mark.move, set()).add(mark.what)
        elif mark.role in ("paragraph", "run", "row", "cell"):
            self._owned.setdefault(mark.owner, []).append((mark, is_known))

    def pair_moves(self) -> None:
        """Let what lacks its other half be no move."""
        whole = {"moveFrom", "moveTo"}
        self._moves = {name for name, has in self._halves.items() if whole <= has}

    def around(self, element: Any, fate: Fate) -> Fate:
        """Return the fate of what an element holds."""
        found = self._content.get(element)
        return fate if found is None else self._below(*found, fate)

    def owned(self, element: Any, fate: Fate) -> Fate:
        """Return the fate of a run, a paragraph's end, a row or a cell."""
        for mark, is_known in self._owned.get(element, ()):
            fate = self._below(mark, is_known, fate)
            if mark.role == "row" and not is_known:
                fate = replace(fate, row=element)
        return fate

    def _below(self, mark: Mark, is_known: bool, fate: Fate) -> Fate:
        if is_known:
            return _GONE if mark.is_removed else fate
        name = mark.move or mark.edits[1]
        return Fate(
            fate.was and not mark.is_added,
            fate.now and not mark.is_removed,
            mark.author,
            mark.date,
            name if name and name in self._moves else "",
            fate.row,
        )


class PieceReader:
    """Reads the paragraphs of one story, in order.

    note_fates: gets what becomes of the notes that are referred to. boxes: the text
    boxes that were met, with their fates.
    """

    def __init__(
        self,
        marks: Marks,
        fields: Fields,
        note_fates: dict[tuple[str, str], Fate],
    ) -> None:
        self.marks, self.fields, self.note_fates = marks, fields, note_fates
        self.boxes: list[tuple[Any, Fate]] = []
        self.comments: frozenset[str] = frozenset()
        self.pieces: list[Piece] = []
        self.results: list[Result | None] = []  # that each piece stands in
        self.contents: list[str] = []
        self.is_contents = False

    def paragraph(self, element: Any, fate: Fate, row: Any) -> MarkedParagraph:
        """Return a paragraph with its pieces."""
        self.pieces, self.results, self.contents = [], [], []
        self.is_contents = self.fields.is_in_contents
        self._walk(element, fate)
        end = self.marks.owned(element, fate)
        return MarkedParagraph(
            element,
            fate,
            end,
            _container(element),
            row,
            self._signed(),
            "".join(self.contents),
            self.is_contents and not any(one.text for one in self.pieces),
        )

    def _signed(self) -> list[Piece]:
        """Return the pieces with a sign for each result that renews itself."""
        if not any(self.results):
            return self.pieces
        out: list[Piece] = []
        both = zip(self.results, self.pieces, strict=True)
        for result, group in groupby(both, key=itemgetter(0)):
            pieces = [piece for _, piece in group]
            out += (
                pieces if result is None else signed(pieces, self.fields.sign(result))
            )
        return out

    def _walk(self, element: Any, fate: Fate) -> None:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                own = self.marks.owned(child, fate)
                for one in child:
                    self._in_run(one, own)
            elif tag in _PASSED_OVER or not isinstance(tag, str):
                continue
            elif tag == w("fldSimple"):
                self.fields.enter(child.get(w("instr"), ""))
                self._walk(child, fate)
                self.fields.leave()
            elif tag == w("commentRangeStart"):
                self.comments |= {child.get(w("id"), "")}
            elif tag == w("commentRangeEnd"):
                self.comments -= {child.get(w("id"), "")}
            else:
                self._in_run(child, self.marks.around(child, fate))

    def _in_run(self, one: Any, fate: Fate) -> None:
        """Read an element of a run, or one that stands between runs."""
        tag = one.tag
        if tag in _TEXTS:
            self._add(one.text or "", fate)
        elif tag == w("fldChar"):
            self.fields.follow(one)
            self.is_contents |= self.fields.is_in_contents
        elif tag in _CODES:
            self.fields.add_code(one.text or "")
            self.is_contents |= self.fields.is_in_contents
        elif tag in _SEEN_AS:
            self._add(_seen_as(one), fate)
        elif tag in _NOTES:
            self._note(one, fate)
        elif tag == w("commentReference"):
            self._point(one.get(w("id"), ""), fate)
        elif tag == w("txbxContent"):
            self.boxes.append((one, fate))
        elif isinstance(tag, str) and tag not in _PASSED_OVER and len(one):
            self._walk(one, fate)

    def _note(self, one: Any, fate: Fate) -> None:
        if fate.was or fate.now:
            self.note_fates[_NOTES[one.tag], one.get(w("id"), "")] = fate

    def _point(self, number: str, fate: Fate) -> None:
        """Let a comment that names no words be about the place where it stands."""
        self._append(Piece("", "", fate, frozenset({number})))

    def _add(self, text: str, fate: Fate) -> None:
        if not text or not (fate.was or fate.now) or self.fields.is_in_code:
            return
        if self.fields.is_in_contents:
            self.contents.append(text)
            return
        self._append(Piece(text, text, fate, self.comments))

    def _append(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.results.append(self.fields.result)


def _container(paragraph: Any) -> Any:
    """Return what holds a paragraph, controls around it left out."""
    above = paragraph.getparent()
    while above.tag in (w("sdtContent"), w("sdt"), w("customXml"), f"{{{W}}}ins"):
        above = above.getparent()
    return above


def _seen_as(element: Any) -> str:
    """Return the sign that an element stands for; none for the end of a page."""
    if element.tag == w("br"):
        is_line = element.get(w("type"), "textWrapping") == "textWrapping"
        return _LINE_BREAK if is_line else ""
    if element.tag != w("sym"):
        return _SEEN_AS[element.tag]
    try:
        return chr(int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
