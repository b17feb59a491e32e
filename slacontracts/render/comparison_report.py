"""Two versions and what differs between them in; numbered changes, as read, out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from slacontracts.model.change import (
    BlockChange,
    ClauseChange,
    ClauseFate,
    Comparison,
    Favour,
    Impact,
    Piece,
    RowChange,
    ValueChange,
)
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import Item, Table

Which: TypeAlias = Literal["old", "new"]

NOTHING: Final = "The two versions say the same."
HAPPENED: Final[dict[str, str]] = {
    "inserted": "Inserted",
    "deleted": "Deleted",
    "substituted": "Changed",
    "moved": "Moved",
    "unchanged": "Unchanged",
}
_AS_COUNTED: Final[dict[ClauseFate, str]] = {
    "substituted": "changed",
    "inserted": "inserted",
    "deleted": "deleted",
    "moved": "moved",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions: what it is called, and the language of its text."""

    name: str
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Report:
    """All that a reader is told about how two versions of an agreement differ.

    subject: the id of the agreement. title: what the new version is headed.
    """

    subject: str
    title: str
    old: Version
    new: Version
    comparison: Comparison
    values: tuple[ValueChange, ...] = ()
    impacts: tuple[Impact, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader meets as one change; numbered through the whole report.

    title: the words of a heading that changed. blocks: what it shows of the clause.
    """

    number: int
    fate: ClauseFate
    where: str
    title: tuple[Piece, ...] = ()
    blocks: tuple[BlockChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks between two changes, that stayed as they were."""

    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A clause that differs: its changes, and what stayed around them."""

    clause: ClauseChange
    parts: tuple[Change | Stretch, ...]


def sections_of(comparison: Comparison) -> tuple[Section, ...]:
    """Return the clauses that differ, their changes numbered from 1."""
    sections: list[Section] = []
    number = 0
    for clause in comparison.clauses:
        parts: list[Change | Stretch] = []
        for part in _parts(clause, number):
            number += isinstance(part, Change)
            parts.append(part)
        sections.append(Section(clause, tuple(parts)))
    return tuple(sections)


def changes_of(sections: Iterable[Section]) -> tuple[Change, ...]:
    """Return all changes, in the order of reading."""
    return tuple(
        part
        for section in sections
        for part in section.parts
        if isinstance(part, Change)
    )


def _parts(clause: ClauseChange, number: int) -> Iterator[Change | Stretch]:
    """Yield a clause's changes, counted on; a clause that came or went is one."""
    found = clause.new or clause.old
    is_schedule = found is not None and found.part is Part.SCHEDULE
    whole = "whole schedule" if is_schedule else "whole clause"
    if clause.fate in ("inserted", "deleted"):
        yield Change(number + 1, clause.fate, whole, blocks=clause.blocks)
        return
    if clause.fate == "moved":
        number += 1
        yield Change(number, "moved", whole)
    if any(piece.fate != "same" for piece in clause.title):
        number += 1
        yield Change(number, "substituted", "heading", clause.title)
    same: list[BlockChange] = []
    for block in clause.blocks:
        if block.fate == "unchanged":
            same.append(block)
            continue
        if same:
            yield Stretch(tuple(same))
            same = []
        number += 1
        yield Change(number, block.fate, _place(block), blocks=(block,))
    if same:
        yield Stretch(tuple(same))


def stretch_name(stretch: Stretch) -> str:
    """Return what stayed: its numbers from first to last, else how much it is."""
    labels = [block.new_label for block in stretch.blocks if block.new_label]
    if not labels:
        tables = sum(kind_of(block) == "table" for block in stretch.blocks)
        texts = len(stretch.blocks) - tables
        counts = ((texts, "paragraph"), (tables, "table"))
        return " and ".join(_count(number, noun) for number, noun in counts if number)
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _place(block: BlockChange) -> str:
    return block.new_label or block.old_label or kind_of(block)


def kind_of(block: BlockChange) -> Literal["paragraph", "item", "table"]:
    """Return what a block is."""
    found = block.new or block.old
    if isinstance(found, Table):
        return "table"
    return "item" if isinstance(found, Item) else "paragraph"


def of_version(pieces: Iterable[Piece], which: Which) -> tuple[Piece, ...]:
    """Return those pieces that one version has."""
    other = "inserted" if which == "old" else "deleted"
    return tuple(piece for piece in pieces if piece.fate != other)


def words_of(pieces: Iterable[Piece], which: Which) -> str:
    """Return a line as it reads in one version."""
    return "".join(piece.text for piece in of_version(pieces, which))


def rows_that_differ(rows: Sequence[RowChange]) -> tuple[tuple[RowChange, ...], int]:
    """Return the rows that differ, each below the name of its group, and the others.

    The others are those that stayed and are not shown: their number.
    """
    shown: list[RowChange] = []
    group: RowChange | None = None
    for row in rows:
        if row.fate != "unchanged":
            shown += [group, row] if group else [row]
            group = None
        if is_group(row):
            group = row if row.fate == "unchanged" else None
    return tuple(shown), len(rows) - len(shown)


def happened_to(row: RowChange, block: BlockChange) -> str:
    """Return what happened to a row of a table in words; its headings are one."""
    happened = HAPPENED[row.fate]
    sides = ((row.old, block.old), (row.new, block.new))
    is_of_rows = any(
        row is own
        for row, table in sides
        if isinstance(table, Table)
        for own in table.rows
    )
    return happened if is_of_rows else f"{happened} headings"


def is_group(row: RowChange) -> bool:
    """Tell whether a row names the rows below it."""
    found = row.new or row.old
    return found is not None and found.is_group


def renumbered(old: str, new: str) -> str:
    """Return the number that something has, with the one it had: "5 (was 4)"."""
    if old and new and old != new:
        return f"{new} (was {old})"
    return new or old


def by_subject(impacts: Iterable[Impact]) -> dict[str, tuple[Impact, ...]]:
    """Return what the changes mean, by subject as a heading says it."""
    found: dict[str, tuple[Impact, ...]] = {}
    for one in impacts:
        subject = one.subject.capitalize()
        found[subject] = (*found.get(subject, ()), one)
    return found


def sentence_of(impact: Impact) -> str:
    """Return what a change means, as a line that begins with a capital letter."""
    return impact.words[:1].upper() + impact.words[1:]


def favours_of(impact: Impact) -> tuple[tuple[str, Favour], ...]:
    """Return what a change is for each of the two roles."""
    return ("customer", impact.customer), ("provider", impact.provider)


def number_before(clause: ClauseChange) -> str:
    """Return which number a clause had, where it stayed and is counted otherwise."""
    if clause.fate == "moved" or not (clause.old_label and clause.new_label):
        return ""
    return "" if clause.old_label == clause.new_label else f"was {clause.old_label}"


def move_of(clause: ClauseChange) -> str:
    """Return where a clause went, in words."""
    if clause.old_label and clause.new_label and clause.old_label != clause.new_label:
        return f"Was {clause.old_label}, is now {clause.new_label}."
    return "Stands in another place."


def heading_of(clause: ClauseChange) -> str:
    """Return how a clause is headed, in the version that has it last."""
    which: Which = "old" if clause.fate == "deleted" else "new"
    label = clause.old_label if which == "old" else clause.new_label
    return f"{label} {words_of(clause.title, which)}".strip()


def summary_of(report: Report) -> str:
    """Return how much differs, in a sentence."""
    fates = Counter(one.fate for one in report.comparison.clauses)
    counts = [
        f"{_count(fates[fate], 'clause')} {word}"
        for fate, word in _AS_COUNTED.items()
        if fates[fate]
    ]
    if report.values:
        counts.append(f"{_count(len(report.values), 'value')} of the data changed")
    return f"{', '.join(counts)}." if counts else NOTHING


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
