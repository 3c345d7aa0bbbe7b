"""A good plan of a large problem: choose afresh for some hundreds of children at a time, everyone else staying put.

One integer program over all columns finds the best plan of a thousand children in seconds, and of ten thousand in
hours. So: take the child with most regret where they are, add those who live where the child could live at little
regret, then those who live where these could, until there are enough; choose among their columns of little regret in
the room that the others leave; and go on until everybody has been looked at. Prices say what little regret is, so each
such program is small.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from solvers.bound import Pool, Priced
from solvers.milp import Program, Solved
from solvers.part import Part, near_homes
from solvers.plan import room_left
from solvers.problem import Ints
from solvers.resources import Resources

Solve = Callable[[Program], Solved | None]

#: Children chosen for at a time: at first, at last, and from one pass over everybody to the next.
_CHILDREN, _MOST_CHILDREN, _GROWTH = 200, 700, 1.5
#: A child leads to so many homes of least regret; a choice is good enough within this share of what might be saved.
_HOMES, GAP = 10, 0.01


class Neighbourhoods:
    """Parts of a problem around the children a plan serves worst.

    Args:
        pool: The pairs known.
        priced: Prices, and regrets that are exact up to ``slack``.
        slack: Scaled; columns of more regret are left out.
        place_of: A lawful plan, ``(children,)``; it gets better.
    """

    def __init__(self, pool: Pool, priced: Priced, slack: int, place_of: Ints) -> None:
        self.pool, self.priced, self.slack, self.problem = pool, priced, slack, pool.problem
        self.place_of = place_of.copy()
        self.left = room_left(self.problem, pool.resources, place_of)
        self.group = np.full(self.problem.children, -1, dtype=np.int64)
        for number, group in enumerate(self.problem.groups):
            self.group[list(group)] = number
        self.near = near_homes(pool, priced, slack)
        self.residents: dict[int, set[int]] = {}
        for child, home in enumerate(place_of.tolist()):
            self.residents.setdefault(home, set()).add(child)

    def improve(self, solve: Solve, stop: Callable[[], bool]) -> Iterator[Ints]:
        """Go over everybody again and again, with more children at a time; yield the plan after each time."""
        size = float(_CHILDREN)
        while size <= _MOST_CHILDREN and not stop():
            seen = np.zeros(self.problem.children, dtype=bool)
            for child in self._worst_first().tolist():
                if not seen[child]:
                    around = self._around(child, round(size))
                    seen[around] = True
                    self._choose(around, solve)
                if stop():
                    break
            yield self.place_of.copy()
            size *= _GROWTH

    def _worst_first(self) -> Ints:
        """Children in order of the regret of where they are."""
        near = self.near
        regret = np.full(self.problem.children, self.slack + 1, dtype=np.int64)
        there = near.home == self.place_of[near.child]
        regret[near.child[there]] = near.cost[there]
        order: Ints = np.argsort(-regret, kind="stable")
        return order

    def _around(self, child: int, size: int) -> Ints:
        """The child, those who live where the child might, those who live where these might, in whole groups."""
        chosen: dict[int, None] = {}
        todo = deque([child])
        while todo and len(chosen) < size:
            one = todo.popleft()
            for member in self._unit(one):
                if member not in chosen:
                    chosen[member] = None
                    for home in self._best_homes(member):
                        todo.extend(sorted(self.residents.get(home, set()) - chosen.keys()))
        return np.array(sorted(chosen), dtype=np.int64)

    def _unit(self, child: int) -> tuple[int, ...]:
        return (child,) if self.group[child] < 0 else self.problem.groups[self.group[child]]

    def _best_homes(self, child: int) -> list[int]:
        mine = slice(self.near.start[child], self.near.start[child + 1])
        best = np.argsort(self.near.cost[mine], kind="stable")[:_HOMES]
        homes: list[int] = self.near.home[mine][best].tolist()
        return homes

    def _choose(self, around: Ints, solve: Solve) -> None:
        """Choose afresh for these children; keep the choice if it costs less."""
        numbers = np.unique(self.group[around])
        part = Part.of(self.pool, self.near, around, numbers[numbers >= 0].tolist(), self.place_of, self.left)
        better = part.better(self.pool, self.priced.prices.homes, self.slack, solve)
        if better is not None:
            homes = np.where(better >= 0, part.homes[better], -1)
            for child, home in zip(around.tolist(), homes.tolist(), strict=True):
                self.residents[int(self.place_of[child])].discard(child)
                self.residents.setdefault(home, set()).add(child)
            self.place_of[around] = homes
            self.left[part.homes] = room_left(part.problem, Resources(part.problem), better)
