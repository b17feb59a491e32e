"""Checks of wording: repeated figures, typed numbers, lost subjects, long sentences."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from slacontracts.checks.facts import Facts, Passage
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import OPAQUE, sentence_around
from slacontracts.model.amounts import Duration
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.paths import walk_leaves
from slacontracts.text import words_of

REPEATED = Fault(
    "repeated-figure",
    Severity.WARNING,
    summary="Wording repeats a figure that stands in the data. When the figure is "
    "negotiated, the wording stays behind, and the agreement says two things.",
    example='"Availability must be at least 99.9 %" while the target is 99.9.',
    remedy="Print the value instead of typing it ({{ credits.claim_days | days }}), or "
    "refer to the clause or schedule that states it. Leave it where the two only "
    "happen to be the same.",
)
TYPED_NUMBER = Fault(
    "typed-number",
    Severity.WARNING,
    summary="A heading or paragraph begins with a number that was typed. Numbers are "
    "made by the product: a typed one stands beside the true one and goes wrong with "
    "the next clause that is added.",
    example='title: {en: "4. Term"}',
    remedy="Delete the typed number; refer to a clause with ref().",
)
NO_SUBJECT = Fault(
    "obligation-without-subject",
    Severity.INFO,
    summary="Something must be done and the sentence does not say by whom, so that "
    "each party can point at the other.",
    example='"Reports shall be provided monthly."',
    remedy="Say who must do it: the Provider must send the reports every month.",
)
LONG = Fault(
    "long-sentence",
    Severity.INFO,
    summary="A sentence has more than 60 words, which few readers take in at once.",
    example="A sentence that defines, limits, excepts and refers, all before its full "
    "stop.",
    remedy="Cut it in two, or make a list of its parts.",
)

MOST_WORDS = 60
_UNITS = {"%": "percent", "percent": "percent", "per cent": "percent"}
_FIGURE = re.compile(
    r"(?<![\w.,:/])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[ \u00a0-]?"
    r"(%|percent\b|per cent\b|(?:business day|day|hour|minute|month|year)s?\b)"
)
_NUMBERED = re.compile(
    r"\s*(?:\d+(?:\.\d+)*[.)]\s|\d+\.\d+\s|\(?[a-z]\)\s|\([ivx]+\)\s|\(\d+\)\s|"
    r"(?:clause|article|section|schedule|annex|appendix)\s+\d+\b)",
    re.I,
)
_PARTICIPLES = (
    r"\w{2,}ed|told|sent|heard|bound|made|paid|given|kept|done|held|met|put|brought|"
    r"begun|borne|built|chosen|drawn|found|known|laid|read|seen|set|shown|taken|"
    r"understood|withheld|written"
)
_PASSIVE = re.compile(rf"\b(?:shall|must)(?: not)? be (?:{_PARTICIPLES})\b")
_SENTENCE = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?][\"'”’)\]]*\s+")


def repeated_figures(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find figures in wording that stand in the data with the same unit."""
    known: Mapping[tuple[Decimal, str], list[str]] | None = None
    for passage in facts.passages:
        if passage.is_cell:
            continue
        for said, number, unit in figures_in(passage.text):
            known = _figures_of(facts) if known is None else known
            addresses = known.get((number, unit), [])
            if addresses:
                more = " and others" if len(addresses) > 2 else ""
                yield REPEATED.at(
                    facts.find(passage.clause, said),
                    f'"{said}" is typed here and stands in the data at '
                    f"{', '.join(addresses[:2])}{more}; print the value, or refer to "
                    "it, unless the two only happen to be the same",
                )


@lru_cache(maxsize=16384)
def figures_in(text: str) -> tuple[tuple[str, Decimal, str], ...]:
    """Return (as written, number, unit) of each figure with a unit in a passage."""
    return tuple(
        (found[0], Decimal(found[1].replace(",", "")), _unit(found[2]))
        for found in _FIGURE.finditer(text)
    )


def _unit(word: str) -> str:
    return _UNITS.get(word) or word.removesuffix("s").removeprefix("business ")


