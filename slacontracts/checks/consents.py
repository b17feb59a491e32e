"""An approval in; whose it is, and whether it counts as things stand, out."""

import unicodedata
from datetime import date
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.checks.placeholders import names_nobody
from slacontracts.model.agreement import Approval
from slacontracts.model.settings import RoleHolder

_FIRST_DAY: Final = date(2000, 1, 1)


def counts(approval: Approval, facts: Facts) -> bool:
    """Tell whether an approval counts today, for what it names."""
    return (
        is_given(approval, facts)
        and not has_ended(approval, facts)
        and is_entitled(approval, facts)
    )


def is_given(approval: Approval, facts: Facts) -> bool:
    """Tell whether somebody gave an approval, on a day that can be."""
    named = not any(map(names_nobody, (approval.by, approval.consenting)))
    return named and wrong_day(approval, facts) is None


def wrong_day(approval: Approval, facts: Facts) -> str | None:
    """Return what is wrong with the day of an approval."""
    today = facts.surroundings.today
    if approval.on < _FIRST_DAY:
        return "before 2000"
    return "on a day to come" if today is not None and approval.on > today else None


def has_ended(approval: Approval, facts: Facts) -> bool:
    """Tell whether the last day on which an approval counts is over."""
    today = facts.surroundings.today
    return None not in (approval.until, today) and approval.until < today  # type: ignore[operator]


def holders_of(role: str, facts: Facts) -> tuple[RoleHolder, ...]:
    """Return who holds a role, as far as the settings are known."""
    settings = facts.surroundings.settings
    return settings.roles.get(role, ()) if settings is not None else ()


def has_holders(facts: Facts) -> bool:
    """Tell whether anybody holds any role, so that people approve themselves."""
    settings = facts.surroundings.settings
    return settings is not None and any(settings.roles.values())


def holds_role(name: str, role: str, facts: Facts) -> bool:
    """Tell whether a person is known to hold a role."""
    return is_among(name, holders_of(role, facts))


def is_entitled(approval: Approval, facts: Facts) -> bool:
    """Tell whether whoever holds the role gave it, where anybody is known to hold it.

    They do who are named so, and of whom the saved versions show that they gave it.
    """
    holders = holders_of(approval.role, facts)
    return not holders or (
        is_among(approval.consenting, holders) and why_unproven(approval, facts) == ""
    )


def why_unproven(approval: Approval, facts: Facts) -> str:
    """Return why the saved versions do not show who gave an approval; "" if they do."""
    return facts.surroundings.unproven.get(approval, "")


def is_among(name: str, holders: tuple[RoleHolder, ...]) -> bool:
    """Tell whether a person is among some; case, width and blanks do not matter."""
    return folded(name) in {folded(one.name) for one in holders}


def folded(name: str) -> str:
    """Return what makes a name the same one, however it is typed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
