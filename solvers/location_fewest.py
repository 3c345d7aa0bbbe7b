"""Fewest sites that cover all: what one site or demand makes needless is left out, the rest is left to HiGHS.

Prices alone leave more open here than where the number of sites is given (`location_search`), so that only small
problems are proved by them.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import sparse

from solvers.clock import Clock
from solvers.location_core import make_core
from solvers.location_loops import Bools, Ints
from solvers.location_problem import LocationProblem
from solvers.location_search import Search
from solvers.milp import Program
from solvers.worker import Worker

#: Parts looked at before the integer program is asked.
_PARTS = 100
#: Sites and demands up to which all are compared with all, and rounds of it at most.
_MOST, _ROUNDS = 6000, 8
#: What may be missing from HiGHS's bound, a whole number of sites.
_ROUNDING = 1e-4


def solve_fewest(problem: LocationProblem, clock: Clock, seed: int) -> tuple[Ints, int]:
    """The sites, and how many it takes at least; every demand has a site that can serve it."""
    able = problem.cost >= 0
    core = make_core(problem.cost, None, 1, problem.most, problem.fixed)
    found = Search(core, clock, seed).run(_PARTS)
    chosen, bound = np.union1d(found.chosen, problem.fixed), -(-found.bound // core.fine)
    if bound >= chosen.size or clock.stop():
        return chosen, bound
    demand, site = needed(able, problem.fixed)
    covers = able[np.ix_(demand, site)]
    program = Program(
        np.ones(site.size), sparse.csr_array(covers.astype(np.float64)), np.ones(demand.size),
        np.full(demand.size, np.inf), np.ones(site.size, np.bool_), np.zeros(site.size),
    )  # fmt: skip
    worker = Worker(clock)
    try:
        solved = worker.solve(program, 0.0)
    finally:
        worker.close()
    if solved is None:
        return chosen, bound
    if solved.values is not None:
        other = np.union1d(site[solved.values > 0.5], problem.fixed)
        if other.size < chosen.size and able[:, other].any(axis=1).all():
            chosen = other
    if math.isfinite(solved.bound):
        bound = max(bound, math.ceil(solved.bound - _ROUNDING) + problem.fixed.size)
    return chosen, min(bound, chosen.size)


def needed(able: Bools, fixed: Ints) -> tuple[Ints, Ints]:
    """Demands that fixed sites leave uncovered, and sites, without those that others make needless.

    A site is needless if another covers all that it does; a demand, if another's sites all cover it too.
    """
    demand = np.flatnonzero(~able[:, fixed].any(axis=1))
    site = np.setdiff1d(np.arange(able.shape[1]), fixed)
    if max(demand.size, site.size) > _MOST:
        return demand, site
    for _ in range(_ROUNDS):
        before = demand.size + site.size
        site = site[~_inside(able[np.ix_(demand, site)])]
        demand = demand[~_around(able[np.ix_(demand, site)])]
        if demand.size + site.size == before:
            break
    return demand, site


def _inside(able: Bools) -> Bools:
    """Which columns are inside another, the first of equal ones not."""
    shared, size = _shared(able)
    within = shared == size[:, None]
    first = np.arange(size.size)
    other = (size[None, :] > size[:, None]) | ((size[None, :] == size[:, None]) & (first[None, :] < first[:, None]))
    return np.asarray((within & other).any(axis=1))


def _around(able: Bools) -> Bools:
    """Which rows have another inside them, the first of equal ones not."""
    shared, size = _shared(able.T)
    around = shared == size[None, :]
    first = np.arange(size.size)
    other = (size[None, :] < size[:, None]) | ((size[None, :] == size[:, None]) & (first[None, :] < first[:, None]))
    return np.asarray((around & other).any(axis=1))


def _shared(able: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """How many rows every two columns share, and how many each has; exact, for there are fewer than 2**24."""
    ones = able.astype(np.float32)
    shared = ones.T @ ones
    return shared, np.diag(shared)
