"""Versions and amendments at the command line: what is printed, and refused."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Run
from copying import copy_of
from typed import sign

ID = "SLA-2026-0002"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def signed(run: Run, signed_sample: Path, contracts: Path) -> Run:
    """The command, in a workspace in which one agreement is signed."""
    shutil.rmtree(contracts)
    copy_of(signed_sample, contracts)
    return run


def amend(run: Run, *changes: str) -> None:
    run("amend", ID, "--effective", "2027-03-01", "--reason", "As agreed")
    run("set", ID, *changes)
    run("save", ID, "-m", "Amended")


def lines(printed: str) -> list[str]:
    return [" ".join(line.split()) for line in printed.splitlines() if line.strip()]


def test_versions_shows_drafts_signings_and_the_open_amendment(signed: Run) -> None:
    amend(signed, "/term/initial=P26M")
    signed("set", ID, "/term/initial=P30M")

    shown = lines(signed("versions", ID).stdout)

    assert "draft:1" in shown[2]
    assert "original on 2026-11-20, effective 2026-11-20" in shown[2]
    assert "Niamh Kelleher Amended" in shown[3]
    assert shown[4] == (
        f"{ID}: amendment 1 open, effective 2027-03-01, with changes not saved"
    )


def test_versions_as_json_is_an_array_of_drafts_and_the_text_in_hand(
    signed: Run,
) -> None:
    amend(signed, "/term/initial=P26M")

    first, second, working = json.loads(signed("versions", ID, "--json").stdout)

    assert (first["version"], second["message"]) == ("draft:1", "Amended")
    assert first["signed"] == [
        {"as": "original", "signed_on": "2026-11-20", "effective": "2026-11-20"}
    ]
    assert second["signed"] == []
    assert working == {
        "version": "working",
        "state": "amendment 1 open",
        "unsaved": False,
        "amendment": {"number": "1", "effective": "2027-03-01"},
    }


def test_an_amendment_from_opening_to_the_conformed_copy(
    signed: Run, tmp_path: Path
) -> None:
    amend(signed, "/term/initial=P26M")
    paper = tmp_path / "amendment.docx"

    rendered = signed(
        "render", ID, "--as", "amendment", "--execution", "-o", str(paper)
    )
    redline = signed("render", ID, "--as", "redline", "-o", f"{tmp_path}/")
    recorded = sign(signed, ID, tmp_path, amendment=1)
    copy = signed("render", ID, "--as", "conformed", "--at", "2027-03-01", "-o", "-")

    assert rendered.stdout == f"{paper}\n"
    assert redline.stdout == f"{tmp_path / ID}-amendment-1-redline.docx\n"
    assert recorded.stdout.startswith(
        f"{ID}: amendment-1 registered, signed by provider on 2026-11-23, customer on "
        "2026-11-23; effective 2027-03-01\nreceipt: 2-"
    )
    assert "26 months" in copy.stdout


def test_the_instrument_is_replaced_by_its_next_rendering_only(
    signed: Run, tmp_path: Path
) -> None:
    amend(signed, "/term/initial=P26M")
    paper, other = tmp_path / "amendment.docx", tmp_path / "other.docx"
    other.write_bytes(b"somebody's work")

    signed("render", ID, "--as", "amendment", "-o", str(paper))
    again = signed("render", ID, "--as", "amendment", "-o", str(paper))
    refused = signed("render", ID, "--as", "amendment", "-o", str(other), code=3)

    assert "(replaces the one that was there)" in again.stdout
    assert "exists and is not a rendering" in refused.stderr


def test_what_was_signed_is_rendered_again_by_its_version(
    signed: Run, tmp_path: Path
) -> None:
    amend(signed, "/term/initial=P26M")
    signed("save", ID, "-m", "Amendment 1")
    paper = signed("render", ID, "--as", "amendment", "--execution", "-o", "-").stdout
    sign(signed, ID, tmp_path, amendment=1)

    again = signed("render", f"{ID}@amendment-1", "--as", "amendment", "-o", "-")
    original = signed("render", f"{ID}@original", "-o", "-")
    working = signed("render", f"{ID}@working", "-o", "-")
    redline = signed(
        "render", f"{ID}@amendment-1", "--as", "redline", "-o", f"{tmp_path}/"
    )

    assert again.stdout == paper
    assert "Amendment: No. 1\n" in paper
    assert ("24 months" in original.stdout, "26 months" in working.stdout) == (
        True,
    ) * 2
    assert working.stdout == signed("render", ID, "-o", "-").stdout
    assert redline.stdout == f"{tmp_path / ID}-amendment-1-redline.docx\n"


def test_two_versions_are_redlined_by_name(signed: Run, tmp_path: Path) -> None:
    amend(signed, "/term/initial=P26M")
    out = tmp_path / "redline.docx"

    said = signed("redline", f"{ID}@original", f"{ID}@draft:2", "-o", str(out)).stdout
    same = signed("redline", f"{ID}@draft:2", ID, "-o", str(out), "--force").stdout

    assert f"{out}: " in said
    assert "  body: " in said
    assert same == f"{out}: the two files say the same\n"


def test_a_rebase_tells_what_was_taken_and_what_stays(
    signed: Run, contracts: Path, tmp_path: Path
) -> None:
    (file,) = contracts.glob(f"agreements/*/{ID}/agreement.yaml")
    before = file.read_bytes()
    signed("amend", ID, "--effective", "2027-05-01", "--reason", "Theirs")
    signed("set", ID, "/term/initial=P25M", "/review/next=2027-12-15")
    theirs = tmp_path / "theirs.yaml"
    theirs.write_bytes(file.read_bytes())
    file.write_bytes(before)
    amend(signed, "/term/initial=P26M")
    sign(signed, ID, tmp_path, amendment=1)

    refused = signed("amend", ID, "--rebase", str(theirs), code=3)
    done = signed(
        "amend", ID, "--rebase", str(theirs), "--take", "mine", "/term/initial"
    )

    assert lines(refused.stderr)[1:] == [
        "/term/initial",
        "the original said: P24M",
        "mine, signed since: P26M",
        f"theirs, {theirs}: P25M",
    ]
    assert lines(done.stdout) == [
        "/review/next: taken over",
        "/term/initial: as it was signed",
        f"{ID}: amendment 2 is open; look at it with slacontracts compare {ID}, "
        "and save it",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["amend", ID], "--effective DATE, last-signature or conditions-met"),
        (
            ["amend", ID, "--effective", "2027-03-01", "--take", "mine", "/x"],
            "--rebase",
        ),
        (["amend", ID, "--rebase", "x", "--reason", "y"], "keeps the effect"),
        (["amend", ID, "--rebase", "x", "--take", "ours", "/x"], "mine"),
        (["render", ID, "--at", "2027-03-01"], "--as conformed"),
        (["render", ID, "--known", "2027-03-01"], "--as conformed"),
        (["render", ID, "--as", "amendment", "--short"], "in its full form"),
        (["render", "--all", "-o", "x", "--as", "amendment"], "one agreement"),
        (["render", ID, "--as", "conformed", "--execution"], "--as amendment"),
        (["render", ID, "--as", "redline", "--format", "html"], "is a Word file"),
        (["render", ID, "--as", "redline", "-o", "x.html"], "is a Word file"),
        (["render", f"{ID}@original", "--short"], "with the text in hand"),
        (["render", f"{ID}@original", "--as", "conformed"], "the day with --at"),
        (["render", "draft.docx"], "draft.docx is a file; name an agreement"),
    ],
)
def test_wrong_usage_is_told(run: Run, arguments: list[str], says: str) -> None:
    result = run(*arguments, code=2)

    assert says in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["amend", ID, "--effective", "2027-03-01"], "nothing to amend"),
        (["versions", "SLA-2026-0099"], "there is no agreement SLA-2026-0099"),
        (["render", ID, "--as", "amendment"], "nothing to amend"),
        (["render", ID, "--as", "redline"], "nothing to amend"),
        (["render", ID, "--as", "conformed"], "no text of it is in force"),
        (["render", ID, "--as", "conformed", "--at", "2027-02-30"], "is not a date"),
        (["render", f"{ID}@amendment-1", "--as", "amendment"], "is not signed"),
        (["render", f"{ID}@original", "--as", "redline"], "is no amendment"),
        (["render", f"{ID}@2027-02-30"], "is not a date"),
        (["render", f"{ID}@latest"], 'has no version "latest"; a version is working'),
        (["redline", f"{ID}@draft:9", ID, "-o", "x.docx"], "has no draft:9"),
        (["redline", ID, "gone.docx", "-o", "x.docx"], "there is no file gone.docx"),
    ],
)
def test_what_is_refused_is_one_line_that_says_what_to_do(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run(*arguments, code=3)

    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    assert says in line


def test_what_was_altered_by_hand_is_told_and_included_when_it_is_asked_for(
    signed: Run, contracts: Path
) -> None:
    (file,) = contracts.glob(f"agreements/*/{ID}/agreement.yaml")
    file.write_bytes(file.read_bytes().replace(b"initial: P24M", b"initial: P36M"))
    opening = ("amend", ID, "--effective", "2027-03-01", "--reason", "A longer term")

    refused = signed(*opening, code=3)
    opened = signed(*opening, "--include-changes")

    assert "nobody agreed to what it says at /term/initial" in refused.stderr
    assert lines(opened.stdout)[1] == (
        f"{ID}: what was changed before is part of it: /term/initial"
    )
