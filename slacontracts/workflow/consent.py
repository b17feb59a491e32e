"""A consent as somebody words it in; whose it is, or why it cannot be, out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slacontracts.checks.consents import folded
from slacontracts.checks.deviations import FOR_WORDING
from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.store.versions import Author, conflict_mark, known_author
from slacontracts.store.workspace import SETTINGS_FILE
from slacontracts.text import is_blank, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from slacontracts.model.settings import RoleHolder
    from slacontracts.store.workspace import AgreementPlace, Workspace
    from slacontracts.workflow.desk import Desk
    from slacontracts.workflow.paper import HandedIn

_EVIDENCE: Final = "evidence"  # the folder of what shows a consent
_MOST_EVIDENCE: Final = 20 * 1024 * 1024
_KEPT_EVIDENCE: Final = re.compile(
    rf"{_EVIDENCE}/(?P<digest>[0-9a-f]{{64}})\.[a-z0-9]{{1,8}}", re.ASCII
)
_ENDING: Final = re.compile(r"[a-z0-9]{1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody consents to: for which role, to what, and how far.

    items: as approvals name them; without any, all that waits for the role. until: the
    last day on which it counts. on_behalf_of: the holder of the role who consented,
    as evidence shows. exception: why a value may stand beyond the walk-away line.
    """

    role: str
    items: tuple[str, ...] = ()
    note: str = ""
    condition: str = ""
    until: date | None = None
    on_behalf_of: str = ""
    evidence: HandedIn | None = None
    exception: str = ""


def require_none_by_hand(
    desk: Desk, agreement_id: str, changes: Iterable[tuple[str, str]]
) -> None:
    """Refuse to set approvals where people hold roles, who give them themselves.

    changes: by address; taking one out is everybody's.
    """
    is_set = any(
        f"{path}/".startswith("/approvals/") and not is_blank(value)
        for path, value in changes
    )
    if is_set and any(desk.settings.roles.values()):
        raise SourceError(
            f"{SETTINGS_FILE} names who holds a role, and whoever does approves with: "
            f"slacontracts approve {agreement_id} --role ROLE. Nothing was written"
        )


def who_consents(desk: Desk, consent: Consent) -> tuple[Author, RoleHolder]:
    """Return who works here, and who holds the role and consents."""
    holders = _holders(desk, consent.role)
    person = known_author(desk.workspace.root, desk.settings.organisation)
    if person.is_assumed:
        raise SourceError(
            "git does not know who you are, and an approval needs a name; tell it once "
            'with: git config --global user.name "Your Name" and user.email'
        )
    wanted, email = folded(consent.on_behalf_of), person.email.casefold()
    for one in holders:
        is_theirs = one.email.casefold() == email
        if folded(one.name) == wanted if wanted else is_theirs:
            return person, one
    held_by = " and ".join(one.name for one in holders)
    held_by += f" {'holds' if len(holders) == 1 else 'hold'} ({SETTINGS_FILE})"
    if wanted:
        raise SourceError(
            f"{consent.on_behalf_of} does not hold the role {consent.role}, which "
            f"{held_by}"
        )
    raise SourceError(
        f"{person.name} <{person.email}> does not hold the role {consent.role}, which "
        f"{held_by}; let them approve it, or record what they wrote with "
        "--on-behalf-of NAME --evidence FILE"
    )


def _holders(desk: Desk, role: str) -> tuple[RoleHolder, ...]:
    roles = desk.settings.roles
    if roles.get(role):
        return roles[role]
    near = nearest(role, [one for one, holders in roles.items() if holders])
    remedy = f'did you mean "{near}"?' if near else "name somebody there"
    raise SourceError(
        f'{SETTINGS_FILE} names nobody for the role "{role}" under roles, and without '
        f"a holder nobody can approve for it; {remedy}"
    )


def require_sound(consent: Consent, today: date) -> None:
    """Refuse a consent that could not be shown, or that is over."""
    if bool(consent.on_behalf_of) != (consent.evidence is not None):
        raise SourceError(
            "--on-behalf-of NAME and --evidence FILE go together: whose consent it is, "
            "and the e-mail or the paper that shows it"
        )
    if consent.until is not None and consent.until < today:
        raise SourceError(f"the approval would be over already: {consent.until}")
    if consent.exception and (consent.role != FOR_WORDING or not consent.items):
        raise SourceError(
            f"an exception beyond the walk-away line is made by {FOR_WORDING}, for a "
            f"named value: --role {FOR_WORDING} --item ADDRESS --exception REASON"
        )
    if consent.evidence is not None:
        _require_keepable(consent.evidence)


def _require_keepable(evidence: HandedIn) -> None:
    if not evidence.data or len(evidence.data) > _MOST_EVIDENCE:
        raise SourceError(
            f"{evidence.name} is empty or larger than {_MOST_EVIDENCE // 1024**2} MiB; "
            "hand in the e-mail or the paper itself"
        )
    if conflict_mark(evidence.data) is not None:
        raise SourceError(
            f"{evidence.name} has a line that looks like a conflict of two texts, with "
            "which no version is saved; print the e-mail as PDF, and hand that in"
        )


def evidence_name(evidence: HandedIn) -> str:
    """Return where evidence is kept in the agreement's folder: by its digest."""
    ending = evidence.name.rpartition(".")[2].lower()
    ending = ending if _ENDING.fullmatch(ending) and "." in evidence.name else "bin"
    return f"{_EVIDENCE}/{evidence.digest}.{ending}"


def fault_of_evidence(workspace: Workspace, place: AgreementPlace, name: str) -> str:
    """Return why a file does not show a consent any more, "" if it does.

    name: as an approval has it; it holds the digest of the file as it was handed in.
    """
    kept = _KEPT_EVIDENCE.fullmatch(name)
    if kept is None:
        return f'"{name}" is no file that was handed in as evidence'
    try:
        data = workspace.read(f"{place.folder}/{name}")
    except SlaContractsError:
        return f"its evidence {name} is not there"
    is_same = hashlib.sha256(data).hexdigest() == kept["digest"]
    return "" if is_same else f"its evidence {name} was altered"
