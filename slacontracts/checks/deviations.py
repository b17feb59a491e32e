"""A document and its library in, what departs from what the library prefers, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from slacontracts.checks.consents import counts, holds_role
from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.ranges import fits, in_words
from slacontracts.compose.assemble import parse_bespoke
from slacontracts.compose.digest import wording_digest
from slacontracts.model.agreement import Approval
from slacontracts.model.amounts import Money
from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.document import Clause, NumberedDocument, Table
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.paths import look_up
from slacontracts.model.scalars import read_key
from slacontracts.source.model_faults import short

WALK_AWAY = Fault(
    "beyond-walk-away",
    Severity.ERROR,
    summary="A value lies where the library says that we do not sign at all. No "
    "approval helps, but an exception that legal records for exactly that value.",
    example='credits: {cap_percent: "60"} where the library walks away above 50.',
    remedy="Negotiate further, or ask the owner of the clause to change its line. Who "
    "holds the role legal may make an exception of this one value: slacontracts "
    'approve ID --role legal --item ADDRESS --exception "Why".',
)
EXCEPTED = Fault(
    "walk-away-exception",
    Severity.INFO,
    summary="A value lies beyond the walk-away line, and legal has recorded an "
    "exception for exactly that value, with the reason. It ends with the value.",
    example='approvals: [{item: /credits/cap_percent, value: "60", role: legal, '
    "exception: The parent company pays., ...}]",
    remedy="Nothing, if that is meant. Else delete the exception from the approvals.",
)

FOR_WORDING = "legal"  # who approves wording that is not the library's
LEFT_OUT = "omit"
_PLAIN = re.compile(r"-?\w(?:[\w .-]{0,38}\w)?")  # what a command holds as it stands


@dataclass(frozen=True, slots=True)
class Deviation:
    """A departure from the library: where, what, who must approve it.

    item: how approvals name it. value: what exactly is approved, as approvals name it:
    a value, the key of a position, the digest of a wording, or that it is left out.
    rule: what the library declares of a value; None of what is no value. clause: the
    key of the clause that has the wording, or that reads the value. is_beyond: it is a
    value beyond the walk-away line.
    """

    path: str
    item: str
    value: str
    roles: tuple[str, ...]
    message: str
    rule: ValueRule | None = None
    clause: str = ""
    is_beyond: bool = False


def deviations(facts: Facts) -> Iterator[Deviation]:
    """Yield what the agreement departs from the library in, by clause."""
    yield from _of_omissions(facts)
    yield from _of_short_forms(facts)
    seen: set[str] = set()
    for clause in facts.document.clauses:
        known = facts.library.clauses.get(clause.key)
        if known is None:
            yield from _of_own_clause(clause, facts)
            continue
        yield from _of_wording(clause.key, clause.title, known, facts)
        for path, rule, value in _values_of(clause, known, facts):
            deviation = _of_value(path, rule, value) if path not in seen else None
            seen.add(path)
            if deviation is None:
                continue
            if facts.is_own(path):
                yield replace(deviation, clause=clause.key)
            elif deviation.is_beyond:  # a template decided it, and it is an error still
                yield replace(deviation, clause=clause.key, roles=())


def _of_own_clause(clause: Clause, facts: Facts) -> Iterator[Deviation]:
    """Yield a clause that the library does not have, and the agreement brings in."""
    override = facts.agreement.clauses.get(clause.key)
    if override is not None and override.text is not None and facts.is_contract:
        titles = override.title or {}
        whole = {
            language: f"{titles.get(language, '')}\n{text}"
            for language, text in override.text.items()
        }
        yield Deviation(
            f"/clauses/{clause.key}",
            clause.key,
            wording_digest(whole),
            (FOR_WORDING,),
            f'"{clause.title}" is a clause of its own, which the library does not have',
            clause=clause.key,
        )


def _of_omissions(facts: Facts) -> Iterator[Deviation]:
    """Yield the clauses that the agreement leaves out; what a template removes, not."""
    for key, override in facts.agreement.clauses.items():
        known = facts.library.clauses.get(key)
        if known is None or not override.omit:
            continue
        if facts.is_contract or any(one.approval for one in known.positions):
            title = next(iter(known.title.values()), key)
            yield Deviation(
                f"/clauses/{key}",
                key,
                LEFT_OUT,
                roles_on_wording(known),
                f'"{title}" is left out',
                clause=key,
            )


def roles_on_wording(known: LibraryClause) -> tuple[str, ...]:
    """Return who consents to leaving a clause out: all whom its positions ask.

    To have nothing is more than to have the worst of its wordings. Where no position
    asks anybody it is the owner of the clause, and legal where that is no role.
    """
    asked = dict.fromkeys(role for one in known.positions for role in one.approval)
    try:
        return tuple(asked) or (read_key(known.owner),)
    except ValueError:
        return (FOR_WORDING,)


def _of_short_forms(facts: Facts) -> Iterator[Deviation]:
    """Yield what is changed in clauses that the short form alone has."""
    for key in facts.agreement.clauses:
        known = facts.library.clauses.get(key)
        if known is not None and known.form != "full" and key not in facts.clauses:
            title = next(iter(known.title.values()), key)
            yield from _of_wording(key, title, known, facts)


def _of_wording(
    key: str, title: str, known: LibraryClause, facts: Facts
) -> Iterator[Deviation]:
    """Yield a position other than the first, or wording of the agreement's own."""
    override = facts.agreement.clauses.get(key)
    # Positions are ordered by what is best for whoever sells the services.
    if override is None or not facts.is_contract:
        return
    path = f"/clauses/{key}"
    if override.text is not None:
        message = f'"{title}" has wording of its own'
        value = wording_digest(override.text)
        yield Deviation(path, key, value, (FOR_WORDING,), message, clause=key)
    elif override.position and facts.agreement.kind != "uc":
        first, *others = known.positions
        for position in others:
            if position.key == override.position and position.approval:
                yield Deviation(
                    path,
                    key,
                    position.key,
                    position.approval,
                    f'"{title}" stands at {position.key}, not at {first.key}',
                    clause=key,
                )


