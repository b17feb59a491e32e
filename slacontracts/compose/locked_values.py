"""Data above and data below a lock in; the data with what is locked put back out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slacontracts.model.paths import find_step, join_path, split_path, step_name


def is_path(lock: str) -> bool:
    """Tell whether a lock is the address of a value, and not the key of a clause."""
    try:
        split_path(lock)
    except ValueError:
        return False
    return True


def matching_paths(data: Mapping[str, Any], pattern: str) -> tuple[str, ...]:
    """Return the addresses that stand in the data; "*" is every item of a list.

    >>> matching_paths({"services": [{"key": "web"}]}, "/services/*/key")
    ('/services/web/key',)
    """
    return tuple(join_path(found) for found in _matching(data, split_path(pattern)))


def _matching(data: Any, steps: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if not steps:
        yield ()
        return
    first, rest = steps[0], steps[1:]
    names = [first]
    if first == "*" and isinstance(data, list):
        names = [str(step_name(item, at)) for at, item in enumerate(data)]
    elif first == "*" and isinstance(data, dict):
        names = list(data)
    for name in names:
        inner = _inner(data, name)
        if inner is not None:
            for below in _matching(inner, rest):
                yield (name, *below)


def _inner(data: Any, name: str) -> Any:
    if isinstance(data, dict):
        return data.get(name)
    at = find_step(data, name) if isinstance(data, list) else None
    return None if at is None else data[at]


def put_back(upper: Any, lower: Any, steps: Sequence[str]) -> Any:
    """Return a copy of the lower data with the value at these steps as it is above.

    Where the lower data has nothing to hold the value, such as an item of a list
    that was left out, the whole of it is taken from above.
    """
    if not steps or type(upper) is not type(lower):
        return upper
    first, rest = steps[0], steps[1:]
    if isinstance(upper, dict):
        inner = put_back(upper[first], lower.get(first), rest)
        return {**lower, first: inner}
    above, below = find_step(upper, first), find_step(lower, first)
    if above is None:
        return lower
    if below is None:
        at = min(above, len(lower))
        return [*lower[:at], upper[above], *lower[at:]]
    inner = put_back(upper[above], lower[below], rest)
    return [*lower[:below], inner, *lower[below + 1 :]]
