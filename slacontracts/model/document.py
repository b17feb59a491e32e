"""The composed agreement: clauses of paragraphs, items and tables, and their numbers.

Numbers live beside the document, not in it: inserting a clause changes one
clause, and every label follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import Language, Part
from slacontracts.model.finding import Origin


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed wording, with its emphasis."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A filled value: its address in the data, as written, and by which form.

    form: the pair in `formats` that wrote the text and can read it back.
    """

    path: str
    text: str
    form: str = "text"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that is not known yet, shown as [●]. form: what will write it."""

    path: str
    form: str = field(default="text", compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """The place where a term is defined; shown in bold between quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference; target is "clause-key" or "clause-key/anchor"."""

    target: str


Inline: TypeAlias = Words | Value | Blank | Term | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text without a number; level 0 under a heading, 1-3 inside such an item."""

    inlines: tuple[Inline, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered sub-clause: level 1 (4.1), 2 (a) or 3 (i); anchor: its name."""

    inlines: tuple[Inline, ...]
    level: int = 1
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, share of the width in percent, alignment."""

    heading: str
    width_percent: int
    align: Literal["start", "end", "center"] = "start"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; each cell is a tuple of lines, each line a tuple of inlines.

    is_group: a single cell over the whole width that names the rows below it.
    key: identity of the row in comparisons (a service or target key), or "".
    """

    cells: tuple[tuple[tuple[Inline, ...], ...], ...]
    is_group: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table made from the data; has_heading is False for two-column fact sheets."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_heading: bool = True


Block: TypeAlias = Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class ClauseOrigin:
    """Where a clause's wording comes from.

    level: corporate, customer or service, the template that brought it in, or
    agreement for bespoke text. template: its name. position: the rung of the ladder.
    text: the file of the wording.
    """

    level: Literal["corporate", "customer", "service", "agreement"]
    template: str
    position: str
    text: Origin
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of one agreement, with its values filled in."""

    key: str
    title: str
    part: Part
    blocks: tuple[Block, ...]
    origin: ClauseOrigin


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """The lines under which one person signs for one party.

    capacity: "for and on behalf of Northwind Hosting Ltd". Empty text is a blank.
    number: from 1 in reading order; anchors of e-signature services use it.
    """

    number: int
    party: str
    legal_name: str
    name: str
    title: str
    has_witness: bool = False


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """One agreement, composed: clauses in reading order, and what the cover needs.

    agreement: the merged, typed data. origins: the place of each value that was
    set, by address; values set by a template point into the template. amendment: of
    an instrument that amends the agreement, its number; else 0. conformed_to: of a
    conformed copy, the day of its text, or the number of the last amendment in it.
    """

    agreement: Agreement
    title: str
    language: Language
    clauses: tuple[Clause, ...]
    signatures: tuple[SignatureBlock, ...] = ()
    organisation: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    amendment: int = 0
    conformed_to: date | int | None = None

    @property
    def is_amendment(self) -> bool:
        """Whether it is the paper that amends an agreement, not an agreement."""
        return self.amendment > 0

    def part(self, part: Part) -> tuple[Clause, ...]:
        """Return the clauses of one part, in order."""
        return tuple(clause for clause in self.clauses if clause.part is part)


@dataclass(frozen=True, slots=True)
class NumberedDocument:
    """A document and its labels.

    labels: "clause-key" and "clause-key/anchor" to the bare label: "4", "4.2(b)",
    "Schedule 2", "3.1(a)" for a paragraph of a schedule, "(A)" for a recital.
    references: the same targets to how a reference to them reads, as pieces of
    (text, what it points to or ""): (("clause ", ""), ("4.2(b)", "fees/cap")).
    block_labels: for each clause key, the label of every block ("" without number),
    as printed beside it: "4.2", "(b)", "(i)".
    """

    document: AgreementDocument
    labels: Mapping[str, str]
    block_labels: Mapping[str, tuple[str, ...]]
    references: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
