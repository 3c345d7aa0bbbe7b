"""One contender on one instance, in a process of its own: seconds, peak memory, and whether the answer is right."""

import multiprocessing
import os
import pickle
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from benchmarks.scoring.best import Best
from benchmarks.scoring.contenders import CONTENDERS, OURS
from benchmarks.scoring.instances import Size, draw, first_children
from benchmarks.scoring.limit import Limit, limit_for
from matcher.scoring import Encoded, score_pairs

_P = ParamSpec("_P")
_T = TypeVar("_T")
_FEWEST_RUNS, _FEW_SECONDS, _ENOUGH_SECONDS = 5, 3.0, 20.0
_WARM_CHILDREN = 8
_SAMPLED = 500


@dataclass(frozen=True)
class Run:
    """What was measured.

    Attributes:
        contender: Who.
        children: How many children it scored, against every home.
        pairs: Pairs those are.
        seconds: Median over the runs.
        cpu_seconds: Median of what all threads together used.
        runs: How many.
        megabytes: The most memory the process held, the instance included.
        same: Whether the answer equals Placewell's for these children; None for Placewell itself.
    """

    contender: str
    children: int
    pairs: int
    seconds: float
    cpu_seconds: float
    runs: int
    megabytes: int
    same: bool | None

    @property
    def pairs_a_second(self) -> float:
        """Pairs over the median's seconds."""
        return self.pairs / self.seconds


def apart(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Call a function in a fresh process, whose memory and caches are its own; BLAS there has one thread a caller.

    The caller must stay small: Linux counts its size at the start as the new process's own peak.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def freeze(folder: Path, size: Size, variant: str) -> float:
    """Draw an instance and keep it in a folder; returns the share of pairs that pass every rule, from 500 children."""
    encoded = draw(size, variant)
    (folder / "instance").write_bytes(pickle.dumps(encoded))
    return float((score_pairs(first_children(encoded, _SAMPLED))[1] == 0).mean())


def measure(folder: Path, name: str, k: int) -> Run:
    """Run a contender on a kept instance; Placewell's answer is kept there, for others to be compared with."""
    encoded = _kept(folder)
    contender = CONTENDERS[name]
    ready = contender.load()
    ready(first_children(encoded, _WARM_CHILDREN), k)()
    some = first_children(encoded, contender.children(*encoded.shape))
    work, seconds, cpu = ready(some, k), list[float](), list[float]()
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
        seconds=statistics.median(seconds),
        cpu_seconds=statistics.median(cpu),
        runs=len(seconds),
        megabytes=peak,
        same=_compared(folder / "answer.npz", best, keep=name == OURS),
    )


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
