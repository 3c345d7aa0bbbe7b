"""The pairs of each child, what can cost least first: what `solvers.mending` moves children along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from solvers.problem import Ints

if TYPE_CHECKING:
    from solvers.compiled_moves import Pairs


@dataclass(eq=False)
class _Store:
    """Where pairs lie, with room at the end: rows that grow are written there, and where they were is left as it was.

    Attributes:
        columns: ``(3, room)``: home, cost, and cost with price when the row was put in order.
        used: How much of the room is.
    """

    columns: Ints
    used: int

    def with_room(self, more: int) -> _Store:
        """This store if it has room for so many more pairs, else one twice as large with all that this one holds."""
        if self.used + more <= self.columns.shape[1]:
            return self
        larger = np.empty((3, 2 * (self.used + more)), dtype=np.int64)
        larger[:, : self.used] = self.columns[:, : self.used]
        return _Store(larger, self.used)


@dataclass(frozen=True, eq=False)
class Rows:
    """Pairs of each child one after another, by rising ``was``.

    Attributes:
        start: Where the pairs of each child begin, ``(children,)``.
        stop: Where they end.
        homes: Number of homes.
    """

    start: Ints
    stop: Ints
    homes: int
    _store: _Store

    @classmethod
    def of(cls, child: Ints, home: Ints, cost: Ints, price: Ints, children: int) -> Rows:
        """Put pairs in order, at these prices of homes."""
        from solvers.compiled_rows import rank

        child, home, cost = by_child(child, home, cost)
        bounds = np.searchsorted(child, np.arange(children + 1))
        columns = np.empty((3, child.size), dtype=np.int64)
        rank(bounds[:-1], bounds[1:], home, cost, price, columns[0], columns[1], columns[2])
        return cls(bounds[:-1].copy(), bounds[1:].copy(), price.size - 1, _Store(columns, child.size))

    @property
    def home(self) -> Ints:
        """Homes, where rows say."""
        found: Ints = self._store.columns[0]
        return found

    @property
    def cost(self) -> Ints:
        """Costs, where rows say."""
        found: Ints = self._store.columns[1]
        return found

    @property
    def was(self) -> Ints:
        """What cost and price came to when the child's pairs were put in order; prices may have risen since."""
        found: Ints = self._store.columns[2]
        return found

    def ranked(self, price: Ints) -> Rows:
        """The same in order at other prices."""
        from solvers.compiled_rows import rank

        ends = np.cumsum(self.stop - self.start)
        columns = np.empty((3, int(ends[-1]) if ends.size else 0), dtype=np.int64)
        rank(self.start, self.stop, self.home, self.cost, price, columns[0], columns[1], columns[2])
        return Rows(ends - (self.stop - self.start), ends, self.homes, _Store(columns, columns.shape[1]))

    def with_pairs(self, child: Ints, home: Ints, cost: Ints, price: Ints) -> Rows:
        """Add pairs of some children, known or new, and put all of those children's in order at these prices.

        Raises:
            ValueError: If a known pair is given at another cost.
        """
        from solvers.compiled_rows import merge

        child, home, cost = by_child(child, home, cost)
        which, first = np.unique(child, return_index=True)
        grown = child.size + int((self.stop - self.start)[which].sum())
        store, start, stop = self._store.with_room(grown), self.start.copy(), self.stop.copy()
        bounds = np.append(first, child.size)
        old = store.columns
        store.used, (i, h, known, given) = merge(
            which, start, stop, old[0], old[1], old[2], bounds, home, cost, price, store.used
        )
        if i >= 0:
            raise ValueError(
                f"the price callback gives child {i}, home {h} cost {given}, but the pair is known at cost {known}"
            )
        return Rows(start, stop, self.homes, store)

    def cheapest_of(self, children: Ints, price: Ints) -> Ints:
        """Least cost and price over the pairs of each of these children, beyond everything for none."""
        from solvers.compiled_rows import cheapest

        found: Ints = cheapest(children, self.start, self.stop, self.home, self.cost, price)
        return found

    def at(self, place_of: Ints) -> tuple[Ints, Ints]:
        """Each child's pair with the home given: the children who have one, and its index."""
        from solvers.compiled_rows import pairs_at

        found = pairs_at(place_of, self.start, self.stop, self.home)
        child = np.flatnonzero(found >= 0)
        return child, found[child]

    def as_cheap_as(self, pays: Ints, price: Ints) -> tuple[Ints, Ints]:
        """The pairs that cost each child, with the price, what the child pays: child and index of each, by both."""
        from solvers.compiled_rows import cheap_as

        found = cheap_as(self.start, self.stop, self.home, self.cost, price, pays)
        order = np.lexsort((self.home[found[:, 1]], found[:, 0]))
        return found[order, 0], found[order, 1]

    def paired(self, *, by_home: bool) -> Pairs:
        """The pairs as the compiled loops take them, with those of each home if asked for."""
        from solvers.compiled_moves import Pairs
        from solvers.compiled_rows import pairs_by_home

        first = np.zeros(self.homes + 1, dtype=np.int64)
        child, order = np.empty((2, self.home.size if by_home else 0), dtype=np.int64)
        if by_home:
            pairs_by_home(self.start, self.stop, self.home, child, first, order)
        return Pairs(self.start, self.stop, self.home, self.cost, self.was, child, first, order)


def by_child(child: Ints, home: Ints, cost: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs in order of their children, each child's as they were."""
    if (child[1:] >= child[:-1]).all():
        return child, home, cost
    order: npt.NDArray[Any] = np.argsort(child, kind="stable")
    return child[order], home[order], cost[order]
