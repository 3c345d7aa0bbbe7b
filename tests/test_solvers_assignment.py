"""`solve_assignment` against an enumerator, against itself in other forms, and on awkward problems."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from solvers import AssignmentProblem, AssignmentResult, check_assignment, solve_assignment
from tests.strategies_assignment import Case, Ints, brute_force, random_case, score

KINDS = {
    "places": {},
    "places and bedrooms": {"resources": 2},
    "shared use of places": {"use": True},
    "shared use of places and bedrooms": {"use": True, "resources": 2},
}


def assert_optimal(case: Case, result: AssignmentResult, best: int) -> None:
    assert (result.objective, result.bound, result.status) == (best, best, "optimal")
    assert result.gap == 0.0
    assert score(case, result.place_of.tolist()) == best


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", range(8))
def test_every_form_finds_the_optimum_that_enumeration_finds(kind: str, block: int) -> None:
    for seed in range(block * 14, block * 14 + 14):
        case = random_case(seed, most=6 if seed % 7 == 0 else 5, **KINDS[kind])  # type: ignore[arg-type]
        best = brute_force(case)
        listed = np.random.default_rng(seed).random(case.cost.shape) < 0.3
        results = [
            solve_assignment(case.arcs()),
            solve_assignment(case.arcs(listed), price=case.price),
            solve_assignment(case.arcs(listed & False), price=case.price),
        ]
        if case.use is None:
            results.append(solve_assignment(case.dense()))
        for result in results:
            assert_optimal(case, result, best)
            assert result.proved_over == "all pairs"


def test_a_hand_worked_plan() -> None:
    """Two siblings 1 and 2: together in home 1 they cost 9, apart 3 + 4 + 5; child 0 is pushed to home 2."""
    cost = np.array([[7, 1, 6], [3, 5, -1], [8, 4, 9]])
    problem = AssignmentProblem.from_dense(cost, [1, 2, 1], groups=[[2, 1]], unplaced=50, apart=5)
    result = solve_assignment(problem)
    assert result.place_of.tolist() == [1, 0, 1]
    assert (result.objective, result.apart_charge, result.unplaced_charge) == (1 + 3 + 4 + 5, 5, 0)
    dearer = AssignmentProblem.from_dense(cost, [1, 2, 1], groups=[[2, 1]], unplaced=50, apart=8)
    together = solve_assignment(dearer)
    assert together.place_of.tolist() == [2, 1, 1]
    assert (together.objective, together.apart_charge) == (6 + 5 + 4, 0)


def test_a_group_without_any_home_still_pays_for_being_apart() -> None:
    problem = AssignmentProblem.from_dense(
        np.full((3, 2), -1), [5, 5], groups=[[0, 1, 2]], unplaced=[10, 20, 30], apart=7
    )
    result = solve_assignment(problem)
    assert (result.objective, result.apart_charge, result.unplaced_charge) == (74, 14, 60)
    assert result.status == "optimal"
    assert math.isfinite(result.gap)


def test_each_group_pays_its_own_charge() -> None:
    cost = np.array([[0, 9], [9, 0], [0, 9], [9, 0]])
    problem = AssignmentProblem.from_dense(cost, [3, 3], groups=[[0, 1], [2, 3]], unplaced=99, apart=[1, 100])
    result = solve_assignment(problem)
    assert result.place_of[:2].tolist() == [0, 1]
    assert result.place_of[2] == result.place_of[3]
    assert (result.objective, result.apart_charge) == (0 + 0 + 1 + 9, 1)


def test_four_siblings_may_share_a_home_of_three_where_use_says_so() -> None:
    child, home = np.repeat(np.arange(4), 2), np.tile([0, 1], 4)
    cost = np.where(home == 0, 1, 5)

    def use(_group: int, members: tuple[int, ...], _home: int) -> list[int]:
        return [min(len(members), 3), (len(members) + 1) // 2]

    problem = AssignmentProblem.from_arcs(
        child, home, cost, [[3, 2], [4, 4]], children=4, groups=[[0, 1, 2, 3]], unplaced=100, apart=10, use=use
    )
    result = solve_assignment(problem)
    assert result.place_of.tolist() == [0, 0, 0, 0]
    assert result.objective == 4


def test_two_pairs_cannot_share_three_places() -> None:
    """The linear relaxation lets three halves of a pair in; the rounding cut and the proof do not."""
    problem = AssignmentProblem.from_dense(
        np.array([[0, 10]] * 4), [3, 4], groups=[[0, 1], [2, 3]], unplaced=1000, apart=100
    )
    result = solve_assignment(problem)
    assert (result.objective, result.bound) == (20, 20)


def test_parts_that_do_not_fit_together_are_not_put_together_in_two_steps() -> None:
    """Two siblings need three bedrooms together though one each alone: they may not both go to home 0."""
    problem = AssignmentProblem.from_arcs(
        [0, 0, 1, 1], [0, 1, 0, 1], [1, 50, 1, 60], [2, 1],
        children=2, groups=[[0, 1]], unplaced=500, apart=0, use=lambda *_: [3],
    )  # fmt: skip
    result = solve_assignment(problem)
    assert (result.objective, result.status) == (51, "optimal")


def test_a_sibling_who_stays_is_a_child_with_one_home() -> None:
    cost = np.array([[-1, 0, -1], [1, 4, 2]])
    problem = AssignmentProblem.from_dense(cost, [1, 2, 1], groups=[[0, 1]], unplaced=100, apart=10)
    assert solve_assignment(problem).place_of.tolist() == [1, 1]


@pytest.mark.parametrize("groups", [[], [[0, 1]]])
def test_capacity_nought_and_all_forbidden_leave_everyone_without_a_home(groups: list[list[int]]) -> None:
    for cost, capacity in ((np.ones((2, 3)), [0, 0, 0]), (np.full((2, 3), -1), [1, 1, 1])):
        problem = AssignmentProblem.from_dense(cost.astype(np.int64), capacity, groups=groups, unplaced=5, apart=2)
        result = solve_assignment(problem)
        assert result.place_of.tolist() == [-1, -1]
        assert (result.objective, result.bound) == (10 + 2 * len(groups), 10 + 2 * len(groups))


@pytest.mark.parametrize(("children", "homes"), [(0, 0), (0, 4), (3, 0)])
def test_no_children_or_no_homes(children: int, homes: int) -> None:
    cost = np.zeros((children, homes), dtype=np.int64)
    groups = [[0, 1]] if children else []
    problem = AssignmentProblem.from_dense(cost, np.ones(homes, dtype=np.int64), groups=groups, unplaced=4, apart=3)
    result = solve_assignment(problem)
    assert (result.objective, result.status) == (4 * children + 3 * len(groups), "optimal")
    assert result.place_of.tolist() == [-1] * children


@pytest.mark.parametrize("groups", [[], [[0, 3], [1, 2, 4]]])
def test_huge_costs_stay_exact(groups: list[list[int]]) -> None:
    draw = np.random.default_rng(5)
    base = 10**13
    small = draw.integers(0, 50, (5, 6))
    case = Case(small + base, draw.integers(0, 3, 6), groups, 4 * base, base // 1000 + 1)
    assert_optimal(case, solve_assignment(case.dense()), brute_force(case))


@pytest.mark.parametrize("groups", [[], [[0, 1], [2, 3, 4]]])
def test_ties_everywhere(groups: list[list[int]]) -> None:
    case = Case(np.zeros((8, 6), dtype=np.int64), np.full(6, 1), groups, 3, 2)
    result = solve_assignment(case.dense())
    assert result.status == "optimal"
    assert result.objective == 2 * 3 + 2 * sum(len(group) - 1 for group in groups)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(sorted(KINDS)), st.floats(0, 1))
def test_any_plan_is_lawful_and_never_below_its_bound(seed: int, kind: str, gap: float) -> None:
    case = random_case(seed, most=12, **KINDS[kind])  # type: ignore[arg-type]
    problem = case.arcs()
    result = solve_assignment(problem, gap=gap)
    check_assignment(problem, result)
    assert score(case, result.place_of.tolist()) == result.objective
    assert 0 <= result.bound <= result.objective
    assert result.gap <= gap


def test_the_same_seed_gives_the_same_plan() -> None:
    case = random_case(11, most=12)
    first, second = (solve_assignment(case.dense(), seed=3) for _ in range(2))
    assert first.place_of.tolist() == second.place_of.tolist()
    assert first.seed == 3


def test_groups_that_cost_nothing_to_part_are_children_alone() -> None:
    case = random_case(2, most=6)
    apart = Case(case.cost, case.capacity, [[0, 1]], case.unplaced, 0)
    alone = Case(case.cost, case.capacity, [], case.unplaced, 0)
    assert solve_assignment(apart.dense()).objective == solve_assignment(alone.dense()).objective


def test_a_callback_is_asked_block_by_block_without_harm() -> None:
    """A callee may treat every child whose price is at most minus the threshold as outside the block."""
    case = random_case(40, most=6, use=True)
    asked: list[int] = []

    def price(
        child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
    ) -> tuple[Ints, Ints, Ints]:
        block = np.flatnonzero(child_prices > -threshold)
        asked.append(block.size)
        child, home, cost = case.price(child_prices, home_prices, threshold, most=most)
        assert np.isin(child, block).all()
        return child, home, cost

    result = solve_assignment(case.arcs(np.zeros(case.cost.shape, dtype=bool)), price=price)
    assert_optimal(case, result, brute_force(case))
    assert asked
