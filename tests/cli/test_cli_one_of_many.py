"""One agreement or clause that cannot be used: it is told once, and the rest goes on."""

from pathlib import Path

import pytest
from conftest import Run

ID = "SLA-2026-0001"
WORDING = "clauses/{}/preferred.en.md"


def agreements(contracts: Path) -> list[Path]:
    return sorted(contracts.glob("agreements/*/*/agreement.yaml"))


@pytest.fixture(
    params=["agreement.yaml", "annex.pdf", ""], ids=["file", "annex", "folder"]
)
def linked(request: pytest.FixtureRequest, contracts: Path, tmp_path: Path) -> str:
    """What is a link in the agreement's folder, or the folder itself."""
    name = str(request.param)
    (file,) = contracts.glob(f"agreements/*/{ID}/agreement.yaml")
    link = file.parent / name if name else file.parent
    if link.exists():
        link.rename(tmp_path / "elsewhere")
    else:
        (tmp_path / "elsewhere").write_bytes(b"%PDF")
    link.symlink_to(tmp_path / "elsewhere")
    return name


def test_a_link_does_not_keep_the_others_from_being_listed(
    run: Run, linked: str
) -> None:
    listed = run("list").stdout

    assert listed.count("2026-0") >= 8
    (row,) = [line for line in listed.splitlines() if ID in line]
    assert (f"(slacontracts check {ID})" in row) is (linked != "annex.pdf")
    assert "1 + changes" in row


def test_a_link_does_not_keep_the_others_from_being_rendered(
    run: Run, linked: str, tmp_path: Path
) -> None:
    result = run("render", "--all", "--format", "text", "-o", str(tmp_path), code=1)

    (line,) = [one for one in result.stderr.splitlines() if "not rendered" in one]
    assert line.startswith(f"{ID}: not rendered: ")
    assert f"{linked or ID} is a link to " in line
    assert len(list(tmp_path.glob("*.txt"))) == 7
    assert "7 agreements rendered" in result.stdout


def test_one_faulty_clause_is_told_once_with_a_line_for_each_agreement(
    run: Run, contracts: Path
) -> None:
    needing = agreements(contracts)[:2]
    for file in needing:
        text = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in text if not line.startswith("library:")]
        file.write_text("".join([*kept, "library: working\n"]), "utf-8")
    wording = contracts / WORDING.format("term")
    wording.write_text("{% if %}" + wording.read_text("utf-8"), "utf-8")

    result = run("check", code=1)

    errors = [line for line in result.stdout.splitlines() if ": error: " in line]
    of_library = [line for line in errors if line.startswith("clauses/")]
    others = [line for line in errors if not line.startswith("clauses/")]
    assert len(of_library) == 1
    assert of_library[0].startswith(f"{WORDING.format('term')}:1:1")
    assert [line.split(":")[0] for line in others] == [
        file.relative_to(contracts).as_posix() for file in needing
    ]
    assert all("[library-faulty]" in line for line in others)
    assert all(f"{WORDING.format('term')}:1:1" in line for line in others)
    refused = run("render", needing[0].parent.name, "-o", "-", code=1)
    assert refused.stderr.count("[library-faulty]") == 1


def test_a_faulty_clause_is_not_said_to_be_missing(run: Run, contracts: Path) -> None:
    (contracts / WORDING.format("term")).write_text("{% if %}", "utf-8")

    result = run("clauses", "term", code=3)

    assert f"cannot be used until it is mended at {WORDING.format('term')}:1:1" in (
        result.stderr
    )
