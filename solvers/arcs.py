"""The pairs known so far, in order of child then home; pricing adds to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.problem import AssignmentProblem, Ints

#: Stands for "no such pair" in minima; far above any real value, far below overflow when three are added.
NEVER = np.int64(1 << 61)


@dataclass(frozen=True, eq=False)
class Arcs:
    """Allowed pairs ``(pairs,)`` in order of child, then home; ``start`` (children + 1,) finds a child's."""

    child: Ints
    home: Ints
    cost: Ints
    start: npt.NDArray[np.intp]
    homes: int

    @classmethod
    def of(cls, problem: AssignmentProblem) -> Arcs:
        """The pairs a problem lists."""
        return cls.sorted(problem.child, problem.home, problem.cost, problem.children, problem.homes)

    @classmethod
    def sorted(cls, child: Ints, home: Ints, cost: Ints, children: int, homes: int) -> Arcs:
        """Pairs that are in order already."""
        return cls(child, home, cost, np.searchsorted(child, np.arange(children + 1)), homes)

    @property
    def children(self) -> int:
        """Number of children."""
        return len(self.start) - 1

    def with_pairs(self, child: Ints, home: Ints, cost: Ints) -> tuple[Arcs, int]:
        """Add pairs, known or new; return the larger set and how many were new.

        Raises:
            ValueError: If a known pair is given at another cost.
        """
        key = child * self.homes + home
        known = self.child * self.homes + self.home
        at = np.minimum(np.searchsorted(known, key), max(len(known) - 1, 0))
        old = known[at] == key if len(known) else np.zeros(len(key), dtype=bool)
        differs = np.flatnonzero(old & (self.cost[at] != cost)) if len(known) else np.zeros(0, dtype=np.intp)
        if differs.size:
            k = differs[0]
            raise ValueError(
                f"the price callback gives child {child[k]}, home {home[k]} cost {cost[k]}, "
                f"but the pair is known at cost {self.cost[at[k]]}"
            )
        fresh = ~old
        if not fresh.any():
            return self, 0
        merged = [
            np.concatenate((mine, new[fresh]))
            for mine, new in ((self.child, child), (self.home, home), (self.cost, cost))
        ]
        order = np.argsort(np.concatenate((known, key[fresh])), kind="stable")
        i, h, c = (column[order] for column in merged)
        return Arcs.sorted(i, h, c, self.children, self.homes), int(fresh.sum())

    def least(self, value: Ints, otherwise: Ints) -> Ints:
        """Least value over each child's pairs and ``otherwise``, given one value for each pair."""
        first = self.start[:-1]
        if not self.children:
            return otherwise
        best = np.minimum.reduceat(np.concatenate((value, [NEVER])), first)
        best[self.start[1:] == first] = NEVER
        return np.minimum(best, otherwise)

    def of_children(self, which: Ints) -> tuple[Ints, npt.NDArray[np.intp]]:
        """Pairs of some children, one child after another: the place in ``which`` of their child, and their index."""
        first, many = self.start[which], self.start[which + 1] - self.start[which]
        ends = np.cumsum(many)
        owner = np.repeat(np.arange(which.size), many)
        return owner, np.arange(owner.size) + (first - ends + many)[owner]

    def find(self, child: npt.NDArray[np.int64], home: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
        """Index of each pair; every one must be known."""
        return np.searchsorted(self.child * self.homes + self.home, child * self.homes + home)
