"""Notices that end an agreement: checked against its periods, and kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from roles import with_lawyer
from signed import LATER, TODAY, at, in_copy

from slacontracts.errors import SlaContractsError
from slacontracts.store.paper_files import MOST_BYTES
from slacontracts.store.register import file_of, register_tip
from slacontracts.workflow.condition import Met, record_condition
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.register_foreign import register_foreign
from slacontracts.workflow.registered import filed_of, life_in
from slacontracts.workflow.registry import list_registry
from slacontracts.workflow.terminate import (
    NoticeGiven,
    Terminated,
    terminate_agreement,
    void_ending,
)

ID = "SLA-2026-0002"  # signed and in effect on 2026-11-20, for 24 months
WHEN = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
NOTICE = HandedIn("notice.pdf", b"%PDF-1.4 We end it.")
BREACH = NoticeGiven(
    on=date(2027, 8, 31),
    ground="breach",
    reference="T-17",
    received=date(2027, 5, 3),
    notice=NOTICE,
)
AUDIT = HandedIn("report.pdf", b"%PDF-1.4 Nothing serious.")
MISREAD = Grant("The letter names another day", "legal")
OLD = "UC-2019-0007"  # paper of others, which renews by itself on each 1 March
FACTS = b"""\
title: Data Centre Services
parties:
  provider: {legal_name: Harbour Data Centres Ltd}
  customer: {legal_name: Northwind Hosting Ltd}
effective: {on: 2019-03-01}
term: {initial: P12M, renewal: automatic, renewal_period: P12M, notice: P90D}
"""
RENEWAL = replace(
    BREACH, ground="non-renewal", on=date(2027, 2, 28), received=date(2026, 11, 2)
)


@pytest.fixture
def desk(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace in which one agreement is signed, and goes on."""
    desk = in_copy(desk, signed_sample)
    met = Met("penetration-test", date(2026, 11, 21), AUDIT)
    record_condition(desk, ID, met, LATER)
    return desk


@pytest.fixture
def with_old_paper(desk: Desk) -> Desk:
    """The same, with paper that was not drafted here."""
    paper = HandedIn("old.pdf", b"%PDF-1.4 of the time before")
    facts, days = ("facts.yaml", FACTS), {"customer": date(2019, 2, 20)}
    register_foreign(desk, OLD, [paper], facts, days, LATER)
    return desk


def terminate(desk: Desk, given: NoticeGiven, when: datetime = WHEN) -> Terminated:
    return terminate_agreement(desk, ID, given, when)


def states(desk: Desk, *days: date) -> list[str]:
    return [list_registry(desk, day)[0].state.value for day in days]


def test_a_notice_is_kept_with_what_goes_on_after_the_end(desk: Desk) -> None:
    done = terminate(desk, BREACH)

    ending = done.filed.record.ending
    assert ending is not None
    assert (ending.on, ending.ground, ending.reference) == (
        BREACH.on,
        "breach",
        "T-17",
    )
    assert ending.surviving == tuple(one.says for one in done.consequences.survivals)
    assert ending.surviving
    kept = filed_of(desk, desk.workspace.agreement(ID))[-1]
    assert file_of(desk.workspace.root, kept, ending.notice) == NOTICE.data


def test_an_agreement_is_in_force_to_its_last_day(desk: Desk) -> None:
    terminate(desk, BREACH)

    assert states(desk, date(2027, 8, 31), date(2027, 9, 1)) == [
        "in-force",
        "terminated",
    ]


def test_a_service_alone_ends_and_the_agreement_goes_on(desk: Desk) -> None:
    life = life_in([one.record for one in filed_of(desk, desk.workspace.agreement(ID))])
    assert life is not None
    service = next(iter(life.signed[0].facts.services))

    done = terminate(desk, replace(BREACH, service=service))

    ending = done.filed.record.ending
    assert ending is not None
    assert (ending.service, ending.surviving) == (service, ())
    assert states(desk, date(2027, 9, 1)) == ["in-force"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (replace(BREACH, on=date(2027, 5, 20)), "is the first day that is possible"),
        (replace(BREACH, on=date(2027, 5, 2)), "cannot end anything before"),
        (
            replace(BREACH, received=date(2027, 6, 2)),
            "received on 2027-06-02, which is",
        ),
        (replace(BREACH, on=date(2029, 1, 1)), "has ended with its term before"),
        (replace(BREACH, ground="non-renewal"), "does not renew by itself"),
        (replace(BREACH, service="hostng"), 'there is no service "hostng"'),
        (replace(BREACH, to="bank"), "bank is no party of SLA-2026-0002; those are"),
        (replace(BREACH, notice=HandedIn("no.pdf", b"")), "no.pdf is empty"),
    ],
)
def test_a_notice_that_ends_nothing_is_refused_in_one_line(
    desk: Desk, given: NoticeGiven, says: str
) -> None:
    before = register_tip(desk.workspace.root)

    with pytest.raises(SlaContractsError) as raised:
        terminate(desk, given)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert register_tip(desk.workspace.root) == before


