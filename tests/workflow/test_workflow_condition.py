"""Conditions on which a signed text takes effect: recorded one by one, with evidence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from roles import with_lawyer
from signed import LATER, TODAY, amend, at, in_copy, sign

from slacontracts.errors import SlaContractsError
from slacontracts.store.register import file_of, register_tip
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.condition import Met, record_condition, void_condition
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.registered import filed_of
from slacontracts.workflow.registry import list_registry
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.states import versions_of

ID = "SLA-2026-0002"
NEXT_MONTH = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
REPORT = HandedIn("audit report.pdf", b"%PDF-1.4 All is well.")
MISREAD = Grant("The report names another day", "legal")
CONDITIONS = [
    ("/effective/on", "conditions-met"),
    (
        "/conditions",
        "[{key: audit, says: The audit is done., due: 2027-01-31},"
        " {key: permit, says: The permit is there., due: 2027-01-31}]",
    ),
]


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """A workspace in which an agreement is signed that waits for two conditions."""
    desk = at(desk, TODAY)
    set_values(desk, ID, CONDITIONS)
    save_agreement(desk, ID, "Effect on conditions", LATER)
    sign(desk, ID)
    return desk


def effect(desk: Desk) -> date | None:
    (signing,) = signings_of(desk, desk.workspace.agreement(ID))
    return signing.effective_on


def meet(desk: Desk, key: str, on: date) -> tuple[str, ...]:
    return record_condition(desk, ID, Met(key, on, REPORT), NEXT_MONTH)[1]


def test_the_last_condition_makes_the_text_effective(waiting: Desk) -> None:
    effects = [effect(waiting)]
    states = [versions_of(waiting, ID).state]

    open_after_one = meet(waiting, "audit", date(2026, 12, 8))
    effects.append(effect(waiting))
    open_after_both = meet(waiting, "permit", date(2026, 12, 3))

    effects.append(effect(waiting))
    states.append(versions_of(waiting, ID).state)
    assert (open_after_one, open_after_both) == (("permit",), ())
    assert effects == [None, None, date(2026, 12, 8)]
    assert states == ["signed, conditions not met", "signed"]
    (line,) = list_registry(waiting, NEXT_MONTH.date())
    assert (line.state, line.effective) == ("in-force", date(2026, 12, 8))


def test_what_was_met_before_the_signature_takes_effect_with_it(waiting: Desk) -> None:
    meet(waiting, "audit", date(2026, 11, 2))
    meet(waiting, "permit", date(2026, 11, 3))

    assert effect(waiting) == TODAY


def test_the_evidence_is_kept(waiting: Desk) -> None:
    met = Met("audit", date(2026, 12, 8), REPORT)

    filed, _ = record_condition(waiting, ID, met, NEXT_MONTH)

    record, root = filed.record, waiting.workspace.root
    assert (record.act, record.as_) == ("condition-met", "original")
    assert record.condition is not None
    assert record.condition.evidence in record.contents
    kept = filed_of(waiting, waiting.workspace.agreement(ID))[-1]
    assert file_of(root, kept, record.condition.evidence) == REPORT.data


def test_a_condition_is_met_once(waiting: Desk) -> None:
    meet(waiting, "audit", date(2026, 12, 8))
    before = register_tip(waiting.workspace.root)

    with pytest.raises(SlaContractsError) as raised:
        meet(waiting, "audit", date(2026, 12, 9))

    assert str(raised.value) == (
        'it is registered already that the condition "audit" was met on 2026-12-08'
    )
    assert register_tip(waiting.workspace.root) == before


def test_a_wrong_day_is_put_right_by_a_further_record(waiting: Desk) -> None:
    desk = with_lawyer(waiting)
    meet(desk, "audit", date(2026, 12, 8))
    meet(desk, "permit", date(2026, 12, 3))
    right = Met("audit", date(2026, 12, 9), REPORT, MISREAD)

    filed, _ = record_condition(desk, ID, right, NEXT_MONTH)

    record = filed.record
    assert record.correction == MISREAD.reason
    assert record.exception is not None
    assert (record.exception.role, record.exception.failures) == (
        "legal",
        ("record 2 says that the condition was met on 2026-12-08",),
    )
    assert effect(desk) == date(2026, 12, 9)
    assert len(filed_of(desk, desk.workspace.agreement(ID))) == 4


def test_a_condition_that_was_not_met_is_open_again(waiting: Desk) -> None:
    desk = with_lawyer(waiting)
    meet(desk, "audit", date(2026, 12, 8))
    meet(desk, "permit", date(2026, 12, 3))

    filed = void_condition(desk, ID, "audit", MISREAD, NEXT_MONTH)

    assert filed.record.condition is not None
    assert filed.record.condition.is_void
    assert effect(desk) is None
    assert versions_of(desk, ID).state == "signed, conditions not met"
    meet(desk, "audit", date(2026, 12, 10))
    assert effect(desk) == date(2026, 12, 10)


def test_what_no_record_says_cannot_be_corrected(waiting: Desk) -> None:
    desk = with_lawyer(waiting)
    before = register_tip(desk.workspace.root)
    met = Met("audit", date(2026, 12, 9), REPORT, MISREAD)

    for correct in (
        lambda: record_condition(desk, ID, met, NEXT_MONTH),
        lambda: void_condition(desk, ID, "audit", MISREAD, NEXT_MONTH),
    ):
        with pytest.raises(SlaContractsError, match="there is nothing to correct"):
            correct()

    assert register_tip(desk.workspace.root) == before


@pytest.mark.parametrize(
    ("key", "on", "says"),
    [
        ("audt", date(2026, 12, 8), 'has no condition "audt"; did you mean "audit"?'),
        ("money", date(2026, 12, 8), "those are audit, permit"),
        ("audit", date(2026, 12, 21), "2026-12-21 is still to come"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused_in_one_line(
    waiting: Desk, key: str, on: date, says: str
) -> None:
    before = register_tip(waiting.workspace.root)

    with pytest.raises(SlaContractsError) as raised:
        meet(waiting, key, on)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert register_tip(waiting.workspace.root) == before


def test_evidence_without_anything_in_it_is_refused(waiting: Desk) -> None:
    met = Met("audit", date(2026, 12, 8), HandedIn("empty.pdf", b""))

    with pytest.raises(SlaContractsError, match=r"empty\.pdf is empty"):
        record_condition(waiting, ID, met, NEXT_MONTH)


def test_what_is_not_signed_has_no_condition(desk: Desk) -> None:
    with pytest.raises(SlaContractsError, match="is not registered as signed"):
        meet(at(desk, TODAY), "audit", TODAY)


def test_an_agreement_in_force_lapses_unless_its_condition_is_recorded(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    (before,) = list_registry(desk, date(2027, 4, 1))

    still_open = meet(desk, "penetration-test", date(2026, 12, 8))

    (after,) = list_registry(desk, date(2027, 4, 1))
    assert still_open == ()
    assert (before.state, after.state) == ("lapsed", "in-force")
    assert (before.effective, after.effective) == (date(2026, 11, 20),) * 2


def test_a_condition_of_an_amendment_is_named_with_it(
    desk: Desk, signed_sample: Path
) -> None:
    desk = replace(in_copy(desk, signed_sample), warn=pytest.fail)
    condition = "{key: audit, says: The audit is done.}"
    changes = ("/term/initial", "P26M"), ("/amendment/conditions/+", condition)
    record = amend(desk, ID, "conditions-met", *changes).filed.record
    state_then = versions_of(desk, ID).state

    meet(desk, "amendment-1/audit", date(2026, 12, 8))

    signings = signings_of(desk, desk.workspace.agreement(ID))
    assert record.effective == "conditions-met"
    assert state_then == "amendment 1 signed, conditions not met"
    assert [one.effective for one in signings] == [
        date(2026, 11, 20),
        date(2026, 12, 8),
    ]
    assert versions_of(desk, ID).state == "amendment 1 signed"
