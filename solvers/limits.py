"""At most so many children of a kind in one home, by separation: only limits that a plan breaks become capacities.

A limit is one more resource of the homes where it holds, of which a child of the kind uses one. Written out for
every home it would turn a plain flow into a problem over columns. So: solve without, look for homes where a limit is
broken, give those homes the capacity (all its homes, the second time), and repeat until none is broken. Every problem
on the way allows more plans than the limits do, so each one's bound holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solvers.clock import Clock
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.settle import settled
from solvers.solve import solve_assignment

#: While limits are still being found broken: the gap at which plans are good enough, and the share of the time left.
_COARSE, _SHARE = 0.005, 0.5


@dataclass(frozen=True)
class Limit:
    """At most ``most`` of ``children`` at any one home, or at any one of ``homes`` where they are given."""

    children: tuple[int, ...]
    most: int
    homes: tuple[int, ...] | None = None


class Limits:
    """Limits on a problem, and at which homes they have been found broken so far.

    Args:
        problem: The problem without limits.
        limits: The limits.

    Raises:
        ValueError: Naming the limit that is out of range.
    """

    def __init__(self, problem: AssignmentProblem, limits: Sequence[Limit]) -> None:
        self.limits = tuple(limits)
        for number, limit in enumerate(self.limits):
            _refuse(number, limit, problem)
        self.kind = np.zeros((len(self.limits), problem.children), dtype=np.int64)
        self.holds = np.zeros((len(self.limits), problem.homes), dtype=bool)
        for number, limit in enumerate(self.limits):
            self.kind[number, list(limit.children)] = 1
            self.holds[number, slice(None) if limit.homes is None else list(limit.homes)] = True
        self.enforced = np.zeros_like(self.holds)

    def broken(self, place_of: Ints) -> npt.NDArray[np.bool_]:
        """Which limits a plan breaks at which homes, ``(limits, homes)``."""
        over = np.zeros_like(self.holds)
        placed = np.flatnonzero(place_of >= 0)
        for number, limit in enumerate(self.limits):
            kind = self.kind[number, placed]
            here = np.bincount(place_of[placed[kind > 0]], minlength=over.shape[1])
            over[number] = self.holds[number] & (here > limit.most)
        return over

    def with_capacities(self, problem: AssignmentProblem) -> AssignmentProblem:
        """The problem with every limit found broken as a resource of the homes where it was."""
        used = np.flatnonzero(self.enforced.any(axis=1))
        if not used.size:
            return problem
        kind, where = self.kind[used], self.enforced[used]
        most = np.array([self.limits[number].most for number in used], dtype=np.int64)
        # Elsewhere there is room for all; a number divisible by 2 and 3 makes no rounding cuts.
        room = np.where(where, most[:, None], 6 * max(1, problem.children)).T
        counted = (kind[:, problem.child] * where[:, problem.home]).T
        alone = np.ones((problem.child.size, problem.capacity.shape[1]), dtype=np.int64)
        resources = problem.capacity.shape[1]

        def use(group: int, members: tuple[int, ...], home: int) -> Ints:
            row = np.full(resources, len(members), dtype=np.int64)
            if problem.use is not None:
                row = np.atleast_1d(np.asarray(problem.use(group, members, home)))
            return np.concatenate([row, kind[:, list(members)].sum(axis=1) * where[:, home]])

        return replace(
            problem,
            capacity=np.concatenate([problem.capacity, room], axis=1),
            units=np.concatenate([alone if problem.units is None else problem.units, counted], axis=1),
            use=use,
        )

    def solve(
        self,
        problem: AssignmentProblem,
        *,
        gap: float = 0.0,
        time_limit: float | None = None,
        cancel: Callable[[], bool] | None = None,
        seed: int = 0,
    ) -> AssignmentResult:
        """Solve a problem within the limits; see `solve_assignment`.

        Args:
            problem: The problem given, or the same with fewer pairs.
            gap: As in `solve_assignment`.
            time_limit: A plan within the limits is returned even if finding the first takes longer.
            cancel: As in `solve_assignment`.
            seed: As in `solve_assignment`.
        """
        clock = Clock(time_limit, cancel)
        coarse, bound = max(gap, _COARSE) if self.limits else gap, 0
        while True:
            left = None if time_limit is None else clock.left * (_SHARE if coarse > gap else 1)
            result = solve_assignment(
                self.with_capacities(problem), gap=coarse, time_limit=left, cancel=cancel, seed=seed
            )
            bound, broken = max(bound, result.bound), self.broken(result.place_of)
            done = not broken.any()
            if done and (result.gap <= gap or coarse == gap or clock.stop()):
                return self._answer(result, bound, clock)
            if done:
                coarse = gap
                continue
            if clock.stop():
                return self._answer(self._mended(problem, result, broken, seed), bound, clock)
            self._enforce(broken)

    def _enforce(self, broken: npt.NDArray[np.bool_]) -> None:
        """Enforce limits where they were broken; those broken for the second time, everywhere."""
        again = broken.any(axis=1) & self.enforced.any(axis=1)
        self.enforced |= broken
        self.enforced[again] = self.holds[again]

    def _mended(
        self, problem: AssignmentProblem, result: AssignmentResult, broken: npt.NDArray[np.bool_], seed: int
    ) -> AssignmentResult:
        """A plan within the limits that moves as few as will do, once there is no time for the best."""
        self.enforced |= self.holds
        crowded = np.zeros(problem.children, dtype=bool)
        for number, home in np.argwhere(broken):
            crowded |= (self.kind[number] > 0) & (result.place_of == home)
        allowed = self.with_capacities(problem)
        return solve_assignment(settled(allowed, result.place_of, np.flatnonzero(crowded)), time_limit=0.0, seed=seed)

    def _answer(self, result: AssignmentResult, bound: int, clock: Clock) -> AssignmentResult:
        """The plan with the bound of all rounds; a tie counts only within the limits."""
        lawful = result.tie is None or not self.broken(result.tie).any()
        if bound < result.objective:
            lawful = False
        answer = replace(result, bound=bound, seconds=clock.seconds)
        if not lawful:
            answer = replace(answer, uniqueness="not determined", tie=None)
        if bound == result.objective:
            return replace(answer, status="optimal")
        return replace(answer, status="cancelled" if clock.asked() else "feasible")


def _refuse(number: int, limit: Limit, problem: AssignmentProblem) -> None:
    if limit.most < 0:
        raise ValueError(f"limits[{number}] allows {limit.most} children: expected 0 or more")
    _refuse_beyond(f"limits[{number}] names child", limit.children, problem.children)
    _refuse_beyond(f"limits[{number}] names home", limit.homes or (), problem.homes)


def _refuse_beyond(what: str, named: Iterable[int], count: int) -> None:
    for number in named:
        if not 0 <= number < count:
            raise ValueError(f"{what} {number}: there are {count}, numbered from 0")
