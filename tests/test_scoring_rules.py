"""Each hard rule, failing and passing, worked out by hand: kernel, explanation and oracle say the same."""

import datetime as dt
from typing import Any

import pytest

from matcher.scoring import encode, explain, score_pairs
from models.case import Case
from models.child import PlaceToAvoid, SiblingGroup
from models.home import Resident
from models.needs import Skills
from models.placement import Placement
from models.policy import Policy
from models.referral import Offer, Refusal
from models.rules import rules_in
from models.vocabulary import (
    Access,
    Alongside,
    Feature,
    Grade,
    HomeKind,
    NotAvailable,
    Pet,
    PetsWish,
    RefusalReason,
    ResidentKind,
    Risk,
    Sex,
    SiblingDecision,
    Solo,
)
from tests import oracle
from tests.make_case import (
    AS_AT,
    NEED_KEYS,
    at,
    born_aged,
    make_case,
    make_child,
    make_home,
    make_placement,
    make_referral,
)

ABLE = Skills(levels=dict.fromkeys(NEED_KEYS, 4))
DAY = dt.timedelta(days=1)


def failed(case: Case, row: int = 0, column: int = 0) -> set[str]:
    """Names of the rules that fail, the same by all three."""
    encoded = encode(case, case.referrals)
    bits = int(score_pairs(encoded)[1][row, column])
    explanation = explain(case, encoded, row, column)
    assert explanation.bits == bits
    assert all(": " in rule.message and not rule.message.endswith(": ") for rule in explanation.failed)
    assert oracle.score(case, case.referrals, case.referrals[row], case.homes[column])[1] == {
        rule.id for rule in rules_in(bits)
    }
    return {rule.id.name for rule in rules_in(bits)}


def rules(child: Any = None, home: Any = None, referral: Any = None, **case: Any) -> set[str]:
    """The rules failed by a boy of ten at a home that could take him, but for what is changed."""
    subject = make_child(**({"levels": dict.fromkeys(NEED_KEYS, 1)} | (child or {})))
    place = make_home(**({"skills": ABLE} | (home or {})))
    children = (subject, *case.pop("more_children", ()))
    homes = (place, *case.pop("more_homes", ()))
    return failed(make_case(children, homes, **({"referrals": (make_referral(**(referral or {})),)} | case)))


def lives(*children: str, home: str = "H1", **fields: Any) -> tuple[Placement, ...]:
    return tuple(make_placement(child, home, **fields) for child in children)


def resident(kind: ResidentKind = ResidentKind.OTHER_AUTHORITY, number: int = 1, **fields: Any) -> Resident:
    return Resident(**({"id": f"X{number}", "home_id": "H1", "kind": kind, "born": dt.date(2008, 1, 1)} | fields))


def test_nothing_fails_to_begin_with() -> None:
    assert rules() == set()


@pytest.mark.parametrize(
    ("kind", "preferred", "suitable", "unsuitable", "fails"),
    [
        ("foster", (), (), (), False),
        ("foster", ("foster",), (), (), False),
        ("foster", ("residential",), ("foster",), (), False),
        ("foster", ("residential",), (), (), True),
        ("foster", (), (), ("foster",), True),
        ("foster", ("foster",), (), ("foster",), True),
        ("foster", (), (), ("residential",), False),
        ("connected_person", ("residential",), (), (), False),
        ("connected_person", (), (), ("connected_person",), True),
        ("secure", (), (), (), True),
        ("secure", ("secure",), (), (), False),
        ("secure", ("residential",), ("secure",), (), False),
    ],
)
def test_kind(kind: str, preferred: Any, suitable: Any, unsuitable: Any, fails: bool) -> None:
    referral = {"preferred_kinds": preferred, "suitable_kinds": suitable, "unsuitable_kinds": unsuitable}
    home = {"kind": HomeKind(kind), "connected_children": frozenset({"C1"})}
    child = {"secure_order_until": AS_AT, "secretary_of_state_approval": True}
    assert rules(child, home, referral) == ({"KIND"} if fails else set())


