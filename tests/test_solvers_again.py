"""Solving again after changes equals solving afresh, or is on the side of it that is claimed."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from solvers import AssignmentProblem, check_assignment, solve_assignment
from solvers.again import Live, prepare, solve_again
from solvers.change import Arrived, Change, Closed, Forbidden, Locked, Places, Withdrawn
from tests.strategies_assignment import Case, random_case, score

KINDS: dict[str, dict[str, Any]] = {
    "places": {},
    "places and bedrooms": {"resources": 2},
    "shared use": {"use": True, "resources": 2},
}


def some_change(problem: AssignmentProblem, draw: np.random.Generator) -> Change:
    """Any change at all, of which some are not possible."""
    child, home = int(draw.integers(problem.children)), int(draw.integers(problem.homes))
    kind = int(draw.integers(7))
    if kind < 2 and problem.child.size:
        at = int(draw.integers(problem.child.size))
        child, home = int(problem.child[at]), int(problem.home[at])
        return Forbidden(child, home) if kind == 0 else Locked(child, home)
    if kind == 2:
        homes = tuple(draw.permutation(problem.homes)[: int(draw.integers(1, problem.homes + 1))].tolist())
        costs = tuple(draw.integers(0, 60, len(homes)).tolist())
        return Arrived(homes, costs, int(draw.integers(0, 90)))
    changes: tuple[Change, ...] = (Withdrawn(child), Closed(home), Places(home, 1), Places(home, -1))
    return changes[kind - 3]


def in_use(live: Live, draw: np.random.Generator) -> Change:
    """A change that the plan feels: its own pair forbidden, its own home closed, a child moved elsewhere."""
    placed = np.flatnonzero(live.result.place_of >= 0)
    if not placed.size:
        return some_change(live.problem, draw)
    child = int(draw.choice(placed))
    home = int(live.result.place_of[child])
    changes: tuple[Change, ...] = (Forbidden(child, home), Places(home, -1), Withdrawn(child), Closed(home))
    return changes[int(draw.integers(4))]


def several(problem: AssignmentProblem, seed: int, count: int = 4) -> list[Live]:
    """The states after a few possible changes in a row."""
    draw = np.random.default_rng(seed)
    states = [prepare(problem, solve_assignment(problem))]
    for _ in range(count):
        live = states[-1]
        change = in_use(live, draw) if draw.random() < 0.4 else some_change(live.problem, draw)
        try:
            states.append(solve_again(live, change))
        except ValueError as error:
            assert "child" in str(error) or "home" in str(error)
    return states[1:]


def assert_locks(live: Live) -> None:
    assert all(live.result.place_of[child] == home for child, home in live.locks.items())


@pytest.mark.parametrize("block", range(10))
def test_children_alone_equal_solving_afresh(block: int) -> None:
    for seed in range(block * 60, block * 60 + 60):
        case = random_case(seed, most=8)
        case.apart = 0
        for live in several(case.dense(), seed):
            fresh = solve_assignment(live.problem)
            assert live.result.status == "optimal"
            assert live.result.objective == fresh.objective == live.result.bound
            assert live.result.uniqueness == fresh.uniqueness
            check_assignment(live.problem, live.result)
            assert_locks(live)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", range(5))
def test_with_groups_the_plan_is_lawful_and_the_bound_true(kind: str, block: int) -> None:
    for seed in range(block * 16, block * 16 + 16):
        for live in several(random_case(seed, most=6, **KINDS[kind]).arcs(), seed):
            assert_sound(live)


def assert_sound(live: Live) -> None:
    fresh = solve_assignment(live.problem)
    assert fresh.status == "optimal"
    assert live.result.bound <= fresh.objective <= live.result.objective
    check_assignment(live.problem, live.result)
    assert_locks(live)


@pytest.mark.parametrize("block", range(4))
def test_with_units_the_plan_is_lawful_and_the_bound_true(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        draw = np.random.default_rng(seed)
        children, homes, resources = int(draw.integers(1, 7)), int(draw.integers(1, 5)), int(draw.integers(1, 3))
        child, home = np.nonzero(draw.random((children, homes)) < 0.8)
        problem = AssignmentProblem.from_arcs(
            child, home, draw.integers(0, 40, child.size), draw.integers(0, 4, (homes, resources)), children=children,
            unplaced=int(draw.integers(0, 80)), units=draw.choice([0, 1, 1, 1, 2], (child.size, resources)),
        )  # fmt: skip
        for live in several(problem, seed):
            assert_sound(live)


def with_change(case: Case, change: Change) -> None:
    """Change the plain matrix, sharing nothing with the code tested."""
    if isinstance(change, Forbidden):
        case.cost[change.child, change.home] = -1
    elif isinstance(change, Locked):
        case.cost[change.child, np.arange(case.cost.shape[1]) != change.home] = -1
    elif isinstance(change, Withdrawn):
        case.cost[change.child] = -1
        case.unplaced[change.child] = 0
    elif isinstance(change, Closed):
        case.capacity[change.home] = 0
    elif isinstance(change, Places):
        case.capacity[change.home] += change.more
    else:
        row = np.full(case.cost.shape[1], -1)
        row[list(change.homes)] = change.costs
        case.cost = np.vstack([case.cost, row])
        case.unplaced = np.append(case.unplaced, change.unplaced)


def least_with_locks(case: Case, locks: dict[int, int]) -> int | None:
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    for child, home in locks.items():
        options[child] = [home]
    totals = (score(case, places) for places in itertools.product(*options))
    return min((total for total in totals if total is not None), default=None)


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("block", range(4))
def test_every_change_means_what_it_says(block: int, grouped: bool) -> None:
    """Against every plan there is of a matrix changed by itself; what is refused has no plan, or names nothing."""
    for seed in range(block * 30, block * 30 + 30):
        case, draw = random_case(seed, most=4), np.random.default_rng(seed)
        if not grouped:
            case.apart, case.groups = 0, []
        case.unplaced = np.broadcast_to(case.unplaced, len(case.cost)).copy()
        problem = case.dense()
        live = prepare(problem, solve_assignment(problem))
        locks: dict[int, int] = {}
        for _ in range(3):
            change = some_change(live.problem, draw)
            if grouped and isinstance(change, Withdrawn):
                continue
            try:
                live = solve_again(live, change)
            except ValueError:
                continue
            with_change(case, change)
            locks = dict(live.locks)
            least = least_with_locks(case, locks)
            assert least is not None
            if grouped:
                assert live.result.bound <= least <= live.result.objective
            else:
                assert live.result.objective == least


def test_a_lock_is_refused_only_where_no_plan_keeps_it() -> None:
    for seed in range(150):
        for kind in KINDS.values():
            case = random_case(seed, most=4, **kind)
            problem = case.arcs()
            live = prepare(problem, solve_assignment(problem))
            for child, home in zip(problem.child.tolist(), problem.home.tolist(), strict=True):
                least = least_with_locks(case, {child: home})
                if least is None:
                    with pytest.raises(ValueError, match="home"):
                        solve_again(live, Locked(child, home))
                else:
                    locked = solve_again(live, Locked(child, home)).result
                    assert locked.place_of[child] == home
                    assert locked.bound <= least <= locked.objective


def hand_made() -> Live:
    """0 holds home 0 and 1 home 1; 2 has none (90)."""
    problem = AssignmentProblem.from_dense([[1, 9, 40], [5, 3, -1], [-1, 7, -1]], [1, 1, 0], unplaced=90)
    return prepare(problem, solve_assignment(problem))


def test_changes_worked_by_hand() -> None:
    live = hand_made()
    assert live.result.place_of.tolist() == [0, 1, -1]
    for change, places in (
        (Places(0, 1), [0, 0, 1]),
        (Places(2, 1), [2, 0, 1]),
        (Withdrawn(0), [-1, 0, 1]),
        (Locked(2, 1), [0, -1, 1]),
        (Arrived((0,), (2,), 100), [-1, 1, -1, 0]),
        (Closed(1), [0, -1, -1]),
    ):
        after = solve_again(live, change)
        assert after.result.place_of.tolist() == places
        assert after.result.status == "optimal"
    assert live.result.place_of.tolist() == [0, 1, -1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Forbidden(3, 0), "child is 3: expected 0 to 2"),
        (Forbidden(0, 3), "home is 3: expected 0 to 2"),
        (Forbidden(2, 0), "child 2 may not live at home 0"),
        (Locked(1, 2), "child 1 may not live at home 2"),
        (Locked(0, 2), "no place"),
        (Withdrawn(-1), "child is -1"),
        (Closed(2), "home 2 has no places"),
        (Closed(5), "home is 5"),
        (Places(2, -1), "home 2 has"),
        (Places(0, (1, 1)), "one for each of 1 resources"),
        (Arrived((0, 0), (1, 1), 9), "different homes"),
        (Arrived((0,), (-1,), 9), "0 or more"),
        (Arrived((7,), (1,), 9), "home is 7"),
        (Arrived((0,), (1 << 60,), 9), "overflow"),
    ],
)
def test_what_is_not_possible_is_said(change: Change, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        solve_again(hand_made(), change)


def test_a_locked_child_keeps_the_home_or_the_change_is_refused() -> None:
    live = solve_again(hand_made(), Locked(2, 1))
    with pytest.raises(ValueError, match="child 2 is locked to home 1"):
        solve_again(live, Closed(1))
    with pytest.raises(ValueError, match="child 2 is locked to home 1"):
        solve_again(live, Forbidden(2, 1))
    with pytest.raises(ValueError, match="no place"):
        solve_again(live, Locked(1, 1))
    dear = solve_again(live, Arrived((1,), (0,), 10_000))
    assert dear.result.place_of.tolist() == [0, -1, 1, -1]
    assert solve_again(dear, Withdrawn(2)).result.place_of.tolist() == [0, -1, -1, 1]


def test_a_better_bound_given_is_taken() -> None:
    problem = AssignmentProblem.from_dense([[5, 9], [5, 9]], [2, 2], groups=[[0, 1]], unplaced=90, apart=7)
    live = prepare(problem, solve_assignment(problem))
    closed = solve_again(live, Closed(0), bound_of=lambda after: solve_assignment(after).objective)
    assert closed.result.status == "optimal"
    assert closed.result.place_of.tolist() == [1, 1]
