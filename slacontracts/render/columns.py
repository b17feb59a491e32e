"""Text in, lines of a given width out: wrapped, padded, hanging from a label."""

import unicodedata

WIDTH = 78
INDENT = 6  # columns of one level of items


def underlined(text: str, sign: str) -> list[str]:
    """Return a heading, wrapped, with a line of the sign below it."""
    lines = wrap(text, WIDTH)
    return [*lines, sign * min(WIDTH, max(map(width, lines)))]


def hang(text: str, indent: int, start: str = "") -> list[str]:
    """Return a text wrapped under its indent; start: what stands before it."""
    first, *others = wrap(text, WIDTH - indent)
    before = pad(start, indent - 1) + " " if start else " " * indent
    return [before + first, *(" " * indent + line for line in others)]


def wrap(text: str, columns: int) -> list[str]:
    """Return the lines of a text; words are never broken, line ends are kept."""
    lines: list[str] = []
    for given in text.split("\n"):
        line, used = "", 0
        for word in given.split(" "):
            needed = width(word)
            if line and used + 1 + needed > columns:
                lines.append(line)
                line, used = word, needed
            elif line:
                line, used = f"{line} {word}", used + 1 + needed
            else:
                line, used = word, needed
        lines.append(line)
    return lines


def pad(text: str, columns: int, *, at_end: bool = False) -> str:
    """Return the text with spaces up to a number of columns, after or before it."""
    spaces = " " * (columns - width(text))
    return spaces + text if at_end else text + spaces


def width(text: str) -> int:
    """Return the columns that a text takes up in a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
