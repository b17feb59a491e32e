"""Types of the scalars in source files: text in, typed value out, or a clear refusal.

Every YAML scalar arrives as text, so that 010, NO and 3.10 stay what was
written; the annotated types here give each field its one strict reading.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from slacontracts.model.amounts import CURRENCIES, Duration, Money, read_duration

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,8})?", re.ASCII)
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_ROLE = re.compile(r"(provider|customer|affiliate|guarantor)(-[2-9])?", re.ASCII)
_AGREEMENT_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{2,63}", re.ASCII)
_REVISION = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?", re.ASCII)
_TEMPLATE_NAME = re.compile(
    r"(corporate|customer|service)/[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII
)
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}", re.ASCII)
_DATA_PATH = re.compile(r"(/([A-Za-z0-9_-]+|\*))+", re.ASCII)  # "*": every item
# Letters of any script: an address may be in Arabic. No address needs more than this.
_EMAIL = re.compile(
    r"[^\W_](?:[\w.!#$&'*+/=?^`{|}~%-]{0,62}[\w+~-])?@"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])"
)
_PHONE = re.compile(
    r"\+?[(]?\d[\d ()./\xa0-]{1,38}\d\)?(?:[ ,]*(?:ext\.?|x|#|/)[ ]?\d{1,6})?", re.I
)
_WINDOWS_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789"}
)
# What no agreement needs is a slip of the pen. No date and no total that is made of
# what is accepted can pass the end of the calendar, or the digits that are printed.
_YEARS = range(1900, 2200)
_NO_AMOUNT = 10**15

T = TypeVar("T")


class SourceModel(BaseModel):
    """Base of every model read from YAML: frozen, and unknown fields are refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )


def read_decimal(text: Any) -> Decimal:
    """Read an exact decimal in ASCII digits; no exponent, no leading zeros."""
    if not isinstance(text, str):
        return of_type(text, Decimal)
    if not _DECIMAL.fullmatch(text):
        raise ValueError(
            f'"{_short(text)}" is not a decimal number; write digits with a point, '
            "such as 99.9 or 4500.00"
        )
    return Decimal(text) or Decimal(text.removeprefix("-"))  # zero has no sign


def read_amount(text: Any) -> Decimal:
    """Read a decimal of zero or more, and of 15 digits before the point at most."""
    number = read_decimal(text)
    if number.is_signed() or str(text).startswith("-"):
        raise ValueError(f"{text} is negative; write a number of zero or more")
    if number >= _NO_AMOUNT:
        raise ValueError(
            f"{number} has more than 15 digits before the point; correct it"
        )
    return number


def read_percent(text: Any) -> Decimal:
    """Read a percentage from 0 to 100, without the sign."""
    if isinstance(text, str) and text.endswith("%"):
        raise ValueError(f'"{_short(text)}" has a percent sign; write the number alone')
    number = read_decimal(text)
    if not 0 <= number <= 100:
        raise ValueError(f"{number} is not a percentage between 0 and 100")
    return number


def read_count(text: Any) -> int:
    """Read a whole number of zero or more in ASCII digits."""
    if not isinstance(text, str):
        return of_type(text, int)
    if not _COUNT.fullmatch(text):
        raise ValueError(
            f'"{_short(text)}" is not a whole number; write digits, such as 30'
        )
    return int(text)


def read_yes_no(text: Any) -> bool:
    """Read yes or no; nothing else is taken for either."""
    if not isinstance(text, str):
        return of_type(text, bool)
    if text not in ("yes", "no"):
        raise ValueError(f'"{_short(text)}" is neither yes nor no; write yes or no')
    return text == "yes"


def read_day(text: Any) -> date:
    """Read a calendar date written year first, 2026-12-01, from 1900 to 2199."""
    if not isinstance(text, str):
        return of_type(text, date)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f'"{_short(text)}" is not a date; write year-month-day of a day that '
            "exists, such as 2026-12-01"
        ) from None
    if day.year not in _YEARS:
        raise ValueError(f"{text} is not between 1900 and 2199; correct the year")
    return day


