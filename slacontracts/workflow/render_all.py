"""All agreements in; a file of each in one folder out, by several processes."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from slacontracts.errors import ChecksFailedError, SlaContractsError, SourceError
from slacontracts.store.git import DraftNumber, draft_numbers
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.hand_over import hand_over
from slacontracts.workflow.internal_fault import internal_fault
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.shelf import Shelf

_TASK_SIZE: Final = 16
# A process needs about as long to start as this many agreements to render.
_WORTH_A_PROCESS: Final = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one agreement: its file, or why there is none."""

    id: str
    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class _Order:
    """What every process needs to know."""

    desk: Desk
    folder: Path
    wanted: Wanted
    twice: frozenset[str]
    force: bool


_Task = Sequence[tuple[AgreementPlace, DraftNumber]]


def render_all(
    desk: Desk, folder: Path, wanted: Wanted, jobs: int, *, force: bool = False
) -> tuple[int, Iterator[Outcome]]:
    """Return how many agreements there are, and their outcomes as they come.

    One agreement that cannot be rendered does not stop the others. jobs: how many
    processes may work; few agreements are rendered by one. force: replace files
    that are no renderings of their agreement.
    """
    places = desk.workspace.agreements()
    numbers = draft_numbers(desk.workspace, places)
    work = [(place, numbers[place.folder]) for place in places]
    order = _Order(desk, folder, wanted, _twice(places), force)
    jobs = min(jobs, max(1, len(work) // _WORTH_A_PROCESS))
    outcomes = _by_processes(order, work, jobs) if jobs > 1 else _by_one(order, work)
    return len(work), outcomes


def _twice(places: Sequence[AgreementPlace]) -> frozenset[str]:
    """Return the ids that two folders have; their files would have one name."""
    counts = Counter(place.id for place in places)
    return frozenset(name for name, count in counts.items() if count > 1)


def _by_one(order: _Order, work: _Task) -> Iterator[Outcome]:
    shelf = Shelf(order.desk)
    for place, number in work:
        yield _outcome(shelf, order, place, number)


def _by_processes(order: _Order, work: _Task, jobs: int) -> Iterator[Outcome]:
    tasks = [work[at : at + _TASK_SIZE] for at in range(0, len(work), _TASK_SIZE)]
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(order,)
    ) as pool:
        futures = [pool.submit(_work_off, task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield from future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class _Worker:
    """What one process keeps between tasks: its order and the libraries it has read."""

    order: _Order
    shelf: Shelf


def _begin(order: _Order) -> None:
    _Worker.order, _Worker.shelf = order, Shelf(order.desk)
    gc.set_threshold(100_000, 50, 50)  # see cli.main


def _work_off(task: _Task) -> list[Outcome]:
    return [
        _outcome(_Worker.shelf, _Worker.order, place, number) for place, number in task
    ]


def _outcome(
    shelf: Shelf, order: _Order, place: AgreementPlace, number: DraftNumber
) -> Outcome:
    if place.id in order.twice:
        return Outcome(place.id, "", f"its id is used twice; one is {place.file}")
    try:
        known = None if number.has_link else number  # then it is asked for, and refused
        rendered = render_agreement(shelf, place, order.wanted, known)
        file = order.folder / rendered.name
        kind = order.wanted.format
        hand_over(file, rendered.data, kind, place.id, force=order.force)
    except (SourceError, ChecksFailedError) as error:
        first = f"{error.findings[0]}" if error.findings else str(error)
        more = (
            f" (and {len(error.findings) - 1} more)" if len(error.findings) > 1 else ""
        )
        return Outcome(place.id, "", first + more)
    except SlaContractsError as error:
        return Outcome(place.id, "", str(error))
    except Exception as error:
        return Outcome(place.id, "", str(internal_fault(place.file, error)))
    return Outcome(place.id, str(file), "")
