"""What advice on a proposal rests on, and the words that it is compared by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from slacontracts.checks.facts import Facts
from slacontracts.compare.plain_words import spaced
from slacontracts.compose.digest import inline_text
from slacontracts.compose.wordings import Wordings
from slacontracts.model.clause import LibraryClause
from slacontracts.model.document import Block, NumberedDocument, Table
from slacontracts.model.finding import Finding
from slacontracts.model.library import TemplateSource
from slacontracts.model.proposal import Proposal

Side: TypeAlias = Literal["provider", "customer"]

_ALIKE: Final = str.maketrans("“”‘’\xa0", "\"\"'' ", "\u200e\u200f\u061c")


@dataclass(frozen=True, slots=True)
class Case:
    """What advice on a proposal rests on.

    facts: of the draft as it stands. chain: the templates of the agreement, the most
    general first. positions: by clause, the words of each position of its wording, see
    `words_of_positions`. changed: the facts of the draft with the proposal put in, None
    where it cannot be. errors: the findings that putting it in would bring.
    errors_alone: those that it would not bring together with all other proposals.
    """

    facts: Facts
    chain: tuple[TemplateSource, ...]
    positions: Mapping[str, Mapping[str, str]]
    changed: Facts | None = None
    errors: tuple[Finding, ...] = ()
    errors_alone: tuple[Finding, ...] = ()

    @property
    def our_side(self) -> Side:
        """Which party we are: we sell the services, save under a supplier's terms."""
        return "customer" if self.facts.agreement.kind == "uc" else "provider"


def words_of_positions(
    wordings: Wordings, clauses: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return the words of every position of clauses, filled for one agreement."""
    numbered = wordings.composed.numbered
    return {
        key: {
            position: clause_words(blocks, numbered)
            for position, blocks in wordings.of_positions(key).items()
        }
        for key in clauses
    }


def adds_clause(proposal: Proposal) -> bool:
    """Tell whether a proposal brings a clause of their own; it names the one before."""
    return any(edit.what == "add" for edit in proposal.edits)


def library_clause(proposal: Proposal, case: Case) -> LibraryClause | None:
    """Return what the library has of the clause of a proposal; nothing of a new one."""
    if adds_clause(proposal):
        return None
    return case.facts.library.clauses.get(proposal.clause or "")


def clause_words(blocks: Iterable[Block], numbered: NumberedDocument) -> str:
    """Return what blocks say, as one plain text."""
    lines = []
    for block in blocks:
        rows = (
            [line for row in block.rows for cell in row.cells for line in cell]
            if isinstance(block, Table)
            else [block.inlines]
        )
        lines += ["".join(inline_text(one, numbered) for one in row) for row in rows]
    return plain_words(" ".join(lines))


def plain_words(text: str) -> str:
    """Return a text without what two programs write otherwise."""
    return " ".join(text.translate(_ALIKE).split())


def roles_said(roles: Iterable[str]) -> str:
    """Return roles as a sentence names them."""
    return " and ".join(spaced(role) for role in roles)
