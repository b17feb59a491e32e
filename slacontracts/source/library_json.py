"""A library in, JSON out, and back: a saved library need not be read twice.

What was validated when it was written is not validated again, so a text belongs
only in a cache that checks its own entries.
"""

import json
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from slacontracts.model.clause import LibraryClause, Part, Position, ValueRule
from slacontracts.model.finding import Origin
from slacontracts.model.library import ClauseText, Library, TemplateSource
from slacontracts.model.program import Program
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import (
    OutlineOperation,
    Question,
    ShortForm,
    Template,
)

FORMAT: Final = 5  # raised whenever the meaning of what is kept changes

M = TypeVar("M", bound=BaseModel)


def library_to_json(library: Library) -> str:
    """Return a library as JSON."""
    content = {
        "format": FORMAT,
        "revision": library.revision,
        "clauses": [_fields(clause) for clause in library.clauses.values()],
        "texts": [
            [*at, text.source, text.file, text.first_line, _program(text.program)]
            for at, text in library.texts.items()
        ],
        "templates": [
            [entry.name, _fields(entry.template), *_source(entry.source)]
            for entry in library.templates.values()
        ],
        "values": {path: _fields(rule) for path, rule in library.values.items()},
        "value_origins": [
            [*_place(origin), path] for path, origin in library.value_origins.items()
        ],
        "faulty": [[*_place(origin), name] for name, origin in library.faulty.items()],
        "values_hidden_by": (
            library.values_hidden_by and _place(library.values_hidden_by)
        ),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def library_from_json(text: str | bytes) -> Library:
    """Return the library that `library_to_json` wrote; ValueError for anything else."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("not a library in the format of this version")
    clauses = [_clause(fields) for fields in content["clauses"]]
    return Library(
        revision=content["revision"],
        clauses={clause.key: clause for clause in clauses},
        texts={
            (key, position, language): ClauseText(source, _read(program), file, first)
            for key, position, language, source, file, first, program in content[
                "texts"
            ]
        },
        templates={
            name: TemplateSource(name, _template(fields), SourceFile(file, data, marks))
            for name, fields, file, data, marks in content["templates"]
        },
        values={path: _rule(fields) for path, fields in content["values"].items()},
        value_origins={
            path: Origin(*place) for *place, path in content["value_origins"]
        },
        faulty={name: Origin(*place) for *place, name in content["faulty"]},
        values_hidden_by=(
            Origin(*content["values_hidden_by"])
            if content["values_hidden_by"]
            else None
        ),
    )


def _fields(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_unset=True)


def _source(source: SourceFile) -> list[Any]:
    return [source.file, source.data, source.marks]


def _place(origin: Origin) -> list[Any]:
    return [origin.file, origin.line, origin.column, origin.path]


def _program(program: Program) -> list[Any]:
    return [program.nodes, program.reads, program.tests, program.calls]


def _read(fields: list[Any]) -> Program:
    nodes, reads, tests, calls = fields
    return Program(
        nodes,
        tuple((path, line) for path, line in reads),
        tuple((path, line) for path, line in tests),
        tuple((function, argument, line) for function, argument, line in calls),
    )


def _rule(fields: dict[str, Any]) -> ValueRule:
    return _make(ValueRule, fields, "approval", "choices")


def _clause(fields: dict[str, Any]) -> LibraryClause:
    if "part" in fields:
        fields["part"] = Part(fields["part"])
    if "values" in fields:
        values = fields["values"].items()
        fields["values"] = {path: _rule(rule) for path, rule in values}
    if "positions" in fields:
        fields["positions"] = tuple(
            _make(Position, position, "approval") for position in fields["positions"]
        )
    return _make(LibraryClause, fields, "requires", "conflicts")


def _template(fields: dict[str, Any]) -> Template:
    for name, model in (("outline", OutlineOperation), ("questions", Question)):
        if name in fields:
            fields[name] = tuple(_make(model, inner) for inner in fields[name])
    if fields.get("short_form"):
        fields["short_form"] = _make(ShortForm, fields["short_form"], "clauses")
    return _make(Template, fields, "schedules", "lock")


def _make(model: type[M], fields: dict[str, Any], *tuples: str) -> M:
    """Return a model of fields that were validated when they were written.

    As `model_construct`, which looks at every field of every model anew and takes
    three times as long.
    """
    for name in tuples:
        if isinstance(fields.get(name), list):
            fields[name] = tuple(fields[name])
    made = model.__new__(model)
    object.__setattr__(made, "__dict__", {**_defaults(model), **fields})
    object.__setattr__(made, "__pydantic_fields_set__", set(fields))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@cache
def _defaults(model: type[BaseModel]) -> dict[str, Any]:
    """Return every field in order with its default; None where one is required."""
    return {
        name: None
        if field.is_required()
        else field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
    }
