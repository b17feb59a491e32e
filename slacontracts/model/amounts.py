"""Spans of time and sums of money, as agreements state them."""

import re
from dataclasses import dataclass
from decimal import Decimal

_ISO_DURATION = re.compile(
    r"P(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,4})M)?"
    r"(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,5})M)?"
    r"(?:(?P<seconds>[0-9]{1,5})S)?)?",
    re.ASCII,
)

LONGEST_DAYS = 36_160  # 99 years, and so no sum of spans leaves the calendar
_DAYS_OF_A_MONTH = 30.4375

# ISO 4217 minor units; two decimals unless listed. A currency that is not in
# CURRENCIES is refused, so that a typing error never becomes a price.
CURRENCIES: dict[str, int] = {
    "AED": 2, "AUD": 2, "BHD": 3, "CAD": 2, "CHF": 2, "CNY": 2, "CZK": 2, "DKK": 2,
    "EGP": 2, "EUR": 2, "GBP": 2, "HKD": 2, "HUF": 2, "ILS": 2, "INR": 2, "IQD": 3,
    "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "LBP": 2, "MAD": 2, "MXN": 2, "NOK": 2,
    "NZD": 2, "OMR": 3, "PKR": 2, "PLN": 2, "QAR": 2, "RON": 2, "SAR": 2, "SEK": 2,
    "SGD": 2, "TND": 3, "TRY": 2, "USD": 2, "ZAR": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """An ISO 8601 span as written: P36M stays thirty-six months, never days.

    Calendar parts (years, months) and clock parts are kept apart, because a
    month has no fixed length. Weeks are kept as days.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return self.years * 12 + self.months

    @property
    def total_seconds(self) -> int:
        """Days and clock parts in seconds; calendar parts are not counted."""
        return ((self.days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds

    def __str__(self) -> str:
        date_part = "".join(
            f"{count}{letter}"
            for count, letter in (
                (self.years, "Y"),
                (self.months, "M"),
                (self.days, "D"),
            )
            if count
        )
        time_part = "".join(
            f"{count}{letter}"
            for count, letter in (
                (self.hours, "H"),
                (self.minutes, "M"),
                (self.seconds, "S"),
            )
            if count
        )
        return (
            f"P{date_part}{'T' if time_part else ''}{time_part}"
            if (date_part or time_part)
            else "P0D"
        )


def read_duration(text: str) -> Duration:
    """Read an ISO 8601 span such as P36M, P90D, PT4H or P2W, of 99 years at most.

    Raises ValueError with a remedy when the text is anything else.
    """
    match = _ISO_DURATION.fullmatch(text)
    if match is None or text in ("P", "PT"):
        raise ValueError(
            f'"{text}" is not a span of time; write P36M for 36 months, '
            "P90D for 90 days, PT4H for 4 hours, PT30M for 30 minutes"
        )
    parts = {name: int(count or 0) for name, count in match.groupdict().items()}
    parts["days"] += 7 * parts.pop("weeks")
    span = Duration(**parts)
    days = span.total_months * _DAYS_OF_A_MONTH + span.total_seconds / 86_400
    if days > LONGEST_DAYS:
        raise ValueError(
            f'"{text}" is longer than 99 years; write a shorter span, such as P36M '
            "for 36 months"
        )
    return span


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in one currency, with no more decimals than the currency has."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise ValueError(
                f'"{self.currency}" is not a known currency; write its three-letter '
                "ISO 4217 code, such as EUR, SAR or KWD"
            )
        exponent = self.amount.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > CURRENCIES[self.currency]:
            raise ValueError(
                f"{self.amount} has more decimals than {self.currency} allows "
                f"({CURRENCIES[self.currency]})"
            )
