"""Does each child's home survive other weights, and which weight changes it?

The cost of a pair is a sum of parts, each with a weight that somebody chose. Charges for children unplaced and groups
apart are no part and keep their weight. Of plans that are equally good under new weights, the one that moves fewest
children counts, so nobody is said to move on account of a tie: with ``n`` children, every cost is multiplied by
``n + 1`` and a home other than today's costs one more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.plan import Plan
from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints
from solvers.result import AssignmentResult, relative_gap
from solvers.solve import solve_assignment
from solvers.validate import whole_array

Side = Literal["less", "more"]
SIDES: tuple[Side, Side] = ("less", "more")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Where children would be were each part of the cost weighed less or more, one at a time.

    Attributes:
        place_of: Home of each child with part ``k`` weighed less (``[k, 0]``) and more (``[k, 1]``), -1 for none,
            ``(parts, 2, children)``.
        moved: Where that is not the home in the plan asked about, ``(parts, 2, children)``.
        proved: Whether the plan under those weights is proved best, ``(parts, 2)``.
    """

    place_of: Ints
    moved: npt.NDArray[np.bool_]
    proved: npt.NDArray[np.bool_]

    @property
    def stays(self) -> npt.NDArray[np.bool_]:
        """Which children have the same home in every case, ``(children,)``."""
        return np.asarray(~self.moved.any(axis=(0, 1)))

    def changed_by(self, child: int) -> list[tuple[int, Side]]:
        """The parts, and the side of each, that change a child's home."""
        return [(int(part), SIDES[side]) for part, side in np.argwhere(self.moved[:, :, child])]


def survives(
    problem: AssignmentProblem,
    result: AssignmentResult,
    parts: npt.ArrayLike,
    *,
    share: float = 0.2,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> Sensitivity:
    """Solve again with each part weighed less by a share, then more, all others as they are.

    Args:
        problem: The problem, every allowed pair listed.
        result: A plan of it; one not optimal may be bettered, and so change, under any weights.
        parts: int64 ``(pairs, parts)``, >= 0, each row summing to the pair's cost.
        share: By how much, above 0 and up to 1; taken as the nearest fraction of at most thousandths.
        gap: With groups: a plan still within this gap of the best is taken to survive; see `solve_assignment`.
        time_limit: Seconds in all, shared among the cases.
        cancel: As in `solve_assignment`.
        seed: As in `solve_assignment`.

    Raises:
        ValueError: If parts do not add up, or an option is out of range, or costs are too large to be weighed.
    """
    table = parts_of(problem, parts)
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}: expected above 0 and up to 1")
    step = Fraction(share).limit_denominator(1000)
    refuse_overflow(problem, (step.denominator + step.numerator) * (problem.children + 1))
    clock = Clock(time_limit, cancel)
    shape = (table.shape[1], 2)
    place_of = np.empty((*shape, problem.children), dtype=np.int64)
    proved = np.empty(shape, dtype=bool)
    for case, (part, side) in enumerate(np.ndindex(shape)):
        share_left = None if time_limit is None else clock.left / (2 * shape[0] - case)
        cost = step.denominator * problem.cost + (-1, 1)[side] * step.numerator * table[:, part]
        weighed = favouring(problem, result.place_of, cost, step.denominator, problem.children + 1)
        found = solve_assignment(weighed, gap=gap, time_limit=share_left, cancel=cancel, seed=seed)
        today = Plan.of(weighed, Arcs.of(weighed), result.place_of)
        charges = today.unplaced_charge + today.apart_charge
        keeps = today.objective <= found.objective or relative_gap(today.objective, found.bound, charges) <= gap
        place_of[part, side] = result.place_of if keeps else found.place_of
        objective = today.objective if keeps else found.objective
        # Multiples of n + 1 count; what is left over is how many moved.
        proved[part, side] = found.bound // (problem.children + 1) >= objective // (problem.children + 1)
    return Sensitivity(place_of, place_of != result.place_of, proved)


def parts_of(problem: AssignmentProblem, parts: npt.ArrayLike) -> Ints:
    """The parts as a table, ``(pairs, parts)``.

    Raises:
        ValueError: Naming the pair whose parts do not sum to its cost.
    """
    table = whole_array(parts, "parts", 2)
    if table.shape[0] != problem.child.size:
        raise ValueError(f"parts has {table.shape[0]} rows: expected one for each of {problem.child.size} listed pairs")
    wrong = np.flatnonzero(table.sum(axis=1) != problem.cost)
    if wrong.size:
        k = wrong[0]
        raise ValueError(
            f"parts of child {problem.child[k]}, home {problem.home[k]} sum to {table[k].sum()}: "
            f"expected the pair's cost, {problem.cost[k]}"
        )
    return table


def refuse_overflow(problem: AssignmentProblem, factor: int) -> None:
    """Raise ValueError if costs or charges ``factor`` times as large, and one more, would not fit."""
    top = max(int(values.max(initial=0)) for values in (problem.cost, problem.unplaced, problem.apart))
    limit = (LARGEST_TOTAL // (problem.children + problem.homes + 3) - 1) // factor
    if top > limit:
        raise ValueError(f"costs and charges reach {top}: to be weighed, none may exceed {limit}; use a larger unit")


def favouring(
    problem: AssignmentProblem, place_of: Ints, cost: Ints, unit: int, times: int, who: int | None = None
) -> AssignmentProblem:
    """The problem at these costs (in ``unit`` of the charges' own), all ``times`` as much, and 1 more for a move.

    Args:
        problem: The problem.
        place_of: Where moving starts from.
        cost: Cost of every pair.
        unit: What charges are multiplied by to be in the unit of ``cost``.
        times: What both are multiplied by.
        who: Whose move counts; everybody's if None.
    """
    counts = np.ones(problem.children, dtype=np.int64) if who is None else (np.arange(problem.children) == who) * 1
    return replace(
        problem,
        cost=cost * times + counts[problem.child] * (problem.home != place_of[problem.child]),
        unplaced=problem.unplaced * unit * times + counts * (place_of >= 0),
        apart=problem.apart * unit * times,
    )
