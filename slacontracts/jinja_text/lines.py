"""Nodes of a program in; the same, with the ends of lines that marks may empty, out.

A line may hold conditions and loops beside wording, or nothing else. Whether words
stand in it is known only when it is filled, so its end becomes a node of its own
where the marks could leave it empty: the filling then drops the line. Everywhere
else a line ends where its author ended it.
"""

from typing import Any

BLANKS = " \t"
LINE_END = ["end"]


def with_line_ends(nodes: list[Any]) -> list[Any]:
    """Return the nodes of one block, with the ends of lines that may be empty."""
    out: list[Any] = []
    has_words = False  # outside of conditions and loops, in the line so far
    may_be_empty = True  # the line began before this block, or has a mark in it
    for node in nodes:
        if not isinstance(node, str):
            has_words = has_words or node[0] == "out"
            may_be_empty = may_be_empty or node[0] != "out"
            out.append(node)
            continue
        line, newline, rest = node.partition("\n")
        has_words = has_words or bool(line.strip(BLANKS))
        if not newline or has_words or not may_be_empty:
            out.append(node)
        else:
            out += [piece for piece in (line, LINE_END, rest) if piece]
        if newline:
            has_words = bool(rest.rpartition("\n")[2].strip(BLANKS))
            may_be_empty = False
    return out
