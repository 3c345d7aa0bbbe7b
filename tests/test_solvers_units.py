"""What a child alone uses of a home, pair by pair: enumeration agrees, and wrong input is named."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from solvers import AssignmentProblem, check_assignment, solve_assignment, solve_without_clashes
from solvers.problem import Ints


def _random(seed: int) -> tuple[AssignmentProblem, dict[tuple[int, int], Ints]]:
    rng = np.random.default_rng(seed)
    children, homes, resources = int(rng.integers(1, 6)), int(rng.integers(1, 5)), int(rng.integers(1, 4))
    allowed = rng.random((children, homes)) < 0.8
    child, home = np.nonzero(allowed)
    order = rng.permutation(child.size)
    child, home = child[order], home[order]
    units = rng.integers(0, 4, (child.size, resources))
    groups = [[0, 1], [2, 3, 4]][: int(rng.integers(0, 3))] if children == 5 else []
    table = {(int(c), int(h)): row for c, h, row in zip(child, home, units, strict=True)}

    def use(_group: int, members: tuple[int, ...], at: int) -> Ints:
        rows: Ints = np.maximum.reduce([table[member, at] for member in members])
        return rows

    problem = AssignmentProblem.from_arcs(
        child, home, rng.integers(0, 30, child.size), rng.integers(0, 5, (homes, resources)),
        children=children, groups=groups, unplaced=int(rng.integers(0, 60)), apart=int(rng.integers(0, 20)),
        units=units, use=use,
    )  # fmt: skip
    return problem, table


def _objective(problem: AssignmentProblem, table: dict[tuple[int, int], Ints], places: tuple[int, ...]) -> int | None:
    cost = {(c, h): int(k) for c, h, k in zip(problem.child, problem.home, problem.cost, strict=True)}
    if any(h >= 0 and (c, h) not in cost for c, h in enumerate(places)):
        return None
    group_of = {member: number for number, group in enumerate(problem.groups) for member in group}
    used = np.zeros_like(problem.capacity)
    for home in set(places) - {-1}:
        here = [c for c, h in enumerate(places) if h == home]
        for family in {group_of.get(c, -1 - c) for c in here}:
            used[home] += np.maximum.reduce([table[c, home] for c in here if group_of.get(c, -1 - c) == family])
    if (used > problem.capacity).any():
        return None
    total = sum(cost[c, h] if h >= 0 else int(problem.unplaced[c]) for c, h in enumerate(places))
    for group, charge in zip(problem.groups, problem.apart, strict=True):
        at = [places[member] for member in group]
        total += int(charge) * (len(set(at) - {-1}) + at.count(-1) - 1)
    return total


@pytest.mark.parametrize("seed", range(250))
def test_enumeration_agrees(seed: int) -> None:
    problem, table = _random(seed)
    plans = product(range(-1, problem.homes), repeat=problem.children)
    best = min(value for plan in plans if (value := _objective(problem, table, plan)) is not None)
    result = solve_assignment(problem)
    assert (result.status, result.objective, result.bound) == ("optimal", best, best)
    check_assignment(problem, result)
    assert solve_without_clashes(problem, lambda _places: []).objective == best


def test_a_child_whose_place_is_theirs_already_uses_none_and_one_alone_uses_all() -> None:
    problem = AssignmentProblem.from_arcs(
        [0, 1, 2], [0, 0, 0], [5, 5, 5], [[2]], children=3, unplaced=100, units=[[0], [2], [1]]
    )
    result = solve_assignment(problem)
    assert result.placed == 2
    assert result.place_of[0] == 0


def test_a_plan_made_in_no_time_gives_children_their_own_places_and_uses_every_home_that_is_left() -> None:
    """Child 0's place is theirs already; 1 and 2 are siblings and 1's is; 3 needs the whole of a home of two."""

    def use(_group: int, members: tuple[int, ...], _home: int) -> list[int]:
        return [3 * (len(members) - 1)]

    problem = AssignmentProblem.from_arcs(
        [0, 1, 2, 2, 3], [0, 0, 0, 1, 2], [9, 9, 1, 8, 5], [2, 1, 2],
        children=4, groups=[[1, 2]], unplaced=[100, 400, 100, 100], apart=3, units=[[0], [0], [1], [1], [2]], use=use,
    )  # fmt: skip
    hasty, proved = solve_assignment(problem, cancel=lambda: True), solve_assignment(problem)
    assert hasty.place_of.tolist() == proved.place_of.tolist() == [0, 0, 1, 2]
    assert (proved.objective, proved.status) == (9 + 9 + 8 + 5 + 3, "optimal")


@pytest.mark.parametrize("seed", range(60))
def test_a_plan_made_in_no_time_leaves_nobody_out_who_would_still_fit_alone(seed: int) -> None:
    problem, table = _random(seed)
    result = solve_assignment(problem, time_limit=0)
    check_assignment(problem, result)
    places = result.place_of.tolist()
    for child in range(problem.children):
        for home in range(problem.homes):
            if places[child] < 0 and not any(child in group for group in problem.groups):
                other = _objective(problem, table, (*places[:child], home, *places[child + 1 :]))
                assert other is None or other >= result.objective


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([[1]], "shape"),
        ([[1], [-1]], r"units\[1, 0\] is -1"),
        ([[1], [2000]], r"units\[1, 0\] is 2000"),
        ([[1.5], [1]], r"units\[0, 0\] is 1.5"),
    ],
)
def test_wrong_units_are_named(units: list[list[float]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        AssignmentProblem.from_arcs([0, 1], [0, 0], [1, 1], [1], children=2, unplaced=9, units=units)


def test_units_want_use_with_groups_and_refuse_a_price_callback() -> None:
    with pytest.raises(ValueError, match="needs use"):
        AssignmentProblem.from_arcs(
            [0, 1], [0, 0], [1, 1], [1], children=2, unplaced=9, groups=[[0, 1]], units=[[1], [1]]
        )
    problem = AssignmentProblem.from_arcs([0], [0], [1], [1], children=1, unplaced=9, units=[[1]])
    with pytest.raises(ValueError, match="cannot be priced"):
        solve_assignment(problem, price=lambda *_, **__: ([], [], []))
