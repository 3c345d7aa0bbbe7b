"""Bounds that need no solving: what one change can make the optimum fall by at most, and what no plan costs less than.

Forbidding, locking and places fewer take plans away, so the old bound holds. A plan that uses a place more becomes one
without it when somebody at that home has none; a plan without a child becomes one with the child when they have none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from solvers.arcs import NEVER, Arcs
from solvers.change import Arrived, Change, Places, Withdrawn
from solvers.problem import AssignmentProblem, Ints


def scarcest(problem: AssignmentProblem) -> Ints:
    """Capacity of each home where every child uses one of each resource, ``(homes,)``."""
    least: Ints = problem.capacity.min(axis=1, initial=np.iinfo(np.int64).max)
    return least


def bound_after(
    before: AssignmentProblem, bound: int, change: Change, after: AssignmentProblem, locks: Mapping[int, int]
) -> int:
    """A bound of the problem after a change, from one of the problem before.

    Args:
        before: The problem before.
        bound: No plan of it costs less.
        change: The change.
        after: The problem after.
        locks: Home of each child locked before.
    """
    arcs = Arcs.of(after)
    least = arcs.least(arcs.cost, after.unplaced)
    moved = 0
    if isinstance(change, Arrived):
        moved = int(least[-1])
    elif isinstance(change, Withdrawn):
        moved = -_leaving(before)[change.child] if change.child not in locks else -bound
    elif isinstance(change, Places):
        moved = -_dearest_to_leave(before, change, locks)
    return max(bound + moved, int(least.sum()))


def _leaving(problem: AssignmentProblem) -> list[int]:
    """What each child without a home is charged at most, with what the group is charged for it."""
    charge: list[int] = problem.unplaced.tolist()
    for apart, group in zip(problem.apart.tolist(), problem.groups, strict=True):
        for child in group:
            charge[child] += apart
    return charge


def _dearest_to_leave(problem: AssignmentProblem, change: Places, locks: Mapping[int, int]) -> int:
    """What it costs at most to make a plan with a home's further places into one without them."""
    most = int(np.max(change.more, initial=0))
    if most <= 0:
        return 0
    here = np.flatnonzero(problem.home == change.home)
    leaving = _leaving(problem)
    charges = sorted(
        (max(0, leaving[i] - c) for i, c in zip(problem.child[here].tolist(), problem.cost[here].tolist(), strict=True)
         if i not in locks),
        reverse=True,
    )  # fmt: skip
    if problem.use is None and problem.units is None:
        return sum(charges[:most])
    # Whoever shares may use more without the others: then everybody leaves, which those locked cannot.
    return int(NEVER) if locks else sum(charges)
