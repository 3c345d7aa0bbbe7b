"""Location models against brute force, answers worked by hand, and what must hold of any answer."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from solvers import LocationError, LocationResult, check_location, solve_location


def _assign(far: Any, sites: tuple[int, ...], radius: float, weight: Any, capacity: Any, cover: bool) -> float | None:
    """Least cost of serving all from these sites, or most weight covered; by trying everything."""
    options = [[j for j in sites if 0 <= row[j] <= radius] + ([-1] if cover else []) for row in far.tolist()]
    if capacity is None:
        if cover:
            return float(sum(w for w, mine in zip(weight, options, strict=True) if len(mine) > 1))
        if not all(options):
            return None
        return float(
            sum(w * min(far[i, j] for j in mine) for i, (w, mine) in enumerate(zip(weight, options, strict=True)))
        )
    best: float | None = None
    for places in itertools.product(*options):
        load = dict.fromkeys(sites, 0)
        for i, j in enumerate(places):
            if j >= 0:
                load[j] += weight[i]
        if any(load[j] > capacity[j] for j in sites):
            continue
        cost = sum(-weight[i] if cover else weight[i] * far[i, j] for i, j in enumerate(places) if j >= 0)
        best = cost if best is None else min(best, cost)
    return None if best is None else float(abs(best))


def _brute(
    far: Any, objective: str, p: int | None, radius: float | None, weight: Any, capacity: Any, fixed: Any
) -> Any:
    sites = far.shape[1]
    answers: list[float] = []
    for size in range(len(fixed), (sites if p is None else p) + 1):
        for chosen in itertools.combinations(range(sites), size):
            if set(fixed) <= set(chosen):
                reach = math.inf if radius is None else radius
                value = _assign(far, chosen, reach, weight, capacity, objective == "cover")
                if value is not None:
                    answers.append(size if objective == "fewest" else value)
    if not answers:
        return None
    return max(answers) if objective == "cover" else min(answers)


def _draw(seed: int, capacitated: bool) -> dict[str, Any]:
    r = np.random.default_rng(seed)
    demands, sites = int(r.integers(1, 6 if capacitated else 9)), int(r.integers(1, 5 if capacitated else 7))
    far = r.integers(0, 12, (demands, sites))
    far = np.where(r.random(far.shape) < 0.15, -1, far)
    objective = ("median", "cover", "fewest")[seed % 3]
    weight = r.integers(0, 6, demands) if r.random() < 0.6 else np.ones(demands, np.int64)
    capacity = r.integers(0, 10, sites) if capacitated else None
    fixed = sorted(r.choice(sites, int(r.integers(0, min(sites, 2) + 1)), replace=False).tolist()) if seed % 2 else []
    p = None if objective == "fewest" else int(r.integers(len(fixed), sites + 1))
    radius = None if objective == "median" else int(r.integers(0, 10))
    return {"distance": far, "objective": objective, "p": p, "radius": radius, "demand": weight, "capacity": capacity,
            "fixed": fixed}  # fmt: skip


@pytest.mark.parametrize("capacitated", [False, True])
@pytest.mark.parametrize("first", range(0, 300, 50))
def test_agrees_with_trying_everything(first: int, capacitated: bool) -> None:
    for seed in range(first, first + (50 if not capacitated else 30)):
        asked = _draw(seed, capacitated)
        found = solve_location(**asked)
        best = _brute(asked["distance"], asked["objective"], asked["p"], asked["radius"], asked["demand"],
                      asked["capacity"], asked["fixed"])  # fmt: skip
        if best is None:
            assert found.status == "infeasible", (seed, found)
            assert found.sites.size == 0
            assert (found.site_of == -1).all()
        else:
            assert (found.status, found.objective, found.bound) == ("optimal", best, best), (seed, found, best)
            _recheck(asked, found)


def _recheck(asked: dict[str, Any], found: LocationResult) -> None:
    rest = {name: value for name, value in asked.items() if name != "distance"}
    check_location(asked["distance"], found.sites.tolist(), found.site_of, found.objective, **rest)


def _line() -> Any:
    """Five children at miles 0, 1, 2, 10 and 11 of a road; homes could open at each of those."""
    miles = np.array([0, 1, 2, 10, 11])
    return abs(miles[:, None] - miles[None, :])


def test_a_road_by_hand() -> None:
    # Two homes: at mile 1 for the first three (1 + 0 + 1), at 10 or 11 for the others (1).
    found = solve_location(_line(), objective="median", p=2)
    assert (found.objective, found.bound, found.status, found.sites[0]) == (3, 3, "optimal", 1)
    # One home within a mile: mile 1 covers three.
    found = solve_location(_line(), objective="cover", p=1, radius=1)
    assert (found.objective, found.sites.tolist(), found.site_of.tolist()) == (3, [1], [1, 1, 1, -1, -1])
    # With weights the two at the far end count more.
    assert solve_location(_line(), objective="cover", p=1, radius=1, demand=[1, 1, 1, 2, 2]).objective == 4
    # Two homes reach all within a mile; with a home fixed at mile 0, three.
    assert solve_location(_line(), objective="fewest", radius=1).objective == 2
    found = solve_location(_line(), objective="fewest", radius=1, fixed=[0])
    assert (found.objective, 0 in found.sites.tolist()) == (3, True)
    # A home for two children each: three of them.
    assert solve_location(_line(), objective="fewest", radius=2, capacity=[2] * 5).objective == 3


def test_the_example_of_the_page() -> None:
    miles = [[3, 11, 24, 19], [9, 2, 17, 22], [25, 14, 4, 8], [21, 23, 6, 3], [12, -1, 15, 10]]
    found = solve_location(miles, objective="median", p=3, demand=[14, 6, 9, 11, 4], fixed=[2])
    assert (found.sites.tolist(), found.site_of.tolist()) == ([0, 1, 2], [0, 1, 2, 2, 0])
    # 14 * 3 + 6 * 2 + 9 * 4 + 11 * 6 + 4 * 12
    assert (found.objective, found.bound, found.status) == (204, 204, "optimal")


def test_decimals_are_exact_and_fractions_say_how_rounded() -> None:
    far = _line() / 10
    found = solve_location(far, objective="median", p=2, demand=[0.3] * 5)
    assert (found.objective, found.bound, found.tolerance) == (0.09, 0.09, 0)
    far = np.sqrt(_line() + 0.5)
    found = solve_location(far, objective="median", p=2)
    best = min(np.minimum(far[:, a], far[:, b]).sum() for a, b in itertools.combinations(range(5), 2))
    assert found.status == "optimal"
    assert found.objective == pytest.approx(best, rel=1e-12)
    assert 0 < found.tolerance < 1e-9


def test_no_plan() -> None:
    far: Any = [[1, -1], [-1, math.inf]]
    found = solve_location(far, objective="fewest", radius=5)
    assert (found.status, found.unreachable, found.sites.size, found.gap) == ("infeasible", (1,), 0, math.inf)
    assert solve_location([[1, -1], [-1, 1]], objective="median", p=1).status == "infeasible"
    assert solve_location([[1], [1]], objective="median", p=1, capacity=[1]).status == "infeasible"
    assert solve_location([[1], [1]], objective="cover", p=1, radius=1, capacity=[1]).objective == 1


def test_nobody_and_nowhere() -> None:
    assert solve_location(np.empty((0, 3)), objective="median", p=2).objective == 0
    assert solve_location(np.empty((0, 0)), objective="fewest", radius=1).objective == 0
    assert solve_location(np.empty((0, 2)), objective="fewest", radius=1, fixed=[1]).sites.tolist() == [1]
    assert solve_location([[3]], objective="cover", p=0, radius=5).objective == 0
    assert solve_location([[3]], objective="median", p=0).status == "infeasible"
    assert solve_location(np.empty((2, 0)), objective="median", p=1).unreachable == (0, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"objective": "centre"}, "objective is 'centre'"),
        ({"p": None}, "needs the number of sites"),
        ({"p": -1}, "p is -1"),
        ({"p": 1.5}, "expected"),
        ({"p": 1, "fixed": [0, 1]}, "2 sites are fixed"),
        ({"fixed": [7]}, r"fixed\[0\] is 7"),
        ({"fixed": [1, 1]}, "twice"),
        ({"radius": 3}, "radius is for"),
        ({"objective": "cover"}, "radius is None"),
        ({"objective": "cover", "radius": math.nan}, "radius is nan"),
        ({"objective": "fewest", "radius": 1}, "p is for"),
        ({"demand": [1, 2]}, "demand has 2 entries"),
        ({"demand": [1, 1, -1, 1, 1]}, r"demand\[2\] is -1"),
        ({"capacity": [1]}, "capacity has 1 entries"),
        ({"capacity": [math.nan] * 5}, r"capacity\[0\] is nan"),
        ({"capacity": [1] * 5, "demand": [1 / 3] * 5}, "decimals"),
        ({"distance": [[1, 2], [3]]}, "distance cannot be read"),
        ({"distance": [[1, "far"]]}, "distance"),
        ({"distance": [[1, -2]]}, r"distance\[0, 1\] is -2"),
        ({"distance": [[1, math.nan]]}, r"distance\[0, 1\] is nan"),
        ({"distance": [1, 2]}, "1 dimensions"),
        ({"time_limit": -1}, "time_limit is -1"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], words: str) -> None:
    asked: dict[str, Any] = {"distance": _line(), "objective": "median", "p": 2}
    with pytest.raises(ValueError, match=words):
        solve_location(**(asked | change))


def _county(demands: int, sites: int, seed: int = 1) -> Any:
    r = np.random.default_rng(seed)
    child, home = r.random((demands, 2)) * 400, r.random((sites, 2)) * 400
    return np.rint(np.hypot(*(child[:, None] - home[None]).transpose(2, 0, 1))).astype(np.int64)


def test_more_sites_are_never_worse_and_scale_changes_nothing() -> None:
    far = _county(60, 50)
    costs = [solve_location(far, objective="median", p=p).objective for p in range(1, 8)]
    assert costs == sorted(costs, reverse=True)
    covered = [solve_location(far, objective="cover", p=p, radius=60).objective for p in range(1, 8)]
    assert covered == sorted(covered)
    assert solve_location(far * 7, objective="median", p=4).objective == 7 * costs[3]
    twice = solve_location(np.hstack([far, far]), objective="median", p=4)
    assert twice.objective == costs[3]
    assert solve_location(np.vstack([far, far]), objective="median", p=4).objective == 2 * costs[3]
    assert solve_location(far, objective="median", p=4, demand=[2] * 60).objective == 2 * costs[3]


def test_large_capacities_are_none() -> None:
    far = _county(40, 20)
    free = solve_location(far, objective="median", p=4)
    found = solve_location(far, objective="median", p=4, capacity=[math.inf] * 20)
    assert (found.status, found.objective) == ("optimal", free.objective)
    tight = solve_location(far, objective="median", p=4, capacity=[10] * 20)
    assert tight.status == "optimal"
    assert tight.objective > free.objective
    assert (np.bincount(tight.site_of) <= 10).all()


@pytest.mark.parametrize("capacity", [None, [40] * 250])
def test_stopped_early_it_says_how_good_the_plan_is(capacity: list[int] | None) -> None:
    far = _county(250, 250)
    best = solve_location(far, objective="median", p=9)
    found = solve_location(far, objective="median", p=9, capacity=capacity, cancel=lambda: True)
    assert found.status == "feasible"
    assert found.bound <= best.objective <= found.objective
    assert found.gap > 0


def test_proved_at_900_by_900() -> None:
    found = solve_location(_county(900, 900), objective="median", p=10, time_limit=300)
    assert (found.status, found.objective) == ("optimal", found.bound)


def test_the_checker_finds_what_is_wrong() -> None:
    far = _line()
    found = solve_location(far, objective="median", p=2, fixed=[1], capacity=[3] * 5)
    rest: dict[str, Any] = {"objective": "median", "p": 2, "fixed": [1], "capacity": [3] * 5}
    good = (found.sites.tolist(), found.site_of, found.objective)
    check_location(far, *good, **rest)
    sites, site_of, value = good
    for plan, asked, words in (
        ((sites, site_of, value - 1), rest, "worth"),
        ((sites, np.where(site_of == 1, -1, site_of), value), rest, "no site"),
        ((sites, np.full(5, 1), value), rest, "serves 5"),
        ((sites, np.full(5, 0), value), rest, "not chosen"),
        ((sites[::-1], site_of, value), rest, "rising"),
        ((sites, site_of, value), rest | {"p": 1}, "1 at most"),
        ((sites, site_of, value), rest | {"fixed": [0]}, "fixed"),
        (([1, 9], site_of, value), rest, "numbered"),
        ((sites, site_of[:4], value), rest, "have a site or none"),
        ((sites, site_of, value), rest | {"radius": 0}, "cannot be"),
    ):
        with pytest.raises(LocationError, match=words):
            check_location(far, *plan, **asked)
