"""Three versions of an agreement's data in; what one changed, for the other, out.

Two people changed the same text, each for themselves. What only one of them changed
is taken; what both changed otherwise is a conflict, and for a person to decide.
"""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile
from typing import Any, Final, TypeAlias

from slacontracts.errors import SourceError
from slacontracts.model.paths import Step, join_path, look_up
from slacontracts.redline.words import common
from slacontracts.source.write import NEW_ITEM, remove_value, set_value
from slacontracts.source.yaml_text import read_yaml


class Absence(Enum):
    """What stands where nothing stands."""

    ABSENT = "absent"


ABSENT: Final = Absence.ABSENT
Raw: TypeAlias = Any  # nested mappings, lists, texts and None, or ABSENT

# What tells the items of a list from each other that have no keys.
_IDENTITIES: Final = {"approvals": ("item", "role"), "responsibilities": ("task",)}
_SHORT: Final = 80  # characters of a text that is shown whole
_AROUND: Final = 30  # characters shown on both sides of what differs in a longer one


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that theirs changed. is_conflict: mine changed it, too, and otherwise.

    behind: of an item without a key, the index in mine behind which it belongs (-1:
    in front). Its address ends with its index in mine, or with the next ones where
    mine does not have it.
    """

    path: str
    base: Raw
    mine: Raw
    theirs: Raw
    is_new_item: bool = False
    behind: int | None = None

    @property
    def is_conflict(self) -> bool:
        """Whether a person must decide between the two."""
        return bool(self.mine != self.base)


def changed_by_theirs(
    base: dict[str, Raw], mine: dict[str, Raw], theirs: dict[str, Raw]
) -> tuple[Difference, ...]:
    """Return what theirs changed and mine does not say yet, in the order of theirs.

    Fields are compared by name, items of a list by key; without keys, approvals by
    item and role, responsibilities by task, others by what they say. Where both
    changed a list without keys, its order is that of mine. What was negotiated for
    one clause is compared as a whole.
    """
    return tuple(_differences(base, mine, theirs, ()))


def _differences(
    base: Raw, mine: Raw, theirs: Raw, steps: tuple[Step, ...]
) -> Iterator[Difference]:
    if theirs in (base, mine):
        return
    is_whole = len(steps) == 2 and steps[0] == "clauses"
    parts = None if is_whole else _parts(base, mine, theirs)
    if parts is None:
        old_items = [] if base is ABSENT else base
        if all(isinstance(side, list) for side in (old_items, mine, theirs)):
            yield from _item_differences(old_items, mine, theirs, steps)
        else:
            yield Difference(join_path(steps), base, mine, theirs)
        return
    old, own, new = parts
    is_list = isinstance(theirs, list)
    for name in dict.fromkeys((*new, *old)):
        inner = (*steps, name)
        was, own_one, new_one = (side.get(name, ABSENT) for side in (old, own, new))
        for one in _differences(was, own_one, new_one, inner):
            if is_list and one.mine is ABSENT and one.path == join_path(inner):
                yield replace(one, is_new_item=True)
            else:
                yield one


def _parts(
    base: Raw, mine: Raw, theirs: Raw
) -> tuple[dict[str, Raw], dict[str, Raw], dict[str, Raw]] | None:
    """Return the parts of three values by name; None where they are not comparable."""
    if ABSENT in (mine, theirs):
        return None
    old = {} if base is ABSENT else _named(base)
    own, new = _named(mine), _named(theirs)
    kinds = {type(side) for side in (base, mine, theirs) if side is not ABSENT}
    if old is None or own is None or new is None or len(kinds) > 1:
        return None
    return old, own, new


def _named(value: Raw) -> dict[str, Raw] | None:
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return None
    keys = [item.get("key") if isinstance(item, dict) else None for item in value]
    names = [key for key in keys if isinstance(key, str)]
    if len(set(names)) != len(value):
        return None
    return dict(zip(names, value, strict=True))


def _item_differences(
    base: list[Raw], mine: list[Raw], theirs: list[Raw], steps: tuple[Step, ...]
) -> Iterator[Difference]:
    """Yield the items of a list without keys that theirs changed."""
    names = _item_names(base, mine, theirs, str(steps[-1]))
    found = (*_set_items(base, mine, theirs, names, steps),)
    if mine == base and _merged(mine, found) != theirs:
        yield Difference(join_path(steps), base, mine, theirs)  # in another order
    else:
        yield from found


def _set_items(
    base: list[Raw],
    mine: list[Raw],
    theirs: list[Raw],
    names: tuple[list[Hashable], list[Hashable], list[Hashable]],
    steps: tuple[Step, ...],
) -> Iterator[Difference]:
    old, own, new = (
        dict(zip(side, items, strict=True))
        for side, items in zip(names, (base, mine, theirs), strict=True)
    )
    index_of = {name: index for index, name in enumerate(own)}
    only_mine = [name not in old and name not in new for name in own]
    behind, following = _last_of(only_mine, -1), len(mine)
    for name, item in new.items():
        was, own_one = old.get(name, ABSENT), own.get(name, ABSENT)
        index = index_of.get(name, following)
        if item not in (was, own_one):
            is_new = own_one is ABSENT
            path = join_path((*steps, index))
            yield Difference(path, was, own_one, item, is_new, behind)
            following += is_new
        if name in own:
            behind = _last_of(only_mine, index)
    for name, was in old.items():
        if name in own and name not in new:
            index = index_of[name]
            path = join_path((*steps, index))
            yield Difference(path, was, own[name], ABSENT, behind=index)


def _last_of(only_mine: list[bool], index: int) -> int:
    """Return the index of the last item that mine alone added behind an index."""
    while index + 1 < len(only_mine) and only_mine[index + 1]:
        index += 1
    return index


def _item_names(
    base: list[Raw], mine: list[Raw], theirs: list[Raw], field: str
) -> tuple[list[Hashable], list[Hashable], list[Hashable]]:
    """Return names for the items of three lists; the same item has the same name."""
    sides = (base, mine, theirs)
    fields = _IDENTITIES.get(field, ())
    old, own, new = ([_said(item, fields) for item in side] for side in sides)
    if fields or not any(isinstance(item, dict) for side in sides for item in side):
        return _counted(old), _counted(own), _counted(new)
    return list(range(len(base))), _aligned(old, own), _aligned(old, new)


def _said(item: Raw, fields: tuple[str, ...]) -> str:
    if fields and isinstance(item, dict):
        item = [item.get(name) for name in fields]
    return json.dumps(item, sort_keys=True)


def _counted(words: list[str]) -> list[Hashable]:
    """Return each word and how often it stood before."""
    before: Counter[str] = Counter()
    names: list[Hashable] = []
    for word in words:
        names.append((word, before[word]))
        before[word] += 1
    return names


def _aligned(base: list[str], words: list[str]) -> list[Hashable]:
    """Return for each item the index in base of the one that it is, or was made of."""
    names = _counted(words)
    last_old = last_new = 0
    for i, j in (*common(base, words), (len(base), len(words))):
        between = zip(range(last_old, i), range(last_new, j), strict=False)
        for a, b in (*between, *([(i, j)] if j < len(words) else [])):
            names[b] = a
        last_old, last_new = i + 1, j + 1
    return names


def _merged(mine: list[Raw], items: Iterable[Difference]) -> list[Raw]:
    """Return a list of mine with items taken from theirs."""
    added: dict[int | None, list[Raw]] = {}
    changed: dict[int, Raw] = {}
    for one in items:
        if one.is_new_item:
            added.setdefault(one.behind, []).append(one.theirs)
        else:
            changed[_index(one)] = one.theirs
    found = list(added.get(-1, []))
    for index, item in enumerate(mine):
        found += [changed.get(index, item), *added.get(index, [])]
    return [item for item in found if item is not ABSENT]


def _index(item: Difference) -> int:
    return int(item.path.rpartition("/")[2])


def with_theirs(text: str, differences: tuple[Difference, ...]) -> str:
    """Return the text of mine with differences taken from theirs."""
    lists: dict[str, list[Difference]] = {}
    for one in differences:
        if one.behind is None:
            text = _with_value(text, one)
        else:
            lists.setdefault(one.path.rpartition("/")[0], []).append(one)
    for path, items in lists.items():
        text = _with_items(text, path, items)
    return text


def with_amendment(text: str, base: dict[str, Raw], amended: dict[str, Raw]) -> str:
    """Return a text with all that an amendment of another text, base, changed.

    Where the text differs from base, too, the amendment counts. An item that the text
    does not have is not amended.
    """
    source, findings = read_yaml(text, "the file")
    if source is None:
        raise SourceError("the data cannot be read", findings)
    found = changed_by_theirs(base, source.data, amended)
    return with_theirs(
        text,
        tuple(one for one in found if not one.is_new_item or one.base is ABSENT),
    )


def _with_items(text: str, path: str, items: list[Difference]) -> str:
    """Return the text with items of one list without keys taken from theirs."""
    source, findings = read_yaml(text, "the file")
    if source is None:
        raise SourceError("the file has faults of its own; mend them first", findings)
    mine = look_up(source.data, path)
    if any(one.is_new_item and one.behind != len(mine) - 1 for one in items):
        whole = Difference(path, ABSENT, mine, _merged(mine, items))
        return _with_value(text, whole)
    gone = [one for one in items if one.theirs is ABSENT]
    for one in items:
        if one not in gone:
            text = _with_value(text, one)
    for one in sorted(gone, key=_index, reverse=True):
        text = _with_value(text, one)
    return text


def _with_value(text: str, one: Difference) -> str:
    if one.theirs is ABSENT:
        return text if one.mine is ABSENT else remove_value(text, one.path)[0]
    path = one.path
    if one.is_new_item:
        path = f"{path.rpartition('/')[0]}/{NEW_ITEM}"
    try:
        return set_value(text, path, one.theirs)
    except SourceError as error:
        raise SourceError(f"{one.path} cannot be taken over: {error}") from error


def what_differs(*values: Raw) -> tuple[Raw, ...]:
    """Return of each value the part in which they differ; ABSENT stays.

    Of mappings the fields, of lists the items, of long texts the words that not all
    of them have, with a few around them.
    """
    there = [value for value in values if value is not ABSENT]
    if all(isinstance(value, dict) for value in there):
        return _fields_that_differ(values, there)
    parts = values
    if all(isinstance(value, list) for value in there):
        parts = tuple(
            value
            if value is ABSENT
            else [one for one in value if not all(one in side for side in there)]
            for value in values
        )
    elif all(isinstance(value, str) for value in there):
        parts = _words_that_differ(values, there)
    return parts if all(part != parts[0] for part in parts[1:]) else values


def _fields_that_differ(values: tuple[Raw, ...], there: list[Raw]) -> tuple[Raw, ...]:
    parts: tuple[Raw, ...] = tuple(ABSENT if one is ABSENT else {} for one in values)
    for name in dict.fromkeys(name for one in there for name in one):
        inner = [one.get(name, ABSENT) for one in there]
        if all(one == inner[0] for one in inner):
            continue
        found = iter(what_differs(*inner))
        for part in parts:
            if part is not ABSENT and (said := next(found)) is not ABSENT:
                part[name] = said
    return parts


def _words_that_differ(values: tuple[Raw, ...], there: list[str]) -> tuple[Raw, ...]:
    shortest = min(map(len, there))
    if max(map(len, there)) <= _SHORT:
        return values
    head = _length_of_common_head(there)
    tail = _length_of_common_head([one[::-1] for one in there])
    start = max(0, head - _AROUND)
    end = max(0, min(tail, shortest - head) - _AROUND)
    return tuple(
        value
        if value is ABSENT
        else "…" * bool(start) + value[start : len(value) - end] + "…" * bool(end)
        for value in values
    )


def _length_of_common_head(texts: list[str]) -> int:
    same = (len(set(letters)) == 1 for letters in zip(*texts, strict=False))
    return sum(1 for _ in takewhile(bool, same))
