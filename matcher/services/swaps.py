"""What it would change to give a child a suitable home that the plan gives to others: a forced pair, solved again."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matcher.services.fewest_moves import solve_again
from matcher.services.problem import Ints, Run
from matcher.services.why_results import Moved, Swap
from solvers import AssignmentProblem, AssignmentResult

LOOKED_AT = 3
"""How many of a child's suitable homes are looked at, best first."""


def worth_asking(run: Run, result: AssignmentResult, row: int) -> Ints:
    """Columns of the best suitable homes that a plan does not give a child, best first; none where one is agreed."""
    if run.children[row].id in run.locks:
        return np.array([], dtype=np.int64)
    suitable = run.suitable(row)
    others = suitable[suitable != result.place_of[row]]
    best: Ints = others[np.lexsort((others, run.cost[row, others]))[:LOOKED_AT]]
    return best


def swap(
    run: Run,
    result: AssignmentResult,
    row: int,
    home: int,
    *,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Swap:
    """Solve a run again with one child in one suitable home, and tell what changes.

    Args:
        run: The run.
        result: Its plan.
        row: The child.
        home: Column of a home that suits the child.
        time_limit: Seconds; then the change is bounded from both sides.
        cancel: Asked from time to time whether to stop.
    """
    problem = forced(run.problem, row, home)
    again = solve_again(run, problem, result.place_of, time_limit=time_limit, cancel=cancel, seed=result.seed)
    there = bool(again.place_of[row] == home)
    possible = there or again.status != "optimal"
    return Swap(
        home_id=run.case.homes[home].id,
        cost_pence=int(run.cost[row, home]),
        held_by=tuple(run.children[r].id for r in np.flatnonzero(result.place_of[: run.searching] == home).tolist()),
        at_least_pence=again.bound - result.objective if possible else None,
        change_pence=again.objective - result.objective if there else None,
        moved=who_moves(run, result.place_of, again.place_of, but=row) if there else (),
    )


def forced(problem: AssignmentProblem, row: int, home: int) -> AssignmentProblem:
    """The same problem where a child has one pair only, and no plan with it costs more than any without it.

    A plan without the pair becomes one with it by taking out everyone at the home. Leaving the child out is
    charged more than that could cost: all who could live there unplaced, each apart from their unit.
    """
    mine = problem.child == row
    keep = ~mine | (problem.home == home)
    could_live_there = problem.child[problem.home == home]
    apart = int(problem.apart.max(initial=0))
    unplaced = problem.unplaced.copy()
    at_most = int(problem.unplaced[could_live_there].sum()) + apart * (could_live_there.size + 1)
    unplaced[row] = at_most + int(problem.cost[mine].max(initial=0)) + 1
    units = None if problem.units is None else problem.units[keep]
    return replace(
        problem,
        child=problem.child[keep],
        home=problem.home[keep],
        cost=problem.cost[keep],
        units=units,
        unplaced=unplaced,
    )


def who_moves(run: Run, before: Ints, after: Ints, *, but: int | None = None) -> tuple[Moved, ...]:
    """The children whose homes differ between two plans of a run, ``but`` one."""

    def home(column: int) -> str | None:
        return run.case.homes[column].id if column >= 0 else None

    others = [row for row in np.flatnonzero(before != after).tolist() if row != but]
    return tuple(
        Moved(child_id=run.children[r].id, from_home_id=home(int(before[r])), to_home_id=home(int(after[r])))
        for r in others
    )
