"""What clauses declare and what their wordings read in; rules and findings out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin, Severity, has_errors
from slacontracts.model.paths import split_path
from slacontracts.model.source_file import SourceFile
from slacontracts.source.addresses import (
    AGREEMENT_FIELDS,
    address_fault,
    address_remedy,
    rule_at,
)
from slacontracts.source.agreement import type_value
from slacontracts.source.clause_folder import ClauseFolder
from slacontracts.source.model_faults import WRONG_VALUE, error_at

_COMPARISON = re.compile(r"(<=|>=|<|>|==|!=)\s+(.+)")
# A field of the agreement may be declared by these, beside its own type.
_ALSO = {
    "text": frozenset({"text", "choice"}),
    "choice": frozenset({"choice", "text"}),
    "number": frozenset({"number", "integer"}),
    "percent": frozenset({"percent", "number"}),
}


def declared_values(
    folders: Iterable[ClauseFolder],
) -> tuple[dict[str, ValueRule], dict[str, Origin], list[Finding]]:
    """Merge what all clauses declare; of two that disagree the first counts."""
    rules: dict[str, ValueRule] = {}
    origins: dict[str, Origin] = {}
    findings: list[Finding] = []
    for folder in folders:
        if folder.values is None or folder.source is None:
            continue
        for path, rule in folder.values.items():
            origin = folder.source.place_at(("values", path))
            message = _disagreement(path, rule, rules, origins)
            if message is not None:
                findings.append(error_at(origin, "conflicting-values", message))
                continue
            rules.setdefault(path, rule)
            origins.setdefault(path, origin)
    return rules, origins, findings


def value_faults(
    folder: ClauseFolder, rules: Mapping[str, ValueRule], *, are_all_known: bool = True
) -> Iterator[Finding]:
    """Find ranges that make no sense, and values declared but not read, or the reverse.

    A field of the agreement needs no declaration. are_all_known: False where a faulty
    clause may declare what seems undeclared.
    """
    if folder.clause is None or folder.source is None:
        return
    for path, rule in folder.clause.values.items():
        yield from _rule_faults(path, rule, folder.source)
    unread = dict.fromkeys(folder.clause.values)
    # What a table reads, or a wording that is misspelt or left out, is not known.
    are_reads_known = bool(folder.texts) and not has_errors(folder.findings)
    for text in folder.texts.values():
        program = text.program
        are_reads_known = are_reads_known and not program.tables
        seen: set[str] = set()
        for path, line in (*program.reads, *program.tests):
            _strike(path, unread)
            if path in seen:
                continue
            seen.add(path)
            if not (are_all_known or split_path(path)[0] in AGREEMENT_FIELDS):
                continue
            message = undeclared(path, rules)
            if message is not None:
                are_reads_known = False
                yield error_at(Origin(text.file, line), "undeclared-value", message)
    for path in unread if are_reads_known else ():
        message = f"no wording of the clause reads {path}; delete it, or use it"
        origin = folder.source.place_at(("values", path))
        yield Finding(Severity.WARNING, "unread-value", message, origin)


def _strike(path: str, unread: dict[str, None]) -> None:
    """Take out what is read: the value itself, or the values of a group."""
    unread.pop(path, None)
    for declared in [other for other in unread if other.startswith(f"{path}/")]:
        del unread[declared]


def undeclared(path: str, rules: Mapping[str, ValueRule]) -> str | None:
    """Tell why a wording may not read an address, or None where it may."""
    if path in rules:
        return None
    if split_path(path)[0] in AGREEMENT_FIELDS:
        return _unknown_field(path)
    if any(known.startswith(f"{path}/") for known in rules):
        return None  # the presence of a declared group is tested
    remedy = address_remedy(path, rules) or "; declare it under values in clause.yaml"
    return f"the wording reads {path}, which no clause declares{remedy}"


@lru_cache(maxsize=1024)
def _unknown_field(path: str) -> str | None:
    return address_fault(path, {})


def _disagreement(
    path: str,
    rule: ValueRule,
    rules: Mapping[str, ValueRule],
    origins: Mapping[str, Origin],
) -> str | None:
    """Tell with whom a declaration disagrees: the agreement or an earlier clause."""
    if split_path(path)[0] in AGREEMENT_FIELDS:
        fault = _unknown_field(path)
        if fault is not None:
            return fault
        own = rule_at(path, {})
        if own is None:
            return f"{path} is a group of fields; declare the single values in it"
        if rule.type not in _ALSO.get(own.type, frozenset({own.type})):
            return f"{path} is declared as {rule.type}, but it is always a {own.type}"
        return None
    earlier = rules.get(path)
    if earlier is not None and (earlier.type, earlier.choices, earlier.unit) != (
        rule.type,
        rule.choices,
        rule.unit,
    ):
        return (
            f"{path} is declared differently here than in {origins[path]}; "
            "give it the same type, unit and choices in both"
        )
    for other in rules:
        if other.startswith(f"{path}/") or path.startswith(f"{other}/"):
            return (
                f"{path} and {other} (declared in {origins[other]}) cannot both be "
                "values; rename one"
            )
    return None


def _rule_faults(path: str, rule: ValueRule, source: SourceFile) -> Iterator[Finding]:
    """Find ranges that make no sense for the type, and choices without words."""
    if (rule.type == "choice") != bool(rule.choices):
        message = (
            "a choice needs its choices: [one, other]"
            if rule.type == "choice"
            else "choices are for type: choice only; delete them or change the type"
        )
        yield error_at(source.place_at(("values", path)), WRONG_VALUE, message)
        return
    for name in ("preferred", "fallback", "walk_away"):
        written = getattr(rule, name)
        if written is None:
            continue
        match = _COMPARISON.fullmatch(written)
        try:
            type_value(rule, match[2] if match else written)
        except ValueError as error:
            origin = source.place_at(("values", path, name))
            message = f'write a value, or a comparison such as "<= 25"; {error}'
            yield error_at(origin, WRONG_VALUE, message)
