"""What two people put right of one agreement, neither knowing of the other."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sharing import Person, bare, colleague_of
from typed import OLD, OLD_PAPER, handed_in

from slacontracts.cli import cli
from slacontracts.model.record import (
    ConditionMet,
    Ending,
    FormerPlace,
    Record,
    act_digest,
)
from slacontracts.workflow.registered import conditions_in, endings_in

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Told:
    """Records of one agreement, each filed in a line."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def file(self, who: str, puts_right: Record | None = None, **said: Any) -> Record:
        place = len(self.records) + 1
        record = Record(
            sequence=place,
            previous=f"{place:064}",
            act="terminated" if "ending" in said else "condition-met",
            agreement=OLD,
            customer="woodgrove-bank",
            entry=place,
            recorded_at=WHEN,
            recorded_by=f"{who} <{who}@northwind.example>",
            program="0.1.0",
            correction="Wrong" if puts_right else None,
            corrects=act_digest(puts_right) if puts_right else None,
            **said,
        )
        self.records.append(record)
        return record

    def end(
        self, who: str, day: int, puts_right: Record | None = None, **more: Any
    ) -> Record:
        ending = Ending(
            on=date(2027, 1, day),
            ground="agreed",
            reference="T-1",
            received=date(2026, 11, 20),
            notice="signed/1-n.pdf",
            **more,
        )
        return self.file(who, puts_right, ending=ending)

    def met(
        self, who: str, day: int, puts_right: Record | None = None, **more: Any
    ) -> Record:
        said = ConditionMet(
            key="permit", on=date(2026, 11, day), evidence="signed/1-r.pdf", **more
        )
        return self.file(who, puts_right, condition=said)

    def days(self) -> list[int]:
        endings = (one.ending for one in endings_in(self.records))
        return [one.on.day for one in endings if one is not None]

    def day_met(self) -> list[int]:
        found = (one.condition for one in conditions_in(self.records).values())
        return [one.on.day for one in found if one is not None]


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_notice_taken_back_is_the_one_that_was_named(told: Told) -> None:
    first = told.end("niamh", 10)
    told.end("niamh", 20)
    told.end("omar", 10, first, is_void=True)

    assert told.days() == [20]


def test_a_correction_puts_right_the_notice_that_was_named(told: Told) -> None:
    first = told.end("niamh", 10)
    told.end("niamh", 20)
    told.end("omar", 11, first)

    assert told.days() == [20, 11]


def test_a_notice_filed_again_is_not_the_one_taken_back_by_another(told: Told) -> None:
    first = told.end("niamh", 10)
    told.end("niamh", 10, first, is_void=True)
    told.end("niamh", 10)
    told.end("omar", 10, first, is_void=True)

    assert told.days() == [10]


def test_of_two_corrections_of_one_notice_the_later_counts(told: Told) -> None:
    first = told.end("niamh", 10)
    told.end("niamh", 11, first)
    told.end("omar", 12, first)

    assert told.days() == [12]


def test_who_takes_a_notice_back_does_not_take_back_what_replaced_it(
    told: Told,
) -> None:
    first = told.end("niamh", 10)
    second = told.end("niamh", 11, first)
    told.end("omar", 10, first, is_void=True)
    assert told.days() == [11]

    told.end("omar", 11, second, is_void=True)
    assert told.days() == []


def test_a_correction_from_before_they_were_named_is_of_the_last(told: Told) -> None:
    told.end("niamh", 10)
    told.end("niamh", 20)
    ending = told.records[-1].ending
    assert ending is not None
    void = ending.model_copy(update={"is_void": True})
    told.file("omar", None, ending=void)
    told.records[-1] = told.records[-1].model_copy(update={"correction": "Wrong"})

    assert told.days() == [10]


def test_a_condition_that_another_report_shows_is_not_taken_back_with_the_first(
    told: Told,
) -> None:
    first = told.met("niamh", 10)
    second = told.met("niamh", 12, first)
    told.met("omar", 10, first, is_void=True)
    assert told.day_met() == [12]

    told.met("omar", 12, second, is_void=True)
    assert told.day_met() == []


