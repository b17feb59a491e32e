"""Agreements that were signed and amended, as people at their desks do it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.sign import Recorded, SigningWish, sign_agreement

TODAY = date(2026, 11, 23)
LATER = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def at(desk: Desk, today: date) -> Desk:
    """Return the desk on another day."""
    return replace(desk, today=today)


def sign(
    desk: Desk,
    agreement_id: str,
    name: str = "original",
    *,
    on: date = TODAY,
    effective: date | None = None,
) -> Recorded:
    """Record a signature."""
    return sign_agreement(desk, agreement_id, SigningWish(name, on, effective), LATER)


def amend(
    desk: Desk,
    agreement_id: str,
    effective: str,
    *changes: tuple[str, str],
    on: date = TODAY,
) -> Recorded:
    """Open the next amendment, make changes, save them, and sign it."""
    number = open_next_amendment(desk, agreement_id, effective, "As agreed").number
    set_values(desk, agreement_id, changes)
    save_agreement(desk, agreement_id, f"Amendment {number}", LATER)
    return sign(desk, agreement_id, f"amendment-{number}", on=on)
