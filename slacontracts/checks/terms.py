"""Checks of defined terms: undefined, unused, defined twice, late or otherwise."""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Definition, Facts, TermUse
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import (
    OPAQUE,
    sentence_around,
    term_key,
    without_owner,
)
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

# What follows a term that is being explained: "means", or "of a Service ... is".
_MEANS = re.compile(
    rf"{OPAQUE}(?: of [^.]*?)?,? (?:means?|includes?|is|are|has the meaning)\b"
)

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

CIRCULAR = Fault(
    "circular-definition",
    Severity.WARNING,
    summary="The definition of one term needs another term, whose definition needs the "
    "first; neither says what it means.",
    example='**"Incident"** means a Fault. **"Fault"** means what causes an Incident.',
    remedy="Say in ordinary words what one of the two means.",
)
LATE = Fault(
    "used-before-defined",
    Severity.INFO,
    summary="A term is used in the definitions, and is itself defined only in the "
    "middle of a later clause, where nobody looks for it.",
    example='**"Target"** means a Service Level, while clause 9 says: (a **"Service '
    'Level"**).',
    remedy="Move the definition to the definitions, or say there where it stands.",
)

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
    start, end = _extent(definition)
    return use.passage is definition.passage and start <= use.start < end


def _extent(definition: Definition) -> tuple[int, int]:
    """Return where a definition starts and ends in its passage."""
    text = definition.passage.text
    if definition.start <= 1:
        return 0, len(text)
    return sentence_around(text, definition.start)


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


def circular_definitions(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find terms whose definitions need each other."""
    needs = _needs(facts)
    reported: set[frozenset[str]] = set()
    for key in needs:
        circle = _way_back(key, needs)
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            terms = (facts.terms[step][0].term for step in (*circle, key))
            names = " needs ".join(f'"{term}"' for term in terms)
            yield CIRCULAR.at(
                facts.place_of(facts.terms[key][0]),
                f"{names} to be understood; say in ordinary words what one of them "
                "means",
            )


def _needs(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return which terms the definition of each term uses, where it is one.

    A sentence that gives a name in passing, (a **"Service Credit"**), explains by
    what the sentence orders, not by other terms; only "X means ..." is looked at.
    """
    uses_in: dict[int, list[TermUse]] = {}
    for use in facts.term_uses:
        uses_in.setdefault(id(use.passage), []).append(use)
    needs: dict[str, tuple[str, ...]] = {}
    for key, (definition, *_) in facts.terms.items():
        text = definition.passage.text
        if not _MEANS.match(text, definition.start):
            continue
        start, end = sentence_around(text, definition.start)
        used = (
            use.key
            for use in uses_in.get(id(definition.passage), ())
            if start <= use.start < end and use.key != key and use.key in facts.terms
        )
        needs[key] = tuple(dict.fromkeys(used))
    return needs


def _way_back(key: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the shortest way from a term through others back to it, or nothing."""
    ways = [[key]]
    seen = {key}
    while ways:
        way = ways.pop(0)
        for step in needs.get(way[-1], ()):
            if step == key:
                return way
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []


def late_definitions(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find terms of the definitions that are defined only in passing, later."""
    order = {clause.key: at for at, clause in enumerate(facts.document.clauses)}
    reported: set[str] = set()
    for use in facts.term_uses:
        clause = use.passage.clause
        if not clause.key.endswith("definitions") or use.key in reported:
            continue
        where = facts.terms.get(use.key, ())
        if where and all(_is_later(d, clause.key, order) for d in where):
            reported.add(use.key)
            title = where[0].passage.clause.title
            yield LATE.at(
                facts.place_of(use),
                f'"{use.phrase}" is used here and defined later, in passing, in '
                f'"{title}"; move the definition here, or refer to it',
            )


def _is_later(definition: Definition, key: str, order: dict[str, int]) -> bool:
    passage = definition.passage
    is_in_passing = not _MEANS.match(passage.text, definition.start)
    # A clause that bears the name of the term is found by it: "Service" in "Services".
    is_titled = definition.term.casefold() in passage.clause.title.casefold()
    is_later = order[passage.clause.key] > order[key]
    return is_later and is_in_passing and not is_titled


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
    """Return the words that define."""
    start, end = _extent(definition)
    return definition.passage.text[start:end]


CHECKS = (
    Check(undefined_terms, (UNDEFINED,)),
    Check(unused_terms, (UNUSED,)),
    Check(twice_defined_terms, (TWICE,)),
    Check(circular_definitions, (CIRCULAR,)),
    Check(late_definitions, (LATE,)),
    Check(redefined_terms, (REDEFINED,)),
)
