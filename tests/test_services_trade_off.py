"""Money against welfare: by hand, against every lawful plan of small cases, and drawn."""

import numpy as np
import pytest

from matcher.reports.trade_words import more_or_less, trade_notes, trade_rows
from matcher.services.check_plan import check_plan
from matcher.services.plan import welfare_of
from matcher.services.problem import Run, build
from matcher.services.searches import operational
from matcher.services.trade_off import trade_off
from matcher.services.trade_results import TradeOff
from models.case import Case
from solvers import AssignmentResult, solve_without_clashes
from tests.every_plan import every_plan, score_each_pair_once
from tests.make_case import at, make_case, make_child, make_home
from tests.test_services_plan import _friendly_case, _lawful


def solved(case: Case) -> tuple[Run, AssignmentResult]:
    run = build(case, operational(case))
    return run, solve_without_clashes(run.problem, run.clashes)


def traded(case: Case) -> TradeOff:
    return trade_off(*solved(case), seconds=30)


def near_or_cheap() -> Case:
    """NEAR is ten miles nearer and £500 a week dearer than FAR."""
    near = make_home("NEAR", fee_pence=91_400, marginal_fee_pence=91_400)
    return make_case([make_child("A", home=at())], [near, make_home("FAR", location=at(10))])


def test_the_near_home_and_the_cheap_one_are_the_two_ends() -> None:
    told = traded(near_or_cheap())
    assert [dict(point.homes) for point in told.points] == [{"A": "NEAR"}, {"A": "FAR"}]
    assert [point.fees_pence for point in told.points] == [91_400, 41_400]
    near, far = told.points
    assert far.welfare_pence - near.welfare_pence == 10_000
    assert all(point.efficient and point.gap_percent == 0 for point in told.points)
    plan = (told.plan_fees_pence, told.plan_welfare_pence)
    assert plan in [(point.fees_pence, point.welfare_pence) for point in told.points]
    rows = trade_rows(told)
    assert [row[-2:] for row in rows] == [("1", "exact"), ("1", "exact")]
    assert "places as many children as the plan" in trade_notes(told)[0]


def test_the_cheapest_plan_is_never_to_place_nobody() -> None:
    """One place at a dear home and one at a cheap one: both children are placed at every point."""
    dear = make_home("DEAR", places=1, fee_pence=900_000, marginal_fee_pence=900_000)
    children = [make_child("A", home=at()), make_child("B", home=at(1))]
    told = traded(make_case(children, [dear, make_home("CHEAP", places=1)]))
    assert told.points
    assert {point.placed for point in told.points} == {2}


@pytest.mark.parametrize("seed", range(25))
def test_points_are_lawful_plans_and_no_lawful_plan_is_better_by_both(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    score_each_pair_once(monkeypatch)
    case = _friendly_case(seed)
    searches = operational(case)
    run, result = solved(case)
    told = trade_off(run, result, seconds=30)
    ends = [_measures(run, plan) for plan in every_plan(case, searches) if _lawful(case, searches, plan)]
    most = max(placed for placed, *_ in ends)
    for point in told.points:
        homes = {**dict(point.homes), **{c.id: _stays(case, c.id) for c in run.children[run.searching :]}}
        check_plan(case, searches, homes)
        placed, welfare, fees = _measures(run, dict(point.homes))
        assert (point.placed, point.fees_pence) == (placed, fees)
        assert point.welfare_pence == welfare
        if point.efficient and point.placed == most:
            better = [one for one in ends if one[0] == most and one[1] <= welfare and one[2] <= fees]
            assert all(one[1:] == (welfare, fees) for one in better)
    for one in told.points:
        assert not any(o != one and o.welfare_pence <= one.welfare_pence and o.fees_pence <= one.fees_pence
                       for o in told.points if o.placed >= one.placed)  # fmt: skip


def _stays(case: Case, child: str) -> str | None:
    return case.placement_of[child].home_id


def _measures(run: Run, homes: dict[str, str | None]) -> tuple[int, int, int]:
    """Children placed, welfare with brothers and sisters apart, and fees, from the case's records."""
    case, at_home = run.case, {home.id: column for column, home in enumerate(run.case.homes)}
    given = [homes.get(child.id) for child in run.children[: run.searching]]
    stays = [_stays(case, child.id) for child in run.children[run.searching :]]
    place_of = [at_home[home] if home else -1 for home in (*given, *stays)]
    apart = 0
    for group in run.problem.groups:
        where = [place_of[row] for row in group]
        apart += len(set(where) - {-1}) + where.count(-1) - 1
    welfare = welfare_of(run, np.array(place_of, dtype=np.int64)) + apart * case.policy.siblings_apart
    fees = sum(case.home[home].fee_pence for home in given if home)
    return sum(home is not None for home in given), welfare, fees


@pytest.mark.parametrize(("pence", "words"), [(0, "same"), (500, "+£5"), (-500, "-£5")])
def test_differences_have_their_sign(pence: int, words: str) -> None:
    assert more_or_less(pence) == words
