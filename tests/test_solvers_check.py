"""The checker catches every kind of wrong plan, and asks the callback about pairs not listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solvers import AssignmentProblem, AssignmentResult, PlanError, check_assignment, solve_assignment

COST = np.array([[7, 1, 6], [3, 5, -1], [8, 4, 9]])
PROBLEM = AssignmentProblem.from_dense(COST, [1, 2, 1], groups=[[1, 2]], unplaced=50, apart=5)
GOOD = solve_assignment(PROBLEM)


def moved(places: list[int], **more: Any) -> AssignmentResult:
    """The good result with other places and the pair costs that go with them."""
    at = np.array(places)
    costs = np.where((at >= 0) & (at < 3), COST[np.arange(3), np.clip(at, 0, 2)], 0)
    return replace(GOOD, place_of=at, pair_cost=costs, **more)


def test_a_good_plan_passes() -> None:
    check_assignment(PROBLEM, GOOD)
    check_assignment(PROBLEM, moved([2, 1, 1], objective=15, apart_charge=0, status="feasible"))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (moved([1, 2, 0]), "child 1 may not live in home 2"),
        (moved([1, 3, 0]), "child 1 is given home 3"),
        (moved([1, -2, 0]), "child 1 is given home -2"),
        (moved([0, 0, 1]), "home 0 holds 1 of resource 0; the plan uses 2"),
        (replace(GOOD, objective=GOOD.objective + 1), "objective is given as 14; the plan's is 13"),
        (replace(GOOD, apart_charge=0), "apart charge is given as 0; the plan's is 5"),
        (replace(GOOD, unplaced_charge=3), "unplaced charge"),
        (replace(GOOD, pair_cost=GOOD.pair_cost + 1), "pair cost of child 0"),
        (replace(GOOD, bound=99), "bound 99 is above the objective 13"),
        (replace(GOOD, bound=12), "status is optimal, but bound 12"),
        (replace(GOOD, place_of=GOOD.place_of[:2]), "entries for 3 children"),
    ],
)
def test_a_wrong_plan_is_refused(result: AssignmentResult, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        check_assignment(PROBLEM, result)


def test_what_siblings_use_together_is_counted_together() -> None:
    problem = AssignmentProblem.from_arcs(
        [0, 1, 2], [0, 0, 0], [1, 1, 1], [[3, 2]],
        children=3, groups=[[0, 1]], unplaced=9, apart=1, use=lambda *_: [2, 1],
    )  # fmt: skip
    full = solve_assignment(problem)
    assert full.place_of.tolist() == [0, 0, 0]
    apart = replace(problem, use=None)
    with pytest.raises(PlanError, match="holds 2 of resource 1; the plan uses 3"):
        check_assignment(apart, full)


def test_pairs_not_listed_are_asked_of_the_callback() -> None:
    table = np.array([[5, 1], [5, 2]])

    def price(child_prices: Any, home_prices: Any, threshold: int, *, most: int | None = None) -> Any:
        assert most is None or most > 1
        child, home = np.nonzero(table - child_prices[:, None] + home_prices < threshold)
        return child, home, table[child, home]

    problem = AssignmentProblem.from_arcs([0, 1], [0, 0], [5, 5], [2, 2], children=2, unplaced=9)
    result = solve_assignment(problem, price=price)
    assert (result.objective, result.proved_over) == (3, "all pairs")
    check_assignment(problem, result, price=price)
    with pytest.raises(PlanError, match="child 0 may not live in home 1"):
        check_assignment(problem, result)
    cheaper = replace(result, pair_cost=result.pair_cost - 1, objective=1, bound=1)
    with pytest.raises(PlanError, match="the pair is not allowed"):
        check_assignment(problem, cheaper, price=price)
