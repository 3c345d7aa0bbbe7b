"""What one more place is worth: by hand, against solving the case with that home in it, and on the demo."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from matcher.intake.case_cache import read_kept
from matcher.services.allocate import allocate, clean_sheet
from matcher.services.gap import PlaceWorth, Reopened, child_gap, reopen, worth_of_places
from matcher.services.gap.centres import Centres
from matcher.services.gap.chains import Chains
from matcher.services.gap.reopened import NotItsPlanError
from matcher.services.gap.widened import Widened
from matcher.services.problem import build
from matcher.services.results import Plan
from matcher.services.room_changed import with_homes
from models.case import Case
from models.child import SiblingGroup
from models.home import Home
from models.vocabulary import HomeKind, Risk, Sector, Solo
from solvers import AssignmentResult, check_assignment, solve_without_clashes
from solvers.arcs import Arcs
from solvers.plan import Plan as Solved
from tests.make_case import KENT, at, make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case
from tests.test_services_plan import _friendly_case


def worths(case: Case, plan: Plan | None = None, seconds: float = 30) -> tuple[Reopened, tuple[PlaceWorth, ...]]:
    opened = reopen(case, plan or allocate(case))
    return opened, worth_of_places(opened, child_gap(case, opened.plan, reopened=opened), seconds=seconds)


def optimum(opened: Reopened, homes: Sequence[Home], charge: np.ndarray) -> AssignmentResult:
    """The run built from a case that has these homes, as if they had always been there, and solved."""
    case = with_homes(opened.case, (*opened.case.homes, *homes))
    run = build(case, opened.run.searches)
    return solve_without_clashes(replace(run.problem, unplaced=charge), run.clashes)


def expect_true(opened: Reopened, found: Sequence[PlaceWorth], *, some: int = 100) -> None:
    """Every worth holds what solving with the home in the case gives; its parts add up."""
    charge = Widened(opened, [one.archetype.home for one in found]).stated.problem.unplaced if found else None
    for one in found[:some]:
        assert charge is not None
        before = optimum(opened, (), charge).objective
        after = optimum(opened, (one.archetype.home,), charge).objective
        assert one.most_pence is None or one.least_pence <= one.most_pence
        assert one.least_pence <= before - after
        assert one.most_pence is None or before - after <= one.most_pence
        assert one.found_pence == one.unplaced_pence + one.apart_pence + one.welfare_pence + one.fee_pence
        if one.exact:
            assert one.least_pence == one.found_pence == before - after


@pytest.mark.parametrize("seed", range(20))
def test_worth_equals_solving_the_case_with_the_home(seed: int) -> None:
    case = _friendly_case(seed)
    opened, found = worths(case)
    assert all(one.exact for one in found)
    expect_true(opened, found)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("seconds", [0, 30])
def test_worth_holds_the_truth_in_messy_cases(seed: int, seconds: float) -> None:
    case = random_case(seed, children=12, homes=9)
    for plan in (allocate(case), clean_sheet(case, time_limit=20)):
        opened, found = worths(case, plan, seconds)
        expect_true(opened, found)


@pytest.mark.parametrize("seed", range(40))
def test_every_chain_is_a_lawful_plan_that_costs_what_it_says(seed: int) -> None:
    case = _friendly_case(seed) if seed % 2 else random_case(seed, children=14, homes=9)
    plan = allocate(case)
    opened = reopen(case, plan)
    homes = [
        make_home(f"NEW{n}", places=places, sibling_places=places, bedrooms=places) for n, places in enumerate((1, 3))
    ]
    wide = Widened(opened, homes)
    chains = Chains(wide)
    for number in range(len(homes)):
        chain, problem = chains.into(number), wide.opened_one(number)
        costed = Solved.of(problem, Arcs.of(problem), chain.place_of)
        assert costed.objective == chain.objective <= wide.start.objective
        check_assignment(
            problem, replace(wide.start, **vars(costed), bound=0, status="feasible", uniqueness="not determined")
        )
        assert not wide.stated.clashes(chain.place_of)


def two_for_one() -> Case:
    """A and B both need the one place there is; a home far away is where B's friend D lives, matched at a distance."""
    children = [make_child("A", home=at()), make_child("B", home=at(1)), make_child("D", home=at(), age=15)]
    homes = [
        make_home("NEAR", places=1, age_to=12, fee_pence=40_000, marginal_fee_pence=40_000),
        make_home("FAR", location=at(60, utla=KENT), age_from=13, fee_pence=60_000, marginal_fee_pence=60_000),
    ]
    return make_case(children, homes)


