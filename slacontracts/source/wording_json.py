"""Parsed wordings in, JSON out, and back: a text need not be parsed at every start.

What was parsed is remembered by the tokenised text, which says all that the result
depends on: it holds whatever library or agreement the text comes from. A text with
faults is never remembered, for its faults are to be found again.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from slacontracts.model.document import Item, Paragraph, Term, Words
from slacontracts.source.clause_text import (
    Parsed,
    ParsedBlock,
    ParsedInline,
    Slot,
    parse_clause_text,
)

FORMAT: Final = 1  # raised whenever a text is parsed into other blocks
# Loops and conditions make more texts of one wording; beyond this, reading them all
# at every start would take longer than parsing the few that are needed.
MOST_WORDINGS: Final = 300

_Block: TypeAlias = Paragraph | Item | ParsedBlock
_INLINES: Final = (Words, Term, Slot)  # written as the place in this list


@dataclass(slots=True)
class WordingMemory:
    """The blocks of texts without faults, by text.

    has_learnt: a text was added since the memory was made or read.
    """

    blocks: dict[str, tuple[_Block, ...]] = field(default_factory=dict)
    has_learnt: bool = False

    def parse(self, text: str) -> Parsed:
        """Return what `parse_clause_text` returns, from memory where it is there."""
        known = self.blocks.get(text)
        if known is not None:
            return known, ()
        blocks, faults = parse_clause_text(text)
        if not faults and len(self.blocks) < MOST_WORDINGS:
            self.blocks[text] = blocks
            self.has_learnt = True
        return blocks, faults


def wordings_to_json(memory: WordingMemory) -> str:
    """Return a memory as JSON."""
    content = {
        "format": FORMAT,
        "wordings": [
            [text, [_block(one) for one in blocks]]
            for text, blocks in memory.blocks.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def wordings_from_json(text: str | bytes) -> WordingMemory:
    """Return the memory that was written; ValueError for anything else."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("not parsed wordings in the format of this version")
    return WordingMemory(
        {
            source: tuple([_read_block(*one) for one in blocks])
            for source, blocks in content["wordings"]
        }
    )


def _block(one: _Block) -> list[Any]:
    inlines = [_inline(inline) for inline in one.inlines]
    if isinstance(one, Paragraph):
        return [0, inlines, one.level]
    if isinstance(one, Item):
        return [1, inlines, one.level, one.anchor]
    return [2, inlines, one.level, one.is_item, one.anchor]


def _read_block(kind: int, inlines: list[list[Any]], *rest: Any) -> _Block:
    read = tuple([_read_inline(*inline) for inline in inlines])
    model: Any = (Paragraph, Item, ParsedBlock)[kind]
    block: _Block = model(read, *rest)
    return block


def _inline(one: Any) -> list[Any]:
    if isinstance(one, Words):
        return [0, one.text, one.bold, one.italic]
    if isinstance(one, Term):
        return [1, one.text]
    return [2, one.index, one.bold, one.italic]


def _read_inline(kind: int, *fields: Any) -> ParsedInline:
    inline: ParsedInline = _INLINES[kind](*fields)
    return inline
