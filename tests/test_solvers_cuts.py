"""Cuts never cut a lawful plan off, and bounds with any prices of theirs are bounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from solvers.arcs import Arcs
from solvers.bound import Pool
from solvers.columns import Columns, build_columns
from solvers.cuts import Cuts
from solvers.plan import Plan
from solvers.problem import AssignmentProblem
from tests.strategies_assignment import Case, brute_force, random_case, score


def _every_column(pool: Pool) -> Columns:
    everyone = np.ones(pool.problem.children, dtype=bool)
    every = [block.cost < 1 << 60 for block in pool.blocks]
    for block in pool.blocks:
        block.learn(np.ones(block.known.shape, dtype=bool))
    return build_columns(
        pool,
        pool.alone,
        [mask & (block.cost < 1 << 60) for mask, block in zip(every, pool.blocks, strict=True)],
        everyone,
    )


def _random_cuts(pool: Pool, columns: Columns, seed: int) -> Cuts:
    """Cuts that solutions drawn at random break."""
    draw, cuts = np.random.default_rng(seed), Cuts.none()
    for _ in range(8):
        chosen = draw.random(columns.cost.size) * draw.integers(0, 2, columns.cost.size)
        cuts = cuts.with_broken(columns, chosen, pool.resources)
    return cuts


def _case(seed: int) -> Case:
    return random_case(seed, most=5, use=seed % 3 == 0, resources=2 if seed % 3 == 0 else None)


def _left_sides(
    cuts: Cuts, columns: Columns, case: Case, places: tuple[int, ...]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """What a plan makes of every cut, from the rows given to the linear program."""
    parts = {(frozenset(i for i in group if places[i] == home), home) for group in case.groups for home in set(places)}
    grouped = {i for group in case.groups for i in group}
    parts |= {(frozenset([i]), home) for i, home in enumerate(places) if i not in grouped}
    covers: dict[int, set[int]] = {}
    for child, column in zip(columns.cover_child.tolist(), columns.cover_column.tolist(), strict=True):
        covers.setdefault(column, set()).add(child)
    chosen = np.array([(frozenset(covers[c]), int(columns.home[c])) in parts for c in range(columns.cost.size)])
    row, column, coefficient = cuts.rows(columns)
    return np.bincount(row, coefficient * chosen[column], cuts.home.size).astype(np.int64)


def test_no_lawful_plan_breaks_a_cut() -> None:
    met = 0
    for seed in range(150):
        case = _case(seed)
        problem = case.arcs()
        pool = Pool(problem, Arcs.of(problem))
        columns = _every_column(pool)
        cuts = _random_cuts(pool, columns, seed)
        if not cuts.home.size:
            continue
        options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
        for places in itertools.product(*options):
            if score(case, places) is not None:
                left = _left_sides(cuts, columns, case, places)
                assert (left <= cuts.most).all(), (seed, places)
                met += int((left == cuts.most).sum())
    assert met > 1000, "cuts that no plan ever meets with equality would be no test"


@pytest.mark.parametrize("seed", range(0, 120))
def test_any_prices_of_cuts_give_a_bound(seed: int) -> None:
    case = _case(seed)
    problem = case.arcs()
    pool = Pool(problem, Arcs.of(problem))
    pool.cuts = _random_cuts(pool, _every_column(pool), seed)
    draw = np.random.default_rng(seed)
    best = brute_force(case)
    for _ in range(5):
        homes = draw.integers(0, 1 + int(case.cost.max(initial=0)), pool.resources.capacity.shape) * pool.scale
        homes[:, pool.resources.beyond] = 0
        cuts = draw.integers(0, 1 + int(case.cost.max(initial=0)), pool.cuts.home.size) * pool.scale
        priced = pool.price(pool.cuts.prices(homes, cuts), 0)
        assert pool.unscaled(priced.bound) <= best


def test_a_whole_child_and_half_a_pair_are_too_many_for_two_places() -> None:
    """Child 2 and the pair 0, 1 at home 0: the linear program lets one and a half in until it is cut."""
    problem = AssignmentProblem.from_dense(np.array([[0, 50]] * 3), [2, 3], groups=[[0, 1]], unplaced=900, apart=90)
    pool = Pool(problem, Arcs.of(problem))
    columns = _every_column(pool)
    size = np.bincount(columns.cover_column, minlength=columns.cost.size)
    pair = np.flatnonzero((size == 2) & (columns.home == 0))
    alone = columns.cover_column[(columns.cover_child == 2) & (columns.home[columns.cover_column] == 0)]
    chosen = np.zeros(columns.cost.size)
    chosen[pair], chosen[alone] = 0.5, 1.0
    cuts = Cuts.none().with_broken(columns, chosen, pool.resources)
    assert (cuts.home.tolist(), cuts.most.tolist(), cuts.child.tolist()) == ([0], [1], [2])
    again = cuts.with_broken(columns, chosen, pool.resources)
    assert again.home.size == 1, "the same cut is not added twice"


def test_a_plan_priced_with_cuts_is_its_bound_and_its_regrets() -> None:
    """Objective = bound + regrets of what is chosen + price of what is left: to the penny, with surcharges."""
    for seed in range(40):
        case = random_case(seed, most=5)
        problem = case.arcs()
        pool = Pool(problem, Arcs.of(problem))
        columns = _every_column(pool)
        pool.cuts = _random_cuts(pool, columns, seed)
        prices = pool.cuts.prices(np.zeros_like(pool.resources.capacity), np.full(pool.cuts.home.size, 3 * pool.scale))
        priced = pool.price(prices, 0)
        places = tuple(-1 for _ in range(problem.children))
        plan = Plan.of(problem, pool.arcs, np.array(places, dtype=np.int64))
        regret = int(priced.nowhere[pool.single].sum())
        for block, group in zip(pool.blocks, priced.groups, strict=True):
            charges = ((problem.unplaced[block.members] + block.apart[:, None]) * pool.scale).sum(axis=1)
            regret += int((charges - block.apart * pool.scale - group.least).sum())
        unused = int((prices.homes * pool.resources.capacity).sum())
        assert priced.bound + regret + unused == plan.objective * pool.scale
