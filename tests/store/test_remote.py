"""A place outside: which ones are taken, what runs there, and what people are told."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from filing import filled_workspace
from sharing import bare, git

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.git import run_git
from slacontracts.store.remote import (
    OvertakenError,
    Parcel,
    Remote,
    checked_place,
    fetch,
    keep_remote,
    known_remote,
    push,
    tips,
)

REGISTER = "register"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return filled_workspace(tmp_path / "contracts", 2)


@pytest.fixture
def there(root: Path, tmp_path: Path) -> Remote:
    return Remote(root, str(bare(tmp_path / "shared.git")))


def tip(root: Path) -> str:
    return git(root, "rev-parse", REGISTER)


def send(remote: Remote, expected: str | None = None) -> None:
    push(remote, [Parcel(REGISTER, tip(remote.root), expected)])


@pytest.mark.parametrize(
    "text",
    [
        "ssh://git@host.example/contracts.git",
        "ssh://git@host.example:2222/contracts.git",
        "git@host.example:contracts.git",
        "https://host.example/contracts.git",
        "https://niamh@host.example/contracts.git",
        "file:///srv/contracts.git",
        "/srv/contracts.git",
    ],
)
def test_an_address_or_a_folder_is_taken_as_it_is(text: str) -> None:
    assert checked_place(text) == text


def test_the_name_of_a_folder_is_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert checked_place("shared.git") == str(tmp_path / "shared.git")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "--upload-pack=touch /tmp/x",
        "-oProxyCommand=touch",
        "ext::sh -c touch% /tmp/x",
        "fd::17",
        "::",
        "http://host.example/contracts.git",
        "git://host.example/contracts.git",
        "ftp://host.example/x",
        "ssh://-oProxyCommand=touch/x",
        "ssh://",
        "https:///x",
        "git@-oProxy:x",
        "-host:x",
        "host.example:-x",
        "https://niamh:secret@host.example/x",
        "/srv/contracts\n.git",
        "/srv/\x1b[31m",
        "/srv/\u202egit",
        "/" + "x" * 3_000,
    ],
)
def test_what_is_no_place_is_one_line(text: str) -> None:
    with pytest.raises(SourceError) as raised:
        checked_place(text)

    assert str(raised.value).isprintable()
    assert "secret" not in str(raised.value)


def test_a_place_that_somebody_wrote_into_the_settings_is_looked_at_too(
    root: Path, tmp_path: Path
) -> None:
    git(root, "config", "remote.origin.url", f"ext::touch {tmp_path}/ran")

    with pytest.raises(SourceError, match="no place to exchange with"):
        known_remote(root)


def test_the_place_is_kept_as_git_keeps_it(there: Remote) -> None:
    assert known_remote(there.root) is None

    keep_remote(there)
    send(there)

    assert known_remote(there.root) == there
    git(there.root, "fetch", "--quiet", "origin")
    assert git(there.root, "rev-parse", "origin/register") == tip(there.root)


def test_what_was_sent_is_got_by_somebody_else(there: Remote, tmp_path: Path) -> None:
    send(there)
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", "other")

    found = fetch(Remote(other, there.url), ("main", REGISTER))

    assert found == {REGISTER: tip(there.root)} == tips(there, ("main", REGISTER))
    git(other, "fsck", "--strict", tip(there.root))
    assert git(other, "for-each-ref") == ""


def test_only_what_is_expected_there_is_replaced(there: Remote) -> None:
    first = git(there.root, "rev-parse", "register~1")
    send(there)
    git(Path(there.url), "update-ref", "refs/heads/register", first)

    with pytest.raises(OvertakenError, match="pull first: slacontracts pull"):
        send(there)
    with pytest.raises(OvertakenError, match="pull first"):
        send(there, tip(there.root))
    assert tips(there, (REGISTER,)) == {REGISTER: first}

    send(there, first)
    assert tips(there, (REGISTER,)) == {REGISTER: tip(there.root)}


def test_of_two_branches_none_is_sent_if_one_cannot_be(there: Remote) -> None:
    send(there)
    version = tip(there.root)
    git(Path(there.url), "update-ref", "refs/heads/register", f"{version}~1")

    with pytest.raises(OvertakenError):
        push(there, [Parcel("main", version, None), Parcel(REGISTER, version, None)])

    assert tips(there, ("main",)) == {}


def test_a_place_that_cannot_send_all_at_once_is_sent_one_after_the_other(
    there: Remote,
) -> None:
    git(Path(there.url), "config", "receive.advertiseAtomic", "false")
    version = tip(there.root)

    push(there, [Parcel("main", version, None), Parcel(REGISTER, version, None)])

    assert tips(there, ("main", REGISTER)) == {"main": version, REGISTER: version}


def leave_programs(folder: Path, ran: Path) -> None:
    """Leave a program for every occasion at which git would start one."""
    hooks = folder / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in (
        *("pre-receive", "update", "post-receive", "post-update", "proc-receive"),
        *("reference-transaction", "pre-push", "post-merge", "post-checkout"),
        *("pre-auto-gc", "fsmonitor-watchman"),
    ):
        path = hooks / name
        path.write_text(f"#!/bin/sh\necho {name} >> '{ran}'\n", encoding="utf-8")
        path.chmod(0o755)
    for setting in (
        *("core.sshCommand", "core.askPass", "core.fsmonitor", "core.gitProxy"),
        *("core.alternateRefsCommand", "uploadpack.packObjectsHook"),
        *("credential.helper", "remote.origin.uploadpack", "remote.origin.receivepack"),
    ):
        git(folder, "config", setting, f"!echo {setting} >> '{ran}' #")


@pytest.mark.skipif(os.name != "posix", reason="needs programs of a shell")
def test_no_program_that_lies_in_the_workspace_or_the_shared_folder_is_started(
    there: Remote, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    leave_programs(there.root / ".git", ran)
    leave_programs(Path(there.url), ran)
    alternates = Path(there.url) / "objects/info/alternates"
    alternates.write_text(f"{there.root}/.git/objects\n", encoding="utf-8")
    keep_remote(there)

    send(there)
    fetch(there, (REGISTER,))

    assert not ran.exists()


@pytest.mark.skipif(os.name != "posix", reason="needs programs of a shell")
def test_the_programs_of_that_test_would_run_otherwise(
    there: Remote, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    leave_programs(there.root / ".git", ran)
    leave_programs(Path(there.url), ran)

    subprocess.run(
        ["git", "-C", str(there.root), "push", "--quiet", there.url, REGISTER],
        check=False,
        capture_output=True,
    )

    said = ran.read_text()
    assert "pre-push" in said
    assert "pre-receive" in said


def test_a_place_that_is_gone_is_told(there: Remote) -> None:
    Path(there.url).rename(f"{there.url}.gone")

    for act in (lambda: send(there), lambda: fetch(there, (REGISTER,))):
        with pytest.raises(OutsideError, match="no versions are kept there") as raised:
            act()
        assert str(raised.value).isprintable()


def test_a_folder_that_somebody_works_in_is_told(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=register", "work")
    git(tmp_path / "work", "commit", "--quiet", "--allow-empty", "-m", "x")
    theirs = Remote(root, str(tmp_path / "work"))
    fetch(theirs, (REGISTER,))
    expected = git(tmp_path / "work", "rev-parse", "HEAD")

    with pytest.raises(OutsideError, match="git init --bare -b main FOLDER"):
        send(theirs, expected)


@pytest.mark.skipif(os.name != "posix", reason="needs a program of a shell")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("git@host.example: Permission denied (publickey,password).", "not let you in"),
        ("ssh: Could not resolve hostname host.example: Name", "you may be off-line"),
        ("ssh: connect to host host.example port 22: Connection refused", "off-line"),
        ("ssh: connect to host x port 22: Operation timed out", "off-line"),
        ("Host key verification failed.", "confirm its key"),
        ("ERROR: Repository not found.", "no versions are kept there"),
        ("what nobody has ever\x1b[31m said", "nothing was exchanged with"),
    ],
)
def test_what_ssh_says_is_told_in_one_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    ssh = tmp_path / "bin/ssh"
    ssh.parent.mkdir()
    ssh.write_text(
        f"#!/bin/sh\necho \"$@\" > '{tmp_path}/asked'\necho '{said}' >&2\nexit 255\n"
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}{os.pathsep}{os.environ['PATH']}")

    with pytest.raises(OutsideError, match=told) as raised:
        tips(Remote(root, "ssh://git@host.example/x.git"), (REGISTER,))

    assert str(raised.value).isprintable()
    assert "BatchMode=yes" in (tmp_path / "asked").read_text()


@pytest.mark.skipif(os.name != "posix", reason="needs a program of a shell")
def test_the_way_that_the_user_calls_ssh_is_kept(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own-ssh"
    own.write_text(f"#!/bin/sh\necho \"$@\" > '{tmp_path}/asked'\nexit 255\n")
    own.chmod(0o755)
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[core]\n\tsshCommand = {own}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))

    with pytest.raises(OutsideError):
        tips(Remote(root, "git@host.example:x.git"), (REGISTER,))

    assert "git@host.example" in (tmp_path / "asked").read_text()


def test_a_password_is_never_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[dict[str, str]] = []
    run: Callable[..., object] = subprocess.run

    def watched(*arguments: object, **options: object) -> object:
        environment = options.get("env")
        if isinstance(environment, dict):
            known.append(environment)
            assert "start_new_session" in options or "config" in str(arguments)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    with pytest.raises(OutsideError):
        tips(Remote(root, "https://127.0.0.1:1/x.git"), (REGISTER,))

    assert known[-1]["GIT_TERMINAL_PROMPT"] == "0"
    assert known[-1]["GIT_ASKPASS"] == ""


def test_what_is_damaged_on_the_other_side_is_not_taken(
    there: Remote, tmp_path: Path
) -> None:
    shared = Path(there.url)
    data = b"100644 .git\0" + bytes.fromhex("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    git(shared, "hash-object", "-w", "-t", "blob", os.devnull)
    done = subprocess.run(
        *(
            [
                "git",
                "-C",
                str(shared),
                "hash-object",
                "--literally",
                "-w",
                "-t",
                "tree",
                "--stdin",
            ],
        ),
        input=data,
        capture_output=True,
        check=True,
    )
    version = git(shared, "commit-tree", done.stdout.decode().strip(), "-m", "Bad")
    git(shared, "update-ref", "refs/heads/register", version)

    with pytest.raises(OutsideError, match="damaged, so none of it was taken"):
        fetch(there, (REGISTER,))

    with pytest.raises(OutsideError):
        run_git(there.root, "cat-file", "-e", version)
