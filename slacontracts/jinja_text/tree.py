"""Jinja's tree of a text in; the nodes of a program, and what is not allowed, out."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from slacontracts.jinja_text.lines import with_line_ends
from slacontracts.model.program import Fault, Program
from slacontracts.text import text_faults

if TYPE_CHECKING:
    from jinja2 import nodes

# Bounds on what a text may hold; the longest condition of a contract has ten tests.
MAX_DEPTH = 50
MAX_STEPS = 20
MAX_FAULTS = 100
_LARGEST = 10**18
LONG_NUMBER = "a number in a condition has at most 18 digits; correct it"

_COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq"})
_LOOP_FACTS = frozenset({"first", "last", "index"})
_STEP = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class TooDeepError(Exception):
    """Marks stand inside each other more often than a reader could follow."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def program_of(
    body: "Iterable[nodes.Node]", functions: frozenset[str], filters: frozenset[str]
) -> tuple[Program, tuple[Fault, ...]]:
    """Return the program of Jinja's nodes; with faults it is empty.

    Raises TooDeepError when marks stand too deeply inside each other.
    """
    reader = _Reader(functions, filters)
    found = reader.body(body, {})
    if reader.faults:
        return Program([]), _told(reader.faults)
    return (
        Program(found, tuple(reader.reads), tuple(reader.tests), tuple(reader.calls)),
        (),
    )


def _told(faults: list[Fault]) -> tuple[Fault, ...]:
    """Return the faults by line: of very many the first, and how many follow."""
    ordered = sorted(faults, key=lambda fault: fault.line)
    told, untold = ordered[:MAX_FAULTS], ordered[MAX_FAULTS:]
    if untold:
        message = (
            f"{len(untold):,} more marks are wrong; mend these first, then check again"
        )
        told.append(Fault(untold[0].line, message))
    return tuple(told)


