"""The search behind `solvers.tradeoffs`: where to look next, and what has been proved of all plans so far.

Points are ``(A, B)``. Of two neighbours, *near* has the lesser ``A`` and the greater ``B``, *far* the reverse.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from solvers.budget import Measure, WithinLimit
from solvers.clock import Clock
from solvers.plan import Plan
from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints
from solvers.search import Search

#: Stands for "there is no such plan" among bounds; above any total.
NO_PLAN = 1 << 62
#: Weighted costs of groups stay below this where they can: their proofs end in floating point, which larger
#: numbers blur.
_LARGEST_WITH_GROUPS = 1 << 40

Key = tuple[int, int]


class Proof:
    """What is proved of all plans: ``p A + q B >= value``, and ``A >= value`` wherever ``B <= limit``."""

    def __init__(self) -> None:
        self.cuts: list[tuple[int, int, int]] = []
        self.floors: list[tuple[int, int]] = []

    def least(self, limit: int) -> int:
        """The least ``A`` that a plan with ``B <= limit`` may have; `NO_PLAN` if there is none."""
        best = max((value for most, value in self.floors if limit <= most), default=0)
        for p, q, value in self.cuts:
            if p:
                best = max(best, -((q * limit - value) // p))
            elif q * limit < value:
                return NO_PLAN
        return best


@dataclass(eq=False)
class _Gap:
    """What was done between two neighbours: the search whose weights join them; up to which ``B`` was looked."""

    low: int
    search: Search | None = None
    weights: Key = (1, 1)
    empty_below: bool = False
    given_up: bool = False

    def closed(self, near: Key, far: Key) -> bool:
        """Whether there is nothing more to look for in between."""
        return self.given_up or near[1] - self.low <= 1 or far[0] - near[0] <= 1


@dataclass(eq=False)
class Explorer:
    """One search for a trade-off; `run` it, then read `front`, `found` and `proof`.

    Attributes:
        problem: The problem.
        first: The measure ``A``.
        second: The measure ``B``.
        points: Stop at this many.
        gap: How good each point must be proved to be.
        clock: For the whole search.
        seed: For each search.
        found: Plans by their point, counted by the first measure.
        proof: What is proved.
    """

    problem: AssignmentProblem
    first: Measure
    second: Measure
    points: int
    gap: float
    clock: Clock
    seed: int
    found: dict[Key, Plan] = field(default_factory=dict)
    proof: Proof = field(default_factory=Proof)

    def __post_init__(self) -> None:
        self._gaps: dict[tuple[Key, Key], _Gap] = {}
        self._most = self._most_weight(self.first, "a or a charge"), self._most_weight(self.second, "b or b_unplaced")

    def _most_weight(self, measure: Measure, name: str) -> int:
        """The largest weight a measure may have, so that a weighted sum of two fits."""
        largest = LARGEST_TOTAL // (self.problem.children + self.problem.homes + 3) // 2
        top = max(int(values.max(initial=1)) for values in (measure.pair, measure.unplaced, measure.apart))
        if top > largest:
            raise ValueError(f"{name} reaches {top}: nothing may exceed {largest} in this problem; use a larger unit")
        return max(1, (min(largest, _LARGEST_WITH_GROUPS) if self.problem.groups else largest) // top)

    def front(self) -> list[Key]:
        """Points found that no other is as good as by both measures, in order of ``A``."""
        kept: list[Key] = []
        for key in sorted(self.found):
            if not kept or key[1] < kept[-1][1]:
                kept.append(key)
        return kept

    def run(self) -> None:
        """Find the ends, then look into the largest gap until there are points enough or no gap is left."""
        self._find_ends()
        while not self.clock.stop():
            front = self.front()
            gaps = [pair for pair in pairwise(front) if not self._gap(*pair).closed(*pair)]
            if len(front) >= self.points or not gaps:
                return
            self._look_into(*max(gaps, key=lambda pair: (pair[1][0] - pair[0][0]) * (pair[0][1] - pair[1][1])))

    def _gap(self, near: Key, far: Key) -> _Gap:
        return self._gaps.setdefault((near, far), _Gap(far[1]))

    def _find_ends(self) -> None:
        """The least of each measure and, of the plans that have it, the least of the other."""
        for p, q in ((1, 0), (0, 1)):
            self._weigh(p, q)
        a, b = self.front()[0]
        weight = min(self._most[0], b + 1)
        search = self._weigh(weight, 1)
        a, b = self.front()[0]
        if self.proof.least(b - 1) <= a:
            self._least_b(search, (weight, 1), a, b)
        a, b = self.front()[-1]
        weight = min(self._most[1], a + 1)
        search = self._weigh(1, weight)
        a, b = self.front()[-1]
        if self.proof.least(b) < a:
            self._least_a(search, (1, weight), b, (a, b))

    def _look_into(self, near: Key, far: Key) -> None:
        """Look between two neighbours: on the hull first, then within limits."""
        gap = self._gap(near, far)
        if gap.search is None:
            gap.weights = self._slope(near, far)
            gap.search = self._weigh(*gap.weights)
            if (near, far) not in pairwise(self.front()):
                return
        limit = near[1] - 1 if gap.empty_below else (gap.low + near[1]) // 2
        key = self._least_a(gap.search, gap.weights, limit, far)
        if key is None:
            gap.low, gap.empty_below = limit, True
            gap.given_up = self.proof.least(limit) + self._allowed(far) < far[0]
            return
        key = self._least_b(gap.search, gap.weights, *key) or key
        self._gaps[near, key] = _Gap(limit, gap.search, gap.weights)
        self._gaps[key, far] = _Gap(gap.low, gap.search, gap.weights)

    def _slope(self, near: Key, far: Key) -> Key:
        """Weights by which both neighbours come to the same, as nearly as the largest weights allow."""
        p, q = near[1] - far[1], far[0] - near[0]
        common = math.gcd(p, q)
        p, q = p // common, q // common
        shrink = max(1, -(-p // self._most[0]), -(-q // self._most[1]))
        return max(1, p // shrink), max(1, q // shrink)

    def _weigh(self, p: int, q: int) -> Search:
        """Make ``p A + q B`` least; keep the plan and what it proves."""
        weighted = self.first.plus(p, self.second, q).problem(self.problem)
        search = Search(weighted, None, self._gap_of_sum(p, q), self._share(), self.seed)
        answer = search.run()
        self.proof.cuts.append((p, q, answer.bound))
        self._keep(answer.plan.place_of)
        return search

    def _gap_of_sum(self, p: int, q: int) -> float:
        """The gap of ``p A + q B`` that leaves ``A`` the gap asked for."""
        keys = self.front()
        if not (p and q and keys):
            return self.gap
        mine = p * self._allowed(keys[0])
        return mine / max(1, p * keys[0][0] + q * keys[0][1])

    def _least_a(self, search: Search, weights: Key, limit: int, known: Key) -> Key | None:
        """Look for less ``A`` than a known point has, with ``B <= limit``."""
        within = WithinLimit(search, weights, self.first, self.second, limit, known[0])
        within.run(self._allowed(known), self._share())
        self.proof.floors.append((limit, within.bound))
        return None if within.place_of is None else self._keep(within.place_of)

    def _least_b(self, search: Search, weights: Key, limit: int, known: int) -> Key | None:
        """Look for less ``B`` than is known, with ``A <= limit``."""
        within = WithinLimit(search, (weights[1], weights[0]), self.second, self.first, limit, known)
        within.run(self.gap * known, self._share())
        self.proof.floors.append((within.bound - 1, limit + 1))
        return None if within.place_of is None else self._keep(within.place_of)

    def _allowed(self, key: Key) -> float:
        plan = self.found[key]
        return self.gap * max(0, plan.objective - plan.unplaced_charge - plan.apart_charge)

    def _keep(self, place_of: Ints) -> Key:
        plan = self.first.of(self.problem, place_of)
        key = plan.objective, self.second.of(self.problem, place_of).objective
        self.found.setdefault(key, plan)
        return key

    def _share(self) -> Clock:
        """A clock with this step's share of the time left."""
        left = self.clock.left / max(1, self.points - len(self.found))
        return Clock(left if math.isfinite(left) else None, self.clock.asked if self.clock.can_cancel else None)
