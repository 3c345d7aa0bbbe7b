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

from matcher.services.problem import Ints, Run
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
        child: Row of each pair of use, ascending, ``(pairs,)``: pairs allowed, for a child alone only where there is
            room before any moves.
        home: Column of each pair, ``(pairs,)``.
        way: By which way, ``(pairs,)``.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.children, self.homes = run.searching, len(run.rooms)
        self._unit_of = {
            row: number
            for number, members in enumerate(run.problem.groups)
            for row in members
            if row < run.searching and sum(member < run.searching for member in members) > 1
        }
        self.child, self.home, self.way = self._pairs()
        self._starts = np.searchsorted(self.child, np.arange(self.children + 1))
        self._most = self._most_in_all()

    def of(self, row: int) -> dict[int, Way]:
        """The homes a child could have, and the way into each."""
        mine = slice(self._starts[row], self._starts[row + 1])
        return {home: Way(way) for home, way in zip(self.home[mine].tolist(), self.way[mine].tolist(), strict=True)}

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
            for home, way in self.of(row).items():
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

    def _pairs(self) -> tuple[Ints, Ints, Ints]:
        run, problem = self._run, self._run.problem
        units = problem.units if problem.units is not None else np.ones((problem.child.size, 3), dtype=np.int64)
        in_unit, solo = np.zeros(problem.children, dtype=bool), np.zeros(problem.children, dtype=bool)
        in_unit[list(self._unit_of)] = True
        solo[[row for row, child in enumerate(run.children) if child.circumstances.solo is Solo.REQUIRED]] = True
        fits = (units <= problem.capacity[problem.home]).all(axis=1)
        keep = (problem.child < self.children) & (fits | in_unit[problem.child])
        child, home, use = problem.child[keep], problem.home[keep], units[keep]
        certain = (use[:, _PLACES] == 0) | np.isin(child * self.homes + home, self._held())
        singly = np.where(use[:, _BEDROOMS] > 0, Way.BEDROOM, Way.SINGLY)
        way = np.select([certain, in_unit[child], solo[child]], [Way.CERTAIN, Way.TOGETHER, Way.SOLO], singly)
        return child, home, way

    def _held(self) -> Ints:
        """Pairs for which an offer is in force, each as one number."""
        row = {child.id: number for number, child in enumerate(self._run.children)}
        column = {home.id: number for number, home in enumerate(self._run.case.homes)}
        offers = (offer for offer in self._run.case.offers_in_force if offer.child_id in row)
        return np.array([row[o.child_id] * self.homes + column[o.home_id] for o in offers], dtype=np.int64)

    def _most_in_all(self) -> list[int]:
        """The places of each home or, where that is more, the most of one family whom it may take."""
        families: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, unit in self._unit_of.items():
            for home in self.of(row):
                families[home, unit].append(row)
        most = [room.places for room in self._run.rooms]
        for (home, _), rows in families.items():
            if len(rows) > most[home]:
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
