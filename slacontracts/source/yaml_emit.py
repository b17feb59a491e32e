"""Nested mappings, lists and texts in; YAML that reads back as the same, out."""

import json
import re
from typing import Any, Final

# Plain is what starts with a letter or digit and holds nothing that YAML gives a
# meaning to, anywhere. Everything else is quoted, and so is what another reader of
# YAML would take for a number or a truth value.
_PLAIN: Final = re.compile(r"[^\W_](?:[\w .\-/@()&+'!?%;$€£،]*[\w.)!?%$€£])?")
_READ_OTHERWISE: Final = re.compile(
    r"yes|no|on|off|y|n|true|false|null|[0-9][0-9_.,:]*(e[+-]?[0-9]+)?"
    r"|0x[0-9a-f]+|0o[0-7]+",
    re.IGNORECASE,
)
_BREAKS: Final = str.maketrans({"\u2028": r"\L", "\u2029": r"\P", "\u0085": r"\N"})
_LINE_LENGTH: Final = 88


def emit_scalar(text: str | None, style: str = "") -> str:
    """Return a text in one line, in the style it had before where that is possible.

    style: ' or " for quotation marks, "" for none.
    """
    if text is None:
        return "null"
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(text) and not _READ_OTHERWISE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False).translate(_BREAKS)


def emit_flow(value: Any) -> str:
    """Return a value in one line: {name: value}, [one, other], or a scalar."""
    if isinstance(value, dict):
        entries = (f"{_name(name)}: {emit_flow(v)}" for name, v in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(emit_flow(item) for item in value) + "]"
    return emit_scalar(value)


def emit_field(name: str, value: Any, indent: int) -> str:
    """Return `name: value` without the indentation of its first line."""
    return f"{_name(name)}:{emit_value(value, indent)}"


def emit_value(value: Any, indent: int) -> str:
    """Return what follows the colon of a field that is indented so far."""
    if isinstance(value, dict) and value:
        return "\n" + _lines(
            (emit_field(name, inner, indent + 2) for name, inner in value.items()),
            indent + 2,
        )
    if isinstance(value, list) and value and not _fits(value, indent):
        return "\n" + _lines(
            (emit_item(item, indent + 2) for item in value), indent + 2
        )
    return " " + _inline(value, indent)


def emit_item(value: Any, indent: int) -> str:
    """Return `- value`, an item of a list, without its first indentation."""
    if _is_branch(value) and not _fits(value, indent):
        if isinstance(value, dict):
            return "- " + _lines(
                (emit_field(name, inner, indent + 2) for name, inner in value.items()),
                indent + 2,
            ).lstrip(" ")
        return "- " + _lines(
            (emit_item(item, indent + 2) for item in value), indent + 2
        ).lstrip(" ")
    return "- " + _inline(value, indent)


def _name(name: str) -> str:
    # No reader takes the name of a field for a number, so `on` needs no quotes.
    is_plain = _PLAIN.fullmatch(name) and name.casefold() != "null"
    return name if is_plain else emit_scalar(name, '"')


def _inline(value: Any, indent: int) -> str:
    if isinstance(value, str) and _is_block_text(value):
        mark = "|" if value.endswith("\n") else "|-"
        margin = " " * (indent + 2)
        rows = value.removesuffix("\n").split("\n")
        return "\n".join([mark, *(margin + row if row else "" for row in rows)])
    return emit_flow(value)


def _lines(entries: Any, indent: int) -> str:
    margin = " " * indent
    return "\n".join(margin + entry for entry in entries)


def _fits(value: Any, indent: int) -> bool:
    """Tell whether a list or mapping of scalars stands well in one line."""
    inner = value.values() if isinstance(value, dict) else value
    return (
        not any(_is_branch(item) or _is_block_text(item) for item in inner)
        and indent + len(emit_flow(value)) + 20 <= _LINE_LENGTH
    )


def _is_branch(value: Any) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _is_block_text(value: Any) -> bool:
    """Tell whether a text of several lines can stand as it is under a | mark."""
    if not isinstance(value, str) or "\n" not in value:
        return False
    rows = value.removesuffix("\n").split("\n")
    return all(row.isprintable() and (not row or row.strip()) for row in rows) and not (
        value[0] in " \n" or value.endswith("\n\n")
    )
