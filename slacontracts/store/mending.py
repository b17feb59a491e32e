"""A workspace with gaps in its versions in; the same, filled from outside, out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.store.chain import verify_chain
from slacontracts.store.git import missing_versions, run_git
from slacontracts.store.kept import MEND, open_shelves
from slacontracts.store.objects import open_objects
from slacontracts.store.rehash import Part, open_rehash
from slacontracts.store.remote import NAME, Remote, fetch, fetch_again

UNSENT: Final = (
    "it has to come from a backup, or from the workspace of whoever filed it: it was "
    "not sent yet"
)


def mend(
    remote: Remote, branches: Sequence[str], *, is_thorough: bool = False
) -> tuple[str, ...]:
    """Fetch all of some branches again where a part of them is gone here.

    is_thorough: count each part that the other side has, here, and put right what is
    damaged, too. Returns what a person should know of it. A part is known by what it
    holds, so what comes is what was lost, or is not taken for it.
    """
    if is_thorough:
        return _put_right(remote, branches)
    root = remote.root
    if not _has_gaps(root, branches):
        return ()
    try:
        fetch_again(remote, branches)
    except OutsideError:
        return _put_right(remote, branches)  # git stops where what is here is damaged
    if _has_gaps(root, branches):
        return _put_right(remote, branches)
    return (
        "parts of the versions were missing here; they were fetched again from "
        f"{remote.url}",
    )


def _put_right(remote: Remote, branches: Sequence[str]) -> tuple[str, ...]:
    """Put each part that is missing or damaged here in its place, from a new copy."""
    root = remote.root
    with TemporaryDirectory(prefix="slacontracts-") as name:
        copy = Path(name)
        run_git(copy, "init", "--quiet", "--template=", "--", name)
        tips = fetch(Remote(copy, remote.url), branches)
        parts = _parts_of(copy, tips.values())
        known = set(_parts_of(copy, _known_there(root, copy, branches)))
        wanted = _ailing(root, parts)
        with open_shelves(copy) as shelves, open_objects(root) as objects:
            for one in wanted:
                for kept in shelves.find([one]).values():
                    objects.keep_part(kept.kind, kept.data)
            objects.make_durable()
        left = _ailing(root, wanted)
    alone = _ailing_here_alone(remote)
    if left or (not alone and _has_gaps(root, branches)):
        return (
            "parts of the versions are missing or damaged here, which "
            f"{remote.url} does not have either, or cannot put right; see "
            f"slacontracts verify, and {MEND}",
        )
    return (*_told(remote, len(known.intersection(wanted)), alone), *alone)


def _told(remote: Remote, count: int, alone: Sequence[str]) -> tuple[str, ...]:
    """Tell how many parts were put right that were here, or should have been."""
    if count:
        parts_were = (
            "part of the versions was" if count == 1 else "parts of the versions were"
        )
        return (
            f"{count} {parts_were} missing or damaged here, and put right from "
            f"{remote.url}",
        )
    if alone:
        return ()
    return (f"of all that {remote.url} has, every part is as it is there",)


def _ailing_here_alone(remote: Remote) -> tuple[str, ...]:
    """Tell of each part of the register that stays damaged: nobody was sent it."""
    troubles = verify_chain(remote.root).troubles
    return tuple(
        f"{one.says}, and {remote.url} does not have it; {UNSENT}"
        for one in troubles
        if one.about == "part"
    )


def _known_there(root: Path, copy: Path, branches: Sequence[str]) -> list[str]:
    """Return the versions in a copy of the other side that are here, or were seen.

    What it has beyond them is new, and nothing that was lost.
    """
    starts = ("refs/heads", f"refs/remotes/{NAME}")
    names = (f"{start}/{one}" for start in starts for one in branches)
    printed = run_git(root, "for-each-ref", "--format=%(objectname)", *names)
    versions = sorted(set(printed.decode().split()))
    return sorted(set(versions) - set(missing_versions(copy, versions)))


def _parts_of(root: Path, tips: Iterable[str]) -> list[str]:
    """Return the ids of all that versions are made of, those before them included."""
    asked = "".join(f"{one}\n" for one in tips).encode()
    if not asked:
        return []
    printed = run_git(root, "rev-list", "--objects", "--stdin", data=asked)
    return [line.split(b" ", 1)[0].decode() for line in printed.splitlines()]


def _ailing(root: Path, parts: Sequence[str]) -> list[str]:
    with open_rehash(root) as rehash:
        found = rehash.find(parts, with_bytes=False)
    return [one for one, part in found.items() if not isinstance(part, Part)]


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
