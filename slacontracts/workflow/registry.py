"""A workspace in; what its register has, listed, searched and by date, out."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from slacontracts.deadlines.case import case_of
from slacontracts.deadlines.deadline import Deadline, Urgency
from slacontracts.deadlines.due import due
from slacontracts.deadlines.renewals import notice_by
from slacontracts.deadlines.states import State
from slacontracts.errors import NotFoundError, OutsideError
from slacontracts.model.record import TEXT_FILE, Record
from slacontracts.store.git import common_folder, no_versions
from slacontracts.store.index import INDEX_FILE, Hit, Index, catch_up
from slacontracts.store.index_entries import Entry, Searched
from slacontracts.store.register import Filed, Receipt, digest_at, filed_after, texts_of
from slacontracts.store.renumbered import has_all_up_to
from slacontracts.store.renumbering import provisional
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import life_in, texts_in

_FOLDER: Final = "slacontracts"
_AT_ONCE: Final = 100  # records of which the texts are in memory


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """An agreement of the register, on a day.

    version: "original" or "amendment-2"; "paper" of what was not drafted here. ends:
    the last day, as things stand. notice_by: the day on which the next notice that
    ends it must arrive. digest: of the text that counts. is_provisional: a record of it
    was not sent yet to those with whom the workspace is shared.
    """

    id: str
    customer: str
    title: str
    version: str
    state: State
    effective: date | None
    ends: date | None
    notice_by: date | None
    digest: str
    missing: tuple[str, ...] = ()
    paper_differs: bool = False
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand: in which text, and whether its signed paper differs.

    version: as in a RegistryLine.
    """

    hit: Hit
    version: str
    paper_differs: bool


@contextmanager
def open_index(desk: Desk) -> Iterator[Index]:
    """Open the index of the register, once it knows all records."""
    root = desk.workspace.root
    _require_versions(root)
    index = catch_up(
        index_path(root),
        partial(digest_at, root),
        partial(_entries_after, root),
        lambda last: (
            last.digest is not None
            and has_all_up_to(root, Receipt(last.sequence, last.digest))
        ),
    )
    with index:
        yield index


def _require_versions(root: Path) -> None:
    """Refuse a workspace without its versions: nothing would seem registered."""
    folder = common_folder(root)
    if folder is None or not (folder / "HEAD").is_file():
        raise OutsideError(no_versions(root))


def index_path(root: Path) -> Path:
    """Return where the index of a workspace lies: beside the versions, in none."""
    return (common_folder(root) or root / ".git") / _FOLDER / INDEX_FILE


def rebuild_index(desk: Desk) -> int:
    """Make the index anew; return how many records it has."""
    root = desk.workspace.root
    with Index.rebuild(index_path(root), _entries_after(root, 0)) as index:
        return index.position().sequence


def _entries_after(root: Path, sequence: int) -> Iterator[Entry]:
    filed = filed_after(root, sequence)
    for at in range(0, len(filed), _AT_ONCE):
        some = filed[at : at + _AT_ONCE]
        texts = texts_of(root, some, TEXT_FILE)
        for one in some:
            yield Entry(one.record, one.digest, tuple(_searched(one, texts)))


def _searched(filed: Filed, texts: Mapping[str, bytes]) -> Iterator[Searched]:
    """Yield what a record is found by: its clauses, parties and values."""
    text = texts.get(filed.record.folder)
    if text is not None:
        try:
            clauses = json.loads(text)[3]
            for key, _, label, title, blocks in clauses:
                yield Searched(key, label, title, "\n".join(_lines(blocks)))
        except (ValueError, TypeError, LookupError):
            # Somebody else's register; verify tells, and the rest is still found.
            yield Searched("", "", "", "\n".join(_words(_json_in(text))))
    if filed.record.facts:
        said = "; ".join(filter(None, _of_facts(filed.record.facts)))
        yield Searched("", "", str(filed.record.facts.get("title", "")), said)


