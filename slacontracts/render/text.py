"""A numbered document in, plain text out that reads well in a terminal or a mail."""

from collections.abc import Iterator, Mapping

from slacontracts.model.document import Clause, NumberedDocument, SignatureBlock, Table
from slacontracts.render.columns import INDENT, hang, underlined, width
from slacontracts.render.reading_back import require_words_of_text
from slacontracts.render.text_table import table_lines
from slacontracts.render.wording import (
    effective_text,
    fixed_words,
    line_text,
    party_names,
    signing_lines,
    signing_phrase,
    version_text,
)

_LINE_BY_HAND = "_" * 36


def render_text(
    document: NumberedDocument, *, version: str, execution: bool, digits: str = "latin"
) -> str:
    """Return an agreement as plain text, 78 columns wide.

    version: how the version is called ("3"). execution: whether this is the text
    to sign; every other text is marked as a draft. digits: of the effective date.
    Raises SlaContractsError when a word of the document is not in the text.
    """
    lines = _lines(document, version, execution, digits)
    text = "\n".join([line.rstrip() for line in lines]).strip("\n") + "\n"
    require_words_of_text(text, document)
    return text


def _lines(
    document: NumberedDocument, version: str, execution: bool, digits: str
) -> list[str]:
    inner = document.document
    words = fixed_words(inner)
    lines = [] if execution else [words["draft"], ""]
    version_line = version_text(inner, version, digits, execution=execution)
    lines += _cover(document, version_line, words, digits)
    for clause in inner.clauses:
        lines += _clause(clause, document)
    if inner.signatures:
        lines += ["", "", *underlined(words["signature_page"], "-")]
        lines += ["", *hang(words["testimonium"], 0)]
    for block in inner.signatures:
        lines += _signature(block, words)
    return lines


def _cover(
    document: NumberedDocument,
    version: tuple[str, str],
    words: Mapping[str, str],
    digits: str,
) -> Iterator[str]:
    inner = document.document
    yield from underlined(inner.title, "=")
    yield ""
    yield f"{words['reference']}: {inner.agreement.id}"
    yield ": ".join(version)
    yield f"{words['effective']}: {effective_text(inner, digits)}"
    parties = party_names(inner)
    if parties:
        yield from ("", f"{words['between']}:")
    for name, role in parties:
        yield from hang(f"{name} ({role})", 2)


def _clause(clause: Clause, document: NumberedDocument) -> Iterator[str]:
    label = document.labels[clause.key]
    yield from ("", "")
    yield from underlined(f"{label}  {clause.title}" if label else clause.title, "-")
    for block, own in zip(
        clause.blocks, document.block_labels[clause.key], strict=True
    ):
        yield ""
        if isinstance(block, Table):
            yield from table_lines(block, document)
        else:
            outer = " " * (INDENT * (block.level - 1))
            text = line_text(block.inlines, document)
            yield from hang(text, INDENT * block.level, own and outer + own)


def _signature(block: SignatureBlock, words: dict[str, str]) -> Iterator[str]:
    yield ""
    yield from hang(signing_phrase(block, words), 0)
    lines = signing_lines(block, words)
    column = max(width(line.name) for line in lines if not line.is_heading) + 2
    for line in lines:
        if line.is_heading:
            yield from ("", f"  {line.name}")
            continue
        if not line.text:
            yield ""  # room to write
        yield from hang(line.text or _LINE_BY_HAND, column + 2, f"  {line.name}:")
