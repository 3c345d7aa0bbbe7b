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
from solvers.bound import Pool
from solvers.clashes import solve_without_clashes
from solvers.columns import build_columns
from solvers.cuts import Prices
from solvers.opening_problem import OpeningSample
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult
from solvers.solve import solve_assignment

Floats = npt.NDArray[np.float64]


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
        self.columns = build_columns(
            self.pool,
            self.pool.alone,
            [block.cost < NEVER for block in self.pool.blocks],
            np.ones(problem.children, dtype=bool),
        )
        self._state()

    def _state(self) -> None:
        from scipy import sparse

        columns, resources = self.columns, self.pool.resources
        use = columns.use * resources.binding[columns.home] * (columns.home >= 0)[:, None]
        column, which = np.nonzero(use)
        row = columns.home[column] * use.shape[1] + which
        self.rows, at = np.unique(row, return_inverse=True)
        count = columns.cost.size
        self.capacity_table = sparse.csr_array(
            (use[column, which].astype(np.float64), (at, column)), shape=(self.rows.size, count)
        )
        self.capacity = resources.capacity.ravel()[self.rows].astype(np.float64)
        self.home_of_row = self.rows // use.shape[1]
        cover = (columns.cover_child, columns.cover_column)
        self.cover = sparse.csr_array(
            (np.ones(columns.cover_child.size), cover), shape=(self.sample.problem.children, count)
        )

    def relaxed(self, open_: Floats) -> tuple[float, Prices]:
        """The linear program's value with homes open so far, ``(homes,)`` from 0 to 1, and whole prices of it.

        Raises:
            RuntimeError: The linear program was not solved, which would be a fault: leaving everybody out is lawful.
        """
        from scipy.optimize import linprog

        found: Any = linprog(
            self.columns.cost, A_ub=self.capacity_table, b_ub=self.capacity * open_[self.home_of_row], A_eq=self.cover,
            b_eq=np.ones(self.cover.shape[0]), bounds=(0, None), method="highs-ds",
        )  # fmt: skip
        if found.status != 0:
            raise RuntimeError(f"the linear program of a sample was not solved: {found.message}")
        resources = self.pool.resources
        prices = np.zeros(resources.capacity.size)
        prices[self.rows] = -found.ineqlin.marginals
        whole = np.rint(prices * self.pool.scale).astype(np.int64).reshape(resources.capacity.shape)
        nothing = np.zeros(0, dtype=np.int64)
        value = float(found.fun) + self.columns.constant
        return value, Prices(np.clip(whole, 0, resources.highest_price() >> 1), nothing)

    def cut(self, taken: Floats) -> tuple[float, Cut]:
        """The linear program's value at a choice of options, parts of options allowed, and the cut its prices prove."""
        value, prices = self.relaxed(self.open(taken))
        pool = self.pool
        refund = (prices.homes * pool.resources.capacity).sum(axis=1)
        priced = pool.price(prices, int(NEVER) - 1)
        slope = np.zeros(self.options, dtype=np.int64)
        opened = self.sample.opened_by >= 0
        np.subtract.at(slope, self.sample.opened_by[opened], refund[opened])
        np.add.at(slope, self.sample.closing[:, 1], refund[self.sample.closing[:, 0]])
        anyway = int(refund[~opened].sum())
        return value, Cut(priced.bound + int(refund.sum()) - anyway, slope, pool.scale)

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
        _, prices = self.relaxed(np.ones(self.sample.problem.homes))
        return self.pool.unscaled(self.pool.price(prices, int(NEVER) - 1).bound)

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
