"""Plans in which certain children never share a home, by branching on the clashes that a plan turns out to have.

Listing every pair of children who must not share every home would dwarf the problem; most never meet. So:
solve, look for clashes, and where children ``a, b, ...`` clash at home ``h``, branch: either ``a`` does not go to
``h``, or ``b`` does not, or ... Every plan without clashes is in one of the branches, so the least bound of the
open branches bounds them all, and the first plan without clashes whose objective is no more than that is
optimal.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.settle import Ban, settled, without_pairs
from solvers.solve import solve_assignment

Clash = tuple[tuple[int, ...], int]
FindClashes = Callable[[Ints], Sequence[Clash]]
Solve = Callable[..., AssignmentResult]


@dataclass(order=True)
class _Branch:
    bound: int
    order: int
    bans: frozenset[Ban] = field(compare=False)
    result: AssignmentResult = field(compare=False)
    clashes: tuple[Clash, ...] = field(compare=False)


def solve_without_clashes(
    problem: AssignmentProblem,
    find_clashes: FindClashes,
    *,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
    solve: Solve = solve_assignment,
) -> AssignmentResult:
    """Solve a problem so that no two children clash where they are placed.

    Args:
        problem: The problem without the clashes.
        find_clashes: Given ``place_of``, every ``(children, home)`` of children who may not all be in the home all
            were given (one child, where whoever else is there is certain to be). No other children there could
            make them allowed.
        gap: Passed on, and when the search of branches may stop; see `solve_assignment`.
        time_limit: Seconds in all. A plan without clashes is returned even if finding the first takes longer.
        cancel: As in `solve_assignment`.
        seed: As in `solve_assignment`.
        solve: Solves each branch, with the arguments of `solve_assignment`.

    Returns:
        A plan without clashes. Its bound holds for all plans without clashes.
    """
    return _Search(problem, find_clashes, gap, time_limit, cancel, seed, solve).run()


class _Search:
    """Best-first search over sets of forbidden pairs."""

    def __init__(
        self,
        problem: AssignmentProblem,
        find_clashes: FindClashes,
        gap: float,
        time_limit: float | None,
        cancel: Callable[[], bool] | None,
        seed: int,
        solve: Solve,
    ) -> None:
        self.problem = problem
        self.find_clashes = find_clashes
        self.gap = gap
        self.cancel = cancel
        self.seed = seed
        self.solve = solve
        self.started = time.monotonic()
        self.ends = None if time_limit is None else self.started + time_limit
        self.order = count()
        self.open: list[_Branch] = []
        self.settled: list[int] = []

    def run(self) -> AssignmentResult:
        """Branch until the best plan without clashes is proved, or time is up."""
        root = self._solve(frozenset(), 0)
        self.first = root.result
        best = root.result if not root.clashes else self._dive(root)
        heapq.heappush(self.open, root)
        while self.open and not self._stopped() and replace(best, bound=self._bound(best)).gap > self.gap:
            branch = heapq.heappop(self.open)
            if not branch.clashes:
                self.settled.append(branch.bound)
                continue
            children, home = branch.clashes[0]
            for child in children:
                new = self._solve(branch.bans | {(child, home)}, branch.bound)
                if not new.clashes and new.result.objective < best.objective:
                    best = new.result
                if new.bound < best.objective:
                    heapq.heappush(self.open, new)
        return self._answer(best)

    def _solve(self, bans: frozenset[Ban], least: int) -> _Branch:
        result = self.solve(
            without_pairs(self.problem, bans), gap=self.gap, time_limit=self._left(), cancel=self.cancel, seed=self.seed
        )
        clashes = tuple(self.find_clashes(result.place_of))
        return _Branch(max(result.bound, least), next(self.order), bans, result, clashes)

    def _dive(self, branch: _Branch) -> AssignmentResult:
        """Find some plan without clashes quickly: forbid one side of every clash, and move as few others as will do."""
        result, clashes, bans = branch.result, branch.clashes, branch.bans
        while clashes:
            dearer = {(max(children, key=result.pair_cost.__getitem__), home) for children, home in clashes}
            bans = bans.union(dearer)
            loose = np.array([child for child, _ in dearer])
            allowed = without_pairs(self.problem, bans)
            result = self.solve(settled(allowed, result.place_of, loose), seed=self.seed)
            clashes = tuple(self.find_clashes(result.place_of))
        return result

    def _bound(self, best: AssignmentResult) -> int:
        return min([best.objective, *self.settled, *(branch.bound for branch in self.open[:1])])

    def _left(self) -> float | None:
        return None if self.ends is None else max(self.ends - time.monotonic(), 0.05)

    def _cancelled(self) -> bool:
        return self.cancel is not None and bool(self.cancel())

    def _stopped(self) -> bool:
        return self._cancelled() or (self.ends is not None and time.monotonic() >= self.ends)

    def _answer(self, best: AssignmentResult) -> AssignmentResult:
        bound = self._bound(best)
        answer = replace(
            best, bound=bound, seconds=time.monotonic() - self.started, uniqueness="not determined", tie=None
        )
        if bound == best.objective:
            return replace(self._with_tie(answer, best), status="optimal")
        return replace(answer, status="cancelled" if self._cancelled() else "feasible")

    def _with_tie(self, answer: AssignmentResult, best: AssignmentResult) -> AssignmentResult:
        """A tie without clashes is one here too; a plan that is the only best one with no pair forbidden still is."""
        if best.tie is not None and not self.find_clashes(best.tie):
            return replace(answer, uniqueness="tied", tie=best.tie)
        return replace(answer, uniqueness="unique") if best is self.first and best.uniqueness == "unique" else answer
