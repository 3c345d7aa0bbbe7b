"""Hostile input is refused by name; good input is taken as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solvers import AssignmentProblem, solve_assignment


def dense(cost: Any = ((1, 2), (3, -1)), capacity: Any = (1, 1), **more: Any) -> AssignmentProblem:
    return AssignmentProblem.from_dense(cost, capacity, **{"unplaced": 5, **more})


def arcs(**more: Any) -> AssignmentProblem:
    given: dict[str, Any] = {"child": [0, 1], "home": [0, 1], "cost": [4, 5], "capacity": [1, 1], "children": 2}
    given |= {"unplaced": 9} | more
    return AssignmentProblem.from_arcs(**given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"cost": [[1, 2], [3, -2]]}, r"cost\[1, 1\] is -2"),
        ({"cost": [[1, 2], [3.5, 1]]}, r"cost\[1, 0\] is 3\.5 \(float\): expected a whole number"),
        ({"cost": [[1, None], [3, 1]]}, r"cost\[0, 1\] is None"),
        ({"cost": [[1, 2], [3, 2**63]]}, r"cost\[1, 1\] is 9223372036854775808"),
        ({"cost": [[1, True], [3, "x"]]}, r"cost\[0, 1\] is True \(bool\)"),
        ({"cost": np.array([[True, False]] * 2)}, r"cost\[0, 0\] is True"),
        ({"cost": np.array([[1, np.nan]] * 2)}, r"cost\[0, 1\] is nan, in an array of floats"),
        ({"cost": np.array([[1.0, 2.0]] * 2)}, r"cost\[0, 0\] is 1\.0, in an array of floats"),
        ({"cost": [[1, 2], [3]]}, "ragged"),
        ({"cost": [1, 2]}, "cost has 1 dimensions: expected 2"),
        ({"cost": [[1, 2], [3, 2**59]]}, "cost at child 1, home 1 .* larger unit"),
        ({"capacity": [1, -1]}, r"capacity\[1\] is -1"),
        ({"capacity": [[1, 1], [1, -3]]}, r"capacity\[1, 1\] is -3"),
        ({"capacity": [1.0, 1.0]}, r"capacity\[0\]"),
        ({"capacity": [1, 1, 1]}, "capacity has 3 homes and cost has 2"),
        ({"capacity": 1}, "capacity has 0 dimensions"),
        ({"capacity": [[], []]}, "no resources"),
        ({"unplaced": -1}, "unplaced is -1"),
        ({"unplaced": [1, 2, 3]}, "unplaced has 3 entries"),
        ({"unplaced": [1, -2]}, r"unplaced\[1\] is -2"),
        ({"unplaced": 2**62}, r"unplaced at \[0\]"),
        ({"groups": [[0]]}, r"groups\[0\] has 1 members"),
        ({"groups": [[0, 2]]}, r"groups\[0\] names child 2"),
        ({"groups": [[0, -1]]}, r"groups\[0\]\[1\] is -1"),
        ({"groups": [[0, 0]]}, r"child 0 is in groups\[0\] and groups\[0\]"),
        ({"groups": [[0, 1]], "apart": [1, 2]}, "apart has 2 entries"),
        ({"groups": [[0, 1]], "apart": -4}, "apart is -4"),
        ({"groups": [[0, 1]], "apart": 0.5}, "apart is .*0.5"),
    ],
)  # fmt: skip
def test_dense_input_that_is_wrong_is_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dense(**given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"child": [0, 2]}, r"child of arc\[1\] is 2: there are 2"),
        ({"child": [0, -1]}, r"child of arc\[1\] is -1"),
        ({"home": [0, 2]}, r"home of arc\[1\] is 2: there are 2"),
        ({"home": [-1, 0]}, r"home of arc\[0\] is -1"),
        ({"cost": [4, -1]}, r"cost of arc\[1\] is -1"),
        ({"cost": [4.0, 1.0]}, r"cost of arc\[0\] is .*4\.0"),
        ({"cost": [4]}, "lengths"),
        ({"child": [1, 1], "home": [1, 1]}, r"arc\[1\] repeats arc\[0\]: child 1 to home 1"),
        ({"children": -1}, "children is -1"),
        ({"children": 1.5}, "children is .*1.5"),
        ({"groups": [[0, 1], [1, 0]]}, r"child 1 is in groups\[0\] and groups\[1\]"),
    ],
)
def test_arcs_that_are_wrong_are_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        arcs(**given)


def test_a_group_too_large_to_list_its_subsets_is_refused() -> None:
    with pytest.raises(ValueError, match=r"groups\[0\] has 13 members: expected 2 to 12"):
        dense(cost=np.zeros((13, 1), dtype=np.int64), capacity=[1], groups=[range(13)])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([1, 1], "has 2 entries: expected one for each of 1"),
        ([-1], r"use\(group=0, members=\(0, 1\), home=0\)\[0\] is -1"),
        ([0.5], "whole number"),
        ([2000], "nothing may exceed 1024"),
        (None, "whole number"),
    ],
)
def test_a_use_row_that_is_wrong_names_group_members_and_home(answer: Any, words: str) -> None:
    problem = arcs(home=[0, 0], groups=[[1, 0]], apart=3, capacity=[5], use=lambda *_: answer)
    with pytest.raises(ValueError, match=words):
        solve_assignment(problem)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (([0], [9], [1]), "price callback gave a wrong answer: home of arc"),
        (([0, 0], [1, 1], [1, 1]), "repeats"),
        (([0], [1], [-1]), r"cost of arc\[0\] is -1"),
        (([0], [0], [3]), "gives child 0, home 0 cost 3, but the pair is known at cost 4"),
        (([0], [0]), "wrong answer"),
    ],
)
def test_a_price_answer_that_is_wrong_is_named(answer: Any, words: str) -> None:
    for groups in ([], [[0, 1]]):
        with pytest.raises(ValueError, match=words):
            solve_assignment(arcs(groups=groups, apart=1), price=lambda *_, **__: answer)


def test_arrays_are_copied_and_then_fixed() -> None:
    cost = np.array([[1, 2], [3, -1]])
    problem = dense(cost=cost)
    cost[0, 0] = 77
    assert problem.cost.tolist() == [1, 2, 3]
    with pytest.raises(ValueError, match="read-only"):
        problem.cost[0] = 9


def test_unbounded_capacity_may_be_written_as_a_very_large_number() -> None:
    problem = dense(capacity=[2**62, 0], groups=[[0, 1]], apart=1)
    assert solve_assignment(problem).place_of.tolist() == [0, 0]


def test_integers_of_any_width_are_taken() -> None:
    for kind in (np.int8, np.uint16, np.int32, np.uint64, object):
        problem = dense(cost=np.array([[1, 2], [3, 4]], dtype=kind))
        assert problem.cost.dtype == np.int64
        assert problem.cost.tolist() == [1, 2, 3, 4]
