"""The house watched: order of rooms, circles, sizes, and what pure code may touch."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from textwrap import dedent

import pytest

PACKAGE = "slacontracts"
ROOT = Path(__file__).parents[1] / PACKAGE

GROUND = ("model", "word", "formats", "text", "errors", "jinja_text")
STAGES = (
    "redline",
    "source",
    "compose",
    "service_levels",
    "checks",
    "compare",
    "negotiate",
    "render",
)
# A room imports from rooms of a lower floor; stages and store stand side by side.
FLOORS: Mapping[str, int] = {
    PACKAGE: 0,
    **dict.fromkeys(GROUND, 0),
    **{room: floor for floor, room in enumerate(STAGES, 1)},
    "store": len(STAGES) + 1,
    "workflow": len(STAGES) + 2,
    "cli": len(STAGES) + 3,
    "__main__": len(STAGES) + 4,
}
PURE = frozenset({PACKAGE, *GROUND, *STAGES})
MOST_LINES = 400

IMPURE_MODULES = frozenset(
    {
        *("os", "pathlib", "shutil", "tempfile", "glob", "fileinput"),
        *("subprocess", "multiprocessing", "socket", "urllib", "http", "ssl"),
        *("time", "random", "secrets", "logging", "git", "click", "rich"),
    }
)
IMPURE_CALLS = frozenset({"print", "open", "input", "exec", "eval"})
CLOCKS = frozenset(
    {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"),
        *("time.strftime",),
    }
)
ENVIRONMENT = frozenset(
    {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "sys.argv"}
)
# A git process gets the environment that it was called in, without git's own
# variables; what it holds decides nothing here.
HANDED_ON = {("slacontracts.store.git", "os.environ")}


@dataclass(frozen=True)
class Module:
    """One file of the house: its dotted name, its text, and whether it is a package."""

    name: str
    text: str
    is_package: bool = False

    @property
    def room(self) -> str:
        """The part of the house that the file belongs to."""
        return room_of(self.name)

    @property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return parsed(self.text)


@dataclass(frozen=True)
class Import:
    """One import: of what, in which line, and whether only type checkers follow it."""

    name: str
    line: int
    for_types_only: bool = False


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def room_of(name: str) -> str:
    steps = name.split(".")
    return steps[1] if len(steps) > 1 else PACKAGE


def read_house(root: Path) -> dict[str, Module]:
    """Return every file below the package's folder, by its dotted name."""
    modules = {}
    for path in sorted(root.rglob("*.py")):
        steps = [PACKAGE, *path.relative_to(root).with_suffix("").parts]
        is_package = steps[-1] == "__init__"
        name = ".".join(steps[:-1] if is_package else steps)
        modules[name] = Module(name, path.read_text("utf-8"), is_package)
    return modules


def imports_of(module: Module) -> Iterator[Import]:
    """Yield every import of a file, those inside functions included."""
    type_only = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(module.tree):
        for name in imported_names(node, module):
            yield Import(name, getattr(node, "lineno", 0), id(node) in type_only)


