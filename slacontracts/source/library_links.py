"""Clauses and templates that name each other in; names that lead nowhere out."""

from collections.abc import Collection, Iterator, Mapping

from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin
from slacontracts.model.library import TemplateSource
from slacontracts.model.paths import Step, join_path
from slacontracts.model.template import LEVELS
from slacontracts.source.addresses import address_fault
from slacontracts.source.clause_folder import ClauseFolder
from slacontracts.source.model_faults import UNKNOWN_FIELD, error_at
from slacontracts.text import nearest


def clause_links(folder: ClauseFolder, keys: Collection[str]) -> Iterator[Finding]:
    """Find clauses that a clause requires or excludes and that are not in the library.

    keys: of all clauses, with those that have faults of their own.
    """
    if folder.clause is None or folder.source is None:
        return
    for name in ("requires", "conflicts"):
        for index, key in enumerate(getattr(folder.clause, name)):
            if key not in keys:
                yield _unknown_clause(key, folder.source.place_at((name, index)), keys)


def template_links(
    templates: Mapping[str, TemplateSource],
    keys: Collection[str],
    rules: Mapping[str, ValueRule],
    names: Collection[str],
) -> Iterator[Finding]:
    """Find clauses, parents and addresses that templates name and that do not exist.

    names: of all templates, with those that have faults of their own.
    """
    for template in templates.values():
        yield from _clauses(template, keys)
        yield from _addresses(template, rules)
        yield from _parents(template, templates, names)


def _clauses(template: TemplateSource, keys: Collection[str]) -> Iterator[Finding]:
    place = template.source.place_at
    for index, operation in enumerate(template.template.outline):
        for key in (
            operation.clause,
            operation.with_,
            operation.after,
            operation.before,
        ):
            if key is not None and key not in keys:
                yield _unknown_clause(key, place(("outline", index)), keys)
    for index, key in enumerate(template.template.schedules or ()):
        if key not in keys and f"schedule-{key}" not in keys:
            yield _unknown_clause(f"schedule-{key}", place(("schedules", index)), keys)
    for index, lock in enumerate(template.template.lock):
        if not lock.startswith("/") and lock not in keys:
            yield _unknown_clause(lock, place(("lock", index)), keys)


def _addresses(
    template: TemplateSource, rules: Mapping[str, ValueRule]
) -> Iterator[Finding]:
    place = template.source.place_at
    for index, lock in enumerate(template.template.lock):
        fault = address_fault(lock, rules) if lock.startswith("/") else None
        if fault is not None:
            yield error_at(place(("lock", index)), UNKNOWN_FIELD, fault)
    for index, question in enumerate(template.template.questions):
        fault = address_fault(question.path, rules)
        if fault is not None:
            yield error_at(place(("questions", index, "path")), UNKNOWN_FIELD, fault)
    for steps in _names(template.template.defaults, ()):
        fault = address_fault(join_path(steps), rules)
        if fault is not None:
            yield error_at(place(("defaults", *steps)), UNKNOWN_FIELD, fault)


def _names(data: object, steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Yield the steps of every field in nested data that holds no other field."""
    if isinstance(data, dict) and data:
        for name, inner in data.items():
            yield from _names(inner, (*steps, name))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for index, item in enumerate(data):
            yield from _names(item, (*steps, index))
    elif steps:
        yield steps


def _parents(
    template: TemplateSource,
    templates: Mapping[str, TemplateSource],
    names: Collection[str],
) -> Iterator[Finding]:
    parent = template.template.parent
    if parent is None:
        return
    origin = template.source.place("/parent")
    if parent not in names:
        near = nearest(parent, names)
        meant = f'; did you mean "{near}"?' if near else ""
        message = f'there is no template "{parent}"{meant}'
        yield error_at(origin, "unknown-template", message)
        return
    if parent not in templates:
        return  # it has faults of its own
    above, own = templates[parent].template.level, template.template.level
    if LEVELS.index(above) > LEVELS.index(own):
        message = f"a template of level {own} cannot have a parent of level {above}"
        yield error_at(origin, "template-level", message)
    seen = [template.name]
    while parent is not None and parent in templates and parent not in seen:
        seen.append(parent)
        parent = templates[parent].template.parent
    if parent == template.name:
        message = f"the parents go round in a circle: {' < '.join([*seen, parent])}"
        yield error_at(origin, "template-circle", message)


def _unknown_clause(key: str, origin: Origin, keys: Collection[str]) -> Finding:
    near = nearest(key, keys)
    meant = f'; did you mean "{near}"?' if near else ""
    message = f'there is no clause "{key}" in the library{meant}'
    return error_at(origin, "unknown-clause", message)
