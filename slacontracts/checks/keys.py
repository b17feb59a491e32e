"""Checks of keys: fields that name hours, outcomes or parties that do not exist."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.service import Service, Target
from slacontracts.text import nearest

UNKNOWN = Fault(
    "unknown-key",
    Severity.ERROR,
    summary="A field names something by its key, and nothing has that key.",
    example="targets: [{key: availability, hours: round-the-clok}] without such hours.",
    remedy="Correct the key, or add what it names.",
)
UNCLEAR_SUPPORT = Fault(
    "unclear-support",
    Severity.WARNING,
    summary="A target says that it is supported, but not by which target of which "
    "agreement, so that nobody can work out whether the promise can be kept.",
    example="supported_by: [network team]",
    remedy="Write the id of the agreement and the key of its target: "
    "OLA-2026-0004/network-availability.",
)
NOBODY_DOES_IT = Fault(
    "task-without-owner",
    Severity.WARNING,
    summary="A task has nobody who does it, or nobody who answers for its result.",
    example="responsibilities: [{task: Back up and restore data, informed: customer}]",
    remedy="Name the party for both: responsible: provider, accountable: provider.",
)
_SUPPORT = re.compile(r"[A-Z0-9][A-Z0-9-]{2,63}/[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field that names something by its key, and what there is to name."""

    path: str
    key: str | None
    noun: str
    known: Collection[str]


def unknown_keys(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find fields that name hours, outcomes, parties or targets that do not exist."""
    without: set[str] = set()  # what there is none of is said once
    for pointer in _pointers(facts):
        if pointer.key is None or pointer.key in pointer.known:
            continue
        if not pointer.known and pointer.noun in without:
            continue
        if not pointer.known:
            without.add(pointer.noun)
        meant = nearest(pointer.key, pointer.known)
        hint = f'did you mean "{meant}"?' if meant else _known(pointer)
        yield UNKNOWN.at(
            facts.place(pointer.path),
            f'"{pointer.key}" is not the key of {pointer.noun}; {hint}',
        )


def _known(pointer: Pointer) -> str:
    if not pointer.known:
        return f"there is not yet {pointer.noun} to name; add it"
    return f"there are {', '.join(sorted(pointer.known))}"


def _pointers(facts: Facts) -> Iterator[Pointer]:
    agreement = facts.agreement
    parties, hours = agreement.parties, agreement.hours
    for index, signatory in enumerate(agreement.signatories):
        path = f"/signatories/{index}/party"
        yield Pointer(path, signatory.party, "a party", parties)
    for contact in agreement.contacts:
        path = f"/contacts/{contact.key}"
        yield Pointer(f"{path}/party", contact.party, "a party", parties)
        yield Pointer(f"{path}/hours", contact.hours, "service hours", hours)
    for condition in agreement.conditions:
        path = f"/conditions/{condition.key}/owner"
        yield from _nearly_parties(path, condition.owner, facts)
    for service in agreement.services:
        yield from _pointers_of(service, facts)


def _pointers_of(service: Service, facts: Facts) -> Iterator[Pointer]:
    path, hours = f"/services/{service.key}", facts.agreement.hours
    targets = [target.key for target in service.targets]
    of_service = f'of the service "{service.key}"'
    for target in service.targets:
        yield from _pointers_of_target(f"{path}/targets/{target.key}", target, facts)
        outcome_path = f"{path}/targets/{target.key}/outcome"
        outcomes = [outcome.key for outcome in service.outcomes]
        noun = f"an outcome {of_service}"
        yield Pointer(outcome_path, target.outcome, noun, outcomes)
    if service.credits is not None:
        noun = f"a target {of_service}"
        yield Pointer(f"{path}/credits/target", service.credits.target, noun, targets)
    for site in service.sites:
        site_path = f"{path}/sites/{site.key}"
        yield Pointer(f"{site_path}/hours", site.hours, "service hours", hours)
        for key in site.targets:
            noun = f"a target {of_service}"
            yield Pointer(f"{site_path}/targets/{key}", key, noun, targets)
    yield from _pointers_of_tasks(service, facts)


def _pointers_of_tasks(service: Service, facts: Facts) -> Iterator[Pointer]:
    for index, task in enumerate(service.responsibilities):
        for name in ("responsible", "accountable", "consulted", "informed"):
            path = f"/services/{service.key}/responsibilities/{index}/{name}"
            yield from _nearly_parties(path, getattr(task, name), facts)


def _nearly_parties(path: str, named: str | None, facts: Facts) -> Iterator[Pointer]:
    """Yield what is nearly the role of a party; others may stand there in words."""
    parties = facts.agreement.parties
    for role in (named or "").split(","):
        if nearest(role.strip(), parties):
            yield Pointer(path, role.strip(), "a party", parties)


def _pointers_of_target(path: str, target: Target, facts: Facts) -> Iterator[Pointer]:
    agreement = facts.agreement
    priorities = [priority.key for priority in agreement.priorities]
    yield Pointer(f"{path}/hours", target.hours, "service hours", agreement.hours)
    yield Pointer(
        f"{path}/priority", target.priority, "an incident priority", priorities
    )
    if target.source is not None:
        source_path = f"{path}/source/party"
        yield Pointer(source_path, target.source.party, "a party", agreement.parties)


def unclear_support(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find targets whose support names no target of another agreement."""
    for service in facts.agreement.services:
        for target in service.targets:
            path = f"/services/{service.key}/targets/{target.key}/supported_by"
            for index, support in enumerate(target.supported_by):
                if not _SUPPORT.fullmatch(support):
                    yield UNCLEAR_SUPPORT.at(
                        facts.place(f"{path}/{index}"),
                        f'"{support}" does not say which target of which agreement '
                        "supports this one; write it like "
                        "OLA-2026-0004/network-availability",
                    )


def tasks_without_owner(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find tasks that nobody does, or for which nobody answers."""
    for service in facts.agreement.services:
        for index, task in enumerate(service.responsibilities):
            missing = [
                name
                for name in ("responsible", "accountable")
                if not getattr(task, name)
            ]
            if missing:
                yield NOBODY_DOES_IT.at(
                    facts.place(f"/services/{service.key}/responsibilities/{index}"),
                    f'nobody is {" or ".join(missing)} for "{task.task}"; name the '
                    "party",
                )


CHECKS = (
    Check(unknown_keys, (UNKNOWN,)),
    Check(tasks_without_owner, (NOBODY_DOES_IT,)),
    Check(unclear_support, (UNCLEAR_SUPPORT,)),
)
