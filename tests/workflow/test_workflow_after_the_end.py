"""Conformed copies of a day after the end: they say that it ended, and what goes on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from signed import LATER, TODAY, amend, at, in_copy, sign

from slacontracts.errors import NotFoundError
from slacontracts.workflow.condition import Met, record_condition
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.render import Wanted
from slacontracts.workflow.render_as import render_conformed
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.terminate import NoticeGiven, terminate_agreement
from slacontracts.workflow.versions import composed_at

ID = "SLA-2026-0002"  # signed and in effect on 2026-11-20, for 24 months
WHEN = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
AUDIT = HandedIn("report.pdf", b"%PDF-1.4 Nothing serious.")
NOTICE = NoticeGiven(
    on=date(2027, 8, 31),
    ground="agreed",
    reference="T-17",
    received=date(2027, 5, 3),
    notice=HandedIn("notice.pdf", b"%PDF-1.4 We end it."),
)
LONG_STOP = date(2027, 3, 31)
AFTERWARDS = date(2050, 1, 1)


@pytest.fixture
def desk(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace in which one agreement is signed, with a condition open."""
    return in_copy(desk, signed_sample)


@pytest.fixture
def lasting(desk: Desk) -> Desk:
    """The same, once the condition is met: the agreement runs for its term."""
    record_condition(
        desk, ID, Met("penetration-test", date(2026, 11, 21), AUDIT), LATER
    )
    return desk


def copy_of(
    desk: Desk, day: date, known: date = date.max, *, today: date = AFTERWARDS
) -> str:
    desk = at(desk, today)
    place = desk.workspace.agreement(ID)
    made = render_conformed(Shelf(desk), place, Wanted("text"), day, known)
    return " ".join(made.data.decode().split())


def test_a_copy_of_the_last_day_shows_the_text_in_force(lasting: Desk) -> None:
    copy = copy_of(lasting, date(2028, 11, 19))

    assert "It shows the text in force on 19 November 2028" in copy
    assert "no longer in force" not in copy


def test_a_copy_of_a_day_after_the_term_says_that_it_ended(lasting: Desk) -> None:
    copy = copy_of(lasting, date(2028, 11, 20))

    assert "It shows the text in force" not in copy
    assert "The term of the Agreement ended on 19 November 2028" in copy
    assert "The Agreement is no longer in force on 20 November 2028" in copy
    assert "Conformed copy: as at 19 November 2028" in copy


def test_a_copy_after_the_end_names_what_goes_on_and_how_long(lasting: Desk) -> None:
    copy = copy_of(lasting, date(2028, 11, 20))
    much_later = copy_of(lasting, date(2048, 11, 20))

    _, _, survives = copy.partition("goes on after the end: ")
    assert "(Confidentiality), until 19 November 2033" in survives
    assert "(Data Protection);" in survives.partition(". ")[0]
    assert "(Confidentiality)" not in much_later.partition("Parties")[0]
    assert "(Data Protection)" in much_later.partition("goes on after the end: ")[2]


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        ("agreed", "The Agreement was terminated and ended on 31 August 2027."),
        (
            "replaced",
            "Another agreement has taken the place of the Agreement, which ended on "
            "31 August 2027.",
        ),
    ],
)
def test_a_copy_says_how_the_agreement_ended_once_that_is_known(
    lasting: Desk, ground: str, says: str
) -> None:
    terminate_agreement(lasting, ID, replace(NOTICE, ground=ground), WHEN)
    after = date(2027, 9, 1)

    assert says in copy_of(lasting, after)
    assert says in copy_of(lasting, after, known=after)
    assert says not in copy_of(lasting, after, known=date(2027, 5, 2))
    assert says not in copy_of(lasting, date(2027, 8, 31))


