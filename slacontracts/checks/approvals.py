"""Checks of approvals: what is not approved, and approvals that approve nothing."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from slacontracts.checks.deviations import (
    FOR_WORDING,
    Deviation,
    deviations,
    roles_on_wording,
)
from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.placeholders import names_nobody
from slacontracts.model.agreement import Approval
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.settings import RoleHolder
from slacontracts.text import nearest

UNAPPROVED = Fault(
    "deviation-unapproved",
    Severity.WARNING,
    summary="The agreement departs from what the library prefers - a value outside the "
    "preferred range, a fallback position, wording of its own, a clause that is left "
    "out - and somebody who must approve that has not. A draft may, an execution "
    "version may not. An approval holds for exactly what it names: when the value, the "
    "position or the wording changes later, it is void. What a template sets or "
    "removes was decided with the template and needs no further approval.",
    example='credits: {cap_percent: "40"} where the library prefers at most 25 and '
    "asks for finance.",
    remedy="Ask, and record the answer with the command that the finding prints, in "
    'agreement.yaml: approvals: [{item: /credits/cap_percent, value: "40", role: '
    "finance, by: Name, on: 2026-11-20}]. For a position the item is the key of the "
    "clause and the value the key of the position; for a clause that is left out the "
    "value is omit; for wording of its own, which legal approves, and for other long "
    "texts it is the 12 characters that the finding prints, which change with the "
    "text. A clause is left out with the approval of all roles that its positions "
    "name, else of its owner.",
)
UNCLEAR = Fault(
    "unclear-approval",
    Severity.WARNING,
    summary="An approval is recorded for something that the agreement does not have, "
    "by a role that is not asked for it, by nobody in particular or by somebody who "
    "does not hold the role, or on a day before 2000 or still to come.",
    example="approvals: [{item: /credits/cap_percnt, role: finance, ...}]",
    remedy="Correct the item, role, name or day, or delete the approval. Who holds a "
    "role stands in slacontracts.yaml.",
)
NOBODY = Fault(
    "role-without-holder",
    Severity.WARNING,
    summary="A deviation needs the approval of a role that nobody holds in this "
    "workspace.",
    example="approval: [finance] while roles in slacontracts.yaml names nobody for "
    "finance.",
    remedy="Name the person in slacontracts.yaml: roles: {finance: [{name: ..., email: "
    "...}]}.",
)


_FIRST_DAY = date(2000, 1, 1)


def unapproved_deviations(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find departures from the library that nobody has approved."""
    settings = facts.surroundings.settings
    for deviation in deviations(facts):
        missing = [
            role for role in deviation.roles if not is_approved(role, deviation, facts)
        ]
        if not missing:
            continue
        place = facts.place(deviation.path)
        yield UNAPPROVED.at(place, _request(deviation, missing, facts))
        for role in missing:
            if settings is not None and settings.roles and not settings.roles.get(role):
                yield NOBODY.at(
                    place,
                    f'this needs the approval of "{role}", a role that nobody holds; '
                    "name somebody under roles in slacontracts.yaml",
                )


def is_approved(role: str, deviation: Deviation, facts: Facts) -> bool:
    """Tell whether a role has approved a departure as it stands now."""
    return any(
        approval.value == deviation.value
        for _, approval in _given(role, deviation, facts)
    )


def _given(
    role: str, deviation: Deviation, facts: Facts
) -> Iterator[tuple[int, Approval]]:
    """Yield a role's approvals of an item, be it as it stands now or as it was."""
    for index, approval in enumerate(facts.agreement.approvals):
        counts = not names_nobody(approval.by) and not _wrong_day(approval, facts)
        if counts and (approval.item, approval.role) == (deviation.item, role):
            yield index, approval


def _request(deviation: Deviation, missing: list[str], facts: Facts) -> str:
    """Return who must approve, why what they gave does not count, and the command."""
    said = f"{deviation.message}; {' and '.join(missing)} must approve it"
    unnamed: int | None = None
    for role in missing:
        given = [*_given(role, deviation, facts)]
        if not given:
            continue
        index, last = given[-1]
        if last.value is not None:
            said += (
                f"; {role} approved {last.value}, now it is {deviation.value}, so that "
                "the approval is void"
            )
        else:
            said += f"; the approval of {role} does not say what was approved"
            unnamed = index if role == missing[0] else unnamed
    if unnamed is not None:
        address = f"/approvals/{unnamed}/value={deviation.value}"
        command = facts.set_command(address)
        return f"{said}; if it was what stands here now, record that: {command}"
    command = _command(deviation, missing[0], facts)
    return f"{said}; when that is done, record it: {command}"


