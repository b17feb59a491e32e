"""Terms whose meaning an open amendment changes."""

from pathlib import Path

import pytest
from checking import drafted, found, paper
from conftest import Run
from drafting import AGREEMENT_FILE

from slacontracts.checks import Surroundings
from slacontracts.model.finding import Severity

SIGNED = "SLA-2026-0001"
DAYS = '**"Business Day"** means a day on which banks open.'
USE = "Pay within 5 Business Days."
OPEN = 'amendment: {number: "1", effective: {on: 2027-03-01}, reason: Shorter}\n'
LATER = 'clauses: {meanings: {text: {en: "**\\"Business Day\\"** means any day."}}}\n'


def before(**wordings: str) -> Surroundings:
    """Return what is known when these wordings were agreed before."""
    composed, _ = drafted(paper(**wordings))
    return Surroundings(before_amendment=composed.numbered)


def test_an_amendment_that_gives_a_term_another_meaning_is_found() -> None:
    files = paper(meanings=DAYS, payment=USE)

    (finding,) = found(
        "redefined-term", files, OPEN + LATER, before(meanings=DAYS, payment=USE)
    )

    assert finding.severity is Severity.WARNING
    assert finding.origin.file == AGREEMENT_FILE
    assert "1 other clause use" in finding.message


@pytest.mark.parametrize(
    ("agreement", "earlier"),
    [
        (OPEN, {"meanings": DAYS, "payment": USE}),  # the same meaning
        (LATER, {"meanings": DAYS, "payment": USE}),  # no amendment is open
        (OPEN + LATER, {"payment": USE}),  # a term that is new
    ],
)
def test_what_gives_no_term_another_meaning_is_left_alone(
    agreement: str, earlier: dict[str, str]
) -> None:
    files = paper(meanings=DAYS, payment=USE)

    assert found("redefined-term", files, agreement, before(**earlier)) == ()


def test_a_term_that_moves_with_its_meaning_is_left_alone() -> None:
    files = paper(other=DAYS, payment=USE)

    earlier = before(meanings=DAYS, payment=USE)

    assert found("redefined-term", files, OPEN, earlier) == ()


def test_the_text_before_is_the_last_version_saved_without_the_amendment(
    run: Run, tmp_path: Path
) -> None:
    def worded(meaning: str) -> str:
        file = tmp_path / "wording.md"
        file.write_text(f'**"Business Day"** means {meaning}.', encoding="utf-8")
        return str(file)

    run("use", SIGNED, "definitions", "--text", worded("any day at all"))
    run("save", SIGNED, "-m", "Signed like this")
    run("set", SIGNED, "/amendment={number: 1, reason: Shorter periods}")
    assert "redefined-term" not in run("check", SIGNED, code=1).stdout

    run("use", SIGNED, "definitions", "--text", worded("a day on which banks open"))
    run("save", SIGNED, "-m", "The amendment as it grows")

    assert "redefined-term" in run("check", SIGNED, code=1).stdout
