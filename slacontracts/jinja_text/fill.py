"""A program and values in, filled text out; every printed value keeps its address."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from slacontracts.jinja_text.lines import BLANKS
from slacontracts.model.paths import find_step, step_name
from slacontracts.model.program import Program

# Bounds on what one text may do; a contract of 150 pages stays far below them.
MAX_LOOP_STEPS = 20_000
MAX_OUTPUT_CHARACTERS = 4_000_000

MISSING: Any = None  # a value that is not there; prints as a blank, tests as false


class FillError(Exception):
    """A text cannot be filled with these values; `line` says where it stopped."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


# Called for each printed value: (value or MISSING, its address, form or "", line).
Print = Callable[[Any, str, str, int], str]
# Called for each ref() and table(): (function, argument, line).
Call = Callable[[str, str, int], str]


def fill(program: Program, data: Mapping[str, Any], write: Print, call: Call) -> str:
    """Return the text filled with the data.

    data: nested dicts, lists and typed values. What `write` and `call` return
    is put into the text as it is. Raises FillError when a comparison makes no
    sense or a bound is passed.
    """
    out: list[str] = []
    _Filler(data, write, call, out).walk(program.nodes)
    return "".join(out)


class _Filler:
    """The state of one filling: where loops stand and what has been written."""

    def __init__(
        self, data: Mapping[str, Any], write: Print, call: Call, out: list[str]
    ) -> None:
        self.data, self.write, self.call, self.out = data, write, call, out
        self.loops: dict[str, tuple[Any, str]] = {}
        self.steps = 0
        self.characters = 0

    def walk(self, nodes: list[Any]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.put(node)
            elif node[0] == "out":
                self.print(node)
            elif node[0] == "end":
                self.end_line()
            elif node[0] == "if":
                for test, body in node[1]:
                    if self.holds(test):
                        self.walk(body)
                        break
                else:
                    self.walk(node[2])
            else:
                self.repeat(node)

    def put(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > MAX_OUTPUT_CHARACTERS:
            raise FillError(1, "the filled text is longer than 4,000,000 characters")
        self.out.append(text)

    def end_line(self) -> None:
        """End the line, or take it back when it holds nothing but blanks."""
        out = self.out
        start = len(out)
        while start and not out[start - 1].strip(BLANKS):
            start -= 1
        before, newline, line = out[start - 1].rpartition("\n") if start else ("",) * 3
        if start and (not newline or line.strip(BLANKS)):
            self.put("\n")
            return
        del out[start:]
        if start:
            out[start - 1] = before + newline

    def print(self, node: list[Any]) -> None:
        _, expression, line = node
        if expression[0] == "call":
            self.put(self.call(expression[1], expression[2], line))
        else:
            value, address = self.get(expression[1])
            self.put(self.write(value, address, expression[2], line))

    def repeat(self, node: list[Any]) -> None:
        _, name, source, body, line = node
        value, address = self.get(source)
        if isinstance(value, dict):
            items = [(inner, f"{address}/{key}") for key, inner in value.items()]
        elif isinstance(value, list | tuple):
            items = [
                (inner, f"{address}/{step_name(inner, at)}")
                for at, inner in enumerate(value)
            ]
        else:
            items = []
        outer = {key: self.loops[key] for key in (name, "loop") if key in self.loops}
        for index, item in enumerate(items, 1):
            self.steps += 1
            if self.steps > MAX_LOOP_STEPS:
                raise FillError(line, f"loops run more than {MAX_LOOP_STEPS} times")
            self.loops[name] = item
            facts = {"index": index, "first": index == 1, "last": index == len(items)}
            self.loops["loop"] = (facts, "")
            self.walk(body)
        for key in (name, "loop"):
            self.loops.pop(key, None)
        self.loops.update(outer)

    def get(self, source: list[Any]) -> tuple[Any, str]:
        """Return a value (MISSING where there is none) and its address."""
        _, root, steps, address = source
        if root in self.loops:
            value, prefix = self.loops[root]
            address = "".join([prefix, *(f"/{step}" for step in steps)])
        else:
            value = self.data.get(root, MISSING)
        for step in steps:
            if isinstance(value, dict):
                value = value.get(step, MISSING)
            elif isinstance(value, list | tuple):
                at = find_step(value, step)
                value = MISSING if at is None else value[at]
            else:
                return MISSING, address
        return value, address

    def holds(self, test: list[Any]) -> bool:
        kind = test[0]
        if kind == "get":
            return bool(self.get(test)[0])
        if kind == "not":
            return not self.holds(test[1])
        if kind == "and":
            return self.holds(test[1]) and self.holds(test[2])
        if kind == "or":
            return self.holds(test[1]) or self.holds(test[2])
        if kind == "compare":
            return self.compare(test)
        raise AssertionError(f"not a test: {kind}")

    def compare(self, test: list[Any]) -> bool:
        _, source, operator, constant, line = test
        value, address = self.get(source)
        if value is MISSING:
            return bool(operator == "ne")
        if isinstance(constant, str):
            value = ("no", "yes")[value] if isinstance(value, bool) else str(value)
        elif isinstance(value, int | Decimal):
            constant = Decimal(constant)
        else:
            raise FillError(
                line,
                f"{address} is not a number and cannot be compared with {constant}",
            )
        outcomes = {
            "eq": value == constant,
            "ne": value != constant,
            "lt": value < constant,
            "lteq": value <= constant,
            "gt": value > constant,
            "gteq": value >= constant,
        }
        return bool(outcomes[operator])
