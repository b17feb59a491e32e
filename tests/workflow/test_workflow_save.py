"""Saving: no link, no conflict mark, no unfinished merge; what is saved was checked."""

import errno
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from copying import loose_part

from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.model.library import Library
from slacontracts.store import versions
from slacontracts.store.contents import library_files
from slacontracts.store.git import current_version, run_git
from slacontracts.store.workspace import Workspace
from slacontracts.workflow import library, save
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.schemas import write_schemas
from slacontracts.workflow.take import take_library

ID = "SLA-2026-0001"
LATER = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
FOLDER = f"agreements/contoso-retail/{ID}"
FILE = f"{FOLDER}/agreement.yaml"
WAIVER = "clauses/waiver/preferred.en.md"


def git(desk: Desk, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(desk.workspace.root), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def replace_by_link(path: Path, place: Path) -> None:
    """Move a file or folder elsewhere and leave a link to it."""
    moved = place / path.name
    shutil.move(path, moved)
    path.symlink_to(moved)


def edit(desk: Desk, file: str = FILE) -> None:
    desk.workspace.write(file, desk.workspace.read(file) + b"\n# edited\n")


@pytest.mark.parametrize("inside", [False, True], ids=["outside", "in the workspace"])
@pytest.mark.parametrize(
    "linked", [FILE, FOLDER, "agreements/contoso-retail", "agreements"]
)
def test_an_agreement_that_is_a_link_is_refused_and_stays_in_the_history(
    desk: Desk, tmp_path: Path, linked: str, inside: bool
) -> None:
    root, before = desk.workspace.root, current_version(desk.workspace.root)
    elsewhere = (root if inside else tmp_path) / "elsewhere"
    elsewhere.mkdir()
    replace_by_link(root / linked, elsewhere)

    for call in (
        lambda: save_agreement(desk, ID, "Linked", LATER),
        lambda: set_values(desk, ID, [("/term/initial", "P36M")]),
        lambda: take_library(desk, ID, None),
        lambda: check_agreements(desk, [ID]),
    ):
        with pytest.raises(SourceError, match="is a link to") as raised:
            call()
        assert str(root / linked) in str(raised.value)
        assert "\n" not in str(raised.value)

    assert current_version(root) == before


@pytest.mark.parametrize(
    "linked",
    [
        "clauses",
        "clauses/waiver",
        WAIVER,
        "templates",
        "templates/service",
        "templates/house/standard.docx",
        "slacontracts.yaml",
        ".schemas",
        ".gitattributes",
    ],
)
def test_a_library_with_a_link_in_it_is_refused_and_stays_in_the_history(
    desk: Desk, tmp_path: Path, linked: str
) -> None:
    root, before = desk.workspace.root, current_version(desk.workspace.root)
    replace_by_link(root / linked, tmp_path)

    with pytest.raises(SourceError, match="is a link to") as raised:
        save_library(desk, "Linked", LATER)

    assert str(root / linked) in str(raised.value)
    assert current_version(root) == before


def test_a_workspace_whose_settings_are_a_link_is_not_opened(
    desk: Desk, tmp_path: Path
) -> None:
    replace_by_link(desk.workspace.root / "slacontracts.yaml", tmp_path)

    with pytest.raises(SourceError, match="is a link to"):
        open_desk(desk.workspace.root, desk.cache)


def test_among_all_agreements_a_linked_one_is_found_and_the_others_are_checked(
    desk: Desk, tmp_path: Path
) -> None:
    replace_by_link(desk.workspace.root / FILE, tmp_path)

    checked = check_agreements(desk, [])

    (found,) = [f for f in checked.findings if f.code == "cannot-be-checked"]
    assert found.origin.file == FILE
    assert checked.agreements == len(desk.workspace.agreements()) > 1


def test_a_link_to_nowhere_is_named_and_deletes_nothing(desk: Desk) -> None:
    before = current_version(desk.workspace.root)
    (desk.workspace.root / FILE).unlink()
    (desk.workspace.root / FILE).symlink_to("nowhere.yaml")

    with pytest.raises(SourceError, match="is a link to"):
        save_agreement(desk, ID, "Linked", LATER)

    assert current_version(desk.workspace.root) == before


@pytest.mark.parametrize(
    "line", ["Kept of the negotiation: turn 1", "Closed by the register: amendment-1"]
)
def test_no_reason_keeps_a_draft_from_being_counted(desk: Desk, line: str) -> None:
    before = current_version(desk.workspace.root)
    edit(desk)

    with pytest.raises(SourceError, match="say it in other words") as raised:
        save_agreement(desk, ID, f"Price\n\n\a{line}", LATER)

    assert "\n" not in str(raised.value)
    assert current_version(desk.workspace.root) == before
    assert save_agreement(desk, ID, f"Price\nnot {line}", LATER).number == 2


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_conflict_marks_are_refused_with_their_line(
    desk: Desk, mark: str, ending: str
) -> None:
    before = current_version(desk.workspace.root)
    lines = desk.workspace.read(FILE).decode().splitlines()
    lines.insert(4, mark)
    desk.workspace.write(FILE, ending.join([*lines, ""]).encode())

    with pytest.raises(SourceError, match="conflict") as raised:
        save_agreement(desk, ID, "Merged", LATER)

    assert f"{FILE}, line 5:" in str(raised.value)
    assert current_version(desk.workspace.root) == before


def test_conflict_marks_in_a_clause_are_refused_with_their_line(desk: Desk) -> None:
    before = current_version(desk.workspace.root)
    desk.workspace.write(
        WAIVER, b"1. One.\n\n<<<<<<< HEAD\n2. Two.\n=======\n2. Three.\n>>>>>>> x\n"
    )

    with pytest.raises(SlaContractsError) as raised:
        save_library(desk, "Merged", LATER)

    assert f"{WAIVER}, line 3:" in str(raised.value)
    assert current_version(desk.workspace.root) == before


def test_a_line_of_equal_signs_is_no_conflict(desk: Desk) -> None:
    desk.workspace.write(f"{FOLDER}/notes.txt", b"Title\n=======\n>>>> quoted\n")

    assert save_agreement(desk, ID, "Notes", LATER).id is not None


def test_an_old_version_checked_out_is_not_saved_on(desk: Desk) -> None:
    git(desk, "checkout", "--quiet", "--detach", "HEAD~1")
    before = current_version(desk.workspace.root)
    os.makedirs(desk.workspace.root / FOLDER, exist_ok=True)  # noqa: PTH103
    desk.workspace.write(FILE, b"id: x\n")

    with pytest.raises(SlaContractsError, match="git switch main") as raised:
        save_agreement(desk, ID, "On what?", LATER)

    assert "nothing was saved" in str(raised.value)
    assert desk.workspace.read(FILE) == b"id: x\n"
    assert current_version(desk.workspace.root) == before


def diverge(desk: Desk) -> None:
    """Change one line of an agreement on two branches, each in another way."""
    git(desk, "checkout", "--quiet", "-b", "theirs")
    text = desk.workspace.read(FILE)
    desk.workspace.write(FILE, b"# theirs\n" + text)
    git(desk, "commit", "--quiet", "--all", "-m", "theirs")
    git(desk, "checkout", "--quiet", "main")
    desk.workspace.write(FILE, b"# ours\n" + text)
    git(desk, "commit", "--quiet", "--all", "-m", "ours")


@pytest.mark.parametrize("act", ["merge", "rebase", "cherry-pick"])
def test_in_the_middle_of_a_merge_nothing_is_saved(desk: Desk, act: str) -> None:
    diverge(desk)
    subprocess.run(
        ["git", "-C", str(desk.workspace.root), act, "theirs"],
        check=False,
        capture_output=True,
    )
    desk.workspace.write(FILE, b"id: mended\n")
    before = git(desk, "for-each-ref")

    with pytest.raises(SlaContractsError, match=f"git {act} --continue") as raised:
        save_agreement(desk, ID, "Merged?", LATER)

    assert f"git {act} --abort" in str(raised.value)
    assert git(desk, "for-each-ref") == before
    assert desk.workspace.read(FILE) == b"id: mended\n"


def test_what_is_saved_is_what_was_checked_though_an_editor_writes_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = b"1. Silence is never a waiver.\n"
    desk.workspace.write(WAIVER, checked)

    def while_somebody_writes(workspace: Workspace, read: Library) -> None:
        write_schemas(workspace, read)
        desk.workspace.write(WAIVER, b"- a bullet, which no wording may have\n")

    monkeypatch.setattr(library, "write_schemas", while_somebody_writes)
    saved = save_library(desk, "Shorter waiver", LATER).id

    assert saved is not None
    assert library_files(desk.workspace.root, saved)[WAIVER] == checked


def test_settings_that_turned_wrong_meanwhile_are_not_saved(desk: Desk) -> None:
    before = current_version(desk.workspace.root)
    desk.workspace.write("slacontracts.yaml", b"organisation: [\n")

    with pytest.raises(SourceError, match=r"slacontracts\.yaml"):
        save_library(desk, "Settings", LATER)

    assert current_version(desk.workspace.root) == before


def test_a_list_of_git_that_cannot_be_written_is_a_note_the_version_is_saved(
    desk: Desk,
) -> None:
    edit(desk)
    lock = desk.workspace.root / ".git/index.lock"
    lock.write_bytes(b"")

    saved = save_agreement(desk, ID, "Saved all the same", LATER)

    assert saved.id == current_version(desk.workspace.root)
    (said,) = saved.notes
    assert "is saved" in said
    assert str(lock) in said
    lock.unlink()
    assert git(desk, "status", "--porcelain") != ""
    again = save_agreement(desk, ID, "Again", LATER)
    assert (again.id, again.notes) == (None, ())
    assert git(desk, "status", "--porcelain") == ""


def test_a_file_that_vanishes_after_the_save_does_not_make_it_look_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(desk)
    real = versions.save_version

    def then_it_is_a_link(*arguments: Any, **options: Any) -> str | None:
        saved = real(*arguments, **options)
        (desk.workspace.root / FOLDER / "link.txt").symlink_to("nowhere")
        return saved

    monkeypatch.setattr(save, "save_version", then_it_is_a_link)

    assert save_agreement(desk, ID, "Saved", LATER).number == 2


def test_the_command_says_saved_when_only_gits_list_lags(desk: Desk, run: Run) -> None:
    edit(desk)
    (desk.workspace.root / ".git/index.lock").write_bytes(b"")

    result = run("save", ID, "-m", "Saved")

    assert f"{ID}: saved as version 2" in result.stdout
    assert result.stderr.startswith("note: ")


@pytest.mark.skipif(os.name == "nt", reason="locks in another way")
@pytest.mark.parametrize(
    "command", [("set", ID, "/term/initial=P24M"), ("library", "save", "-m", "x")]
)
def test_a_disk_without_locks_is_a_note_and_no_obstacle(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)

    result = run(*command)

    assert result.stderr.count("note: commands cannot take turns on the disk") == 1


def test_a_damaged_version_of_the_library_is_a_line_and_no_fault_of_ours(
    run: Run, contracts: Path
) -> None:
    name = f"HEAD:{WAIVER}"
    one = run_git(contracts, "rev-parse", name).decode().strip()
    kept = loose_part(contracts, one)
    kept.rename(contracts / "lost")

    result = run("render", ID, "--execution", "-o", "x.docx", code=3)

    assert "are damaged" in result.stderr
    assert "internal fault" not in result.output


def test_a_pin_on_what_is_no_version_is_an_unknown_library(
    run: Run, contracts: Path
) -> None:
    tree = run_git(contracts, "rev-parse", "HEAD:").decode().strip()
    file = contracts / FILE
    text = re.sub(r"(?m)^library: .*$", f"library: {tree}", file.read_text("utf-8"))
    file.write_text(text, "utf-8")

    result = run("check", ID, code=1)

    assert "[unknown-library]" in result.output
