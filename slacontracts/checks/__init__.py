"""A numbered document and its library in, findings out: everything a drafter overlooks.

A check is added as a function in the file of its subject, or in a new file with
`CHECKS` of its own that is named in SUBJECTS.
"""

from dataclasses import replace

from slacontracts.checks import (
    approvals,
    blanks,
    characters,
    clauses,
    dates,
    deviations,
    figures,
    house_style,
    keys,
    meanings,
    money,
    outcomes,
    pin,
    placeholders,
    plausibility,
    proofs,
    provisions,
    references,
    service_credits,
    severities,
    signing,
    targets,
    terms,
    typed_references,
    wording,
)
from slacontracts.checks.explained_drafting import PRINTING, PUTTING_TOGETHER
from slacontracts.checks.explained_reading import (
    READING_DATA,
    READING_FILES,
    READING_THE_LIBRARY,
)
from slacontracts.checks.explanations import explanation_of, page
from slacontracts.checks.facts import UNKNOWN, Facts, Place, Surroundings
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.severities import graded
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library

__all__ = [
    "CHECKS",
    "FAULTS",
    "Check",
    "Facts",
    "Fault",
    "Surroundings",
    "explain",
    "manual",
    "run",
]

SUBJECTS: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("Defined terms", terms.CHECKS),
    ("References", (*references.CHECKS, *typed_references.CHECKS)),
    ("Blanks", blanks.CHECKS),
    ("Choice of clauses", clauses.CHECKS),
    ("Provisions", provisions.CHECKS),
    (
        "Deviations and approvals",
        (*approvals.CHECKS, *proofs.CHECKS, *deviations.CHECKS),
    ),
    ("Targets", targets.CHECKS),
    ("Figures of targets", figures.CHECKS),
    ("Outcomes and sites", outcomes.CHECKS),
    ("Service credits", service_credits.CHECKS),
    ("Money", money.CHECKS),
    ("Who signs", signing.CHECKS),
    ("Dates and notice", dates.CHECKS),
    ("Plausibility", (*plausibility.CHECKS, *placeholders.CHECKS)),
    ("Keys", keys.CHECKS),
    ("Values with two meanings", meanings.CHECKS),
    ("Wording", wording.CHECKS),
    ("Letters", characters.CHECKS),
    ("The library", pin.CHECKS),
    ("The house style", house_style.CHECKS),
    ("The workspace", severities.CHECKS),
)
CHECKS: tuple[Check, ...] = tuple(check for _, checks in SUBJECTS for check in checks)

# Every kind of fault by subject: those of the checks, and those that are found on
# the way, while files are read and an agreement is put together.
EXPLAINED: tuple[tuple[str, tuple[Fault, ...]], ...] = (
    *(
        (title, tuple(fault for check in checks for fault in check.faults))
        for title, checks in SUBJECTS
    ),
    ("Reading files", READING_FILES),
    ("Reading data", READING_DATA),
    ("Reading the library", READING_THE_LIBRARY),
    ("Putting an agreement together", PUTTING_TOGETHER),
    ("Printing", PRINTING),
)
FAULTS: tuple[Fault, ...] = tuple(fault for _, faults in EXPLAINED for fault in faults)


_CODES = frozenset(code for check in CHECKS for code in check.codes)


def run(
    document: NumberedDocument,
    library: Library,
    place: Place,
    surroundings: Surroundings = UNKNOWN,
) -> tuple[Finding, ...]:
    """Return what is wrong with a document, by file, line and column, each once.

    place: gives where a value of the data was set, in the agreement or a template.
    surroundings: settings of the workspace and the day, for the checks that judge
    by them; the severity of a finding is the one that the settings give it.
    """
    known = replace(surroundings, codes=_CODES)
    facts = Facts(document, library, place, known)
    found = {finding for check in CHECKS for finding in check.function(document, facts)}
    return tuple(sorted(graded(found, surroundings.settings), key=_reading_order))


def _reading_order(finding: Finding) -> tuple[str, int, int, str, str]:
    origin = finding.origin
    return origin.file, origin.line, origin.column, finding.code, finding.message


def explain(code: str) -> str:
    """Return what `check --explain CODE` prints; NotFoundError for an unknown code."""
    return explanation_of(code, FAULTS)


def manual() -> str:
    """Return docs/checks.md."""
    return page(EXPLAINED)
