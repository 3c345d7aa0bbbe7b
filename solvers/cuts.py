"""Cuts that bring the linear program close to whole plans: parts of groups beside children alone.

Let a home hold ``C`` of a resource, and let ``k = C - d`` children, each of whom alone uses one, be the set ``S``. Then

    sum over parts at the home of max(0, use - d) + how many of S are there alone  <=  k

in every plan: with no part that uses more than ``d``, at most all of ``S`` are there; beside ``t`` parts that use more,
``u`` together, fit at most ``C - u`` of ``S``, so the left side is at most ``u - t d + C - u``, no more than ``k``. A
linear program breaks it: in two places it puts one child whole and half a pair. The rounding cuts of
`solvers.resources` do not see that: they are about parts only.

So ``max(0, use - d)`` is one more extended resource of which a home has ``k``; the price of a cut is charged for it,
and to each pair of a child of ``S`` with the home, as a surcharge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from solvers.arcs import Arcs
from solvers.problem import Ints
from solvers.resources import Resources

if TYPE_CHECKING:
    from solvers.columns import Columns

#: By how much a solution of the linear program must break a cut to have it added.
_BROKEN = 1e-2
Floats = npt.NDArray[np.float64]


class Prices(NamedTuple):
    """Scaled prices, >= 0.

    Attributes:
        homes: Of the extended resources, those of the cuts included, ``(homes, extended)``.
        cuts: Of each cut, ``(cuts,)``; cuts found later cost nothing.
    """

    homes: Ints
    cuts: Ints


@dataclass(frozen=True, eq=False)
class Cuts:
    """The cuts found so far.

    Attributes:
        home: Home of each cut, ``(cuts,)``.
        column: Its extended resource.
        most: What its left side is at most.
        child: Children of the sets ``S``, one cut after another, ``(covers,)``.
        cut: Cut of each of these, ascending.
    """

    home: Ints
    column: Ints
    most: Ints
    child: Ints
    cut: Ints

    @classmethod
    def none(cls) -> Cuts:
        """No cuts."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, nothing, nothing, nothing, nothing)

    def prices(self, homes: Ints, cuts: Ints) -> Prices:
        """Prices of homes without cuts, with those of the first cuts added to their resources."""
        homes, known = homes.copy(), cuts.size
        np.add.at(homes, (self.home[:known], self.column[:known]), cuts)
        return Prices(homes, cuts)

    def surcharge(self, arcs: Arcs, cuts: Ints) -> Ints:
        """What each pair pays for the sets it is in, ``(pairs,)``; all those pairs must be known."""
        extra = np.zeros(arcs.child.size, dtype=np.int64)
        mine = np.flatnonzero(self.cut < cuts.size)
        mine = mine[cuts[self.cut[mine]] > 0]
        np.add.at(extra, arcs.find(self.child[mine], self.home[self.cut[mine]]), cuts[self.cut[mine]])
        return extra

    def rows(self, columns: Columns) -> tuple[Ints, Ints, Ints]:
        """The left sides as a sparse matrix over columns: row, column and coefficient of each entry."""
        order = np.argsort(columns.home, kind="stable")
        first = np.searchsorted(columns.home[order], self.home)
        many = np.searchsorted(columns.home[order], self.home, side="right") - first
        row = np.repeat(np.arange(self.home.size), many)
        at = order[np.arange(row.size) + (first - np.cumsum(many) + many)[row]]
        used = columns.use[at, self.column[row]]
        some = np.flatnonzero(used)
        alone = np.flatnonzero(columns.arc >= 0)
        child = np.zeros(columns.cost.size, dtype=np.int64)
        child[columns.cover_column] = columns.cover_child
        homes = int(columns.home.max(initial=0)) + 1
        key = child[alone] * homes + columns.home[alone]
        by_key = np.argsort(key)
        wanted = self.child * homes + self.home[self.cut]
        found = np.searchsorted(key[by_key], wanted)
        found = np.minimum(found, max(alone.size - 1, 0))
        there = np.flatnonzero(key[by_key][found] == wanted) if alone.size else np.zeros(0, dtype=np.intp)
        return (
            np.concatenate((row[some], self.cut[there])),
            np.concatenate((at[some], alone[by_key[found[there]]])),
            np.concatenate((used[some], np.ones(there.size, dtype=np.int64))),
        )

    def with_broken(self, columns: Columns, chosen: Floats, resources: Resources) -> Cuts:
        """These and the most broken cut of each home and resource, new ones only.

        Args:
            columns: The columns of the linear program.
            chosen: How much of each it chooses, ``(columns,)``.
            resources: What they use.
        """
        known = self._keys()
        found = [self]
        for column in resources.beyond.tolist():
            for home, children in _broken(columns, chosen, resources, column):
                key = (home, column, tuple(children.tolist()))
                if key not in known:
                    known.add(key)
                    found.append(_one(home, column, int(resources.capacity[home, column]), children))
        ends = np.cumsum([0, *(cuts.home.size for cuts in found)])
        return Cuts(
            np.concatenate([cuts.home for cuts in found]),
            np.concatenate([cuts.column for cuts in found]),
            np.concatenate([cuts.most for cuts in found]),
            np.concatenate([cuts.child for cuts in found]),
            np.concatenate([cuts.cut + first for cuts, first in zip(found, ends.tolist(), strict=False)]),
        )

    def _keys(self) -> set[tuple[int, int, tuple[int, ...]]]:
        sets = np.split(self.child, np.searchsorted(self.cut, np.arange(1, self.home.size)))
        rows = zip(self.home.tolist(), self.column.tolist(), sets, strict=False)
        return {(home, column, tuple(children.tolist())) for home, column, children in rows}


def _one(home: int, column: int, most: int, children: Ints) -> Cuts:
    first, second, third = (np.array([value], dtype=np.int64) for value in (home, column, most))
    return Cuts(first, second, third, children, np.zeros(children.size, dtype=np.int64))


def _broken(columns: Columns, chosen: Floats, resources: Resources, column: int) -> list[tuple[int, Ints]]:
    """Homes where a cut of one extended resource is broken, with the children of its set, ascending."""
    homes = resources.capacity.shape[0]
    at_home = columns.home >= 0
    joint = np.bincount(columns.home[at_home], (columns.use[:, column] * chosen)[at_home], homes)
    most = resources.capacity[:, column]
    one = columns.use[:, resources.real_of(column)] == 1
    alone = np.flatnonzero((columns.arc >= 0) & one & (chosen > 0))
    alone = alone[(joint[columns.home[alone]] > _BROKEN) & (most[columns.home[alone]] > 0)]
    alone = alone[np.lexsort((-chosen[alone], columns.home[alone]))]
    home = columns.home[alone]
    rank = np.arange(alone.size) - np.searchsorted(home, home)
    alone = alone[rank < most[home]]
    home = columns.home[alone]
    total = joint + np.bincount(home, chosen[alone], homes)
    child = np.zeros(columns.cost.size, dtype=np.int64)
    child[columns.cover_column] = columns.cover_child
    broken = np.flatnonzero((total > most + _BROKEN) & (np.bincount(home, minlength=homes) > 0))
    return [(h, np.sort(child[alone[home == h]])) for h in broken.tolist()]
