"""A call that changes a workspace in; the same call, made one at a time, out."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from slacontracts.store.lock import only_one
from slacontracts.workflow.desk import Desk

P = ParamSpec("P")
R = TypeVar("R")
_Call = Callable[Concatenate[Desk, P], R]


def one_at_a_time(task: str) -> Callable[[_Call[P, R]], _Call[P, R]]:
    """Let a call that reads and then writes wait until nobody else does.

    task: the command that makes the call, for those who wait in vain. Such a call
    makes no other of its kind: it would wait for itself.
    """

    def decorated(call: _Call[P, R]) -> _Call[P, R]:
        @wraps(call)
        def waiting(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with only_one(desk.workspace.root, task, warn=desk.warn):
                return call(desk, *args, **kwargs)

        return waiting

    return decorated
