"""The adoption benchmark on a small pool: rivals give the answers they are timed for, tables say what was found."""

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from benchmarks.adoption.instances import draw_pool
from benchmarks.adoption.pandas_screen import pandas_screen
from benchmarks.adoption.report import both_ways, compare, markdown, show
from benchmarks.adoption.runs import both_ways as lists_of
from benchmarks.adoption.simulated import look
from benchmarks.adoption.simulated import markdown as simulated_markdown
from benchmarks.adoption.simulated import show as simulated_show
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import screen
from matcher.services.adoption.simulation_results import SimulationSettings

TOP = 5


@cache
def found() -> dict[str, Any]:
    return compare(children=40, families=50, seed=2)


def test_both_lists_are_read_off_the_whole_table() -> None:
    screened = screen(pool_case(draw_pool(40, 50, seed=2)))
    by_unit, by_family = lists_of(screened, TOP)
    cost, eligible = screened.cost, screened.eligible
    for columns, costs, theirs, allowed in (
        (by_unit.columns, by_unit.costs, cost, eligible), (by_family.columns, by_family.costs, cost.T, eligible.T),
    ):  # fmt: skip
        for row in range(len(theirs)):
            best = sorted((int(theirs[row, at]), at) for at in np.flatnonzero(allowed[row]).tolist())[:TOP]
            there = columns[row] >= 0
            assert list(zip(costs[row][there].tolist(), columns[row][there].tolist(), strict=True)) == best


@pytest.mark.parametrize("seed", range(2))
def test_pandas_gives_our_families_at_our_prices(seed: int) -> None:
    pool = pool_case(draw_pool(40, 50, seed=seed))
    ours, _ = lists_of(screen(pool), TOP)
    theirs = pandas_screen(pool, TOP, len(pool.units))()
    assert np.array_equal(ours.columns, theirs.columns)
    assert np.array_equal(ours.costs, theirs.costs)
    assert (ours.columns >= 0).sum() > 50


def test_a_whole_run_compares_everybody() -> None:
    run = found()
    json.dumps(run)
    assert run["pandas"]["same"]
    assert run["placewell"]["status"] == "optimal"
    assert run["scipy_matrix"]["objective"] == run["placewell"]["objective"] == run["placewell"]["bound"]
    assert run["scipy_matrix"]["linked"] == run["placewell"]["linked"] >= run["first_come"]["linked"] > 0
    assert run["first_come"]["objective"] >= run["placewell"]["objective"]
    assert both_ways(run) > 0
    assert both_ways(run, "cpu") > 0


def test_the_tables_say_floors_ratios_and_whether_the_answer_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    run = found()
    words = markdown(run)
    for said in ("under 5 s", "under 60 s", "pandas", "scipy, matrix", "first come, first served", "optimal", "MiB"):
        assert said in words
    show(run)
    assert "Asked of it" in capsys.readouterr().out


def test_a_floor_that_is_missed_is_said() -> None:
    run = json.loads(json.dumps(found()))
    run["placewell"]["seconds"]["linking"] = 61.0
    run["placewell"]["cpu"]["linking"] = 5.0
    asked = [line for line in markdown(run).splitlines() if line.startswith("| linked with proof")]
    assert [line.rstrip(" |").endswith("NO") for line in asked] == [True, False]
    run["placewell"]["status"] = "feasible"
    asked = [line for line in markdown(run).splitlines() if line.startswith("| linked with proof")]
    assert all(line.rstrip(" |").endswith("NO") for line in asked)


def test_the_demo_simulated_prints_means_paired_differences_and_groups(capsys: pytest.CaptureFixture[str]) -> None:
    run = look(SimulationSettings(weeks=20, replications=4))
    words = simulated_markdown(json.loads(json.dumps(run)))
    for said in ("first come", "caseworker", "whole pool", "expected value", "less caseworker", "Ethnic group", " to "):
        assert said in words
    means = [line for line in words.splitlines() if line.startswith("| children matched")]
    assert len(means) == 4  # two runs' means, and the differences of two strategies
    simulated_show(run)
    printed = capsys.readouterr().out
    assert "Paired differences" in printed
    assert "\u2026" not in printed  # nothing cut short


def test_a_pool_is_the_same_from_the_same_seed_and_as_large_as_asked() -> None:
    one, other = draw_pool(30, 20, seed=3), draw_pool(30, 20, seed=3)
    assert one == other
    assert one != draw_pool(30, 20, seed=4)
    assert (len(one.adoption.children), len(one.adoption.families)) == (30, 20)
    assert one.synthetic
