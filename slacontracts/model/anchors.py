"""Where the words of a Word file come from: by paragraph, the clause and its values."""

from dataclasses import dataclass
from typing import Final, TypeAlias

HEADING: Final = -1  # the block of an anchor that stands in the heading of a clause


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """A value in a paragraph: characters [start, end) of its text.

    path: its address in the data. form: the pair of `formats` that wrote it.
    """

    start: int
    end: int
    path: str
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a paragraph of the body is: a heading, a block, or a line in a table.

    clause: its key, "" where no clause has it (cover, contents, signature page). block:
    the index among the blocks of the clause, or HEADING. row, cell, line: in a table,
    else -1; the row of headings is -1 too. offset: characters before the text of the
    block, a label that is written out. values: those of the paragraph, in order.
    """

    clause: str = ""
    block: int = HEADING
    row: int = -1
    cell: int = -1
    line: int = -1
    offset: int = 0
    values: tuple[ValueSpan, ...] = ()


# An anchor for every paragraph of the body of the file as it was sent, with all its
# tracked changes accepted, in the order of the file, paragraphs of tables among them.
AnchorMap: TypeAlias = tuple[Anchor, ...]
