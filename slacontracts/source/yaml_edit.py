"""YAML text, steps and a value in; the text with that value there, or gone, out.

The places of the parser's nodes say which characters to replace; every other
character of the text stays as it is.
"""

from collections.abc import Sequence
from typing import Any

from yaml.cyaml import CBaseLoader

from slacontracts.model.paths import Step
from slacontracts.source.yaml_emit import (
    emit_field,
    emit_flow,
    emit_item,
    emit_scalar,
    emit_value,
)
from slacontracts.text import normalise


def edit_value(text: str, steps: Sequence[Step], value: Any) -> str:
    """Return the text with the value at these steps, whether it was there or not.

    text: YAML that was read without findings and ends with a line end.
    steps: names, and indexes of lists; what is missing on the way is made.
    """
    parent = name = None
    node: Any = CBaseLoader(text).get_single_node()
    is_flow = False
    for at, step in enumerate(steps):
        if node.id == "scalar":  # empty so far
            value = _nest(steps[at:], value)
            break
        is_flow = is_flow or bool(node.flow_style)
        found = _child(node, step)
        if found is None:
            return _insert(text, node, step, _nest(steps[at + 1 :], value), is_flow)
        parent, (name, node) = node, found
    return _replace(text, parent, name, node, value, is_flow)


def remove_value(text: str, steps: Sequence[Step]) -> str:
    """Return the text without the value at these steps, which must be there.

    Comments stay, but those inside what is removed and behind it in the same line. A
    mapping that would be left empty is removed with it, where it has a name; a list
    is left empty.
    """
    nodes: list[Any] = [CBaseLoader(text).get_single_node()]
    for step in steps:
        found = _child(nodes[-1], step)
        if found is None:
            raise KeyError(step)
        nodes.append(found[1])
    *branches, _ = nodes
    depth = len(steps) - 1
    while depth and branches[depth].id == "mapping" and len(branches[depth].value) == 1:
        if branches[depth - 1].id == "sequence":
            return edit_value(text, steps[:depth], {})
        depth -= 1
    parent = branches[depth]
    place = _index_in(parent, steps[depth])
    if len(parent.value) > 1:
        lines = _lines_of(text, parent, place)
        if lines and not any(branch.flow_style for branch in branches):
            return text[: lines.start] + text[lines.stop :]
    left = parent.value[:place] + parent.value[place + 1 :]
    if parent.flow_style or not depth:
        start, end = parent.start_mark.index, _end(text, parent)
        return text[:start] + emit_flow(_raw(parent, left)) + text[end:]
    return edit_value(text, steps[:depth], _raw(parent, left))


def _index_in(parent: Any, step: Step) -> int:
    if parent.id == "sequence":
        return int(step)
    return [normalise(name.value) for name, _ in parent.value].index(str(step))


def _lines_of(text: str, parent: Any, place: int) -> range | None:
    """Return where the lines of an entry stand, when it has lines of its own."""
    entry = parent.value[place]
    column = parent.start_mark.column
    if parent.id == "mapping":
        (name, entry), mark = entry, ""
        start = text.rfind("\n", 0, name.start_mark.index) + 1
    else:
        mark = "-"
        start = text.rfind("\n", 0, entry.start_mark.index) + 1
        while text[start : start + column + 1] != " " * column + mark:
            if not start or text[start:].lstrip(" ")[:1] == mark:
                return None  # a list within a list, in the same line
            start = text.rfind("\n", 0, start - 1) + 1
    if text[start : start + column].strip(" "):
        return None  # the first name of an item, behind its "-"
    line_end = text.find("\n", _end(text, entry))
    return range(start, line_end + 1 if line_end >= 0 else len(text))


def _raw(parent: Any, entries: Sequence[Any]) -> Any:
    """Return entries of a node as nested mappings, lists and texts."""
    if parent.id == "sequence":
        return [_raw_node(node) for node in entries]
    return {name.value: _raw_node(node) for name, node in entries}


def _raw_node(node: Any) -> Any:
    if node.id != "scalar":
        return _raw(node, node.value)
    is_null = node.style is None and node.value in ("", "~", "null", "Null", "NULL")
    return None if is_null else node.value


def _child(node: Any, step: Step) -> tuple[Any, Any] | None:
    if node.id == "sequence":
        index = int(step)
        return (None, node.value[index]) if index < len(node.value) else None
    for name, value in node.value:
        if normalise(name.value) == step:
            return name, value
    return None


def _nest(steps: Sequence[Step], value: Any) -> Any:
    for step in reversed(steps):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _replace(
    text: str, parent: Any, name: Any, node: Any, value: Any, is_flow: bool
) -> str:
    start, end = node.start_mark.index, _end(text, node)
    in_line = not isinstance(value, str) or "\n" not in value
    if is_flow or (
        node.id == "scalar"
        and node.style not in ("|", ">")
        and in_line
        and not isinstance(value, dict | list)
    ):
        style = node.style if node.id == "scalar" else ""
        is_branch = isinstance(value, dict | list)
        new = emit_flow(value) if is_branch else emit_scalar(value, style or "")
        gap = " " if text[start - 1] in ":-," else ""
        return text[:start] + gap + new + text[end:]
    if name is None:
        new = emit_item(value, parent.start_mark.column)[2:]
    else:
        start = text.index(":", name.end_mark.index) + 1
        new = emit_value(value, name.start_mark.column)
    line_end = text.index("\n", end) if "\n" in text[end:] else len(text)
    comment = text[end:line_end].strip()
    if comment:  # it stays behind the first line of what is written
        first, line_break, others = new.partition("\n")
        new = f"{first} {comment}{line_break}{others}"
    return text[:start] + new + text[line_end:]


def _insert(text: str, node: Any, step: Step, value: Any, is_flow: bool) -> str:
    if is_flow:
        new = (
            emit_flow(value)
            if isinstance(step, int)
            else emit_flow({step: value})[1:-1]
        )
        if node.value:
            end = _end(text, _last(node))
            return f"{text[:end]}, {new}{text[end:]}"
        end = node.end_mark.index - 1
        return text[:end] + new + text[end:]
    column = node.start_mark.column
    new = (
        emit_item(value, column)
        if isinstance(step, int)
        else emit_field(step, value, column)
    )
    end = text.index("\n", _end(text, node)) + 1
    return f"{text[:end]}{' ' * column}{new}\n{text[end:]}"


def _end(text: str, node: Any) -> int:
    """Return where the last character of a node's content stands, plus one."""
    if node.id == "scalar":
        if node.style in ("|", ">"):  # the parser counts empty lines after it
            return len(text[: node.end_mark.index].rstrip("\n"))
        return int(node.end_mark.index)
    return int(node.end_mark.index) if node.flow_style else _end(text, _last(node))


def _last(node: Any) -> Any:
    last = node.value[-1]
    return last if node.id == "sequence" else last[1]
