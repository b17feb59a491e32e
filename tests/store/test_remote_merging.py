"""Merging by unit: what each side changed, and what cannot be put on a disk."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sharing import git

from slacontracts.errors import OutsideError
from slacontracts.store.merging import (
    Merge,
    Side,
    carry_out,
    plan_merge,
    unready,
)
from slacontracts.store.units import unit_of
from slacontracts.store.versions import Author, start_history
from slacontracts.store.workspace import Workspace
from slacontracts.workflow.joined_turns import join_turns

NIAMH = Author("Niamh Kelleher", "niamh@northwind.example")
WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "contracts"
    root.mkdir()
    start_history(root)
    made = Workspace(root)
    for name in ("SLA-1", "SLA-2"):
        made.write(f"agreements/acme/{name}/agreement.yaml", f"id: {name}\n".encode())
    made.write("clauses/term/clause.yaml", b"key: term\n")
    made.write("clauses/term/preferred.en.md", b"Term\n")
    made.write("templates/service/hosting.yaml", b"level: service\n")
    made.write("slacontracts.yaml", b"organisation: Northwind\n")
    commit(made)
    git(root, "branch", "theirs")
    return made


def commit(workspace: Workspace) -> None:
    git(workspace.root, "add", "--all")
    git(workspace.root, "commit", "--quiet", "-m", "A change")


def theirs(workspace: Workspace) -> str:
    return git(workspace.root, "rev-parse", "theirs")


def change(workspace: Workspace, branch: str, files: dict[str, bytes | None]) -> None:
    git(workspace.root, "switch", "--quiet", branch)
    for path, data in files.items():
        if data is None:
            (workspace.root / path).unlink()
        else:
            workspace.write(path, data)
    commit(workspace)
    git(workspace.root, "switch", "--quiet", "main")


def plan(workspace: Workspace, **decisions: str) -> Merge | None:
    root = workspace.root
    ours, other = git(root, "rev-parse", "main"), git(root, "rev-parse", "theirs")
    chosen = cast("dict[str, Side]", decisions)
    return plan_merge(root, ours, other, chosen, join_turns)


def merged(workspace: Workspace) -> dict[str, str]:
    merge = plan(workspace)
    assert merge is not None
    assert merge.undecided == ()
    carry_out(workspace, merge, "Merged", author=NIAMH, when=WHEN, warn=pytest.fail)
    assert git(workspace.root, "status", "--porcelain") == ""
    git(workspace.root, "fsck", "--strict", "--no-dangling")
    names = git(workspace.root, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return {name: (workspace.root / name).read_text() for name in names}


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("agreements/acme/SLA-1/annex/plan.txt", "agreements/acme/SLA-1"),
        ("agreements/acme/notes.txt", "agreements/acme/notes.txt"),
        ("clauses/term/preferred.en.md", "clauses/term"),
        ("templates/service/hosting.yaml", "templates/service/hosting.yaml"),
        ("templates/house/plain/style.docx", "templates/house/plain/style.docx"),
        ("slacontracts.yaml", "slacontracts.yaml"),
    ],
)
def test_a_file_belongs_to_one_unit(path: str, unit: str) -> None:
    assert unit_of(path) == unit


def test_what_each_side_changed_is_in_the_merge(workspace: Workspace) -> None:
    change(workspace, "main", {"agreements/acme/SLA-1/agreement.yaml": b"id: mine\n"})
    change(
        workspace,
        "theirs",
        {
            "agreements/acme/SLA-2/agreement.yaml": b"id: theirs\n",
            "agreements/new/SLA-3/agreement.yaml": b"id: SLA-3\n",
            "clauses/term/preferred.en.md": None,
            "templates/service/hosting.yaml": None,
            "slacontracts.yaml": b"organisation: Southwind\n",
        },
    )

    assert merged(workspace) == {
        "agreements/acme/SLA-1/agreement.yaml": "id: mine\n",
        "agreements/acme/SLA-2/agreement.yaml": "id: theirs\n",
        "agreements/new/SLA-3/agreement.yaml": "id: SLA-3\n",
        "clauses/term/clause.yaml": "key: term\n",
        "slacontracts.yaml": "organisation: Southwind\n",
    }
    parents = git(workspace.root, "log", "-1", "--format=%P").split()
    assert len(parents) == 2
    assert not (workspace.root / "templates").exists()


def test_two_files_of_one_clause_are_not_mixed(workspace: Workspace) -> None:
    change(workspace, "main", {"clauses/term/clause.yaml": b"key: mine\n"})
    change(workspace, "theirs", {"clauses/term/preferred.en.md": b"Theirs\n"})

    merge = plan(workspace)

    assert merge is not None
    assert merge.undecided == ("clauses/term",)


def test_one_side_deleting_what_the_other_changes_is_undecided(
    workspace: Workspace,
) -> None:
    change(workspace, "main", {"templates/service/hosting.yaml": b"level: mine\n"})
    change(workspace, "theirs", {"templates/service/hosting.yaml": None})

    merge = plan(workspace)

    assert merge is not None
    assert merge.undecided == ("templates/service/hosting.yaml",)


def test_a_side_that_has_nothing_new_is_not_merged(workspace: Workspace) -> None:
    assert plan(workspace) is None
    change(workspace, "main", {"slacontracts.yaml": b"organisation: X\n"})

    assert plan(workspace) is None


def test_where_only_they_saved_their_version_is_taken_as_it_is(
    workspace: Workspace,
) -> None:
    change(workspace, "theirs", {"slacontracts.yaml": b"organisation: X\n"})

    assert merged(workspace)["slacontracts.yaml"] == "organisation: X\n"
    assert git(workspace.root, "rev-parse", "main") == theirs(workspace)


@pytest.mark.parametrize(
    ("path", "data", "is_unready"),
    [
        ("slacontracts.yaml", b"organisation: mine\n", True),
        ("slacontracts.yaml", b"organisation: X\n", False),
        ("slacontracts.yaml", None, True),
        ("clauses/new/clause.yaml", b"mine\n", True),
        ("clauses/term/clause.yaml", b"mine\n", False),
    ],
    ids=["changed", "as theirs", "deleted", "made by both", "not theirs to change"],
)
def test_only_what_theirs_would_overwrite_must_be_saved(
    workspace: Workspace, path: str, data: bytes | None, is_unready: bool
) -> None:
    new: dict[str, bytes | None] = {
        "slacontracts.yaml": b"organisation: X\n",
        "clauses/new/clause.yaml": b"theirs\n",
    }
    change(workspace, "theirs", new)
    if data is None:
        (workspace.root / path).unlink()
    else:
        workspace.write(path, data)
    merge = plan(workspace)
    assert merge is not None

    assert unready(workspace, merge) == ((path,) if is_unready else ())


def test_a_pull_that_was_interrupted_is_finished_by_the_next(
    workspace: Workspace,
) -> None:
    change(workspace, "main", {"agreements/acme/SLA-1/agreement.yaml": b"id: mine\n"})
    change(workspace, "theirs", {"slacontracts.yaml": b"organisation: X\n"})
    workspace.write("slacontracts.yaml", b"organisation: X\n")

    assert merged(workspace)["slacontracts.yaml"] == "organisation: X\n"


def test_a_link_of_the_other_side_is_refused(workspace: Workspace) -> None:
    git(workspace.root, "switch", "--quiet", "theirs")
    (workspace.root / "clauses/term/link.md").symlink_to("/etc/passwd")
    commit(workspace)
    git(workspace.root, "switch", "--quiet", "main")

    with pytest.raises(OutsideError, match=r"clauses/term/link\.md .* is a link"):
        plan(workspace)


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", "a\nb"])
def test_a_name_that_leaves_the_workspace_is_refused(
    workspace: Workspace, name: str
) -> None:
    root = workspace.root
    blob = git(root, "rev-parse", "main:slacontracts.yaml")
    entry = f"100644 {name}\0".encode() + bytes.fromhex(blob)
    tree = (
        subprocess.run(
            [
                "git",
                "-C",
                str(root),
                "hash-object",
                "--literally",
                "-w",
                "-t",
                "tree",
                "--stdin",
            ],
            input=entry,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    commit_id = git(root, "commit-tree", tree, "-p", "theirs", "-m", "Bad")
    git(root, "update-ref", "refs/heads/theirs", commit_id)

    with pytest.raises(OutsideError, match="name that no file may have"):
        plan(workspace)


def test_a_file_in_the_place_of_a_folder_is_refused(workspace: Workspace) -> None:
    change(workspace, "main", {"notes": b"A file\n"})
    change(workspace, "theirs", {"notes/today.txt": b"In a folder\n"})

    with pytest.raises(OutsideError, match="notes is a folder on one side and a file"):
        plan(workspace)


def test_another_program_that_saves_meanwhile_loses_nothing(
    workspace: Workspace,
) -> None:
    change(workspace, "theirs", {"slacontracts.yaml": b"organisation: X\n"})
    merge = plan(workspace)
    assert merge is not None
    git(workspace.root, "commit", "--quiet", "--allow-empty", "-m", "Meanwhile")
    head = git(workspace.root, "rev-parse", "HEAD")

    with pytest.raises(OutsideError, match="pull again"):
        carry_out(workspace, merge, "Merged", author=NIAMH, when=WHEN, warn=pytest.fail)

    assert git(workspace.root, "rev-parse", "HEAD") == head
    assert merged(workspace)["slacontracts.yaml"] == "organisation: X\n"
