"""The address of a value in; whether it is known, and the type found there, out."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, PlainValidator

from slacontracts.model.agreement import Agreement, read_effective_on
from slacontracts.model.clause import ValueRule, ValueType
from slacontracts.model.paths import Step, join_path, split_path
from slacontracts.model.scalars import (
    read_amount,
    read_count,
    read_day,
    read_decimal,
    read_goal,
    read_percent,
    read_span,
    read_yes_no,
)
from slacontracts.text import nearest

_NOT_IN_FILES = frozenset({"values"})
_TYPES: dict[Any, ValueType] = {
    read_decimal: "number",
    read_amount: "number",
    read_percent: "percent",
    read_count: "integer",
    read_yes_no: "yes-no",
    read_day: "date",
    read_span: "duration",
    read_effective_on: "date",
    read_goal: "number",
}

# Made without validation, so that nothing is compiled at import.
_SUM = {
    "amount": ValueRule.model_construct(type="number"),
    "currency": ValueRule.model_construct(type="text"),
}


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not NoneType]
        return inner[0] if len(inner) == 1 else annotation
    return annotation


@cache
def _shapes(model: type[BaseModel]) -> dict[str, Any]:
    return {
        field.alias or name: _without_none(field.rebuild_annotation())
        for name, field in model.model_fields.items()
        if name not in _NOT_IN_FILES
    }


def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of a model's fields as they are written in files."""
    return tuple(_shapes(model))


def names_at(model: type[BaseModel], steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the names of the fields that may stand below these steps."""
    shape: Any = model
    for step in steps:
        shape = _step_into(shape, step)
    return field_names(shape) if _is_model(shape) else ()


AGREEMENT_FIELDS: Final = field_names(Agreement)  # in the order of the file


def rule_tree(rules: Mapping[str, ValueRule]) -> dict[str, Any]:
    """Return the declared values nested: {"credits": {"cap_percent": rule}}.

    What begins with a field of the agreement is left out: the model types it.
    """
    tree: dict[str, Any] = {}
    for path, rule in rules.items():
        *groups, name = split_path(path)
        if (groups or [name])[0] in AGREEMENT_FIELDS:
            continue
        branch = tree
        for group in groups:
            inner = branch.setdefault(group, {})
            if not isinstance(inner, dict):
                break  # declared as a value and as a group; the library reports it
            branch = inner
        else:
            branch.setdefault(name, rule)
    return tree


def address_fault(path: str, rules: Mapping[str, ValueRule]) -> str | None:
    """Tell in one sentence why an address is not one of an agreement's, or None.

    rules: what the clauses of the library declare, by address.
    """
    if path in rules:
        return None
    try:
        if _shape_at(path, rules) is not None:
            return None
    except ValueError as error:
        return str(error)
    remedy = address_remedy(path, rules)
    return f'"{path}" is not the address of a value of an agreement{remedy}'


def address_remedy(path: str, rules: Mapping[str, ValueRule]) -> str:
    """Return `; did you mean "/term/initial"?`, or nothing when nothing is near."""
    steps = split_path(path)
    shape = _root(rules)
    for at, step in enumerate(steps):
        inner = _step_into(shape, step)
        if inner is None:
            near = nearest(step, _names(shape))
            if near is None:
                return ""
            meant = join_path((*steps[:at], near, *steps[at + 1 :]))
            if _shape_at(meant, rules) is None:
                meant = join_path((*steps[:at], near))
            return f'; did you mean "{meant}"?'
        shape = inner
    return ""


def rule_at(path: str, rules: Mapping[str, ValueRule]) -> ValueRule | None:
    """Return the type of the value at an address; None if no single value stands there.

    What a clause declares is returned as declared; a field of the agreement is
    described by the same nouns, so that a prompt can say what it expects.
    """
    shape = rules.get(path) or _shape_at(path, rules)
    if isinstance(shape, ValueRule):
        return shape
    if shape is None or isinstance(shape, dict) or _is_model(shape):
        return None
    if get_origin(shape) in (dict, tuple):
        return None
    if get_origin(shape) is Literal:
        return ValueRule(type="choice", choices=get_args(shape))
    for note in getattr(shape, "__metadata__", ()):
        if isinstance(note, PlainValidator) and note.func in _TYPES:
            return ValueRule(type=_TYPES[note.func])
    return ValueRule(type="text")


def is_list_at(path: str, rules: Mapping[str, ValueRule]) -> bool:
    """Tell whether an address is that of a list."""
    return get_origin(_shape_at(path, rules)) is tuple


# A shape is a model, an annotation of a field, a mapping of names to shapes, or a
# rule; a list or mapping of the data is stepped into by any key.


def _root(rules: Mapping[str, ValueRule]) -> Any:
    return {**rule_tree(rules), **_shapes(Agreement)}


def _shape_at(path: str, rules: Mapping[str, ValueRule]) -> Any:
    steps = split_path(path)
    shape = Agreement if steps[0] in AGREEMENT_FIELDS else rule_tree(rules)
    for step in steps:
        shape = _step_into(shape, step)
    return shape


def _step_into(shape: Any, step: Step) -> Any:
    if isinstance(shape, dict):
        return shape.get(step)
    if isinstance(shape, ValueRule):
        return _SUM.get(str(step)) if shape.type == "money" else None
    if _is_model(shape):
        return _shapes(shape).get(str(step))
    inner = {dict: -1, tuple: 0}.get(get_origin(shape))
    return None if inner is None else _without_none(get_args(shape)[inner])


def _names(shape: Any) -> tuple[str, ...]:
    if isinstance(shape, dict):
        return tuple(shape)
    return field_names(shape) if _is_model(shape) else ()


def _is_model(shape: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(shape, type) and issubclass(shape, BaseModel)
