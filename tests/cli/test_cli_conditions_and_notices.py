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
def lawyer(run: Run, contracts: Path) -> None:
    """The settings name who holds the role of the lawyer."""
    file = contracts / "slacontracts.yaml"
    settings = file.read_text(encoding="utf-8")
    holder = "roles: {legal: [{name: Niamh Kelleher, email: niamh@northwind.example}]}"
    file.write_text(f"{settings}{holder}\n", encoding="utf-8")
    run("library", "save", "-m", "Who approves")


@pytest.mark.usefixtures("lawyer")
def test_a_condition_that_was_recorded_wrongly_is_put_right(
    run: Run, tmp_path: Path
) -> None:
    facts = OLD_PAPER.replace("{on: 2024-01-01}", "{on: conditions-met}")
    conditions = "conditions: [{key: permit, says: The permit is there.}]\n"
    file_old_paper(run, tmp_path, facts + conditions)
    report = handed_in(tmp_path, "report.pdf", b"Done.")
    met = ("--evidence", report, "--met-on")
    why = ("--correct", "The report is of 2 May", "--by", "legal")
    run("condition", OLD, "permit", *met, "2024-02-05")

    corrected = run("condition", OLD, "permit", *met, "2024-05-02", *why)
    listed = run("registry", "list").stdout
    taken_back = run("condition", OLD, "permit", "--not-met", *why)

    assert "condition permit met on 2024-05-02; all are met" in corrected.stdout
    assert "2024-05-02" in listed
    assert f"{OLD}: condition permit is not met\nreceipt: 4-" in taken_back.stdout
    assert "signed-not-effective" in run("registry", "list").stdout
    shown = run("registry", "show", OLD).stdout
    assert "  puts right what was recorded before: The report is of 2 May\n" in shown
    assert "    record 2 says that the condition was met on 2024-02-05\n" in shown
    assert "  condition permit not met\n" in shown


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (["--not-met"], "--not-met puts a record right: --correct"),
        (["--met-on", "2024-02-05"], "say when it was met, and what shows it"),
        (
            ["--not-met", "--met-on", "2024-02-05", "--correct", "x", "--by", "legal"],
            "--not-met does not go with --met-on",
        ),
        (["--not-met", "--correct", "x"], "a correction has a reason and somebody's"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_said_of_a_condition_must_fit_together(
    run: Run, said: list[str], says: str
) -> None:
    assert says in run("condition", ID, "permit", *said, code=2).stderr


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


@pytest.mark.usefixtures("lawyer")
def test_an_end_that_was_recorded_wrongly_is_put_right(
    run: Run, notice: list[str]
) -> None:
    why = ("--correct", "The letter names the 28th", "--by", "legal")
    breach = ("--ground", "breach", "--on")
    run("terminate", *notice, *breach, "2026-12-24")

    corrected = run("terminate", *notice, *breach, "2026-12-28", *why).stdout
    listed = run("registry", "list").stdout
    taken_back = run("terminate", OLD, "--no-end", *why).stdout

    assert corrected.startswith(f"{OLD}: in force until 2026-12-28\n")
    assert "2026-12-28" in listed
    assert taken_back.startswith(f"{OLD}: no notice ends it\nreceipt: 4-")
    assert "2026-12-28" not in run("registry", "list").stdout
    shown = run("registry", "show", OLD).stdout
    assert "  no end on 2026-12-28, breach; notice received 2026-11-20" in shown


@pytest.mark.usefixtures("lawyer")
def test_a_notice_taken_back_says_which_other_still_ends_it(
    run: Run, notice: list[str], tmp_path: Path
) -> None:
    why = ("--correct", "Another letter", "--by", "legal", "--no-end")
    breach = ("--ground", "breach", "--on")
    other = handed_in(tmp_path, "b.pdf", b"%PDF-1.4 b")
    run("terminate", *notice, *breach, "2026-12-28")
    later = ("--notice", other, "--reference", "T-18")
    run("terminate", *notice, *later, *breach, "2026-12-24")

    said = run("terminate", OLD, *why).stdout

    assert said.startswith(
        f"{OLD}: that notice does not end it; the notice T-17, received on 2026-11-20, "
        "still ends it on 2026-12-28\n"
    )


@pytest.mark.usefixtures("lawyer")
def test_a_letter_taken_back_is_filed_where_it_belongs(
    run: Run, notice: list[str], tmp_path: Path
) -> None:
    how, other = ("--ground", "agreed", "--on", "2027-01-31"), "SLA-2024-0002"
    file_old_paper(run, tmp_path, agreement_id=other)
    run("terminate", *notice, *how)

    refused = run("terminate", other, *notice[1:], *how, code=3).stderr
    why = ("--correct", "The letter is about another", "--by", "legal")
    run("terminate", OLD, "--no-end", *why)

    assert f"notice.pdf is registered already, for {OLD}" in refused
    said = run("terminate", other, *notice[1:], *how).stdout
    assert said.startswith(f"{other}: in force until 2027-01-31\n")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (["--no-end"], "--no-end puts a record right: --correct"),
        (["--on", "2027-01-31"], "--ground, --reference, --notice, --received"),
        (
            ["--no-end", "--on", "2027-01-31", "--correct", "x", "--by", "legal"],
            "--no-end does not go with --on",
        ),
        (["--exception", "x", "--correct", "x"], "do not go together"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_said_of_a_notice_must_fit_together(
    run: Run, said: list[str], says: str
) -> None:
    assert says in run("terminate", ID, *said, code=2).stderr


@pytest.mark.usefixtures("lawyer")
def test_one_notice_and_one_paper_may_be_of_two_by_an_exception(
    run: Run, notice: list[str], tmp_path: Path
) -> None:
    paper, facts = str(tmp_path / f"{OLD}.pdf"), str(tmp_path / f"{OLD}.yaml")
    again = ("--foreign", paper, "--facts", facts, "--signed-on=customer=2023-12-01")
    other, how = "SLA-2024-0002", ("--ground", "breach", "--on", "2027-01-31")
    granted = ("--exception", "Both in one", "--by", "legal")
    run("terminate", *notice, *how)

    refused = run("register", other, *again, code=3).stderr
    run("register", other, *again, *granted)
    refused += run("terminate", other, *notice[1:], *how, code=3).stderr
    run("terminate", other, *notice[1:], *how, *granted)

    assert f"{OLD}.pdf is registered already, for {OLD} on 2026-11-23" in refused
    assert f"notice.pdf is registered already, for {OLD} on 2026-11-23" in refused
    shown = run("registry", "show", other).stdout
    assert shown.count("filed by exception of legal: Both in one") == 2


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
