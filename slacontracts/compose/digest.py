"""A composed document in, its text digest out: what approvals and the register bind.

The digest of a document is over every clause in order: its key, part, title, the
printed labels, and its wording with values as printed. It does not depend on where
wording comes from, on the library's revision, on house style, or on drafts and
versions.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from slacontracts.model.document import (
    Blank,
    Block,
    Inline,
    Item,
    NumberedDocument,
    Reference,
    Table,
    Term,
)
from slacontracts.text import normalise

AnyLanguage = TypeVar("AnyLanguage", bound=str)


def text_digest(document: NumberedDocument) -> str:
    """Return the SHA-256 of the canonical document, as 64 hexadecimal digits."""
    return hashlib.sha256(text_bytes(document)).hexdigest()


def text_bytes(document: NumberedDocument) -> bytes:
    """Return the canonical document as JSON in UTF-8, which the text digest is of."""
    return _json(canonical_document(document))


def clause_digests(document: NumberedDocument) -> dict[str, str]:
    """Return the SHA-256 of each clause as it stands in the canonical document."""
    clauses = canonical_document(document)[3]
    return {one[0]: hashlib.sha256(_json(one)).hexdigest() for one in clauses}


def _json(canonical: list[Any]) -> bytes:
    return json.dumps(canonical, ensure_ascii=False, separators=(",", ":")).encode()


def wording_digest(wording: Mapping[AnyLanguage, str]) -> str:
    """Return 12 hexadecimal digits that change with negotiated wording.

    They begin the SHA-256 of the text in NFC, without the blanks around it; texts of
    several languages follow each other in the order of the languages.
    """
    texts = [normalise(wording[language]).strip() for language in sorted(wording)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def canonical_document(document: NumberedDocument) -> list[Any]:
    """Return the document as nested lists of text, equal for equal agreements."""
    inner = document.document
    return [
        inner.agreement.id,
        inner.title,
        inner.language,
        [
            [
                clause.key,
                clause.part.value,
                document.labels[clause.key],
                clause.title,
                [
                    _block(block, label, document)
                    for block, label in zip(
                        clause.blocks, document.block_labels[clause.key], strict=True
                    )
                ],
            ]
            for clause in inner.clauses
        ],
        [
            [block.party, block.legal_name, block.name, block.title, block.has_witness]
            for block in inner.signatures
        ],
    ]


def _block(block: Block, label: str, document: NumberedDocument) -> list[Any]:
    if isinstance(block, Table):
        rows = [
            [[_line(line, document) for line in cell] for cell in row.cells]
            for row in block.rows
        ]
        return ["table", [column.heading for column in block.columns], rows]
    kind = "item" if isinstance(block, Item) else "paragraph"
    return [kind, block.level, label, _line(block.inlines, document)]


def _line(inlines: tuple[Inline, ...], document: NumberedDocument) -> str:
    return "".join(inline_text(inline, document) for inline in inlines)


def inline_text(inline: Inline, document: NumberedDocument) -> str:
    """Return how an inline reads; a blank reads [●], a reference its label."""
    if isinstance(inline, Reference):
        pieces = document.references.get(inline.target)
        return "".join(text for text, _ in pieces) if pieces else f"[{inline.target}?]"
    if isinstance(inline, Term):
        return f"“{inline.text}”"
    return "[●]" if isinstance(inline, Blank) else inline.text