def test_registration() -> None:
    assert rules(home={"registered": False}) == {"REGISTERED"}
    assert rules({"age": 16}, {"registered": False, "kind": HomeKind.SUPPORTED}) == set()


@pytest.mark.parametrize(
    ("born", "fails"),
    [
        (dt.date(2013, 4, 1), True),
        (dt.date(2013, 3, 31), False),
        (dt.date(2006, 4, 1), False),
        (dt.date(2006, 3, 31), True),
    ],
)
def test_age_at_both_ends_of_the_terms(born: dt.date, fails: bool) -> None:
    assert rules({"born": born}, {"age_from": 5, "age_to": 11}) == ({"AGE"} if fails else set())


def test_age_is_taken_on_the_day_needed_and_never_before_today() -> None:
    child = {"born": dt.date(2013, 4, 30)}
    assert rules(child, {"age_from": 5}, {"needed_by": dt.date(2018, 4, 29)}) == {"AGE"}
    assert rules(child, {"age_from": 5}, {"needed_by": dt.date(2018, 4, 30)}) == set()
    overdue = {"needed_by": dt.date(2018, 1, 1)}
    assert rules(referral=overdue, home={"available_from": AS_AT}) == set()


@pytest.mark.parametrize(
    ("sex", "sexes", "fails"),
    [("M", "M", False), ("M", "F", True), ("U", "M", True), ("U", "MF", False), ("F", "MFU", False)],
)
def test_sex(sex: str, sexes: str, fails: bool) -> None:
    home = {"sexes": frozenset(map(Sex, sexes))}
    assert rules({"sex": Sex(sex)}, home) == ({"SEX"} if fails else set())


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


@pytest.mark.parametrize(("day", "fails"), [(dt.date(2018, 3, 31), False), (dt.date(2024, 3, 31), True)])
def test_under_16_and_unregistered_supported_accommodation_by_the_law_of_the_day(day: dt.date, fails: bool) -> None:
    home = {"kind": HomeKind.SUPPORTED, "registered": False}
    young = rules({"born": born_aged(15, day)}, home, {"needed_by": day}, as_at=day)
    assert young == ({"UNDER_16", "SUPPORTED_REGISTERED"} if fails else set())
    old = rules({"born": born_aged(16, day)}, home | {"registered": True}, {"needed_by": day}, as_at=day)
    assert old == set()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2021, 9, 8), set()),
        (dt.date(2021, 9, 9), {"UNDER_16"}),
        (dt.date(2023, 10, 27), {"UNDER_16"}),
        (dt.date(2023, 10, 28), {"UNDER_16", "SUPPORTED_REGISTERED"}),
    ],
)
def test_rules_begin_on_their_day(day: dt.date, expected: set[str]) -> None:
    home = {"kind": HomeKind.SUPPORTED, "registered": False}
    assert rules({"born": born_aged(15, day)}, home, {"needed_by": day}, as_at=day) == expected


@pytest.mark.parametrize(
    ("needed", "under_16"), [(dt.date(2024, 2, 28), True), (dt.date(2024, 2, 29), False), (dt.date(2024, 3, 1), False)]
)
def test_born_on_29_february_turns_16_on_the_day_in_a_leap_year(needed: dt.date, under_16: bool) -> None:
    found = rules(
        {"born": dt.date(2008, 2, 29)},
        {"kind": HomeKind.SUPPORTED},
        {"needed_by": needed},
        as_at=dt.date(2024, 2, 1),
    )
    assert found == ({"UNDER_16"} if under_16 else set())


