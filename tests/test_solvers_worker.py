"""Integer programs solved in a process of their own give the same answer, and end at once when told to."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy import sparse

from solvers.clock import Clock
from solvers.milp import Program
from solvers.worker import Worker


def knapsack(most: float) -> Program:
    """Three things worth 5, 4 and 3 that weigh 2, 3 and 1; with ``most`` 3 the best are the first and third."""
    return Program(
        np.array([-5.0, -4.0, -3.0]),
        sparse.csr_array(np.array([[2.0, 3.0, 1.0]])),
        np.array([0.0]),
        np.array([most]),
        np.ones(3, dtype=bool),
        np.zeros(3),
    )


def test_here_and_elsewhere_agree() -> None:
    here, there = Worker(Clock(None, None)), Worker(Clock(None, lambda: False))
    try:
        for most in (3.0, 5.0):
            first, second = here.solve(knapsack(most), 0.0), there.solve(knapsack(most), 0.0)
            assert first is not None
            assert second is not None
            assert first.values is not None
            assert second.values is not None
            assert first.values.tolist() == second.values.tolist()
            assert first.bound == second.bound == (-8.0 if most == 3.0 else -9.0)
        nothing = there.solve(knapsack(-1.0), 0.0)
        assert nothing is not None
        assert nothing.values is None
        assert nothing.bound == np.inf
    finally:
        there.close()


def test_a_cancelled_program_has_no_answer_and_its_process_is_gone() -> None:
    worker = Worker(Clock(None, lambda: True))
    process = worker._process
    assert process is not None
    assert worker.solve(knapsack(3.0), 0.0) is None
    worker.close()
    assert process.poll() is not None


def test_a_process_that_dies_is_reported() -> None:
    worker = Worker(Clock(None, lambda: False))
    assert worker._process is not None
    worker._process.kill()
    with pytest.raises(RuntimeError, match="ended unexpectedly"):
        worker.solve(knapsack(3.0), 0.0)
    worker.close()


def test_a_program_that_cancels_midway_still_ends_cleanly() -> None:
    """An integer program left running in a thread would abort the interpreter here."""
    script = """
import numpy as np
from solvers import AssignmentProblem, solve_assignment
draw = np.random.default_rng(1)
cost = draw.integers(0, 10**6, (300, 150))
problem = AssignmentProblem.from_dense(
    cost, np.full(150, 2), groups=[[k, k + 1] for k in range(0, 200, 2)], unplaced=10**7, apart=10**5
)
asked = iter(range(25))
result = solve_assignment(problem, cancel=lambda: next(asked, None) is None)
print(result.status, result.bound <= result.objective)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[1] == "True"
    assert done.stderr == ""
