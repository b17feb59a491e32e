"""An agreement from its signature to its end in the register, as its keeper types it."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from icalendar import Calendar
from typed import sign

ID = "SLA-2026-0001"
pytestmark = pytest.mark.usefixtures("today")


def other_copy(paper: Path) -> Path:
    """Return the same paper as another program saves it, with the same words."""
    copy = paper.with_name("customer.docx")
    written = io.BytesIO()
    with zipfile.ZipFile(paper) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    copy.write_bytes(written.getvalue())
    return copy


def state(run: Run) -> tuple[str, str, str | None]:
    (line,) = json.loads(run("registry", "list", "--json").stdout)
    return line["version"], line["state"], line["notice_by"]


def receipt_in(printed: str) -> str:
    (line,) = (one for one in printed.splitlines() if one.startswith("receipt: "))
    return line.removeprefix("receipt: ")


def test_an_agreement_is_registered_amended_asked_about_and_ended(
    run: Run, contracts: Path, tmp_path: Path
) -> None:
    # Two counterparts.
    paper = tmp_path / "provider.docx"
    run("render", ID, "--execution", "-o", str(paper))
    first = run("register", ID, "--signed", str(paper), "--signed-on", "provider=2026-11-20")  # fmt: skip
    assert "not signed yet by customer" in first.stdout
    assert state(run) == ("original", "partly-signed", None)
    assert "the customer, Contoso Retail LLC, has not" in run("registry", "due").stdout
    second = run("register", ID, "--signed", str(other_copy(paper)), "--signed-on", "customer=2026-11-21")  # fmt: skip
    assert "effective 2026-12-01" in second.stdout
    assert state(run) == ("original", "signed-not-effective", "2029-08-31")

    # An amendment moves the last day for a notice.
    run("amend", ID, "--effective", "2027-03-01", "--reason", "Say so sooner")
    run("set", ID, "/term/notice=P120D")
    run("save", ID, "-m", "Longer notice")
    amended = sign(run, ID, tmp_path, amendment=1)
    assert state(run)[0] == "amendment-1"
    assert "amendment-1 on 2026-11-23" in run("versions", ID).stdout

    # It is found by its words, and comes due.
    found = run("registry", "search", '"Contoso Retail LLC"').stdout
    assert f"{ID} (amendment-1)" in found
    due = run("registry", "due", "--within", "1200d").stdout
    assert "Must arrive by " in due
    assert "Send by courier by " in due
    calendar = tmp_path / "deadlines.ics"
    run("registry", "calendar", "-o", str(calendar))
    events = Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert any("prevents the renewal" in str(one["summary"]) for one in events)

    # A notice ends it; until then it is in force.
    notice = tmp_path / "notice.txt"
    notice.write_text("We do not renew the agreement.")
    ended = run("terminate", ID, "--on", "2029-11-30", "--ground", "non-renewal",
                "--reference", "T-17", "--notice", str(notice), "--received",
                "2026-11-23", "--to", "provider").stdout  # fmt: skip
    assert ended.startswith(f"{ID}: in force until 2029-11-30\n")
    assert state(run)[2] is None
    later = run("registry", "due", "--within", "1200d").stdout
    assert "prevents the renewal" not in later
    assert "after the end on 30 November 2029" in later

    # Nobody altered anything, and every receipt shows it.
    receipts = [receipt_in(one.stdout) for one in (first, second, amended)]
    receipts.append(receipt_in(ended))
    shown = run("verify", *(f"--receipt={one}" for one in receipts))
    assert (
        shown.stdout == "the register is sound: 4 records, every byte counted again\n"
    )

    # Whoever takes the notice out again is found by its receipt.
    subprocess.run(
        ["git", "update-ref", "refs/heads/register", "refs/heads/register~1"],
        cwd=contracts,
        check=True,
    )
    cut = run("verify", f"--receipt={receipts[-1]}", code=4)
    assert "the receipt of record 4 is not in the register" in cut.stdout
    assert "the register is not sound" in cut.stdout
