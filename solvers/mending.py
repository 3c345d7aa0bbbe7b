"""A plan of children alone kept optimal, with its prices, while pairs are added and charges change.

Each child who would rather be elsewhere is put where they cost least, and whoever has to move on does
(`solvers.compiled_moves`). What is looked at lies near that child, so that no flow is solved anew for a few. While
nobody leaves a home for a new pair, prices only rise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.clock import Clock
from solvers.problem import Ints
from solvers.rows import Rows

Mask = npt.NDArray[np.bool_]

#: Children put in order between two looks at the clock.
_AT_A_TIME = 256


@dataclass(eq=False)
class Mending:
    """A plan of children over some pairs, the prices that prove it, and what leaving each child out costs.

    Attributes:
        rows: The pairs known.
        capacity: Children each home can take, ``(homes,)``.
        outside: What each child costs without a home, ``(children,)``.
        spot: Home of each child, the number of homes for none.
        now: What each child costs there.
        price: Price of each home and, last, 0 for none; 0 where a home has room, and beyond everybody where it can take
            nobody at all.
    """

    rows: Rows
    capacity: Ints
    outside: Ints
    spot: Ints
    now: Ints
    price: Ints

    @classmethod
    def nobody_placed(cls, rows: Rows, capacity: Ints, outside: Ints, dearest: int) -> Mending:
        """Everybody outside, which is in order only where nobody has a pair; ``dearest`` is the most to be charged."""
        price = np.append(np.where(capacity == 0, dearest, 0), 0).astype(np.int64)
        spot = np.full(outside.size, capacity.size, dtype=np.int64)
        return cls(rows, capacity, outside, spot, outside.copy(), price)

    @property
    def nowhere(self) -> Mask:
        """Children without a home, ``(children,)``."""
        return np.asarray(self.spot == self.capacity.size)

    @property
    def pays(self) -> Ints:
        """Cost and price of each child's spot, ``(children,)``: the least of all when plan and prices are optimal."""
        return self.now + self.price[self.spot]

    def charge(self, outside: Ints) -> None:
        """Charge something else for each child without a home; some may then have to be moved."""
        self.outside = outside
        self.now = np.where(self.nowhere, outside, self.now)

    def bound(self, pays: Ints) -> int:
        """What no plan costs less than, if no child can pay less than this at the prices there are."""
        refund = sum(p * q for p, q in zip(self.price[:-1].tolist(), self.capacity.tolist(), strict=True) if p and q)
        return int(pays.sum()) - int(refund)

    def move(self, children: Ints, clock: Clock) -> bool:
        """Move children until plan and prices are optimal for the pairs known.

        Args:
            children: Who may pay less elsewhere.
            clock: Asked from time to time.

        Returns:
            Whether that was reached; False where the clock said stop, and then the plan is lawful.
        """
        from solvers.compiled_moves import Standing, Way, move_all
        from solvers.compiling import FAR

        placed = children[self.spot[children] < self.capacity.size]
        leaves = self.rows.cheapest_of(placed, self.price) < self.pays[placed]
        children = np.setdiff1d(children, placed[~leaves])
        pairs = self.rows.paired(by_home=bool(leaves.any()))
        homes = self.capacity.size
        room = self.capacity - np.bincount(self.spot[~self.nowhere], minlength=homes)
        waits = np.zeros(self.spot.size, dtype=bool)
        waits[children] = True
        plan = Standing(
            self.spot, self.now, self.outside, room, self.price, waits, np.zeros(1, dtype=np.int64),
            *_in_lists(self.spot, homes),
        )  # fmt: skip
        way = Way(np.full(homes + 1, FAR), *np.zeros((2, homes + 1), dtype=np.int64))
        for at in range(0, children.size, _AT_A_TIME):
            if at and clock.stop():
                return False
            move_all(children[at : at + _AT_A_TIME], pairs, plan, way)
        if plan.fallen[0]:
            self.rows = self.rows.ranked(self.price)
        return True

    def settle(self, unplaced: Ints) -> Ints:
        """Home of each child, -1 for none; who is outside takes the cheapest place known to be free, if that saves."""
        homes = self.capacity.size
        room = np.append(self.capacity, 0) - np.bincount(self.spot, minlength=homes + 1)
        place_of = np.where(self.nowhere, -1, self.spot)
        for child in np.flatnonzero(self.nowhere).tolist():
            mine = slice(self.rows.start[child], self.rows.stop[child])
            home, cost = self.rows.home[mine], self.rows.cost[mine]
            free = np.flatnonzero((room[home] > 0) & (cost < unplaced[child]))
            if free.size:
                place_of[child] = home[free[cost[free].argmin()]]
                room[place_of[child]] -= 1
        return place_of


def _in_lists(spot: Ints, homes: int) -> tuple[Ints, Ints, Ints]:
    """Who is where, as lists: one child of each spot, and for each child the next and the one before."""
    head = np.full(homes + 1, -1, dtype=np.int64)
    after, before = np.full(spot.size, -1, dtype=np.int64), np.full(spot.size, -1, dtype=np.int64)
    order = np.argsort(spot, kind="stable")
    same = spot[order[1:]] == spot[order[:-1]]
    after[order[:-1][same]], before[order[1:][same]] = order[1:][same], order[:-1][same]
    first = np.append(True, ~same)[: order.size]
    head[spot[order[first]]] = order[first]
    return head, after, before
