"""One group's ways to be housed: every part of the group at every home, and the best partition at given prices.

A *part* is a subset of the group's members, as a bit mask over their order, living together at one home.
Its value at home prices is the sum of its pair costs, the group's apart charge and what its use row is
charged; a member without a home is a part by itself, with its unplaced charge. A way to house the group is
a partition into parts, so with ``best[S]`` the cheapest value of part ``S`` over all homes

    f[empty] = 0,   f[S] = min over parts T of S holding S's first member of best[T] + f[S - T]

and ``f[all] - apart`` is the least the group can cost at these prices. The *regret* of part ``S`` at home
``h`` is ``value[S, h] + f[all - S] - f[all]`` >= 0: how much dearer than the best the best partition is
that contains it. Two parts at one home are not excluded here, which can only lower ``f``: bounds stay valid.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.problem import Ints
from solvers.resources import Resources


@cache
def _parts(size: int) -> tuple[npt.NDArray[np.intp], ...]:
    """For every mask, its submasks that hold its lowest bit."""
    lists: list[npt.NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
    for mask in range(1, 1 << size):
        lowest = mask & -mask
        rest, sub, found = mask ^ lowest, mask ^ lowest, []
        while True:
            found.append(sub | lowest)
            if not sub:
                break
            sub = (sub - 1) & rest
        lists.append(np.array(found, dtype=np.intp))
    return tuple(lists)


class GroupTable:
    """Costs and uses of every part of one group at every home any member has a pair with.

    Attributes:
        members: The group's children, ``(k,)``, ascending.
        homes: Homes some member may live in, ``(homes of the group,)``, ascending.
        cost: Cost of each part at each home without the apart charge, ``(2 ** k, homes of the group)``;
            `NEVER` where some member may not live there, or where the part is known not to fit.
        held: Which parts at which homes the linear program holds.
    """

    def __init__(self, number: int, members: tuple[int, ...], arcs: Arcs, resources: Resources) -> None:
        self.number = number
        self.members = np.array(members, dtype=np.int64)
        self.size = len(members)
        self.resources = resources
        spans = [slice(arcs.start[i], arcs.start[i + 1]) for i in members]
        self.homes = np.unique(np.concatenate([arcs.home[span] for span in spans]))
        self.cost = np.full((1 << self.size, self.homes.size), NEVER, dtype=np.int64)
        self.cost[0] = 0
        for mask in range(1, 1 << self.size):
            last = mask.bit_length() - 1
            if mask == 1 << last:
                span = spans[last]
                self.cost[mask, np.searchsorted(self.homes, arcs.home[span])] = arcs.cost[span]
            else:
                rest, alone = self.cost[mask ^ (1 << last)], self.cost[1 << last]
                self.cost[mask] = np.where((rest < NEVER) & (alone < NEVER), rest + alone, NEVER)
        self.cost[0] = NEVER
        self.use, self.known = resources.start_use(self.size, self.homes)
        if resources.problem.units is not None:
            for member, span in enumerate(spans):
                at = np.searchsorted(self.homes, arcs.home[span])
                self.use[1 << member, at] = resources.extend(resources.problem.units[span])
        self.cost[self.known & ~resources.fits(self.use, self.homes)] = NEVER
        self.held = np.zeros(self.cost.shape, dtype=bool)

    def part(self, mask: int) -> tuple[int, ...]:
        """The children of a mask."""
        return tuple(int(i) for k, i in enumerate(self.members) if mask >> k & 1)

    def learn(self, wanted: npt.NDArray[np.bool_]) -> int:
        """Ask `use` about the parts wanted that are not known yet; return how many that were."""
        todo = np.argwhere(wanted & ~self.known & (self.cost < NEVER))
        for mask, at in todo:
            row = self.resources.extend(self.resources.real_use(self.number, self.part(int(mask)), int(self.homes[at])))
            self.use[mask, at] = row
            if not self.resources.fits(row, self.homes[at]):
                self.cost[mask, at] = NEVER
        if len(todo):
            self.known[tuple(todo.T)] = True
        return len(todo)

    def values(self, prices: Ints, apart: int, scale: int) -> Ints:
        """Value of every part at every home, ``NEVER`` where impossible; too low where use is not known."""
        at = prices[self.homes]
        additive = self.resources.problem.use is None and self.homes.size
        charge = self.use[:, 0] @ at.T if additive else np.einsum("phe,he->ph", self.use, at)
        return np.where(self.cost < NEVER, (np.minimum(self.cost, NEVER >> 1) + apart) * scale + charge, NEVER)

    def best(self, values: Ints, alone: Ints) -> Ints:
        """``f`` for every mask, given part values and what each member costs without a home, ``(k,)``."""
        cheapest = values.min(axis=1, initial=NEVER)
        single = 1 << np.arange(self.size)
        cheapest[single] = np.minimum(cheapest[single], alone)
        least = np.zeros(1 << self.size, dtype=np.int64)
        for mask, parts in enumerate(_parts(self.size)):
            if mask:
                least[mask] = min(int((cheapest[parts] + least[mask ^ parts]).min()), int(NEVER))
        return least

    def first_part(self, values: Ints, alone: Ints, todo: int) -> int:
        """The part holding the first member of ``todo`` in its best partition, given one value for each part."""
        least = self.best(values[:, None], alone)
        cheapest = values.copy()
        single = 1 << np.arange(self.size)
        cheapest[single] = np.minimum(cheapest[single], alone)
        parts = _parts(self.size)[todo]
        return int(parts[(cheapest[parts] + least[todo ^ parts]).argmin()])

    def regrets(self, prices: Ints, apart: int, unplaced: Ints, scale: int, slack: int) -> GroupPrices:
        """Price the whole group; every regret of at most ``slack`` is exact, any other is above ``slack``.

        Args:
            prices: Scaled prices of the extended resources, ``(homes, extended)``.
            apart: The group's charge for every part.
            unplaced: Charge for each member without a home, ``(k,)``.
            scale: What costs are multiplied by.
            slack: Scaled; parts whose use matters below it are asked of `use`.
        """
        everyone = (1 << self.size) - 1
        others = everyone ^ np.arange(1 << self.size)
        alone = (unplaced + apart) * scale
        while True:
            values = self.values(prices, apart, scale)
            least = self.best(values, alone)
            regret = np.where(values < NEVER, values + (least[others] - least[everyone])[:, None], NEVER)
            if self.known.all() or not self.learn(regret <= slack):
                break
        nowhere = alone + least[everyone ^ (1 << np.arange(self.size))] - least[everyone]
        return GroupPrices(int(least[everyone]) - apart * scale, regret, nowhere)


class GroupPrices:
    """What pricing one group gave: its least cost, and regrets of parts and of members without a home."""

    __slots__ = ("least", "nowhere", "regret")

    def __init__(self, least: int, regret: Ints, nowhere: Ints) -> None:
        self.least = least
        self.regret = regret
        self.nowhere = nowhere
