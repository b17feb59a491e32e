"""A fault in a text: what is wrong, where it stands, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; only errors stop an execution version."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "information"


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a source file.

    file: path relative to the workspace, with forward slashes.
    line, column: counted from 1, columns in characters.
    path: address of a value in the data ("/term/initial"), or "".
    """

    file: str
    line: int = 1
    column: int = 1
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `code` names its kind ("undefined-term") and never changes.

    because: the reason that the workspace gives for another severity than ours.
    """

    severity: Severity
    code: str
    message: str
    origin: Origin
    because: str = ""

    def __str__(self) -> str:
        code = self.code
        if self.because:
            code += f", severity set by slacontracts.yaml: {self.because}"
        return f"{self.origin}: {self.severity}: {self.message} [{code}]"


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any finding is of severity error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
