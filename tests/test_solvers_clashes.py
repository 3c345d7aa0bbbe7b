"""Plans without clashes: brute force agrees, bounds hold, time limits and cancels give honest answers."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations, product

import numpy as np
import pytest

from solvers import AssignmentProblem, check_assignment, solve_without_clashes
from solvers.clashes import Clash, FindClashes
from solvers.problem import Ints
from solvers.settle import without_pairs


def _random(rng: np.random.Generator) -> tuple[AssignmentProblem, set[Clash]]:
    children, homes = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    cost = rng.integers(0, 30, (children, homes))
    cost[rng.random((children, homes)) < 0.2] = -1
    groups = [[0, 1]] if children > 2 and rng.random() < 0.5 else []
    problem = AssignmentProblem.from_dense(
        cost,
        rng.integers(0, 4, homes),
        groups=groups,
        unplaced=int(rng.integers(0, 60)),
        apart=int(rng.integers(0, 20)),
    )
    sets = [*combinations(range(children), 2), *combinations(range(children), 3)]
    return problem, {(together, h) for together in sets for h in range(homes) if rng.random() < 0.4}


def _finder(clashes: Collection[Clash]) -> FindClashes:
    def find(place_of: Ints) -> list[Clash]:
        return sorted(c for c in clashes if all(place_of[child] == c[1] for child in c[0]))

    return find


def _objective(problem: AssignmentProblem, places: tuple[int, ...]) -> int | None:
    pairs = {(c, h): cost for c, h, cost in zip(problem.child, problem.home, problem.cost, strict=True)}
    counts = np.bincount([h for h in places if h >= 0], minlength=problem.homes)
    if (counts > problem.capacity[:, 0]).any() or any(h >= 0 and (c, h) not in pairs for c, h in enumerate(places)):
        return None
    total = sum(int(pairs[c, h]) if h >= 0 else int(problem.unplaced[c]) for c, h in enumerate(places))
    for group, charge in zip(problem.groups, problem.apart, strict=True):
        used = {places[m] for m in group if places[m] >= 0}
        total += int(charge) * (len(used) + sum(places[m] < 0 for m in group) - 1)
    return total


@pytest.mark.parametrize("seed", range(150))
def test_brute_force_agrees(seed: int) -> None:
    problem, clashes = _random(np.random.default_rng(seed))
    plans = product(range(-1, problem.homes), repeat=problem.children)
    lawful = (p for p in plans if not any(all(p[c] == h for c in together) for together, h in clashes))
    best = min(value for plan in lawful if (value := _objective(problem, plan)) is not None)
    result = solve_without_clashes(problem, _finder(clashes))
    assert (result.status, result.objective, result.bound) == ("optimal", best, best)
    assert not _finder(clashes)(result.place_of)
    check_assignment(problem, result)


def test_without_clashes_nothing_changes() -> None:
    problem, _ = _random(np.random.default_rng(3))
    result = solve_without_clashes(problem, _finder(set()))
    assert result.status == "optimal"


def test_a_time_limit_still_gives_a_plan_without_clashes_and_a_valid_bound() -> None:
    rng = np.random.default_rng(5)
    problem = AssignmentProblem.from_dense(rng.integers(0, 50, (14, 5)), [3] * 5, unplaced=200)
    clashes = {(pair, h) for pair in combinations(range(14), 2) for h in range(5) if rng.random() < 0.5}
    proved = solve_without_clashes(problem, _finder(clashes), time_limit=60)
    hurried = solve_without_clashes(problem, _finder(clashes), time_limit=0.0)
    assert not _finder(clashes)(hurried.place_of)
    assert hurried.bound <= proved.objective <= hurried.objective
    assert (hurried.status == "optimal") == (hurried.bound == hurried.objective)


def test_cancelling_gives_the_best_so_far() -> None:
    problem = AssignmentProblem.from_dense([[1, 9], [1, 9]], [2, 2], unplaced=50)
    result = solve_without_clashes(problem, _finder({((0, 1), 0)}), cancel=lambda: True)
    assert not _finder({((0, 1), 0)})(result.place_of)
    assert result.bound <= 10 <= result.objective
    assert result.status == ("optimal" if result.bound == result.objective else "cancelled")


def test_forbidden_pairs_are_gone_and_the_rest_stay() -> None:
    problem = AssignmentProblem.from_dense([[1, 2], [3, 4]], [1, 1], unplaced=9)
    left = without_pairs(problem, frozenset({(0, 1)}))
    assert list(zip(left.child, left.home, left.cost, strict=True)) == [(0, 0, 1), (1, 0, 3), (1, 1, 4)]
