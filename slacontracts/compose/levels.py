"""An agreement's data and a library in; merged, typed data and an outline out.

More specific wins unless locked: corporate < customer < service < agreement. A
mapping is merged field by field; a list, and a week of service hours, is taken
whole from the most specific level that gives it. A value that shows nothing, such
as a space, is a blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slacontracts.compose.faulty_library import (
    faulty_clauses,
    faulty_template,
    hidden_values,
)
from slacontracts.compose.locked_values import is_path, matching_paths, put_back
from slacontracts.compose.outline import OutlineEntry, build_outline
from slacontracts.compose.own_clauses import with_own_clauses
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.paths import look_up, split_path
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import NO_DEFAULTS
from slacontracts.source.addresses import address_fault
from slacontracts.source.agreement import read_head, type_agreement
from slacontracts.text import is_blank, nearest

_KINDS_OF_ONE_TEMPLATE = frozenset({"customer", "multilevel"})
TAKEN_WHOLE = frozenset({"week"})  # mappings that are one thing, as a list is


@dataclass(frozen=True, slots=True)
class Composition:
    """The merged, typed agreement, its outline, and where everything comes from."""

    agreement: Agreement
    outline: tuple[OutlineEntry, ...]
    source: SourceFile
    chain: tuple[TemplateSource, ...]
    house_style: str | None

    def place(self, path: str) -> Origin:
        """Return where a value was set: the agreement, else the nearest template.

        For a value that nothing sets, the nearest place above it in the agreement.
        """
        if self.source.has(path):
            return self.source.place(path)
        for template in reversed(self.chain):
            if template.source.has(f"/defaults{path}"):
                return replace(template.source.place(f"/defaults{path}"), path=path)
        return self.source.place(path)


def compose_levels(
    source: SourceFile, library: Library
) -> tuple[Composition | None, tuple[Finding, ...]]:
    """Merge the levels of one agreement.

    None when its data cannot be typed, or when what it needs of the library is faulty.
    """
    head, findings = read_head(source)
    if head is None:
        return None, findings
    chain, missing = _template_chain(head.template, library, source)
    if missing is not None:
        return None, (*findings, missing)
    merging = _Merging(source, chain, library)
    data = _without_blanks(merging.merged())
    agreement, typing_findings = type_agreement(data, library.values, merging.place)
    found = [*findings, *merging.findings, *typing_findings]
    needing = source.place("/template")
    if agreement is None:
        waiting = hidden_values(typing_findings, library, needing)
        return None, waiting or tuple(found)
    found += _unfit(agreement, chain[-1], source)
    outline, outline_findings = build_outline(library, chain, agreement, source)
    outline, own_findings = with_own_clauses(
        outline, agreement, library, source, chain[-1].name
    )
    outline_findings += own_findings
    waiting = faulty_clauses((entry.key for entry in outline), library, needing)
    if waiting:
        return None, (*found, *outline_findings, *waiting)
    house_style = agreement.house_style or next(
        (t.template.house_style for t in reversed(chain) if t.template.house_style),
        None,
    )
    composition = Composition(agreement, outline, source, chain, house_style)
    return composition, (*found, *outline_findings)


def _unfit(
    agreement: Agreement, template: TemplateSource, source: SourceFile
) -> Iterator[Finding]:
    """Find what the template, or the product as it is, cannot make of an agreement."""
    own, given = agreement.kind, template.template.kind
    if own != given and not {own, given} <= _KINDS_OF_ONE_TEMPLATE:
        message = (
            f'the template "{template.name}" makes agreements of kind {given}, not '
            f"{own}; draft a new agreement from a template of that kind"
        )
        yield Finding(Severity.ERROR, "kind-differs", message, source.place("/kind"))
    if agreement.language == "en+ar":
        message = (
            "agreements in two columns cannot be made yet; write language: en or "
            "language: ar, and prepare the other as an agreement of its own"
        )
        place = source.place("/language")
        yield Finding(Severity.ERROR, "two-languages", message, place)


def _template_chain(
    name: str, library: Library, source: SourceFile
) -> tuple[tuple[TemplateSource, ...], Finding | None]:
    """Return the templates from the most general down to the one named."""
    chain: list[TemplateSource] = []
    wanted: str | None = name
    while wanted is not None:
        template = library.templates.get(wanted)
        origin = source.place("/template")
        if template is None and wanted in library.faulty:
            return (), faulty_template(wanted, library.faulty[wanted], origin)
        if chain and (template is None or template in chain):
            fault = chain[0].source.place("/parent")
            return (), faulty_template(chain[0].name, fault, origin)
        if template is None:
            hint = nearest(wanted, list(library.templates))
            message = f'there is no template "{wanted}"' + (
                f'; did you mean "{hint}"?' if hint else ""
            )
            return (), Finding(Severity.ERROR, "unknown-template", message, origin)
        chain.insert(0, template)
        wanted = template.template.parent
    return tuple(chain), None


def template_defaults(name: str, library: Library) -> dict[str, Any]:
    """Return the merged defaults of a template and those above it, as text."""
    merged: dict[str, Any] = {}
    wanted: str | None = name
    chain: list[TemplateSource] = []
    while wanted is not None and wanted in library.templates:
        chain.insert(0, library.templates[wanted])
        wanted = library.templates[wanted].template.parent
    for template in chain:
        merged = _merge(merged, _defaults(template))
    return merged


def _defaults(template: TemplateSource) -> dict[str, Any]:
    """Return the defaults of one template, without what only agreements say."""
    given = template.template.defaults
    return {name: value for name, value in given.items() if name not in NO_DEFAULTS}


def _merge(upper: dict[str, Any], lower: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(upper)
    for name, value in lower.items():
        above = merged.get(name)
        is_part = isinstance(value, dict) and name not in TAKEN_WHOLE
        if is_part and isinstance(above, dict):
            merged[name] = _merge(above, value)
        elif value is not None or name not in merged:
            merged[name] = value
    return merged


def _without_blanks(data: Any) -> Any:
    """Return data in which a field that shows nothing counts as not given."""
    if isinstance(data, dict):
        return {
            name: None if is_blank(inner) else _without_blanks(inner)
            for name, inner in data.items()
        }
    return [_without_blanks(item) for item in data] if isinstance(data, list) else data


class _Merging:
    """Merges the defaults of a chain of templates and the agreement's own data."""

    def __init__(
        self, source: SourceFile, chain: tuple[TemplateSource, ...], library: Library
    ) -> None:
        self.source, self.chain, self.library = source, chain, library
        self.findings: list[Finding] = []

    def merged(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        locks: dict[str, Origin] = {}
        for template in self.chain:
            below = _merge(data, _defaults(template))
            data = self.keep_locked(data, below, locks, template.source, True)
            for at, lock in enumerate(template.template.lock):
                if is_path(lock):
                    locks.setdefault(lock, template.source.place_at(("lock", at)))
            data["kind"] = template.template.kind
        self.findings += _without_effect(locks, data, self.library.values)
        own = {
            name: value for name, value in self.source.data.items() if name != "clauses"
        }
        merged = self.keep_locked(data, _merge(data, own), locks, self.source, False)
        return {**merged, "clauses": self.source.data.get("clauses") or {}}

    def keep_locked(
        self,
        upper: dict[str, Any],
        merged: dict[str, Any],
        locks: Mapping[str, Origin],
        source: SourceFile,
        is_template: bool,
    ) -> dict[str, Any]:
        """Put locked values back, with a finding that names both places."""
        for pattern, lock in locks.items():
            for path in matching_paths(upper, pattern):
                locked = look_up(upper, path)
                if locked is None or _found(merged, path) == locked:
                    continue
                merged = put_back(upper, merged, split_path(path))
                self.findings.append(
                    Finding(
                        Severity.ERROR,
                        "locked-value-altered",
                        f"{path} is locked by {lock} and cannot be changed here; leave "
                        "it as it is, or ask whoever keeps that template to lift the "
                        "lock",
                        source.place(f"/defaults{path}" if is_template else path),
                    )
                )
        return merged

    def place(self, steps: Sequence[str | int]) -> Origin:
        """Return where the value at these steps was written."""
        own = self.source.place_at(steps)
        if _has(self.source.data, steps):
            return own
        for template in reversed(self.chain):
            if _has(template.source.data, ("defaults", *steps)):
                found = template.source.place_at(("defaults", *steps))
                return replace(found, path=found.path.removeprefix("/defaults"))
        return own


def _has(data: Any, steps: Sequence[str | int]) -> bool:
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _found(data: dict[str, Any], path: str) -> Any:
    try:
        return look_up(data, path)
    except KeyError:
        return None


def _without_effect(
    locks: Mapping[str, Origin],
    data: Mapping[str, Any],
    rules: Mapping[str, ValueRule],
) -> Iterator[Finding]:
    """Find locks on values that no template sets.

    An address that no agreement has is a fault of the library, reported there.
    """
    for pattern, place in locks.items():
        if address_fault(pattern, rules) is not None:
            continue
        paths = matching_paths(data, pattern)
        if all(look_up(data, path) is None for path in paths):
            message = (
                f"the lock names {pattern}, which no template sets; set it under "
                "defaults, or delete the lock"
            )
            yield Finding(Severity.ERROR, "lock-without-effect", message, place)
