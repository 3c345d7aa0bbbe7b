"""What to open: brute force over every choice, budgets, order, limits, closings, groups, clashes and targets."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from solvers import AssignmentProblem, solve_assignment
from solvers.opening import NoPlanError, OpeningResult, solve_openings
from solvers.opening_local import LocalSamples
from solvers.opening_problem import AtMost, OpeningProblem, OpeningSample
from solvers.opening_sample import SampleProgram, plan_sample, with_options

RNG = np.random.default_rng


def draw_sample(rng: np.random.Generator, options: int, *, groups: bool, closing: bool) -> OpeningSample:
    """A few children, homes that are there and one or two for each option."""
    children, there = int(rng.integers(2, 6)), int(rng.integers(1, 4))
    opened = np.concatenate([np.full(there, -1), rng.integers(0, options, int(rng.integers(options, options + 3)))])
    cost = rng.integers(0, 60, (children, opened.size))
    cost[rng.random(cost.shape) < 0.3] = -1
    problem = AssignmentProblem.from_dense(
        cost,
        rng.integers(0, 3, opened.size),
        groups=[(0, 1)] if groups else [],
        unplaced=100,
        apart=int(rng.integers(0, 30)),
    )
    pairs = [(0, int(rng.integers(options)))] if closing else []
    return OpeningSample(problem, opened.astype(np.int64), np.array(pairs, dtype=np.int64).reshape(-1, 2))


def draw_problem(rng: np.random.Generator, options: int) -> OpeningProblem:
    return OpeningProblem(
        rng.integers(-5, 40, options),
        rng.integers(0, 20, options),
        budget=int(rng.integers(0, 40)),
        at_most=(AtMost((0, 1), 1),) if rng.random() < 0.5 else (),
        follows=np.array([[options - 1, options - 2]]) if rng.random() < 0.5 else np.zeros((0, 2), dtype=np.int64),
        times=int(rng.integers(1, 4)),
    )


def cost_of(problem: OpeningProblem, samples: list[OpeningSample], taken: np.ndarray) -> int:
    """The objective by its definition."""
    plans = sum(solve_assignment(with_options(sample, taken)).objective for sample in samples)
    return len(samples) * int(problem.cost @ taken) + problem.times * plans


def by_force(problem: OpeningProblem, samples: list[OpeningSample]) -> int:
    """The least objective of all lawful choices."""
    choices = (np.array(bits, dtype=np.int64) for bits in product((0, 1), repeat=problem.options))
    return min(cost_of(problem, samples, taken) for taken in choices if problem.lawful(taken))


@pytest.mark.parametrize("seed", range(40))
def test_brute_force_finds_nothing_better(seed: int) -> None:
    rng = RNG(seed)
    options = int(rng.integers(2, 6))
    problem = draw_problem(rng, options)
    samples = [
        draw_sample(rng, options, groups=bool(seed % 2), closing=bool(seed % 3 == 0))
        for _ in range(int(rng.integers(1, 4)))
    ]
    found = solve_openings(problem, LocalSamples(problem, samples), gap=0.0)
    assert problem.lawful(found.taken)
    assert found.objective == cost_of(problem, samples, found.taken)
    assert found.objective == by_force(problem, samples)
    assert found.status == "optimal"
    assert found.bound == found.objective


@pytest.mark.parametrize("seed", range(15))
def test_every_cut_holds_for_every_choice(seed: int) -> None:
    rng = RNG(seed)
    options = 4
    sample = draw_sample(rng, options, groups=True, closing=seed % 2 == 0)
    program = SampleProgram(sample, options)
    cuts = [program.cut(rng.random(options))[1] for _ in range(3)]
    at = rng.integers(0, 2, options)
    cuts.append(program.cut_here(at, plan_sample(sample, at).objective))
    for bits in product((0, 1), repeat=options):
        taken = np.array(bits, dtype=np.int64)
        true = plan_sample(sample, taken).objective
        assert all(cut.at(taken) <= true for cut in cuts)
    assert cuts[-1].at(at) == plan_sample(sample, at).objective


def one_child(cost: int, opened: tuple[int, ...]) -> OpeningSample:
    """One child who costs this much at any of the options' homes, and 100 without one."""
    problem = AssignmentProblem.from_dense([[cost] * len(opened)], [1] * len(opened), unplaced=100)
    return OpeningSample(problem, np.array(opened))


def solve(problem: OpeningProblem, samples: list[OpeningSample]) -> OpeningResult:
    return solve_openings(problem, LocalSamples(problem, samples), gap=0.0)


