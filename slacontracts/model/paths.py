"""Addresses of values in an agreement's data: "/services/web-hosting/price/amount".

An item that has a `key` is addressed by it, any other by its index from 0. The
same grammar serves findings, `set`, comparison, proposals and JSON.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Step: TypeAlias = str | int


def join_path(steps: Iterable[object]) -> str:
    """Return the address made of the steps: ("term", "initial") -> "/term/initial"."""
    return "".join(f"/{step}" for step in steps)


def split_path(path: str) -> tuple[str, ...]:
    """Return the steps of an address; raises ValueError unless it starts with "/"."""
    if not path.startswith("/") or path.endswith("/") or "//" in path:
        raise ValueError(
            f'"{path}" is not the address of a value; write it like /term/initial'
        )
    return tuple(path[1:].split("/"))


def step_name(item: Any, index: int) -> Step:
    """Return how an item of a list is addressed: its key where it has one."""
    key = item.get("key") if isinstance(item, dict) else getattr(item, "key", None)
    return key if isinstance(key, str) else index


def find_step(items: list[Any] | tuple[Any, ...], step: str) -> int | None:
    """Return the index of the item that a step addresses, or None."""
    for index, item in enumerate(items):
        if str(step_name(item, index)) == step:
            return index
    return None


def look_up(data: Any, path: str) -> Any:
    """Return what stands at an address in nested mappings and lists.

    Raises KeyError when nothing does, as at an address that can be none.
    """
    try:
        steps = split_path(path)
    except ValueError:
        raise KeyError(path) from None
    found = data
    for step in steps:
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list | tuple) and (
            (index := find_step(found, step)) is not None
        ):
            found = found[index]
        else:
            raise KeyError(path)
    return found


def walk_leaves(data: Any, steps: tuple[Step, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield (address, value) for every scalar in nested mappings and lists."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from walk_leaves(inner, (*steps, name))
    elif isinstance(data, list | tuple):
        for index, inner in enumerate(data):
            yield from walk_leaves(inner, (*steps, step_name(inner, index)))
    else:
        yield join_path(steps), data
