"""Two versions in; what became of agreed figures, and for whom, out.

Which way a figure is better, its range in the library says: what is preferred is
good for whoever sells the services, unless the range names another side.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from slacontracts.checks.facts import Facts
from slacontracts.compare.favours import OTHER, by_size, for_customer
from slacontracts.compare.impact_on_levels import seconds_of
from slacontracts.compare.plain_words import value_name, value_said
from slacontracts.compare.read_values import read_value
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.change import Favour, Impact
from slacontracts.model.clause import ValueRule
from slacontracts.model.paths import split_path, step_name

TERMS: Final = "terms"
# What more of it is for the customer, where no range of the library says so; what
# binds both parties alike is good for neither, whatever its range.
_MORE_IS: Final[Mapping[str, Favour]] = {
    "/liability/minimum_cap": "better",
    "/rates/day": "worse",
    "/term/initial": "neutral",
    "/term/notice": "neutral",
    "/term/renewal_period": "neutral",
    "/termination/remedy_days": "neutral",
    "/confidentiality/years": "neutral",
    "/dispute/meeting_days": "neutral",
    "/dispute/mediation_days": "neutral",
    "/dispute/settle_days": "neutral",
    "/force_majeure/end_days": "neutral",
    "/notices_rules/courier_days": "neutral",
}
_OF_LAW: Final = "/governing_law/"  # told as a whole, in impact_on_parties
_RANGE: Final = re.compile(r"(<=|>=|<|>)\s+.+")


def of_terms(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield which of the figures that clauses read became better, and for whom."""
    rules = {**old.library.values, **new.library.values}
    for pattern, rule in rules.items():
        if pattern.startswith(_OF_LAW):
            continue
        was, now = (dict(_found(facts.data, pattern)) for facts in (old, new))
        for path in dict.fromkeys((*now, *was)):
            values = was.get(path), now.get(path)
            if values[0] == values[1] or not _is_figure(rule):
                continue
            yield _of_term(path, pattern, rule, values)


def _is_figure(rule: ValueRule) -> bool:
    return rule.type not in ("text", "date")


def _of_term(
    path: str, pattern: str, rule: ValueRule, values: tuple[Any, Any]
) -> Impact:
    was, now = values
    name = value_name(path, rule)
    said = [value_said(value, rule) for value in values]
    if was is None or now is None:
        came = now is not None
        words = (
            f"{name} is {said[1]}, nothing before"
            if came
            else (f"{name} is no longer stated; it was {said[0]}")
        )
        return Impact(TERMS, words, path=path)
    words = f"{name} is {said[1]} instead of {said[0]}"
    favour = _favour_of_customer(pattern, rule, was, now)
    return for_customer(TERMS, words, favour, path)


def _favour_of_customer(pattern: str, rule: ValueRule, old: Any, new: Any) -> Favour:
    more_is = _MORE_IS.get(pattern)
    sizes = _size(old), _size(new)
    has_sizes = sizes[0] is not None and sizes[1] is not None
    if more_is is not None and has_sizes:
        return by_size(*sizes, more_is=more_is)
    if rule.preferred is None:
        return "neutral"
    found = _RANGE.fullmatch(rule.preferred)
    favour: Favour = "neutral"
    if found is not None and has_sizes:
        favour = by_size(*sizes, more_is="better" if ">" in found[1] else "worse")
    elif found is None:
        hits = [read_value(one, rule, "en") == rule.preferred for one in (old, new)]
        favour = by_size(*hits)
    return favour if rule.side == "customer" else OTHER[favour]


def _size(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Duration):
        return seconds_of(value)
    if isinstance(value, Money):
        return value.amount
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _found(data: Any, pattern: str) -> Iterator[tuple[str, Any]]:
    """Yield the addresses that a pattern means, with the values that are set there."""
    yield from _matching(data, split_path(pattern), "")


def _matching(
    data: Any, steps: tuple[str, ...], path: str
) -> Iterator[tuple[str, Any]]:
    if not steps:
        if data is not None and not isinstance(data, dict | list | tuple):
            yield path, data
        return
    first, rest = steps[0], steps[1:]
    for name, inner in _items(data):
        if first in ("*", name):
            yield from _matching(inner, rest, f"{path}/{name}")


def _items(data: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping):
        yield from ((str(name), inner) for name, inner in data.items())
    elif isinstance(data, list | tuple):
        for index, item in enumerate(data):
            yield str(step_name(item, index)), item
