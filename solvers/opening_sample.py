"""One sample at given options: what its plan costs at least, as a cut for every choice of options, and at most.

The linear program over partition columns (`solvers.columns`) is solved with capacities multiplied by how far each home
is open. Its prices, rounded to whole numbers, then prove for *every* choice of options

    Q(y) >= constant - sum over homes and resources of price * capacity * open(y)

by the argument of `solvers.bound`: exact whole numbers whatever the linear program answered. The rounding cuts of
`solvers.resources` hold for a home that is there and for one that is not, so they count too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.bound import Pool, Priced
from solvers.clashes import solve_without_clashes
from solvers.columns import build_columns
from solvers.cuts import Prices
from solvers.opening_problem import OpeningSample
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.solve import solve_assignment

Floats = npt.NDArray[np.float64]
#: No regret is beyond this but that of what cannot be.
_ANY = int(NEVER) - 1
#: Columns taken in at once, for each child; and how near, relatively, prices must prove the value for it to be so.
_MORE_COLUMNS, _NEAR = 8, 1e-5


@dataclass(frozen=True, eq=False)
class Cut:
    """``Q(y) >= constant + slope @ y`` for every choice of options; divided by ``scale``, all three whole numbers."""

    constant: int
    slope: Ints
    scale: int

    def at(self, taken: Ints) -> int:
        """The least whole number the cut lets ``Q`` be at these options, ``(options,)`` of 0 and 1."""
        return -(-(self.constant + int(self.slope @ taken)) // self.scale)


class SampleProgram:
    """The linear program of one sample, stated once and solved for many choices of options.

    It holds few columns at first and takes in those that its prices say are missing, for this choice and later ones.

    Args:
        sample: The sample.
        options: How many options there are.
    """

    def __init__(self, sample: OpeningSample, options: int) -> None:
        self.sample, self.options = sample, options
        problem = sample.problem
        self.pool = Pool(problem, Arcs.of(problem))
        for block in self.pool.blocks:
            block.learn(block.cost < NEVER)
        free = self._prices(np.zeros(self.pool.resources.capacity.shape))
        self._hold(self.pool.price(free, _ANY))
        self._state()

    def _hold(self, priced: Priced) -> int:
        """Hold the columns of least regret that are not held yet; how many those were."""
        slack = priced.threshold(_MORE_COLUMNS * self.sample.problem.children, _ANY)
        return self.pool.hold(priced, slack)

    def _prices(self, homes: Floats) -> Prices:
        """Whole prices of homes from those of a linear program, ``(homes, extended)``."""
        resources = self.pool.resources
        whole = np.rint(homes * self.pool.scale).astype(np.int64)
        return Prices(np.clip(whole, 0, resources.highest_price() >> 1), np.zeros(0, dtype=np.int64))

    def _state(self) -> None:
        from scipy import sparse

        pool, resources = self.pool, self.pool.resources
        everyone = np.ones(self.sample.problem.children, dtype=bool)
        self.columns = columns = build_columns(pool, pool.held, [block.held for block in pool.blocks], everyone)
        use = columns.use * resources.binding[columns.home] * (columns.home >= 0)[:, None]
        column, which = np.nonzero(use)
        self.rows, at = np.unique(columns.home[column] * use.shape[1] + which, return_inverse=True)
        count = columns.cost.size
        table = sparse.csr_array((use[column, which].astype(np.float64), (at, column)), (self.rows.size, count))
        self.capacity = resources.capacity.ravel()[self.rows].astype(np.float64)
        self.home_of_row = self.rows // use.shape[1]
        cover = (columns.cover_child, columns.cover_column)
        covers = sparse.csr_array((np.ones(columns.cover_child.size), cover), (everyone.size, count))
        self.table, self.covers = table, covers

    def _relaxed(self, open_: Floats) -> tuple[float, Prices]:
        """The value of the linear program over the columns held, homes open so far, and whole prices of it.

        Raises:
            RuntimeError: It was not solved, which would be a fault: leaving everybody out is lawful.
        """
        from scipy.optimize import linprog

        found: Any = linprog(
            self.columns.cost, A_ub=self.table, b_ub=self.capacity * open_[self.home_of_row], A_eq=self.covers,
            b_eq=np.ones(self.covers.shape[0]), bounds=(0, None), method="highs-ds",
        )  # fmt: skip
        if found.status != 0:
            raise RuntimeError(f"the linear program of a sample was not solved: {found.message}")
        prices = np.zeros(self.pool.resources.capacity.size)
        prices[self.rows] = -found.ineqlin.marginals
        shape = self.pool.resources.capacity.shape
        return float(found.fun) + self.columns.constant, self._prices(prices.reshape(shape))

    def _proved(self, open_: Floats) -> tuple[float, Priced, Ints]:
        """The linear program over every column: its value, what its prices prove, and what homes are refunded.

        Columns are taken in until the value is what the prices prove, but for rounding.
        """
        while True:
            value, prices = self._relaxed(open_)
            priced = self.pool.price(prices, _ANY)
            refund: Ints = (prices.homes * self.pool.resources.capacity).sum(axis=1)
            proved = (priced.bound + float(refund @ (1.0 - open_))) / self.pool.scale
            if value - proved <= _NEAR * max(1.0, abs(value)) or not self._hold(priced):
                return value, priced, refund
            self._state()

    def cut(self, taken: Floats) -> tuple[float, Cut]:
        """The value of the linear program at a choice of (parts of) options, and the cut that its prices prove."""
        value, priced, refund = self._proved(self.open(taken))
        slope = np.zeros(self.options, dtype=np.int64)
        opened = self.sample.opened_by >= 0
        np.subtract.at(slope, self.sample.opened_by[opened], refund[opened])
        np.add.at(slope, self.sample.closing[:, 1], refund[self.sample.closing[:, 0]])
        return value, Cut(priced.bound + int(refund[opened].sum()), slope, self.pool.scale)

    def cut_here(self, taken: Ints, bound: int) -> Cut:
        """The cut that no plan costs less than ``bound`` at this choice of whole options.

        It loosens down to the sample's floor with the first option changed that could make a plan cheaper: one that
        opens a home and is not taken, or closes one and is.
        """
        slope = np.zeros(self.options, dtype=np.int64)
        opening = np.unique(self.sample.opened_by[self.sample.opened_by >= 0])
        closing = np.unique(self.sample.closing[:, 1])
        drop = max(0, bound - self.floor)
        off, on = opening[taken[opening] == 0], closing[taken[closing] == 1]
        slope[off] -= drop
        slope[on] += drop
        return Cut(bound - drop * on.size, slope, 1)

    @cached_property
    def floor(self) -> int:
        """What the sample costs at least, whatever is taken: with every home there."""
        _, priced, _ = self._proved(np.ones(self.sample.problem.homes))
        return self.pool.unscaled(priced.bound)

    def open(self, taken: Floats) -> Floats:
        """How far each home is there, ``(homes,)`` from 0 to 1, with parts of options taken."""
        opened = self.sample.opened_by >= 0
        there = np.ones(opened.size)
        there[opened] = taken[self.sample.opened_by[opened]]
        np.subtract.at(there, self.sample.closing[:, 0], taken[self.sample.closing[:, 1]])
        return np.clip(there, 0.0, 1.0)


def with_options(sample: OpeningSample, taken: Ints) -> AssignmentProblem:
    """The assignment problem of a sample with these options taken, ``(options,)`` of 0 and 1."""
    capacity = sample.problem.capacity * sample.open(taken)[:, None]
    return replace(sample.problem, capacity=capacity)


def plan_sample(
    sample: OpeningSample, taken: Ints, *, gap: float = 0.0, time_limit: float | None = None, seed: int = 0
) -> AssignmentResult:
    """The best plan of a sample with these options taken, checked, without clashes; arguments as `solve_assignment`."""
    problem = with_options(sample, taken)
    if sample.find_clashes is None:
        return solve_assignment(problem, gap=gap, time_limit=time_limit, seed=seed)
    return solve_without_clashes(problem, sample.find_clashes, gap=gap, time_limit=time_limit, seed=seed)
