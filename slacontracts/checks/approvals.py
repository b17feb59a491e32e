"""Checks of deviations: from what the library prefers, and who has approved them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.ranges import fits, in_words
from slacontracts.compose.assemble import parse_bespoke
from slacontracts.model.agreement import Approval
from slacontracts.model.amounts import Money
from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.document import Clause, NumberedDocument, Table
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.paths import look_up
from slacontracts.text import nearest

UNAPPROVED = Fault(
    "deviation-unapproved",
    Severity.WARNING,
    summary="The agreement departs from what the library prefers - a value outside the "
    "preferred range, a fallback position, wording of its own - and somebody who must "
    "approve that has not. A draft may, an execution version may not. What a template "
    "sets was decided with the template and needs no further approval.",
    example='credits: {cap_percent: "40"} where the library prefers at most 25 and '
    "asks for finance.",
    remedy="Ask, and record the answer in agreement.yaml: approvals: [{item: "
    "/credits/cap_percent, role: finance, by: Name, on: 2026-11-20}]. For a "
    "position or wording of its own, the item is the key of the clause; wording of its "
    "own is approved by legal. With value: the approval ends when the value changes.",
)
WALK_AWAY = Fault(
    "beyond-walk-away",
    Severity.ERROR,
    summary="A value lies where the library says that we do not sign at all. No "
    "approval helps.",
    example='credits: {cap_percent: "60"} where the library walks away above 50.',
    remedy="Negotiate further, or ask the owner of the clause to change its line.",
)
UNCLEAR = Fault(
    "unclear-approval",
    Severity.WARNING,
    summary="An approval is recorded for something that the agreement does not have, "
    "for a role that nobody asks for, or on a day that is still to come.",
    example="approvals: [{item: /credits/cap_percnt, role: finance, ...}]",
    remedy="Correct the item or role, or delete the approval.",
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

_FOR_WORDING = "legal"  # who approves wording that is not the library's


@dataclass(frozen=True, slots=True)
class Deviation:
    """A departure from the library: where, what, who must approve it.

    item: how approvals name it. value: as written in agreement.yaml.
    """

    path: str
    item: str
    value: str
    roles: tuple[str, ...]
    message: str


def deviations(facts: Facts) -> Iterator[Deviation]:
    """Yield what the agreement departs from the library in, by clause."""
    seen: set[str] = set()
    for clause in facts.document.clauses:
        known = facts.library.clauses.get(clause.key)
        if known is None:
            continue
        yield from _of_wording(clause, known, facts)
        for path, rule, value in _values_of(clause, known, facts):
            if path in seen or not facts.is_own(path):
                continue
            seen.add(path)
            deviation = _of_value(path, rule, value)
            if deviation is not None:
                yield deviation


def _of_wording(
    clause: Clause, known: LibraryClause, facts: Facts
) -> Iterator[Deviation]:
    """Yield a position other than the first, or wording of the agreement's own."""
    override = facts.agreement.clauses.get(clause.key)
    # Positions are ordered by what is best for whoever sells the services.
    if override is None or not facts.is_contract:
        return
    path = f"/clauses/{clause.key}"
    if override.text is not None:
        message = f'"{clause.title}" has wording of its own'
        yield Deviation(path, clause.key, "text", (_FOR_WORDING,), message)
    elif override.position and facts.agreement.kind != "uc":
        first, *others = known.positions
        for position in others:
            if position.key == override.position and position.approval:
                yield Deviation(
                    path,
                    clause.key,
                    position.key,
                    position.approval,
                    f'"{clause.title}" stands at {position.key}, not at {first.key}',
                )


def _values_of(
    clause: Clause, known: LibraryClause, facts: Facts
) -> Iterator[tuple[str, ValueRule, Any]]:
    """Yield the declared values that the wording of a clause reads, where they bind.

    The ranges are those of whoever sells services: where we buy them, or between
    departments, only ranges bind that name the side on which they hold.
    """
    kind = facts.agreement.kind
    sides = {"customer": (None, "provider"), "multilevel": (None, "provider")}.get(
        kind, ("customer",) if kind == "uc" else ("provider", "customer")
    )
    read = None
    for path, rule in known.values.items():
        if rule.side not in sides or not _is_bounded(rule):
            continue
        read = _read_by(clause, facts) if read is None else read
        if "*" not in path and (path in read or "" in read):
            try:
                value = look_up(facts.data, path)
            except KeyError:
                continue
            if value is not None:
                yield path, rule, value


def _is_bounded(rule: ValueRule) -> bool:
    return bool(rule.preferred or rule.walk_away or rule.approval)


def _read_by(clause: Clause, facts: Facts) -> frozenset[str]:
    """Return the addresses that a clause's wording reads; "" with a table for all."""
    text = facts.wording_of(clause)
    if text is None or any(isinstance(block, Table) for block in clause.blocks):
        return frozenset({""})
    program = text.program
    if clause.origin.position == "bespoke":
        program, _ = parse_bespoke(text.source)
    return frozenset(path for path, _ in (*program.reads, *program.tests))


