"""One contender on one instance, in a process of its own: seconds, peak memory, and whether the answer is right."""

import multiprocessing
import os
import pickle
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

from benchmarks.scoring.best import Best
from benchmarks.scoring.contenders import CONTENDERS, OURS
from benchmarks.scoring.instances import SAMPLED, Size, draw, first_children
from benchmarks.scoring.limit import Limit, limit_for
from matcher.scoring import Encoded, best_homes, score_pairs
from matcher.scoring.kernels import best_children, pairs_under

_P = ParamSpec("_P")
_T = TypeVar("_T")
_FEWEST_RUNS, _FEW_SECONDS, _ENOUGH_SECONDS = 5, 3.0, 20.0
_WARM_CHILDREN = 8
_CHEAPER_THAN = 10


@dataclass(frozen=True)
class Run:
    """What was measured.

    Attributes:
        contender: Who.
        children: How many children it scored, against every home.
        pairs: Pairs those are.
        preparing: Seconds to lay the instance out in its own way, once, before the clock of the runs starts.
        seconds: The fastest run: whatever else the machine does can only slow one down.
        cpu_seconds: What all threads together used, in the run that used least.
        runs: How many.
        megabytes: The most memory the process held, the instance included.
        skipped: Share of its blocks of homes that it never looked at; None where it does not say.
        same: Whether the answer equals Placewell's for these children; None for Placewell itself.
    """

    contender: str
    children: int
    pairs: int
    preparing: float
    seconds: float
    cpu_seconds: float
    runs: int
    megabytes: int
    skipped: float | None
    same: bool | None

    @property
    def pairs_a_second(self) -> float:
        """Pairs over seconds."""
        return self.pairs / self.seconds


def apart(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Call a function in a fresh process, whose memory and caches are its own; BLAS there has one thread a caller.

    The caller must stay small: Linux counts its size at the start as the new process's own peak.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def freeze(folder: Path, size: Size, variant: str) -> float:
    """Draw an instance and keep it in a folder; returns the share of pairs that pass every rule, for some children."""
    encoded = draw(size, variant)
    (folder / "instance").write_bytes(pickle.dumps(encoded))
    return float((score_pairs(first_children(encoded, SAMPLED))[1] == 0).mean())


def measure(folder: Path, name: str, k: int) -> Run:
    """Run a contender on a kept instance; Placewell's answer is kept there, for others to be compared with."""
    encoded = _kept(folder)
    contender = CONTENDERS[name]
    ready = contender.load()
    some = first_children(encoded, contender.children(*encoded.shape))
    ready(first_children(some, _WARM_CHILDREN), k)()
    started = time.perf_counter()
    work, seconds, cpu = ready(some, k), list[float](), list[float]()
    preparing = time.perf_counter() - started
    while sum(seconds) < (_FEW_SECONDS if len(seconds) >= _FEWEST_RUNS else _ENOUGH_SECONDS):
        wall, process = time.perf_counter(), time.process_time()
        best = work()
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - process)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Run(
        contender=name,
        children=some.shape[0],
        pairs=some.shape[0] * some.shape[1],
        preparing=preparing,
        seconds=min(seconds),
        cpu_seconds=min(cpu),
        runs=len(seconds),
        megabytes=peak,
        skipped=best.skipped,
        same=_compared(folder / "answer.npz", best, keep=name == OURS),
    )


def other_searches(folder: Path, k: int) -> list[dict[str, Any]]:
    """Seconds of what else is asked of all pairs: each home's k best children, and all pairs under given prices."""
    encoded = _kept(folder)
    few = first_children(encoded, _WARM_CHILDREN)
    tenth = best_homes(encoded, _CHEAPER_THAN)[1][:, -1]
    free = np.zeros(encoded.shape[1], np.int64)
    searches: dict[str, Callable[[Encoded], int]] = {
        f"best {k} children of each home": lambda given: int((best_children(given, k)[0] >= 0).sum()),
        f"pairs up to each child's {_CHEAPER_THAN}th best": lambda given: len(
            pairs_under(given, tenth[: given.shape[0]], free, 1)[0]
        ),
    }
    found = []
    for what, search in searches.items():
        search(few)
        started = time.perf_counter()
        pairs = search(encoded)
        found.append({"search": what, "seconds": time.perf_counter() - started, "pairs": pairs})
    return found


def limit(folder: Path) -> Limit:
    """What the machine could do at best on a kept instance."""
    return limit_for(_kept(folder))


def _kept(folder: Path) -> Encoded:
    encoded: Encoded = pickle.loads((folder / "instance").read_bytes())  # noqa: S301 - written by `freeze`
    return encoded


def _compared(answer: Path, best: Best, *, keep: bool) -> bool | None:
    if keep:
        np.savez(answer, columns=best.columns, costs=best.costs)
        return None
    with np.load(answer) as kept:
        count = len(best.columns)
        same_columns = np.array_equal(kept["columns"][:count], best.columns)
        return same_columns and np.array_equal(kept["costs"][:count], best.costs)
