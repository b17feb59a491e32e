"""A text file of somebody's own wording in; the wording, or why it is refused, out."""

import re
from pathlib import Path
from typing import Final

from slacontracts.errors import SourceError
from slacontracts.jinja_text import parse_program
from slacontracts.model.library import Library
from slacontracts.source.addresses import address_fault
from slacontracts.source.yaml_text import decode_text
from slacontracts.store.workspace import read_file
from slacontracts.workflow.answers import is_word_file, other_kind

# A number of its own before an item; a sum or a year at a line's start is none.
_OTHER_NUMBER: Final = re.compile(r" *((?!1\.)[0-9]{1,2}[.)])(?= \S)")


def wording_in(path: Path) -> str:
    """Return the wording in a text file; raises SourceError for another kind."""
    data = read_file(path)
    kind = "a Word file" if is_word_file(path) else other_kind(data)
    if kind:
        raise SourceError(
            f"{path} is {kind}; copy the wording into a plain text file (.txt or .md), "
            "with 1. before each item, and name that"
        )
    text, findings = decode_text(data, path.name)
    if text is None:
        raise SourceError(
            f"{path} is no plain text; save the wording as text in UTF-8", findings
        )
    return text.replace("\r\n", "\n")


def require_readable(text: str, library: Library) -> None:
    """Refuse wording that numbers its items, or reads what no agreement can say."""
    for number, words in enumerate(text.splitlines(), 1):
        marker = _OTHER_NUMBER.match(words)
        if marker is not None:
            raise SourceError(
                f'line {number} of the wording begins with "{marker[1]}"; every item '
                'starts with "1.", because the numbers are made by the product; '
                "nothing was written"
            )
    program, _ = parse_program(text)
    for path, line in (*program.reads, *program.tests):
        if path not in library.values and (
            fault := address_fault(path, library.values)
        ):
            raise SourceError(
                f"line {line} of the wording: {fault}; nothing was written"
            )
