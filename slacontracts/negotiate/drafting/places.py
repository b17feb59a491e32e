"""The file that was sent and its anchors in; the place of each of its lines out."""

from dataclasses import dataclass
from typing import Final

from slacontracts.model.anchors import HEADING, Anchor, AnchorMap, ValueSpan
from slacontracts.negotiate.reading.views import Line, Text
from slacontracts.word.gate import WordFile
from slacontracts.word.labels import Labelled, labelled_paragraphs
from slacontracts.word.printed import NUMBERED, place_said
from slacontracts.word.tracked import Story

_STORY_PLACES: Final[dict[Story, str]] = {
    "body": "the end of the text",
    "header": "the header",
    "footer": "the footer",
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "text box": "a text box",
}
_AROUND: Final = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands. said: in words; anchor: None in no part of the agreement."""

    said: str
    anchor: Anchor | None = None

    @property
    def clause(self) -> str:
        """The key of the clause, or ""."""
        return self.anchor.clause if self.anchor is not None else ""

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a clause."""
        return bool(self.clause) and self.anchor is not None and self._block == HEADING

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of a clause's own text."""
        return bool(self.clause) and not self.is_in_table and self._block != HEADING

    @property
    def is_in_table(self) -> bool:
        """Whether it is a line of a table."""
        return self.anchor is not None and self.anchor.cell >= 0

    @property
    def block(self) -> int:
        """The index of its block in the clause; 0 for the heading."""
        return max(0, self._block)

    @property
    def _block(self) -> int:
        return self.anchor.block if self.anchor is not None else HEADING


class Places:
    """The places of the lines of the body that was sent.

    is_anchored: the anchors fit the file, so that each line knows its clause.
    """

    def __init__(self, sent: WordFile, text: Text, anchors: AnchorMap) -> None:
        self.text = text
        self.is_anchored = bool(anchors) and len(anchors) == text.count
        self.labels = {one.paragraph: one for one in labelled_paragraphs(sent)}
        self.places = list(self._of_lines(anchors if self.is_anchored else ()))

    def _of_lines(self, anchors: AnchorMap) -> list[Place]:
        out: list[Place] = []
        heading = schedule = clause = ""
        for line in self.text.lines:
            one = self.labels.get(line.paragraph.element)
            clause = one.clause if one is not None else clause
            if one is not None and one.is_heading and line.shown.strip():
                heading = _in_line(line.shown)
                is_schedule = bool(one.clause) and not one.clause.startswith(NUMBERED)
                schedule = one.clause if is_schedule else ""
            said = place_said(clause, schedule, heading)
            out.append(Place(said, anchors[line.number] if anchors else None))
        return out

    def label(self, line: Line) -> Labelled | None:
        """Return what Word counts beside a line."""
        return self.labels.get(line.paragraph.element)

    def of(self, at: int) -> Place:
        """Return the place of a line."""
        return (
            self.places[at] if at < len(self.places) else Place(_STORY_PLACES["body"])
        )

    def values(self, at: int) -> tuple[ValueSpan, ...]:
        """Return the values of a line."""
        anchor = self.of(at).anchor
        return anchor.values if anchor is not None else ()


def one_of(places: int) -> str:
    """Return what is said where words stand in several places."""
    return f"one of {places} places that say it"


def place_of_story(story: Story) -> Place:
    """Return where a paragraph outside of the body stands."""
    return Place(_STORY_PLACES[story])


def around(text: Text, start: int, stop: int) -> str:
    """Return words beside a stretch of a text, with what stands there."""
    if not text.lines:
        return ""
    first, last = text.lines[text.at(start)], text.lines[text.at(max(start, stop - 1))]
    before = text.read(max(first.start, start - _AROUND), start)
    after = text.read(stop, min(last.stop, stop + _AROUND)) if stop <= last.stop else ""
    inside = text.read(start, stop)
    inside = inside if len(inside) <= 2 * _AROUND else f"{inside[:_AROUND]} … "
    head = "…" if start - _AROUND > first.start else ""
    tail = "…" if stop + _AROUND < last.stop else ""
    return f"{head}{_in_line(before + inside + after)}{tail}"


def _in_line(text: str) -> str:
    return " ".join(text.split())
