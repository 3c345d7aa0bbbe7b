"""Asking the callback for every pair that prices say could matter.

A pair of a child alone matters up to a regret of ``slack`` when ``cost + charge <= least + slack``.

A member ``a`` of a group lives alone of its group or with others of it. Alone, the pair is charged what one child is.
With others, the home has room for two, and each is charged at least the least of what ``s`` members together are,
divided by ``s``: more than alone, for the rounding cuts of `solvers.resources`. With ``m`` the least a member could
be charged alone and ``m'`` with others, the member costs a group at least ``q = min(m', m + apart)`` besides one
apart charge, and the pair can be in a part of regret up to ``slack`` only when

    cost + charge <= f - apart + slack - sum of the others' q        (f - apart: the least the group costs)

in both cases. So every ``m`` and ``m'`` is settled first, by asking for the one cheapest pair of each member; then
one answer within these limits makes ``f`` and every regret up to ``slack`` hold for all pairs. With `use` a member
sharing a home may be charged next to nothing, so members are then asked about at no charge.

The callback is asked about some groups at a time, and of its answer only pairs that are in a part of regret up to
``slack`` are kept: most are of homes where the others may not live.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solvers.bound import Pool, Priced
from solvers.clock import OutOfTimeError
from solvers.cuts import Prices
from solvers.groups import GroupBlock, blocks_of
from solvers.price import Price, ask
from solvers.problem import Ints

_GROUPS_AT_A_TIME = 1_500
_SHUT = -1
Pairs = tuple[Ints, Ints, Ints]


def list_pairs(
    pool: Pool, price: Price, priced: Priced, slack: int, stop: Callable[[], bool], most: int | None = None
) -> Priced:
    """Add to the pool every pair with a regret of at most ``slack``, and price again.

    Args:
        pool: The pairs known; more are added.
        price: The callback.
        priced: The prices to ask at, and what they gave over the pairs known.
        slack: Scaled.
        stop: Asked between answers.
        most: So many pairs of each child alone will do: then only the bound holds for all pairs, not every regret.

    Returns:
        The same prices over the larger set: bound and regrets up to ``slack`` now hold for all pairs.

    Raises:
        OutOfTimeError: If told to stop; the pool is as it was.
    """
    charge = pool.charge(priced.prices.homes) // pool.scale
    limit = np.where(pool.single, (priced.least + slack) // pool.scale, -1)
    shut = (pool.resources.real < 1).any(axis=1)
    found = [ask(price, limit, _charged(np.where(shut, _SHUT, charge), limit), 1, most=most)]
    for block, group in zip(pool.blocks, priced.groups, strict=True):
        limits = _Limits.of(pool, price, priced.prices.homes, block, group.least + slack)
        for first in range(0, block.numbers.size, _GROUPS_AT_A_TIME):
            if stop():
                raise OutOfTimeError
            rows = slice(first, first + _GROUPS_AT_A_TIME)
            pairs = limits.pairs(price, rows)
            found.append(_that_matter(pool, pairs, block.numbers[rows], priced.prices, slack))
    arcs, new = pool.arcs.with_pairs(*_joined(found))
    if not new:
        return priced
    pool.learn(arcs)
    return pool.price(priced.prices, slack)


@dataclass(frozen=True, eq=False)
class _Limits:
    """Up to what the pairs of the members of a block matter: at most ``limit (groups, k)`` with either charge."""

    members: Ints
    limit: Ints
    children: int
    alone: Ints
    joint: Ints

    @classmethod
    def of(cls, pool: Pool, price: Price, prices: Ints, block: GroupBlock, most: Ints) -> _Limits:
        """Settle the least of every member; ``most`` is what each group may cost, scaled, ``(groups,)``."""
        children, unplaced = pool.problem.children, pool.problem.unplaced
        alone, joint = _charges(pool, prices, block.size)
        single = _least(pool, price, alone, block.members, unplaced)
        shared = _least(pool, price, joint, block.members, unplaced + block.apart.max(initial=0))
        single, shared = single[block.members] * pool.scale, shared[block.members] * pool.scale
        cheapest = np.minimum(shared, single + block.apart[:, None] * pool.scale)
        limit = (most - cheapest.sum(axis=1))[:, None] + cheapest
        return cls(block.members, np.maximum(limit // pool.scale, -1), children, alone, joint)

    def pairs(self, price: Price, rows: slice) -> Pairs:
        """All pairs within the limits of some groups."""
        limit = np.full(self.children, -1, dtype=np.int64)
        limit[self.members[rows]] = self.limit[rows]
        charges = [self.alone] if self.alone is self.joint else [self.alone, self.joint]
        return _joined([ask(price, limit, _charged(charge, limit), 1) for charge in charges])


def _charges(pool: Pool, prices: Ints, size: int) -> tuple[Ints, Ints]:
    """The least a member is charged at each home, alone and with others of a group of this size; `_SHUT` without room.

    In cost units, rounded down: limits can only be too high.
    """
    resources = pool.resources
    if pool.problem.use is not None:
        free = np.zeros(pool.problem.homes, dtype=np.int64)
        return free, free
    room = resources.real.min(axis=1)
    each = [
        prices @ resources.extend(np.full(resources.real.shape[1], together)) // together
        for together in range(2, size + 1)
    ]
    alone, joint = pool.charge(prices) // pool.scale, np.min(each, axis=0) // pool.scale
    return np.where(room < 1, _SHUT, alone), np.where(room < 2, _SHUT, joint)


def _charged(charge: Ints, limit: Ints) -> Ints:
    """Charges that leave nobody within the limits where a home is shut."""
    return np.where(charge == _SHUT, int(limit.max(initial=0)) + 1, charge)


def _least(pool: Pool, price: Price, charge: Ints, members: Ints, otherwise: Ints) -> Ints:
    """The least cost with charge of each member over all pairs, or ``otherwise``, ``(children,)``."""
    charge = _charged(charge, otherwise)
    least = pool.arcs.least(pool.arcs.cost + charge[pool.arcs.home], otherwise)
    paid = np.full_like(least, -1)
    paid[members] = least[members]
    child, home, cost = ask(price, paid, charge, 0, most=1)
    np.minimum.at(least, child, cost + charge[home])
    return least


def _joined(found: list[Pairs]) -> Pairs:
    """Pairs of several answers, each once."""
    child, home, cost = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((home, child))
    child, home, cost = child[order], home[order], cost[order]
    fresh = np.append(True, (child[1:] != child[:-1]) | (home[1:] != home[:-1]))[: child.size]
    return child[fresh], home[fresh], cost[fresh]


def _that_matter(pool: Pool, pairs: Pairs, groups: Ints, prices: Prices, slack: int) -> Pairs:
    """Of the pairs of the members of these groups, those in a part of regret up to ``slack`` once all are known."""
    arcs, _ = pool.arcs.with_pairs(*pairs)
    extra = pool.cuts.surcharge(arcs, prices.cuts)
    kept: list[Pairs] = []
    for block in blocks_of(arcs, pool.resources, groups):
        near = block.regrets(prices.homes, extra, pool.problem.unplaced, pool.scale, slack).regret <= slack
        parts = np.arange(near.shape[1])
        for member in range(block.size):
            entry = np.flatnonzero(near[:, (parts >> member & 1) == 1].any(axis=1))
            child, home = block.members[block.owner[entry], member], block.home[entry]
            kept.append((child, home, arcs.cost[arcs.find(child, home)]))
    return _joined(kept)
