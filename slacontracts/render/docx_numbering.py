"""A house style's lists and a document's labels in; which numbers Word makes out.

Word counts on its own. Where its count gives the label of the document, the
paragraph is numbered natively; where it does not (4.2A, inserted after signature),
the label is written out in the same style.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from slacontracts.compose.numbering import letters, roman
from slacontracts.model.clause import Part
from slacontracts.model.document import Clause, Item, NumberedDocument


@dataclass(frozen=True, slots=True)
class ListLevel:
    """Where a style stands in a native list, and how its label reads.

    num, level: what `w:numPr` of the style says. abstract: the list's definition.
    formats: how each level of the list counts; text: the label, "%1.%2".
    indent: `w:ind` of the style; LibreOffice drops it from what leaves the list.
    """

    num: int
    abstract: int
    level: int
    formats: tuple[str, ...]
    text: str
    indent: str = ""


# The style of a numbered item by the part of the agreement and the item's level.
ITEM_STYLES: Final[Mapping[Part, tuple[str, str, str]]] = {
    Part.PARTIES: ("Party", "Party Level 2", "Party Level 3"),
    Part.BACKGROUND: ("Recital", "Recital Level 2", "Recital Level 3"),
    Part.KEY_TERMS: ("Schedule Level 1", "Schedule Level 2", "Schedule Level 3"),
    Part.CLAUSE: ("Clause Level 1", "Clause Level 2", "Clause Level 3"),
    Part.SCHEDULE: ("Schedule Level 1", "Schedule Level 2", "Schedule Level 3"),
}
HEADING_STYLES: Final[Mapping[Part, str]] = {
    Part.PARTIES: "Part Heading",
    Part.BACKGROUND: "Part Heading",
    Part.KEY_TERMS: "Key Terms Heading",
    Part.CLAUSE: "Clause Heading",
    Part.SCHEDULE: "Schedule Heading",
}
# Parts whose items are counted from 1 in every clause, by a `w:num` of its own.
RESTARTING: Final = frozenset({Part.KEY_TERMS, Part.SCHEDULE})
MOST_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class ClauseNumbers:
    """How one clause is numbered.

    heading, blocks: None where Word counts (or nothing is numbered), else the label
    to write out. num: the `w:num` of its items where they restart, else None.
    """

    heading: str | None
    blocks: tuple[str | None, ...]
    num: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a document is numbered: its clauses, and how many lists restart in it.

    written: targets whose label Word cannot know, so that no field can point there.
    """

    clauses: Mapping[str, ClauseNumbers]
    restarts: int
    written: frozenset[str]


class NumberPlanner:
    """Plans numbers for the lists of one house style, and remembers what it planned."""

    def __init__(self, levels: Mapping[str, ListLevel], first_num: int) -> None:
        self.levels, self.first_num = levels, first_num
        self._planned: dict[tuple[object, ...], tuple[str | None, ...]] = {}

    def plan(self, numbered: NumberedDocument) -> Numbers:
        """Return which labels of a document Word makes itself."""
        counts: dict[int, list[int]] = {}
        clauses: dict[str, ClauseNumbers] = {}
        written: set[str] = set()
        restarts = 0
        for clause in numbered.document.clauses:
            key = clause.key
            heading = self._heading(clause.part, numbered.labels[key], counts)
            if heading is not None:
                written.add(key)
            shape = tuple([b.level if type(b) is Item else 0 for b in clause.blocks])
            num = None
            if clause.part in RESTARTING and any(shape):
                num = self.first_num + restarts
                restarts += 1
            blocks = self._blocks(
                clause.part, shape, numbered.block_labels[key], counts
            )
            if any(blocks):
                written.update(_written_anchors(clause, blocks))
            clauses[key] = ClauseNumbers(heading, blocks, num)
        return Numbers(clauses, restarts, frozenset(written))

    def _heading(
        self, part: Part, label: str, counts: dict[int, list[int]]
    ) -> str | None:
        if not label:
            return None
        step = self.levels[HEADING_STYLES[part]]
        return _written(step, label, counts.setdefault(step.abstract, [0] * 9))

    def _blocks(
        self,
        part: Part,
        shape: tuple[int, ...],
        labels: tuple[str, ...],
        counts: dict[int, list[int]],
    ) -> tuple[str | None, ...]:
        """Return the labels to write out in one clause.

        Its items are counted from 1: under a heading that counts, or in a list of
        their own. Parties and recitals are one clause each.
        """
        steps = tuple([self.levels[name] for name in ITEM_STYLES[part]])
        above = counts.get(steps[0].abstract, [0])[0] if steps[0].level else 0
        key = (part, shape, labels, above)
        planned = self._planned.get(key)
        if planned is None:
            numbers = [above, *[0] * 8]
            planned = tuple(_written_in(steps, shape, labels, numbers))
            if len(self._planned) < MOST_REMEMBERED:
                self._planned[key] = planned
        return planned


def _written_anchors(clause: Clause, labels: tuple[str | None, ...]) -> Iterator[str]:
    for block, label in zip(clause.blocks, labels, strict=True):
        if label is not None and isinstance(block, Item) and block.anchor:
            yield f"{clause.key}/{block.anchor}"


def _written_in(
    steps: tuple[ListLevel, ...],
    shape: tuple[int, ...],
    labels: tuple[str, ...],
    numbers: list[int],
) -> Iterator[str | None]:
    """Yield for each block the label to write out, or None.

    Below a written label all are written: Word would put "4.2(a)" where 4.2A(a) is.
    """
    written_above = len(steps)
    for level, label in zip(shape, labels, strict=True):
        if not level:
            yield None
            continue
        if level > written_above:
            yield label
            continue
        written = _written(steps[level - 1], label, numbers)
        written_above = len(steps) if written is None else level
        yield written


def _written(step: ListLevel, label: str, numbers: list[int]) -> str | None:
    """Count one paragraph; return the label when Word's own would differ."""
    level = step.level
    numbers[level] += 1
    native = _label(step.text, step.formats, tuple(numbers[: level + 1]))
    if native == label or native.rstrip(".") == label:
        numbers[level + 1 :] = [0] * (8 - level)
        return None
    numbers[level] -= 1
    return label


@lru_cache(maxsize=8192)
def _label(text: str, formats: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    for at, (count, number) in enumerate(zip(formats, numbers, strict=False), 1):
        mark = f"%{at}"
        if mark in text:
            text = text.replace(mark, _counted(count, number))
    return text


def _counted(count: str, number: int) -> str:
    """Write a number as Word's format does; what is not yet counted is 1."""
    number = number or 1
    if count == "lowerLetter":
        return letters(number)
    if count == "upperLetter":
        return letters(number).upper()
    if count == "lowerRoman":
        return roman(number)
    if count == "upperRoman":
        return roman(number).upper()
    return str(number)


def restarting_nums(abstract: int, first_num: int, restarts: int) -> str:
    """Return a `w:num` for every schedule, so that its paragraphs begin at 1."""
    return "".join(
        f'<w:num w:numId="{first_num + at}"><w:abstractNumId w:val="{abstract}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for at in range(restarts)
    )
