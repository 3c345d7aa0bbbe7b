"""The rules on places, bedrooms, offers and siblings, worked out by hand."""

from typing import Any

import pytest

from models.policy import Policy
from models.vocabulary import (
    HomeKind,
    NotAvailable,
    ResidentKind,
    Sex,
    SiblingDecision,
)
from tests.check_rules import DAY, lives, offer, resident, rules, together
from tests.make_case import (
    AS_AT,
    make_child,
    make_referral,
)


def test_full() -> None:
    mates = [make_child("C2"), make_child("C3")]
    assert rules(more_children=mates, placements=lives("C2"), home={"bedrooms": 3}) == set()
    assert rules(more_children=mates, placements=lives("C2", "C3"), home={"bedrooms": 3}) == {"FULL"}
    assert rules(home={"places": 0}) == {"FULL"}


def test_who_takes_a_place_and_until_when() -> None:
    full = {"places": 1, "bedrooms": 3}
    assert rules(home=full, residents=(resident(),)) == {"FULL"}
    assert rules(home=full, residents=(resident(ResidentKind.OWN_CHILD_SET_ASIDE),)) == {"FULL"}
    assert rules(home=full, residents=(resident(ResidentKind.STAYING_PUT),)) == set()
    assert rules(home=full, residents=(resident(ResidentKind.CARERS_OWN_CHILD),)) == set()
    assert rules(home=full, residents=(resident(until=AS_AT),)) == set()
    assert rules(home=full, residents=(resident(until=AS_AT + DAY),)) == {"FULL"}
    assert rules(home=full, residents=(resident(until=AS_AT + DAY),), referral={"needed_by": AS_AT + DAY}) == set()


def test_a_child_who_is_leaving_or_searching_leaves_their_place_free() -> None:
    mate, full = [make_child("C2")], {"places": 1}
    assert rules(home=full, more_children=mate, placements=lives("C2")) == {"FULL"}
    assert rules(home=full, more_children=mate, placements=lives("C2", ends_on=AS_AT)) == set()
    assert rules(home=full, more_children=mate, placements=lives("C2", ends_on=AS_AT + DAY)) == {"FULL"}
    both = (make_referral(), make_referral("C2"))
    assert rules(home=full, more_children=mate, placements=lives("C2"), referrals=both) == set()


def test_usual_limit_and_exemption() -> None:
    big = {"places": 4, "bedrooms": 9}
    others = [make_child(f"C{i}") for i in (2, 3, 4)]
    here = lives("C2", "C3", "C4")
    assert rules(home=big, more_children=others, placements=here) == {"USUAL_LIMIT"}
    assert rules(home=big, more_children=others, placements=here[:2]) == set()
    exempt = big | {"exempt_children": frozenset({"C1"})}
    assert rules(home=exempt, more_children=others, placements=here) == set()
    residential = big | {"kind": HomeKind.RESIDENTIAL}
    assert rules(home=residential, more_children=others, placements=here) == set()


def test_bedrooms() -> None:
    one = {"bedrooms": 1}
    assert rules(home=one, residents=(resident(ResidentKind.STAYING_PUT),)) == {"BEDROOM"}
    assert rules(home=one, residents=(resident(ResidentKind.CARERS_OWN_CHILD),)) == set()
    assert rules(home=one, residents=(resident(born=AS_AT.replace(year=2015) + DAY),)) == set()
    assert rules(home=one, residents=(resident(born=AS_AT.replace(year=2015)),)) == {"BEDROOM"}
    assert rules(home=one, residents=(resident(born=None),)) == {"BEDROOM"}
    assert rules({"age": 2}, {"bedrooms": 0}) == set()
    assert rules({"age": 3}, {"bedrooms": 0}) == {"BEDROOM"}
    assert rules(home={"bedrooms": 0, "kind": HomeKind.RESIDENTIAL}) == set()
    assert rules(home={"bedrooms": 0}, policy=Policy(share_bedroom_under=11)) == set()


def test_not_available() -> None:
    away = {"not_available_places": 1}
    assert rules(home={"places": 2} | away) == set()
    assert rules(home={"places": 1} | away) == {"NOT_AVAILABLE"}
    assert rules(home={"places": 2, "bedrooms": 9} | away, residents=(resident(),)) == {"NOT_AVAILABLE"}
    assert rules(home={"places": 1, "bedrooms": 9} | away, residents=(resident(),)) == {"FULL"}
    kept = {"not_available_reason": NotAvailable.SIBLINGS_ONLY}
    assert rules(home={"places": 1} | away | kept) == {"NOT_AVAILABLE"}


