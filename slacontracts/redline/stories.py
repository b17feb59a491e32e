"""Two Word files in; the stories of the newer one, each compared and marked, out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml import etree

from slacontracts.errors import WordFileError
from slacontracts.redline.carry import Carrier
from slacontracts.redline.elements import (
    ENDNOTE,
    FOOTNOTE,
    ID,
    SECT_PR,
    TYPE,
    Element,
    Links,
    links_of,
)
from slacontracts.redline.formatting import track
from slacontracts.redline.headers import Headers, is_same_part
from slacontracts.redline.identities import whole_number
from slacontracts.redline.merge import merge
from slacontracts.redline.pen import Pen
from slacontracts.redline.result_parts import related_part
from slacontracts.redline.tables import mark_blocks
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_BODY: Final = w("body")
_NOTES: Final = {"footnotes": FOOTNOTE, "endnotes": ENDNOTE}
_FORMATTING: Final = tuple(
    w(f"{one}Change")
    for one in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")
)
_REVISIONS: Final = _FORMATTING + tuple(
    w(one)
    for one in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"),
        *("moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd"),
    )
)


@dataclass(slots=True)
class Comparison:
    """Two files while they are compared. pens: those that marked, by story.

    has_formatting: whether changes of formatting are marked. taken: the file whose ids
    and names of bookmarks are taken, when NEW does not show all of it; then looks are
    not even compared, and runs stay whole.
    """

    old: WordFile
    new: WordFile
    author: str
    date: str
    has_formatting: bool = True
    taken: WordFile | None = None
    carrier: Carrier = field(init=False)
    pens: list[tuple[str, Pen]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.carrier = Carrier(self.old, self.new, self.taken)

    def compare(self) -> None:
        """Mark every story of the result."""
        main = self._pen("body", self.old.main, self.new.main)
        main.has_notes = any(
            related_part(self.new, self.new.main, kind) for kind in _NOTES
        )
        was = _body(self.old, self.old.tree(self.old.main))
        body = _body(self.new, self.carrier.tree(self.new.main))
        merge(body, was, main)
        last = self._compare_last_sections(body, was, main)
        headers = Headers(self.old, self.new, self.carrier, self._pen)
        headers.compare(main.sections, was, body, last)
        for kind, reference in _NOTES.items():
            self._compare_notes(kind, reference, main)
        if not self.has_formatting:
            self._drop_formatting()
        self._give_ids()

    def _pen(
        self, story: str, old_part: str, new_part: str, links: Links | None = None
    ) -> Pen:
        if links is None and new_part in self.new.package:
            links = links_of(self.new, new_part)
        pen = Pen(
            self.author,
            self.date,
            self.carrier,
            old_part,
            new_part,
            links_of(self.old, old_part),
            links or {},
            numbers=self._numbers,
            has_looks=self.taken is None,
        )
        self.pens.append((story, pen))
        return pen

    def _compare_last_sections(
        self, body: Element, was: Element, main: Pen
    ) -> tuple[Element, Element]:
        """Compare the last sections; one that a program left out says nothing."""
        old, new = was.find(SECT_PR), body.find(SECT_PR)
        if old is None and new is None:
            return etree.Element(SECT_PR), etree.Element(SECT_PR)
        if new is None:
            new = etree.SubElement(body, SECT_PR)
        track(body, SECT_PR, was, main)
        last = (etree.Element(SECT_PR) if old is None else old, new)
        main.sections.append(last)
        return last

    def _compare_notes(self, kind: str, reference: Element, main: Pen) -> None:
        """Compare the notes whose references stayed; mark those that came or went."""
        part = self.carrier.notes_part(kind)
        old_part = related_part(self.old, self.old.main, kind)
        if part is None:
            return
        pairs = {
            now.get(ID): was.get(ID) for was, now in main.notes if now.tag == reference
        }
        carried = [one for one in self.carrier.notes() if one.kind == kind]
        if (
            not carried
            and part in self.new.package
            and old_part is not None
            and is_same_part(self.old, old_part, self.new, part)
            and all(now == was for now, was in pairs.items())
            and len(pairs) == _ordinary(self.new.tree(part))
        ):
            return
        pen = self._pen(kind, old_part or part, part)
        root = self.carrier.tree(part)
        olds = _by_id(self.old.tree(old_part)) if old_part else {}
        gone = {id(one.element) for one in carried}
        came = _came(self.carrier.tree(self.new.main), reference)
        for identity, note in _by_id(root).items():
            was = olds.get(pairs.get(identity, ""))
            if id(note) in gone:
                mark_blocks(note, "del", pen)
            elif was is not None:
                merge(note, was, pen)
            elif identity in came:
                mark_blocks(note, "ins", pen)
        if carried:
            put_in_order(root, self.carrier.tree(self.new.main), reference)

    def _drop_formatting(self) -> None:
        for part in {pen.new_part for _, pen in self.pens if pen.has_marked}:
            for one in list(self.carrier.tree(part).iter(*_FORMATTING)):
                one.getparent().remove(one)

    def _give_ids(self) -> None:
        """Number the marks of every part, in the order of the part."""
        for part in dict.fromkeys(pen.new_part for _, pen in self.pens):
            if not any(pen.has_marked for _, pen in self.pens if pen.new_part == part):
                continue
            shared: dict[str, str] = {}
            for one in self.carrier.tree(part).iter(*_REVISIONS):
                named = one.get(ID, "")
                identity = shared.get(named) or self.carrier.fresh_id()
                if named:  # both ends of a range have one name
                    shared[named] = identity
                one.set(ID, identity)


def _body(file: WordFile, root: Element) -> Element:
    found = root.find(_BODY)
    if found is None:
        raise WordFileError(
            f"{file.package.file} has no text to compare; save it in Word again"
        )
    return found


def _is_ordinary(note: Element) -> bool:
    return isinstance(note.tag, str) and note.get(TYPE, "normal") == "normal"


def _ordinary(root: Element) -> int:
    return sum(map(_is_ordinary, root))


def _separators(root: Element) -> Iterator[Element]:
    return (one for one in root if isinstance(one.tag, str) and not _is_ordinary(one))


def _by_id(root: Element) -> dict[str, Element]:
    return {one.get(ID, ""): one for one in root if _is_ordinary(one)}


def _used(root: Element, reference: str) -> set[str]:
    return {one.get(ID, "") for one in root.iter(reference)}


def _came(root: Element, reference: str) -> set[str]:
    """Return the ids of the notes to which inserted text refers."""
    return {
        one.get(ID, "")
        for one in root.iter(reference)
        if next(one.iterancestors(w("ins"), w("moveTo")), None) is not None
    }


def put_in_order(root: Element, body: Element, reference: str) -> None:
    """Put the notes in the order of their references, and number them so.

    LibreOffice takes a note by its place.
    """
    by_id = _by_id(root)
    references = [one for one in body.iter(reference) if one.get(ID, "") in by_id]
    wanted = dict.fromkeys([*(one.get(ID, "") for one in references), *by_id])
    first = 1 + max([0, *(whole_number(one.get(ID)) for one in _separators(root))])
    to_none = _used(body, reference) - by_id.keys()
    free = (str(number) for number in count(first) if str(number) not in to_none)
    given = dict(zip(wanted, free, strict=False))
    for identity in wanted:
        root.append(by_id[identity])
        by_id[identity].set(ID, given[identity])
    for one in references:
        one.set(ID, given[one.get(ID, "")])
