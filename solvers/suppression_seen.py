"""Witness tables: other counts that agree with everything shown, and which values they prove possible."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from solvers.suppression_cells import Bools, Cells, Ints


class Seen:
    """Which values of which hidden cells some table has. Starts from the true counts, which are a witness too.

    Args:
        cells: The cells.
        hidden: Those hidden.
        tables: Tables known before; those that change a cell now shown are left out.
    """

    def __init__(self, cells: Cells, hidden: Bools, tables: Iterable[Ints] = ()) -> None:
        self.cells, self.hidden = cells, hidden
        self.least, self.most = cells.counts.copy(), cells.counts.copy()
        self.values = np.zeros((cells.size, cells.values), dtype=bool)
        self.tables: list[Ints] = []
        self._all = np.arange(cells.size)
        self._steps = max(cells.spread, cells.high)
        self._ranged = hidden & ~cells.must
        self.values[self._all, self._place(cells.counts)] = True
        for table in tables:
            if (table[~hidden] == cells.counts[~hidden]).all():
                self.add(table)

    def _place(self, table: Ints) -> npt.NDArray[np.intp]:
        return np.clip(table, self.cells.low, self.cells.high) - self.cells.low

    def add(self, table: Ints) -> bool:
        """Add a table if it is a witness and proves a value possible that was open; say whether it was added."""
        cells, shown = self.cells, ~self.hidden
        if (table < 0).any() or (table[shown] != cells.counts[shown]).any() or (cells.relations @ table).any():
            return False
        new = cells.sensitive & ~self.values[self._all, self._place(table)]
        wider = (table < self.least) | (table > self.most)
        if not (new | (wider & self._open_ranges())).any():
            return False
        self.values[self._all, self._place(table)] = True
        np.minimum(self.least, table, out=self.least)
        np.maximum(self.most, table, out=self.most)
        self.tables.append(table)
        return True

    def add_line(self, table: Ints) -> bool:
        """Add a table, and those on the line through it and the true counts; say whether it was added itself."""
        added = self.add(table)
        step = table - self.cells.counts
        divisor = int(np.gcd.reduce(step))
        if added and divisor:
            # at most so many steps as any cell's range asks for
            for times in range(-self._steps, self._steps + 1):
                self.add(self.cells.counts + times * (step // divisor))
        return added

    def _open_ranges(self) -> Bools:
        return self._ranged & (self.most - self.least < self.cells.spread)

    @property
    def wants(self) -> int:
        """How many values, and how many ranges, are open."""
        return int((~self.values[self.cells.sensitive]).sum()) + int(self._open_ranges().sum())

    def open(self) -> npt.NDArray[np.intp]:
        """The hidden cells of which not enough has been proved."""
        return np.flatnonzero((self.cells.sensitive & ~self.values.all(axis=1)) | self._open_ranges())

    def missing(self, cell: int) -> list[int]:
        """The values a sensitive cell has in no table: the first stands for all up to it, the last for all from it."""
        return (np.flatnonzero(~self.values[cell]) + self.cells.low).tolist()
