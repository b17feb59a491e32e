"""An exception that nobody foresaw in; one finding that a person can report out."""

import traceback
from pathlib import Path
from typing import Final

from slacontracts.model.finding import Finding, Origin, Severity

INTERNAL_FAULT: Final = "internal-fault"
_PACKAGE: Final = Path(__file__).resolve().parent.parent


def internal_fault(file: str, error: Exception) -> Finding:
    """Return the finding for a fault of the product while it worked on a file.

    So one agreement on which the product fails does not stop the others.
    """
    message = f"{in_one_line(error)}; please report this line with the file"
    return Finding(Severity.ERROR, INTERNAL_FAULT, message, Origin(file))


def in_one_line(error: Exception) -> str:
    """Return what a report needs: where in the product it failed, and how."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "the product"
    for frame in frames:
        path = Path(frame.filename).resolve()
        if path.is_relative_to(_PACKAGE):
            place = f"{path.relative_to(_PACKAGE).as_posix()}, line {frame.lineno}"
    kind, said = type(error).__name__, " ".join(str(error).split())[:200]
    return f"internal fault in {place} ({kind}{': ' if said else ''}{said})"
