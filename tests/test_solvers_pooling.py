"""Several owners in one problem: hand examples, brute force, what prices do, and what is refused."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solvers import AssignmentProblem, check_assignment, pool_owners, solve_assignment
from solvers.clashes import Clash
from solvers.pooling import Pooling
from solvers.problem import Ints
from tests.strategies_assignment import Case, brute_force, random_case

FREE = [[0, 0], [0, 0]]
FORBIDDEN = [[0, -1], [-1, 0]]
SEEDS = range(120)


def _two_towns() -> AssignmentProblem:
    """Children 0, 1 are of owner 0, child 2 of owner 1; home 0 is of owner 0, homes 1 and 2 of owner 1.

    Child 1 costs 30 at home alone; with borrowing it goes to home 1, next door, for 4.
    """
    cost = [[10, 50, 50], [30, 4, 60], [90, 20, 25]]
    return AssignmentProblem.from_dense(cost, [2, 1, 1], unplaced=100)


def test_by_hand() -> None:
    free = pool_owners(_two_towns(), [0, 0, 1], [0, 1, 1], FREE)
    assert (free.cost_alone.tolist(), free.cost_together.tolist()) == ([40, 20], [14, 25])
    assert free.together.place_of.tolist() == [0, 1, 2]
    assert (free.gain.tolist(), free.total_gain, free.worse_off.tolist()) == ([26, -5], 21, [1])
    assert free.placements.tolist() == [[1, 1], [0, 1]]
    assert (free.borrowed.tolist(), free.lent.tolist()) == ([1, 0], [0, 1])
    assert free.payment.tolist() == [-15, 15], "21 shared as 11 and 10"

    priced = pool_owners(_two_towns(), [0, 0, 1], [0, 1, 1], [[0, 7], [0, 0]])
    assert (priced.paid.tolist(), priced.received.tolist()) == ([7, 0], [0, 7])
    assert (priced.gain.tolist(), priced.worse_off.tolist()) == ([19, 2], [])
    assert priced.together.objective == 14 + 25 + 7

    dear = pool_owners(_two_towns(), [0, 0, 1], [0, 1, 1], [[0, 22], [0, 0]])
    assert (dear.gain.tolist(), dear.borrowed.tolist()) == ([0, 0], [0, 0]), "21 saved is less than a price of 22"


def test_what_nobody_owns_is_open_to_all_and_shared_as_the_caller_says() -> None:
    problem = AssignmentProblem.from_dense([[5], [3]], [1], unplaced=100)
    without = pool_owners(problem, [0, 1], [-1], FORBIDDEN)
    assert (without.cost_alone.tolist(), without.gain.tolist()) == ([100, 100], [0, 97])
    assert (without.borrowed.tolist(), without.placed_together.tolist()) == ([0, 0], [0, 1])
    shared = pool_owners(problem, [0, 1], [-1], FORBIDDEN, shares=[[1], [0]])
    assert (shared.cost_alone.tolist(), shared.gain.tolist()) == ([5, 100], [-95, 97])
    assert shared.placed_alone.tolist() == [1, 0]
    by_resource = pool_owners(problem, [0, 1], [-1], FORBIDDEN, shares=[[[0]], [[1]]])
    assert by_resource.gain.tolist() == [0, 0]


def test_a_group_pays_for_each_child_and_stays_one_unit() -> None:
    cost = [[50, 10], [50, 10], [-1, 1]]
    problem = AssignmentProblem.from_dense(cost, [2, 2], groups=[[0, 1]], unplaced=200, apart=60)
    found = pool_owners(problem, [0, 0, 1], [0, 1], [[0, 5], [0, 0]])
    # Both in home 1 leave child 2 none: 30 + 200. One in each: 50 + 15 + 60 + 1. Both in home 0: 100 + 1.
    assert found.together.place_of.tolist() == [0, 0, 1]
    roomy = pool_owners(replace(problem, capacity=np.array([[2], [3]])), [0, 0, 1], [0, 1], [[0, 5], [0, 0]])
    assert (roomy.paid.tolist(), roomy.gain.tolist()) == ([10, 0], [70, 10])


def _owned(seed: int, *, use: bool) -> tuple[Case, Ints, Ints, int]:
    """A random case cut among two or three owners, groups kept whole."""
    case, draw = random_case(seed, most=5, use=use), np.random.default_rng(seed + 1)
    owners = int(draw.integers(2, 4))
    of_child = draw.integers(0, owners, len(case.cost))
    for group in case.groups:
        of_child[group] = of_child[group[0]]
    of_home: Ints = draw.integers(0, owners, (case.cost.shape[1],))
    return case, of_child, of_home, owners


def _solved(case: Case, of_child: Ints, of_home: Ints, price: int, owners: int) -> Pooling:
    prices = np.full((owners, owners), price)
    np.fill_diagonal(prices, 0)
    return pool_owners(case.arcs(), of_child, of_home, prices)


def _priced(case: Case, of_child: Ints, of_home: Ints, price: int) -> Case:
    """The same case with the price in its costs, or the pairs of different owners forbidden at -1."""
    across = of_child[:, None] != of_home[None, :]
    dearer = case.cost + max(price, 0) if price >= 0 else np.full_like(case.cost, -1)
    return replace(case, cost=np.where(across & (case.cost >= 0), dearer, case.cost))


@pytest.mark.parametrize("seed", SEEDS)
def test_brute_force_agrees(seed: int) -> None:
    case, of_child, of_home, owners = _owned(seed, use=seed % 2 == 0)
    price = int(np.random.default_rng(seed).integers(0, 20))
    found = _solved(case, of_child, of_home, price, owners)
    assert found.together.objective == brute_force(_priced(case, of_child, of_home, price))
    assert found.together.status == "optimal"
    assert found.cost_alone.sum() == brute_force(_priced(case, of_child, of_home, -1)), "owners alone never meet"
    check_assignment(found.problem, found.together)
    for each in found.alone:
        check_assignment(each.problem, each.result)
    _check_accounts(case, of_child, of_home, price, found)


def _check_accounts(case: Case, of_child: Ints, of_home: Ints, price: int, found: Pooling) -> None:
    """What the figures must be, counted child by child."""
    places = found.together.place_of.tolist()
    across = [(int(of_child[c]), int(of_home[h])) for c, h in enumerate(places) if h >= 0 and of_child[c] != of_home[h]]
    owners = len(found.alone)
    assert found.borrowed.tolist() == [sum(borrower == owner for borrower, _ in across) for owner in range(owners)]
    assert found.lent.tolist() == [sum(lender == owner for _, lender in across) for owner in range(owners)]
    assert found.paid.tolist() == (price * found.borrowed).tolist()
    assert found.received.tolist() == (price * found.lent).tolist()
    for owner in range(owners):
        mine = np.flatnonzero(of_child == owner)
        groups = [[int(np.searchsorted(mine, c)) for c in g] for g in case.groups if of_child[g[0]] == owner]
        numbers = [n for n, g in enumerate(case.groups) if of_child[g[0]] == owner]
        apart = np.broadcast_to(case.apart, len(case.groups))[numbers]
        total = _charges(
            [places[c] for c in mine], case.cost[mine], groups, np.broadcast_to(case.unplaced, len(places))[mine], apart
        )
        assert total == found.cost_together[owner]
        assert found.placed_together[owner] == sum(places[c] >= 0 for c in mine)
    assert found.total_gain >= found.paid.sum() >= 0
    assert found.payment.sum() == 0
    after = found.gain + found.payment
    assert after.min() >= 0
    assert after.max() - after.min() <= 1
    assert found.least_gain.tolist() == found.gain.tolist(), "all was proved"


def _charges(places: list[int], cost: Ints, groups: list[list[int]], unplaced: Any, apart: Any) -> int:
    total = sum(int(cost[c, h]) if h >= 0 else int(unplaced[c]) for c, h in enumerate(places))
    for group, charge in zip(groups, apart, strict=True):
        at = [places[c] for c in group]
        total += int(charge) * (len({h for h in at if h >= 0}) + at.count(-1) - 1)
    return total


@pytest.mark.parametrize("seed", range(40))
def test_dearer_borrowing_never_helps_and_forbidden_is_alone(seed: int) -> None:
    case, of_child, of_home, owners = _owned(1000 + seed, use=False)
    ladder = [_solved(case, of_child, of_home, price, owners) for price in (0, 1, 10, 1000, -1)]
    objectives = [found.together.objective for found in ladder]
    assert objectives == sorted(objectives)
    assert objectives[0] <= ladder[0].cost_alone.sum()
    assert objectives[-1] == ladder[0].cost_alone.sum()
    assert ladder[-1].total_gain == 0


@pytest.mark.parametrize("seed", range(30))
def test_units_and_clashes_of_all_children_are_kept(seed: int) -> None:
    draw = np.random.default_rng(seed)
    child, home = (axis.ravel() for axis in np.mgrid[0:5, 0:3])
    units = draw.integers(0, 3, (15, 2))
    table = {(int(c), int(h)): row for c, h, row in zip(child, home, units, strict=True)}
    problem = AssignmentProblem.from_arcs(
        child, home, draw.integers(0, 30, 15), draw.integers(0, 4, (3, 2)), children=5, groups=[[1, 3]], unplaced=40,
        apart=9, units=units, use=lambda _group, members, at: sum(table[member, at] for member in members),
    )  # fmt: skip
    banned = [((0, 1), 0), ((2, 4), 1), ((1, 2), 2)]

    def find(place_of: Ints) -> list[Clash]:
        return [(pair, at) for pair, at in banned if all(place_of[c] == at for c in pair)]

    of_child, of_home = [0, 1, 0, 1, 0], [0, 1, 0]
    found = pool_owners(problem, of_child, of_home, FREE, find_clashes=find)
    alone = pool_owners(problem, of_child, of_home, FORBIDDEN, find_clashes=find)
    assert not find(found.together.place_of)
    for each in (*found.alone, *alone.alone):
        places = np.full(5, -1)
        places[each.children] = each.result.place_of
        assert not find(places)
    assert alone.together.objective == alone.cost_alone.sum() == found.cost_alone.sum()
    assert found.total_gain >= 0
    assert found.together.status == "optimal"


def _large() -> tuple[AssignmentProblem, Ints, Ints]:
    draw = np.random.default_rng(4)
    children, homes = 240, 60
    groups = [list(range(start, start + 4)) for start in range(0, children, 4)]
    cost, capacity = draw.integers(0, 100_000, (children, homes)), draw.integers(1, 5, homes)
    problem = AssignmentProblem.from_dense(cost, capacity, groups=groups, unplaced=300_000, apart=50_000)
    return problem, np.arange(children) // (children // 3), np.arange(homes) % 3


def test_one_time_limit_for_all_and_honest_gains() -> None:
    problem, of_child, of_home = _large()
    prices = 1000 * (1 - np.eye(3, dtype=np.int64))
    began = time.perf_counter()
    hurried = pool_owners(problem, of_child, of_home, prices, time_limit=0.0)
    assert time.perf_counter() - began < 30
    assert hurried.total_gain >= hurried.paid.sum() >= 0
    assert any(each.result.gap_cost for each in hurried.alone), "otherwise nothing was hurried"
    assert (hurried.gain - hurried.least_gain).tolist() == [each.result.gap_cost for each in hurried.alone]


def test_cut_short_the_plans_alone_stand_in_for_a_dearer_one_together() -> None:
    problem, of_child, of_home = _large()
    asked: list[Ints] = []

    def note(place_of: Ints) -> list[Clash]:
        asked.append(place_of)
        return []

    def stop() -> bool:
        return any((places[of_child == 2] >= 0).any() for places in asked)

    found = pool_owners(
        problem, of_child, of_home, 200_000 * (1 - np.eye(3, dtype=np.int64)), find_clashes=note, cancel=stop
    )
    poor = solve_assignment(found.problem, cancel=lambda: True)
    assert poor.objective > found.cost_alone.sum() == found.together.objective
    assert (found.gain.tolist(), found.together.status) == ([0, 0, 0], "cancelled")
    check_assignment(found.problem, found.together)


def test_nobody_and_nothing() -> None:
    problem = AssignmentProblem.from_dense(np.zeros((2, 0), dtype=np.int64), [], unplaced=9)
    found = pool_owners(problem, [1, 1], [], FREE)
    assert (found.cost_alone.tolist(), found.cost_together.tolist()) == ([0, 18], [0, 18])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"owner_of_child": [0, 1]}, "owner_of_child has 2 entries: expected 3"),
        ({"owner_of_child": [0, 0, 2]}, r"owner_of_child\[2\] is 2: expected .* 0 to 1"),
        ({"owner_of_home": [0, -2, 1]}, r"owner_of_home\[1\] is -2: .*nobody"),
        ({"borrowing": [[0, 1]]}, r"borrowing has shape \(1, 2\)"),
        ({"borrowing": [[0, -2], [0, 0]]}, r"borrowing\[0, 1\] is -2: .*forbidden"),
        ({"borrowing": [[0, 1], [0, 3]]}, r"borrowing\[1, 1\] is 3: expected 0"),
        ({"borrowing": [[0, 1 << 59], [0, 0]]}, "cost at child 0, home 1"),
        ({"owner_of_child": [0, 1, 1]}, r"groups\[0\] has children of several owners \(child 0 of owner 0, child 1"),
        ({"shares": [[1, 0, 0]]}, r"shares has shape \(1, 3\): expected \(2, 3\) or \(2, 3, 1\)"),
        ({"shares": [[0, 0, 1], [0, 0, 1]]}, r"shares of home 2 are more than the \[1\]"),
        ({"shares": [[0, 1, 0], [0, 0, 0]]}, r"shares\[0, 1\] is not 0: home 1 is owner 1's own"),
        ({"time_limit": -1}, "time_limit is -1"),
    ],
)
def test_wrong_input_is_named(change: dict[str, Any], words: str) -> None:
    problem = AssignmentProblem.from_dense(np.ones((3, 3), dtype=np.int64), [2, 1, 1], groups=[[0, 1]], unplaced=5)
    given: dict[str, Any] = {"owner_of_child": [0, 0, 1], "owner_of_home": [0, 1, -1], "borrowing": FREE} | change
    with pytest.raises(ValueError, match=words):
        pool_owners(problem, **given)
