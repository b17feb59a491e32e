"""Tracked changes at the command line: compared, listed, accepted and rejected."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Run

from slacontracts.cli import cli
from slacontracts.word.gate import admit
from slacontracts.word.names import MAIN_TYPE, W
from slacontracts.word.revisions import revisions

RETURNED = Path(__file__).parents[1] / "returned" / "tracked-by-libreoffice.docx"


@pytest.fixture
def run() -> Run:
    """Run a command outside of any workspace, which Word files do not need."""

    def run_command(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run_command


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A file with nine changes, by Omar and by Niamh."""
    path = tmp_path / "returned.docx"
    path.write_bytes(RETURNED.read_bytes())
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A file without changes."""
    return written(tmp_path / "plain.docx", "Support is given on weekdays.")


def written(path: Path, *paragraphs: str) -> Path:
    """Write a Word file as another program would: with a time, and stored."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{MAIN_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship '
        f'Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
        "</w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def changes_in(path: Path) -> list[tuple[str, str, str]]:
    found = revisions(admit(path.read_bytes(), path.name))
    return [(one.author, one.old, one.new) for one in found]


def test_changes_are_listed_for_people(run: Run, returned: Path) -> None:
    result = run("revisions", str(returned))

    assert "30 days" in result.stdout
    assert "formatting (bold)" in result.stdout
    assert "2026-11-21 10:00" in result.stdout
    assert "9 tracked changes: Omar (5), Niamh (4)" in result.stdout


def test_changes_are_listed_for_programs(run: Run, returned: Path) -> None:
    first = json.loads(run("revisions", str(returned), "--json").stdout)[0]

    assert first == {
        "id": 0,
        "kind": "deletion",
        "author": "Niamh",
        "date": "2026-11-21T10:00:00Z",
        "story": "body",
        "clause": "",
        "old": "30 days",
        "new": "",
        "details": "",
    }


def test_a_file_without_changes_says_so(run: Run, plain: Path) -> None:
    assert "has no tracked changes" in run("revisions", str(plain)).stdout
    assert run("revisions", str(plain), "--json").stdout == "[]\n"


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_all_changes_are_resolved(
    run: Run, returned: Path, tmp_path: Path, verdict: str
) -> None:
    out = tmp_path / "out.docx"

    result = run(verdict, str(returned), "-o", str(out))

    assert result.stdout == f"{out}: 9 changes {verdict}ed\n"
    assert changes_in(out) == []


