"""The check of the pin: an agreement that follows the library as it changes."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

WORKING = Fault(
    "library-working",
    Severity.WARNING,
    summary="The agreement is drafted from the clause library as it stands right "
    "now, so that its wording changes whenever somebody edits a clause. No "
    "execution version is made from it.",
    example="library: working",
    remedy="Save the library and take that version: slacontracts library save -m TEXT, "
    "then slacontracts library take ID.",
)


def working_library(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find an agreement that names no saved version of the library."""
    if facts.library.revision == "working":
        yield WORKING.at(
            facts.place("/library"),
            "the wording follows the clause library as it is edited; save the library "
            f"and run slacontracts library take {facts.agreement.id} before signature",
        )


CHECKS = (Check(working_library, (WORKING,)),)
