"""The same problem with fewer pairs: some forbidden, or most children held where a plan has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from solvers.problem import AssignmentProblem, Ints

Ban = tuple[int, int]


def settled(problem: AssignmentProblem, place_of: Ints, loose: Ints) -> AssignmentProblem:
    """The same problem with all held where a plan has them, but these, their groups and those without a home."""
    free = place_of < 0
    free[loose] = True
    for group in problem.groups:
        free[list(group)] |= free[list(group)].any()
    return _keep(problem, free[problem.child] | (problem.home == place_of[problem.child]))


def without_pairs(problem: AssignmentProblem, bans: frozenset[Ban]) -> AssignmentProblem:
    """The same problem with some (child, home) pairs forbidden."""
    if not bans:
        return problem
    codes = np.array([child * problem.homes + home for child, home in bans], dtype=np.int64)
    return _keep(problem, ~np.isin(problem.child * problem.homes + problem.home, codes))


def _keep(problem: AssignmentProblem, keep: npt.NDArray[np.bool_]) -> AssignmentProblem:
    units = None if problem.units is None else problem.units[keep]
    return replace(problem, child=problem.child[keep], home=problem.home[keep], cost=problem.cost[keep], units=units)
