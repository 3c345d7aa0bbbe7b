"""All groups of one size: every part of every group at every home, and the best partition at given prices.

A *part* is a subset of a group's members, as a bit mask over their order, living together at one home. Its value at
home prices is the sum of its pair costs, the group's apart charge and what its use row is charged; a member without a
home is a part by itself, with its unplaced charge. A way to house the group is a partition into parts, so with
``best[S]`` the cheapest value of part ``S`` over all homes

    f[empty] = 0,   f[S] = min over parts T of S holding S's first member of best[T] + f[S - T]

and ``f[all] - apart`` is the least the group can cost at these prices. The *regret* of part ``S`` at home ``h`` is
``value[S, h] + f[all - S] - f[all]`` >= 0: how much dearer than the best the best partition is that contains it. Two
parts at one home are not excluded here, which can only lower ``f``: bounds stay valid.

Groups of one size are priced together, a row for each home of each group (an *entry*) and a column for each part, so
that thousands of groups cost a few passes over arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.problem import Ints
from solvers.resources import Resources

#: Parts whose use is asked for at once, for each group, at first; twice as many each time more are wanted.
_LEARN = 8
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@cache
def _parts(size: int) -> tuple[Places, ...]:
    """For every mask, its submasks that hold its lowest bit."""
    lists: list[Places] = [np.zeros(0, dtype=np.intp)]
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


@dataclass(frozen=True, eq=False)
class GroupPrices:
    """What pricing the groups of a block gave.

    Attributes:
        least: The least each group costs, ``(groups,)``.
        regret: Regret of every part at every entry, ``(entries, 2 ** k)``.
        nowhere: Regret of leaving each member without a home, ``(groups, k)``.
    """

    least: Ints
    regret: Ints
    nowhere: Ints


class GroupBlock:
    """The groups of one size: cost and use of every part at every home some member has a pair with.

    Attributes:
        numbers: Number of each group, ``(groups,)``, ascending.
        members: Its children, ``(groups, k)``, ascending in each row.
        apart: Its charge for every part, ``(groups,)``.
        owner: Row of the group of each entry, ``(entries,)``, ascending.
        home: Home of each entry, ascending within a group.
        start: First entry of each group, ``(groups + 1,)``.
        cost: Cost of each part at each entry without the apart charge, ``(entries, 2 ** k)``; `NEVER` where some
            member may not live there, or where the part is known not to fit.
        held: Which parts at which entries the linear program holds.
    """

    def __init__(self, numbers: Ints, members: Ints, arcs: Arcs, resources: Resources) -> None:
        self.numbers, self.members, self.resources = numbers, members, resources
        self.size = members.shape[1]
        self.apart = resources.problem.apart[numbers]
        spans = [arcs.of_children(members[:, member]) for member in range(self.size)]
        keys = [owner * arcs.homes + arcs.home[which] for owner, which in spans]
        every = np.unique(np.concatenate(keys))
        self.owner, self.home = every // max(arcs.homes, 1), every % max(arcs.homes, 1)
        self.start = np.searchsorted(self.owner, np.arange(numbers.size + 1))
        at = [np.searchsorted(every, key) for key in keys]
        self._pairs = [(entry, which) for entry, (_, which) in zip(at, spans, strict=True)]
        self.cost = np.full((every.size, 1 << self.size), NEVER, dtype=np.int64)
        for member, (_, which) in enumerate(spans):
            self.cost[at[member], 1 << member] = arcs.cost[which]
        for mask in range(1, 1 << self.size):
            last = 1 << (mask.bit_length() - 1)
            if mask != last:
                self.cost[:, mask] = np.minimum(self.cost[:, mask ^ last] + self.cost[:, last], NEVER)
        self.use, self.known = resources.start_use(self.size, every.size)
        if resources.problem.units is not None:
            for member, (_, which) in enumerate(spans):
                self.use[at[member], 1 << member] = resources.extend(resources.problem.units[which])
        fits = (self.use <= resources.capacity[self.home][:, None, :]).all(axis=-1)
        self.cost[self.known & ~fits] = NEVER
        self.held: Mask = np.zeros(self.cost.shape, dtype=bool)

    def part(self, group: int, mask: int) -> tuple[int, ...]:
        """The children of a mask of the group in this row."""
        return tuple(int(child) for member, child in enumerate(self.members[group]) if mask >> member & 1)

    def hold_again(self, old: GroupBlock) -> None:
        """Hold what the same block over fewer pairs held."""
        homes = len(self.resources.capacity)
        at = np.searchsorted(self.owner * homes + self.home, old.owner * homes + old.home)
        self.held[at] = old.held

    def hold_plan(self, place_of: Ints) -> None:
        """Hold the parts that a plan is made of."""
        here = place_of[self.members][self.owner] == self.home[:, None]
        mask = (here << np.arange(self.size)).sum(axis=1)
        entry = np.flatnonzero(mask)
        self.held[entry, mask[entry]] = True

    def learn(self, wanted: Mask) -> int:
        """Ask `use` about the parts wanted that are not known yet; return how many that were."""
        if self.resources.problem.use is None:
            return 0
        todo = np.argwhere(wanted & ~self.known & (self.cost < NEVER))
        for entry, mask in todo.tolist():
            group, home = int(self.owner[entry]), int(self.home[entry])
            real = self.resources.real_use(int(self.numbers[group]), self.part(group, mask), home)
            self.use[entry, mask] = self.resources.extend(real)
            if not self.resources.fits(self.use[entry, mask], home):
                self.cost[entry, mask] = NEVER
        if len(todo):
            self.known[tuple(todo.T)] = True
        return len(todo)

    def values(self, prices: Ints, scale: int, rows: slice = slice(None)) -> Ints:
        """Value of every part at every entry of some rows, ``NEVER`` where impossible; too low where use is not known.

        Args:
            prices: Scaled prices of the extended resources, ``(homes, extended)``.
            scale: What costs are multiplied by.
            rows: The entries wanted.
        """
        charge, use = prices[self.home[rows]], self.use[rows]
        cost, apart = self.cost[rows], self.apart[self.owner[rows]]
        value: Ints = (np.minimum(cost, NEVER >> 1) + apart[:, None]) * scale
        for resource in np.flatnonzero(charge.any(axis=0)).tolist():
            value += charge[:, resource, None] * use[:, :, resource]
        return np.where(cost < NEVER, value, NEVER)

    def best(self, cheapest: Ints) -> Ints:
        """``f`` for every mask, ``(groups, 2 ** k)``, given the cheapest value of every part, single members too."""
        least = np.zeros_like(cheapest)
        for mask, parts in enumerate(_parts(self.size)):
            if mask:
                least[:, mask] = np.minimum((cheapest[:, parts] + least[:, mask ^ parts]).min(axis=1), NEVER)
        return least

    def first_part(self, cheapest: Ints, todo: int) -> int:
        """The part holding the first member of ``todo`` in its best partition, given one value for each part."""
        least = self.best(cheapest[None])[0]
        parts = _parts(self.size)[todo]
        return int(parts[(cheapest[parts] + least[todo ^ parts]).argmin()])

    def regrets(self, prices: Ints, extra: Ints, unplaced: Ints, scale: int, slack: int) -> GroupPrices:
        """Price every group; every regret of at most ``slack`` is exact, any other is above ``slack``.

        Args:
            prices: Scaled prices of the extended resources, ``(homes, extended)``.
            extra: Scaled surcharge of each pair for a child who is alone of the group, ``(pairs,)``.
            unplaced: Charge for every child without a home, ``(children,)``.
            scale: What costs are multiplied by.
            slack: Scaled; parts whose use matters below it are asked of `use`.
        """
        everyone = (1 << self.size) - 1
        others, single = everyone ^ np.arange(1 << self.size), 1 << np.arange(self.size)
        alone = (unplaced[self.members] + self.apart[:, None]) * scale
        more = _LEARN * self.numbers.size
        while True:
            values = self.values(prices, scale)
            for member, (entry, which) in enumerate(self._pairs):
                values[entry, 1 << member] += np.where(values[entry, 1 << member] < NEVER, extra[which], 0)
            cheapest = self._cheapest(values)
            cheapest[:, single] = np.minimum(cheapest[:, single], alone)
            least = self.best(cheapest)
            beside = least[:, others] - least[:, [everyone]]
            regret = values + beside[self.owner]
            regret[values >= NEVER] = NEVER
            if not self.learn(self._to_learn(regret, slack, more)):
                break
            more *= 2
        nowhere = alone + least[:, everyone ^ single] - least[:, [everyone]]
        return GroupPrices(least[:, everyone] - self.apart * scale, regret, nowhere)

    def _to_learn(self, regret: Ints, slack: int, more: int) -> Mask:
        """Parts not known of regret up to ``slack``; if there are any, ``more`` of the least regret with them."""
        unknown = ~self.known & (regret < NEVER)
        wanted: Mask = unknown & (regret <= slack)
        open_regrets = regret[unknown]
        if not wanted.any() or open_regrets.size <= more:
            return unknown if wanted.any() else wanted
        return np.asarray(unknown & (regret <= max(slack, int(np.partition(open_regrets, more)[more]))))

    def _cheapest(self, values: Ints) -> Ints:
        """The cheapest value of every part of every group, `NEVER` where it has no home, ``(groups, 2 ** k)``."""
        cheapest = np.full((self.numbers.size, values.shape[1]), NEVER, dtype=np.int64)
        some = np.flatnonzero(np.diff(self.start))
        if some.size:
            cheapest[some] = np.minimum.reduceat(values, self.start[some], axis=0)
        return cheapest


def blocks_of(arcs: Arcs, resources: Resources, numbers: Ints | None = None) -> tuple[GroupBlock, ...]:
    """The groups of a problem, or those with these numbers, by size."""
    groups = resources.problem.groups
    chosen = np.arange(len(groups)) if numbers is None else numbers
    sizes = np.array([len(groups[number]) for number in chosen.tolist()], dtype=np.int64)
    blocks = []
    for size in np.unique(sizes).tolist():
        mine = chosen[sizes == size]
        members = np.array([groups[number] for number in mine.tolist()], dtype=np.int64)
        blocks.append(GroupBlock(mine, members, arcs, resources))
    return tuple(blocks)
