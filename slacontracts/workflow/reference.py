"""What a person types for a version, SLA-2026-0001@draft:3, in; what is meant out.

A version is `working`, the text as it stands; `draft:3`, the third that was saved;
`original` or `amendment-2`, the text as it was signed; or a date, the text in force
on that day.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError

WORKING: Final = "working"
KNOWN_VERSIONS: Final = (
    "a version is working, draft:3, original, amendment-1, or a date such as 2027-03-01"
)
_OF_A_FILE: Final = re.compile(r"[./\\]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A version of an agreement that somebody named; see the top of this file."""

    agreement_id: str
    version: str = WORKING

    def __str__(self) -> str:
        plain = self.version == WORKING
        return self.agreement_id if plain else f"{self.agreement_id}@{self.version}"


def read_reference(text: str) -> Reference | Path:
    """Return the version, or the file, that somebody means.

    A name that ends like a file's, holds a slash, or is that of a file that is there,
    is a file's.
    """
    name, at, version = text.partition("@")
    path = Path(text)
    if path.is_file() or text.lower().endswith(".docx") or _OF_A_FILE.search(name):
        return path
    if at and not version:
        raise NotFoundError(f'"{text}" names no version behind the @; {KNOWN_VERSIONS}')
    return Reference(name, version or WORKING)
