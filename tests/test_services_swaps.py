"""Who has the homes that would suit, and what a swap would change: by hand, and against every lawful plan."""

import numpy as np
import pytest

from matcher.reports.unmet import swap_words, unmet_words
from matcher.services.allocate import allocate
from matcher.services.problem import Run, build
from matcher.services.results import PlanRow
from matcher.services.searches import operational
from matcher.services.swaps import swap
from models.case import Case
from models.referral import Offer
from models.vocabulary import Risk
from solvers import AssignmentResult, solve_without_clashes
from tests.every_plan import every_plan, score_each_pair_once
from tests.make_case import AS_AT, at, make_case, make_child, make_home
from tests.test_services_plan import _friendly_case, _lawful, _objective


def solved(case: Case) -> tuple[Run, AssignmentResult]:
    run = build(case, operational(case))
    return run, solve_without_clashes(run.problem, run.clashes)


def row_of(case: Case, child: str) -> PlanRow:
    (row,) = (row for row in allocate(case, asked=[child]).rows if row.child_id == child)
    return row


def three_for_two() -> Case:
    """NEAR suits A, B and C; FAR, which has one place as well, only B."""
    children = (
        make_child("A", age=5, home=at()),
        make_child("B", age=15, home=at(1)),
        make_child("C", age=5, home=at(2)),
    )
    homes = (make_home("NEAR", places=1), make_home("FAR", places=1, age_from=12, location=at(6)))
    return make_case(children, homes)


def test_who_has_the_place_and_what_a_swap_would_change() -> None:
    """A has NEAR and B has FAR, because one of A and C must go without and C costs more there."""
    case = three_for_two()
    row = row_of(case, "C")
    run, _ = solved(case)
    assert (row.home_id, row.suitable_taken_by) == (None, ("A",))
    (only,) = row.swaps
    change = int(run.cost[2, 0] - run.cost[0, 0])
    assert change > 0
    assert (only.home_id, only.held_by, only.at_least_pence, only.change_pence) == ("NEAR", ("A",), change, change)
    assert [(one.child_id, one.from_home_id, one.to_home_id) for one in only.moved] == [("A", "NEAR", None)]
    assert only.cost_pence == int(run.cost[2, 0])
    assert "1 suitable home, filled by A." in unmet_words(row)
    assert "Giving this child NEAR (now A) would cost £" in unmet_words(row)
    assert unmet_words(row).count("A would have no home") == 1


def test_a_swap_tells_where_the_other_child_would_live() -> None:
    """A is a mile nearer to FAR than B, so B has NEAR; the other way round it is eleven miles and not nine."""
    children = (make_child("A", home=at(1)), make_child("B", home=at()))
    homes = (make_home("NEAR", places=1), make_home("FAR", places=1, location=at(10)))
    case = make_case(children, homes)
    (only,) = row_of(case, "A").swaps
    assert [(one.child_id, one.from_home_id, one.to_home_id) for one in only.moved] == [("B", "NEAR", "FAR")]
    assert only.at_least_pence == only.change_pence
    assert swap_words(only).endswith("more; B would live in FAR.")


def test_a_child_with_a_home_may_be_asked_about_and_a_home_with_room_moves_nobody() -> None:
    case = make_case([make_child("A", home=at())], [make_home("NEAR"), make_home("FAR", location=at(5))])
    (only,) = row_of(case, "A").swaps
    assert (only.home_id, only.held_by, only.moved) == ("FAR", (), ())
    assert "FAR (which has room) would cost £" in swap_words(only)
    assert swap_words(only).endswith("nobody else would move.")


def test_a_place_agreed_for_somebody_who_is_a_risk_cannot_be_swapped() -> None:
    agreed = make_child("A", risks_to_others=frozenset({Risk.VIOLENCE}))
    other = make_child("B", risks_from_others=frozenset({Risk.VIOLENCE}))
    offer = Offer(home_id="H1", child_id="A", offered_on=AS_AT, held_until=AS_AT, agreed=True)
    row = row_of(make_case((agreed, other), [make_home(places=3)], offers=(offer,)), "B")
    (only,) = row.swaps
    assert (only.held_by, only.at_least_pence, only.change_pence, only.moved) == (("A",), None, None, ())
    assert swap_words(only).startswith("H1 cannot be given to this child")


def test_a_swap_cut_short_is_bounded_and_said_so() -> None:
    run, result = solved(three_for_two())
    (exact,) = row_of(three_for_two(), "C").swaps
    for cut in (exact.model_copy(update={"at_least_pence": 100}), exact.model_copy(update={"change_pence": None})):
        words = swap_words(cut)
        assert ("between £1-equivalent a week more and" in words) == (cut.change_pence is not None)
        assert ("no such plan was found" in words) == (cut.change_pence is None)
    hasty = swap(run, result, 2, 0, time_limit=0.0)
    assert hasty.at_least_pence is not None
    assert hasty.at_least_pence <= (exact.change_pence or 0)


@pytest.mark.parametrize("seed", range(60))
def test_a_swap_costs_what_the_best_lawful_plan_with_it_costs(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    score_each_pair_once(monkeypatch)
    case = _friendly_case(seed)
    searches = operational(case)
    run, result = solved(case)
    unplaced = int(run.problem.unplaced.min(initial=10**9))
    priced = [(_objective(case, searches, unplaced, plan), plan) for plan in every_plan(case, searches)]
    priced.sort(key=lambda pair: pair[0])
    for row, child in enumerate(child.id for child in run.children[: run.searching]):
        for column in run.suitable(row).tolist() if child not in run.locks else ():
            with_it = (pair for pair in priced if pair[1][child] == case.homes[column].id)
            best = next((objective for objective, plan in with_it if _lawful(case, searches, plan)), None)
            asked = swap(run, result, row, column)
            least = None if best is None else best - result.objective
            assert (asked.at_least_pence, asked.change_pence) == (least, least)
            _moves_agree(run, result, asked.moved, child)


def _moves_agree(run: Run, result: AssignmentResult, moved: tuple, child: str) -> None:  # type: ignore[type-arg]
    """Whoever moves is somebody else, and moves from where the plan has them."""
    at_home = {c.id: home for c, home in zip(run.children, result.place_of.tolist(), strict=True)}
    for one in moved:
        assert one.child_id != child
        assert one.from_home_id != one.to_home_id
        column = at_home[one.child_id]
        assert one.from_home_id == (run.case.homes[column].id if column >= 0 else None)


@pytest.mark.parametrize("seed", range(20))
def test_the_plan_itself_is_a_swap_that_costs_nothing(seed: int) -> None:
    case = _friendly_case(seed)
    run, result = solved(case)
    for row in range(run.searching):
        home = int(result.place_of[row])
        if home >= 0 and run.children[row].id not in run.locks and np.isin(home, run.suitable(row)):
            assert swap(run, result, row, home).change_pence == 0
