"""A Word file with tracked changes in; its paragraphs with what came and went out.

Every story is read: body, headers, footers, notes, text boxes. Marks that are known
from before count as accepted; of the others it is said what they bring and take.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from slacontracts.word.gate import WordFile
from slacontracts.word.names import r, w
from slacontracts.word.revision_marks import Mark, find_marks
from slacontracts.word.tracked_fates import NOTHING, Fate
from slacontracts.word.tracked_fields import Fields
from slacontracts.word.tracked_pieces import MarkedParagraph, Marks, PieceReader

Story: TypeAlias = Literal[
    "body", "header", "footer", "footnotes", "endnotes", "text box"
]
IsKnown: TypeAlias = Callable[[Mark], bool]

_NOTES: Final[dict[str, tuple[str, Story]]] = {
    "footnoteReference": ("footnotes", "footnotes"),
    "endnoteReference": ("endnotes", "endnotes"),
}
_REFERENCES: Final = (w("headerReference"), w("footerReference"))
_SKIPPED: Final = frozenset({w("sectPr"), w("tblPr"), w("trPr"), w("tcPr"), w("sdtPr")})


@dataclass(slots=True)
class MarkedFile:
    """The paragraphs of a file by story, and its new marks by part.

    formatting: new marks of changed looks, with the paragraph of the body or None.
    fields: the fields whose results stand masked in the paragraphs.
    """

    stories: dict[Story, list[MarkedParagraph]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    formatting: list[Mark] = field(default_factory=list)

    def all(self) -> Iterator[MarkedParagraph]:
        """Yield the paragraphs of all stories."""
        for paragraphs in self.stories.values():
            yield from paragraphs


def read_marked(file: WordFile, is_known: IsKnown, codes: dict[str, str]) -> MarkedFile:
    """Return the paragraphs of all stories of a file that are shown.

    codes: gives each field a sign, over all calls for files that are compared.
    """
    reader = _Reader(file, is_known, codes)
    reader.read_body()
    reader.read_furniture()
    reader.read_notes()
    return reader.out


class _Reader:
    def __init__(
        self, file: WordFile, is_known: IsKnown, codes: dict[str, str]
    ) -> None:
        self.file, self.is_known, self.codes = file, is_known, codes
        self.out = MarkedFile()
        self.body = file.tree(file.main)
        self.note_fates: dict[tuple[str, str], Fate] = {}

    def read_body(self) -> None:
        """Read the body, and the text boxes in it."""
        self._read(self.body, "body", NOTHING)

    def read_furniture(self) -> None:
        """Read the headers and footers that sections name."""
        targets = self._targets()
        read = set()
        for reference in self.body.iter(*_REFERENCES):
            name = targets.get(reference.get(r("id"), ""))
            if name and name in self.file.package and name not in read:
                read.add(name)
                is_header = reference.tag == w("headerReference")
                story: Story = "header" if is_header else "footer"
                self._read(self.file.tree(name), story, NOTHING)

    def read_notes(self) -> None:
        """Read the notes that the text refers to, as the reference came or went."""
        for name in self._targets().values():
            if name not in self.file.package or not self.file.types.is_xml(name):
                continue
            root = self.file.tree(name)
            for kind, (tag, story) in _NOTES.items():
                if root.tag != w(tag):
                    continue
                marks = self._marks(root)
                for note in root:
                    fate = self.note_fates.get((kind, note.get(w("id"), "")))
                    if fate is not None:
                        self._read_in(note, story, fate, marks)

    def _targets(self) -> dict[str, str]:
        folder, _, name = self.file.main.rpartition("/")
        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        return {
            one.identity: one.meant
            for one in self.file.relationships
            if one.part == links and not one.is_outside and one.meant
        }

    def _read(self, root: Any, story: Story, fate: Fate) -> None:
        self._read_in(root, story, fate, self._marks(root))

    def _marks(self, root: Any) -> Marks:
        """Sort the marks of a part by what they are on."""
        marks = Marks()
        for mark in find_marks(root):
            if self.is_known(mark):
                marks.add(mark, is_known=True)
                continue
            self.out.marks.append(mark)
            if mark.role in ("formatting", "numbering"):
                self.out.formatting.append(mark)
            marks.add(mark, is_known=False)
        marks.pair_moves()
        return marks

    def _read_in(self, root: Any, story: Story, fate: Fate, marks: Marks) -> None:
        paragraphs = self.out.stories.setdefault(story, [])
        pieces = PieceReader(marks, Fields(self.codes), self.note_fates)
        for element, state, row in _paragraphs(root, fate, marks, None):
            paragraphs.append(pieces.paragraph(element, state, row))
        boxes, pieces.boxes = pieces.boxes, []
        for box, state in boxes:
            self._read_in(box, "text box", state, marks)


def _paragraphs(
    element: Any, fate: Fate, marks: Marks, row: Any
) -> Iterator[tuple[Any, Fate, Any]]:
    """Yield (paragraph, what its row and cell say, row) below an element."""
    for child in element:
        tag = child.tag
        if tag == w("p"):
            yield child, fate, row
        elif tag == w("tr"):
            yield from _paragraphs(child, marks.owned(child, fate), marks, child)
        elif tag == w("tc"):
            yield from _paragraphs(child, marks.owned(child, fate), marks, row)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from _paragraphs(child, marks.around(child, fate), marks, row)
