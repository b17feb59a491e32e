"""Typed values in, cells of a table out; every printed value keeps its address."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from slacontracts import formats
from slacontracts.compose.tables.labels import label
from slacontracts.model.agreement import Agreement
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import Language
from slacontracts.model.document import Blank, Inline, Row, Value, Words
from slacontracts.model.service import WEEK, HoursProfile, Price, Service, Target
from slacontracts.text import is_blank

Line: TypeAlias = tuple[Inline, ...]
Cell: TypeAlias = tuple[Line, ...]
EMPTY: Cell = ((),)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table is made from: the agreement, the language, the digits.

    clauses: the keys of the clauses that the agreement has.
    """

    agreement: Agreement
    language: Language
    digits: str
    clauses: frozenset[str] = frozenset()

    def say(self, key: str) -> Words:
        """Return fixed words of the table's language."""
        return Words(label(key, self.language))

    def words(self, key: str) -> str:
        """Return fixed words as text."""
        return label(key, self.language)

    def value(self, path: str, value: Any, form: str = "text") -> Inline:
        """Return a value as written, or a blank where there is none."""
        if is_blank(value):
            return Blank(path, form)
        return Value(path, self.written(form, value), form)

    def written(self, form: str, value: Any) -> str:
        """Return a computed value as text; it has no address of its own."""
        return formats.write(form, value, self.language, self.digits)

    def goal(self, path: str, goal: Decimal | Duration | None, target: Target) -> Line:
        """Return a target's figure with its unit."""
        if isinstance(goal, Duration):
            return (self.value(path, goal, "duration"),)
        if goal is None or target.unit in ("percent", None):
            return (self.value(path, goal, "percent"),)
        unit = "hours-unit" if target.unit == "hours" else target.unit
        number = self.value(path, goal, "number")
        return (
            (number,)
            if unit == "count"
            else (number, Words(f" {self.words(unit or '')}"))
        )

    def share(self, path: str, target: Target) -> Line:
        """Return the share of cases that the figure is for: " in 95% of all cases"."""
        if target.percentile is None:
            return ()
        percentile = self.value(f"{path}/percentile", target.percentile, "percent")
        end = Words(f" {self.words('of-all-cases')}")
        return (Words(f" {self.words('in')} "), percentile, end)

    def bounded(self, path: str, target: Target) -> Line:
        """Return the figure of the target at a path with "at least" or "at most"."""
        is_floor = (
            not isinstance(target.target, Duration)
            and target.unit in ("percent", None)
            and target.metric != "error-rate"
        )
        bound = self.words("at-least" if is_floor else "at-most")
        figure = self.goal(f"{path}/target", target.target, target)
        return (Words(f"{bound} "), *figure, *self.share(path, target))

    def price(self, service: Service) -> Inline:
        """Return the price of a service, or a blank."""
        path = f"/services/{service.key}/price/amount"
        return self.value(path, money(service.price), "money")

    def hours(self, key: str) -> Cell:
        """Return the service hours of a profile, one line for each range of days."""
        profile = self.agreement.hours.get(key)
        if profile is None:
            return ((Blank(f"/hours/{key}"),),)
        if is_round_the_clock(profile):
            return ((self.say("all-hours"),),)
        lines: list[Line] = []
        for days, ranges in profile.week.items():
            line: list[Inline] = [Words(f"{self.days(days)} ")]
            for at, clock in enumerate(ranges):
                if at:
                    line.append(Words(self.words("comma")))
                line += self.clock(f"/hours/{key}/week/{days}/{at}", clock)
            lines.append(tuple(line))
        return tuple(lines)

    def clock(self, path: str, clock: str) -> list[Inline]:
        """Return a time range in words, so that Arabic text keeps its order."""
        start, end = clock.split("-")
        return [Value(path, f"{start} {self.words('to')} {end}", "clock")]

    def days(self, days: str) -> str:
        """Return a range of days in words: "Sunday to Thursday"."""
        first, _, last = days.partition("-")
        if not last:
            return self.words(first)
        return f"{self.words(first)} {self.words('to')} {self.words(last)}"


def money(price: Price | None) -> Money | None:
    """Return a price's sum, or None while amount or currency is unknown."""
    if price is None or price.amount is None or price.currency is None:
        return None
    return Money(price.amount, price.currency)


def is_round_the_clock(profile: HoursProfile) -> bool:
    """Tell whether the hours are every hour of every day, without holidays."""
    whole_week = {f"{WEEK[0]}-{WEEK[-1]}": ("00:00-24:00",)}
    return dict(profile.week) == whole_week and not profile.holidays


def cell(*inlines: Inline) -> Cell:
    """Return a cell of one line."""
    return (inlines,)


def fact(name: str, *lines: Line, key: str) -> Row:
    """Return a row of a fact sheet: its name and what there is to say."""
    return Row((cell(Words(name, bold=True)), lines), key=key)


def group(title: str, key: str) -> Row:
    """Return a row over the whole width that names the rows below it."""
    return Row((cell(Words(title, bold=True)),), is_group=True, key=key)


def service_name(service: Service) -> str:
    """Return what a service is called in tables."""
    return service.name or service.key.replace("-", " ").capitalize()
