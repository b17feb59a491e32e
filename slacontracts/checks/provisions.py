"""Checks of provisions: missing ones, and those that do not belong in an agreement."""

import re
from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity

NO_VARIATION = Fault(
    "no-variation-clause",
    Severity.WARNING,
    summary="Nothing says how the agreement is changed, so that it may be changed by a "
    "telephone call, or each side claims that it was.",
    example="An outline without the clause on variation, and no framework agreement.",
    remedy="Add the clause: {add: variation}.",
)
NO_REVIEW = Fault(
    "no-review",
    Severity.WARNING,
    summary="Nothing says how often the agreement is reviewed. Targets that nobody "
    "reviews stay as they are while the business changes.",
    example="An agreement without review: {every: P12M}.",
    remedy="Add the interval: review: {every: P12M}.",
)
NO_REVIEW_DATE = Fault(
    "no-review-date",
    Severity.INFO,
    summary="The agreement is reviewed at intervals, but the day of the next review is "
    "not set.",
    example="review: {every: P12M} without next.",
    remedy="Set the latest day of the first review: review: {next: 2027-11-01}.",
)
NOT_FOR_DEPARTMENTS = Fault(
    "contract-clause-between-departments",
    Severity.ERROR,
    summary="An agreement between departments of one company has a clause on "
    "liability, indemnity, governing law or disputes before courts. A company cannot "
    "sue itself; such a clause makes the paper look like a contract.",
    example="kind: ola with the clause limitation-of-liability.",
    remedy="Take the clause, or the value, out; departments escalate.",
)
ENGLISH_PREVAILS = Fault(
    "english-before-onshore-courts",
    Severity.WARNING,
    summary="English is to prevail, but courts are chosen that work in Arabic and may "
    "go by the Arabic text alone: onshore courts of the Emirates or of Saudi Arabia. "
    "The courts of the Dubai International Financial Centre and of the Abu Dhabi "
    "Global Market work in English.",
    example="prevailing: en with forum: {kind: courts, where: Abu Dhabi}.",
    remedy="Let Arabic prevail and have the Arabic text checked by a lawyer, or choose "
    "another forum.",
)
EARLY_EFFECT = Fault(
    "effective-date-past",
    Severity.INFO,
    summary="The effective date has passed and no reason for an early effect is given. "
    "If the agreement is signed only now, it reaches back, and the paper should say "
    "why.",
    example="effective: {on: 2026-11-01}, checked on 23 November 2026.",
    remedy="Set a later date, or give the reason (effective: {reason: ...}) and have "
    "legal approve it. Nothing is to be done when the agreement is signed already.",
)

_FOREIGN_TO_DEPARTMENTS = re.compile(
    r"(?:^|-)(?:liability|indemnit\w*|indemnification|arbitration|jurisdiction|courts)"
    r"(?:-|$)|^governing-law$|^dispute-resolution$"
)
_CHANGES = re.compile(r"\b(?:variation|amendments?|changes to this agreement)\b", re.I)
_ONSHORE = re.compile(
    r"\b(?:emirates?|uae|u\.a\.e|abu dhabi|dubai|sharjah|ajman|fujairah|"
    r"umm al[- ]quwain|ras al[- ]khaimah|saudi|ksa|riyadh|jeddah|dammam|khobar|mecca|"
    r"makkah|medina|madinah)\b",
    re.I,
)
_OFFSHORE = re.compile(
    r"\b(?:difc|adgm|international financial cent(?:re|er)|global market)\b", re.I
)


def missing_variation(document: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find contracts that do not say how they are changed."""
    if not facts.is_contract or facts.agreement.master is not None:
        return  # a framework agreement says it for all under it
    for clause in document.document.clauses:
        if clause.key == "variation" or _CHANGES.search(clause.title):
            return
    yield NO_VARIATION.at(
        facts.place("/template"),
        "no clause says how this agreement is changed; add the clause on variation",
    )


def missing_review(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find agreements that are never reviewed, or not by a date."""
    review = facts.agreement.review
    if review is None or review.every is None:
        yield NO_REVIEW.at(
            facts.place("/review"),
            "nothing says how often this agreement is reviewed; decide it: "
            + facts.set_command("/review/every=P12M"),
        )
    elif review.next is None:
        yield NO_REVIEW_DATE.at(
            facts.place("/review"),
            "the day of the next review is not set; set it: "
            + facts.set_command("/review/next=DATE"),
        )


def contract_clauses_between_departments(
    document: NumberedDocument, facts: Facts
) -> Iterator[Finding]:
    """Find clauses on liability, indemnity, law or courts between departments."""
    if facts.is_contract:
        return
    for clause in document.document.clauses:
        if _FOREIGN_TO_DEPARTMENTS.search(clause.key):
            yield NOT_FOR_DEPARTMENTS.at(
                clause.origin.text,
                f'"{clause.title}" ({clause.key}) does not belong in an agreement '
                "between departments; take it out",
            )
    if facts.agreement.governing_law is not None:
        yield NOT_FOR_DEPARTMENTS.at(
            facts.place("/governing_law"),
            "departments of one company need no governing law; delete governing_law",
        )


def prevailing_english(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find English that is to prevail before courts that work in Arabic."""
    law = facts.agreement.governing_law
    forum = law.forum if law else None
    if facts.agreement.prevailing != "en" or forum is None or forum.kind != "courts":
        return
    where = forum.where or (law.law if law else None) or ""
    if _ONSHORE.search(where) and not _OFFSHORE.search(where):
        yield ENGLISH_PREVAILS.at(
            facts.place("/prevailing"),
            f"English is to prevail, but the courts of {where} work in Arabic and may "
            "go by the Arabic text alone; let Arabic prevail, or choose another forum",
        )


def early_effect(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find effective dates that have passed and for which no reason is given."""
    effective, today = facts.agreement.effective, facts.surroundings.today
    if effective is None or today is None or effective.reason:
        return
    # The dates of signature are not known here; they stand in the register.
    if not isinstance(effective.on, str) and effective.on and effective.on < today:
        yield EARLY_EFFECT.at(
            facts.place("/effective/on"),
            "the effective date has passed; unless the agreement is signed already, "
            "set a later one, or give the reason why it reaches back",
        )


CHECKS = (
    Check(missing_variation, (NO_VARIATION,)),
    Check(missing_review, (NO_REVIEW, NO_REVIEW_DATE)),
    Check(contract_clauses_between_departments, (NOT_FOR_DEPARTMENTS,)),
    Check(prevailing_english, (ENGLISH_PREVAILS,)),
    Check(early_effect, (EARLY_EFFECT,)),
)
