"""Trade-offs against enumeration of every plan; awkward problems; what a search cut short may claim."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from solvers import AssignmentProblem, FrontierPoint, frontier
from tests.strategies_assignment import Case, Ints, random_case, score

KINDS = {
    "alone": None,
    "groups": {},
    "groups, places and bedrooms": {"resources": 2},
    "groups that share rooms": {"use": True, "resources": 2},
}


def two_measures(seed: int, kind: str) -> tuple[Case, Case, Case]:
    """A case, and the two measures as cases of their own: charges in the first only, and something for none in both."""
    case = random_case(seed, most=4, **(KINDS[kind] or {}))  # type: ignore[arg-type]
    if KINDS[kind] is None:
        case.groups = []
        case.apart = 0
    draw = np.random.default_rng(seed + 1)
    top = int(draw.choice([2, 30, 10_000]))
    other = np.where(case.cost < 0, -1, draw.integers(0, top + 1, case.cost.shape))
    left_out = draw.integers(0, 2 * top, len(case.cost)) * int(draw.random() < 0.5)
    return case, case, Case(other, case.capacity, case.groups, left_out, 0, case.use)


def plans(case: Case, first: Case, second: Case) -> set[tuple[int, int]]:
    """``(A, B)`` of every lawful plan."""
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    found = set()
    for places in itertools.product(*options):
        a, b = score(first, places), score(second, places)
        if a is not None and b is not None:
            found.add((a, b))
    return found


def efficient(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(x for x in found if not any(y != x and y[0] <= x[0] and y[1] <= x[1] for y in found))


def solve(case: Case, second: Case, **options: object) -> tuple[FrontierPoint, ...]:
    problem = case.arcs()
    a, b = (each.cost[problem.child, problem.home] for each in (case, second))
    problem = replace(problem, cost=np.zeros_like(problem.cost))
    return frontier(problem, a, b, b_unplaced=second.unplaced, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", range(6))
def test_every_efficient_plan_that_enumeration_finds_is_found_and_no_other(kind: str, block: int) -> None:
    for seed in range(block * 10, block * 10 + 10):
        case, first, second = two_measures(seed, kind)
        points = solve(case, second, points=1000)
        assert [(point.a, point.b) for point in points] == efficient(plans(case, first, second)), seed
        for point in points:
            assert (score(first, point.place_of), score(second, point.place_of)) == (point.a, point.b)  # type: ignore[arg-type]
            assert (point.bound, point.gap, point.efficient) == (point.a, 0.0, True)


@pytest.mark.parametrize("kind", KINDS)
def test_few_points_are_efficient_and_have_both_ends(kind: str) -> None:
    for seed in range(100, 125):
        case, first, second = two_measures(seed, kind)
        every = efficient(plans(case, first, second))
        points = [(point.a, point.b) for point in solve(case, second, points=4)]
        assert len(points) == min(4, len(every))
        assert set(points) <= set(every)
        assert (points[0], points[-1]) == (every[0], every[-1])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", [{"time_limit": 0}, {"cancel": lambda: True}, {"gap": 0.2}, {"time_limit": 0.05}])
def test_a_search_cut_short_claims_nothing_false(kind: str, how: dict[str, object]) -> None:
    for seed in range(200, 215):
        case, first, second = two_measures(seed, kind)
        found = plans(case, first, second)
        points = solve(case, second, points=6, **how)
        assert points
        for point, after in itertools.pairwise(points):
            assert point.a < after.a
            assert point.b > after.b
        for point in points:
            assert (point.a, point.b) in found
            assert point.bound <= min(a for a, b in found if b <= point.b)
            assert not point.efficient or (point.a, point.b) in efficient(found)


def test_a_hand_worked_trade_off() -> None:
    """Each of two children costs 0 and 10 near, 5 and 4 far; three plans are efficient, the middle one either way."""
    problem = AssignmentProblem.from_dense(np.zeros((2, 2), dtype=np.int64), [2, 2], unplaced=100)
    points = frontier(problem, [0, 5, 0, 5], [10, 4, 10, 4], b_unplaced=100)
    assert [(point.a, point.b) for point in points] == [(0, 20), (5, 14), (10, 8)]


def test_without_a_charge_for_no_home_the_least_of_b_is_nobody_placed() -> None:
    problem = AssignmentProblem.from_dense(np.zeros((2, 1), dtype=np.int64), [2], unplaced=100)
    points = frontier(problem, [1, 2], [7, 7])
    assert [(point.a, point.b) for point in points] == [(3, 14), (101, 7), (200, 0)]
    assert points[-1].place_of.tolist() == [-1, -1]


def test_a_plan_above_the_line_between_its_neighbours_is_found() -> None:
    """(0, 10), (9, 9) and (10, 0): no weights make the middle one best."""
    problem = AssignmentProblem.from_dense(np.zeros((1, 3), dtype=np.int64), [1, 1, 1], unplaced=100)
    points = frontier(problem, [0, 9, 10], [10, 9, 0], b_unplaced=100)
    assert [(point.a, point.b, point.place_of.tolist()) for point in points] == [
        (0, 10, [0]), (9, 9, [1]), (10, 0, [2]),
    ]  # fmt: skip


@pytest.mark.parametrize(("children", "homes"), [(0, 0), (0, 3), (2, 0)])
@pytest.mark.parametrize("grouped", [False, True])
def test_no_children_or_no_homes_is_one_point(children: int, homes: int, grouped: bool) -> None:
    groups = [[0, 1]] if grouped and children else []
    problem = AssignmentProblem.from_dense(
        np.zeros((children, homes), dtype=np.int64), np.ones(homes, dtype=np.int64), groups=groups, unplaced=4, apart=3
    )
    (point,) = frontier(problem, [], [])
    assert (point.a, point.b, point.efficient) == (4 * children + 3 * len(groups), 0, True)


@pytest.mark.parametrize("groups", [[], [[0, 3], [1, 2]]])
def test_huge_costs_stay_exact(groups: list[list[int]]) -> None:
    draw = np.random.default_rng(3)
    base = 10**14
    a, b = (draw.integers(0, 30, (4, 3)) + base for _ in range(2))
    case = Case(a, np.array([2, 1, 2]), groups, 3 * base, base // 100)
    second = Case(b, case.capacity, groups, 3 * base, 0)
    every = efficient(plans(case, case, second))
    assert {(point.a, point.b) for point in solve(case, second, points=50) if point.efficient} <= set(every)
    if not groups:
        assert [(point.a, point.b) for point in solve(case, second, points=50)] == every


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_ends_are_least_in_the_other_measure_too_where_costs_leave_no_room_for_weights(order: tuple[int, ...]) -> None:
    huge, small = np.array([[0, 0, 3]])[:, order] + 8 * 10**16, np.array([[10, 6, 0]])[:, order]
    room = np.ones(3, dtype=np.int64)
    case, second = Case(huge, room, [], 81 * 10**15, 0), Case(small, room, [], 100, 0)
    ends = [(point.a - 8 * 10**16, point.b, point.efficient) for point in solve(case, second, points=2)]
    assert ends == [(0, 6, True), (3, 0, True)]
    case, second = Case(small, case.capacity, [], 100, 0), Case(huge, case.capacity, [], 81 * 10**15, 0)
    ends = [(point.a, point.b - 8 * 10**16, point.efficient) for point in solve(case, second, points=2)]
    assert ends == [(0, 3, True), (6, 0, True)]


def test_ties_everywhere_are_one_point() -> None:
    case = Case(np.full((6, 5), 7), np.full(5, 1), [[0, 1]], 50, 2)
    points = solve(case, Case(np.full((6, 5), 3), case.capacity, case.groups, 50, 0))
    assert [(point.a, point.b, point.efficient) for point in points] == [(5 * 7 + 50 + 2, 5 * 3 + 50, True)]


def test_a_larger_instance_is_spread_and_proved() -> None:
    draw = np.random.default_rng(8)
    a, b = draw.integers(0, 5000, (2, 60, 40))
    case = Case(a, draw.integers(1, 3, 40), [], 100_000, 0)
    points = solve(case, Case(b, case.capacity, [], 100_000, 0))
    assert len(points) == 15
    assert all(point.efficient for point in points)


@pytest.mark.parametrize(
    ("a", "b", "options", "words"),
    [
        ([1, 2], [1, 2, 3], {}, "a has 2 entries: expected one for each of 3"),
        ([1, 2, 3], [1, -2, 3], {}, r"b\[1\] is -2"),
        ([1, 2, 3], [1, 2.5, 3], {}, r"b\[1\] is 2.5"),
        ([1, 2, 1 << 59], [1, 2, 3], {}, "use a larger unit"),
        ([1, 2, 3], [1, 2, 3], {"points": 1}, "points is 1"),
        ([1, 2, 3], [1, 2, 3], {"gap": -1}, "gap is -1"),
        ([1, 2, 3], [1, 2, 3], {"b_unplaced": [1, 2]}, "b_unplaced has 2 entries"),
    ],
)
def test_wrong_input_is_named(a: list[float], b: list[float], options: dict[str, object], words: str) -> None:
    problem = AssignmentProblem.from_dense(np.zeros((1, 3), dtype=np.int64), [1, 1, 1], unplaced=9)
    with pytest.raises(ValueError, match=words):
        frontier(problem, a, b, **options)  # type: ignore[arg-type]


def test_points_cannot_be_changed_by_accident() -> None:
    problem = AssignmentProblem.from_dense(np.zeros((1, 1), dtype=np.int64), [1], unplaced=9)
    places: Ints = frontier(problem, [1], [1])[0].place_of
    with pytest.raises(ValueError, match="read-only"):
        places[0] = -1
