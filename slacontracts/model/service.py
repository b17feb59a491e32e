"""A measured service: targets, hours, credits, price, sites and responsibilities."""

import re
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema, model_validator

from slacontracts.model.amounts import Money
from slacontracts.model.scalars import (
    Amount,
    Count,
    Currency,
    Day,
    Email,
    Goal,
    Key,
    Percent,
    Phone,
    SourceModel,
    Span,
    YesNo,
    Zone,
    of_type,
)

Metric = Literal[
    "availability",
    "response-time",
    "resolution-time",
    "error-rate",
    "percentile",
    "count-ratio",
    "deadline",
]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = re.compile(rf"({'|'.join(WEEK)})(-({'|'.join(WEEK)}))?")
_CLOCK = re.compile(
    r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
)


def _read_days_of_week(text: Any) -> str:
    days = of_type(text, str)
    if not _DAYS.fullmatch(days):
        raise ValueError(
            f'"{days}" is not a day or range of days; write mon or sun-thu'
        )
    return days


def _read_clock_range(text: Any) -> str:
    hours = of_type(text, str)
    if not _CLOCK.fullmatch(hours):
        raise ValueError(f'"{hours}" is not a time range; write "08:00-17:00"')
    start, end = hours.split("-")
    if start >= end:
        raise ValueError(f'"{hours}" ends before it starts')
    return hours


_SCHEMA_TEXT = WithJsonSchema({"type": "string"})
DaysOfWeek = Annotated[str, PlainValidator(_read_days_of_week), _SCHEMA_TEXT]
ClockRange = Annotated[str, PlainValidator(_read_clock_range), _SCHEMA_TEXT]


class Outcome(SourceModel):
    """What the customer gets from a service, in the customer's words."""

    key: Key
    says: str
    owner: str | None = None
    measured_by: str | None = None


class Exclusion(SourceModel):
    """Time that does not count as downtime; cap per window, notice before it."""

    kind: Literal[
        "scheduled-maintenance",
        "emergency-maintenance",
        "customer-cause",
        "force-majeure",
    ]
    cap: Span | None = None
    notice: Span | None = None


class MeasurementSource(SourceModel):
    """Which system measures, and which party runs it."""

    system: str
    party: Key


class Target(SourceModel):
    """A service level objective.

    target: a decimal in `unit`, or an ISO 8601 span for times and deadlines.
    hours: key of a profile in `hours`. outcome: key of an outcome served.
    priority: key of an incident priority, for response and resolution times.
    after: the event from which a deadline runs. condition: when it applies.
    """

    key: Key
    metric: Metric
    title: str | None = None
    target: Goal | None = None
    unit: Literal["percent", "minutes", "hours", "milliseconds", "count"] | None = None
    percentile: Percent | None = None
    window: (
        Literal[
            "calendar-month", "calendar-quarter", "rolling-30-days", "calendar-year"
        ]
        | None
    ) = None
    hours: Key | None = None
    outcome: Key | None = None
    priority: Key | None = None
    after: str | None = None
    condition: str | None = None
    warn_at: Goal | None = None
    exclusions: tuple[Exclusion, ...] = ()
    source: MeasurementSource | None = None
    supported_by: tuple[str, ...] = ()


class CreditTier(SourceModel):
    """A band: below this figure, this percentage of the basis is credited."""

    below: Percent
    credit: Percent


class ServiceCredits(SourceModel):
    """The credits of one service; the cap and claims rules stand in `/credits`."""

    basis: Literal["monthly-fee", "quarterly-fee", "annual-fee"] = "monthly-fee"
    mode: Literal["banded"] = "banded"
    target: Key | None = None
    tiers: tuple[CreditTier, ...] = ()


class Price(SourceModel):
    """What a service costs; amount net of tax, per month, quarter, year or once."""

    model: Literal["monthly", "quarterly", "annual", "one-off", "per-user-month"] = (
        "monthly"
    )
    amount: Amount | None = None
    currency: Currency | None = None
    includes: str | None = None

    @model_validator(mode="after")
    def _has_the_decimals_of_its_currency(self) -> "Price":
        if self.amount is not None and self.currency is not None:
            Money(self.amount, self.currency)
        return self


class Site(SourceModel):
    """A place where a service is delivered, with its own hours and targets."""

    key: Key
    name: str | None = None
    hours: Key | None = None
    targets: dict[Key, Goal] = {}


class Responsibility(SourceModel):
    """One line of a RACI table; each field names a party's role."""

    task: str
    responsible: str | None = None
    accountable: str | None = None
    consulted: str | None = None
    informed: str | None = None


class Service(SourceModel):
    """One service of the agreement, measured on its own."""

    key: Key
    name: str | None = None
    catalogue: str | None = None
    says: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    targets: tuple[Target, ...] = ()
    credits: ServiceCredits | None = None
    price: Price | None = None
    sites: tuple[Site, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()


class Holiday(SourceModel):
    """A day without service hours; provisional until it is announced."""

    on: Day
    name: str | None = None
    provisional: YesNo = False


class HoursProfile(SourceModel):
    """Service hours: a time zone, time ranges by days of the week, holidays."""

    timezone: Zone
    name: str | None = None
    week: dict[DaysOfWeek, tuple[ClockRange, ...]]
    holidays: tuple[Holiday, ...] = ()


class Priority(SourceModel):
    """An incident priority: its name and what makes an incident one."""

    key: Key
    name: str | None = None
    says: str
    escalate_after: Span | None = None


class Contact(SourceModel):
    """Whom to call: for what, at which escalation level, how, and when."""

    key: Key
    party: Key
    purpose: str
    level: Count | None = None
    name: str | None = None
    phone: Phone | None = None
    email: Email | None = None
    hours: Key | None = None
