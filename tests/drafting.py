"""A tiny library typed as text, and the road from it to a composed agreement."""

from collections.abc import Mapping
from textwrap import dedent

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.document import (
    AgreementDocument,
    Clause,
    NumberedDocument,
    Paragraph,
)
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.source_file import SourceFile
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml

SETTINGS = WorkspaceSettings(organisation="Northwind Hosting Ltd")
AGREEMENT_FILE = "agreements/contoso/SLA-1/agreement.yaml"


def clause_files(
    key: str,
    text: str,
    *,
    meta: str = "",
    position: str = "preferred",
    language: str = "en",
) -> dict[str, str]:
    """Return the files of one library clause; meta: further lines of its clause.yaml."""
    title = key.replace("-", " ").title()
    head = dedent(f"""\
        key: {key}
        title: {{en: {title}}}
        version: 1
        status: approved
        owner: legal
        summary: About {title}.
        """)
    return {
        f"clauses/{key}/clause.yaml": head + dedent(meta),
        f"clauses/{key}/{position}.{language}.md": dedent(text),
    }


def template_file(name: str, text: str) -> dict[str, str]:
    """Return the file of a template; its level is the first part of its name."""
    level = name.split("/")[0]
    head = f"level: {level}\ntitle: {{en: An Agreement}}\n"
    return {f"templates/{name}.yaml": head + dedent(text)}


def library_of(files: Mapping[str, str]) -> tuple[Library, tuple[Finding, ...]]:
    """Read a library from texts by path."""
    return read_library(
        {path: text.encode() for path, text in files.items()}, "working"
    )


def source_of(agreement: str) -> SourceFile:
    """Read an agreement from its text; id and template may be left out."""
    text = dedent(agreement)
    for field, value in (("template", "corporate/standard"), ("id", "SLA-1")):
        if f"{field}:" not in text:
            text = f"{field}: {value}\n{text}"
    source, findings = read_yaml(text, AGREEMENT_FILE)
    assert source is not None, findings
    return source


def compose(
    files: Mapping[str, str],
    agreement: str = "",
    settings: WorkspaceSettings = SETTINGS,
) -> tuple[Composed | None, tuple[Finding, ...]]:
    """Compose an agreement from the texts of its library."""
    library, findings = library_of(files)
    assert findings == (), [str(finding) for finding in findings]
    return compose_agreement(source_of(agreement), library, settings)


def composed(files: Mapping[str, str], agreement: str = "") -> AgreementDocument:
    """Compose an agreement that must have no findings, and return its document."""
    return numbered(files, agreement).document


def numbered(files: Mapping[str, str], agreement: str = "") -> NumberedDocument:
    """Compose an agreement that must have no findings, with its numbers."""
    result, findings = compose(files, agreement)
    assert result is not None
    assert findings == (), [str(finding) for finding in findings]
    return result.numbered


def words_of_clause(clause: Clause) -> str:
    """Return what a clause of paragraphs and items says, a line for each block."""
    return "\n".join(
        "".join(getattr(inline, "text", "[●]") for inline in block.inlines)
        for block in clause.blocks
        if isinstance(block, Paragraph) or hasattr(block, "inlines")
    )


__all__ = [
    "AGREEMENT_FILE",
    "SETTINGS",
    "clause_files",
    "compose",
    "composed",
    "library_of",
    "numbered",
    "source_of",
    "template_file",
    "words_of_clause",
]
