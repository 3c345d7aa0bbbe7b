"""What one place more or fewer is worth: by hand, against building and solving the changed case, and on the demo."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from matcher.intake.case_cache import read_kept
from matcher.reports.value_words import fewer_rows, more_rows, value_notes
from matcher.services.allocate import allocate
from matcher.services.beside import Beside
from matcher.services.problem import Run, build
from matcher.services.room_changed import RoomChanged, with_homes, with_places
from matcher.services.searches import operational
from matcher.services.value_results import OneMore, PlaceValues
from matcher.services.values import place_values
from models.case import Case
from solvers import AssignmentResult, solve_without_clashes
from tests.make_case import at, make_case, make_child, make_home
from tests.random_case import random_case
from tests.test_services_plan import _friendly_case


def solved(case: Case) -> tuple[Run, AssignmentResult]:
    run = build(case, operational(case))
    return run, solve_without_clashes(run.problem, run.clashes)


def changed(case: Case, home_id: str, places: int) -> Case:
    return with_homes(case, tuple(with_places(h, places) if h.id == home_id else h for h in case.homes))


def values_of(case: Case, seconds: float = 60) -> PlaceValues:
    run, result = solved(case)
    return place_values(run, result, seconds=seconds)


def objective_at(case: Case, charge: np.ndarray) -> int:
    run = build(case, operational(case))
    return solve_without_clashes(replace(run.problem, unplaced=charge), run.clashes).objective


def two_for_one() -> Case:
    """NEAR has one place, and A and B both need it; FULL has none open until one is added, and is dearer."""
    children = (make_child("A", home=at()), make_child("B", home=at(1)))
    homes = (make_home("NEAR", places=1), make_home("FULL", places=1, not_available_places=1, location=at(6)))
    return make_case(children, homes)


def test_a_place_more_gives_the_child_without_a_home_one() -> None:
    """Either home would do for the child left out; near is better, and both save the charge less what they cost."""
    case = two_for_one()
    values = values_of(case)
    run, result = solved(case)
    assert [(one.home_id, one.placed_more, one.exact) for one in values.more] == [("NEAR", 1, True), ("FULL", 1, True)]
    assert [one.to_home_id for one in values.more[0].moved] == ["NEAR"]
    (without,) = np.flatnonzero(result.place_of < 0)
    more = RoomChanged(run, 1)
    assert values.more[0].least_pence == int(more.plain.unplaced[without] - run.cost[without, 0])
    assert [(one.home_id, one.placed_fewer) for one in values.fewer] == [("NEAR", 1)]


def test_a_place_past_the_usual_fostering_limit_helps_nobody() -> None:
    children = [make_child(f"C{n}", home=at()) for n in range(4)]
    values = values_of(make_case(children, [make_home("FULL", places=3, bedrooms=4)]))
    assert (values.more, values.at_limit) == ((), 1)
    assert "usual fostering limit" in " ".join(value_notes(values))


def test_without_time_nothing_is_told_but_what_is_not_known() -> None:
    values = values_of(two_for_one(), seconds=-1)
    assert (values.more, values.fewer, values.solved_again) == ((), (), 0)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("places", [1, -1])
def test_a_changed_home_is_what_building_the_changed_case_gives(seed: int, places: int) -> None:
    case = _friendly_case(seed) if seed % 2 else random_case(seed, children=8, homes=7)
    run = build(case, operational(case))
    other = RoomChanged(run, places)
    for column, home in enumerate(case.homes):
        mine = other.at(column).problem
        fresh = build(changed(case, home.id, places), operational(case)).problem
        for ours, theirs in ((mine.child, fresh.child), (mine.home, fresh.home), (mine.cost, fresh.cost)):
            assert np.array_equal(ours, theirs)
        assert mine.units is not None and fresh.units is not None and np.array_equal(mine.units, fresh.units)
        assert np.array_equal(mine.capacity[column] + other.change[column], fresh.capacity[column])


@pytest.mark.parametrize("seed", range(25))
def test_values_equal_solving_the_changed_case(seed: int) -> None:
    case = _friendly_case(seed)
    run, result = solved(case)
    values = place_values(run, result, seconds=60)
    more, base = RoomChanged(run, 1), run.problem
    now = objective_at(case, more.plain.unplaced)
    for one in values.more:
        then = objective_at(changed(case, one.home_id, 1), more.plain.unplaced)
        assert one.exact and one.least_pence == now - then
    for lost in values.fewer:
        then = objective_at(changed(case, lost.home_id, -1), base.unplaced)
        assert lost.exact and lost.least_pence == then - result.objective
    assert [one.least_pence for one in values.more] == sorted((one.least_pence for one in values.more), reverse=True)


@pytest.mark.parametrize("seed", range(25))
def test_no_home_left_out_would_give_a_child_a_home(seed: int) -> None:
    """Every home where a place more places somebody is found, unless ten others promise more."""
    case = _friendly_case(seed)
    run, result = solved(case)
    found = {one.home_id for one in place_values(run, result, seconds=60).more}
    more = RoomChanged(run, 1)
    now = objective_at(case, more.plain.unplaced)
    for home in case.homes:
        saved = now - objective_at(changed(case, home.id, 1), more.plain.unplaced)
        if saved > 0 and saved >= int(more.plain.unplaced.min()) // 2:
            assert home.id in found


def test_words_say_how_sure_a_figure_is() -> None:
    known = OneMore(home_id="H1", kind_label="fostering", least_pence=900, most_pence=900, placed_more=0, moved=())
    bounded = known.model_copy(update={"home_id": "H2", "most_pence": 1200})
    values = PlaceValues(more=(known, bounded), fewer=(), solved_again=2, not_known=("H9",), at_limit=0)
    assert [row[2:4] for row in more_rows(values)] == [("£9", "exact"), ("£9", "at least; at most £12")]
    assert fewer_rows(values) == []
    assert "H9 would cost is not known" in value_notes(values)[-1]


def test_on_the_demo_one_home_would_place_the_child_left_out() -> None:
    case = read_kept(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    plan = allocate(case, beside=Beside(values=60))
    assert plan.values is not None
    first = plan.values.more[0]
    assert (first.home_id, first.placed_more, first.exact) == ("H0862", 1, True)
    assert [one.child_id for one in first.moved] == ["C4039"]
    assert len(plan.values.more) == plan.values.solved_again == 10
