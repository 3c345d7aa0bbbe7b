"""At most so many of a kind in one home: brute force agrees, only what is broken is enforced, hurry is honest."""

from __future__ import annotations

import numpy as np
import pytest

from solvers import AssignmentProblem, PlanError, check_assignment, solve_assignment
from solvers.check_rules import check_rules
from solvers.limits import Limit, Limits
from solvers.rules import solve_with_rules
from tests.random_rules import Rules, least, random_clashes, random_limits
from tests.strategies_assignment import random_case


@pytest.mark.parametrize("seed", range(200))
def test_brute_force_agrees(seed: int) -> None:
    draw = np.random.default_rng(seed)
    case = random_case(seed, most=5, use=seed % 2 == 0, resources=2 if seed % 4 == 0 else None)
    problem = case.arcs()
    rules = Rules(random_limits(draw, *case.cost.shape), random_clashes(draw, *case.cost.shape))
    result = solve_with_rules(problem, limits=rules.limits, find_clashes=rules.find)
    best = least(case, rules)
    assert best is not None
    assert (result.status, result.objective, result.bound) == ("optimal", best, best)
    assert not rules.find(result.place_of)
    check_assignment(problem, result)
    check_rules(problem, result.place_of, limits=rules.limits)
    hurried = solve_with_rules(problem, limits=rules.limits, find_clashes=rules.find, time_limit=0)
    assert hurried.bound <= best <= hurried.objective
    assert rules.obeyed(hurried.place_of.tolist())
    check_assignment(problem, hurried)


@pytest.mark.parametrize("seed", range(40))
def test_a_limit_with_units(seed: int) -> None:
    """Children who use two places each: as many homes as a limit and the places allow."""
    draw = np.random.default_rng(seed)
    cost = draw.integers(1, 20, (4, 3))
    child, home = np.nonzero(cost)
    problem = AssignmentProblem.from_arcs(
        child, home, cost[child, home], [4, 4, 2], children=4, unplaced=50, units=np.full((12, 1), 2)
    )
    limits = [Limit((0, 1, 2, 3), 1, (0, 1))]
    result = solve_with_rules(problem, limits=limits)
    ones = AssignmentProblem.from_dense(cost, [1, 1, 1], unplaced=50)
    assert result.objective == result.bound == solve_assignment(ones).objective
    check_rules(problem, result.place_of, limits=limits)


def test_worked_by_hand() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9], [1, 2]], [3, 3], unplaced=50)
    result = solve_with_rules(problem, limits=[Limit((0, 1), 1)])
    assert result.place_of.tolist() == [1, 0, 0]
    assert (result.objective, result.status) == (7, "optimal")


def test_only_what_is_broken_becomes_a_capacity() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9], [1, 2]], [3, 3], unplaced=50)
    limits = Limits(problem, [Limit((0, 1), 1), Limit((1, 2), 2)])
    limits.solve(problem)
    assert limits.enforced.tolist() == [[True, False], [False, False]]
    assert limits.with_capacities(problem).capacity.shape == (2, 2)


def test_limits_that_do_not_bind_change_nothing() -> None:
    problem = random_case(11).dense()
    plain, ruled = solve_assignment(problem), solve_with_rules(problem, limits=[Limit(tuple(range(1)), 1)])
    assert ruled.place_of.tolist() == plain.place_of.tolist()
    assert (ruled.uniqueness, ruled.bound) == (plain.uniqueness, plain.bound)


def test_a_tie_that_breaks_a_limit_is_no_tie() -> None:
    problem = AssignmentProblem.from_dense([[1, 1], [1, 1]], [2, 2], unplaced=50)
    result = solve_with_rules(problem, limits=[Limit((0, 1), 1)])
    assert result.objective == 2
    assert result.tie is None or len(set(result.tie.tolist())) == 2


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (Limit((0, 7), 1), r"limits\[0\] names child 7: there are 2"),
        (Limit((0,), 1, (5,)), r"limits\[0\] names home 5: there are 1"),
        (Limit((0,), -1), r"limits\[0\] allows -1 children: expected 0 or more"),
    ],
)
def test_a_limit_out_of_range_is_refused(limit: Limit, message: str) -> None:
    problem = AssignmentProblem.from_dense([[1], [1]], [2], unplaced=5)
    with pytest.raises(ValueError, match=message):
        solve_with_rules(problem, limits=[limit])


def test_the_checker_sees_a_broken_limit() -> None:
    problem = AssignmentProblem.from_dense([[1], [1]], [2], unplaced=5)
    with pytest.raises(PlanError, match=r"limits\[0\] allows 1 children at home 0; the plan has 2"):
        check_rules(problem, np.array([0, 0]), limits=[Limit((0, 1), 1)])
