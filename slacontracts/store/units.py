"""What versions of a workspace hold in; the units that a merge takes whole, out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from slacontracts.store.objects import Entry

TURNS: Final = "turns"
_TURN_NAME: Final = re.compile(
    rf"{TURNS}/(\d{{3,}}\.yaml|[0-9a-f]{{64}}\.docx)", re.ASCII
)
_LENGTHS: Final = {"agreements": 3, "clauses": 2}  # of a unit's name, in steps


def unit_of(path: str) -> str:
    """Return the name of the unit that a file belongs to.

    >>> unit_of("clauses/term/preferred.en.md")
    'clauses/term'
    """
    steps = path.split("/")
    return "/".join(steps[: _LENGTHS.get(steps[0], len(steps))])


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

    def id_of(self, path: str) -> str | None:
        """Return the id of a file; None where it is not."""
        return self.files[path][1] if path in self.files else None

    def entry(self, unit: str) -> Entry | None:
        """Return what the folder around a unit says of it; None where it is not."""
        found = self.files.get(unit) or self.folders.get(unit)
        if found is None:
            return None
        name = unit.rpartition("/")[2].encode(errors="surrogateescape")
        return bytes.fromhex(found[1]), int(found[0], 8), name


@dataclass(frozen=True, slots=True)
class Trees:
    """What the version in common holds, and what the two sides made of it."""

    was: Tree
    here: Tree
    there: Tree

    def added_turns(self, tree: Tree, unit: str) -> dict[str, str]:
        """Return the files that one side added to a negotiation, with their ids."""
        start = f"{unit}/"
        return {
            path: one
            for path, (_, one) in tree.files.items()
            if path.startswith(start)
            and _TURN_NAME.fullmatch(path, len(start))
            and path not in self.was.files
        }

    def rest(self, tree: Tree, unit: str) -> dict[str, tuple[bytes, str]]:
        """Return what else a side has in a unit."""
        added = self.added_turns(tree, unit)
        return {
            path: one
            for path, one in tree.files.items()
            if unit_of(path) == unit and path not in added
        }

    def have_met(self, unit: str) -> bool:
        """Tell whether both sides have an agreement, and one added turns to it."""
        sides = self.here, self.there
        return (
            unit.startswith("agreements/")
            and all(unit in one.folders for one in sides)
            and any(self.added_turns(one, unit) for one in sides)
        )
