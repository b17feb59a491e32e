"""An agreement and a version of the library in; the agreement on that version out."""

from collections.abc import Iterator
from dataclasses import dataclass

from slacontracts.errors import SourceError
from slacontracts.model.finding import Finding, Severity
from slacontracts.source.write import set_value
from slacontracts.source.yaml_text import read_yaml
from slacontracts.workflow.as_signed import require_open
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, read_draft
from slacontracts.workflow.edit import new_errors
from slacontracts.workflow.library import changed_lines, find_version, saved_library
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """How a clause of the agreement differs in the other version of the library."""

    key: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The version the agreement had, the one it has now, and what that changes."""

    before: str
    revision: str
    changes: tuple[ClauseChange, ...] = ()
    findings: tuple[Finding, ...] = ()


@one_at_a_time("library take")
def take_library(desk: Desk, agreement_id: str, named: str | None) -> Taken:
    """Move an agreement to a version of the library, the newest unless named."""
    place = desk.workspace.agreement(agreement_id)
    revision = find_version(desk, named) if named else saved_library(desk)
    shelf = Shelf(desk)
    old = read_draft(shelf, place)
    if old.source is None:
        raise SourceError(f"{place.file} cannot be read; mend it first", old.findings)
    before = str(old.source.data.get("library") or "")
    if before == revision:
        return Taken(before, revision)
    require_open(desk, place, old.source.data)
    text = with_library(desk.workspace.read(place.file).decode("utf-8-sig"), revision)
    new = read_draft(shelf, place, text.encode())
    changes = changes_of(old, new)
    wrong = _faults_taken(old, new)
    if wrong:
        lines = [f"the clause {key} would be gone" for key in _lost(old, new)]
        raise SourceError(
            "\n  ".join(
                [
                    f"{agreement_id} does not fit version {revision[:12]} of the "
                    "library; it was left as it is:",
                    *lines,
                    *dict.fromkeys(map(str, wrong)),
                ]
            )
        )
    desk.workspace.write(place.file, text.encode())
    return Taken(before, revision, changes, new.findings)


def _lost(old: Draft, new: Draft) -> list[str]:
    """Return the clauses of an agreement that it would not have any more.

    Where it cannot be composed, those that the other library does not have.
    """
    if new.composed is not None:
        return [key for key in _wordings(old) if key not in _wordings(new)]
    known = new.library.library.clauses if new.library is not None else {}
    return [key for key in _wordings(old) if key not in known]


def _faults_taken(old: Draft, new: Draft) -> list[Finding]:
    """Return the errors that an agreement would get with another library."""
    wrong = new_errors(old, new)
    if new.composed is None:
        wrong = wrong or list(new.findings)
    if new.library is not None:
        known = old.library.findings if old.library is not None else ()
        wrong += [
            one
            for one in new.library.findings
            if one.severity is Severity.ERROR and one not in known
        ]
    return wrong


def with_library(text: str, revision: str) -> str:
    """Return the source with its `library:`, a new one right below `template:`."""
    source, _ = read_yaml(text, "agreement.yaml")
    if source is None or "library" in source.data or "template" not in source.data:
        return set_value(text, "/library", revision)
    lines = text.splitlines(keepends=True)
    lines.insert(source.place("/template").line, f"library: {revision}\n")
    inserted = "".join(lines)
    again, _ = read_yaml(inserted, "agreement.yaml")
    if again is not None and again.data == {**source.data, "library": revision}:
        return inserted
    return set_value(text, "/library", revision)


def changes_of(old: Draft, new: Draft) -> tuple[ClauseChange, ...]:
    """Return the clauses whose wording differs; none where there is no new document."""
    return tuple(_changes(old, new)) if new.composed is not None else ()


def _changes(old: Draft, new: Draft) -> Iterator[ClauseChange]:
    """Yield the clauses whose wording differs, in the order of the new outline."""
    before, after = _wordings(old), _wordings(new)
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was != now:
            kind = "added" if was is None else "removed" if now is None else "changed"
            lines = changed_lines((was or "").encode(), (now or "").encode())
            yield ClauseChange(key, kind, lines)


def _wordings(draft: Draft) -> dict[str, str]:
    """Return title and wording of every clause, as the library has them."""
    if draft.composed is None or draft.library is None:
        return {}
    document = draft.composed.numbered.document
    texts = draft.library.library.texts
    found: dict[str, str] = {}
    for clause in document.clauses:
        at = (clause.key, clause.origin.position, document.language)
        text = texts.get(at) or texts.get((*at[:2], "en"))
        found[clause.key] = f"{clause.title}\n{text.source if text else ''}"
    return found
