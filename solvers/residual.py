"""The residual graph of a plan: every way to move children one after another, each to where the last one made room.

Nodes are *spots*: the homes, and one more, ``nowhere``, for no home (the sink of the flow). A child at spot ``a`` who
may live at ``b`` is an arc from ``a`` to ``b`` that costs what the child would cost more there; a home with room has an
arc to ``nowhere`` at no cost, and ``nowhere`` one to every home that a child can leave. This is the residual
graph of the minimum-cost flow with each child put together with the spot the child is at, which half the
nodes and half the length of every path are saved by; a simple path or cycle moves each child at most once.

A plan of children alone is optimal exactly when no cycle costs less than nothing, and then the cheapest path

    from nowhere to a home     is what the optimum rises by when the home is given one child more than it has now to
                               place, at most 0 with a place more to put them in;
    from a home to nowhere     is what it rises by when one of its children must go, with a place fewer.

Distances are whole numbers, exact for every cost that `AssignmentProblem` accepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.problem import LARGEST_TOTAL, Ints

Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Residual:
    """Arcs of the graph; make it with `residual_graph`.

    Attributes:
        tail: Spot each arc leaves, ``(arcs,)``.
        head: Spot it reaches.
        cost: What the plan costs more after the move, of any sign.
        child: Who moves, -1 where nobody does.
        spots: Number of homes, plus 1.
    """

    tail: Ints
    head: Ints
    cost: Ints
    child: Ints
    spots: int

    @property
    def nowhere(self) -> int:
        """The spot of children without a home."""
        return self.spots - 1

    def distance_from(self, spot: int) -> Ints:
        """Cost of the cheapest path from a spot to every spot, `NEVER` where there is none, ``(spots,)``."""
        return _shortest(self._only(spot), self._by_head, self.tail, self.cost)

    def distance_to(self, spot: int) -> Ints:
        """Cost of the cheapest path from every spot to this one, `NEVER` where there is none, ``(spots,)``."""
        return _shortest(self._only(spot), self._by_tail, self.head, self.cost)

    def prices(self) -> Ints:
        """Prices of places under which every child of an optimal plan is where it costs least, >= 0, ``(spots,)``.

        With ``d`` the distance from a source joined to every spot at no cost, the price of a home is
        ``max(0, d[nowhere] - d[home])``: 0 where there is room, and 0 nowhere. ``cost + price[head] -
        price[tail]`` is never below 0, which makes the prices an optimal dual of the flow.
        """
        distance = _shortest(np.zeros(self.spots, dtype=np.int64), self._by_head, self.tail, self.cost)
        prices: Ints = np.maximum(0, distance[self.nowhere] - distance)
        return prices

    def path(self, start: int, end: int, arcs: Mask) -> Places:
        """Arcs of a path with the fewest steps from one spot to another along the arcs wanted.

        Args:
            start: Spot the path leaves.
            end: Spot it reaches.
            arcs: Which arcs it may use, ``(arcs,)``; ``tight(distance)`` for a cheapest path.

        Raises:
            ValueError: If there is no such path.
        """
        from scipy import sparse

        which = np.flatnonzero(arcs)
        key = self.tail[which] * self.spots + self.head[which]
        key, first = np.unique(key, return_index=True)
        pairs = (key // self.spots, key % self.spots)
        graph = sparse.csr_array((np.ones(key.size), pairs), shape=(self.spots, self.spots))
        _, before = sparse.csgraph.breadth_first_order(graph, start)
        steps: list[int] = []
        while end != start:
            if before[end] < 0:
                raise ValueError(f"no path along these arcs leads from spot {start} to spot {end}")
            steps.append(which[first[np.searchsorted(key, int(before[end]) * self.spots + end)]])
            end = int(before[end])
        return np.array(steps[::-1], dtype=np.intp)

    def tight(self, distance: Ints) -> Mask:
        """The arcs on cheapest paths, given what `distance_from` returned."""
        return np.asarray((distance[self.tail] < NEVER) & (distance[self.tail] + self.cost == distance[self.head]))

    def moved(self, place_of: Ints, path: Places) -> Ints:
        """The plan after the moves of a path or cycle, ``(children,)``, -1 for no home."""
        steps = path[self.child[path] >= 0]
        place_of = place_of.copy()
        place_of[self.child[steps]] = np.where(self.head[steps] == self.nowhere, -1, self.head[steps])
        return place_of

    def _only(self, spot: int) -> Ints:
        start = np.full(self.spots, NEVER, dtype=np.int64)
        start[spot] = 0
        return start

    @cached_property
    def _by_head(self) -> _Order:
        return _Order.of(self.head)

    @cached_property
    def _by_tail(self) -> _Order:
        return _Order.of(self.tail)


@dataclass(frozen=True, eq=False)
class _Order:
    """Arcs sorted by one of their ends: their order, where each end begins, and which ends there are."""

    order: Places
    first: Places
    ends: Ints

    @classmethod
    def of(cls, end: Ints) -> _Order:
        order = np.argsort(end, kind="stable")
        ends, first = np.unique(end[order], return_index=True)
        return cls(order, first, ends)


def residual_graph(
    arcs: Arcs, place_of: Ints, pair_cost: Ints, room: Ints, unplaced: Ints, movable: Mask | None = None
) -> Residual:
    """Build the residual graph of a plan.

    Args:
        arcs: Pairs that children may move to; the pairs of the plan need not be among them.
        place_of: Home of each child, -1 for none, ``(children,)``.
        pair_cost: What each child with a home costs there.
        room: How many more children each home could take now, ``(homes,)``.
        unplaced: Charge for each child without a home.
        movable: Which children may move, ``(children,)``; all if None.
    """
    homes = arcs.homes
    may = np.ones(place_of.size, dtype=bool) if movable is None else movable
    spot = np.where(place_of >= 0, place_of, homes)
    now = np.where(place_of >= 0, pair_cost, unplaced)
    moves = np.flatnonzero((arcs.home != spot[arcs.child]) & may[arcs.child])
    child = arcs.child[moves]
    leaving = np.flatnonzero((place_of >= 0) & may)
    free, taken = np.flatnonzero(room > 0), np.unique(place_of[leaving])
    pieces = [
        (spot[child], arcs.home[moves], arcs.cost[moves] - now[child], child),
        (place_of[leaving], np.full(leaving.size, homes), unplaced[leaving] - now[leaving], leaving),
        (free, np.full(free.size, homes), np.zeros_like(free), np.full_like(free, -1)),
        (np.full(taken.size, homes), taken, np.zeros_like(taken), np.full_like(taken, -1)),
    ]
    columns = zip(*pieces, strict=True)
    tail, head, cost, who = (np.concatenate(column) for column in columns)
    return Residual(tail, head, cost, who, homes + 1)


def _shortest(distance: Ints, order: _Order, source: Ints, cost: Ints) -> Ints:
    """Bellman and Ford's passes over all arcs at once; ends when nothing is nearer.

    Raises:
        ValueError: If there is a cycle that costs less than nothing: the plan can be improved.
    """
    if not order.ends.size:
        return distance
    source, cost = source[order.order], cost[order.order]
    for _ in range(distance.size + 1):
        nearer = np.minimum.reduceat(distance[source] + cost, order.first)
        if (nearer >= distance[order.ends]).all():
            distance[distance > LARGEST_TOTAL] = NEVER
            return distance
        distance[order.ends] = np.minimum(distance[order.ends], nearer)
    raise ValueError("the plan is not optimal: moving some of its children in turn would cost less; solve it first")
