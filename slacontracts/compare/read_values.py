"""Typed data of an agreement in; the same with every value as people read it out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from slacontracts.formats import write
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import Language, ValueRule
from slacontracts.model.paths import join_path, step_name

_PERCENT: Final = frozenset({"below", "credit", "percentile"})
_FIGURES: Final = frozenset({"target", "warn_at"})
_FORMS: Final = ((date, "date"), (Money, "money"), (Duration, "duration"))
_UNITS: Final = {"day": "days", "hour": "hours"}


def as_read(
    data: Mapping[str, Any], rules: Mapping[str, ValueRule], language: Language
) -> Any:
    """Return data with texts for values: "99.9%", "EUR 4,500.00", "30 days", "yes".

    rules: what the library declares of values, for their units. A value that is not
    set becomes "".
    """
    return _Reader(rules, language).read(data, ())


def read_value(value: Any, rule: ValueRule | None, language: Language) -> str:
    """Return one value as people read it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return write(form, value, language)
    if not isinstance(value, int | Decimal):
        return str(value)
    if rule is not None and rule.type == "percent":
        return write("percent", value, language)
    unit = (rule.unit if rule is not None else None) or ""
    if unit in _UNITS and isinstance(value, int):
        return write(_UNITS[unit], value, language)
    number = write("number", value, language)
    return _counted(number, unit, is_one=value == 1)


def read_figure(
    figure: Decimal | Duration, unit: str | None, language: Language
) -> str:
    """Return the figure of a target with its unit: "99.9%", "4 hours"."""
    if isinstance(figure, Duration):
        return write("duration", figure, language)
    if unit in (None, "percent"):
        return write("percent", figure, language)
    number = write("number", figure, language)
    return number if unit == "count" else f"{number} {unit}"


def _counted(number: str, unit: str, *, is_one: bool) -> str:
    return f"{number} {unit}{'' if is_one else 's'}" if unit else number


class _Reader:
    def __init__(self, rules: Mapping[str, ValueRule], language: Language) -> None:
        self.rules, self.language = rules, language

    def read(self, data: Any, steps: tuple[Any, ...]) -> Any:
        if isinstance(data, Mapping):
            return {
                name: self.field(data, name, value, (*steps, name))
                for name, value in data.items()
            }
        if isinstance(data, list | tuple):
            return [
                self.read(item, (*steps, step_name(item, index)))
                for index, item in enumerate(data)
            ]
        return read_value(data, self.rules.get(join_path(steps)), self.language)

    def field(
        self, holder: Mapping[str, Any], name: str, value: Any, steps: tuple[Any, ...]
    ) -> Any:
        """Return a field; what a figure is of, its neighbours say."""
        if not isinstance(value, Decimal) or isinstance(value, bool):
            return self.read(value, steps)
        currency = holder.get("currency")
        if name == "amount" and isinstance(currency, str):
            return write("money", Money(value, currency), self.language)
        if name in _PERCENT:
            return write("percent", value, self.language)
        if name in _FIGURES and "metric" in holder:
            return read_figure(value, holder.get("unit"), self.language)
        return self.read(value, steps)
