"""Conditions that were met and notices given, filed at the command line, or refused."""

from pathlib import Path

import pytest
from conftest import Run
from typed import OLD, OLD_PAPER, file_old_paper, handed_in, signed_on

ID = "SLA-2026-0002"
pytestmark = pytest.mark.usefixtures("today")


def test_a_condition_is_recorded_until_the_last_is_met(
    run: Run, tmp_path: Path
) -> None:
    run("set", ID, "/effective/on=conditions-met",
        "/conditions/+={key: audit, says: The audit is done., due: 2026-12-20}")  # fmt: skip
    run("save", ID, "-m", "On conditions")
    paper, report = tmp_path / "p.docx", handed_in(tmp_path, "report.pdf", b"Done.")
    run("render", ID, "--execution", "-o", str(paper))
    days = signed_on("provider=2026-11-20", "customer=2026-11-21")
    said = run("register", ID, "--signed", str(paper), *days).stdout
    met = ("--met-on", "2026-11-22", "--evidence", report)

    first = run("condition", ID, "audit", *met).stdout
    unknown = run("condition", ID, "penetration-tests", *met, code=3).stderr
    last = run("condition", ID, "penetration-test", *met).stdout

    assert "; in force when its conditions are met\n" in said
    assert (
        f"{ID}: condition audit met on 2026-11-22; still open: penetration-test"
        in first
    )
    assert 'did you mean "penetration-test"?' in unknown
    assert "penetration-test met on 2026-11-22; all are met\nreceipt: 3-" in last
    shown = run("registry", "show", ID).stdout
    assert "effective: when its conditions are met" in shown
    assert "in-force" in run("registry", "list").stdout
    assert run("versions", ID).stdout.count("2026-11-22") == 1


@pytest.fixture
def notice(run: Run, tmp_path: Path) -> list[str]:
    """What is always said of a notice, where an agreement of 2024 is filed."""
    grounds = "grounds: [{key: breach, cure_days: '30'}]\nservices: {dns: DNS}\n"
    going_on = (
        "duties: [{key: data, says: fetch the data, owner: customer, days: '30'}]\n"
        "survivals: [{key: secrets, says: 'clause 9, Confidentiality'}]\n"
    )
    file_old_paper(run, tmp_path, OLD_PAPER + grounds + going_on)
    letter = handed_in(tmp_path, "notice.pdf", b"%PDF-1.4 We leave.")
    return [OLD, "--reference", "T-17", "--notice", letter, "--received", "2026-11-20"]


def test_a_notice_ends_an_agreement_and_says_what_follows(
    run: Run, notice: list[str]
) -> None:
    said = run("terminate", *notice, "--ground", "breach", "--on", "2027-01-31").stdout

    assert said.splitlines()[:3] == [
        f"{OLD}: in force until 2027-01-31",
        "  after the end, by 2027-03-02: customer: fetch the data, 30 days after the "
        "end on 31 January 2027",
        "  goes on after the end: clause 9, Confidentiality",
    ]
    assert "in-force" in run("registry", "list").stdout
    assert "ends by notice" in run("registry", "due").stdout
    assert (
        "end on 2027-01-31, breach; notice received 2026-11-20, reference T-17"
        in run("registry", "show", OLD).stdout
    )


def test_a_notice_may_end_one_service_alone(run: Run, notice: list[str]) -> None:
    how = ("--ground", "agreed", "--on", "2027-01-31", "--service", "dns")

    said = run("terminate", *notice, *how).stdout

    assert said.startswith(f"{OLD}, dns: in force until 2027-01-31\n")
    assert "2027-12-31" not in run("registry", "list").stdout
    assert "2026-12-31" in run("registry", "list").stdout


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (
            ["--ground", "breach", "--on", "2026-12-01"],
            "21 December 2026 is the first day that is possible",
        ),
        (
            ["--ground", "non-renewal", "--on", "2027-03-31"],
            "31 December 2026 at the earliest",
        ),
        (
            ["--ground", "agreed", "--on", "2027-01-31", "--service", "dms"],
            'did you mean "dns"?',
        ),
        (
            ["--ground", "agreed", "--on", "2027-01-31", "--to", "supplier"],
            "supplier is no party of SLA-2024-0001; those are customer, provider",
        ),
        (["--ground", "agreed", "--on", "soon"], "is not a date"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_notice_that_cannot_be_is_refused_in_one_line(
    run: Run, notice: list[str], how: list[str], says: str
) -> None:
    result = run("terminate", *notice, *how, code=3)

    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    assert says in line
