"""Whether the optimum is the only one: against every plan there is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solvers import (
    AssignmentProblem,
    AssignmentResult,
    PlanError,
    check_assignment,
    solve_assignment,
    solve_without_clashes,
)
from tests.strategies_assignment import Case, random_case, score

KINDS: dict[str, dict[str, Any]] = {
    "places": {},
    "places and bedrooms": {"resources": 2},
    "shared use of places": {"use": True},
    "shared use of places and bedrooms": {"use": True, "resources": 2},
}


def optimal_plans(case: Case) -> set[tuple[int, ...]]:
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    scores = {places: total for places in itertools.product(*options) if (total := score(case, places)) is not None}
    least = min(scores.values())
    return {places for places, total in scores.items() if total == least}


def assert_true(result: AssignmentResult, plans: set[tuple[int, ...]]) -> None:
    """What the result says of other plans is so, as far as it says anything."""
    if result.uniqueness == "unique":
        assert plans == {tuple(result.place_of.tolist())}
    if result.uniqueness == "tied":
        assert result.tie is not None
        assert {tuple(result.place_of.tolist()), tuple(result.tie.tolist())} <= plans
        assert result.tie.tolist() != result.place_of.tolist()


@pytest.mark.parametrize("block", range(6))
def test_children_alone_have_one_optimum_exactly_when_enumeration_finds_one(block: int) -> None:
    said = set()
    for seed in range(block * 40, block * 40 + 40):
        case = random_case(seed, most=5)
        case.apart = 0
        plans = optimal_plans(case)
        listed = np.random.default_rng(seed).random(case.cost.shape) < 0.4
        for result in (
            solve_assignment(case.dense()),
            solve_assignment(case.arcs(listed), price=case.price),
        ):
            assert_true(result, plans)
            assert result.uniqueness == ("unique" if len(plans) == 1 else "tied")
            said.add(result.uniqueness)
    assert said == {"unique", "tied"}


def test_a_tie_between_a_home_and_none() -> None:
    result = solve_assignment(AssignmentProblem.from_dense([[7]], [1], unplaced=7))
    assert result.tie is not None
    assert {int(result.place_of[0]), int(result.tie[0])} == {-1, 0}


def test_free_room_is_no_other_plan() -> None:
    assert solve_assignment(AssignmentProblem.from_dense([[7]], [3], unplaced=9)).uniqueness == "unique"


def test_a_tie_that_is_none_is_found_out() -> None:
    problem = AssignmentProblem.from_dense([[1, 1, 5], [4, 4, 4]], [1, 1, 0], unplaced=9)
    result = solve_assignment(problem)
    assert result.uniqueness == "tied"
    for wrong, words in (
        ({"tie": result.place_of}, "the plan itself"),
        ({"tie": None}, "with no tie"),
        ({"uniqueness": "unique"}, "with a tie"),
        ({"tie": np.array([-1, 0])}, "objective of the tie"),
        ({"tie": np.array([0, 0])}, "home 0 holds 1"),
        ({"tie": np.array([0, 2])}, "home 2 holds 0"),
        ({"tie": np.array([0])}, "entries for 2"),
        ({"bound": result.bound - 1, "status": "feasible"}, "not proved optimal"),
    ):
        with pytest.raises(PlanError, match=words):
            check_assignment(problem, replace(result, **wrong))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", range(4))
def test_with_groups_the_optimum_is_unique_exactly_when_enumeration_finds_one(kind: str, block: int) -> None:
    for seed in range(block * 15, block * 15 + 15):
        case = random_case(seed, most=5, **KINDS[kind])
        plans = optimal_plans(case)
        listed = np.random.default_rng(seed).random(case.cost.shape) < 0.4
        for problem, price in ((case.arcs(), None), (case.arcs(listed), case.price)):
            assert_true(solve_assignment(problem, price=price), plans)
            result = solve_assignment(problem, price=price, unique=True)
            assert_true(result, plans)
            assert result.uniqueness == ("unique" if len(plans) == 1 else "tied")


def test_siblings_who_may_be_housed_otherwise_are_a_tie_only_moving_them_together_shows() -> None:
    cost = np.array([[1, 2], [2, 1]])
    problem = AssignmentProblem.from_dense(cost, [2, 2], groups=[[0, 1]], unplaced=50, apart=9)
    assert solve_assignment(problem).uniqueness == "not determined"
    result = solve_assignment(problem, unique=True)
    assert result.tie is not None
    assert {tuple(result.place_of.tolist()), tuple(result.tie.tolist())} == {(0, 0), (1, 1)}


def test_without_clashes_what_is_said_of_other_plans_is_so() -> None:
    def clashes(place_of: Any) -> list[tuple[tuple[int, ...], int]]:
        at = np.asarray(place_of).tolist()
        return [((0, 1), at[0])] if len(at) > 1 and at[0] == at[1] >= 0 else []

    said = set()
    for seed in range(60):
        case = random_case(seed, most=5)
        case.apart = 0
        options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
        scores = {p: t for p in itertools.product(*options) if (t := score(case, p)) is not None and not clashes(p)}
        result = solve_without_clashes(case.dense(), clashes)
        assert result.objective == min(scores.values())
        assert_true(result, {places for places, total in scores.items() if total == result.objective})
        said.add(result.uniqueness)
    assert said == {"unique", "tied", "not determined"}
