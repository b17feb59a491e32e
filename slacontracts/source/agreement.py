"""An agreement's raw data in; its head, or the typed agreement, or findings, out."""

from collections.abc import Iterator, Mapping
from typing import Any

from slacontracts.model.agreement import Agreement, AgreementHead
from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding
from slacontracts.model.scalars import (
    read_agreement_id,
    read_count,
    read_day,
    read_decimal,
    read_money,
    read_percent,
    read_revision,
    read_span,
    read_template_name,
    read_yes_no,
)
from slacontracts.model.source_file import SourceFile
from slacontracts.source.addresses import AGREEMENT_FIELDS, rule_tree
from slacontracts.source.model_faults import (
    MISSING_FIELD,
    WRONG_TYPE,
    WRONG_VALUE,
    Place,
    error_at,
    mismatch,
    short,
    type_model,
    unknown_field,
)
from slacontracts.text import nearest

_READERS = {
    "integer": read_count,
    "number": read_decimal,
    "percent": read_percent,
    "date": read_day,
    "duration": read_span,
    "yes-no": read_yes_no,
}


def read_head(
    source: SourceFile,
) -> tuple[AgreementHead | None, tuple[Finding, ...]]:
    """Read what must be known before the library is: id, template, library, language.

    There are findings only when the head is None. A wrong language is reported
    when the whole agreement is typed; until then it counts as English.
    """
    found: dict[str, str | None] = {}
    findings: list[Finding] = []
    for name, read, is_required in (
        ("id", read_agreement_id, True),
        ("template", read_template_name, True),
        ("library", read_revision, False),
    ):
        raw = source.data.get(name)
        if raw is None and not is_required:
            found[name] = None
            continue
        origin = source.place(f"/{name}")
        if raw is None:
            message = f'required field "{name}" is missing'
            findings.append(error_at(origin, MISSING_FIELD, message))
        elif not isinstance(raw, str):
            findings.append(error_at(origin, WRONG_TYPE, mismatch("text", raw)))
        else:
            try:
                found[name] = read(raw)
            except ValueError as error:
                findings.append(error_at(origin, WRONG_VALUE, str(error)))
    agreement_id, template = found.get("id"), found.get("template")
    if findings or agreement_id is None or template is None:
        return None, tuple(findings)
    language = source.data.get("language")
    if language not in ("en", "ar", "en+ar"):
        language = "en"
    return AgreementHead(agreement_id, template, found["library"], language), ()


def type_agreement(
    data: dict[str, Any], rules: Mapping[str, ValueRule], place: Place
) -> tuple[Agreement | None, tuple[Finding, ...]]:
    """Type an agreement's data, already merged with the defaults of its templates.

    rules: the values that clauses declare, by address; those outside the fields
    of `Agreement` are typed into `Agreement.values`.
    place: where a value stands, given by names and list indexes.
    """
    tree = rule_tree(rules)
    own: dict[str, Any] = {}
    values: dict[str, Any] = {}
    findings: list[Finding] = list(_double_keys(data, (), place))
    for name, raw in data.items():
        if name in tree and name not in AGREEMENT_FIELDS:
            typed = _type_declared(tree[name], raw, (name,), place, findings)
            if typed is not None:
                values[name] = typed
        elif name == "values":
            findings.append(
                unknown_field(name, place((name,)), (*AGREEMENT_FIELDS, *tree))
            )
        else:
            own[name] = raw
    own["values"] = values
    return type_model(Agreement, own, place, tree, findings)


def type_value(rule: ValueRule, raw: Any) -> Any:
    """Return a raw value typed by its rule; raises ValueError in plain words."""
    if rule.type == "money":
        if not isinstance(raw, str | dict):
            raise ValueError(mismatch("fields (amount, currency)", raw))
        return read_money(raw)
    if not isinstance(raw, str):
        raise ValueError(mismatch("text", raw))
    if rule.type == "choice" and raw not in rule.choices:
        near = nearest(raw, rule.choices)
        meant = f'; did you mean "{near}"?' if near else ""
        raise ValueError(
            f'"{short(raw)}" is not one of {", ".join(rule.choices)}{meant}'
        )
    read = _READERS.get(rule.type)
    return raw if read is None else read(raw)


def _type_declared(
    rule: Any,
    raw: Any,
    steps: tuple[str, ...],
    place: Place,
    findings: list[Finding],
) -> Any:
    """Type a declared value, or a group of them; None for what is empty or wrong."""
    if raw is None:
        return None
    if isinstance(rule, ValueRule):
        try:
            return type_value(rule, raw)
        except ValueError as error:
            is_sum = rule.type == "money" and isinstance(raw, dict)
            code = WRONG_VALUE if isinstance(raw, str) or is_sum else WRONG_TYPE
            findings.append(error_at(place(steps), code, str(error)))
            return None
    if not isinstance(raw, dict):
        message = mismatch("fields (name: value)", raw)
        findings.append(error_at(place(steps), WRONG_TYPE, message))
        return None
    typed: dict[str, Any] = {}
    for name, inner in raw.items():
        if name not in rule:
            findings.append(unknown_field(name, place((*steps, name)), rule))
            continue
        value = _type_declared(rule[name], inner, (*steps, name), place, findings)
        if value is not None:
            typed[name] = value
    return typed


def _double_keys(
    data: Any, steps: tuple[str | int, ...], place: Place
) -> Iterator[Finding]:
    """Find items of one list that share a key: their addresses would be the same."""
    if isinstance(data, dict):
        for name, inner in data.items():
            if inner.__class__ is not str:
                yield from _double_keys(inner, (*steps, name), place)
    elif isinstance(data, list):
        seen = set()
        for index, item in enumerate(data):
            if not isinstance(item, dict):
                continue
            key = item.get("key")
            if isinstance(key, str) and key in seen:
                message = (
                    f'the key "{short(key)}" is used twice in this list; rename one'
                )
                yield error_at(place((*steps, index)), "duplicate-key", message)
            elif isinstance(key, str):
                seen.add(key)
            yield from _double_keys(item, (*steps, index), place)
