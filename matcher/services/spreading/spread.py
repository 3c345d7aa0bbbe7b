"""The one call by which many tasks of a kind are run, wherever that is."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Any, TypeVar

import numpy as np

from matcher.services.spreading.calling import Job, processors
from matcher.services.spreading.cluster import PREFIXES, cluster
from matcher.services.spreading.errors import StoppedError, WorkersLostError
from matcher.services.spreading.workers import Place, Workers, given, here, processes

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]

_POLL = 0.1
_TRIES = 3
_PROCESSES = "processes"


def spread(
    work: Callable[[S, T, np.random.SeedSequence], R],
    tasks: Iterable[T],
    *,
    shared: S,
    seed: int = 1,
    on: str | Executor = "here",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> list[R]:
    """Run every task and give the results in the order of the tasks: the same ones wherever they run.

    Args:
        work: a function of a module (other processes find it by its name): of what is shared, a task, and the chance
            that is this task's alone. It must not depend on which tasks ran before it.
        tasks: one for each call; sent to other processes by pickle, like ``shared`` and the results.
        shared: what all tasks need; sent once to each process.
        seed: each task's chance is a child of it, by the task's number.
        on: ``here``, in this thread; ``processes:N``, on N processes of this machine, or ``processes`` on as many as
            it has processors; ``dask://host:port`` (``dask+tls://`` with Dask's own certificates), the scheduler of a
            Dask cluster, **which is sent the records that the tasks need**; or an executor of the caller's, which is
            sent ``shared`` with every task and decides itself how long what runs goes on.
        progress: called in this thread with how many tasks are done, and how many there are.
        cancel: asked in this thread, between tasks if they run here and else ten times a second, whether to stop.
            Processes are ended at once; what a cluster is at work on runs to its end there, unheeded.

    Raises:
        StoppedError: ``cancel`` said so; it holds the results so far.
        WorkersLostError: processes ended three times without a task done between; a task whose process ends is
            otherwise done again.
        ClusterError: Dask is not installed, or the cluster cannot be used.
        ValueError: ``on`` is none of these.
        Exception: whatever a task raised, with a note of which it was: where several do, the first in order.
    """
    listed = tuple(tasks)
    job = Job(work, shared, listed, tuple(np.random.SeedSequence(seed).spawn(len(listed))))
    place, done, barren = _place(on), dict[int, Any](), 0
    while len(done) < len(listed):
        before = len(done)
        try:
            with place(job) as workers:
                _Round(job, workers, done, progress, cancel).run()
        except (BrokenExecutor, CancelledError) as error:
            barren = barren + 1 if len(done) == before else 0
            if barren == _TRIES:
                raise WorkersLostError(_lost(done, len(listed))) from error
    return [done[number] for number in range(len(listed))]


class _Round:
    """One go at the tasks not yet done, with workers that may be lost before the end."""

    def __init__(
        self, job: Job, workers: Workers, done: dict[int, Any], progress: Progress | None, cancel: Cancel | None
    ) -> None:
        self._workers, self._done, self._total = workers, done, len(job.tasks)
        self._progress, self._cancel = progress, cancel
        self._waiting = deque(number for number in range(self._total) if number not in done)
        self._running: dict[Future[Any], int] = {}
        self._failed: tuple[int, BaseException] | None = None

    def run(self) -> None:
        while self._waiting or self._running:
            if self._cancel and self._cancel():
                raise StoppedError(self._done, self._total)
            while self._waiting and len(self._running) < self._workers.ahead:
                number = self._waiting.popleft()
                self._running[self._workers.submit(number)] = number
            ready = wait(self._running, timeout=_POLL, return_when=FIRST_COMPLETED).done
            # Good results first: a lost process loses no task that was done.
            for future in sorted(ready, key=_is_lost):
                self._take(future)
        if self._failed:
            number, error = self._failed
            error.add_note(f"in task {number + 1} of {self._total}")
            raise error

    def _take(self, future: "Future[Any]") -> None:
        number = self._running.pop(future, None)
        if number is None:
            return
        error = future.exception()
        if error is None:
            self._done[number] = future.result()
            if self._progress:
                self._progress(len(self._done), self._total)
        elif isinstance(error, BrokenExecutor):
            raise error
        elif self._failed is None or number < self._failed[0]:
            # Tasks before it are done or running: should one of those fail, it is the one to tell of.
            self._failed = number, error
            self._waiting.clear()
            self._running = {other: n for other, n in self._running.items() if n < number}


def _is_lost(future: "Future[Any]") -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenExecutor)


def _place(on: str | Executor) -> Place:
    if isinstance(on, Executor):
        return given(on)
    if on == "here":
        return here
    name, _, number = on.partition(":")
    if name == _PROCESSES and (on == _PROCESSES or (number.isdecimal() and int(number))):
        return processes(int(number or processors()))
    for prefix, scheme in PREFIXES.items():
        if on.startswith(prefix):
            return cluster(scheme + on.removeprefix(prefix))
    raise ValueError(f"{on!r}: expected 'here', 'processes', 'processes:2' or 'dask://host:port'.")


def _lost(done: dict[int, Any], total: int) -> str:
    left = [number + 1 for number in range(total) if number not in done]
    return (
        f"Whoever does the work ended {_TRIES} times without a task done, with {len(done):,} of {total:,} done; next "
        f"was task {left[0]:,}. Is there memory enough for it? Fewer processes at once need less."
    )
