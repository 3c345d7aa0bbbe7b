"""Rows shared among threads: each takes a batch, works out the children's sides, and goes through the homes."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from matcher.scoring.arrays import Arrays, Int64
from matcher.scoring.compiled.ask import take_rows
from matcher.scoring.compiled.blocks import STRIP_METRES
from matcher.scoring.compiled.score import Laid
from matcher.scoring.compiled.work import Work, new_work

PARALLEL_FROM_PAIRS = 100_000
_ROWS_A_BATCH = 32

Task = Callable[[Int64, Work], None]


def share_rows(laid: Laid, task: Task) -> None:
    """Do every row, in one thread or from a size upwards in as many as there are cores.

    Args:
        laid: The run.
        task: Called with a batch of rows, int64 (r,), and room to work in that holds their sides.
    """
    batches = deque(row_batches(laid.arrays))

    def work_off() -> None:
        room = room_for(laid)
        while True:
            try:
                rows = batches.popleft()
            except IndexError:
                return
            task(rows, taken(rows, laid, room))

    run_on_threads(laid, [work_off] * cores(), one=work_off)


def run_on_threads(laid: Laid, jobs: Sequence[Callable[[], None]], *, one: Callable[[], None]) -> None:
    """Run the jobs side by side, or ``one`` alone where the run is too small for threads to pay."""
    if len(laid.arrays.rows) * len(laid.arrays.homes) < PARALLEL_FROM_PAIRS:
        one()
        return
    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()


def cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def row_batches(arrays: Arrays) -> list[Int64]:
    """The rows in batches, children who live near each other together: they look at the same blocks."""
    rows = arrays.rows
    order = np.lexsort((rows["home_y"], rows["home_x"] // STRIP_METRES)).astype(np.int64)
    return [order[at : at + _ROWS_A_BATCH] for at in range(0, len(order), _ROWS_A_BATCH)]


def room_for(laid: Laid) -> Work:
    """Room for one thread to work in."""
    rows = laid.arrays.rows
    visits = int((rows["visits_to"] - rows["visits_from"]).max(initial=0))
    pence = laid.lanes.block.dtype["own"].base.type
    return new_work(_ROWS_A_BATCH, len(laid.weights), visits + 2, len(laid.lanes.block), pence)


def taken(rows: Int64, laid: Laid, room: Work) -> Work:
    """Work out the sides of a batch of rows, in ``room``, which is returned."""
    take_rows(rows, laid.arrays, laid.weights, laid.by_weight, room)
    return room
