"""A composed agreement and any wording in, what that wording would say there, out."""

from dataclasses import dataclass, field
from typing import Any

from slacontracts.compose.assemble import Composed, parse_bespoke
from slacontracts.compose.blanks import Filling, agreement_data, fill_text
from slacontracts.compose.tables import make_table
from slacontracts.compose.tables.cells import Sheet
from slacontracts.model.clause import Language
from slacontracts.model.document import Block
from slacontracts.model.library import Library
from slacontracts.model.program import Program
from slacontracts.model.settings import WorkspaceSettings


@dataclass(frozen=True, slots=True)
class Wordings:
    """Fills wordings with the data of one agreement, be they its own or not."""

    composed: Composed
    library: Library
    settings: WorkspaceSettings
    language: Language = field(init=False)
    data: dict[str, Any] = field(init=False)
    sheet: Sheet = field(init=False)

    def __post_init__(self) -> None:
        document = self.composed.numbered.document
        outline = self.composed.composition.outline
        keys = frozenset(entry.key for entry in outline)
        sheet = Sheet(document.agreement, document.language, self.settings.digits, keys)
        object.__setattr__(self, "language", document.language)
        object.__setattr__(self, "data", agreement_data(document.agreement))
        object.__setattr__(self, "sheet", sheet)

    def filled(self, program: Program) -> Filling:
        """Return what a parsed wording says with the values of the agreement."""
        return fill_text(
            program,
            self.data,
            language=self.language,
            digits=self.settings.digits,
            make_table=lambda name: make_table(name, self.sheet),
        )

    def of_text(self, source: str) -> tuple[Block, ...] | None:
        """Return the blocks of a wording; None where it cannot be read."""
        program, faults = parse_bespoke(source)
        filling = self.filled(program)
        return None if faults or filling.faults else filling.blocks

    def of_positions(self, clause: str) -> dict[str, tuple[Block, ...]]:
        """Return the blocks of every position of a clause, in the agreement's language.

        A position without wording in that language is left out.
        """
        known = self.library.clauses.get(clause)
        found: dict[str, tuple[Block, ...]] = {}
        for position in known.positions if known is not None else ():
            text = self.library.texts.get((clause, position.key, self.language))
            if text is None:
                continue
            filling = self.filled(text.program)
            if not filling.faults:
                found[position.key] = filling.blocks
        return found
