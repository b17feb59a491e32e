"""What was filed of signed paper, shown, told of in every answer, and had back."""

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Run
from papers import pages_of, pdf, with_text
from typed import OLD, file_old_paper, handed_in, sign, signed_on

ID = "SLA-2026-0002"
DAYS = signed_on("provider=2026-11-20", "customer=2026-11-21")
RIDER = "subject to the General Terms of Contoso"
HOLDER = "roles: {legal: [{name: Niamh Kelleher, email: niamh@northwind.example}]}"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def execution(run: Run, tmp_path: Path) -> bytes:
    """The execution version, as it comes back signed."""
    file = tmp_path / "execution.docx"
    run("render", ID, "--execution", "-o", str(file))
    return file.read_bytes()


@pytest.fixture
def differing(run: Run, contracts: Path, tmp_path: Path, execution: bytes) -> Run:
    """The command, where paper is filed of which one number differs."""
    file = contracts / "slacontracts.yaml"
    settings = file.read_text(encoding="utf-8")
    file.write_text(f"{settings}{HOLDER}\n", encoding="utf-8")
    run("library", "save", "-m", "Who approves")
    changed = with_text(execution, ("24 months", "42 months"))
    paper = handed_in(tmp_path, "changed.docx", changed)
    granted = ("--exception", "It binds", "--by", "legal")
    run("register", ID, "--signed", paper, *DAYS, *granted)
    return run


def test_what_people_wrote_where_they_sign_is_kept(
    run: Run, tmp_path: Path, execution: bytes
) -> None:
    ridden = with_text(execution, ("Company stamp", f"Company stamp {RIDER}"))
    paper = handed_in(tmp_path, "ridden.docx", ridden)

    told = run("register", ID, "--signed", paper, *DAYS).stderr

    assert RIDER in told
    assert f"  written where people sign: {RIDER}" in run("registry", "show", ID).stdout
    (record,) = json.loads(run("registry", "show", ID, "--json").stdout)
    assert [RIDER in one for one in record["written"]] == [True]


def test_every_answer_says_that_the_paper_differs(differing: Run) -> None:
    listed = differing("registry", "list")
    found = differing("registry", "search", "force majeure").stdout
    (line,) = json.loads(differing("registry", "list", "--json").stdout)
    hits = json.loads(differing("registry", "search", "force", "--json").stdout)

    assert "in-force, paper differs" in listed.stdout
    assert f"{ID} (original, paper differs), " in found
    assert line["paper_differs"] is True
    assert {one["paper_differs"] for one in hits} == {True}


@pytest.mark.parametrize(
    "options",
    [
        (f"{ID}@original",),
        (ID, "--as", "conformed"),
    ],
    ids=" ".join,
)
def test_a_text_of_which_the_paper_differs_is_rendered_with_a_note(
    differing: Run, options: tuple[str, ...]
) -> None:
    result = differing("render", *options, "-o", "-", "--format", "text")

    said = "the signed paper of the original differs in 1 place; see slacontracts "
    assert f"note: {said}registry show {ID}" in result.stderr


def test_a_conformed_copy_says_that_the_paper_differs(differing: Run) -> None:
    copy = differing("render", ID, "--as", "conformed", "-o", "-", "--format", "text")

    words = " ".join(copy.stdout.split())
    assert (
        "The signed paper of the original differs from the text that is shown" in words
    )


def test_paper_that_does_not_differ_is_told_of_nowhere(
    run: Run, tmp_path: Path
) -> None:
    sign(run, ID, tmp_path)

    copy = run("render", ID, "--as", "conformed", "-o", "-", "--format", "text")
    (line,) = json.loads(run("registry", "list", "--json").stdout)

    assert "differs" not in run("registry", "list").stdout + copy.stdout + copy.stderr
    assert line["paper_differs"] is False


def test_filed_paper_is_had_back_byte_for_byte(
    run: Run, tmp_path: Path, execution: bytes
) -> None:
    paper = handed_in(tmp_path, "signed: by all.docx", execution)
    run("register", ID, "--signed", paper, *DAYS)
    folder = tmp_path / "back"

    said = run("registry", "files", ID, "-o", str(folder)).stdout

    (record,) = json.loads(run("registry", "show", ID, "--json").stdout)
    written = {one.name: one for one in folder.rglob("*") if one.is_file()}
    assert set(written) == {"execution.docx", "1-signed- by all.docx"}
    assert written["1-signed- by all.docx"].read_bytes() == execution
    assert (
        sha256(written["execution.docx"].read_bytes()).hexdigest()
        == record["contents"]["execution.docx"]
    )
    assert said.splitlines()[-1] == f"{folder}: 2 files, each as it was filed"