class _Reader:
    """Turns Jinja's tree into a program, noting reads and what is not allowed."""

    def __init__(self, functions: frozenset[str], filters: frozenset[str]) -> None:
        self.functions, self.filters = functions, filters
        self.reads: list[tuple[str, int]] = []
        self.tests: list[tuple[str, int]] = []
        self.calls: list[tuple[str, str, int]] = []
        self.faults: list[Fault] = []
        self.depth = 0

    def refuse(self, node: "nodes.Node", message: str) -> list[Any]:
        self.faults.append(Fault(node.lineno, message))
        return ["const", ""]

    def enter(self, node: "nodes.Node") -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeepError(node.lineno)

    def body(self, body: "Iterable[nodes.Node]", loops: dict[str, str]) -> list[Any]:
        """Return the program of a block; loops maps loop names to their addresses."""
        from jinja2 import nodes

        out: list[Any] = []
        for node in body:
            if isinstance(node, nodes.Output):
                for piece in node.nodes:
                    if isinstance(piece, nodes.TemplateData):
                        out.append(piece.data)
                    else:
                        out.append(["out", self.printed(piece, loops), piece.lineno])
            elif isinstance(node, nodes.If):
                out.append(self.condition(node, loops))
            elif isinstance(node, nodes.For):
                out.append(self.loop(node, loops))
            else:
                self.refuse(
                    node,
                    f"{{% {type(node).__name__.lower()} %}} is not allowed; "
                    "use if and for only",
                )
        return with_line_ends(out)

    def condition(self, node: "nodes.If", loops: dict[str, str]) -> list[Any]:
        self.enter(node)
        branches = [[self.tested(node.test, loops), self.body(node.body, loops)]]
        for other in node.elif_:
            branches.append(
                [self.tested(other.test, loops), self.body(other.body, loops)]
            )
        otherwise = self.body(node.else_, loops)
        self.depth -= 1
        return ["if", branches, otherwise]

    def loop(self, node: "nodes.For", loops: dict[str, str]) -> list[Any]:
        from jinja2 import nodes

        if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            return self.refuse(node, "write a loop as {% for item in list %}")
        if node.else_:
            return self.refuse(node, "a loop has no else; use if before it")
        source = self.address(node.iter, loops)
        if source is None:
            return self.refuse(node, "a loop goes through a list in the data")
        name = node.target.name
        if name == "loop":
            return self.refuse(
                node, 'name the item of a loop by another word than "loop"'
            )
        self.enter(node)
        body = self.body(node.body, {**loops, name: f"{source[3]}/*"})
        self.depth -= 1
        return ["for", name, source, body, node.lineno]

    def printed(self, node: "nodes.Expr", loops: dict[str, str]) -> list[Any]:
        from jinja2 import nodes

        if isinstance(node, nodes.Call):
            return self.call(node)
        form = ""
        if isinstance(node, nodes.Filter) and node.node is not None:
            if node.name not in self.filters or node.args or node.kwargs:
                known = ", ".join(sorted(self.filters)) or "none"
                return self.refuse(
                    node, f'"| {node.name}" is not a known way to write; known: {known}'
                )
            form, node = node.name, node.node
        source = self.address(node, loops)
        if source is None:
            return self.refuse(
                node, "only a value can be printed, such as {{ term.initial }}"
            )
        self.note(self.reads, source, node)
        return ["value", source, form]

    def call(self, node: "nodes.Call") -> list[Any]:
        from jinja2 import nodes

        name = node.node.name if isinstance(node.node, nodes.Name) else "?"
        args = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if (
            name not in self.functions
            or len(args) != 1
            or len(node.args) != 1
            or not isinstance(args[0], str)
            or node.kwargs
        ):
            known = " and ".join(f'{known}("name")' for known in sorted(self.functions))
            return self.refuse(
                node, f"{name}(...) cannot be used like this; known: {known}"
            )
        if not args[0] or text_faults(args[0]):
            return self.refuse(
                node, f"what stands in {name}(...) is not a name; write it in letters"
            )
        self.calls.append((name, args[0], node.lineno))
        return ["call", name, args[0]]

    def tested(self, node: "nodes.Node", loops: dict[str, str]) -> list[Any]:
        from jinja2 import nodes

        if isinstance(node, nodes.Not | nodes.And | nodes.Or):
            self.enter(node)
            joined = self.joined(node, loops)
            self.depth -= 1
            return joined
        if isinstance(node, nodes.Compare):
            return self.comparison(node, loops)
        source = self.address(node, loops)
        if source is None:
            return self.refuse(node, "a condition tests values of the data only")
        self.note(self.tests, source, node)
        return source

    def joined(
        self, node: "nodes.Not | nodes.And | nodes.Or", loops: dict[str, str]
    ) -> list[Any]:
        from jinja2 import nodes

        if isinstance(node, nodes.Not):
            return ["not", self.tested(node.node, loops)]
        word = "and" if isinstance(node, nodes.And) else "or"
        return [word, self.tested(node.left, loops), self.tested(node.right, loops)]

    def comparison(self, node: "nodes.Compare", loops: dict[str, str]) -> list[Any]:
        from jinja2 import nodes

        source = self.address(node.expr, loops)
        operand = node.ops[0]
        constant = operand.expr
        if (
            source is None
            or len(node.ops) != 1
            or operand.op not in _COMPARISONS
            or not isinstance(constant, nodes.Const)
            or not isinstance(constant.value, str | int | bool)
        ):
            return self.refuse(
                node, 'compare a value with a text or a whole number: x == "yes", x > 3'
            )
        value = constant.value
        if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
            return self.refuse(node, LONG_NUMBER)
        if isinstance(value, str) and (faults := text_faults(value)):
            return self.refuse(node, faults[0][1])
        self.note(self.reads, source, node)
        return ["compare", source, operand.op, value, node.lineno]

    def address(
        self, node: "nodes.Node | None", loops: dict[str, str]
    ) -> list[Any] | None:
        """Return ["get", root, steps, address] for a dotted name, else None."""
        from jinja2 import nodes

        steps: list[str] = []
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            step = _step_of(node)
            if step is None:
                return None
            steps.insert(0, step)
            node = node.node
        if not isinstance(node, nodes.Name):
            return None
        if len(steps) > MAX_STEPS:
            self.refuse(node, f"an address has at most {MAX_STEPS} steps; shorten it")
        prefix = loops.get(node.name, f"/{node.name}")
        return [
            "get",
            node.name,
            steps,
            "".join([prefix, *(f"/{step}" for step in steps)]),
        ]

    def note(
        self, notes: list[tuple[str, int]], source: list[Any], node: "nodes.Node"
    ) -> None:
        if source[1] == "loop" and source[2] and source[2][0] in _LOOP_FACTS:
            return
        notes.append((source[3], node.lineno))


def _step_of(node: "nodes.Getattr | nodes.Getitem") -> str | None:
    """Return the name after a dot or in brackets, else None."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return node.attr
    name = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return name if isinstance(name, str) and _STEP.fullmatch(name) else None