def test_a_record_is_known_wherever_it_comes_to_stand_and_from_a_list(
    told: Told,
) -> None:
    record = told.end("niamh", 10)
    place = FormerPlace(
        sequence=record.sequence,
        previous=record.previous,
        entry=record.entry,
        recorded_at=record.recorded_at,
    )
    moved = {"sequence": 7, "previous": "f" * 64, "entry": 4, "formerly": (place,)}
    held = {"contents": {"signed/1-n.pdf": "e" * 64}}

    assert act_digest(record.model_copy(update=moved | held)) == act_digest(record)
    assert act_digest(record.model_copy(update={"entry": 4})) != act_digest(record)


WHY = ("--by", "legal", "--correct")


def do(person: Person, *said: str) -> str:
    done = CliRunner().invoke(cli, ["-C", str(person.root), *said])
    assert done.exit_code == 0, done.output
    return done.output


def terminate(person: Person, folder: Path, on: str, *more: str) -> str:
    letter = handed_in(folder, "t1.pdf", b"%PDF-1.4 t1")
    how = ("--reference", "T-1", "--notice", letter, "--received", "2026-11-20")
    return do(person, "terminate", OLD, *how, "--ground", "agreed", "--on", on, *more)


@pytest.fixture
def niamh(contracts: Path, tmp_path: Path, today: None) -> Person:
    settings = contracts / "slacontracts.yaml"
    holders = ", ".join(
        f"{{name: {name} X, email: {name.lower()}@northwind.example}}"
        for name in ("Niamh", "Omar")
    )
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"roles: {{legal: [{holders}]}}\n")
    person = Person(contracts)
    do(person, "library", "save", "-m", "Who approves")
    paper = handed_in(tmp_path, "p.pdf", b"%PDF-1.4 x")
    facts = handed_in(tmp_path, "p.yaml", OLD_PAPER.encode())
    signed = ("--signed-on", "customer=2023-12-01")
    do(person, "register", OLD, "--foreign", paper, "--facts", facts, *signed)
    terminate(person, tmp_path, "2026-12-20")
    do(person, "push", "--to", str(bare(tmp_path / "shared.git")))
    return person


@pytest.fixture
def omar(niamh: Person, tmp_path: Path) -> Person:
    person = colleague_of(niamh, tmp_path / "omar", "Omar Haddad")
    do(person, "pull")
    return person


def test_the_last_word_of_two_who_take_a_notice_back_is_kept(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    do(niamh, "terminate", OLD, "--no-end", *WHY, "Niamh's reason")
    do(niamh, "push")
    do(omar, "terminate", OLD, "--no-end", *WHY, "Omar's reason")
    terminate(omar, tmp_path, "2026-12-20")
    do(omar, "terminate", OLD, "--no-end", *WHY, "Omar's last word")

    pulled = do(omar, "pull")

    assert "dropped" not in pulled
    assert "both put right" not in pulled  # they say the same
    assert "ends by notice" not in do(omar, "registry", "due")
    shown = do(omar, "registry", "show", OLD)
    assert all(one in shown for one in ("Niamh's reason", "Omar's", "last word"))


def test_two_who_put_one_notice_right_otherwise_are_told(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    do(niamh, "terminate", OLD, "--no-end", *WHY, "Withdrawn")
    do(niamh, "push")
    terminate(omar, tmp_path, "2026-12-28", *WHY, "Date misread")

    pulled = do(omar, "pull")

    assert (
        f"note: records 3 and 4 both put right one record of {OLD}, by Niamh" in pulled
    )
    assert "2026-12-28" in do(omar, "registry", "list")


def test_of_one_notice_that_both_filed_one_is_dropped_and_no_paper_spoken_of(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    for person in (niamh, omar):
        do(person, "terminate", OLD, "--no-end", *WHY, "Wrong")
        terminate(person, tmp_path, "2026-12-28")
    do(niamh, "push")

    pulled = do(omar, "pull")

    assert "terminated) is dropped: the same was filed first by Niamh" in pulled
    assert "paper" not in pulled
    assert "ends by notice" in do(omar, "registry", "due")
