"""The checker of plans: every kind of fault is found and said; a plan without one passes."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.check_plan import PlanCheckError, check_plan
from matcher.services.searches import operational
from models.case import Case
from models.child import SiblingGroup
from models.referral import Offer, Refusal
from models.vocabulary import RefusalReason, Risk
from tests.make_case import AS_AT, make_case, make_child, make_home, make_placement, make_referral


def _case(**fields: Any) -> Case:
    """Three children search, C4 lives in H2 and stays; H1 has two places, H2 one more."""
    children = [
        make_child("C1", risks_to_others=frozenset({Risk.VIOLENCE})),
        make_child("C2", risks_from_others=frozenset({Risk.VIOLENCE})),
        make_child("C3"),
        make_child("C4"),
    ]
    given = {
        "referrals": [make_referral(child) for child in ("C1", "C2", "C3")],
        "placements": (make_placement("C4", "H2"),),
    } | fields
    return make_case(children, (make_home("H1"), make_home("H2")), **given)


def _check(case: Case, **homes: str | None) -> None:
    check_plan(case, operational(case), homes)


def test_a_plan_that_keeps_every_rule_passes() -> None:
    _check(_case(), C1="H1", C2="H2", C3="H1")
    _check(_case(), C1=None, C2=None, C3=None)


@pytest.mark.parametrize(
    ("homes", "words"),
    [
        ({"C1": "H1", "C2": "H2"}, "C3 is searching but not in the plan"),
        ({"C1": "H9", "C2": None, "C3": None}, "C1 is given H9, which is no home of the case"),
        ({"C1": None, "C2": "H2", "C3": "H2"}, "H2: 3 living there, 0 not available and 0 held, of 2 places"),
        ({"C1": "H1", "C2": "H1", "C3": None}, "H1: there is a live risk from C1 to C2"),
        ({"C1": None, "C2": None, "C3": None, "C4": "H1"}, "C4 stays where they live but is given H1"),
    ],
)
def test_a_plan_with_a_fault_is_refused(homes: dict[str, str | None], words: str) -> None:
    with pytest.raises(PlanCheckError, match=words):
        _check(_case(), **homes)


def test_a_hard_rule_of_one_pair_is_asked_of_the_records() -> None:
    said_no = Refusal(home_id="H1", child_id="C3", refused_on=AS_AT, reason=RefusalReason.NEEDS)
    case = _case(refusals=(said_no,))
    _check(case, C1=None, C2=None, C3="H2")
    with pytest.raises(PlanCheckError, match="C3 in H1: the home or the child has said no"):
        _check(case, C1=None, C2=None, C3="H1")


def test_what_is_agreed_must_be_kept() -> None:
    offer = Offer(home_id="H1", child_id="C3", offered_on=AS_AT, held_until=AS_AT + dt.timedelta(days=1), agreed=True)
    case = _case(offers=(offer,))
    _check(case, C1="H1", C2="H2", C3="H1")
    with pytest.raises(PlanCheckError, match="C3 is agreed for H1 but is given H2"):
        _check(case, C1=None, C2=None, C3="H2")


def test_bedrooms_are_counted_and_only_siblings_share() -> None:
    homes = (make_home("H1", bedrooms=1, double_bedrooms=1),)
    children = (make_child("C1"), make_child("C2"))
    siblings = (SiblingGroup(id="G1", children=("C1", "C2")),)
    _check(make_case(children, homes, sibling_groups=siblings), C1="H1", C2="H1")
    with pytest.raises(PlanCheckError, match="H1: 2 bedrooms needed, 1 there"):
        _check(make_case(children, homes), C1="H1", C2="H1")
