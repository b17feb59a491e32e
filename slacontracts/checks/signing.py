"""Checks of who signs: nobody, without authority, beyond it, or after it has ended."""

from collections.abc import Iterator
from datetime import date

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.formats import write
from slacontracts.model.agreement import Limit, Signatory
from slacontracts.model.amounts import Money
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.service_levels.price import TermValue, value_over_term

NOBODY = Fault(
    "party-without-signatory",
    Severity.ERROR,
    summary="Nobody signs for a party (or acknowledges for a department), so that it "
    "is not bound.",
    example="signatories: [{party: provider, ...}] and nobody for the customer.",
    remedy="Add who signs for it: signatories: [{party: customer, name: ..., title: "
    "...}].",
)
ALONE = Fault(
    "joint-signatory-alone",
    Severity.ERROR,
    summary="Somebody may sign for a party only together with another person, and no "
    "other person signs for it.",
    example="rule: jointly with one signatory for that party.",
    remedy="Add the second signatory, or correct the rule after a look at the company "
    "register.",
)
NO_BASIS = Fault(
    "no-authority",
    Severity.WARNING,
    summary="Nothing says why a person may sign for a party. If the person may not, "
    "the party is not bound.",
    example="signatories: [{party: customer, name: Omar Al Mansouri}]",
    remedy="Ask for the evidence and name it: authority: {basis: power of attorney of "
    "3 March 2026}.",
)
OVER_LIMIT = Fault(
    "authority-limit-exceeded",
    Severity.ERROR,
    summary="The agreement is worth more over its initial term than a signatory may "
    "sign for.",
    example="limit: {amount: 100000.00, currency: EUR}; EUR 4,500.00 a month for 36 "
    "months come to EUR 162,000.00.",
    remedy="Have somebody sign whose authority reaches further, or ask for a "
    "resolution that covers this agreement.",
)
NOT_COMPARABLE = Fault(
    "authority-limit-unclear",
    Severity.WARNING,
    summary="A signatory may sign up to a sum, but what the agreement is worth cannot "
    "be held against it: the currency is another, the price depends on the number of "
    "users, or the term has no end.",
    example="A limit in EUR for an agreement that is priced in SAR.",
    remedy="Have the limit confirmed in the currency of the agreement, or name a basis "
    "without a limit.",
)
NO_ARBITRATION = Fault(
    "arbitration-not-authorised",
    Severity.ERROR,
    summary="Disputes go to arbitration, and a signatory has no power to agree to "
    "that. In several countries the award can then be set aside.",
    example='forum: {kind: arbitration} and may_arbitrate: "no".',
    remedy="Obtain a power that names arbitration expressly, let somebody else sign, "
    "or choose courts.",
)
SILENT = Fault(
    "arbitration-authority-unknown",
    Severity.WARNING,
    summary="Disputes go to arbitration, and nothing says whether a signatory may "
    "agree to that. Some laws ask for an express power.",
    example="forum: {kind: arbitration} and an authority without may_arbitrate.",
    remedy='Read the power or resolution and write may_arbitrate: "yes" or "no".',
)
ENDED = Fault(
    "authority-ended",
    Severity.WARNING,
    summary="The agreement takes effect when it is signed, and a signatory's authority "
    "has ended already.",
    example="effective: last-signature and authority: {until: 2026-06-30}, in "
    "November 2026.",
    remedy="Obtain a new power, or let somebody else sign.",
)


def _who(signatory: Signatory) -> str:
    return signatory.name or f'the signatory of "{signatory.party}"'


