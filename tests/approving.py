"""A workspace where people hold roles, and somebody who works in it, for tests."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sharing import git

from slacontracts.store.cache import Cache
from slacontracts.workflow.approve import Approved, approve
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.consent import Consent
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.save import save_agreement

ID = "SLA-2026-0004"
CAP = "/credits/cap_percent"
WHEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DRAFTER = "Niamh Kelleher"
FINANCE, LAWYER = "Omar Haddad", "Ciara Nolan"
HOLDERS = """\
roles:
  finance:
    - {name: Omar Haddad, email: Omar@northwind.example}
    - {name: Niamh Kelleher, email: niamh@northwind.example}
    - {name: Eoin Fahy, email: eoin@northwind.example}
  legal: [{name: Ciara Nolan, email: ciara@northwind.example}]
"""


@dataclass(frozen=True)
class Office:
    """A workspace; who works in it is whoever was named last."""

    root: Path

    @property
    def desk(self) -> Desk:
        cache = Cache(Path(os.environ["SLACONTRACTS_CACHE"]))
        return open_desk(self.root, cache, WHEN.date())

    @property
    def file(self) -> Path:
        return self.root / self.desk.workspace.agreement(ID).file

    def is_now(self, name: str, email: str = "") -> "Office":
        email = email or f"{name.split()[0].lower()}@northwind.example"
        git(self.root, "config", "user.name", name)
        git(self.root, "config", "user.email", email)
        return self

    def sets(self, value: str, path: str = CAP) -> "Office":
        set_values(self.desk, ID, [(path, value)])
        return self.saves()

    def saves(self) -> "Office":
        save_agreement(self.desk, ID, "As agreed", WHEN)
        return self

    def approves(self, role: str, *items: str, **more: Any) -> Approved:
        return approve(self.desk, ID, Consent(role, items, **more), WHEN)

    def codes(self, path: str = CAP) -> list[str]:
        """Return the codes of what is found at an address."""
        findings = check_agreements(self.desk, [ID]).findings
        return [one.code for one in findings if one.origin.path == path]


def staffed(root: Path) -> Office:
    """Name the holders of roles in a workspace, and save that."""
    settings = root / "slacontracts.yaml"
    settings.write_text(settings.read_text() + HOLDERS)
    office = Office(root).is_now(DRAFTER)
    save_library(office.desk, "Who approves", WHEN)
    return _as_given(office)


def _as_given(office: Office) -> Office:
    """Let the holder who gave the approvals of the sample save them."""
    text = office.file.read_text()
    office.file.write_text(text.replace(", by: Eoin Fahy", ", by: Nobody Yet"))
    office.saves()
    office.file.write_text(text)
    return office.is_now("Eoin Fahy").saves().is_now(DRAFTER)
