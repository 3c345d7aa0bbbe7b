"""The chain of moves that opening one home would start: a lawful plan of the widened run, found without solving again.

A child comes to the new home; the place left is filled by another child, and so on, until nobody gains. Where
children alone count that is the best there is (`solvers.value`); beside brothers and sisters, who stay where they are
unless they come to the new home themselves, it is a plan that exists, and so a value that is at least so much.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np

from matcher.services.gap.difference import parts_of_unit
from matcher.services.gap.widened import Widened
from matcher.services.problem import Ints
from solvers.residual import Mask, Residual
from solvers.settle import Ban, without_pairs
from solvers.singles import Singles, singles_of

_TRIED = 8
"""How many first moves are tried where the best would bring together children who may not share."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A plan with one home opened: what it costs, where everybody lives, and whether none can be better."""

    place_of: Ints
    objective: int
    best: bool


class Chains:
    """The chains from one plan into homes not opened yet.

    ``base`` is the plan they start from: the plan given, bettered by moves of single children where it was not proved
    best and they can.
    """

    def __init__(self, wide: Widened) -> None:
        self.wide = wide
        self.base, self.graph, self.distance = self._settled()

    def into(self, number: int) -> Chain:
        """The best lawful plan that one chain into a home gives; the base where none is better."""
        nothing = Chain(self.base.place_of, self.base.objective, self.base.exact)
        first = True
        for objective, rows in islice(self._entries(number), _TRIED):
            after = self._after(number, rows)
            if not self.wide.stated.clashes(after):
                return Chain(after, objective, first and self.base.exact)
            first = False
        return nothing if first else Chain(nothing.place_of, nothing.objective, best=False)

    def _entries(self, number: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Who could come first, and what the plan would cost then: those that save something, most first."""
        base, costs = self.base, self.wide.costs(number)
        leaving = np.where(base.movable, self.distance[base.spot], self._apart) - base.now
        alone = np.flatnonzero((costs >= 0) & (costs + leaving < 0))
        found = self._units(number, costs)
        found += [(base.objective + int(costs[row] + leaving[row]), (row,)) for row in alone.tolist()]
        yield from sorted(found)

    def _units(self, number: int, costs: Ints) -> list[tuple[int, tuple[int, ...]]]:
        """Brothers and sisters who would all fit in the new home, and save something by it."""
        problem, base, column = self.wide.stated.problem, self.base, self.wide.first + number
        room = problem.capacity[column]
        found = []
        for at, rows in enumerate(problem.groups):
            members = list(rows)
            if room[0] < len(rows) or (costs[members] < 0).any() or problem.use is None:
                continue
            saved = int(base.now[members].sum() - costs[members].sum())
            saved += int(problem.apart[at]) * (parts_of_unit(base.place_of[members]) - 1)
            if saved > 0 and (np.asarray(problem.use(at, rows, column)) <= room).all():
                found.append((base.objective - saved, rows))
        return found

    @cached_property
    def _apart(self) -> Ints:
        """What a row's unit is charged more when the row alone goes to a home that nobody else of it lives in."""
        problem, place_of = self.wide.stated.problem, self.base.place_of
        found = np.zeros(problem.children, dtype=np.int64)
        for charge, rows in zip(problem.apart.tolist(), problem.groups, strict=True):
            before = parts_of_unit(place_of[list(rows)])
            for row in rows:
                others = place_of[[other for other in rows if other != row]]
                found[row] = charge * (parts_of_unit(others) + 1 - before)
        return found

    def _after(self, number: int, rows: tuple[int, ...]) -> Ints:
        base, column = self.base, self.wide.first + number
        after = base.place_of
        if len(rows) == 1 and base.movable[rows[0]]:
            spot = int(base.spot[rows[0]])
            path = self.graph.path(self.graph.nowhere, spot, self._tight) if spot != self.graph.nowhere else None
            after = after if path is None else self.graph.moved(after, path)
        after = after.copy()
        after[list(rows)] = column
        return after

    @cached_property
    def _tight(self) -> Mask:
        return self.graph.tight(self.distance)

    def _settled(self) -> tuple[Singles, Residual, Ints]:
        """A plan that no move of single children betters, with no two together who may not share.

        A plan proved best beside children who may not share can be bettered where they may; so what only that
        allows is barred.
        """
        problem, start = self.wide.none_opened, self.wide.start
        bans: frozenset[Ban] = frozenset()
        while True:
            try:
                base = singles_of(without_pairs(problem, bans), start)
                graph = base.graph()
                distance = graph.distance_from(graph.nowhere)
            except ValueError:  # the plan is best only because some may not share
                start = replace(start, status="feasible")
                continue
            clashes = self.wide.stated.clashes(base.place_of)
            if not clashes:
                return (base if not bans else replace(base, exact=False)), graph, distance
            together = {(row, home) for rows, home in clashes for row in rows}
            bans |= {(row, home) for row, home in together if start.place_of[row] != home}
