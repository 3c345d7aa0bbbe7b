"""How far the weight of one part of the cost can go before one child's home changes.

A home may change, and change back, as a weight moves on; a plain bisection could miss it. But a plan's cost is a
straight line in the weight, and the least cost of any set of plans is concave in it; so looks at two weights may
prove that the home stays at all between, and only where they do not need one look in between (see `_first_doubt`).
Of plans equally good one that keeps the child's home counts.
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
from solvers.settle import without_pairs
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
class _Look:
    """A best plan at one step of a weight.

    Attributes:
        step: The step.
        start: What the plan costs at step 0.
        slope: How much more it costs with each step.
        keeps: Whether the child keeps their home; in no best plan if not.
        elsewhere: The least that a plan with the child elsewhere costs at this step, or less.
    """

    step: int
    start: int
    slope: int
    keeps: bool
    elsewhere: int

    def at(self, step: int) -> int:
        """What the plan costs at another step."""
        return self.start + self.slope * step


def _first_doubt(here: _Look, there: _Look) -> int | None:
    """The first step after ``here`` and up to ``there`` at which the home may change, None if it cannot.

    The least cost with the child elsewhere is concave in the step, so it is on or above the straight line between its
    ends; keeping the home costs no more than the plans that keep it at the ends. No doubt where the one is not
    below the other.
    """
    first, last = here.step + 1, there.step
    for plan in (here, there) if there.keeps else (here,):
        lead, trail = here.elsewhere - plan.at(here.step), there.elsewhere - plan.at(there.step)
        if lead >= 0 and trail >= 0:
            return None
        meet = there.step * lead - here.step * trail
        if lead >= 0:
            first = max(first, meet // (lead - trail) + 1)
        elif trail >= 0:
            last = min(last, -(-meet // (lead - trail)) - 1)
    return first if first <= last else None


class _Walk:
    """One part's weight going one way, in steps of a thousandth."""

    def __init__(
        self, problem: AssignmentProblem, place_of: Ints, part: Ints, child: int, way: int, clock: Clock, seed: int
    ) -> None:
        self.problem, self.place_of, self.part, self.child = problem, place_of, part, child
        self.way, self.clock, self.seed = way, clock, seed
        self.steps = _LEAST if way < 0 else _MOST
        self.home = int(place_of[child])
        self.proved = True

    def run(self, part: int, side: Side) -> Turn:
        """Find the first step at which the child's home changes."""
        first = self._look(0)
        if not first.keeps:
            return Turn(part, side, 1000, None, self.proved)
        changed, same = self._between(first, self._look(self.steps))
        weight = None if changed is None else 1000 + self.way * changed
        return Turn(part, side, weight, 1000 + self.way * same, self.proved)

    def _between(self, first: _Look, last: _Look) -> tuple[int | None, int]:
        """The first step known to change the home, and the last one before it known not to; from left to right."""
        todo = [(first, last)]
        changed = None if last.keeps else last.step
        while todo:
            here, there = todo.pop()
            doubt = _first_doubt(here, there)
            if doubt is None:
                continue
            if doubt == there.step:
                return changed, doubt - 1
            if self.clock.stop():
                return changed, doubt - 1
            found = self._look(max(doubt, min(_meet(here, there), there.step - 1)))
            if found.keeps:
                todo.append((found, there))
            else:
                changed = found.step
                todo.clear()
            todo.append((here, found))
        return changed, self.steps

    def _look(self, step: int) -> _Look:
        """Solve at a step; of best plans take one that keeps the child's home."""
        cost = 1000 * self.problem.cost + self.way * step * self.part
        found = self._solve(favouring(self.problem, self.place_of, cost, 1000, 2, self.child))
        self.proved &= found.bound // 2 >= found.objective // 2
        placed = np.flatnonzero(found.place_of >= 0)
        pairs = self.problem.find(placed, found.place_of[placed])
        slope = self.way * int(self.part[pairs].sum())
        keeps = bool(found.place_of[self.child] == self.home)
        elsewhere = found.bound // 2
        if keeps and self.home >= 0:
            weighed = favouring(self.problem, self.place_of, cost, 1000, 1, self.child)
            elsewhere = self._solve(without_pairs(weighed, frozenset({(self.child, self.home)}))).bound - 1
        return _Look(step, found.objective // 2 - slope * step, slope, keeps, elsewhere)

    def _solve(self, problem: AssignmentProblem) -> AssignmentResult:
        left = self.clock.left if np.isfinite(self.clock.left) else None
        cancel = self.clock.asked if self.clock.can_cancel else None
        return solve_assignment(problem, time_limit=left, cancel=cancel, seed=self.seed)


def _meet(here: _Look, there: _Look) -> int:
    """The step at which the plans of two looks cost the same."""
    if here.slope == there.slope:
        return here.step
    return (there.start - here.start) // (here.slope - there.slope)
