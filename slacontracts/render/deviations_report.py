"""Facts of an agreement in; what a reader is told of its deviations out.

Shared by all formats: where each departure stands, what the library prefers, who must
consent, and who has.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from slacontracts.checks.approvals import approval_of, why_void
from slacontracts.checks.consents import holders_of
from slacontracts.checks.deviations import (
    FOR_WORDING,
    Deviation,
    deviations,
    exception_for,
)
from slacontracts.checks.facts import Facts
from slacontracts.compare.plain_words import (
    range_said,
    spaced,
    value_name,
    value_said,
)
from slacontracts.compose.numbering import labels_in_full
from slacontracts.formats import write
from slacontracts.model.agreement import Approval
from slacontracts.model.clause import Language, LibraryClause
from slacontracts.model.document import Block, NumberedDocument, Table, Value
from slacontracts.model.paths import look_up
from slacontracts.model.proposal import Proposal

State: TypeAlias = Literal["approved", "waiting", "void"]

INTERNAL: Final = "For us alone: it shows how far we would go."
NOTHING: Final = "Nothing departs from what the library prefers."


@dataclass(frozen=True, slots=True)
class Consent:
    """What became of the approval of one role.

    given: the approval that counts; None where none does. why: what is wrong with the
    one that was given. holders: who holds the role. is_exception: it is legal's consent
    to what lies beyond the walk-away line.
    """

    role: str
    state: State
    given: Approval | None = None
    why: str = ""
    holders: tuple[str, ...] = ()
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One departure: where it stands, what the library prefers, and who consents.

    place: its number and heading as printed. what: the departure in words. reason: why
    it was agreed to, as far as somebody said so.
    """

    place: str
    path: str
    item: str
    what: str
    preferred: str
    fallback: str
    walk_away: str
    is_beyond: bool
    consents: tuple[Consent, ...]
    reasons: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must still consent."""
        return any(one.state != "approved" for one in self.consents)


@dataclass(frozen=True, slots=True)
class Report:
    """All that departs from the library in one agreement, as it stands."""

    subject: str
    title: str
    language: Language
    draft: int
    entries: tuple[Entry, ...]


def report_on(
    facts: Facts,
    numbered: NumberedDocument,
    proposals: Iterable[Proposal] = (),
    draft: int = 0,
) -> Report:
    """Return the report on an agreement.

    numbered: the same document under the numbers that it is printed with. proposals:
    of its negotiation, whose decisions give reasons.
    """
    decided = [one for one in proposals if one.disposition in ("accepted", "countered")]
    document = facts.document
    return Report(
        document.agreement.id,
        document.title,
        document.language,
        draft,
        tuple(_entry(one, facts, numbered, decided) for one in deviations(facts)),
    )


def _entry(
    deviation: Deviation,
    facts: Facts,
    numbered: NumberedDocument,
    decided: Sequence[Proposal],
) -> Entry:
    known = facts.library.clauses.get(deviation.clause)
    consents = tuple(_consents(deviation, facts))
    preferred = fallback = walk_away = ""
    if deviation.rule is not None:
        rule = deviation.rule
        preferred, fallback, walk_away = (
            range_said(written, rule) if written else ""
            for written in (rule.preferred, rule.fallback, rule.walk_away)
        )
    elif known is not None:
        preferred, fallback = _positions(known, deviation)
        walk_away = known.walk_away or ""
    what = _what(deviation, facts)
    return Entry(
        place_of(deviation, known, numbered),
        deviation.path,
        deviation.item,
        what[:1].upper() + what[1:],
        preferred,
        fallback,
        walk_away,
        deviation.is_beyond,
        consents,
        tuple(dict.fromkeys(_reasons(deviation, consents, decided))),
    )


def _what(deviation: Deviation, facts: Facts) -> str:
    """Return a departure in words, without what would be preferred."""
    rule, path = deviation.rule, deviation.path
    if rule is None:
        return deviation.message
    return f"{value_name(path, rule)} is {value_said(look_up(facts.data, path), rule)}"


def _positions(known: LibraryClause, deviation: Deviation) -> tuple[str, str]:
    """Return the best position of a wording, and those that we may step down to."""
    first, *others = known.positions
    steps = [
        f"{one.key}{' (here)' if one.key == deviation.value else ''}"
        + (f": {one.when}" if one.when else "")
        for one in others
    ]
    return f'the wording "{first.key}"', "\n".join(steps)


def place_of(
    deviation: Deviation, known: LibraryClause | None, numbered: NumberedDocument
) -> str:
    """Return the number and heading where a departure stands, as printed."""
    clause = next(
        (one for one in numbered.document.clauses if one.key == deviation.clause), None
    )
    if clause is None:
        titles = known.title if known is not None else {}
        return next(iter(titles.values()), deviation.clause)
    label = numbered.labels.get(clause.key, "")
    if deviation.rule is not None:
        label = _label_of(deviation.path, clause.blocks, numbered, clause.key) or label
    return f"{label} {clause.title}".strip()


def _label_of(
    path: str, blocks: tuple[Block, ...], numbered: NumberedDocument, key: str
) -> str:
    """Return the number of the first item that prints a value, "" without one."""
    labels = labels_in_full(blocks, numbered.block_labels[key])
    for block, label in zip(blocks, labels, strict=True):
        inlines = () if isinstance(block, Table) else block.inlines
        if any(isinstance(one, Value) and one.path == path for one in inlines):
            return label
    return ""


def _consents(deviation: Deviation, facts: Facts) -> Iterator[Consent]:
    for role in deviation.roles:
        holders = tuple(one.name for one in holders_of(role, facts))
        given = approval_of(role, deviation, facts)
        why = "" if given else why_void(role, deviation, facts)
        state: State = "approved" if given else "void" if why else "waiting"
        yield Consent(role, state, given, why, holders)
    if deviation.is_beyond:
        holders = tuple(one.name for one in holders_of(FOR_WORDING, facts))
        given = exception_for(deviation.item, deviation.value, facts)
        state = "approved" if given else "waiting"
        yield Consent(FOR_WORDING, state, given, "", holders, is_exception=True)


def _reasons(
    deviation: Deviation, consents: Iterable[Consent], decided: Iterable[Proposal]
) -> Iterator[str]:
    """Yield why something was agreed to: what was said with approvals and decisions."""
    for consent in consents:
        if consent.given is not None:
            yield from filter(None, (consent.given.exception, consent.given.note))
    for one in decided:
        of_value = one.path in (deviation.path, f"{deviation.path}/amount")
        is_of_it = of_value or (
            deviation.rule is None and one.path is None and one.clause == deviation.item
        )
        if is_of_it and one.decisions[-1].reason:
            last = one.decisions[-1]
            yield f"{last.reason} ({last.by}, {last.on[:10]})"


def consent_said(consent: Consent) -> str:
    """Return what became of the approval of a role, in words."""
    name = spaced(consent.role)
    holders = " or ".join(consent.holders) or "nobody holds this role"
    if consent.given is None:
        act = "makes an exception" if consent.is_exception else "approves"
        said = f"Open: waits until {name} ({holders}) {act}"
        return f"{said}; {consent.why}" if consent.why else said
    given = consent.given
    act = "Exception made" if consent.is_exception else "Approved"
    said = f"{act} for {name} by {given.consenting} on {_day(given.on)}"
    if given.on_behalf_of:
        said += f", recorded by {given.by}"
    if given.until:
        said += f", until {_day(given.until)}"
    return f"{said}, on condition: {given.condition}" if given.condition else said


def _day(day: date) -> str:
    return write("date", day, "en")


def summary_of(report: Report) -> str:
    """Return how much departs, and how much of it waits, in a sentence."""
    entries = report.entries
    if not entries:
        return NOTHING
    waiting = sum(one.is_open for one in entries)
    beyond = sum(one.is_beyond for one in entries)
    said = f"{_count(len(entries), 'deviation')}; "
    said += f"{waiting} still to approve" if waiting else "all approved"
    return f"{said}, {beyond} beyond the walk-away line." if beyond else f"{said}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def ranges_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return what the library says of a departure: (name, words)."""
    named = (
        ("Preferred", entry.preferred),
        ("Fallback", entry.fallback),
        ("Walk-away", entry.walk_away),
    )
    return tuple((name, words) for name, words in named if words)


def rows_of(report: Report) -> list[dict[str, Any]]:
    """Return the deviations for programs."""
    return [
        {
            "place": one.place,
            "path": one.path,
            "item": one.item,
            "what": one.what,
            "preferred": one.preferred,
            "fallback": one.fallback,
            "walk_away": one.walk_away,
            "beyond_walk_away": one.is_beyond,
            "approvals": [_consent_row(consent) for consent in one.consents],
            "reasons": list(one.reasons),
        }
        for one in report.entries
    ]


def _consent_row(consent: Consent) -> dict[str, Any]:
    given = consent.given
    return {
        "role": consent.role,
        "state": consent.state,
        "exception": consent.is_exception,
        "holders": list(consent.holders),
        "why": consent.why,
        "by": given.by if given else None,
        "on": given.on.isoformat() if given else None,
        "on_behalf_of": given.on_behalf_of if given else None,
        "until": given.until.isoformat() if given and given.until else None,
        "condition": given.condition if given else None,
        "evidence": given.evidence if given else None,
    }