def test_foreign_paper_is_ended_on_the_last_day_of_its_term(
    with_old_paper: Desk,
) -> None:
    done = terminate_agreement(with_old_paper, OLD, RENEWAL, LATER)

    (line,) = [one for one in list_registry(with_old_paper, TODAY) if one.id == OLD]
    assert done.filed.record.customer == line.customer
    assert (line.state, line.ends) == ("in-force", date(2027, 2, 28))
    assert line.notice_by is None


def test_a_notice_against_the_renewal_that_came_too_late_names_the_next_end(
    with_old_paper: Desk,
) -> None:
    late = replace(RENEWAL, received=date(2027, 1, 11))

    with pytest.raises(SlaContractsError) as raised:
        terminate_agreement(with_old_paper, OLD, late, WHEN)

    assert "the notice came too late for 28 February 2027" in str(raised.value)
    assert "29 February 2028 is the first day on which it can" in str(raised.value)


def test_one_notice_may_end_several_services(desk: Desk) -> None:
    life = life_in([one.record for one in filed_of(desk, desk.workspace.agreement(ID))])
    assert life is not None
    first = next(iter(life.signed[0].facts.services))

    for service in (first, None):
        terminate(desk, replace(BREACH, service=service))

    records = [one.record for one in filed_of(desk, desk.workspace.agreement(ID))]
    assert [one.ending.service for one in records if one.ending] == [first, None]


def test_what_has_ended_cannot_be_ended_again_later(desk: Desk) -> None:
    terminate(desk, BREACH)

    later = HandedIn("later.pdf", b"%PDF-1.4 We end it later.")

    with pytest.raises(SlaContractsError, match="been ended by an earlier notice"):
        terminate(desk, replace(BREACH, on=date(2027, 12, 31), notice=later))


def test_the_same_notice_is_not_registered_twice(desk: Desk) -> None:
    terminate(desk, BREACH)

    with pytest.raises(SlaContractsError, match=r"notice\.pdf is registered already"):
        terminate(desk, BREACH)


def test_what_was_filed_as_something_else_is_no_notice(
    desk: Desk,
) -> None:
    root, records = desk.workspace.root, filed_of(desk, desk.workspace.agreement(ID))
    signed = records[0].record.files[0]
    papers = [HandedIn("s.docx", file_of(root, records[0], signed.path)), AUDIT]

    for number, paper in enumerate(papers, 1):
        with pytest.raises(SlaContractsError) as raised:
            terminate(desk, replace(BREACH, notice=paper))

        assert str(raised.value).startswith(
            f"{paper.name} is filed with record {number} of {ID} already ("
        )
        assert str(raised.value).endswith("and is no notice; hand in the notice itself")


def test_a_notice_is_of_one_agreement(with_old_paper: Desk) -> None:
    terminate_agreement(with_old_paper, OLD, RENEWAL, LATER)

    with pytest.raises(SlaContractsError) as raised:
        terminate(with_old_paper, BREACH)

    assert str(raised.value) == (
        f"notice.pdf is registered already, for {OLD} on 2026-11-23 (record 4); "
        f"nothing was registered. If it ends {ID} too: "
        '--exception "Why" --by ROLE'
    )


def test_one_notice_may_end_two_agreements_by_an_exception(
    with_old_paper: Desk,
) -> None:
    terminate_agreement(with_old_paper, OLD, RENEWAL, LATER)
    granted = replace(BREACH, grant=Grant("One letter for both", "legal"))

    record = terminate(with_lawyer(with_old_paper), granted).filed.record

    assert record.exception is not None
    assert record.exception.failures == (
        f"notice.pdf is registered already, for {OLD} on 2026-11-23 (record 4)",
    )


