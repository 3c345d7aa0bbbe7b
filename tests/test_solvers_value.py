"""What places are worth: equal to solving the changed problem again, or on the side of it that is claimed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solvers import AssignmentProblem, AssignmentResult, solve_assignment
from solvers.arcs import Arcs
from solvers.problem import LARGEST_TOTAL
from solvers.residual import residual_graph
from solvers.resolved import exact_cost_to_others, exact_values
from solvers.value import Values, cost_to_others, value_of_one_more, value_of_proposed
from tests.strategies_assignment import Case, Ints, random_case

GROUPED: dict[str, dict[str, Any]] = {
    "places": {},
    "places and bedrooms": {"resources": 2},
    "shared use": {"use": True, "resources": 2},
}


def alone(seed: int, *, huge: bool = False) -> Case:
    """Children alone: ties, scarcity, homes without places; groups, if any, that do not matter."""
    case = random_case(seed, most=8)
    case.apart = 0
    if huge:
        top = LARGEST_TOTAL // (len(case.cost) + len(case.capacity) + 4)
        case.cost = np.where(case.cost < 0, -1, top - case.cost % 7)
        case.unplaced = np.full(len(case.cost), top // 2 + 1)
    return case


def best(problem: AssignmentProblem) -> int:
    result = solve_assignment(problem)
    assert result.status == "optimal"
    return result.objective


def with_places(problem: AssignmentProblem, home: int, change: int) -> AssignmentProblem:
    capacity = problem.capacity.copy()
    capacity[home] += change
    return replace(problem, capacity=capacity)


def without_child(problem: AssignmentProblem, child: int) -> AssignmentProblem:
    keep = problem.child != child
    unplaced = problem.unplaced.copy()
    unplaced[child] = 0
    return replace(
        problem, child=problem.child[keep], home=problem.home[keep], cost=problem.cost[keep], unplaced=unplaced
    )


def assert_exact(problem: AssignmentProblem, result: AssignmentResult, values: Values) -> None:
    assert values.exact
    for home in range(problem.homes):
        assert values.more[home] == result.objective - best(with_places(problem, home, 1))
        if (problem.capacity[home] > 0).all():
            assert values.fewer[home] == best(with_places(problem, home, -1)) - result.objective
        else:
            assert values.fewer[home] == 0


@pytest.mark.parametrize("huge", [False, True])
@pytest.mark.parametrize("block", range(6))
def test_values_of_every_home_equal_solving_again(block: int, huge: bool) -> None:
    for seed in range(block * 30, block * 30 + 30):
        case = alone(seed, huge=huge)
        problem = case.dense()
        result = solve_assignment(problem)
        assert_exact(problem, result, value_of_one_more(problem, result))


@pytest.mark.parametrize("block", range(4))
def test_values_over_pairs_only_the_callback_knows(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        case = alone(seed)
        listed = np.random.default_rng(seed).random(case.cost.shape) < 0.3
        problem, full = case.arcs(listed), case.dense()
        result = solve_assignment(problem, price=case.price)
        assert_exact(full, result, value_of_one_more(problem, result, price=case.price))
        column = np.random.default_rng(seed).integers(-1, 50, len(case.cost))
        for places in (1, 3):
            told, known = (
                value_of_proposed(p, result, column, places=places, price=q)
                for p, q in ((problem, case.price), (full, None))
            )
            assert told.total.tolist() == known.total.tolist()
        for child in range(len(case.cost)):
            told_others, known_others = (
                cost_to_others(p, result, child, price=q) for p, q in ((problem, case.price), (full, None))
            )
            assert told_others.rest.tolist() == known_others.rest.tolist()


@pytest.mark.parametrize("block", range(5))
def test_a_proposed_home_is_worth_what_solving_with_it_saves(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        case = alone(seed, huge=seed % 5 == 0)
        problem, draw = case.dense(), np.random.default_rng(seed)
        result = solve_assignment(problem)
        top = int(case.cost.max(initial=1)) + 1
        columns = draw.integers(0, top, (len(case.cost), 3))
        columns[draw.random(columns.shape) < 0.3] = -1
        one = value_of_proposed(problem, result, columns)
        three = value_of_proposed(problem, result, columns, places=3)
        assert one.exact
        assert one.total[:, 0].tolist() == three.total[:, 0].tolist()
        assert one.total[:1].tolist() == value_of_proposed(problem, result, columns[:, 0]).total.tolist()
        for number, column in enumerate(columns.T):
            for places in (1, 2, 3):
                wider = AssignmentProblem.from_dense(
                    np.column_stack([case.cost, column]), np.append(case.capacity, places), unplaced=case.unplaced
                )
                assert three.total[number, places - 1] == result.objective - best(wider)


@pytest.mark.parametrize("block", range(5))
def test_the_cost_to_others_equals_solving_without_the_child_and_the_place(block: int) -> None:
    for seed in range(block * 24, block * 24 + 24):
        problem = alone(seed, huge=seed % 5 == 0).dense()
        result = solve_assignment(problem)
        for child in range(problem.children):
            others = cost_to_others(problem, result, child)
            assert others.exact
            at = int(result.place_of[child])
            own = int(result.pair_cost[child]) if at >= 0 else int(problem.unplaced[child])
            allowed = dict(
                zip(*(x[problem.child == child].tolist() for x in (problem.home, problem.cost)), strict=True)
            )
            for home in range(problem.homes):
                assert others.possible[home] == (problem.capacity[home, 0] > 0)
                if others.possible[home]:
                    rest = best(with_places(without_child(problem, child), home, -1))
                    assert others.rest[home] == rest - (result.objective - own)
                    if home in allowed:
                        assert others.objective[home] == rest + allowed[home]
                if home not in allowed or not others.possible[home]:
                    assert others.objective[home] == -1


def test_a_chain_worked_by_hand() -> None:
    """0 holds home 0 and 1 home 1; 2 has none (90). One more place at 0: 0 stays, 2 takes 1 if 1 moves to 0."""
    problem = AssignmentProblem.from_dense([[1, 9, 40], [5, 3, -1], [-1, 7, -1]], [1, 1, 0], unplaced=90)
    result = solve_assignment(problem)
    assert result.objective == 1 + 3 + 90
    values = value_of_one_more(problem, result)
    # At 0: 1 moves there (+2), 2 takes home 1 (7 for 90). At 1: 2 takes it. At 2: 0 for 40, 1 to 0, 2 to 1.
    assert values.more.tolist() == [81, 83, 1 + 3 + 90 - (40 + 5 + 7)]
    # Fewer at 0: 0 to home 1 costs 9, 1 has none: 9 + 90 + 90, or 0 has none: 90 + 3 + 90. At 1: 1 has none, or 0.
    assert values.fewer.tolist() == [89, 87, 0]
    others = cost_to_others(problem, result, 2)
    assert others.rest.tolist() == [89, 87, 0]
    assert others.possible.tolist() == [True, True, False]
    assert others.objective.tolist() == [-1, 1 + 90 + 7, -1]


@pytest.mark.parametrize("kind", GROUPED)
@pytest.mark.parametrize("block", range(4))
def test_with_groups_the_truth_is_on_the_side_claimed(kind: str, block: int) -> None:
    for seed in range(block * 12, block * 12 + 12):
        problem = random_case(seed, most=5, **GROUPED[kind]).arcs()
        result = solve_assignment(problem)
        assert_bounds(problem, result)
        assert_bounds_in_haste(problem, result.objective)


def assert_bounds_in_haste(problem: AssignmentProblem, least: int) -> None:
    values = value_of_one_more(problem, solve_assignment(problem, time_limit=0))
    for home in range(problem.homes):
        assert values.more[home] <= least - best(with_places(problem, home, 1))
        if (problem.capacity[home] > 0).all() and values.fewer[home] >= 0:
            assert values.fewer[home] >= best(with_places(problem, home, -1)) - least


@pytest.mark.parametrize("seed", range(60))
def test_with_units_the_truth_is_on_the_side_claimed(seed: int) -> None:
    draw = np.random.default_rng(seed)
    children, homes, resources = int(draw.integers(1, 7)), int(draw.integers(1, 5)), int(draw.integers(1, 3))
    child, home = np.nonzero(draw.random((children, homes)) < 0.8)
    problem = AssignmentProblem.from_arcs(
        child, home, draw.integers(0, 40, child.size), draw.integers(0, 4, (homes, resources)), children=children,
        unplaced=int(draw.integers(0, 80)), units=draw.choice([0, 1, 1, 1, 2], (child.size, resources)),
    )  # fmt: skip
    result = solve_assignment(problem)
    assert_bounds(problem, result)
    assert_bounds_in_haste(problem, result.objective)


def test_a_plan_that_can_be_improved_has_no_distances() -> None:
    """The two children should change places, and then nothing ends the saving."""
    arcs = Arcs.of(AssignmentProblem.from_dense([[1, 9], [9, 1]], [1, 1], unplaced=50))
    wrong, costs, room = np.array([1, 0]), np.array([9, 9]), np.zeros(2, dtype=np.int64)
    with pytest.raises(ValueError, match="not optimal"):
        residual_graph(arcs, wrong, costs, room, np.array([50, 50])).prices()


def assert_bounds(problem: AssignmentProblem, result: AssignmentResult) -> None:
    values = value_of_one_more(problem, result)
    column = np.arange(problem.children) * 7 % 30
    proposed = value_of_proposed(problem, result, column, places=2)
    wider = with_home(problem, column, 2)
    assert proposed.total[0, 1] <= result.objective - best(wider)
    every, some = np.arange(problem.homes), np.flatnonzero((problem.capacity > 0).all(axis=1))
    more, fewer = exact_values(problem, result, every), exact_values(problem, result, some, change=-1)
    assert more.exact.all()
    assert fewer.exact.all()
    assert (values.more <= more.least).all()
    assert ((values.fewer[some] >= fewer.least) | (values.fewer[some] < 0)).all()
    if values.exact:
        assert values.more.tolist() == more.least.tolist()
    for child in range(problem.children):
        others, exact = cost_to_others(problem, result, child), exact_cost_to_others(problem, result, child, every)
        known = others.objective >= 0
        assert exact.possible[known].all()
        assert (others.rest[known] >= exact.least[known]).all()


def with_home(problem: AssignmentProblem, column: Ints, places: int) -> AssignmentProblem:
    """The problem with one more home, in which every child uses one of each resource, alone or not."""
    child = np.append(problem.child, np.arange(problem.children))
    home = np.append(problem.home, np.full(problem.children, problem.homes))
    resources = problem.capacity.shape[1]
    units = problem.units
    if units is not None:
        units = np.vstack([units, np.ones((problem.children, resources), dtype=np.int64)])
    old = problem.use

    def use(group: int, members: tuple[int, ...], at: int) -> Any:
        return [len(members)] * resources if at == problem.homes or old is None else old(group, members, at)

    return AssignmentProblem.from_arcs(
        child, home, np.append(problem.cost, column), np.vstack([problem.capacity, [[places] * resources]]),
        children=problem.children, groups=problem.groups, unplaced=problem.unplaced, apart=problem.apart, units=units,
        use=use,
    )  # fmt: skip


def test_a_solve_that_stops_early_gives_an_interval_that_holds_the_truth() -> None:
    problem = random_case(3, most=6).dense()
    result = solve_assignment(problem)
    every = np.arange(problem.homes)
    exact = exact_values(problem, result, every)
    hasty = exact_values(problem, result, every, solve=lambda changed: solve_assignment(changed, time_limit=0))
    assert (hasty.least <= exact.least).all()
    assert (exact.least <= hasty.most).all()


def test_what_cannot_be_asked_is_said() -> None:
    problem = AssignmentProblem.from_dense([[1, 2], [3, -1]], [1, 0], unplaced=9)
    result = solve_assignment(problem)
    with pytest.raises(ValueError, match="child is 2: expected 0 to 1"):
        cost_to_others(problem, result, 2)
    with pytest.raises(ValueError, match="places is 0"):
        value_of_proposed(problem, result, [1, 1], places=0)
    with pytest.raises(ValueError, match="3 rows: expected one for each of 2 children"):
        value_of_proposed(problem, result, [1, 1, 1])
    with pytest.raises(ValueError, match="costs"):
        value_of_proposed(problem, result, [1, -2])
    with pytest.raises(ValueError, match="overflow"):
        value_of_proposed(problem, result, [1, 1 << 60])
    with pytest.raises(ValueError, match="home 1 has \\[0\\]"):
        exact_values(problem, result, [1], change=-1)
    with pytest.raises(ValueError, match="homes has 2"):
        exact_values(problem, result, [2])
    with pytest.raises(ValueError, match="child is -1"):
        exact_cost_to_others(problem, result, -1, [0])


def test_nothing_at_all_has_no_values() -> None:
    for problem in (
        AssignmentProblem.from_dense(np.zeros((0, 2), dtype=int), [1, 0], unplaced=1),
        AssignmentProblem.from_dense(np.full((2, 0), -1), np.zeros((0, 1), dtype=int), unplaced=1),
        AssignmentProblem.from_dense(np.full((2, 2), -1), [1, 0], unplaced=1),
    ):
        result = solve_assignment(problem)
        values = value_of_one_more(problem, result)
        assert values.more.tolist() == values.fewer.tolist() == [0] * problem.homes
        column = np.zeros(problem.children, dtype=int)
        assert value_of_proposed(problem, result, column).total.tolist() == [[min(1, problem.children)]]
