"""Checks of the choice of clauses: missing, in conflict, withdrawn or not approved."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.clause import LibraryClause, Part
from slacontracts.model.document import Clause, NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity

MISSING = Fault(
    "missing-required-clause",
    Severity.ERROR,
    summary="A clause works only together with another one that the agreement does not "
    "have.",
    example='clauses: {charges: omit} while "Service Credits" takes a share of the '
    "charges.",
    remedy="Bring the missing clause back (delete its omit, or add it to the "
    "template), or leave out the clause that needs it as well.",
)
CONFLICTING = Fault(
    "conflicting-clauses",
    Severity.ERROR,
    summary="Two clauses of the agreement exclude each other.",
    example='"Disputes before the courts" and "Arbitration" in one agreement.',
    remedy="Omit one of the two: slacontracts use ID CLAUSE --omit.",
)
DEPRECATED = Fault(
    "deprecated-clause",
    Severity.WARNING,
    summary="A clause is withdrawn by its owner and should not go into new agreements.",
    example="status: deprecated in the clause's clause.yaml.",
    remedy="Use the clause that replaces it, or ask its owner.",
)
DRAFT = Fault(
    "draft-clause",
    Severity.WARNING,
    summary="A clause of the library is still a draft that its owner has not approved.",
    example="status: draft in the clause's clause.yaml.",
    remedy="Have its owner approve it (status: approved), or use another clause.",
)


def _of_the_library(facts: Facts) -> Iterator[tuple[Clause, LibraryClause]]:
    """Yield the clauses that the library has, with what it says about them."""
    for clause in facts.document.clauses:
        known = facts.library.clauses.get(clause.key)
        if known is not None:
            yield clause, known


def missing_required_clauses(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find clauses without another clause that they need."""
    for clause, known in _of_the_library(facts):
        for needed in known.requires:
            if needed not in facts.clauses:
                yield MISSING.at(
                    _place_of_absence(facts, clause, needed),
                    f"{_name(facts, clause.key)} needs {_name(facts, needed)}, which "
                    "this agreement does not have; bring it in, or leave out "
                    f"{clause.key} too",
                )


def _place_of_absence(facts: Facts, clause: Clause, needed: str) -> Origin:
    """Return where the needed clause was omitted, else where it is needed."""
    override = facts.agreement.clauses.get(needed)
    if override is not None and override.omit:
        return facts.place(f"/clauses/{needed}")
    return clause.origin.text


def _name(facts: Facts, key: str) -> str:
    """Return what a finding calls a clause: it may share its title with a schedule."""
    known = facts.library.clauses.get(key)
    if known is None:
        return f'the clause "{key}"'
    noun = "schedule" if known.part is Part.SCHEDULE else "clause"
    return f'the {noun} "{next(iter(known.title.values()), key)}" ({key})'


def conflicting_clauses(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find pairs of clauses that exclude each other, each pair once."""
    seen: set[frozenset[str]] = set()
    for clause, known in _of_the_library(facts):
        for other_key in known.conflicts:
            other = facts.clauses.get(other_key)
            pair = frozenset((clause.key, other_key))
            if other is None or pair in seen:
                continue
            seen.add(pair)
            yield CONFLICTING.at(
                clause.origin.text,
                f'"{clause.title}" ({clause.key}) and "{other.title}" ({other_key}) '
                "exclude each other; omit one of them",
            )


def unapproved_clauses(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find clauses that their owner has withdrawn or not approved yet."""
    for clause, known in _of_the_library(facts):
        if known.status == "deprecated":
            yield DEPRECATED.at(
                clause.origin.text,
                f'"{clause.title}" ({clause.key}) is withdrawn from the library; use '
                f"the clause that replaces it, or ask {known.owner}",
            )
        elif known.status == "draft":
            yield DRAFT.at(
                clause.origin.text,
                f'"{clause.title}" ({clause.key}) is a draft; ask {known.owner} to '
                "approve it, or use another clause",
            )


CHECKS = (
    Check(missing_required_clauses, (MISSING,)),
    Check(conflicting_clauses, (CONFLICTING,)),
    Check(unapproved_clauses, (DEPRECATED, DRAFT)),
)
