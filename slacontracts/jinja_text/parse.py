"""Text with Jinja marks in, a program out, checked against what is allowed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from slacontracts.model.program import Fault, Program

if TYPE_CHECKING:
    from jinja2 import nodes

CLAUSE_FUNCTIONS = frozenset({"ref", "table"})
CLAUSE_FILTERS = frozenset(
    {"date", "money", "percent", "days", "duration", "hours", "number", "words"}
)
_COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq"})
_LOOP_FACTS = frozenset({"first", "last", "index"})


def parse_program(
    source: str,
    *,
    functions: frozenset[str] = CLAUSE_FUNCTIONS,
    filters: frozenset[str] = CLAUSE_FILTERS,
) -> tuple[Program, tuple[Fault, ...]]:
    """Parse a text; with faults, the program is empty and must not be used."""
    if not any(mark in source for mark in ("{{", "{%", "{#")):
        return Program([source] if source else []), ()
    from jinja2 import Environment, TemplateSyntaxError

    faults = list(_forbidden_marks(source))
    if faults:
        return Program([]), tuple(faults)
    environment = Environment(  # it only parses; nothing is ever rendered by it
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
    reader = _Reader(functions, filters)
    try:
        program_nodes = reader.body(environment.parse(source).body, {})
    except TemplateSyntaxError as error:
        return Program([]), (
            Fault(
                error.lineno,
                "the marks do not fit; every {{ needs its }}, every {% if ... %} its "
                "{% endif %}, every {% for ... %} its {% endfor %}",
            ),
        )
    except RecursionError:
        return Program([]), (Fault(1, "the marks are nested too deeply; use fewer"),)
    if reader.faults:
        return Program([]), tuple(sorted(reader.faults, key=lambda fault: fault.line))
    return (
        Program(
            program_nodes, tuple(reader.reads), tuple(reader.tests), tuple(reader.calls)
        ),
        (),
    )


def _forbidden_marks(source: str) -> Iterator[Fault]:
    for mark, remedy in (
        ("{#", "comments ({# ... #}) are not allowed in a text; delete it"),
        ("{% raw", "{% raw %} is not allowed in a text; delete it"),
        ("{%- raw", "{% raw %} is not allowed in a text; delete it"),
    ):
        at = source.find(mark)
        if at >= 0:
            yield Fault(source.count("\n", 0, at) + 1, remedy)


class _Reader:
    """Turns Jinja's tree into a program, noting reads and what is not allowed."""

    def __init__(self, functions: frozenset[str], filters: frozenset[str]) -> None:
        self.functions, self.filters = functions, filters
        self.reads: list[tuple[str, int]] = []
        self.tests: list[tuple[str, int]] = []
        self.calls: list[tuple[str, str, int]] = []
        self.faults: list[Fault] = []

    def refuse(self, node: "nodes.Node", message: str) -> list[Any]:
        self.faults.append(Fault(node.lineno, message))
        return ["const", ""]

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
        return out

    def condition(self, node: "nodes.If", loops: dict[str, str]) -> list[Any]:
        branches = [[self.tested(node.test, loops), self.body(node.body, loops)]]
        for other in node.elif_:
            branches.append(
                [self.tested(other.test, loops), self.body(other.body, loops)]
            )
        return ["if", branches, self.body(node.else_, loops)]

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
        inner = {**loops, name: f"{source[3]}/*"}
        return ["for", name, source, self.body(node.body, inner), node.lineno]

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
        self.calls.append((name, args[0], node.lineno))
        return ["call", name, args[0]]

    def tested(self, node: "nodes.Node", loops: dict[str, str]) -> list[Any]:
        from jinja2 import nodes

        if isinstance(node, nodes.Not):
            return ["not", self.tested(node.node, loops)]
        if isinstance(node, nodes.And | nodes.Or):
            word = "and" if isinstance(node, nodes.And) else "or"
            return [word, self.tested(node.left, loops), self.tested(node.right, loops)]
        if isinstance(node, nodes.Compare):
            return self.comparison(node, loops)
        source = self.address(node, loops)
        if source is None:
            return self.refuse(node, "a condition tests values of the data only")
        self.note(self.tests, source, node)
        return source

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
        self.note(self.reads, source, node)
        return ["compare", source, operand.op, constant.value, node.lineno]

    def address(
        self, node: "nodes.Node | None", loops: dict[str, str]
    ) -> list[Any] | None:
        """Return ["get", root, steps, address] for a dotted name, else None."""
        from jinja2 import nodes

        steps: list[str] = []
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            if isinstance(node, nodes.Getattr):
                steps.insert(0, node.attr)
            elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                steps.insert(0, node.arg.value)
            else:
                return None
            node = node.node
        if not isinstance(node, nodes.Name):
            return None
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
