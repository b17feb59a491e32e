"""Two versions of a workspace that grew from one in; one that follows both, out.

What is merged is never less than a unit: the folder of an agreement or a clause, a
template, any other file. One that a single side changed is taken from that side; one
that both changed differently is a person's to decide.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from slacontracts.errors import OutsideError
from slacontracts.store.git import FOLDER, REGULAR_FILE, blob_id
from slacontracts.store.kept import Shelves, open_shelves
from slacontracts.store.objects import Entry, open_objects
from slacontracts.store.versions import (
    Author,
    branch_in_hand,
    common_version,
    move_branch,
    refresh_index,
)
from slacontracts.store.workspace import Workspace, make_durable

Side: TypeAlias = Literal["mine", "theirs"]

_LENGTHS: Final = {"agreements": 3, "clauses": 2}  # of a unit's name, in steps
_NO_NAMES: Final = frozenset({"", ".", "..", ".git"})
_NO_SIGNS: Final = frozenset('\\:*?"<>|' if os.name == "nt" else "\0")


@dataclass(frozen=True, slots=True)
class Tree:
    """What a version holds: its files and folders, each with mode and id, by path."""

    files: Mapping[str, tuple[bytes, str]]
    folders: Mapping[str, tuple[bytes, str]]

    @property
    def units(self) -> dict[str, tuple[bytes, str]]:
        """What each unit is, by its name: two that are equal are equal in all."""
        all_paths = {**self.files, **self.folders}
        names = {unit_of(path) for path in self.files}
        return {name: all_paths[name] for name in names}

    def entry(self, unit: str) -> Entry | None:
        """Return what the folder around a unit says of it; None where it is not."""
        found = self.files.get(unit) or self.folders.get(unit)
        if found is None:
            return None
        name = unit.rpartition("/")[2].encode(errors="surrogateescape")
        return bytes.fromhex(found[1]), int(found[0], 8), name


@dataclass(frozen=True, slots=True)
class Merge:
    """How two versions become one.

    taken: units that will be as the other side has them. undecided: those that both
    changed, each in another way. changes: the files that change here, by path: the id
    of each before and after, None where there is none.
    """

    ours: str
    theirs: str
    taken: tuple[str, ...]
    undecided: tuple[str, ...]
    is_forward: bool
    changes: Mapping[str, tuple[str | None, str | None]]
    their_tree: Tree


def unit_of(path: str) -> str:
    """Return the name of the unit that a file belongs to.

    >>> unit_of("clauses/term/preferred.en.md")
    'clauses/term'
    """
    steps = path.split("/")
    return "/".join(steps[: _LENGTHS.get(steps[0], len(steps))])


def plan_merge(
    root: Path, ours: str, theirs: str, decisions: Mapping[str, Side]
) -> Merge | None:
    """Return how a version of the other side is taken over; None if we have it.

    decisions: whose text counts of units that both changed. Raises OutsideError where
    the two have no version in common, or the other side's cannot be kept here.
    """
    base = common_version(root, ours, theirs)
    if base == theirs:
        return None
    if base is None:
        raise OutsideError(
            "nothing was taken over, because the other side is another workspace: it "
            "has no version in common with this one; give the right place, or start "
            "from a copy of that workspace"
        )
    with open_shelves(root) as shelves:
        was, here, there = (_tree(shelves, one) for one in (base, ours, theirs))
    units = was.units, here.units, there.units
    taken, undecided = [], []
    for name in sorted({name for one in units for name in one}):
        before, mine, other = (one.get(name) for one in units)
        if mine == other or before == other:
            continue
        side = decisions.get(name)
        if before == mine or side == "theirs":
            taken.append(name)
        elif side is None:
            undecided.append(name)
    changes = dict(_changes(here, there, taken))
    _require_possible(here, there, taken, changes)
    return Merge(
        *(ours, theirs, tuple(taken), tuple(undecided)), base == ours, changes, there
    )


def _tree(shelves: Shelves, version: str) -> Tree:
    files: dict[str, tuple[bytes, str]] = {}
    folders: dict[str, tuple[bytes, str]] = {}
    for mode, path, one in shelves.walk(version):
        (folders if mode == FOLDER else files)[path] = mode, one
    return Tree(files, folders)


def _changes(
    here: Tree, there: Tree, taken: Collection[str]
) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """Yield the files that change here, with their ids before and after."""
    chosen = frozenset(taken)
    mine, other = (
        {path: one for path, (_, one) in tree.files.items() if unit_of(path) in chosen}
        for tree in (here, there)
    )
    for path in sorted({*mine, *other}):
        if mine.get(path) != other.get(path):
            yield path, (mine.get(path), other.get(path))


def _require_possible(
    here: Tree, there: Tree, taken: Collection[str], changes: Collection[str]
) -> None:
    """Refuse what cannot be kept on a disk, or would hide something else there."""
    for path in changes:
        if path not in there.files:
            continue
        if there.files[path][0] not in REGULAR_FILE or not _is_name(path):
            shown = path.encode("unicode_escape").decode()
            raise OutsideError(
                f"nothing was taken over, because {shown} on the other side is a link, "
                "or has a name that no file may have; have it taken out there"
            )
    chosen = frozenset(taken)
    files = {path for path in here.files if unit_of(path) not in chosen}
    files |= {path for path in there.files if unit_of(path) in chosen}
    both = files & {folder for path in changes for folder in _folders_of(path)}
    both |= {path for path in changes if path in files and path in here.folders}
    if both:
        raise OutsideError(
            f"nothing was taken over, because {min(both)} is a folder on one side and "
            "a file on the other; rename one of them"
        )


def _folders_of(path: str) -> Iterator[str]:
    steps = path.split("/")[:-1]
    return ("/".join(steps[:end]) for end in range(1, len(steps) + 1))


def _is_name(path: str) -> bool:
    steps = path.split("/")
    return path.isprintable() and not any(
        step.lower() in _NO_NAMES or _NO_SIGNS.intersection(step) for step in steps
    )


def unready(workspace: Workspace, merge: Merge) -> tuple[str, ...]:
    """Return the files with changes that were not saved, and would be overwritten."""
    return tuple(
        path
        for path, ids in merge.changes.items()
        if _on_disk(workspace, path) not in ids
    )


def _on_disk(workspace: Workspace, path: str) -> str | None:
    """Return the id of a file as it stands; None where there is nothing."""
    place = workspace.root / path
    if place.is_file():
        return blob_id(workspace.read(path))
    return "folder" if place.is_dir() else None


def carry_out(
    workspace: Workspace,
    merge: Merge,
    message: str,
    *,
    author: Author,
    when: datetime,
    warn: Callable[[str], None],
) -> str:
    """Take the other side's version over; return the newest version then.

    The files come first, and git's list of them: whoever is interrupted finds the other
    side's texts as changes that are not saved, and pulls again; the other way round,
    saving would put back the old ones.
    """
    root = workspace.root
    branch = branch_in_hand(root)
    version = merge.theirs
    if not merge.is_forward:
        version = _keep_version(root, merge, message, author=author, when=when)
    _write_files(workspace, merge)
    refresh_index(root, version, merge.taken, warn)
    if not move_branch(root, branch, version, merge.ours):
        raise OutsideError(
            "another program saved in this workspace meanwhile; what others saved lies "
            "in the files already, but is not taken over: pull again"
        )
    return version


def _keep_version(
    root: Path, merge: Merge, message: str, *, author: Author, when: datetime
) -> str:
    with open_objects(root) as objects:
        tree: bytes | None = objects.folder_of(merge.ours)
        for unit in merge.taken:
            entry = merge.their_tree.entry(unit)
            tree = objects.with_entry(tree, unit.split("/"), entry)
        assert tree is not None
        name = f"{author.name} <{author.email}>"
        version = objects.keep_version(
            tree, merge.ours, message, author=name, when=when, joined=merge.theirs
        )
        objects.make_durable()
    return version


def _write_files(workspace: Workspace, merge: Merge) -> None:
    wanted = {path: new for path, (_, new) in merge.changes.items() if new}
    with open_shelves(workspace.root) as shelves:
        for path, new in wanted.items():
            if _on_disk(workspace, path) != new:
                workspace.write(path, shelves.read({path: new})[path])
    for path in merge.changes.keys() - wanted.keys():
        _take_out(workspace.root, path)


def _take_out(root: Path, path: str) -> None:
    """Delete a file, and the folders that it leaves empty."""
    place = root / path
    try:
        place.unlink(missing_ok=True)
        for folder in place.parents:
            if folder == root or not folder.is_dir() or any(folder.iterdir()):
                make_durable(folder if folder.is_dir() else root)
                break
            folder.rmdir()
    except OSError as error:
        raise OutsideError(
            f"{place} cannot be deleted, as the other side did "
            f"({error.strerror or type(error).__name__}); close it in other programs "
            "and pull again"
        ) from error
