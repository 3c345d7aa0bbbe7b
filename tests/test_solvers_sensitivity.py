"""Survival of homes under other weights: by enumerating every plan at every weight, and by full re-solves."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from solvers import AssignmentProblem, solve_assignment, survives, turning_weights
from tests.strategies_assignment import Case, Ints, random_case, score

KINDS = {"alone": None, "groups": {}, "groups that share rooms": {"use": True, "resources": 2}}
Plans = tuple[Ints, Ints, Ints]


def drawn(seed: int, kind: str, parts: int = 3) -> tuple[Case, AssignmentProblem, Ints]:
    """A case whose cost is the sum of so many parts; the parts as ``(pairs, parts)``."""
    case = random_case(seed, most=4, **(KINDS[kind] or {}))  # type: ignore[arg-type]
    if KINDS[kind] is None:
        case.groups, case.apart = [], 0
    draw = np.random.default_rng(seed + 3)
    top = int(draw.choice([4, 9, 2000]))
    table = draw.integers(0, top + 1, (*case.cost.shape, parts))
    case.unplaced = draw.integers(3 * top, 6 * top, len(case.cost))
    case.cost = np.where(draw.random(case.cost.shape) < 0.2, -1, table.sum(axis=2))
    case.capacity = np.maximum(case.capacity, draw.integers(0, 2, case.capacity.shape))
    problem = case.arcs()
    return case, problem, table[problem.child, problem.home]


def every_plan(case: Case, problem: AssignmentProblem, parts: Ints) -> Plans:
    """Homes of all lawful plans ``(plans, children)``, their objectives, and each part's sum ``(plans, parts)``."""
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    lawful = [(p, total) for p in itertools.product(*options) if (total := score(case, p)) is not None]
    at = {(c, h): k for k, (c, h) in enumerate(zip(problem.child.tolist(), problem.home.tolist(), strict=True))}
    sums = [sum((parts[at[c, h]] for c, h in enumerate(p) if h >= 0), np.zeros(parts.shape[1])) for p, _ in lawful]
    homes = np.array([p for p, _ in lawful]).reshape(len(lawful), len(case.cost))
    return homes, np.array([total for _, total in lawful]), np.array(sums).astype(np.int64)


@pytest.mark.parametrize("kind", KINDS)
def test_each_case_is_a_best_plan_that_moves_fewest(kind: str) -> None:
    moved = 0
    for seed in range(40):
        case, problem, parts = drawn(seed, kind)
        result = solve_assignment(problem)
        homes, totals, sums = every_plan(case, problem, parts)
        found = survives(problem, result, parts, share=0.5)
        assert found.proved.all()
        for part, side in itertools.product(range(3), range(2)):
            values = 2 * totals + (-1, 1)[side] * sums[:, part]
            moves = (homes != result.place_of).sum(axis=1)
            best = moves[values == values.min()].min()
            (which,) = np.flatnonzero((homes == found.place_of[part, side]).all(axis=1))
            assert (values[which], moves[which]) == (values.min(), best)
            assert found.moved[part, side].sum() == best
            moved += int(best)
        stay = [not found.moved[:, :, child].any() for child in range(problem.children)]
        assert found.stays.tolist() == stay
        for child in range(problem.children):
            named = {(part, ("less", "more")[side]) for part, side in np.argwhere(found.moved[:, :, child]).tolist()}
            assert set(found.changed_by(child)) == named
    assert moved > 15


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_weight_that_changes_a_home_is_the_one_enumeration_finds(kind: str) -> None:
    turned = 0
    for seed in range(25):
        case, problem, parts = drawn(seed, kind, parts=2)
        result = solve_assignment(problem)
        homes, totals, sums = every_plan(case, problem, parts)
        child = seed % problem.children
        turns = turning_weights(problem, result, parts, child)
        assert [(turn.part, turn.side) for turn in turns] == [(0, "less"), (0, "more"), (1, "less"), (1, "more")]
        here = homes[:, child] == result.place_of[child]
        for turn in turns:
            steps = np.arange(0, 1001) * -1 if turn.side == "less" else np.arange(0, 2001)
            values = 1000 * totals[:, None] + sums[:, turn.part][:, None] * steps
            gone = np.flatnonzero(values[here].min(axis=0) > values.min(axis=0))
            assert turn.proved
            assert turn.at == (None if not gone.size else 1000 + int(steps[gone[0]]))
            assert turn.same_until == (1000 + int(steps[-1]) if not gone.size else 1000 + int(steps[gone[0] - 1]))
            turned += turn.at is not None
    assert turned > 8


