"""Asking the callback for every pair that prices say could matter.

A pair of a child alone matters up to a regret of ``slack`` when ``cost + charge <= least + slack``. For a
member ``c`` of a group, any way to house the group that uses the pair costs at least the pair itself plus the
least ``m`` every other member could be charged, so the pair matters only when
``cost + charge <= f + slack - sum of the others' m`` (``f``: the least the group costs). That limit is never
below ``m`` of the child itself, so once nothing new comes back every ``m`` and ``f`` holds for all pairs.
With `use` a member sharing a home may be charged next to nothing, so members are then asked about at no charge.
"""

from __future__ import annotations

import numpy as np

from solvers.bound import Pool, Priced
from solvers.price import Price, ask
from solvers.problem import Ints


def list_pairs(pool: Pool, price: Price, priced: Priced, slack: int) -> Priced:
    """Add to the pool every pair with a regret of at most ``slack``, and price again.

    Args:
        pool: The pairs known; more are added.
        price: The callback.
        priced: The prices to ask at, and what they gave over the pairs known.
        slack: Scaled.

    Returns:
        The same prices over the larger set: bound and regrets up to ``slack`` now hold for all pairs.
    """
    while True:
        limit, alone = _limits(pool, priced, slack), pool.single
        charge = pool.charge(priced.prices) // pool.scale
        shut = (pool.resources.real < 1).any(axis=1)
        charge_alone = np.where(shut, limit.max(initial=0) + 1, charge)
        if pool.problem.use is None:
            questions = [(limit, charge_alone)]
        else:
            questions = [(np.where(alone, limit, -1), charge_alone), (np.where(alone, -1, limit), charge * 0)]
        arcs, new = pool.arcs, 0
        for child_prices, home_prices in questions:
            arcs, more = arcs.with_pairs(*ask(price, child_prices, home_prices, 1))
            new += more
        if not new:
            return priced
        pool.learn(arcs)
        priced = pool.price(priced.prices, slack)


def _limits(pool: Pool, priced: Priced, slack: int) -> Ints:
    """The most each child's pair may cost with its charge, in cost units, -1 for nothing."""
    problem, arcs, scale = pool.problem, pool.arcs, pool.scale
    shared = problem.use is not None
    charge = pool.charge(priced.prices) * (0 if shared else 1)
    least = arcs.least(arcs.cost * scale + charge[arcs.home], problem.unplaced * scale)
    limit = priced.least + slack
    for table, group in zip(pool.tables, priced.groups, strict=True):
        own = least[table.members]
        limit[table.members] = group.least + slack - (int(own.sum()) - own)
    return np.maximum(limit // scale, -1)