def imported_names(node: ast.AST, module: Module) -> list[str]:
    """Return what a statement imports, in full: "from a.b import c" gives a.b.c."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        steps = module.name.split(".")
        here = steps[: len(steps) - node.level + (1 if module.is_package else 0)]
        base = ".".join([*here, base] if base else here)
    return [f"{base}.{alias.name}" for alias in node.names]


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


def impurities(house: Mapping[str, Module]) -> list[str]:
    """Find files of pure rooms that touch files, processes, the clock or a screen."""
    faults = []
    for module in house.values():
        if module.room not in PURE:
            continue
        faults += [
            f"{module.name}:{found.line} imports {found.name}"
            for found in imports_of(module)
            if found.name.split(".")[0] in IMPURE_MODULES and not found.for_types_only
        ]
        faults += [
            f"{module.name}:{node.lineno} calls {node.func.id}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in IMPURE_CALLS
        ]
    return faults + outside_readers(house, PURE)


def outside_readers(house: Mapping[str, Module], rooms: frozenset[str]) -> list[str]:
    """Find files of the rooms that read the clock or the environment."""
    faults = []
    for module in house.values():
        if module.room not in rooms:
            continue
        names = local_names(module)
        for node in ast.walk(module.tree):
            read = full_name(node, names)
            if (module.name, read) not in HANDED_ON and any(
                read == source or read.endswith(f".{source}")
                for source in CLOCKS | ENVIRONMENT
            ):
                faults.append(
                    f"{module.name}:{getattr(node, 'lineno', 0)} reads {read}"
                )
    return faults


def local_names(module: Module) -> dict[str, str]:
    """Return what the names that a file imports stand for."""
    names = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias, name in zip(
                node.names, imported_names(node, module), strict=True
            ):
                names[alias.asname or alias.name] = name
    return names


def full_name(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return the dotted name that an expression reads, imports resolved, or ""."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id) if node.id in names else ""
    if isinstance(node, ast.Attribute):
        before = full_name(node.value, names)
        return f"{before}.{node.attr}" if before else ""
    return ""


HOUSE = read_house(ROOT)


def test_every_room_is_on_the_plan() -> None:
    rooms = {module.room for module in HOUSE.values()}

    assert rooms - set(FLOORS) == set()


def test_rooms_look_down_the_stairs_only() -> None:
    assert upward_imports(HOUSE) == []


def test_no_import_leads_back_to_where_it_came_from() -> None:
    assert circles(HOUSE) == []


def test_files_stay_short() -> None:
    assert too_long(HOUSE) == []


def test_every_file_says_what_it_is_for() -> None:
    assert without_docstring(HOUSE) == []


def test_ground_and_stages_touch_nothing_outside() -> None:
    assert impurities(HOUSE) == []


def test_only_the_doors_read_the_clock_and_the_environment() -> None:
    assert outside_readers(HOUSE, frozenset(FLOORS) - {"cli", "__main__"}) == []


def house(**texts: str) -> dict[str, Module]:
    """Return a made-up house; "__" in a name stands for a full stop."""
    made = {PACKAGE: Module(PACKAGE, '"""A house."""', is_package=True)}
    for key, text in texts.items():
        name = f"{PACKAGE}.{key.replace('__', '.')}"
        is_package = any(
            other.startswith(f"{key}__") for other in texts if other != key
        )
        made[name] = Module(name, dedent(text), is_package)
    return made


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
    made = house(**{f"{room}__file": statement.format(imported)})

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
    made = house(**{f"{room}__file": f"from slacontracts.{imported} import anything"})

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
    ],
)
def test_a_circle_is_found(texts: dict[str, str]) -> None:
    assert len(circles(house(**texts))) >= 1


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
    assert circles(house(**texts)) == []


def test_a_file_over_the_limit_is_found() -> None:
    made = house(
        model__fits="x = 1\n" * MOST_LINES, model__grew="x = 1\n" * (MOST_LINES + 1)
    )

    assert too_long(made) == ["slacontracts.model.grew: 401 lines"]


def test_a_file_without_a_first_sentence_is_found() -> None:
    made = house(model__said='"""Says it."""', model__silent="x = 1  # says nothing")

    assert without_docstring(made) == ["slacontracts.model.silent"]


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from pathlib import Path",
        "def late():\n    import subprocess",
        "import urllib.request",
        "print('drafted')",
        "text = open('agreement.yaml').read()",
        "from datetime import date\ntoday = date.today()",
        "import datetime\nnow = datetime.datetime.now()",
        "from datetime import datetime as Moment\nnow = Moment.now",
    ],
)
@pytest.mark.parametrize("room", ["compose", "model"])
def test_touching_the_outside_from_a_pure_room_is_found(room: str, text: str) -> None:
    assert impurities(house(**{f"{room}__file": text})) != []


def test_pure_code_and_rooms_that_may_touch_the_outside_are_left_alone() -> None:
    made = house(
        compose__file="from datetime import date\nday = date(2026, 12, 1)",
        render__file="self.open(); date = None; date.today",
        store__file="import os, subprocess\nprint(open('x'))",
    )

    assert impurities(made) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os\nhome = os.environ['HOME']",
        "from os import environ\nhome = environ.get('HOME')",
        "from os import getenv as asked\nhome = asked('HOME')",
        "import time\nnow = time.time()",
        "from datetime import date\ntoday = date.today()",
    ],
)
def test_reading_the_clock_or_the_environment_below_the_doors_is_found(
    text: str,
) -> None:
    made = house(store__file=text, cli__file=text)

    faults = outside_readers(made, frozenset({"store"}))

    assert len(faults) == 1
    assert faults[0].startswith("slacontracts.store.file:2 reads ")


def test_the_house_that_is_watched_is_the_real_one() -> None:
    assert "slacontracts.model.document" in HOUSE
    assert "slacontracts.model.finding" in own_modules(
        "slacontracts.model.finding.Finding", HOUSE
    )
    used = [found.name for found in imports_of(HOUSE["slacontracts.model.document"])]
    assert "slacontracts.model.finding.Origin" in used
