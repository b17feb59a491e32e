"""Two agreements in; the values of the data that differ, as people read them, out."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from slacontracts.compare.read_values import as_read
from slacontracts.compose.blanks import agreement_data
from slacontracts.compose.digest import wording_digest
from slacontracts.model.agreement import Agreement
from slacontracts.model.change import ValueChange
from slacontracts.model.clause import Language, ValueRule
from slacontracts.model.paths import join_path, step_name, walk_leaves
from slacontracts.redline.words import common

# What is told elsewhere: other texts of the library, the amendment, approvals.
ELSEWHERE: Final = frozenset({"library", "amendment", "approvals"})
_GONE: Final = "~"  # before the index of an item that only the old data have


def compare_data(
    old: Agreement, new: Agreement, rules: Mapping[str, ValueRule] | None = None
) -> tuple[ValueChange, ...]:
    """Return the values that differ, in the order of the new data.

    An item with a key is found again by it wherever it stands; one that came or went
    is told value by value. rules: what the library declares of values, so that a
    figure is read with its unit. Of negotiated wording its digest is told, as approvals
    name it; its words are compared where they print.
    """
    language: Language = "ar" if new.language == "ar" else "en"
    before, after = (
        _without_unset(as_read(agreement_data(one), rules or {}, language))
        for one in (old, new)
    )
    for side in (before, after):
        for name in ELSEWHERE:
            side.pop(name, None)
        _name_wordings(side)
    stood, stands = _aligned(before, after)
    found = [*_differences(stood, stands)]
    ranks = {path: at for at, path in enumerate(_paths(stands, stood))}
    found.sort(key=lambda one: ranks.get(one.path, len(ranks)))
    return tuple(found)


def _name_wordings(data: dict[str, Any]) -> None:
    """Put the digest of each negotiated wording in its place."""
    for clause in data.get("clauses", {}).values():
        texts = clause.get("text") if isinstance(clause, dict) else None
        if isinstance(texts, dict):
            for language, text in texts.items():
                texts[language] = f"wording {wording_digest({language: text})}"


def _without_unset(data: Any) -> Any:
    if isinstance(data, dict):
        inner = {name: _without_unset(value) for name, value in data.items()}
        return {
            name: value for name, value in inner.items() if value not in ({}, [], "")
        }
    return [_without_unset(item) for item in data] if isinstance(data, list) else data


def _aligned(old: Any, new: Any) -> tuple[Any, Any]:
    """Return both without what is equal, with items of lists by name.

    Items that belong together have the same name.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        both = {
            name: _aligned(old.get(name), new.get(name))
            for name in dict.fromkeys((*old, *new))
            if old.get(name) != new.get(name)
        }
        return (
            {name: both[name][0] for name in old if name in both},
            {name: both[name][1] for name in new if name in both},
        )
    if not isinstance(old, list | dict) and not isinstance(new, list | dict):
        return old, new
    if isinstance(old, list) and isinstance(new, list):
        left, right = _names(old), _names(new)
        if not _is_keyed(left) or not _is_keyed(right):
            left, right = _indexes(old, new)
        return _aligned(
            dict(zip(left, old, strict=True)), dict(zip(right, new, strict=True))
        )
    return _by_name(old), _by_name(new)


def _by_name(data: Any) -> Any:
    """Return data that stands on one side alone, its items by name."""
    if isinstance(data, dict):
        return {name: _by_name(value) for name, value in data.items()}
    if isinstance(data, list):
        items = map(_by_name, data)
        return dict(zip(_names(data), items, strict=True))
    return data


def _names(items: list[Any]) -> list[str]:
    return [str(step_name(item, index)) for index, item in enumerate(items)]


def _is_keyed(names: list[str]) -> bool:
    return len({*names}) == len(names) and not any(name.isdigit() for name in names)


def _indexes(old: list[Any], new: list[Any]) -> tuple[list[str], list[str]]:
    """Name items without keys by their index; what went, by the index it had."""
    words = [[repr(item) for item in side] for side in (old, new)]
    left = [f"{_GONE}{index}" for index in range(len(old))]
    last_old = last_new = 0
    for i, j in (*common(*words), (len(old), len(new))):
        between = zip(range(last_old, i), range(last_new, j), strict=False)
        for a, b in (*between, *([(i, j)] if i < len(old) else [])):
            left[a] = str(b)
        last_old, last_new = i + 1, j + 1
    return left, [str(index) for index in range(len(new))]


def _differences(old: Any, new: Any) -> Iterator[ValueChange]:
    """Yield each value that differs, with its address."""
    from deepdiff import DeepDiff

    found = DeepDiff(old, new, view="tree", threshold_to_diff_deeper=0)
    for kind, items in found.items():
        for item in items:
            steps = item.path(output_format="list")
            was = {} if kind.endswith("_added") else _texts(item.t1, steps)
            now = {} if kind.endswith("_removed") else _texts(item.t2, steps)
            for path in dict.fromkeys((*was, *now)):
                yield ValueChange(path, was.get(path, ""), now.get(path, ""))


def _texts(data: Any, steps: list[Any]) -> dict[str, str]:
    return {_address(join_path(steps) + path): text for path, text in walk_leaves(data)}


def _address(path: str) -> str:
    return path.replace(f"/{_GONE}", "/")


def _paths(*data: Any) -> Iterator[str]:
    for one in data:
        yield from (_address(path) for path, _ in walk_leaves(one))
