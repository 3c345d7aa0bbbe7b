"""Each hard rule, failing and passing, worked out by hand: kernel, explanation and oracle say the same."""

import datetime as dt
from typing import Any

import pytest

from models.child import PlaceToAvoid
from models.needs import Skills
from models.policy import Policy
from models.referral import Refusal
from models.vocabulary import (
    Access,
    Feature,
    Grade,
    HomeKind,
    Pet,
    PetsWish,
    RefusalReason,
    Sex,
)
from tests.check_rules import DAY, lives, rules
from tests.make_case import (
    AS_AT,
    NEED_KEYS,
    at,
    born_aged,
    make_child,
)


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
    ],
)
def test_kind(kind: str, preferred: Any, suitable: Any, unsuitable: Any, fails: bool) -> None:
    referral = {"preferred_kinds": preferred, "suitable_kinds": suitable, "unsuitable_kinds": unsuitable}
    home = {"kind": HomeKind(kind), "connected_children": frozenset({"C1"})}
    child = {"secure_order_until": AS_AT, "secretary_of_state_approval": True}
    assert rules(child, home, referral) == ({"KIND"} if fails else set())


SPECIALIST = [HomeKind.SECURE, HomeKind.PARENT_AND_CHILD, HomeKind.SCHOOL]


@pytest.mark.parametrize("kind", SPECIALIST)
def test_a_specialist_home_is_for_those_whose_referral_asks_for_it(kind: HomeKind) -> None:
    teenager = {"age": 15, "secure_order_until": AS_AT}
    home = {"kind": kind}
    assert rules(teenager, home) == {"SPECIALIST"}
    assert rules(teenager, home, {"preferred_kinds": ("residential",)}) == {"KIND", "SPECIALIST"}
    assert rules(teenager, home, {"preferred_kinds": (kind,)}) == set()
    assert rules(teenager, home, {"preferred_kinds": ("residential",), "suitable_kinds": (kind,)}) == set()
    assert rules(teenager, home, {"unsuitable_kinds": (kind,)}) == {"KIND", "SPECIALIST"}
    assert rules(teenager, home, placements=lives("C1")) == set()


def test_a_parent_and_child_unit_is_open_to_a_parent_who_must_have_that_service() -> None:
    parent = {"age": 16, "features": frozenset({Feature.PARENT_AND_CHILD})}
    offers = {"features": frozenset({Feature.PARENT_AND_CHILD})}
    assert rules(parent, offers | {"kind": HomeKind.PARENT_AND_CHILD}) == set()
    assert rules(parent, offers | {"kind": HomeKind.SCHOOL}) == {"SPECIALIST"}
    assert rules(parent, {"kind": HomeKind.PARENT_AND_CHILD}) == {"FEATURES"}


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


@pytest.mark.parametrize(("need", "skill", "fails"), [(3, 2, False), (3, 1, True), (4, 2, True), (2, 0, False)])
def test_suitability_floor(need: int, skill: int, fails: bool) -> None:
    child = {"levels": dict.fromkeys(NEED_KEYS, 0) | {"self_harm": need}}
    home = {"skills": Skills(levels=dict.fromkeys(NEED_KEYS, 4) | {"self_harm": skill})}
    assert rules(child, home) == ({"FLOOR"} if fails else set())
    assert rules(child, home, policy=Policy(floor_levels_short=5)) == set()


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


def test_declined() -> None:
    no = Refusal(home_id="H1", child_id="C1", refused_on=AS_AT, reason=RefusalReason.NEEDS)
    assert rules(refusals=(no,)) == {"DECLINED"}
    other = no.model_copy(update={"child_id": "C2"})
    assert rules(refusals=(other,), more_children=[make_child("C2")]) == set()
    assert rules(placements=lives("C1", ends_on=AS_AT + DAY)) == {"DECLINED"}


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
