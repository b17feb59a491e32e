"""A kind of source file in; its JSON Schema, for editors, out."""

import json
from pathlib import Path
from typing import Any, Final

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.library import Library
from slacontracts.source.schema import SchemaKind, json_schema
from slacontracts.store.cache import Cache
from slacontracts.store.workspace import Workspace
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.shelf import Shelf

KINDS: Final[tuple[SchemaKind, ...]] = ("agreement", "clause", "template", "settings")
FOLDER: Final = ".schemas"


def schema_of(kind: SchemaKind, start: Path, cache: Cache) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file.

    In a workspace the agreement's knows what the library's clauses declare.
    """
    if kind != "agreement":
        return json_schema(kind)
    try:
        desk = open_desk(start, cache)
    except (NotFoundError, SourceError):
        return json_schema(kind)
    return json_schema(kind, Shelf(desk).library(None).library.values)


def write_schemas(workspace: Workspace, library: Library) -> None:
    """Write the schemas that the editor hints in the files point to."""
    for kind in KINDS:
        rules = library.values if kind == "agreement" else None
        text = json.dumps(json_schema(kind, rules), ensure_ascii=False, indent=1) + "\n"
        file, data = f"{FOLDER}/{kind}.json", text.encode()
        path = workspace.root / file
        if not path.is_file() or path.read_bytes() != data:
            workspace.write(file, data, is_durable=False)