def test_changes_of_one_author_are_accepted(
    run: Run, returned: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"

    result = run("accept", str(returned), "-o", str(out), "--author", "Omar")

    assert result.stdout == f"{out}: 5 changes accepted, 4 left\n"
    assert {author for author, _, _ in changes_in(out)} == {"Niamh"}


def test_an_author_and_an_id_may_be_named_together(
    run: Run, returned: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"

    arguments = ("--author", "Omar", "--id", "0", "--id", "1")
    result = run("reject", str(returned), "-o", str(out), *arguments)

    assert result.stdout == f"{out}: 7 changes rejected, 2 left\n"


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_file_without_changes_is_given_back_byte_by_byte(
    run: Run, plain: Path, tmp_path: Path, verdict: str
) -> None:
    out = tmp_path / "out.docx"

    result = run(verdict, str(plain), "-o", str(out))

    assert "had no tracked changes" in result.stdout
    assert out.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["accept", "{returned}", "-o", "{returned}"], "is the file that is read"),
        (["accept", "{returned}", "-o", "{returned}", "--force"], "is the file that"),
        (["accept", "{returned}", "-o", "{plain}"], "exists; choose another name or"),
        (["accept", "{returned}", "-o", "x.pdf"], "end its name with .docx"),
        (["accept", "{returned}", "-o", "."], "is a folder"),
        (["accept", "none.docx", "-o", "x.docx"], "there is no file none.docx"),
        (
            ["accept", "{returned}", "-o", "x.docx", "--author", "Oma"],
            'no tracked change by "Oma"; did you mean "Omar"?',
        ),
        (
            ["reject", "{returned}", "-o", "x.docx", "--author", "Claire"],
            'no tracked change by "Claire"; say one of those who made some: '
            "Omar (5), Niamh (4)",
        ),
        (
            ["accept", "{plain}", "-o", "x.docx", "--author", "Omar"],
            'no tracked change by "Omar"; it has no tracked changes at all',
        ),
        (["accept", "{folder}", "-o", "x.docx"], "is a folder; name a Word file in it"),
        (["revisions", "{folder}"], "is a folder; name a Word file in it"),
        (
            ["redline", "{folder}", "{plain}", "-o", "x.docx"],
            "is a folder; name a Word",
        ),
        (["accept", "{returned}", "-o", "x.docx", "--id", "77"], "with the id 77"),
        (["revisions", "{text}"], "is not a Word file"),
        (
            ["redline", "{returned}", "{plain}", "-o", "x.docx"],
            "returned.docx has tracked changes already, by Omar (5), Niamh (4); say",
        ),
        (["redline", "{plain}", "none.docx", "-o", "x.docx"], "there is no file"),
        (["redline", "{plain}", "{returned}", "-o", "{plain}"], "is the file that"),
        (
            ["redline", "{plain}", "{plain}", "-o", "x.docx", "--date", "soon"],
            '"soon" is no date',
        ),
        (
            ["redline", "{plain}", "{plain}", "-o", "x.docx", "--author", " "],
            "say who the author is",
        ),
        (
            ["redline", "{plain}", "{plain}", "-o", "x.docx", "--author", "a\x07b"],
            "the author's name cannot be used",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run,
    returned: Path,
    plain: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(returned.parent)
    folder = returned.parent / "folder"
    folder.mkdir()
    places = {
        "{returned}": str(returned),
        "{folder}": str(folder),
        "{plain}": str(plain),
        "{text}": str(RETURNED.with_name("README.md")),
    }

    result = run(*(places.get(one, one) for one in arguments), code=3)

    (line,) = result.stderr.splitlines()
    assert says in line
    assert result.stdout == ""
    assert not Path("x.docx").exists()


def test_a_file_that_is_there_is_replaced_by_force(
    run: Run, returned: Path, plain: Path
) -> None:
    run("accept", str(returned), "-o", str(plain), "--force")

    assert changes_in(plain) == []


@pytest.mark.parametrize("arguments", [["revisions"], ["accept", "x.docx"]])
def test_what_is_typed_wrongly_is_code_2(run: Run, arguments: list[str]) -> None:
    run(*arguments, code=2)


def test_differences_become_changes_of_the_person_at_work(
    run: Run, plain: Path, tmp_path: Path
) -> None:
    new = written(tmp_path / "new.docx", "Support is given on all days.")
    out = tmp_path / "redline.docx"

    result = run("redline", str(plain), str(new), "-o", str(out))

    assert result.stdout.splitlines() == [
        f"{out}: 1 insertion, 1 deletion",
        "  body: 1 insertion, 1 deletion",
    ]
    assert {author for author, _, _ in changes_in(out)} == {"Niamh Kelleher"}


def test_author_and_date_are_as_said(run: Run, plain: Path, tmp_path: Path) -> None:
    new = written(tmp_path / "new.docx", "Support is given on all days.")
    out = tmp_path / "redline.docx"

    said = ("--author", "Legal", "--date", "2026-11-23T09:30:00+03:00")
    run("redline", str(plain), str(new), "-o", str(out), *said)

    found = revisions(admit(out.read_bytes(), out.name))
    assert {one.author for one in found} == {"Legal"}
    assert {one.date for one in found} == {"2026-11-23T09:30:00Z"}


def test_without_a_name_in_git_the_organisation_makes_the_changes(
    run: Run,
    plain: Path,
    contracts: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-settings"))
    new = written(tmp_path / "new.docx", "Support is given on all days.")
    out = tmp_path / "redline.docx"

    compared = ("redline", str(plain), str(new), "-o", str(out))
    run("-C", str(contracts), *compared)

    assert {author for author, _, _ in changes_in(out)} == {"Northwind Hosting Ltd"}


@pytest.mark.parametrize(
    ("existing", "old"),
    [("accept", "weekdays"), ("reject", "weekends")],
)
def test_changes_that_a_file_has_are_resolved_first(
    run: Run, tmp_path: Path, existing: str, old: str
) -> None:
    first = written(tmp_path / "first.docx", "Support is given on weekends.")
    second = written(tmp_path / "second.docx", "Support is given on weekdays.")
    third = written(tmp_path / "third.docx", "Support is given on holidays.")
    tracked, out = tmp_path / "tracked.docx", tmp_path / "out.docx"
    run("redline", str(first), str(second), "-o", str(tracked))

    made = ("redline", str(tracked), str(third), "-o", str(out))
    run(*made, "--existing", existing)

    assert old in "".join(gone for _, gone, _ in changes_in(out))


def test_a_file_compared_with_itself_has_no_changes(run: Run, plain: Path) -> None:
    out = plain.with_name("out.docx")

    result = run("redline", str(plain), str(plain), "-o", str(out))

    assert result.stdout == f"{out}: the two files say the same\n"
    assert changes_in(out) == []


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("accept", "{returned}"), id="accept"),
        pytest.param(("reject", "{returned}"), id="reject"),
        pytest.param(
            ("redline", "{plain}", "{plain}", "--author", "Ada"), id="redline"
        ),
    ],
)
def test_a_folder_that_was_made_for_the_result_is_named(
    run: Run, returned: Path, plain: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    words = [one.format(returned=returned, plain=plain) for one in command]
    folder = tmp_path / "new" / "folder"

    first = run(*words, "-o", str(folder / "a.docx"))
    second = run(*words, "-o", str(folder / "b.docx"))

    assert f"note: the folder {folder} was made" in first.stderr
    assert "was made" not in second.stderr
    assert (folder / "a.docx").read_bytes() == (folder / "b.docx").read_bytes()
