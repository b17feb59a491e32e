"""Amendments that take effect in another order than they were signed in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from amending import reads
from copying import copy_of
from signed import LATER, TODAY, amend, at, in_copy, sign

from slacontracts.model.agreement import Agreement
from slacontracts.store.cache import Cache
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.compare import compare_versions
from slacontracts.workflow.condition import Met, record_condition
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.render import Wanted
from slacontracts.workflow.render_as import render_amendment, render_conformed
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_at

ID = "SLA-2026-0001"
P2 = "/services/web-hosting/targets/response-p2"
NOTICE = "/term/notice"
# The first amendment takes effect in June, the second in March.
BEFORE, BETWEEN, AFTER = "2027-02-01", "2027-04-01", "2027-07-01"
Change = tuple[str, str]


@pytest.fixture(scope="module")
def signed(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one agreement is signed; copied, never changed."""
    folder = tmp_path_factory.mktemp("signed-today")
    root = copy_of(sample, folder / "all")
    sign(at(open_desk(root, Cache(folder / "cache")), TODAY), ID)
    return root


@pytest.fixture
def desk(desk: Desk, signed: Path) -> Desk:
    """The test's own workspace, in which one agreement is signed."""
    return in_copy(desk, signed)


def amend_twice(desk: Desk, first: list[Change], second: list[Change]) -> None:
    amend(desk, ID, "2027-06-01", *first)
    amend(desk, ID, "2027-03-01", *second)


def on(desk: Desk, day: str) -> Stated:
    return composed_at(Shelf(desk), Reference(ID, day))


def notice(agreement: Agreement) -> str:
    return str(agreement.term.notice) if agreement.term else ""


def response(agreement: Agreement) -> tuple[str, str]:
    (service,) = [one for one in agreement.services if one.key == "web-hosting"]
    (target,) = [one for one in service.targets if one.key == "response-p2"]
    return str(target.target), str(target.hours)


def changed(desk: Desk, old: str, new: str) -> list[tuple[str, str, str]]:
    report = compare_versions(desk, f"{ID}@{old}", f"{ID}@{new}").report
    return [(one.path, str(one.old), str(one.new)) for one in report.values]


def test_the_data_of_a_day_are_those_of_the_amendments_in_effect_on_it(
    desk: Desk,
) -> None:
    amend_twice(desk, [(NOTICE, "P120D")], [(f"{P2}/target", "PT30M")])

    found = [
        (notice(one), response(one)[0])
        for one in (
            on(desk, day).document.document.agreement
            for day in (BEFORE, BETWEEN, AFTER)
        )
    ]

    assert found == [("P90D", "PT1H"), ("P90D", "PT30M"), ("P120D", "PT30M")]
    assert [one[0] for one in changed(desk, BEFORE, BETWEEN)] == [f"{P2}/target"]
    assert [one[0] for one in changed(desk, BETWEEN, AFTER)] == [NOTICE]
    assert [one[0] for one in changed(desk, "amendment-2", BETWEEN)] == [NOTICE]
    assert changed(desk, "amendment-2", AFTER) == []


def text_on(desk: Desk, day: str) -> str:
    place = desk.workspace.agreement(ID)
    made = render_conformed(
        Shelf(desk), place, Wanted("text"), date.fromisoformat(day), TODAY
    )
    return " ".join(made.data.decode().split())


def test_two_fields_of_one_target_come_into_force_each_on_its_day(desk: Desk) -> None:
    amend_twice(
        desk, [(f"{P2}/target", "PT30M")], [(f"{P2}/hours", "abu-dhabi-office")]
    )

    stated = [on(desk, day) for day in (BEFORE, BETWEEN, AFTER)]

    found = [response(one.document.document.agreement) for one in stated]
    assert found == [
        ("PT1H", "round-the-clock"),
        ("PT1H", "abu-dhabi-office"),
        ("PT30M", "abu-dhabi-office"),
    ]
    assert [row_of_p2(one) for one in stated] == [
        "at most 1 hour | Round the clock",
        "at most 1 hour | Abu Dhabi office hours",
        "at most 30 minutes | Abu Dhabi office hours",
    ]
    assert "was written against the text" not in text_on(desk, BETWEEN)


def row_of_p2(stated: Stated) -> str:
    """Return target and hours of the response to the second priority, as printed."""
    lines = reads(stated.document)
    row = next(line for line in lines if line.startswith("| Response time, High"))
    _, target, _, hours, *_ = row.split(" | ")
    return f"{target} | {hours}"


def test_of_a_field_that_both_change_the_amendment_in_effect_counts(
    desk: Desk,
) -> None:
    amend_twice(desk, [(f"{P2}/target", "PT45M")], [(f"{P2}/target", "PT30M")])

    found = [
        response(on(desk, day).document.document.agreement)[0]
        for day in (BEFORE, BETWEEN, AFTER)
    ]

    assert found == ["PT1H", "PT30M", "PT30M"]


def test_the_library_and_the_choice_of_clauses_are_those_of_the_day(desk: Desk) -> None:
    old = on(desk, BEFORE).library.library.revision
    desk.workspace.write(
        "clauses/waiver/preferred.en.md", b"1. Silence is no waiver.\n"
    )
    new = str(save_library(desk, "Shorter waiver", LATER).id)
    approval = (
        "{item: publicity, role: sales, by: Declan Byrne, on: 2026-11-20, value: omit}"
    )
    amend_twice(
        desk,
        [("/library", new), ("/clauses/publicity", "omit"), ("/approvals/+", approval)],
        [(f"{P2}/target", "PT30M")],
    )

    between, after = on(desk, BETWEEN), on(desk, AFTER)

    assert (between.library.library.revision, after.library.library.revision) == (
        old,
        new,
    )
    omitted = [
        one.document.document.agreement.clauses["publicity"].omit
        for one in (between, after)
    ]
    assert omitted == [False, True]


