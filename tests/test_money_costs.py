"""What places cost now and in a run, added up by hand on a small authority and reconciled on the demo's."""

import pytest

from matcher.services.allocate import allocate
from matcher.services.money.costs import CostLine, CostNow, cost_now
from matcher.services.money.runs import RunCost, Step, StepCost, marginal_fee, run_cost
from models.case import Case
from models.placement import Funding
from models.ssda903.derive import PlacementKind
from tests.make_case import make_case, make_child, make_home, make_placement
from tests.money_case import a_case, a_plan


@pytest.fixture(scope="module")
def case() -> Case:
    return a_case()


@pytest.fixture(scope="module")
def now(case: Case) -> CostNow:
    return cost_now(case)


def line(lines: tuple[CostLine, ...], label: str) -> CostLine:
    return next(each for each in lines if each.label == label)


def step(run: RunCost, which: Step) -> StepCost:
    return next(each for each in run.steps if each.step is which)


def test_every_service_by_hand(now: CostNow) -> None:
    told = {each.label: (each.children, each.weekly_pence, each.mean_pence) for each in now.lines}
    assert told == {
        "Connected person": (("K",), 0, None),
        "In-house fostering": (("A", "B"), 82_000, 41_000),
        "IFA fostering": (("C",), 90_000, 90_000),
        "IFA fostering, disability": (("D",), 130_000, 130_000),
        "Independent residential home": (("E", "G"), 750_000, 375_000),
    }


def test_the_total_is_the_sum_and_a_year_is_52_weeks(now: CostNow) -> None:
    assert now.total.weekly_pence == 1_052_000
    assert now.total.yearly_pence == 54_704_000
    assert now.total.mean_pence == 175_333  # of the six with a price
    assert now.total.unpriced == ("K",)
    assert now.total.priced == 6


def test_who_pays_adds_up_and_shares_that_do_not_are_named(now: CostNow) -> None:
    assert now.total.weekly.parts == (80_000, 30_000, 20_000, 922_000)
    assert now.shares_differ == ("E",)


def test_prices_by_living_arrangement_are_the_same_money(now: CostNow) -> None:
    assert sum(cost.total_pence for cost in now.by_living) == now.total.weekly_pence


@pytest.mark.parametrize(
    ("fee", "full", "marginal", "expected"),
    [
        (90_000, 90_000, 90_000, 90_000),  # spot: all of it
        (350_000, 300_000, 0, 50_000),  # a block bed: only the extras
        (250_000, 300_000, 0, 0),  # never under nothing
        (300_000, 300_000, 20_000, 20_000),
    ],
)
def test_what_a_place_changes_spending_by(fee: int, full: int, marginal: int, expected: int) -> None:
    home = make_home(fee_pence=full, marginal_fee_pence=marginal)
    assert marginal_fee(fee, home) == expected
    assert marginal_fee(fee, None) == fee


def test_a_run_by_hand(case: Case) -> None:
    run = run_cost(case, a_plan(case, {"NEW": "F1", "E": "BLOCK"}))
    assert run.total.weekly_pence == 1_052_000 + 40_000 - 400_000 + 300_000
    assert (run.today_pence, run.today_marginal_pence) == (1_052_000, 752_000)
    assert run.marginal_pence == 752_000 + 40_000 - 400_000  # the block bed costs nothing more
    assert run.marginal_yearly_pence == 52 * 392_000
    moves, new, stays = (step(run, each) for each in (Step.MOVES, Step.NEW, Step.STAYS))
    assert (moves.children, moves.today_pence, moves.full_pence, moves.marginal_pence) == (("E",), 400_000, 300_000, 0)
    assert (new.children, new.today_pence, new.full_pence) == (("NEW",), 0, 40_000)
    assert stays.children == ("A", "B", "C", "D", "G", "K")
    assert stays.not_compared == ("K",)
    assert stays.full_pence == stays.today_pence == 652_000
    assert line(run.lines, "In-house fostering").children == ("A", "B", "NEW")


def test_a_child_the_run_finds_no_home_for_costs_what_they_cost_today(case: Case) -> None:
    run = run_cost(case, a_plan(case, {"NEW": None, "E": None}))
    waiting = step(run, Step.NO_HOME)
    assert (waiting.children, waiting.not_compared) == (("E", "NEW"), ("NEW",))
    assert run.total.weekly_pence == run.today_pence == 1_052_000
    assert "NEW" in run.total.unpriced


def test_a_child_who_stays_keeps_todays_price_not_the_list_price() -> None:
    case = make_case(
        [make_child("A")], [make_home("F")], placements=[make_placement("A", "F", fee_pence=50_000)]
    )  # fmt: skip
    run = run_cost(case, a_plan(case, {"A": "F"}))
    assert run.total.weekly_pence == 50_000
    assert step(run, Step.STAYS).children == ("A",)


def test_who_pays_stays_in_proportion_when_a_child_moves() -> None:
    shares = Funding(social_care_pence=60_000, education_pence=40_000)
    lives = make_placement("A", "DEAR", kind=PlacementKind.IFA_FOSTERING, fee_pence=100_000, funding=shares)
    case = make_case([make_child("A")], [make_home("DEAR"), make_home("F")], placements=[lives])
    run = run_cost(case, a_plan(case, {"A": "F"}))
    assert run.total.weekly.parts == (24_840, 16_560, 0, 0)  # 60:40 of 41,400


def test_an_unknown_price_today_is_not_compared_and_still_reconciles() -> None:
    lives = make_placement("A", None, kind=PlacementKind.IFA_FOSTERING)
    case = make_case([make_child("A")], [make_home("F")], placements=[lives])
    run = run_cost(case, a_plan(case, {"A": "F"}))
    moves = step(run, Step.MOVES)
    assert (moves.not_compared, moves.full_pence, moves.not_compared_full_pence) == (("A",), 0, 41_400)
    assert run.total.weekly_pence == 41_400


def test_steps_add_up_to_the_run_whatever_the_engine_chose(case: Case) -> None:
    run = run_cost(case, allocate(case))
    assert sum(each.full_pence + each.not_compared_full_pence for each in run.steps) == run.total.weekly_pence
    marginal = sum(each.marginal_pence + each.not_compared_marginal_pence for each in run.steps)
    assert marginal == run.marginal_pence
    assert sum(each.today_pence for each in run.steps) == run.today_pence
    assert sum(each.today_marginal_pence for each in run.steps) == run.today_marginal_pence
    children = [child for each in run.steps for child in each.children]
    assert sorted(children) == sorted(run.total.children)
    assert sum(each.weekly_pence for each in run.lines) == run.total.weekly_pence
