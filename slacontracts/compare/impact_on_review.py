"""Two versions in; reviews, approvals, locks and library texts that they touch out."""

from collections.abc import Iterator
from typing import Any, Final

from slacontracts.checks.approvals import is_approved
from slacontracts.checks.deviations import Deviation, deviations
from slacontracts.checks.facts import Facts
from slacontracts.checks.ranges import fits
from slacontracts.compare.plain_words import (
    range_said,
    spaced,
    value_name,
    value_said,
)
from slacontracts.model.change import Impact
from slacontracts.model.document import Clause
from slacontracts.model.library import Library
from slacontracts.model.paths import look_up
from slacontracts.model.service import Metric

REVIEW: Final = "review"
APPROVAL: Final = "approval"
LOCK: Final = "lock"
LIBRARY: Final = "library"
_ACCESS: Final = ("users", "affiliates")
_TRIGGERS: Final[dict[Metric, str]] = {
    "availability": "availability",
    "response-time": "response-time",
    "resolution-time": "response-time",
    "deadline": "response-time",
    "error-rate": "performance",
    "percentile": "performance",
    "count-ratio": "performance",
}


def of_review(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield what the agreement says must be reviewed because it changes."""
    review = new.agreement.review or old.agreement.review
    triggers = review.triggers if review is not None else ()
    touched = set(_touched(old, new))
    for trigger in triggers:
        if trigger in touched:
            words = (
                f"{spaced(trigger)} changes, and the agreement says that this calls "
                "for a review"
            )
            yield Impact(REVIEW, words, path="/review/triggers")


def _touched(old: Facts, new: Facts) -> Iterator[str]:
    before, after = _targets(old), _targets(new)
    for path in {*before, *after}:
        was, now = before.get(path), after.get(path)
        if was != now:
            yield from (_TRIGGERS[one.metric] for one in (was, now) if one)
        if was and now and was.hours != now.hours:
            yield "service-hours"
    if old.agreement.hours != new.agreement.hours:
        yield "service-hours"
    if any(old.data.get(name) != new.data.get(name) for name in _ACCESS):
        yield "access"


def _targets(facts: Facts) -> dict[str, Any]:
    return {
        f"{service.key}/{target.key}": target
        for service in facts.agreement.services
        for target in service.targets
    }


def of_deviations(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield the departures from the library that appear or vanish, with approvers."""
    before, after = (
        {(one.item, one.value): one for one in deviations(facts)}
        for facts in (old, new)
    )
    for key, one in after.items():
        if key not in before:
            yield Impact(APPROVAL, _with_approvers(one, new), path=one.path)
    items = {item for item, _ in after}
    for key, one in before.items():
        if key not in after and one.item not in items:
            words = f"no longer departs from the library: {_departure(one, old)}"
            yield Impact(APPROVAL, words, path=one.path)


def _with_approvers(deviation: Deviation, facts: Facts) -> str:
    """Return a departure with who has approved it, and who still must."""
    given = [role for role in deviation.roles if is_approved(role, deviation, facts)]
    missing = [spaced(role) for role in deviation.roles if role not in given]
    words = _departure(deviation, facts)
    if given:
        words += f"; approved by {' and '.join(map(spaced, given))}"
    return f"{words}; {' and '.join(missing)} must approve it" if missing else words


def _departure(deviation: Deviation, facts: Facts) -> str:
    """Return a departure in plain words, its value as people read it."""
    rule = deviation.rule
    if rule is None:
        return deviation.message
    value = look_up(facts.data, deviation.path)
    words = f"{value_name(deviation.path, rule)} is {value_said(value, rule)}"
    if rule.preferred is not None:
        words += f"; preferred is {range_said(rule.preferred, rule)}"
        if rule.fallback and fits(rule.fallback, rule, value) is False:
            words += f", and the fallback is {range_said(rule.fallback, rule)}"
    elif rule.approval:
        words += ", which the library wants to be approved"
    if deviation.is_beyond and rule.walk_away:
        words += f"; at {range_said(rule.walk_away, rule)} the library walks away"
    return words


def of_locks(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield which clauses and values are locked now, or no longer."""
    before, after = _locks(old), _locks(new)
    for lock in (*(one for one in after if one not in before),):
        words = f"{_locked(lock, new)} is locked now, by {after[lock]}"
        yield Impact(LOCK, words, path=lock)
    for lock in (*(one for one in before if one not in after),):
        words = f"{_locked(lock, old)} is no longer locked by {before[lock]}"
        yield Impact(LOCK, words, path=lock)


def _locks(facts: Facts) -> dict[str, str]:
    """Return what the templates of an agreement lock, each with the template."""
    found: dict[str, str] = {}
    library, wanted = facts.library, facts.agreement.template
    seen: set[str] = set()
    while wanted in library.templates and wanted not in seen:
        seen.add(wanted)
        template = library.templates[wanted].template
        name = f'the template "{template.title.get("en", wanted)}"'
        found.update(dict.fromkeys(template.lock, name))
        wanted = template.parent or ""
    return found


def _locked(lock: str, facts: Facts) -> str:
    """Return what a lock is on: the heading of a clause, or what a value is called."""
    if lock.startswith("/"):
        return value_name(lock, facts.library.values.get(lock))
    clause = facts.library.clauses.get(lock)
    return f'"{clause.title.get("en", lock)}"' if clause else spaced(lock)


def of_library(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield the revision of the library, and the clauses whose text it changed."""
    revisions = old.library.revision, new.library.revision
    if revisions[0] == revisions[1]:
        return
    names = [_short(revision) for revision in revisions]
    words = (
        f"the agreement is drafted from the library {names[1]} instead of the one "
        f"{names[0]}"
    )
    yield Impact(LIBRARY, words, path="/library")
    for key, clause in new.clauses.items():
        before = old.clauses.get(key)
        if before is not None and _is_other_text(before, clause, old, new):
            words = f'the library has another text for "{clause.title}"'
            yield Impact(LIBRARY, words, path=key)


def _short(revision: str) -> str:
    is_saved = revision != "working"
    return f"saved as {revision[:12]}" if is_saved else "as its files stand"


def _is_other_text(old: Clause, new: Clause, before: Facts, after: Facts) -> bool:
    """Tell whether the library gives a clause at one position another text."""
    if "bespoke" in (old.origin.position, new.origin.position):
        return False
    if old.origin.position != new.origin.position:
        return False
    texts = [
        _text(facts.library, clause, facts.document.language)
        for facts, clause in ((before, old), (after, new))
    ]
    return texts[0] != texts[1]


def _text(library: Library, clause: Clause, language: str) -> tuple[str, str]:
    key, position = clause.key, clause.origin.position
    text = library.texts.get((key, position, language)) or library.texts.get(
        (key, position, "en")
    )
    return clause.title, text.source if text is not None else ""
