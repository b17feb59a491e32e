"""A document's printed values and wording in, what only holds a place in them out."""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import OPAQUE
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

PLACEHOLDER = Fault(
    "placeholder-text",
    Severity.WARNING,
    summary="Something that is printed only holds the place of what nobody knew when "
    "it was typed: TBD, TODO, N.N., xxx, ???, to be confirmed, lorem ipsum. A signed "
    "agreement would say just that, so no execution version is made with it.",
    example='signatories: [{party: customer, name: "TBD"}]',
    remedy="Write what is meant, or leave the value empty: it then shows as [●], and "
    "no execution version is made without it.",
)

# A whole value that says nothing, and words that say nothing wherever they stand.
_WHOLE = re.compile(
    r"n\. ?n\.?|t\.?b\.?[acd]\.?|to ?do|x{2,}|y{3,}|[?.…–—-]+|_{2,}|dummy|foo|"
    r"none|null|n/a|n\.a\.|<[^<>]*>|(?:customer|company|party|provider|supplier) name|"
    r"(?:to be|yet to be|still to be) (?:agreed|advised|defined|determined|provided)|"
    r"(?:not (?:yet )?|un)known|name|placeholder|"
    r"(?:قيد التحديد|يحدد لاحقا|يُحدد لاحقًا|يحدد لاحقاً)",
    re.I,
)
_ANYWHERE = re.compile(
    r"\b(?:TB[ACD]|TODO|FIXME|X{3,}|x{3,})\b|\?{2,}|"
    r"\b(?i:to be confirmed|to be completed|lorem ipsum)\b|●|"
    r"\[(?i:insert|name|date|amount|address|customer|company|party|provider|supplier)"
    r"\b[^\]]*\]|_{4,}"
)


def placeholder_in(text: str) -> str | None:
    """Return the part of a text that only holds a place, or None.

    >>> placeholder_in("Fee: TBD"), placeholder_in("n.n."), placeholder_in("Ann Bo")
    ('TBD', 'n.n.', None)
    """
    whole = text.strip()
    if _WHOLE.fullmatch(whole):
        return whole
    found = _ANYWHERE.search(text)
    return found[0] if found else None


def names_nobody(name: str) -> bool:
    """Tell whether what stands for a person's name names nobody."""
    letters = sum(char.isalpha() for char in name)
    return letters < 2 or placeholder_in(name) is not None


def placeholders(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find printed values, signatories and wording that only hold a place."""
    printed = {use.value.path: use.value.text for use in facts.values}
    for signature in facts.document.signatures:
        path = f"/signatories/{signature.number - 1}"
        printed[f"{path}/title"] = signature.title
        if signature.name and names_nobody(signature.name):
            yield _finding(facts, f"{path}/name", signature.name)
    for path, text in printed.items():
        found = placeholder_in(text)
        if found:
            yield _finding(facts, path, found)
    for passage in facts.passages:
        wording = _ANYWHERE.search(passage.text.replace(OPAQUE, "\N{WHITE SQUARE}"))
        if wording and not passage.is_cell:
            yield PLACEHOLDER.at(
                facts.find(passage.clause, wording[0]),
                f'"{wording[0]}" only holds a place; write what is meant',
            )


def _finding(facts: Facts, path: str, said: str) -> Finding:
    return PLACEHOLDER.at(
        facts.place(path),
        f'"{said}" at {path} only holds a place; write what is meant: '
        f"{facts.set_command(f'{path}=VALUE')}",
    )


CHECKS = (Check(placeholders, (PLACEHOLDER,)),)
