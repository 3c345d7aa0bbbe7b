"""The gap table: every child of a plan in one cell, matched or unmet for a stated reason."""

import pytest

from matcher.services.allocate import allocate, clean_sheet
from matcher.services.districts import district_figures
from matcher.services.gap import (
    EVERY,
    GAP_REASON_LABELS,
    By,
    GapReason,
    binding_rule,
    gap_table,
    kind_asked,
    why_unmet,
)
from matcher.services.results import PlanRow
from matcher.services.why_results import RuleCount
from models.case import Case
from models.rules import RULES, RuleId
from models.ssda903.derive import PlacementKind
from models.vocabulary import HomeKind, Sex
from tests.make_case import at, make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case

FOSTER, RESIDENTIAL = (HomeKind.FOSTER,), (HomeKind.RESIDENTIAL,)


def row(*counts: RuleCount, suitable: int = 0) -> PlanRow:
    return PlanRow(
        child_id="C",
        referral_id="R",
        home_id=None,
        before_home_id=None,
        kind_label=None,
        before_kind_label=None,
        locality=None,
        before_locality=None,
        approval=None,
        miles_tenths=None,
        before_miles_tenths=None,
        fee_pence=None,
        before_fee_pence=None,
        cost_pence=0,
        siblings=None,
        locked=False,
        why_unplaced=counts,
        suitable_homes=suitable,
    )


def count(rule: RuleId, alone: int, in_all: int) -> RuleCount:
    return RuleCount(rule=rule, title=rule.name, alone=alone, in_all=in_all, left=0)


def small_case() -> Case:
    """Two children of twelve want fostering and one place is open; a teenager wants residential and there is none."""
    children = (
        make_child("A", age=12, home=at()),
        make_child("B", age=12, home=at(1)),
        make_child("D", age=15, home=None),
    )
    homes = (make_home("F", places=1), make_home("BABIES", places=2, age_to=4))
    referrals = (
        make_referral("A", preferred_kinds=FOSTER),
        make_referral("B", preferred_kinds=FOSTER),
        make_referral("D", preferred_kinds=RESIDENTIAL),
    )
    return make_case(children, homes, referrals=referrals)


def test_cells_hold_children_places_matched_and_unmet() -> None:
    case = small_case()
    cells = gap_table(case, allocate(case))
    found = [(c.kind, c.age_band, c.district, c.children, c.places, c.matched, c.unmet) for c in cells]
    assert found == [
        (HomeKind.FOSTER, "10-12", "E07000242", 2, 1, 1, 1),
        (HomeKind.RESIDENTIAL, "13-15", "not_known", 1, 0, 0, 1),
    ]
    assert [reason.reason for reason in cells[0].why] == [GapReason.TAKEN]
    assert cells[1].district_name == "No home address known"


def test_places_count_only_homes_whose_terms_admit_the_band() -> None:
    case = small_case()
    plan = allocate(case)
    assert [r.places for r in gap_table(case, plan, (By.KIND,))] == [3, 0]
    assert [r.places for r in gap_table(case, plan, (By.KIND, By.AGE))] == [1, 0]


def test_a_child_matched_with_another_kind_is_shown_as_such() -> None:
    child = make_child("A", age=12, home=at())
    referral = make_referral("A", preferred_kinds=RESIDENTIAL, suitable_kinds=FOSTER)
    case = make_case([child], [make_home("F")], referrals=[referral])
    (cell,) = gap_table(case, allocate(case))
    assert (cell.kind, cell.matched, cell.matched_as_asked, cell.unmet) == (HomeKind.RESIDENTIAL, 1, 0, 0)


@pytest.mark.parametrize("seed", range(12))
def test_every_division_holds_every_child_once(seed: int) -> None:
    case = random_case(seed, children=12, homes=10)
    for plan in (allocate(case), clean_sheet(case, time_limit=5)):
        for by in ((), (By.KIND,), (By.DISTRICT,), (By.KIND, By.AGE), EVERY):
            cells = gap_table(case, plan, by)
            assert sum(cell.children for cell in cells) == len(plan.rows)
            assert sum(cell.unmet for cell in cells) == sum(row.home_id is None for row in plan.rows)
            for cell in cells:
                assert cell.children == cell.matched + cell.unmet
                assert sum(reason.children for reason in cell.why) == cell.unmet
                assert cell.matched_as_asked <= cell.matched