def test_a_hand_worked_turn() -> None:
    """10 of miles against 4 of miles and a fee of 5: even at miles x 5/6, or at the fee x 6/5."""
    problem = AssignmentProblem.from_dense([[10, 9]], [1, 1], unplaced=100)
    parts = [[10, 0], [4, 5]]
    result = solve_assignment(problem)
    assert result.place_of.tolist() == [1]
    turns = turning_weights(problem, result, parts, 0)
    assert [(turn.part, turn.side, turn.at) for turn in turns] == [
        (0, "less", 833), (0, "more", None), (1, "less", None), (1, "more", 1201),
    ]  # fmt: skip
    found = survives(problem, result, parts)
    assert found.changed_by(0) == [(0, "less")]
    assert found.stays.tolist() == [False]
    assert found.place_of[:, :, 0].tolist() == [[0, 1], [1, 1]]


def test_a_home_that_changes_and_changes_back_is_seen() -> None:
    """As miles count for more, child 0 goes from home 0 to 1 and on to 2; child 1 makes way, and comes back."""
    fee = np.array([[0, 20, 60, -1], [-1, 0, -1, 5]])
    miles = np.array([[30, 15, 2, 0], [0, 0, 0, 0]])
    problem = AssignmentProblem.from_dense(np.where(fee < 0, -1, fee + miles), [1, 1, 1, 1], unplaced=10**5)
    parts = np.stack((miles, fee), axis=2)[problem.child, problem.home]
    result = solve_assignment(problem)
    assert result.place_of.tolist() == [0, 1]
    assert survives(problem, result, parts, share=1).place_of[0, 1].tolist() == [1, 3]
    turn = turning_weights(problem, result, parts, 1)[1]
    assert (turn.part, turn.side, turn.at, turn.same_until) == (0, "more", 1667, 1666)
    thrice = replace(problem, cost=problem.cost + 2 * parts[:, 0])
    assert solve_assignment(thrice).place_of.tolist() == [2, 1]


def test_a_home_that_changes_at_one_thousandth_only_is_seen() -> None:
    fee = np.array([[0, 200_000, 466_775, -1], [-1, 0, -1, 50_000]])
    miles = np.array([[300_000, 150_000, 20_000, 0], [0, 0, 0, 0]])
    problem = AssignmentProblem.from_dense(np.where(fee < 0, -1, fee + miles), [1, 1, 1, 1], unplaced=10**7)
    parts = np.stack((miles, fee), axis=2)[problem.child, problem.home]
    for weight, homes in ((1666, [0, 1]), (1667, [1, 3]), (1668, [2, 1])):
        weighed = replace(problem, cost=weight * parts[:, 0] + 1000 * parts[:, 1], unplaced=problem.unplaced * 1000)
        assert solve_assignment(weighed).place_of.tolist() == homes
    turn = turning_weights(problem, solve_assignment(problem), parts, 1)[1]
    assert (turn.at, turn.same_until, turn.proved) == (1667, 1666, True)


def test_a_turn_by_the_least_margin_there_is() -> None:
    """19 with 4 of miles against 20 with 11: at 857 thousandths the second is better by a thousandth."""
    problem = AssignmentProblem.from_dense([[19, 20]], [1, 1], unplaced=100)
    turns = turning_weights(problem, solve_assignment(problem), [[4, 15], [11, 9]], 0)
    assert [turn.at for turn in turns] == [857, None, None, 1167]


