"""Weeks as they may come, drawn from the demo: lawful, the same again, never fuller than homes; and plans of them."""

from collections import Counter
from importlib.resources import files
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from matcher.intake.case import read_case
from matcher.services.opening.choice import Ahead, Asking, draw_samples, look_ahead, problem_of
from matcher.services.opening.plan import NothingOnTheMenuError, plan_openings
from matcher.services.opening.results import OpeningPlan
from matcher.services.opening.sampling import Sample
from matcher.services.opening.told import tell
from matcher.services.opening.weeks import Week, draw_week
from models.case import Case
from models.menu import SupportPackage
from models.ssda903.ages import age_at
from solvers.opening import solve_openings
from solvers.opening_local import LocalSamples
from solvers.opening_sample import plan_sample

SOME = ("carers_stevenage", "solo_home", "emergency_bed", "block_shared", "retainers", "keep_together")


@pytest.fixture(scope="module")
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@pytest.fixture(scope="module")
def small(demo: Case) -> Case:
    """The demo with some of its menu, one or two of each."""
    menu = tuple(item.model_copy(update={"limit": 1}) for item in demo.menu if item.id in SOME)
    return with_menu(demo, menu)


def with_menu(case: Case, menu: tuple[object, ...]) -> Case:
    return Case(**{name: getattr(case, name) for name in Case.model_fields} | {"menu": menu})


ASKING = Asking(weeks_ahead=78, samples=5, fresh=3, gap=0.0, seed=3)


def quiet(_words: str) -> None:
    pass


@pytest.fixture(scope="module")
def ahead(small: Case) -> Ahead:
    return look_ahead(small, ASKING, quiet)


@pytest.fixture(scope="module")
def weeks(ahead: Ahead) -> list[Week]:
    seeds = np.random.SeedSequence(1).spawn(5)
    return [draw_week(ahead.today, future, seed) for future, seed in zip(ahead.chosen_by, seeds, strict=True)]


@pytest.fixture(scope="module")
def samples(ahead: Ahead) -> list[Sample]:
    return draw_samples(ahead, ahead.chosen_by, ASKING, 1, quiet, None)


def test_who_looks_is_like_somebody_on_file_at_the_age_they_have_today(ahead: Ahead, weeks: list[Week]) -> None:
    case = ahead.today.case
    for week in weeks:
        assert {referral.child_id for referral in week.case.referrals} == set(week.searches.children)
        for referral in week.searches.referrals:
            copy = week.case.child[referral.child_id]
            like = case.child[copy.id.split(":")[-1]]
            assert age_at(copy.born, week.case.as_at) - age_at(like.born, case.as_at) in (-1, 0, 1)
            assert (copy.sex, copy.home, copy.circumstances) == (like.sex, like.home, like.circumstances)


def test_as_many_look_as_the_forecast_has_on_average(ahead: Ahead) -> None:
    drawn = [
        len(draw_week(ahead.today, future, seed).searches.referrals)
        for future in ahead.chosen_by
        for seed in np.random.SeedSequence(7).spawn(12)
    ]
    expected = float(np.mean([future.new.sum() + future.moving for future in ahead.chosen_by]))
    spread = 4 * np.sqrt(1.3 * expected / len(drawn))
    assert abs(np.mean(drawn) - expected) < spread


def test_no_home_is_fuller_than_its_places(ahead: Ahead, weeks: list[Week]) -> None:
    for week, future in zip(weeks, ahead.chosen_by, strict=True):
        places = dict(zip((home.id for home in ahead.today.homes), future.places.tolist(), strict=True))
        lives = Counter(placement.home_id for placement in week.case.placements)
        for resident in week.case.residents:
            lives[resident.home_id] += resident.takes_place
        for home in week.case.homes:
            if home.id in places and home.id in ahead.today.case.home:
                own = ahead.today.case.placed_in.get(home.id, ())
                already = len(own) + sum(r.takes_place for r in ahead.today.case.residents_of.get(home.id, ()))
                assert lives[home.id] <= max(places[home.id], already)


def test_one_seed_draws_one_week_and_another_another(ahead: Ahead) -> None:
    future = ahead.chosen_by[0]
    one, again, other = (draw_week(ahead.today, future, np.random.SeedSequence(seed)) for seed in (5, 5, 6))
    assert one.case == again.case
    assert one.case != other.case


def test_an_option_that_never_succeeds_is_never_there(small: Case) -> None:
    none = tuple(item.model_copy(update={"chance_percent": 0}) for item in small.menu)
    there = look_ahead(with_menu(small, none), ASKING, quiet)
    week = draw_week(there.today, there.chosen_by[0], np.random.SeedSequence(1))
    assert set(week.opened_by) == {-1}


def test_samples_are_the_same_on_processes_as_here(ahead: Ahead, samples: list[Sample]) -> None:
    away = draw_samples(ahead, ahead.chosen_by, Asking(78, 5, 3, 0.0, 3, on="processes:2"), 1, quiet, None)
    for one, other in zip(samples, away, strict=True):
        assert one.run.case == other.run.case
        np.testing.assert_array_equal(one.solver.problem.cost, other.solver.problem.cost)
        np.testing.assert_array_equal(one.solver.opened_by, other.solver.opened_by)