def _values_of(
    clause: Clause, known: LibraryClause, facts: Facts
) -> Iterator[tuple[str, ValueRule, Any]]:
    """Yield the declared values that the wording of a clause reads, where they bind."""
    read = None
    for path, rule in known.values.items():
        if not is_binding(rule, facts):
            continue
        read = _read_by(clause, facts) if read is None else read
        if "*" not in path and (path in read or "" in read):
            try:
                value = look_up(facts.data, path)
            except KeyError:
                continue
            if value is not None:
                yield path, rule, value


def is_binding(rule: ValueRule, facts: Facts) -> bool:
    """Tell whether the ranges of a value bind us in an agreement.

    The ranges are those of whoever sells services: where we buy them, or between
    departments, only ranges bind that name the side on which they hold.
    """
    kind = facts.agreement.kind
    sides = {"customer": (None, "provider"), "multilevel": (None, "provider")}.get(
        kind, ("customer",) if kind == "uc" else ("provider", "customer")
    )
    is_bounded = bool(rule.preferred or rule.walk_away or rule.approval)
    return is_bounded and rule.side in sides


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
    """Return a value's departure; None where it is preferred or cannot be compared.

    What lies beyond the walk-away line departs, whoever may be asked.
    """
    written = _written(value)
    is_beyond = lies_beyond(rule, value)
    if not rule.approval and not is_beyond:
        return None
    if rule.preferred is None and not is_beyond:
        said = short(written)
        message = f"{path} is {said}, which the library wants to be approved"
    elif rule.preferred is None:
        message = f"{path} is {written}"
    elif fits(rule.preferred, rule, value) is not False and not is_beyond:
        return None
    else:
        message = f"{path} is {written}; preferred is {in_words(rule.preferred)}"
        if rule.fallback and fits(rule.fallback, rule, value) is False:
            message += f", and the fallback is {in_words(rule.fallback)}"
    named = named_value(value)
    return Deviation(
        path, path, named, rule.approval, message, rule, is_beyond=is_beyond
    )


def lies_beyond(rule: ValueRule, value: Any) -> bool:
    """Tell whether a value lies beyond the walk-away line."""
    return rule.walk_away is not None and bool(fits(rule.walk_away, rule, value))


def named_value(value: Any) -> str:
    """Return a value as approvals name it: as it is written, or by its digest."""
    written = _written(value)
    is_plain = _PLAIN.fullmatch(written)
    return written if is_plain else wording_digest({"en": written})


def _written(value: Any) -> str:
    """Return a value as it is written in a file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return f"{value.currency} {value.amount}"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def beyond_walk_away(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find values where the library says that we do not sign."""
    seen: set[str] = set()
    for clause in facts.document.clauses:
        known = facts.library.clauses.get(clause.key)
        for path, rule, value in _values_of(clause, known, facts) if known else ():
            if path in seen or rule.walk_away is None:
                continue
            seen.add(path)
            if not lies_beyond(rule, value):
                continue
            place, said = facts.place(path), f"{path} is {_written(value)}"
            line = (
                f'{in_words(rule.walk_away)} the library walks away ("{clause.title}")'
            )
            exception = exception_for(path, named_value(value), facts)
            if exception is None:
                yield WALK_AWAY.at(
                    place,
                    f"{said}; at {line}, and nothing but an exception of {FOR_WORDING} "
                    "helps",
                )
            else:
                yield EXCEPTED.at(
                    place,
                    f"{said}; at {line}, and {exception.consenting} "
                    f"({exception.role}) made an exception on {exception.on}: "
                    f"{short(exception.exception or '')}",
                )


def exception_for(item: str, value: str, facts: Facts) -> Approval | None:
    """Return legal's exception for exactly a value beyond the walk-away line.

    It counts only from somebody who holds the role, so not where nobody is known to.
    """
    return next(
        (
            one
            for one in reversed(facts.agreement.approvals)
            if one.exception
            and (one.item, one.value, one.role) == (item, value, FOR_WORDING)
            and holds_role(one.consenting, one.role, facts)
            and counts(one, facts)
        ),
        None,
    )


CHECKS = (Check(beyond_walk_away, (WALK_AWAY, EXCEPTED)),)