def test_districts_hold_every_child_looked_after() -> None:
    children = [make_child("A", home=at()), make_child("B"), make_child("C", home=at())]
    placements = [
        make_placement("A", "H1"),
        make_placement("B", None, postcode="SG13 8DQ"),
        make_placement("C", None),
    ]
    case = make_case(children, [make_home("H1")], placements=placements, referrals=())
    found = district_figures(case, clean_sheet(case, time_limit=5))
    assert found is not None
    assert len(found.rows) == 10
    assert sum(row.come_from for row in found.rows) == 2
    assert (found.elsewhere.come_from, found.not_known.come_from, found.total.come_from) == (0, 1, 3)
    assert sum(row.live_here for row in found.rows) + found.elsewhere.live_here + found.not_known.live_here == 3
    assert (found.not_known.live_here, found.total.live_here) == (1, 3)


@pytest.mark.parametrize("seed", range(8))
def test_districts_and_all_other_places_add_up_to_the_gap(seed: int) -> None:
    case = random_case(seed)
    plan = clean_sheet(case, time_limit=5)
    found = district_figures(case, plan)
    assert found is not None
    (whole,) = gap_table(case, plan, ()) or (None,)
    for of_total, of_gap in (
        ("in_plan", "children"),
        ("open_places", "places"),
        ("matched", "matched"),
        ("matched_out_of_area", "matched_out_of_area"),
        ("unmet", "unmet"),
        ("short_in_area", "short_in_area"),
    ):
        parts = sum(getattr(row, of_total) for row in (*found.rows, found.elsewhere, found.not_known))
        assert parts == getattr(found.total, of_total) == (getattr(whole, of_gap) if whole else 0)


def test_the_kind_asked_is_preferred_then_lived_in_then_suitable_and_never_connected() -> None:
    placed = make_placement("A", None, kind=PlacementKind.INDEPENDENT_RESIDENTIAL)
    case = make_case([make_child("A"), make_child("B")], placements=[placed], referrals=())
    asks = make_referral("A", preferred_kinds=(HomeKind.CONNECTED, HomeKind.FOSTER))
    assert kind_asked(case, "A", asks) is HomeKind.FOSTER
    assert kind_asked(case, "A", None) is HomeKind.RESIDENTIAL
    assert kind_asked(case, "A", make_referral("A", suitable_kinds=FOSTER)) is HomeKind.FOSTER
    assert kind_asked(case, "B", make_referral("B", suitable_kinds=(HomeKind.SECURE,))) is HomeKind.SECURE
    assert kind_asked(case, "B", None) is HomeKind.FOSTER


def test_homes_that_suit_but_are_taken_come_first() -> None:
    assert why_unmet(row(count(RuleId.AGE, 3, 9), suitable=1)) is GapReason.TAKEN


def test_the_rule_alone_before_most_homes_is_the_reason() -> None:
    counts = (count(RuleId.KIND, 50, 90), count(RuleId.FLOOR, 2, 40), count(RuleId.FULL, 5, 30))
    assert why_unmet(row(*counts)) is GapReason.FULL
    found = binding_rule(counts)
    assert found is not None
    assert found.rule is RuleId.FULL


def test_the_kind_is_the_reason_only_where_nothing_else_stands_alone() -> None:
    assert why_unmet(row(count(RuleId.KIND, 50, 90), count(RuleId.FLOOR, 0, 40))) is GapReason.KIND
    assert why_unmet(row(count(RuleId.KIND, 0, 90), count(RuleId.FLOOR, 0, 40))) is GapReason.NONE
    assert why_unmet(row()) is GapReason.NONE


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id.name)
def test_every_rule_gives_a_reason_with_words(rule: object) -> None:
    reason = why_unmet(row(count(rule.id, 1, 1)))  # type: ignore[attr-defined]
    assert reason is not GapReason.NONE
    assert GAP_REASON_LABELS[reason]


def test_sex_in_the_terms_is_told_as_terms() -> None:
    child = make_child("A", age=12, sex=Sex.MALE)
    case = make_case([child], [make_home("F", sexes=frozenset({Sex.FEMALE}))])
    (cell,) = gap_table(case, allocate(case), ())
    assert [reason.reason for reason in cell.why] == [GapReason.TERMS]
