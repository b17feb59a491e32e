"""The house watched: order of rooms, circles of imports, sizes, first sentences."""

import ast
import tomllib
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from house_plan import (
    FLOORS,
    HOUSE,
    PACKAGE,
    Module,
    house_of,
    imports_of,
    room_of,
)

MOST_LINES = 400
MOST_LINES_OF_FUNCTION = 40


def own_modules(name: str, house: Mapping[str, Module]) -> list[str]:
    """Return the files that an import runs: the nearest one, and its packages."""
    steps = name.split(".")
    if steps[0] != PACKAGE:
        return []
    names = (".".join(steps[:length]) for length in range(1, len(steps) + 1))
    return [found for found in names if found in house]


def upward_imports(house: Mapping[str, Module]) -> list[str]:
    """Find imports that look up the stairs, or from the store into a stage."""
    faults = []
    for module in house.values():
        for found in imports_of(module):
            if not found.name.startswith(f"{PACKAGE}."):
                continue
            there = room_of(found.name)
            if there != module.room and not may_look(module.room, there):
                faults.append(f"{module.name}:{found.line} imports {found.name}")
    return faults


def may_look(here: str, there: str) -> bool:
    """Tell whether a room may import from another."""
    if there == "__version__":
        return True
    if here not in FLOORS or there not in FLOORS:
        return False
    if here == "store":
        return FLOORS[there] == 0
    if FLOORS[here] == 0:
        return here != PACKAGE and FLOORS[there] == 0
    return FLOORS[there] < FLOORS[here]


def circles(house: Mapping[str, Module]) -> list[str]:
    """Find a circle of imports among files, or among rooms."""
    files: dict[str, set[str]] = {name: set() for name in house}
    rooms: dict[str, set[str]] = {module.room: set() for module in house.values()}
    for name, module in house.items():
        for found in imports_of(module):
            if found.for_types_only:
                continue
            reached = own_modules(found.name, house)
            # A package has run before anything in it does: no import leads back to it,
            # unless a file names it as the very thing that it imports from.
            above = {one for one in reached[:-1] if name.startswith(f"{one}.")}
            files[name] |= {*reached} - above - {name}
            rooms[module.room] |= {room_of(one) for one in reached} - {module.room}
    return [*circle_in(files), *circle_in(rooms)]


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" <- ".join(error.args[1])]
    return []


def too_long(house: Mapping[str, Module]) -> list[str]:
    """Find files of more lines than one can keep in mind."""
    lengths = {name: len(module.text.splitlines()) for name, module in house.items()}
    return [f"{name}: {n} lines" for name, n in lengths.items() if n > MOST_LINES]


def without_docstring(house: Mapping[str, Module]) -> list[str]:
    """Find files that do not say what comes in and what goes out."""
    return [
        name for name, module in house.items() if not ast.get_docstring(module.tree)
    ]


def long_functions(house: Mapping[str, Module]) -> list[str]:
    """Find functions that do not fit on a screen; what their docstring says is free."""
    faults = []
    for module in house.values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = lines_of(node)
                if lines > MOST_LINES_OF_FUNCTION:
                    faults.append(f"{module.name}.{node.name}: {lines} lines")
    return faults


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def test_every_room_is_on_the_plan() -> None:
    rooms = {module.room for module in HOUSE.values()}

    assert rooms - set(FLOORS) == set()


def test_rooms_look_down_the_stairs_only() -> None:
    assert upward_imports(HOUSE) == []


def test_no_import_leads_back_to_where_it_came_from() -> None:
    assert circles(HOUSE) == []


def test_files_stay_short() -> None:
    assert too_long(HOUSE) == []


def test_functions_fit_on_a_screen() -> None:
    assert long_functions(HOUSE) == []


