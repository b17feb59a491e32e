"""A range that the library states and a typed value in, whether it fits out.

A range is a comparison or a value: "<= 25", ">= P12M", "> 2026-12-31", "yes",
"customer". The operators are <=, >=, <, >, == and !=, each followed by a space;
what follows is written as the value itself is in agreement.yaml. The library
reports a range that cannot be read when it is read.
"""

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from slacontracts.model.amounts import Duration
from slacontracts.model.clause import ValueRule
from slacontracts.source.agreement import type_value

_COMPARISON = re.compile(r"(<=|>=|<|>|==|!=)\s+(.+)")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
_IN_WORDS = {
    "<=": "at most",
    ">=": "at least",
    "<": "less than",
    ">": "more than",
    "==": "exactly",
    "!=": "other than",
}
_SECONDS_OF_A_DAY = 86400
_SHORT_MONTH, _LONG_MONTH = 28, 31


def fits(written: str, rule: ValueRule, value: Any) -> bool | None:
    """Tell whether a value lies in a range; None where that cannot be said.

    A month has no fixed length: whether P90D is at most P3M cannot be said.
    """
    comparison = _COMPARISON.fullmatch(written)
    sign, figure = (comparison[1], comparison[2]) if comparison else ("==", written)
    try:
        bound = type_value(rule, figure)
    except ValueError:
        return None
    compare = _OPERATORS[sign]
    if not isinstance(value, Duration):
        return compare(value, bound)
    answers = {compare(days, 0) for days in _differences(value, bound)}
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=1024)
def _differences(one: Duration, other: Duration) -> tuple[float, ...]:
    """Return by how many days one span is longer, in short and in long months."""
    months = one.total_months - other.total_months
    days = (one.total_seconds - other.total_seconds) / _SECONDS_OF_A_DAY
    return tuple(months * length + days for length in (_SHORT_MONTH, _LONG_MONTH))


def in_words(written: str, say: Callable[[str], str] = str) -> str:
    """Return a range as people say it: "<= 25" gives "at most 25".

    say: returns its figure as people say that; else it stands as it is written.
    """
    comparison = _COMPARISON.fullmatch(written)
    if comparison is None:
        return say(written)
    return f"{_IN_WORDS[comparison[1]]} {say(comparison[2])}"
