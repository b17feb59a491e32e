"""A text that one party has signed: who changes the draft then is told so."""

from dataclasses import replace
from datetime import date

import pytest
from signed import LATER, TODAY, at, handed_in

from slacontracts.errors import SlaContractsError
from slacontracts.store.register import register_tip
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.register import RegisterWish, register_agreement
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.send import send_agreement
from slacontracts.workflow.use import omit_clause

ID = "SLA-2026-0002"
TOLD = (
    f"the original of {ID} is signed by provider on 2026-11-20, and customer must sign "
    "that same text; for what is changed since, all must sign anew"
)


@pytest.fixture
def told() -> list[str]:
    """What a person was warned of."""
    return []


@pytest.fixture
def desk(desk: Desk, told: list[str]) -> Desk:
    """A workspace in which one party has signed, and the other has not."""
    desk = at(desk, TODAY)
    wish = RegisterWish((handed_in(desk, ID),), {"provider": date(2026, 11, 20)})
    register_agreement(desk, ID, wish, LATER)
    return replace(desk, warn=told.append)


def test_who_changes_a_value_then_is_told(desk: Desk, told: list[str]) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])

    assert told == [TOLD]


def test_who_changes_a_clause_then_is_told(desk: Desk, told: list[str]) -> None:
    omit_clause(desk, ID, "publicity")

    assert told == [TOLD]


def test_who_sends_another_text_then_is_told(desk: Desk, told: list[str]) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "A longer term", LATER)
    told.clear()

    send_agreement(desk, ID, "customer", LATER)

    assert told == [TOLD]


def test_who_goes_back_to_the_signed_text_is_told_nothing(
    desk: Desk, told: list[str]
) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])
    told.clear()

    set_values(desk, ID, [("/term/initial", "P24M")])

    assert told == []


def test_who_saves_another_text_then_is_told(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])

    saved = save_agreement(desk, ID, "They asked for more", LATER)

    assert saved.notes == (TOLD,)


def test_before_anybody_signed_nothing_is_told(desk: Desk, told: list[str]) -> None:
    set_values(desk, "SLA-2026-0001", [("/term/notice", "P60D")])

    assert told == []


def test_the_other_party_cannot_complete_it_with_another_text(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "They asked for more", LATER)
    wish = RegisterWish((handed_in(desk, ID, "other.docx"),), {"customer": TODAY})
    tip = register_tip(desk.workspace.root)

    with pytest.raises(SlaContractsError, match="“24” -> “26”"):
        register_agreement(desk, ID, wish, LATER)

    assert register_tip(desk.workspace.root) == tip
