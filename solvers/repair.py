"""A lawful plan soon after a change where groups or units count.

The group concerned is housed again, and single children make room or fill it by chains (`solvers.chains`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from solvers.chains import emptied, moved, opened
from solvers.change import Arrived, Change, Closed, Forbidden, Locked, Places, Withdrawn
from solvers.plan import room_left
from solvers.problem import AssignmentProblem, Ints
from solvers.rehouse import Offers, best_parts
from solvers.resources import Resources
from solvers.singles import Singles

#: How often another way to house a group is looked for when a home has not the room it seemed to have.
_TRIES = 4


class NoRepairError(Exception):
    """No chain and no eviction makes the plan lawful."""


def repaired(problem: AssignmentProblem, plan: Singles, change: Change, locks: Mapping[int, int]) -> Singles:
    """Make a plan lawful after a change.

    Args:
        problem: The changed problem.
        plan: The plan before, over the pairs and children there are after; a child who arrived has no home.
        change: The change.
        locks: Home of each locked child, after.

    Raises:
        NoRepairError: If this found no lawful plan that keeps the locks.
    """
    return _Repair(problem, plan, locks).run(change)


class _Repair:
    """A plan on its way; its ``room`` is what chains may use, never more than there is."""

    def __init__(self, problem: AssignmentProblem, plan: Singles, locks: Mapping[int, int]) -> None:
        self.problem = problem
        self.plan = plan
        self.locks = locks
        self.resources = Resources(problem)
        self.group_of = {child: number for number, group in enumerate(problem.groups) for child in group}
        self.waiting: list[int] = []

    def run(self, change: Change) -> Singles:
        if isinstance(change, Forbidden):
            self._leave(change.child, change.home)
        elif isinstance(change, Locked):
            self._force(change.child, change.home)
        elif isinstance(change, Places | Closed):
            self._make_lawful(change.home)
        elif isinstance(change, Withdrawn):
            home = int(self.plan.place_of[change.child])
            self._unsettle([change.child])
            if home >= 0:
                self._make_lawful(home)
        elif isinstance(change, Arrived):
            self.plan = moved(self.plan, self.problem.children - 1, must=False) or self.plan
        self._house_waiting()
        self._release()
        if (self._left() < 0).any() or any(self.plan.place_of[child] != home for child, home in self.locks.items()):
            raise NoRepairError
        return self.plan

    def _left(self) -> Ints:
        return room_left(self.problem, self.resources, self.plan.place_of)

    def _unsettle(self, children: list[int]) -> None:
        """Take children out; nobody else may use the places before these have been housed."""
        place_of, now, movable = self.plan.place_of.copy(), self.plan.now.copy(), self.plan.movable.copy()
        place_of[children], now[children], movable[children] = -1, self.problem.unplaced[children], False
        self.plan = replace(self.plan, place_of=place_of, now=now, movable=movable)

    def _leave(self, child: int, home: int) -> None:
        """A child whose pair is no longer allowed leaves, with brothers and sisters."""
        if self.plan.place_of[child] != home:
            return
        if self.plan.movable[child]:
            self.plan = moved(self.plan, child, must=True) or self.plan
        else:
            self._evict(self._unit(child))

    def _unit(self, child: int) -> list[int]:
        """The child and the others of the group, but those locked."""
        number = self.group_of.get(child)
        unit = [child] if number is None else list(self.problem.groups[number])
        return [i for i in unit if i not in self.locks]

    def _evict(self, children: list[int]) -> None:
        self._unsettle(children)
        self.waiting += children

    def _force(self, child: int, home: int) -> None:
        """A locked child takes the place; the group is housed again round it."""
        if self.plan.place_of[child] == home:
            movable = self.plan.movable.copy()
            movable[child] = False
            self.plan = replace(self.plan, movable=movable)
            return
        self._evict(self._unit(child))
        self._unsettle([child])
        self._settle((child,), home)
        self._make_lawful(home)

    def _settle(self, children: tuple[int, ...], home: int) -> None:
        who = list(children)
        place_of, now = self.plan.place_of.copy(), self.plan.now.copy()
        place_of[who] = home
        now[who] = self.problem.cost[self.problem.find(np.array(who), np.full(len(who), home))]
        self.plan = replace(self.plan, place_of=place_of, now=now)

    def _make_lawful(self, home: int) -> None:
        """While too much is used at a home, a chain leaves it, or else the smallest unit there."""
        while not self._chains_suffice(home):
            there = np.flatnonzero((self.plan.place_of == home) & ~self.plan.movable).tolist()
            units = [self._unit(child) for child in there if child not in self.locks]
            if not units:
                raise NoRepairError
            self._evict(min(units, key=len))

    def _chains_suffice(self, home: int) -> bool:
        """Move single children out of a home until what is used there is lawful."""
        while True:
            left = int(self._left()[home].min())
            room = self.plan.room.copy()
            room[home] = min(int(room[home]), max(0, left))
            self.plan = replace(self.plan, room=room)
            if left >= 0:
                return True
            fewer = emptied(self.plan, home)
            if fewer is None:
                return False
            self.plan = fewer

    def _house_waiting(self) -> None:
        while self.waiting:
            number = self.group_of.get(self.waiting[0])
            unit = tuple(i for i in sorted(set(self.waiting)) if i == self.waiting[0] or self._with(i, number))
            self.waiting = [i for i in self.waiting if i not in unit]
            self._house(unit, number)

    def _with(self, child: int, number: int | None) -> bool:
        return number is not None and self.group_of.get(child) == number

    def _house(self, unit: tuple[int, ...], number: int | None) -> None:
        """Give a unit its best parts; where one does not fit after all, look again without it, then one by one."""
        usable = np.ones(self.problem.homes, dtype=bool)
        for _ in range(_TRIES):
            before, failed = self.plan, None
            for part, home in best_parts(self.problem, unit, self._apart(number), self._offers(number, usable)):
                self._settle(part, home)
                if not self._chains_suffice(home):
                    failed = home
                    break
            if failed is None:
                return
            self.plan = before
            usable[failed] = False
        for child in unit if len(unit) > 1 else ():
            self._house((child,), number)

    def _apart(self, number: int | None) -> int:
        return 0 if number is None else int(self.problem.apart[number])

    def _offers(self, number: int | None, usable: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Offers:
        graph, homes = self.plan.graph(), self.problem.homes
        apart = np.full(homes, self._apart(number))
        if number is not None:
            at = self.plan.place_of[list(self.problem.groups[number])]
            apart[at[at >= 0]] = 0
        room = np.maximum(0, self._left().min(axis=1, initial=self.problem.children))
        mobile = self.plan.place_of[self.plan.movable & (self.plan.place_of >= 0)]
        most = room + np.bincount(mobile, minlength=homes)
        return Offers(room, most, np.maximum(0, graph.distance_to(graph.nowhere)[:-1]), apart, usable)

    def _release(self) -> None:
        """Let single children have what is free now."""
        spare = self._left().min(axis=1, initial=self.problem.children) - self.plan.room
        for home in np.flatnonzero(spare > 0).tolist():
            self.plan = opened(self.plan, home, int(spare[home]))
