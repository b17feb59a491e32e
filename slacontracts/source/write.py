"""YAML text and a change in; the text with that change, and all else as it was, out."""

from typing import Any, Final, TypeAlias

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.paths import Step, find_step, join_path, split_path
from slacontracts.source import yaml_edit
from slacontracts.source.addresses import AGREEMENT_FIELDS
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml
from slacontracts.text import normalise

Raw: TypeAlias = "str | dict[str, Any] | list[Any] | None"

EDITOR_HINT: Final = (
    "# yaml-language-server: $schema=../../../.schemas/agreement.json\n"
)
NEW_ITEM: Final = "+"  # the step that adds an item to a list
_LAST: Final = ("clauses", "review", "amendment")


def set_value(text: str, path: str, value: Raw) -> str:
    """Return the text of a YAML file with one value changed.

    path: "/term/initial"; an item of a list by its key or index; the next index, or
    "+", appends. Mappings that are missing on the way are made. Comments,
    order and the other values stay as they are to the letter. Raises SourceError
    when the file cannot be read, the address leads nowhere, or the value cannot be
    written.
    """
    data = _readable(text)
    value = _normalised(value)
    steps = _steps(data, path)
    expected = _changed(data, steps, value)
    if expected == data:
        return text
    edited = yaml_edit.edit_value(_plain(text), steps, value)
    return _verified(text, edited, expected, f"{path} cannot be set to this value")


def remove_value(text: str, path: str) -> tuple[str, Raw]:
    """Return the text of a YAML file without one value, and what stood there.

    path: as for `set_value`. A mapping that would be left empty goes with its last
    value; an emptied list stays, because it says that there are none. Comments and
    the other values stay as they are. Raises NotFoundError when nothing is there.
    """
    data = _readable(text)
    steps = _steps(data, path)
    removed = data
    for step in steps:
        try:
            removed = removed[step]
        except (KeyError, IndexError, TypeError):
            raise NotFoundError(f"nothing stands at {path}") from None
    edited = yaml_edit.remove_value(_plain(text), steps)
    expected = _without(data, steps) or {}
    return _verified(text, edited, expected, f"{path} cannot be taken out"), removed


def _readable(text: str) -> Any:
    source, findings = read_yaml(text, "the file")
    if source is None:
        raise SourceError("the file has faults of its own; mend them first", findings)
    return source.data


def _plain(text: str) -> str:
    plain = normalise(text)
    return plain if plain.endswith("\n") else plain + "\n"


def _verified(text: str, edited: str, expected: Any, refusal: str) -> str:
    """Return an edited text with the line ends it had, if it reads as expected."""
    again, findings = read_yaml(edited, "the file")
    if again is None or again.data != expected:
        reason = findings[0].message if findings else "write it in an editor"
        raise SourceError(f"{refusal}: {reason}", findings)
    return edited.replace("\n", "\r\n") if "\r\n" in text else edited


def set_override(text: str, clause_key: str, override: Raw) -> str:
    """Return an agreement's text with what was negotiated for one clause.

    override: "omit", {"position": KEY} or {"text": {"en": ...}}.
    """
    return set_value(text, f"/clauses/{clause_key}", override)


def write_agreement(data: dict[str, Any]) -> str:
    """Return the text of a new agreement.yaml: known fields first, in reading order.

    What clauses declare ("credits") stands before the negotiated clauses.
    """
    fields = [emit_field(name, data[name], 0) + "\n" for name in _reading_order(data)]
    text = EDITOR_HINT
    for before, field in zip(("", *fields), fields, strict=False):
        is_apart = "\n" in before.rstrip() or (before and "\n" in field.rstrip())
        text += "\n" + field if is_apart else field
    return text


def _reading_order(data: dict[str, Any]) -> list[str]:
    own = [name for name in AGREEMENT_FIELDS if name in data and name not in _LAST]
    declared = [name for name in data if name not in AGREEMENT_FIELDS]
    return [*own, *declared, *(name for name in _LAST if name in data)]


def _steps(data: Any, path: str) -> list[Step]:
    """Return the names and indexes that an address stands for in this data."""
    try:
        names = split_path(path)
    except ValueError as error:
        raise SourceError(str(error)) from None
    steps: list[Step] = []
    found = data
    for name in names:
        if isinstance(found, str):
            above = join_path(names[: len(steps)])
            raise SourceError(
                f'{above} holds a text, so there is no "{name}" in it; '
                f"set {above} as a whole"
            )
        step: Step = name
        if isinstance(found, list):
            step = _index(found, name, join_path(names[: len(steps)]))
            found = found[step] if step < len(found) else None
        elif found is None and name in ("0", NEW_ITEM):
            step = 0  # the first item of a list that is made now
        else:
            found = found.get(name) if found is not None else None
        steps.append(step)
    return steps


def _index(items: list[Any], name: str, above: str) -> int:
    index = len(items) if name == NEW_ITEM else find_step(items, name)
    if index is not None:
        return index
    if name.isascii() and name.isdigit() and int(name) <= len(items):
        return int(name)
    known = [item["key"] for item in items if isinstance(item, dict) and "key" in item]
    listed = f"; there are: {', '.join(map(str, known))}" if known else ""
    new = f"{{key: {'KEY' if name.isdigit() else name}, ...}}" if known else "VALUE"
    raise SourceError(
        f'there is no item "{name}" in {above}{listed}; '
        f'"{above}/{NEW_ITEM}={new}" adds one'
    )


def _changed(data: Any, steps: list[Step], value: Any) -> Any:
    """Return the data as they must read when the value is set."""
    if not steps:
        return value
    step, *others = steps
    if isinstance(step, int):
        items = list(data or [])
        inner = items[step] if step < len(items) else None
        items[step : step + 1] = [_changed(inner, others, value)]
        return items
    fields = dict(data or {})
    fields[step] = _changed(fields.get(step), others, value)
    return fields


def _without(data: Any, steps: list[Step]) -> Any:
    """Return the data without a value, and without the mapping that it empties."""
    step, *others = steps
    left: Any = list(data) if isinstance(data, list) else dict(data)
    if others:
        left[step] = _without(data[step], others)
    if not others or (left[step] is None and isinstance(left, dict)):
        del left[step]
    elif left[step] is None:
        left[step] = {}
    return None if left == {} else left


def _normalised(value: Any) -> Any:
    if isinstance(value, dict):
        return {normalise(name): _normalised(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    return normalise(value) if isinstance(value, str) else value
