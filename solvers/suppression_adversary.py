"""Who knows all that is shown, every relation, and that counts are whole and not negative: what is left possible?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.clock import Clock
from solvers.suppression_cells import Bools, Cells
from solvers.suppression_cuts import Cut, move_cut, outside_cut, range_cut
from solvers.suppression_moves import ROUNDING, Moves, Reach
from solvers.suppression_seen import Seen

#: One table is asked to please this part of the cells that still want something: more stand in each other's way.
_PART = 0.3
#: Tables are made so many at a time, while they meet more wants than could be met one by one meanwhile.
_TABLES, _WORTH = 5, 25
_SEED = 1


@dataclass(frozen=True, eq=False)
class Weakness:
    """A hidden cell that the adversary can narrow.

    Attributes:
        cell: Which.
        ways: Changes of its count, in no table yet, each of which would do.
        fractions: Whether fractions may do it, so that only whole counts stand in its way.
        cut: What every safe set fulfils and this one does not; None if it was not found out in time.
    """

    cell: int
    ways: tuple[int, ...]
    fractions: bool
    cut: Cut | None


class Adversary:
    """Tries to narrow hidden cells.

    Args:
        cells: The cells.
        hidden: Those hidden.
    """

    def __init__(self, cells: Cells, hidden: Bools) -> None:
        self._cells, self._hidden = cells, hidden
        self._moves = Moves(cells, hidden)
        self._draw = np.random.default_rng(_SEED)

    def weaknesses(self, seen: Seen, clock: Clock | None) -> list[Weakness] | None:
        """Add tables to ``seen`` until each hidden cell is proved safe or proved not to be; give those that are not.

        None if the clock stopped it first.
        """
        while self._please_many(seen) > _WORTH:
            pass
        found = []
        for cell in seen.open().tolist():
            if clock is not None and clock.stop():
                return None
            weakness = self._one(seen, cell)
            if weakness is not None:
                found.append(weakness)
        return found

    def _please_many(self, seen: Seen) -> int:
        """Tables each as near as can be to what some of the cells still want; how many wants they met."""
        before = seen.wants
        for _ in range(_TABLES):
            cells = seen.open()
            cells = cells[self._draw.random(cells.size) < _PART]
            if cells.size:
                wants = np.array([self._want(seen, cell) for cell in cells.tolist()])
                table = self._moves.nearest(cells, wants[:, 0], wants[:, 1], self._draw.uniform(1, 2, cells.size))
                if table is not None:
                    seen.add(table)
        return before - seen.wants

    def _want(self, seen: Seen, cell: int) -> tuple[float, float]:
        """The least and most change that would please a cell."""
        cells, count = self._cells, int(self._cells.counts[cell])
        if cells.sensitive[cell]:
            value = int(self._draw.choice(seen.missing(cell)))
            return (
                -np.inf if value == cells.low else value - count,
                np.inf if value == cells.high else value - count,
            )
        fall = int(seen.most[cell]) - cells.spread - count
        if fall >= -count and self._draw.random() < 0.5:
            return -np.inf, fall
        return int(seen.least[cell]) + cells.spread - count, np.inf

    def _one(self, seen: Seen, cell: int) -> Weakness | None:
        """Prove one cell safe, or say why it is not."""
        if not self._cells.sensitive[cell]:
            return self._spread(seen, cell)
        # The outer values first: on the way to them lie the others.
        for value in sorted(seen.missing(cell), key=lambda value: -abs(value - int(self._cells.counts[cell]))):
            if value not in seen.missing(cell):
                continue
            weakness = self._reach(seen, cell, value - int(self._cells.counts[cell]))
            if weakness is not None:
                return weakness
        return None

    def _reach(self, seen: Seen, cell: int, by: int) -> Weakness | None:
        """Find a table in which a cell is changed by so much."""
        reach = self._moves.furthest(cell, by)
        if abs(reach.by) < abs(by) - ROUNDING:
            return self._weak(cell, (by,), move_cut(self._cells, cell, by, reach.factors))
        if reach.table is not None and seen.add_line(reach.table):
            return None
        found = self._moves.exactly(cell, by)
        if found.table is not None and seen.add_line(found.table):
            return None
        return self._weak(cell, (by,), None) if found.never else Weakness(cell, (by,), True, None)

    def _spread(self, seen: Seen, cell: int) -> Weakness | None:
        """Find two tables in which a cell differs far enough."""
        if cell not in seen.open():
            return None
        count, spread = int(self._cells.counts[cell]), self._cells.spread
        top = int(seen.least[cell]) + spread - count
        up = self._moves.furthest(cell, top)
        late = self._climb(seen, cell, up)
        if cell not in seen.open():
            return None
        bottom = int(seen.most[cell]) - spread - count
        if late:
            return Weakness(cell, (top,), True, None)
        if bottom < -count:
            return self._weak(cell, (spread - count,), move_cut(self._cells, cell, spread - count, up.factors))
        weakness = self._reach(seen, cell, bottom)
        if weakness is None or weakness.fractions:
            return weakness
        down = self._moves.furthest(cell, bottom)
        return self._weak(cell, (top, bottom), range_cut(self._cells, cell, up.factors, down.factors))

    def _climb(self, seen: Seen, cell: int, up: Reach) -> bool:
        """Find a table with as many as there can be; whether time ran out on it."""
        if up.table is not None:
            seen.add_line(up.table)
        for by in range(int(np.floor(up.by + ROUNDING)), int(seen.most[cell] - self._cells.counts[cell]), -1):
            found = self._moves.exactly(cell, by)
            if found.table is not None:
                seen.add_line(found.table)
                return False
            if not found.never:
                return True
        return False

    def _weak(self, cell: int, ways: tuple[int, ...], cut: Cut | None) -> Weakness:
        """With the cut; where whole counts stand in the way or rounding spoilt it, that these cells do not do."""
        if cut is not None and not cut.holds(self._hidden):
            return Weakness(cell, ways, False, cut)
        return Weakness(cell, ways, True, outside_cut(cell, self._hidden))
