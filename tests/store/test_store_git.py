"""Reading versions: the library of one, counts of saves, and nothing that a repository runs."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slacontracts.errors import NotFoundError, OutsideError
from slacontracts.store.contents import library_files, unsaved_files
from slacontracts.store.git import (
    DraftNumber,
    blob_id,
    current_version,
    draft_number,
    draft_numbers,
    latest_library,
    run_git,
)
from slacontracts.store.versions import Author, save_version, start_history
from slacontracts.store.workspace import Workspace

NIAMH = Author("Niamh Kelleher", "niamh@northwind.example")
WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "contracts"
    root.mkdir()
    start_history(root)
    made = Workspace(root)
    made.write("slacontracts.yaml", b"organisation: Northwind\n")
    made.write("clauses/term/clause.yaml", b"key: term\n")
    made.write("clauses/term/preferred.ar.md", "المدة".encode())
    made.write("templates/house/standard.docx", bytes(range(256)) * 40)
    made.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\n")
    made.write("agreements/acme/SLA-2/agreement.yaml", b"id: SLA-2\n")
    return made


def save(workspace: Workspace, *paths: str) -> str:
    version = save_version(workspace, paths, "A reason", author=NIAMH, when=WHEN)
    assert version is not None
    return version


def test_a_version_of_the_library_gives_back_its_files(workspace: Workspace) -> None:
    before = workspace.library_files()
    version = save(workspace, "clauses", "templates")
    workspace.write("clauses/term/clause.yaml", b"key: changed\n")

    assert library_files(workspace.root, version) == before


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=3000))
def test_whatever_is_saved_is_read_back_byte_by_byte(
    workspace: Workspace, content: bytes
) -> None:
    workspace.write("clauses/term/clause.yaml", content)
    save_version(workspace, ["clauses"], "A reason", author=NIAMH, when=WHEN)

    version = current_version(workspace.root)

    assert version is not None
    files = library_files(workspace.root, version)
    assert files["clauses/term/clause.yaml"] == content


@pytest.mark.parametrize(
    "unfit", ["working", "HEAD", "main", "a" * 39, "A" * 40, "--output=/tmp/x", ""]
)
def test_only_a_full_id_names_a_version(workspace: Workspace, unfit: str) -> None:
    with pytest.raises(NotFoundError, match="full id"):
        library_files(workspace.root, unfit)


def test_an_unknown_version_is_named_with_a_remedy(workspace: Workspace) -> None:
    save(workspace, "clauses")

    with pytest.raises(NotFoundError, match="has no version aaaaaaaaaaaa"):
        library_files(workspace.root, "a" * 40)


def test_a_version_of_another_thing_is_no_version(workspace: Workspace) -> None:
    save(workspace, "clauses")

    with pytest.raises(NotFoundError):
        library_files(workspace.root, blob_id(b"key: term\n"))


def test_the_newest_library_is_the_last_version_that_touched_it(
    workspace: Workspace,
) -> None:
    assert latest_library(workspace.root) is None
    library = save(workspace, "clauses", "templates")
    save(workspace, "agreements/acme/SLA-1")

    assert latest_library(workspace.root) == library


def test_unsaved_files_are_found_changed_added_and_removed(
    workspace: Workspace,
) -> None:
    save(workspace, "clauses", "templates")
    assert unsaved_files(workspace, "clauses", "templates") == ()

    workspace.write("clauses/term/clause.yaml", b"key: other\n")
    workspace.write("clauses/fees/clause.yaml", b"key: fees\n")
    (workspace.root / "clauses/term/preferred.ar.md").unlink()

    assert unsaved_files(workspace, "clauses", "templates") == (
        "clauses/fees/clause.yaml",
        "clauses/term/clause.yaml",
        "clauses/term/preferred.ar.md",
    )


def test_before_the_first_version_everything_is_unsaved(workspace: Workspace) -> None:
    assert unsaved_files(workspace, "templates") == ("templates/house/standard.docx",)
    assert draft_number(workspace, workspace.agreement("SLA-1")) == DraftNumber(0, True)


def test_a_draft_is_numbered_by_its_own_saves_alone(workspace: Workspace) -> None:
    place = workspace.agreement("SLA-1")
    save(workspace, "clauses", "templates")
    save(workspace, place.folder)
    save(workspace, "agreements/acme/SLA-2")
    workspace.write(place.file, b"id: SLA-1\ntitle: New\n")
    save(workspace, place.folder)

    assert draft_number(workspace, place) == DraftNumber(2, False)
    assert draft_number(workspace, place).number == 2


def test_a_changed_draft_is_the_next_number(workspace: Workspace) -> None:
    place = workspace.agreement("SLA-1")
    save(workspace, place.folder)
    workspace.write(place.file, b"id: SLA-1\ntitle: New\n")

    assert draft_number(workspace, place) == DraftNumber(1, True)
    assert draft_number(workspace, place).number == 2


def test_all_numbers_in_one_pass_equal_the_single_ones(workspace: Workspace) -> None:
    places = workspace.agreements()
    assert draft_numbers(workspace, places)["agreements/acme/SLA-2"] == DraftNumber(
        0, True
    )
    save(workspace, "clauses")
    save(workspace, "agreements/acme/SLA-1")
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")
    save(workspace, "agreements/acme/SLA-1")
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: z\n")

    together = draft_numbers(workspace, places)

    single = {place.folder: draft_number(workspace, place) for place in places}
    assert together == single
    assert together["agreements/acme/SLA-1"] == DraftNumber(2, True)


def test_a_folder_without_versions_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="keeps no versions"):
        library_files(tmp_path, "a" * 40)


def test_a_missing_git_is_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(OutsideError, match="git is not installed"):
        current_version(workspace.root)


def test_programs_that_a_repository_brings_along_are_not_run(
    workspace: Workspace, tmp_path: Path
) -> None:
    trap = tmp_path / "sprung"
    program = tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\necho x >> {trap}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    hooks = workspace.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "pre-commit",
        "post-commit",
        "reference-transaction",
        "post-index-change",
    ):
        (hooks / hook).write_text(program.read_text(encoding="utf-8"), encoding="utf-8")
        (hooks / hook).chmod(0o755)
    for name in ("filter.x.clean", "filter.x.smudge", "core.fsmonitor", "gpg.program",
                 "core.pager", "diff.external", "core.sshCommand"):  # fmt: skip
        run_git(workspace.root, "config", name, str(program))
    run_git(workspace.root, "config", "commit.gpgSign", "true")
    workspace.write(".gitattributes", b"* filter=x\n")

    version = save(workspace, "clauses", "templates", ".gitattributes")
    save(workspace, "agreements/acme/SLA-1")
    files = library_files(workspace.root, version)
    numbers = draft_numbers(workspace, workspace.agreements())

    assert files == workspace.library_files()
    assert numbers["agreements/acme/SLA-1"] == DraftNumber(1, False)
    assert not trap.exists()


def test_a_replaced_version_is_not_believed(workspace: Workspace) -> None:
    honest = workspace.library_files()
    version = save(workspace, "clauses", "templates")
    workspace.write("clauses/term/clause.yaml", b"key: forged\n")
    forged = save(workspace, "clauses", "templates")
    subprocess.run(
        ["git", "-C", str(workspace.root), "replace", version, forged], check=True
    )

    assert library_files(workspace.root, version) == honest


def test_variables_of_a_surrounding_git_do_not_lead_astray(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    version = save(workspace, "clauses")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))

    assert current_version(workspace.root) == version
