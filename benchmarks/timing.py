"""Calls in; how long each of them takes, measured in turns, out."""

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Final

# What is timed only computes, so its time is that of the processor: turns that other
# programs get meanwhile do not count. Elsewhere that clock ticks too slowly.
clock: Final = process_time if os.name == "posix" else perf_counter


@dataclass(frozen=True, slots=True)
class Times:
    """What one call took, round by round, in milliseconds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time that half of the rounds stayed below."""
        return median(self.rounds)

    @property
    def best(self) -> float:
        """The time of the fastest round."""
        return min(self.rounds)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector out: what exists is set aside, then it is off."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def in_turns(
    calls: Mapping[str, Callable[[], object]],
    seconds: float,
    *,
    least: int = 5,
    most: int = 200,
) -> dict[str, Times]:
    """Time every call once a round, so that a slow moment of the machine hits all.

    Every other round goes backwards: who comes after a large call finds the caches of
    the processor and the memory of the process as that left them.
    seconds: how long to go on, after at least `least` rounds and one round that does
    not count. Garbage is collected between calls, outside of the time taken.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    with _without_collector():
        for call in calls.values():
            call()
        end = perf_counter() + seconds
        for done in range(most):
            if done >= least and perf_counter() > end:
                break
            order = list(calls.items())
            for name, call in reversed(order) if done % 2 else order:
                started = clock()
                call()
                taken[name].append((clock() - started) * 1000)
                gc.collect()
    return {name: Times(tuple(rounds)) for name, rounds in taken.items()}
