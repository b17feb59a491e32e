"""A workspace with gaps in its versions in; the same, filled from outside, out."""

from collections.abc import Sequence
from pathlib import Path

from slacontracts.errors import OutsideError
from slacontracts.store.git import run_git
from slacontracts.store.kept import MEND
from slacontracts.store.remote import Remote, fetch_again


def mend(remote: Remote, branches: Sequence[str]) -> tuple[str, ...]:
    """Fetch all of some branches again where a part of them is gone here.

    Returns what a person should know of it. A part is known by what it holds, so
    what comes is what was lost, or is not taken for it.
    """
    root = remote.root
    if not _has_gaps(root, branches):
        return ()
    fetch_again(remote, branches)
    if _has_gaps(root, branches):
        return (
            "parts of the versions are missing or damaged here, which "
            f"{remote.url} does not have either, or cannot put right; see "
            f"slacontracts verify, and {MEND}",
        )
    return (
        "parts of the versions were missing here; they were fetched again from "
        f"{remote.url}",
    )


def _has_gaps(root: Path, branches: Sequence[str]) -> bool:
    """Tell whether a part is gone that a version of some branches is made of."""
    names = (f"refs/heads/{one}" for one in branches)
    tips = run_git(root, "for-each-ref", "--format=%(objectname)", *names)
    if not tips:
        return False
    walk = ("rev-list", "--objects", "--quiet", "--stdin")
    try:
        run_git(root, "-c", "core.commitGraph=false", *walk, data=tips)
    except OutsideError:
        return True
    return False
