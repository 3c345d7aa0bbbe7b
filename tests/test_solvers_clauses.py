"""Logical side rules: brute force agrees, contradictions are named, hurry and cancels are honest."""

from __future__ import annotations

import numpy as np
import pytest

from solvers import AssignmentProblem, PlanError, check_assignment, solve_assignment
from solvers.check_rules import check_rules
from solvers.clauses import Clause, ContradictionError
from solvers.clock import Clock
from solvers.logic import Logic
from solvers.rules import solve_with_rules
from tests.random_rules import Rules, least, random_clashes, random_clauses, random_limits
from tests.strategies_assignment import brute_force, random_case


@pytest.mark.parametrize("seed", range(200))
@pytest.mark.parametrize("time_limit", [None, 0.0])
def test_brute_force_agrees(seed: int, time_limit: float | None) -> None:
    draw = np.random.default_rng(seed)
    case = random_case(seed, most=5, use=seed % 2 == 0, resources=2 if seed % 4 == 0 else None)
    shape, problem = case.cost.shape, case.arcs()
    limits = random_limits(draw, *shape) if seed % 3 == 0 else ()
    clashes = random_clashes(draw, *shape) if seed % 5 < 2 else frozenset()
    rules = Rules(limits, clashes, random_clauses(draw, *shape))
    best = least(case, rules)
    arguments = {"limits": limits, "find_clashes": rules.find, "clauses": rules.clauses, "time_limit": time_limit}
    if best is None:
        with pytest.raises(ContradictionError, match=r"no plan obeys every rule: clauses\[\d"):
            solve_with_rules(problem, **arguments)  # type: ignore[arg-type]
        return
    result = solve_with_rules(problem, **arguments)  # type: ignore[arg-type]
    assert result.bound <= best <= result.objective
    assert (result.status == "optimal") == (result.bound == result.objective)
    assert time_limit is not None or result.status == "optimal"
    assert rules.obeyed(result.place_of.tolist())
    check_assignment(problem, result)
    check_rules(problem, result.place_of, limits=limits, clauses=rules.clauses)


@pytest.mark.parametrize("seed", range(60))
def test_the_model_alone_finds_the_same_optimum_as_the_other_tiers(seed: int) -> None:
    case = random_case(seed, most=5, use=seed % 2 == 0)
    problem = case.arcs()
    found = Logic(problem, np.ones(problem.child.size, dtype=bool), (), ()).solve(Clock(None, None), 0)
    assert found.bound == solve_assignment(problem).objective == brute_force(case)


def _larger(groups: list[list[int]]) -> AssignmentProblem:
    draw = np.random.default_rng(3)
    cost = draw.integers(1, 2000, (40, 30))
    return AssignmentProblem.from_dense(cost, draw.integers(1, 3, 30), groups=groups, unplaced=4000, apart=300)


@pytest.mark.parametrize("groups", [[], [[2 * i, 2 * i + 1] for i in range(8)]])
def test_few_pairs_prove_as_much_as_all(groups: list[list[int]]) -> None:
    problem = _larger(groups)
    plain = solve_assignment(problem).place_of.tolist()
    clauses = [Clause(((i, plain[i], False), (i + 10, plain[i + 10], False))) for i in range(20, 30)]
    result = solve_with_rules(problem, clauses=clauses)
    everything = Logic(problem, np.ones(problem.child.size, dtype=bool), (), clauses).solve(Clock(None, None), 0)
    assert result.status == "optimal"
    assert result.objective == everything.bound
    again = solve_with_rules(problem, clauses=clauses)
    assert again.place_of.tolist() == result.place_of.tolist()


def test_worked_by_hand() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9]], [2, 2], unplaced=50)
    apart = Clause(((0, 0, False), (1, 0, False)))
    result = solve_with_rules(problem, clauses=[apart])
    assert (result.place_of.tolist(), result.objective, result.status) == ([1, 0], 6, "optimal")


def test_a_clause_that_holds_anyway_changes_nothing() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9]], [2, 2], unplaced=50)
    result = solve_with_rules(problem, clauses=[Clause(((0, -1, False),))])
    assert (result.place_of.tolist(), result.uniqueness) == ([0, 0], "unique")


def test_contradictory_clauses_are_named() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9]], [2, 2], unplaced=50)
    clauses = [Clause(((1, 1, True),)), Clause(((0, 0, True),)), Clause(((0, 0, False),))]
    with pytest.raises(ContradictionError, match=r"clauses\[1\] and clauses\[2\] cannot hold"):
        solve_with_rules(problem, clauses=clauses)
    with pytest.raises(ContradictionError, match=r"clauses\[0\] cannot hold"):
        solve_with_rules(problem, clauses=[Clause(())])


def test_cancelling_gives_a_plan_that_obeys() -> None:
    problem = AssignmentProblem.from_dense([[1, 5], [1, 9]], [2, 2], unplaced=50)
    result = solve_with_rules(problem, clauses=[Clause(((0, 0, False), (1, 0, False)))], cancel=lambda: True)
    assert result.bound <= 6 <= result.objective
    assert result.status == ("optimal" if result.bound == result.objective else "cancelled")


def test_costs_too_large_to_add_up_are_refused() -> None:
    problem = AssignmentProblem.from_dense(np.full((6, 6), (1 << 56) - 1), [3] * 6, unplaced=1 << 56)
    with pytest.raises(ValueError, match="use a larger unit"):
        solve_with_rules(problem, clauses=[Clause(((0, -1, True),)), Clause(((1, -1, True),))])


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        ((2, 0, True), r"clauses\[0\] names child 2: there are 2"),
        ((0, 1, True), r"clauses\[0\] names home 1: there are 1, numbered from 0; -1 is none"),
        ((0, -2, True), r"clauses\[0\] names home -2"),
    ],
)
def test_a_clause_out_of_range_is_refused(literal: tuple[int, int, bool], message: str) -> None:
    problem = AssignmentProblem.from_dense([[1], [1]], [2], unplaced=5)
    with pytest.raises(ValueError, match=message):
        solve_with_rules(problem, clauses=[Clause((literal,))])


def test_the_checker_sees_a_broken_clause() -> None:
    problem = AssignmentProblem.from_dense([[1], [1]], [2], unplaced=5)
    with pytest.raises(PlanError, match=r"clauses\[0\] is broken: none of its 2 literals holds"):
        check_rules(problem, np.array([0, 0]), clauses=[Clause(((0, 0, False), (1, -1, True)))])
