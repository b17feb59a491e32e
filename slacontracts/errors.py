"""What can go wrong in a call or in the world, one class for each cure.

Faults in a text are values (`model.finding.Finding`), never exceptions. The
exceptions here carry one readable line that says what is wrong, where, and what
to do; they know nothing of the command line and print nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slacontracts.model.finding import Finding


class SlaContractsError(Exception):
    """Base of everything the product raises on purpose."""


class SourceError(SlaContractsError):
    """A source file cannot be used; `findings` say where and why."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class NotFoundError(SlaContractsError):
    """An agreement, clause, template, version or file does not exist."""


class StaleProposalError(SlaContractsError):
    """A proposal is about words that the draft no longer has as they were sent."""


class ChecksFailedError(SlaContractsError):
    """A gate was closed by findings; `findings` are those that closed it."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class WordFileError(SlaContractsError):
    """A Word file is damaged, unsafe, or not what was expected."""


class OutsideError(SlaContractsError):
    """Something outside the product failed: git, LibreOffice, the disk."""
