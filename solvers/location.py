"""Where to open: sites chosen so that demand is near, within reach, or covered with as few as can be, with proof.

For questions without children's records: demands and sites are rows and columns of a table of distances.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from solvers.clock import Clock
from solvers.location_capacity import solve_capacitated
from solvers.location_check import check_location
from solvers.location_core import make_core
from solvers.location_fewest import solve_fewest
from solvers.location_problem import Ints, LocationProblem, Objective, read_problem
from solvers.location_search import Search

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, eq=False)
class LocationResult:
    """Sites and who goes where, and how good that is proved to be.

    Attributes:
        sites: The sites chosen, ascending, the fixed ones among them; besides those, none that serves nobody. Empty
            without a plan.
        site_of: The site of each demand, -1 if it is not covered, ``(demands,)``.
        objective: What the plan is worth: for ``median`` distance times demand, added up (less is better), for
            ``cover`` the demand covered (more is better), for ``fewest`` the number of sites (less is better). Infinite
            without a plan.
        bound: No plan is better than this.
        status: ``optimal``: no plan is better by more than ``tolerance``; ``feasible``: none is better than the bound;
            ``infeasible``: proved that there is no plan; ``unknown``: time ran out before a plan was found.
        tolerance: By how much rounding may have moved the objective or the bound; 0 for whole numbers and for decimals.
        unreachable: Demands that no site can serve, ascending, for ``median`` and ``fewest``.
        seconds: How long it took.
        seed: The seed given.
    """

    sites: Ints
    site_of: Ints
    objective: float
    bound: float
    status: Status
    tolerance: float
    unreachable: tuple[int, ...]
    seconds: float
    seed: int

    @property
    def gap(self) -> float:
        """Between objective and bound, as a part of the objective; 0 if optimal, infinite without a plan."""
        if self.status == "optimal":
            return 0.0
        if not math.isfinite(self.objective):
            return math.inf
        apart = abs(self.objective - self.bound)
        return apart / abs(self.objective) if self.objective else (math.inf if apart else 0.0)


def solve_location(
    distance: npt.ArrayLike,
    *,
    objective: Objective = "median",
    p: int | None = None,
    radius: float | None = None,
    demand: npt.ArrayLike | None = None,
    capacity: npt.ArrayLike | None = None,
    fixed: Iterable[int] = (),
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> LocationResult:
    """Choose sites.

    Each demand goes to one site, whole, also where sites have capacities; where they have none, to the nearest chosen.

    Whole numbers, and decimals of up to 6 places, are reckoned exactly. Other fractions are rounded to a grid as fine
    as fits in whole numbers of 64 bits, and the result's ``tolerance`` says how much that may matter (some 1e-11 of the
    objective). Without capacities ``median`` and ``cover`` are proved in whole numbers throughout; with them, and for
    ``fewest``, what prices leave open is proved by HiGHS, to a billionth of the objective and its own tolerances.

    Args:
        distance: Distance from each demand to each site, ``(demands, sites)``, 0 or more in any unit; -1 or infinite
            where the site cannot serve the demand. It need not be symmetric, nor a distance on a map.
        objective: ``median``: least distance times demand, all demands served. ``cover``: most demand within the
            radius. ``fewest``: fewest sites with all demands within the radius.
        p: How many sites may be chosen at most, the fixed ones among them; for ``median`` and ``cover``.
        radius: How far a site may be from what it covers, that far included; for ``cover`` and ``fewest``.
        demand: What each demand counts, ``(demands,)``, 0 or more; 1 if not given. Demands of 0 must be served too.
        capacity: How much demand each site can serve, ``(sites,)``; infinite for no limit. Demand then needs to be
            whole numbers or decimals of up to 6 places.
        fixed: Sites that are there already.
        time_limit: Seconds after which the best plan so far is returned with its bound; None: go on until proved.
        cancel: As ``time_limit``, when it says so.
        seed: Draws the changes tried where there are capacities; the same gives the same plan if time does not run out.

    Raises:
        ValueError: naming the argument and the entry that is wrong.
    """
    there = _listed(fixed)
    problem = read_problem(distance, objective, p, radius, demand, capacity, there)
    clock = Clock(time_limit, cancel)
    far = np.asarray(distance, dtype=np.float64)
    demands = far.shape[0]
    unreachable = () if objective == "cover" else tuple(np.flatnonzero((problem.cost < 0).all(axis=1)).tolist())
    if unreachable:
        return _without_plan("infeasible", math.inf, unreachable, demands, clock, seed)
    outside = problem.weight if objective == "cover" else None
    if problem.capacity is None:
        chosen, site_of, bound = _uncapacitated(problem, outside, far, clock, seed)
    else:
        placed = solve_capacitated(problem, outside, clock, seed)
        chosen, site_of, bound = placed.chosen, placed.site_of, placed.bound
    if bound is None:
        return _without_plan("infeasible", math.inf, (), demands, clock, seed)
    if site_of is None:
        return _without_plan("unknown", _told(problem, bound), (), demands, clock, seed)
    sites = np.union1d(problem.fixed, np.intersect1d(chosen, site_of))
    worth = _worth(problem, sites, site_of)
    value = _told(problem, worth) if problem.tolerance == 0 else _in_floats(far, demand, site_of, objective)
    status: Status = "optimal" if bound >= worth else "feasible"
    check_location(far, sites.tolist(), site_of, value, objective=objective, p=p, radius=radius, demand=demand,
                   capacity=capacity, fixed=there)  # fmt: skip
    proved = value if status == "optimal" else _told(problem, bound)
    return LocationResult(sites, site_of, value, proved, status, 2 * problem.tolerance, (), clock.seconds, seed)


def _listed(fixed: Iterable[int]) -> list[int]:
    try:
        return list(fixed)
    except TypeError:
        raise ValueError(f"fixed is {fixed!r}: expected the numbers of sites") from None


def _uncapacitated(
    problem: LocationProblem, outside: Ints | None, far: npt.NDArray[np.float64], clock: Clock, seed: int
) -> tuple[Ints, Ints | None, int | None]:
    """Sites, who goes where, and a bound in whole parts; no plan if not all are served, no bound if they cannot be."""
    if problem.objective == "fewest":
        chosen, bound = solve_fewest(problem, clock, seed)
    else:
        core = make_core(problem.cost, outside, 0, problem.most, problem.fixed)
        found = Search(core, clock, seed).run()
        if found.bound >= core.never:
            return found.chosen, None, None
        chosen, bound = np.union1d(found.chosen, problem.fixed), -(-found.bound // core.fine)
        if found.cost >= core.never:
            return chosen, None, bound
    able = problem.cost[:, chosen] >= 0
    nearest = np.where(able, far[:, chosen], np.inf)
    site_of = np.full(far.shape[0], -1)
    if chosen.size:
        site_of = np.where(able.any(axis=1), chosen[nearest.argmin(axis=1)], -1)
    return chosen, site_of, bound


def _worth(problem: LocationProblem, sites: Ints, site_of: Ints) -> int:
    """What a plan costs in whole parts."""
    if problem.objective == "fewest":
        return int(sites.size)
    if problem.objective == "cover":
        return int(problem.weight[site_of < 0].sum())
    return int(problem.cost[np.arange(site_of.size), site_of].sum())


def _told(problem: LocationProblem, cost: int) -> float:
    """A cost in whole parts as the caller counts: for ``cover``, what is covered."""
    parts = int(problem.weight.sum()) - cost if problem.objective == "cover" else cost
    return parts if problem.unit == 1 else parts / problem.unit


def _in_floats(far: npt.NDArray[np.float64], demand: npt.ArrayLike | None, site_of: Ints, objective: str) -> float:
    """What a plan is worth where it was rounded."""
    weight = np.ones(site_of.size) if demand is None else np.asarray(demand, dtype=np.float64)
    served = np.flatnonzero(site_of >= 0)
    length = far[served, site_of[served]] if objective == "median" else np.ones(served.size)
    return math.fsum((weight[served] * length).tolist())


def _without_plan(
    status: Status, bound: float, unreachable: tuple[int, ...], demands: int, clock: Clock, seed: int
) -> LocationResult:
    return LocationResult(
        np.empty(0, np.int64), np.full(demands, -1), math.inf, bound, status, 0.0, unreachable, clock.seconds, seed
    )
