"""Each part of a cost, worked out by hand."""

import datetime as dt
from typing import Any

import pytest

from matcher.scoring import encode, explain, score_pairs
from models.child import Visit, Wishes
from models.home import Resident
from models.needs import Skills
from models.policy import Policy
from models.vocabulary import Grade, HomeKind, ResidentKind, Solo
from tests import oracle
from tests.make_case import (
    ESSEX,
    HERTFORDSHIRE,
    KENT,
    NEED_KEYS,
    at,
    make_case,
    make_child,
    make_home,
    make_placement,
    make_referral,
)

NOTHING = dict.fromkeys(NEED_KEYS, 0)
NO_SKILL = Skills(levels=NOTHING)


def parts(child: Any = None, home: Any = None, referral: Any = None, **case: Any) -> dict[str, int]:
    """The parts of a child with no needs at a home with no skills; the kernel and the oracle must add up the same."""
    subject = make_child(**({"levels": NOTHING} | (child or {})))
    place = make_home(**({"skills": NO_SKILL, "marginal_fee_pence": 0} | (home or {})))
    homes = (place, *case.pop("more_homes", ()))
    given = make_case([subject], homes, **({"referrals": (make_referral(**(referral or {})),)} | case))
    encoded = encode(given, given.referrals)
    explanation = explain(given, encoded, 0, 0)
    assert score_pairs(encoded)[0][0, 0] == explanation.cost_pence
    assert oracle.score(given, given.referrals, given.referrals[0], place)[0] == explanation.cost_pence
    return {part.name: part.pence for part in explanation.parts}


def test_a_child_without_needs_next_door_costs_only_the_step_after_a_connected_person() -> None:
    assert {name: pence for name, pence in parts().items() if pence} == {"setting": 2_500}


def test_unmet_need_is_85_pence_for_each_tenth_short() -> None:
    levels = NOTHING | {"drugs_alcohol": 4, "offending": 1}
    skills = Skills(levels=NOTHING | {"drugs_alcohol": 1})
    assert parts({"levels": levels}, {"skills": skills})["unmet_need"] == (3 * 130 + 1 * 50) * 85


def test_over_provision_is_a_penny_for_each_tenth_to_spare() -> None:
    skills = Skills(levels=NOTHING | {"identity_self_esteem": 3})
    found = parts({"levels": NOTHING | {"identity_self_esteem": 1}}, {"skills": skills})
    assert (found["over_provision"], found["unmet_need"]) == (2 * 90, 0)


@pytest.mark.parametrize(
    ("child", "pence"),
    [
        ({"home": at()}, 20_200),
        ({"home": None}, 0),
        ({"home": at(), "uasc": True}, 0),
        ({"home": at(), "wishes": Wishes(away_from_home_area=True)}, 0),
    ],
)
def test_distance_home_is_ten_pounds_a_mile(child: dict[str, Any], pence: int) -> None:
    assert parts(child, {"location": at(20.2)})["distance_home"] == pence


@pytest.mark.parametrize(
    ("born", "miles", "pence"),
    [
        (dt.date(2008, 1, 1), 5.0, 7_500),
        (dt.date(2001, 8, 31), 12.0, 18_000),
        (dt.date(2001, 9, 1), 12.0, 38_000),
        (dt.date(2003, 8, 31), 12.0, 38_000),
        (dt.date(2003, 9, 1), 12.0, 18_000),
        (dt.date(2002, 5, 5), 10.0, 15_000),
        (dt.date(2002, 5, 5), 10.1, 35_150),
    ],
)
def test_school_journey_and_years_10_and_11(born: dt.date, miles: float, pence: int) -> None:
    assert parts({"born": born, "school": at(miles)})["school_journey"] == pence


@pytest.mark.parametrize(("born", "pence"), [(dt.date(2002, 9, 1), 38_000), (dt.date(2002, 8, 31), 18_000)])
def test_the_school_year_turns_on_1_september(born: dt.date, pence: int) -> None:
    found = parts({"born": born, "school": at(12)}, as_at=dt.date(2018, 9, 1))
    assert found["school_journey"] == pence
    before = parts({"born": born, "school": at(12)}, as_at=dt.date(2018, 8, 31))
    assert before["school_journey"] == 38_000


def test_family_time_counts_each_visit() -> None:
    visits = (Visit(location=at(3), visits_a_week=2), Visit(location=at(0, 10), visits_a_week=1))
    assert parts({"family_time": visits})["family_time"] == (30 * 2 + 100) * 20


@pytest.mark.parametrize(
    ("utla", "wishes", "pence"),
    [
        (HERTFORDSHIRE, Wishes(), 0),
        (ESSEX, Wishes(), 5_000),
        (KENT, Wishes(), 20_000),
        (KENT, Wishes(away_from_home_area=True), 0),
    ],
)
def test_out_of_area(utla: str, wishes: Wishes, pence: int) -> None:
    assert parts({"wishes": wishes}, {"location": at(utla=utla)})["out_of_area"] == pence


@pytest.mark.parametrize(
    ("placement", "moves", "pence"),
    [
        (None, 2, 0),
        (make_placement("C1", "H1"), 2, 0),
        (make_placement("C1", "H2"), 0, 30_000),
        (make_placement("C1", "H2"), 2, 40_000),
        (make_placement("C1", "H2"), 5, 45_000),
        (make_placement("C1", None), 0, 30_000),
        (make_placement("C1", "H2", ends_on=dt.date(2018, 6, 1)), 2, 0),
    ],
)
def test_instability(placement: Any, moves: int, pence: int) -> None:
    placements = (placement,) if placement else ()
    found = parts({"moves_last_year": moves}, placements=placements, more_homes=[make_home("H2")])
    assert found["instability"] == pence