def read_span(text: Any) -> Duration:
    """Read an ISO 8601 span of time."""
    return read_duration(text) if isinstance(text, str) else of_type(text, Duration)


def read_goal(text: Any) -> Decimal | Duration:
    """Read a target's figure: a decimal, or a span when it starts with P."""
    if isinstance(text, Duration) or (isinstance(text, str) and text.startswith("P")):
        return read_span(text)
    return read_decimal(text)


def read_money(data: Any) -> Money:
    """Read a sum written as {amount, currency}."""
    if isinstance(data, dict):
        if set(data) != {"amount", "currency"}:
            raise ValueError('write a sum as {amount: "4500.00", currency: EUR}')
        return Money(read_amount(data["amount"]), read_currency(data["currency"]))
    if isinstance(data, str):
        raise ValueError('write a sum as {amount: "4500.00", currency: EUR}')
    return of_type(data, Money)


def read_key(text: Any) -> str:
    """Read a key: lower-case words joined by hyphens."""
    key = of_type(text, str)
    if not _KEY.fullmatch(key):
        raise ValueError(
            f'"{_short(key)}" is not a key; write lower-case letters, digits and '
            "single hyphens, such as web-hosting"
        )
    return key


def read_role(text: Any) -> str:
    """Read the role of a party: one of four words, numbered where there are several."""
    role = of_type(text, str)
    if not _ROLE.fullmatch(role):
        raise ValueError(
            f'"{_short(role)}" is not the role of a party; write provider, customer, '
            "affiliate or guarantor, and affiliate-2 for a second one"
        )
    return role


def read_agreement_id(text: Any) -> str:
    """Read an agreement's id: capitals, digits, hyphens; 3 to 64 characters."""
    name = of_type(text, str)
    if not _AGREEMENT_ID.fullmatch(name) or name in _WINDOWS_DEVICES:
        raise ValueError(
            f'"{_short(name)}" cannot be an id; write 3 to 64 capital letters, digits '
            "and hyphens, such as SLA-2026-0001"
        )
    return name


def read_revision(text: Any) -> str:
    """Read which library an agreement uses: a saved version's full id, or working."""
    revision = of_type(text, str)
    if revision != "working" and not _REVISION.fullmatch(revision):
        raise ValueError(
            f'"{_short(revision)}" is not a version of the library; give the full id '
            "of a saved version (40 characters), or working"
        )
    return revision


def read_template_name(text: Any) -> str:
    """Read the name of a template: its level and its own name."""
    name = of_type(text, str)
    if not _TEMPLATE_NAME.fullmatch(name):
        raise ValueError(
            f'"{_short(name)}" is not the name of a template; write its level and '
            "name, such as service/managed-hosting"
        )
    return name


def read_data_path(text: Any) -> str:
    """Read the address of a value: /term/initial."""
    path = of_type(text, str)
    if not _DATA_PATH.fullmatch(path):
        raise ValueError(
            f'"{_short(path)}" is not the address of a value; '
            "write it like /term/initial"
        )
    return path


def read_currency(text: Any) -> str:
    """Read an ISO 4217 code that the product knows."""
    code = of_type(text, str)
    if code not in CURRENCIES:
        raise ValueError(
            f'"{_short(code)}" is not a known currency; write its three-letter '
            "ISO 4217 code, such as EUR, SAR or KWD"
        )
    return code


def read_country(text: Any) -> str:
    """Read an ISO 3166 code of a country, or of a part of one."""
    code = of_type(text, str)
    if not _COUNTRY.fullmatch(code) or code == "UK":
        raise ValueError(
            f'"{_short(code)}" is not the code of a country; write two capital letters '
            "of ISO 3166, such as AE, SA or GB, or GB-SCT for a part of the country"
        )
    return code


def read_email(text: Any) -> str:
    """Read an e-mail address: something, an at sign, and a domain with a dot."""
    address = of_type(text, str)
    if not _EMAIL.fullmatch(address) or ".." in address:
        raise ValueError(
            f'"{_short(address)}" is not an e-mail address; write one such as '
            "legal@contoso.example"
        )
    return address


