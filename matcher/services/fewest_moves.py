"""Solving a run again so that, of plans equally good, nobody moves who need not.

Many plans cost the same, and what a change would do is only told truly by one that differs in nothing else.
"""

from collections.abc import Callable
from dataclasses import replace

from matcher.services.problem import Ints, Stated
from solvers import AssignmentProblem, AssignmentResult, check_assignment, solve_without_clashes
from solvers.sensitivity import favouring


def solve_again(
    run: Stated,
    problem: AssignmentProblem,
    place_of: Ints,
    *,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> AssignmentResult:
    """Solve a problem of a run with the fewest moves from a plan among the best plans.

    Every cost is multiplied by one more than there are children, and a move costs one more; what is left over when that
    is divided out again is less than one, so the plan, its cost and its bound are those of the problem itself.

    Args:
        run: Who says which children may not share.
        problem: Its problem, or one changed from it with the same children.
        place_of: The plan that moving starts from.
        time_limit: Seconds; then the best plan so far, and the fewest moves seen.
        cancel: Asked from time to time whether to stop.
        seed: The solver's seed.
    """
    times = problem.children + 1
    weighed = favouring(problem, place_of, problem.cost, 1, times)
    found = solve_without_clashes(weighed, run.clashes, time_limit=time_limit, cancel=cancel, seed=seed)
    objective = found.objective // times
    bound = min(found.bound // times, objective)
    status = found.status if found.status != "optimal" and bound < objective else "optimal"
    answer = replace(
        found,
        pair_cost=found.pair_cost // times,
        objective=objective,
        bound=bound,
        unplaced_charge=found.unplaced_charge // times,
        apart_charge=found.apart_charge // times,
        status=status,
        uniqueness="not determined",
        tie=None,
    )
    check_assignment(problem, answer)
    return answer
