"""A workspace's settings, `slacontracts.yaml`: who we are, how we number and print."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from slacontracts.model.agreement import Party
from slacontracts.model.scalars import (
    Email,
    Key,
    SourceModel,
    of_type,
    read_agreement_id,
)

_SCHEME_FIELD: Final = re.compile(r"\{(kind|year|number)(?::0([1-9]))?\}")
_FIRST_ID: Final = {"kind": "SLA", "year": "2026", "number": "1"}


def _read_reason(text: Any) -> str:
    reason = of_type(text, str).strip()
    if not reason:
        raise ValueError("say in a few words why this workspace judges otherwise")
    return reason


Reason = Annotated[
    str,
    PlainValidator(_read_reason),
    WithJsonSchema({"type": "string", "minLength": 1}),
]


def _read_id_scheme(text: Any) -> str:
    scheme = of_type(text, str)
    unknown = re.search(r"\{[^{}]*\}?|\}", _SCHEME_FIELD.sub("", scheme))
    if unknown:
        raise ValueError(
            f'"{unknown[0]}" means nothing in an id_scheme; write {{kind}}, {{year}} '
            "and {number:04}, the digits of the number after the colon"
        )
    if not any(field[1] == "number" for field in _SCHEME_FIELD.finditer(scheme)):
        raise ValueError(
            "without {number} all agreements would have the same id; write the "
            "id_scheme like {kind}-{year}-{number:04}"
        )
    first = fill_id_scheme(scheme, _FIRST_ID)
    try:
        read_agreement_id(first)
    except ValueError as error:
        raise ValueError(f"the first id of this scheme does not do: {error}") from error
    return scheme


def fill_id_scheme(scheme: str, values: Mapping[str, str]) -> str:
    """Return the id that a scheme makes of a kind, a year and a number.

    >>> fill_id_scheme("{kind}-{number:03}", {"kind": "OLA", "number": "7"})
    'OLA-007'
    """

    def filled(field: re.Match[str]) -> str:
        return values[field[1]].rjust(int(field[2] or 1), "0")

    return _SCHEME_FIELD.sub(filled, scheme)


IdScheme = Annotated[
    str,
    PlainValidator(_read_id_scheme),
    WithJsonSchema({"type": "string", "pattern": r"\{number(:0[1-9])?\}"}),
]


class RoleHolder(SourceModel):
    """A person who holds a role, known by the e-mail address that git records."""

    name: str
    email: Email


class SeveritySetting(SourceModel):
    """How grave a kind of finding is in this workspace, and the reason why."""

    is_: Literal["error", "warning", "information"] = Field(alias="is")
    because: Reason


class WorkspaceSettings(SourceModel):
    """`slacontracts.yaml`.

    our_details: what an agreement says about us as a party; `new` takes it from here.
    id_scheme: how `new` numbers agreements; {kind}, {year} and {number:04} are filled.
    digits: latin (123) or arabic-indic digits in Arabic text.
    signature_anchors: text that e-signature services look for on the signature page.
    roles: who may approve what the library asks an approval for.
    severity: by the code of a finding ("long-sentence"), where it differs from ours.
    """

    organisation: str
    our_details: Party | None = None
    id_scheme: IdScheme = "{kind}-{year}-{number:04}"
    house_style: Key = "standard"
    digits: Literal["latin", "arabic-indic"] = "latin"
    signature_anchors: Literal["none", "docusign", "adobe"] = "none"
    roles: dict[Key, tuple[RoleHolder, ...]] = {}
    severity: dict[Key, SeveritySetting] = {}
