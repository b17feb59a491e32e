"""A register of many agreements in; how fast its index lists and searches them out.

The agreements are the sample agreement, each with a customer, figures and one clause
of its own; every fourth has an amendment. The rest of their wording is shared, as it
is in practice. A day on which all of them are listed is given, not asked for.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.report import Goal, Report, ms
from benchmarks.samples import whole_sample
from benchmarks.timing import clock, in_turns
from slacontracts.compose.digest import canonical_document, text_digest
from slacontracts.deadlines.case import case_of
from slacontracts.deadlines.facts import dump_facts, facts_of
from slacontracts.deadlines.renewals import notice_by
from slacontracts.deadlines.states import State
from slacontracts.model.record import Record, Signature, SignedFile
from slacontracts.store.index import INDEX_FILE, Index
from slacontracts.store.index_entries import Entry, Searched
from slacontracts.workflow.registered import life_in

TODAY: Final = date(2026, 11, 23)
SEARCHES: Final[Mapping[str, str]] = {
    "a word of every agreement": "service",
    "a word of every title": "liability",
    "three words": "customer monthly fee",
    "a phrase": '"the monthly fee"',
    "the beginning of a word": "terminat*",
    "one letter": "s*",
    "a customer": '"customer 4711 trading"',
    "a figure": "4711",
    "a word of one agreement": "peculiarity4711",
    "an Arabic word": "الخدمات",
    "what no text says": "zeppelin hangar",
}
_EVERY_AMENDED: Final = 4
_BATCH, _ALONE = 500, 50
_CUSTOMER: Final = "Contoso Retail LLC"
_ARABIC: Final = "يقدم المزود الخدمات المدارة للعميل رقم"


@dataclass(frozen=True, slots=True)
class Model:
    """What the agreements of the register are made from."""

    facts: dict[str, Any]
    texts: tuple[Searched, ...]
    digest: str
    clauses: dict[str, str]


def report_registry(report: Report, *, quick: bool) -> None:
    """Measure and report the index of a register."""
    agreements = 1_000 if quick else 10_000
    report.heading(f"The index of a register of {agreements:,} agreements")
    with TemporaryDirectory(prefix="slacontracts-bench-") as name:
        path = Path(name) / INDEX_FILE
        model = sample_model()
        started = clock()
        made = sum(len(entry.texts) for entry in entries(model, agreements))
        making = clock() - started
        started = clock()
        index = Index.rebuild(path, entries(model, agreements))
        seconds = clock() - started - making
        with index:
            report.say(
                f"{index.position().sequence:,} records with {made:,} texts; the file "
                f"has {path.stat().st_size / 1e6:.0f} MB"
            )
            goal = Goal("index: rebuild", "at most", 60, seconds, " s")
            rows = [("rebuild", ms(seconds * 1000), report.goal(goal))]
            rows += _searching(report, index, quick=quick)
            rows += _listing(report, index)
            report.table(("", "ms", "goal"), rows)
        _report_kept(report, model, agreements, path)


def _searching(
    report: Report, index: Index, *, quick: bool
) -> list[tuple[str, str, str]]:
    found = in_turns(
        {name: partial(index.search, text) for name, text in SEARCHES.items()},
        seconds=2 if quick else 10,
    )
    slowest = max(times.median for times in found.values())
    verdict = report.goal(
        Goal("index: slowest search", "at most", 50, slowest, " ms", "warm")
    )
    rows = [
        (
            f"search {text}: {name}, {len(index.search(text))} hits",
            ms(found[name].median),
            "",
        )
        for name, text in SEARCHES.items()
    ]
    return [*rows, ("slowest search", ms(slowest), verdict)]


def _listing(report: Report, index: Index) -> list[tuple[str, str, str]]:
    def whole_list() -> list[tuple[State, date | None, date | None]]:
        lives = (life_in(records, for_list=True) for records in index.histories())
        cases = (case_of(life, TODAY) for life in lives if life is not None)
        return [
            (case.standing.state, case.standing.ends, notice_by(case)) for case in cases
        ]

    calls: Mapping[str, Callable[[], object]] = {
        "agreements as recorded": index.agreements,
        "records of a file": lambda: index.records_with("0" * 64),
        "all records": lambda: list(index.histories()),
        "list with states, ends and notices": whole_list,
    }
    found = in_turns(calls, seconds=0, least=3)
    seconds = found["list with states, ends and notices"].median / 1000
    states = Counter(state for state, *_ in whole_list())
    said = ", ".join(f"{count:,} {name}" for name, count in sorted(states.items()))
    goal = Goal("index: list with states", "at most", 3, seconds, " s", said)
    verdict = report.goal(goal)
    rows = [(name, ms(times.median), "") for name, times in found.items()]
    return [*rows[:-1], (*rows[-1][:2], verdict)]


def _report_kept(report: Report, model: Model, agreements: int, rebuilt: Path) -> None:
    """Compare the rebuilt index with one that was kept up record by record."""
    kept = rebuilt.with_name("kept.sqlite")
    records = list(entries(model, _ALONE))
    with Index.rebuild(kept, ()) as index:
        first = median(_seconds_of_adding(index, entry) for entry in records)
        rest = islice(entries(model, agreements), len(records), None)
        while batch := tuple(islice(rest, _BATCH)):
            alone, together = batch[: _ALONE // 10], batch[_ALONE // 10 :]
            last = median(_seconds_of_adding(index, entry) for entry in alone)
            index.add(together)
        found = index.contents_digest()
    report.say(
        f"one more record: {ms(first * 1000)} ms among the first, "
        f"{ms(last * 1000)} ms among the last"
    )
    with Index.rebuild(rebuilt, entries(model, agreements)) as index:
        is_equal = index.contents_digest() == found
    goal = Goal("index: rebuilt equals kept", "at least", 1, float(is_equal), "")
    report.say(f"rebuilt and kept index, all rows and words: {report.goal(goal)}")


def _seconds_of_adding(index: Index, entry: Entry) -> float:
    started = clock()
    index.add([entry])
    return clock() - started


def sample_model() -> Model:
    """Return the sample agreement as a register would have it."""
    numbered = whole_sample().compose().numbered
    _, _, _, clauses, _ = canonical_document(numbered)
    texts = tuple(
        Searched(key, label, title, "\n".join(_lines(blocks)))
        for key, _, label, title, blocks in clauses
    )
    return Model(
        facts=dump_facts(facts_of(numbered)),
        texts=texts,
        digest=text_digest(numbered),
        clauses={one.key: _sha256(one.text.encode()) for one in texts},
    )


def _lines(blocks: Sequence[Any]) -> Iterator[str]:
    """Yield the texts of the blocks of a clause, cell by cell of its tables."""
    for block in blocks:
        if block[0] == "table":
            yield from block[1]
            for row in block[2]:
                for cell in row:
                    yield from cell
        else:
            yield block[-1]


def entries(model: Model, agreements: int) -> Iterator[Entry]:
    """Yield the records of a register, and their texts, one after the other."""
    previous = None
    sequence = 0
    for number in range(agreements):
        signings = 2 if number % _EVERY_AMENDED == 0 else 1
        for amendment in range(signings):
            sequence += 1
            record = _record(model, number, amendment, sequence, previous)
            previous = _sha256(f"record {sequence}".encode())
            yield Entry(record, previous, tuple(_texts(model, number, amendment)))


def _record(
    model: Model, number: int, amendment: int, sequence: int, previous: str | None
) -> Record:
    signed_on = date(2018, 1, 1) + timedelta(days=number % 3_000 + amendment * 90)
    facts = {**model.facts, "title": f"Agreement {number}"}
    if not amendment:
        facts["effective"] = {"on": signed_on.isoformat()}
    return Record(
        sequence=sequence,
        previous=previous,
        act="signed",
        agreement=f"SLA-2026-{number:05}",
        customer=f"customer-{number % 500}",
        entry=amendment + 1,
        recorded_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        recorded_by="Niamh Kelleher <niamh@northwind.example>",
        program="0.1.0",
        as_=f"amendment-{amendment}" if amendment else "original",
        version=_sha256(f"{number}/{amendment}".encode())[:40],
        library="f" * 40,
        signed_on=signed_on,
        effective=signed_on,
        signatures=(
            Signature(party="provider", on=signed_on),
            Signature(party="customer", on=signed_on),
        ),
        files=(
            SignedFile(
                name="signed.pdf",
                path="signed/1-signed.pdf",
                sha256=model.digest,
                size=100_000,
                tie="pdf",
            ),
        ),
        text_digest=model.digest,
        content_digest=model.digest,
        clauses=model.clauses,
        contents=dict.fromkeys(
            ("source.yaml", "text.json", "execution.docx", "signed/1-signed.pdf"),
            model.digest,
        ),
        facts=facts,
    )


def _texts(model: Model, number: int, amendment: int) -> Iterator[Searched]:
    """Yield the texts of an agreement: some of its own, most as all have them."""
    own = number % len(model.texts)
    for at, one in enumerate(model.texts):
        text = one.text.replace(_CUSTOMER, f"Customer {number} Trading LLC")
        text = re.sub(r"\b4,500\.00\b", f"{number},500.00", text)
        if at == own:
            text += f"\nThe peculiarity{number} is agreed, and {_ARABIC} {number}."
            text += " As amended." * amendment
        yield Searched(one.key, one.label, one.title, text)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
