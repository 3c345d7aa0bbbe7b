"""The master program: which options to take, given what cuts say that samples then cost at least.

Every sample has a variable for what its plan costs above a floor, held up by its cuts. Numbers are shifted by the
floors and divided by a unit, so that HiGHS sees the size of what options change and not that of whole plans.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from solvers.milp import time_options
from solvers.opening_problem import OpeningProblem
from solvers.opening_sample import Cut

Floats = npt.NDArray[np.float64]
#: Taken off the bound of HiGHS, relative to the shifted objective: ten times the tolerance of its constraints.
ALLOWANCE = 1e-6
_INFEASIBLE = 2
#: A cut counts as broken by a solution beyond this share of the unit.
_BROKEN = 1e-7


@dataclass(frozen=True, eq=False)
class Choice:
    """What the master program chose: how far each option is taken, and what every choice costs at least, exact.

    ``taken`` is None where no choice is lawful, or none was found in time.
    """

    taken: Floats | None
    bound: int
    infeasible: bool = False


@dataclass(eq=False)
class _Rows:
    """Cuts as rows: sample, constant and slope of each, in cost units."""

    sample: list[int] = field(default_factory=list)
    constant: list[float] = field(default_factory=list)
    slope: list[Floats] = field(default_factory=list)


class OpeningMaster:
    """Cuts known so far, and the program they make.

    Args:
        problem: Options.
        count: How many samples there are.
        floors: What each sample costs at least, whatever is taken, ``(samples,)``.
        unit: What a sample's costs are divided by.
    """

    def __init__(self, problem: OpeningProblem, floors: Sequence[int], unit: float) -> None:
        self.problem, self.floors, self.unit = problem, list(floors), unit
        self.count = len(self.floors)
        self.cuts: list[tuple[int, Cut]] = []
        self.rows = _Rows()
        self._held = np.zeros(0, dtype=bool)
        self._state()

    def add(self, cuts: Sequence[tuple[int, Cut]]) -> None:
        """Learn cuts, each of a sample by number."""
        self.cuts += cuts
        for sample, cut in cuts:
            self.rows.sample.append(sample)
            self.rows.constant.append((cut.constant - self.floors[sample] * cut.scale) / cut.scale / self.unit)
            self.rows.slope.append(cut.slope / cut.scale / self.unit)
        self._held = np.concatenate([self._held, np.ones(len(cuts), dtype=bool)])

    def relaxed(self) -> Choice:
        """The best choice where parts of options may be taken."""
        return self._solve(whole=False, seconds=math.inf, gap=0.0)

    def chosen(self, seconds: float, gap: float) -> Choice:
        """The best choice of whole options: first under the cuts that bind, then under those it turns out to break.

        Args:
            seconds: For each program.
            gap: At which share of the shifted objective each may stop.
        """
        while True:
            choice = self._solve(whole=True, seconds=seconds, gap=gap)
            if choice.taken is None:
                return choice
            broken = self._broken(choice.taken)
            if not broken.any():
                return choice
            self._held |= broken

    def hold_binding(self, taken: Floats, slack: float) -> None:
        """Keep in the program the cuts of each sample that come within ``slack`` units of its highest at a choice."""
        height = self._heights(taken)
        sample = np.array(self.rows.sample)
        highest = np.full(self.count, -np.inf)
        np.maximum.at(highest, sample, height)
        self._held = height >= highest[sample] - slack

    def _heights(self, taken: Floats) -> Floats:
        found: Floats = np.array(self.rows.constant) + np.array(self.rows.slope) @ taken
        return found

    def _broken(self, taken: Floats) -> npt.NDArray[np.bool_]:
        height = self._heights(taken)
        sample = np.array(self.rows.sample)
        highest = np.zeros(self.count)
        np.maximum.at(highest, sample[self._held], height[self._held])
        return np.asarray((height > highest[sample] + _BROKEN) & ~self._held)

    def _state(self) -> None:
        """Rows that do not change: budget, limits, order, and what all samples may cost together."""
        problem, options = self.problem, self.problem.options
        rows: list[Floats] = []
        most: list[float] = []
        if problem.budget is not None:
            largest = max(1.0, float(problem.spend.max(initial=0)))
            rows.append(np.concatenate([problem.spend / largest, np.zeros(self.count)]))
            most.append(problem.budget / largest)
        for limit in problem.at_most:
            row = np.zeros(options + self.count)
            row[list(limit.options)] = 1
            rows.append(row)
            most.append(limit.most)
        for later, earlier in problem.follows.tolist():
            row = np.zeros(options + self.count)
            row[later], row[earlier] = 1, -1
            rows.append(row)
            most.append(0)
        if problem.most is not None:
            rows.append(np.concatenate([np.zeros(options), np.ones(self.count)]))
            most.append((problem.most - sum(self.floors)) / self.unit)
        self.fixed = np.array(rows).reshape(-1, options + self.count)
        self.fixed_most = np.array(most)
        own = self.count * problem.cost / self.unit
        self.cost = np.concatenate([own, np.full(self.count, float(problem.times))])

    def _solve(self, *, whole: bool, seconds: float, gap: float) -> Choice:
        from scipy import sparse
        from scipy.optimize import Bounds, LinearConstraint, milp

        held = np.flatnonzero(self._held)
        options = self.problem.options
        slope = np.array([self.rows.slope[row] for row in held]).reshape(held.size, options)
        sample = np.array(self.rows.sample, dtype=np.intp)[held]
        above = sparse.csr_array((np.full(held.size, -1.0), (np.arange(held.size), sample)), (held.size, self.count))
        cuts = sparse.hstack([sparse.csr_array(slope), above])
        matrix = sparse.vstack([cuts, sparse.csr_array(self.fixed)], format="csr")
        most = np.concatenate([-np.array(self.rows.constant)[held], self.fixed_most])
        integrality = np.concatenate([np.full(options, int(whole)), np.zeros(self.count)])
        upper = np.concatenate([np.ones(options), np.full(self.count, np.inf)])
        answer = milp(
            self.cost,
            integrality=integrality,
            bounds=Bounds(0, upper),
            constraints=LinearConstraint(matrix, -np.inf, most),
            options={"mip_rel_gap": gap, **time_options(seconds)},
        )
        if answer.status == _INFEASIBLE:
            return Choice(None, self._total(0.0), infeasible=True)
        proved = answer.mip_dual_bound if whole else answer.fun
        if proved is None or not np.isfinite(proved):
            proved = float(np.minimum(self.cost, 0).sum())
        taken = None if answer.x is None else np.clip(answer.x[:options], 0, 1)
        return Choice(np.rint(taken) if whole and taken is not None else taken, self._total(float(proved)))

    def _total(self, shifted: float) -> int:
        """A bound of HiGHS in cost units of all samples: rounded up, for objectives are whole, after the allowance."""
        size = 1.0 + abs(shifted)
        whole = math.ceil((shifted - ALLOWANCE * size) * self.unit - ALLOWANCE)
        return self.problem.times * sum(self.floors) + whole
