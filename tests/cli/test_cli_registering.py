"""Signed paper filed at the command line, and what of it is refused."""

import os
import re
import struct
import sys
import zlib
from pathlib import Path

import pytest
from conftest import Run
from papers import with_text
from sharing import git
from typed import OLD, OLD_PAPER, file_old_paper, handed_in, signed_on

from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.execution import text_to_sign

ID = "SLA-2026-0002"
OTHER = "SLA-2026-0001"
PROVIDER, CUSTOMER = "provider=2026-11-20", "customer=2026-11-21"
pytestmark = pytest.mark.usefixtures("today")


def execution_version(sample: Path, agreement_id: str) -> bytes:
    desk = open_desk(sample, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
    return text_to_sign(desk, desk.workspace.agreement(agreement_id), ()).execution()


@pytest.fixture(scope="module")
def signed_copy(sample: Path) -> bytes:
    """The execution version of an agreement, as it comes back signed."""
    return execution_version(sample, ID)


@pytest.fixture(scope="module")
def others_copy(sample: Path) -> bytes:
    """The execution version of another agreement."""
    return execution_version(sample, OTHER)


@pytest.fixture
def paper(tmp_path: Path, signed_copy: bytes) -> str:
    """The signed Word file, in a folder of its own."""
    return handed_in(tmp_path, "signed.docx", signed_copy)


@pytest.fixture
def lawyer(run: Run, contracts: Path) -> None:
    """The settings name who holds the role of the lawyer."""
    file = contracts / "slacontracts.yaml"
    settings = file.read_text(encoding="utf-8")
    holder = "roles: {legal: [{name: Niamh Kelleher, email: niamh@northwind.example}]}"
    file.write_text(f"{settings}{holder}\n", encoding="utf-8")
    run("library", "save", "-m", "Who approves")


def picture() -> bytes:
    """Return a photograph of one white point."""

    def part(kind: bytes, data: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + sum_

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    point = zlib.compress(b"\0\xff")
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", point)
        + part(b"IEND", b"")
    )


def register(run: Run, paper: str, *more: str, code: int = 0) -> tuple[str, str]:
    result = run("register", ID, "--signed", paper, *more, code=code)
    return result.stdout, result.stderr


def test_registering_says_who_signed_from_when_it_holds_and_gives_a_receipt(
    run: Run, paper: str
) -> None:
    said, notes = register(run, paper, *signed_on(PROVIDER, CUSTOMER))

    first, receipt = said.splitlines()
    assert first == (
        f"{ID}: original registered, signed by provider on 2026-11-20, "
        "customer on 2026-11-21; effective 2026-11-21"
    )
    assert re.fullmatch("receipt: 1-[0-9a-f]{64}", receipt)
    assert f"slacontracts verify --receipt {receipt.removeprefix('receipt: ')}" in notes
    assert "draft 1 was saved on 2026-11-23, after 2026-11-21" in notes


def test_a_receipt_that_may_still_change_says_so(
    run: Run, paper: str, contracts: Path, tmp_path: Path
) -> None:
    git(contracts, "config", "remote.origin.url", str(tmp_path / "shared.git"))

    said, _ = register(run, paper, *signed_on(PROVIDER, CUSTOMER))

    assert re.fullmatch(
        r"receipt: 1-[0-9a-f]{64} \(provisional until pushed; the number may change\)",
        said.splitlines()[1],
    )


def test_counterparts_come_one_by_one(
    run: Run, paper: str, tmp_path: Path, signed_copy: bytes
) -> None:
    theirs = handed_in(
        tmp_path, "theirs.docx", with_text(signed_copy, ("24 months", "24 months"))
    )

    first, _ = register(run, paper, *signed_on(PROVIDER))
    listed = run("registry", "list").stdout
    second, _ = register(run, theirs, *signed_on(CUSTOMER))

    assert "signed by provider on 2026-11-20; not signed yet by customer" in first
    assert "partly-signed, not by customer" in listed
    assert "signed by provider on 2026-11-20, customer on 2026-11-21" in second
    assert "in-force" in run("registry", "list").stdout


def test_one_changed_number_is_shown_with_its_place_and_nothing_is_filed(
    run: Run, tmp_path: Path, signed_copy: bytes
) -> None:
    changed = handed_in(
        tmp_path, "changed.docx", with_text(signed_copy, ("24 months", "42 months"))
    )

    said, told = register(run, changed, *signed_on(PROVIDER, CUSTOMER), code=3)

    assert said == ""
    assert re.search("changed.docx, .+: “24” -> “42”", told)
    assert '--exception "Why" --by ROLE' in told
    assert run("registry", "list").stdout == ""


@pytest.mark.usefixtures("lawyer")
def test_what_differs_is_filed_by_exception_with_each_difference(
    run: Run, tmp_path: Path, signed_copy: bytes
) -> None:
    changed = handed_in(
        tmp_path, "changed.docx", with_text(signed_copy, ("24 months", "42 months"))
    )
    granted = ("--exception", "Changed by hand at the table", "--by", "legal")

    said, _ = register(run, changed, *signed_on(PROVIDER, CUSTOMER), *granted)

    assert "customer on 2026-11-21, with 1 difference; effective" in said
    shown = run("registry", "show", ID).stdout
    assert "record 1: signed-differs original" in shown
    assert "filed by exception of legal: Changed by hand at the table" in shown
    assert "“24” -> “42”" in shown


@pytest.mark.usefixtures("lawyer")
def test_what_fails_the_checks_is_named_and_filed_by_exception_alone(
    run: Run, paper: str
) -> None:
    run("set", ID, "/signatories/1/title=")
    run("save", ID, "-m", "Without a title")
    granted = ("--exception", "It was signed so", "--by", "legal")

    _, refused = register(run, paper, *signed_on(PROVIDER, CUSTOMER), code=1)
    register(run, paper, *signed_on(PROVIDER, CUSTOMER), *granted)

    assert "[unfilled-blank]" in refused
    assert "[unfilled-blank]" in run("registry", "show", ID).stdout


def test_a_picture_of_paper_needs_the_word_of_the_registrar(
    run: Run, tmp_path: Path
) -> None:
    scan = handed_in(tmp_path, "scan.png", picture())
    days = signed_on(PROVIDER, CUSTOMER)

    _, refused = register(run, scan, *days, code=3)
    register(run, scan, *days, "--scanned")

    (line,) = refused.splitlines()
    assert "compare them yourself, and say so with --scanned" in line
    shown = run("registry", "show", ID).stdout
    assert "file scan.png, a scan, compared by the registrar" in shown


def test_paper_of_others_is_filed_with_its_facts_and_comes_due(
    run: Run, tmp_path: Path
) -> None:
    said = file_old_paper(run, tmp_path).stdout

    assert said.startswith(
        f"{OLD}: paper registered, signed by customer on 2023-12-01; effective "
        "2024-01-01\nreceipt: 1-"
    )
    assert "Woodgrove Bank" in run("registry", "due").stdout


def test_facts_that_say_too_little_are_told_with_their_place(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "facts.yaml").write_text(OLD_PAPER.replace("term:", "terms:"))
    paper = handed_in(tmp_path, "old.pdf", b"%PDF-1.4 old")
    files = ("--foreign", paper, "--facts", str(tmp_path / "facts.yaml"))

    result = run("register", OLD, *files, "--signed-on", "customer=2023-12-01", code=1)

    assert "facts.yaml:10:1: error: " in result.stderr
    assert 'did you mean "term"?' in result.stderr


@pytest.mark.parametrize(
    ("name", "data", "days", "says"),
    [
        ("signed.docx", None, ["customer=2026-11-24"], "which is still to come"),
        ("signed.docx", None, ["supplier=2026-11-20"], "supplier is no party"),
        ("signed.docx", None, ["customer=20/11/2026"], "is not a date"),
        ("signed.docx", None, [], "say who signed, and when"),
        ("broken.pdf", b"%PDF-1.7 cut off", [CUSTOMER], "broken.pdf"),
        ("broken.docx", b"PK\x03\x04 cut off", [CUSTOMER], "broken.docx"),
        ("letter.txt", b"Dear Omar", [CUSTOMER], "neither a Word file nor a PDF"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_filed_is_refused_in_one_line(
    run: Run,
    paper: str,
    tmp_path: Path,
    name: str,
    data: bytes | None,
    days: list[str],
    says: str,
) -> None:
    file = paper if data is None else handed_in(tmp_path, name, data)

    _, told = register(run, file, *signed_on(*days), code=3)

    (line,) = told.splitlines()
    assert line.startswith("error: ")
    assert says in line
    assert run("registry", "list").stdout == ""


def test_the_file_of_another_agreement_is_refused(
    run: Run, tmp_path: Path, others_copy: bytes
) -> None:
    wrong = handed_in(tmp_path, "wrong.docx", others_copy)

    _, told = register(run, wrong, *signed_on(PROVIDER, CUSTOMER), code=3)

    assert told == (
        f"error: wrong.docx is of {OTHER}, not of {ID}; nothing was registered. "
        f"Register it with slacontracts register {OTHER} --signed FILE\n"
    )


def test_the_same_file_is_not_filed_twice(run: Run, paper: str) -> None:
    _, at_once = register(
        run, paper, "--signed", paper, *signed_on(PROVIDER, CUSTOMER), code=3
    )
    register(run, paper, *signed_on(PROVIDER))

    _, again = register(run, paper, *signed_on(CUSTOMER), code=3)

    assert at_once == (
        "error: signed.docx is the same file as signed.docx; hand in each counterpart "
        "once\n"
    )
    assert f"signed.docx is registered already, for {ID} on 2026-11-23" in again


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "say what was signed: --signed FILE, or --foreign FILE"),
        (["--signed", "{paper}", "--facts", "{paper}"], "--facts goes with --foreign"),
        (
            ["--foreign", "{paper}", "--facts", "{paper}", "--scanned"],
            "--foreign goes with --facts, --signed-on and --exception alone",
        ),
        (
            ["--signed", "{paper}", "--signed-on", "2026-11-20"],
            "write --signed-on customer=2026-11-20",
        ),
        (
            ["--signed", "{paper}", "--signed-on", CUSTOMER, "--signed-on", CUSTOMER],
            "says twice when the customer signed",
        ),
        (["--signed", "{paper}", "--exception", "Why"], '--exception "Why" --by legal'),
        (["--signed", "{paper}", "--by", "legal"], '--exception "Why" --by legal'),
        (["--signed", "gone.pdf"], "gone.pdf"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_of_register_is_told(
    run: Run, paper: str, arguments: list[str], says: str
) -> None:
    typed = [one.format(paper=paper) for one in arguments]

    assert says in run("register", ID, *typed, code=2).stderr


@pytest.mark.usefixtures("lawyer")
def test_a_difference_without_end_is_filed_by_its_beginning(
    run: Run, tmp_path: Path, signed_copy: bytes
) -> None:
    long = with_text(signed_copy, ("99.9", "9" * 50_000))
    paper = handed_in(tmp_path, "long.docx", long)

    days = signed_on(PROVIDER, CUSTOMER)
    said, _ = register(run, paper, *days, "--exception", "It binds", "--by", "legal")

    assert "with 1 difference" in said


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("Signed\nrecord 9: signed", "--exception is one line"),
        ("Signed \x1b[2J", "--exception"),
        ("Signed \udcff", "--exception"),
        ("Signed " * 400, "--exception has more than 2,000 characters"),
    ],
    ids=["two lines", "control", "no text", "long"],
)
def test_a_reason_that_is_no_line_of_text_is_refused(
    run: Run, paper: str, reason: str, says: str
) -> None:
    found = run(
        *("register", ID, "--signed", paper, *signed_on(PROVIDER)),
        *("--exception", reason, "--by", "legal"),
        code=2,
    )

    assert says in found.stderr


@pytest.mark.parametrize("option", ["--ground", "--reference"])
def test_a_notice_is_told_in_lines_of_text(run: Run, paper: str, option: str) -> None:
    said = {"--ground": "agreed", "--reference": "T-17", option: "x\nrecord 9: signed"}
    found = run(
        *("terminate", ID, "--on", "2027-06-30", "--notice", paper),
        *("--received", "2026-11-22"),
        *(word for pair in said.items() for word in pair),
        code=2,
    )

    assert f"{option} is one line" in found.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names no such file")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nrecord 9.docx", "file a\\nrecord 9.docx, "),
        (b"\xff.docx", "file \\udcff.docx, "),
        (b"\xe2\x80\xaexcod.docx", "file \\u202excod.docx, "),
    ],
    ids=["two lines", "no text", "turned round"],
)
def test_a_file_with_an_odd_name_is_filed_and_shown_in_one_line(
    run: Run, paper: str, tmp_path: Path, name: bytes, shown: str
) -> None:
    odd = tmp_path / os.fsdecode(name)
    odd.write_bytes(Path(paper).read_bytes())

    run("register", ID, "--signed", str(odd), *signed_on(PROVIDER, CUSTOMER))

    assert shown in run("registry", "show", ID).stdout


def test_an_agreement_that_is_not_there(run: Run, paper: str) -> None:
    days = signed_on(PROVIDER)

    told = run("register", "SLA-2026-0099", "--signed", paper, *days, code=3).stderr

    assert told.startswith("error: there is no agreement SLA-2026-0099")
