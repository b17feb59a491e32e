"""Checks of approvals in somebody's name that the saved versions do not bear out."""

from collections.abc import Iterator

from slacontracts.checks.approvals import is_approved
from slacontracts.checks.consents import why_unproven
from slacontracts.checks.deviations import (
    FOR_WORDING,
    Deviation,
    deviations,
    exception_for,
)
from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.agreement import Approval
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

UNPROVEN = Fault(
    "approval-unproven",
    Severity.ERROR,
    summary="An approval stands in the name of somebody who holds the role, and "
    "nothing shows that they gave it: somebody else saved it as it stands, it was "
    "changed afterwards, it is not saved, who gave it wrote what it approves, or the "
    "e-mail or paper that shows it is gone or altered. It does not count, and an "
    "execution version is not made.",
    example="approvals: [{item: /credits/cap_percent, role: finance, by: Omar Haddad, "
    "...}] in a version that somebody else saved.",
    remedy="Let whoever holds the role approve: slacontracts approve ID --role ROLE "
    "--item ITEM. Where they consented by e-mail or on paper, record that again, with "
    "--on-behalf-of NAME --evidence FILE. The entry that does not count may stay, or "
    "be deleted.",
)


def unproven_approvals(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find approvals that would count if they were given by whom they name."""
    if not facts.surroundings.unproven:
        return
    departures = {one.item: one for one in deviations(facts)}
    for index, approval in enumerate(facts.agreement.approvals):
        why = why_unproven(approval, facts)
        deviation = departures.get(approval.item)
        if why and deviation is not None and _is_missed(approval, deviation, facts):
            command = (
                f"slacontracts approve {facts.agreement.id} --role {approval.role} "
                f"--item {approval.item}"
            )
            if approval.exception and deviation.is_beyond:
                command += ' --exception "Why"'
            yield UNPROVEN.at(
                facts.place(f"/approvals/{index}"),
                f"the approval of {approval.item} by {approval.consenting} "
                f"({approval.role}) does not count: {why}; whoever holds the role "
                f"{approval.role} approves it with: {command}",
            )


def _is_missed(approval: Approval, deviation: Deviation, facts: Facts) -> bool:
    """Tell whether an approval is for what stands here, and no other one counts."""
    role = approval.role
    if approval.value != deviation.value:
        return False
    if role in deviation.roles and not is_approved(role, deviation, facts):
        return True
    is_exception = bool(approval.exception) and role == FOR_WORDING
    return (
        is_exception
        and deviation.is_beyond
        and exception_for(deviation.item, deviation.value, facts) is None
    )


CHECKS = (Check(unproven_approvals, (UNPROVEN,)),)
