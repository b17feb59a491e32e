"""An agreement's approvals in; those that its versions do not bear out, and why, out.

Where people hold a role, its approvals are theirs to give: what somebody else typed
into the agreement in their name is none. Who saved a version is known by the e-mail
address that git recorded.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from slacontracts.checks.consents import folded, is_among
from slacontracts.model.agreement import Approval
from slacontracts.model.settings import RoleHolder
from slacontracts.store.git import current_version
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.authors import Authorship, Writer
from slacontracts.workflow.consent import fault_of_evidence
from slacontracts.workflow.desk import Desk


def unproven_approvals(
    desk: Desk, place: AgreementPlace, approvals: Iterable[Approval]
) -> dict[Approval, str]:
    """Return the approvals in a holder's name that no version shows to be theirs.

    Versions are read only where an approval names somebody who holds its role.
    """
    roles = desk.settings.roles
    named = [
        one for one in approvals if is_among(one.consenting, roles.get(one.role, ()))
    ]
    if not named:
        return {}
    root = desk.workspace.root
    authorship = _authorship(root, place, current_version(root))
    reasons = {
        one: _why(desk, authorship, place, one, roles[one.role]) for one in named
    }
    return {one: why for one, why in reasons.items() if why}


# One command asks several times, and versions are not read again as long as there is
# no new one.
@lru_cache(maxsize=2)
def _authorship(root: Path, place: AgreementPlace, _: str | None) -> Authorship:
    return Authorship(root, place)


def _why(
    desk: Desk,
    authorship: Authorship,
    place: AgreementPlace,
    approval: Approval,
    holders: tuple[RoleHolder, ...],
) -> str:
    """Return why nothing shows that an approval was given; "" where it is shown."""
    saved_by = authorship.of_approval(approval)
    if saved_by is None:
        return "no saved version holds it as it stands here"
    wanted = folded(approval.consenting)
    consenting = [one for one in holders if folded(one.name) == wanted]
    if approval.on_behalf_of is None:
        emails = {one.email.casefold() for one in consenting}
        is_theirs = saved_by.email.casefold() in emails
    else:
        is_theirs = folded(saved_by.name) == folded(approval.by)
    if not is_theirs:
        return f"{saved_by.name} saved it, not {approval.by}"
    if approval.on_behalf_of is not None:
        fault = fault_of_evidence(desk.workspace, place, approval.evidence or "")
        if fault:
            return fault
    return _own_words(authorship.of(approval.item), saved_by, consenting, approval)


def _own_words(
    writers: Iterable[Writer],
    saved_by: Writer,
    consenting: Iterable[RoleHolder],
    approval: Approval,
) -> str:
    """Return who wrote what they approved, "" if nobody did."""
    people: tuple[Writer | RoleHolder, ...] = (saved_by, *consenting)
    for writer in writers:
        if writer.is_unknown:
            return (
                f"somebody whom git did not know wrote what stands at {approval.item}"
            )
        if any(writer.is_same(one) for one in people):
            return (
                f"{writer.name} wrote what stands at {approval.item}, and nobody "
                "approves what they wrote"
            )
    return ""
