"""Profiles by Outcome Bee and domain, against levels small enough to add up by hand."""

import pytest

from matcher.services.indicators.bees import ALL, BeeProfile, BeeScore, bee_profiles
from models.case import Case
from models.child import Child
from models.needs import NeedsProfile
from models.ssda903.derive import PlacementKind
from tests.make_case import FRAMEWORK, make_case, make_child, make_placement

EVERY_NEED = {need.key: 0 for need in FRAMEWORK.needs}


def a_case(*children: Child, **kinds: PlacementKind) -> Case:
    placements = [make_placement(child.id, None, **({"kind": kinds[child.id]} if child.id in kinds else {}))
                  for child in children]  # fmt: skip
    return make_case(children, placements=tuple(placements), referrals=())


def profile(case: Case, group: str = ALL) -> BeeProfile:
    return next(each for each in bee_profiles(case) if each.group == group)


def bee(case: Case, key: str, group: str = ALL) -> BeeScore:
    return next(each for each in profile(case, group).bees if each.key == key)


def domain(case: Case, key: str, group: str = ALL) -> BeeScore:
    return next(each for each in profile(case, group).domains if each.key == key)


SIX, TWELVE = 6, 12
IDENTITY = {"identity_self_esteem": 3, "culture_faith_language": 1}
STORY = {"life_story": 2, "family_contact": 0}


def test_six_bees_of_twelve_domains() -> None:
    found = profile(a_case(make_child("A", levels=EVERY_NEED)))
    assert (len(found.bees), len(found.domains)) == (SIX, TWELVE)
    assert all(each.mean_points == 0 and each.assessed == ("A",) for each in (*found.bees, *found.domains))


def test_mean_levels_and_weighted_points() -> None:
    """Identity and story weigh 0.9 and a level is 10 points: 4 and 2 levels are 36 and 18 points."""
    case = a_case(make_child("A", levels=IDENTITY | STORY), make_child("B", levels=dict.fromkeys(IDENTITY | STORY, 0)))
    assert domain(case, "identity").mean_level == 1.0
    assert domain(case, "identity").mean_points == pytest.approx(18.0)
    assert domain(case, "story").mean_points == pytest.approx(9.0)
    assert bee(case, "happy").mean_level == 0.75
    assert bee(case, "happy").mean_points == pytest.approx(27.0)


def test_only_children_of_whom_every_need_is_known_count() -> None:
    case = a_case(
        make_child("whole", levels=IDENTITY | STORY),
        make_child("one domain", levels=IDENTITY),
        make_child("half a domain", levels={"life_story": 4}),
        make_child("nothing"),
    )
    assert domain(case, "identity").assessed == ("whole", "one domain")
    assert domain(case, "story").assessed == ("whole",)
    assert bee(case, "happy").assessed == ("whole",)
    assert bee(case, "safe") == BeeScore(key="safe", label="Be Safe", assessed=(), mean_level=None, mean_points=None)


def test_levels_said_by_domain_count() -> None:
    child = make_child("A").model_copy(update={"profile": NeedsProfile(child_id="A", domain_levels={"identity": 2})})
    assert domain(a_case(child), "identity").mean_level == 2.0


def test_groups_by_age_and_kind_of_placement_hold_children_looked_after() -> None:
    young, old = make_child("young", age=3, levels=IDENTITY), make_child("old", age=14, levels=STORY)
    referred = make_child("referred", age=3, levels=IDENTITY)
    case = a_case(young, old, old=PlacementKind.INDEPENDENT_RESIDENTIAL)
    case = case.model_copy(update={"children": (*case.children, referred)})
    found = {(each.characteristic, each.group): each.children for each in bee_profiles(case)}
    assert found == {
        ("Everyone", ALL): ("young", "old"),
        ("Age", "1-4"): ("young",),
        ("Age", "13-15"): ("old",),
        ("Living arrangement", "In-house and connected-person fostering"): ("young",),
        ("Living arrangement", "Independent residential homes"): ("old",),
    }
    assert domain(case, "story", "13-15").assessed == ("old",)
    assert domain(case, "identity", "13-15").assessed == ()