def _figures_of(facts: Facts) -> Mapping[tuple[Decimal, str], list[str]]:
    """Return the addresses of the data's figures, by number and unit."""
    found: dict[tuple[Decimal, str], list[str]] = {}
    for path, value in walk_leaves(facts.data):
        for number, unit in _figures_at(path, value, facts):
            found.setdefault((number, unit), []).append(path)
    return found


def _figures_at(
    path: str, value: object, facts: Facts
) -> Iterator[tuple[Decimal, str]]:
    if isinstance(value, Duration):
        for unit in ("year", "month", "day", "hour", "minute"):
            number = getattr(value, f"{unit}s")
            if number:
                yield Decimal(number), unit
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        rule = facts.library.values.get(path)
        if rule is not None and (rule.unit or rule.type == "percent"):
            yield Decimal(value), _unit(rule.unit or "percent")
        elif path.endswith(("/target", "/below", "/credit", "/warn_at")):
            yield Decimal(value), "percent"


def typed_numbers(document: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find headings and paragraphs that begin with a typed number."""
    title = facts.agreement.title
    if title and _NUMBERED.match(title):
        yield TYPED_NUMBER.at(facts.place("/title"), _typed(title))
    for clause in document.document.clauses:
        if _NUMBERED.match(clause.title):
            folder = f"clauses/{clause.key}/clause.yaml"
            yield TYPED_NUMBER.at(Origin(folder), _typed(clause.title))
    for passage in facts.passages:
        if not passage.is_cell and _NUMBERED.match(passage.text):
            yield TYPED_NUMBER.at(
                facts.find(passage.clause, passage.text.partition(OPAQUE)[0][:40]),
                _typed(passage.text),
            )


def _typed(text: str) -> str:
    return (
        f'"{text[:30].replace(OPAQUE, "...").strip()}" begins with a typed number; '
        "delete it, numbers are made when the agreement is composed"
    )


def obligations_without_subject(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find sentences in which something must be done by nobody."""
    for passage in facts.passages:
        if passage.is_cell:
            continue
        for said in passive_obligations(passage.text):
            yield NO_SUBJECT.at(
                facts.find(passage.clause, said),
                f'"{said}" does not say by whom; name the party that must do it',
            )


@lru_cache(maxsize=16384)
def passive_obligations(text: str) -> tuple[str, ...]:
    """Return the obligations of a passage whose sentence names nobody."""
    found = []
    for passive in _PASSIVE.finditer(text):
        _, end = sentence_around(text, passive.start())
        if " by " not in text[passive.end() - 1 : end]:
            found.append(passive[0])
    return tuple(found)


def long_sentences(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find sentences of more than sixty words."""
    for passage in facts.passages:
        if not passage.is_cell and len(passage.text) > MOST_WORDS * 2:
            for opening, count in long_sentences_in(passage.text):
                yield LONG.at(
                    _place(facts, passage, opening),
                    f"this sentence has {count} words; cut it in two, or make a list "
                    "of its parts",
                )


@lru_cache(maxsize=16384)
def long_sentences_in(text: str) -> tuple[tuple[str, int], ...]:
    """Return (first words, number of words) of each sentence that is too long."""
    found = []
    for sentence in _SENTENCE.split(text):
        count = len(words_of(sentence.replace(OPAQUE, " x ")))
        if count > MOST_WORDS:
            found.append((sentence, count))
    return tuple(found)


def _place(facts: Facts, passage: Passage, sentence: str) -> Origin:
    """Return where a sentence begins: where its first fixed words stand."""
    fixed = next((part for part in sentence.split(OPAQUE) if part.strip()), "")
    return facts.find(passage.clause, " ".join(fixed.split()[:6]))


CHECKS = (
    Check(repeated_figures, (REPEATED,)),
    Check(typed_numbers, (TYPED_NUMBER,)),
    Check(obligations_without_subject, (NO_SUBJECT,)),
    Check(long_sentences, (LONG,)),
)
