"""A syntax error of the YAML parser in; line, column and a plain sentence out."""

from typing import Any, Final

from yaml.error import MarkedYAMLError

SYNTAX: Final = "yaml-syntax"

# What the parser says, and what it means to the person who wrote the file.
_SENTENCES: Final = (
    (
        "mapping values are not allowed",
        "a colon followed by a space is not expected here; put the text between "
        "quotation marks, or check how the line is indented",
    ),
    (
        "block sequence entries are not allowed",
        'a list item ("- ") is not expected here; begin the list on a line of its own',
    ),
    (
        "could not find expected ':'",
        'a field name needs a colon and a space after it ("name: value")',
    ),
    (
        "did not find expected '-' indicator",
        'every item of the list must begin with "- " under the one before; '
        "check how the line is indented",
    ),
    (
        "did not find expected key",
        "the line does not fit the lines above it; "
        "indent it by the same number of spaces",
    ),
    (
        "unknown escape character",
        "a backslash between double quotation marks stands before a letter that has no "
        "meaning there; write two backslashes, or use single quotation marks",
    ),
    (
        "did not find expected <document start>",
        "the line does not belong to what stands above it; check its indentation and "
        "the brackets before it",
    ),
    ("alias", "a text that begins with * needs quotation marks around it"),
    ("anchor", "a text that begins with & needs quotation marks around it"),
    ("tag", "a text that begins with ! needs quotation marks around it"),
    ("directive", "a text that begins with % needs quotation marks around it"),
    ("block scalar", "only |, |-, > or >- may stand before a text of several lines"),
)
_OTHERWISE: Final = (
    "the file cannot be read from here on; "
    "check quotation marks, brackets and indentation"
)


def explain_syntax_error(
    error: MarkedYAMLError, text: str, open_bracket: tuple[int, int] | None
) -> tuple[int, int, str, str]:
    """Return line, column, message and code of a finding.

    open_bracket: line and column of the innermost bracket that is still open.
    """
    problem = f"{error.problem} {error.context or ''}"
    line, column = _place(error.problem_mark)
    if "invalid Unicode character" in problem:
        message = (
            "the escape after the backslash is no character (half of a pair, or beyond "
            "the last one); write the character itself"
        )
        return line, column, message, "forbidden-character"
    if _is_tab(text, line, column, problem):
        message = f"line {line} is indented with a tab; use spaces instead"
        return line, column, message, SYNTAX
    if "quoted scalar" in problem and "end of stream" in problem:
        line, column = _place(error.context_mark)
        message = "the quotation mark that opens here is never closed; close it"
        return line, column, message, SYNTAX
    bracket = _bracket(error, text) or open_bracket
    if "flow" in problem and bracket:
        message = (
            f"the bracket that opens here is not closed before line {line}, "
            f"character {column}; close it, or put a comma between its items"
        )
        return *bracket, message, SYNTAX
    if "expected ':'" in problem and error.context_mark is not None:
        line, column = _place(error.context_mark)
    return line, column, _sentence(problem, text, line, column), SYNTAX


def _sentence(problem: str, text: str, line: int, column: int) -> str:
    if "cannot start any token" in problem:
        letter = _line(text, line)[column - 1 : column]
        if letter == "\t":
            return "a tab stands here; use spaces instead"
        return f"a text that begins with {letter} needs quotation marks around it"
    for words, sentence in _SENTENCES:
        if words in problem:
            return sentence
    if "did not find expected node content" in problem:
        letter = _line(text, line)[column - 1 : column]
        if letter and letter in "]}":
            return (
                f"the bracket {letter} closes nothing; delete it or put quotation marks"
            )
    return _OTHERWISE


def _bracket(error: MarkedYAMLError, text: str) -> tuple[int, int] | None:
    if error.context_mark is None:
        return None
    line, column = _place(error.context_mark)
    return (
        (line, column) if _line(text, line)[column - 1 : column] in ("[", "{") else None
    )


def _is_tab(text: str, line: int, column: int, problem: str) -> bool:
    row = _line(text, line)
    indentation = row[: len(row) - len(row.lstrip())]
    return "\t" in indentation and ("tab" in problem or column <= len(indentation) + 1)


def _line(text: str, line: int) -> str:
    rows = text.split("\n")
    return rows[line - 1] if line <= len(rows) else ""


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
