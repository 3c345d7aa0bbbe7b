"""Solving again after one change, from the plan there is.

Where children alone count, one change is one unit of flow more or less: one cheapest path leads to the optimum
(`solvers.chains`), and prices of places prove it. With groups or units the plan is repaired (`solvers.repair`), the
bound is the old one less what the change can save at most, and `solvers.proving` goes on to the proof. ::

    live = prepare(problem, result)
    live = solve_again(live, Forbidden(child, home))
    live.problem, live.result
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from solvers.arcs import Arcs
from solvers.chains import emptied, moved, opened
from solvers.change import Arrived, Change, Closed, Forbidden, Locked, Places, Withdrawn, changed
from solvers.check import check_assignment
from solvers.plan import Answer, Plan
from solvers.problem import AssignmentProblem, Ints
from solvers.relaxed import bound_after, scarcest
from solvers.repair import NoRepairError, repaired
from solvers.residual import Mask
from solvers.result import AssignmentResult
from solvers.singles import Singles, singles_of
from solvers.solve import solve_assignment
from solvers.unique import free_cycle

#: Pairs of each child that chains use first: the cheapest at the prices of places.
_SHORTLIST = 48

BoundOf = Callable[[AssignmentProblem], int]


@dataclass(frozen=True, eq=False)
class Live:
    """A problem, its plan, and what is kept to solve it again quickly; make one with `prepare`.

    Attributes:
        problem: The problem as it is after all changes.
        result: A checked plan of it: proved optimal where children alone count.
        locks: Home of each child locked by a change.
        singles: The plan as chains of single children see it.
    """

    problem: AssignmentProblem
    result: AssignmentResult
    singles: Singles
    locks: Mapping[int, int] = field(default_factory=dict)


def prepare(problem: AssignmentProblem, result: AssignmentResult, *, locks: Mapping[int, int] | None = None) -> Live:
    """Prepare a plan for changes, which takes as long as a change or two.

    Args:
        problem: A problem that lists every allowed pair.
        result: What `solve_assignment` gave for it.
        locks: Home of each child that earlier changes of this problem locked.

    Raises:
        PlanError: If the result is not a plan of the problem.
    """
    check_assignment(problem, result)
    singles = singles_of(problem, result)
    locked = dict(locks or {})
    if not singles.exact:
        movable = singles.movable.copy()
        movable[list(locked)] = False
        singles = replace(singles, movable=movable)
    return Live(problem, result, _shortlisted(singles), locked)


def solve_again(live: Live, change: Change, *, bound_of: BoundOf | None = None) -> Live:
    """Solve again after a change.

    Args:
        live: What `prepare` or an earlier change gave; it stays as it is.
        change: The change.
        bound_of: Gives a bound that holds for the problem it is given, e.g. from prices of places kept from an earlier
            proof. Used where it is higher than what is known; not needed where children alone count.

    Returns:
        The changed problem with its checked plan, ready for the next change. The seconds are those of the change.

    Raises:
        ValueError: If the change is not possible, saying why.
    """
    started = time.monotonic()
    problem = changed(live.problem, change, live.locks)
    locks = _locks(live.locks, change)
    try:
        singles, proof = _best(live, problem, change) if live.singles.exact else _repair(live, problem, change, locks)
    except NoRepairError:
        return _afresh(problem, locks)
    _expect_locks(singles.place_of, locks)
    if bound_of is not None and not singles.exact:
        proof = replace(proof, bound=max(proof.bound, bound_of(problem)))
    result = _checked(problem, proof, started, live.result.seed)
    return Live(problem, result, replace(singles, objective=result.objective, above=result.gap_cost), locks)


def _best(live: Live, problem: AssignmentProblem, change: Change) -> tuple[Singles, Answer]:
    """The optimum of children alone: over the cheapest pairs, and over all where those do not prove it."""
    before = live.singles
    plan = _chained(_informed(before, problem, change), live.problem, problem, change)
    answer = _proof(plan, problem)
    if not answer.optimal:
        before = replace(before, arcs=Arcs.of(live.problem))
        plan = _chained(_informed(before, problem, change), live.problem, problem, change)
        answer = _proof(plan, problem)
        plan = _shortlisted(plan)
    return plan, answer


def _repair(live: Live, problem: AssignmentProblem, change: Change, locks: Mapping[int, int]) -> tuple[Singles, Answer]:
    """A lawful plan where groups or units count, and what is known of the optimum."""
    plan = repaired(problem, _informed(live.singles, problem, change), change, locks)
    bound = bound_after(live.problem, live.result.bound, change, problem, live.locks)
    return plan, Answer(Plan.of(problem, Arcs.of(problem), plan.place_of), bound, all_pairs=True)


def _checked(problem: AssignmentProblem, answer: Answer, started: float, seed: int) -> AssignmentResult:
    plan = answer.plan
    result = AssignmentResult(
        plan.place_of, plan.pair_cost, plan.objective, answer.bound, plan.unplaced_charge, plan.apart_charge,
        "optimal" if answer.optimal else "feasible", 0.0, "all pairs", seed, answer.uniqueness, answer.tie,
    )  # fmt: skip
    check_assignment(problem, result)
    return replace(result, seconds=time.monotonic() - started)


def _shortlisted(plan: Singles) -> Singles:
    """Only the cheapest pairs of each child, at the prices that chains of single children see."""
    arcs = plan.arcs
    value = arcs.cost + plan.graph().prices()[arcs.home]
    order = np.lexsort((value, arcs.child))
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size) - arcs.start[arcs.child[order]]
    return replace(plan, arcs=_only(arcs, rank < _SHORTLIST))


def _only(arcs: Arcs, keep: Mask) -> Arcs:
    return Arcs.sorted(arcs.child[keep], arcs.home[keep], arcs.cost[keep], arcs.children, arcs.homes)


def _locks(locks: Mapping[int, int], change: Change) -> dict[int, int]:
    after = dict(locks)
    if isinstance(change, Locked):
        after[change.child] = change.home
    if isinstance(change, Withdrawn):
        after.pop(change.child, None)
    return after


def _informed(plan: Singles, problem: AssignmentProblem, change: Change) -> Singles:
    """The plan before over the pairs and charges after; a child who arrived has no home yet."""
    if isinstance(change, Arrived):
        mine = problem.child == problem.children - 1
        old = plan.arcs
        child, home, cost = (
            np.append(known, new[mine])
            for known, new in ((old.child, problem.child), (old.home, problem.home), (old.cost, problem.cost))
        )
        plan = replace(
            plan, arcs=Arcs.sorted(child, home, cost, problem.children, problem.homes),
            place_of=np.append(plan.place_of, -1), now=np.append(plan.now, change.unplaced),
            movable=np.append(plan.movable, True),
        )  # fmt: skip
    if isinstance(change, Locked):
        mine = (problem.child == change.child) & (problem.home == change.home)
        arcs, _ = plan.arcs.with_pairs(problem.child[mine], problem.home[mine], problem.cost[mine])
        plan = replace(plan, arcs=arcs)
    if isinstance(change, Forbidden | Locked | Withdrawn):
        keep = plan.arcs.child != change.child
        if isinstance(change, Locked):
            keep |= plan.arcs.home == change.home
        if isinstance(change, Forbidden):
            keep |= plan.arcs.home != change.home
        plan = replace(plan, arcs=_only(plan.arcs, keep))
    return replace(plan, unplaced=problem.unplaced)


def _chained(plan: Singles, before: AssignmentProblem, after: AssignmentProblem, change: Change) -> Singles:
    """The best plan of children alone after a change."""
    chained: Singles | None = plan
    if isinstance(change, Places | Closed):
        return _with_places(plan, change.home, int(scarcest(after)[change.home] - scarcest(before)[change.home]))
    if isinstance(change, Arrived):
        chained = moved(plan, after.children - 1, must=False)
    elif isinstance(change, Withdrawn):
        return _without(plan, change.child)
    elif isinstance(change, Locked) and plan.place_of[change.child] != change.home:
        chained = moved(plan, change.child, change.home, must=True)
    elif isinstance(change, Forbidden) and plan.place_of[change.child] == change.home:
        chained = moved(plan, change.child, must=True)
    if chained is None:
        raise ValueError(f"{change}: the home has no place that could be made free")
    return chained


def _with_places(plan: Singles, home: int, more: int) -> Singles:
    after = opened(plan, home, more) if more > 0 else emptied(plan, home, -more)
    if after is None:
        raise ValueError(f"home {home} would have fewer places than children who cannot leave it")
    return after


def _without(plan: Singles, child: int) -> Singles:
    """The child is gone; where they had a place, others may have it."""
    home = int(plan.place_of[child])
    place_of, now = plan.place_of.copy(), plan.now.copy()
    place_of[child], now[child] = -1, 0
    plan = replace(plan, place_of=place_of, now=now)
    return opened(plan, home) if home >= 0 else plan


def _proof(plan: Singles, problem: AssignmentProblem) -> Answer:
    """What prices of places prove over all pairs, in whole numbers, and whether another plan is as good.

    The prices come from the residual graph of the pairs the plan knows; a tie uses none but pairs that cost their child
    the least under them.
    """
    arcs, capacity, prices = Arcs.of(problem), scarcest(problem), plan.graph().prices()
    prices[:-1][capacity == 0] = problem.unplaced.max(initial=0)
    charged = arcs.cost + prices[arcs.home]
    pays = arcs.least(charged, problem.unplaced)
    refund = sum(p * q for p, q in zip(prices[:-1].tolist(), capacity.tolist(), strict=True))
    answer = Answer(Plan.of(problem, arcs, plan.place_of), int(pays.sum()) - refund, all_pairs=True)
    if not answer.optimal:
        return answer
    graph = replace(plan, arcs=_only(arcs, charged == pays[arcs.child])).graph()
    cycle = free_cycle(graph, prices)
    if cycle is None:
        return replace(answer, uniqueness="unique")
    return replace(answer, uniqueness="tied", tie=graph.moved(plan.place_of, cycle))


def _expect_locks(place_of: Ints, locks: Mapping[int, int]) -> None:
    for child, home in locks.items():
        if place_of[child] != home:
            raise ValueError(f"child {child} is locked to home {home}, which would have no place for them")


def _afresh(problem: AssignmentProblem, locks: Mapping[int, int]) -> Live:
    """Where nothing near the old plan is lawful: the changed problem from the beginning."""
    result = solve_assignment(problem)
    _expect_locks(result.place_of, locks)
    return prepare(problem, result, locks=locks)
