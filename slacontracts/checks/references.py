"""Checks of cross-references: to what is not there, and to the clause itself."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.text import nearest

BROKEN = Fault(
    "broken-reference",
    Severity.ERROR,
    summary="A clause refers to a clause or item that is not in this agreement.",
    example='{{ ref("termination/for-cause") }} while no item of the clause '
    '"termination" ends with [#for-cause], or while the agreement leaves that '
    "clause out.",
    remedy="Correct the name in ref(...), put the mark [#name] at the end of the "
    "item that is meant, or bring the clause into the outline. Where the clause may "
    "be left out on purpose, put the sentence that refers to it between {% if %} "
    "and {% endif %}.",
)
TO_ITSELF = Fault(
    "self-reference",
    Severity.INFO,
    summary="A clause or item refers to itself by its number.",
    example='"Nothing in clause 9 limits ..." inside clause 9.',
    remedy='Write "this clause", or refer to the item that is meant.',
)


def broken_references(document: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find references to clauses and items that the document does not have."""
    for use in facts.references:
        if use.target not in document.labels:
            yield BROKEN.at(
                facts.place_of_reference(use),
                _what_is_missing(document, facts, use.target),
            )


def _what_is_missing(document: NumberedDocument, facts: Facts, target: str) -> str:
    key, _, anchor = target.partition("/")
    if key in facts.clauses:
        title = facts.clauses[key].title
        anchors = [
            label.partition("/")[2]
            for label in document.labels
            if label.startswith(f"{key}/")
        ]
        meant = nearest(anchor, anchors)
        hint = f'did you mean "{key}/{meant}"?' if meant else "mark the item with it"
        return f'no item of "{title}" is marked [#{anchor}] in this agreement; {hint}'
    if key in facts.library.clauses:
        title = next(iter(facts.library.clauses[key].title.values()), key)
        return (
            f'the clause "{title}" ({key}) is not part of this agreement; bring it in, '
            "or take the reference out"
        )
    meant = nearest(key, [*facts.clauses, *facts.library.clauses])
    hint = f'; did you mean "{meant}"?' if meant else ""
    return f'there is no clause "{key}" to refer to{hint}'


def self_references(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find clauses and items that refer to themselves by number."""
    for use in facts.references:
        key, anchor = use.passage.clause.key, use.passage.anchor
        if use.target == key or (anchor and use.target == f"{key}/{anchor}"):
            yield TO_ITSELF.at(
                facts.place_of_reference(use),
                f'"{use.passage.clause.title}" refers to itself; write "this '
                f'{"item" if anchor and "/" in use.target else "clause"}" instead',
            )


CHECKS = (
    Check(broken_references, (BROKEN,)),
    Check(self_references, (TO_ITSELF,)),
)
