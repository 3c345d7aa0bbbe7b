"""Changes of some cells that keep every relation and leave nothing below zero, by linear and integer programs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from solvers.suppression_cells import Bools, Cells, Ints

Floats = npt.NDArray[np.float64]
#: How far from whole a number from a linear program may be.
ROUNDING = 1e-6
#: Seconds for one table that should please many cells at once; a worse one pleases fewer, no more.
_MANY_SECONDS = 2.0
#: Seconds to find out whether whole counts stand in the way where fractions do not.
_WHOLE_SECONDS = 10.0
_INFEASIBLE = 2


@dataclass(frozen=True, eq=False)
class Reach:
    """How far a cell can move with fractions, and the factors on all relations that say why no further.

    ``table`` goes as far, None if the one found was not whole.
    """

    by: float
    factors: Floats
    table: Ints | None


@dataclass(frozen=True, eq=False)
class Found:
    """A table of whole counts as asked for; without one, ``never`` if there is none, else time ran out."""

    table: Ints | None
    never: bool


class Moves:
    """What the cells that may move can do.

    Args:
        cells: The cells.
        moving: Those that may move.
    """

    def __init__(self, cells: Cells, moving: Bools) -> None:
        self._cells = cells
        self._columns = np.flatnonzero(moving)
        self._at = np.full(cells.size, -1)
        self._at[self._columns] = np.arange(self._columns.size)
        part = sparse.csr_array(sparse.csc_array(cells.relations)[:, self._columns])
        self._rows = np.flatnonzero(np.diff(part.indptr))
        self._matrix = sparse.csr_array(part[self._rows].astype(np.float64))
        self._floor = -cells.counts[self._columns].astype(np.float64)

    def furthest(self, cell: int, by: int) -> Reach:
        """Move a cell as far as it can go: ``by`` at most, up if that is positive, down if negative."""
        at = self._at[cell]
        bounds = np.column_stack([self._floor, np.full(self._columns.size, np.inf)])
        bounds[at] = (self._floor[at], by) if by > 0 else (max(by, self._floor[at]), np.inf)
        goal = np.zeros(self._columns.size)
        goal[at] = -np.sign(by)
        answer = linprog(goal, A_eq=self._matrix, b_eq=np.zeros(self._rows.size), bounds=bounds, method="highs-ds")
        if answer.status != 0:
            raise RuntimeError(f"how far cell {cell} can move was not found: {answer.message}")
        factors = np.zeros(self._cells.relations.shape[0])
        factors[self._rows] = answer.eqlin.marginals
        return Reach(float(answer.x[at]), factors, self._table(answer.x))

    def nearest(self, cells: npt.NDArray[np.intp], least: Floats, most: Floats, cost: Floats) -> Ints | None:
        """Change each of some cells by ``least`` to ``most`` as nearly as can be, weighed by ``cost``; None if late."""
        count, columns = cells.size, self._columns.size
        pick = sparse.csr_array((np.ones(count), (np.arange(count), self._at[cells])), shape=(count, columns))
        short = sparse.eye_array(count)
        matrix = sparse.block_array([[self._matrix, None], [pick, short], [pick, -short]], format="csr")
        none, endless = np.zeros(self._rows.size), np.full(count, np.inf)
        answer = milp(
            np.concatenate([np.zeros(columns), cost]),
            integrality=np.concatenate([np.ones(columns), np.zeros(count)]),
            bounds=Bounds(np.concatenate([self._floor, np.zeros(count)]), np.inf),
            constraints=LinearConstraint(
                matrix, np.concatenate([none, least, -endless]), np.concatenate([none, endless, most])
            ),
            options={"time_limit": _MANY_SECONDS, "mip_rel_gap": 0.05},
        )
        return None if answer.x is None else self._table(answer.x[:columns])

    def exactly(self, cell: int, by: int) -> Found:
        """Change a cell by so much, all others by whole numbers."""
        for whole in (False, True):
            answer = self._shortest(cell, by, np.ones(self._cells.size), whole=whole)
            table = None if answer.x is None else self._table(self._change(answer.x))
            if table is not None or answer.status == _INFEASIBLE:
                break
        return Found(table, answer.status == _INFEASIBLE)

    def cheapest(self, cell: int, by: int, cost: Floats, *, whole: bool) -> Bools | None:
        """The cells that change when one changes by so much as cheaply as can be; None if no way was found.

        Args:
            cell: Which.
            by: How much.
            cost: What it costs to move each of all cells by one, up or down (m,).
            whole: Whether changes must be whole numbers.
        """
        answer = self._shortest(cell, by, cost, whole=whole)
        if answer.x is None:
            return None
        changed = np.zeros(self._cells.size, dtype=bool)
        changed[self._columns] = np.abs(self._change(answer.x)) > ROUNDING
        return changed

    def _shortest(self, cell: int, by: int, cost: Floats, *, whole: bool) -> OptimizeResult:
        at, count = self._at[cell], self._columns.size
        least, most = np.zeros(2 * count), np.concatenate([np.full(count, np.inf), -self._floor])
        least[[at, count + at]] = most[[at, count + at]] = max(by, 0), max(-by, 0)
        return milp(
            np.tile(cost[self._columns], 2), bounds=Bounds(least, most), integrality=np.full(2 * count, int(whole)),
            constraints=LinearConstraint(sparse.hstack([self._matrix, -self._matrix], format="csr"), 0, 0),
            options={"time_limit": _WHOLE_SECONDS, "mip_rel_gap": 0.05},
        )  # fmt: skip

    def _change(self, values: Floats) -> Floats:
        change: Floats = values[: self._columns.size] - values[self._columns.size :]
        return change

    def _table(self, change: Floats) -> Ints | None:
        """The counts after a change; None if it is not whole. Whoever uses them checks them in whole numbers."""
        whole = np.rint(change)
        if np.abs(whole - change).max(initial=0.0) > ROUNDING:
            return None
        table = self._cells.counts.copy()
        table[self._columns] += whole.astype(np.int64)
        return table
