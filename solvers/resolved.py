"""The same figures as `solvers.value`, by solving the changed problem again: for the few homes that matter most.

Where groups or resources make a value only *at least* or *at most*, rank the homes by it and solve again for the
first of them::

    values = value_of_one_more(problem, result)
    first = np.argsort(-values.more, kind="stable")[:20]
    again = exact_values(problem, result, first)

A new solve that stops before its proof gives an interval that holds the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.solve import solve_assignment
from solvers.validate import whole_array

Solve = Callable[[AssignmentProblem], AssignmentResult]


@dataclass(frozen=True, eq=False)
class Between:
    """One figure for each home asked for, ``(asked,)``: the truth is from ``least`` to ``most``.

    ``possible`` is False where there is no such plan; both figures are then 0.
    """

    homes: Ints
    least: Ints
    most: Ints
    possible: npt.NDArray[np.bool_]

    @property
    def exact(self) -> npt.NDArray[np.bool_]:
        """Which figures are known exactly, ``(asked,)``."""
        return np.asarray(self.possible & (self.least == self.most))


def exact_values(
    problem: AssignmentProblem,
    result: AssignmentResult,
    homes: npt.ArrayLike,
    *,
    change: npt.ArrayLike = 1,
    solve: Solve = solve_assignment,
) -> Between:
    """Find by how much the optimum changes when one home's capacity does, one home after another.

    Args:
        problem: The problem.
        result: What `solve` answered to it.
        homes: The homes to change, each by itself.
        change: What is added to the capacity: 1 or more is how much the optimum falls, -1 or less how much it rises. A
            row ``(resources,)`` may differ between resources, but not in sign.
        solve: Solves a problem, e.g. with a time limit, or without clashes.

    Raises:
        ValueError: If a home is not there or loses more than it has, or `change` has both signs.
    """
    row = np.broadcast_to(np.asarray(change, dtype=np.int64), problem.capacity.shape[1:])
    if not ((row >= 0).all() or (row <= 0).all()):
        raise ValueError(f"change is {row.tolist()}: expected all 0 or more, or all 0 or less")
    asked = _asked(problem, homes)
    low, high = np.zeros(asked.size, dtype=np.int64), np.zeros(asked.size, dtype=np.int64)
    for at, home in enumerate(asked.tolist()):
        capacity = problem.capacity.copy()
        capacity[home] += row
        if (capacity[home] < 0).any():
            raise ValueError(f"home {home} has {problem.capacity[home].tolist()}: it cannot change by {row.tolist()}")
        new = solve(replace(problem, capacity=capacity))
        old, new = (result, new) if (row >= 0).all() else (new, result)
        low[at], high[at] = max(0, old.bound - new.objective), max(0, old.objective - new.bound)
    return Between(asked, low, high, np.ones(asked.size, dtype=bool))


def exact_cost_to_others(
    problem: AssignmentProblem,
    result: AssignmentResult,
    child: int,
    homes: npt.ArrayLike,
    *,
    solve: Solve = solve_assignment,
) -> Between:
    """Find how much more all others cost than in the plan when one child must have a home, one home after another.

    Charges for brothers and sisters apart count with the others.

    Args:
        problem: The problem.
        result: A plan of it.
        child: The child.
        homes: The homes to give the child, each in turn; not possible where the pair is not allowed.
        solve: As in `exact_values`.

    Raises:
        ValueError: If a child or home is not there, or charges are too large to force a child in 64 bits.
    """
    if not 0 <= child < problem.children:
        raise ValueError(f"child is {child}: expected 0 to {problem.children - 1}")
    asked = _asked(problem, homes)
    own = int(result.pair_cost[child]) if result.place_of[child] >= 0 else int(problem.unplaced[child])
    before = result.objective - own
    low, high = np.zeros(asked.size, dtype=np.int64), np.zeros(asked.size, dtype=np.int64)
    possible = np.zeros(asked.size, dtype=bool)
    for at, home in enumerate(asked.tolist()):
        cost = problem.cost[(problem.child == child) & (problem.home == home)]
        new = solve(_forced(problem, child, home)) if cost.size else None
        if new is not None and new.place_of[child] == home:
            possible[at] = True
            low[at], high[at] = (figure - int(cost[0]) - before for figure in (new.bound, new.objective))
    return Between(asked, low, high, possible)


def _asked(problem: AssignmentProblem, homes: npt.ArrayLike) -> Ints:
    asked = whole_array(homes, "homes", (1,))
    if (asked >= problem.homes).any():
        raise ValueError(f"homes has {asked.max()}: there are {problem.homes}, numbered from 0")
    return asked


def _forced(problem: AssignmentProblem, child: int, home: int) -> AssignmentProblem:
    """The problem in which being anywhere else costs this child more than all charges of all others together."""
    sizes = np.array([len(group) for group in problem.groups], dtype=np.int64)
    dearest = sum(problem.unplaced.tolist()) + sum((problem.apart * sizes).tolist())
    dearest += int(problem.cost.max(initial=0)) * problem.children + 1
    if dearest > LARGEST_TOTAL // (problem.children + problem.homes + 3):
        raise ValueError(f"charges come to {dearest} in all, too large to force a child in 64 bits; use a larger unit")
    unplaced = problem.unplaced.copy()
    unplaced[child] = dearest
    keep = (problem.child != child) | (problem.home == home)
    units = None if problem.units is None else problem.units[keep]
    return replace(
        problem, child=problem.child[keep], home=problem.home[keep], cost=problem.cost[keep], units=units,
        unplaced=unplaced,
    )  # fmt: skip
