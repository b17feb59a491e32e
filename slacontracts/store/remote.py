"""A workspace and a place outside it in; versions that one has, carried to the other.

Git carries them, in a folder of its own that is made for one call. So nothing that the
settings of the workspace say has a part in it, such as a program to start, and no
branch of the workspace moves by itself. Nobody is asked for a password.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.git import (
    common_folder,
    git_environment,
    run_git,
    said_nothing,
)

NAME: Final = "origin"

_URL_SETTING: Final = f"remote.{NAME}.url"
_LONGEST: Final = 2_000
_LONGEST_SAID: Final = 200
_PROTOCOLS: Final = "ssh:https:file"
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://", re.ASCII)
_HOST: Final = re.compile(r"[A-Za-z0-9_.\[\]:@-]+", re.ASCII)
_HOST_AND_PATH: Final = re.compile(r"([A-Za-z0-9_.@\[\]-]{2,}):(?!:)(.+)", re.ASCII)
_HELPER: Final = re.compile("[A-Za-z0-9+.-]*::", re.ASCII)
_SSH: Final = "ssh -o BatchMode=yes -o ConnectTimeout=30"
# What git does in a shared folder is done by the user's own rights: no program that
# somebody left there is started.
_IN_FOLDER: Final = (
    f"git -c core.hooksPath={os.devnull} -c core.alternateRefsCommand= "
    "-c receive.autogc=false -c core.fsync=all"
)
_CAREFULLY: Final = (
    *("-c", "transfer.fsckObjects=true"),
    *("-c", "http.lowSpeedLimit=1000"),
    *("-c", "http.lowSpeedTime=60"),
)
_REASONS: Final = (
    (
        r"could not read (username|password)|terminal prompts disabled"
        r"|authentication failed|permission denied|access denied|error: 40[13]",
        "it does not let you in; set up a key for ssh, or let git keep the password "
        "(git config --global credential.helper), and try again",
    ),
    (
        r"host key verification failed",
        "this computer has not met it before; connect to it once with ssh and confirm "
        "its key",
    ),
    (
        r"could not resolve|connection refused|timed out|unreachable|no route"
        r"|failed to connect|connection reset|too slow",
        "it cannot be reached; you may be off-line. Try again later",
    ),
    (
        r"dubious ownership",
        "the folder belongs to another user, and git does not trust it; tell git that "
        "it may: git config --global --add safe.directory FOLDER",
    ),
    (
        r"refusing to update checked out branch|branch is currently checked out",
        "somebody works in that folder; exchange through one that nobody works in, "
        "made with git init --bare -b main FOLDER",
    ),
    (
        r"not appear to be a git repo|not a git repo|not found|no such file"
        r"|does not exist",
        "no versions are kept there; check the name, and that the disk is connected",
    ),
    (
        r"unpack|fsck|corrupt|bad object|invalid|missing .* object|did not send",
        "what it has is damaged, so none of it was taken",
    ),
    (r"remote rejected|declined|protected|denied", "it refused what was sent"),
)
_NO_ATOMIC: Final = "does not support --atomic"
_OVERTAKEN: Final = re.compile(r"stale info|fetch first|non-fast-forward")


class OvertakenError(OutsideError):
    """Somebody else brought versions to the other side meanwhile."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The place outside that a workspace exchanges versions with."""

    root: Path
    url: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder that this computer reads and writes itself."""
        scheme = _SCHEME.match(self.url)
        if scheme is not None:
            return scheme[1].lower() == "file"
        return Path(self.url).is_absolute()

    def fault(self, reason: str) -> OutsideError:
        """Return what is wrong with it, as a line."""
        return OutsideError(f"nothing was exchanged with {self.url}: {reason}")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A version to bring to a branch of the other side.

    expected: what that branch has now; None where there is none.
    """

    branch: str
    version: str
    expected: str | None


def checked_place(text: str) -> str:
    """Return a URL or the full name of a folder; raise SourceError for anything else.

    Git would start programs for some texts, and take others for options.
    """
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise _no_place(text)
    scheme = _SCHEME.match(text)
    if scheme is not None:
        return _checked_url(text, scheme)
    match = _HOST_AND_PATH.fullmatch(text)
    if match is not None and not Path(text).exists():
        if re.search("(^|@)-", match[1]) or match[2].startswith("-"):
            raise _no_place(text)
        return text
    if text.startswith("-") or _HELPER.match(text):
        raise _no_place(text)
    return str(Path(text).expanduser().resolve())