def test_an_item_of_no_use_is_never_bought() -> None:
    found = solve(OpeningProblem(np.array([1, 1]), np.array([0, 0])), [one_child(10, (0,))])
    assert found.taken.tolist() == [1, 0]
    assert found.objective == 11


def test_more_budget_is_never_worse() -> None:
    rng = RNG(5)
    problem = draw_problem(rng, 5)
    samples = [draw_sample(rng, 5, groups=True, closing=False) for _ in range(3)]
    objectives = [solve(replace(problem, budget=budget), samples).objective for budget in (0, 5, 10, 20, 40, 80)]
    assert objectives == sorted(objectives, reverse=True)


def test_identical_options_are_interchangeable() -> None:
    rng = RNG(9)
    sample = draw_sample(rng, 3, groups=True, closing=False)
    swapped = replace(sample, opened_by=np.where(sample.opened_by < 0, -1, (sample.opened_by + 1) % 3))
    cost, spend = np.array([5, 5, 5]), np.array([1, 1, 1])
    assert solve(OpeningProblem(cost, spend, budget=2), [sample]).objective == (
        solve(OpeningProblem(cost, spend, budget=2), [swapped]).objective
    )


def test_an_option_that_closes_a_home_is_taken_only_where_that_pays() -> None:
    there = AssignmentProblem.from_dense([[50, 20]], [1, 1], unplaced=100)
    sample = OpeningSample(there, np.array([-1, 0]), np.array([[0, 0]]))
    assert solve(OpeningProblem(np.array([10]), np.array([0])), [sample]).objective == 30  # 20 and 10 for the option
    assert solve(OpeningProblem(np.array([40]), np.array([0])), [sample]).taken.tolist() == [0]


def test_the_least_spend_that_meets_a_target() -> None:
    samples = [one_child(0, (0,)), one_child(0, (1,)), one_child(0, (0, 1))]
    spend = np.array([3, 7])
    problem = OpeningProblem(spend, spend, times=0, most=100)
    found = solve(problem, samples)
    assert found.taken.tolist() == [1, 0]  # one of three children still has no home: 100
    assert found.objective == 9  # 3 for each of three samples
    assert solve(replace(problem, most=0), samples).taken.tolist() == [1, 1]
    with pytest.raises(NoPlanError):
        solve(replace(problem, most=0, budget=9), samples)


def test_clashes_count_in_true_plans() -> None:
    problem = AssignmentProblem.from_dense([[0], [0]], [2], unplaced=100)
    together = OpeningSample(
        problem, np.array([0]), find_clashes=lambda place: [((0, 1), 0)] if (place == 0).all() else []
    )
    found = solve(OpeningProblem(np.array([150]), np.array([0])), [together])
    assert found.taken.tolist() == [0]
    assert found.objective == 200


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match="spend has 1"):
        OpeningProblem(np.array([1, 2]), np.array([1]))
    with pytest.raises(ValueError, match="names option 4"):
        OpeningProblem(np.array([1]), np.array([1]), at_most=(AtMost((4,), 1),))
    with pytest.raises(ValueError, match="not there anyway"):
        replace(one_child(1, (0,)), closing=np.array([[0, 0]]))
    both = AssignmentProblem.from_dense([[1, 1, 1]], [1, 1, 1], unplaced=9)
    twice = OpeningSample(both, np.array([-1, 0, 1]), np.array([[0, 0], [0, 1]]))
    with pytest.raises(ValueError, match="all close home 0"):
        LocalSamples(OpeningProblem(np.array([1, 1]), np.array([1, 1])), [twice])
    with pytest.raises(ValueError, match="no samples"):
        LocalSamples(OpeningProblem(np.array([1]), np.array([1])), [])
    with pytest.raises(ValueError, match="start"):
        problem = OpeningProblem(np.array([1]), np.array([5]), budget=3)
        solve_openings(problem, LocalSamples(problem, [one_child(1, (0,))]), start=[1])


def test_time_out_and_cancel_give_an_honest_bound() -> None:
    rng = RNG(3)
    problem = draw_problem(rng, 5)
    samples = [draw_sample(rng, 5, groups=True, closing=True) for _ in range(3)]
    best = by_force(problem, samples)
    for options in ({"time_limit": 0.0}, {"cancel": lambda: True}):
        found = solve_openings(problem, LocalSamples(problem, samples), gap=0.0, **options)
        assert found.bound <= best <= found.objective
        assert found.objective == cost_of(problem, samples, found.taken)
