"""Clocks, widening, fees beside waiting and matching events, on pools made by hand."""

import datetime as dt
from itertools import combinations

import numpy as np
import pytest

from matcher.services.adoption.clock import clocks
from matcher.services.adoption.fee_and_wait import fees_beside_wait
from matcher.services.adoption.matching_event import invitations
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import screen
from matcher.services.adoption.widening import Step, WideningRule, widenings
from models.adoption import AgencyTier, Link, LinkStage, PlanDates
from models.child import SiblingGroup
from models.placement import Placement
from models.ssda903.derive import PlacementKind
from tests.make_case import AS_AT, make_case, make_child
from tests.make_pool import AGENCIES, as_case, family, plan_child, random_pool

DAY = dt.timedelta(days=1)


def dated(name: str, *, care: int, decided: int, order: int | None = None, **fields: object) -> object:
    """A child so many days in care, and since decision and order."""
    dates = PlanDates(
        entered_care=AS_AT - care * DAY,
        decided_on=AS_AT - decided * DAY,
        placement_order_on=None if order is None else AS_AT - order * DAY,
    )
    return plan_child(name, dates=dates, **fields)


def test_a_clock_counts_from_each_step_and_to_both_thresholds() -> None:
    link = Link(family_id="F1", child_id="C1", started_on=AS_AT - 9 * DAY, stage=LinkStage.LINKED)
    early = Link(family_id="F2", child_id="C1", started_on=AS_AT - 2 * DAY)
    over = Link(
        family_id="F2", child_id="C1", started_on=AS_AT - 20 * DAY, ended_on=AS_AT, stage=LinkStage.PANEL_BOOKED
    )
    case = as_case(
        [dated("C1", care=400, decided=120, order=100, disabled=True, ethnicity="BCRB")],  # type: ignore[list-item]
        [family("F1"), family("F2")],
        links=[early, over, link],
    )
    (clock,) = clocks(case.adoption, AS_AT)
    assert (clock.days_in_care, clock.days_since_decision, clock.days_since_order) == (400, 120, 100)
    assert (clock.days_since_link, clock.linked_with, clock.link_stage) == (9, "F1", LinkStage.LINKED)
    assert (clock.a1_days_left, clock.a2_days_left, clock.days_left) == (26, 21, 21)
    assert (clock.approaching, clock.past) == (True, False)
    assert clock.harder_to_place == ("disabled", "of a minority ethnic group")


def test_children_approaching_a_threshold_come_first_then_those_past_and_ethnicity_orders_nothing() -> None:
    children = [
        dated("far", care=10, decided=5),
        dated("past", care=600, decided=300, order=200),
        dated("longer past", care=700, decided=300, order=200),
        dated("near", care=420, decided=100),
        dated("nearer by order", care=200, decided=130, order=120),
        dated("past one, near the other", care=500, decided=130, order=119),
    ]
    order = [clock.child_id for clock in clocks(as_case(children).adoption, AS_AT)]  # type: ignore[arg-type]
    assert order == ["nearer by order", "past one, near the other", "near", "longer past", "past", "far"]
    other = [child.model_copy(update={"ethnicity": "BCRB"}) for child in children]  # type: ignore[attr-defined]
    assert [clock.child_id for clock in clocks(as_case(other).adoption, AS_AT)] == order


def test_own_children_who_wait_have_a_clock_and_others_only_when_asked_for() -> None:
    matched = plan_child("matched", dates=PlanDates(decided_on=AS_AT - DAY, matched_on=AS_AT))
    theirs = plan_child("theirs", agency_id="partner")
    pool = as_case([plan_child("C1"), matched, theirs]).adoption
    assert [clock.child_id for clock in clocks(pool, AS_AT)] == ["C1"]
    assert {clock.child_id for clock in clocks(pool, AS_AT, everybody=True)} == {"C1", "theirs"}


def test_a_search_widens_by_the_days_of_the_rule_and_what_is_overdue_is_drafted_to_a_manager() -> None:
    child = dated("C1", care=300, decided=120, order=60)
    link = Link(family_id="F1", child_id="C1", started_on=AS_AT - 50 * DAY, ended_on=AS_AT - 40 * DAY)
    case = as_case([child], [family("F1")], links=[link])  # type: ignore[list-item]
    (found,) = widenings(case.adoption, AS_AT)
    assert [(step.step, step.due, step.taken, step.overdue_days) for step in found.steps] == [
        (Step.OWN, AS_AT - 120 * DAY, True, 0),
        (Step.PARTNER, AS_AT - 46 * DAY, False, 46),
        (Step.NATIONAL, AS_AT - 18 * DAY, False, 18),
    ]
    assert found.escalate
    assert "partner agencies' families: due on 13/02/2018, 46 days ago" in found.draft
    assert "authority to place since 30/01/2018" in found.draft
    (patient,) = widenings(case.adoption, AS_AT, WideningRule(partner_from_order=70, national_from_order=90))
    assert not patient.escalate
    assert patient.draft == ""


