"""The text of a turn's file in, the turn out; and a turn in, its text out."""

from typing import Any

from pydantic import BaseModel

from slacontracts.model.finding import Finding
from slacontracts.model.turn import Turn
from slacontracts.source.model_faults import type_model
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml


def read_turn(data: bytes | str, file: str) -> tuple[Turn | None, tuple[Finding, ...]]:
    """Read a turn's file; with findings, there is no turn."""
    source, findings = read_yaml(data, file)
    if source is None:
        return None, findings
    return type_model(Turn, source.data, source.place_at)


def write_turn(turn: Turn) -> str:
    """Return the text of a turn's file; what says nothing is left out."""
    fields = _plain(turn)
    return "".join(emit_field(name, value, 0) + "\n" for name, value in fields.items())


def _plain(value: Any) -> Any:
    """Return a model as mappings, lists and texts, without what is as it always is."""
    if isinstance(value, BaseModel):
        defaults = {name: one.default for name, one in type(value).model_fields.items()}
        return {
            name: _plain(inner)
            for name, inner in value.__dict__.items()
            if inner != defaults[name]
        }
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value)
