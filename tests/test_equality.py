"""Outcomes by group: intervals and tests against figures worked out by hand, and readings that claim no more."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from matcher.intake.case_cache import read_kept
from matcher.services.allocate import allocate, clean_sheet
from matcher.services.equality import (
    CHARACTERISTICS,
    Compared,
    EqualityCell,
    EqualityReport,
    EqualitySection,
    equality_report,
    of_plan,
    of_today,
    of_waiting,
    section,
)
from matcher.services.equality.comparing import (
    SHUFFLES,
    Value,
    average,
    chance_of_means,
    chance_of_shares,
    holm,
    share,
)
from models.case import Case
from models.ssda903.derive import PlacementKind
from models.vocabulary import HomeKind, Sex
from tests.make_case import AS_AT, ESSEX, at, make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case


def test_a_share_has_wilsons_interval() -> None:
    found = share([True] * 8 + [False] * 2)
    assert (found.value, round(found.low or 0, 1), round(found.high or 0, 1)) == (80.0, 49.0, 94.3)
    assert share([]) == Value(None, None, None)


def test_a_mean_has_students_interval_never_below_nothing() -> None:
    found = average([1.0, 2.0, 3.0])
    assert (found.value, found.low, round(found.high or 0, 3)) == (2.0, 0.0, 4.484)
    assert average([7.0]) == Value(7.0, None, None)
    assert average([]) == Value(None, None, None)


def test_fishers_exact_test_of_a_lady_tasting_tea() -> None:
    assert chance_of_shares([True] * 3 + [False], [True] + [False] * 3) == pytest.approx(34 / 70)
    assert chance_of_shares([True] * 4, [False] * 4) == pytest.approx(2 / 70)


def test_shuffling_finds_what_counting_every_deal_gives() -> None:
    """Of the 20 ways to choose three of 1 to 6, the two extreme ones are as far out as {1, 2, 3}."""
    assert chance_of_means([1, 2, 3], [4, 5, 6]) == pytest.approx(2 / 20, abs=0.01)
    assert chance_of_means([4, 5, 6], [1, 2, 3]) == chance_of_means([1, 2, 3], [4, 5, 6])
    assert chance_of_means([5.0] * 10, [5.0] * 12) == 1.0
    assert chance_of_means([90.0] * 15, [1.0] * 15) == 1 / (SHUFFLES + 1)


def test_holms_correction() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


def living(girls: tuple[int, int], boys: tuple[int, int], **fields: Any) -> Case:
    """So many girls and boys in all, and so many of each outside the area."""
    children, placements = [], []
    for sex, (number, outside) in ((Sex.FEMALE, girls), (Sex.MALE, boys)):
        for at_number in range(number):
            child = make_child(f"{sex.value}{at_number}", sex=sex, **fields)
            children.append(child)
            placements.append(make_placement(child.id, "OUT" if at_number < outside else "IN"))
    homes = [make_home("IN", places=90), make_home("OUT", places=90, location=at(9, utla=ESSEX))]
    return make_case(children, homes, placements=placements, referrals=())


def today(case: Case) -> EqualitySection:
    return section(case, "today", "Today", of_today(case))


def cells(found: EqualitySection, characteristic: str, measure: str) -> dict[str, EqualityCell]:
    (mine,) = [one for one in found.characteristics if one.key == characteristic]
    (table,) = [one for one in mine.tables if one.key == measure]
    return {cell.group: cell for cell in table.cells}


def reading(found: EqualitySection, characteristic: str) -> str:
    (mine,) = [one for one in found.characteristics if one.key == characteristic]
    return mine.reading


def test_a_difference_that_chance_would_not_explain_is_told_once_with_both_figures() -> None:
    found = today(living(girls=(50, 30), boys=(50, 5)))
    assert reading(found, "sex") == (
        "Girls live in the authority's own area less often than other children: 40% against 90%, "
        "more than chance would explain."
    )
    girls = cells(found, "sex", "in_area")["F"]
    assert (girls.value, girls.rest, girls.compared, len(girls.child_ids)) == (40.0, 90.0, Compared.LOWER, 50)
    assert len(girls.counted_ids) == 20 and set(girls.counted_ids) < set(girls.child_ids)
    assert cells(found, "sex", "in_area")["M"].compared is Compared.HIGHER
    assert reading(found, "uasc") == "No two groups to compare."


def test_a_difference_that_could_be_chance_is_none() -> None:
    found = today(living(girls=(50, 12), boys=(50, 9)))
    assert reading(found, "sex") == "No difference by sex that could not be chance."
    assert cells(found, "sex", "in_area")["F"].compared is Compared.NO_DIFFERENCE


def test_small_numbers_are_never_compared_however_far_apart() -> None:
    found = today(living(girls=(9, 9), boys=(60, 0)))
    assert reading(found, "sex") == "Too few children to say."
    assert found.tests == 0
    (girls, boys) = cells(found, "sex", "in_area").values()
    assert {girls.compared, boys.compared} == {Compared.TOO_FEW}
    assert (girls.value, girls.chance, round(girls.high or 0)) == (0.0, None, 30)
    assert today(living(girls=(10, 10), boys=(60, 0))).tests > 0


def test_two_groups_are_one_test_and_every_test_counts_for_all() -> None:
    """Sex: of area and of living with a family; everybody is of one age and nobody unaccompanied."""
    case = living(girls=(20, 10), boys=(20, 0))
    found = today(case)
    assert found.tests == 2
    (girls, boys) = cells(found, "sex", "in_area").values()
    assert girls.chance == boys.chance == pytest.approx(2 * chance_of_shares([True] * 10 + [False] * 10, [True] * 20))


def test_groups_not_known_are_shown_and_compared_with_nobody() -> None:
    children = [make_child(f"C{n}", disabled=n < 15 if n < 30 else None) for n in range(40)]
    placements = [make_placement(child.id, "IN") for child in children]
    case = make_case(children, [make_home("IN", places=60)], placements=placements, referrals=())
    found = cells(today(case), "disabled", "in_area")
    assert [(key, len(cell.child_ids)) for key, cell in found.items()] == [("yes", 15), ("no", 15), ("not_known", 10)]
    assert found["not_known"].compared is Compared.NOT_COMPARED
    assert found["yes"].compared is Compared.NO_DIFFERENCE


def kept(measures: Iterable[Any], key: str) -> dict[str, float]:
    return next(dict(measure.values) for measure in measures if measure.key == key)


def test_todays_outcomes_by_hand() -> None:
    high = {"aggression": 4, "life_story": 1}
    children = [
        make_child("NEAR", home=at(), levels=high),
        make_child("FAR", home=at(), levels=high),
        make_child("LOW", home=at(), levels={"life_story": 2}),
        make_child("PARENTS", home=at()),
        make_child("ONLY-REFERRED", home=at()),
    ]
    homes = [
        make_home("SKILLED", skills={"levels": {"aggression": 4}}, location=at(20)),
        make_home("HOME", kind=HomeKind.RESIDENTIAL, location=at(20.2, utla=ESSEX)),
    ]
    placements = [
        make_placement("NEAR", "SKILLED"),
        make_placement("FAR", "HOME", kind=PlacementKind.INDEPENDENT_RESIDENTIAL),
        make_placement("LOW", "SKILLED"),
        make_placement("PARENTS", None, kind=PlacementKind.PARENTS),
    ]
    found = of_today(make_case(children, homes, placements=placements, referrals=()))
    assert kept(found, "in_area") == {"NEAR": True, "FAR": False, "LOW": True}
    assert kept(found, "over_20_miles") == {"NEAR": False, "FAR": True, "LOW": False}
    assert kept(found, "family") == {"NEAR": True, "FAR": False, "LOW": True, "PARENTS": True}
    assert kept(found, "needs_met") == {"NEAR": True, "FAR": False}, "who has no high need is not asked"
    assert kept(found, "three_placements") == {}, "without episodes nothing is known of moves"


def test_a_plans_outcomes_and_waiting_by_hand() -> None:
    children = [make_child("A", home=at()), make_child("B", home=at(5)), make_child("NONE", age=3)]
    homes = [make_home("IN", places=1, age_from=9), make_home("OUT", location=at(5, utla=ESSEX), age_from=9)]
    week = AS_AT - dt.timedelta(days=7)
    referrals = [make_referral("A", received=week), make_referral("B"), make_referral("B", id="R2", received=week)]
    referrals.append(make_referral("NONE", received=AS_AT + dt.timedelta(days=1)))
    case = make_case(children, homes, referrals=[referrals[0], referrals[1], referrals[3]])
    plan = allocate(case)
    found = of_plan(case, plan)
    assert kept(found, "placed") == {"A": True, "B": True, "NONE": False}
    assert kept(found, "in_area") == {"A": True, "B": False}
    assert kept(found, "miles") == {"A": 0.0, "B": 0.0}
    welfare = {row.child_id: row.explanation.welfare_pence / 100 for row in plan.rows if row.explanation}
    assert kept(found, "welfare") == welfare
    twice = make_case(children, homes, referrals=referrals)
    assert kept(of_waiting(twice), "days") == {"A": 7, "B": 7, "NONE": 0}, "by the earliest, never before it came"


def test_longer_waits_are_told_in_days() -> None:
    children = [make_child(f"C{n}", sex=Sex.FEMALE if n < 15 else Sex.MALE) for n in range(30)]
    received = [AS_AT - dt.timedelta(days=40 + n if n < 15 else n) for n in range(30)]
    referrals = [make_referral(c.id, received=day) for c, day in zip(children, received, strict=True)]
    case = make_case(children, [], referrals=referrals)
    found = section(case, "waiting", "Waiting", of_waiting(case))
    assert reading(found, "sex") == (
        "Girls have waited longer than other children for a home: 47 days on average against 22, "
        "more than chance would explain."
    )
    assert cells(found, "sex", "days")["F"].counted_ids == ()


@pytest.mark.parametrize("seed", range(6))
def test_every_child_of_a_measure_is_in_one_cell_of_each_characteristic(seed: int) -> None:
    case = random_case(seed, children=30, homes=12)
    plan = allocate(case)
    for one in equality_report(case, [plan]).sections:
        for measure in range(len(one.characteristics[0].tables)):
            whole = {child for cell in one.characteristics[0].tables[measure].cells for child in cell.child_ids}
            for characteristic in one.characteristics:
                ids = [child for cell in characteristic.tables[measure].cells for child in cell.child_ids]
                assert sorted(ids) == sorted(whole)
                for cell in characteristic.tables[measure].cells:
                    assert cell.value is None or cell.low is None or cell.low <= cell.value <= (cell.high or 0) + 1e-9


def test_groups_have_words_for_every_child() -> None:
    child = make_child(ethnicity="NOBT", sex=Sex.UNKNOWN)
    for characteristic in CHARACTERISTICS:
        assert characteristic.of(make_case([child]), child) in characteristic.groups


@cache
def demo() -> EqualityReport:
    case = read_kept(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return equality_report(case, [clean_sheet(case, time_limit=2)])


def test_on_the_demo_figures_are_those_published() -> None:
    report = demo()
    now = report.sections[0]
    area = cells(now, "sex", "in_area")
    assert sum(len(cell.child_ids) for cell in area.values()) == 903
    assert sum(len(cell.counted_ids) for cell in area.values()) == 600
    assert sum(len(cell.counted_ids) for cell in cells(now, "age", "three_placements").values()) == 108
    assert [one.key for one in report.sections] == ["today", "clean_sheet", "waiting"]
    assert "Fisher" in report.method
