"""The parts of the location models: whole numbers, what can be left out, filling sites, the benchmark's tables."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from benchmarks.location.instances import Instance, draw
from benchmarks.location.one import CONTENDERS
from benchmarks.location.report import markdown
from solvers import solve_location
from solvers.location_check import check_location
from solvers.location_core import make_core
from solvers.location_fewest import needed
from solvers.location_fill import fill
from solvers.location_loops import swapped
from solvers.location_problem import read_problem


@pytest.mark.parametrize("seed", range(20))
def test_no_swap_makes_a_swapped_choice_cheaper(seed: int) -> None:
    r = np.random.default_rng(seed)
    cost = r.integers(0, 50, (12, 8))
    core = make_core(cost, None, 0, 3, np.empty(0, np.int64))
    chosen = np.zeros(8, np.bool_)
    found, done = swapped(core.pairs, core.outside, core.charge, core.room, chosen, 100)
    total = int(found) // core.fine
    assert done
    sites = set(np.flatnonzero(chosen).tolist())
    assert total == cost[:, sorted(sites)].min(axis=1).sum()
    for old, new in itertools.product(sites, set(range(8)) - sites):
        assert cost[:, sorted(sites - {old} | {new})].min(axis=1).sum() >= total


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_out_is_needless(seed: int) -> None:
    r = np.random.default_rng(seed)
    able = r.random((7, 6)) < 0.4
    able[np.arange(7), r.integers(0, 6, 7)] = True
    demand, site = needed(able, np.array([0]))

    def fewest(rows: Any, columns: Any) -> int:
        table = able[np.ix_(rows, columns)]
        sizes = range(len(columns) + 1)
        return min(n for n in sizes for c in itertools.combinations(range(len(columns)), n) if table[:, c].any(1).all())

    open_rows = np.flatnonzero(~able[:, 0])
    assert fewest(demand, site) == fewest(open_rows, np.arange(1, 6))


@pytest.mark.parametrize("seed", range(30))
def test_filling_keeps_to_the_room_and_tells_what_it_costs(seed: int) -> None:
    r = np.random.default_rng(seed)
    cost, load = np.where(r.random((9, 3)) < 0.2, -1, r.integers(0, 30, (9, 3))), r.integers(1, 5, 9)
    room, outside, place = r.integers(3, 12, 3), np.full(9, 100), np.empty(9, np.int64)
    left = room.copy()
    total = fill(cost, outside, load, left, np.argsort(-load), place)
    used = [int(load[place == j].sum()) for j in range(3)]
    assert (room - used == left).all()
    assert (left >= 0).all()
    assert total == sum(100 if j < 0 else cost[i, j] for i, j in enumerate(place.tolist()))
    assert all(cost[i, j] >= 0 for i, j in enumerate(place.tolist()) if j >= 0)


def test_decimals_become_whole_parts() -> None:
    problem = read_problem([[0.25, 3.0]], "median", 1, None, [0.3], [0.3, np.inf], ())
    assert problem.cost.tolist() == [[75, 900]]
    assert (problem.unit, problem.tolerance) == (1000, 0)
    assert problem.load is not None
    assert problem.capacity is not None
    assert (problem.load.tolist(), problem.capacity.tolist()) == ([3], [3, 3])


@pytest.mark.parametrize("objective", ["median", "cover", "fewest"])
def test_contenders_of_the_benchmark_agree(objective: Any, tmp_path: Any) -> None:
    asked = draw(objective, 30, 4)
    asked.write(tmp_path / "instance.npz")
    again = Instance.read(tmp_path / "instance.npz")
    assert (again.objective, again.p, again.radius) == (asked.objective, asked.p, asked.radius)
    bounds = set()
    for solve in CONTENDERS.values():
        sites, site_of, bound = solve(again, 30.0)
        assert sites is not None
        assert site_of is not None
        assert bound is not None
        bounds.add(bound)
        check_location(asked.distance, sites.tolist(), site_of, bound, objective=objective, p=asked.p,
                       radius=asked.radius, demand=asked.demand)  # fmt: skip
    assert len(bounds) == 1


def test_the_tables_say_what_was_measured() -> None:
    ours = {"contender": "placewell", "seconds": 2.0, "objective": 10, "bound": 10, "megabytes": 100, "ended": ""}
    other = {"contender": "HiGHS", "seconds": 30.0, "objective": 12, "bound": 9, "megabytes": 200, "ended": ""}
    late = {
        "contender": "SCIP",
        "seconds": None,
        "objective": None,
        "bound": None,
        "megabytes": None,
        "ended": "too late",
    }
    found = {
        "machine": {"cores": 2, "processor": "a processor", "busy_before": 0.0}, "given": 30.0, "library": "no network",
        "questions": [{"objective": "median", "size": 9, "runs": [ours, other, late]}],
        "growth": [{**ours, "size": 2000, "p": 10, "seed": 1}],
    }  # fmt: skip
    page = markdown(found)
    assert "| HiGHS | 30 | 15 | 12 | 20.000% | 9 | NO | 200 |" in page
    assert "| SCIP | too late |" in page
    assert "not installed: no network" in page
    assert "| 2,000 | 10 | 1 | 2.0 | 10 | yes | 100 |" in page


_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2, 10**30, -(10**30), 1.5, 1e-320, 1e300, math.nan, math.inf, -math.inf, "", "two", b"1",
    [], [[]], [1], [1, 2], [[1, 2], [3, 4]], [[1, 2], [3]], [None, 1], [[True, False]], ["1", "2"], {}, {1: 2},
    object(), 3 + 4j, [1j], np.array([[1, 2], [3, 4]], np.uint8), np.array(["a"]), np.array([[1.0, np.inf]]),
    range(2), {0, 1}, np.float32(0.5), np.datetime64("2026-01-01"), [1e15, 1e15], [5e-324, 1],
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_input_is_answered_or_named(seed: int) -> None:
    r = np.random.default_rng(seed)
    for _ in range(25):
        asked: dict[str, Any] = {
            "objective": ("median", "cover", "fewest")[r.integers(3)],
            "distance": [[1, 2], [3, 4]],
        }
        if asked["objective"] != "fewest":
            asked["p"] = 2
        if asked["objective"] != "median":
            asked["radius"] = 3
        for name in ("distance", "p", "radius", "demand", "capacity", "fixed", "objective"):
            if r.random() < 0.15:
                asked[name] = _ODD[r.integers(len(_ODD))]
        try:
            found = solve_location(**asked)
        except ValueError as error:
            assert str(error)
        else:
            assert found.status in ("optimal", "feasible", "infeasible", "unknown")
