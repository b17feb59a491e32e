"""A workspace's settings, `slacontracts.yaml`: who we are, how we number and print."""

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from slacontracts.model.scalars import Key, SourceModel, of_type


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


class RoleHolder(SourceModel):
    """A person who holds a role, known by the e-mail address that git records."""

    name: str
    email: str


class SeveritySetting(SourceModel):
    """How grave a kind of finding is in this workspace, and the reason why."""

    is_: Literal["error", "warning", "information"] = Field(alias="is")
    because: Reason


class WorkspaceSettings(SourceModel):
    """`slacontracts.yaml`.

    id_scheme: how `new` numbers agreements; {kind}, {year} and {number:04} are filled.
    digits: latin (123) or arabic-indic digits in Arabic text.
    signature_anchors: text that e-signature services look for on the signature page.
    roles: who may approve what the library asks an approval for.
    severity: by the code of a finding ("long-sentence"), where it differs from ours.
    """

    organisation: str
    id_scheme: str = "{kind}-{year}-{number:04}"
    house_style: Key = "standard"
    digits: Literal["latin", "arabic-indic"] = "latin"
    signature_anchors: Literal["none", "docusign", "adobe"] = "none"
    roles: dict[Key, tuple[RoleHolder, ...]] = {}
    severity: dict[Key, SeveritySetting] = {}
