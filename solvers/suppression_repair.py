"""From a set that is not safe to one that is, and from a safe one to a safe one without a cell that it can spare."""

from __future__ import annotations

import numpy as np

from solvers.clock import Clock
from solvers.suppression_adversary import Adversary, Weakness
from solvers.suppression_cells import Bools, Cells, Ints
from solvers.suppression_master import Master
from solvers.suppression_moves import Moves
from solvers.suppression_seen import Seen


class Repair:
    """Hides more, or less.

    Args:
        cells: The cells.
        master: Told every cut found on the way.
    """

    def __init__(self, cells: Cells, master: Master) -> None:
        self._cells, self._master = cells, master
        self._moves = Moves(cells, np.ones(cells.size, dtype=bool))
        #: Every witness table found; those that change only hidden cells serve any set.
        self.tables: list[Ints] = []

    def weaknesses(self, hidden: Bools, clock: Clock | None = None) -> list[Weakness] | None:
        """What is wrong with a set: nothing if it is safe, proved by tables kept; None if the clock stopped it."""
        seen = Seen(self._cells, hidden, self.tables)
        known = len(seen.tables)
        found = Adversary(self._cells, hidden).weaknesses(seen, clock)
        self.tables.extend(seen.tables[known:])
        for weakness in found or ():
            if weakness.cut is not None:
                self._master.add(weakness.cut)
        return found

    def make_safe(self, hidden: Bools, clock: Clock | None = None) -> Bools | None:
        """Hide more until nothing is wrong; None if the clock stopped it, or hiding everything is not safe."""
        while found := self.weaknesses(hidden, clock):
            if hidden.all():
                return None
            before = hidden
            for weakness in found:
                if weakness.cut is None or not weakness.cut.holds(hidden):
                    hidden = self._extended(hidden, weakness)
            if (hidden == before).all():
                hidden = np.ones_like(hidden)
        return None if found is None else hidden

    def _extended(self, hidden: Bools, weakness: Weakness) -> Bools:
        """With the cheapest cells found that let a cell move as it should; all if there are none."""
        cost = np.where(hidden, 0.0, self._cells.weight + 0.1)
        moved = [
            self._moves.cheapest(weakness.cell, by, cost, whole=weakness.fractions)
            for by in weakness.ways
            if by >= -self._cells.counts[weakness.cell]
        ]
        more = [hidden | each for each in moved if each is not None]
        return min(more, key=self._cells.cost, default=np.ones_like(hidden))

    def spare(self, hidden: Bools, clock: Clock) -> Bools:
        """Show again, dearest first, each cell without which a safe set stays safe, while there is time."""
        cells = self._cells
        own = np.flatnonzero(hidden & ~cells.must)
        for cell in own[np.lexsort((-cells.counts[own], -cells.weight[own]))].tolist():
            if clock.stop():
                break
            less = hidden.copy()
            less[cell] = False
            if self._master.holds(less) and self.weaknesses(less, clock) == []:
                hidden = less
        return hidden
