"""The files of the package in; their rooms, imports and the names they read out."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

PACKAGE = "slacontracts"
ROOT = Path(__file__).parents[1] / PACKAGE

GROUND = ("model", "word", "formats", "text", "errors", "jinja_text")
STAGES = (
    "redline",
    "source",
    "compose",
    "service_levels",
    "deadlines",
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
        if isinstance(node, ast.If)
        and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
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


def house_of(**texts: str) -> dict[str, Module]:
    """Return a made-up house; "__" in a name stands for a full stop."""
    made = {PACKAGE: Module(PACKAGE, '"""A house."""', is_package=True)}
    for key, text in texts.items():
        name = f"{PACKAGE}.{key.replace('__', '.')}"
        is_package = any(
            other.startswith(f"{key}__") for other in texts if other != key
        )
        made[name] = Module(name, dedent(text), is_package)
    return made
