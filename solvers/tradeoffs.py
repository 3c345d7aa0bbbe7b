"""Trade-offs: the plans that are best by two measures at once, each with proof.

A plan is *efficient* when no plan is better by one measure and at least as good by the other. With ``a`` and ``b``
two costs of every pair,

    A = a of the pairs used + charges for children unplaced and groups apart
    B = b of the pairs used + ``b_unplaced`` for every child without a home

1. Ends: the least ``A``, and of those plans the least ``B``; and the other way round.
2. Where the largest rectangle between two neighbours is unknown, the sum ``p A + q B`` whose slope joins them is
   made least: a flow, or partition columns where there are groups. It finds every efficient plan on the lower hull.
3. Where that finds nothing between them, the least ``A`` with ``B`` at most the middle of the gap, then the least
   ``B`` with that ``A``, by integer program (`solvers.budget`), priced by the weights of 2.

Each solution proves something of *all* plans: ``p A + q B >= L``, or ``A >= u`` wherever ``B <= limit``. From these
alone follows the least ``A`` possible within any ``B``, and so each point's bound and whether it is efficient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.budget import Measure
from solvers.check import check_assignment
from solvers.clock import Clock
from solvers.explorer import Explorer, Key
from solvers.plan import Plan
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult, relative_gap
from solvers.validate import spread, whole_array


@dataclass(frozen=True, eq=False)
class FrontierPoint:
    """One plan of a trade-off.

    Attributes:
        place_of: Home of each child, -1 for none, ``(children,)``.
        a: Its first measure, charges for unplaced and apart included.
        b: Its second measure.
        bound: No plan whose second measure is at most ``b`` has a first measure below this.
        gap: ``a`` above its bound, as a share of ``a`` without charges, as in `AssignmentResult.gap`.
        efficient: Whether it is proved that no plan is better by one measure and as good by the other.
    """

    place_of: Ints
    a: int
    b: int
    bound: int
    gap: float
    efficient: bool


def frontier(
    problem: AssignmentProblem,
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    *,
    points: int = 15,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
    b_unplaced: npt.ArrayLike = 0,
) -> tuple[FrontierPoint, ...]:
    """Find plans that trade one measure for another.

    Args:
        problem: Children, homes, pairs, capacities, groups and charges; its cost of pairs is not used.
        a: First cost of every listed pair, ``(pairs,)`` in the order of ``problem.child``, >= 0. The problem's charges
            for children unplaced and groups apart are counted with it.
        b: Second cost of every listed pair, >= 0.
        points: How many to look for, 2 or more; all are found if there are fewer. A search of groups cut short may
            give one or two more.
        gap: Each point is looked for until its gap is proved to be at most this; 0 asks for efficient points.
        time_limit: Seconds in all, shared among the points; those found by then are returned.
        cancel: As in `solvers.solve_assignment`.
        seed: As in `solvers.solve_assignment`.
        b_unplaced: What leaving a child without a home counts in the second measure, one or ``(children,)``. With 0,
            the plan of least ``B`` may well place nobody: give what a place elsewhere would cost to prevent that.

    Returns:
        Points in order of ``a``, none as good as another by both measures, each checked by
        `solvers.check.check_assignment`.

    Raises:
        ValueError: If an option is out of range, or costs are not whole, wrong in number or too large to be added.
    """
    if points < 2:
        raise ValueError(f"points is {points}: expected 2 or more, the two ends being points")
    if not gap >= 0:
        raise ValueError(f"gap is {gap}: expected 0 or more")
    nothing = np.zeros(len(problem.groups), dtype=np.int64)
    first = Measure(_pair_costs(problem, a, "a"), problem.unplaced, problem.apart)
    second = Measure(_pair_costs(problem, b, "b"), spread(b_unplaced, "b_unplaced", problem.children), nothing)
    explorer = Explorer(problem, first, second, points, gap, Clock(time_limit, cancel), seed)
    explorer.run()
    return tuple(_point(explorer, key) for key in explorer.front())


def _pair_costs(problem: AssignmentProblem, cost: npt.ArrayLike, name: str) -> Ints:
    array = whole_array(cost, name, 1)
    if array.shape != problem.child.shape:
        raise ValueError(f"{name} has {array.size} entries: expected one for each of {problem.child.size} listed pairs")
    return array


def _point(explorer: Explorer, key: Key) -> FrontierPoint:
    """The point with its certificate, checked."""
    a, b = key
    plan = explorer.found[key]
    bound = min(a, explorer.proof.least(b))
    _check(explorer.first.problem(explorer.problem), plan, bound, explorer.seed)
    plan.place_of.flags.writeable = False
    efficient = bound == a and explorer.proof.least(b - 1) > a
    return FrontierPoint(
        plan.place_of, a, b, bound, relative_gap(a, bound, plan.unplaced_charge + plan.apart_charge), efficient
    )


def _check(problem: AssignmentProblem, plan: Plan, bound: int, seed: int) -> None:
    result = AssignmentResult(
        place_of=plan.place_of, pair_cost=plan.pair_cost, objective=plan.objective, bound=bound,
        unplaced_charge=plan.unplaced_charge, apart_charge=plan.apart_charge, status="feasible", seconds=0.0,
        proved_over="listed pairs", seed=seed,
    )  # fmt: skip
    check_assignment(problem, result)
