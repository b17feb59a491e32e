"""Clauses and data typed as text in, the findings of one kind out."""

from collections.abc import Mapping

from drafting import SETTINGS, clause_files, library_of, source_of, template_file

from slacontracts import checks
from slacontracts.checks import Surroundings
from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library

EMPTY = "Nothing is agreed."
NOTHING_KNOWN = Surroundings()


def paper(**wordings: str) -> dict[str, str]:
    """Return the files of a template and its clauses; "_" in a name is a hyphen."""
    files: dict[str, str] = {}
    keys = [name.replace("_", "-") for name in wordings]
    for key, wording in zip(keys, wordings.values(), strict=True):
        files |= clause_files(key, wording)
    outline = ", ".join(keys)
    return files | template_file("corporate/standard", f"outline: [{outline}]\n")


def drafted(files: Mapping[str, str], agreement: str = "") -> tuple[Composed, Library]:
    """Compose an agreement by the real road, whatever the findings on the way."""
    library, _ = library_of(files)
    result, findings = compose_agreement(source_of(agreement), library, SETTINGS)
    assert result is not None, [str(finding) for finding in findings]
    return result, library


def found(
    code: str,
    files: Mapping[str, str],
    agreement: str = "",
    surroundings: Surroundings = NOTHING_KNOWN,
) -> tuple[Finding, ...]:
    """Return the findings of one kind in an agreement."""
    assert code in {fault.code for fault in checks.FAULTS}
    composed, library = drafted(files, agreement)
    findings = checks.run(
        composed.numbered, library, composed.composition.place, surroundings
    )
    return tuple(finding for finding in findings if finding.code == code)


def found_in_data(
    code: str, agreement: str, surroundings: Surroundings = NOTHING_KNOWN
) -> tuple[Finding, ...]:
    """Return the findings of one kind in an agreement whose wording does not matter."""
    return found(code, paper(clause=EMPTY), agreement, surroundings)


def places(findings: tuple[Finding, ...]) -> list[str]:
    """Return file:line:column of every finding."""
    return [str(finding.origin) for finding in findings]


def paths(findings: tuple[Finding, ...]) -> list[str]:
    """Return the address that every finding is about."""
    return [finding.origin.path for finding in findings]
