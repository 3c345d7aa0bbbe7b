"""The flow tier: its prices prove its plan in whole numbers, at every size of cost it accepts."""

from __future__ import annotations

import numpy as np
import pytest

from solvers import AssignmentProblem
from solvers.arcs import Arcs
from solvers.flow import flow_assignment, flow_prices
from solvers.problem import LARGEST_TOTAL
from tests.strategies_assignment import random_case


@pytest.mark.parametrize("top", [1, 50, 10**6, None])
def test_flow_prices_prove_the_flow_exactly(top: int | None) -> None:
    """Weak duality met with equality: no solver is trusted, only sums of whole numbers."""
    for seed in range(30):
        draw = np.random.default_rng(seed)
        children, homes = (int(n) for n in draw.integers(1, 40, 2))
        most = top if top is not None else LARGEST_TOTAL // (children + homes + 3)
        cost = draw.integers(0, most, (children, homes), endpoint=True)
        cost[draw.random(cost.shape) < 0.4] = -1
        capacity = draw.integers(0, 3, homes)
        unplaced = draw.integers(0, most, children, endpoint=True)
        arcs = Arcs.of(AssignmentProblem.from_dense(cost, capacity, unplaced=unplaced))
        used = flow_assignment(arcs, capacity, unplaced)
        prices = flow_prices(arcs, capacity, unplaced, used)
        placed = used >= 0
        assert (np.bincount(arcs.home[used[placed]], minlength=homes) <= capacity).all()
        objective = sum(arcs.cost[used[placed]].tolist()) + sum(unplaced[~placed].tolist())
        pays = arcs.least(arcs.cost + prices[arcs.home], unplaced).tolist()
        refund = sum(p * q for p, q in zip(prices.tolist(), capacity.tolist(), strict=True))
        assert (prices >= 0).all()
        assert sum(pays) - refund == objective


def test_pairs_are_added_once_and_kept_in_order() -> None:
    case = random_case(1, most=6)
    arcs = Arcs.of(case.dense())
    again, new = arcs.with_pairs(arcs.child[::-1], arcs.home[::-1], arcs.cost[::-1])
    assert new == 0
    assert again is arcs
    missing = np.argwhere(case.cost < 0)
    more, new = arcs.with_pairs(missing[:, 0], missing[:, 1], np.full(len(missing), 3))
    assert new == len(missing)
    key = more.child * more.homes + more.home
    assert (np.diff(key) > 0).all()
    assert more.find(arcs.child, arcs.home).size == arcs.child.size
    assert (more.cost[more.find(missing[:, 0], missing[:, 1])] == 3).all()
