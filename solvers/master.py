"""The master problem over partition columns, as sparse arrays for HiGHS (SciPy's own copy).

Costs are shifted by prices already known: with ``L`` their bound, a plan costs ``L`` plus the shifted costs of
its columns plus the price of what it leaves free, so the numbers solved with are as small as the gap, not as
large as the total, and an integer solution is compared without losing digits. A row whose price is positive
gets a slack variable at that price; a row that its columns cannot fill is left out.

Besides covers and capacities there is one row for each three members of a group: parts that hold at least two
of the three exclude each other, which the covers alone let a linear program break by halves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.bound import Pool, Priced
from solvers.columns import Columns
from solvers.milp import Program, Solved
from solvers.problem import Ints

#: Taken off the integer program's bound for each child: ten times the 1e-7 by which HiGHS may price a column
#: too low, and a plan has no more columns than children.
ALLOWANCE = 1e-6

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Solved linear program: its value above the shift's bound and new prices, in cost units, and what it chooses.

    ``homes (homes, extended)`` are the prices without those of the cuts, ``cuts (cuts,)``; ``rough``: solved roughly.
    """

    value: float
    homes: Floats
    cuts: Floats
    chosen: Floats
    rough: bool


@dataclass(frozen=True, eq=False)
class Chosen:
    """What the integer program found.

    Attributes:
        columns: Columns chosen, None if no solution was found.
        bound: No choice of these columns costs less above the shift's bound, in cost units, with an
            allowance for rounding taken off; infinite if no choice is lawful.
    """

    columns: npt.NDArray[np.intp] | None
    bound: float