def test_an_agreement_that_lapsed_is_said_to_have(desk: Desk) -> None:
    copy = copy_of(desk, date(2027, 4, 1))

    assert "The Agreement lapsed on 31 March 2027" in copy
    assert "The Agreement lapsed" not in copy_of(desk, LONG_STOP)


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        (
            "agreed",
            "As things stand on 3 May 2027, the Agreement is terminated and will end "
            "on 31 August 2027.",
        ),
        (
            "replaced",
            "As things stand on 3 May 2027, another agreement will take the place of "
            "the Agreement, which will end on 31 August 2027.",
        ),
    ],
)
@pytest.mark.parametrize(
    ("known", "today"),
    [(NOTICE.received, AFTERWARDS), (date.max, NOTICE.received)],
)
def test_an_end_to_come_is_told_as_one(
    lasting: Desk, ground: str, says: str, known: date, today: date
) -> None:
    terminate_agreement(lasting, ID, replace(NOTICE, ground=ground), WHEN)

    copy = copy_of(lasting, date(2027, 9, 1), known, today=today)

    assert says in copy
    assert "The Agreement will not be in force on 1 September 2027." in copy
    assert "ended on" not in copy


def test_a_term_that_runs_and_a_service_that_goes_are_told_as_to_come(
    lasting: Desk,
) -> None:
    terminate_agreement(lasting, ID, replace(NOTICE, service="web-hosting"), WHEN)

    copy = copy_of(lasting, date(2028, 11, 20), today=date(2027, 6, 1))

    assert (
        "As things stand on 1 June 2027, the term of the Agreement will end on "
        "19 November 2028, without being renewed."
    ) in copy
    assert (
        "As things stand on 1 June 2027, the service “Booking Platform Hosting” will "
        "end on 31 August 2027; what this copy says of it applies until then."
    ) in copy
    assert "was not renewed" not in copy


@pytest.mark.parametrize("day", [TODAY, LONG_STOP])
def test_a_condition_that_is_open_may_still_be_met(desk: Desk, day: date) -> None:
    copy = copy_of(desk, date(2027, 4, 1), today=day)

    assert "the Agreement will lapse on 31 March 2027, unless a condition" in copy
    assert "The Agreement lapsed" not in copy


def test_a_condition_that_was_met_later_was_open_until_then(lasting: Desk) -> None:
    early = copy_of(lasting, date(2027, 4, 1), known=date(2026, 11, 20))
    late = copy_of(lasting, date(2027, 4, 1), known=date(2026, 11, 21))

    assert "As things stand on 20 November 2026, the Agreement will lapse" in early
    assert "lapse" not in late.partition("Parties")[0]


def test_an_amendment_for_a_day_after_the_end_is_in_no_copy(lasting: Desk) -> None:
    amend(lasting, ID, "2027-10-01", ("/review/next", "2027-12-15"))
    terminate_agreement(lasting, ID, NOTICE, WHEN)

    copy = copy_of(lasting, date(2027, 11, 1))

    assert "15 December 2027" not in copy
    assert "No amendment had taken effect by then" in copy


def test_a_service_that_ended_is_named(lasting: Desk) -> None:
    given = replace(NOTICE, service="web-hosting")
    terminate_agreement(lasting, ID, given, WHEN)
    says = "ended on 31 August 2027; what this copy says of it applied until then"

    after = copy_of(lasting, date(2027, 9, 1))

    assert f"The service “Booking Platform Hosting” {says}." in after
    assert "It shows the text in force on 1 September 2027" in after
    assert says not in copy_of(lasting, date(2027, 8, 31))


def test_an_agreement_that_ended_before_it_began_has_no_text_in_force(
    desk: Desk,
) -> None:
    later = "SLA-2026-0001"  # in effect on 2026-12-01
    sign(desk, later)
    given = replace(NOTICE, on=date(2026, 11, 30), received=TODAY)
    terminate_agreement(desk, later, given, LATER)
    place = desk.workspace.agreement(later)

    for today, says in (
        (TODAY, "as things stood on 2026-11-23, .* end on 2026-11-30, before it takes"),
        (AFTERWARDS, "came to its end on 2026-11-30, before it took effect"),
    ):
        shelf = Shelf(at(desk, today))
        with pytest.raises(NotFoundError, match=says):
            render_conformed(shelf, place, Wanted("text"), date(2026, 12, 5), today)


def test_the_text_of_a_day_after_the_end_is_called_what_it_is(lasting: Desk) -> None:
    found = composed_at(Shelf(lasting), Reference(ID, "2028-11-20"))

    assert found.name == f"{ID}, as last in force on 2028-11-19, when it ended"
