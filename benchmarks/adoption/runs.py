"""What is timed, each in a process of its own: our screening and linking, and what a user would otherwise pick."""

import pickle
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.adoption.instances import draw_pool
from benchmarks.adoption.pandas_screen import pandas_screen
from benchmarks.scoring.best import Best
from matcher.scoring.arrays import Int64
from matcher.services.adoption.linking import link_pool, linking_problem
from matcher.services.adoption.pool_case import PoolCase, pool_case
from matcher.services.adoption.screening import Screened, families_for, screen
from matcher.services.adoption.simulation_strategies import best_links

TOP = 20
PANDAS_UNITS = 200
_RUNS, _NONE = 5, np.iinfo(np.int64).max
_T = TypeVar("_T")


def freeze(folder: Path, children: int, families: int, seed: int) -> dict[str, Any]:
    """Draw a pool and keep it laid out as a case; returns what it is."""
    case = draw_pool(children, families, seed)
    laid, seconds, _ = _timed(lambda: pool_case(case))
    (folder / "pool").write_bytes(pickle.dumps(laid))
    return {"children": children, "families": families, "units": len(laid.units), "case_seconds": seconds}


def placewell(folder: Path) -> dict[str, Any]:
    """Encode, screen, list both ways, link with proof; the fastest of some runs of each, and one child explained.

    ``cpu`` is the processor time of all threads in the run that used least: on a machine with nothing else to do no
    step takes longer than that.
    """
    _link_a_small_pool()
    pool = _kept(folder)
    seconds, cpu, kept = dict[str, float](), dict[str, float](), dict[str, Any]()
    for step, runs, work in (
        ("encoding", _RUNS, lambda: replace(pool).encoded),
        ("encoding and screening", _RUNS, lambda: screen(replace(pool))),
        ("lists", _RUNS, lambda: both_ways(kept["encoding and screening"], TOP)),
        ("linking", 2, lambda: link_pool(kept["encoding and screening"])),
    ):
        for _ in range(runs):
            kept.pop(step, None)
            kept[step], wall, used = _timed(work)
            seconds[step], cpu[step] = min(wall, seconds.get(step, wall)), min(used, cpu.get(step, used))
    screened, linking = kept["encoding and screening"], kept["linking"]
    np.savez(folder / "answer.npz", columns=kept["lists"][0].columns, costs=kept["lists"][0].costs)
    explained = [_timed(partial(families_for, screened, unit[0]))[1] for unit in pool.units[:_RUNS]]
    return {
        "seconds": seconds,
        "cpu": cpu,
        "one_child": statistics.median(explained),
        "pairs": int(screened.cost.size),
        "eligible": float(screened.eligible.mean()),
        "status": linking.result.status,
        "objective": linking.result.objective,
        "bound": linking.result.bound,
        "linked": linking.children_linked,
        "megabytes": _peak(),
    }


def pandas(folder: Path) -> dict[str, Any]:
    """The first units' families, by pandas, compared with ours."""
    pool = _kept(folder)
    units = min(PANDAS_UNITS, len(pool.units))
    pandas_screen(pool, TOP, min(3, units))()
    work = pandas_screen(pool, TOP, units)
    best, seconds, cpu = _timed(work)
    with np.load(folder / "answer.npz") as ours:
        same = np.array_equal(ours["columns"][:units], best.columns)
        same = same and np.array_equal(ours["costs"][:units], best.costs)
    pairs = units * len(pool.families)
    return {"units": units, "seconds": seconds, "cpu": cpu, "pairs": pairs, "same": same, "megabytes": _peak()}


def scipy_matrix(folder: Path) -> dict[str, Any]:
    """The links by ``linear_sum_assignment`` over the whole matrix: as good, without a bound."""
    screened = screen(_kept(folder))
    problem, _ = linking_problem(screened)
    price = np.full(screened.cost.shape, -1, np.int64)
    price[problem.child, problem.home] = problem.cost
    sizes = np.array([len(unit) for unit in screened.pool.units])
    cost, plain = screened.cost.astype(np.float64), screened.plain.astype(np.float64)
    (row, column), seconds, cpu = _timed(lambda: best_links(cost, screened.eligible, sizes, plain=plain))
    objective = int(price[row, column].sum() + np.delete(problem.unplaced, row).sum())
    return {
        "seconds": seconds,
        "cpu": cpu,
        "objective": objective,
        "linked": int(sizes[row].sum()),
        "megabytes": _peak(),
    }


def first_come(folder: Path) -> dict[str, Any]:
    """Longest waiting first, each the first family approved that is eligible."""
    screened = screen(_kept(folder))
    pool, people = screened.pool, screened.pool.pool
    since = [min(people.child[child].dates.decided_on for child in unit) for unit in pool.units]
    approved = np.array([str(family.dates.approved_on) for family in pool.families])
    order = np.argsort(approved, kind="stable")

    def work() -> list[tuple[int, int]]:
        free, links = np.ones(len(order), np.bool_), list[tuple[int, int]]()
        for unit in sorted(range(len(since)), key=since.__getitem__):
            at = int(np.argmax(open_to := free & screened.eligible[unit, order]))
            if open_to[at]:
                free[at] = False
                links.append((unit, int(order[at])))
        return links

    links, seconds, cpu = _timed(work)
    problem, _ = linking_problem(screened)
    left = set(range(len(pool.units))) - {unit for unit, _ in links}
    objective = sum(int(screened.cost[link]) for link in links) + int(problem.unplaced[sorted(left)].sum())
    linked = sum(len(pool.units[unit]) for unit, _ in links)
    return {"seconds": seconds, "cpu": cpu, "objective": objective, "linked": linked, "megabytes": _peak()}


def both_ways(screened: Screened, k: int) -> tuple[Best, Best]:
    """The k cheapest eligible families of each unit, and the k nearest units of each family; earlier ones first."""
    cost = np.where(screened.eligible, screened.cost, _NONE // (1 + max(screened.cost.shape)))
    return _cheapest(cost, screened.eligible, k), _cheapest(cost.T, screened.eligible.T, k)


def _cheapest(cost: Int64, eligible: np.ndarray[Any, np.dtype[np.bool_]], k: int) -> Best:
    rows, columns = cost.shape
    keys = np.ascontiguousarray(cost) * columns + np.arange(columns)
    first = np.sort(np.partition(keys, min(k, columns) - 1, axis=1)[:, :k], axis=1)
    column = first % columns
    there = eligible[np.arange(rows)[:, None], column]
    return Best(np.where(there, column, -1).astype(np.int32), np.where(there, first // columns, _NONE))


def _link_a_small_pool() -> None:
    """Compiled code is loaded before any clock starts."""
    link_pool(screen(pool_case(draw_pool(30, 30, seed=9))))


def _timed(work: Callable[[], _T]) -> tuple[_T, float, float]:
    """What it gave, seconds by the clock, and processor seconds of all threads."""
    started, used = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - started, time.process_time() - used


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _kept(folder: Path) -> PoolCase:
    pool: PoolCase = pickle.loads((folder / "pool").read_bytes())  # noqa: S301 - written by `freeze`
    return pool
