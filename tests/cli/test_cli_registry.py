"""The register asked at the command line: lists, searches, deadlines, files."""

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Run
from icalendar import Calendar
from sharing import bare, git
from typed import OLD, OLD_PAPER, file_old_paper

SIGNED = "SLA-2026-0002"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def old(run: Run, tmp_path: Path) -> Run:
    """The command, in a workspace in which an agreement of 2024 is filed."""
    file_old_paper(run, tmp_path)
    return run


@pytest.fixture
def signed(run: Run, signed_sample: Path, contracts: Path) -> Run:
    """The command, in a workspace in which a sample is signed by all parties."""
    shutil.rmtree(contracts)
    shutil.copytree(signed_sample, contracts)
    return run


def lines(printed: str) -> list[str]:
    return [" ".join(line.split()) for line in printed.splitlines() if line.strip()]


def test_the_list_says_how_each_agreement_stands_today(old: Run) -> None:
    shown = lines(old("registry", "list").stdout)

    assert shown[0] == "id customer version state effective ends notice by"
    assert shown[2] == (
        f"{OLD} woodgrove-bank paper in-force 2024-01-01 2026-12-31 2026-12-01"
    )


def test_the_list_for_programs_has_each_field(signed: Run) -> None:
    (one,) = json.loads(signed("registry", "list", "--json").stdout)

    assert {
        **one,
        "title": one["title"][:10],
        "digest": len(one["digest"]),
    } == {
        "id": SIGNED,
        "customer": "fabrikam-arabia",
        "title": "Multilevel",
        "version": "original",
        "state": "in-force",
        "effective": "2026-11-20",
        "ends": "2028-11-19",
        "notice_by": "2028-08-21",
        "digest": 64,
        "missing": [],
        "paper_differs": False,
        "provisional": False,
    }


def test_programs_are_told_what_may_still_get_another_number(
    old: Run, contracts: Path, tmp_path: Path
) -> None:
    def said() -> list[bool]:
        listed = (
            old("registry", "list", "--json"),
            old("registry", "show", OLD, "--json"),
        )
        return [json.loads(one.stdout)[0]["provisional"] for one in listed]

    alone = said()
    shared = bare(tmp_path / "shared.git")
    git(contracts, "config", "remote.origin.url", str(shared))
    waiting = said()
    shown = old("registry", "show", OLD).stdout
    old("push")

    assert (alone, waiting, said()) == ([False] * 2, [True] * 2, [False] * 2)
    assert "record 1: foreign original, provisional until pushed, filed" in shown
    assert "provisional" not in old("registry", "show", OLD).stdout


def test_an_empty_register_says_how_to_fill_it(run: Run) -> None:
    listed = run("registry", "list")

    assert listed.stdout == ""
    assert listed.stderr == (
        "nothing is registered yet; see slacontracts register --help\n"
    )
    assert json.loads(run("registry", "list", "--json").stdout) == []
    assert run("registry", "due").stdout == "nothing comes due within 90 days\n"


def test_show_tells_every_record_of_an_agreement(old: Run, tmp_path: Path) -> None:
    shown = lines(old("registry", "show", OLD).stdout)

    assert shown[0] == (
        "record 1: foreign original, filed 2026-11-23 09:00 by Niamh Kelleher "
        "<niamh@northwind.example>"
    )
    assert shown[1:3] == ["effective: 2024-01-01", "signed by customer on 2023-12-01"]
    assert shown[3] == "no day is known on which the provider signed"
    assert shown[4].startswith(f"file {OLD}.pdf, not drafted here; SHA-256 ")


def test_show_for_programs_is_what_was_filed(signed: Run) -> None:
    (record,) = json.loads(signed("registry", "show", SIGNED, "--json").stdout)

    assert (record["act"], record["as"], record["sequence"]) == (
        "signed",
        "original",
        1,
    )
    assert {one["party"]: one["on"] for one in record["signatures"]} == {
        "provider": "2026-11-20",
        "customer": "2026-11-20",
    }


def test_words_are_found_in_clauses_parties_and_values(signed: Run) -> None:
    in_clause = signed("registry", "search", '"service credits"').stdout
    of_party = signed("registry", "search", "fabrik*").stdout
    nowhere = signed("registry", "search", "zeppelin")

    assert all(
        line.startswith(f"{SIGNED} (original), ") for line in in_clause.splitlines()
    )
    assert "Service Credits: " in in_clause
    assert SIGNED in of_party
    assert nowhere.stdout == ""
    assert "nothing registered has all these words" in nowhere.stderr


def test_a_search_for_programs_names_the_clause(signed: Run) -> None:
    found = json.loads(
        signed("registry", "search", "force majeure", "--json", "--limit", "1").stdout
    )

    assert [(one["id"], one["clause"], one["is_current"]) for one in found] == [
        (SIGNED, "force-majeure", True)
    ]


def test_a_notice_says_when_it_must_arrive_and_be_sent_and_to_whom(old: Run) -> None:
    shown = old("registry", "due", "--within", "30d").stdout.splitlines()

    start = shown.index(
        f"  2026-11-27  {OLD}  a notice to the customer, Woodgrove Bank, that prevents "
        "the renewal of 1 January 2027"
    )
    assert shown[0] == "WITHIN 30 DAYS"
    assert shown[start + 1 : start + 5] == [
        "      To the customer: Woodgrove Bank, for the attention of the Head of Legal",
        "      Must arrive by Tuesday 1 December 2026",
        "      Send by courier by Friday 27 November 2026, to 1 Bank Street, Dubai",
        "      Send by e-mail by Tuesday 1 December 2026, before 17:00 there, to "
        "legal@woodgrove.example",
    ]