@pytest.mark.parametrize(("needed", "too_young"), [(dt.date(2022, 2, 28), True), (dt.date(2022, 3, 1), False)])
def test_born_on_29_february_turns_14_on_1_march_in_other_years(needed: dt.date, too_young: bool) -> None:
    child, referral = {"born": dt.date(2008, 2, 29)}, {"needed_by": needed}
    found = rules(child, {"age_from": 14}, referral, as_at=dt.date(2022, 1, 1))
    assert found == ({"AGE"} if too_young else set())


@pytest.mark.parametrize(
    ("age", "until", "approved", "fails"),
    [
        (13, AS_AT, False, False),
        (13, AS_AT - DAY, False, True),
        (13, None, False, True),
        (12, AS_AT, False, True),
        (12, AS_AT, True, False),
    ],
)
def test_secure_criteria(age: int, until: dt.date | None, approved: bool, fails: bool) -> None:
    child = {"age": age, "secure_order_until": until, "secretary_of_state_approval": approved}
    found = rules(child, {"kind": HomeKind.SECURE}, {"preferred_kinds": (HomeKind.SECURE,)})
    assert found == ({"SECURE"} if fails else set())


def test_connected_person() -> None:
    assert rules(home={"kind": HomeKind.CONNECTED, "connected_children": frozenset({"C1"})}) == set()
    assert rules(home={"kind": HomeKind.CONNECTED, "connected_children": frozenset({"C2"})}) == {"CONNECTED"}


def test_solo_for_the_child_and_for_one_who_lives_there() -> None:
    alone, mate = {"solo": Solo.REQUIRED}, [make_child("C2")]
    assert rules(alone) == set()
    assert rules(alone, more_children=mate, placements=lives("C2")) == {"SOLO"}
    assert rules(alone, residents=(resident(ResidentKind.CARERS_OWN_CHILD),)) == {"SOLO"}
    assert rules(alone, residents=(resident(ResidentKind.CARERS_OWN_CHILD, born=dt.date(1999, 1, 1)),)) == set()
    assert rules(alone, residents=(resident(ResidentKind.STAYING_PUT, born=None),)) == set()
    assert rules(alone, residents=(resident(born=None),)) == {"SOLO"}
    needing = [make_child("C2", solo=Solo.REQUIRED)]
    assert rules(more_children=needing, placements=lives("C2")) == {"SOLO"}


def test_what_a_newer_referral_says_of_a_child_who_lives_there_counts() -> None:
    newer = make_child(solo=Solo.REQUIRED).circumstances
    older = make_child().circumstances
    said = (
        make_referral("C2", id="R9", received=AS_AT - DAY, circumstances=older),
        make_referral("C2", id="R1", received=AS_AT, circumstances=newer),
    )
    case = make_case(
        [make_child(levels={}), make_child("C2")],
        [make_home(skills=ABLE)],
        placements=lives("C2"),
        referrals=(make_referral(), *said),
    )
    encoded = encode(case, case.referrals[:1])
    assert [rule.rule.name for rule in explain(case, encoded, 0, 0).failed] == ["SOLO"]
    assert [rule.id.name for rule in rules_in(int(score_pairs(encoded)[1][0, 0]))] == ["SOLO"]


@pytest.mark.parametrize(("need", "skill", "fails"), [(3, 2, False), (3, 1, True), (4, 2, True), (2, 0, False)])
def test_suitability_floor(need: int, skill: int, fails: bool) -> None:
    child = {"levels": dict.fromkeys(NEED_KEYS, 0) | {"self_harm": need}}
    home = {"skills": Skills(levels=dict.fromkeys(NEED_KEYS, 4) | {"self_harm": skill})}
    assert rules(child, home) == ({"FLOOR"} if fails else set())
    assert rules(child, home, policy=Policy(floor_levels_short=5)) == set()


