"""A composed agreement in; the facts that its dates follow from, and as text, out."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from slacontracts.model.agreement import Agreement
from slacontracts.model.amounts import LONGEST_DAYS, Duration
from slacontracts.model.clause import Part
from slacontracts.model.document import Clause, Item, NumberedDocument, Reference
from slacontracts.model.key_facts import (
    WAYS,
    Duty,
    Ground,
    KeyFacts,
    KnownAuthority,
    KnownParty,
    NoticeRules,
    Survival,
)

# Of a clause, the position of the library in which it says something else.
_BY_HAND_OR_COURIER = ("notices", "fallback-1")
_LEAVES_IN_BRIEF = ("termination", "fallback-1")
# What is to be done by the clause on exit: its value, when it counts from, what, who.
_DUTIES = (
    ("exit-plan", "plan_days", "start", "give the customer the exit plan", "provider"),
    ("exit-help", "assistance_days", "end", "complete the help with the exit", None),
    ("fetch-data", "data_days", "end", "fetch the customer's data", "customer"),
    (
        *("delete-data", "delete_days", "end"),
        *("delete the customer's data, and confirm it in writing", "provider"),
    ),
)

# The reasons for an end that clauses of the library give, by which it is recorded.
GROUNDS = (
    *("breach", "breach-beyond-remedy", "insolvency", "overdue"),
    *("convenience", "chronic-failure", "force-majeure"),
)

_MOST_YEARS = 99
_OF_LIST = (
    *("title", "kind", "effective", "term", "conditions", "long_stop", "amendment"),
)
_OF_PARTY = ("legal_name", "country")


def facts_of(numbered: NumberedDocument) -> KeyFacts:
    """Return the key facts of an agreement, from its data and its clauses."""
    document = numbered.document
    agreement = document.agreement
    clauses = {clause.key: clause for clause in document.clauses}
    return KeyFacts(
        title=document.title,
        kind=agreement.kind,
        parties=parties_of(agreement),
        services={one.key: one.name or one.key for one in agreement.services},
        effective=agreement.effective,
        term=agreement.term,
        review=agreement.review,
        conditions=agreement.conditions,
        long_stop=agreement.long_stop,
        amendment=agreement.amendment,
        authorities=tuple(_authorities(agreement)),
        notices_rules=_notice_rules(agreement, clauses),
        grounds=tuple(_grounds(agreement, clauses)),
        duties=tuple(_duties(agreement, clauses)),
        survivals=tuple(_survivals(numbered, clauses)),
    )


def dump_facts(facts: KeyFacts) -> dict[str, Any]:
    """Return key facts as text, lists and mappings; read again, they are the same."""
    written = _as_written(facts)
    assert isinstance(written, dict)
    return written


def facts_for_list(dumped: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of key facts, as plain data, a list of many agreements needs.

    It is read three times as fast, and gives the same state, the same last day, and the
    same day by which a notice must arrive.
    """
    kept = {name: dumped[name] for name in _OF_LIST if name in dumped}
    parties = {
        role: {name: party[name] for name in _OF_PARTY if name in party}
        for role, party in dumped["parties"].items()
    }
    return {**kept, "parties": parties}


