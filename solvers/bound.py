"""The bound: exact whole numbers from any prices of the homes.

For prices ``p[h, r] >= 0`` of the (extended) resources, every lawful plan costs at least

    sum over children alone of  min(unplaced, min over homes of cost + charge)
    + sum over groups of        f[all] - apart                                     (see `solvers.groups`)
    - sum over h, r of          p[h, r] * capacity[h, r]

because paying for what is used and being refunded for all there is never costs less than nothing. Prices come
from a linear program in floating point; rounded to whole numbers they are still prices, so the bound
above, computed in integers, needs no tolerance. Costs are multiplied by a power of two first, so that
rounding prices loses little when costs are small. With ``L`` this bound, any plan costs exactly ``L`` plus
the regrets of what it chooses plus the price of what it leaves free: nothing whose regret reaches ``U - L``
is in a plan that costs less than ``U``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.cuts import Cuts, Prices
from solvers.groups import GroupPrices, blocks_of
from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints
from solvers.resources import Resources

_FINEST = 1 << 12


@dataclass(frozen=True, eq=False)
class Priced:
    """What one set of prices proves.

    Attributes:
        prices: The prices, scaled.
        bound: Scaled bound over the pairs listed, exact.
        least: Scaled least charge of every child alone, ``(children,)``; 0 for members of groups.
        regret: Scaled regret of every arc of children alone, ``(pairs,)``; `NEVER` for the others.
        nowhere: Scaled regret of leaving each child alone without a home, ``(children,)``.
        groups: The same for every block of groups.
    """

    prices: Prices
    bound: int
    least: Ints
    regret: Ints
    nowhere: Ints
    groups: tuple[GroupPrices, ...]

    def threshold(self, count: int, most: int) -> int:
        """The largest regret, up to ``most``, that lets in about ``count`` pairs and group parts."""
        regrets = np.concatenate([self.regret, *(group.regret.ravel() for group in self.groups)])
        regrets = regrets[regrets <= most]
        return most if regrets.size <= count else int(np.partition(regrets, count)[count])


class Pool:
    """The pairs and group parts known so far, with everything needed to price them.

    Attributes:
        problem: The problem.
        arcs: Pairs known.
        resources: Extended resources.
        blocks: The groups of each size, over the pairs known.
        alone: Which arcs belong to children in no group and fit, ``(pairs,)``.
        held: Which of those the linear program holds; blocks keep their own in ``held``.
        scale: Costs are multiplied by this before prices are rounded.
        cuts: Cuts found so far, which prices may use.
    """

    def __init__(self, problem: AssignmentProblem, arcs: Arcs) -> None:
        self.problem = problem
        self.resources = Resources(problem)
        self.single = np.ones(problem.children, dtype=bool)
        for group in problem.groups:
            self.single[list(group)] = False
        self.scale = self._scale()
        self.arcs = arcs
        self.alone = self._alone(arcs)
        self.held = np.zeros(arcs.child.size, dtype=bool)
        self.blocks = blocks_of(arcs, self.resources)
        self.cuts = Cuts.none()

    def _scale(self) -> int:
        problem = self.problem
        largest = max(int(values.max(initial=1)) for values in (problem.cost, problem.unplaced, problem.apart))
        most = min(LARGEST_TOTAL // (problem.children + problem.homes + 3), self.resources.highest_price() >> 4)
        return min(_FINEST, 1 << max(0, (most // largest).bit_length() - 1))

    def learn(self, arcs: Arcs) -> None:
        """Take in a larger set of pairs; blocks of groups are built afresh, what was held stays held."""
        held = np.zeros(arcs.child.size, dtype=bool)
        held[arcs.find(self.arcs.child[self.held], self.arcs.home[self.held])] = True
        blocks = blocks_of(arcs, self.resources)
        for old, new in zip(self.blocks, blocks, strict=True):
            new.hold_again(old)
        self.arcs, self.held, self.blocks = arcs, held, blocks
        self.alone = self._alone(arcs)

    def _alone(self, arcs: Arcs) -> npt.NDArray[np.bool_]:
        fits = self.resources.fits(self.resources.alone_use(arcs.child.size), arcs.home)
        return np.asarray(self.single[arcs.child] & fits)

    def charges(self, prices: Ints) -> Ints:
        """What the child of each arc is charged for what they use alone, ``(pairs,)``."""
        if self.problem.units is None:
            return np.asarray(self.charge(prices)[self.arcs.home])
        use = self.resources.alone_use(self.arcs.child.size)
        return np.asarray(np.einsum("ae,ae->a", use, prices[self.arcs.home]))

    def hold(self, priced: Priced, slack: int) -> int:
        """Hold everything with a regret of at most ``slack``; return how much was new."""
        wanted: list[tuple[npt.NDArray[np.bool_], Ints]] = [(self.held, priced.regret)]
        wanted += [(block.held, group.regret) for block, group in zip(self.blocks, priced.groups, strict=True)]
        new = 0
        for held, regret in wanted:
            fresh = (regret <= slack) & ~held
            held |= fresh
            new += int(fresh.sum())
        return new

    def hold_plan(self, place_of: Ints) -> None:
        """Hold all that a plan is made of: the linear program then never costs more than the plan."""
        placed = np.flatnonzero(self.single & (place_of >= 0))
        self.held[self.arcs.find(placed, place_of[placed])] = True
        for block in self.blocks:
            block.hold_plan(place_of)

    def charge(self, prices: Ints) -> Ints:
        """What a child who uses one of each is charged at each home, ``(homes,)``."""
        charge: Ints = prices @ self.resources.alone
        return charge

    def price(self, prices: Prices, slack: int) -> Priced:
        """Compute the bound and every regret at these prices; those up to ``slack`` are exact.

        Args:
            prices: Scaled.
            slack: Scaled.
        """
        problem, arcs, scale = self.problem, self.arcs, self.scale
        extra = self.cuts.surcharge(arcs, prices.cuts)
        value = np.where(self.alone, arcs.cost * scale + self.charges(prices.homes) + extra, NEVER)
        unplaced = problem.unplaced * scale
        least = np.where(self.single, arcs.least(value, unplaced), 0)
        regret = np.where(self.alone, value - least[arcs.child], NEVER)
        groups = tuple(block.regrets(prices.homes, extra, problem.unplaced, scale, slack) for block in self.blocks)
        paid = np.nonzero(prices.homes)
        refund = sum(
            p * q for p, q in zip(prices.homes[paid].tolist(), self.resources.capacity[paid].tolist(), strict=True)
        )
        bound = int(least.sum()) + sum(int(group.least.sum()) for group in groups) - refund
        return Priced(prices, bound, least, regret, unplaced - least, groups)

    def unscaled(self, bound: int) -> int:
        """The bound in cost units: objectives are whole, so it rounds up."""
        return -(-bound // self.scale)
