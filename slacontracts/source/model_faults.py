"""Raw data and a model in; the typed model, or plain findings with places, out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.paths import Step
from slacontracts.source.addresses import names_at
from slacontracts.text import nearest

M = TypeVar("M", bound=BaseModel)
Place: TypeAlias = Callable[[tuple[Step, ...]], Origin]

MAX_FINDINGS: Final = 100  # nobody reads more of one file at a time

MORE_FAULTS = "more-faults"
UNKNOWN_FIELD = "unknown-field"
MISSING_FIELD = "missing-field"
WRONG_TYPE = "wrong-type"
WRONG_VALUE = "wrong-value"

_EXPECTED = {
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "fields (name: value)",
    "mapping_type": "fields (name: value)",
    "model_type": "fields (name: value)",
    "model_attributes_type": "fields (name: value)",
}


def type_model(
    model: type[M],
    data: dict[str, Any],
    place: Place,
    known: Iterable[str] = (),
    before: Sequence[Finding] = (),
) -> tuple[M | None, tuple[Finding, ...]]:
    """Type raw data by a model; a field left empty counts as not given.

    known: names at the root beyond the model's own, for "did you mean".
    before: what was found in the data already; it comes first, and the model is None.
    Of very many findings the first are told, and the others counted.
    """
    typed, errors = _validated(model, data)
    if any(fault["input"] is None for fault in errors):
        data = _without_empty(data)
        typed, errors = _validated(model, data)
    if not errors and not before:
        return typed, ()
    told = list(before[:MAX_FINDINGS])
    explained = errors[: MAX_FINDINGS - len(told)]
    found: dict[tuple[Step, ...], Finding] = {}
    for fault in explained:
        steps, finding = _explain(fault, model, data, place, known)
        found.setdefault(steps, finding)
    untold = len(before) - len(told) + len(errors) - len(explained)
    told += _without_consequences(found)
    if untold:
        message = (
            f"{untold:,} more places are wrong; mend these first, then check again"
        )
        told.append(error_at(place(()), MORE_FAULTS, message))
    return None, tuple(told)


def _validated(model: type[M], data: dict[str, Any]) -> tuple[M | None, list[Any]]:
    """Return the typed model, or None with the errors in the order of the fields."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _without_consequences(
    found: Mapping[tuple[Step, ...], Finding],
) -> Iterator[Finding]:
    """Leave out "says is missing" where "say" is reported as a misspelt "says"."""
    unknown = [s for s, finding in found.items() if finding.code == UNKNOWN_FIELD]
    for steps, finding in found.items():
        is_misspelt = finding.code == MISSING_FIELD and any(
            other[:-1] == steps[:-1] and nearest(str(other[-1]), [str(steps[-1])])
            for other in unknown
        )
        if not is_misspelt:
            yield finding


def unknown_field(name: str, origin: Origin, known: Iterable[str]) -> Finding:
    """Return the finding for a field that no model and no clause knows."""
    names = [other for other in known if other != name]
    near = nearest(name, names)
    if near:
        remedy = f'; did you mean "{near}"?'
    elif names:
        more = ", ..." if len(names) > 12 else ""
        remedy = f"; known here: {', '.join(names[:12])}{more}"
    else:
        remedy = "; delete it"
    return error_at(origin, UNKNOWN_FIELD, f'unknown field "{short(name)}"{remedy}')


def error_at(origin: Origin, code: str, message: str) -> Finding:
    """Return a finding of severity error."""
    return Finding(Severity.ERROR, code, message, origin)


def mismatch(expected: str, found: Any) -> str:
    """Return the sentence that says what should stand here, and what does."""
    if isinstance(found, dict):
        stands = "fields stand here"
    elif isinstance(found, list | tuple):
        stands = "a list stands here"
    elif found is None:
        stands = "nothing stands here"
    else:
        stands = "a text stands here"
    return f"{expected} expected here, but {stands}"


def short(text: str) -> str:
    """Return a text cut to the length that a message can bear."""
    return text if len(text) <= 60 else text[:57] + "..."


def _explain(
    fault: Mapping[str, Any],
    model: type[BaseModel],
    data: dict[str, Any],
    place: Place,
    known: Iterable[str],
) -> tuple[tuple[Step, ...], Finding]:
    kind = fault["type"]
    steps, found = _author_steps(fault["loc"], data)
    if kind == "missing":
        name = fault["loc"][-1]
        origin = place(steps)
        origin = replace(origin, path=f"{origin.path}/{name}")
        message = f'required field "{name}" is missing'
        return (*steps, name), error_at(origin, MISSING_FIELD, message)
    if kind == "extra_forbidden":
        names = names_at(model, steps[:-1])
        here = (*names, *known) if len(steps) == 1 else names
        return steps, unknown_field(str(steps[-1]), place(steps), here)
    context = fault.get("ctx", {})
    if kind in ("value_error", "wrong_value"):
        field = context.get("field")
        steps = (*steps, field) if field else steps
        message = str(context["error"]) if "error" in context else fault["msg"]
        return steps, error_at(place(steps), WRONG_VALUE, message)
    if kind in ("literal_error", "enum") and isinstance(found, str):
        words = context["expected"].replace("'", "")
        message = f'"{short(found)}" is not known here; write {words}'
        return steps, error_at(place(steps), WRONG_VALUE, message)
    expected = _EXPECTED.get(kind, "text")
    return steps, error_at(place(steps), WRONG_TYPE, mismatch(expected, found))


def _author_steps(loc: Iterable[Step], data: Any) -> tuple[tuple[Step, ...], Any]:
    """Return the steps of a location that the author's data has, and what is there.

    The rest of a location was made by a validator, or names a key.
    """
    steps: list[Step] = []
    for step in loc:
        if not isinstance(data, dict | list):
            break
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        steps.append(step)
    return tuple(steps), data


def _without_empty(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            name: _without_empty(inner)
            for name, inner in data.items()
            if inner is not None
        }
    if isinstance(data, list):
        return [_without_empty(inner) for inner in data]
    return data
