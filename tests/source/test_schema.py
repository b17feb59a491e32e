"""What editors are told about each kind of file."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from slacontracts.model.clause import ValueRule, ValueType
from slacontracts.source.schema import DIALECT, SchemaKind, json_schema
from slacontracts.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
KINDS: tuple[SchemaKind, ...] = ("clause", "template", "agreement", "settings")
RULES = {
    "/credits/cap_percent": ValueRule(type="percent", title={"en": "Cap"}),
    "/invoicing/timing": ValueRule(type="choice", choices=("advance", "arrears")),
    "/invoicing/limit": ValueRule(type="money"),
    "/term/notice": ValueRule(type="duration"),
}
AGREEMENT = """\
id: SLA-2026-0001
template: service/managed-hosting
effective: last-signature
affiliates: {may_use: "yes"}
services: [{key: web, price: {amount: "4500.00", currency: EUR}}]
clauses: {publicity: omit, liability: {position: fallback-1}}
credits: {cap_percent: "25"}
"""


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Tell whether raw data fit a schema, for the words that our schemas use."""
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in schema:
        return any(fits(value, inner, whole) for inner in schema["anyOf"])
    types: dict[str, type] = {
        "string": str,
        "object": dict,
        "array": list,
        "null": type(None),
    }
    names = schema.get("type", list(types))
    names = [names] if isinstance(names, str) else names
    if not isinstance(value, tuple(types[name] for name in names if name in types)):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(fits(item, schema.get("items", {}), whole) for item in value)
    return not isinstance(value, dict) or fields_fit(value, schema, whole)


def fields_fit(
    value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any]
) -> bool:
    for name, inner in value.items():
        allowed = schema.get("properties", {}).get(name)
        for pattern, more in schema.get("patternProperties", {}).items():
            allowed = more if re.search(pattern, name) else allowed
        allowed = (
            schema.get("additionalProperties", True) if allowed is None else allowed
        )
        if allowed is False or (
            allowed is not True and not fits(inner, allowed, whole)
        ):
            return False
    return set(schema.get("required", ())) <= set(value)


def accepts(kind: SchemaKind, text: str, **more: Any) -> bool:
    source, findings = read_yaml(text, "file.yaml")
    assert source is not None, findings
    schema = json_schema(kind, **more)
    return fits(source.data, schema, schema)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_plain_json_with_title_and_description(kind: SchemaKind) -> None:
    schema = json_schema(kind)

    assert schema["$schema"] == DIALECT
    assert schema["title"]
    assert schema["description"]
    assert schema["type"] == "object"
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("kind", KINDS)
def test_defaults_are_said_as_they_are_written(kind: SchemaKind) -> None:
    text = json.dumps(json_schema(kind))

    assert '"default": true' not in text
    assert '"default": false' not in text
    assert '"default": null' not in text


def test_an_agreement_may_hold_what_clauses_declare() -> None:
    assert accepts("agreement", AGREEMENT)
    assert accepts("agreement", AGREEMENT, rules=RULES)
    assert accepts(
        "agreement", AGREEMENT + "invoicing: {timing: advance}\n", rules=RULES
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: SLA-2026-0001", "id: ../evil"),
        ("template: service/managed-hosting\n", ""),
        ("services: [{key", "services: [{kee"),
        ('"4500.00"', '"4,500.00"'),
        ("currency: EUR", "currency: EURO"),
        ('may_use: "yes"', 'may_use: "true"'),
        ("publicity: omit", "publicity: off"),
        ("position: fallback-1", "positions: fallback-1"),
        ("{publicity: omit", "{Publicity: omit"),
        ("cap_percent", "cap_procent"),
        ("credits: {cap", "values: {cap"),
    ],
)
def test_an_editor_marks_what_reading_would_refuse(old: str, new: str) -> None:
    assert old in AGREEMENT

    assert not accepts("agreement", AGREEMENT.replace(old, new), rules=RULES)


def test_every_type_of_declared_value_has_a_schema() -> None:
    kinds: tuple[ValueType, ...] = get_args(ValueType)
    choices = {"choice": ("a", "b")}
    rules = {
        f"/declared/{kind}": ValueRule(type=kind, choices=choices.get(kind, ()))
        for kind in kinds
    }

    declared = json_schema("agreement", rules)["properties"]["declared"]["properties"]

    assert set(declared) == set(kinds)
    assert declared["choice"]["anyOf"][0]["enum"] == ["a", "b"]


@pytest.mark.parametrize(
    "path",
    sorted(
        path.relative_to(ROOT).as_posix()
        for pattern in ("clauses/*/clause.yaml", "templates/*/*.yaml")
        for path in ROOT.glob(pattern)
    ),
)
def test_the_starter_content_fits_its_schema(path: str) -> None:
    kind: SchemaKind = "clause" if path.startswith("clauses/") else "template"

    assert accepts(kind, (ROOT / path).read_text(encoding="utf-8"))
