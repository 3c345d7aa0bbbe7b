"""The pairs of each child, what can cost least first: what `solvers.mending` moves children along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.problem import Ints

if TYPE_CHECKING:
    from solvers.compiled_moves import Pairs


@dataclass(frozen=True, eq=False)
class Rows:
    """Pairs of each child one after another, by rising ``was``.

    Attributes:
        start: Where the pairs of each child begin, ``(children + 1,)``.
        home: Their homes, ``(pairs,)``.
        cost: Their costs.
        was: What cost and price came to when the child's pairs were put in order; prices may have risen since.
        homes: Number of homes.
    """

    start: npt.NDArray[np.intp]
    home: Ints
    cost: Ints
    was: Ints
    homes: int

    @classmethod
    def of(cls, child: Ints, home: Ints, cost: Ints, price: Ints, children: int) -> Rows:
        """Put pairs in order, at these prices of homes."""
        was = cost + price[home]
        order = np.lexsort((was, child))
        start = np.searchsorted(child[order], np.arange(children + 1))
        return cls(start, home[order], cost[order], was[order], price.size - 1)

    @property
    def child(self) -> Ints:
        """Child of each pair, ``(pairs,)``."""
        return np.repeat(np.arange(self.start.size - 1), np.diff(self.start))

    def ranked(self, price: Ints) -> Rows:
        """The same in order at other prices."""
        return self.of(self.child, self.home, self.cost, price, self.start.size - 1)

    def with_pairs(self, child: Ints, home: Ints, cost: Ints, price: Ints) -> Rows:
        """Add pairs of some children, known or new, and put all of those children's in order at these prices.

        Raises:
            ValueError: If a known pair is given at another cost.
        """
        from solvers.compiled_rows import spliced

        asked = np.zeros(self.start.size - 1, dtype=bool)
        asked[child] = True
        which = np.flatnonzero(asked)
        owner, pair = Arcs(self.home, self.home, self.cost, self.start, self.homes).of_children(which)
        known = np.lexsort((self.home[pair], owner))
        pair = pair[known]
        old = Arcs.sorted(which[owner[known]], self.home[pair], self.cost[pair], asked.size, self.homes)
        all_of, _ = old.with_pairs(child, home, cost)
        theirs = Rows.of(all_of.child, all_of.home, all_of.cost, price, asked.size)
        start = np.append(0, np.cumsum(np.where(asked, np.diff(theirs.start), np.diff(self.start))))
        columns = []
        for mine, new in ((self.home, theirs.home), (self.cost, theirs.cost), (self.was, theirs.was)):
            columns.append(np.empty(start[-1], dtype=np.int64))
            spliced(self.start, mine, asked, theirs.start, new, start, columns[-1])
        return Rows(start, columns[0], columns[1], columns[2], self.homes)

    def cheapest_of(self, children: Ints, price: Ints) -> Ints:
        """Least cost and price over the pairs of each of these children, `NEVER` for none."""
        arcs = Arcs(self.home, self.home, self.cost, self.start, self.homes)
        owner, pair = arcs.of_children(children)
        theirs = Arcs.sorted(owner, self.home[pair], self.cost[pair], children.size, self.homes)
        return theirs.least(theirs.cost + price[theirs.home], np.full(children.size, NEVER))

    def paired(self, *, by_home: bool) -> Pairs:
        """The pairs as the compiled loops take them, with those of each home if asked for."""
        from solvers.compiled_moves import Pairs
        from solvers.compiled_rows import pairs_by_home

        first, order = np.zeros(self.homes + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
        if by_home:
            order = np.empty(self.home.size, dtype=np.int64)
            pairs_by_home(self.home, first, order)
        child = self.child if by_home else np.empty(0, dtype=np.int64)
        return Pairs(self.start, self.home, self.cost, self.was, child, first, order)
