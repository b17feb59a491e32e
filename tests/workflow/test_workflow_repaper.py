"""A changed library: the agreements in force that it touches, amended at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from signed import LATER, at, in_copy, sign

from slacontracts.compose.digest import wording_digest
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.document import Clause, Table
from slacontracts.store.git import latest_library
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.repaper import Drafting, Wanted, repaper
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.use import use_text
from slacontracts.workflow.versions import composed_at

SIGNED = "SLA-2026-0002"
WAIVER = "clauses/waiver/preferred.en.md"
NEW_WAIVER = b"1. Silence is never a waiver.\n"
DRAFTING = Drafting("2027-03-01", "Shorter waiver")


@pytest.fixture
def changed(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace with one signed agreement, and a new wording in the library."""
    desk = in_copy(desk, signed_sample)
    desk.workspace.write(WAIVER, NEW_WAIVER)
    save_library(desk, "Shorter waiver", LATER)
    return desk


def clause_words(clause: Clause) -> list[str]:
    return [
        "".join(getattr(inline, "text", "") for inline in block.inlines)
        for block in clause.blocks
        if not isinstance(block, Table)
    ]


def test_only_agreements_in_force_that_read_otherwise_are_listed(changed: Desk) -> None:
    done = repaper(changed, Wanted("waiver"), LATER)

    (one,) = done.touched
    assert (one.id, one.amendment, one.trouble) == (SIGNED, 0, "")
    assert [change.key for change in one.changes] == ["waiver"]
    assert done.revision == latest_library(changed.workspace.root)
    assert done.untouched == 0


def test_a_clause_that_reads_as_before_touches_nothing(changed: Desk) -> None:
    done = repaper(changed, Wanted("notices"), LATER)

    assert (done.touched, done.untouched) == ((), 1)


def test_the_amendment_of_each_is_drafted_and_saved(changed: Desk) -> None:
    told: list[tuple[int, int]] = []

    done = repaper(
        changed, Wanted(), LATER, DRAFTING, lambda at, of: told.append((at, of))
    )

    (one,) = done.touched
    assert (one.amendment, one.trouble) == (1, "")
    assert told == [(1, 1)]
    stated = composed_at(Shelf(changed), Reference(SIGNED))
    agreement = stated.document.document.agreement
    assert agreement.amendment is not None
    assert agreement.amendment.reason == "Shorter waiver"
    assert agreement.amendment.effective is not None
    assert str(agreement.amendment.effective.on) == "2027-03-01"
    clause = {c.key: c for c in stated.document.document.clauses}["waiver"]
    assert "Silence is never a waiver." in clause_words(clause)
    assert save_agreement(changed, SIGNED, "again", LATER).id is None


def test_an_open_amendment_is_named_and_left_alone(changed: Desk) -> None:
    open_next_amendment(changed, SIGNED, "2027-02-01", "A review")
    before = changed.workspace.read(changed.workspace.agreement(SIGNED).file)

    (one,) = repaper(changed, Wanted(), LATER, DRAFTING).touched

    assert one.amendment == 0
    assert "amendment 1 is open" in one.trouble
    assert changed.workspace.read(changed.workspace.agreement(SIGNED).file) == before


def test_what_fails_with_one_agreement_leaves_it_as_it_was(changed: Desk) -> None:
    before = changed.workspace.read(changed.workspace.agreement(SIGNED).file)

    (one,) = repaper(
        changed, Wanted(), LATER, Drafting("1999-01-01", "Too early")
    ).touched

    assert one.amendment == 0
    assert "before SLA-2026-0002 itself does" in one.trouble
    assert changed.workspace.read(changed.workspace.agreement(SIGNED).file) == before


def test_wording_of_an_agreements_own_is_not_touched(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    use_text(desk, "SLA-2026-0001", "waiver", "Our own waiver.", "en")
    digest = wording_digest({"en": "Our own waiver.\n"})
    approval = "{item: waiver, role: legal, by: Ciara Nolan, on: 2026-11-20, value: "
    set_values(desk, "SLA-2026-0001", [("/approvals/+", f"{approval}{digest}}}")])
    save_agreement(desk, "SLA-2026-0001", "Own waiver", LATER)
    sign(desk, "SLA-2026-0001")
    desk.workspace.write(WAIVER, NEW_WAIVER)
    save_library(desk, "Shorter waiver", LATER)

    done = repaper(desk, Wanted("waiver"), LATER)

    assert [one.id for one in done.touched] == [SIGNED]
    assert done.untouched == 1


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted("waver"), 'no clause "waver"; did you mean "waiver"'),
        (Wanted(library="ffffffff"), 'no version "ffffffff"'),
        (Wanted(customer="contosso"), 'no customer "contosso"'),
    ],
)
def test_what_there_is_not_is_refused(
    changed: Desk, wanted: Wanted, message: str
) -> None:
    with pytest.raises(NotFoundError, match=message):
        repaper(changed, wanted, LATER)


def test_an_agreement_that_has_ended_is_passed_over(changed: Desk) -> None:
    late = datetime(2040, 1, 1, tzinfo=UTC)

    done = repaper(at(changed, late.date()), Wanted(), late)

    assert (done.touched, done.untouched) == ((), 0)


def test_a_library_that_is_not_saved_is_refused(changed: Desk) -> None:
    changed.workspace.write(WAIVER, b"1. Yet another.\n")

    with pytest.raises(SourceError, match="not saved"):
        repaper(changed, Wanted(), LATER)
