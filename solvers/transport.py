"""The transportation tier: exact by flow, with pricing of pairs the problem does not list."""

from __future__ import annotations

import numpy as np

from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.flow import flow_assignment, flow_prices
from solvers.plan import Answer, Plan
from solvers.price import Price, ask
from solvers.problem import AssignmentProblem

#: Pairs asked for at once for each child: where places are short, millions look cheap at the first prices.
_MORE_PAIRS = 128


def is_transport(problem: AssignmentProblem) -> bool:
    """Whether only children alone count: groups, if any, cost nothing to part and share nothing."""
    if problem.units is not None and (problem.units != 1).any():
        return False
    return not problem.groups or (problem.use is None and not problem.apart.any())


def solve_transport(problem: AssignmentProblem, price: Price | None, clock: Clock) -> Answer:
    """Solve a problem that `is_transport`.

    Each round solves the flow over the pairs known, takes exact prices from it and asks the callback for
    the pairs cheaper than what its child pays now. When there is none, the plan is optimal over all pairs;
    until then, the pairs it gave make the prices' bound hold for all pairs.

    Args:
        problem: The problem; each child uses one of each resource, so the scarcest counts.
        price: The callback, or None if the problem lists every allowed pair.
        clock: Asked between rounds; the first flow is always solved.
    """
    capacity = problem.capacity.min(axis=1, initial=problem.children)
    arcs = Arcs.of(problem)
    bound: int | None = None
    while True:
        used = flow_assignment(arcs, capacity, problem.unplaced)
        plan = Plan.of(problem, arcs, np.where(used >= 0, arcs.home[used] if arcs.home.size else -1, -1))
        if price is None:
            return Answer(plan, plan.objective, all_pairs=True)
        if clock.stop():
            return Answer(plan, plan.objective if bound is None else bound, all_pairs=bound is not None)
        prices = flow_prices(arcs, capacity, problem.unplaced, used)
        prices[capacity == 0] = problem.unplaced.max(initial=0)
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        arcs, new = arcs.with_pairs(*ask(price, pays, prices, 0, most=_MORE_PAIRS))
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        refund = sum(p * q for p, q in zip(prices.tolist(), capacity.tolist(), strict=True))
        proved = int(pays.sum()) - refund
        bound = proved if bound is None else max(bound, proved)
        if not new:
            return Answer(plan, bound, all_pairs=True)
