"""Lives of agreements, from key facts as a person could have typed them."""

from datetime import date
from textwrap import dedent

from slacontracts.deadlines.facts_file import read_facts
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, SignedText, Termination
from slacontracts.source.yaml_text import read_yaml

PARTIES = """\
title: Managed Hosting
parties:
  provider: {legal_name: Northwind Hosting Ltd, country: IE, notices: {email: legal@northwind.example}}
  customer: {legal_name: Contoso Retail LLC, country: AE, notices: {email: legal@contoso.example}}
"""
HOSTING = """\
effective: {on: 2026-12-01}
term: {initial: P36M, renewal: automatic, renewal_period: P12M, notice: P90D}
notices_rules: {courier_days: "2", opens: "09:00", closes: "17:00"}
services: {web-hosting: Web Hosting}
"""


def facts(text: str = HOSTING, parties: str = PARTIES) -> KeyFacts:
    """Return the key facts that a text states, with two parties unless it names them."""
    found, findings = read_facts(parties + dedent(text), "facts.yaml")
    assert found is not None, [finding.message for finding in findings]
    return found


def amended(text: str = HOSTING, parties: str = PARTIES) -> KeyFacts:
    """Return the key facts of an agreement that an amendment is open for."""
    source, findings = read_yaml(parties + dedent(text), "facts.yaml")
    assert source is not None, findings
    return KeyFacts.model_validate(source.data)


def day(text: str) -> date:
    """Return a day written 2026-12-01."""
    return date.fromisoformat(text)


def signed(
    stated: KeyFacts,
    on: str = "2026-11-20",
    effective: str | None = None,
    as_: str = "original",
) -> SignedText:
    """Return a text that was signed on a day."""
    return SignedText(as_, day(on), day(effective) if effective else None, stated)


def life(*texts: SignedText, **fields: object) -> Life:
    """Return the life of an agreement; without texts, of one on hosting."""
    signed_texts = texts or (signed(facts()),)
    return Life("SLA-1", "contoso-retail", signed_texts, **fields)  # type: ignore[arg-type]


def notice_to_end(
    on: str, received: str, ground: str = "agreed", service: str | None = None
) -> Termination:
    """Return a notice that ends an agreement on a day."""
    return Termination(day(on), ground, day(received), service)
