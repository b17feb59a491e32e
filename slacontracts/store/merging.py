"""Two versions of a workspace that grew from one in; one that follows both, out.

What is merged is never less than a unit: the folder of an agreement or a clause, a
template, any other file. One that a single side changed is taken from that side; one
that both changed differently is a person's to decide. Only the turns that each added to
a negotiation are all kept.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from slacontracts.errors import OutsideError
from slacontracts.store.git import FOLDER, REGULAR_FILE, TURN_KEPT_AS, blob_id
from slacontracts.store.kept import Shelves, open_shelves
from slacontracts.store.objects import open_objects
from slacontracts.store.units import TURNS, Tree, Trees, unit_of
from slacontracts.store.versions import (
    Author,
    branch_in_hand,
    common_version,
    move_branch,
    refresh_index,
)
from slacontracts.store.workspace import Workspace, make_durable

Side: TypeAlias = Literal["mine", "theirs"]

_NO_NAMES: Final = frozenset({"", ".", "..", ".git"})
_NO_SIGNS: Final = frozenset('\\:*?"<>|' if os.name == "nt" else "\0")


@dataclass(frozen=True, slots=True)
class JoinedTurns:
    """The turns of both sides. files: what each added, as it is now, by path.

    said: a line for each turn that has another number now.
    """

    files: Mapping[str, bytes]
    said: tuple[str, ...] = ()


# Given the folder, the turns that both had, and what each side added, by path.
JoinTurns: TypeAlias = Callable[
    [str, Mapping[str, bytes], Mapping[str, bytes], Mapping[str, bytes]], JoinedTurns
]


@dataclass(frozen=True, slots=True)
class Merge:
    """How two versions become one.

    taken: units that will be as the other side has them. undecided: those that both
    changed, each in another way. changes: the files that change here, by path: the id
    of each before and after, None where there is none. joined: by agreement, the turns
    that both added to its negotiation. turns: their files as they will be, by path,
    where they are not as in the folder that is kept or taken; None takes one out.
    """

    ours: str
    theirs: str
    taken: tuple[str, ...]
    undecided: tuple[str, ...]
    is_forward: bool
    changes: Mapping[str, tuple[str | None, str | None]]
    their_tree: Tree
    joined: Mapping[str, JoinedTurns] = field(default_factory=dict)
    turns: Mapping[str, bytes | None] = field(default_factory=dict)


def plan_merge(
    root: Path,
    ours: str,
    theirs: str,
    decisions: Mapping[str, Side],
    join: JoinTurns,
) -> Merge | None:
    """Return how a version of the other side is taken over; None if we have it.

    decisions: whose text counts of units that both changed. join: gives turns that both
    added numbers of their own. Raises OutsideError where
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
        trees = Trees(*(_tree(shelves, one) for one in (base, ours, theirs)))
        taken, undecided, met = _sorted_out(trees, decisions)
        joined = {name: join(*_met(shelves, trees, name)) for name in met}
    here, there = trees.here, trees.there
    turns = dict(_turns(trees, joined, taken))
    changes = dict(_changes(here, there, taken))
    for path, data in turns.items():
        ids = here.id_of(path), None if data is None else blob_id(data)
        changes.pop(path, None)
        changes |= {path: ids} if ids[0] != ids[1] else {}
    _require_possible(here, there, taken, changes)
    return Merge(
        *(ours, theirs, tuple(taken), tuple(undecided), base == ours, changes, there),
        joined,
        turns,
    )


def _sorted_out(
    trees: Trees, decisions: Mapping[str, Side]
) -> tuple[list[str], list[str], list[str]]:
    """Return the units that are theirs, those to decide, and those whose turns meet."""
    units = trees.was.units, trees.here.units, trees.there.units
    taken, undecided, met = [], [], []
    for name in sorted({name for one in units for name in one}):
        before, mine, other = (one.get(name) for one in units)
        if mine == other or before == other:
            continue
        side = decisions.get(name)
        if before == mine:
            side = "theirs"
        elif trees.have_met(name):
            met.append(name)
            side = _side_of_rest(trees, name) or side
        if side == "theirs":
            taken.append(name)
        elif side is None:
            undecided.append(name)
    return taken, undecided, met


def _side_of_rest(trees: Trees, unit: str) -> Side | None:
    """Return the side that alone changed an agreement, apart from added turns."""
    before, mine, other = (
        trees.rest(one, unit) for one in (trees.was, trees.here, trees.there)
    )
    if other in (before, mine):
        return "mine"
    return "theirs" if before == mine else None


def _met(
    shelves: Shelves, trees: Trees, unit: str
) -> tuple[str, dict[str, bytes], dict[str, bytes], dict[str, bytes]]:
    """Return the folder of the turns, those before, and what each side added."""
    start = f"{unit}/{TURNS}"
    before = {
        path: one
        for path, (_, one) in trees.was.files.items()
        if path.startswith(f"{start}/") and path.endswith(".yaml")
    }
    mine, other = (trees.added_turns(one, unit) for one in (trees.here, trees.there))
    return start, shelves.read(before), shelves.read(mine), shelves.read(other)


def _turns(
    trees: Trees, joined: Mapping[str, JoinedTurns], taken: Collection[str]
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files of turns that the folder that counts has otherwise."""
    for unit, found in joined.items():
        tree = trees.there if unit in taken else trees.here
        for path, data in found.files.items():
            if tree.id_of(path) != blob_id(data):
                yield path, data
        for path in trees.added_turns(tree, unit).keys() - found.files.keys():
            yield path, None


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
    refresh_index(root, version, (*merge.taken, *merge.turns), warn)
    if not move_branch(root, branch, version, merge.ours):
        raise OutsideError(
            "another program saved in this workspace meanwhile; what others saved lies "
            "in the files already, but is not taken over: pull again"
        )
    for unit, joined in merge.joined.items():
        for said in joined.said:
            warn(f"{unit.rpartition('/')[2]}: {said}")
    return version


def _keep_version(
    root: Path, merge: Merge, message: str, *, author: Author, when: datetime
) -> str:
    with open_objects(root) as objects:
        tree: bytes | None = objects.folder_of(merge.ours)
        for unit in merge.taken:
            entry = merge.their_tree.entry(unit)
            tree = objects.with_entry(tree, unit.split("/"), entry)
        for path, data in merge.turns.items():
            name = path.rpartition("/")[2]
            entry = None if data is None else objects.keep_file(name, data)
            tree = objects.with_entry(tree, path.split("/"), entry)
        assert tree is not None
        if merge.turns:  # it lies on both lines, and is no draft of its own
            message += f"\n\n{TURN_KEPT_AS}turn of both sides"
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
