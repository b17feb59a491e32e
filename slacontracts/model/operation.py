"""What an amendment says: where in a signed text, and what is put there instead.

A place is known by what stands on the page: labels, headings, defined terms, the
first words of a row. So whoever has the signed paper can follow every operation.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from slacontracts.model.clause import Part
from slacontracts.model.document import Block, Clause, Inline


@dataclass(frozen=True, slots=True)
class Place:
    """A clause or schedule, or an item of it.

    heading: the label of the clause ("4", "Schedule 2"); where a part has no numbers,
    its title. item: the label in full, "4.2(b)", or "" for the clause itself.
    """

    part: Part
    heading: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """What is meant of a place.

    whole: all of it, under its heading. lead: its words before the first item, table
    or definition. item: the one labelled `name`. definition: of the term `name`, with
    the text that follows it. table: the one with this number, of so many. row: the one
    that begins with `name`, among those under the row `group`. cell: of such a row, the
    one below the heading `column`.
    """

    kind: Literal["whole", "lead", "item", "definition", "table", "row", "cell"]
    name: str = ""
    group: str = ""
    column: str = ""
    table: int = 0
    tables: int = 0


WHOLE = Spot("whole")
LEAD = Spot("lead")


@dataclass(frozen=True, slots=True)
class Wording:
    """New blocks, each with the label printed beside it or ""."""

    blocks: tuple[Block, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """A clause with the label of its heading and those of its blocks."""

    clause: Clause
    heading: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stands at a spot gives way to new wording."""

    place: Place
    spot: Spot
    wording: Wording


@dataclass(frozen=True, slots=True)
class Deleted:
    """What stands at a spot is taken out; a numbered one leaves its number behind."""

    place: Place
    spot: Spot


@dataclass(frozen=True, slots=True)
class Inserted:
    """New wording stands after or before a spot, or at the end of the place."""

    place: Place
    wording: Wording
    after: Spot | None = None
    before: Spot | None = None


@dataclass(frozen=True, slots=True)
class ClauseInserted:
    """A clause or schedule is new: after or before the one with that label."""

    new: LabelledClause
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Retitled:
    """A heading is replaced; without a place, the title of the agreement."""

    place: Place | None
    title: str


@dataclass(frozen=True, slots=True)
class PartReplaced:
    """All of a part whose headings have no numbers gives way to these."""

    part: Part
    clauses: tuple[LabelledClause, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """An item reads as before, but has another name or points elsewhere.

    Nothing of it shows on the page, so the instrument says nothing of it.
    """

    place: Place
    anchor: str | None
    inlines: tuple[Inline, ...]


Operation: TypeAlias = (
    Replaced | Deleted | Inserted | ClauseInserted | Retitled | PartReplaced | Linked
)