def test_the_linter_refuses_functions_of_too_many_branches() -> None:
    settings = tomllib.loads(
        (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    )
    lint = settings["tool"]["ruff"]["lint"]

    assert "C90" in lint["select"]
    assert lint["mccabe"]["max-complexity"] <= 10


def test_every_file_says_what_it_is_for() -> None:
    assert without_docstring(HOUSE) == []


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        pytest.param("compose", "render.html", id="an earlier stage from a later one"),
        pytest.param("model", "source.yaml_text", id="the ground from a stage"),
        pytest.param("render", "store.git", id="a stage from the store"),
        pytest.param("store", "compose.assemble", id="the store from a stage"),
        pytest.param("workflow", "cli.draft", id="the workflow from a door"),
        pytest.param("checks", "cellar.wine", id="a room that is not on the plan"),
    ],
)
@pytest.mark.parametrize(
    "statement",
    [
        "import slacontracts.{}",
        "from slacontracts.{} import anything",
        "def late():\n    from slacontracts.{} import anything",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        "    from slacontracts.{} import anything",
        "from ..{} import anything",
    ],
    ids=["whole", "from", "in a function", "for types", "relative"],
)
def test_a_look_up_the_stairs_is_found(
    room: str, imported: str, statement: str
) -> None:
    made = house_of(**{f"{room}__file": statement.format(imported)})

    assert len(upward_imports(made)) == 1


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("render", "compose.numbering"),
        ("render", "model.document"),
        ("store", "errors"),
        ("formats", "model.amounts"),
        ("workflow", "store.git"),
        ("workflow", "render.html"),
        ("cli", "workflow.draft"),
        ("cli", "__version__"),
    ],
)
def test_a_look_down_the_stairs_is_fine(room: str, imported: str) -> None:
    made = house_of(
        **{f"{room}__file": f"from slacontracts.{imported} import anything"}
    )

    assert upward_imports(made) == []


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            {
                "source__a": "from slacontracts.source.b import x",
                "source__b": "def late():\n    from slacontracts.source import a",
            },
            id="between two files, once inside a function",
        ),
        pytest.param(
            {
                "source__a": "import slacontracts.source.b",
                "source__b": "import slacontracts.source.c",
                "source__c": "from .a import x",
            },
            id="over three files",
        ),
        pytest.param(
            {
                "model__a": "import slacontracts.formats.a",
                "formats__b": "import slacontracts.model.b",
                "formats__a": "",
                "model__b": "",
            },
            id="between two rooms of the ground",
        ),
        pytest.param(
            {
                "cli": "from slacontracts.cli.a import run",
                "cli__a": "from slacontracts.cli import main",
            },
            id="between a package and a file in it",
        ),
        pytest.param(
            {
                "source__a": "from slacontracts.source.b import x",
                "source__b": "from typing import TYPE_CHECKING\n"
                "if not TYPE_CHECKING:\n    from slacontracts.source.a import x",
            },
            id="that only type checkers do not walk",
        ),
    ],
)
def test_a_circle_is_found(texts: dict[str, str]) -> None:
    assert len(circles(house_of(**texts))) >= 1


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            {
                "source__a": "from slacontracts.source.b import x",
                "source__b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
                "    from slacontracts.source.a import X",
            },
            id="that only type checkers walk",
        ),
        pytest.param(
            {
                "cli": "from slacontracts.cli import a",
                "cli__a": "from slacontracts.cli.b import x",
                "cli__b": "",
            },
            id="when a package gathers its files",
        ),
    ],
)
def test_no_circle_is_seen_in_what_is_none(texts: dict[str, str]) -> None:
    assert circles(house_of(**texts)) == []


def test_a_file_over_the_limit_is_found() -> None:
    made = house_of(
        model__fits="x = 1\n" * MOST_LINES, model__grew="x = 1\n" * (MOST_LINES + 1)
    )

    assert too_long(made) == ["slacontracts.model.grew: 401 lines"]


def test_a_function_over_the_limit_is_found() -> None:
    body = "    x = 1\n" * (MOST_LINES_OF_FUNCTION - 1)
    made = house_of(
        model__fits=f'def fits():\n    """Says it.\n\n    At length."""\n{body}',
        model__grew=f"def grew():\n{body}    y = 2",
    )

    assert long_functions(made) == ["slacontracts.model.grew.grew: 41 lines"]


def test_a_file_without_a_first_sentence_is_found() -> None:
    made = house_of(model__said='"""Says it."""', model__silent="x = 1  # says nothing")

    assert without_docstring(made) == ["slacontracts.model.silent"]


def test_the_house_that_is_watched_is_the_real_one() -> None:
    assert "slacontracts.model.document" in HOUSE
    assert "slacontracts.model.finding" in own_modules(
        "slacontracts.model.finding.Finding", HOUSE
    )
    used = [found.name for found in imports_of(HOUSE["slacontracts.model.document"])]
    assert "slacontracts.model.finding.Origin" in used