def test_one_more_place_gives_the_child_left_out_a_home_and_brings_another_closer() -> None:
    case = two_for_one()
    opened, found = worths(case)
    unmet = next(row.child_id for row in opened.plan.rows if row.home_id is None)
    cells = {(one.age_band, one.short_ids): one for one in found if one.group is None}
    assert set(cells) == {("10-12", (unmet,)), ("13-15", ("D",))}
    first, second = cells["10-12", (unmet,)], cells["13-15", ("D",)]
    assert (first.placed_ids, first.exact, first.weekly_fee_pence) == ((unmet,), True, 50_000)
    assert (second.placed_ids, second.closer_ids, second.into_area_ids) == ((), ("D",), ("D",))
    assert second.weekly_fee_pence == 50_000 - 60_000
    assert [(each.child_id, each.from_home_id, each.to_home_id) for each in second.moved] == [
        ("D", "FAR", second.archetype.home.id)
    ]
    (teenagers,) = [one for one in found if one.group == "teenagers"]
    assert (teenagers.short_ids, teenagers.least_pence) == (("D",), second.least_pence)


def test_an_archetype_is_what_its_children_need() -> None:
    levels = {"aggression": 4, "life_story": 1}
    child = make_child(
        "A", home=at(), age=14, levels=levels, access=frozenset({"hoist"}), features=frozenset({"therapeutic"})
    )
    homes = [
        make_home(
            "R1", kind=HomeKind.RESIDENTIAL, sector=Sector.PRIVATE, fee_pence=300_000, marginal_fee_pence=200_000
        ),
        make_home("R2", kind=HomeKind.RESIDENTIAL, sector=Sector.PRIVATE, fee_pence=400_001, marginal_fee_pence=0),
        make_home("R3", kind=HomeKind.RESIDENTIAL, fee_pence=1),
    ]
    case = make_case([child], homes, referrals=[make_referral("A", preferred_kinds=(HomeKind.RESIDENTIAL,))])
    home = worths(case)[1][0].archetype.home
    assert (home.kind, home.sector, home.terms.places) == (HomeKind.RESIDENTIAL, Sector.PRIVATE, 1)
    assert (home.terms.age_from, home.terms.age_to) == (13, 15)
    assert (home.fee_pence, home.marginal_fee_pence) == (350_001, 100_000)
    assert (home.skills.levels["aggression"], home.skills.levels["life_story"]) == (4, 1)
    assert home.access == {"hoist"} and home.features == {"therapeutic"}
    assert home.location.utla == case.authority and home.location.district == "E07000242"


def test_a_home_for_three_brothers_and_sisters_takes_all_three() -> None:
    children = [make_child(f"C{n}", home=at()) for n in range(3)]
    homes = [make_home(f"H{n}", places=1, location=at(n)) for n in range(3)]
    case = make_case(children, homes, sibling_groups=[SiblingGroup(id="G", children=("C0", "C1", "C2"))])
    assert worths(case)[1] == ()
    apart = make_case(children, homes[:2], sibling_groups=case.sibling_groups)
    opened, found = worths(apart)
    (three,) = [one for one in found if one.group == "siblings_3"]
    assert three.archetype.home.terms.places == 3
    assert three.apart_pence == 2 * apart.policy.siblings_apart
    assert {each.to_home_id for each in three.moved} == {three.archetype.home.id} and len(three.moved) == 3
    expect_true(opened, found)