def test_data_that_mean_nothing_without_another_amendment_are_told(desk: Desk) -> None:
    said: list[str] = []
    price = '{model: monthly, amount: "4500.000", currency: KWD}'
    services = ("web-hosting", "managed-database")
    amend_twice(
        desk,
        [(f"/services/{one}/price", price) for one in services],
        [("/services/web-hosting/price/amount", "4900.000")],
    )

    agreement = on(replace(desk, warn=said.append), BETWEEN).document.document.agreement

    prices = {one.key: one.price for one in agreement.services}
    assert [str(one and one.currency) for one in prices.values()] == ["KWD", "KWD"]
    (note,) = said
    assert note.startswith("amendment 2 of SLA-2026-0001 was written on an amendment")


@pytest.mark.parametrize(
    ("second", "notes"),
    [
        pytest.param((f"{P2}/target", "PT30M"), [BETWEEN], id="of the same service"),
        pytest.param((NOTICE, "P120D"), [], id="elsewhere"),
    ],
)
def test_a_day_says_where_its_text_may_have_other_values_than_its_data(
    desk: Desk, second: Change, notes: list[str]
) -> None:
    amend_twice(desk, [("/services/web-hosting/name", "Shop Hosting")], [second])
    said: list[str] = []
    told = replace(desk, warn=said.append)

    for day in (BEFORE, BETWEEN, AFTER):
        on(told, day)

    assert said == [
        f"amendment 2 of {ID} is in effect on {day} without amendment 1, on whose text "
        "it was written; where both change something, the text of that day may say "
        "other values than those that are told"
        for day in notes
    ]


CELL = (
    "both change the entry under “Target” in the row for “Response time, High” under "
    "“Web Hosting” in the first table of Schedule 1 (Service Levels); the entry under "
)


@pytest.mark.parametrize(
    ("effective", "verb", "remedy"),
    [
        ("2027-03-01", "takes effect before", "let amendment 2 take effect on "),
        (
            "last-signature",
            "could take effect before",
            "let amendment 2 take effect on ",
        ),
        ("2027-06-01", "", ""),
    ],
)
def test_an_amendment_says_what_it_would_bring_into_force_early(
    desk: Desk, effective: str, verb: str, remedy: str
) -> None:
    said: list[str] = []
    amend(desk, ID, "2027-06-01", (f"{P2}/target", "PT45M"))
    open_next_amendment(desk, ID, effective, "As agreed")
    set_values(desk, ID, [(f"{P2}/target", "PT30M"), (NOTICE, "P120D")])
    save_agreement(desk, ID, "Amendment 2", LATER)
    told = replace(desk, warn=said.append)
    place = desk.workspace.agreement(ID)

    for is_execution in (False, True):
        wanted = Wanted("text", is_execution=is_execution)
        render_amendment(Shelf(told), place, wanted)
    signed = sign(desk, ID).notes

    assert len(said) == (2 if verb else 0)
    for note in (*said, *signed):
        assert CELL in note
        assert "notice" not in note.lower()
        assert "amendment 1, which was signed earlier and takes effect only on " in note
    for note in said:
        assert note.startswith(f"amendment 2 {verb}")
        assert remedy + "2027-06-01 or later" in note
    assert len(signed) == bool(verb)


def test_an_amendment_whose_conditions_are_met_first_says_so_on_that_day(
    desk: Desk,
) -> None:
    amend(desk, ID, "2027-06-01", (f"{P2}/target", "PT45M"))
    condition = "{key: audit, says: The audit is done.}"
    changes = [(f"{P2}/target", "PT30M"), ("/amendment/conditions/+", condition)]

    waiting = amend(desk, ID, "conditions-met", *changes)
    day = date(2026, 12, 20)
    told: list[str] = []
    there = replace(at(desk, day), warn=told.append)
    met = Met("amendment-2/audit", day, HandedIn("audit.txt", b"The audit is done."))
    record_condition(there, ID, met, datetime(2026, 12, 20, 9, 0, tzinfo=UTC))

    assert waiting.notes == ()
    (note,) = told
    assert CELL in note
    assert "look at the conformed copy of 2026-12-20" in note


def test_only_a_service_that_is_there_is_amended(desk: Desk) -> None:
    second = "/services/managed-database"
    amend_twice(
        desk,
        [(f"{P2}/target", "PT30M"), ("/contacts/+", CONTACT)],
        [("/contacts/reviews/phone", "+353 1 555 0198"), (f"{second}/name", "Store")],
    )

    agreement = on(desk, BETWEEN).document.document.agreement

    assert "reviews" not in [one.key for one in agreement.contacts]
    assert [one.name for one in agreement.services] == ["Web Hosting", "Store"]
    assert "reviews" in [
        one.key for one in on(desk, AFTER).document.document.agreement.contacts
    ]


CONTACT = (
    "{key: reviews, party: provider, purpose: Reviews, name: Nora Quinn, "
    "phone: +353 1 555 0199, email: nora.quinn@northwind.example}"
)
