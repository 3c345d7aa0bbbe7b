"""Sites of limited capacity: plans by changes of the sites, a bound by prices, and what is left to HiGHS.

Every demand goes to one site whole, so that it is hard even to tell who goes where among chosen sites. Where each
site may take all comers, no plan costs more: the prices of that problem (`location_search`) prove bounds, and which
pairs no better plan has. The integer program over the others proves the rest, within HiGHS's own tolerances.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from solvers.clock import Clock
from solvers.location_core import make_core
from solvers.location_fill import fill
from solvers.location_loops import Bools, Ints
from solvers.location_problem import LocationProblem
from solvers.location_search import Search
from solvers.milp import Program
from solvers.worker import Worker

#: Pairs up to which the integer program is tried.
_MOST_PAIRS = 250_000
#: Changes of the sites tried without gain, and the part of the time they may take.
_TRIES, _PART = 150, 0.3
#: HiGHS's bound counts less this part of it and this much.
_RELATIVE, _ABSOLUTE = 1e-9, 1e-4
#: What all costs together are brought down to for it.
_DEAREST = 1e9


@dataclass(frozen=True, eq=False)
class Placed:
    """A plan and its bound, in whole parts.

    Attributes:
        chosen: Sites, the fixed ones among them, ascending.
        site_of: The site of each demand, -1 for none; None if no plan that serves all was found.
        bound: No plan costs less; None if there is no plan at all.
    """

    chosen: Ints
    site_of: Ints | None
    bound: int | None


def solve_capacitated(problem: LocationProblem, outside: Ints | None, clock: Clock, seed: int) -> Placed:
    """Find a plan and a bound.

    Args:
        problem: The problem, with capacities.
        outside: What each demand costs if no site serves it; None if all must be served.
        clock: Says when to stop.
        seed: Draws the changes tried.
    """
    charge = int(problem.objective == "fewest")
    plans = _Plans(problem, outside, charge, seed)
    core = make_core(problem.cost, outside, charge, problem.most, problem.fixed)
    plans.search(Search(core, clock, seed).swapped_only(), clock)
    search = Search(core, clock, seed)
    prices, proved = search.prices_below((plans.cost if plans.serves else plans.never) * core.fine)
    bound = -(-proved // core.fine)
    if plans.serves and bound >= plans.cost:
        return plans.placed(plans.cost)
    missing = (plans.cost if plans.serves else plans.never) * core.fine - proved
    able = (problem.cost >= 0) & (problem.cost * core.fine - prices[:, None] < missing)
    if able.sum() > _MOST_PAIRS or clock.stop():
        return plans.placed(bound)
    return _program(problem, plans, able, bound, clock)


class _Plans:
    """The best plan so far, and changes of its sites that make it better."""

    def __init__(self, problem: LocationProblem, outside: Ints | None, charge: int, seed: int) -> None:
        self._problem, self._charge, self._draw = problem, charge, np.random.default_rng(seed)
        dearest = np.maximum(problem.cost, 0).max(axis=1, initial=0).sum() if outside is None else outside.sum()
        self.never: int = int(dearest) + charge * problem.cost.shape[1] + 1
        self._outside = np.full(problem.cost.shape[0], self.never) if outside is None else outside
        self._load, self._room = _loads(problem)
        self._order = np.argsort(-self._load, kind="stable")
        self.chosen = np.zeros(problem.cost.shape[1], np.bool_)
        self.chosen[problem.fixed] = True
        self.place, self.cost = self._filled(self.chosen)

    @property
    def serves(self) -> bool:
        """Whether the best plan serves all who must be."""
        return self.cost < self.never

    def _filled(self, chosen: Bools) -> tuple[Ints, int]:
        sites = np.flatnonzero(chosen)
        place = np.empty(self._load.size, np.int64)
        cost = fill(np.ascontiguousarray(self._problem.cost[:, sites]), self._outside, self._load,
                    self._room[sites], self._order, place)  # fmt: skip
        return np.where(place < 0, -1, np.append(sites, -1)[place]), int(cost) + self._charge * sites.size

    def keep(self, chosen: Bools) -> bool:
        """Fill these sites and keep the plan if it is the best."""
        place, cost = self._filled(chosen)
        before = self.cost
        self.take(chosen, place, cost)
        return self.cost < before

    def take(self, chosen: Bools, place: Ints, cost: int) -> None:
        """Keep a plan made elsewhere if it is the best."""
        if cost < self.cost:
            self.chosen, self.place, self.cost = chosen, place, cost

    def search(self, start: Ints, clock: Clock) -> None:
        """Change one site at a time, drawn, while that makes the plan better now and then."""
        first = self.chosen.copy()
        first[start] = True
        self.keep(first)
        free = np.setdiff1d(np.arange(first.size), self._problem.fixed)
        whole, poor = clock.left, 0
        while poor < _TRIES and free.size and clock.left >= (1 - _PART) * whole and not clock.stop():
            poor = 0 if self.keep(self._changed(free)) else poor + 1

    def _changed(self, free: Ints) -> Bools:
        """One site more, one fewer, or one for another."""
        chosen = self.chosen.copy()
        mine = free[chosen[free]]
        full = chosen.sum() >= self._problem.most
        kind = self._draw.integers(3)
        if mine.size and (kind or full):
            chosen[self._draw.choice(mine)] = False
        others = free[~self.chosen[free]]
        if others.size and chosen.sum() < self._problem.most and kind < 2:
            chosen[self._draw.choice(others)] = True
        return chosen

    def placed(self, bound: int) -> Placed:
        """The best plan, and a bound."""
        return Placed(np.flatnonzero(self.chosen), self.place if self.serves else None, min(bound, self.cost))


def _program(problem: LocationProblem, plans: _Plans, able: Bools, bound: int, clock: Clock) -> Placed:
    """Look for a plan better than the best among these pairs, by HiGHS."""
    demand, site = np.nonzero(able)
    gain = problem.weight[demand] if problem.objective == "cover" else np.zeros(demand.size, np.int64)
    covered_base = int(problem.weight.sum()) if problem.objective == "cover" else 0
    scale = max(1.0, plans.never / _DEAREST)
    program = _stated(problem, demand, site, gain, plans.cost - 1 - covered_base if plans.serves else None, scale)
    worker = Worker(clock)
    try:
        solved = worker.solve(program, 0.0)
    finally:
        worker.close()
    if solved is None:
        return plans.placed(bound)
    if solved.values is not None:
        used = solved.values[: demand.size] > 0.5
        place = np.full(problem.cost.shape[0], -1)
        place[demand[used]] = site[used]
        chosen = solved.values[demand.size :] > 0.5
        plans.take(chosen, place, _cost(problem, chosen, place))
    if math.isinf(solved.bound) and solved.bound > 0:
        return plans.placed(plans.cost) if plans.serves else Placed(problem.fixed, None, None)
    if math.isfinite(solved.bound):
        low, slack = solved.bound * scale + covered_base, _RELATIVE * plans.cost + _ABSOLUTE * scale
        bound = plans.cost if low >= plans.cost - slack else max(bound, math.ceil(low - slack))
    return plans.placed(bound)


def _stated(problem: LocationProblem, demand: Ints, site: Ints, gain: Ints, most: int | None, scale: float) -> Program:
    """Yes-or-no for each pair, then for each site; no dearer than ``most``; costs divided by ``scale``."""
    demands, sites = problem.cost.shape
    load, room = _loads(problem)
    pair, opens = np.arange(demand.size), demand.size + np.arange(sites)
    price = np.concatenate([problem.cost[demand, site] - gain, np.full(sites, int(problem.objective == "fewest"))])
    parts = np.cumsum([0, demands, pair.size, sites, 1, problem.fixed.size, int(most is not None)])
    row = [demand, parts[1] + pair, parts[1] + pair, parts[2] + site, parts[2] + np.arange(sites),
           np.full(sites, parts[3]), parts[4] + np.arange(problem.fixed.size)]  # fmt: skip
    column = [pair, pair, opens[site], pair, opens, opens, opens[problem.fixed]]
    value = [np.ones(pair.size), np.ones(pair.size), -np.ones(pair.size), load[demand], -room, np.ones(sites),
             np.ones(problem.fixed.size)]  # fmt: skip
    least, top = np.full(parts[-1], -np.inf), np.zeros(parts[-1])
    least[:demands] = 0 if problem.objective == "cover" else 1
    top[:demands], top[parts[3]] = 1, problem.most
    least[parts[4] : parts[5]] = top[parts[4] : parts[5]] = 1
    if most is not None:
        row.append(np.full(price.size, parts[5]))
        column.append(np.arange(price.size))
        value.append(price / scale)
        top[parts[5]] = most / scale
    table = sparse.csr_array(
        (np.concatenate(value).astype(np.float64), (np.concatenate(row), np.concatenate(column))),
        shape=(parts[-1], price.size),
    )
    table.eliminate_zeros()
    return Program(price / scale, table, least, top, np.ones(price.size, np.bool_), np.zeros(price.size))


def _loads(problem: LocationProblem) -> tuple[Ints, Ints]:
    """What each demand takes of a site's room, and the room of each site."""
    demands, sites = problem.cost.shape
    load = np.zeros(demands, np.int64) if problem.load is None else problem.load
    return load, np.full(sites, load.sum()) if problem.capacity is None else problem.capacity


def _cost(problem: LocationProblem, chosen: Bools, place: Ints) -> int:
    """What a plan costs in whole parts."""
    if problem.objective == "fewest":
        return int(chosen.sum())
    if problem.objective == "cover":
        return int(problem.weight[place < 0].sum())
    return int(problem.cost[np.arange(place.size), place].sum())