def _checked_url(text: str, scheme: re.Match[str]) -> str:
    protocol = scheme[1].lower()
    if protocol not in _PROTOCOLS.split(":"):
        raise SourceError(
            f'"{text[:_LONGEST_SAID]}" is not exchanged with: only ssh://, https://, '
            "file:// and folders are"
        )
    host = re.split(r"[/?#\\]", text[scheme.end() :], maxsplit=1)[0]
    name, at, _ = host.rpartition("@")
    if at and ":" in name:
        raise SourceError(
            "the address holds a password, which everybody could read in the "
            "workspace; leave it out, and let git keep it (git config --global "
            "credential.helper)"
        )
    if protocol != "file" and (not _HOST.fullmatch(host) or host.startswith("-")):
        raise _no_place(text)
    return text


def _no_place(text: str) -> SourceError:
    shown = text[:_LONGEST_SAID].encode("unicode_escape").decode()
    return SourceError(
        f'"{shown}" is no place to exchange with; give a folder, or an address such as '
        "ssh://git@host.example/contracts.git"
    )


def known_remote(root: Path) -> Remote | None:
    """Return the place that the workspace exchanges with; None before any is set."""
    said = remote_said(root)
    return None if said is None else Remote(root, checked_place(said))


def remote_said(root: Path) -> str | None:
    """Return the place to exchange with as git's settings have it, whatever it is."""
    try:
        printed = run_git(root, "config", "--local", "--get", _URL_SETTING)
    except OutsideError as error:
        if said_nothing(error):
            return None
        raise
    return printed.decode(errors="replace").strip("\n")


def keep_remote(remote: Remote) -> None:
    """Remember the place, as git does it, too."""
    run_git(remote.root, "config", "--local", _URL_SETTING, remote.url)
    branches = f"+refs/heads/*:refs/remotes/{NAME}/*"
    run_git(remote.root, "config", "--local", f"remote.{NAME}.fetch", branches)


def note_seen(remote: Remote, branch: str, version: str) -> None:
    """Remember what the other side was seen to have in one of its branches."""
    ref = f"refs/remotes/{NAME}/{branch}"
    run_git(remote.root, "update-ref", "--no-deref", "-m", "exchange", ref, version)


def tips(remote: Remote, branches: Sequence[str]) -> dict[str, str]:
    """Return what branches have on the other side, without those it has not."""
    with _carrier(remote) as folder:
        return _tips(remote, folder, branches)


def fetch(remote: Remote, branches: Sequence[str]) -> dict[str, str]:
    """Get all that branches have on the other side; return their newest versions."""
    with _carrier(remote) as folder:
        there = _tips(remote, folder, branches)
        if there:
            _fetch(remote, folder, there)
        printed = _run(
            remote, folder, "for-each-ref", "--format=%(objectname) %(refname)"
        )
    pairs = (line.split() for line in printed.splitlines())
    start = "refs/theirs/"
    return {
        name.removeprefix(start): tip for tip, name in pairs if name.startswith(start)
    }


def fetch_again(remote: Remote, branches: Sequence[str]) -> None:
    """Get all that branches have on the other side, also what should be here."""
    with _carrier(remote, is_told=False) as folder:
        there = _tips(remote, folder, branches)
        if there:
            _fetch(remote, folder, there)


def push(remote: Remote, parcels: Sequence[Parcel]) -> None:
    """Bring versions to branches of the other side, all or none where it can that.

    Raises OvertakenError, and brings nothing, if one of them has another version than
    expected. Each version must follow the one that is expected.
    """
    with _carrier(remote) as folder:
        try:
            _push(remote, folder, parcels, "--atomic")
        except OutsideError as error:
            if _NO_ATOMIC not in str(error):
                raise
            for parcel in parcels:
                _push(remote, folder, [parcel])


def _fetch(remote: Remote, folder: Path, branches: Iterable[str]) -> None:
    wanted = [f"+refs/heads/{one}:refs/theirs/{one}" for one in branches]
    options = ("--quiet", "--no-tags", "--no-write-fetch-head")
    _carry(remote, folder, "fetch", options, wanted)