@pytest.mark.parametrize(
    ("child", "home", "pence"),
    [
        ({"languages": ("Tigrinya",)}, {"languages": frozenset({"English"})}, 6_000),
        ({"languages": ("Tigrinya", "Arabic")}, {"languages": frozenset({" TIGRINYA"})}, 0),
        ({"languages": ("Tigrinya", " english ")}, {}, 0),
        ({"languages": ()}, {}, 0),
        ({"religion": "Muslim"}, {}, 3_000),
        ({"religion": "Muslim"}, {"faiths": frozenset({"MUSLIM "})}, 0),
        ({"religion": "Muslim", "languages": ("Pashto",)}, {"faiths": frozenset({"Jewish"})}, 9_000),
    ],
)
def test_identity_support(child: dict[str, Any], home: dict[str, Any], pence: int) -> None:
    assert parts(child, home)["identity_support"] == pence


@pytest.mark.parametrize(
    ("kind", "preferred", "suitable", "pence"),
    [
        (HomeKind.CONNECTED, (), (), 0),
        (HomeKind.FOSTER, (), (), 2_500),
        (HomeKind.RESIDENTIAL, (), (), 25_000),
        (HomeKind.SUPPORTED, (), (), 10_000),
        (HomeKind.SECURE, (), (), 10_000),
        (HomeKind.RESIDENTIAL, (HomeKind.RESIDENTIAL,), (), 0),
        (HomeKind.FOSTER, (HomeKind.RESIDENTIAL,), (HomeKind.FOSTER,), 17_500),
        (HomeKind.FOSTER, (), (HomeKind.FOSTER,), 2_500),
        (HomeKind.FOSTER, (HomeKind.RESIDENTIAL,), (), 2_500),
        (HomeKind.CONNECTED, (HomeKind.RESIDENTIAL,), (HomeKind.CONNECTED,), 0),
    ],
)
def test_setting(kind: HomeKind, preferred: tuple[HomeKind, ...], suitable: tuple[HomeKind, ...], pence: int) -> None:
    referral = {"preferred_kinds": preferred, "suitable_kinds": suitable}
    assert parts(home={"kind": kind}, referral=referral)["setting"] == pence


@pytest.mark.parametrize(
    ("child", "pence"),
    [
        ({"wishes": Wishes(kinds=(HomeKind.RESIDENTIAL,))}, 10_000),
        ({"wishes": Wishes(kinds=(HomeKind.FOSTER, HomeKind.RESIDENTIAL))}, 0),
        ({"wishes": Wishes(homes_not_wanted=("H1",), homes_wanted=("H9",))}, 20_000),
        ({"wishes": Wishes(homes_wanted=("H1",))}, 0),
        ({"solo": Solo.PREFERRED}, 10_000),
        ({"solo": Solo.NOT_NEEDED}, 0),
        ({"solo": Solo.PREFERRED, "wishes": Wishes(homes_not_wanted=("H1",))}, 20_000),
    ],
)
def test_wishes(child: dict[str, Any], pence: int) -> None:
    own_child = Resident(id="X1", home_id="H1", kind=ResidentKind.CARERS_OWN_CHILD, born=dt.date(2010, 1, 1))
    assert parts(child, residents=(own_child,))["wishes"] == pence


def test_a_preference_to_live_alone_is_met_where_only_a_grown_up_stays() -> None:
    grown_up = Resident(id="X1", home_id="H1", kind=ResidentKind.STAYING_PUT, born=dt.date(1999, 1, 1))
    assert parts({"solo": Solo.PREFERRED}, residents=(grown_up,))["wishes"] == 0


@pytest.mark.parametrize(
    ("kind", "grade", "pence"),
    [
        (HomeKind.RESIDENTIAL, Grade.OUTSTANDING, 0),
        (HomeKind.RESIDENTIAL, Grade.GOOD, 0),
        (HomeKind.RESIDENTIAL, Grade.REQUIRES_IMPROVEMENT, 5_000),
        (HomeKind.RESIDENTIAL, Grade.INADEQUATE, 5_000),
        (HomeKind.RESIDENTIAL, Grade.NOT_INSPECTED, 500),
        (HomeKind.FOSTER, Grade.NOT_INSPECTED, 0),
        (HomeKind.CONNECTED, Grade.NOT_INSPECTED, 0),
        (HomeKind.FOSTER, Grade.REQUIRES_IMPROVEMENT, 5_000),
    ],
)
def test_quality(kind: HomeKind, grade: Grade, pence: int) -> None:
    assert parts(home={"kind": kind, "grade": grade})["quality"] == pence


@pytest.mark.parametrize(("fee", "weight", "pence"), [(91_533, 20, 1_830), (41_400, 1_000, 41_400), (49, 20, 0)])
def test_fee_is_the_marginal_fee_weighed_and_rounded_down(fee: int, weight: int, pence: int) -> None:
    found = parts(home={"marginal_fee_pence": fee, "fee_pence": 999_999}, policy=Policy(fee_per_mille=weight))
    assert found["fee"] == pence


def test_what_the_referral_says_takes_the_place_of_what_the_child_record_said() -> None:
    newer = make_child(school=at(1)).circumstances
    found = parts({"school": at(50), "solo": Solo.PREFERRED}, referral={"circumstances": newer})
    assert (found["school_journey"], found["wishes"]) == (1_500, 0)