def _of_facts(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of key facts somebody looks for: the title, parties and services."""
    yield str(facts.get("title", ""))
    parties = facts.get("parties")
    for role, party in parties.items() if isinstance(parties, dict) else ():
        if isinstance(party, dict):
            notices = list(_words(party.get("notices")))
            names = (party.get("legal_name"), party.get("address"), *sorted(notices))
            yield f"{role} {', '.join(str(one) for one in names if one)}"
    yield ", ".join(_words(facts.get("services")))
    for one in _maps(facts.get("conditions")):
        yield str(one.get("says", ""))


def _maps(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value or () if isinstance(one, dict))


def _json_in(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return []


def _lines(blocks: Sequence[Any]) -> Iterator[str]:
    """Yield the texts of the blocks of a clause, cell by cell of its tables."""
    for kind, *rest in blocks:
        if kind == "table":
            headings, rows = rest
            yield from headings
            for row in rows:
                for cell in row:
                    yield from cell
        else:
            yield rest[-1]


def _words(value: Any) -> Iterator[str]:
    """Yield the texts within lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def list_registry(desk: Desk, today: date) -> tuple[RegistryLine, ...]:
    """Return all agreements of the register, as they stand on a day."""
    waiting = provisional(desk.workspace.root)
    with open_index(desk) as index:
        return tuple(
            line
            for records in index.histories()
            if (line := _line(records, today, waiting)) is not None
        )


def _line(
    records: Sequence[Record], today: date, waiting: Set[int]
) -> RegistryLine | None:
    life = life_in(records, for_list=True)
    if life is None:
        return None
    last = texts_in(records)[-1]
    case = case_of(life, today)
    return RegistryLine(
        life.agreement,
        life.customer,
        life.signed[-1].facts.title,
        _version_said(last),
        case.standing.state,
        case.standing.start,
        case.standing.ends,
        notice_by(case),
        last.text_digest or "",
        life.missing_parties,
        _differs(records),
        any(one.sequence in waiting for one in records),
    )


def _differs(records: Sequence[Record]) -> bool:
    """Tell whether signed paper says something else than a text that counts."""
    return any(one.differences for one in texts_in(records))


def history_of(desk: Desk, agreement_id: str) -> tuple[Record, ...]:
    """Return the records of one agreement; raises NotFoundError if there are none."""
    with open_index(desk) as index:
        records = index.records_of(agreement_id)
    if not records:
        raise _unknown(agreement_id)
    return records


def _unknown(agreement_id: str) -> NotFoundError:
    return NotFoundError(
        f"nothing of {agreement_id} is registered; see slacontracts registry list"
    )


def search_registry(
    desk: Desk, text: str, limit: int, *, with_replaced: bool = False
) -> tuple[Found, ...]:
    """Return where words stand in the texts of the register."""
    with open_index(desk) as index:
        hits = index.search(text, limit, with_replaced=with_replaced)
        ids = dict.fromkeys(hit.agreement for hit in hits)
        records = {one: index.records_of(one) for one in ids}
    return tuple(_found(hit, records[hit.agreement]) for hit in hits)


def _found(hit: Hit, records: Sequence[Record]) -> Found:
    record = next(one for one in records if one.sequence == hit.sequence)
    return Found(hit, _version_said(record), _differs(records))


def _version_said(record: Record) -> str:
    return "paper" if record.act == "foreign" else (record.as_ or "")


def due_within(
    desk: Desk, today: date, days: int | None, agreement_id: str | None = None
) -> tuple[Deadline, ...]:
    """Return what is overdue or is to be acted on within days, the most urgent first.

    days: None for all that is known. agreement_id: of one agreement alone; raises
    NotFoundError where nothing of it is registered.
    """
    with open_index(desk) as index:
        if agreement_id is not None and not index.records_of(agreement_id):
            raise _unknown(agreement_id)
        found = [
            one
            for records in index.histories()
            if agreement_id in (None, records[0].agreement)
            and (life := life_in(records)) is not None
            for one in due(life, today)
            if days is None or (one.act_by - today).days <= days
        ]
    return tuple(sorted(found, key=_by_urgency))


def _by_urgency(one: Deadline) -> tuple[int, date, date, str]:
    return list(Urgency).index(one.urgency), one.act_by, one.on, one.agreement
