"""An address, a value or a range of the library in; how people say it out."""

import re
from typing import Any, Final

from slacontracts.checks.ranges import in_words
from slacontracts.compare.read_values import read_value
from slacontracts.model.clause import ValueRule
from slacontracts.model.paths import split_path
from slacontracts.source.agreement import type_value

_UNIT_AT_END: Final = re.compile(
    r"_(percent|minutes|hours|days|weeks|months|years|every)$"
)


def spaced(word: str) -> str:
    """Return a key as words: "service-owner" gives "service owner"."""
    return word.replace("_", " ").replace("-", " ")


def value_name(path: str, rule: ValueRule | None = None) -> str:
    """Return what a value is called: "/credits/claim_days" gives "credits: claim"."""
    if rule is not None and rule.title and "en" in rule.title:
        return rule.title["en"]
    group, *rest = split_path(path)
    last = _UNIT_AT_END.sub("", rest[-1]) if rest else ""
    said = ", ".join((*rest[:-1], last)) if rest else ""
    return spaced(f"{group}: {said}" if said else group)


def value_said(value: Any, rule: ValueRule) -> str:
    """Return a value as people say it, one of some choices without hyphens."""
    said = read_value(value, rule, "en")
    return spaced(said) if rule.type == "choice" else said


def range_said(written: str, rule: ValueRule) -> str:
    """Return a range as people say it: ">= P90D" gives "at least 90 days"."""

    def figure(text: str) -> str:
        try:
            return value_said(type_value(rule, text), rule)
        except ValueError:
            return text

    return in_words(written, figure)
