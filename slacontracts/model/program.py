"""A text with Jinja marks, parsed: what it prints, tests and calls, as plain lists."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and in which line (from 1)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Program:
    """A parsed text. Everything in it is lists, texts and numbers: JSON can hold it.

    nodes: literal text, or ["out", expression, line], ["if", [[test, nodes], ...],
    nodes otherwise], ["for", name, expression, nodes, line], ["end"] for the end of
    a line that marks may have left empty.
    reads: (address, line) of each value printed or compared; a step that goes
    through the items of a list is "*": "/services/*/name".
    tests: (address, line) of each value or group whose presence is tested.
    calls: (function, first argument, line) of each ref() and table().
    """

    nodes: list[Any]
    reads: tuple[tuple[str, int], ...] = ()
    tests: tuple[tuple[str, int], ...] = ()
    calls: tuple[tuple[str, str, int], ...] = ()

    @property
    def refs(self) -> tuple[tuple[str, int], ...]:
        """(target, line) of each ref()."""
        return tuple((arg, line) for name, arg, line in self.calls if name == "ref")

    @property
    def tables(self) -> tuple[tuple[str, int], ...]:
        """(name, line) of each table()."""
        return tuple((arg, line) for name, arg, line in self.calls if name == "table")
