"""Content with what became of it in; runs and marks of tracked changes out."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from lxml import etree

from slacontracts.redline.carry import Carrier
from slacontracts.redline.elements import (
    BOOKMARK_END,
    BOOKMARK_START,
    DEL_INSTRUCTION,
    DEL_TEXT,
    ENDNOTE,
    FOOTNOTE,
    ID,
    INSTRUCTION,
    R_PR,
    RUN,
    SECT_PR,
    SPACE,
    TEXT,
    Element,
    Links,
    Meaning,
    P,
    meaning,
    same,
)
from slacontracts.word.names import w

Fate: TypeAlias = Literal["same", "del", "ins", "moveFrom", "moveTo"]

GONE: Final = ("del", "moveFrom")
_AUTHOR, _DATE = w("author"), w("date")
_DELETED: Final = {TEXT: DEL_TEXT, INSTRUCTION: DEL_INSTRUCTION}


@dataclass(slots=True)
class Pen:
    """What writes the marks of one story.

    has_marked: whether there are any. has_looks: whether looks are compared.
    """

    author: str
    date: str
    carrier: Carrier
    old_part: str
    new_part: str
    old_links: Links
    new_links: Links
    has_marked: bool = False
    has_looks: bool = True
    notes: list[tuple[Element, Element]] = field(default_factory=list)
    sections: list[tuple[Element, Element]] = field(default_factory=list)
    boxes: list[tuple[Element, Element]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    has_notes: bool = False
    _moves: int = 0
    _formats: dict[Element, Meaning] = field(default_factory=dict)
    _missing: frozenset[str] | None = None

    def mark(self, kind: str) -> Element:
        """Return an element that says who changed what it holds, and when."""
        self.has_marked = True
        out = etree.Element(w(kind))
        # Numbers are given at the end, in the order of the part.
        out.attrib.update({ID: "", _AUTHOR: self.author, _DATE: self.date})
        return out

    def bring(self, element: Element) -> Element:
        """Return a copy of an element of OLD that is fit for the result."""
        return self.carrier.carry(element, self.old_part, self.new_part)

    def bring_anchor(self, element: Element) -> list[Element]:
        """Return the copy of a mark that takes no room; nothing when NEW has it."""
        holder = etree.Element(P)
        holder.append(copied(element))
        return list(self.bring(holder))

    def is_same(self, old: Element, new: Element) -> bool:
        """Tell whether NEW's element can stand as it is for OLD's as well.

        It cannot where OLD's holds an end of a bookmark that NEW has nowhere.
        """
        if not same(old, new, self.old_links, self.new_links):
            return False
        if self._missing is None:
            self._missing = self.carrier.missing_bookmarks(self.old_part)
        return not self._missing or not any(
            one.get(ID) in self._missing
            for one in old.iter(BOOKMARK_START, BOOKMARK_END)
        )

    def next_move(self) -> int:
        """Return the number of one more move in the story."""
        self._moves += 1
        return self._moves

    def pair_notes(self, old: Element, new: Element) -> None:
        """Keep which notes belong together in what is the same on both sides."""
        if self.has_notes:
            self.notes += zip(
                old.iter(FOOTNOTE, ENDNOTE), new.iter(FOOTNOTE, ENDNOTE), strict=False
            )

    def pair_sections(self, old: Element | None, new: Element | None) -> None:
        """Keep which sections belong together: those that end in these holders."""
        if old is None or new is None:
            return
        was, now = old.find(SECT_PR), new.find(SECT_PR)
        if was is not None and now is not None:
            self.sections.append((was, now))

    def format(self, run: Element | None, *, is_old: bool) -> Meaning:
        """Return the formatting of a run as a value."""
        if run is None or not self.has_looks:
            return ()
        known = self._formats.get(run)
        if known is None:
            links = self.old_links if is_old else self.new_links
            known = meaning(run.find(R_PR), links)
            self._formats[run] = known = known[3] if known else ()
        return known


def copied(element: Element) -> Element:
    """Return a copy of an element without the text that follows it."""
    out = deepcopy(element)
    out.tail = None
    return out


def run_like(run: Element) -> Element:
    """Return an empty run with the attributes and formatting of another."""
    out = etree.Element(RUN, run.attrib, nsmap=run.nsmap)
    properties = run.find(R_PR)
    if properties is not None:
        out.append(copied(properties))
    return out


def add_text(run: Element, text: str) -> None:
    """Add a text to a run."""
    element = etree.SubElement(run, TEXT)
    element.text = text
    if text[0].isspace() or text[-1].isspace() or "  " in text:
        element.set(SPACE, "preserve")


def as_deleted(runs: Iterable[Element]) -> None:
    """Write the text of runs as deleted text."""
    for run in runs:
        for one in list(run.iter(TEXT, INSTRUCTION)):
            one.tag = _DELETED[one.tag]