def test_a_notice_that_is_too_big_is_refused(desk: Desk) -> None:
    big = HandedIn("big.pdf", bytes(MOST_BYTES + 1))

    with pytest.raises(SlaContractsError, match=r"big\.pdf has more than 50 MiB"):
        terminate(desk, replace(BREACH, notice=big))


def test_a_wrong_end_is_put_right_by_a_further_record(desk: Desk) -> None:
    desk = with_lawyer(desk)
    terminate(desk, BREACH)
    once = replace(BREACH, on=date(2027, 9, 30), correction=MISREAD)
    twice = replace(BREACH, on=date(2027, 12, 31), correction=MISREAD)

    terminate(desk, once)
    done = terminate(desk, twice)

    record = done.filed.record
    assert record.correction == MISREAD.reason
    assert record.exception is not None
    assert (record.exception.role, record.exception.failures) == (
        "legal",
        ("record 4 says that it ends on 2027-09-30 (breach)",),
    )
    assert len(filed_of(desk, desk.workspace.agreement(ID))) == 5
    assert states(desk, date(2027, 12, 31), date(2028, 1, 1)) == [
        "in-force",
        "terminated",
    ]


def test_a_correction_leaves_the_notices_of_other_services(desk: Desk) -> None:
    desk = with_lawyer(desk)
    life = life_in([one.record for one in filed_of(desk, desk.workspace.agreement(ID))])
    assert life is not None
    service = next(iter(life.signed[0].facts.services))
    terminate(desk, replace(BREACH, service=service))
    terminate(desk, BREACH)

    terminate(desk, replace(BREACH, on=date(2027, 9, 30), correction=MISREAD))

    life = life_in([one.record for one in filed_of(desk, desk.workspace.agreement(ID))])
    assert life is not None
    assert [(one.service, one.on) for one in life.terminations] == [
        (service, date(2027, 8, 31)),
        (None, date(2027, 9, 30)),
    ]


def test_an_end_that_was_filed_by_mistake_is_taken_back_by_a_record(
    desk: Desk,
) -> None:
    desk = with_lawyer(desk)
    terminate(desk, BREACH)

    filed, still = void_ending(desk, ID, MISREAD, WHEN)

    assert still == ()
    assert filed.record.ending is not None
    assert filed.record.ending.is_void
    assert states(desk, date(2027, 9, 1)) == ["in-force"]
    terminate(desk, BREACH)
    assert states(desk, date(2027, 9, 1)) == ["terminated"]


def test_where_nothing_ends_there_is_nothing_to_correct(desk: Desk) -> None:
    desk = with_lawyer(desk)
    before = register_tip(desk.workspace.root)

    for correct in (
        lambda: terminate(desk, replace(BREACH, correction=MISREAD)),
        lambda: void_ending(desk, ID, MISREAD, WHEN),
    ):
        with pytest.raises(SlaContractsError, match="there is nothing to correct"):
            correct()

    assert register_tip(desk.workspace.root) == before


def test_a_correction_needs_a_role_that_somebody_holds(desk: Desk) -> None:
    desk = with_lawyer(desk)
    terminate(desk, BREACH)
    before = register_tip(desk.workspace.root)

    with pytest.raises(SlaContractsError, match='nobody for the role "finance"'):
        terminate(desk, replace(BREACH, correction=Grant("Misread", "finance")))

    assert register_tip(desk.workspace.root) == before


def test_an_earlier_end_is_agreed_after_a_notice(desk: Desk) -> None:
    terminate(desk, BREACH)
    agreed = replace(
        BREACH,
        ground="agreed",
        on=date(2027, 7, 31),
        notice=HandedIn("agreed.pdf", b"%PDF-1.4 Both of us end it."),
    )

    terminate(desk, agreed)

    assert states(desk, date(2027, 7, 31), date(2027, 8, 1)) == [
        "in-force",
        "terminated",
    ]


def test_what_is_not_signed_cannot_be_ended(desk: Desk) -> None:
    with pytest.raises(SlaContractsError, match="is not registered as signed"):
        terminate_agreement(at(desk, TODAY), "SLA-2026-0001", BREACH, WHEN)
