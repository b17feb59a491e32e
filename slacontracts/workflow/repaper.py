"""A version of the library in; the agreements in force that it touches out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from slacontracts.deadlines.states import State
from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import nearest
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.library import find_version, saved_library
from slacontracts.workflow.registry import list_registry
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.take import (
    ClauseChange,
    changes_of,
    take_library,
    with_library,
)

Progress = Callable[[int, int], None]
_STANDING: Final = frozenset({State.IN_FORCE, State.SIGNED_NOT_EFFECTIVE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which agreements: those that a clause touches, or any change of a version.

    clause: its key, or "". library: the beginning of a version's id; the newest without
    one. customer: the folder of one customer, or "".
    """

    clause: str = ""
    library: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Drafting:
    """Amendments to draft: from which day they take effect, and why."""

    effective: str
    reason: str


@dataclass(frozen=True, slots=True)
class Touched:
    """An agreement whose clauses read otherwise in that version of the library.

    amendment: the number of the one that was drafted, 0 where none was. trouble: why
    none can be, or was, in a line.
    """

    id: str
    customer: str
    changes: tuple[ClauseChange, ...]
    amendment: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Repapered:
    """The version of the library, the agreements that it touches, and how many not."""

    revision: str
    touched: tuple[Touched, ...]
    untouched: int


def repaper(
    desk: Desk,
    wanted: Wanted,
    when: datetime,
    drafting: Drafting | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Repapered:
    """List the agreements in force that a version of the library touches.

    drafting: open an amendment of each, take that version into it, and save it. What
    goes wrong with one does not stop the others.
    """
    revision = find_version(desk, wanted.library) if wanted.library else ""
    revision = revision or saved_library(desk)
    shelf = Shelf(desk)
    _require_clause(shelf, wanted.clause, revision)
    places = _in_force(desk, wanted.customer, when.date())
    found: list[Touched] = []
    for done, place in enumerate(places, 1):
        touched = _touched(shelf, place, revision)
        if touched is not None and _is_meant(touched, wanted.clause):
            if drafting is not None and not touched.trouble:
                touched = _drafted(desk, touched, revision, drafting, when)
            found.append(touched)
        progress(done, len(places))
    return Repapered(revision, tuple(found), len(places) - len(found))


def _require_clause(shelf: Shelf, key: str, revision: str) -> None:
    known = shelf.library(revision).library.clauses
    if key and key not in known:
        hint = nearest(key, known)
        remedy = f'did you mean "{hint}"?' if hint else "see slacontracts clauses"
        raise NotFoundError(f'the library has no clause "{key}"; {remedy}')


def _in_force(desk: Desk, customer: str, today: date) -> tuple[AgreementPlace, ...]:
    places = desk.workspace.agreements()
    customers = {place.customer for place in places}
    if customer and customer not in customers:
        hint = nearest(customer, customers)
        remedy = f'did you mean "{hint}"?' if hint else "see slacontracts list"
        raise NotFoundError(f'there is no customer "{customer}"; {remedy}')
    standing = {one.id for one in list_registry(desk, today) if one.state in _STANDING}
    return tuple(
        place
        for place in places
        if place.id in standing and customer in ("", place.customer)
    )


def _touched(shelf: Shelf, place: AgreementPlace, revision: str) -> Touched | None:
    """Return what a version of the library changes in an agreement, or None."""
    try:
        old = compose_draft(shelf, place)
        if old.source is None or old.composed is None:
            raise SourceError("it cannot be composed; see slacontracts check")
        if old.source.data.get("library") == revision:
            return None
        text = shelf.desk.workspace.read(place.file).decode("utf-8-sig")
        new = compose_draft(shelf, place, with_library(text, revision).encode())
        changes = changes_of(old, new)
        if new.composed is None:
            raise SourceError("it does not fit that version of the library")
    except SlaContractsError as error:
        return Touched(place.id, place.customer, (), trouble=str(error))
    if not changes:
        return None
    touched = Touched(place.id, place.customer, changes)
    opened = old.source.data.get("amendment")
    if not isinstance(opened, dict):
        return touched
    number = opened.get("number", "")
    return replace(
        touched,
        trouble=f"amendment {number} is open; take the library into it: slacontracts "
        f"library take {place.id} {revision[:12]}",
    )


def _is_meant(touched: Touched, clause: str) -> bool:
    keys = {one.key for one in touched.changes}
    return not clause or clause in keys or not touched.changes


def _drafted(
    desk: Desk, touched: Touched, revision: str, drafting: Drafting, when: datetime
) -> Touched:
    """Open an amendment, take the version of the library into it, and save it."""
    workspace, agreement_id = desk.workspace, touched.id
    file = workspace.agreement(agreement_id).file
    before = workspace.read(file)
    try:
        opened = open_next_amendment(
            desk, agreement_id, drafting.effective, drafting.reason
        )
        take_library(desk, agreement_id, revision)
        save_agreement(
            desk, agreement_id, f"Amendment {opened.number}: {drafting.reason}", when
        )
    except SlaContractsError as error:
        if workspace.read(file) != before:
            workspace.write(file, before)
        return replace(touched, trouble=str(error).splitlines()[0])
    return replace(touched, amendment=opened.number)


def said_of_changes(changes: tuple[ClauseChange, ...]) -> Iterator[str]:
    """Yield the clauses that read otherwise, each with what happens to it."""
    for one in changes:
        yield one.key if one.kind == "changed" else f"{one.key} ({one.kind})"