def test_what_is_to_be_sent_in_time_is_shown_though_it_arrives_later(old: Run) -> None:
    shown = old("registry", "due", "--within", "4d").stdout

    assert "2026-11-27" in shown
    assert "Must arrive by Tuesday 1 December 2026" in shown


def test_a_way_for_which_it_is_too_late_is_told(run: Run, tmp_path: Path) -> None:
    file_old_paper(run, tmp_path, OLD_PAPER.replace("P30D", "P37D"))

    shown = run("registry", "due").stdout

    assert "Too late by courier; Friday 20 November 2026 was the last day" in shown
    assert "Send by e-mail by Tuesday 24 November 2026" in shown


def test_what_is_overdue_comes_first_and_no_heading_comes_twice(
    run: Run, tmp_path: Path
) -> None:
    later = OLD_PAPER.replace("P30D", "P4D")
    file_old_paper(run, tmp_path, later + "review: {next: 2026-12-24}\n")
    passed = "review: {next: 2026-11-22}\n"
    file_old_paper(run, tmp_path, OLD_PAPER + passed, "SLA-2024-0002")

    shown = run("registry", "due", "--within", "400d").stdout.splitlines()

    headings = [line for line in shown if not line.startswith(" ")]
    assert headings == ["OVERDUE", "WITHIN 30 DAYS", "WITHIN 90 DAYS"]
    assert shown[1] == "  2026-11-22  SLA-2024-0002  review of the agreement"
    assert shown[shown.index("WITHIN 90 DAYS") + 1] == (
        f"  2026-12-24  {OLD}  review of the agreement"
    )


def test_deadlines_of_one_agreement_alone(old: Run, tmp_path: Path) -> None:
    file_old_paper(old, tmp_path, agreement_id="SLA-2024-0002")

    both = json.loads(old("registry", "due", "--json").stdout)
    one = json.loads(old("registry", "due", OLD, "--json").stdout)

    assert {each["id"] for each in both} == {OLD, "SLA-2024-0002"}
    assert {each["id"] for each in one} == {OLD}


def test_a_notice_for_programs_has_its_days_and_ways(old: Run) -> None:
    found = json.loads(old("registry", "due", "--json").stdout)

    (notice,) = (one for one in found if "to the customer" in one["says"])
    assert (notice["kind"], notice["on"], notice["act_by"], notice["urgency"]) == (
        *("notice", "2026-12-01", "2026-11-27"),
        "within 30 days",
    )
    assert notice["notice"] == {
        "to": "customer",
        "name": "Woodgrove Bank",
        "attention": "the Head of Legal",
        "must_arrive": "2026-12-01",
        "send": [
            {
                "way": "courier",
                "by": "2026-11-27",
                "before": "",
                "address": "1 Bank Street, Dubai",
            },
            {
                "way": "email",
                "by": "2026-12-01",
                "before": "17:00",
                "address": "legal@woodgrove.example",
            },
        ],
        "estimated_holidays": [],
        "is_place_known": True,
    }


def test_a_calendar_is_read_by_another_program(old: Run, tmp_path: Path) -> None:
    file = tmp_path / "new" / "deadlines.ics"

    said = old("registry", "calendar", "-o", str(file))

    calendar = Calendar.from_ical(file.read_bytes())
    assert isinstance(calendar, Calendar)
    days = [event.start for event in calendar.events]
    assert said.stdout == f"{file}: {len(days)} dates\n"
    assert said.stderr == f"note: the folder {file.parent} was made\n"
    assert date(2026, 11, 27) in days
    assert all(
        event.end - event.start == timedelta(days=1) for event in calendar.events
    )


def test_a_table_for_a_spreadsheet_has_no_formula(run: Run, tmp_path: Path) -> None:
    file_old_paper(
        run,
        tmp_path,
        OLD_PAPER.replace("Hosting A", '"=1+1 A').replace("2024\np", '2024"\np', 1),
    )
    file = tmp_path / "register.csv"

    said = run("registry", "export", "-o", str(file))

    assert said.stdout == f"{file}: 1 agreement\n"
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert row["id"] == OLD
    assert row["title"] == "'=1+1 Agreement of 2024"
    assert row["notice_by"] == "2026-12-01"


def test_objects_for_a_program_are_those_of_the_list(old: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.json"

    old("registry", "export", "--format", "json", "-o", str(file))

    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(
        old("registry", "list", "--json").stdout
    )


def test_an_index_made_anew_answers_as_before(signed: Run) -> None:
    before = signed("registry", "list", "--json").stdout

    said = signed("registry", "rebuild").stdout

    assert said == "the index was made anew from 1 record\n"
    assert signed("registry", "list", "--json").stdout == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["due", "--within", "soon"],
            '"soon" is no number of days; write --within 90d',
        ),
        (["due", "--within", "0d"], "write --within 90d"),
        (["search", "x", "--limit", "0"], "--limit"),
        (["calendar", "-o", "slacontracts.yaml"], "ends with .ics"),
        (["export", "-o", "register.json"], "ends with .csv"),
        (["export", "--format", "json", "-o", "register.csv"], "ends with .json"),
        (["calendar"], "--output"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told(run: Run, arguments: list[str], says: str) -> None:
    assert says in run("registry", *arguments, code=2).stderr


@pytest.mark.parametrize("command", ["show", "due"])
def test_an_agreement_of_which_nothing_is_registered(run: Run, command: str) -> None:
    result = run("registry", command, "SLA-2026-0001", code=3)

    assert result.stderr == (
        "error: nothing of SLA-2026-0001 is registered; see slacontracts registry list\n"
    )
