"""An agreement signed and amended twice, with the commands that its lawyer types."""

import json
import os
import re
from pathlib import Path

import pytest
import typed
from amending import reads
from conftest import Run

from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import composed_at

ID = "SLA-2026-0001"
pytestmark = pytest.mark.usefixtures("today")
WORDING = Path(__file__).parents[2] / "docs" / "amending"
RESPONSE = "/services/web-hosting/targets/response-p2/target=PT30M"
PRICE = "/services/web-hosting/price/amount=4900.00"
NOTICE = "The party that assigns must give that notice at least six weeks beforehand"
COMPETITOR = "An assignment to a competitor of the other party needs its consent"


@pytest.fixture
def signed(run: Run, tmp_path: Path) -> Run:
    """The command, in a workspace in which the agreement is signed."""
    typed.sign(run, ID, tmp_path, on="2026-11-20")
    return run


def use_assignment(run: Run, file: Path) -> None:
    """Take wording for the clause on assignment, and record that legal approves it."""
    run("use", ID, "assignment", "--text", str(file))
    found = run("check", ID, "--json").stdout
    (value,) = set(re.findall(r"item: assignment,.*?value: ([0-9a-f]{12})\}", found))
    approve(run, f"item: assignment, role: legal, value: {value}")


def approve(run: Run, what: str) -> None:
    run("set", ID, f"/approvals/+={{{what}, by: Ciara Nolan, on: 2026-11-20}}")


def first_amendment(run: Run, effective: str = "2027-03-01") -> None:
    run("amend", ID, "--effective", effective, "--reason", "Sales at night")
    use_assignment(run, WORDING / "assignment-1.txt")
    run("set", ID, RESPONSE)
    run("save", ID, "-m", "Faster response, notice of an assignment")


def second_amendment(run: Run, effective: str = "2027-07-01") -> None:
    run("amend", ID, "--effective", effective, "--reason", "The yearly review")
    use_assignment(run, WORDING / "assignment-2.txt")
    run("use", ID, "publicity", "--omit")
    approve(run, "item: publicity, role: sales, value: omit")
    run("set", ID, PRICE)
    run("save", ID, "-m", "New price, competitors, no publicity")


def rendered(run: Run, *how: str) -> str:
    """Return a rendering as one line of text."""
    return " ".join(run("render", ID, *how, "-o", "-").stdout.split())


def conformed(run: Run, day: str) -> str:
    return rendered(run, "--as", "conformed", "--at", day)


def instructions(run: Run) -> list[str]:
    """Return what the instrument to sign says under its heading 3, item by item."""
    text = rendered(run, "--as", "amendment", "--execution")
    said = text.split("changes the Agreement as follows. ")[1].split(" 4 What stays")[0]
    return re.split(r" (?=3\.[0-9]+ )", said)


def differences(run: Run) -> dict[str, str]:
    found = json.loads(run("compare", ID, "--format", "json").stdout)
    return {clause["clause"]: clause["change"] for clause in found["clauses"]}