def test_files_of_one_record_alone(run: Run, tmp_path: Path) -> None:
    file_old_paper(run, tmp_path)
    sign(run, ID, tmp_path)

    run("registry", "files", OLD, "-o", str(tmp_path / "one"), "--record", "1")
    other = run(
        *("registry", "files", OLD, "-o", str(tmp_path / "two"), "--record", "2"),
        code=3,
    )

    (paper,) = (one for one in (tmp_path / "one").rglob("*") if one.is_file())
    assert paper.read_bytes() == (tmp_path / f"{OLD}.pdf").read_bytes()
    assert other.stderr == (
        f"error: record 2 is none of {OLD}; those are 1: see slacontracts registry "
        f"show {OLD}\n"
    )
    assert not (tmp_path / "two").exists()


def test_files_are_never_written_over_others(run: Run, tmp_path: Path) -> None:
    file_old_paper(run, tmp_path)

    told = run("registry", "files", OLD, "-o", str(tmp_path), code=3).stderr

    assert told == (
        f"error: {tmp_path} is there already and not empty; choose a new folder's name\n"
    )


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
@pytest.mark.parametrize("command", [["list"], ["search", "force"], ["due"]])
def test_without_its_versions_a_workspace_is_not_said_to_have_nothing_registered(
    run: Run, contracts: Path, command: list[str], left: str
) -> None:
    shutil.rmtree(contracts / ".git")
    if left != "nothing":
        (contracts / ".git").mkdir()

    told = run("registry", *command, code=3)

    assert told.stdout == ""
    assert "keeps no versions: its folder .git is missing" in told.stderr


def test_the_comment_on_roles_is_used_as_it_stands(
    run: Run, contracts: Path, tmp_path: Path, execution: bytes
) -> None:
    file = contracts / "slacontracts.yaml"
    settings = file.read_text(encoding="utf-8")
    start = settings.index("# roles:")
    asked = settings[start:].replace("# ", "")
    file.write_text(settings[:start] + asked, encoding="utf-8")
    run("library", "save", "-m", "Who approves")
    changed = with_text(execution, ("24 months", "42 months"))
    paper = handed_in(tmp_path, "changed.docx", changed)

    told = run(
        *("register", ID, "--signed", paper, *DAYS, "--exception", "It binds"),
        *("--by", "legal"),
    )

    assert "with 1 difference" in told.stdout


def test_who_names_a_role_that_nobody_holds_is_told_what_to_write(
    run: Run, contracts: Path, tmp_path: Path, execution: bytes
) -> None:
    paper = handed_in(tmp_path, "paper.docx", execution)
    wish = ("--signed", paper, *DAYS, "--exception", "It binds", "--by", "legal")

    told = run("register", ID, *wish, code=3).stderr

    asked = re.search(r"as in (roles: .*)", told)
    assert asked
    file = contracts / "slacontracts.yaml"
    settings = file.read_text(encoding="utf-8")
    file.write_text(f"{settings}{asked[1]}\n", encoding="utf-8")
    run("library", "save", "-m", "Who approves")
    assert "original registered" in run("register", ID, *wish).stdout


def test_another_text_of_the_agreement_is_told_in_a_few_lines(
    run: Run, tmp_path: Path, execution: bytes
) -> None:
    pages = [
        [line if at % 3 == 0 else "Quite another text" for at, line in enumerate(page)]
        for page in pages_of(execution)
    ]
    paper = handed_in(tmp_path, "another.pdf", pdf(*pages))

    told = run("register", ID, "--signed", paper, *DAYS, code=3).stderr.splitlines()

    assert "of 100 words of the execution version stand in another.pdf" in told[1]
    assert len(told) == 1 + 1 + 3 + 1 + 1
    assert re.fullmatch(r"and \d+ more", told[5])


def test_a_search_shows_what_a_person_reads_of_the_facts(
    run: Run, tmp_path: Path
) -> None:
    file_old_paper(run, tmp_path)

    found = run("registry", "search", "woodgrove").stdout

    assert found == (
        f"{OLD} (paper), Hosting Agreement of 2024: Hosting Agreement of 2024; "
        "customer Woodgrove Bank, 1 Bank Street, Dubai, legal@woodgrove.example, the "
        "Head of Legal; provider Northwind Hosting Ltd, legal@northwind.example\n"
    )
