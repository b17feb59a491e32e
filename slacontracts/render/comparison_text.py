"""What differs between two versions in, plain text that shows it out.

Words that went stand in [-these-], words that came in {+these+}.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from slacontracts.model.change import BlockChange, Impact, Piece, RowChange
from slacontracts.model.document import Table
from slacontracts.render.columns import hang, underlined
from slacontracts.render.comparison_report import (
    HAPPENED,
    Change,
    Report,
    Section,
    Stretch,
    by_subject,
    changes_of,
    favours_of,
    happened_to,
    heading_of,
    is_group,
    kind_of,
    move_of,
    number_before,
    renumbered,
    rows_that_differ,
    sections_of,
    sentence_of,
    summary_of,
)

_SIGNS: Final = {
    "same": ("", ""),
    "deleted": ("[-", "-]"),
    "inserted": ("{+", "+}"),
}
_HOW_TO_READ: Final = "[-words-] went, {+words+} came; what stayed is left out"


def comparison_text(report: Report) -> str:
    """Return what differs between two versions as plain text, 78 columns wide."""
    lines = "\n".join([line.rstrip() for line in _lines(report)])
    return lines.strip("\n") + "\n"


def _lines(report: Report) -> Iterator[str]:
    sections = sections_of(report.comparison)
    yield from underlined(f"Changes: {report.title}", "=")
    yield ""
    yield f"Reference: {report.subject}"
    yield from hang(report.old.name, 11, "Before:")
    yield from hang(report.new.name, 11, "After:")
    yield ""
    yield from hang(summary_of(report), 0)
    if report.impacts:
        yield from _part("What it means")
        for subject, impacts in by_subject(report.impacts).items():
            yield from hang(subject, 0)
            for impact in impacts:
                yield from _impact(impact)
    if sections:
        yield from _part("Changes of wording")
        yield _HOW_TO_READ
        total = len(changes_of(sections))
        for section in sections:
            yield from _section(section, total)
    if report.values:
        yield from _part("Changes of data")
        for value in report.values:
            yield from hang(value.path, 2)
            yield from hang(f"{value.old or 'none'} -> {value.new or 'none'}", 6)


def _part(title: str) -> Iterator[str]:
    yield from ("", "")
    yield from underlined(title, "-")


def _impact(impact: Impact) -> Iterator[str]:
    yield from hang(sentence_of(impact), 2)
    favours = [
        f"{favour} for the {role}"
        for role, favour in favours_of(impact)
        if favour != "neutral"
    ]
    if favours:
        yield from hang(", ".join(favours), 6)


def _section(section: Section, total: int) -> Iterator[str]:
    clause = section.clause
    before = number_before(clause)
    heading = f"{HAPPENED[clause.fate]}: {heading_of(clause)}"
    yield ""
    yield from hang(f"{heading} ({before})" if before else heading, 0)
    for part in section.parts:
        if isinstance(part, Stretch):
            continue
        yield from hang(_name(part, total), 2)
        if part.fate == "moved":
            yield from hang(move_of(clause), 6)
        if part.title:
            yield from hang(marked(part.title), 6)
        for block in part.blocks:
            yield from _block(block)


def _name(change: Change, total: int) -> str:
    return f"{change.number}/{total} {HAPPENED[change.fate].lower()} {change.where}"


def marked(pieces: Iterable[Piece]) -> str:
    """Return a line with its insertions and deletions marked by signs."""
    return "".join(
        [piece.text.join(_SIGNS[piece.fate]) for piece in pieces if piece.text]
    )


def _block(block: BlockChange) -> Iterator[str]:
    if kind_of(block) == "table":
        yield from _table(block)
        return
    label = renumbered(block.old_label, block.new_label)
    text = marked(block.pieces)
    yield from hang(f"{label} {text}" if label else text, 6)


def _table(block: BlockChange) -> Iterator[str]:
    rows, others = rows_that_differ(block.rows)
    table = block.new or block.old
    headings = (
        [column.heading for column in table.columns] if isinstance(table, Table) else []
    )
    for row in rows:
        yield from _row(row, happened_to(row, block), headings)
    if others:
        yield f"      ({others} other row{'' if others == 1 else 's'} unchanged)"


def _row(row: RowChange, happened: str, headings: Sequence[str]) -> Iterator[str]:
    """Yield a row: its first cell, and below it the cells that differ."""
    first, *others = row.cells or ((),)
    if is_group(row):
        yield from hang(marked(first), 6)
        return
    yield from hang(f"{happened}: {_row_name(first)}", 6)
    for index, cell in enumerate(others, 1):
        if _has_stayed(cell):
            continue
        name = headings[index] if index < len(headings) else ""
        yield from hang(f"{name}: {marked(cell)}" if name else marked(cell), 10)


def _row_name(cell: Sequence[Piece]) -> str:
    """Return what names a row: of a cell that stayed, the first line."""
    text = marked(cell)
    return text.split("\n")[0] if _has_stayed(cell) else text


def _has_stayed(cell: Sequence[Piece]) -> bool:
    return all(piece.fate == "same" for piece in cell)