def lines(contracts: Path, version: str) -> list[str]:
    """Return each line of a version with the number that stands before it."""
    desk = open_desk(contracts, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
    return reads(composed_at(Shelf(desk), Reference(ID, version)).document)


def test_an_agreement_is_signed_and_amended_twice(
    signed: Run, contracts: Path, tmp_path: Path
) -> None:
    run = signed
    first_amendment(run)
    assert [one.split(":")[0] for one in instructions(run)] == [
        "3.1 A new Clause 44.2A is inserted after Clause 44.2 (Assignment)",
        "3.2 In the first table of Schedule 1 (Service Levels), in the row for "
        "“Response time, High” under “Web Hosting”, the entry under “Target” is "
        "deleted and replaced by",
        "3.3 In the third table of Schedule 1 (Service Levels), in the row for “High”, "
        "the entry under “Response” is deleted and replaced by",
    ]
    assert differences(run) == {
        "assignment": "substituted",
        "schedule-service-levels": "substituted",
    }
    typed.sign(run, ID, tmp_path, amendment=1)

    second_amendment(run)
    said = instructions(run)
    assert [one.split(":")[0] for one in said] == [
        "3.1 In the table of the part headed “Key Terms”, the row for “Charges” is "
        "deleted and replaced by",
        "3.2 A new Clause 44.2AA is inserted after Clause 44.2 (Assignment)",
        "3.3 Clause 50 (Publicity) is deleted.",
        "3.4 In the table of Schedule 5 (Charges), in the row for “Web Hosting”, the "
        "entry under “Amount” is deleted and replaced by",
        "3.5 In the table of Schedule 5 (Charges), in the row for “Total per month”, "
        "the entry under “Amount” is deleted and replaced by",
    ]
    assert said[1].endswith(f"“44.2AA {COMPETITOR} in every case.”")
    assert differences(run) == {
        "key-terms": "substituted",
        "assignment": "substituted",
        "publicity": "deleted",
        "schedule-charges": "substituted",
    }
    redline = tmp_path / "redline.docx"
    run("render", ID, "--as", "redline", "-o", str(redline))
    marked = json.loads(run("revisions", str(redline), "--json").stdout)
    assert [
        (one["clause"], one["old"][:20], one["new"][:23])
        for one in marked
        if one["clause"] > "44"
    ] == [
        ("44.2", "", "44.2AA\tAn assignment to"),
        ("50", "Publicity", ""),
        ("50", "", "[Intentionally omitted]"),
        ("50.1", "Neither party may na", ""),
        ("50.2", "A party may take bac", ""),
        ("Schedule 5", "4,500.00", ""),
        ("Schedule 5", "", "4,900.00"),
        ("Schedule 5", "6,350.00", ""),
        ("Schedule 5", "", "6,750.00"),
    ]
    typed.sign(run, ID, tmp_path, amendment=2)

    before, between, after = (
        conformed(run, day) for day in ("2027-02-28", "2027-03-01", "2027-07-01")
    )
    for text in (before, between, after):
        assert "44.3 The Customer plans to move its online shop" in text
        assert "51 Language" in text
    assert "44.2A" not in before
    assert "50 Publicity" in before
    assert "Amendment No. 1" not in before
    assert f"44.2A {NOTICE}" in between
    assert "44.2AA" not in between
    assert "Web Hosting: 30 minutes" not in before
    assert "EUR 4,500.00 (monthly)" in between
    assert re.search(rf"44\.2AA {COMPETITOR}.* 44\.2A {NOTICE}", after)
    assert "50 [Intentionally omitted]" in after
    assert "[Deleted by Amendment No. 2, in effect from 1 July 2027.]" in after
    assert "EUR 4,900.00 (monthly)" in after
    assert "for convenience only" in after

    # Nothing else, no number and no reference, is different from what was signed.
    original, amended = lines(contracts, "original"), lines(contracts, "amendment-2")
    assert [one[:44].strip() for one in original if one not in amended] == [
        "| Charges | Web Hosting: EUR 4,500.00 (month",
        "50 Publicity",
        "50.1 Neither party may name the other in pub",
        "50.2 A party may take back its consent for t",
        "| Response time, High / Measured by ticket s",
        "| High | an essential function is seriously",
        "| Web Hosting / Includes: platform, operatio",
        "| Total per month |  | EUR 6,350.00",
    ]
    assert [one[:44].strip() for one in amended if one not in original] == [
        "| Charges | Web Hosting: EUR 4,900.00 (month",
        "44.2AA An assignment to a competitor of the",
        "44.2A The party that assigns must give that",
        "50 [Intentionally omitted]",
        "| Response time, High / Measured by ticket s",
        "| High | an essential function is seriously",
        "| Web Hosting / Includes: platform, operatio",
        "| Total per month |  | EUR 6,750.00",
    ]


def test_an_amendment_that_takes_effect_before_an_earlier_one_waits_for_nothing(
    signed: Run, tmp_path: Path
) -> None:
    first_amendment(signed, "2027-07-01")
    typed.sign(signed, ID, tmp_path, amendment=1)
    second_amendment(signed, "2027-03-01")
    typed.sign(signed, ID, tmp_path, amendment=2)

    between, after = (conformed(signed, day) for day in ("2027-03-01", "2027-07-01"))

    assert f"44.2AA {COMPETITOR}" in between
    assert NOTICE not in between
    assert "50 [Intentionally omitted]" in between
    assert re.search(rf"44\.2AA {COMPETITOR}.* 44\.2A {NOTICE}", after)


def test_what_alters_a_clause_that_is_not_in_force_yet_is_held_over_and_told(
    signed: Run, tmp_path: Path
) -> None:
    first_amendment(signed, "2027-07-01")
    typed.sign(signed, ID, tmp_path, amendment=1)
    sooner = (WORDING / "assignment-1.txt").read_text().replace("six weeks", "a month")
    (tmp_path / "sooner.txt").write_text(sooner)
    signed("amend", ID, "--effective", "2027-03-01", "--reason", "Sooner")
    use_assignment(signed, tmp_path / "sooner.txt")
    signed("save", ID, "-m", "A month")
    assert "Clause 44.2A" in instructions(signed)[0]
    typed.sign(signed, ID, tmp_path, amendment=2)

    between, after = (conformed(signed, day) for day in ("2027-03-01", "2027-07-01"))

    assert "44.2A The party" not in between
    assert "at least a month beforehand" not in between
    assert "at least a month beforehand" in after
    assert (
        "Amendment No. 2 also changes text that was not yet in effect on that day; "
        "those changes are not shown." in between
    )