def read_phone(text: Any) -> str:
    """Read a telephone number: digits with +, spaces, ( ) - . / and an extension."""
    number = of_type(text, str)
    if not _PHONE.fullmatch(number):
        raise ValueError(
            f'"{_short(number)}" is not a telephone number; write digits and spaces, '
            "such as +353 1 555 0181 or +353 1 555 0181 ext. 12"
        )
    return number


def read_zone(text: Any) -> str:
    """Read an IANA time zone."""
    zone = of_type(text, str)
    if not _is_zone(zone):
        raise ValueError(
            f'"{_short(zone)}" is not a time zone; '
            "write an IANA name such as Asia/Riyadh"
        )
    return zone


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    # Asking for one zone reads one small file; listing them all reads six hundred.
    from zoneinfo import ZoneInfo

    if name == "Factory" or not _ZONE.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def of_type(found: Any, wanted: type[T]) -> T:
    """Return what was found; a list or fields where a value is due are refused."""
    if isinstance(found, wanted):
        return found
    raise PydanticCustomError("text_expected", "text expected")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _reads(read: Callable[[Any], Any]) -> PlainValidator:
    return PlainValidator(read)


def _pattern(pattern: re.Pattern[str], plain: str = "") -> WithJsonSchema:
    """Return what editors are told; plain: what they take an unquoted scalar for."""
    kind = ["string", plain] if plain else "string"
    return WithJsonSchema({"type": kind, "pattern": f"^(?:{pattern.pattern})$"})


_AS_TEXT = PlainSerializer(str, return_type=str, when_used="json")
_SCHEMA_DECIMAL = _pattern(_DECIMAL, "number")
_SCHEMA_SPAN = WithJsonSchema({"type": "string", "pattern": "^P[0-9YMWDTHS]+$"})
_SCHEMA_GOAL = WithJsonSchema({"type": ["string", "number"]})
_SCHEMA_CURRENCY = WithJsonSchema({"type": "string", "enum": sorted(CURRENCIES)})
_SCHEMA_YES_NO = WithJsonSchema({"type": "string", "enum": ["yes", "no"]})

Number = Annotated[Decimal, _reads(read_decimal), _AS_TEXT, _SCHEMA_DECIMAL]
Amount = Annotated[Decimal, _reads(read_amount), _AS_TEXT, _SCHEMA_DECIMAL]
Percent = Annotated[Decimal, _reads(read_percent), _AS_TEXT, _SCHEMA_DECIMAL]
Count = Annotated[int, _reads(read_count), _pattern(_COUNT, "integer")]
YesNo = Annotated[bool, _reads(read_yes_no), _SCHEMA_YES_NO]
Day = Annotated[date, _reads(read_day), _pattern(_DAY)]
Span = Annotated[Duration, _reads(read_span), _AS_TEXT, _SCHEMA_SPAN]
Goal = Annotated[Decimal | Duration, _reads(read_goal), _AS_TEXT, _SCHEMA_GOAL]
Key = Annotated[str, _reads(read_key), _pattern(_KEY)]
PartyRole = Annotated[str, _reads(read_role), _pattern(_ROLE)]
AgreementId = Annotated[str, _reads(read_agreement_id), _pattern(_AGREEMENT_ID)]
Revision = Annotated[str, _reads(read_revision), WithJsonSchema({"type": "string"})]
TemplateName = Annotated[str, _reads(read_template_name), _pattern(_TEMPLATE_NAME)]
DataPath = Annotated[str, _reads(read_data_path), _pattern(_DATA_PATH)]
Currency = Annotated[str, _reads(read_currency), _SCHEMA_CURRENCY]
Zone = Annotated[str, _reads(read_zone), WithJsonSchema({"type": "string"})]
Country = Annotated[str, _reads(read_country), _pattern(_COUNTRY)]
Email = Annotated[str, _reads(read_email), WithJsonSchema({"type": "string"})]
Phone = Annotated[str, _reads(read_phone), WithJsonSchema({"type": "string"})]
