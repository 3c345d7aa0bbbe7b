"""The transportation tier: exact, by one flow where every pair is listed, else by `solvers.asking` or `rounds`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solvers.arcs import Arcs
from solvers.asking import Asking
from solvers.clock import Clock
from solvers.flow import flow_assignment
from solvers.plan import Answer, Plan
from solvers.price import Price
from solvers.problem import AssignmentProblem
from solvers.residual import residual_graph
from solvers.rounds import solve_in_rounds
from solvers.unique import free_cycle

#: Places a child from which asking about few children at a time was measured to take less time than flows anew.
_AMPLE = 1.3


def is_transport(problem: AssignmentProblem) -> bool:
    """Whether only children alone count: groups, if any, cost nothing to part and share nothing."""
    if problem.units is not None and (problem.units != 1).any():
        return False
    return not problem.groups or (problem.use is None and not problem.apart.any())


def solve_transport(problem: AssignmentProblem, price: Price | None, clock: Clock) -> Answer:
    """Solve a problem that `is_transport`.

    With a callback, if time is up before it has been asked about everybody, the answer is the best plan over the listed
    pairs, and its bound holds for those only.

    Args:
        problem: The problem; each child uses one of each resource, so the scarcest counts.
        price: The callback, or None if the problem lists every allowed pair.
        clock: Asked from time to time where there is a callback; one flow is always solved.
    """
    capacity = problem.capacity.min(axis=1, initial=problem.children)
    if price is not None and not clock.stop():
        if capacity.sum() < _AMPLE * problem.children:
            return solve_in_rounds(problem, price, capacity, clock)
        answer = Asking(problem, price, capacity).run(clock)
        if answer is not None:
            return answer
    arcs = Arcs.of(problem)
    used = flow_assignment(arcs, capacity, problem.unplaced)
    plan = Plan.of(problem, arcs, np.where(used >= 0, arcs.home[used] if arcs.home.size else -1, -1))
    if price is not None:
        return Answer(plan, plan.objective, all_pairs=False)
    room = capacity - np.bincount(plan.place_of[plan.place_of >= 0], minlength=capacity.size)
    graph = residual_graph(arcs, plan.place_of, plan.pair_cost, room, problem.unplaced)
    prices = graph.prices()
    prices[:-1][capacity == 0] = problem.unplaced.max(initial=0)
    refund = sum(p * q for p, q in zip(prices[:-1].tolist(), capacity.tolist(), strict=True))
    bound = int(arcs.least(arcs.cost + prices[arcs.home], problem.unplaced).sum()) - refund
    clock.tell(plan.objective, bound)
    answer = Answer(plan, bound, all_pairs=True)
    cycle = free_cycle(graph, prices)
    if cycle is None:
        return replace(answer, uniqueness="unique")
    return replace(answer, uniqueness="tied", tie=graph.moved(plan.place_of, cycle))