def test_risks_both_ways_and_with_people_of_any_age() -> None:
    violent: dict[str, Any] = {"risks_to_others": frozenset({Risk.VIOLENCE})}
    exposed: dict[str, Any] = {"risks_from_others": frozenset({Risk.VIOLENCE})}
    assert rules(violent, residents=(resident(**exposed),)) == {"RESIDENTS"}
    assert rules(exposed, residents=(resident(**violent),)) == {"RESIDENTS"}
    assert rules(violent, residents=(resident(**violent),)) == set()
    assert rules(exposed, residents=(resident(risks_to_others=frozenset({Risk.FIRE})),)) == set()
    grown_up = resident(ResidentKind.STAYING_PUT, born=dt.date(1998, 1, 1), **violent)
    assert rules(exposed, residents=(grown_up,)) == {"RESIDENTS"}
    mate = [make_child("C2", **violent)]
    assert rules(exposed, more_children=mate, placements=lives("C2")) == {"RESIDENTS"}


@pytest.mark.parametrize(
    ("child", "other", "home", "fails"),
    [
        ({"alongside": Alongside.ONLY_OLDER}, {"age": 9}, {}, True),
        ({"alongside": Alongside.ONLY_OLDER}, {"age": 10}, {}, False),
        ({"alongside": Alongside.ONLY_YOUNGER}, {"age": 11}, {}, True),
        ({"alongside": Alongside.ONLY_YOUNGER}, {"age": 10}, {}, False),
        ({}, {"age": 11, "alongside": Alongside.ONLY_OLDER}, {}, True),
        ({}, {"age": 10, "alongside": Alongside.ONLY_OLDER}, {}, False),
        ({}, {"age": 9, "alongside": Alongside.ONLY_YOUNGER}, {}, True),
        ({}, {"age": 12, "alongside": Alongside.ONLY_YOUNGER}, {}, False),
        ({}, {"age": 13}, {"maximum_age_gap": 3}, False),
        ({}, {"age": 14}, {"maximum_age_gap": 3}, True),
        ({}, {"age": 6}, {"maximum_age_gap": 3}, True),
        ({}, {"age": 17}, {"maximum_age_gap": None}, False),
    ],
)
def test_ages_of_children_living_together(child: Any, other: Any, home: Any, fails: bool) -> None:
    found = rules(child, home, more_children=[make_child("C2", **other)], placements=lives("C2"))
    assert found == ({"ALONGSIDE"} if fails else set())


def test_unknown_ages_and_grown_ups_never_fail_the_ages_rule() -> None:
    child, home = {"alongside": Alongside.ONLY_YOUNGER}, {"maximum_age_gap": 1}
    assert rules(child, home, residents=(resident(born=None),)) == set()
    assert rules(child, home, residents=(resident(born=dt.date(1990, 1, 1)),)) == set()


@pytest.mark.parametrize(("miles", "fails"), [(5.0, True), (5.1, False)])
def test_place_to_avoid(miles: float, fails: bool) -> None:
    child = {"avoid": (PlaceToAvoid(location=at(90), within_miles=1), PlaceToAvoid(location=at(miles), within_miles=5))}
    assert rules(child) == ({"AVOID"} if fails else set())


def test_access_and_features() -> None:
    hoist = {"access": frozenset({Access.HOIST, Access.WET_ROOM})}
    assert rules(hoist, {"access": frozenset({Access.HOIST})}) == {"ACCESS"}
    assert rules(hoist, {"access": frozenset(Access)}) == set()
    waking = {"features": frozenset({Feature.WAKING_NIGHT})}
    assert rules(waking, {"features": frozenset({Feature.REMAND})}) == {"FEATURES"}
    assert rules(waking, {"features": frozenset(Feature)}) == set()


