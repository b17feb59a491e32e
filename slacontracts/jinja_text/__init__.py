"""Text with Jinja marks in, a program out; program and values in, filled text out.

Jinja's own parser reads the text; what it finds is checked against a short list
of allowed marks and kept as nested lists that JSON can hold. The program is walked
by a few functions and never becomes Python code, so a text can neither run
anything nor reach an attribute that is not data.
"""

from slacontracts.jinja_text.fill import (
    MAX_LOOP_STEPS,
    MAX_OUTPUT_CHARACTERS,
    FillError,
    fill,
)
from slacontracts.jinja_text.parse import (
    CLAUSE_FILTERS,
    CLAUSE_FUNCTIONS,
    parse_program,
)
from slacontracts.model.program import Fault, Program

__all__ = [
    "CLAUSE_FILTERS",
    "CLAUSE_FUNCTIONS",
    "MAX_LOOP_STEPS",
    "MAX_OUTPUT_CHARACTERS",
    "Fault",
    "FillError",
    "Program",
    "fill",
    "parse_program",
]
