"""A document in; its wording line by line, its parties and its signing lines out.

What stands here is read alike in a web page and in plain text, and says the same
as the Word file: the fixed words are those that house styles print.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from slacontracts.compose.digest import inline_text
from slacontracts.compose.tables.labels import label as role_name
from slacontracts.model.document import (
    AgreementDocument,
    Inline,
    NumberedDocument,
    SignatureBlock,
    Table,
)
from slacontracts.render.docx_facts import (
    Issue,
    facts_of,
    version_said,
    words_of_style,
)

BLANK = "[●]"


@dataclass(frozen=True, slots=True)
class SigningLine:
    """A line of a signature block: its name, and its text or "" to write by hand.

    is_heading: the name stands over the lines that follow it.
    """

    name: str
    text: str = ""
    is_heading: bool = False


def fixed_words(document: AgreementDocument) -> dict[str, str]:
    """Return the fixed words around an agreement, in its language and for its kind."""
    return dict(words_of_style(document))


def line_text(inlines: tuple[Inline, ...], document: NumberedDocument) -> str:
    """Return how a line of wording reads, references in words."""
    return "".join([inline_text(inline, document) for inline in inlines])


def plain_text(document: NumberedDocument, *, has_labels: bool = False) -> str:
    """Return the wording alone: no wrapping, no cover, no signatures.

    A line for each title, paragraph, item, heading of a table and line of a cell.
    has_labels: with the number before each title, paragraph and item that has one.
    """
    return "\n".join(_wording(document, has_labels))


def _wording(document: NumberedDocument, has_labels: bool) -> Iterator[str]:
    for clause in document.document.clauses:
        labels = document.block_labels[clause.key] if has_labels else repeat("")
        number = document.labels[clause.key] if has_labels else ""
        yield f"{number} {clause.title}" if number else clause.title
        for block, label in zip(clause.blocks, labels, strict=has_labels):
            if isinstance(block, Table):
                yield from _cells(block, document)
            else:
                text = line_text(block.inlines, document)
                yield f"{label} {text}" if label else text


def _cells(table: Table, document: NumberedDocument) -> Iterator[str]:
    if table.has_heading:
        yield from (column.heading for column in table.columns)
    for row in table.rows:
        for cell in row.cells:
            yield from (line_text(line, document) for line in cell)


def effective_text(document: AgreementDocument, digits: str) -> str:
    """Return when an agreement takes effect, as the cover of the Word file says it."""
    issue = Issue("", is_execution=False, digits=digits)
    effective = facts_of(document, issue)["agreement"]["effective"]
    return effective if isinstance(effective, str) else BLANK


def version_text(
    document: AgreementDocument, version: str, digits: str, *, execution: bool
) -> tuple[str, str]:
    """Return what its cover says of a version: ("Version", "3")."""
    return version_said(document, Issue(version, execution, digits))


def party_names(document: AgreementDocument) -> tuple[tuple[str, str], ...]:
    """Return (legal name, role) of every party; a name not known yet is a blank."""
    return tuple(
        (party.legal_name or BLANK, role_name(role, document.language))
        for role, party in document.agreement.parties.items()
    )


def signing_lines(
    block: SignatureBlock, words: dict[str, str]
) -> tuple[SigningLine, ...]:
    """Return the lines of one signature block, in the order of the Word file.

    A name or title that is not known stays open: it can be written in by hand.
    """
    witness = (
        SigningLine(words["witness"], is_heading=True),
        *(SigningLine(words[key]) for key in ("signature", "name", "address")),
    )
    return (
        SigningLine(words["signature"]),
        SigningLine(words["name"], block.name),
        SigningLine(words["title"], block.title),
        *(SigningLine(words[key]) for key in ("date", "place", "stamp")),
        *(witness if block.has_witness else ()),
    )


def signing_phrase(block: SignatureBlock, words: dict[str, str]) -> str:
    """Return for whom one person signs or acknowledges."""
    return words["capacity"] + (block.legal_name or BLANK)
