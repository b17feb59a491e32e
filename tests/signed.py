"""Agreements that were signed and amended, as people at their desks do it."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from copying import copy_of

from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.execution import text_to_sign
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.register import (
    Registered,
    RegisterWish,
    register_agreement,
)
from slacontracts.workflow.save import save_agreement

TODAY = date(2026, 11, 23)
LATER = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def at(desk: Desk, today: date) -> Desk:
    """Return the desk on another day."""
    return replace(desk, today=today)


def in_copy(desk: Desk, root: Path) -> Desk:
    """Return the desk once a copy of another workspace stands where its own did."""
    shutil.rmtree(desk.workspace.root)
    copy_of(root, desk.workspace.root)
    return at(open_desk(desk.workspace.root, desk.cache), TODAY)


def handed_in(desk: Desk, agreement_id: str, name: str = "signed.docx") -> HandedIn:
    """Return the execution version of what goes to be signed, as signed paper."""
    place = desk.workspace.agreement(agreement_id)
    paper = text_to_sign(desk, place, signings_of(desk, place))
    return HandedIn(name, paper.execution())


def sign(
    desk: Desk,
    agreement_id: str,
    *,
    on: date = TODAY,
    effective: date | None = None,
) -> Registered:
    """Have the execution version signed by all parties, and register it."""
    place = desk.workspace.agreement(agreement_id)
    before = signings_of(desk, place)
    paper = text_to_sign(desk, place, before)
    signed = HandedIn("signed.docx", paper.execution())
    days = dict.fromkeys(paper.parties, on)
    wish = RegisterWish((signed,), days, effective=effective)
    return register_agreement(desk, agreement_id, wish, LATER)


def amend(
    desk: Desk,
    agreement_id: str,
    effective: str,
    *changes: tuple[str, str],
    on: date = TODAY,
) -> Registered:
    """Open the next amendment, make changes, save them, and sign it."""
    number = open_next_amendment(desk, agreement_id, effective, "As agreed").number
    set_values(desk, agreement_id, changes)
    save_agreement(desk, agreement_id, f"Amendment {number}", LATER)
    return sign(desk, agreement_id, on=on)
