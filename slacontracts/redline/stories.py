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
    links_of,
)
from slacontracts.redline.formatting import track
from slacontracts.redline.identities import whole_number
from slacontracts.redline.merge import merge
from slacontracts.redline.pen import Pen
from slacontracts.redline.tables import mark_blocks
from slacontracts.word.archive import same_part
from slacontracts.word.gate import WordFile
from slacontracts.word.names import r, w
from slacontracts.word.relationships import read_relationships

_BODY: Final = w("body")
_REFERENCES: Final = (w("headerReference"), w("footerReference"))
_NOTES: Final = {"footnotes": FOOTNOTE, "endnotes": ENDNOTE}
_REVISIONS: Final = tuple(
    w(one)
    for one in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"),
        *("sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "cellIns", "cellDel"),
        *("moveToRangeStart", "moveToRangeEnd"),
    )
)


@dataclass(slots=True)
class Comparison:
    """Two files while they are compared. pens: those that marked, by story."""

    old: WordFile
    new: WordFile
    author: str
    date: str
    carrier: Carrier = field(init=False)
    pens: list[tuple[str, Pen]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.carrier = Carrier(self.old, self.new)

    def compare(self) -> None:
        """Mark every story of the result."""
        main = self._pen("body", self.old.main, self.new.main)
        main.has_notes = any(_notes_part(self.new, kind) for kind in _NOTES)
        was = _body(self.old, self.old.tree(self.old.main))
        body = _body(self.new, self.carrier.tree(self.new.main))
        merge(body, was, main)
        self._compare_last_sections(body, was, main)
        self._compare_headers(main)
        for kind, reference in _NOTES.items():
            self._compare_notes(kind, reference, main)
        self._give_ids()

    def _pen(self, story: str, old_part: str, new_part: str) -> Pen:
        pen = Pen(
            self.author,
            self.date,
            self.carrier,
            old_part,
            new_part,
            links_of(self.old, old_part),
            links_of(self.new, new_part) if new_part in self.new.package else {},
            numbers=self._numbers,
        )
        self.pens.append((story, pen))
        return pen

    def _compare_last_sections(self, body: Element, was: Element, main: Pen) -> None:
        """Compare the last sections; one that a program left out says nothing."""
        old, new = was.find(SECT_PR), body.find(SECT_PR)
        if old is None and new is None:
            return
        if new is None:
            new = etree.SubElement(body, SECT_PR)
        track(body, SECT_PR, was, main)
        main.sections.append((etree.Element(SECT_PR) if old is None else old, new))

    def _compare_headers(self, main: Pen) -> None:
        """Compare headers and footers of the sections that stayed, type by type.

        Those of a section that came or went come and go with it.
        """
        done: set[str] = set()
        for old_section, section in main.sections:
            mine, theirs = _references(section), _references(old_section)
            for key, reference in theirs.items():
                if key not in mine:
                    self._add_gone_header(section, reference, done)
            for key, reference in mine.items():
                part = _part_of(self.new, self.new.main, reference)
                if part is None or part in done:
                    continue
                done.add(part)
                old_part = _part_of(self.old, self.old.main, theirs.get(key))
                self._compare_header(_story_of(reference), old_part, part)

    def _compare_header(self, story: str, old_part: str | None, part: str) -> None:
        if old_part is None:
            pen = self._pen(story, part, part)
            mark_blocks(self.carrier.tree(part), "ins", pen)
        elif not self._is_same_part(old_part, part):
            pen = self._pen(story, old_part, part)
            merge(self.carrier.tree(part), self.old.tree(old_part), pen)

    def _is_same_part(self, old_part: str, part: str) -> bool:
        crcs = [
            next(one.crc for one in file.package.members if one.name == name)
            for file, name in ((self.old, old_part), (self.new, part))
        ]
        links = links_of(self.old, old_part), links_of(self.new, part)
        return crcs[0] == crcs[1] and links[0] == links[1]

    def _add_gone_header(
        self, section: Element, reference: Element, done: set[str]
    ) -> None:
        """Bring a header that only OLD has, all of it marked as deleted."""
        brought = self.carrier.carry(reference, self.old.main, self.new.main)
        last = [one for one in section if one.tag in _REFERENCES]
        section.insert(len(last), brought)
        folder, _, name = self.new.main.rpartition("/")
        relationships = f"{folder}/_rels/{name}.rels".lstrip("/")
        root = self.carrier.tree(relationships)
        part = next(
            (
                one.meant
                for one in read_relationships(root, relationships)
                if one.identity == brought.get(r("id"))
            ),
            None,
        )
        old_part = _part_of(self.old, self.old.main, reference)
        if part is not None and old_part is not None and part not in done:
            done.add(part)
            pen = self._pen(_story_of(reference), old_part, part)
            mark_blocks(self.carrier.tree(part), "del", pen)

    def _compare_notes(self, kind: str, reference: Element, main: Pen) -> None:
        """Compare the notes whose references stayed; mark those that came or went."""
        part = self.carrier.notes_part(kind)
        old_part = _notes_part(self.old, kind)
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
            and self._is_same_part(old_part, part)
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
            _put_in_order(root, self.carrier.tree(self.new.main), reference)

    def _give_ids(self) -> None:
        """Number the marks of every part, in the order of the part."""
        for part in dict.fromkeys(pen.new_part for _, pen in self.pens):
            if not any(pen.counts for _, pen in self.pens if pen.new_part == part):
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


def _references(section: Element) -> dict[tuple[str, str], Element]:
    return {
        (one.tag, one.get(TYPE, "default")): one
        for one in section
        if one.tag in _REFERENCES
    }


def _story_of(reference: Element) -> str:
    return "header" if reference.tag == _REFERENCES[0] else "footer"


def _part_of(file: WordFile, main: str, reference: Element | None) -> str | None:
    if reference is None:
        return None
    folder, _, name = main.rpartition("/")
    relationships = same_part(f"{folder}/_rels/{name}.rels".lstrip("/"))
    for one in file.relationships:
        if same_part(one.part) == relationships and one.identity == reference.get(
            r("id")
        ):
            return _as_named(file, one.meant)
    return None


def _as_named(file: WordFile, meant: str | None) -> str | None:
    if meant is None or meant in file.package:
        return meant
    wanted = same_part(meant)
    return next((one for one in file.package.names if same_part(one) == wanted), None)


def _notes_part(file: WordFile, kind: str) -> str | None:
    folder, _, name = file.main.rpartition("/")
    relationships = same_part(f"{folder}/_rels/{name}.rels".lstrip("/"))
    for one in file.relationships:
        if one.kind == kind and same_part(one.part) == relationships:
            return _as_named(file, one.meant)
    return None


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


def _put_in_order(root: Element, body: Element, reference: str) -> None:
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
