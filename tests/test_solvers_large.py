"""What is done for large problems only, made to be done for small ones: the same optimum, and only lawful plans."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import solvers.lister
import solvers.milp
import solvers.search
from solvers import check_assignment, solve_assignment
from solvers.arcs import Arcs
from solvers.bound import Pool
from solvers.clock import Clock
from solvers.cuts import Prices
from solvers.greedy import greedy_plan
from solvers.milp import Program
from solvers.neighbourhoods import Neighbourhoods
from solvers.plan import Plan
from tests.strategies_assignment import Case, random_case, score


def _case(seed: int, *, use: bool = False) -> Case:
    """Some tens of children with groups of up to six against scarce homes of one to four places."""
    draw = np.random.default_rng(seed)
    children, homes = 48, 30
    cost = draw.integers(0, 1_000, (children, homes))
    cost[draw.random(cost.shape) < 0.4] = -1
    groups, order = [], draw.permutation(children).tolist()
    for size in (2, 2, 2, 3, 3, 4, 6):
        groups.append(order[:size])
        order = order[size:]
    shared = random_case(seed, most=4, use=True, resources=2).use if use else None
    capacity = draw.integers(1, 5, (homes, 2) if use else homes)
    return Case(cost, capacity, groups, 5_000, 700, shared)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("use", [False, True])
def test_every_way_finds_the_same_optimum(seed: int, use: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    case = _case(seed, use=use)
    usual = solve_assignment(case.arcs())
    assert usual.status == "optimal"
    monkeypatch.setattr(solvers.search, "_MANY_CHILDREN", 0)
    monkeypatch.setattr(solvers.milp, "_LARGE", 0)
    monkeypatch.setattr(solvers.lister, "_GROUPS_AT_A_TIME", 2)
    nearby = solve_assignment(case.arcs())
    few = case.arcs(np.random.default_rng(seed).random(case.cost.shape) < 0.1)
    priced = solve_assignment(few, price=case.price)
    assert [found.objective for found in (nearby, priced)] == [usual.objective] * 2
    assert nearby.status == priced.status == "optimal"
    check_assignment(few, priced, price=case.price)


@pytest.mark.parametrize("seed", range(2))
def test_stopped_in_the_middle_of_asking_the_plan_and_its_bound_still_hold(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _case(seed)
    best = solve_assignment(case.arcs()).objective
    monkeypatch.setattr(solvers.lister, "_GROUPS_AT_A_TIME", 2)
    few = case.arcs(np.random.default_rng(seed).random(case.cost.shape) < 0.1)
    ended = set()
    for after in (*range(0, 30, 5), 60, 10_000):
        asked = itertools.count()
        found = solve_assignment(few, price=case.price, cancel=lambda asked=asked, after=after: next(asked) >= after)  # type: ignore[misc]
        check_assignment(few, found, price=case.price)
        assert found.objective >= best
        assert found.bound <= best or found.proved_over == "listed pairs"
        ended.add((found.status, found.proved_over))
    assert ("cancelled", "all pairs") in ended and ("optimal", "all pairs") in ended


@pytest.mark.parametrize("use", [False, True])
def test_neighbourhoods_keep_a_plan_lawful_and_make_it_no_dearer(use: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solvers.neighbourhoods._CHILDREN", 8)
    monkeypatch.setattr("solvers.neighbourhoods._MOST_CHILDREN", 24)
    better = 0
    for seed in range(8):
        case = _case(seed, use=use)
        problem = case.arcs()
        pool = Pool(problem, Arcs.of(problem))
        slack = 900 * pool.scale
        nothing = Prices(np.zeros_like(pool.resources.capacity), np.zeros(0, dtype=np.int64))
        priced = pool.price(nothing, slack)
        plan = greedy_plan(pool, nothing.homes, np.arange(len(case.groups)))
        before, clock = plan.objective, Clock(None, None)
        around = Neighbourhoods(pool, priced, slack, plan.place_of)
        for place_of in around.improve(lambda program: program.solve(60.0, 0.0), clock.stop):
            now = Plan.of(problem, pool.arcs, place_of)
            assert score(case, place_of.tolist()) == now.objective <= before
            better += now.objective < before
            before = now.objective
    assert better >= 8


def test_both_ways_to_relax_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    from scipy import sparse

    draw = np.random.default_rng(3)
    matrix = sparse.csr_array(draw.integers(0, 3, (12, 30)).astype(np.float64))
    most = np.full(12, 9.0)
    program = Program(-draw.random(30), matrix, np.full(12, -np.inf), most, np.ones(30, dtype=bool), np.zeros(30))
    exact = program.relax(60.0, 1e-8)
    monkeypatch.setattr(solvers.milp, "_LARGE", 0)
    rough = program.relax(60.0, 1e-8)
    assert (exact.rough, rough.rough) == (False, True)
    assert rough.bound == pytest.approx(exact.bound, rel=1e-6)
    assert exact.duals is not None
    assert rough.duals is not None
    assert rough.duals @ most == pytest.approx(exact.duals @ most, rel=1e-5)


def test_progress_only_ever_comes_closer() -> None:
    told: list[tuple[float, int, int]] = []
    result = solve_assignment(_case(1).arcs(), progress=lambda *point: told.append(point))
    assert told[-1][1:] == (result.objective, result.bound)
    for earlier, later in itertools.pairwise(told):
        assert earlier[0] <= later[0]
        assert earlier[1] >= later[1]
        assert earlier[2] <= later[2]
        assert earlier[1:] != later[1:]
    assert all(objective >= bound for _, objective, bound in told)
