"""A plan mended as pairs and charges come is what a fresh flow finds, and asking in parts misses no cheaper pair."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import solvers.asking
from solvers import AssignmentProblem, check_assignment, solve_assignment
from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.flow import flow_assignment
from solvers.mending import Mending
from solvers.problem import LARGEST_TOTAL, Ints
from solvers.rows import Rows
from tests.strategies_assignment import Case


def _problem(seed: int) -> AssignmentProblem:
    """Ties or none, capacity nought, pairs dearer than no home, children without pairs, costs to the limit."""
    draw = np.random.default_rng(seed)
    children, homes = (int(n) for n in draw.integers(1, 14, 2))
    limit = LARGEST_TOTAL // (children + homes + 3)
    top = int(draw.choice([1, 4, 1_000, limit]))
    cost = draw.integers(0, top, (children, homes), endpoint=True)
    cost[draw.random(cost.shape) < draw.choice([0.1, 0.5, 0.8])] = -1
    charge = draw.integers(0, min(limit, 2 * top), children, endpoint=True)
    return AssignmentProblem.from_dense(cost, draw.integers(0, 4, homes), unplaced=charge)


def _fresh(problem: AssignmentProblem, outside: Ints) -> int:
    arcs = Arcs.of(problem)
    used = flow_assignment(arcs, problem.capacity[:, 0], outside)
    return int(sum(arcs.cost[used[used >= 0]].tolist()) + sum(outside[used < 0].tolist()))


def _assert_in_order(mending: Mending, problem: AssignmentProblem, best: int) -> None:
    """The plan is lawful and costs what a fresh flow costs, and the prices alone prove that: whole numbers only."""
    homes, placed = problem.homes, mending.spot < problem.homes
    capacity = problem.capacity[:, 0]
    filled = np.bincount(mending.spot[placed], minlength=homes)
    assert (filled <= capacity).all()
    assert (mending.price >= 0).all()
    assert (mending.price[:-1][filled < capacity] == 0).all()
    assert sum(mending.now.tolist()) == best
    table = np.full((problem.children, homes), -1, dtype=np.int64)
    table[problem.child, problem.home] = problem.cost
    assert (table[np.flatnonzero(placed), mending.spot[placed]] == mending.now[placed]).all()
    charged = np.where(table >= 0, table + mending.price[:-1], LARGEST_TOTAL * 2).min(axis=1, initial=LARGEST_TOTAL * 2)
    assert (np.minimum(charged, mending.outside) == mending.pays).all()
    assert mending.bound(mending.pays) == best


@pytest.mark.parametrize("block", range(8))
def test_a_mended_plan_is_the_plan_of_a_fresh_flow(block: int) -> None:
    """Pairs come in three parts while charges rise and fall, so that children leave homes and prices fall too."""
    fallen = 0
    for seed in range(block * 150, block * 150 + 150):
        problem, draw = _problem(seed), np.random.default_rng(seed + 10**6)
        part = draw.integers(0, 3, problem.child.size)
        dearest = int(problem.unplaced.max())
        none = np.zeros(problem.homes + 1, dtype=np.int64)
        first = np.flatnonzero(part == 0)
        rows = Rows.of(problem.child[first], problem.home[first], problem.cost[first], none, problem.children)
        mending = Mending.nobody_placed(rows, problem.capacity[:, 0], problem.unplaced // 3, dearest)
        everybody = np.arange(problem.children)
        for step in range(3):
            if step:
                new = part <= step if seed % 2 else part == step
                which = np.flatnonzero(new)
                mending.rows = mending.rows.with_pairs(
                    problem.child[which], problem.home[which], problem.cost[which], mending.price
                )
                share = int(draw.integers(1, 4)) if step == 1 else 3
                mending.charge(problem.unplaced * share // 3 if dearest < LARGEST_TOTAL // 60 else problem.unplaced)
            before = mending.price.copy()
            assert mending.move(everybody, Clock(None, None))
            fallen += int((mending.price < before).sum())
            known = np.flatnonzero(part <= step)
            seen = AssignmentProblem.from_arcs(
                problem.child[known], problem.home[known], problem.cost[known], problem.capacity,
                children=problem.children, unplaced=problem.unplaced,
            )  # fmt: skip
            _assert_in_order(mending, seen, _fresh(seen, mending.outside))
    assert fallen


@pytest.mark.parametrize(("most", "ample"), [(1, 0), (2, 0), (128, 0), (2, math.inf)])
def test_asking_in_parts_misses_no_cheaper_pair(most: int, ample: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against the same problem with every pair listed: objective, bound, whether tied; the tie is checked too.

    Whether places count as ample decides the method; either must do for any number of them.
    """
    monkeypatch.setattr("solvers.transport._AMPLE", ample)
    monkeypatch.setattr("solvers.rounds._MORE_PAIRS", most)
    monkeypatch.setattr(solvers.asking, "_MORE_PAIRS", most)
    monkeypatch.setattr(solvers.asking, "_MOST_ROOM", 5)
    kinds, partial = set(), 0
    for seed in range(250):
        problem, draw = _problem(seed), np.random.default_rng(seed)
        table = np.full((problem.children, problem.homes), -1, dtype=np.int64)
        table[problem.child, problem.home] = problem.cost
        case = Case(table, problem.capacity[:, 0], [], problem.unplaced, 0)
        asked: list[int] = []

        def price(
            child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None,
            case: Case = case, asked: list[int] = asked,
        ) -> tuple[Ints, Ints, Ints]:  # fmt: skip
            asked.append(int((child_prices > -threshold).sum()))
            return case.price(child_prices, home_prices, threshold, most=most)

        whole = solve_assignment(case.arcs())
        for keep in (draw.random(table.shape) < 0.4, table < np.median(table), np.zeros(table.shape, dtype=bool)):
            few = case.arcs(keep)
            found = solve_assignment(few, price=price)
            check_assignment(few, found, price=case.price)
            assert (found.objective, found.bound, found.status) == (whole.objective, whole.objective, "optimal")
            assert (found.uniqueness, found.proved_over) == (whole.uniqueness, "all pairs")
            kinds.add(found.uniqueness)
        partial += any(0 < many < problem.children for many in asked)
    assert kinds == {"unique", "tied"}
    assert partial > 60 or ample


