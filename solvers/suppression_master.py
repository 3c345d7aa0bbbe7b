"""The cheapest sets of cells that fulfil all cuts known, and what they prove no safe set can be cheaper than."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from solvers.clock import Clock
from solvers.milp import time_options
from solvers.suppression_cells import Bools, Cells
from solvers.suppression_cuts import Cut
from solvers.suppression_relations import Relations

Floats = npt.NDArray[np.float64]
#: Ties go to hiding less of the total: all counts together weigh this much of one unit of weight.
_TIES = 0.2
#: Taken off every bound for rounding.
_ALLOWANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Choice:
    """A cheap set that fulfils the cuts, None if time ran out first. No safe set costs less than ``bound``."""

    hidden: Bools | None
    bound: int


class Master:
    """Chooses cells to hide.

    Args:
        cells: The cells.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._free = np.flatnonzero(~cells.must)
        self._at = np.full(cells.size, -1)
        self._at[self._free] = np.arange(self._free.size)
        counts = cells.counts[self._free]
        self._cost = cells.weight[self._free] + _TIES * counts / (1 + counts.sum())
        self._fixed = cells.cost(cells.must)
        self._rows: dict[bytes, tuple[npt.NDArray[np.intp], Floats, float]] = {}
        self._relations = Relations(cells)
        self._compiled: tuple[Any, Floats] | None = None
        self._bound = 0.0

    def add(self, cut: Cut) -> bool:
        """Add a cut; False if it was known or says nothing."""
        fixed = self._cells.must[cut.others]
        need = cut.need - int(cut.factors[fixed].sum())
        if need <= 0:
            return False
        columns, factors, least = self._at[cut.others[~fixed]], np.minimum(cut.factors[~fixed], need) / need, 1.0
        if not self._cells.must[cut.cell]:
            columns, factors, least = np.append(columns, self._at[cut.cell]), np.append(factors, -1.0), 0.0
        key = columns.tobytes() + factors.tobytes() + bytes([int(least)])
        if key in self._rows:
            return False
        self._rows[key] = columns, factors, least
        return True

    def holds(self, hidden: Bools) -> bool:
        """Whether a set fulfils every cut known and every cut of one relation."""
        part = hidden.astype(np.float64)
        matrix, least = self._matrix()
        return bool((matrix @ part[self._free] >= least - _ALLOWANCE).all()) and not self._relations.broken(part)

    def choose(self, clock: Clock, seconds: float) -> Choice:
        """Find a cheap set that fulfils all cuts.

        Args:
            clock: Stop when it says so.
            seconds: Stop each integer program after this long.
        """
        if not self._free.size:
            return Choice(self._cells.must, self._fixed)
        whole, hidden = False, None
        while not clock.stop():
            answer = self._solve(min(seconds, clock.left), whole=whole)
            bound = answer.mip_dual_bound if whole else answer.fun if answer.status == 0 else None
            if bound is not None and np.isfinite(bound):
                self._bound = max(self._bound, float(bound))
            if answer.x is None:
                break
            part = self._cells.must.astype(np.float64)
            part[self._free] = np.rint(answer.x) if whole else answer.x
            added = sum([self.add(cut) for cut in self._relations.broken(part)])
            if not added and whole:
                hidden = part > 0.5
                break
            whole = whole or not added
        # All ties together come to less than _TIES, and weights are whole.
        return Choice(hidden, self._fixed + math.ceil(self._bound - _TIES - _ALLOWANCE))

    def _matrix(self) -> tuple[Any, Floats]:
        rows = list(self._rows.values())
        if self._compiled is None or self._compiled[1].size < len(rows):
            pointer = np.concatenate([[0], np.cumsum([columns.size for columns, _, _ in rows], dtype=np.intp)])
            columns = np.concatenate([np.zeros(0, dtype=np.intp), *(columns for columns, _, _ in rows)])
            factors = np.concatenate([np.zeros(0), *(factors for _, factors, _ in rows)])
            matrix = sparse.csr_array((factors, columns, pointer), shape=(len(rows), self._free.size))
            self._compiled = matrix, np.array([least for _, _, least in rows])
        return self._compiled

    def _solve(self, seconds: float, *, whole: bool) -> OptimizeResult:
        matrix, least = self._matrix()
        return milp(
            self._cost, integrality=np.full(self._free.size, int(whole)), bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, least, np.inf),
            options={"mip_rel_gap": 1e-4, **time_options(seconds)},
        )  # fmt: skip