def _command(deviation: Deviation, role: str, facts: Facts) -> str:
    """Return the command that records an approval, as far as it is known already."""
    settings, today = facts.surroundings.settings, facts.surroundings.today
    holders = settings.roles.get(role, ()) if settings is not None else ()
    name = holders[0].name if len(holders) == 1 else ""
    is_plain = re.fullmatch(r"[^\W\d_][\w .-]*", name)
    return facts.set_command(
        f"/approvals/+={{item: {deviation.item}, role: {role}, "
        f"by: {name if is_plain else 'NAME'}, "
        f"on: {today.isoformat() if today else 'DATE'}, value: {deviation.value}}}"
    )


def _wrong_day(approval: Approval, facts: Facts) -> str | None:
    """Return what is wrong with the day of an approval."""
    today = facts.surroundings.today
    if approval.on < _FIRST_DAY:
        return "before 2000"
    return "on a day to come" if today is not None and approval.on > today else None


def unclear_approvals(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find approvals of unknown items, and those that nobody entitled has given."""
    approvals = facts.agreement.approvals
    departures = {one.item: one.roles for one in deviations(facts)} if approvals else {}
    roles = _known_roles(facts) if approvals else set()
    for index, approval in enumerate(approvals):
        place = f"/approvals/{index}"
        asked = departures.get(approval.item) or _roles_for(approval.item, facts)
        for field, message in (
            ("item", _wrong_item(approval, facts)),
            ("role", _wrong_role(approval, asked, roles)),
            ("by", _wrong_person(approval, facts)),
        ):
            if message is not None:
                yield UNCLEAR.at(facts.place(f"{place}/{field}"), message)
        day = _wrong_day(approval, facts)
        if day is not None:
            yield UNCLEAR.at(
                facts.place(f"{place}/on"),
                f"this approval is dated {day} and does not count; correct the date",
            )


def _wrong_item(approval: Approval, facts: Facts) -> str | None:
    known = {*facts.clauses, *facts.agreement.clauses}
    if approval.item.startswith("/"):
        known = set(facts.library.values)
    if approval.item in known:
        return None
    meant = nearest(approval.item, known)
    hint = f'did you mean "{meant}"?' if meant else "delete the approval"
    return (
        f'"{approval.item}" is neither a clause of this agreement nor a value that the '
        f"library declares; {hint}"
    )


def _roles_for(item: str, facts: Facts) -> tuple[str, ...]:
    """Return whom the library may ask to approve an item, now that it does not."""
    rule, clause = facts.library.values.get(item), facts.library.clauses.get(item)
    if clause is not None:
        return tuple(dict.fromkeys((FOR_WORDING, *roles_on_wording(clause))))
    return rule.approval if rule is not None else ()


def _wrong_role(
    approval: Approval, asked: tuple[str, ...], known: set[str]
) -> str | None:
    if approval.role not in known:
        meant = nearest(approval.role, known)
        hint = f'did you mean "{meant}"?' if meant else "correct it"
        return f'nothing asks for the approval of "{approval.role}"; {hint}'
    if asked and approval.role not in asked:
        return (
            f"{approval.item} asks for {' and '.join(asked)}, not for {approval.role}; "
            "correct the role, or delete the approval"
        )
    return None


def _wrong_person(approval: Approval, facts: Facts) -> str | None:
    if names_nobody(approval.by):
        return (
            f'"{approval.by}" is nobody, and the approval does not count; write the '
            "name of the person who approved"
        )
    settings = facts.surroundings.settings
    holders = settings.roles.get(approval.role, ()) if settings is not None else ()
    if holders and _folded(approval.by) not in {_folded(one.name) for one in holders}:
        return (
            f'"{approval.by}" does not hold the role "{approval.role}", which '
            f"{_names(holders)} {'holds' if len(holders) == 1 else 'hold'} "
            "(slacontracts.yaml); correct the name, or add the person there"
        )
    return None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _names(holders: tuple[RoleHolder, ...]) -> str:
    return " and ".join(holder.name for holder in holders)


def _known_roles(facts: Facts) -> set[str]:
    settings = facts.surroundings.settings
    roles = {FOR_WORDING, *(settings.roles if settings is not None else ())}
    for clause in facts.library.clauses.values():
        roles.update(*(rule.approval for rule in clause.values.values()))
        roles.update(roles_on_wording(clause))
    return roles


CHECKS = (
    Check(unapproved_deviations, (UNAPPROVED, NOBODY)),
    Check(unclear_approvals, (UNCLEAR,)),
)
