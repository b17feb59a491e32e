"""Checks of facts that can hardly be meant: one company twice, no price, a law."""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.targets import name_of
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

SAME_PARTY = Fault(
    "same-legal-name",
    Severity.ERROR,
    summary="Two parties have the same legal name. Nobody can make an agreement with "
    "himself.",
    example="parties: {provider: {legal_name: Northwind Hosting Ltd}, customer: "
    "{legal_name: Northwind Hosting Ltd}}",
    remedy="Correct the name of one of them. Departments are named as such: Network "
    "Operations of Northwind Hosting Ltd.",
)
NO_PRICE = Fault(
    "price-of-zero",
    Severity.WARNING,
    summary="A service costs 0, and nothing says that it is meant to be free. Credits "
    "and caps that are a share of the price come to nothing, too.",
    example='price: {model: monthly, amount: "0.00", currency: EUR}',
    remedy="Correct the price, or say why it is 0: price: {includes: free of charge "
    "until the end of the pilot, ...}.",
)
LAW = Fault(
    "governing-law-adjective",
    Severity.WARNING,
    summary="The governing law is written as a law, while the clause prints the name "
    'of a country or territory: "the law in force in Irish law".',
    example="governing_law: {law: Irish law}",
    remedy="Write the country or territory alone: governing_law: {law: Ireland}.",
)

_A_LAW = re.compile(
    r".*\blaws?|(?:the )?laws? (?:in force )?(?:of|in)\b.*|(?:قانون|قوانين|نظام)\s.*",
    re.I,
)


def same_legal_names(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find parties that have the legal name of another party."""
    first: dict[str, str] = {}
    for role, party in facts.agreement.parties.items():
        name = " ".join((party.legal_name or "").casefold().split())
        other = first.setdefault(name, role)
        if name and other != role:
            yield SAME_PARTY.at(
                facts.place(f"/parties/{role}/legal_name"),
                f'"{role}" and "{other}" are both "{party.legal_name}"; correct the '
                f"one that is wrong: "
                f"{facts.set_command(f'/parties/{role}/legal_name=NAME')}",
            )


def prices_of_zero(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find services that cost 0 without a word on why."""
    for service in facts.agreement.services:
        price, path = service.price, f"/services/{service.key}/price"
        if price is not None and price.amount == 0 and not price.includes:
            yield NO_PRICE.at(
                facts.place(f"{path}/amount"),
                f"{name_of(service)} costs 0; correct the price, or say why: "
                f"{facts.set_command(f'{path}/includes=free of charge')}",
            )


def laws_as_adjectives(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find a governing law that is named as a law, not by its territory."""
    governing = facts.agreement.governing_law
    law = (governing.law if governing else None) or ""
    if _A_LAW.fullmatch(law.strip()):
        yield LAW.at(
            facts.place("/governing_law/law"),
            f'"{law}" prints as "the law in force in {law}"; name the country or '
            f"territory: {facts.set_command('/governing_law/law=COUNTRY')}",
        )


CHECKS = (
    Check(same_legal_names, (SAME_PARTY,)),
    Check(prices_of_zero, (NO_PRICE,)),
    Check(laws_as_adjectives, (LAW,)),
)
