"""Every contender of the assignment benchmark plans what it is timed for, and its plan is judged by somebody else."""

import json
import os
import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.assignment import instances
from benchmarks.assignment.answer import Answer, Task
from benchmarks.assignment.by_hand import by_hand
from benchmarks.assignment.contenders import CONTENDERS, OURS
from benchmarks.assignment.instances import Instance, draw
from benchmarks.assignment.judge import BrokenPlanError, cost_of
from benchmarks.assignment.placewell import Counted, placewell
from benchmarks.assignment.report import contradictions, grow
from benchmarks.assignment.runs import apart_within, freeze, run
from matcher.scoring.arrays import Int64
from solvers import AssignmentProblem

PROVING = [name for name in CONTENDERS if name != "by hand"]


@cache
def drawn(groups: bool) -> Instance:
    return draw("county", 1.1, groups=groups, children=30, seed=6)


def task(instance: Instance) -> Task:
    return Task(instance.problem, instance.encoded.arrays.rows["day"], 30.0)


@cache
def answer(name: str, groups: bool) -> Answer:
    return CONTENDERS[name].load()(task(drawn(groups)))


def plan(found: Answer) -> Int64:
    assert found.place_of is not None
    return found.place_of


@pytest.mark.parametrize("name", PROVING)
def test_all_who_prove_an_optimum_without_groups_prove_the_same(name: str) -> None:
    found = answer(name, False)
    assert cost_of(drawn(False), plan(found)).objective == found.bound == answer(OURS, False).bound


@pytest.mark.parametrize("name", ["CP-SAT", "HiGHS", "SCIP"])
def test_all_who_prove_an_optimum_with_groups_prove_the_same(name: str) -> None:
    found = answer(name, True)
    assert cost_of(drawn(True), plan(found)).objective == found.bound == answer(OURS, True).bound


def test_a_flow_that_does_not_look_at_groups_has_a_lower_bound_and_a_dearer_plan() -> None:
    found, best = answer("min-cost flow", True), answer(OURS, True).bound
    assert found.bound is not None
    assert best is not None
    assert found.bound < best < cost_of(drawn(True), plan(found)).objective


@pytest.mark.parametrize("groups", [True, False])
def test_by_hand_is_lawful_and_no_better_than_the_optimum(groups: bool) -> None:
    best = answer(OURS, groups).bound
    assert best is not None
    assert cost_of(drawn(groups), plan(answer("by hand", groups))).objective > best


def test_by_hand_goes_by_day_keeps_groups_together_where_one_home_has_room_and_else_parts_them() -> None:
    cost = [[5, 1, 9], [5, 7, 9], [1, 2, 9], [1, 2, 3]]
    problem = AssignmentProblem.from_dense(cost, [2, 1, 1], groups=[[0, 1]], unplaced=100, apart=10)
    first = by_hand(Task(problem, np.array([1, 2, 3, 3]), 1.0))
    later = by_hand(Task(problem, np.array([2, 2, 1, 3]), 1.0))
    assert plan(first).tolist() == [0, 0, 1, 2]
    assert plan(later).tolist() == [1, 0, 0, 2]
    assert first.bound is None


def test_a_plan_is_judged_as_the_table_of_pairs_has_it() -> None:
    instance, places = drawn(True), plan(answer("by hand", True))
    problem = instance.problem
    pence = {(c, h): p for c, h, p in zip(problem.child, problem.home, problem.cost, strict=True)}
    pairs = sum(pence[child, home] for child, home in enumerate(places.tolist()) if home >= 0)
    parts = [len({home for home in at if home >= 0}) + at.count(-1) for at in (
        [int(places[child]) for child in group] for group in instance.groups)]  # fmt: skip
    none = int((places < 0).sum())
    charges = int(problem.unplaced[0]) * none + sum(int(problem.apart[0]) * (part - 1) for part in parts)
    assert cost_of(instance, places) == (pairs + charges, charges, none)


def test_a_plan_the_rules_forbid_is_refused() -> None:
    instance = drawn(False)
    problem = instance.problem
    nowhere = np.full(instance.children, -1)
    allowed = set(zip(problem.child.tolist(), problem.home.tolist(), strict=True))
    forbidden = next(home for home in range(instance.homes) if (0, home) not in allowed)
    with pytest.raises(BrokenPlanError, match=f"child 0 may not live in home {forbidden}"):
        cost_of(instance, np.where(np.arange(instance.children) == 0, forbidden, nowhere))
    wanted = np.bincount(problem.home, minlength=instance.homes)
    home = int(np.flatnonzero(wanted > instance.capacity)[0])
    crowd = nowhere.copy()
    crowd[problem.child[problem.home == home]] = home
    with pytest.raises(BrokenPlanError, match=f"home {home} has {instance.capacity[home]} places"):
        cost_of(instance, crowd)


