"""Where tasks run: here, on processes of this machine, or on an executor that the caller brings."""

import multiprocessing
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.context import BaseContext
from os import _exit
from typing import Any, NamedTuple

import numpy as np

from matcher.services.spreading.calling import Common, Job, call, processors


class Workers(NamedTuple):
    """Ready to work.

    Attributes:
        submit: starts the task of a number, or has it wait its turn.
        ahead: how many tasks are worth having started or waiting at once.
    """

    submit: Callable[[int], "Future[Any]"]
    ahead: int


Place = Callable[[Job], AbstractContextManager[Workers]]
"""Opens workers for a job; leaving ends them, at once if it is left by an exception."""


@contextmanager
def here(job: Job) -> Iterator[Workers]:
    """One task after the other, in the thread that asks."""

    def submit(number: int) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(call((job.work, job.shared), job.tasks[number], job.seeds[number], None))
        except Exception as error:
            future.set_exception(error)
        return future

    yield Workers(submit, 1)


def processes(wanted: int) -> Place:
    """So many processes of this machine, each with its share of the processors."""

    @contextmanager
    def opened(job: Job) -> Iterator[Workers]:
        number = min(wanted, len(job.tasks))
        # Pickled once.
        pool = ProcessPoolExecutor(
            number,
            mp_context=_context(job.work.__module__),
            initializer=_begin,
            initargs=(pickle.dumps((job.work, job.shared)), max(1, processors() // number)),
        )
        try:
            yield Workers(lambda n: pool.submit(_task, job.tasks[n], job.seeds[n]), 2 * number)
        except BaseException:
            # From Python 3.14 on this is `kill_workers`.
            for process in list((pool._processes or {}).values()):
                process.kill()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    return opened


def given(pool: Executor) -> Place:
    """An executor of the caller's, who ends it; tasks that have started there go on to their end."""

    @contextmanager
    def opened(job: Job) -> Iterator[Workers]:
        started: list[Future[Any]] = []

        def submit(number: int) -> "Future[Any]":
            started.append(pool.submit(call, (job.work, job.shared), job.tasks[number], job.seeds[number], None))
            return started[-1]

        try:
            yield Workers(submit, 2 * processors())
        finally:
            for future in started:
                future.cancel()

    return opened


def _context(module: str) -> BaseContext:
    """How processes are started, as Python does from 3.14 on; never as forks of this one, whose threads they lack.

    On Linux they are forks of a server that has loaded the work's module and no more, so that a second sweep starts at
    once; elsewhere each loads everything anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", module])
    return context


class _Held:
    """What a worker process holds for all of its tasks."""

    common: Common
    allowed: int


def _begin(packed: bytes, allowed: int) -> None:
    """In a worker process: take what is shared; stay out of the way of Ctrl-C; end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Held.common, _Held.allowed = pickle.loads(packed), allowed  # noqa: S301 - from the parent


def _end_with_parent() -> None:
    # Left alone, a worker would wait for tasks for ever, with children's records in its memory.
    if parent := multiprocessing.parent_process():
        parent.join()
        _exit(1)


def _task(task: object, seed: np.random.SeedSequence) -> object:
    return call(_Held.common, task, seed, _Held.allowed)