def test_a_plan_that_is_best_only_because_two_may_not_share_is_asked_all_the_same() -> None:
    """A and B would both live NEAR, were there no risk between them; a home nearer still is worth what it is worth."""
    children = [
        make_child("A", home=at(), risks_to_others=frozenset({Risk.VIOLENCE})),
        make_child("B", home=at(), risks_from_others=frozenset({Risk.VIOLENCE})),
        make_child("S", home=at(), solo=Solo.REQUIRED),
    ]
    homes = [
        make_home("NEAR", bedrooms=3, places=3),
        make_home("FAR", location=at(60, utla=KENT), bedrooms=3, places=3),
    ]
    case = make_case(children, homes)
    for seconds in (0.0, 30.0):
        opened, found = worths(case, seconds=seconds)
        assert found
        expect_true(opened, found)


def test_a_plan_of_another_case_is_refused() -> None:
    plan = allocate(two_for_one())
    with pytest.raises(NotItsPlanError, match="other children"):
        reopen(make_case([make_child("A")], [make_home()]), plan)
    dearer = make_case(two_for_one().children, [make_home("NEAR", places=1, location=at(3)), *two_for_one().homes[1:]])
    with pytest.raises(NotItsPlanError, match="by its own certificate"):
        reopen(dearer, plan)
    with pytest.raises(NotItsPlanError, match="homes that the case does not have"):
        reopen(make_case(two_for_one().children, [make_home("OTHER")]), plan)
    with pytest.raises(NotItsPlanError, match="a run called 'joined'"):
        reopen(two_for_one(), plan.model_copy(update={"run": "joined"}))


def test_centres_lie_in_their_districts() -> None:
    centres = Centres(make_case())
    dacorum, nowhere = centres.of("E07000096"), centres.of("not_known")
    assert (dacorum.district, dacorum.utla) == ("E07000096", "E10000015")
    assert 495_000 < dacorum.easting < 510_000 and 200_000 < dacorum.northing < 217_000
    assert nowhere.utla == "E10000015" and centres.words("not_known") == "the centre of the authority"
    assert centres.of("E09000001") == nowhere, "who comes from elsewhere is looked after here"
    wales = Centres(
        make_case(authority="W06000015", homes=[make_home(location=at(1)), make_home("H2", location=at(3))])
    )
    assert abs(wales.of("W06000015").easting - at(2).easting) <= 1


@cache
def demo() -> Case:
    case = read_kept(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@pytest.fixture(scope="module")
def this_week() -> tuple[Reopened, tuple[PlaceWorth, ...]]:
    return worths(demo(), allocate(demo(), time_limit=30), seconds=30)


def test_on_the_demo_every_worth_of_this_week_is_exact(this_week: tuple[Reopened, tuple[PlaceWorth, ...]]) -> None:
    opened, found = this_week
    assert len(found) > 5 and all(one.exact for one in found)
    expect_true(opened, found, some=3)
    assert max(found, key=lambda one: one.least_pence).placed_ids, "most is saved where a child gets a home at all"


def test_placements_and_brothers_who_stay_are_no_chain() -> None:
    """Who stays with a brother is a row of the problem, but nobody who can come to a new home."""
    children = [make_child("A", home=at()), make_child("B", home=at(), age=12)]
    case = make_case(
        children,
        [make_home("OUT", location=at(9, utla=KENT))],
        placements=[make_placement("B", "OUT")],
        referrals=[make_referral("A")],
        sibling_groups=[SiblingGroup(id="G", children=("A", "B"))],
    )
    opened, found = worths(case)
    assert {moved.child_id for one in found for moved in one.moved} <= {"A"}
    expect_true(opened, found)
