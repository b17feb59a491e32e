"""What differs between two documents: clauses, their blocks, rows, and words."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from slacontracts.model.document import Block, Clause, Row

Fate: TypeAlias = Literal["same", "inserted", "deleted"]
BlockFate: TypeAlias = Literal["unchanged", "inserted", "deleted", "substituted"]
Favour: TypeAlias = Literal["better", "worse", "neutral"]
ClauseFate: TypeAlias = Literal["inserted", "deleted", "substituted", "moved"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that stayed, came or went; joined, the old or the new line.

    A reference that stayed reads with its new number.
    """

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a table; cells: the words of each, of both sides where both are."""

    fate: BlockFate
    old: Row | None
    new: Row | None
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A paragraph, item or table of a clause, old and new.

    old_at, new_at: its index among the blocks of its clause. old_label, new_label: in
    full context ("4.2(b)", in a schedule "3.1(a)"), "" without number. pieces: of a
    paragraph or item; rows: of a table, those that stayed as well.
    """

    fate: BlockFate
    old: Block | None
    new: Block | None
    old_at: int | None = None
    new_at: int | None = None
    old_label: str = ""
    new_label: str = ""
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that differs. fate: "moved" also when words in it changed.

    old_label, new_label: of its heading. title: its words. blocks: all of the clause
    in reading order, those that stayed as well.
    """

    key: str
    fate: ClauseFate
    old: Clause | None
    new: Clause | None
    old_label: str
    new_label: str
    title: tuple[Piece, ...]
    blocks: tuple[BlockChange, ...]

    @property
    def has_other_wording(self) -> bool:
        """Whether more than the place differs."""
        return any(one.fate != "unchanged" for one in self.blocks) or any(
            one.fate != "same" for one in self.title
        )


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value of the data: its address, and what it was and is, "" where none stood."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents compared: the clauses that differ, in the order of reading."""

    clauses: tuple[ClauseChange, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the clauses that differ."""
        return tuple(dict.fromkeys(one.key for one in self.clauses))


@dataclass(frozen=True, slots=True)
class Impact:
    """What a difference means, in plain words, and whom it favours.

    subject: "service levels", "hours", "credits", "exposure", "price", "terms",
    "dates", "parties", "law", "review", "approval", "lock" or "library".
    provider, customer: what it is for each. path: the address of the value, or the key
    of the clause, or "".
    """

    subject: str
    words: str
    provider: Favour = "neutral"
    customer: Favour = "neutral"
    path: str = ""
