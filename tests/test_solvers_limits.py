"""Time limits, cancelling and gaps: always a checked plan and an honest bound."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from solvers import AssignmentProblem, check_assignment, solve_assignment
from tests.strategies_assignment import Case


def county(children: int, homes: int, seed: int) -> Case:
    """A county in the plane: distance, fees in bands, a fifth of pairs forbidden, siblings near each other."""
    draw = np.random.default_rng(seed)
    capacity = 1 + (draw.random(homes) < 0.5) + (draw.random(homes) < 0.25)
    child_at, home_at = draw.normal(0, 12, (children, 2)), draw.normal(0, 18, (homes, 2))
    groups, left = [], draw.permutation(children).tolist()
    for size in draw.choice([2, 3, 4, 7], children // 7, p=[0.75, 0.19, 0.05, 0.01]).tolist():
        groups.append([left.pop() for _ in range(size)])
        child_at[groups[-1]] = child_at[groups[-1][0]]
    miles = np.hypot(*(child_at[:, None] - home_at[None]).transpose(2, 0, 1))
    fee = draw.choice([41_400, 91_500, 381_000], homes, p=[0.6, 0.35, 0.05])
    cost = (miles * 900 + fee / 5 + draw.integers(0, 20_000, miles.shape)).astype(np.int64)
    cost[draw.random(cost.shape) < 0.2] = -1
    return Case(cost, capacity, groups, 1_000_000, 50_000)


def test_a_county_returns_a_lawful_plan_and_a_valid_bound_in_its_time() -> None:
    problem = county(903, 1000, 1).dense()
    result = solve_assignment(problem, time_limit=4, gap=0.005)
    check_assignment(problem, result)
    assert 0 < result.bound <= result.objective
    assert result.status in ("optimal", "feasible")
    assert result.gap_cost == result.objective - result.bound
    alone = AssignmentProblem.from_dense(county(903, 1000, 1).cost, problem.capacity, unplaced=problem.unplaced)
    assert solve_assignment(alone).objective <= result.bound, "the flow without groups is a weaker bound"


def test_the_callback_gives_the_same_county_bound_as_the_full_matrix() -> None:
    case = county(60, 70, 2)
    nearest = case.cost.argsort(axis=1).argsort(axis=1) < 20
    full = solve_assignment(case.dense())
    priced = solve_assignment(case.arcs(nearest), price=case.price)
    assert full.status == priced.status == "optimal"
    assert full.objective == priced.objective


@pytest.mark.parametrize("with_groups", [True, False])
def test_no_time_at_all_still_gives_a_plan(with_groups: bool) -> None:
    case = county(60, 40, 3)
    problem = Case(case.cost, case.capacity, case.groups * with_groups, case.unplaced, case.apart).dense()
    result = solve_assignment(problem, time_limit=0)
    best = solve_assignment(problem)
    assert result.bound <= best.objective <= result.objective
    assert result.placed > 0
    assert best.status == "optimal"
    assert result.status == ("feasible" if with_groups else "optimal")


def test_no_time_to_ask_the_callback_claims_the_listed_pairs_only() -> None:
    case = county(40, 30, 3)
    nearest = case.cost.argsort(axis=1).argsort(axis=1) < 10
    for groups in (case.groups, []):
        problem = Case(case.cost, case.capacity, groups, case.unplaced, case.apart).arcs(nearest)
        result = solve_assignment(problem, price=case.price, time_limit=0)
        assert result.proved_over == "listed pairs"
        assert result.status == "feasible"


def test_cancelling_before_the_start_returns_the_first_plan() -> None:
    problem = county(60, 40, 4).dense()
    result = solve_assignment(problem, cancel=lambda: True)
    assert result.status == "cancelled"
    assert result.bound < result.objective
    assert result.placed > 0


def test_cancelling_at_any_moment_returns_the_best_so_far() -> None:
    problem = county(60, 40, 5).dense()
    best = solve_assignment(problem).objective
    for allowed in (1, 2, 4, 7):
        asked = iter(range(allowed))
        result = solve_assignment(problem, cancel=lambda asked=asked: next(asked, None) is None)  # type: ignore[misc]
        assert result.bound <= best <= result.objective
        assert (result.status == "optimal") == (result.bound == result.objective)


def test_an_event_that_is_never_set_changes_nothing() -> None:
    problem = county(40, 30, 6).dense()
    event = threading.Event()
    watched = solve_assignment(problem, cancel=event.is_set)
    plain = solve_assignment(problem)
    assert watched.status == plain.status == "optimal"
    assert watched.place_of.tolist() == plain.place_of.tolist()


def test_a_gap_is_enough_where_it_is_asked_for() -> None:
    problem = county(60, 40, 7).dense()
    exact, loose = solve_assignment(problem), solve_assignment(problem, gap=0.05)
    assert loose.gap <= 0.05
    assert loose.bound <= exact.objective <= loose.objective


@pytest.mark.parametrize(
    "wrong", [{"gap": -0.1}, {"gap": float("nan")}, {"time_limit": -1}, {"time_limit": float("nan")}]
)
def test_options_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    problem = AssignmentProblem.from_dense([[1]], [1], unplaced=1)
    with pytest.raises(ValueError, match=next(iter(wrong))):
        solve_assignment(problem, **wrong)  # type: ignore[arg-type]
