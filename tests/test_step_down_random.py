"""The step-down list on random cases: homes suit as the explanation of each pair says, nobody is lost or told twice."""

import pytest

from matcher.scoring import encode, explain
from matcher.services.stability import stability
from matcher.services.step_down import step_down
from matcher.services.step_down_scoring import ROOM_BITS, Asked, score_way
from matcher.services.step_down_settings import KINDS, Way
from matcher.services.stock import home_of
from models.case import Case
from models.geography import miles_tenths
from models.home import Home
from models.ssda903.derive import PlacementKind, home_kind
from models.vocabulary import HomeKind
from tests.random_case import random_case

_KIND_OF = {
    HomeKind.CONNECTED: PlacementKind.KINSHIP,
    HomeKind.FOSTER: PlacementKind.IFA_FOSTERING,
    HomeKind.RESIDENTIAL: PlacementKind.INDEPENDENT_RESIDENTIAL,
    HomeKind.SUPPORTED: PlacementKind.SUPPORTED,
    HomeKind.PARENT_AND_CHILD: PlacementKind.PARENT_AND_CHILD,
    HomeKind.SCHOOL: PlacementKind.RESIDENTIAL_SCHOOL,
    HomeKind.SECURE: PlacementKind.SECURE,
}


def _case(seed: int) -> Case:
    """A random case whose placements are of the kind of their home."""
    case = random_case(seed, children=24, homes=30)
    placements = []
    for placement in case.placements:
        home = home_of(case, placement)
        kind = _KIND_OF[home.kind] if home else placement.kind
        placements.append(placement.model_copy(update={"kind": kind, "utla": None}))
    fields = {name: getattr(case, name) for name in Case.model_fields}
    return Case(**(fields | {"placements": tuple(placements)}))


def _suits(case: Case, asked: Asked, home: Home, way: Way) -> bool:
    """By the explanation of the pair, told from the records and not by the kernel."""
    if home.kind not in KINDS[way] or not home.named:
        return False
    if way is Way.NEARER:
        now, address = home_of(case, asked.placement), asked.child.home
        if home.location.utla != case.authority or home.kind not in (
            home_kind(asked.placement.kind),
            HomeKind.CONNECTED,
        ):
            return False
        if address and now and miles_tenths(address, home.location) >= miles_tenths(address, now.location):
            return False
    return explain(case, encode(case, [asked.referral], [home]), 0, 0).bits & ~ROOM_BITS == 0


@pytest.mark.parametrize("seed", range(12))
def test_homes_that_suit_are_those_the_explanation_says(seed: int) -> None:
    case = _case(seed)
    for way in Way:
        for asked in score_way(case, way):
            expected = {home.id for home in case.homes if _suits(case, asked, home, way)}
            assert {home.id for home in asked.homes} == expected


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_lost_and_sums_add_up(seed: int) -> None:
    case = _case(seed)
    scores = stability(case)
    for score in scores.placements:
        assert score.points == sum(each.points or 0 for each in score.factors)
    report = step_down(case, stable=scores)
    for total in report.totals:
        told = [option.child_id for option in report.options if option.way is total.way]
        told += [child for each in report.not_suggested if each.way is total.way for child in each.children]
        assert sorted(told) == sorted(total.looked_at)
        assert set(total.with_open_place) <= {*total.assessed, *total.to_assess}
        assert 0 <= total.at_once <= len(total.with_open_place)
    for option in report.options:
        assert option.open_now + option.full > 0
        assert not case.placement_of[option.child_id].long_term


def test_random_cases_do_put_children_on_the_list() -> None:
    ways = {option.way for seed in range(12) for option in step_down(_case(seed)).options}
    assert {Way.FAMILY, Way.NEARER} <= ways
