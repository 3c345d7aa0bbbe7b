"""Totals that make a home for everyone impossible, known before anything is solved, that anybody can add up.

Children go to homes through what they would use there alone: a home takes one child who must live alone, so many who
need a bedroom, so many single places, so many places. Brothers and sisters searching together are held to places
only, or to what the home may take of one family. Rules between children are left out, and whoever holds a place or uses
none counts as placed. So every lawful plan is a flow, and children whom no flow can place no plan can (Hall, 1935). The
cut of least capacity that is nearest to the children names the fewest who are short by as many.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from matcher.services.problem import Ints, Run
from matcher.services.room import row_together
from matcher.services.shortage_words import what_they_share
from matcher.services.unplaced import count_rules
from matcher.services.why_results import RoomFor, Shortage
from models.vocabulary import Solo

_SOURCE, _SINK, _FIRST = 0, 1, 2
_SOLO, _BEDROOM, _SINGLE, _ALL = range(4)
_PLACES, _BEDROOMS = 0, 1


def shortages(run: Run) -> tuple[Shortage, ...]:
    """Sets of children who between them can live in fewer places than they are, the largest first.

    Together they are short by all that the flow is short, and each is the smallest set short by as much as it is.
    """
    network = _Network(run)
    short = network.short()
    found = [_shortage(run, children, room) for children, room in network.parts(short)]
    return tuple(sorted(found, key=lambda one: (-one.places, -len(one.child_ids), one.child_ids)))


def _shortage(run: Run, children: list[int], room: dict[int, int]) -> Shortage:
    places = sum(room.values())
    return Shortage(
        child_ids=tuple(run.children[row].id for row in children),
        homes=tuple(RoomFor(home_id=run.case.homes[home].id, places=n) for home, n in sorted(room.items()) if n),
        places=places,
        short=len(children) - places,
        shared=what_they_share(run, children),
        rules=count_rules(np.bitwise_and.reduce(run.bits[children], axis=0)),
    )


@dataclass(frozen=True)
class _Edges:
    start: list[int]
    end: list[int]
    most: list[int]

    def add(self, start: int, end: int, most: int) -> None:
        self.start.append(start)
        self.end.append(end)
        self.most.append(most)

    def matrix(self, nodes: int) -> csr_array:
        return coo_array((np.array(self.most, dtype=np.int32), (self.start, self.end)), shape=(nodes, nodes)).tocsr()


class _Network:
    """Source, sink, a node for each child, and four nodes for each home: what a child comes in by decides which."""

    def __init__(self, run: Run) -> None:
        self.run, self.homes = run, len(run.rooms)
        self.pairs: dict[int, list[int]] = defaultdict(list)
        edges = _Edges([], [], [])
        together = {
            row: number
            for number, members in enumerate(run.problem.groups)
            for row in members
            if sum(m < run.searching for m in members) > 1 and row < run.searching
        }
        for row in range(run.searching):
            edges.add(_SOURCE, _FIRST + row, 1)
        for row, home, use in self._pairs(together):
            self.pairs[row].append(home)
            edges.add(_FIRST + row, self._comes_in_by(row, home, use, row in together), 1)
        self._rooms(edges, together)
        self.nodes = self._node(self.homes, _SOLO)
        self.most = edges.matrix(self.nodes)

    def _node(self, home: int, level: int) -> int:
        return _FIRST + self.run.searching + 4 * home + level

    def _pairs(self, together: dict[int, int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Pairs that are of use: allowed, and for a child alone with room before any moves."""
        problem = self.run.problem
        units = problem.units if problem.units is not None else np.ones((problem.child.size, 3), dtype=np.int64)
        fits = (units <= problem.capacity[problem.home]).all(axis=1)
        alone = ~np.isin(problem.child, np.array(list(together), dtype=np.int64))
        use = (problem.child < self.run.searching) & (fits | ~alone)
        for pair in np.flatnonzero(use).tolist():
            yield int(problem.child[pair]), int(problem.home[pair]), tuple(units[pair].tolist())

    def _comes_in_by(self, row: int, home: int, use: tuple[int, ...], together: bool) -> int:
        held = any(
            offer.child_id == self.run.children[row].id and offer.home_id == self.run.case.homes[home].id
            for offer in self.run.case.offers_in_force
        )
        if held or not use[_PLACES]:
            return _SINK
        if together:
            return self._node(home, _ALL)
        if self.run.children[row].circumstances.solo is Solo.REQUIRED:
            return self._node(home, _SOLO)
        return self._node(home, _BEDROOM if use[_BEDROOMS] else _SINGLE)

    def _rooms(self, edges: _Edges, together: dict[int, int]) -> None:
        families: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, unit in together.items():
            for home in self.pairs[row]:
                families[home, unit].append(row)
        most = [room.places for room in self.run.rooms]
        for (home, _), rows in families.items():
            most[home] = max(most[home], self._family(home, rows))
        for home, room in enumerate(self.run.rooms):
            edges.add(self._node(home, _SOLO), self._node(home, _SINGLE), 1)
            edges.add(self._node(home, _BEDROOM), self._node(home, _SINGLE), room.bedrooms)
            edges.add(self._node(home, _SINGLE), self._node(home, _ALL), room.single_places)
            edges.add(self._node(home, _ALL), _SINK, most[home])

    def _family(self, home: int, rows: list[int]) -> int:
        """The most of one family whom a home may take: with it to themselves they may pass the usual limit."""
        case, room = self.run.case, self.run.rooms[home]
        children = [self.run.children[row] for row in rows]
        return max(
            (
                n
                for n in range(2, len(children) + 1)
                if row_together(room, children[:n], case.policy, case.as_at)[_PLACES] <= room.places
            ),
            default=0,
        )

    def short(self) -> Ints:
        """Nodes that a largest flow leaves within reach of the source: the side of the least cut nearest to it."""
        flow = maximum_flow(self.most, _SOURCE, _SINK).flow
        left = csr_array(self.most - flow)
        left.eliminate_zeros()
        reached: Ints = breadth_first_order(left, _SOURCE, return_predecessors=False)
        return reached

    def parts(self, short: Ints) -> Iterator[tuple[list[int], dict[int, int]]]:
        """The children on that side, split into those who share no home, each part with its homes' room."""
        reached = set(short.tolist())
        rows = [row for row in range(self.run.searching) if _FIRST + row in reached]
        start = [row for row in rows for _ in self.pairs[row]]
        end = [self.run.searching + home for row in rows for home in self.pairs[row]]
        size = self.run.searching + self.homes
        graph = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(size, size))
        _, part = connected_components(graph.tocsr(), directed=False)
        by_part: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            by_part[int(part[row])].append(row)
        for members in by_part.values():
            homes = sorted({home for row in members for home in self.pairs[row]})
            yield members, {home: self._cut(home, reached) for home in homes}

    def _cut(self, home: int, reached: set[int]) -> int:
        """How many a home can take of the children on the source's side: what leaves that side through it."""
        nodes = [self._node(home, level) for level in range(4)]
        within = [node for node in nodes if node in reached]
        return sum(int(self.most[node, end]) for node in within for end in (*nodes, _SINK) if end not in reached)
