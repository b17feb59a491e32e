"""Saving versions: just what was named, by whom, and never over somebody else's work."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from git import GitCommandError

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store import versions
from slacontracts.store.git import current_version, run_git
from slacontracts.store.versions import (
    Author,
    history,
    known_author,
    save_version,
    start_history,
)
from slacontracts.store.workspace import Workspace

NIAMH = Author("Niamh Kelleher", "niamh@northwind.example")
WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "contracts"
    root.mkdir()
    start_history(root)
    made = Workspace(root)
    made.write("clauses/term/clause.yaml", b"key: term\n")
    for name in ("SLA-1", "SLA-2", "SLA-10"):
        made.write(f"agreements/acme/{name}/agreement.yaml", f"id: {name}\n".encode())
    return made


def save(workspace: Workspace, *paths: str, reason: str = "A reason") -> str | None:
    return save_version(workspace, paths, reason, author=NIAMH, when=WHEN)


def git(workspace: Workspace, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(workspace.root), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_a_new_history_is_on_the_branch_main(workspace: Workspace) -> None:
    save(workspace, "clauses")

    assert git(workspace, "symbolic-ref", "HEAD") == "refs/heads/main"


def test_a_version_holds_only_what_was_named(workspace: Workspace) -> None:
    save(workspace, "clauses", "agreements/acme/SLA-1")
    workspace.write("clauses/term/clause.yaml", b"key: changed\n")
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")
    git(workspace, "add", "--all")

    save(workspace, "agreements/acme/SLA-1")

    changed = git(workspace, "diff", "--name-only", "HEAD~1", "HEAD")
    assert changed == "agreements/acme/SLA-1/agreement.yaml"


def test_what_was_staged_stays_staged_and_the_rest_is_clean(
    workspace: Workspace,
) -> None:
    save(workspace, "clauses", "agreements")
    workspace.write("clauses/term/clause.yaml", b"key: staged\n")
    git(workspace, "add", "clauses")
    workspace.write("clauses/term/clause.yaml", b"key: further\n")
    workspace.write("agreements/acme/SLA-2/agreement.yaml", b"id: SLA-2\nx: y\n")

    save(workspace, "agreements/acme/SLA-2")

    assert git(workspace, "status", "--porcelain") == "MM clauses/term/clause.yaml"
    assert "key: staged" in git(workspace, "diff", "--cached")


def test_saving_what_did_not_change_saves_nothing(workspace: Workspace) -> None:
    first = save(workspace, "agreements/acme/SLA-1")

    again = save(workspace, "agreements/acme/SLA-1")

    assert first is not None
    assert again is None
    assert current_version(workspace.root) == first


def test_a_deleted_file_and_an_emptied_folder_are_gone_from_the_version(
    workspace: Workspace,
) -> None:
    workspace.write("agreements/acme/SLA-1/annex.txt", b"annex")
    save(workspace, "clauses", "agreements")
    (workspace.root / "agreements/acme/SLA-1/annex.txt").unlink()
    (workspace.root / "clauses/term/clause.yaml").unlink()

    save(workspace, "clauses", "agreements/acme/SLA-1")

    names = git(workspace, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert "agreements/acme/SLA-1/annex.txt" not in names
    assert not any(name.startswith("clauses/") for name in names)
    assert "agreements/acme/SLA-1/agreement.yaml" in names


def test_git_finds_nothing_wrong_with_the_written_objects(workspace: Workspace) -> None:
    workspace.write("agreements/acme/SLA-1/a.txt", b"1")
    workspace.write("agreements/acme/SLA-1/a/b.txt", b"2")
    workspace.write("agreements/acme/SLA-1/a-b.txt", b"3")
    workspace.write("agreements/acme/SLA-1/ملحق.txt", b"4")

    save(workspace, "agreements/acme/SLA-1")

    subprocess.run(
        ["git", "-C", str(workspace.root), "fsck", "--strict", "--no-dangling"],
        check=True,
        capture_output=True,
    )
    assert git(workspace, "status", "--porcelain", "agreements/acme/SLA-1") == ""


def test_leftovers_are_not_saved(workspace: Workspace) -> None:
    folder = workspace.root / "agreements/acme/SLA-1"
    (folder / "~$draft.docx").write_bytes(b"lock")
    (folder / ".#agreement.yaml").symlink_to("niamh@host.4711")  # what Emacs leaves

    save(workspace, "agreements/acme/SLA-1")

    names = git(workspace, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert names == ["agreements/acme/SLA-1/agreement.yaml"]


def test_a_link_is_refused_and_nothing_is_saved(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (workspace.root / "agreements/acme/SLA-1/link.txt").symlink_to(secret)

    with pytest.raises(SourceError, match=r"link\.txt is a link to .*secret\.txt"):
        save(workspace, "agreements/acme/SLA-1")

    assert current_version(workspace.root) is None


def test_the_history_tells_when_by_whom_and_why(workspace: Workspace) -> None:
    save(workspace, "clauses", reason="library: First")
    save(workspace, "agreements/acme/SLA-1", reason="SLA-1: --output=x « ملاحظة »")

    (version,) = history(workspace.root, "agreements")

    assert version.message == "SLA-1: --output=x « ملاحظة »"
    assert (version.author, version.when) == ("Niamh Kelleher", WHEN)


def test_no_history_is_an_empty_one(workspace: Workspace) -> None:
    assert history(workspace.root, "clauses") == ()


def test_somebody_who_saves_at_the_same_time_loses_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(workspace, "clauses")
    move = versions.move_branch
    others: list[str | None] = []

    def overtaken(root: Path, branch: str, version: str, before: str | None) -> bool:
        if not others:
            others.append("saving")
            others.append(save(workspace, "agreements/acme/SLA-2", reason="Other"))
        return move(root, branch, version, before)

    monkeypatch.setattr(versions, "move_branch", overtaken)
    save(workspace, "agreements/acme/SLA-1", reason="Mine")

    subjects = git(workspace, "log", "--format=%s").splitlines()
    names = git(workspace, "ls-tree", "-r", "--name-only", "HEAD", "agreements")
    assert subjects == ["Mine", "Other", "A reason"]
    assert names.splitlines() == [
        "agreements/acme/SLA-1/agreement.yaml",
        "agreements/acme/SLA-2/agreement.yaml",
    ]


def test_a_branch_that_never_holds_still_ends_in_a_clear_line(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "move_branch", lambda *_: False)

    with pytest.raises(OutsideError, match="somebody else is saving"):
        save(workspace, "clauses")


def test_names_that_are_no_utf_8_stay_as_they_are(workspace: Workspace) -> None:
    save(workspace, "clauses")
    (workspace.root / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"kept")
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "-m", "By git itself")
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")

    save(workspace, "agreements/acme/SLA-1")

    changed = git(workspace, "diff", "--name-only", "HEAD~1", "HEAD")
    assert changed == "agreements/acme/SLA-1/agreement.yaml"


def test_an_encoding_that_the_repository_names_changes_no_word_of_the_history(
    workspace: Workspace,
) -> None:
    git(workspace, "config", "i18n.commitEncoding", "ISO-8859-1")
    git(workspace, "config", "i18n.logOutputEncoding", "ISO-8859-1")

    save(workspace, "clauses", reason="library: ملاحظة é")

    assert history(workspace.root, "clauses")[0].message == "library: ملاحظة é"


def test_a_second_work_tree_saves_on_its_own_branch(
    workspace: Workspace, tmp_path: Path
) -> None:
    save(workspace, "clauses", "agreements")
    first = current_version(workspace.root)
    git(workspace, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "two"))
    other = Workspace(tmp_path / "two")
    other.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")

    saved = save(other, "agreements/acme/SLA-1")

    assert current_version(other.root) == saved
    assert current_version(workspace.root) == first
    assert git(other, "status", "--porcelain") == ""


def test_a_change_within_the_second_that_it_was_staged_is_still_seen_by_git(
    workspace: Workspace,
) -> None:
    save(workspace, "clauses", "agreements")
    staged = workspace.root / "clauses/term/clause.yaml"
    staged.write_bytes(b"key: one\n")
    git(workspace, "add", "clauses")
    status = staged.stat()
    with staged.open("r+b") as file:
        file.write(b"key: two\n")  # of the same size
    os.utime(staged, ns=(status.st_atime_ns, status.st_mtime_ns))
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")

    save(workspace, "agreements/acme/SLA-1")

    with_content = ("-c", "core.trustctime=false", "status", "--porcelain")
    assert git(workspace, *with_content) == "MM clauses/term/clause.yaml"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_saved_version_is_on_the_disk_before_the_branch_and_the_branch_before_the_end(
    workspace: Workspace, tmp_path: Path
) -> None:
    save(workspace, "clauses", "agreements")
    workspace.write("agreements/acme/SLA-1/agreement.yaml", b"id: SLA-1\nx: y\n")
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from slacontracts.store.versions import Author, save_version\n"
        "from slacontracts.store.workspace import Workspace\n"
        "save_version(Workspace(Path(sys.argv[1])), ['agreements/acme/SLA-1'], 'x',"
        " author=Author('N', 'n@n'), when=datetime.now(UTC))"
    )
    trace = tmp_path / "trace"
    subprocess.run(
        [
            *("strace", "-f", "-y", "-o", str(trace)),
            *("-e", "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2"),
            *(sys.executable, "-c", code, str(workspace.root)),
        ],
        check=True,
        capture_output=True,
    )

    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    synced = [at for at, call in enumerate(calls) if "fsync(" in call]
    named = [
        at
        for at, call in enumerate(calls)
        if re.search("rename.*objects/../tmp_obj", call)
    ]
    (moved,) = [
        at for at, call in enumerate(calls) if "rename" in call and "main.lock" in call
    ]
    folders = {
        match[1]: at
        for at in synced
        if (match := re.search(r"fsync\(\d+<[^>]*/objects(?:/(..))?>", calls[at]))
    }
    assert len(named) == 6  # the file, its four folders, the version
    for at in named:
        assert any("tmp_obj" in calls[one] for one in synced if one < at), calls[at]
        prefix = re.search(r"objects/(..)/tmp_obj", calls[at])
        assert prefix is not None
        assert at < folders[prefix[1]] < moved
    assert sum("tmp_obj" in calls[at] for at in synced) == len(named)
    assert any("main.lock" in calls[at] for at in synced if at < moved)
    assert any("/refs/heads>" in calls[at] for at in synced if at > moved)


def test_the_author_is_who_git_knows(workspace: Workspace) -> None:
    author = known_author(workspace.root, "Northwind Hosting Ltd")

    assert author == Author("Niamh Kelleher", "niamh@northwind.example")


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Northwind Hosting Ltd", "Northwind Hosting Ltd"),
        ("Evil <x@y>\nAuthor: B", "Evil x@yAuthor: B"),
        ("", "slacontracts"),
    ],
)
def test_without_settings_the_organisation_stands_in(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    organisation: str,
    name: str,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))

    author = known_author(workspace.root, organisation)

    assert (author.name, author.is_assumed) == (name, True)
    saved = save_version(workspace, ["clauses"], "First", author=author, when=WHEN)
    assert saved == current_version(workspace.root)
    assert git(workspace, "log", "-1", "--format=%an") == name


@pytest.fixture
def plain_folder() -> Iterator[Path]:
    """A folder whose name says nothing: that of a test says what is tested."""
    with TemporaryDirectory(prefix="plain-") as folder:
        yield Path(folder)


def test_a_locked_branch_is_a_clear_line_or_a_retry_never_a_trace(
    workspace: Workspace, plain_folder: Path
) -> None:
    root = Path(shutil.copytree(workspace.root, plain_folder / "contracts"))
    workspace = Workspace(root)
    save(workspace, "clauses")
    lock = workspace.root / ".git/refs/heads/main.lock"
    lock.write_bytes(b"")

    with pytest.raises(OutsideError, match="nothing was saved") as raised:
        save(workspace, "agreements/acme/SLA-1")

    assert str(lock) in str(raised.value)
    lock.unlink()
    assert save(workspace, "agreements/acme/SLA-1") is not None


def test_our_own_ways_do_not_pack_or_collect_in_the_background(
    workspace: Workspace,
) -> None:
    assert run_git(workspace.root, "config", "gc.auto").strip() == b"0"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "error: insufficient permission for adding an object to repository "
            "database .git/objects\nfatal: hash-object: failed to write object",
            "cannot write to {}: you may not change this folder",
        ),
        (
            "fatal: unable to write: Read-only file system",
            "cannot write to {}: you may not change this folder",
        ),
        ("fatal: the disk is full", "the versions in {} cannot be used: the disk"),
    ],
)
def test_a_folder_that_cannot_be_written_is_a_line_without_git_commands(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    def refuse(*_: object) -> None:
        raise GitCommandError(["git", "hash-object", "-w"], 128, fault.encode())

    monkeypatch.setattr(versions, "_keep", refuse)

    with pytest.raises(OutsideError) as raised:
        save_version(workspace, ["a"], "x", author=NIAMH, when=WHEN)

    message = str(raised.value)
    assert message.startswith(said.format(workspace.root))
    assert "hash-object" not in message
    assert "Cmd(" not in message
    assert "\n" not in message


def test_what_git_refuses_is_told_without_its_command(workspace: Workspace) -> None:
    with pytest.raises(OutsideError) as raised:
        run_git(workspace.root, "cat-file", "-t", "nonsense")

    assert "cat-file" not in str(raised.value)
    assert "fatal:" not in str(raised.value)