def _as_written(value: Any) -> Any:
    """Return a value as it stands in a file; what is not given is left out."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {
            name: _as_written(inner)
            for name, inner in value
            if inner or inner != fields[name].default
        }
    if isinstance(value, dict):
        return {name: _as_written(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_as_written(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def parties_of(agreement: Agreement) -> dict[str, KnownParty]:
    """Return the parties of an agreement and where notices to them go, by role."""
    return {
        role: KnownParty(
            legal_name=party.legal_name,
            country=party.country,
            address=party.address,
            notices=party.notices,
        )
        for role, party in agreement.parties.items()
    }


def _authorities(agreement: Agreement) -> Iterator[KnownAuthority]:
    for one in agreement.signatories:
        if one.authority is not None and one.authority.until is not None:
            yield KnownAuthority(
                party=one.party, name=one.name, until=one.authority.until
            )


def _value(agreement: Agreement, group: str, name: str) -> Any:
    """Return what a library clause declares and the agreement holds, or None."""
    return (agreement.values.get(group) or {}).get(name)


def _days(agreement: Agreement, group: str, name: str) -> int | None:
    """Return a number of days; of more than 99 years, as many as those have."""
    days = _value(agreement, group, name)
    return None if days is None else min(days, LONGEST_DAYS)


def _is_at(clauses: dict[str, Clause], place: tuple[str, str]) -> bool:
    key, position = place
    clause = clauses.get(key)
    return clause is not None and clause.origin.position == position


def _notice_rules(
    agreement: Agreement, clauses: dict[str, Clause]
) -> NoticeRules | None:
    if "notices" not in clauses:
        return None
    ways = WAYS[:2] if _is_at(clauses, _BY_HAND_OR_COURIER) else WAYS
    return NoticeRules(
        ways=ways,
        courier_days=_days(agreement, "notices_rules", "courier_days"),
        opens=_value(agreement, "notices_rules", "opens"),
        closes=_value(agreement, "notices_rules", "closes"),
    )


def _grounds(agreement: Agreement, clauses: dict[str, Clause]) -> Iterator[Ground]:
    if "termination" in clauses:
        yield Ground(
            key="breach",
            says="a material breach that is not remedied in time",
            cure_days=_days(agreement, "termination", "remedy_days"),
        )
        says = "a material breach that cannot be remedied"
        yield Ground(key="breach-beyond-remedy", says=says)
        yield Ground(key="insolvency", says="the other party is insolvent")
        yield Ground(key="overdue", says="a sum is overdue", by="provider")
    leaves_in_full = "termination-for-convenience" in clauses
    if leaves_in_full or _is_at(clauses, _LEAVES_IN_BRIEF):
        days = _days(agreement, "termination", "convenience_days")
        earliest = _value(agreement, "termination", "earliest")
        yield Ground(
            key="convenience",
            says="without a reason",
            by="customer",
            notice=None if days is None else Duration(days=days),
            not_before=earliest if leaves_in_full else None,
        )
    if "chronic-failure" in clauses:
        says = "a service misses its target again and again"
        yield Ground(key="chronic-failure", says=says, by="customer")
    if "force-majeure" in clauses:
        says = "a force majeure event prevents a service for too long"
        yield Ground(key="force-majeure", says=says)


def _duties(agreement: Agreement, clauses: dict[str, Clause]) -> Iterator[Duty]:
    if "exit-assistance" not in clauses:
        return
    for key, name, after, says, owner in _DUTIES:
        days = _days(agreement, "exit", name)
        if days is not None:
            fields = {"key": key, "says": says, "owner": owner, "after": after}
            yield Duty.model_validate({**fields, "days": days})


def _survivals(
    numbered: NumberedDocument, clauses: dict[str, Clause]
) -> Iterator[Survival]:
    """Yield the clauses that the one on termination says to survive the end."""
    years = _value(numbered.document.agreement, "confidentiality", "years")
    lasts = Duration(years=min(years, _MOST_YEARS)) if years else None
    for key in _survivors(clauses):
        clause, label = clauses[key], numbered.labels[key]
        name = label if clause.part is Part.SCHEDULE else f"clause {label}"
        yield Survival(
            key=key,
            says=f"{name}, {clause.title}",
            lasts=lasts if key == "confidentiality" else None,
        )


def _survivors(clauses: dict[str, Clause]) -> list[str]:
    termination = clauses.get("termination")
    return [
        inline.target
        for block in (termination.blocks if termination else ())
        if isinstance(block, Item) and block.anchor == "survival"
        for inline in block.inlines
        if isinstance(inline, Reference) and inline.target in clauses
    ]
