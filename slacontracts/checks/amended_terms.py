"""The check of an open amendment: defined terms to which it gives another meaning."""

from collections.abc import Iterator

from slacontracts.checks.facts import Definition, Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import sentence_around
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

REDEFINED = Fault(
    "redefined-term",
    Severity.WARNING,
    summary="An open amendment gives a defined term another meaning. Every clause that "
    "uses the term changes with it, also those that the amendment does not mention.",
    example='**"Business Day"** meant a day other than a weekend; the amendment, in '
    "wording of its own, adds public holidays, and all periods get longer.",
    remedy="Take a new term for the new meaning, or look at every clause that uses the "
    "term, and say in the reason of the amendment that its meaning changes.",
)


def redefined_terms(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find terms that were defined in other words before the open amendment."""
    before = facts.surroundings.before_amendment
    if before is None or facts.agreement.amendment is None:
        return
    earlier = Facts(before, facts.library, facts.place, facts.surroundings).terms
    for key, (definition, *_rest) in facts.terms.items():
        known = earlier.get(key)
        if known is None or _meaning(known[0]) == _meaning(definition):
            continue
        users = {use.passage.clause.title for use in facts.term_uses if use.key == key}
        count = len(users - {definition.passage.clause.title})
        others = f"{count} other clause{'s' if count != 1 else ''}"
        yield REDEFINED.at(
            facts.place_of(definition),
            f'the amendment changes the meaning of "{definition.term}", which {others} '
            "use; take a new term for it, or look at them all",
        )


def _meaning(definition: Definition) -> str:
    """Return the words that define: the passage, or the sentence with the term."""
    text = definition.passage.text
    if definition.start <= 1:
        return text
    start, end = sentence_around(text, definition.start)
    return text[start:end]


CHECKS = (Check(redefined_terms, (REDEFINED,)),)
