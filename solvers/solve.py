"""One call for every assignment: picks the tier, checks the plan, returns it with its certificate."""

from __future__ import annotations

from collections.abc import Callable

from solvers.check import check_assignment
from solvers.clock import Clock, Progress
from solvers.plan import Answer
from solvers.price import Price
from solvers.problem import AssignmentProblem
from solvers.result import AssignmentResult, Status, relative_gap
from solvers.search import Search
from solvers.transport import is_transport, solve_transport


def solve_assignment(
    problem: AssignmentProblem,
    *,
    price: Price | None = None,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
    unique: bool = False,
    progress: Progress | None = None,
) -> AssignmentResult:
    """Find the best plan, with a bound no plan can beat.

    Without groups (or where a group costs nothing to part and shares nothing) the problem is one of
    transportation, solved exactly by minimum-cost flow. With groups it is solved over *partition columns*,
    one child at a home or a part of a group at a home: a linear program gives prices of places, prices give
    an exact bound and say which columns can matter, a mixed-integer program chooses among those.

    Args:
        problem: Children, homes, pairs, capacities, groups.
        price: Lists cheap pairs that the problem does not list; see `solvers.price.Price`. Then the bound
            holds for every pair the callback can give. Without it an absent pair is forbidden.
        gap: Stop once `AssignmentResult.gap` is proved to be at most this; 0 asks for a proved optimum.
        time_limit: Seconds after which the best plan so far is returned with its honest bound.
        cancel: Called with no arguments from time to time (for a `threading.Event`, pass ``is_set``); once
            it returns True the best plan so far is returned with status ``cancelled``.
        seed: Seeds every choice made at random; the same seed and no time limit give the same plan.
        unique: With groups, settle whether another plan is as good as the optimum, which can take as long as the
            proof; otherwise only ties that moving single children shows are found. Children alone need no asking.
        progress: Called with seconds, objective and bound (over all pairs) whenever one of the latter gets better.

    Returns:
        A plan that has passed `solvers.check.check_assignment`.

    Raises:
        ValueError: If an option, an answer of the callback or a row of `use` is out of range.
        PlanError: If the plan fails its own check, which would be a fault in this package.
    """
    if not gap >= 0:
        raise ValueError(f"gap is {gap}: expected 0 or more")
    if problem.units is not None and price is not None:
        raise ValueError("a problem with units cannot be priced: list every allowed pair, and leave price out")
    clock = Clock(time_limit, cancel, progress)
    if is_transport(problem):
        answer = solve_transport(problem, price, clock)
    else:
        answer = Search(problem, price, gap, clock, seed, unique).run()
    result = _result(answer, clock, gap, seed)
    check_assignment(problem, result, price=price)
    return result


def _result(answer: Answer, clock: Clock, gap: float, seed: int) -> AssignmentResult:
    plan = answer.plan
    charges = plan.unplaced_charge + plan.apart_charge
    proved = answer.all_pairs and relative_gap(plan.objective, answer.bound, charges) <= gap
    status: Status = "cancelled" if clock.cancelled and not proved else "feasible"
    if answer.optimal:
        status = "optimal"
    for values in (plan.place_of, plan.pair_cost, answer.tie):
        if values is not None:
            values.flags.writeable = False
    return AssignmentResult(
        plan.place_of, plan.pair_cost, plan.objective, answer.bound, plan.unplaced_charge, plan.apart_charge,
        status, clock.seconds, "all pairs" if answer.all_pairs else "listed pairs", seed, answer.uniqueness, answer.tie,
    )  # fmt: skip