def test_a_plan_that_is_not_best_today_says_so() -> None:
    problem = AssignmentProblem.from_dense([[10, 9]], [1, 1], unplaced=100)
    worse = replace(solve_assignment(problem), place_of=np.array([0]))
    turns = turning_weights(problem, worse, [[10], [9]], 0)
    assert [(turn.at, turn.same_until) for turn in turns] == [(1000, None), (1000, None)]
    assert survives(problem, worse, [[10], [9]]).changed_by(0) == [(0, "less"), (0, "more")]


def test_ties_move_nobody() -> None:
    cost = np.full((6, 6), 8)
    problem = AssignmentProblem.from_dense(cost, np.ones(6, dtype=np.int64), unplaced=90)
    parts = np.full((36, 2), 4)
    shuffled = replace(solve_assignment(problem), place_of=np.array([3, 1, 0, 5, 2, 4]))
    assert survives(problem, shuffled, parts).stays.all()
    assert {turn.at for turn in turning_weights(problem, shuffled, parts, 2)} == {None}


@pytest.mark.parametrize(("children", "homes"), [(0, 0), (0, 2), (2, 0)])
def test_no_children_or_no_homes_have_nothing_to_change(children: int, homes: int) -> None:
    cost = np.zeros((children, homes), dtype=np.int64)
    problem = AssignmentProblem.from_dense(cost, np.ones(homes, dtype=np.int64), unplaced=3)
    found = survives(problem, solve_assignment(problem), np.zeros((0, 2), dtype=np.int64))
    assert found.stays.tolist() == [True] * children
    assert found.place_of.shape == (2, 2, children)


@pytest.mark.parametrize("how", [{"time_limit": 0}, {"cancel": lambda: True}])
def test_a_walk_cut_short_claims_nothing_false(how: dict[str, object]) -> None:
    for seed in range(12):
        _, problem, parts = drawn(seed, "groups", parts=2)
        result = solve_assignment(problem)
        whole = turning_weights(problem, result, parts, 0)
        for turn, full in zip(turning_weights(problem, result, parts, 0, **how), whole, strict=True):  # type: ignore[arg-type]
            if turn.proved and turn.at is not None:
                assert full.at is not None
                assert abs(full.at - 1000) <= abs(turn.at - 1000)
            if turn.proved and turn.same_until is not None and full.same_until is not None:
                assert abs(turn.same_until - 1000) <= abs(full.same_until - 1000)
        survives(problem, result, parts, **how)  # type: ignore[arg-type]


def test_wrong_input_is_named() -> None:
    problem = AssignmentProblem.from_dense([[10, 9]], [1, 1], unplaced=100)
    result = solve_assignment(problem)
    with pytest.raises(ValueError, match="parts has 1 rows: expected one for each of 2"):
        survives(problem, result, [[10]])
    with pytest.raises(ValueError, match="parts of child 0, home 1 sum to 8: expected the pair's cost, 9"):
        survives(problem, result, [[10, 0], [8, 0]])
    with pytest.raises(ValueError, match=r"parts\[0, 1\] is -1"):
        survives(problem, result, [[11, -1], [9, 0]])
    with pytest.raises(ValueError, match="share is 0"):
        survives(problem, result, [[10], [9]], share=0)
    with pytest.raises(ValueError, match="child is 1: there are 1"):
        turning_weights(problem, result, [[10], [9]], 1)
    huge = AssignmentProblem.from_dense([[10**17]], [1], unplaced=10**17)
    for ask in (lambda: survives(huge, solve_assignment(huge), [[10**17]]),
                lambda: turning_weights(huge, solve_assignment(huge), [[10**17]], 0)):  # fmt: skip
        with pytest.raises(ValueError, match="use a larger unit"):
            ask()
