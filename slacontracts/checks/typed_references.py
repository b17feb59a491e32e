"""Wording in, references out that were typed as numbers instead of being made.

A reference to another paper - "clause 4 of the Framework Agreement", "Article 28
GDPR" - is none of them: its number is not ours.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.checks.phrases import OPAQUE
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

TYPED = Fault(
    "typed-reference",
    Severity.WARNING,
    summary="Wording refers to a clause, section, paragraph, schedule, article or "
    "annex by a number that was typed. Numbers are made by the product: a typed one "
    "points to nothing, or to something else as soon as a clause is added. References "
    "to other papers, which name them (clause 4 of the Framework Agreement), are "
    "right as they are.",
    example='"Nothing in clause 9.2 limits ..."',
    remedy='Write {{ ref("key") }} for the clause or schedule with that key, and {{ '
    'ref("key/name") }} for its item that ends with [#name]; slacontracts outline ID '
    "lists the keys. Where another paper is meant, name it after the number.",
)

_NUMBER = r"(?:\d+(?:\.\d+)*(?:\([a-z0-9]{1,4}\))*(?![\w%])|\(\d+\))"
_NOUN = "(?:sub-?)?clause|section|paragraph|schedule|article|annex|appendi(?:x|ce)"
_PLURAL = r"(?:e?s)?\s+(?:no\.?\s*)?"
# "clauses 4, 5 and clause 6 of Schedule 2" is one reference, "clause 4 and Article 28
# GDPR" are two.
_MORE = (
    rf"(?:\s*,\s*|\s*,?\s+(?:and|or|to)\s+|\s*[-\u2013]\s*)"
    rf"(?:(?P=noun){_PLURAL})?{_NUMBER}"
)
_OF_A_PART = rf"\s+(?:of|in|to)\s+(?:{_NOUN}){_PLURAL}{_NUMBER}"
_ENGLISH = re.compile(
    rf"(?<![\w-])(?P<noun>{_NOUN}){_PLURAL}{_NUMBER}(?:{_MORE}|{_OF_A_PART})*", re.I
)
_LAW = (
    r"(?:Acts?|Law|Laws|Regulations?|Directive|Code|Convention|Treaty|Agreement|"
    r"Contract|Terms|Rules|Policy|Standard|Decree|Order|Statutes?|Ordinance|"
    r"Constitution|Charter|Clauses|GDPR|ISO(?:/IEC)?|[A-Z]{3,})"
)
_OURS = r"(?:this|these|the (?:present )?Agreement\b|the (?:Schedules?|Annex)\b|each\b)"
_OF_ANOTHER = re.compile(
    rf"\s*,?\s*(?:of|de)\s+(?!{_OURS})\S"
    rf"|\s+(?:to|in|under|from)\s+(?!{_OURS})(?:[A-Za-z]+\s+){{0,6}}{_LAW}\b"
    rf"|\s*\(?(?:[A-Z][\w/-]*\s+){{0,5}}{_LAW}\b"
)
_AFTER_ANOTHER = re.compile(
    rf"(?<!this )(?!(?<=the )Agreement)\b{_LAW}"
    r"(?:\s+(?:No\.?\s*)?[\d/().-]+|\s+\([^()]*\))*"
    r"\s*[,:(]?\s*(?:in|under|its)?\s*$"
)
_NOUN_AR = (
    r"(?<!\w)[وف]?(?:بال|كال|ال|لل)?(?:بند|بنود|بندين|مادة|مادتين|مواد|ملحق|ملاحق|"
    r"فقرة|فقرات|قسم|جدول)\s+(?:رقم\s+)?"
)
_NUMBER_AR = r"\(?\d+(?:[./-]\d+)*\)?"
_ARABIC = re.compile(
    rf"{_NOUN_AR}{_NUMBER_AR}(?:\s+(?:من\s+|أو\s+)?{_NOUN_AR}{_NUMBER_AR})*"
)
_OF_ANOTHER_AR = re.compile(r"\s*من\s+(?!هذا|هذه|الاتفاقية(?!\s+ال))\S")


def typed_references(document: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find references of wording to clauses and schedules by a typed number."""
    keys: dict[str, str] | None = None
    for passage in facts.passages:
        if passage.is_cell:
            continue
        for said in typed_references_in(passage.text):
            if keys is None:
                keys = {label: key for key, label in document.labels.items()}
            yield TYPED.at(
                facts.find(passage.clause, said),
                f'"{said}" is a typed number, and numbers change; write {{{{ '
                f'ref("{_key(said, keys)}") }}}} instead, or name the paper that is '
                "meant if it is another",
            )


def _key(said: str, keys: dict[str, str]) -> str:
    """Return what has this number now, where that can be said."""
    number = said.split()[-1].strip("()")
    is_schedule = said.casefold().startswith("schedule")
    label = f"Schedule {number}" if is_schedule else number
    is_one = len(re.findall(_NUMBER, said)) == 1
    return keys.get(label, "KEY") if is_one else "KEY"


@lru_cache(maxsize=16384)
def typed_references_in(text: str) -> tuple[str, ...]:
    """Return the typed references of a passage to its own agreement, as written.

    >>> typed_references_in("under clause 9.2 and Article 28 GDPR")
    ('clause 9.2',)
    """
    if not re.search(r"\d", text):
        return ()
    text = text.replace(OPAQUE, "\N{WHITE SQUARE}")
    english = (
        found[0]
        for found in _ENGLISH.finditer(text)
        if not _OF_ANOTHER.match(text, found.end())
        and not _AFTER_ANOTHER.search(text[: found.start()])
    )
    arabic = (
        found[0]
        for found in _ARABIC.finditer(text)
        if not _OF_ANOTHER_AR.match(text, found.end())
    )
    return tuple(dict.fromkeys((*english, *arabic)))


CHECKS = (Check(typed_references, (TYPED,)),)