class Master:
    """Rows and shifted costs for one set of columns.

    Args:
        pool: The pairs known.
        priced: Prices the costs are shifted by.
        columns: The columns to choose among.
        exclusive: ``(group, home)`` where the group may have one part only (see `solvers.search`).
    """

    def __init__(
        self, pool: Pool, priced: Priced, columns: Columns, exclusive: tuple[tuple[int, int], ...] = ()
    ) -> None:
        from scipy import sparse

        self.pool, self.columns = pool, columns
        count = columns.cost.size
        shifted = self._shifted(priced) / pool.scale
        #: Costs are divided by this power of two, so that what HiGHS sees stays below 2 ** 30.
        self.unit = 2.0 ** max(0, math.ceil(math.log2(1.0 + np.abs(shifted).max(initial=0.0))) - 30)
        self.cost = shifted / self.unit
        ones = np.ones(columns.cover_child.size)
        cover = (columns.cover_child, columns.cover_column)
        self.cover = sparse.csr_array((ones, cover), shape=(pool.problem.children, count))
        self._capacity_rows(priced)
        self._clique_rows(exclusive)

    def _shifted(self, priced: Priced) -> Ints:
        """Scaled cost less what its children pay plus what its use is charged: exact."""
        pays = priced.least.copy()
        for block, group in zip(self.pool.blocks, priced.groups, strict=True):
            total = group.least + block.apart * self.pool.scale
            pays[block.members] = (total // block.size)[:, None]
            pays[block.members[:, 0]] += total % block.size
        columns = self.columns
        charge = np.where(columns.home >= 0, (columns.use * priced.prices.homes[columns.home]).sum(axis=1), 0)
        extra = self.pool.cuts.surcharge(self.pool.arcs, priced.prices.cuts)
        alone = np.flatnonzero(columns.arc >= 0)
        charge[alone] += extra[columns.arc[alone]]
        paid = np.zeros(columns.cost.size, dtype=np.int64)
        np.add.at(paid, columns.cover_column, pays[columns.cover_child])
        shifted: Ints = columns.cost * self.pool.scale + charge - paid
        return shifted

    def _capacity_rows(self, priced: Priced) -> None:
        """Rows of the homes that bind or are priced, then one for each cut."""
        from scipy import sparse

        resources, columns, cuts = self.pool.resources, self.columns, self.pool.cuts
        shape = resources.capacity.shape
        use = columns.use.copy()
        use[:, resources.beyond] = 0
        column, which = np.nonzero(use)
        row = columns.home[column] * shape[1] + which
        used = use[column, which].astype(np.float64)
        table = sparse.csr_array((used, (row, column)), shape=(resources.capacity.size, columns.cost.size))
        homes = priced.prices.homes.copy()
        homes[:, resources.beyond] = 0
        capacity = resources.capacity.ravel()
        self.kept = np.flatnonzero((table.sum(axis=1) > capacity) & resources.binding.ravel() | (homes.ravel() > 0))
        cut, its_column, coefficient = cuts.rows(columns)
        entries = (coefficient.astype(np.float64), (cut, its_column))
        of_cuts = sparse.csr_array(entries, shape=(cuts.home.size, columns.cost.size))
        self.capacity_table = sparse.vstack([table[self.kept], of_cuts], format="csr")
        self.capacity = np.concatenate((capacity[self.kept], cuts.most)).astype(np.float64)
        of_cuts_paid = np.zeros(cuts.home.size)
        of_cuts_paid[: priced.prices.cuts.size] = priced.prices.cuts
        self.paid = np.concatenate((homes.ravel()[self.kept], of_cuts_paid)) / (self.pool.scale * self.unit)

    def _clique_rows(self, exclusive: tuple[tuple[int, int], ...]) -> None:
        """Rows of columns that exclude each other: two of any three members; two parts at one home."""
        from scipy import sparse

        cover = self.cover
        rows = []
        for group in self.pool.problem.groups:
            for three in combinations(group, 3):
                held = np.concatenate([cover.indices[cover.indptr[i] : cover.indptr[i + 1]] for i in three])
                found, times = np.unique(held, return_counts=True)
                rows.append(found[times >= 2])
        for number, home in exclusive:
            members = self.pool.problem.groups[number]
            held = np.concatenate([cover.indices[cover.indptr[i] : cover.indptr[i + 1]] for i in members])
            found = np.unique(held)
            rows.append(found[self.columns.home[found] == home])
        rows = [row for row in rows if row.size > 1]
        lengths = [row.size for row in rows]
        flat = np.concatenate(rows) if rows else np.zeros(0, dtype=np.intp)
        at = np.repeat(np.arange(len(rows)), lengths)
        self.cliques = sparse.csr_array((np.ones(flat.size), (at, flat)), shape=(len(rows), self.columns.cost.size))

    def _rows(self) -> tuple[Floats, Any, Floats, Floats]:
        """Costs (columns, then slacks), matrix, least and most of every row."""
        from scipy import sparse

        slack = np.flatnonzero(self.paid > 0)
        fill = sparse.csr_array(
            (np.ones(slack.size), (slack, np.arange(slack.size))), shape=(self.paid.size, slack.size)
        )
        matrix = sparse.block_array(
            [[self.cover, None], [self.capacity_table, fill], [self.cliques, None]], format="csr"
        )
        ones = np.ones(self.cover.shape[0])
        most = np.concatenate((ones, self.capacity, np.ones(self.cliques.shape[0])))
        lowest = np.where(self.paid > 0, self.capacity, -np.inf)
        least = np.concatenate((ones, lowest, np.full(self.cliques.shape[0], -np.inf)))
        return np.concatenate((self.cost, self.paid[slack])), matrix, least, most

    def relaxed(self, solved: Solved) -> Relaxed | None:
        """What the solved linear program says about prices; None if it was not solved."""
        if solved.values is None or solved.duals is None:
            return None
        start = self.cover.shape[0]
        paid = np.maximum(0.0, self.paid - solved.duals[start : start + self.paid.size]) * self.unit
        homes = np.zeros(self.pool.resources.capacity.size)
        homes[self.kept] = paid[: self.kept.size]
        chosen = solved.values[: self.columns.cost.size]
        shape = self.pool.resources.capacity.shape
        return Relaxed(solved.bound * self.unit, homes.reshape(shape), paid[self.kept.size :], chosen, solved.rough)

    def program(self, start: Ints | None = None) -> Program:
        """The integer program, ready to solve or to relax.

        Args:
            start: Which columns to start from, 0 or 1 each.
        """
        cost, matrix, least, most = self._rows()
        first = np.zeros(cost.size)
        if start is not None:
            first[: start.size] = start
        return Program(cost, matrix, least, most, np.arange(cost.size) < self.columns.cost.size, first)

    def read(self, solved: Solved) -> Chosen:
        """What the solved integer program says about plans."""
        count = self.columns.cost.size
        columns = None if solved.values is None else np.flatnonzero(solved.values[:count] > 0.5)
        return Chosen(columns, (solved.bound - ALLOWANCE * (1 + self.cover.shape[0])) * self.unit)