def test_brute_force_over_the_whole_menu_finds_nothing_better(ahead: Ahead, samples: list[Sample]) -> None:
    options = ahead.today.options
    problem = problem_of(options, 60_000_000, ahead.today.case.policy)
    found = solve_openings(problem, LocalSamples(problem, [sample.solver for sample in samples]), gap=0.0)

    def cost(taken: npt.NDArray[np.int64]) -> int:
        plans = sum(plan_sample(sample.solver, taken).objective for sample in samples)
        return len(samples) * int(problem.cost @ taken) + problem.times * plans

    some = [number for number, option in enumerate(options) if not option.replaces]
    assert len(some) == 5
    best = found.objective
    for bits in product((0, 1), repeat=len(some)):
        taken = found.taken.copy()
        taken[some] = bits
        if problem.lawful(taken):
            best = min(best, cost(taken))
    assert cost(found.taken) == found.objective == best
    assert found.bound <= best
    assert found.gap < 1e-4


def test_support_keeps_children_only_where_a_placement_would_end(samples: list[Sample]) -> None:
    kept = 0
    for sample in samples:
        for row in sample.keeping.child.tolist():
            assert sample.ending[row] >= 0
            kept += 1
    assert kept


def test_nobody_goes_back_to_a_home_that_is_ending(samples: list[Sample]) -> None:
    for sample in samples:
        problem = sample.solver.problem
        left = np.full(problem.children, -2)
        left[: len(sample.ending)] = sample.ending
        assert not (left[problem.child] == problem.home).any()


def test_an_emergency_bed_is_for_those_who_need_a_home_at_once(ahead: Ahead, samples: list[Sample]) -> None:
    number = next(n for n, option in enumerate(ahead.today.options) if option.same_day_only)
    for sample in samples:
        beds = np.flatnonzero(sample.solver.opened_by == number)
        for child in sample.solver.problem.child[np.isin(sample.solver.problem.home, beds)].tolist():
            assert sample.run.searches.referrals[child].urgency.value in ("same_day", "within_72_hours")


def test_a_week_is_told_as_it_is_planned(ahead: Ahead, samples: list[Sample]) -> None:
    """Told with a choice after one that has more, as told alone: plans are shared only where they are the same."""
    rng, options = np.random.default_rng(4), len(ahead.today.options)
    for sample in samples:
        choices = [np.ones(options, dtype=np.int64), *rng.integers(0, 2, (4, options))]
        for choice, told in zip(choices, tell(sample, choices, 0.0), strict=True):
            (alone,) = tell(sample, [choice], 0.0)
            assert told.objective == alone.objective
            assert told.children == len(sample.run.searches.referrals) == len(told.miles) == len(told.fees)
            assert told.unplaced == sum(fee is None for fee in told.fees)
            assert told.together <= told.groups
            assert all(fee is not None or mile == -1 for fee, mile in zip(told.fees, told.miles, strict=True))


@pytest.fixture(scope="module")
def plan(small: Case) -> OpeningPlan:
    return plan_openings(small, budget_pence=40_000_000, samples=4, fresh=4, gap=0.02, seed=2)


def test_the_whole_plan_hangs_together(plan: OpeningPlan) -> None:
    assert plan.spent_pence <= 40_000_000
    assert plan.spent_pence == sum(item.yearly_pence for item in plan.items)
    assert plan.certificate.bound_pence <= plan.certificate.objective_pence
    assert plan.unplaced_without.mean - plan.unplaced_with.mean == pytest.approx(plan.whole.unplaced_avoided.mean)
    assert plan.whole.fees_saved_pence_a_year.mean - plan.spent_pence == pytest.approx(plan.whole.net_pence_a_year.mean)
    spent = [point.spent_pence for point in plan.frontier]
    objectives = [point.objective_pence for point in plan.frontier]
    assert spent[0] == 0
    assert all(point.spent_pence <= point.budget_pence for point in plan.frontier)
    assert objectives == sorted(objectives, reverse=True)
    assert {rival.name for rival in plan.rivals} == {
        "Where most need a home", "What is cheapest", "Teenage carers everywhere",
    }  # fmt: skip
    assert len(plan.otherwise) == 2


def test_nothing_in_time_and_too_few_weeks_are_said(demo: Case) -> None:
    late = with_menu(demo, tuple(item.model_copy(update={"lead_weeks": 500}) for item in demo.menu[:1]))
    with pytest.raises(NothingOnTheMenuError, match="78 weeks"):
        plan_openings(late, budget_pence=None, samples=2, fresh=2)
    with pytest.raises(NothingOnTheMenuError):
        plan_openings(with_menu(demo, ()), budget_pence=None, samples=2, fresh=2)
    with pytest.raises(ValueError, match="expected 2 or more"):
        plan_openings(demo, budget_pence=None, samples=1, fresh=2)


def test_support_is_no_home_of_its_own(demo: Case) -> None:
    (item,) = (item for item in demo.menu if isinstance(item, SupportPackage))
    assert item.children == 2
