"""The agreement as it was sent in; how its source says a clause that reads so, out."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias

from slacontracts.compose.outline import build_outline
from slacontracts.compose.wordings import Wordings
from slacontracts.errors import StaleProposalError
from slacontracts.model.agreement import ClauseOverride
from slacontracts.model.document import (
    Blank,
    Block,
    Clause,
    Inline,
    Item,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.negotiate.decide_wording import Pieces
from slacontracts.source.clause_writing import clause_source
from slacontracts.source.kept_source import kept_source
from slacontracts.source.write import Raw

Said: TypeAlias = tuple[tuple[object, ...], ...]

ALIKE: Final = str.maketrans("“”‘’\xa0", "\"\"'' ", "\u200e\u200f\u061c")


class Sent:
    """The agreement as it was sent, and what any wording says with its values.

    pieces: what each inline of a line shows in the file that was sent.
    """

    def __init__(self, wordings: Wordings, pieces: Pieces) -> None:
        self.wordings, self.pieces = wordings, pieces
        self.document = wordings.composed.numbered.document
        self.agreement = self.document.agreement
        self.clauses = {clause.key: clause for clause in self.document.clauses}

    @cached_property
    def template_positions(self) -> Mapping[str, str]:
        """The position that the templates give each of their clauses."""
        composition, library = self.wordings.composed.composition, self.wordings.library
        plain = self.agreement.model_copy(update={"clauses": {}})
        outline, _ = build_outline(
            library, composition.chain, plain, composition.source
        )
        return {
            entry.key: entry.position or library.clauses[entry.key].positions[0].key
            for entry in outline
            if entry.key in library.clauses
        }

    def clause(self, key: str) -> Clause:
        """Return a clause that was sent; raises StaleProposalError without one."""
        if key not in self.clauses:
            raise StaleProposalError(
                f'the agreement that was sent has no clause "{key}"; put what was '
                "agreed into the agreement by hand, and accept it with --by-hand"
            )
        return self.clauses[key]

    def text_of(self, key: str) -> str | None:
        """Return the wording of a clause as it was written when it was sent."""
        clause, override = self.clauses.get(key), self.agreement.clauses.get(key)
        language = self.document.language
        if override is not None and override.text is not None:
            return override.text.get(language)
        if clause is None:
            return None
        texts = self.wordings.library.texts
        text = texts.get((key, clause.origin.position, language))
        return text.source if text is not None else None


def override_for(sent: Sent, key: str, blocks: tuple[Block, ...]) -> Raw:
    """Return what stands under `clauses` so that a clause says what the blocks say.

    A position whose words they are is named; nothing stands there where it is the
    position of the template.
    """
    if not blocks:
        override = sent.agreement.clauses.get(key)
        return None if override is not None and override.is_own else "omit"
    words = said(blocks, sent.pieces)
    own = sent.template_positions.get(key)
    positions = sent.wordings.of_positions(key)
    for position in sorted(positions, key=lambda one: one != own):
        if said(positions[position], sent.pieces) == words:
            return None if position == own else {"position": position}
    return with_text(sent, key, _source(sent, key, blocks))


def _source(sent: Sent, key: str, blocks: tuple[Block, ...]) -> str:
    """Return wording that says what the blocks say, with the conditions it had."""
    text, clause, data = sent.text_of(key), sent.clauses.get(key), sent.wordings.data
    if text is None or clause is None:
        return clause_source(blocks, data)

    def write(some: Sequence[Block]) -> str:
        return clause_source(some, data)

    kept = kept_source(text, clause.blocks, blocks, sent.wordings.of_text, write)
    return write(blocks) if kept is None else kept


def with_text(sent: Sent, key: str, text: str) -> Raw:
    """Return wording of its own for a clause, beside what it has in other languages."""
    raw = written_override(sent.agreement.clauses.get(key))
    fields: dict[str, Any] = raw if isinstance(raw, dict) else {}
    others = fields.get("text") or {}
    kept = {name: one for name, one in fields.items() if name in ("title", "after")}
    return {**kept, "text": {**others, sent.document.language: text}}


def written_override(override: ClauseOverride | None) -> Raw:
    """Return what was negotiated for a clause as it is written in a file."""
    if override is None:
        return None
    if override.omit:
        return "omit"
    found = override.model_dump(exclude_none=True, exclude={"omit"})
    return dict(found)


def said(blocks: Sequence[Block], pieces: Pieces) -> Said:
    """Return what blocks say to a reader, whatever becomes of their values."""
    return tuple(
        ("table", block.name)
        if isinstance(block, Table)
        else (
            isinstance(block, Item),
            block.level,
            "".join(pieces(block.inlines)).translate(ALIKE).strip(),
        )
        for block in blocks
    )


def alive(blocks: Sequence[Block]) -> Said:
    """Return what blocks say when no value is looked at."""
    return tuple(
        ("table", block.name)
        if isinstance(block, Table)
        else (
            isinstance(block, Item),
            block.level,
            "".join(map(_bare, block.inlines)).translate(ALIKE).strip(),
        )
        for block in blocks
    )


def _bare(inline: Inline) -> str:
    """Return the words of an inline, or what it stands for."""
    if isinstance(inline, Words):
        return inline.text
    if isinstance(inline, Value | Blank):
        return f"<{inline.path.removesuffix('/amount')}>"
    return f"<{inline.text if isinstance(inline, Term) else inline.target}>"
