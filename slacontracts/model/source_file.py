"""A source file as read: its values as text, and the place of every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from slacontracts.model.finding import Origin
from slacontracts.model.paths import join_path, split_path, step_name

# A mark is (line, column, marks of the children: a dict, a list, or None).
Mark: TypeAlias = "tuple[int, int, dict[str, Mark] | list[Mark] | None]"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A YAML file: nested mappings, lists, texts and None, with their places.

    file: path relative to the workspace, with forward slashes.
    data: what the file says; every scalar is text, an empty one is None.
    marks: the places, nested like the data; for a field, where its name stands.
    """

    file: str
    data: Any
    marks: Mark
    # The names of the items of each list that was asked for, by the list's identity:
    # an agreement of many services is asked for the place of each of them.
    _names: dict[int, dict[str, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def _index(self, items: list[Any], step: str) -> int | None:
        """Return the index of the item that a step addresses, or None."""
        names = self._names.get(id(items))
        if names is None:
            names = self._names[id(items)] = {}
            for index, item in enumerate(items):
                names.setdefault(str(step_name(item, index)), index)
        return names.get(step)

    def has(self, path: str) -> bool:
        """Tell whether the file says something at an address, be it empty."""
        data = self.data
        for step in split_path(path):
            if isinstance(data, dict) and step in data:
                data = data[step]
            elif isinstance(data, list) and (
                (index := self._index(data, step)) is not None
            ):
                data = data[index]
            else:
                return False
        return True

    def place(self, path: str) -> Origin:
        """Return where a value stands, or the nearest thing above it."""
        steps = split_path(path) if path else ()
        line, column, children = self.marks
        data = self.data
        for step in steps:
            if isinstance(children, dict) and step in children:
                line, column, children = children[step]
                data = data[step]
            elif isinstance(children, list) and (
                (index := self._index(data, step)) is not None
            ):
                line, column, children = children[index]
                data = data[index]
            else:
                break
        return Origin(self.file, line, column, path)

    def place_at(self, steps: Sequence[str | int]) -> Origin:
        """Return where a value stands that is given by names and list indexes."""
        line, column, children = self.marks
        data, named = self.data, list[str | int]()
        for step in steps:
            if (
                isinstance(children, dict)
                and isinstance(data, dict)
                and step in children
            ):
                line, column, children = children[str(step)]
                data = data[step]
                named.append(step)
            elif (
                isinstance(children, list)
                and isinstance(step, int)
                and step < len(children)
            ):
                line, column, children = children[step]
                data = data[step]
                key = data.get("key") if isinstance(data, dict) else None
                named.append(key if isinstance(key, str) else step)
            else:
                break
        return Origin(self.file, line, column, join_path(named) if named else "")
