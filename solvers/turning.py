"""How far the weight of one part of the cost can go before one child's home changes.

A home may change, and change back, as a weight moves on; a plain bisection could miss it. But a plan's cost is a
straight line in the weight, so a plan best at two weights is best at all between: only where it is not need one look
in between, where the lines of the two plans meet. Of plans equally good one that keeps the child's home counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.clock import Clock
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.sensitivity import SIDES, Side, favouring, parts_of, refuse_overflow
from solvers.solve import solve_assignment

#: Steps of a thousandth of today's weight: down to nothing, and up to three times as much.
_LEAST, _MOST = 1000, 2000


@dataclass(frozen=True)
class Turn:
    """How far one part's weight can go before a child's home changes.

    Attributes:
        part: The part.
        side: Which way its weight goes.
        at: The first weight, in thousandths of today's, at which the child has another home in every best plan;
            None if there is none down to 0 or up to 3000.
        same_until: The furthest weight up to which the home is known to stay; next to ``at`` unless time ran out.
            None where the home is not the child's in any best plan even today.
        proved: Whether every plan looked at on the way is proved best.
    """

    part: int
    side: Side
    at: int | None
    same_until: int | None
    proved: bool


def turning_weights(
    problem: AssignmentProblem,
    result: AssignmentResult,
    parts: npt.ArrayLike,
    child: int,
    *,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> list[Turn]:
    """Find, for each part, the weights nearest to today's at which one child's home changes.

    Args:
        problem: The problem, every allowed pair listed.
        result: A plan of it.
        parts: As for `survives`.
        child: The child.
        time_limit: Seconds in all, shared among parts and sides.
        cancel: As in `solve_assignment`.
        seed: As in `solve_assignment`.

    Returns:
        Two for each part, less then more.

    Raises:
        ValueError: As for `survives`, or if there is no such child.
    """
    table = parts_of(problem, parts)
    if not 0 <= child < problem.children:
        raise ValueError(f"child is {child}: there are {problem.children}, numbered from 0")
    refuse_overflow(problem, 2 * (1000 + _MOST))
    clock, turns = Clock(time_limit, cancel), []
    for case, (part, side) in enumerate(np.ndindex(table.shape[1], 2)):
        left = None if time_limit is None else clock.left / (2 * table.shape[1] - case)
        walk = _Walk(problem, result.place_of, table[:, part], child, (-1, 1)[side], Clock(left, cancel), seed)
        turns.append(walk.run(part, SIDES[side]))
    return turns


@dataclass(frozen=True, eq=False)
class _Line:
    """A best plan at some step: its cost there is ``start + slope * step``; whether the child keeps their home."""

    start: int
    slope: int
    keeps: bool

    def at(self, step: int) -> int:
        return self.start + self.slope * step


class _Walk:
    """One part's weight going one way, in steps of a thousandth."""

    def __init__(
        self, problem: AssignmentProblem, place_of: Ints, part: Ints, child: int, way: int, clock: Clock, seed: int
    ) -> None:
        self.problem, self.place_of, self.part, self.child = problem, place_of, part, child
        self.way, self.clock, self.seed = way, clock, seed
        self.steps = _LEAST if way < 0 else _MOST
        self.proved = True

    def run(self, part: int, side: Side) -> Turn:
        """Find the first step at which the child's home changes."""
        first = self._best(0)
        if not first.keeps:
            return Turn(part, side, 1000, None, self.proved)
        changed, same = self._between(first, self._best(self.steps))
        weight = None if changed is None else 1000 + self.way * changed
        return Turn(part, side, weight, 1000 + self.way * same, self.proved)

    def _between(self, first: _Line, last: _Line) -> tuple[int | None, int]:
        """The first step known to change the home, and the last one before it known not to; left to right."""
        todo = [(0, first, self.steps, last)]
        changed = None if last.keeps else self.steps
        while todo:
            low, here, high, there = todo.pop()
            if here.at(high) <= there.at(high):
                continue
            if high == low + 1:
                if not there.keeps:
                    return high, low
                continue
            if self.clock.stop():
                return changed, low
            middle = (there.start - here.start) // (here.slope - there.slope) if here.slope != there.slope else low
            middle = min(max(middle, low + 1), high - 1)
            found = self._best(middle)
            if found.keeps:
                todo.append((middle, found, high, there))
            else:
                changed = middle
                todo.clear()
            todo.append((low, here, middle, found))
        return None, self.steps

    def _best(self, step: int) -> _Line:
        """A best plan at a step; of such plans one that keeps the child's home."""
        cost = 1000 * self.problem.cost + self.way * step * self.part
        weighed = favouring(self.problem, self.place_of, cost, 1000, 2, self.child)
        left = self.clock.left if np.isfinite(self.clock.left) else None
        cancel = self.clock.asked if self.clock.can_cancel else None
        found = solve_assignment(weighed, time_limit=left, cancel=cancel, seed=self.seed)
        self.proved &= found.bound // 2 >= found.objective // 2
        placed = np.flatnonzero(found.place_of >= 0)
        pairs = self.problem.find(placed, found.place_of[placed])
        slope = self.way * int(self.part[pairs].sum())
        keeps = bool(found.place_of[self.child] == self.place_of[self.child])
        return _Line(found.objective // 2 - slope * step, slope, keeps)
