"""Why a text is filed all the same, and by whose word, in; the exception of it out."""

from dataclasses import dataclass

from slacontracts.errors import SourceError
from slacontracts.model.record import GrantedException, Record
from slacontracts.store.versions import known_author
from slacontracts.store.workspace import SETTINGS_FILE
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Grant:
    """Why a text is filed although something stands against it, and by whose word."""

    reason: str
    role: str


def require_role(desk: Desk, grant: Grant) -> tuple[str, ...]:
    """Refuse the word of a role that the settings do not know.

    Returns a note where somebody files it who does not hold the role.
    """
    roles = desk.settings.roles
    if grant.role not in roles:
        near = nearest(grant.role, roles)
        known = f"write one of {', '.join(roles)}" if roles else _example(grant.role)
        remedy = f'did you mean "{near}"?' if near else known
        raise SourceError(
            f'{SETTINGS_FILE} names nobody for the role "{grant.role}" under roles; '
            f"{remedy}"
        )
    author = known_author(desk.workspace.root, desk.settings.organisation)
    holders = roles[grant.role]
    if any(one.email.casefold() == author.email.casefold() for one in holders):
        return ()
    names = ", ".join(one.name for one in holders) or "nobody"
    return (
        f"{author.name} files the exception and does not hold the role {grant.role} "
        f"({names} does); the record names both",
    )


def _example(role: str) -> str:
    return (
        "write there who holds it, as in roles: "
        f"{{{role}: [{{name: Niamh Kelleher, email: niamh@northwind.example}}]}}"
    )


def exception_of(
    earlier: Record | None, grant: Grant | None, failures: tuple[str, ...]
) -> GrantedException | None:
    """Return the exception that a text is filed by, with that of its counterparts.

    earlier: the record of those who signed the text before. Where nothing stands
    against the text, a grant is none.
    """
    before = earlier.exception if earlier else None
    if grant is None or not failures:
        return before
    if before is None:
        return GrantedException(reason=grant.reason, role=grant.role, failures=failures)
    return GrantedException(
        reason="; ".join(dict.fromkeys((before.reason, grant.reason))),
        role=", ".join(dict.fromkeys((before.role, grant.role))),
        failures=tuple(dict.fromkeys((*before.failures, *failures))),
    )
