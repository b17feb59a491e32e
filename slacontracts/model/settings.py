"""A workspace's settings, `slacontracts.yaml`: who we are, how we number and print."""

from typing import Literal

from slacontracts.model.scalars import Key, SourceModel


class RoleHolder(SourceModel):
    """A person who holds a role, known by the e-mail address that git records."""

    name: str
    email: str


class WorkspaceSettings(SourceModel):
    """`slacontracts.yaml`.

    id_scheme: how `new` numbers agreements; {kind}, {year} and {number:04} are filled.
    digits: latin (123) or arabic-indic digits in Arabic text.
    signature_anchors: text that e-signature services look for on the signature page.
    """

    organisation: str
    id_scheme: str = "{kind}-{year}-{number:04}"
    house_style: Key = "standard"
    digits: Literal["latin", "arabic-indic"] = "latin"
    signature_anchors: Literal["none", "docusign", "adobe"] = "none"
    roles: dict[Key, tuple[RoleHolder, ...]] = {}
