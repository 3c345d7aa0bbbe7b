"""Which homes one more place promises most at: an order to solve again in, found at once.

What moving single children would save (`solvers.value`), were there none who may not share, and what the place would
do directly for one child whom that cannot move, such as one who must live alone, or for brothers and sisters who
would all fit.
"""

from collections.abc import Iterable

import numpy as np

from matcher.services.openings import room_left
from matcher.services.problem import Ints
from matcher.services.room_changed import RoomChanged
from solvers import AssignmentProblem, AssignmentResult, Values, solve_assignment, value_of_one_more


def moving_values(problem: AssignmentProblem, result: AssignmentResult, time_limit: float | None = None) -> Values:
    """What a place more or fewer at each home would change by moves of single children who may all share.

    A plan that keeps children apart who may not share can be bettered where they may, and is then no place to start
    from: the best plan without those rules is.
    """
    start = solve_assignment(problem, time_limit=time_limit, seed=result.seed)
    return value_of_one_more(problem, start)


def promising(more: RoomChanged, result: AssignmentResult, time_limit: float | None = None) -> list[int]:
    """Columns of homes where a place more promises to save something, most first.

    Args:
        more: The run with a place more.
        result: Its plan at the charges of ``more.plain``.
        time_limit: Seconds for the solver.
    """
    problem = more.all_homes.problem
    promise = moving_values(more.every_pair, result, time_limit).more.copy()
    now = np.where(result.place_of >= 0, result.pair_cost, more.plain.unplaced)
    left = room_left(more.run, result.place_of) + more.change
    alone = np.ones(problem.children, dtype=bool)
    for group in problem.groups:
        alone[list(group)] = False
    fits = alone[problem.child]
    if problem.units is not None:
        fits &= (problem.units <= left[problem.home]).all(axis=1)
    np.maximum.at(promise, problem.home[fits], now[problem.child[fits]] - problem.cost[fits])
    for home, saved in _together(problem, result.place_of, now, left):
        promise[home] = max(promise[home], saved)
    promise[(more.change == 0).all(axis=1)] = 0
    order = np.argsort(-promise, kind="stable")
    return [int(home) for home in order if promise[home] > 0]


def _together(problem: AssignmentProblem, place_of: Ints, now: Ints, left: Ints) -> Iterable[tuple[int, int]]:
    """Homes where all of a group would fit together beside everybody else, and what moving them there would save."""
    for number, group in enumerate(problem.groups):
        members = list(group)
        parts = len(set(place_of[members].tolist()) - {-1}) + int((place_of[members] < 0).sum())
        before = int(now[members].sum()) + int(problem.apart[number]) * (parts - 1)
        pairs = [dict(zip(*_pairs_of(problem, member), strict=True)) for member in members]
        for home in set.intersection(*map(set, pairs)) - set(place_of[members].tolist()):
            saved = before - sum(costs[home] for costs in pairs)
            if saved > 0 and problem.use and (np.asarray(problem.use(number, group, home)) <= left[home]).all():
                yield home, saved


def _pairs_of(problem: AssignmentProblem, child: int) -> tuple[list[int], list[int]]:
    first, last = np.searchsorted(problem.child, (child, child + 1))
    return problem.home[first:last].tolist(), problem.cost[first:last].tolist()
