"""The files of one library clause in; the clause, its wordings, and findings, out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from slacontracts.jinja_text import parse_program
from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import ClauseText
from slacontracts.model.scalars import DataPath, SourceModel
from slacontracts.model.source_file import SourceFile
from slacontracts.source.model_faults import (
    MISSING_FIELD,
    WRONG_VALUE,
    error_at,
    short,
    type_model,
)
from slacontracts.source.yaml_text import decode_text, read_yaml

_TEXT_NAME = re.compile(r"([a-z0-9-]+)\.(en|ar)")


@dataclass(frozen=True, slots=True)
class ClauseFolder:
    """What one folder of the library says, and what is wrong with it.

    clause, source: None when `clause.yaml` cannot be used.
    texts: the wordings that can be used, by position and language.
    values: what the clause declares; None where that cannot be told.
    """

    key: str
    clause: LibraryClause | None = None
    source: SourceFile | None = None
    texts: dict[tuple[str, str], ClauseText] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    values: Mapping[str, ValueRule] | None = None


class _Declaration(SourceModel):
    """What stands under values in a clause.yaml."""

    values: dict[DataPath, ValueRule] = {}


def read_clause_folder(
    name: str, yaml: bytes | None, wordings: dict[str, bytes]
) -> ClauseFolder:
    """Read one folder of the library.

    name: of the folder. wordings: contents of its .md files by name without ".md".
    """
    file = f"clauses/{name}/clause.yaml"
    if yaml is None:
        message = (
            f"the wording of {short(name)} has no clause.yaml beside it; write one"
        )
        return ClauseFolder(
            name, findings=(error_at(Origin(file), "missing-file", message),)
        )
    source, findings = read_yaml(yaml, file)
    if source is None:
        return ClauseFolder(name, findings=findings)
    clause, findings = type_model(LibraryClause, source.data, source.place_at)
    if clause is None:
        values = _values_alone(source)
        return ClauseFolder(name, source=source, findings=findings, values=values)
    texts: dict[tuple[str, str], ClauseText] = {}
    faults = [
        *_key_faults(clause, name, source),
        *_read_texts(clause, name, wordings, texts),
        *_gaps(clause, source, wordings),
    ]
    return ClauseFolder(name, clause, source, texts, tuple(faults), clause.values)


def _values_alone(source: SourceFile) -> dict[str, ValueRule] | None:
    """Return what a clause declares beside faulty fields; None if that is faulty."""
    declared = {"values": source.data.get("values")}
    typed, _ = type_model(_Declaration, declared, source.place_at)
    return None if typed is None else typed.values


def _key_faults(
    clause: LibraryClause, folder: str, source: SourceFile
) -> Iterator[Finding]:
    if clause.key != folder:
        message = (
            f'the key is "{clause.key}" but the folder is "{short(folder)}"; '
            "give both the same name"
        )
        yield error_at(source.place("/key"), WRONG_VALUE, message)
    if not clause.positions:
        message = "a clause needs at least one position; delete the field to have one"
        yield error_at(source.place("/positions"), WRONG_VALUE, message)
    seen: set[str] = set()
    for index, position in enumerate(clause.positions):
        if position.key in seen:
            message = f'the position "{position.key}" is listed twice; rename one'
            origin = source.place_at(("positions", index))
            yield error_at(origin, "duplicate-key", message)
        seen.add(position.key)


def _read_texts(
    clause: LibraryClause,
    folder: str,
    wordings: dict[str, bytes],
    texts: dict[tuple[str, str], ClauseText],
) -> Iterator[Finding]:
    """Read the wordings into `texts`; yield what is wrong with the others."""
    keys = [position.key for position in clause.positions]
    for name, data in wordings.items():
        file = f"clauses/{folder}/{name}.md"
        match = _TEXT_NAME.fullmatch(name)
        if match is None:
            message = "name the file by position and language, such as preferred.en.md"
            yield error_at(Origin(file), "text-file-name", message)
        elif match[1] not in keys:
            known = ", ".join(keys)
            message = f'clause.yaml lists no position "{match[1]}"; it lists {known}'
            yield error_at(Origin(file), "unknown-position", message)
        else:
            text, faults = _read_text(data, file)
            yield from faults
            if text is not None:
                texts[match[1], match[2]] = text


def _read_text(data: bytes, file: str) -> tuple[ClauseText | None, tuple[Finding, ...]]:
    text, findings = decode_text(data, file)
    if text is None:
        return None, findings
    if not text.strip():
        message = "the file holds no wording; write it, or delete the position"
        return None, (error_at(Origin(file), "empty-file", message),)
    program, faults = parse_program(text)
    if faults:
        return None, tuple(
            error_at(Origin(file, fault.line), "clause-marks", fault.message)
            for fault in faults
        )
    return ClauseText(text, program, file), ()


def _gaps(
    clause: LibraryClause, source: SourceFile, wordings: dict[str, bytes]
) -> Iterator[Finding]:
    """Find positions without wording, and languages without a title."""
    names = [name.partition(".") for name in wordings]
    written = {position for position, _, _ in names}
    for index, position in enumerate(clause.positions):
        if position.key not in written:
            message = (
                f'the position "{position.key}" has no wording; '
                f"write the file {position.key}.en.md"
            )
            origin = source.place_at(("positions", index))
            yield error_at(origin, "missing-file", message)
    languages = {language for _, _, language in names} & {"en", "ar"}
    for language in sorted(languages - {str(known) for known in clause.title}):
        message = f"the clause has wording in {language} but no title in it; add one"
        origin = source.place("/title")
        yield Finding(Severity.WARNING, MISSING_FIELD, message, origin)
