"""Clauses and templates that name each other in; names that lead nowhere out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import TemplateSource
from slacontracts.model.paths import Step, join_path
from slacontracts.model.template import LEVELS, NO_DEFAULTS
from slacontracts.source.addresses import (
    AGREEMENT_FIELDS,
    address_fault,
    names_at,
    rule_tree,
)
from slacontracts.source.clause_folder import ClauseFolder
from slacontracts.source.model_faults import (
    UNKNOWN_FIELD,
    WRONG_VALUE,
    error_at,
    unknown_field,
)
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
        yield from _defaults(template, rules)
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
    short_form = template.template.short_form
    for index, key in enumerate(short_form.clauses if short_form else ()):
        if key not in keys:
            origin = place(("short_form", "clauses", index))
            yield _unknown_clause(key, origin, keys)
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


def _defaults(
    template: TemplateSource, rules: Mapping[str, ValueRule]
) -> Iterator[Finding]:
    """Find defaults that belong to one agreement, or that no agreement has."""
    for name in template.template.defaults:
        if name in NO_DEFAULTS:
            origin = template.source.place_at(("defaults", name))
            remedy = (
                "write kind beside the level of the template"
                if name == "kind"
                else "delete it, and write it in the agreement"
            )
            message = f'"{name}" belongs to one agreement and is no default; {remedy}'
            yield error_at(origin, WRONG_VALUE, message)
    unknown = dict.fromkeys(_unknown(template.template.defaults, (), rules))
    for steps in unknown:
        found = template.source.place_at(("defaults", *steps))
        # as an agreement that has the default reports it, so that it counts once
        origin = replace(found, path=found.path.removeprefix("/defaults"))
        known = _known_at(steps[:-1], rules)
        yield unknown_field(str(steps[-1]), origin, known)


def _unknown(
    data: object, steps: tuple[Step, ...], rules: Mapping[str, ValueRule]
) -> Iterator[tuple[Step, ...]]:
    """Yield the steps of every field in nested data that no agreement has.

    What stands where a single value is due is of a wrong type, and no field.
    """
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _unknown(item, (*steps, index), rules)
    elif isinstance(data, dict):
        for name, inner in data.items():
            below = (*steps, name)
            if address_fault(join_path(below), rules) is None or (
                not steps and name in rule_tree(rules)
            ):
                yield from _unknown(inner, below, rules)
            elif _known_at(steps, rules):
                yield below


def _known_at(
    steps: tuple[Step, ...], rules: Mapping[str, ValueRule]
) -> tuple[str, ...]:
    """Return the names of the fields that an agreement may have below these steps."""
    tree: object = rule_tree(rules)
    if not steps:
        return (*AGREEMENT_FIELDS, *rule_tree(rules))
    if steps[0] in AGREEMENT_FIELDS:
        return names_at(Agreement, steps)
    for step in steps:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tuple(tree) if isinstance(tree, dict) else ()


def _parents(
    template: TemplateSource,
    templates: Mapping[str, TemplateSource],
    names: Collection[str],
) -> Iterator[Finding]:
    parent = template.template.parent
    if parent is None:
        yield from _orphan(template)
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


def _orphan(template: TemplateSource) -> Iterator[Finding]:
    """Find a template below the corporate level that stands under none."""
    level = template.template.level
    if level != LEVELS[0]:
        message = (
            f"this template of level {level} has no parent, so that nothing holds in "
            "it that corporate templates give or lock; add parent: corporate/NAME"
        )
        place = template.source.place("/level")
        yield Finding(Severity.WARNING, "template-without-parent", message, place)


def _unknown_clause(key: str, origin: Origin, keys: Collection[str]) -> Finding:
    near = nearest(key, keys)
    meant = f'; did you mean "{near}"?' if near else ""
    message = f'there is no clause "{key}" in the library{meant}'
    return error_at(origin, "unknown-clause", message)
