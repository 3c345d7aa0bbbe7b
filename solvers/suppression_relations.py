"""The cuts that one relation gives, and which of them a choice of cells, whole or in parts, breaks.

See :mod:`solvers.suppression_cuts` for the inequality; its sum is here worked out for all cells of a relation at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from solvers.suppression_cells import Cells, Ints
from solvers.suppression_cuts import Cut, simple_cut

Floats = npt.NDArray[np.float64]
_BROKEN = 1e-6


class Relations:
    """Every relation with every cell in it.

    Args:
        cells: The cells.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        matrix = sparse.csr_array(cells.relations)
        # the rare relation with other factors is left to the adversary
        plain = abs(matrix).max(axis=1).toarray().ravel() <= 1 if matrix.nnz else slice(0)
        matrix = matrix[plain]
        self._shape = matrix.shape
        self._pointer, self._cell, self._sign = matrix.indptr, matrix.indices, matrix.data.astype(np.int64)
        self._row = np.repeat(np.arange(self._shape[0]), np.diff(self._pointer))
        count = cells.counts[self._cell]
        sensitive = cells.sensitive[self._cell]
        ranged = ~cells.must[self._cell]
        up = np.where(sensitive, cells.high - count, np.where(ranged, cells.spread - count, 0))
        down = np.where(sensitive, count - cells.low, 0)
        self._moves = [(1, np.maximum(up, 0)), (-1, np.maximum(down, 0))]
        self._ranged = ranged

    def broken(self, hidden: Floats) -> list[Cut]:
        """The cuts of single relations that these cells, each hidden or in part, break."""
        cuts = []
        chosen = hidden[self._cell]
        for direction, needs in self._moves:
            for by in np.unique(needs[needs > 0]).tolist():
                room = self._room(by)
                total = self._sums(room * chosen)
                entries = np.flatnonzero(needs == by)
                side = np.where(self._sign[entries] * direction > 0, 0, 1)
                own = np.where(direction > 0, np.minimum(by, self._cells.counts[self._cell[entries]]), by)
                lacks = by * chosen[entries] - (total[side, self._row[entries]] - own * chosen[entries])
                for entry in entries[lacks > _BROKEN]:
                    cuts.append(self._cut(int(entry), by * direction))
        alone = self._ranged & (2 * chosen - self._sums(np.tile(chosen, (2, 1)))[0, self._row] > _BROKEN)
        cuts.extend(self._company(int(entry)) for entry in np.flatnonzero(alone))
        return cuts

    def _room(self, by: int) -> Ints:
        """How much each entry lets others move, for relations taken as they are (0) and with signs turned (1)."""
        falling = np.minimum(by, self._cells.counts[self._cell])
        return np.stack([np.where(self._sign * side > 0, falling, by) for side in (1, -1)])

    def _sums(self, entries: Floats) -> Floats:
        return np.stack([np.bincount(self._row, each, self._shape[0]) for each in entries])

    def _others(self, entry: int) -> npt.NDArray[np.intp]:
        row = self._row[entry]
        others = np.arange(self._pointer[row], self._pointer[row + 1])
        apart: npt.NDArray[np.intp] = others[others != entry]
        return apart

    def _cut(self, entry: int, by: int) -> Cut:
        others = self._others(entry)
        falling = self._sign[others] * self._sign[entry] * np.sign(by) > 0
        room = np.where(falling, np.minimum(abs(by), self._cells.counts[self._cell[others]]), abs(by))
        return simple_cut(int(self._cell[entry]), abs(by), self._cell[others], room)

    def _company(self, entry: int) -> Cut:
        """A hidden cell needs another: alone it could be worked out."""
        others = self._others(entry)
        return simple_cut(int(self._cell[entry]), 1, self._cell[others], np.ones(others.size, dtype=np.int64))