@pytest.mark.parametrize(
    ("child", "home", "fails"),
    [
        ({"allergies": frozenset({Pet.CAT})}, {"pets": frozenset({Pet.CAT, Pet.DOG})}, True),
        ({"allergies": frozenset({Pet.CAT})}, {"pets": frozenset({Pet.DOG})}, False),
        ({"allergies": frozenset({Pet.CAT})}, {"pets": None}, False),
        ({"pets": PetsWish.NO}, {"pets": frozenset({Pet.OTHER})}, True),
        ({"pets": PetsWish.NO}, {"pets": frozenset()}, False),
        ({"pets": PetsWish.NO}, {"pets": None}, False),
        ({"pets": PetsWish.MUST}, {"pets": frozenset()}, True),
        ({"pets": PetsWish.MUST}, {"pets": None}, False),
        ({"pets": PetsWish.MUST}, {"pets": frozenset({Pet.CAT})}, False),
        ({"pets": PetsWish.CAN}, {"pets": frozenset({Pet.CAT})}, False),
        ({"smoke_free": True}, {"smoking": True}, True),
        ({"smoke_free": True}, {"smoking": None}, False),
        ({"smoke_free": True}, {"smoking": False}, False),
        ({"smoke_free": False}, {"smoking": True}, False),
    ],
)
def test_animals_and_smoking(child: Any, home: Any, fails: bool) -> None:
    assert rules(child, home) == ({"HOUSEHOLD"} if fails else set())


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ({"suspended": True}, {"SUSPENDED"}),
        ({"closes_on": AS_AT}, {"SUSPENDED"}),
        ({"closes_on": AS_AT + DAY}, set()),
        ({"grade": Grade.INADEQUATE}, {"INADEQUATE"}),
        ({"grade": Grade.REQUIRES_IMPROVEMENT}, set()),
        ({"available_from": AS_AT + DAY}, {"AVAILABLE_FROM"}),
        ({"available_from": AS_AT}, set()),
    ],
)
def test_standing_of_the_home(home: Any, expected: set[str]) -> None:
    assert rules(home=home) == expected


def test_not_available() -> None:
    away = {"not_available_places": 1}
    assert rules(home={"places": 2} | away) == set()
    assert rules(home={"places": 1} | away) == {"NOT_AVAILABLE"}
    assert rules(home={"places": 2, "bedrooms": 9} | away, residents=(resident(),)) == {"NOT_AVAILABLE"}
    assert rules(home={"places": 1, "bedrooms": 9} | away, residents=(resident(),)) == {"FULL"}
    kept = {"not_available_reason": NotAvailable.SIBLINGS_ONLY}
    assert rules(home={"places": 1} | away | kept) == {"NOT_AVAILABLE"}


def test_declined() -> None:
    no = Refusal(home_id="H1", child_id="C1", refused_on=AS_AT, reason=RefusalReason.NEEDS)
    assert rules(refusals=(no,)) == {"DECLINED"}
    other = no.model_copy(update={"child_id": "C2"})
    assert rules(refusals=(other,), more_children=[make_child("C2")]) == set()
    assert rules(placements=lives("C1", ends_on=AS_AT + DAY)) == {"DECLINED"}


def offer(child: str = "C2", **fields: Any) -> Offer:
    return Offer(**({"home_id": "H1", "child_id": child, "offered_on": AS_AT, "held_until": AS_AT} | fields))


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


def test_the_present_home_is_never_failed_for_what_living_there_settles() -> None:
    home = {
        "age_to": 5,
        "sexes": frozenset({Sex.FEMALE}),
        "places": 0,
        "bedrooms": 0,
        "available_from": AS_AT + DAY,
        "grade": Grade.INADEQUATE,
    }
    referral = {"unsuitable_kinds": (HomeKind.FOSTER,)}
    assert rules(home=home, referral=referral, placements=lives("C1")) == {"INADEQUATE"}
    elsewhere = rules(home=home, referral=referral)
    assert elsewhere == {"KIND", "AGE", "SEX", "FULL", "BEDROOM", "AVAILABLE_FROM", "INADEQUATE"}


def together(*children: str, **fields: Any) -> tuple[SiblingGroup, ...]:
    return (SiblingGroup(id="S1", children=children, **fields),)


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
