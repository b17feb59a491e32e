"""What of an agreement was signed: which saved version, as what, and on which day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from slacontracts.model.scalars import Day, SourceModel, of_type, read_day

ORIGINAL: Final = "original"
CONDITIONS_MET: Final = "conditions-met"
LAST_SIGNATURE: Final = "last-signature"
_AMENDMENT: Final = re.compile(r"amendment-([1-9][0-9]{0,3})", re.ASCII)
_VERSION: Final = re.compile(r"[0-9a-f]{40}", re.ASCII)


def amendment_number(name: str) -> int | None:
    """Return the number in "amendment-2"; 0 for the original, None for neither."""
    if name == ORIGINAL:
        return 0
    found = _AMENDMENT.fullmatch(name)
    return int(found[1]) if found else None


def signed_name(number: int) -> str:
    """Return what is signed as the text of a number: "original", "amendment-2"."""
    return f"amendment-{number}" if number else ORIGINAL


def said_of(name: str) -> str:
    """Return how people say it: "the original", "amendment 2"."""
    return f"the {name}" if name == ORIGINAL else name.replace("-", " ")


def _read_name(text: Any) -> str:
    name = of_type(text, str)
    if amendment_number(name) is None:
        raise ValueError(f'"{name}" is neither original nor amendment-1, amendment-2')
    return name


def _read_version(text: Any) -> str:
    version = of_type(text, str)
    if not _VERSION.fullmatch(version):
        raise ValueError(f'"{version}" is not the full id of a saved version')
    return version


def _read_effect(text: Any) -> Any:
    return text if text == CONDITIONS_MET else read_day(text)


_Name = Annotated[str, PlainValidator(_read_name), WithJsonSchema({"type": "string"})]
_Version = Annotated[
    str, PlainValidator(_read_version), WithJsonSchema({"type": "string"})
]
_Effect = Annotated[
    date | Literal["conditions-met"],
    PlainValidator(_read_effect),
    WithJsonSchema({"type": "string"}),
]


class Signing(SourceModel):
    """One text that was signed.

    as_: "original" or "amendment-2". version: the full id of the saved version that
    holds it. effective: when it takes effect; conditions-met while that is not known.
    """

    as_: _Name = Field(alias="as")
    version: _Version
    signed_on: Day
    effective: _Effect

    @property
    def number(self) -> int:
        """The number of the amendment, 0 of the original."""
        return amendment_number(self.as_) or 0

    @property
    def effective_on(self) -> date | None:
        """The day on which it takes effect, where that is known."""
        return self.effective if isinstance(self.effective, date) else None


def first_gap(signed: Sequence[Signing]) -> int | None:
    """Return the first number that stands where another should; None if none does."""
    for number, signing in enumerate(signed):
        if signing.number != number:
            return number
    return None
