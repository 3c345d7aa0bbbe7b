"""Totals before and after a plan, for everyone and by group, against figures worked out by hand."""

import pytest

from matcher.reports.totals import MEASURES, figures, told
from matcher.services.allocate import allocate
from matcher.services.results import EqualityRow, Plan
from models.child import Circumstances, SiblingGroup
from models.vocabulary import Sex, SiblingDecision
from tests.make_case import ESSEX, at, make_case, make_child, make_home, make_placement, make_referral


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A girl in Essex at 1,000 pounds a week; her brother, new to care; a girl of 8 whom no home may take."""
    children = [
        make_child("GIRL", age=12, sex=Sex.FEMALE, home=at(), ethnicity="WBRI", disabled=True),
        make_child("BOY", age=10, home=at(), ethnicity="BAFR", uasc=True),
        make_child("LATE", age=8, sex=Sex.FEMALE, ethnicity="WBRI", disabled=False),
    ]
    homes = [
        make_home("AWAY", location=at(20, utla=ESSEX), fee_pence=100_000, age_from=16),
        make_home("NEAR", location=at(3), places=2, bedrooms=3, age_from=10),
    ]
    return allocate(
        make_case(
            children,
            homes,
            placements=[make_placement("GIRL", "AWAY")],
            referrals=[
                make_referral("GIRL", circumstances=Circumstances(disabled=False)),
                make_referral("BOY"),
                make_referral("LATE"),
            ],
            sibling_groups=[SiblingGroup(id="G", children=("GIRL", "BOY"), decision=SiblingDecision.TOGETHER)],
        )
    )


def group(plan: Plan, characteristic: str, name: str) -> EqualityRow:
    return next(row for row in plan.equality if (row.characteristic, row.group) == (characteristic, name))


def test_totals_before_and_after(plan: Plan) -> None:
    before, after = plan.before, plan.after
    assert (before.children, before.placed, before.unplaced) == (3, 1, 2)
    assert (after.children, after.placed, after.unplaced) == (3, 2, 1)
    assert (before.weekly_fee_pence, before.mean_fee_pence) == (100_000, 100_000)
    assert (after.weekly_fee_pence, after.mean_fee_pence) == (82_800, 41_400)
    assert (before.mean_miles_tenths, after.mean_miles_tenths) == (200, 30)
    assert (before.in_area, before.adjoining_percent, after.in_area_percent) == (0, 100.0, 100.0)
    assert (before.sibling_units_together, after.sibling_units_together, after.sibling_units) == (0, 1, 1)


def test_the_same_outcomes_by_group(plan: Plan) -> None:
    assert group(plan, "Everyone", "all children").after == plan.after
    assert group(plan, "Everyone", "all children").before == plan.before
    girls = group(plan, "Sex", "girls")
    assert (girls.after.children, girls.before.placed, girls.after.placed, girls.after.unplaced) == (2, 1, 1, 1)
    assert (girls.before.weekly_fee_pence, girls.after.weekly_fee_pence) == (100_000, 41_400)
    assert (girls.after.sibling_units, girls.after.sibling_units_together) == (1, 1)
    black = group(plan, "Ethnic group", "black")
    assert (black.before.placed, black.after.in_area_percent, black.before.mean_fee_pence) == (0, 100.0, None)
    assert group(plan, "Unaccompanied", "UASC").after.children == 1


def test_a_referral_says_newer_things_of_a_child_than_the_case(plan: Plan) -> None:
    groups = {row.group: row.after.children for row in plan.equality if row.characteristic == "Disability"}
    assert groups == {"not disabled": 2, "not known": 1}


def test_groups_of_each_characteristic_add_up_to_everyone(plan: Plan) -> None:
    for characteristic in ("Sex", "Ethnic group", "Disability", "Unaccompanied"):
        rows = [row for row in plan.equality if row.characteristic == characteristic]
        for side in ("before", "after"):
            whole, parts = getattr(plan, side), [getattr(row, side) for row in rows]
            for measure in ("children", "placed", "unplaced", "weekly_fee_pence", "in_area", "adjoining"):
                assert sum(getattr(part, measure) for part in parts) == getattr(whole, measure)


def test_words_and_figures_tell_the_same(plan: Plan) -> None:
    words = {name: (before, after) for name, before, after in told(plan.before, plan.after)}
    assert words["In the area"] == ("0 (0.0%)", "2 (100.0%)")
    assert words["Weekly cost, pounds"] == ("£1,000", "£828")
    assert words["Sibling sets living together"] == ("0 of 1", "1 of 1")
    plain = dict(zip((measure.name for measure in MEASURES), figures(plan.after), strict=True))
    assert plain["Weekly cost per child, pounds"] == 414.0
    assert plain["In the area, % of those with a home"] == 100.0
    assert all(isinstance(figure, int | float) for figure in plain.values())
