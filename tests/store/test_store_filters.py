"""Programs that a repository names: none is run, whatever is saved, looked at or rendered."""

import os
import subprocess
from pathlib import Path

import pytest
from conftest import Run

ID = "SLA-2026-0001"
SETTINGS = (
    "filter.x.clean",
    "filter.x.smudge",
    "filter.x.process",
    "diff.x.textconv",
    "diff.x.command",
    "diff.external",
    "merge.x.driver",
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "gpg.program",
    "pager.log",
)
COMMANDS = (
    ("save", ID, "-m", "Changed"),
    ("library", "save", "-m", "Changed"),
    ("library", "take", ID),
    ("library", "log"),
    ("library", "diff"),
    ("list",),
    ("check", ID),
    ("render", ID, "-o", "draft.docx"),
)
HOOKS = ("pre-commit", "post-commit", "reference-transaction", "post-index-change")


@pytest.fixture
def trap(contracts: Path, tmp_path: Path) -> Path:
    """A file that every program which the repository names would write."""
    sprung, program = tmp_path / "sprung", tmp_path / "trap.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {sprung}\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in HOOKS:
        (hooks / hook).symlink_to(program)
    # A file whose time is not before its entry in the index: git compares contents.
    waiver = contracts / "clauses/waiver/preferred.en.md"
    waiver.write_bytes(waiver.read_bytes() + b"\n")
    os.utime(waiver, (4_000_000_000, 4_000_000_000))
    subprocess.run(["git", "-C", str(contracts), "add", "clauses"], check=True)
    included = tmp_path / "included"
    lines = [f'[alias]\n\tlog = "!{program}"\n\tupdate-ref = "!{program}"\n']
    for name in SETTINGS:
        section, _, key = name.rpartition(".")
        first, _, second = section.partition(".")
        head = f'[{first} "{second}"]' if second else f"[{first}]"
        lines.append(f"{head}\n\t{key} = {program}\n")
    lines.append(f"[core]\n\thooksPath = {hooks}\n[commit]\n\tgpgSign = true\n")
    included.write_text("".join(lines), encoding="utf-8")
    with (contracts / ".git/config").open("a", encoding="utf-8") as file:
        file.write(f"[include]\n\tpath = {included}\n")
    (contracts / ".gitattributes").write_text(
        "* filter=x diff=x merge=x\n", encoding="utf-8"
    )
    return sprung


def test_no_command_runs_what_the_repository_names(
    contracts: Path, run: Run, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(contracts.parent)
    (file,) = contracts.glob(f"agreements/*/{ID}/agreement.yaml")
    file.write_bytes(file.read_bytes() + b"# changed\n")

    for command in COMMANDS:
        run(*command)

        assert not trap.exists(), (command, trap.read_text(encoding="utf-8"))


def test_the_trap_would_be_sprung_by_git_itself(contracts: Path, trap: Path) -> None:
    subprocess.run(
        ["git", "-C", str(contracts), "status"], check=False, capture_output=True
    )

    assert trap.exists()


def test_a_saved_file_has_the_bytes_of_the_disk_not_those_of_a_filter(
    contracts: Path, run: Run
) -> None:
    subprocess.run(
        ["git", "-C", str(contracts), "config", "filter.x.clean", "tr a-z A-Z"],
        check=True,
    )
    (contracts / ".gitattributes").write_text("* filter=x text eol=crlf\n")
    (file,) = contracts.glob(f"agreements/*/{ID}/agreement.yaml")
    file.write_bytes(file.read_bytes() + b"# as typed\r\n")

    run("save", ID, "-m", "Changed")

    name = file.relative_to(contracts).as_posix()
    kept = subprocess.run(
        ["git", "-C", str(contracts), "cat-file", "blob", f"HEAD:{name}"],
        check=True,
        capture_output=True,
    )
    assert kept.stdout == file.read_bytes()
