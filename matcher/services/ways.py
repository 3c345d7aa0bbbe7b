"""By which ways children can come into homes, and how many by each: what every lawful plan keeps within.

A home takes one child who must live alone; so many who need a bedroom; so many singly; so many in all. Brothers and
sisters searching together are held to the last only, or to what the home may take of one family. Whoever is held a
place there, or uses none, is certain of it. What children mind of each other is left out: a plan may do worse than
these numbers, never better.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum

import numpy as np

from matcher.services.problem import Run
from matcher.services.room import row_together
from models.vocabulary import Solo

_PLACES, _BEDROOMS = 0, 1


class Way(IntEnum):
    """How a child comes into a home; each but the last two leads on through the next."""

    SOLO = 0
    BEDROOM = 1
    SINGLY = 2
    TOGETHER = 3
    CERTAIN = 4


class Ways:
    """The ways of a run.

    Attributes:
        children: How many are searching.
        homes: How many homes there are.
        of: By row of each child who has any, the homes they could have and the way into each.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.children, self.homes = run.searching, len(run.rooms)
        self.of: dict[int, dict[int, Way]] = defaultdict(dict)
        self._unit_of = {
            row: number
            for number, members in enumerate(run.problem.groups)
            for row in members
            if row < run.searching and sum(member < run.searching for member in members) > 1
        }
        self._held = {(offer.child_id, offer.home_id) for offer in run.case.offers_in_force}
        for row, home, use in self._pairs():
            self.of[row][home] = self._way(row, home, use)
        self._most = self._most_in_all()

    def through(self, home: int) -> Iterator[tuple[Way, Way, int]]:
        """How many can go on from each way into a home to the next, and in the end be certain of a place."""
        room = self._run.rooms[home]
        yield Way.SOLO, Way.SINGLY, 1
        yield Way.BEDROOM, Way.SINGLY, room.bedrooms
        yield Way.SINGLY, Way.TOGETHER, room.single_places
        yield Way.TOGETHER, Way.CERTAIN, self._most[home]

    def room(self, rows: Iterable[int]) -> dict[int, int]:
        """The most of some children, none of them certain of a place, whom each of their homes can take together."""
        by_home: dict[int, set[Way]] = defaultdict(set)
        for row in rows:
            for home, way in self.of[row].items():
                by_home[home].add(way)
        return {home: self._takes(home, used) for home, used in by_home.items()}

    def _takes(self, home: int, used: set[Way]) -> int:
        room, most = self._run.rooms[home], self._most[home]
        if Way.TOGETHER in used:
            return most
        singly = min(most, room.single_places)
        if Way.SINGLY in used:
            return singly
        return min(singly, (Way.SOLO in used) + (room.bedrooms if Way.BEDROOM in used else 0))

    def _pairs(self) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Pairs allowed, for a child alone only where there is room before any moves, and what the child uses."""
        problem = self._run.problem
        units = problem.units if problem.units is not None else np.ones((problem.child.size, 3), dtype=np.int64)
        fits = (units <= problem.capacity[problem.home]).all(axis=1)
        together = np.isin(problem.child, np.array(list(self._unit_of), dtype=np.int64))
        for pair in np.flatnonzero((problem.child < self.children) & (fits | together)).tolist():
            yield int(problem.child[pair]), int(problem.home[pair]), tuple(units[pair].tolist())

    def _way(self, row: int, home: int, use: tuple[int, ...]) -> Way:
        child = self._run.children[row]
        if not use[_PLACES] or (child.id, self._run.case.homes[home].id) in self._held:
            return Way.CERTAIN
        if row in self._unit_of:
            return Way.TOGETHER
        if child.circumstances.solo is Solo.REQUIRED:
            return Way.SOLO
        return Way.BEDROOM if use[_BEDROOMS] else Way.SINGLY

    def _most_in_all(self) -> list[int]:
        """The places of each home or, where that is more, the most of one family whom it may take."""
        families: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, unit in self._unit_of.items():
            for home in self.of[row]:
                families[home, unit].append(row)
        most = [room.places for room in self._run.rooms]
        for (home, _), rows in families.items():
            most[home] = max(most[home], self._family(home, rows))
        return most

    def _family(self, home: int, rows: list[int]) -> int:
        """How many of a family may have a home to themselves, where they may pass the usual limit."""
        case, room = self._run.case, self._run.rooms[home]
        children = [self._run.children[row] for row in rows]
        places = (
            row_together(room, children[:n], case.policy, case.as_at)[_PLACES] for n in range(2, len(children) + 1)
        )
        return max((n for n, used in enumerate(places, 2) if used <= room.places), default=0)
