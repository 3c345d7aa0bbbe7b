"""One task called, with the number of threads that it may use."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

_ALLOWED: ContextVar[int | None] = ContextVar("threads", default=None)


@dataclass(frozen=True, eq=False)
class Job:
    """Tasks of one kind.

    Attributes:
        work: a module's function of what is shared, a task and the task's own chance.
        shared: what every task needs.
        tasks: one for each call.
        seeds: one for each task.
    """

    work: Callable[[Any, Any, np.random.SeedSequence], Any]
    shared: Any
    tasks: tuple[Any, ...]
    seeds: tuple[np.random.SeedSequence, ...]


Common = tuple[Callable[[Any, Any, np.random.SeedSequence], Any], Any]
"""The work and what is shared: sent to a worker once."""


def call(common: Common, task: object, seed: np.random.SeedSequence, allowed: int | None) -> object:
    """Do one task, with so many threads allowed to it; None is as many as there are processors."""
    work, shared = common
    before = _ALLOWED.set(allowed)
    try:
        return work(shared, task, seed)
    finally:
        _ALLOWED.reset(before)


def threads() -> int:
    """How many threads work may start here: every processor, or a task's share where others run beside it."""
    return _ALLOWED.get() or processors()


def processors() -> int:
    """How many processors this process may use."""
    # Only when it is asked: compiled code takes a while to load, in every process.
    from matcher.scoring.compiled.threads import cores

    return cores()
