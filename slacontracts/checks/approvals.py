"""Checks of approvals: what is not approved, and approvals that approve nothing."""

from collections.abc import Iterator

from slacontracts.checks.consents import (
    has_ended,
    has_holders,
    holders_of,
    is_entitled,
    is_given,
    why_unproven,
    wrong_day,
)
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
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.settings import RoleHolder
from slacontracts.text import nearest

UNAPPROVED = Fault(
    "deviation-unapproved",
    Severity.WARNING,
    summary="The agreement departs from what the library prefers - a value outside the "
    "preferred range, a fallback position, wording of its own, a clause that is left "
    "out - and somebody who must approve that has not. A draft may, an execution "
    "version may not. An approval holds for exactly what it names: when the value, the "
    "position or the wording changes later, it is void, and so it is after the day "
    "until which it was given, or where who gave it does not hold the role. What a "
    "template sets or removes was decided with the template and needs no further "
    "approval.",
    example='credits: {cap_percent: "40"} where the library prefers at most 25 and '
    "asks for finance.",
    remedy="Ask who holds the role in slacontracts.yaml: slacontracts deviations ID "
    "shows what waits for whom, and slacontracts approve ID --role ROLE records and "
    "saves the approval; who wrote a deviation cannot approve it. Where nobody holds "
    "any role, the command that the finding prints records the answer, in "
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
    "does not hold the role, or on a day before 2000 or still to come; or nothing "
    "shows the consent of the person on whose behalf it was recorded.",
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
CONDITION = Fault(
    "approval-on-condition",
    Severity.INFO,
    summary="A deviation is approved on a condition. Nothing else tells whether it is "
    "met; whoever makes the execution version sees to that.",
    example='approvals: [{item: /credits/cap_percent, value: "40", role: finance, '
    "condition: The term is 36 months or more., ...}]",
    remedy="See that the condition is met before the agreement is signed.",
)


def unapproved_deviations(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find departures from the library that nobody has approved."""
    settings = facts.surroundings.settings
    for deviation in deviations(facts):
        missing = [
            role for role in deviation.roles if not is_approved(role, deviation, facts)
        ]
        place = facts.place(deviation.path)
        yield from _conditions(deviation, place, facts)
        if missing:
            yield UNAPPROVED.at(place, _request(deviation, missing, facts))
        for role in missing:
            if settings is not None and settings.roles and not settings.roles.get(role):
                yield NOBODY.at(
                    place,
                    f'this needs the approval of "{role}", a role that nobody holds; '
                    "name somebody under roles in slacontracts.yaml",
                )


def _conditions(deviation: Deviation, place: Origin, facts: Facts) -> Iterator[Finding]:
    for role in deviation.roles:
        approval = approval_of(role, deviation, facts)
        if approval is not None and approval.condition:
            yield CONDITION.at(
                place,
                f"{deviation.item} is approved by {approval.consenting} ({role}) on "
                f"condition: {approval.condition}",
            )


def is_approved(role: str, deviation: Deviation, facts: Facts) -> bool:
    """Tell whether a role has approved a departure as it stands now."""
    return approval_of(role, deviation, facts) is not None


def approval_of(role: str, deviation: Deviation, facts: Facts) -> Approval | None:
    """Return by what a role has approved a departure as it stands now, if it has."""
    found = [
        approval
        for _, approval in _given(role, deviation, facts)
        if approval.value == deviation.value
        and not has_ended(approval, facts)
        and is_entitled(approval, facts)
    ]
    return found[-1] if found else None


def why_void(role: str, deviation: Deviation, facts: Facts) -> str:
    """Return why what a role approved last does not count, "" if it gave nothing."""
    given = [*_given(role, deviation, facts)]
    if not given:
        return ""
    _, last = given[-1]
    if last.value is None:
        return f"the approval of {role} does not say what was approved"
    if last.value != deviation.value:
        return (
            f"{role} approved {last.value}, now it is {deviation.value}, so that the "
            "approval is void"
        )
    if has_ended(last, facts):
        return (
            f"the approval of {role} held until {last.until} and does not count any "
            "more"
        )
    unproven = why_unproven(last, facts)
    if unproven:
        return f"the approval by {last.consenting} does not count: {unproven}"
    return f"approved by {last.consenting}, who does not hold the role {role}"


def _given(
    role: str, deviation: Deviation, facts: Facts
) -> Iterator[tuple[int, Approval]]:
    """Yield a role's approvals of an item, be it as it stands now or as it was."""
    for index, approval in enumerate(facts.agreement.approvals):
        is_of_it = (approval.item, approval.role) == (deviation.item, role)
        if is_of_it and is_given(approval, facts):
            yield index, approval


def _request(deviation: Deviation, missing: list[str], facts: Facts) -> str:
    """Return who must approve, why what they gave does not count, and the command."""
    said = f"{deviation.message}; {' and '.join(missing)} must approve it"
    for why in (why_void(role, deviation, facts) for role in missing):
        said += f"; {why}" if why else ""
    return f"{said}; {_next_step(deviation, missing, facts)}"


def _next_step(deviation: Deviation, missing: list[str], facts: Facts) -> str:
    """Return what to do about a missing approval, with the command that does it."""
    held = [role for role in missing if holders_of(role, facts)]
    first = held[0] if held else missing[0]
    command = (
        f"slacontracts approve {facts.agreement.id} --role {first} --item "
        f"{deviation.item}"
    )
    if held:
        return f"whoever holds the role {first} does it with: {command}"
    if has_holders(facts):
        return (
            f"nobody holds the role {first}: name somebody for it under roles in "
            f"slacontracts.yaml, who then does it with: {command}"
        )
    unnamed = _unnamed(first, deviation, facts)
    if unnamed is not None:
        command = facts.set_command(f"/approvals/{unnamed}/value={deviation.value}")
        return f"if it was what stands here now, record that: {command}"
    command = _recording(deviation, first, facts)
    return f"when that is done, record it: {command}"


def _unnamed(role: str, deviation: Deviation, facts: Facts) -> int | None:
    """Return the index of a role's last approval, where it names no value."""
    given = [*_given(role, deviation, facts)]
    return given[-1][0] if given and given[-1][1].value is None else None


def _recording(deviation: Deviation, role: str, facts: Facts) -> str:
    """Return the command that records an approval, where nobody holds any role."""
    today = facts.surroundings.today
    return facts.set_command(
        f"/approvals/+={{item: {deviation.item}, role: {role}, by: NAME, "
        f"on: {today.isoformat() if today else 'DATE'}, value: {deviation.value}}}"
    )


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
            _wrong_person(approval, facts),
            ("on", _wrong_days(approval, facts)),
            ("evidence", _wrong_evidence(approval)),
        ):
            if message:
                yield UNCLEAR.at(facts.place(f"{place}/{field}"), message)


def _wrong_days(approval: Approval, facts: Facts) -> str:
    day = wrong_day(approval, facts)
    if day is not None:
        return f"this approval is dated {day} and does not count; correct the date"
    if approval.until is not None and approval.until < approval.on:
        return (
            f"this approval ends on {approval.until}, before it was given; correct one "
            "of the dates"
        )
    return ""


def _wrong_evidence(approval: Approval) -> str:
    if approval.on_behalf_of is None or approval.evidence:
        return ""
    return (
        f"nothing shows that {approval.on_behalf_of} consented; record it with the "
        "e-mail or the paper: slacontracts approve ID --role "
        f"{approval.role} --on-behalf-of NAME --evidence FILE"
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
    if approval.exception is not None:
        if approval.role == FOR_WORDING:
            return None
        return (
            f"an exception beyond the walk-away line is made by {FOR_WORDING}, not by "
            f"{approval.role}; it does not count"
        )
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


def _wrong_person(approval: Approval, facts: Facts) -> tuple[str, str]:
    """Return the field that names the wrong person, and what is wrong; else ""."""
    for field, name in (("by", approval.by), ("on_behalf_of", approval.on_behalf_of)):
        if name is not None and names_nobody(name):
            return field, (
                f'"{name}" is nobody, and the approval does not count; write the '
                "name of the person who approved"
            )
    field = "by" if approval.on_behalf_of is None else "on_behalf_of"
    holders = holders_of(approval.role, facts)
    if not is_entitled(approval, facts):
        return field, (
            f'"{approval.consenting}" does not hold the role "{approval.role}", which '
            f"{_names(holders)} {'holds' if len(holders) == 1 else 'hold'} "
            "(slacontracts.yaml), so that the approval does not count; correct the "
            "name, or add the person there"
        )
    return field, ""


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
    Check(unapproved_deviations, (UNAPPROVED, NOBODY, CONDITION)),
    Check(unclear_approvals, (UNCLEAR,)),
)
