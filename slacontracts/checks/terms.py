"""Checks of defined terms: used but not defined, defined but not used, or twice."""

from collections.abc import Iterator

from slacontracts.checks.facts import Definition, Facts, TermUse
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import sentence_around, term_key, without_owner
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

UNDEFINED = Fault(
    "undefined-term",
    Severity.ERROR,
    summary="A word is written with a capital like a defined term, but no clause "
    "defines it, so that the parties can argue about what it means.",
    example='"The Provider issues a Credit Note." while nothing says what a Credit '
    "Note is.",
    remedy='Define it where it is first needed (**"Credit Note"**), use the term '
    "that is defined already, or write it in lower case.",
)
UNUSED = Fault(
    "unused-term",
    Severity.WARNING,
    summary="A term is defined and then used nowhere, which makes readers look for a "
    "rule that is not there.",
    example='**"Business Day"** means a day other than a weekend or holiday - and no '
    "clause counts in Business Days.",
    remedy="Delete the definition, or use the term where it was meant to be used.",
)
TWICE = Fault(
    "twice-defined-term",
    Severity.ERROR,
    summary="The same term is defined in two places, which may come to mean two "
    "things.",
    example='**"Fees"** in the definitions, and **"Fees"** again in the charges '
    "schedule.",
    remedy="Keep one definition and delete the other; where two things are meant, give "
    "one of them another name.",
)


def undefined_terms(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find phrases that look like defined terms and that no clause defines."""
    if facts.document.language != "en":  # Arabic has no capitals to tell terms by
        return
    by_key: dict[str, list[TermUse]] = {}
    for use in facts.unknown_phrases:
        by_key.setdefault(term_key(use.phrase.split()), []).append(use)
    for uses in by_key.values():
        phrase = without_owner(uses[0].phrase)
        times = f" ({len(uses)} times)" if len(uses) > 1 else ""
        yield UNDEFINED.at(
            facts.place_of(uses[0]),
            f'"{phrase}" is used{times} like a defined term but never defined; define '
            "it, or write it in lower case",
        )


def unused_terms(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find definitions that nothing outside the definition uses."""
    if facts.document.language != "en":  # Arabic joins its articles to the terms
        return
    uses: dict[str, list[TermUse]] = {}
    for use in facts.term_uses:
        uses.setdefault(use.key, []).append(use)
    for key, definitions in facts.terms.items():
        used = any(
            all(not _defines(definition, use) for definition in definitions)
            for use in uses.get(key, ())
        )
        # Whoever fills in data does not write terms with capitals.
        if not used and key.casefold() not in facts.data_as_printed:
            yield UNUSED.at(
                facts.place_of(definitions[0]),
                f'"{definitions[0].term}" is defined but used nowhere; delete the '
                "definition, or use the term",
            )


def _defines(definition: Definition, use: TermUse) -> bool:
    """Tell whether a use is part of the definition itself.

    A definition that opens its passage takes up the whole of it, any other the
    sentence in which it stands.
    """
    if use.passage is not definition.passage:
        return False
    if definition.start <= 1:
        return True
    start, end = sentence_around(definition.passage.text, definition.start)
    return start <= use.start < end


def twice_defined_terms(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find terms that are defined in more than one place."""
    first: dict[str, Definition] = {}
    for definition in facts.definitions:
        earlier = first.setdefault(definition.term.casefold(), definition)
        if earlier is definition:
            continue
        title, place = earlier.passage.clause.title, facts.place_of(earlier)
        yield TWICE.at(
            facts.place_of(definition),
            f'"{definition.term}" is defined here and in "{title}" ({place}); keep one '
            "of the two definitions",
        )


CHECKS = (
    Check(undefined_terms, (UNDEFINED,)),
    Check(unused_terms, (UNUSED,)),
    Check(twice_defined_terms, (TWICE,)),
)
