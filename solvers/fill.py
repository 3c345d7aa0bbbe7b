"""The last step of every plan made in haste: whoever has no home takes the cheapest one that still has room for them.

A proved plan leaves nobody to fill in. One made before the proof may: the first flow counts one of each resource
for each child, and the integer program stops when its time is up. A child whose place is theirs already (one
who uses nothing there) is put there, if need be instead of their own brothers and sisters.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from solvers.bound import Pool
from solvers.plan import Plan, room_left
from solvers.problem import Ints


def filled(pool: Pool, place_of: Ints) -> Plan:
    """Place children who have no home where there is room, the dearest to leave out first.

    Args:
        pool: The pairs known.
        place_of: A lawful plan, ``(children,)``.

    Returns:
        The plan filled, or as it was where that costs less.
    """
    plan = Plan.of(pool.problem, pool.arcs, place_of)
    fuller = Plan.of(pool.problem, pool.arcs, _Filling(pool, place_of).run())
    return min(plan, fuller, key=lambda made: made.objective)


class _Filling:
    """A plan being filled, and the room it leaves at every home."""

    def __init__(self, pool: Pool, place_of: Ints) -> None:
        self.pool, self.problem = pool, pool.problem
        self.place_of = place_of.copy()
        self.left = room_left(pool.problem, pool.resources, place_of)
        self.group_of = {child: number for number, group in enumerate(pool.problem.groups) for child in group}
        waiting = np.flatnonzero(place_of < 0)
        dearest_first = np.argsort(-self.problem.unplaced[waiting], kind="stable")
        self.waiting = deque(waiting[dearest_first].tolist())

    def run(self) -> Ints:
        while self.waiting:
            child = self.waiting.popleft()
            pairs = self._cheapest_first(child)
            own = pairs[~self.pool.resources.alone_real(pairs).any(axis=1)]
            if own.size:
                self._bring_to_own_place(child, int(self.pool.arcs.home[own[0]]))
            else:
                self._find_room(child, pairs)
        return self.place_of

    def _cheapest_first(self, child: int) -> Ints:
        """The child's pairs that cost less than no home."""
        arcs = self.pool.arcs
        pairs = np.arange(arcs.start[child], arcs.start[child + 1])
        pairs = pairs[arcs.cost[pairs] < self.problem.unplaced[child]]
        ordered: Ints = pairs[np.argsort(arcs.cost[pairs], kind="stable")]
        return ordered

    def _bring_to_own_place(self, child: int, home: int) -> None:
        for sibling in self._siblings_at(child, home):
            if (self._room_with(child, home) >= 0).all():
                break
            if self._use((sibling,), home).any():
                self._send_away(sibling, home)
        if (self._room_with(child, home) >= 0).all():
            self._settle(child, home)

    def _find_room(self, child: int, pairs: Ints) -> None:
        """Settle the child in the first of these pairs that fits; with brothers and sisters it may use less."""
        homes = self.pool.arcs.home[pairs]
        fits = (self.left[homes] >= self.pool.resources.alone_real(pairs)).all(axis=1)
        fits |= np.isin(homes, self.place_of[self._siblings(child)])
        for home in homes[fits].tolist():
            if (self._room_with(child, home) >= 0).all():
                self._settle(child, home)
                return

    def _siblings(self, child: int) -> list[int]:
        number = self.group_of.get(child)
        return [] if number is None else [i for i in self.problem.groups[number] if i != child]

    def _siblings_at(self, child: int, home: int) -> tuple[int, ...]:
        return tuple(i for i in self._siblings(child) if self.place_of[i] == home)

    def _use(self, members: tuple[int, ...], home: int) -> Ints:
        """What these brothers and sisters, or one child, use together at a home."""
        if not members:
            return np.zeros_like(self.left[home])
        number = self.group_of.get(members[0])
        if number is None:
            use: Ints = self.pool.resources.alone_real(self.pool.arcs.find(np.array(members), np.array([home])))[0]
            return use
        return self.pool.resources.real_use(number, tuple(sorted(members)), home)

    def _room_with(self, child: int, home: int) -> Ints:
        """What would be left of a home once the child has come."""
        siblings = self._siblings_at(child, home)
        room: Ints = self.left[home] + self._use(siblings, home) - self._use((*siblings, child), home)
        return room

    def _settle(self, child: int, home: int) -> None:
        self.left[home] = self._room_with(child, home)
        self.place_of[child] = home

    def _send_away(self, child: int, home: int) -> None:
        siblings = self._siblings_at(child, home)
        self.left[home] += self._use((*siblings, child), home) - self._use(siblings, home)
        self.place_of[child] = -1
        self.waiting.append(child)
