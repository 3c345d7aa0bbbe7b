"""Which sites to choose where each takes all comers: one problem behind all three objectives, laid out.

Choose at most ``room`` sites; each costs ``charge``, and each demand costs what its cheapest chosen site does, or
``outside`` if that is less. Least distance, most covered and fewest sites differ in these numbers only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from solvers.location_loops import Bools, Ints, Pairs

#: What the demands' prices may add up to.
_PRICES = 1 << 61
#: Steps of a price to one step of a cost, at most: prices at the optimum are fractions.
_FINE = 1 << 20
#: The part of all pairs there are from which looking at a whole table is quicker than at the pairs.
_THICK = 0.15


@dataclass(frozen=True, eq=False)
class Core:
    """A problem, its fixed sites already paid and out of it.

    Attributes:
        pairs: Pairs that cost less than being served from outside.
        outside: What each demand costs from outside, ``(demands,)``; ``never`` where there is no outside.
        charge: What each chosen site costs.
        room: How many sites may be chosen.
        base: What is paid already.
        grain: Every choice costs a whole multiple of this.
        never: More than any choice that serves everybody costs.
        fine: What one unit of the costs given became, so that prices can be fractions of it.
        name: The caller's number of each site, ``(sites,)``, ascending.
    """

    pairs: Pairs
    outside: Ints
    charge: int
    room: int
    base: int
    grain: int
    never: int
    fine: int
    name: Ints

    @property
    def sites(self) -> int:
        """How many sites there are to choose from."""
        return self.name.size

    @cached_property
    def demand_of(self) -> Ints:
        """The demand of each pair, in order of demand."""
        return np.repeat(np.arange(self.outside.size), np.diff(self.pairs.start))

    def whole(self, bound: int) -> int:
        """The least a choice can cost that costs no less than ``bound``."""
        return -(-bound // self.grain) * self.grain

    def without(self, kept: Bools) -> Core:
        """The same with these sites only."""
        number = np.cumsum(kept) - 1
        stays = kept[self.pairs.site]
        pairs = _pairs(self.demand_of[stays], number[self.pairs.site[stays]], self.pairs.cost[stays],
                       self.outside.size, int(kept.sum()), self.never)  # fmt: skip
        return replace(self, pairs=pairs, name=self.name[kept])


def most_dear(demands: int) -> int:
    """How much a choice may cost: each of so many demands may be priced at more, and all of it fits in 64 bits."""
    return _PRICES // max(demands, 1)


def make_core(cost: Ints, outside: Ints | None, charge: int, room: int, fixed: Ints) -> Core:
    """The problem with ``fixed`` sites chosen.

    Args:
        cost: Cost of each demand at each site, ``(demands, sites)``, -1 where that cannot be.
        outside: What each demand costs if no site serves it; None if all must be served.
        charge: What each site costs.
        room: How many sites may be chosen, the fixed ones among them.
        fixed: Sites that are chosen.
    """
    dearest = int(np.maximum(cost, 0).max(axis=1, initial=0).sum()) if outside is None else int(outside.sum())
    dearest += charge * min(room, cost.shape[1])
    fine = max(1, min(_FINE, most_dear(cost.shape[0]) // (dearest + 1)))
    never = (dearest + 1) * fine
    figures = np.concatenate([cost[cost > 0], outside if outside is not None else [], [charge]]).astype(np.int64)
    grain = fine * max(1, int(np.gcd.reduce(figures)))
    able = cost >= 0
    scaled = np.where(able, cost, 0) * fine
    least = np.full(cost.shape[0], never) if outside is None else outside * fine
    if fixed.size:
        least = np.minimum(least, np.where(able[:, fixed], scaled[:, fixed], never).min(axis=1))
    name = np.setdiff1d(np.arange(cost.shape[1]), fixed)
    demand, site = np.nonzero(able[:, name] & (scaled[:, name] < least[:, None]))
    values = scaled[:, name][demand, site]
    order = np.lexsort((site, values, demand))
    pairs = _pairs(demand[order], site[order], values[order], cost.shape[0], name.size, never)
    return Core(pairs, least, charge * fine, room - fixed.size, charge * fine * fixed.size, grain, never, fine, name)


def _pairs(demand: Ints, site: Ints, cost: Ints, demands: int, sites: int, never: int) -> Pairs:
    """Pairs in order of demand and cost, and by site too."""
    order = np.argsort(site, kind="stable")
    table = np.full((sites if demand.size > _THICK * sites * demands else 0, demands), never)
    if table.size:
        table[site, demand] = cost
    return Pairs(_starts(demand, demands), site, cost, _starts(site, sites), demand[order], cost[order], table)


def _starts(owner: npt.NDArray[np.intp], owners: int) -> Ints:
    starts = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=owners), out=starts[1:])
    return starts
