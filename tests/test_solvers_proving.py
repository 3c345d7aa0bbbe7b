"""The proof behind a plan made in haste: never worse than either plan, ended when asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solvers import AssignmentProblem, solve_assignment
from solvers.again import prepare, solve_again
from solvers.change import Closed, Locked, Places
from solvers.proving import better, go_on_proving
from tests.strategies_assignment import random_case

PATIENCE = 60.0


def test_the_proof_gives_the_optimum_of_the_changed_problem() -> None:
    for seed in range(12):
        problem = random_case(seed, most=6).arcs()
        live = solve_again(prepare(problem, solve_assignment(problem)), Places(0, 1))
        proof = go_on_proving(live)
        proved = proof.result(PATIENCE)
        assert proof.done
        assert proved.status == "optimal"
        assert proved.objective == solve_assignment(live.problem).objective


def test_changes_go_on_from_the_proof_and_keep_locks() -> None:
    problem = AssignmentProblem.from_dense([[5, 9], [5, 9], [1, 2]], [2, 3], groups=[[0, 1]], unplaced=90, apart=7)
    live = solve_again(prepare(problem, solve_assignment(problem)), Locked(2, 0))
    proved = go_on_proving(live).live(PATIENCE)
    assert proved.locks == {2: 0}
    assert proved.result.place_of[2] == 0
    after = go_on_proving(solve_again(proved, Places(0, 1))).live(PATIENCE)
    assert after.locks == {2: 0}
    assert after.result.place_of.tolist() == [0, 0, 0]


def test_a_proof_cancelled_gives_the_plan_there_was_or_a_better_one() -> None:
    draw = np.random.default_rng(3)
    problem = AssignmentProblem.from_dense(
        draw.integers(0, 1000, (60, 30)), np.full(30, 3), groups=[range(k, k + 3) for k in range(0, 60, 3)],
        unplaced=9000, apart=700,
    )  # fmt: skip
    live = solve_again(prepare(problem, solve_assignment(problem, time_limit=0.0)), Closed(0))
    proof = go_on_proving(live)
    proof.cancel()
    ended = proof.result(PATIENCE)
    assert live.result.bound <= ended.bound <= ended.objective <= live.result.objective


def test_the_better_plan_has_the_better_bound() -> None:
    problem = AssignmentProblem.from_dense([[3, 8]], [1, 1], unplaced=50)
    best = solve_assignment(problem)
    loose = replace(best, bound=1, status="feasible", uniqueness="not determined")
    assert better(problem, loose, best).uniqueness == "unique"
    assert better(problem, best, loose).status == "optimal"
    assert better(problem, loose, replace(loose, bound=2)).bound == 2
    assert better(problem, loose, replace(loose, bound=2)).status == "feasible"
