"""Why a child is short of a home in the area: one hand-made case for each category, and what comes before what."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.allocate import allocate, clean_sheet
from matcher.services.gap import CATEGORY_LABELS, GapCategory, GapChild, Outcome, WhyShort, child_gap
from models.case import Case
from models.child import SiblingGroup
from models.policy import Policy
from models.referral import Offer, Refusal
from models.rules import RuleId
from models.vocabulary import Feature, HomeKind, NotAvailable, RefusalReason
from tests.make_case import AS_AT, ESSEX, at, make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case


def gap(case: Case) -> dict[str, GapChild]:
    return {child.child_id: child for child in child_gap(case, allocate(case))}


def why(case: Case, child: str = "C1") -> WhyShort:
    found = gap(case)[child].why
    assert found is not None
    return found


def told(case: Case, child: str = "C1") -> tuple[GapCategory, RuleId | None, int]:
    found = why(case, child)
    return found.category, found.rule, found.homes


def refusal(home: str, reason: RefusalReason) -> Refusal:
    return Refusal(home_id=home, child_id="C1", refused_on=AS_AT, reason=reason)


def outside(home_id: str = "OUT", **fields: Any) -> Any:
    return make_home(home_id, **{"location": at(3, utla=ESSEX), **fields})


def test_a_child_matched_in_the_area_is_not_short() -> None:
    found = gap(make_case([make_child(home=at())], [make_home()]))["C1"]
    assert (found.outcome, found.why, found.short_in_area) == (Outcome.IN_AREA, None, False)


def test_refused_for_price_comes_before_every_other_reason() -> None:
    homes = [
        make_home("DEAR"),
        make_home("FAR"),
        make_home("AWAY", not_available_places=2),
        make_home("BABY", age_to=4),
    ]
    refusals = (refusal("DEAR", RefusalReason.PRICE), refusal("FAR", RefusalReason.DISTANCE))
    case = make_case([make_child()], homes, refusals=refusals)
    assert told(case) == (GapCategory.PRICE, RuleId.DECLINED, 1)


def test_refused_for_distance_is_too_far() -> None:
    homes = [make_home("FAR"), make_home("NO", bedrooms=1)]
    refusals = (refusal("FAR", RefusalReason.DISTANCE), refusal("NO", RefusalReason.NEEDS))
    assert told(make_case([make_child()], homes, refusals=refusals)) == (GapCategory.TOO_FAR, RuleId.DECLINED, 1)


def test_refused_for_price_by_a_home_that_the_plan_fills_is_no_longer_free() -> None:
    children = [make_child(), make_child("C2")]
    case = make_case(children, [make_home("DEAR", places=1)], refusals=(refusal("DEAR", RefusalReason.PRICE),))
    assert why(case).category is GapCategory.NO_SUCH_HOME


def test_a_place_not_available_tells_its_reason_and_comes_before_full() -> None:
    homes = [
        make_home("A", places=1, not_available_places=1, not_available_reason=NotAvailable.CARER_BREAK),
        make_home("B", places=2, not_available_places=2, not_available_reason=NotAvailable.CARER_BREAK),
        make_home("C", places=1, not_available_places=1),
        make_home("LATER", available_from=AS_AT + dt.timedelta(days=9)),
        make_home("FULL", places=1),
    ]
    case = make_case(
        [make_child(), make_child("C2")], homes, placements=[make_placement("C2", "FULL")], referrals=[make_referral()]
    )
    found = why(case)
    assert (found.category, found.rule, found.homes) == (GapCategory.NOT_AVAILABLE, RuleId.NOT_AVAILABLE, 4)
    assert [(each.reason, each.homes) for each in found.unavailable] == [(NotAvailable.CARER_BREAK, 2), (None, 1)]


def test_suspended_is_not_available() -> None:
    case = make_case([make_child()], [make_home(suspended=True)])
    assert told(case) == (GapCategory.NOT_AVAILABLE, RuleId.SUSPENDED, 1)


def test_full_before_anything_is_solved_names_the_rule() -> None:
    placed = [make_placement(child, "H1") for child in ("C2", "C3")]
    case = make_case(
        [make_child(), make_child("C2"), make_child("C3")],
        [make_home(), make_home("BABY", age_to=4)],
        placements=placed,
        referrals=[make_referral()],
    )
    assert told(case) == (GapCategory.FULL, RuleId.FULL, 1)


def test_filled_by_the_plan_is_full_by_no_rule() -> None:
    case = make_case([make_child(home=at(5)), make_child("C2", home=at())], [make_home(places=1)])
    assert told(case) == (GapCategory.FULL, None, 1)


def test_vacant_yet_unsuitable_fails_one_rule() -> None:
    homes = [make_home("BABY", age_to=4), make_home("TINY", age_to=2), make_home("TWO", age_to=4, suspended=True)]
    assert told(make_case([make_child()], homes)) == (GapCategory.UNSUITABLE, RuleId.AGE, 2)


def test_no_such_home_where_each_fails_two_rules_or_is_of_another_kind() -> None:
    homes = [
        make_home("TWO", age_to=4, registered=False),
        make_home("OTHER", kind=HomeKind.RESIDENTIAL),
        make_home("FULL", age_to=4, places=0),
    ]
    referral = make_referral(preferred_kinds=(HomeKind.FOSTER,))
    case = make_case([make_child()], homes, referrals=[referral])
    assert told(case) == (GapCategory.NO_SUCH_HOME, RuleId.AGE, 0)
    alone = make_case([make_child()], [make_home("OTHER", kind=HomeKind.RESIDENTIAL)], referrals=[referral])
    assert told(alone) == (GapCategory.NO_SUCH_HOME, None, 0)


def test_homes_only_outside_are_too_far() -> None:
    case = make_case([make_child(home=at())], [outside(), make_home("TWO", age_to=4, registered=False)])
    found = gap(case)["C1"]
    assert found.outcome is Outcome.ADJOINING
    assert told(case) == (GapCategory.TOO_FAR, None, 0)


def test_a_home_outside_does_not_hide_that_the_one_in_the_area_is_full() -> None:
    case = make_case([make_child(home=at(9)), make_child("C2", home=at())], [outside(), make_home("IN", places=1)])
    assert [gap(case)[child].outcome for child in ("C1", "C2")] == [Outcome.ADJOINING, Outcome.IN_AREA]
    assert told(case) == (GapCategory.FULL, None, 1)


def test_a_free_home_in_the_area_that_is_further_away_is_too_far() -> None:
    case = make_case([make_child(home=at(3))], [outside(), make_home("IN", location=at(40))])
    assert told(case) == (GapCategory.TOO_FAR, None, 1)


def test_a_free_home_in_the_area_that_suits_less_is_unsuitable() -> None:
    """Both are as far from home; ten miles to school are more than the fifty pounds of an adjoining area."""
    child = make_child(home=at(), school=at(3))
    case = make_case([child], [outside(), make_home("IN", location=at(-3))])
    assert told(case) == (GapCategory.UNSUITABLE, None, 1)


def test_a_free_home_in_the_area_passed_over_for_its_fee_is_price_under_a_policy_that_weighs_fees() -> None:
    homes = [outside(), make_home("IN", location=at(-3), fee_pence=91_500, marginal_fee_pence=91_500)]
    child = make_child(home=at())
    assert gap(make_case([child], homes))["C1"].outcome is Outcome.IN_AREA
    assert told(make_case([child], homes, policy=Policy(fee_per_mille=1000))) == (GapCategory.PRICE, None, 1)


def test_who_lives_outside_already_is_not_to_be_moved_for_the_duty_alone() -> None:
    case = make_case(
        [make_child(home=at())], [outside(), make_home("IN")], placements=[make_placement("C1", "OUT")], referrals=()
    )
    (found,) = child_gap(case, clean_sheet(case))
    assert (found.outcome, found.why and found.why.category) == (Outcome.ADJOINING, GapCategory.NOT_SUPPLY)
    assert found.why is not None and "only the move" in found.why.words


def test_an_agreed_home_outside_is_not_for_want_of_one() -> None:
    offer = Offer(home_id="OUT", child_id="C1", offered_on=AS_AT, held_until=AS_AT, agreed=True)
    case = make_case([make_child(home=at())], [outside(), make_home("IN")], offers=(offer,))
    assert (why(case).category, why(case).words) == (GapCategory.NOT_SUPPLY, "the home outside the area is agreed")


def test_with_a_sister_who_stays_outside() -> None:
    case = make_case(
        [make_child(home=at()), make_child("C2")],
        [outside(bedrooms=3, places=3), make_home("IN")],
        placements=[make_placement("C2", "OUT")],
        referrals=[make_referral()],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
    )
    assert why(case).words == "a brother or sister stays in the home outside the area"


def test_brothers_and_sisters_are_asked_for_together() -> None:
    """A home in the area takes either of two sisters, but not both: it is full for them."""
    children = [make_child("C1", home=at()), make_child("C2", home=at())]
    homes = [outside(bedrooms=3), make_home("IN", places=1)]
    case = make_case(children, homes, sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))])
    assert {gap(case)[child].outcome for child in ("C1", "C2")} == {Outcome.ADJOINING}
    assert {told(case, child) for child in ("C1", "C2")} == {(GapCategory.FULL, None, 1)}


def test_a_rule_that_one_sister_fails_bars_both() -> None:
    children = [make_child("C1", home=at()), make_child("C2", home=at(), features=frozenset({Feature.THERAPEUTIC}))]
    homes = [outside(bedrooms=3, features=frozenset({Feature.THERAPEUTIC})), make_home("IN")]
    case = make_case(children, homes, sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))])
    assert {told(case, child) for child in ("C1", "C2")} == {(GapCategory.UNSUITABLE, RuleId.FEATURES, 1)}


@pytest.mark.parametrize("seed", range(30))
def test_everybody_short_has_one_category_and_nobody_else_has(seed: int) -> None:
    case = random_case(seed, children=14, homes=10)
    for plan in (allocate(case), clean_sheet(case, time_limit=5)):
        children = child_gap(case, plan)
        assert [child.child_id for child in children] == [row.child_id for row in plan.rows]
        for child, row in zip(children, plan.rows, strict=True):
            assert (child.why is not None) == child.short_in_area
            assert (child.outcome is Outcome.UNMET) == (row.home_id is None)
            if child.why:
                assert CATEGORY_LABELS[child.why.category] and child.why.words
                unmet = child.outcome is Outcome.UNMET
                never = (GapCategory.NOT_SUPPLY,) if unmet else (GapCategory.NO_SUCH_HOME,)
                assert child.why.category not in never