def _push(
    remote: Remote, folder: Path, parcels: Sequence[Parcel], *options: str
) -> None:
    leases = (
        f"--force-with-lease=refs/heads/{one.branch}:{one.expected or ''}"
        for one in parcels
    )
    wanted = (f"{one.version}:refs/heads/{one.branch}" for one in parcels)
    fixed = ("--quiet", "--no-verify", "--no-signed", "--recurse-submodules=no")
    _carry(remote, folder, "push", (*fixed, *options, *leases), wanted)


def _tips(remote: Remote, folder: Path, branches: Sequence[str]) -> dict[str, str]:
    wanted = [f"refs/heads/{one}" for one in branches]
    printed = _carry(remote, folder, "ls-remote", ("--quiet",), wanted)
    pairs = (line.split("\t", 1) for line in printed.splitlines())
    return {
        name.removeprefix("refs/heads/"): tip for tip, name in pairs if name in wanted
    }


def _carry(
    remote: Remote,
    folder: Path,
    act: str,
    options: Sequence[str],
    branches: Iterator[str] | Sequence[str],
) -> str:
    """Run a git command that speaks with the other side."""
    program = "receive-pack" if act == "push" else "upload-pack"
    if remote.is_folder:
        options = (*options, f"--{program}={_IN_FOLDER} {program}")
    return _run(remote, folder, *_CAREFULLY, act, *options, "--", remote.url, *branches)


@contextmanager
def _carrier(remote: Remote, *, is_told: bool = True) -> Iterator[Path]:
    """Make a folder in which git keeps nothing but what the workspace keeps.

    is_told: whether the other side is told what is here, so that it is not sent again.
    """
    with TemporaryDirectory(prefix="slacontracts-") as name:
        folder = Path(name)
        run_git(
            remote.root, "init", "--quiet", "--bare", "--template=", "--", str(folder)
        )
        known = _known_versions(remote.root) if is_told else ()
        lines = (f"{one} refs/ours/{one}\n" for one in sorted(known))
        (folder / "packed-refs").write_text("".join(lines), encoding="ascii")
        yield folder


def _known_versions(root: Path) -> set[str]:
    listed = run_git(root, "for-each-ref", "--format=%(objecttype) %(objectname)")
    return {
        line.split()[1]
        for line in listed.decode().splitlines()
        if line.startswith("commit ")
    }


def _run(remote: Remote, folder: Path, *arguments: str) -> str:
    objects = (common_folder(remote.root) or remote.root / ".git") / "objects"
    known = git_environment(remote.root)
    own: Mapping[str, str] = {
        "GIT_DIR": str(folder),
        "GIT_OBJECT_DIRECTORY": str(objects.absolute()),
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
        "GIT_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
    }
    if not _has_own_ssh(folder, {**known, **own}):
        own = {**own, "GIT_SSH_COMMAND": _SSH}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**known, **own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        start_new_session=True,  # a program without a terminal can ask nobody
    )
    if done.returncode:
        raise _fault(remote, done.stderr.decode(errors="replace"))
    return done.stdout.decode(errors="replace")


def _has_own_ssh(folder: Path, environment: Mapping[str, str]) -> bool:
    """Tell whether the user has told git how to call ssh."""
    asked = ["git", "config", "--get", "core.sshCommand"]
    done = subprocess.run(
        asked, cwd=folder, env=environment, capture_output=True, check=False
    )
    return done.returncode == 0


def _fault(remote: Remote, said: str) -> OutsideError:
    """Return what git said, in words that need no knowledge of git."""
    if _OVERTAKEN.search(said):
        return OvertakenError(
            f"nothing was sent to {remote.url}, because somebody else sent something "
            "meanwhile; pull first: slacontracts pull"
        )
    if _NO_ATOMIC in said:
        return remote.fault(_NO_ATOMIC)
    for pattern, reason in _REASONS:
        if re.search(pattern, said, re.IGNORECASE):
            return remote.fault(reason)
    lines = [line for line in said.splitlines() if line.strip()]
    last = lines[-1].removeprefix("fatal: ") if lines else "no reason was given"
    return remote.fault("".join(sign for sign in last if sign.isprintable()))