@pytest.mark.parametrize("ample", [0, math.inf])
def test_stopped_at_any_moment_the_plan_and_its_bound_hold(ample: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solvers.transport._AMPLE", ample)
    monkeypatch.setattr("solvers.rounds._MORE_PAIRS", 2)
    monkeypatch.setattr(solvers.asking, "_MORE_PAIRS", 2)
    monkeypatch.setattr("solvers.mending._AT_A_TIME", 1)
    ended = set()
    for seed, after in itertools.product(range(12), (0, 1, 3, 6, 12, 20, 30, 45, 10_000)):
        draw = np.random.default_rng(seed)
        cost = draw.integers(0, 1_000, (30, 20))
        case = Case(cost, draw.integers(0, 3, 20), [], 3_000, 0)
        few, best = case.arcs(cost < 150), solve_assignment(case.arcs()).objective
        asked = itertools.count()
        found = solve_assignment(few, price=case.price, cancel=lambda asked=asked, after=after: next(asked) >= after)  # type: ignore[misc]
        check_assignment(few, found, price=case.price)
        assert found.objective >= best
        assert found.bound <= best or found.proved_over == "listed pairs"
        ended.add((found.status, found.proved_over))
    assert {("cancelled", "all pairs"), ("cancelled", "listed pairs"), ("optimal", "all pairs")} <= ended


def test_a_pair_given_at_another_cost_is_refused() -> None:
    case = Case(np.array([[5, 3]]), np.array([1, 1]), [], 100, 0)

    def price(
        child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
    ) -> tuple[list[int], list[int], list[int]]:
        return ([0], [1], [2]) if (child_prices > -threshold).any() and home_prices.size and most else ([], [], [])

    with pytest.raises(ValueError, match="child 0, home 1 cost 2, but the pair is known at cost 3"):
        solve_assignment(case.arcs(), price=price)
