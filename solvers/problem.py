"""The assignment problem as arrays: children, homes, the pairs allowed, capacities and groups.

Mathematics. Children ``i``, homes ``h``, resources ``r`` (legal places, bedrooms and the like). A
plan gives every child one home it has a pair with, or none. Its objective is

    sum of the costs of the pairs used
    + sum of ``unplaced[i]`` over children without a home
    + sum over groups ``g`` of ``apart[g] * (homes used by g + members of g unplaced - 1)``

and the plan is lawful when, at every home and for every resource, what the children there use
together is at most the capacity. A child alone uses one of each resource, or the row that ``units`` gives
for the pair; the members of one group who share a home use the row that ``use`` gives, or one of each per child
when there is no ``use``.
Everything is a whole number, so an optimum is exact and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.validate import arc_array, group_tuples, spread, unit_rows, whole_array

Ints = npt.NDArray[np.int64]
Use = Callable[[int, tuple[int, ...], int], Any]

#: The largest cost or charge times (children + homes + 3) stays within this, so that every
#: total, every dual price and every potential of the flow solver fits in 64 bits with room to spare.
LARGEST_TOTAL = 1 << 60

#: Subsets of a group are listed one by one, so a group may have at most this many members.
LARGEST_GROUP = 12


@dataclass(frozen=True, eq=False)
class AssignmentProblem:
    """Children to be given homes; make one with `from_dense` or `from_arcs`, which check everything.

    Attributes:
        children: Number of children.
        homes: Number of homes.
        child: Child of each allowed pair, ``(pairs,)``, ascending.
        home: Home of each allowed pair, ascending within a child.
        cost: Cost of each allowed pair, >= 0.
        capacity: ``(homes, resources)``, >= 0.
        groups: Disjoint tuples of child indices, ascending, each of two or more.
        unplaced: Charge for leaving each child without a home, ``(children,)``.
        apart: Charge of each group for every further home used or member unplaced, ``(groups,)``.
        use: ``use(group, members, home)`` gives the row ``(resources,)`` that these two or more members
            of group number ``group`` (a tuple of child indices, ascending) use together at that home.
            None when they use one of each resource per child.
        units: What the child of each pair uses when alone of its group at the home, ``(pairs, resources)``.
            None when that is one of each.
    """

    children: int
    homes: int
    child: Ints
    home: Ints
    cost: Ints
    capacity: Ints
    groups: tuple[tuple[int, ...], ...]
    unplaced: Ints
    apart: Ints
    use: Use | None = None
    units: Ints | None = None

    @classmethod
    def from_dense(
        cls,
        cost: npt.ArrayLike,
        capacity: npt.ArrayLike,
        *,
        groups: Sequence[Sequence[int]] = (),
        unplaced: npt.ArrayLike,
        apart: npt.ArrayLike = 0,
    ) -> AssignmentProblem:
        """Build a problem from a full matrix.

        Args:
            cost: int64 ``(children, homes)``, each >= 0, or -1 where the pair is forbidden.
            capacity: ``(homes,)`` or ``(homes, resources)``, >= 0.
            groups: Disjoint lists of child indices, each of two or more.
            unplaced: One charge, or one per child, >= 0.
            apart: One charge, or one per group, >= 0.

        Raises:
            ValueError: Naming the cell, group or entry that is wrong, and what was expected.
        """
        table = whole_array(cost, "cost", 2, least=-1, rule="0 or more, or -1 where the pair is forbidden")
        child, home = np.nonzero(table >= 0)
        return cls._checked(table.shape, child, home, table[child, home], capacity, groups, unplaced, apart, None)

    @classmethod
    def from_arcs(
        cls,
        child: npt.ArrayLike,
        home: npt.ArrayLike,
        cost: npt.ArrayLike,
        capacity: npt.ArrayLike,
        *,
        children: int,
        groups: Sequence[Sequence[int]] = (),
        unplaced: npt.ArrayLike,
        apart: npt.ArrayLike = 0,
        use: Use | None = None,
        units: npt.ArrayLike | None = None,
    ) -> AssignmentProblem:
        """Build a problem from the allowed pairs only, in any order.

        Args:
            child: Child of each pair, ``(pairs,)``, in ``0 .. children - 1``.
            home: Home of each pair, in ``0 .. homes - 1``; ``capacity`` says how many homes there are.
            cost: Cost of each pair, >= 0.
            capacity: ``(homes,)`` or ``(homes, resources)``, >= 0.
            children: Number of children, with or without pairs.
            groups: Disjoint lists of child indices, each of two or more.
            unplaced: One charge, or one per child, >= 0.
            apart: One charge, or one per group, >= 0.
            use: What members of a group use together; see the class.
            units: What a child alone uses, ``(pairs, resources)``, >= 0, in the order of the pairs given: 0 where
                the place is theirs already, more than one where they need the home to themselves. With groups,
                `use` must be given too, and such a problem cannot be solved with a `price` callback.

        Raises:
            ValueError: Naming the arc, group or entry that is wrong, and what was expected.
        """
        count = whole_array(children, "children", 0).item()
        room = whole_array(capacity, "capacity", (1, 2))
        i, h, c, order = arc_array(child, home, cost, count, room.shape[0])
        problem = cls._checked((count, room.shape[0]), i, h, c, capacity, groups, unplaced, apart, use)
        if units is None:
            return problem
        if problem.groups and use is None:
            raise ValueError("units with groups needs use: say what members of a group use together")
        return replace(problem, units=unit_rows(units, problem.capacity.shape[1], order))

    @classmethod
    def _checked(
        cls,
        shape: tuple[int, ...],
        child: npt.NDArray[Any],
        home: npt.NDArray[Any],
        cost: Ints,
        capacity: npt.ArrayLike,
        groups: Sequence[Sequence[int]],
        unplaced: npt.ArrayLike,
        apart: npt.ArrayLike,
        use: Use | None,
    ) -> AssignmentProblem:
        children, homes = shape
        room = whole_array(capacity, "capacity", (1, 2))
        if room.shape[0] != homes:
            raise ValueError(f"capacity has {room.shape[0]} homes and cost has {homes}: give one for each home")
        room = room[:, None] if room.ndim == 1 else room
        if homes and not room.shape[1]:
            raise ValueError("capacity has no resources: give (homes,) or (homes, resources)")
        families = group_tuples(groups, children, LARGEST_GROUP)
        problem = cls(
            children, homes, child.astype(np.int64), home.astype(np.int64), cost, room, families,
            spread(unplaced, "unplaced", children), spread(apart, "apart", len(families)), use,
        )  # fmt: skip
        problem._refuse_overflow()
        for values in (problem.child, problem.home, problem.cost, room, problem.unplaced, problem.apart):
            values.flags.writeable = False
        return problem

    def find(self, child: Ints, home: Ints) -> npt.NDArray[np.intp]:
        """Index of each of these pairs; every one must be listed."""
        return np.searchsorted(self.child * self.homes + self.home, child * self.homes + home)

    def _refuse_overflow(self) -> None:
        limit = LARGEST_TOTAL // (self.children + self.homes + 3)
        for name in ("cost", "unplaced", "apart"):
            values = getattr(self, name)
            if values.size and values.max() > limit:
                at = np.unravel_index(int(values.argmax()), values.shape)
                where = f"child {self.child[at[0]]}, home {self.home[at[0]]}" if name == "cost" else list(map(int, at))
                raise ValueError(
                    f"{name} at {where} is {values.max()}: with {self.children} children and {self.homes} homes "
                    f"nothing may exceed {limit}, or totals would overflow 64 bits; use a larger unit"
                )