def test_held_for_another_child() -> None:
    mate, one = [make_child("C2"), make_child("C3")], {"places": 1}
    assert rules(home=one, more_children=mate, offers=(offer(),)) == {"HELD"}
    assert rules(home=one, more_children=mate, offers=(offer("C1"),)) == set()
    assert rules(home=one, more_children=mate, offers=(offer(held_until=AS_AT - DAY),)) == set()
    assert rules(home=one, more_children=mate, offers=(offer(offered_on=AS_AT + DAY),)) == set()
    assert rules(home={"places": 2}, more_children=mate, offers=(offer(), offer())) == set()
    assert rules(home={"places": 2}, more_children=mate, offers=(offer(), offer("C3"))) == {"HELD"}
    here = lives("C2")
    assert rules(home={"places": 2}, more_children=mate, offers=(offer(),), placements=here) == set()
    assert rules(home={"places": 1}, more_children=mate, offers=(offer("C3"),), placements=here) == {"FULL"}


def test_a_place_held_under_the_usual_limit() -> None:
    big, mates = {"places": 6, "bedrooms": 9}, [make_child(f"C{i}") for i in (2, 3, 4)]
    found = rules(home=big, more_children=mates, placements=lives("C2", "C3"), offers=(offer("C4"),))
    assert found == {"HELD"}
    exempt = big | {"exempt_children": frozenset({"C1"})}
    assert rules(home=exempt, more_children=mates, placements=lives("C2", "C3"), offers=(offer("C4"),)) == set()


SIBLINGS = ["C1", "C2"]


def test_siblings_searching_together_may_use_the_sibling_places() -> None:
    home = {"places": 0, "sibling_places": 2}
    mate, both = [make_child("C2")], (make_referral(), make_referral("C2"))
    group = together(*SIBLINGS)
    assert rules(home=home, more_children=mate, referrals=both, sibling_groups=group) == set()
    assert rules(home=home, more_children=mate, referrals=both) == {"FULL"}
    assert rules(home=home, more_children=mate, sibling_groups=group) == {"FULL"}
    apart = together(*SIBLINGS, decision=SiblingDecision.APART)
    assert rules(home=home, more_children=mate, referrals=both, sibling_groups=apart) == {"FULL"}
    stranger = (resident(),)
    found = rules(
        home=home | {"bedrooms": 9}, more_children=mate, referrals=both, sibling_groups=group, residents=stranger
    )
    assert found == {"FULL"}


def test_places_kept_for_siblings_and_held_for_them() -> None:
    mate, both, group = [make_child("C2")], (make_referral(), make_referral("C2")), together(*SIBLINGS)
    kept = {"not_available_places": 2, "not_available_reason": NotAvailable.SIBLINGS_ONLY}
    assert rules(home=kept, more_children=mate, referrals=both, sibling_groups=group) == set()
    assert rules(home=kept, more_children=mate, referrals=both) == {"NOT_AVAILABLE"}
    held = {"home": {"places": 1}, "offers": (offer(),)}
    assert rules(**held, more_children=mate, referrals=both, sibling_groups=group) == set()
    assert rules(**held, more_children=mate, referrals=both) == {"HELD"}


def test_joining_a_brother_passes_the_usual_limit_and_may_share_his_room() -> None:
    brothers = [make_child(f"C{i}") for i in (2, 3, 4)]
    group = together("C1", "C2", "C3", "C4")
    big, here = {"places": 4, "bedrooms": 9}, lives("C2", "C3", "C4")
    assert rules(home=big, more_children=brothers, placements=here, sibling_groups=group) == set()
    assert rules(home=big, more_children=brothers, placements=here) == {"USUAL_LIMIT"}


@pytest.mark.parametrize(
    ("child", "sibling", "double", "fails"),
    [
        ({}, {}, 1, False),
        ({}, {}, 0, True),
        ({}, {"sex": Sex.FEMALE, "age": 12}, 1, True),
        ({"age": 9}, {"sex": Sex.FEMALE, "age": 8}, 1, False),
        ({"age": 10}, {"sex": Sex.FEMALE, "age": 8}, 1, True),
        ({"sex": Sex.UNKNOWN}, {"sex": Sex.UNKNOWN, "age": 12}, 1, True),
    ],
)
def test_sharing_a_double_bedroom_with_a_brother_or_sister(child: Any, sibling: Any, double: int, fails: bool) -> None:
    found = rules(
        child,
        {"bedrooms": 1, "double_bedrooms": double},
        more_children=[make_child("C2", **sibling)],
        placements=lives("C2"),
        sibling_groups=together(*SIBLINGS),
    )
    assert found == ({"BEDROOM"} if fails else set())


def test_a_double_bedroom_has_room_for_two() -> None:
    brothers = [make_child("C2"), make_child("C3")]
    home = {"bedrooms": 2, "double_bedrooms": 1, "places": 3}
    found = rules(
        home=home, more_children=brothers, placements=lives("C2", "C3"), sibling_groups=together("C1", "C2", "C3")
    )
    assert found == {"BEDROOM"}
