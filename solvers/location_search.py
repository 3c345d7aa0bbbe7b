"""The cheapest sites of a `solvers.location_core.Core`, proved: prices, then parts of the choice, least bound first.

Sites that prices prove to be in every better choice, or in none, are settled. What is left is parted by the site that
prices pick most often: choices with it, and choices without.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from itertools import count

import numpy as np

from solvers.clock import Clock
from solvers.location_core import Core
from solvers.location_loops import Bools, Earned, Ints, Node, rise, served, swapped

#: Prices tried at the start, so many at a time, and at each part.
_ROOT_TURNS, _ROOT_ROUNDS, _ROUNDS = 40, 50, 150
#: Pairs looked at before the clock is.
_LOOKS = 100_000_000
#: How far to step at first in a part whose prices are nearly right; steps so short that the start is over.
_NEAR, _SHORT = 0.4, 1e-3
#: Parts kept, least bound first; beyond that the last ones found go first.
_MANY = 20_000


@dataclass(frozen=True, eq=False)
class Found:
    """The best choice and what is proved.

    Attributes:
        chosen: Sites, the fixed ones left out, as the caller numbers them, ascending.
        cost: What the choice costs, a multiple of the core's grain.
        bound: No choice costs less.
        parts: Into how many parts the choices were parted.
    """

    chosen: Ints
    cost: int
    bound: int
    parts: int


@dataclass(frozen=True, eq=False)
class _Part:
    """Choices still open: sites already in them, what is settled, and a bound."""

    node: Node
    inside: Bools
    base: int
    bound: int

    def copy(self) -> _Part:
        node = Node(self.node.free.copy(), self.node.outside.copy(), self.node.pays.copy())
        return _Part(node, self.inside.copy(), self.base, self.bound)


class Search:
    """Looks for the cheapest choice.

    Args:
        core: The problem.
        clock: Says when to stop.
        seed: Draws the choices to start from.
    """

    def __init__(self, core: Core, clock: Clock, seed: int) -> None:
        self._core, self._clock, self._draw = core, clock, np.random.default_rng(seed)
        self._best, self._cost = np.zeros(core.sites, np.bool_), 1 << 62
        self._parts = 0

    def run(self, most_parts: int | None = None) -> Found:
        """Find it; after looking at so many parts, if told, give what was found and proved until then."""
        core = self._core
        self._improve(np.zeros(core.sites, np.bool_))
        root = self._rise_at_start(self._start())
        bound = self._branch(root, math.inf if most_parts is None else most_parts)
        return Found(self._core.name[self._best], self._cost, min(self._cost, self._core.whole(bound)), self._parts)

    def swapped_only(self) -> Ints:
        """A choice made by swaps alone, without a bound, as the caller numbers sites."""
        self._improve(np.zeros(self._core.sites, np.bool_))
        return self._core.name[self._best]

    def prices_below(self, cost: int) -> tuple[Ints, int]:
        """Prices of all demands and the bound they prove, raised towards a cost as at the start of `run`."""
        self._improve(np.zeros(self._core.sites, np.bool_))
        node, length, bound = self._start().node, 1.0, self._core.base
        self._cost = cost
        for _ in range(_ROOT_TURNS):
            bound, length = self._rise(node, self._core.base, self._core.room, _ROOT_ROUNDS, length)[:2]
            if self._clock.stop() or bound >= self._enough or length < _SHORT:
                break
        return node.pays, bound

    # -- choices ------------------------------------------------------------------------------------------------

    def _improve(self, chosen: Bools) -> None:
        """Make a choice better by swaps and keep it if it is the best."""
        core = self._core
        done, cost = False, core.never
        # A choice that serves all is waited for.
        while not done and (cost >= core.never or not self._clock.stop()):
            turns = max(1, _LOOKS // max(core.pairs.site.size, 1))
            found, done = swapped(core.pairs, core.outside, core.charge, core.room, chosen, turns)
            cost = core.base + int(found)
        if cost < self._cost:
            self._cost, self._best = cost, chosen

    def _price(self, chosen: Bools) -> None:
        """Keep a choice if it is the best; try to make it better if it is near."""
        core = self._core
        scratch = [np.empty(core.outside.size, np.int64) for _ in range(3)]
        cost = core.base + core.charge * int(chosen.sum()) + int(served(core.pairs, core.outside, chosen, *scratch))
        if cost < self._cost:
            self._improve(chosen)

    @property
    def _enough(self) -> int:
        """A bound that proves the best choice."""
        return self._cost - self._core.grain + 1

    # -- the start ----------------------------------------------------------------------------------------------

    def _start(self) -> _Part:
        core = self._core
        near, nearest, far = (np.empty(core.outside.size, np.int64) for _ in range(3))
        served(core.pairs, core.outside, self._best, near, nearest, far)
        pays = np.where(far < core.never, (near + far) // 2, near)
        node = Node(np.ones(core.sites, np.bool_), core.outside.copy(), pays)
        return _Part(node, np.zeros(core.sites, np.bool_), core.base, core.base)

    def _rise_at_start(self, part: _Part) -> _Part:
        """Raise prices for long, with choices made of what they pick; sites that are settled leave the problem."""
        length = 1.0
        for turn in range(_ROOT_TURNS):
            if turn and (self._clock.stop() or part.bound >= self._enough or length < _SHORT):
                break
            part, seen, length = self._raise(part, _ROOT_ROUNDS, length)
            self._improve(_most_picked(seen, part, self._core.room))
            part = self._settle(part, seen)
            part = self._compress(part)
        return part

    def _compress(self, part: _Part) -> _Part:
        """Leave out sites that are in no better choice."""
        kept = part.node.free | part.inside | self._best
        if kept.sum() > 0.8 * kept.size:
            return part
        self._core = self._core.without(kept)
        self._best = self._best[kept]
        node = Node(part.node.free[kept], part.node.outside, part.node.pays)
        return _Part(node, part.inside[kept], part.base, part.bound)

    # -- parts --------------------------------------------------------------------------------------------------

    def _rise(self, node: Node, base: int, room: int, rounds: int, length: float) -> tuple[int, float, Earned]:
        core = self._core
        seen = Earned(np.empty(core.sites, np.int64), np.zeros(core.sites))
        bound, length = rise(core.pairs, node, base, core.charge, room, self._enough, rounds, length, seen)
        return int(bound), float(length), seen

    def _raise(self, part: _Part, rounds: int, length: float) -> tuple[_Part, Earned, float]:
        """Raise the prices of a part; its node is changed in place."""
        room = self._core.room - int(part.inside.sum())
        bound, length, seen = self._rise(part.node, part.base, room, rounds, length)
        return _Part(part.node, part.inside, part.base, max(bound, part.bound)), seen, length

    def _settle(self, part: _Part, seen: Earned) -> _Part:
        """Close sites that no better choice has, choose those that each has; the node is changed in place."""
        core, node = self._core, part.node
        free = np.flatnonzero(node.free)
        room = core.room - int(part.inside.sum())
        worth = seen.earns[free] - core.charge
        ranked = np.sort(worth)[::-1]
        last = max(0, int(ranked[room - 1])) if 0 < room <= ranked.size else 0
        following = max(0, int(ranked[room])) if room < ranked.size else 0
        if room == 0:
            last = 1 << 62
        value = part.base + int(node.pays.sum()) - int(np.maximum(ranked[:room], 0).sum())
        missing = self._enough - value
        node.free[free[last - worth >= missing]] = False
        comes = free[(worth - following >= missing) & (worth >= max(last, 1))]
        return self._with(part, comes) if comes.size else part

    def _with(self, part: _Part, comes: Ints) -> _Part:
        """Choose these sites."""
        core, node = self._core, part.node
        inside = part.inside.copy()
        inside[comes] = True
        node.free[comes] = False
        for j in comes.tolist():
            mine = slice(core.pairs.first[j], core.pairs.first[j + 1])
            demand, price = core.pairs.demand[mine], core.pairs.price[mine]
            node.outside[demand] = np.minimum(node.outside[demand], price)
        np.minimum(node.pays, node.outside, out=node.pays)
        return _Part(node, inside, part.base + core.charge * comes.size, part.bound)

    def _branch(self, root: _Part, most_parts: float) -> int:
        """Part the choices until none can be better; gives the bound."""
        number = count()
        heap = [(root.bound, next(number), root)]
        while heap:
            least = heap[0][0]
            if least >= self._enough:
                return self._cost
            if self._clock.stop() or self._parts >= most_parts:
                return least
            part = (heapq.heappop(heap) if len(heap) < _MANY else heap.pop())[2]
            if part.bound >= self._enough:
                continue
            self._parts += 1
            for child in self._children(part):
                if child.bound < self._enough:
                    heapq.heappush(heap, (child.bound, next(number), child))
        return self._cost

    def _children(self, part: _Part) -> list[_Part]:
        """Raise a part's prices and settle what they prove; then part it in two, or give none if nothing is left."""
        part, seen, _ = self._raise(part, _ROUNDS, _NEAR)
        if part.bound >= self._enough:
            return []
        self._price(_most_picked(seen, part, self._core.room))
        part = self._settle(part, seen)
        room = self._core.room - int(part.inside.sum())
        if room == 0 or not part.node.free.any():
            self._price(part.inside.copy())
            return []
        return self._halves(part, seen)

    def _halves(self, part: _Part, seen: Earned) -> list[_Part]:
        """The part with the free site picked most often, and the part without it."""
        site = int(np.argmax(np.where(part.node.free, seen.picked, -1.0)))
        without = part.copy()
        without.node.free[site] = False
        return [self._with(part.copy(), np.array([site])), without]


def _most_picked(seen: Earned, part: _Part, room: int) -> Bools:
    """The choice that the average of picks comes nearest to."""
    chosen = part.inside.copy()
    left = room - int(chosen.sum())
    picked = np.where(part.node.free, seen.picked, 0.0)
    order = np.argsort(-picked, kind="stable")[:left]
    chosen[order[picked[order] > 0]] = True
    return chosen
