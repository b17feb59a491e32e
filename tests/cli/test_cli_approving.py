"""The commands deviations and approve, as somebody types them."""

import json
from pathlib import Path

import pytest
from approving import CAP, DRAFTER, FINANCE, ID, Office, staffed
from conftest import Run
from docx import Document

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def office(contracts: Path) -> Office:
    return staffed(contracts).sets("30")


def test_a_deviation_is_shown_approved_and_shown_again(
    run: Run, office: Office, tmp_path: Path
) -> None:
    waiting = " ".join(run("deviations", ID).stdout.split())
    assert "Credits: cap is 30% (/credits/cap_percent)" in waiting
    assert "Preferred: at most 25%" in waiting
    holders = "Omar Haddad or Niamh Kelleher or Eoin Fahy"
    assert f"Open: waits until finance ({holders})" in waiting

    mail = tmp_path / "consent.eml"
    mail.write_text("Fine with me.")
    office.is_now("Eve Smith")
    consent = ("--on-behalf-of", FINANCE, "--evidence", str(mail))
    done = run("approve", ID, "--role", "finance", *consent, "--note", "As last year")

    said = f"{ID}: {CAP} (30): approved for finance by {FINANCE}, recorded by Eve Smith"
    assert done.stdout == f"{said}\n{ID}: saved as version 5\n"
    shown = " ".join(run("deviations", ID).stdout.split())
    assert (
        "Approved for finance by Omar Haddad on 23 November 2026, recorded by Eve "
        "Smith Reason: As last year"
    ) in shown


def test_a_refusal_is_one_line(run: Run, office: Office) -> None:
    refused = run("approve", ID, "--role", "finance", code=3)

    assert refused.stderr.startswith(f"error: {DRAFTER} wrote what stands at {CAP}")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--role"),
        (("--role", "finance", "--note", " "), "--note is empty"),
        (("--role", "finance", "--until", "soon"), "--until: "),
        (("--role", "finance", "--evidence", "nowhere.eml"), "does not exist"),
        (("--role", "finance", "--condition", "a\u202eb"), "--condition: "),
    ],
)
def test_what_says_nothing_is_wrong_usage(
    arguments: tuple[str, ...], says: str, run: Run
) -> None:
    assert says in run("approve", ID, *arguments, code=2).stderr


def test_deviations_are_written_in_every_format(
    run: Run, office: Office, tmp_path: Path
) -> None:
    for name in ("d.html", "d.docx", "d.txt"):
        file = tmp_path / name
        assert run("deviations", ID, "-o", str(file)).stdout == f"{file}\n"
        again = run("deviations", ID, "-o", str(file)).stdout
        assert again == f"{file} (replaces the one that was there)\n"
    word = Document(str(tmp_path / "d.docx"))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[0][1:4] == ["Where", "What departs", "The library"]
    assert any("Credits: cap is 30%" in row[2] for row in cells)
    assert "Credits: cap is 30%" in (tmp_path / "d.html").read_text()
    assert (tmp_path / "d.txt").read_text() == run("deviations", ID).stdout


def test_another_file_is_not_replaced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("My plan.")

    run("deviations", ID, "-o", str(file), code=3)

    assert file.read_text() == "My plan."
    run("deviations", ID, "-o", str(file), "--force")
    assert file.read_text().startswith("Deviations: ")


def test_deviations_for_programs(run: Run, office: Office) -> None:
    rows = json.loads(run("deviations", ID, "--json").stdout)

    (row,) = (one for one in rows if one["item"] == CAP)
    assert row["preferred"] == "at most 25%"
    assert row["beyond_walk_away"] is False
    (approval,) = row["approvals"]
    assert (approval["role"], approval["state"]) == ("finance", "waiting")
    assert approval["holders"] == [FINANCE, DRAFTER, "Eoin Fahy"]


def test_a_word_file_is_not_printed(run: Run) -> None:
    run("deviations", ID, "--format", "docx", "-o", "-", code=2)
    run("deviations", ID, "--json", "--format", "html", code=2)


def test_the_report_of_nothing_says_so(run: Run) -> None:
    shown = run("deviations", "OLA-2026-0001").stdout

    assert "Nothing departs from what the library prefers." in shown
    assert "For us alone" not in shown