def test_a_child_harder_to_place_is_searched_for_everywhere_at_once_but_never_for_ethnicity() -> None:
    older = dated("C1", care=300, decided=30, order=5, born=dt.date(2012, 1, 1))
    minority = dated("C2", care=300, decided=30, order=5, ethnicity="BCRB")
    found = {each.child_id: each for each in widenings(as_case([older, minority]).adoption, AS_AT)}  # type: ignore[list-item]
    due = {name: {step.step: step.due for step in each.steps} for name, each in found.items()}
    assert due["C1"][Step.PARTNER] == AS_AT - 30 * DAY
    assert due["C1"][Step.NATIONAL] == AS_AT - 5 * DAY
    assert due["C2"][Step.PARTNER] == AS_AT + 9 * DAY
    assert due["C2"][Step.NATIONAL] == AS_AT + 37 * DAY


def test_before_the_order_early_permanence_is_a_step_and_nothing_counts_from_an_order() -> None:
    child = dated("C1", care=100, decided=20, early_permanence=True)
    (found,) = widenings(as_case([child]).adoption, AS_AT)  # type: ignore[list-item]
    assert [(step.step, step.due) for step in found.steps] == [
        (Step.OWN, AS_AT - 20 * DAY),
        (Step.EARLY_PERMANENCE, AS_AT - 20 * DAY),
        (Step.PARTNER, None),
        (Step.NATIONAL, None),
    ]


def test_children_whose_panel_is_booked_need_no_wider_search() -> None:
    link = Link(family_id="F1", child_id="C1", started_on=AS_AT - DAY, stage=LinkStage.PANEL_BOOKED)
    case = as_case([plan_child("C1"), plan_child("C2")], [family("F1")], links=[link])
    assert [each.child_id for each in widenings(case.adoption, AS_AT)] == ["C2"]


def test_the_fee_of_each_tier_stands_beside_what_care_costs_until_then() -> None:
    pool = as_case([plan_child("C1"), plan_child("C2")]).adoption
    fostered = [
        Placement(child_id=name, kind=PlacementKind.IN_HOUSE_FOSTERING, started=AS_AT, fee_pence=50_000)
        for name in ("C1", "C2")
    ]
    case = make_case([make_child("C1"), make_child("C2")], placements=tuple(fostered), adoption=pool)
    one = {each.tier: each for each in fees_beside_wait(case, ("C1",))}
    assert (one[AgencyTier.OWN].fee_pence, one[AgencyTier.OWN].weeks) == (0, 0)
    assert (one[AgencyTier.AUTHORITY].fee_pence, one[AgencyTier.AUTHORITY].weeks) == (2_700_000, 54)
    assert (one[AgencyTier.VOLUNTARY].fee_pence, one[AgencyTier.VOLUNTARY].weeks) == (3_924_500, 79)
    two = {each.tier: each for each in fees_beside_wait(case, ("C1", "C2"))}
    assert (two[AgencyTier.AUTHORITY].fee_pence, two[AgencyTier.AUTHORITY].weekly_pence) == (4_320_000, 100_000)
    unknown = fees_beside_wait(case, ("C1", "elsewhere"))
    assert {each.weeks for each in unknown} == {None}
    assert len(AGENCIES) == len(unknown)


@pytest.mark.parametrize("seed", range(6))
def test_invitations_meet_as_many_children_as_any_choice_of_families_could(seed: int) -> None:
    screened = screen(pool_case(random_pool(seed, 10, 9)))
    sizes = np.array([len(unit) for unit in screened.pool.units])
    for seats, each in ((2, 1), (3, 2)):
        found = invitations(screened, seats, families_each=each)
        best = max(
            int(sizes[screened.eligible[:, list(some)].sum(axis=1) >= each].sum())
            for some in combinations(range(len(screened.pool.families)), seats)
        )
        assert found.optimal
        assert len(found.families) <= seats
        assert len(found.children) == best == found.most_children


def test_an_event_without_seats_is_refused_and_one_without_children_is_empty() -> None:
    screened = screen(pool_case(as_case([], [family()])))
    with pytest.raises(ValueError, match="0 seats"):
        invitations(screened, 0)
    assert invitations(screened, 1).children == ()


def test_brothers_and_sisters_count_each() -> None:
    group = SiblingGroup(id="S", children=("C1", "C2"), units=(("C1", "C2"),))
    families = [family("F1"), family("F2", criteria=family().criteria.model_copy(update={"number": 2}))]
    screened = screen(pool_case(as_case([plan_child("C1"), plan_child("C2")], families, [group])))
    found = invitations(screened, 1, families_each=1)
    assert (found.families, found.children) == (("F2",), ("C1", "C2"))
