"""The transportation tier: exact by flow, with pricing of pairs the problem does not list."""

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


def is_transport(problem: AssignmentProblem) -> bool:
    """Whether only children alone count: groups, if any, cost nothing to part and share nothing."""
    if problem.units is not None and (problem.units != 1).any():
        return False
    return not problem.groups or (problem.use is None and not problem.apart.any())


def solve_transport(problem: AssignmentProblem, price: Price | None, clock: Clock) -> Answer:
    """Solve a problem that `is_transport`.

    Each round solves the flow over the pairs known, takes exact prices from it and asks the callback for
    the pairs cheaper than what its child pays now, or hardly dearer. When none is cheaper, the plan is optimal over
    all pairs; until then, the pairs it gave make the prices' bound hold for all pairs.

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
        if price is not None and clock.stop():
            return Answer(plan, plan.objective if bound is None else bound, all_pairs=bound is not None)
        prices = _graph(arcs, capacity, problem, plan).prices()
        prices[:-1][capacity == 0] = problem.unplaced.max(initial=0)
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        cheaper = False
        if price is not None:
            margin = round(_MARGIN * float(pays.mean())) if pays.size else 0
            arcs, _ = arcs.with_pairs(*ask(price, pays, prices[:-1], margin, most=_MORE_PAIRS))
            before, pays = pays, arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
            cheaper = bool((pays < before).any())
        refund = sum(p * q for p, q in zip(prices[:-1].tolist(), capacity.tolist(), strict=True))
        proved = int(pays.sum()) - refund
        bound = proved if bound is None else max(bound, proved)
        clock.tell(plan.objective, bound)
        if not cheaper:
            return _with_tie(Answer(plan, bound, all_pairs=True), problem, arcs, prices, price, clock)


def _graph(arcs: Arcs, capacity: Ints, problem: AssignmentProblem, plan: Plan) -> Residual:
    room = capacity - np.bincount(plan.place_of[plan.place_of >= 0], minlength=capacity.size)
    return residual_graph(arcs, plan.place_of, plan.pair_cost, room, problem.unplaced)


def _with_tie(
    answer: Answer, problem: AssignmentProblem, arcs: Arcs, prices: Ints, price: Price | None, clock: Clock
) -> Answer:
    """Say whether the plan is the only optimal one; the callback is asked again if no pair known shows a tie."""
    capacity = problem.capacity.min(axis=1, initial=problem.children)
    graph = _graph(arcs, capacity, problem, answer.plan)
    cycle = free_cycle(graph, prices)
    if cycle is None and price is not None:
        if clock.stop():
            return answer
        pays = arcs.least(arcs.cost + prices[arcs.home], problem.unplaced)
        arcs, _ = arcs.with_pairs(*ask(price, pays, prices[:-1], 1))
        graph = _graph(arcs, capacity, problem, answer.plan)
        cycle = free_cycle(graph, prices)
    if cycle is None:
        return replace(answer, uniqueness="unique")
    return replace(answer, uniqueness="tied", tie=graph.moved(answer.plan.place_of, cycle))
