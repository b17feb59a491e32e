"""The check of meanings: one value that is read as two different things.

Two places read a value differently when it is counted in different units ("30 days",
"30 months", "30%"), or when one place gives it as the time to pay an invoice and
another as the length of a notice. Both are known from the words that stand right
beside the value; anything further off would raise false alarms.
"""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Facts, ValueUse
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import OPAQUE
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

TWO_MEANINGS = Fault(
    "value-with-two-meanings",
    Severity.WARNING,
    summary="One value is used for two things: counted in different units, or as the "
    "time to pay in one clause and as the length of a notice in another. When one of "
    "the two is negotiated, the other changes with it, unnoticed.",
    example="{{ invoicing.due_days | days }} after receipt of the invoice, and in "
    "another clause: at least {{ invoicing.due_days | days }} notice.",
    remedy="Declare a value of its own for each thing.",
)

_UNITS = {
    "days": "day",
    "hours": "hour",
    "percent": "percent",
    "money": "money",
    "date": "date",
}
_UNIT_AFTER = re.compile(
    r"[ \u00a0-]?(%|(?:per ?cent|business day|day|hour|minute|month|year|week)(?=s?\b))"
)
_NOTICE_AFTER = re.compile(r"['’]?s?['’]? (?:prior |written |prior written )?notice\b")
_NOTICE_BEFORE = re.compile(
    r"\bnotice (?:period )?of (?:at least |not less than |no less than )?$"
)
_PAYMENT_AFTER = re.compile(r" after (?:receipt|the date|the day)[^.;]{0,20} invoice\b")
_PAYMENT_BEFORE = re.compile(r"\b(?:pay|paid|payable|due)\b[^.;:]{0,60} within $")


def values_with_two_meanings(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find values that are read as two different things."""
    first: dict[tuple[str, str], tuple[str, ValueUse]] = {}
    reported: set[str] = set()
    for use, text, start in _places(facts):
        for kind, meaning in _meanings(use, text, start):
            key = (use.value.path, kind)
            earlier, where = first.setdefault(key, (meaning, use))
            if earlier == meaning or use.value.path in reported:
                continue
            reported.add(use.value.path)
            clause, other = use.passage.clause, where.passage.clause
            yield TWO_MEANINGS.at(
                facts.find(clause, use.value.path[1:].replace("/", ".")),
                f'{use.value.path} is {meaning} in "{clause.title}" and {earlier} in '
                f'"{other.title}"; declare a value for each',
            )


def _places(facts: Facts) -> Iterator[tuple[ValueUse, str, int]]:
    """Yield printed values outside tables with their passage and place in it."""
    for use in facts.values:
        if not use.passage.is_cell:
            yield use, use.passage.text, use.start


def _meanings(use: ValueUse, text: str, start: int) -> Iterator[tuple[str, str]]:
    """Yield (kind of meaning, meaning) of a value where it is printed."""
    before, after = text[:start], text[start + len(OPAQUE) :]
    unit = _UNITS.get(use.value.form)
    if unit is None and use.value.form in ("number", "words"):
        found = _UNIT_AFTER.match(after)
        unit = found[1].replace("%", "percent").replace(" c", "c") if found else None
    if unit is not None:
        yield "unit", f"a number of {unit}s" if unit != "percent" else "a percentage"
    if _NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before):
        yield "purpose", "the length of a notice"
    elif _PAYMENT_AFTER.match(after) or _PAYMENT_BEFORE.search(before):
        yield "purpose", "a time to pay"


CHECKS = (Check(values_with_two_meanings, (TWO_MEANINGS,)),)
