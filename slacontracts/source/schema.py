"""A kind of source file in; the JSON Schema that editors check it with, out."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel

from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.template import Template
from slacontracts.source.addresses import rule_tree

SchemaKind: TypeAlias = Literal["clause", "template", "agreement", "settings"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Final[dict[str, tuple[str, type[BaseModel]]]] = {
    "clause": ("Library clause", LibraryClause),
    "template": ("Template", Template),
    "agreement": ("Agreement", Agreement),
    "settings": ("Workspace settings", WorkspaceSettings),
}
# What the models accept in one word beside their fields.
_ONE_WORD: Final = {
    "ClauseOverride": {"const": "omit"},
    "Effective": {"type": "string"},
    "OutlineOperation": {"type": "string"},
}
_BY_TYPE: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "integer": {"type": ["string", "integer"], "pattern": "^(?:0|[1-9][0-9]*)$"},
    "number": {"type": ["string", "number"]},
    "percent": {"type": ["string", "number"]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "duration": {"type": "string", "pattern": "^P[0-9YMWDTHS]+$"},
    "yes-no": {"type": "string", "enum": ["yes", "no"]},
    "money": {
        "type": "object",
        "properties": {
            "amount": {"type": ["string", "number"]},
            "currency": {"type": "string"},
        },
        "required": ["amount", "currency"],
        "additionalProperties": False,
    },
}


def json_schema(
    kind: SchemaKind, rules: Mapping[str, ValueRule] | None = None
) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind of source file.

    rules: what the library's clauses declare, by address; without them an
    agreement may hold any further group of fields.
    """
    title, model = _MODELS[kind]
    schema = model.model_json_schema()
    _walk(schema, _without_field_titles)
    _walk(schema, _as_written)
    _walk(schema, _with_known_names)
    for name, word in _ONE_WORD.items():
        if name in schema.get("$defs", {}):
            fields = schema["$defs"][name]
            fields["properties"].pop("omit", None)
            note = fields.pop("description", "")
            schema["$defs"][name] = {"description": note, "anyOf": [word, fields]}
    if kind == "agreement":
        schema["properties"].pop("values", None)
        if rules is None:
            schema["additionalProperties"] = {"type": ["object", "null"]}
        else:
            schema["properties"].update(_declared(rule_tree(rules)))
    return {"$schema": DIALECT, **schema, "title": title}


def _declared(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of declared values, groups as objects."""
    properties: dict[str, Any] = {}
    for name, inner in tree.items():
        if isinstance(inner, ValueRule):
            fields = {"enum": list(inner.choices)} if inner.choices else {}
            kind = (
                {"type": "string"} if inner.type == "choice" else _BY_TYPE[inner.type]
            )
            title = (inner.title or {}).get("en")
            note = {"description": title} if title else {}
            properties[name] = {**note, "anyOf": [{**kind, **fields}, {"type": "null"}]}
        else:
            properties[name] = {
                "type": ["object", "null"],
                "properties": _declared(inner),
                "additionalProperties": False,
            }
    return properties


def _walk(node: Any, change: Callable[[dict[str, Any]], None]) -> None:
    if isinstance(node, dict):
        change(node)
        for inner in node.values():
            _walk(inner, change)
    elif isinstance(node, list):
        for inner in node:
            _walk(inner, change)


def _without_field_titles(node: dict[str, Any]) -> None:
    """Drop the titles that only repeat the name of a field."""
    for field in (node.get("properties") or {}).values():
        if isinstance(field, dict) and isinstance(field.get("title"), str):
            del field["title"]


def _as_written(node: dict[str, Any]) -> None:
    """Say defaults as they are written in a file."""
    default = node.get("default")
    if isinstance(default, bool):
        node["default"] = "yes" if default else "no"
    elif "default" in node and default is None:
        del node["default"]


def _with_known_names(node: dict[str, Any]) -> None:
    """Refuse names that are no keys where every name is one."""
    if "patternProperties" in node:
        node.setdefault("additionalProperties", False)
