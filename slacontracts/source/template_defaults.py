"""Templates and the rules of declared values in; defaults that no agreement bears out.

A template sets a part of an agreement. What is missing may still be given below it;
what is there must be of its type, whether an agreement uses the template or not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin
from slacontracts.model.library import TemplateSource
from slacontracts.model.paths import Step, look_up, split_path
from slacontracts.source.agreement import type_agreement
from slacontracts.source.model_faults import MISSING_FIELD, UNKNOWN_FIELD, Place

_OF_A_SUM = frozenset({"amount", "currency"})
# Every agreement has these; no template does.
_OWN = {"id": "SLA-2026-0001", "template": "corporate/standard"}


def default_faults(
    templates: Mapping[str, TemplateSource], rules: Mapping[str, ValueRule]
) -> Iterator[Finding]:
    """Find defaults of a wrong type or value, at their place in the template.

    rules: the values that clauses declare. Unknown names are found elsewhere, with
    the other addresses of a template.
    """
    for template in templates.values():
        defaults = template.template.defaults
        if not defaults:
            continue
        place = _place_in(template)
        _, findings = type_agreement({**defaults, **_OWN}, rules, place)
        for finding in findings:
            if not _may_be_completed(finding, defaults):
                yield finding


def _place_in(template: TemplateSource) -> Place:
    """Return what gives the place of a default, as an agreement that has it does."""

    def place(steps: Sequence[Step]) -> Origin:
        found = template.source.place_at(("defaults", *steps))
        return replace(found, path=found.path.removeprefix("/defaults"))

    return place


def _may_be_completed(finding: Finding, defaults: Mapping[str, Any]) -> bool:
    """Tell whether an agreement can still make good what is found.

    Fields are merged one by one; a list is taken whole, so its items are complete.
    """
    if finding.code == UNKNOWN_FIELD:
        return True
    if finding.code == MISSING_FIELD:
        return not _is_in_a_list(finding.origin.path, defaults)
    try:
        found = look_up(defaults, finding.origin.path)
    except KeyError:
        return False
    return isinstance(found, dict) and set(found) < _OF_A_SUM


def _is_in_a_list(path: str, defaults: Mapping[str, Any]) -> bool:
    found: Any = defaults
    for step in split_path(path):
        if isinstance(found, list):
            return True
        found = found.get(step) if isinstance(found, dict) else None
    return False
