"""A place in, a finding out: what a fault is called, how grave it is, what helps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity

if TYPE_CHECKING:
    from slacontracts.checks.facts import Facts


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault, as `check --explain CODE` and docs/checks.md describe it.

    summary: what is wrong. example: wording or data that has the fault.
    remedy: what the person who drafts does about it.
    """

    code: str
    severity: Severity
    summary: str
    example: str
    remedy: str

    def at(self, origin: Origin, message: str) -> Finding:
        """Return a finding of this kind at a place."""
        return Finding(self.severity, self.code, message, origin)


CheckFunction: TypeAlias = Callable[[NumberedDocument, "Facts"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A function that looks for faults, and the kinds of fault that it finds."""

    function: CheckFunction
    faults: tuple[Fault, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the findings that the function may return."""
        return tuple(fault.code for fault in self.faults)

    @property
    def summary(self) -> str:
        """What the function finds, in the words of its first line."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]