@pytest.mark.parametrize("groups", [True, False])
def test_a_priced_instance_has_the_optimum_of_the_listed_one(groups: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    best = answer(OURS, groups).bound
    monkeypatch.setattr(instances, "_LISTED_PAIRS", 0)
    monkeypatch.setattr(instances, "_SHORTLIST", 2)
    instance = draw("county", 1.1, groups=groups, children=30, seed=6)
    counted = Counted(instance.price)
    found = placewell(Task(instance.problem, instance.encoded.arrays.rows["day"], 30.0, counted))
    assert instance.problem.child.size <= 2 * 30
    assert cost_of(instance, plan(found)).objective == found.bound == best
    assert found.all_pairs
    assert counted.calls > 0
    assert counted.children > 0


def test_what_is_asked_of_the_kernel_is_counted_by_child() -> None:
    counted = Counted(lambda _children, _homes, _threshold, *, most=None: (np.arange(most or 3),) * 3)
    homes = np.zeros(2, np.int64)
    counted(np.array([-5, -4, 7]), homes, 5)
    counted(np.array([-5, -5, 7]), homes, 5, most=8)
    assert (counted.calls, counted.children, counted.pairs) == (2, 3, 11)
    assert counted.seconds > 0


def test_plans_made_in_a_process_of_their_own_are_judged_in_another(tmp_path: Path) -> None:
    facts = freeze(tmp_path, "county", 1.1, groups=True, children=40)
    ours, hand = run(tmp_path, OURS, 30.0, facts["priced"]), run(tmp_path, "by hand", 30.0, facts["priced"])
    assert (ours.status, hand.status) == ("optimal", "feasible")
    assert ours.objective == ours.bound
    assert hand.bound is None
    assert ours.objective is not None
    assert hand.objective is not None
    assert ours.objective < hand.objective
    assert ours.megabytes is not None
    assert ours.megabytes > 50
    assert facts["children"] == 40
    assert facts["cells"] == 40 * (44 + 40)


def test_one_that_does_not_end_is_ended_and_one_that_breaks_down_is_told_from_it() -> None:
    started = time.perf_counter()
    with pytest.raises(TimeoutError, match="no answer in 1 s"):
        apart_within(1, time.sleep, 60)
    with pytest.raises(ChildProcessError, match="broke down"):
        apart_within(30, os._exit, 9)
    assert apart_within(30, divmod, 7, 2) == (3, 1)
    assert time.perf_counter() - started < 30


def test_why_a_contender_is_not_run_is_said() -> None:
    facts = {"groups": 3, "pairs": 2_700_000, "cells": 4}
    assert CONTENDERS["HiGHS"].why_not(facts) == "not attempted: 2,700,000 pairs"
    assert CONTENDERS["scipy, sparse"].why_not(facts) == "does not apply: groups"
    assert CONTENDERS["scipy, matrix"].why_not(facts | {"groups": 0}) is None
    assert CONTENDERS["scipy, matrix"].why_not(facts | {"groups": 0, "cells": 10**9}) == (
        "not attempted: 1,000,000,000 cells"
    )
    assert CONTENDERS[OURS].why_not(facts) is None


def test_a_bound_above_a_plan_is_called_a_contradiction() -> None:
    def row(name: str, objective: int, bound: int, covers: str = "all pairs") -> dict[str, Any]:
        return {"contender": name, "objective": objective, "bound": bound, "covers": covers}

    assert contradictions([row(OURS, 9, 9), row("HiGHS", 10, 8)]) == []
    assert contradictions([row(OURS, 9, 9), row("HiGHS", 10, 10, "shortlist")]) == []
    assert contradictions([row(OURS, 9, 9), row("HiGHS", 12, 10)]) == ["HiGHS has a bound of 10, placewell a plan of 9"]
    assert len(contradictions([row("SCIP", 9, 7, "shortlist"), row("HiGHS", 12, 10, "shortlist")])) == 1


def test_growth_goes_to_json_with_every_figure() -> None:
    found = json.loads(json.dumps(grow([1.1], groups=True, seconds=30.0, shares=(0.03,))))
    assert [part["children"] for part in found["growth"]] == [27]
    assert [part["groups"] for part in found["growth"]] == [4]
    for part in found["growth"]:
        assert set(part["run"]) >= {
            "objective", "bound", "gap", "gap_cost", "seconds", "megabytes", "passes", "calls", "pairs_found", "status",
            "covers", "unplaced", "progress", "final_plan_at", "reached_at",
        }  # fmt: skip
        assert part["run"]["gap"] == 0
        assert part["run"]["reached_at"]["exact"] > 0