def _of_value(path: str, rule: ValueRule, value: Any) -> Deviation | None:
    """Return a value's departure; None where it is preferred or cannot be compared."""
    written = _written(value)
    if not rule.approval:
        return None
    if rule.preferred is None:
        message = f"{path} is {written}, which the library wants to be approved"
    elif fits(rule.preferred, rule, value) is not False:
        return None
    else:
        message = f"{path} is {written}; preferred is {in_words(rule.preferred)}"
        if rule.fallback and fits(rule.fallback, rule, value) is False:
            message += f", and the fallback is {in_words(rule.fallback)}"
    return Deviation(path, path, written, rule.approval, message)


def _written(value: Any) -> str:
    """Return a value as it is written in a file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return f"{value.currency} {value.amount}"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def unapproved_deviations(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find departures from the library that nobody has approved."""
    settings = facts.surroundings.settings
    for deviation in deviations(facts):
        missing = [role for role in deviation.roles if not _has(role, deviation, facts)]
        if not missing:
            continue
        yield UNAPPROVED.at(
            facts.place(deviation.path),
            f"{deviation.message}; {' and '.join(missing)} must approve it; when that "
            f"is done, record it: {_command(deviation.item, missing[0], facts)}",
        )
        for role in missing:
            if settings is not None and settings.roles and not settings.roles.get(role):
                yield NOBODY.at(
                    facts.place(deviation.path),
                    f'this needs the approval of "{role}", a role that nobody holds; '
                    "name somebody under roles in slacontracts.yaml",
                )


def _command(item: str, role: str, facts: Facts) -> str:
    """Return the command that records an approval, as far as it is known already."""
    settings, today = facts.surroundings.settings, facts.surroundings.today
    holders = settings.roles.get(role, ()) if settings is not None else ()
    name = holders[0].name if len(holders) == 1 else ""
    is_plain = re.fullmatch(r"[^\W\d_][\w .-]*", name)
    return (
        f'slacontracts set {facts.agreement.id} "/approvals/+={{item: {item}, '
        f"role: {role}, by: {name if is_plain else 'NAME'}, "
        f'on: {today.isoformat() if today else "DATE"}}}"'
    )


def _has(role: str, deviation: Deviation, facts: Facts) -> bool:
    """Tell whether a role has approved a departure as it stands now."""
    return any(
        approval.item == deviation.item
        and approval.role == role
        and approval.value in (None, deviation.value)
        and not _is_to_come(approval, facts)
        for approval in facts.agreement.approvals
    )


def _is_to_come(approval: Approval, facts: Facts) -> bool:
    today = facts.surroundings.today
    return today is not None and approval.on > today


def beyond_walk_away(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find values where the library says that we do not sign."""
    seen: set[str] = set()
    for clause in facts.document.clauses:
        known = facts.library.clauses.get(clause.key)
        for path, rule, value in _values_of(clause, known, facts) if known else ():
            if rule.walk_away is None or path in seen:
                continue
            seen.add(path)
            if fits(rule.walk_away, rule, value):
                yield WALK_AWAY.at(
                    facts.place(path),
                    f"{path} is {_written(value)}; at {in_words(rule.walk_away)} the "
                    f'library walks away ("{clause.title}"), and no approval helps',
                )


def unclear_approvals(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find approvals of unknown items or roles, and of a day to come."""
    approvals = facts.agreement.approvals
    roles = _known_roles(facts) if approvals else set()
    for index, approval in enumerate(approvals):
        path = f"/approvals/{index}"
        known = facts.clauses if approval.item[:1] != "/" else facts.library.values
        if approval.item not in known:
            meant = nearest(approval.item, known)
            hint = f'did you mean "{meant}"?' if meant else "delete the approval"
            yield UNCLEAR.at(
                facts.place(f"{path}/item"),
                f'"{approval.item}" is neither a clause of this agreement nor a value '
                f"that the library declares; {hint}",
            )
        if approval.role not in roles:
            meant = nearest(approval.role, roles)
            hint = f'did you mean "{meant}"?' if meant else "correct it"
            yield UNCLEAR.at(
                facts.place(f"{path}/role"),
                f'nothing asks for the approval of "{approval.role}"; {hint}',
            )
        if _is_to_come(approval, facts):
            yield UNCLEAR.at(
                facts.place(f"{path}/on"),
                "this approval is dated on a day to come and does not count; correct "
                "the date",
            )


def _known_roles(facts: Facts) -> set[str]:
    settings = facts.surroundings.settings
    roles = {_FOR_WORDING, *(settings.roles if settings is not None else ())}
    for clause in facts.library.clauses.values():
        roles.update(*(rule.approval for rule in clause.values.values()))
        roles.update(*(position.approval for position in clause.positions))
    return roles


CHECKS = (
    Check(unapproved_deviations, (UNAPPROVED, NOBODY)),
    Check(beyond_walk_away, (WALK_AWAY,)),
    Check(unclear_approvals, (UNCLEAR,)),
)
