"""Blocking pairs by their definition: try every child, home and exchange, and look whether the plan stays lawful."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solvers import AssignmentProblem, AssignmentResult, blocking_pairs, solve_assignment
from tests.strategies_assignment import Case, Ints, random_case, score

KINDS = [{}, {"resources": 2}, {"use": True}, {"use": True, "resources": 2}]
Row = tuple[int, int, int, int, int]


def lawful_at(case: Case, places: list[int], home: int) -> bool:
    """Whether those at this home may be there together; others are left out."""
    return score(case, [at if at == home else -1 for at in places]) is not None


def by_definition(case: Case, places: list[int], liked: Ints, wanted: Ints) -> list[Row]:
    rows = []
    unplaced = np.broadcast_to(case.unplaced, len(places))
    for child, now in enumerate(places):
        pays = unplaced[child] if now < 0 else liked[child, now]
        for home in np.flatnonzero(case.cost[child] >= 0).tolist():
            if home == now or liked[child, home] >= pays:
                continue
            gain = int(pays - liked[child, home])
            come = [home if i == child else at for i, at in enumerate(places)]
            if lawful_at(case, come, home):
                rows.append((child, home, gain, -1, 0))
                continue
            exchanges = [
                (-int(wanted[other, home] - wanted[child, home]), other)
                for other, at in enumerate(places)
                if at == home
                and wanted[other, home] > wanted[child, home]
                and lawful_at(case, [-1 if i == other else h for i, h in enumerate(come)], home)
            ]
            if exchanges:
                less, other = min(exchanges)
                rows.append((child, home, gain, other, -less))
    return rows


def found(problem: AssignmentProblem, result: AssignmentResult, *costs: Ints) -> list[Row]:
    pairs = blocking_pairs(problem, result, *costs)
    columns = (pairs.child, pairs.home, pairs.child_gain, pairs.instead_of, pairs.home_gain)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def some_plan(case: Case, seed: int) -> list[int]:
    """A lawful plan that nobody would call good."""
    draw = np.random.default_rng(seed)
    places = [-1] * len(case.cost)
    for child in draw.permutation(len(places)).tolist():
        for home in draw.permutation(np.flatnonzero(case.cost[child] >= 0)).tolist():
            tried = [home if i == child else at for i, at in enumerate(places)]
            if draw.random() < 0.8 and score(case, tried) is not None:
                places = tried
                break
    return places


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_that_the_definition_names_is_found_and_no_other(kind: dict[str, bool]) -> None:
    counted = exchanged = 0
    for seed in range(120):
        case = random_case(seed, most=6, **kind)
        problem = case.arcs()
        best = solve_assignment(problem)
        draw = np.random.default_rng(seed + 5)
        liked, wanted = draw.integers(0, 60, (2, *case.cost.shape))
        bad = replace(best, place_of=np.array(some_plan(case, seed)))
        for result in (best, bad):
            places = result.place_of.tolist()
            assert found(problem, result) == by_definition(case, places, case.cost, case.cost)
            own = [table[problem.child, problem.home] for table in (liked, wanted)]
            rows = found(problem, result, *own)
            assert rows == by_definition(case, places, liked, wanted)
            counted += len(rows)
            exchanged += sum(row[3] >= 0 for row in rows)
    assert counted > exchanged > 50


def test_a_hand_worked_pair() -> None:
    """Child 0 would save 3 in home 0, which would save 2 by having child 0 and not child 1; in all it costs more."""
    problem = AssignmentProblem.from_dense([[1, 4], [3, 20]], [1, 1], unplaced=50)
    result = solve_assignment(problem)
    assert result.place_of.tolist() == [1, 0]
    assert found(problem, result) == [(0, 0, 3, 1, 2)]


def test_an_unused_place_blocks_without_anyone_leaving() -> None:
    problem = AssignmentProblem.from_dense([[5, 1]], [1, 1], unplaced=9)
    result = solve_assignment(problem)
    assert found(problem, result) == []
    assert found(problem, replace(result, place_of=np.array([0]))) == [(0, 1, 4, -1, 0)]
    assert found(problem, replace(result, place_of=np.array([-1]))) == [(0, 0, 4, -1, 0), (0, 1, 8, -1, 0)]


def test_a_child_who_uses_two_places_is_not_exchanged_for_one_who_frees_one() -> None:
    problem = AssignmentProblem.from_arcs(
        [0, 1, 2], [0, 0, 0], [9, 9, 1], [2], children=3, unplaced=100, units=[[1], [1], [2]]
    )
    result = replace(solve_assignment(problem), place_of=np.array([0, 0, -1]))
    assert found(problem, result) == []
    roomier = replace(problem, capacity=np.array([[3]]))
    assert found(roomier, result) == [(2, 0, 99, 0, 8)]


@pytest.mark.parametrize(("children", "homes"), [(0, 0), (0, 3), (2, 0)])
def test_no_children_or_no_homes_have_none(children: int, homes: int) -> None:
    cost = np.zeros((children, homes), dtype=np.int64)
    problem = AssignmentProblem.from_dense(cost, np.ones(homes, dtype=np.int64), unplaced=4)
    assert found(problem, solve_assignment(problem)) == []


def test_wrong_input_is_named() -> None:
    problem = AssignmentProblem.from_dense([[5, -1]], [1, 1], unplaced=9)
    result = solve_assignment(problem)
    with pytest.raises(ValueError, match="child_cost has 2 entries: expected one for each of 1"):
        blocking_pairs(problem, result, [1, 2])
    with pytest.raises(ValueError, match=r"home_cost\[0\] is -4"):
        blocking_pairs(problem, result, None, [-4])
    with pytest.raises(ValueError, match="child 0 is in home 1, a pair not listed"):
        blocking_pairs(problem, replace(result, place_of=np.array([1])))
    with pytest.raises(ValueError, match="the plan has 2 children: expected 1"):
        blocking_pairs(problem, replace(result, place_of=np.array([0, 0])))