def parties_without_signatory(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find parties for which nobody signs, or one where two must."""
    agreement = facts.agreement
    signs = "signs" if facts.is_contract else "acknowledges"
    for role in agreement.parties:
        of_party = [s for s in agreement.signatories if s.party == role]
        if not of_party:
            yield NOBODY.at(
                facts.place(f"/parties/{role}"),
                f'nobody {signs} for "{role}"; add who does: '
                + facts.set_command(
                    f"/signatories/+={{party: {role}, name: NAME, title: TITLE}}"
                ),
            )
        elif len(of_party) == 1 and of_party[0].rule == "jointly":
            index = agreement.signatories.index(of_party[0])
            yield ALONE.at(
                facts.place(f"/signatories/{index}/rule"),
                f'{_who(of_party[0])} signs for "{role}" jointly, but nobody else '
                "does; add the second signatory, or correct the rule",
            )


def wrong_authority(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find signatories of contracts without authority, or beyond its limit or end."""
    if not facts.is_contract:
        return
    agreement = facts.agreement
    term = agreement.term.initial if agreement.term else None
    value = value_over_term((s.price for s in agreement.services), term)
    on = agreement.effective.on if agreement.effective else None
    today = None if isinstance(on, date) else facts.surroundings.today
    for index, signatory in enumerate(agreement.signatories):
        path, authority = f"/signatories/{index}", signatory.authority
        if authority is None or not authority.basis:
            yield NO_BASIS.at(
                facts.place(f"{path}/authority"),
                f"nothing says why {_who(signatory)} may sign; ask for the evidence, "
                "and name it: "
                + facts.set_command(f"{path}/authority/basis=company register"),
            )
        if authority is None:
            continue
        place = facts.place(f"{path}/authority/until")
        if today and authority.until and authority.until < today:
            yield ENDED.at(
                place,
                f"the authority of {_who(signatory)} ended on "
                f"{write('date', authority.until, 'en')}; obtain a new one",
            )
        if authority.limit is not None and value is not None:
            finding = _beyond(authority.limit, value, signatory)
            if finding is not None:
                fault, message = finding
                yield fault.at(facts.place(f"{path}/authority/limit"), message)


def _beyond(
    limit: Limit, value: TermValue, signatory: Signatory
) -> tuple[Fault, str] | None:
    """Compare a limit with what the agreement is worth."""
    may = write("money", Money(limit.amount, limit.currency), "en")
    comparable = [sum_ for sum_ in value.sums if sum_.currency == limit.currency]
    if any(sum_.amount > limit.amount for sum_ in comparable):
        worth = write("money", comparable[0], "en")
        return OVER_LIMIT, (
            f"{_who(signatory)} may sign up to {may}, but the agreement is worth "
            f"{worth} over its initial term; let somebody sign who may"
        )
    if len(comparable) < len(value.sums) or not value.is_complete:
        worth = " and ".join(write("money", sum_, "en") for sum_ in value.sums)
        known = f"{worth} over its initial term" if worth else "a sum not known yet"
        more = "" if value.is_complete else ", as far as is known"
        return NOT_COMPARABLE, (
            f"{_who(signatory)} may sign up to {may}; the agreement is worth {known}"
            f"{more}, which cannot be compared; have the limit confirmed in the "
            "agreement's currency"
        )
    return None


def unauthorised_arbitration(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find signatories who may not agree on arbitration, or of whom nobody knows."""
    law = facts.agreement.governing_law
    if law is None or law.forum is None or law.forum.kind != "arbitration":
        return
    for index, signatory in enumerate(facts.agreement.signatories):
        path, authority = f"/signatories/{index}/authority", signatory.authority
        may = authority.may_arbitrate if authority else None
        if may is False:
            yield NO_ARBITRATION.at(
                facts.place(f"{path}/may_arbitrate"),
                f"disputes go to arbitration, but {_who(signatory)} may not agree to "
                "that; obtain an express power, or choose courts",
            )
        elif may is None and facts.is_contract:
            yield SILENT.at(
                facts.place(path),
                f"disputes go to arbitration; say whether {_who(signatory)} may agree "
                f"to that: {facts.set_command(f'{path}/may_arbitrate=yes')} (or no)",
            )


CHECKS = (
    Check(parties_without_signatory, (NOBODY, ALONE)),
    Check(wrong_authority, (NO_BASIS, OVER_LIMIT, NOT_COMPARABLE, ENDED)),
    Check(unauthorised_arbitration, (NO_ARBITRATION, SILENT)),
)
