"""Text with Jinja marks in, a program out, checked against what is allowed."""

import re
from collections.abc import Iterator

from slacontracts.jinja_text.tree import LONG_NUMBER, TooDeepError, program_of
from slacontracts.model.program import Fault, Program

CLAUSE_FUNCTIONS = frozenset({"ref", "table"})
CLAUSE_FILTERS = frozenset(
    {"date", "money", "percent", "days", "duration", "hours", "number", "words"}
)
_UNFIT = (
    "the marks do not fit; every {{ needs its }}, every {% if ... %} its "
    "{% endif %}, every {% for ... %} its {% endfor %}"
)
_TOO_DEEP = "the marks are nested too deeply; use fewer"
_FORBIDDEN = (
    (r"\{#", "comments ({# ... #}) are not allowed in a text; delete it"),
    (r"\{%[-+]?\s*raw\b", "{% raw %} is not allowed in a text; delete it"),
    (
        r"\{[%{]-|-[%}]\}",
        "the hyphen in {%- or -%} would glue lines together; delete it",
    ),
)


def parse_program(
    source: str,
    *,
    functions: frozenset[str] = CLAUSE_FUNCTIONS,
    filters: frozenset[str] = CLAUSE_FILTERS,
) -> tuple[Program, tuple[Fault, ...]]:
    """Parse a text; with faults, the program is empty and must not be used."""
    if not any(mark in source for mark in ("{{", "{%", "{#")):
        return Program([source] if source else []), ()
    faults = tuple(_forbidden_marks(source))
    if faults:
        return Program([]), faults
    from jinja2 import Environment, TemplateSyntaxError
    from jinja2.parser import Parser

    # It only parses; nothing is ever rendered by it.
    environment = Environment(keep_trailing_newline=True, autoescape=True)
    parser = Parser(environment, source)
    try:
        return program_of(parser.parse().body, functions, filters)
    except TemplateSyntaxError as error:
        fault = Fault(error.lineno, _UNFIT)
    except TooDeepError as error:
        fault = Fault(error.line, _TOO_DEEP)
    except RecursionError:
        fault = Fault(parser.stream.current.lineno, _TOO_DEEP)
    except ValueError:  # Python reads no number of more than 4,300 digits
        fault = Fault(parser.stream.current.lineno, LONG_NUMBER)
    return Program([]), (fault,)


def _forbidden_marks(source: str) -> Iterator[Fault]:
    for pattern, remedy in _FORBIDDEN:
        match = re.search(pattern, source)
        if match is not None:
            yield Fault(source.count("\n", 0, match.start()) + 1, remedy)
