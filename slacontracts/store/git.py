"""Versions in the workspace's git repository in; their files and counts out.

Reading is done by plain git processes, because importing GitPython takes longer
than reading a whole library. Reading runs and honours nothing that a repository
brings along: no hooks, filters, replaced objects, file monitors or pagers. What a
user typed never becomes an option: names are validated and stand behind `--`.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.workspace import (
    LIBRARY_FOLDERS,
    AgreementPlace,
    Workspace,
)

FULL_ID: Final = re.compile(r"[0-9a-f]{40}", re.ASCII)
_ID_LENGTH: Final = 40

_SAFE_SETTINGS: Final = {
    "advice.graftFileDeprecated": "false",  # said beside what fails for another reason
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.attributesFile": os.devnull,
    "core.excludesFile": os.devnull,
    "core.autocrlf": "false",
    "core.fsync": "all",
    "core.fsyncMethod": "fsync",
    "commit.gpgSign": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.showSignature": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.allow": "never",
}
_SAFE_OPTIONS: Final = (
    *(
        word
        for name, value in _SAFE_SETTINGS.items()
        for word in ("-c", f"{name}={value}")
    ),
    "--no-pager",
    "--literal-pathspecs",
)
_KEPT_VARIABLES: Final = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
)
_NOT_WRITABLE: Final = re.compile(
    "permission denied|insufficient permission|read-only file system"
    "|operation not permitted",
    re.IGNORECASE,
)
_LISTING: Final = ("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--")
# In the message of each version that only takes a signed amendment's header out, or
# that only keeps a turn of a negotiation: neither is a draft.
CLOSED_AS: Final = "Closed by the register: "
TURN_KEPT_AS: Final = "Kept of the negotiation: "
NO_DRAFT_MARKS: Final = (f"{CLOSED_AS}amendment-", f"{TURN_KEPT_AS}turn ")
_NO_DRAFTS: Final = tuple(f"--grep=^{mark}" for mark in NO_DRAFT_MARKS)
_COUNTING: Final = ("rev-list", "--count", "--invert-grep", *_NO_DRAFTS, "HEAD", "--")
_LOCKED: Final = re.compile(
    r"unable to create '([^'\n]+\.lock)': file exists", re.IGNORECASE
)
_NO_REASON: Final = "no reason was given"
FOLDER: Final = b"40000"
REGULAR_FILE: Final = (b"100644", b"100755", b"100664")


class BusyError(OutsideError):
    """Another program changes the same versions, or was ended while it did."""


@dataclass(frozen=True, slots=True)
class DraftNumber:
    """How often an agreement was saved, and whether it changed since.

    A version that only closed a signed amendment, or only kept a turn of a
    negotiation, is no draft, and not counted.
    has_link: a file or folder of it is a link, which no version holds.
    """

    saves: int
    has_unsaved_changes: bool
    has_link: bool = False

    @property
    def number(self) -> int:
        """The number of the draft in hand: a changed one is the next."""
        return max(1, self.saves + self.has_unsaved_changes)


def git_environment(root: Path) -> dict[str, str]:
    """Return the variables for a git process of ours: nothing of git's from outside."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT_VARIABLES
    }
    for at, (name, value) in enumerate(_SAFE_SETTINGS.items()):
        # for GitPython's processes, which are not given the options
        environment[f"GIT_CONFIG_KEY_{at}"] = name
        environment[f"GIT_CONFIG_VALUE_{at}"] = value
    return environment | {
        "GIT_CONFIG_COUNT": str(len(_SAFE_SETTINGS)),
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def git_folder(root: Path) -> Path | None:
    """Return the folder in which git keeps the versions of a workspace, or None."""
    folder = root / ".git"
    try:
        if folder.is_dir():
            return folder
        said = folder.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return root / said.removeprefix("gitdir:").strip()  # a second work tree


def common_folder(root: Path) -> Path | None:
    """Return the folder of git that all work trees of a workspace share, or None."""
    folder = git_folder(root)
    if folder is None:
        return None
    common = folder / "commondir"  # of a second work tree
    if common.is_file():
        folder = folder / common.read_text(encoding="utf-8").strip()
    return folder


def run_git(root: Path, *arguments: str, data: bytes | None = None) -> bytes:
    """Run one git command in a workspace and return what it prints.

    arguments: fixed words and validated names, never text from a user as it is.
    """
    with started_git(root, *arguments) as process:
        return _finished(process, root, data)


def started_git(
    root: Path, *arguments: str, said: int = subprocess.PIPE
) -> "subprocess.Popen[bytes]":
    """Start one git command in a workspace; see run_git.

    said: where its complaints go.
    """
    try:
        return subprocess.Popen(
            ["git", *_SAFE_OPTIONS, "-C", str(root), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=git_environment(root),
        )
    except FileNotFoundError as error:
        raise OutsideError(
            "git is not installed or cannot be found; versions need it: "
            "install it from https://git-scm.com or your system's packages"
        ) from error


def _finished(
    process: "subprocess.Popen[bytes]",
    root: Path,
    data: bytes | None = None,
) -> bytes:
    printed, said = process.communicate(data)
    if process.returncode:
        is_busy = _LOCKED.search(said.decode(errors="replace"))
        raise (BusyError if is_busy else OutsideError)(explain(root, said))
    return printed


def explain(root: Path, stderr: bytes) -> str:
    """Return what git said, in words that need no knowledge of git."""
    said = stderr.decode(errors="replace").strip()
    if "not a git repository" in said:
        return no_versions(root)
    if "dubious ownership" in said:
        return (
            f"{root} belongs to another user of this computer, so its versions are not "
            "read; work as that user, or have the folder given to you"
        )
    if _NOT_WRITABLE.search(said):
        return f"cannot write to {root}: you may not change this folder"
    if locked := _LOCKED.search(said):
        return (
            f"another program is at work in {root}; try again in a moment, or if none "
            f"is, delete {locked[1]}"
        )
    last = said.splitlines()[-1].removeprefix("fatal: ") if said else _NO_REASON
    return f"the versions in {root} cannot be used: {last}"


def no_versions(root: Path) -> str:
    """Return what is said of a workspace without the folder that git keeps."""
    return (
        f"{root} keeps no versions: its folder .git is missing; copy the workspace "
        "again with everything in it, or make a new one with slacontracts init"
    )


def _entries(listing: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in listing.split(b"\0")[:-1]:
        description, name = entry.split(b"\t", 1)
        mode, kind, entry_id = description.split()
        if kind == b"blob" and mode in REGULAR_FILE:
            found[name.decode(errors="surrogateescape")] = entry_id.decode()
    return found


def current_version(root: Path) -> str | None:
    """Return the id of the newest version, or None before anything was saved."""
    try:
        return (
            run_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
            .decode()
            .strip()
        )
    except OutsideError as error:
        if said_nothing(error):
            return None
        raise


def said_nothing(error: OutsideError) -> bool:
    """Tell whether git failed without a word, as it does where it finds nothing."""
    return _NO_REASON in str(error)


def latest_library(root: Path) -> str | None:
    """Return the id of the newest saved version of the library, or None."""
    if current_version(root) is None:
        return None
    found = run_git(root, "rev-list", "-1", "HEAD", "--", *LIBRARY_FOLDERS)
    return found.decode().strip() or None


def differing(
    workspace: Workspace, saved: Mapping[str, str], paths: Sequence[str]
) -> tuple[str, ...]:
    """Return the files at or below paths that are not as saved, by name.

    saved: the ids of what was saved, by name.
    """
    files = (path for path in paths if (workspace.root / path).is_file())
    present = {
        name: blob_id(workspace.read(name))
        for name in (*files, *workspace.files_below(*paths))
    }
    names = sorted({*present, *saved})
    return tuple(name for name in names if present.get(name) != saved.get(name))


def blob_id(data: bytes) -> str:
    """Return the id that git gives to a file's content."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def count_saves(root: Path, place: AgreementPlace) -> int:
    """Return how many drafts of one agreement were saved."""
    return int(run_git(root, *_COUNTING, place.folder))


def no_drafts(root: Path, *paths: str) -> frozenset[str]:
    """Return the ids of the versions at paths that are no drafts.

    They only closed a signed amendment, or only kept a turn of a negotiation.
    """
    printed = run_git(root, "rev-list", *_NO_DRAFTS, "HEAD", "--", *paths)
    return frozenset(printed.decode().split())


def is_ancestor(root: Path, older: str, newer: str) -> bool:
    """Tell whether a version is another one, or one that came before it."""
    try:
        run_git(root, "merge-base", "--is-ancestor", older, newer)
    except OutsideError as error:
        if not said_nothing(error):
            raise
        return False
    return True


def missing_versions(root: Path, ids: Sequence[str]) -> tuple[str, ...]:
    """Return those ids under which the workspace keeps no version."""
    asked = "".join(f"{one}\n" for one in ids).encode()
    printed = run_git(root, "cat-file", "--batch-check", data=asked)
    lines = zip(ids, printed.decode().splitlines(), strict=True)
    return tuple(one for one, line in lines if line.split()[1:2] != ["commit"])


def draft_number(workspace: Workspace, place: AgreementPlace) -> DraftNumber:
    """Return how often one agreement was saved, and whether it changed since."""
    with asking_draft_number(workspace, place) as answer:
        return answer()


@contextmanager
def asking_draft_number(
    workspace: Workspace, place: AgreementPlace
) -> Iterator[Callable[[], DraftNumber]]:
    """Ask git for a draft number while other work is done; call to get the answer."""
    root, folder = workspace.root, place.folder
    counting = (*_COUNTING, folder)
    listing = (*_LISTING, folder)
    with started_git(root, *counting) as count, started_git(root, *listing) as tree:

        def answer() -> DraftNumber:
            try:
                saves = int(_finished(count, root))
                saved = _entries(_finished(tree, root))
            except OutsideError:
                if current_version(root) is None:
                    return DraftNumber(0, True)
                raise
            return DraftNumber(saves, bool(differing(workspace, saved, [folder])))

        yield answer


def draft_numbers(
    workspace: Workspace, places: Sequence[AgreementPlace]
) -> dict[str, DraftNumber]:
    """Return many agreements' draft numbers, by folder, in one pass over history.

    A link in one agreement does not keep the others from theirs.
    """
    if current_version(workspace.root) is None:
        return {place.folder: DraftNumber(0, True) for place in places}
    counts = _saves_by_folder(workspace.root)
    saved: dict[str, dict[str, str]] = {}
    listing = run_git(workspace.root, *_LISTING, "agreements")
    for name, entry_id in _entries(listing).items():
        saved.setdefault(_agreement_folder(name), {})[name] = entry_id
    numbers = {}
    for place in places:
        folder, saves = place.folder, counts.get(place.folder, 0)
        try:
            changed = differing(workspace, saved.get(folder, {}), [folder])
        except SourceError:
            numbers[folder] = DraftNumber(saves, True, has_link=True)
        else:
            numbers[folder] = DraftNumber(saves, bool(changed))
    return numbers


def _saves_by_folder(root: Path) -> dict[str, int]:
    """Count, for every agreement's folder, the drafts of it that were saved."""
    passed_over = no_drafts(root, "agreements")
    options = ("--format=%x01%H", "--name-only", "--no-renames", "--no-ext-diff", "-z")
    printed = run_git(root, "log", *options, "HEAD", "--", "agreements")
    counts: dict[str, int] = {}
    for version in printed.split(b"\x01")[1:]:
        names = version.decode(errors="surrogateescape").split("\0")
        files = {name.lstrip("\n") for name in names if "/" in name}
        if names[0][:_ID_LENGTH] in passed_over:
            continue
        for folder in {_agreement_folder(name) for name in files}:
            counts[folder] = counts.get(folder, 0) + 1
    return counts


def _agreement_folder(name: str) -> str:
    return "/".join(name.split("/")[:3])
