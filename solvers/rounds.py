"""Children alone where places are short, with more pairs than can be listed: a flow solved anew in each round.

Where many children go without, prices come near what being without a home is charged, and very many pairs look
cheap: `solvers.asking` would have to know so many that solving the flow over few of them again takes less time.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.flow import flow_assignment
from solvers.plan import Answer, Plan
from solvers.price import Price, ask
from solvers.problem import AssignmentProblem, Ints
from solvers.residual import Residual, residual_graph
from solvers.unique import free_cycle

#: Pairs asked for at once for each child: where places are short, millions look cheap at the first prices.
_MORE_PAIRS = 128
#: Asked for up to so far above what its child pays, as a share of what children pay: saves a round.
_MARGIN = 0.02


def solve_in_rounds(problem: AssignmentProblem, price: Price, capacity: Ints, clock: Clock) -> Answer:
    """Solve the flow over the pairs known, take exact prices from it, ask for cheaper pairs, until there is none.

    Then the plan is optimal over all pairs; until then, the pairs the callback gave make the prices' bound hold
    for all.

    Args:
        problem: A problem of children alone.
        price: Its callback.
        capacity: Children each home can take, ``(homes,)``.
        clock: Asked between rounds; the first flow is always solved.
    """
    arcs = Arcs.of(problem)
    bound: int | None = None
    while True:
        used = flow_assignment(arcs, capacity, problem.unplaced)
        plan = Plan.of(problem, arcs, np.where(used >= 0, arcs.home[used] if arcs.home.size else -1, -1))
        if clock.stop():
            return Answer(plan, plan.objective if bound is None else bound, all_pairs=bound is not None)
        prices = _graph(arcs, capacity, problem, plan).prices()
        prices[:-1][capacity == 0] = problem.unplaced.max(initial=0)
        before = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        margin = round(_MARGIN * float(before.mean())) if before.size else 0
        arcs, _ = arcs.with_pairs(*ask(price, before, prices[:-1], margin, most=_MORE_PAIRS))
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        refund = sum(p * q for p, q in zip(prices[:-1].tolist(), capacity.tolist(), strict=True))
        proved = int(pays.sum()) - refund
        bound = proved if bound is None else max(bound, proved)
        clock.tell(plan.objective, bound)
        if not (pays < before).any():
            return _with_tie(Answer(plan, bound, all_pairs=True), problem, arcs, prices, capacity, price, clock)


def _graph(arcs: Arcs, capacity: Ints, problem: AssignmentProblem, plan: Plan) -> Residual:
    room = capacity - np.bincount(plan.place_of[plan.place_of >= 0], minlength=capacity.size)
    return residual_graph(arcs, plan.place_of, plan.pair_cost, room, problem.unplaced)


def _with_tie(
    answer: Answer, problem: AssignmentProblem, arcs: Arcs, prices: Ints, capacity: Ints, price: Price, clock: Clock
) -> Answer:
    """Say whether the plan is the only optimal one; the callback is asked again if no pair known shows a tie."""
    graph = _graph(arcs, capacity, problem, answer.plan)
    cycle = free_cycle(graph, prices)
    if cycle is None:
        if clock.stop():
            return answer
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        arcs, _ = arcs.with_pairs(*ask(price, pays, prices[:-1], 1))
        graph = _graph(arcs, capacity, problem, answer.plan)
        cycle = free_cycle(graph, prices)
    if cycle is None:
        return replace(answer, uniqueness="unique")
    return replace(answer, uniqueness="tied", tie=graph.moved(answer.plan.place_of, cycle))
